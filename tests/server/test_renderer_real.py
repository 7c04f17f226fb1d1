"""Typed requests to the real server that end on a real DLNA renderer, in a network of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from player_network import NETWORK, own_network

pytestmark = pytest.mark.integration

INSIDE = Path(__file__).parents[1] / "support" / "dlna_home_inside.py"


def test_the_parlour_plays_what_is_asked_for_there(tmp_path: Path) -> None:
    (tmp_path / "music").mkdir()
    ran = subprocess.run(
        [*own_network(), f"{NETWORK} && exec {sys.executable} {INSIDE} {tmp_path}"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    notes = json.loads((tmp_path / "notes.json").read_text())

    assert "Low Tide" in notes["asked"]
    assert (notes["playing"]["status"], notes["playing"]["title"]) == ("playing", "Low Tide")
    assert notes["sought"][1] == pytest.approx(13.0, abs=3.0)
    assert notes["pause"] == ["Parlour: Paused.", "paused"]
    assert notes["on"][1] == "playing"
    assert notes["next"][1] == "High Noon"
