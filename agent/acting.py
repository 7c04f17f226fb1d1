"""A turn as somebody who said who they are, at a device that all use.

"This is Anna": if a person of that name exists and allows it, what follows is hers until somebody
else says who they are, or until nothing was said for a while. Her part of the conversation is then
a conversation of her own, which nobody else reads.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TypeVar

from agent.session import Session
from agent.speakers import spoken_by
from knowledge.people.current import HOUSEHOLD, PersonId, acting_as, current_person, device_person

HOLDS_S = 600.0
"""After so long without a word nobody knows any more who stands there."""
Speakers = Callable[[str], PersonId | None]
"""The person of a name who lets themselves be spoken for; None when there is none."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Acting:
    """Whose turn it is."""

    person: PersonId
    name: str


def nobody(_name: str) -> PersonId | None:
    """Where people are not told apart by what they say."""
    return None


def acting_in(session: Session, speaker: str, who: Speakers, *, now: float) -> Acting | None:
    """Who speaks as themselves in a conversation of the household; None: the household.

    Args:
        session: the conversation of the device.
        speaker: who it is by what the client knows.
        who: finds people by name.
        now: Unix seconds.
    """
    if current_person() != HOUSEHOLD:
        return None  # who is logged in is that person, whatever is said
    lately = 0 <= now - session.speaker_at <= HOLDS_S
    name = speaker or (session.speaker if lately else "")
    person = who(name) if name else None
    return None if person is None else Acting(person, name)


def after(shared: Session, theirs: Session, acting: Acting, *, now: float) -> Session:
    """The conversation of the device after such a turn: it knows who speaks from now on."""
    name = theirs.speaker or acting.name
    return replace(spoken_by(shared, name), speaker_at=now)


async def run_as(person: PersonId, events: AsyncGenerator[_T]) -> AsyncGenerator[_T]:
    """The same events, made for `person` in a task of their own; closing it ends them."""
    queue: asyncio.Queue[_T] = asyncio.Queue(1)

    async def pump() -> None:
        with acting_as(person, at=device_person()):
            async with aclosing(events):
                async for event in events:
                    await queue.put(event)

    task = asyncio.create_task(pump())
    try:
        while True:
            next_one = asyncio.create_task(queue.get())
            await asyncio.wait({next_one, task}, return_when=asyncio.FIRST_COMPLETED)
            if next_one.done():
                yield next_one.result()
                continue
            next_one.cancel()
            while not queue.empty():
                yield queue.get_nowait()
            await task
            return
    finally:
        task.cancel()
        await asyncio.wait([task])
