"""Passwords, kept as Argon2id hashes only."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.people.errors import PasswordRejected

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST = 10
LONGEST = 256
"""Characters. Longer ones would only cost time."""
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each hash takes 64 MiB of memory and a tenth of a second: no flood of logins may take all."""


def check_password(password: str, *, name: str = "") -> None:
    """See whether this may become somebody's password.

    Raises:
        PasswordRejected: it is too short, too long, or what anybody would try first.
    """
    if len(password) < SHORTEST:
        raise PasswordRejected(f"A password needs at least {SHORTEST} characters.")
    if len(password) > LONGEST:
        raise PasswordRejected(f"A password may have {LONGEST} characters at most.")
    if len(set(password)) < 4 or (name and password.casefold() == name.casefold()):
        raise PasswordRejected("Everybody would guess that password; choose another one.")


def hash_password(password: str) -> str:
    """The hash with its parameters and salt. Blocks for about a tenth of a second."""
    with _AT_ONCE:
        return _hasher().hash(password)


def verify(password: str, kept: str) -> tuple[bool, str | None]:
    """Whether this is the password, and a new hash when the kept one is out of date.

    Without a kept hash it takes as long as with one, and fails.
    """
    with _AT_ONCE:
        if len(password) > LONGEST:
            return False, None
        if not kept:
            _hasher().verify(password, _nobodys())
            return False, None
        return _hasher().verify_and_update(password, kept)


@lru_cache(maxsize=1)
def _hasher() -> PasswordHash:
    # Imported with its first use: the command line starts without it.
    from pwdlib import PasswordHash  # noqa: PLC0415

    return PasswordHash.recommended()


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher().hash("nobody's password")
