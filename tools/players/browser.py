"""All open pages together are one player; one of them sounds.

Where the sound comes out: the page that the user turned to last (`claim`), or the newest one
while nothing plays. Music that sounds stays on its page until something new is played.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from knowledge.models import QueueItem, Track
from knowledge.playback_memory import PlaybackSettings
from tools.errors import NoPlayer, NothingPlaying, PlayerNotResponding
from tools.players.announcer import Announcer
from tools.players.browser_messages import BrowserLink, Report, read_report
from tools.players.browser_page import BrowserPage
from tools.players.confirmation import confirm_playing
from tools.players.levelling import levelling_gain_db
from tools.players.player import (
    PlaybackStatus,
    PlayerCapability,
    PlayerEventKind,
    PlayerListener,
    PlayerState,
)

_log = logging.getLogger(__name__)

_CARRY_S = 3.0
"""So long after a report its position is carried forward by the clock."""

_LOST_AFTER_S = 15.0
"""A page that plays reports every second; after this it is gone."""

_JUMP_S = 1.5
"""A reported position that differs this much from the expected one is news."""


class BrowserPlayer:
    """Plays in the page. Connected while at least one page is attached."""

    capabilities = frozenset(PlayerCapability)

    def __init__(
        self,
        track_out: Callable[[Track], dict[str, Any]],
        *,
        name: str = "browser",
        clock: Callable[[], float] = time.monotonic,
        timeout_s: float = 3.0,
    ) -> None:
        """Make a player without pages.

        Args:
            track_out: a track as the page wants it, with the address of its audio.
            name: what people call it.
            clock: seconds that never go backwards.
            timeout_s: how long a page may take to confirm a command other than `play`.
        """
        self._track_out = track_out
        self._name = name
        self._clock = clock
        self._timeout_s = timeout_s
        self._announcer = Announcer()
        self._settings = PlaybackSettings()
        self._known: Callable[[str], bool] = lambda _: False
        self._pages: dict[BrowserLink, BrowserPage] = {}
        self._target: BrowserPage | None = None
        self._output: BrowserPage | None = None
        self._current: str | None = None
        self._next: QueueItem | None = None
        self._starting = False
        self._state = PlayerState()
        self._volume: tuple[int, bool] | None = None
        self._ducked = False
        self._reported_at = 0.0
        self._lost: asyncio.TimerHandle | None = None

    @property
    def name(self) -> str:
        return self._name

    @property
    def connected(self) -> bool:
        return bool(self._pages)

    @property
    def page_name(self) -> str:
        """What the page calls itself that sounds, or would; "" without any."""
        page = self._output or self._target
        return "" if page is None else page.name

    @property
    def state(self) -> PlayerState:
        """What the page reported, the position carried forward for a moment."""
        state = self._state
        if state.status is not PlaybackStatus.PLAYING:
            return state
        position_s = state.position_s + min(self._clock() - self._reported_at, _CARRY_S)
        longest_s = state.duration_s or position_s
        return replace(state, position_s=min(position_s, longest_s))

    def listen(self, listener: PlayerListener) -> None:
        self._announcer.listen(listener)

    def adjust(self, settings: PlaybackSettings) -> None:
        """Crossfade and levelling from the next track on."""
        self._settings = settings
        if self._next is not None and self._output is not None:
            self._tell_next(self._output, self._next)

    def believe(self, known: Callable[[str], bool]) -> None:
        """`known` says whether an item is in the queue: a page found playing one may go on."""
        self._known = known

    def duck(self, on: bool) -> None:
        """Tell every page, so that music which moves is quiet too; a page that loses us is loud."""
        self._ducked = on
        for page in self._pages.values():
            page.duck(on)

    # Pages come and go

    def attach(self, link: BrowserLink, name: str = "") -> None:
        """A page can play now. Said again, it means the same as `claim`."""
        if link in self._pages:
            self.claim(link)
            return
        was_connected = self.connected
        page = self._pages[link] = BrowserPage(link, name[:100])
        if self._ducked:
            page.duck(True)
        if self._state.status is PlaybackStatus.IDLE or self._target is None:
            self._target = page
        if not was_connected:
            self._announcer.say(PlayerEventKind.STATE, self._state)

    def claim(self, link: BrowserLink) -> None:
        """The user turned to this page: what is played from now on sounds there."""
        page = self._pages.get(link)
        if page is None or page is self._target:
            return
        self._target = page
        if self._output is not None and self._state.status is PlaybackStatus.PAUSED:
            self._output.take_back()
            self._lose_output()

    def detach(self, link: BrowserLink) -> None:
        """The page was closed, or its connection was lost."""
        page = self._pages.pop(link, None)
        if page is None:
            return
        page.closed()
        if page is self._target:
            self._target = next(reversed(self._pages.values()), None)
        if page is self._output:
            self._lose_output()
        elif not self._pages:
            self._announcer.say(PlayerEventKind.DISCONNECTED, self._state)

    # Commands

    async def play(
        self, item: QueueItem, *, start_s: float = 0.0, timeout_s: float = 3.0
    ) -> PlayerState:
        page = self._target
        if page is None:
            raise NoPlayer("No page is open.")
        if self._output is not None and self._output is not page:
            self._output.take_back()
        self._be_idle()
        self._output, self._current, self._starting = page, item.id, True
        if self._volume is not None and not page.volume_told:
            page.tell("volume", volume=self._volume[0], muted=self._volume[1])
            page.volume_told = True
        page.reported = PlayerState()
        deadline = self._clock() + timeout_s
        try:
            await page.ask(
                "play",
                timeout_s=timeout_s,
                item_id=item.id,
                track=self._track_out(item.track),
                start_s=start_s,
                gain_db=self._gain_db(item.track),
                crossfade_s=self._settings.crossfade_s,
            )
            state = await confirm_playing(
                lambda: page.reported,
                item.id,
                player="The page",
                timeout_s=max(0.0, deadline - self._clock()),
                since_s=start_s,
            )
        except BaseException:
            if page.link in self._pages:
                page.take_back()
            self._be_idle()
            raise
        finally:
            self._starting = False
        self._accept(state)
        return self.state

    async def prepare(self, item: QueueItem | None) -> None:
        self._next = item
        if self._output is not None:
            self._tell_next(self._output, item)

    async def pause(self) -> PlayerState:
        self._accept(await self._sounding().ask("pause", timeout_s=self._timeout_s))
        if self._state.status is PlaybackStatus.PLAYING:
            raise PlayerNotResponding("The page plays on.")
        return self.state

    async def resume(self) -> PlayerState:
        page = self._sounding()
        state = await page.ask("resume", timeout_s=self._timeout_s)
        self._accept(state)
        if state.status is not PlaybackStatus.PLAYING:
            raise PlayerNotResponding("The page does not go on.")
        return self.state

    async def stop(self) -> PlayerState:
        page = self._output
        if page is None:
            return self.state
        await page.ask("stop", timeout_s=self._timeout_s)
        self._be_idle()
        return self.state

    async def seek(self, position_s: float) -> PlayerState:
        page = self._sounding()
        state = await page.ask("seek", timeout_s=self._timeout_s, position_s=position_s)
        self._accept(state)
        return self.state

    async def set_volume(self, volume: int, *, muted: bool = False) -> PlayerState:
        page = self._output or self._target
        if page is None:
            raise NoPlayer("No page is open.")
        state = await page.ask("volume", timeout_s=self._timeout_s, volume=volume, muted=muted)
        self._volume, page.volume_told = (state.volume, state.muted), True
        self._state = replace(self._state, volume=state.volume, muted=state.muted)
        return self.state

    async def close(self) -> None:
        for link in tuple(self._pages):
            self.detach(link)

    # Reports

    def report(self, link: BrowserLink, message: dict[str, Any]) -> bool:
        """Take a page's word, as far as it can be true; False when it was not believed."""
        page, report = self._pages.get(link), read_report(message)
        if page is None or report is None:
            _log.debug("A report was not understood: %.200r", message)
            return False
        if not page.believes(report):
            return False
        state = report.state.to_state()
        if not self._is_ours(state.item_id):
            return page.answers(report)
        if page is not self._output and not self._finds_playing(page, state):
            page.answers(report)
            return True
        page.reported = state
        if page.answers(report) or self._starting:
            return True  # the command that waits goes on from here
        if report.event == "failed" and report.command_id is not None:
            _log.info("The page could not do what nobody waits for: %s", report.message)
            return True
        return self._happened(report, state)

    def _happened(self, report: Report, state: PlayerState) -> bool:
        """Something that nobody asked for."""
        ours = state.item_id == self._current
        next_id = None if self._next is None else self._next.id
        match report.event:
            case "ended" if ours or state.item_id is None:
                self._finish(PlayerEventKind.ENDED, state)
            case "failed" if ours or state.item_id in {None, next_id}:
                self._finish(PlayerEventKind.FAILED, state, report.message)
            case "advanced" | "state" if (
                state.item_id == next_id
                and next_id is not None
                and (report.event == "advanced" or not ours)
            ):
                self._current, self._next = next_id, None
                self._accept(state)
                self._announcer.say(PlayerEventKind.ADVANCED, self._state)
            case "state" if ours or state.status is PlaybackStatus.IDLE:
                if self._accept(state):
                    self._announcer.say(PlayerEventKind.STATE, self._state)
            case _:
                return False
        return True

    def _is_ours(self, item_id: str | None) -> bool:
        if item_id is None or item_id == self._current:
            return True
        return (self._next is not None and item_id == self._next.id) or self._known(item_id)

    def _finds_playing(self, page: BrowserPage, state: PlayerState) -> bool:
        """Deal with a page that plays although another one should, or none.

        A connection that broke and came back, or a restart of the server, leaves a page playing:
        it becomes the output when nothing else sounds, and is silenced otherwise.
        """
        if state.status is not PlaybackStatus.PLAYING or state.item_id is None:
            return False
        if self._output is not None:
            page.take_back()
            return False
        self._output = self._target = page
        self._current = state.item_id
        return True

    # State

    def _accept(self, state: PlayerState) -> bool:
        """Make a report the state; False when it only says what the clock said already."""
        expected = self.state
        self._state, self._reported_at = state, self._clock()
        if state.status is PlaybackStatus.IDLE:
            self._current = self._next = None
        self._watch()
        return abs(state.position_s - expected.position_s) > _JUMP_S or replace(
            state, position_s=0.0
        ) != replace(expected, position_s=0.0)

    def _watch(self) -> None:
        """Notice when a page that plays falls silent."""
        if self._lost is not None:
            self._lost.cancel()
            self._lost = None
        if self._state.status is PlaybackStatus.PLAYING:
            loop = asyncio.get_running_loop()
            self._lost = loop.call_later(_LOST_AFTER_S, self._lose_output)

    def _lose_output(self) -> None:
        """The page that sounded is gone: nothing sounds, and we know where it was."""
        last = replace(self.state, status=PlaybackStatus.IDLE)
        self._be_idle()
        self._announcer.say(PlayerEventKind.DISCONNECTED, last)

    def _finish(self, kind: PlayerEventKind, state: PlayerState, message: str = "") -> None:
        item_id = state.item_id or self._current
        self._be_idle()
        last = replace(state, status=PlaybackStatus.IDLE, item_id=item_id)
        self._announcer.say(kind, last, message)

    def _be_idle(self) -> None:
        self._output = self._current = self._next = None
        self._state = PlayerState(volume=self._state.volume, muted=self._state.muted)
        self._watch()

    def _sounding(self) -> BrowserPage:
        if not self._pages:
            raise NoPlayer("No page is open.")
        if self._output is None or self._state.status is PlaybackStatus.IDLE:
            raise NothingPlaying("Nothing is playing.")
        return self._output

    def _tell_next(self, page: BrowserPage, item: QueueItem | None) -> None:
        if item is None:
            page.tell("prepare")
            return
        page.tell(
            "prepare",
            item_id=item.id,
            track=self._track_out(item.track),
            gain_db=self._gain_db(item.track),
            crossfade_s=self._settings.crossfade_s,
        )

    def _gain_db(self, track: Track) -> float:
        return round(levelling_gain_db(track), 2) if self._settings.levelling else 0.0
