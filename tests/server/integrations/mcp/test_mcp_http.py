"""The MCP server over HTTP, with the SDK's own client, in both protocol eras."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError

from mcp_clients import text_in
from player_fake import Answer, FakePlayer
from server_running import RunningServer
from server_turns import ScriptedTurns

pytestmark = pytest.mark.integration

ERAS = {"auto": "2026-07-28", "legacy": "2025-11-25"}
TOOLS = {
    *("search_music", "recommend_music", "play_music", "control_playback", "show_queue"),
    *("edit_queue", "list_players", "choose_player", "recall_history", "ask", "now_playing"),
}


def with_client(
    server: RunningServer, talk: Callable[[Client], Coroutine[Any, Any, Any]], mode: str = "auto"
) -> Any:
    async def run() -> Any:
        async with Client(f"{server.url}/mcp/", mode=mode) as client:
            return await talk(client)

    return asyncio.run(run())


def call(server: RunningServer, tool: str, **arguments: Any) -> Any:
    return with_client(server, lambda client: client.call_tool(tool, arguments))


@pytest.mark.parametrize("mode", ERAS)
def test_both_eras_are_spoken(server: RunningServer, mode: str) -> None:
    async def talk(client: Client) -> tuple[str, Any, Any]:
        listed = await client.list_tools()
        found = await client.call_tool("search_music", {"query": "night train"})
        return client.protocol_version, listed, found

    version, listed, found = with_client(server, talk, mode)
    assert version == ERAS[mode]
    assert {tool.name for tool in listed.tools} == TOOLS
    assert found.structured_content["items"][0]["title"] == "Night Train"
    assert "⟦Night Train⟧" in found.content[0].text, "names are fenced in what a model reads"


def test_every_tool_says_what_it_does_and_returns(server: RunningServer) -> None:
    listed = with_client(server, lambda client: client.list_tools())
    for tool in listed.tools:
        hints = tool.annotations
        assert tool.title
        assert tool.description
        assert tool.output_schema["type"] == "object"
        assert None not in (hints.read_only_hint, hints.idempotent_hint, hints.open_world_hint)
    hints_of = {tool.name: tool.annotations for tool in listed.tools}
    assert hints_of["search_music"].read_only_hint
    assert hints_of["edit_queue"].destructive_hint
    assert not hints_of["control_playback"].destructive_hint


def test_playing_is_said_when_it_plays(server: RunningServer, player: FakePlayer) -> None:
    played = call(server, "play_music", title="Night Train")
    assert played.structured_content["facts"]["playing"] == "Night Train"
    assert "play Night Train" in player.commands
    now = call(server, "now_playing")
    assert now.structured_content["facts"]["status"] == "playing"


def test_playing_is_not_said_when_the_player_is_silent(
    server: RunningServer, player: FakePlayer
) -> None:
    player.answer = Answer.STAY_SILENT
    played = call(server, "play_music", title="Morning Dew")
    player.answer = Answer.CONFIRM
    assert played.is_error
    assert played.structured_content["code"] == "player_not_responding"
    assert "playing" not in played.structured_content["facts"]


def test_an_evening(server: RunningServer, player: FakePlayer) -> None:
    found = call(server, "search_music", artist="Artist 2").structured_content["items"]
    refs = [one["ref"] for one in found if one["kind"] == "track"]
    assert len(refs) == 3
    call(server, "play_music", refs=refs[:2])
    call(server, "play_music", refs=refs[2:], mode="add")
    queue = call(server, "show_queue").structured_content
    assert (queue["length"], queue["position"]) == (3, 1)
    skipped = call(server, "control_playback", action="next").structured_content
    assert skipped["facts"]["playing"] == queue["items"][1]["track"]["title"]
    call(server, "control_playback", action="volume", volume=30)
    players = call(server, "list_players").structured_content
    assert players["players"][0] | {"can": ()} == {
        "name": "fake", "in_use": True, "connected": True, "status": "playing", "volume": 30,
        "can": (), "room": "",
    }  # fmt: skip
    assert (
        call(server, "control_playback", action="pause").structured_content["facts"]["status"]
        == "paused"
    )
    history = call(server, "recall_history", limit=2).structured_content
    assert [one["ref"] for one in history["items"]] == [refs[1], refs[0]]
    assert call(server, "edit_queue", action="clear").structured_content["facts"]["cleared"] == 3
    assert player.commands.count("pause") == 1


def test_a_whole_turn_of_the_agent(server: RunningServer, turns: ScriptedTurns) -> None:
    first = call(server, "ask", text="play something calm").structured_content
    assert first["reply"] == "Playing Still Water."
    assert first["items"][0]["ref"] == "track:1"
    call(server, "ask", text="and now?", conversation=first["conversation"])
    sessions = {session for session, _ in turns.heard}
    assert len(sessions) == 1, "the second turn goes on with the conversation"
    assert call(server, "ask", text="fail").is_error
    broken = call(server, "ask", text="break")
    assert broken.is_error
    assert "secret" not in broken.content[0].text


def test_resources(server: RunningServer) -> None:
    async def talk(client: Client) -> None:
        await client.call_tool("play_music", {"title": "Night Train"})
        listed = {str(one.uri) for one in (await client.list_resources()).resources}
        assert listed >= {"music://queue", "music://now-playing"}
        templates = await client.list_resource_templates()
        assert {one.uri_template for one in templates.resource_templates} == {
            "music://track/{number}",
            "music://album/{number}",
        }
        now = await client.read_resource("music://now-playing")
        assert '"playing": "Night Train"' in text_in(now.contents[0])
        album = await client.read_resource("music://album/1")
        assert "Slow Glass" in text_in(album.contents[0])
        for unknown in ("music://track/999", "music://track/..%2F..%2Fetc", "music://nothing"):
            with pytest.raises(MCPError):
                await client.read_resource(unknown)

    with_client(server, talk)


def test_who_subscribes_is_told_of_changes(server: RunningServer) -> None:
    async def talk(client: Client) -> None:
        async with client.listen(resource_subscriptions=["music://now-playing"]) as events:
            await client.call_tool("play_music", {"title": "Night Train"})
            async for event in events:
                assert str(getattr(event, "uri", "")) == "music://now-playing"
                return

    with_client(server, talk)


def test_prompts_describe_themselves(server: RunningServer) -> None:
    async def talk(client: Client) -> None:
        for prompt in (await client.list_prompts()).prompts:
            assert prompt.description
            assert all(argument.description for argument in prompt.arguments or ())
        got = await client.get_prompt("play_something", {"mood": "dinner"})
        assert "dinner" in text_in(got.messages[0].content)

    with_client(server, talk)


def test_the_view_of_what_plays_is_offered_beside_the_text(server: RunningServer) -> None:
    async def talk(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        uri = (tools["now_playing"].meta or {})["ui"]["resourceUri"]
        view = (await client.read_resource(uri)).contents[0]
        assert view.mime_type == "text/html;profile=mcp-app"
        assert "innerHTML" not in text_in(view), "names are set as text"
        assert text_in((await client.call_tool("now_playing", {})).content[0])

    with_client(server, talk)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("search_music", {"query": "x" * 5_000}),
        ("search_music", {"limit": 10**9}),
        ("control_playback", {"action": "explode"}),
        ("control_playback", {"action": "seek", "position_s": -1}),
        ("edit_queue", {"action": "remove", "positions": list(range(1_000))}),
        ("ask", {"text": ""}),
        ("choose_player", {"name": "nobody\x00"}),
    ],
)
def test_hostile_arguments_are_refused_in_words(
    server: RunningServer, tool: str, arguments: dict[str, Any]
) -> None:
    answer = call(server, tool, **arguments)
    assert answer.is_error
    assert "Traceback" not in answer.content[0].text


def test_foreign_pages_and_names_are_refused(server: RunningServer) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    accept = {"accept": "application/json, text/event-stream"}
    for header in ({"host": "evil.example"}, {"origin": "https://evil.example"}):
        answer = httpx.post(f"{server.url}/mcp/", json=body, headers={**accept, **header})
        assert answer.status_code == 403
    assert httpx.post(f"{server.url}/mcp", json=body, headers=accept).status_code == 200
    assert httpx.get(f"{server.url}/mcp/").status_code == 405
    large = httpx.post(f"{server.url}/mcp/", content=b"x" * 1_100_000, headers=accept)
    assert large.status_code == 413
