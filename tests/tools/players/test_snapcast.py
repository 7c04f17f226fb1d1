"""A real Snapcast server with two clients: what comes out in which room, and what is told of it."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from player_mpd import pitches
from player_rigs import LONG, SHORT, Rig
from player_snapcast import BUFFER_MS, RealSnapcast, real_snapcast
from player_sounds import write_steps, write_tone
from tools.errors import NoPlayer
from tools.players.player import PlaybackStatus, PlayerEventKind
from tools.players.snapcast import SnapcastPlayer
from tools.players.snapcast_house import clients_by_room, read_house, room_sound

pytestmark = pytest.mark.integration


@dataclass
class House(Rig):
    snapcast: RealSnapcast | None = None

    @property
    def device(self) -> RealSnapcast:
        assert self.snapcast is not None
        return self.snapcast

    @property
    def snap(self) -> SnapcastPlayer:
        assert isinstance(self.player, SnapcastPlayer)
        return self.player

    @property
    def on(self) -> list[str]:
        return [room.room for room in self.snap.rooms if room.on]

    def heard_in(self, client: str) -> list[float]:
        return pitches(*self.device.heard(client))


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    write_tone(folder / "1.wav", 20.0, 200.0)
    write_steps(folder / "2.wav", 12)
    with real_snapcast(folder, "pantry", "attic") as snapcast:
        player = SnapcastPlayer(
            lambda track_id: folder / f"{track_id}.wav",
            port=snapcast.control,
            source=f"tcp://127.0.0.1:{snapcast.source}",
            rooms={"pantry": "kitchen", "attic": "office"},
            latency_s=BUFFER_MS / 1000,
        )
        rig = House(player, snapcast=snapcast)
        player.start()
        await rig.until(lambda: len([one for one in player.rooms if one.connected]) == 2)
        player.listen(rig.events.append)
        try:
            yield rig
        finally:
            await player.close()


async def test_the_sound_comes_out_of_the_clients_without_a_gap(tmp_path: Path) -> None:
    async with house(tmp_path) as rig:
        await rig.player.play(SHORT)
        await rig.player.prepare(LONG)
        await rig.player.seek(10.5)
        assert rig.player.state.position_s == pytest.approx(10.5, abs=0.4)
        await rig.heard(PlayerEventKind.ADVANCED)
        await rig.until(lambda: rig.player.state.position_s > 0.8)
        await asyncio.sleep(0.3)
        heard = rig.heard_in("pantry")

    assert 400.0 in heard
    assert 1200.0 not in heard, "the seconds between were passed over"
    end = heard.index(1500.0)
    between = heard[end : heard.index(200.0, end)]
    assert 0.0 not in between, "there is no gap before what follows"
    assert heard[end:].count(200.0) >= 5


async def test_a_pause_is_silent_at_once_and_goes_on_where_it_was_heard(tmp_path: Path) -> None:
    async with house(tmp_path) as rig:
        await rig.player.play(SHORT)
        await rig.until(lambda: rig.player.state.position_s > 1.2)
        paused = await rig.player.pause()
        assert paused.status is PlaybackStatus.PAUSED
        assert paused.position_s == pytest.approx(1.3, abs=0.4)
        silent_from = len(rig.heard_in("pantry"))
        await asyncio.sleep(0.8)
        quiet = rig.heard_in("pantry")[silent_from + 3 :]
        assert quiet
        assert set(quiet) == {0.0}
        resumed = await rig.player.resume()
        assert resumed.position_s == pytest.approx(paused.position_s, abs=0.4)


async def test_each_room_is_on_or_off_and_has_its_volume(tmp_path: Path) -> None:
    async with house(tmp_path) as rig:
        await rig.snap.sound_in(["kitchen"])
        assert rig.on == ["kitchen"]
        await rig.player.play(LONG)
        await rig.snap.set_room_volume("kitchen", 40)
        volumes = {room.room: room.volume for room in rig.snap.rooms}
        assert volumes == {"kitchen": 40, "office": 100}
        assert rig.player.state.volume == 40
        await asyncio.sleep(0.6)
        assert set(rig.heard_in("attic")[-3:]) == {0.0}
        assert rig.heard_in("pantry")[-1] == 200.0
        await rig.snap.sound_in(["kitchen", "office"])
        assert rig.on == ["kitchen", "office"]
        await asyncio.sleep(0.8)
        assert rig.heard_in("attic")[-1] == 200.0


async def test_a_client_on_another_stream_is_left_alone_until_it_is_wanted(tmp_path: Path) -> None:
    async with house(tmp_path) as rig:
        clients = read_house(ask(rig, "Server.GetStatus")).clients
        group = next(one.group for one in clients if one.id == "attic")
        ask(rig, "Group.SetStream", id=group, stream_id="Radio")
        await rig.until(lambda: rig.on == ["kitchen"])
        await rig.player.play(LONG)
        assert rig.on == ["kitchen"]
        await rig.snap.sound_in(["office"])
        assert rig.on == ["office"]


async def test_ducking_is_heard_but_not_shown(tmp_path: Path) -> None:
    async with house(tmp_path) as rig:
        await rig.player.set_volume(80)
        await rig.player.play(LONG)
        rig.snap.duck(True)
        await rig.until(lambda: device_volume(rig, "pantry") == 10)
        assert {room.volume for room in rig.snap.rooms} == {80}
        rig.snap.duck(False)
        await rig.until(lambda: device_volume(rig, "pantry") == 80)


def device_volume(rig: House, client: str) -> int:
    """The volume as another controller of the server sees it."""
    house = read_house(ask(rig, "Server.GetStatus"))
    return next(one.volume for one in house.clients if one.id == client)


def ask(rig: House, method: str, **parameters: str) -> dict[str, Any]:
    """Say something to the server as another controller would."""
    message = {"id": 1, "jsonrpc": "2.0", "method": method, "params": parameters}
    with socket.create_connection(("127.0.0.1", rig.device.control), timeout=2) as connection:
        connection.sendall(f"{json.dumps(message)}\r\n".encode())
        answer: dict[str, Any] = json.loads(connection.makefile().readline())["result"]
    return answer


async def test_clients_and_the_server_may_leave_and_return(tmp_path: Path) -> None:
    async with house(tmp_path) as rig:
        await asyncio.to_thread(rig.device.leave, "attic")
        await rig.until(lambda: [one.connected for one in rig.snap.rooms] == [True, False])
        with pytest.raises(NoPlayer):
            await rig.snap.sound_in(["office"])
        await rig.player.play(LONG)
        await asyncio.to_thread(rig.device.kill)
        lost = await rig.heard(PlayerEventKind.DISCONNECTED)
        assert lost.state.item_id == "long"
        assert rig.player.state.status is PlaybackStatus.IDLE
        with pytest.raises(NoPlayer):
            await rig.player.play(LONG)
        await asyncio.to_thread(rig.device.start)
        await rig.until(lambda: rig.player.connected and rig.snap.rooms[0].connected)
        assert (await rig.player.play(LONG)).status is PlaybackStatus.PLAYING


def test_nonsense_from_a_server_is_left_out() -> None:
    group = {"id": "g", "stream_id": "s", "clients": [{"config": {"volume": {"percent": 900}}}]}
    nonsense: list[dict[str, Any]] = [{}, {"server": []}, {"server": {"groups": "no"}}]
    for status in nonsense:
        assert read_house(status).clients == ()
    found = read_house({"server": {"groups": [group, 7, {"clients": [None]}]}})
    assert [client.volume for client in found.clients] == [100]
    rooms = clients_by_room(found, {"someone": "kitchen"})
    assert room_sound("kitchen", rooms["kitchen"], "s").connected is False
