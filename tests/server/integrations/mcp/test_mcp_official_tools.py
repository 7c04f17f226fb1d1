"""MCP's inspector and its conformance tests, unmodified, against a running server."""

from pathlib import Path
from typing import Any

import pytest

from mcp_clients import conformance, inspector
from server_running import RunningServer

pytestmark = pytest.mark.integration


def inspected(server: RunningServer, *arguments: str) -> Any:
    return inspector("--cli", f"{server.url}/mcp/", "--transport", "http", *arguments)


def test_the_inspector_lists_the_tools_and_calls_one(server: RunningServer) -> None:
    listed = inspected(server, "--method", "tools/list")
    assert {"play_music", "now_playing", "ask"} <= {tool["name"] for tool in listed["tools"]}
    called = inspected(
        server, "--method", "tools/call", "--tool-name", "search_music",
        "--tool-arg", "query=night train",
    )  # fmt: skip
    assert called["structuredContent"]["items"][0]["title"] == "Night Train"


@pytest.mark.parametrize(
    "scenario",
    [
        *("server-initialize", "ping", "tools-list", "resources-list", "prompts-list"),
        "dns-rebinding-protection",
    ],
)
def test_conformance(server: RunningServer, scenario: str, tmp_path: Path) -> None:
    assert "Passed" in conformance(f"{server.url}/mcp/", scenario, tmp_path)
