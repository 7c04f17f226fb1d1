"""Chromecast and Sonos, against stand-ins of their libraries: no real device was at hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from knowledge.models import QueueItem
from player_rigs import LONG, OTHER, Rig
from tools.errors import NoPlayer, PlayerRefused
from tools.players.chromecast import ChromecastDevice
from tools.players.elsewhere import Served
from tools.players.player import PlaybackStatus, PlayerCapability, PlayerEventKind
from tools.players.polled import BlockingDevice, PolledPlayer
from tools.players.sonos import SonosDevice

pytestmark = pytest.mark.unit


class Deck:
    """What either stand-in plays, at ten times the speed."""

    def __init__(self) -> None:
        self.state = "STOPPED"
        self.address = ""
        self.position = 0.0
        self.there = True
        self.refuses = False

    def check(self) -> None:
        if not self.there:
            raise OSError("no route to host")
        if self.state == "PLAYING":
            self.position += 1.0

    def load(self, address: str) -> None:
        self.check()
        self.address, self.position = address, 0.0
        self.state = "STOPPED" if self.refuses else "PLAYING"


class FakeCast:
    """As much of pychromecast as is used."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self.status = SimpleNamespace(volume_level=0.5, volume_muted=False)
        self.media_controller = self

    # pychromecast

    def get_chromecast_from_host(self, *_about: Any, **_options: Any) -> "FakeCast":
        self.deck.check()
        return self

    def wait(self, timeout: float) -> None: ...
    def update_status(self) -> None:
        self.deck.check()

    def block_until_active(self, timeout: float) -> None: ...
    def disconnect(self, timeout: float) -> None: ...

    def set_volume(self, level: float) -> None:
        self.status.volume_level = level

    def set_volume_muted(self, muted: bool) -> None:
        self.status.volume_muted = muted

    def play_media(self, address: str, _kind: str, **_options: Any) -> None:
        self.deck.load(address)

    def __getattribute__(self, name: str) -> Any:
        if name == "status" and "deck" in self.__dict__:
            deck = self.__dict__["deck"]
            state = {"STOPPED": "IDLE"}.get(deck.state, deck.state)
            shown = self.__dict__["status"]
            shown.player_state, shown.content_id = state, deck.address
            shown.idle_reason = "ERROR" if deck.refuses else None
            shown.adjusted_current_time, shown.duration = deck.position, 20.0
            return shown
        return super().__getattribute__(name)

    def play(self) -> None:
        self.deck.state = "PLAYING"

    def pause(self) -> None:
        self.deck.state = "PAUSED"

    def stop(self) -> None:
        self.deck.state = "STOPPED"

    def seek(self, position: float) -> None:
        self.deck.position = position


class FakeSonos:
    """As much of soco as is used."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self.volume = 50
        self.mute = False

    def SoCo(self, _host: str) -> "FakeSonos":  # noqa: N802  its name there
        self.deck.check()
        return self

    def get_current_transport_info(self) -> dict[str, str]:
        self.deck.check()
        state = {"PAUSED": "PAUSED_PLAYBACK"}.get(self.deck.state, self.deck.state)
        wrong = "ERROR_OCCURRED" if self.deck.refuses else "OK"
        return {"current_transport_state": state, "current_transport_status": wrong}

    def get_current_track_info(self) -> dict[str, str]:
        place = f"0:00:{int(self.deck.position):02}"
        return {"uri": self.deck.address, "position": place, "duration": "0:00:20"}

    def play_uri(self, address: str, title: str) -> None:
        assert title
        self.deck.load(address)

    def play(self) -> None:
        self.deck.state = "PLAYING"

    def pause(self) -> None:
        self.deck.state = "PAUSED"

    def stop(self) -> None:
        self.deck.state = "STOPPED"

    def seek(self, clock: str) -> None:
        self.deck.position = float(clock.split(":")[2])


def chromecast(deck: Deck) -> BlockingDevice:
    return ChromecastDevice("10.0.0.9", library=FakeCast(deck))


def sonos(deck: Deck) -> BlockingDevice:
    return SonosDevice("10.0.0.9", library=FakeSonos(deck))


@asynccontextmanager
async def playing_on(make: Any) -> AsyncIterator[tuple[Rig, PolledPlayer, Deck]]:
    deck = Deck()

    async def served(item: QueueItem, host: str) -> Served:
        return Served(f"http://10.0.0.1/{item.track.id}?signature=x&to={host}", "audio/flac")

    player = PolledPlayer(served, lambda: make(deck), host="10.0.0.9", name="parlour", poll_s=0.1)
    rig = Rig(player)
    player.listen(rig.events.append)
    player.start()
    await rig.until(lambda: player.connected)
    try:
        yield rig, player, deck
    finally:
        await player.close()


@pytest.mark.parametrize("make", [chromecast, sonos])
async def test_it_plays_pauses_seeks_and_reports(make: Any) -> None:
    async with playing_on(make) as (_, player, deck):
        state = await player.play(LONG)
        assert (state.status, state.item_id) == (PlaybackStatus.PLAYING, "long")
        assert deck.address.startswith("http://10.0.0.1/1?signature=x&to=10.0.0.9")
        assert (await player.pause()).status is PlaybackStatus.PAUSED
        assert (await player.resume()).status is PlaybackStatus.PLAYING
        assert (await player.seek(12.0)).position_s == pytest.approx(12.0, abs=2.0)
        louder = await player.set_volume(80, muted=True)
        assert (louder.volume, louder.muted) == (80, True)
        assert PlayerCapability.GAPLESS not in player.capabilities
        assert (await player.stop()).status is PlaybackStatus.IDLE
        assert deck.state == "STOPPED"


@pytest.mark.parametrize("make", [chromecast, sonos])
async def test_the_end_is_told_and_what_it_refuses(make: Any) -> None:
    async with playing_on(make) as (rig, player, deck):
        await player.play(LONG)
        deck.state = "STOPPED"
        ended = await rig.heard(PlayerEventKind.ENDED)
        assert ended.state.item_id == "long"
        deck.refuses = True
        with pytest.raises(PlayerRefused, match="reports an error"):
            await player.play(OTHER)
        assert player.state.status is PlaybackStatus.IDLE


@pytest.mark.parametrize("make", [chromecast, sonos])
async def test_it_vanishes_and_returns(make: Any) -> None:
    async with playing_on(make) as (rig, player, deck):
        await player.play(LONG)
        deck.there = False
        lost = await rig.heard(PlayerEventKind.DISCONNECTED)
        assert lost.state.item_id == "long"
        with pytest.raises(NoPlayer):
            await player.play(LONG)
        deck.there = True
        await rig.until(lambda: player.connected)
        assert (await player.play(LONG)).status is PlaybackStatus.PLAYING
        player.duck(True)
        await asyncio.sleep(0.1)
        assert player.state.volume == 50
