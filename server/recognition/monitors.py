"""Radio streams that are listened to in the background: what they play goes into what was heard."""

import asyncio
import json
import logging
import secrets
import threading
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol

from knowledge.fingerprint.models import Samples
from knowledge.fingerprint.timeline_models import TimelineEvent
from knowledge.models import Track
from knowledge.people.current import HOUSEHOLD, PersonId, acting_as, current_person
from knowledge.recognition.models import Heard, HeardSource, Hearing
from knowledge.recognition.service import RecognitionService
from server.auth.private_files import write_private
from server.errors import MonitorsFull, NotFound, problem_of
from server.recognition.addresses import AddressGuard
from server.recognition.fetch import Fetcher
from server.recognition.recognition import Recognition
from server.recognition.sound_process import samples_of_stream
from server.recognition.timelines import LibrarySearch

_LOG = logging.getLogger(__name__)
_FIRST_WAIT_S = 2.0
_LONGEST_WAIT_S = 300.0
_WELL_S = 60.0
"""After so long without a break the next break is the first one again."""
_AHEAD_S = 30.0
"""A stream that comes faster than it sounds is read no further ahead than this."""
_ENDING_S = 10.0
_LONGEST_FILE = 100_000

State = Literal["connecting", "listening", "waiting", "stopped"]


@dataclass(slots=True)
class Monitor:
    """One stream."""

    name: str
    url: str
    id: str = field(default_factory=lambda: f"monitor_{secrets.token_hex(6)}")
    state: State = "connecting"
    problem: str = ""
    heard_s: float = 0.0
    playing: Track | None = None
    person: PersonId = field(default_factory=current_person)
    """Whose log takes what it plays."""


class FollowsStream(Protocol):
    """Hears a stream; knowledge.fingerprint.stream.StreamRecogniser."""

    @property
    def heard_s(self) -> float: ...
    def feed(self, samples: Samples) -> tuple[TimelineEvent, ...]: ...
    def finish(self) -> tuple[TimelineEvent, ...]: ...


class Sleeps(Protocol):
    async def __call__(self, seconds: float, /) -> None: ...


class Monitors:
    """All streams, remembered over a restart. Lives on the event loop."""

    def __init__(
        self,
        recognition: Recognition,
        guard: AddressGuard,
        fetcher: Fetcher,
        notes: Path,
        *,
        at_most: int,
        sleep: Sleeps = asyncio.sleep,
    ) -> None:
        """Begin with no stream.

        Args:
            recognition: names what the streams play.
            guard: says which addresses may be opened.
            fetcher: opens them.
            notes: the file in which the streams are remembered.
            at_most: how many there may be.
            sleep: waits before the next try.
        """
        self._recognition = recognition
        self._guard = guard
        self._fetcher = fetcher
        self._notes = notes
        self._at_most = at_most
        self._sleep = sleep
        self._monitors: dict[str, tuple[Monitor, asyncio.Task[None]]] = {}
        self._changed: Callable[[], None] = lambda: None

    def tell(self, changed: Callable[[], None]) -> None:
        """Call `changed`, on the event loop, when there is news of a stream."""
        self._changed = changed

    def all(self) -> tuple[Monitor, ...]:
        """The streams of this person."""
        person = current_person()
        return tuple(one for one, _ in tuple(self._monitors.values()) if one.person == person)

    async def forget(self, person: PersonId) -> None:
        """Stop listening to the streams of a person."""
        theirs = [one.id for one, _ in self._monitors.values() if one.person == person]
        with acting_as(person):
            for monitor_id in theirs:
                await self.remove(monitor_id)

    async def resume(self) -> None:
        """Go on with the streams that an earlier run listened to."""
        for name, url, person in await asyncio.to_thread(_read, self._notes):
            if len(self._monitors) < self._at_most:
                with acting_as(person):
                    self._begin(name, url)

    async def add(self, url: str, name: str) -> Monitor:
        """Begin to listen to a stream.

        Raises:
            MonitorsFull: there are as many as the configuration allows.
            UrlNotAllowed: the address may not be opened.
            UrlNotFetched: there is no such host.
        """
        self._recognition.require()
        self._require_room()
        await self._guard.check(url)
        self._require_room()
        monitor = self._begin(name, url)
        await self._note()
        return monitor

    async def remove(self, monitor_id: str) -> None:
        """Stop listening to a stream.

        Raises:
            NotFound: there is none of this id.
        """
        known = self._monitors.get(monitor_id)
        if known is None or known[0].person != current_person():
            raise NotFound("There is no such stream.")
        _, task = self._monitors.pop(monitor_id)
        await _ended(task)
        await self._note()
        self._changed()

    async def close(self) -> None:
        """Stop all of them; they go on with the next start."""
        await _ended(*(task for _, task in self._monitors.values()))

    def _require_room(self) -> None:
        if len(self._monitors) >= self._at_most:
            raise MonitorsFull(f"{self._at_most} streams are listened to at most.")

    def _begin(self, name: str, url: str) -> Monitor:
        monitor = Monitor(name, url)
        self._monitors[monitor.id] = (monitor, asyncio.create_task(self._keep_on(monitor)))
        self._changed()
        return monitor

    async def _keep_on(self, monitor: Monitor) -> None:
        wait_s = _FIRST_WAIT_S
        while True:
            self._say(monitor, "connecting")
            heard_s = monitor.heard_s
            try:
                await self._listen(monitor)
                problem = "The stream ended."
            except Exception as error:  # noqa: BLE001  shown with the stream; it is tried again
                told = problem_of(error)
                if told.code == "internal_error":
                    _LOG.exception("a stream failed")
                problem = told.message
            if monitor.heard_s - heard_s > _WELL_S:
                wait_s = _FIRST_WAIT_S
            monitor.playing = None
            self._say(monitor, "waiting", problem)
            await self._sleep(wait_s)
            wait_s = min(2 * wait_s, _LONGEST_WAIT_S)

    async def _listen(self, monitor: Monitor) -> None:
        loop = asyncio.get_running_loop()
        following = _Following()
        before_s = monitor.heard_s
        async with self._fetcher.open(monitor.url) as sound:
            began_at, began = loop.time(), datetime.now(UTC)
            try:
                async with aclosing(samples_of_stream(sound.body)) as blocks:
                    async for samples in blocks:
                        if monitor.state != "listening":
                            self._say(monitor, "listening")
                        feed = partial(following.feed, samples)
                        await self._note_events(monitor, await self._recognition.run(feed), began)
                        heard_s = following.heard_s
                        monitor.heard_s = before_s + heard_s
                        if (ahead_s := heard_s - (loop.time() - began_at)) > _AHEAD_S:
                            await asyncio.sleep(ahead_s - _AHEAD_S)
            finally:
                await asyncio.shield(self._finish(monitor, following, began))

    async def _finish(self, monitor: Monitor, following: "_Following", began: datetime) -> None:
        """Note how long the last recording played."""
        try:
            events = await self._recognition.run(following.finish)
            await self._note_events(monitor, events, began)
        except Exception:  # noqa: BLE001  what ended the stream is what matters
            _LOG.debug("the end of a stream could not be noted", exc_info=True)

    async def _note_events(
        self, monitor: Monitor, events: tuple[TimelineEvent, ...], began: datetime
    ) -> None:
        for event in events:
            track = await self._recognition.run(
                partial(_logged, event=event, name=monitor.name, began=began), changes=True
            )
            monitor.playing = track if event.change == "started" else None
            self._changed()

    def _say(self, monitor: Monitor, state: State, problem: str = "") -> None:
        monitor.state, monitor.problem = state, problem
        self._changed()

    async def _note(self) -> None:
        kept = [
            {"name": one.name, "url": one.url, "person": one.person}
            for one, _ in self._monitors.values()
        ]
        await asyncio.to_thread(write_private, self._notes, json.dumps(kept))


