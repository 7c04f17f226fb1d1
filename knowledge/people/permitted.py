"""What whom something is done for may do: a set of words, such as "listen" and "control".

It follows a request like the person (`knowledge.people.current`), into tasks and threads, so that
what a device may not do it cannot do in words either. Nothing said means everything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_permitted: ContextVar[frozenset[str] | None] = ContextVar("refrain_permitted", default=None)


def is_permitted(what: str) -> bool:
    """Whether the code that runs may do this for whoever asked."""
    permitted = _permitted.get()
    return permitted is None or what in permitted


@contextmanager
def permitting(what: frozenset[str] | None) -> Iterator[None]:
    """Do what follows with these permissions; None is all of them."""
    before = _permitted.set(what)
    try:
        yield
    finally:
        _permitted.reset(before)
