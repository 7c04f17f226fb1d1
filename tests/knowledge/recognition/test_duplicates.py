"""The same recording in several encodings is found, and which parts coincide."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from fingerprint_music import in_noise, synthetic_piece
from knowledge.audio.decoder import decode
from knowledge.catalog_writer import CatalogWriter
from knowledge.fingerprint.fingerprinter import Fingerprinter
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.models import RATE_HZ, Fingerprint, Samples
from knowledge.recognition.indexes import index_folder
from knowledge.recognition.models import DuplicateGroup
from library_audio import write_music
from library_drafts import draft, stamp
from recognition_library import RecognitionLibrary


@cache
def piece(seed: int) -> Samples:
    return synthetic_piece(seed, seconds=60.0)


def part(seed: int, start_s: float, end_s: float) -> Samples:
    return piece(seed)[int(start_s * RATE_HZ) : int(end_s * RATE_HZ)]


class Shelf:
    """A library filled with sounds by name."""

    def __init__(self, home: Path) -> None:
        self.library = RecognitionLibrary(home)
        self._prints: dict[str, Fingerprint] = {}

    def put(self, title: str, samples: Samples, *, codec: str = "flac") -> None:
        entry = draft(
            title,
            file=stamp(f"/m/{title}.{codec}"),
            duration_s=samples.size / RATE_HZ,
            codec=codec,
        )
        CatalogWriter(self.library.database).add([entry])
        with FingerprintIndex.open(index_folder(self.library.home)) as index:
            index.add({entry.audio_hash: Fingerprinter().fingerprint(samples)})

    def duplicates(self) -> dict[str, DuplicateGroup]:
        return {group.track.title: group for group in self.library.service.duplicates()}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path)
    yield shelf
    shelf.library.close()


@pytest.mark.integration
def test_other_encodings_are_the_same_recording(shelf: Shelf, tmp_path: Path) -> None:
    for seed in range(4):
        shelf.put(f"song {seed}", piece(seed))
    for name, codec in (("mp3", "mp3"), ("ogg", "vorbis")):
        path = write_music(tmp_path / f"copy.{name}", piece(2), rate=RATE_HZ)
        blocks = [block[0] for block, _ in decode(path, sample_rate=RATE_HZ, channels=1)]
        shelf.put(f"copy in {name}", np.concatenate(blocks), codec=codec)
    (group,) = shelf.duplicates().values()
    assert group.track.title == "song 2"  # lossless comes first
    assert {copy.track.title for copy in group.copies} == {"copy in mp3", "copy in ogg"}
    for copy in group.copies:
        assert copy.share > 0.95
        (same,) = copy.ranges
        assert [same.start_s, same.end_s] == pytest.approx([0, 60], abs=1)
        assert same.other_start_s == pytest.approx(same.start_s, abs=0.2)


@pytest.mark.integration
def test_the_parts_that_coincide_are_told(shelf: Shelf) -> None:
    shelf.put("album version", piece(1))
    shelf.put("radio edit", np.concatenate((part(1, 0, 18), part(1, 30, 55))))
    (group,) = shelf.duplicates().values()
    (copy,) = group.copies
    told = [[one.start_s, one.end_s, one.other_start_s] for one in copy.ranges]
    assert len(told) == 2
    assert told[0] == pytest.approx([0, 18, 0], abs=3)
    assert told[1] == pytest.approx([30, 55, 18], abs=3)


@pytest.mark.integration
def test_a_common_part_alone_is_no_duplicate(shelf: Shelf) -> None:
    shelf.put("song", piece(1))
    shelf.put("other with a sample of it", np.concatenate((part(2, 0, 40), part(1, 20, 35))))
    shelf.put("nothing in common", piece(3))
    assert shelf.duplicates() == {}


@pytest.mark.integration
def test_a_noisy_transfer_is_found_and_a_removed_track_is_not(shelf: Shelf) -> None:
    shelf.put("song", piece(1))
    shelf.put("from tape", in_noise(piece(1), snr_db=15), codec="mp3")
    shelf.put("gone", piece(1) * np.float32(0.5), codec="mp3")
    shelf.library.writer.forget(["/m/gone.mp3"])
    seen: list[tuple[int, int]] = []
    (group,) = shelf.library.service.duplicates(lambda done, total: seen.append((done, total)))
    assert [copy.track.title for copy in group.copies] == ["from tape"]
    assert seen == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.integration
def test_an_empty_library_has_no_duplicates(shelf: Shelf) -> None:
    assert shelf.duplicates() == {}
