"""A clip that no recording is gets a version at best, and never a name from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.fingerprint.fingerprinter import Fingerprinter
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.models import RATE_HZ, Certainty
from knowledge.recognition.indexes import index_folder
from knowledge.recognition.models import HeardSource
from library_drafts import draft, stamp
from recognition_library import RecognitionLibrary, audio_hash, clip
from songs import song, sung


@pytest.fixture
def library(tmp_path: Path) -> Iterator[RecognitionLibrary]:
    library = RecognitionLibrary(tmp_path, "Sinnerman", "Feeling Good")
    library.writer.add([draft("Four Women", file=stamp("/m/four.flac"), duration_s=53.0)])
    with FingerprintIndex.open(index_folder(tmp_path)) as index:
        index.add({audio_hash("Four Women"): Fingerprinter().fingerprint(sung(song(4)))})
    yield library
    library.close()


@pytest.mark.integration
def test_a_cover_is_told_as_a_version_and_stays_unknown(library: RecognitionLibrary) -> None:
    cover = sung(song(4), by="reed", bpm=120, semitones=2)[: 25 * RATE_HZ]
    answer = library.service.recognise(cover, source=HeardSource.MICROPHONE)
    assert answer.version_of == library.track("Four Women")
    assert answer.track is None
    assert answer.certainty is Certainty.UNKNOWN
    (event,) = library.service.heard.last(5)
    assert (event.track, event.title) == (None, "")


@pytest.mark.integration
def test_the_recording_itself_is_named_and_no_version_of_it(library: RecognitionLibrary) -> None:
    answer = library.service.recognise(
        clip("Sinnerman", seconds=12.0), source=HeardSource.MICROPHONE
    )
    assert answer.track == library.track("Sinnerman")
    assert answer.version_of is None
