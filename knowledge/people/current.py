"""For whom something is done just now.

A context variable rather than an argument everywhere: it follows a request into its tasks and
worker threads (`asyncio.create_task` and `asyncio.to_thread` copy the context), so that no layer
in between can forget to hand it on. What outlives a request must name the person itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NewType

PersonId = NewType("PersonId", int)
"""Id of a person; never given to another one."""

HOUSEHOLD = PersonId(1)
"""Everybody, where nobody said who they are; what was there before there were people is theirs."""

_current: ContextVar[PersonId] = ContextVar("refrain_person", default=HOUSEHOLD)

_device: ContextVar[PersonId | None] = ContextVar("refrain_device_of", default=None)


def current_person() -> PersonId:
    """The person for whom this code runs."""
    return _current.get()


def device_person() -> PersonId:
    """Whose device asks: still the household's where somebody there only said who they are."""
    return _device.get() or current_person()


@contextmanager
def acting_as(person: PersonId, *, at: PersonId | None = None) -> Iterator[None]:
    """Do what follows for `person`, who speaks through a device of `at`; None: of their own."""
    before, device = _current.set(person), _device.set(at)
    try:
        yield
    finally:
        _device.reset(device)
        _current.reset(before)
