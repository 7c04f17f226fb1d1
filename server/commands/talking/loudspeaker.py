"""Our voice on this machine's loudspeakers, through a program that is there already."""

import asyncio
import contextlib
import shutil
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from voice.audio import SPEAKING_RATE_HZ, Samples

_PROGRAMS: Final[tuple[tuple[str, ...], ...]] = (
    ("paplay", "--raw", "--rate=24000", "--channels=1", "--format=s16le"),
    ("aplay", "-q", "-t", "raw", "-f", "S16_LE", "-r", "24000", "-c", "1", "-"),
    (
        "mpv", "--no-config", "--no-video", "--no-terminal", "--cache=no", "--demuxer=rawaudio",
        "--demuxer-rawaudio-rate=24000", "--demuxer-rawaudio-channels=1",
        "--demuxer-rawaudio-format=s16le", "-",
    ),
    (
        "ffplay", "-loglevel", "error", "-nodisp", "-autoexit", "-fflags", "nobuffer",
        "-f", "s16le", "-ar", "24000", "-ch_layout", "mono", "-i", "-",
    ),
)  # fmt: skip
_LEAD_S: Final = 0.25
"""So much is given to the program before it is due: enough not to stutter, and little to take
back when somebody cuts in."""
_PIECE_S: Final = 0.05
_END_S: Final = 5.0
"""How long the program may take to play what it still has."""
_MAX_WAITING_S: Final = 600.0


def find_program() -> tuple[str, ...] | None:
    """The command of a program here that plays 16-bit PCM at 24 kHz from its standard input."""
    return next((one for one in _PROGRAMS if shutil.which(one[0]) is not None), None)


@dataclass(slots=True)
class _Item:
    """One answer of ours."""

    item_id: str
    waiting: deque[Samples] = field(default_factory=deque)
    given_s: float = 0.0
    """Sound that was given to the program."""
    began: float = 0.0
    """When the first sound was given, by the monotonic clock."""
    complete: bool = False


