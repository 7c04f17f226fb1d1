"""Which microphones there are, what is kept of what they heard, and who may ask for it.

Nothing here is ever written to the disk. A microphone is heard only while its client sends sound,
which it does because its user asked for that; the last minutes are kept only while that is switched
on, and wiped the moment it is switched off or the client goes away.
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from knowledge.fingerprint.models import RATE_HZ, Samples
from knowledge.melody.models import HumAnswer
from knowledge.people.belonging import device_key, is_own, own_key, session_of
from knowledge.recognition.models import ClipAnswer, HeardSource, Hearing
from server.errors import ServerBusy
from server.recognition.given import GivenClip, GivenClips
from server.recognition.naming import Words, no_words
from server.recognition_wire import (
    DEFAULT_RING_S,
    MAX_RING_S,
    ListeningOut,
    ListeningSourceOut,
)
from tools.context import Listening
from voice.ring_buffer import RingBuffer

Purpose = Literal["identify", "ring", "clip"]

MAX_RINGS = 8
"""Ten minutes of one are 13 MB."""
MAX_CLIP_S = 30.0
_SHORTEST_S = 0.5
_ANSWER_TIMEOUT_S = 15.0
"""How long a user may think about whether the browser may use the microphone."""


class Client(Protocol):
    """A client that has a microphone; the connection to it."""

    def ask(self, request: dict[str, Any]) -> None:
        """Ask it to listen, or to stop."""
        ...


@dataclass(slots=True)
class _Place:
    """What is known of one conversation's surroundings."""

    device: str = ""
    place: str = ""
    clients: list[Client] = field(default_factory=list)
    """Those that may be asked to listen, the newest last."""
    ring: RingBuffer | None = None
    feeder: Client | None = None
    """Whose sound fills the ring."""
    live: dict[Client, Purpose] = field(default_factory=dict)
    """Who listens for another purpose."""


@dataclass(slots=True)
class _Request:
    """Something a client was asked for."""

    session_id: str
    client: Client
    ready: asyncio.Future[Samples | None]