class _Following:
    """One stream's recogniser. A thread may still feed it when another one wants to finish it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stream: FollowsStream | None = None
        self._is_over = False

    @property
    def heard_s(self) -> float:
        return 0.0 if self._stream is None else self._stream.heard_s

    def feed(self, samples: Samples, service: RecognitionService) -> tuple[TimelineEvent, ...]:
        with self._lock:
            if self._is_over:
                return ()
            if self._stream is None:
                self._stream = _recogniser(service)
            return self._stream.feed(samples)

    def finish(self, _: RecognitionService) -> tuple[TimelineEvent, ...]:
        with self._lock:
            self._is_over = True
            return () if self._stream is None else self._stream.finish()


def _recogniser(service: RecognitionService) -> FollowsStream:
    # Compiled code: the server starts without it.
    from knowledge.fingerprint.stream import StreamRecogniser  # noqa: PLC0415

    return StreamRecogniser(LibrarySearch(service))


def _logged(
    service: RecognitionService, *, event: TimelineEvent, name: str, began: datetime
) -> Track | None:
    """Write what a stream plays into the log; the end of it makes the event longer."""
    entry = event.entry
    if entry.recording is None:
        return None
    track = service.tracks((entry.recording,)).get(entry.recording)
    if track is None:
        return None
    service.heard.record(
        Heard(
            certainty=entry.certainty,
            clip_s=max(entry.duration_s, 0.0),
            recording=entry.recording,
            track_id=track.id,
            title=track.title,
            artist=track.artist,
            album=track.album or "",
            probability=entry.probability,
            offset_s=entry.offset_s,
        ),
        Hearing(HeardSource.STREAM, device=name, at=began + timedelta(seconds=entry.start_s)),
    )
    return track


async def _ended(*tasks: "asyncio.Task[None]") -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=_ENDING_S)


def _read(notes: Path) -> list[tuple[str, str, PersonId]]:
    """The streams that were noted; none when the file is missing or not ours."""
    try:
        found: Any = json.loads(notes.read_text("utf-8")[:_LONGEST_FILE])
    except (OSError, ValueError):
        return []
    if not isinstance(found, list):
        return []
    return [
        (name, url, PersonId(whose if isinstance(whose, int) else HOUSEHOLD))
        for name, url, whose in (
            (one.get("name"), one.get("url"), one.get("person"))
            for one in found
            if isinstance(one, dict)
        )
        if isinstance(name, str) and isinstance(url, str)
    ]
