"""Clients that run in Node: installed once for each lock file, outside the repository."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from platformdirs import user_cache_path

_HERE = Path(__file__).parent
_CLIENTS = "node"
_INSTALL_S = 300
_RUN_S = 90


def installed(clients: str = _CLIENTS) -> Path:
    """The `node_modules` of a folder's lock file; skips, or fails in CI, where it cannot be had."""
    here = _HERE / clients
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            _give_up(f"{program} is not installed (apt install nodejs npm)")
    lock = (here / "package-lock.json").read_bytes()
    cache = user_cache_path("refrain-tests") / "node"
    folder = cache / hashlib.sha256(lock).hexdigest()[:16]
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as temporary:
            fresh = Path(temporary) / "fresh"
            fresh.mkdir()
            for name in ("package.json", "package-lock.json"):
                shutil.copy(here / name, fresh)
            done = subprocess.run(
                ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
                cwd=fresh,
                capture_output=True,
                text=True,
                timeout=_INSTALL_S,
                check=False,
            )
            if done.returncode:
                _give_up(f"npm could not install the clients: {done.stderr[-300:]}")
            if not folder.is_dir():  # another test run may have been faster
                fresh.rename(folder)
    return folder / "node_modules"


def run_node(script: str, work: Path, *arguments: str) -> list[dict[str, Any]]:
    """Run a script of `tests/support/node` in `work`; returns the JSON lines it printed."""
    modules = work / "node_modules"
    if not modules.exists():
        modules.symlink_to(installed())
    shutil.copy(_HERE / _CLIENTS / script, work)
    done = subprocess.run(
        ["node", str(work / script), *arguments],
        capture_output=True,
        text=True,
        timeout=_RUN_S,
        check=False,
        env={key: value for key, value in os.environ.items() if key != "NODE_OPTIONS"},
    )
    assert done.returncode == 0, f"{done.stdout[-2_000:]}\n{done.stderr[-2_000:]}"
    return [json.loads(line) for line in done.stdout.splitlines()]


def _give_up(reason: str) -> None:
    if os.environ.get("REFRAIN_TEST_SKIP_NOTHING") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
