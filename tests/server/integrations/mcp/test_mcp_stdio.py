"""`refrain mcp`: over standard input and output, beside a running server and without one."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import StdioServerParameters
from mcp.client import Client

from mcp_clients import inspector, text_in
from player_fake import FakePlayer
from server.running import RunningServer as Note
from server.running import noted
from server.settings import load_settings
from server_cli import SCRIPT, environment, refrain
from server_library import add_tracks
from server_running import RunningServer

pytestmark = pytest.mark.integration


@pytest.fixture
def beside(server: RunningServer) -> Iterator[Path]:
    """The data folder of a running server that the command line can find."""
    services = server.services
    note = Note(os.getpid(), server.url, server.token.control, services.instance)
    with noted(services.settings, note):
        yield services.settings.data


def with_client(
    data: Path, talk: Callable[[Client], Coroutine[Any, Any, Any]], mode: str = "auto"
) -> Any:
    started = StdioServerParameters(
        command=sys.executable, args=[str(SCRIPT), "mcp", "--data", str(data)], env=environment()
    )

    async def run() -> Any:
        async with Client(started, mode=mode) as client:
            return await talk(client)

    return asyncio.run(run())


@pytest.mark.parametrize(("mode", "version"), [("auto", "2026-07-28"), ("legacy", "2025-11-25")])
def test_beside_a_running_server_it_is_that_one_that_plays(
    beside: Path, player: FakePlayer, mode: str, version: str
) -> None:
    async def talk(client: Client) -> Any:
        assert client.protocol_version == version
        played = await client.call_tool("play_music", {"title": "Paper Boats"})
        queue = await client.read_resource("music://queue")
        several = [client.call_tool("search_music", {"query": "night"}) for _ in range(5)]
        assert all(not one.is_error for one in await asyncio.gather(*several))
        return played.structured_content["facts"], text_in(queue.contents[0])

    facts, queue = with_client(beside, talk, mode)
    assert facts["playing"] == "Paper Boats"
    assert "play Paper Boats" in player.commands
    assert "Paper Boats" in queue


def test_without_a_server_it_opens_the_library_itself(tmp_path: Path) -> None:
    add_tracks(load_settings(tmp_path, {"library": {"watch": False}}))

    async def talk(client: Client) -> Any:
        found = await client.call_tool("search_music", {"query": "morning dew"})
        return found.structured_content["items"][0]["title"]

    assert with_client(tmp_path, talk) == "Morning Dew"


def test_the_inspector_starts_us_itself(beside: Path) -> None:
    listed = inspector(
        "--cli", sys.executable, str(SCRIPT), "mcp", "--data", str(beside),
        "--method", "resources/list",
    )  # fmt: skip
    assert "music://queue" in {one["uri"] for one in listed["resources"]}


def test_nonsense_on_standard_input_is_answered_as_such(beside: Path) -> None:
    lines = [
        "nonsense",
        "[]",
        "[" * 50_000,
        '{"jsonrpc":"2.0","id":"\\u0000","method":"no/such","params":[1]}',
        '{"jsonrpc":"2.0","id":7,"method":"ping"}',
        json.dumps({"jsonrpc": "2.0", "id": 8, "method": "tools/call", "params": "x" * 900_000}),
        "x" * 3_000_000,
    ]
    done = refrain("mcp", "--data", beside, stdin="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    by_id = {str(answer.get("id")): answer for answer in answers}
    assert by_id["7"]["result"] == {}
    assert "error" in by_id["8"]
    assert sum(answer.get("id") is None for answer in answers) >= 4
