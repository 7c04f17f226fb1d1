"""Disks for the fingerprint index that fail, or forget what was not synchronised."""

import errno
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from knowledge.fingerprint.index.files import DiskFiles


class QuickFiles(DiskFiles):
    """Never waits for the disk: nobody cuts the power of a test."""

    def sync(self, descriptor: int) -> None:
        pass

    def sync_folder(self, folder: Path) -> None:
        pass


class FailingFiles(QuickFiles):
    """Refuses one operation, the `fails_at`-th, and with `for_good` all that follow."""

    def __init__(self, fails_at: int, *, for_good: bool = False) -> None:
        self._fails_at = fails_at
        self._for_good = for_good
        self.count = 0

    def create(self, path: Path) -> int:
        self._step()
        return super().create(path)

    def write(self, descriptor: int, data: memoryview, offset: int) -> None:
        try:
            self._step()
        except OSError:
            super().write(descriptor, data[: len(data) // 2], offset)
            raise
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
        self.count += 1
        if self.count == self._fails_at or (self._for_good and self.count > self._fails_at):
            raise OSError(errno.ENOSPC, "No space left on device")


@dataclass
class _Content:
    """One file, whatever its names."""

    now: bytearray = field(default_factory=bytearray)
    durable: bytes = b""

    def damaged(self, rng: random.Random) -> bytes:
        """What may be left: some of what was written since it was last synchronised."""
        if self.now == self.durable:
            return self.durable
        kept = rng.choice((0, len(self.durable), rng.randrange(len(self.now) + 1), len(self.now)))
        left = bytearray(self.now[:kept])
        if left and rng.random() < 0.5:  # a block that never reached the disk reads as zeros
            start = rng.randrange(len(left))
            left[start : start + 4096] = bytes(len(left[start : start + 4096]))
        return bytes(left)


Names: TypeAlias = dict[str, _Content]
Change: TypeAlias = Callable[[Names], None]


class ForgetfulDisk(QuickFiles):
    """Works as a disk does, and calls `at_each_step` where the power may go.

    There, `after_power_cuts` gives what a later start may find in the folder.
    """

    def __init__(self, at_each_step: Callable[["ForgetfulDisk"], None]) -> None:
        self._at_each_step = at_each_step
        self._open: dict[int, _Content] = {}
        self._names: Names = {}
        self._durable: Names = {}
        self._pending: list[Change] = []

    def after_power_cuts(self, rng: random.Random) -> Iterator[dict[str, bytes]]:
        """Folders by name and content: the least, the most, and something between.

        Nothing but a synchronised folder says in which order renamings reach the disk.
        """
        yield {name: content.durable for name, content in self._durable.items()}
        yield {name: bytes(content.now) for name, content in self._names.items()}
        yield {name: content.durable for name, content in self._names.items()}
        names = dict(self._durable)
        for change in self._pending:
            if rng.random() < 0.5:
                with suppress(KeyError):
                    change(names)
        yield {name: content.damaged(rng) for name, content in names.items()}

    def create(self, path: Path) -> int:
        descriptor = super().create(path)
        content = self._open[descriptor] = _Content()
        self._rename(lambda names: names.update({path.name: content}))
        return descriptor

    def write(self, descriptor: int, data: memoryview, offset: int) -> None:
        super().write(descriptor, data, offset)
        now = self._open[descriptor].now
        now.extend(bytes(max(0, offset + len(data) - len(now))))
        now[offset : offset + len(data)] = data
        self._at_each_step(self)

    def sync(self, descriptor: int) -> None:
        self._open[descriptor].durable = bytes(self._open[descriptor].now)
        self._at_each_step(self)

    def replace(self, old: Path, new: Path) -> None:
        super().replace(old, new)
        self._rename(lambda names: names.update({new.name: names.pop(old.name)}))

    def link(self, old: Path, new: Path) -> None:
        super().link(old, new)
        self._rename(lambda names: names.update({new.name: names[old.name]}))

    def remove(self, path: Path) -> None:
        super().remove(path)
        self._rename(lambda names: names.__delitem__(path.name))

    def sync_folder(self, folder: Path) -> None:
        self._durable = dict(self._names)
        self._pending.clear()
        self._at_each_step(self)

    def _rename(self, change: Change) -> None:
        change(self._names)
        self._pending.append(change)
        self._at_each_step(self)
