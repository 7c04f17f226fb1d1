"""An Echo as a player: it plays what an answer told it to, and says so itself.

Nothing is believed before the device reports it: `play` ends with its PlaybackStarted, `pause` and
`stop` with its PlaybackStopped. What it reports by itself, because somebody used its buttons or
went on to the next track, is told to those who listen.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from knowledge.models import QueueItem
from server.integrations.alexa import responses
from server.integrations.alexa.exchange import current_exchange
from server.integrations.alexa.messages import PlaybackPlace, Request
from tools.errors import NothingPlaying, PlayerNotResponding, PlayerRefused, PlayerUnable
from tools.players.announcer import Announcer
from tools.players.player import (
    PlaybackStatus,
    PlayerCapability,
    PlayerEventKind,
    PlayerListener,
    PlayerState,
)

CONFIRM_S: Final = 12.0
"""An Echo first says what we answered, then fetches the sound, then reports it."""
_MOST_TAKEN_BACK: Final = 20
_SOUNDING: Final = frozenset({"PLAYING", "BUFFER_UNDERRUN", "PAUSED"})
"""PAUSED is only for as long as somebody talks to the device."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Where the device fetches an item, and what it shows meanwhile."""

    url: str
    picture: str = ""


@dataclass(slots=True)
class _Awaited:
    """What the device is expected to report."""

    kind: str
    token: str
    done: asyncio.Future[float]
    """The offset it reports, seconds."""


