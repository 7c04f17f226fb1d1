"""A real gmediarender in a network namespace of its own: it plays, seeks, goes on, and returns."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from player_network import NETWORK, own_network

pytestmark = pytest.mark.integration

INSIDE = Path(__file__).parents[2] / "support" / "dlna_inside.py"


def test_a_real_renderer(tmp_path: Path) -> None:
    command = f"{NETWORK} && exec {sys.executable} {INSIDE} {tmp_path}"
    ran = subprocess.run(
        [*own_network(), command],
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    notes = json.loads((tmp_path / "notes.json").read_text())

    assert notes["found"] == "TestRenderer"
    assert notes["played"][:2] == ["playing", "long"]
    assert notes["paused"][:2] == ["paused", "long"]
    assert notes["held"]
    assert notes["resumed"][:2] == ["playing", "long"]
    assert notes["sought"][2] == pytest.approx(12.0, abs=2.0)
    assert notes["volume"][3] == 35
    assert notes["ducked"] == 35
    assert notes["next"][:2] == ["playing", "short"]
    assert notes["advanced"] == "long"
    assert notes["broken"] in {"player_refused", "player_not_responding"}
    assert notes["again"][:2] == ["playing", "long"]
    assert notes["lost"] == ["long", False]
    assert notes["returned"] == "playing"
