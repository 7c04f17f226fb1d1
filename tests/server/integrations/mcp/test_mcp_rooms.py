"""Rooms and several speakers, through MCP: with the SDK's client in this process."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from mcp.client import Client

from player_fake import FakePlayer
from player_house import House, furnish
from server.auth.identity import OWNER
from server.integrations.mcp.building import build_server
from server.opening import open_services
from server.services import Services
from server.settings import load_settings
from server_library import add_tracks

pytestmark = pytest.mark.integration


@pytest.fixture
async def at_home(tmp_path: Path) -> AsyncIterator[tuple[Services, House]]:
    settings = load_settings(tmp_path, {"library": {"watch": False}, "voice": {"enabled": False}})
    add_tracks(settings)
    players = (FakePlayer("this machine"), FakePlayer("garden"))
    async with open_services(settings, serving=False, players=players) as services:
        house = furnish(services.database, services.catalog, services.playback)
        tools = replace(services.tools, rooms=house.rooms)
        yield replace(services, tools=tools), house
        await house.close()


async def test_music_goes_where_it_is_wanted(at_home: tuple[Services, House]) -> None:
    services, house = at_home
    async with Client(build_server(services, without_request=OWNER)) as client:
        played = await client.call_tool("play_music", {"title": "Night Train", "room": "kitchen"})
        assert played.structured_content["facts"]["playing"] == "Night Train"
        assert "play Night Train" in house.kitchen.commands
        listed = await client.call_tool("list_players", {})
        status = {one["room"] or one["name"]: one["status"] for one in
                  listed.structured_content["players"]}  # fmt: skip
        assert status["kitchen"] == "playing"
        assert status["bedroom"] == status["this machine"] == "idle"
        moved = await client.call_tool("choose_player", {"name": "bedroom"})
        assert not moved.is_error, moved.content
        assert "play Night Train" in house.bedroom.commands
        now = await client.call_tool("now_playing", {"room": "bedroom"})
        assert now.structured_content["facts"]["playing"] == "Night Train"
        nowhere = await client.call_tool("play_music", {"title": "Night Train", "room": "attic"})
        assert nowhere.is_error
        assert "playing" not in nowhere.structured_content["facts"]


async def test_a_speaker_without_a_room_is_chosen_by_its_name(
    at_home: tuple[Services, House],
) -> None:
    services, _ = at_home
    async with Client(build_server(services, without_request=OWNER)) as client:
        await client.call_tool("play_music", {"title": "Night Train"})
        chosen = await client.call_tool("choose_player", {"name": "garden"})
        assert chosen.structured_content["facts"] == {
            "player": "garden", "status": "playing", "volume": 100,
        }  # fmt: skip
        nobody = await client.call_tool("choose_player", {"name": "cellar"})
        assert nobody.is_error