class AlexaPlayer:
    """One Echo. For one event loop."""

    capabilities = frozenset(
        {PlayerCapability.PAUSE, PlayerCapability.SEEK, PlayerCapability.GAPLESS}
    )

    def __init__(
        self,
        name: str,
        stream_of: Callable[[QueueItem], Awaitable[Stream]],
        *,
        clock: Callable[[], float] = time.monotonic,
        timeout_s: float = CONFIRM_S,
    ) -> None:
        """Make a player of which nothing was heard yet.

        Args:
            name: what people call it.
            stream_of: where it fetches an item; raises `PlayerRefused` when it cannot.
            clock: seconds that never go backwards.
            timeout_s: how long it may take to report what it was told.
        """
        self._name = name
        self._stream_of = stream_of
        self._clock = clock
        self._timeout_s = timeout_s
        self._announcer = Announcer()
        self._item_of: Callable[[str], QueueItem | None] = lambda _: None
        self._state = PlayerState()
        self._reported_at = 0.0
        self._next: QueueItem | None = None
        self._enqueued: QueueItem | None = None
        self._awaited: _Awaited | None = None
        self._taken_back: deque[str] = deque(maxlen=_MOST_TAKEN_BACK)

    @property
    def name(self) -> str:
        return self._name

    @property
    def connected(self) -> bool:
        """Always: whether it can be told something now, its next request shows."""
        return True

    @property
    def state(self) -> PlayerState:
        """What it reported, the position carried forward."""
        state = self._state
        if state.status is not PlaybackStatus.PLAYING:
            return state
        position_s = state.position_s + self._clock() - self._reported_at
        return replace(state, position_s=min(position_s, state.duration_s or position_s))

    def listen(self, listener: PlayerListener) -> None:
        self._announcer.listen(listener)

    def knows(self, item_of: Callable[[str], QueueItem | None]) -> None:
        """`item_of` finds an item of the queue, so that what it plays already is recognised."""
        self._item_of = item_of

    # Commands

    async def play(
        self, item: QueueItem, *, start_s: float = 0.0, timeout_s: float = CONFIRM_S
    ) -> PlayerState:
        exchange = current_exchange()
        stream = await self._stream_of(item)
        track = item.track
        exchange.add(
            responses.play(
                stream.url,
                item.id,
                offset_s=start_s,
                title=track.title,
                subtitle=track.artist,
                picture=stream.picture,
            )
        )
        exchange.starts = f"{track.title}, {track.artist}" if track.artist else track.title
        self._enqueued = self._next = None
        try:
            offset_s = await self._report("started", item.id, timeout_s)
        except BaseException:
            self._taken_back.append(item.id)
            self._be(PlaybackStatus.IDLE)
            raise
        self._sounds(item, offset_s)
        return self.state

    async def prepare(self, item: QueueItem | None) -> None:
        """It is told with its next PlaybackNearlyFinished, or at once when it was told another."""
        self._next = item
        if self._enqueued is not None and (item is None or item.id != self._enqueued.id):
            try:
                current_exchange().add(responses.clear_enqueued())
            except PlayerNotResponding:
                return  # what it goes on to is then put right when it reports it
            self._enqueued = None

    async def pause(self) -> PlayerState:
        self._expect_item()
        if self._state.status is PlaybackStatus.PLAYING:
            await self._stop_sounding(PlaybackStatus.PAUSED)
        return self.state

    async def resume(self) -> PlayerState:
        item = self._expect_item()
        return await self.play(item, start_s=self._state.position_s, timeout_s=self._timeout_s)

    async def stop(self) -> PlayerState:
        if self._state.status is PlaybackStatus.PLAYING:
            await self._stop_sounding(PlaybackStatus.IDLE)
        self._be(PlaybackStatus.IDLE)
        return self.state

    async def seek(self, position_s: float) -> PlayerState:
        item = self._expect_item()
        if self._state.status is PlaybackStatus.PAUSED:
            self._state = replace(self._state, position_s=position_s)
            return self.state
        return await self.play(item, start_s=position_s, timeout_s=self._timeout_s)

    async def set_volume(self, volume: int, *, muted: bool = False) -> PlayerState:  # noqa: ARG002
        raise PlayerUnable('The volume of an Echo is its own: say "Alexa, volume five".')

    async def close(self) -> None:
        """The device plays on by itself; nobody waits for it any more."""
        self._give_up("The server stops.")

    # Reports

    def observe(self, place: PlaybackPlace | None) -> None:
        """Learn from a request what the device plays, as it says beside its request."""
        if place is None:
            return
        offset_s = place.offset_in_milliseconds / 1_000
        sounds = place.player_activity in _SOUNDING
        if (awaited := self._awaited) is not None:
            # Somebody talks again before the report came: this is as good as one.
            as_told = sounds if awaited.kind == "started" else not sounds
            if not (as_told and self._resolved(awaited.kind, place.token, offset_s)):
                self._give_up(f"{self._name} does something else.")
            return
        if place.token != self._state.item_id:
            item = self._item_of(place.token) if sounds else None
            if item is not None and place.token not in self._taken_back:
                self._sounds(item, offset_s)
                self._announcer.say(PlayerEventKind.STATE, self._state)
            return
        was = self._state.status
        if sounds and was is PlaybackStatus.PLAYING:
            self._move(offset_s)
        elif not sounds and was is PlaybackStatus.PLAYING:
            self._be(PlaybackStatus.PAUSED, offset_s)
            self._announcer.say(PlayerEventKind.STATE, self._state)

    async def report(self, request: Request) -> None:
        """Take an AudioPlayer request; what the device is told in return is in the exchange."""
        token, offset_s = request.token, request.offset_in_milliseconds / 1_000
        match request.type.removeprefix("AudioPlayer."):
            case "PlaybackStarted":
                self._started(token, offset_s)
            case "PlaybackNearlyFinished":
                await self._nearly_finished(token)
            case "PlaybackStopped":
                self._stopped(token, offset_s)
            case "PlaybackFinished":
                self._finished(token, offset_s)
            case "PlaybackFailed":
                said = "" if request.error is None else request.error.message
                self._failed(token, said or "The Echo could not play it.")

    def _started(self, token: str, offset_s: float) -> None:
        if self._resolved("started", token, offset_s):
            return
        item = None if token in self._taken_back else self._item_of(token)
        if self._enqueued is not None and token == self._enqueued.id:
            self._sounds(self._enqueued, offset_s)
            self._announcer.say(PlayerEventKind.ADVANCED, self._state)
        elif item is None:
            current_exchange().add(responses.stop())  # it comes too late, or is none of ours
        else:
            self._sounds(item, offset_s)
            self._announcer.say(PlayerEventKind.STATE, self._state)

    async def _nearly_finished(self, token: str) -> None:
        following = self._next
        if following is None or token != self._state.item_id:
            return
        stream = await self._stream_of(following)
        current_exchange().add(
            responses.play(
                stream.url,
                following.id,
                after=token,
                title=following.track.title,
                subtitle=following.track.artist,
                picture=stream.picture,
            )
        )
        self._enqueued = following

    def _stopped(self, token: str, offset_s: float) -> None:
        if self._resolved("stopped", token, offset_s):
            return
        awaits_start = self._awaited is not None and self._awaited.kind == "started"
        if token == self._state.item_id and not awaits_start:
            self._be(PlaybackStatus.PAUSED, offset_s)
            self._announcer.say(PlayerEventKind.STATE, self._state)

    def _finished(self, token: str, offset_s: float) -> None:
        if token != self._state.item_id or self._awaited is not None:
            return
        if self._enqueued is not None:
            self._move(offset_s)  # its PlaybackStarted comes next
            return
        last = replace(self._state, status=PlaybackStatus.IDLE, position_s=offset_s)
        self._be(PlaybackStatus.IDLE)
        self._announcer.say(PlayerEventKind.ENDED, last)

    def _failed(self, token: str, said: str) -> None:
        awaited = self._awaited
        if awaited is not None and awaited.token == token and not awaited.done.done():
            awaited.done.set_exception(PlayerRefused(said))
        elif self._enqueued is not None and token == self._enqueued.id:
            self._enqueued = None
            if self._state.status is not PlaybackStatus.PLAYING:
                self._be(PlaybackStatus.IDLE)
            last = replace(self._state, status=PlaybackStatus.IDLE, item_id=token)
            self._announcer.say(PlayerEventKind.FAILED, last, said)
        elif token == self._state.item_id:
            last = replace(self.state, status=PlaybackStatus.IDLE)
            self._be(PlaybackStatus.IDLE)
            self._announcer.say(PlayerEventKind.FAILED, last, said)

    # State

    async def _stop_sounding(self, status: PlaybackStatus) -> None:
        current_exchange().add(responses.stop())
        offset_s = await self._report("stopped", self._state.item_id or "", self._timeout_s)
        self._be(status, offset_s)

    async def _report(self, kind: str, token: str, timeout_s: float) -> float:
        """Let the answer go out, and wait for what the device makes of it."""
        self._give_up("Something else was wanted meanwhile.")
        self._awaited = awaited = _Awaited(kind, token, asyncio.Future())
        current_exchange().awaits_device.set()
        try:
            async with asyncio.timeout(timeout_s):
                return await awaited.done
        except TimeoutError as error:
            raise PlayerNotResponding(
                f"{self._name} was told, but reported nothing for {timeout_s:g} s."
            ) from error
        finally:
            if self._awaited is awaited:
                self._awaited = None

    def _resolved(self, kind: str, token: str, offset_s: float) -> bool:
        awaited = self._awaited
        if awaited is None or (awaited.kind, awaited.token) != (kind, token):
            return False
        if not awaited.done.done():
            awaited.done.set_result(offset_s)
        return True

    def _give_up(self, why: str) -> None:
        awaited, self._awaited = self._awaited, None
        if awaited is not None and not awaited.done.done():
            awaited.done.set_exception(PlayerNotResponding(why))

    def _sounds(self, item: QueueItem, offset_s: float) -> None:
        self._enqueued = self._next = None
        if item.id in self._taken_back:
            self._taken_back.remove(item.id)
        self._state = replace(
            self._state,
            status=PlaybackStatus.PLAYING,
            item_id=item.id,
            position_s=offset_s,
            duration_s=item.track.duration_s or 0.0,
        )
        self._reported_at = self._clock()

    def _move(self, offset_s: float) -> None:
        self._state = replace(self._state, position_s=offset_s)
        self._reported_at = self._clock()

    def _be(self, status: PlaybackStatus, position_s: float = 0.0) -> None:
        if status is PlaybackStatus.IDLE:
            self._state = PlayerState()
            self._enqueued = self._next = None
        else:
            self._state = replace(self._state, status=status, position_s=position_s)

    def _expect_item(self) -> QueueItem:
        item = self._item_of(self._state.item_id or "")
        if self._state.status is PlaybackStatus.IDLE or item is None:
            raise NothingPlaying("Nothing is playing.")
        return item