class Loudspeaker:
    """Plays one answer at a time. For one event loop."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        failed: Callable[[str], None] = lambda _: None,
        played: Callable[[Samples, float], None] = lambda _samples, _due_s: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Say how to play; nothing is started yet.

        Args:
            command: of a program that plays PCM, 16 bits, mono, 24 kHz, from its standard input.
            failed: told once, when the program does not play; after that all is silent.
            played: gets each piece when it is given to the program, and when it is due.
            clock: seconds.
        """
        self._command = tuple(command)
        self._failed = failed
        self._played = played
        self._clock = clock
        self._item: _Item | None = None
        self._gain = 1.0
        self._usable = True
        self._more = asyncio.Event()
        self._playing: asyncio.Task[None] | None = None
        self._programs: set[asyncio.Task[None]] = set()
        """Each program that was started, until it has ended."""

    @property
    def sounding(self) -> bool:
        """Whether our voice sounds, or is about to."""
        return self._playing is not None and not self._playing.done()

    @property
    def item_id(self) -> str:
        """The answer that sounds now, or sounded last."""
        return "" if self._item is None else self._item.item_id

    @property
    def played_ms(self) -> int:
        """How much of that answer has sounded."""
        item = self._item
        if item is None or not item.given_s:
            return 0
        return round(1_000 * min(item.given_s, max(0.0, self._clock() - item.began)))

    def add(self, item_id: str, samples: Samples) -> None:
        """Play more of an answer, after what waits of it; another answer ends the one before."""
        if not self._usable:
            return
        if self._item is None or self._item.item_id != item_id:
            self.cut()
            self._item = _Item(item_id)
        if self._waiting_s() < _MAX_WAITING_S:
            self._item.waiting.append(samples)
        self._more.set()
        if not self.sounding:
            self._playing = asyncio.create_task(self._play(self._item))

    def complete(self, item_id: str) -> None:
        """No more of this answer will come."""
        if self._item is not None and self._item.item_id == item_id:
            self._item.complete = True
            self._more.set()

    def duck(self, depth: float) -> None:
        """Be quieter by this share, 0 to 1, with all that was not given to the program yet."""
        self._gain = 1.0 - min(max(depth, 0.0), 1.0)

    def cut(self) -> int:
        """Be silent at once; returns how many milliseconds have sounded."""
        played_ms = self.played_ms
        if self._playing is not None:
            self._playing.cancel()
            self._playing = None
        if self._item is not None:
            self._item.waiting.clear()
        self._gain = 1.0
        return played_ms

    async def quiet(self) -> None:
        """Wait until everything has sounded."""
        if self._playing is not None:
            await asyncio.wait([self._playing])

    async def close(self) -> None:
        self.cut()
        while self._programs:
            await asyncio.wait(self._programs)

    def _waiting_s(self) -> float:
        waiting = () if self._item is None else self._item.waiting
        return sum(map(len, waiting)) / SPEAKING_RATE_HZ

    async def _play(self, item: _Item) -> None:
        over = asyncio.Event()
        started: asyncio.Future[asyncio.subprocess.Process]
        started = asyncio.get_running_loop().create_future()
        running = asyncio.create_task(self._run(started, over))
        self._programs.add(running)
        running.add_done_callback(self._programs.discard)
        try:
            program = await started
            await self._feed(item, program)
            await self._ended(program)
            item.began = self._clock() - item.given_s  # all has sounded
        except (BrokenPipeError, ConnectionResetError):
            said = await self._complaint(started.result())
            self._give_up(f"{self._command[0]} does not play: {said}")
        except OSError as error:
            self._give_up(f"{self._command[0]} cannot be started: {error.strerror or error}")
        finally:
            over.set()

    async def _run(
        self, started: "asyncio.Future[asyncio.subprocess.Process]", over: asyncio.Event
    ) -> None:
        """Start the program, and end it when it is not needed any more; never cut short itself."""
        try:
            program = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
            )
        except OSError as error:
            if not started.done():
                started.set_exception(error)
            return
        if not started.done():
            started.set_result(program)
        await over.wait()
        if program.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                program.kill()
        await program.wait()

    async def _feed(self, item: _Item, program: asyncio.subprocess.Process) -> None:
        assert program.stdin is not None  # noqa: S101  asked for above
        while item.waiting or not item.complete:
            if not item.waiting:
                self._more.clear()
                await self._more.wait()
                continue
            samples = item.waiting.popleft()
            size = round(_PIECE_S * SPEAKING_RATE_HZ)
            for start in range(0, len(samples), size):
                piece = samples[start : start + size] * np.float32(self._gain)
                now = self._clock()
                if not item.given_s or now > item.began + item.given_s:
                    item.began = now - item.given_s  # the first sound, or a gap before this one
                self._played(piece, item.began + item.given_s)
                item.given_s += len(piece) / SPEAKING_RATE_HZ
                program.stdin.write(_pcm(piece))
                await program.stdin.drain()
                ahead_s = item.began + item.given_s - self._clock()
                if ahead_s > _LEAD_S:
                    await asyncio.sleep(ahead_s - _LEAD_S)
        program.stdin.close()

    async def _ended(self, program: asyncio.subprocess.Process) -> None:
        """Wait until the program has played what it has; it says by its exit code how it went."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_END_S):
                if await program.wait() != 0:
                    said = await self._complaint(program)
                    self._give_up(f"{self._command[0]} does not play: {said}")

    async def _complaint(self, program: asyncio.subprocess.Process) -> str:
        assert program.stderr is not None  # noqa: S101  asked for above
        said = b""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                said = await program.stderr.read(2_000)
        lines = [line.strip() for line in said.decode(errors="replace").splitlines()]
        return next(filter(None, lines), "it ended")[:200]

    def _give_up(self, why: str) -> None:
        if self._usable:
            self._usable = False
            self._failed(why)


def _pcm(samples: Samples) -> bytes:
    return np.rint(np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes()
