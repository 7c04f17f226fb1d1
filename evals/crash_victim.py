"""A program whose children change a fingerprint index until they are killed.

Reads lines of JSON, each a `Mission`; for each it forks a child, writes the child's process id,
waits for the child's end and writes "over". The children say what they are about to do, and what
they have done, in the file `log`.
"""

import json
import os
import random
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import numpy as np

from knowledge.fingerprint.index.files import DiskFiles
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.models import CODE_BYTES, CODE_HOP, FRAMES_PER_S, HASH_BITS, Fingerprint

KEYS = tuple(f"song-{number:02d}" for number in range(40))
_OPERATIONS = ("add", "add", "replace", "remove", "merge", "compact")
_MOST_AT_ONCE = 4
_FULL = 25
"""Recordings from which more are removed than added."""


@dataclass(frozen=True, slots=True)
class Mission:
    """What a child is to do.

    Attributes:
        folder: of the index.
        log: file for what is begun and done.
        seed: what the operations are drawn from.
        steps: disk operation at which the child kills itself; 0: it waits to be killed.
    """

    folder: str
    log: str
    seed: int
    steps: int

    def to_line(self) -> str:
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def from_line(cls, line: str) -> Self:
        return cls(**json.loads(line))


@dataclass(frozen=True, slots=True)
class Deed:
    """One operation: what the index holds afterwards is `after(what it held before)`."""

    name: str
    add: Mapping[str, int]
    """Key and seed of the fingerprint."""
    remove: tuple[str, ...]

    def after(self, before: Mapping[str, int]) -> dict[str, int]:
        left = {key: seed for key, seed in before.items() if key not in self.remove}
        return {**left, **self.add}

    def do(self, index: FingerprintIndex) -> None:
        if self.name == "merge":
            index.merge()
        elif self.name == "compact":
            index.compact()
        elif self.remove:
            index.remove(self.remove)
        else:
            index.add({key: make_recording(seed) for key, seed in self.add.items()})


class DeadlyFiles(DiskFiles):
    """Kills its process in the middle of one operation."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def create(self, path: Path) -> int:
        self._step()
        return super().create(path)

    def write(self, descriptor: int, data: memoryview, offset: int) -> None:
        if self._left == 1:
            super().write(descriptor, data[: len(data) // 2], offset)
        self._step()
        super().write(descriptor, data, offset)

    def sync(self, descriptor: int) -> None:
        self._step()
        super().sync(descriptor)

    def replace(self, old: Path, new: Path) -> None:
        self._step()
        super().replace(old, new)

    def link(self, old: Path, new: Path) -> None:
        self._step()
        super().link(old, new)

    def remove(self, path: Path) -> None:
        self._step()
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        self._step()
        super().sync_folder(folder)

    def _step(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def make_recording(seed: int) -> Fingerprint:
    """Make the fingerprint of a recording that does not exist; the same seed, the same one."""
    rng = np.random.default_rng(seed)
    frames = int(rng.uniform(5, 40) * FRAMES_PER_S)
    count = frames
    return Fingerprint(
        frames=frames,
        hashes=(2**HASH_BITS * rng.random(count) ** 3).astype(np.uint32),
        times=np.sort(rng.integers(0, frames, count)).astype(np.uint32),
        landmarks=np.sort(rng.integers(0, frames << 10, count // 3)).astype(np.uint32),
        codes=rng.integers(0, 256, (frames // CODE_HOP, CODE_BYTES)).astype(np.uint8),
    )


def read_log(text: str) -> tuple[list[Deed], Deed | None]:
    """Return what was done, in order, and what was begun and not said to be done."""
    done: list[Deed] = []
    begun: Deed | None = None
    for line in text.splitlines():
        if line == "done" and begun is not None:
            done.append(begun)
            begun = None
        elif line.startswith("{"):
            fields = json.loads(line)
            begun = Deed(fields["name"], fields["add"], tuple(fields["remove"]))
    return done, begun


def draw_deed(rng: random.Random, held: Mapping[str, int]) -> Deed:
    """Draw something to do to an index that holds `held`."""
    name = rng.choice(_OPERATIONS)
    if not held:
        name = "add"
    elif len(held) > _FULL and name == "add":
        name = "remove"
    count = rng.randint(1, _MOST_AT_ONCE)
    if name == "remove":
        return Deed(name, {}, tuple(rng.sample(sorted(held), min(count, len(held)))))
    if name in {"add", "replace"}:
        among = sorted(held) if name == "replace" else list(KEYS)
        keys = rng.sample(among, min(count, len(among)))
        return Deed(name, {key: rng.randrange(10**6) for key in keys}, ())
    return Deed(name, {}, ())


def change_until_killed(mission: Mission) -> None:
    """Change the index for ever."""
    rng = random.Random(mission.seed)
    log = os.open(mission.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    files = DeadlyFiles(mission.steps)
    index = FingerprintIndex(Path(mission.folder), files=files)
    held = dict.fromkeys(index.keys(), 0)
    while True:
        deed = draw_deed(rng, held)
        os.write(log, (json.dumps(asdict(deed)) + "\n").encode())
        deed.do(index)
        os.write(log, b"done\n")
        held = deed.after(held)


def main() -> None:
    """Fork a child for each mission, one after the other."""
    for line in sys.stdin:
        mission = Mission.from_line(line)
        child = os.fork()
        if not child:
            try:
                change_until_killed(mission)
            finally:  # an error must not make the child read missions
                os._exit(1)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "failed", flush=True)


if __name__ == "__main__":
    main()