class Microphones:
    """All microphones of this installation: a `tools.context.ClipSource`. On the event loop."""

    def __init__(self, *, ring_seconds: float = 0.0, words: Words = no_words) -> None:
        """Begin with no microphone.

        Args:
            ring_seconds: how much may be kept from the start; 0 is nothing.
            words: tells what is sung in a clip.
        """
        self._words = words
        self._ring_s = ring_seconds
        self._places: dict[str, _Place] = {}
        self._given = GivenClips()
        self._requests: dict[str, _Request] = {}
        self._changed: Callable[[], None] = lambda: None

    def tell(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever the state did."""
        self._changed = changed

    # What clients do.

    def offer(self, session_id: str, client: Client, *, device: str = "", place: str = "") -> None:
        """Note that this client has a microphone that may be asked for."""
        where = self._places.setdefault(own_key(session_id), _Place())
        _name(where, device, place)
        if client not in where.clients:
            where.clients.append(client)
        self._changed()

    def withdraw(self, session_id: str, client: Client) -> None:
        """Note that it has none any more."""
        if (where := self._place(session_id)) is not None and client in where.clients:
            where.clients.remove(client)
        self._tidy(own_key(session_id))

    def begin(
        self,
        session_id: str,
        client: Client,
        purpose: Purpose,
        *,
        device: str = "",
        place: str = "",
        ring_s: float | None = None,
    ) -> None:
        """Note that sound of this client follows.

        Raises:
            ServerBusy: too many rings are kept already.
        """
        where = self._places.setdefault(own_key(session_id), _Place())
        _name(where, device, place)
        if purpose == "ring":
            if ring_s is not None or not self._ring_s:
                self._ring_s = min(ring_s or DEFAULT_RING_S, MAX_RING_S)
            if where.ring is None or where.ring.capacity_s < self._ring_s - 0.5:
                if where.ring is None and self._rings() >= MAX_RINGS:
                    self._tidy(own_key(session_id))
                    raise ServerBusy("Too many microphones are being kept in memory.")
                where.ring = RingBuffer(self._ring_s, RATE_HZ)
            where.feeder = client
        else:
            where.live[client] = purpose
        self._changed()

    def keep(self, session_id: str, client: Client, samples: Samples) -> None:
        """Add to the ring what `client` hears, if it is the one that fills it."""
        where = self._place(session_id)
        if where is not None and where.ring is not None and where.feeder is client:
            where.ring.write(samples)

    def end(self, session_id: str, client: Client, purpose: Purpose) -> None:
        """Note that no more sound comes for this purpose; a ring is wiped."""
        where = self._place(session_id)
        if where is None:
            return
        if purpose == "ring" and where.feeder is client:
            self._wipe(where)
            if not self._rings():
                self._ring_s = 0.0
        elif purpose != "ring":
            where.live.pop(client, None)
        self._tidy(own_key(session_id))

    def leave(self, session_id: str, client: Client) -> None:
        """Forget a client whose connection is gone, and what only it could fill."""
        where = self._place(session_id)
        if where is not None:
            where.live.pop(client, None)
            if where.feeder is client:
                self._wipe(where)
        for key, request in list(self._requests.items()):
            if request.client is client:
                self.refuse(key)
        self.withdraw(session_id, client)

    def deliver(self, request_id: str, samples: Samples) -> None:
        """Hand over the clip that was asked for."""
        self._settle(request_id, samples)

    def refuse(self, request_id: str) -> None:
        """Give up on what was asked for."""
        self._settle(request_id, None)

    # What the user's settings do.

    @property
    def ring_seconds(self) -> float:
        """How much is kept at most; 0 when it is switched off."""
        return self._ring_s

    def switch_on(self, seconds: float, session_id: str = "") -> None:
        """Allow to keep `seconds`, and ask the clients (of a session) for their sound."""
        self._ring_s = min(seconds, MAX_RING_S)
        wanted = own_key(session_id)
        for key, where in self._places.items():
            if where.clients and where.ring is None and (not session_id or key == wanted):
                where.clients[-1].ask(_asking("ring", seconds=self._ring_s))
        self._changed()

    def switch_off(self) -> None:
        """Stop keeping anything, and wipe what is kept."""
        self._ring_s = 0.0
        for key, where in list(self._places.items()):
            feeder = where.feeder
            self._wipe(where)
            if feeder is not None:
                feeder.ask(_asking("ring", on=False))
            self._tidy(key)
        self._changed()

    def state(self) -> ListeningOut:
        """What the clients of this person are told."""
        sources = [
            ListeningSourceOut(
                session=session_of(key),
                device=where.device,
                place=where.place,
                purpose=purpose,
                seconds=round(seconds, 1),
            )
            # A copy, for this is asked for in a thread.
            for key, where in tuple(self._places.items())
            if is_own(key)
            for purpose, seconds in _purposes(where)
        ]
        kept = [one.seconds for one in sources if one.purpose == "ring"]
        return ListeningOut(
            listening=bool(sources),
            ring=self._ring_s > 0,
            ring_seconds=self._ring_s,
            seconds=max(kept, default=0.0),
            sources=tuple(sources),
        )

    def newest_ring(self) -> str | None:
        """The session of this person whose ring holds most."""
        held = {
            session_of(key): where.ring.seconds_held
            for key, where in self._places.items()
            if where.ring and is_own(key)
        }
        return max(held, key=held.__getitem__, default=None)

    def give(
        self,
        session_id: str,
        answer: ClipAnswer | None,
        samples: Samples | None = None,
        hum: HumAnswer | None = None,
    ) -> str:
        """Let the next turn of this conversation be about a clip that was recognised already."""
        return self._given.give(own_key(session_id), answer, samples, hum)

    def take_back(self, session_id: str, reference: str) -> None:
        """Forget a clip, as its turn is over."""
        self._given.forget(own_key(session_id), reference)

    # What tools ask: tools.context.ClipSource.

    def can_listen(self, session_id: str) -> Listening:
        where = self._place(session_id)
        if where is not None and where.ring is not None:
            return Listening.RING
        return Listening.ASKED if where is not None and where.clients else Listening.OFF

    def held_s(self, session_id: str) -> float:
        where = self._place(session_id)
        return where.ring.seconds_held if where is not None and where.ring is not None else 0.0

    def hearing(self, session_id: str, source: HeardSource) -> Hearing:
        where = self._place(session_id) or _Place()
        return Hearing(source, session_id, device=where.device, place=where.place)

    def given(self, session_id: str) -> str:
        mine, devices = own_key(session_id), device_key(session_id)
        return self._given.reference(mine) or self._given.reference(devices)

    async def given_clip(self, session_id: str, reference: str) -> Samples | None:
        clip = self._clip(session_id, reference)
        return None if clip is None else clip.samples

    def answer(self, session_id: str, reference: str) -> ClipAnswer | None:
        clip = self._clip(session_id, reference)
        return None if clip is None else clip.answer

    def hum(self, session_id: str, reference: str) -> HumAnswer | None:
        clip = self._clip(session_id, reference)
        return None if clip is None else clip.hum

    async def words(self, samples: Samples) -> str:
        return await self._words(samples, RATE_HZ)

    async def clip(
        self, session_id: str, *, seconds: float, ending_s_ago: float = 0.0, fresh: bool = False
    ) -> Samples | None:
        where = self._place(session_id)
        if where is None:
            return None
        if where.ring is not None:
            if fresh:
                await asyncio.sleep(min(seconds, MAX_CLIP_S))
            if where.ring is None:
                return None  # it was switched off meanwhile
            samples = where.ring.last(seconds, ending_s_ago=ending_s_ago)
            return samples if samples.size >= _SHORTEST_S * RATE_HZ else None
        if not where.clients or ending_s_ago > 0:
            return None
        seconds = min(seconds, MAX_CLIP_S)
        return await self._asked(session_id, where.clients[-1], "clip", seconds)

    async def keep_listening(self, session_id: str, *, on: bool) -> Listening:
        where = self._place(session_id)
        if where is None:
            return Listening.OFF
        if not on:
            if (feeder := where.feeder) is not None:
                self.end(session_id, feeder, "ring")
                feeder.ask(_asking("ring", on=False))
        elif where.ring is None and where.clients:
            seconds = self._ring_s or DEFAULT_RING_S
            await self._asked(session_id, where.clients[-1], "ring", seconds)
        return self.can_listen(session_id)

    async def _asked(
        self, session_id: str, client: Client, purpose: Purpose, seconds: float
    ) -> Samples | None:
        """Ask a client to listen, and wait for the clip; a ring has begun when None comes."""
        request_id = f"listen_{secrets.token_hex(8)}"
        request = _Request(session_id, client, asyncio.get_running_loop().create_future())
        self._requests[request_id] = request
        client.ask(_asking(purpose, request_id=request_id, seconds=seconds))
        try:
            async with asyncio.timeout(_ANSWER_TIMEOUT_S + seconds * (purpose == "clip")):
                return await request.ready
        except TimeoutError:
            return None
        finally:
            self._requests.pop(request_id, None)

    def _settle(self, request_id: str, samples: Samples | None) -> None:
        request = self._requests.pop(request_id, None)
        if request is not None and not request.ready.done():
            request.ready.set_result(samples)

    def _rings(self) -> int:
        return sum(where.ring is not None for where in self._places.values())

    def _wipe(self, where: _Place) -> None:
        if where.ring is not None:
            where.ring.clear()
        where.ring = where.feeder = None

    def _clip(self, session_id: str, reference: str) -> GivenClip | None:
        mine, devices = own_key(session_id), device_key(session_id)
        return self._given.clip(mine, reference) or self._given.clip(devices, reference)

    def _place(self, session_id: str) -> _Place | None:
        """The surroundings of the device of this conversation."""
        return self._places.get(device_key(session_id))

    def _tidy(self, key: str) -> None:
        where = self._places.get(key)
        if where is not None and not (where.clients or where.live or where.ring):
            del self._places[key]
        self._changed()


def _asking(
    purpose: Purpose, *, request_id: str = "", seconds: float = 0.0, on: bool = True
) -> dict[str, Any]:
    return {
        "type": "refrain.listen.request",
        "request_id": request_id,
        "purpose": purpose,
        "seconds": seconds,
        "on": on,
    }


def _name(where: _Place, device: str, place: str) -> None:
    where.device = device or where.device
    where.place = place or where.place


def _purposes(where: _Place) -> list[tuple[Purpose, float]]:
    found: list[tuple[Purpose, float]] = [(purpose, 0.0) for purpose in tuple(where.live.values())]
    if (ring := where.ring) is not None:
        found.append(("ring", ring.seconds_held))
    return found
