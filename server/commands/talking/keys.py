"""Single keys of the terminal, without waiting for a line."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Final

LEAVE: Final = frozenset({"q", "Q", "\x04", ""})
"""Keys that end the conversation: q, Ctrl-D, and the end of the input."""
TALK: Final = frozenset({"\n", "\r", " "})


@contextlib.contextmanager
def single_keys() -> Iterator[None]:
    """Let each key come at once and unseen, while the block lasts."""
    # Not there on every system; nobody presses keys where there is no terminal.
    import termios  # noqa: PLC0415
    import tty  # noqa: PLC0415

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal)
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


async def keys(file: int | None = None) -> AsyncIterator[str]:
    """Yield each key that is pressed; "" once, at the end of the input."""
    terminal = sys.stdin.fileno() if file is None else file
    loop, waiting = asyncio.get_running_loop(), asyncio.Queue[str]()

    def read() -> None:
        try:
            data = os.read(terminal, 64)
        except OSError:
            data = b""
        for key in data.decode(errors="ignore") or ("",):
            waiting.put_nowait(key)
        if not data:
            loop.remove_reader(terminal)

    loop.add_reader(terminal, read)
    try:
        while True:
            key = await waiting.get()
            yield key
            if not key:
                return
    finally:
        loop.remove_reader(terminal)
