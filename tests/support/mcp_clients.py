"""MCP's own tools in Node 22: the inspector, and the conformance tests."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from node_clients import installed

_RUN_S = 90


def inspector(*arguments: str) -> Any:
    """What `mcp-inspector --cli` printed, as JSON."""
    done = _run("@modelcontextprotocol/inspector/clients/launcher/build/index.js", *arguments)
    assert done.returncode == 0, f"{done.stdout[-2_000:]}\n{done.stderr[-2_000:]}"
    return json.loads(done.stdout)


def conformance(url: str, scenario: str, work: Path) -> str:
    """The verdict of one scenario; fails unless it passed."""
    done = _run(
        "@modelcontextprotocol/conformance/dist/index.js",
        *("server", "--url", url, "--scenario", scenario),
        cwd=work,
    )
    assert done.returncode == 0, f"{done.stdout[-3_000:]}\n{done.stderr[-2_000:]}"
    return done.stdout


def _run(
    program: str, *arguments: str, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    modules = installed("node_mcp")
    node = next(iter(modules.glob("node-linux-*/bin/node")), None)
    if node is None:
        if os.environ.get("REFRAIN_TEST_SKIP_NOTHING") == "1":
            pytest.fail("there is no Node 22 from npm for this machine")
        pytest.skip("there is no Node 22 from npm for this machine (Linux on x64 or arm64)")
    return subprocess.run(
        [node, modules / program, *arguments],
        capture_output=True,
        text=True,
        timeout=_RUN_S,
        check=False,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        env={key: value for key, value in os.environ.items() if key != "NODE_OPTIONS"},
    )


def text_in(part: Any) -> str:
    """The text of a piece of content, whichever of their kinds it is."""
    return str(part.text)
