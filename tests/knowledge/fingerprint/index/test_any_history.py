"""Whatever is done to the index, and in whatever order, it holds what a dictionary would."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fingerprint_disks import QuickFiles
from fingerprint_makers import make_fingerprint, same_fingerprint
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.models import Fingerprint

KEYS = st.sampled_from("abcdefgh")
SONGS = {seed: make_fingerprint(seed, seconds=0.1 * seed) for seed in range(12)}
SEEDS = st.sampled_from(sorted(SONGS))


class AnyHistory(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="refrain-index-"))
        self.model: dict[str, Fingerprint] = {}
        self.index = self.open()
        self.reader = FingerprintIndex.open(self.folder, read_only=True)

    def open(self) -> FingerprintIndex:
        return FingerprintIndex(
            self.folder, auto_merge=False, files=QuickFiles(), max_segment_postings=60
        )

    @rule(songs=st.dictionaries(KEYS, SEEDS, min_size=1, max_size=3))
    def add(self, songs: dict[str, int]) -> None:
        recordings = {key: SONGS[seed] for key, seed in songs.items()}
        self.index.add(recordings)
        self.model |= recordings

    @rule(keys=st.sets(KEYS, max_size=4))
    def remove(self, keys: set[str]) -> None:
        self.index.remove(keys)
        self.model = {key: song for key, song in self.model.items() if key not in keys}

    @precondition(lambda self: len(self.model) > 1)
    @rule()
    def merge(self) -> None:
        self.index.merge()

    @rule()
    def compact(self) -> None:
        self.index.compact()
        assert all(segment.alive.all() for segment in self.index.segments())

    @rule()
    def reopen(self) -> None:
        self.index.close()
        self.index = self.open()

    @invariant()
    def both_hold_what_the_model_holds(self) -> None:
        self.reader.refresh()
        for index in (self.index, self.reader):
            found = dict(index.fingerprints("abcdefgh"))
            assert found.keys() == self.model.keys() == index.keys()
            assert all(same_fingerprint(found[key], self.model[key]) for key in found)
        self.index.verify()

    def teardown(self) -> None:
        self.index.close()
        shutil.rmtree(self.folder)


@pytest.mark.unit
def test_any_history_leaves_what_a_dictionary_would_hold() -> None:
    run_state_machine_as_test(
        AnyHistory, settings=settings(max_examples=25, stateful_step_count=15, deadline=None)
    )
