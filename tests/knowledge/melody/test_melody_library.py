"""The index of all melodies: made once, then only changed, and never in the way of a question."""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from knowledge.melody import library as melody_library
from knowledge.melody.library import MelodyLibrary
from knowledge.melody.models import (
    Contour,
    HumOutcome,
    Melody,
    MelodyKey,
    MelodyMatches,
)
from melody_hums import TuneLibrary, random_tune

pytestmark = pytest.mark.integration


@dataclass(frozen=True)
class SlowIndex:
    """Holds the melodies themselves, and takes its time over every change."""

    melodies: dict[MelodyKey, Melody]
    changes: list[tuple[int, int]] = field(default_factory=list)
    """How many were put in and taken out, every time."""
    took_s: float = 0.0

    def __len__(self) -> int:
        return len(self.melodies)

    def updated(self, added: Sequence[Melody], gone: Collection[MelodyKey]) -> "SlowIndex":
        until = time.thread_time() + self.took_s
        while time.thread_time() < until:
            pass
        self.changes.append((len(added), len(gone)))
        kept = {key: one for key, one in self.melodies.items() if key not in gone}
        return SlowIndex(kept | {one.key: one for one in added}, self.changes, self.took_s)

    def search(self, contour: Contour, *, count: int = 10) -> MelodyMatches:
        del contour, count
        return MelodyMatches(HumOutcome.AGAIN)


@pytest.fixture
def tunes(tmp_path: Path) -> Iterator[TuneLibrary]:
    tunes = TuneLibrary(tmp_path)
    for seed in range(5):
        tunes.add(f"Song {seed}", random_tune(seed, 20))
    yield tunes
    tunes.close()


@dataclass
class Clock:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


def library(tunes: TuneLibrary, clock: Clock | None = None, took_s: float = 0.0) -> MelodyLibrary:
    def build(found: Iterable[Melody]) -> SlowIndex:
        return SlowIndex({one.key: one for one in found}, took_s=took_s)

    return MelodyLibrary(tunes.database, build=build, clock=clock or Clock())


def test_it_is_made_once_and_then_only_changed(tunes: TuneLibrary) -> None:
    melodies = library(tunes)
    first = melodies.index()
    assert isinstance(first, SlowIndex)
    assert melodies.index() is first
    tunes.add("New", random_tune(50, 20))
    tunes.forget("Song 1")
    assert len(melodies.index()) == 5
    assert first.changes == [(1, 1)]
    tunes.add("Without a melody", None)
    assert len(melodies.index()) == 5
    assert first.changes == [(1, 1)]


def test_a_change_that_is_costly_is_not_made_with_every_question(tunes: TuneLibrary) -> None:
    clock = Clock()
    melodies = library(tunes, clock, took_s=0.15)
    melodies.index()
    tunes.add("One", random_tune(51, 20))
    assert len(melodies.index()) == 6
    tunes.add("Two", random_tune(52, 20))
    assert len(melodies.index()) == 6
    clock.now += 10
    assert len(melodies.index()) == 7
    tunes.add("Picked", random_tune(53, 20))
    melodies.look_again()
    assert len(melodies.index()) == 8


def test_many_changes_come_in_batches_beside_the_questions(
    tunes: TuneLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(melody_library, "_BATCH", 20)
    melodies = library(tunes)
    index = melodies.index()
    assert isinstance(index, SlowIndex)
    for seed in range(100, 150):
        tunes.add(f"Import {seed}", random_tune(seed, 20))
    melodies.catch_up()
    assert len(melodies) == 55
    assert index.changes == [(20, 0), (20, 0), (10, 0)]
    melodies.catch_up()
    assert len(index.changes) == 3


def test_a_melody_without_notes_is_not_searched_but_known(tunes: TuneLibrary) -> None:
    melodies = library(tunes)
    tunes.add("Drums", [])
    assert len(melodies.index()) == 5
    index = melodies.index()
    assert melodies.index() is index
