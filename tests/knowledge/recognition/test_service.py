"""Clips asked about as a whole: named, logged, kept when unknown, corrected."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from fingerprint_music import in_noise
from knowledge.errors import (
    NamingFailed,
    NotHeard,
    NotInLibrary,
    RecognitionBusy,
    UnreadableAudio,
)
from knowledge.fingerprint.models import RATE_HZ, Certainty
from knowledge.recognition.gate import Gate
from knowledge.recognition.models import HeardSource
from knowledge.recognition.service import RecognitionOptions
from library_audio import write_music
from recognition_library import RecognitionLibrary, clip, piece

MICROPHONE = HeardSource.MICROPHONE


@pytest.fixture
def library(tmp_path: Path) -> Iterator[RecognitionLibrary]:
    library = RecognitionLibrary(tmp_path, "Sinnerman", "Feeling Good", "Wild Is the Wind")
    yield library
    library.close()


@pytest.mark.integration
def test_a_clip_is_named_with_its_place_and_logged(library: RecognitionLibrary) -> None:
    answer = library.service.recognise(
        clip("Feeling Good", 12.0), source=MICROPHONE, device="phone", place="kitchen"
    )
    assert answer.track == library.track("Feeling Good")
    assert answer.certainty is Certainty.CERTAIN
    assert answer.offset_s == pytest.approx(12.0, abs=0.1)
    (event,) = library.service.heard.last(5)
    assert event.id == answer.heard_id
    assert (event.track, event.place, event.device) == (answer.track, "kitchen", "phone")
    assert event.clip_s == pytest.approx(6.0, abs=0.01)


@pytest.mark.integration
def test_what_is_not_in_the_library_is_never_named(library: RecognitionLibrary) -> None:
    answer = library.service.recognise(clip("Lilac Wine"), source=MICROPHONE)
    assert not answer.known
    assert answer.certainty is Certainty.UNKNOWN
    assert answer.tune_id is not None
    (event,) = library.service.heard.last(5)
    assert (event.title, event.track, event.tune_id) == ("", None, answer.tune_id)


@pytest.mark.integration
def test_silence_and_snippets_leave_no_trace(library: RecognitionLibrary) -> None:
    for samples in (np.zeros(5 * RATE_HZ, np.float32), clip("Sinnerman", seconds=0.5)):
        answer = library.service.recognise(samples, source=MICROPHONE)
        assert answer.recognised.reason in {"silent", "too_short"}
        assert answer.heard_id is None
    assert library.service.heard.last(5) == ()
    assert library.service.unknowns.all() == ()


@pytest.mark.integration
def test_asked_without_the_log_nothing_is_kept(library: RecognitionLibrary) -> None:
    for title in ("Sinnerman", "Lilac Wine"):
        answer = library.service.recognise(clip(title), source=MICROPHONE, log=False)
        assert answer.heard_id is None
    assert library.service.heard.last(5) == ()
    assert library.service.unknowns.all() == ()


@pytest.mark.integration
def test_a_tune_that_comes_again_is_known_to_be_the_same(library: RecognitionLibrary) -> None:
    monday = datetime(2026, 11, 2, 20, tzinfo=UTC)
    ask = library.service.recognise
    first = ask(clip("Lilac Wine", 10), source=MICROPHONE, at=monday, place="bar")
    other = ask(clip("Unheard", 10), source=MICROPHONE, at=monday + timedelta(hours=1))
    again = ask(
        in_noise(clip("Lilac Wine", 11), snr_db=10),
        source=MICROPHONE,
        at=monday + timedelta(days=1),
    )
    assert again.tune_id == first.tune_id != other.tune_id
    assert again.heard_before == 1
    assert not again.known
    tune = library.service.unknowns.get(first.tune_id or 0)
    assert (tune.heard, tune.clips, tune.places) == (2, 2, ("bar",))
    assert (tune.first_at, tune.last_at) == (monday, monday + timedelta(days=1))


@pytest.mark.integration
def test_a_named_tune_is_called_by_its_name_from_then_on(library: RecognitionLibrary) -> None:
    first = library.service.recognise(clip("Lilac Wine"), source=MICROPHONE)
    assert first.tune_id is not None
    library.service.unknowns.name(first.tune_id, title="Lilac Wine", artist="Jeff Buckley")
    again = library.service.recognise(clip("Lilac Wine", 11.0), source=MICROPHONE, log=False)
    assert (again.named, again.artist, again.track) == ("Lilac Wine", "Jeff Buckley", None)
    assert again.known
    event = library.service.heard.get(first.heard_id or 0)
    assert (event.title, event.named_later) == ("Lilac Wine", True)


@pytest.mark.integration
def test_a_later_import_names_what_was_heard_before(library: RecognitionLibrary) -> None:
    heard = library.service.recognise(
        in_noise(clip("Lilac Wine", 14.0), snr_db=10), source=MICROPHONE
    )
    other = library.service.recognise(clip("Unheard", 14.0), source=MICROPHONE)
    assert library.service.look_again() == 0
    library.add("Lilac Wine")
    assert library.service.look_again() == 1
    event = library.service.heard.get(heard.heard_id or 0)
    assert event.track == library.track("Lilac Wine")
    assert event.named_later
    assert library.service.heard.get(other.heard_id or 0).title == ""
    assert library.service.look_again() == 0


@pytest.mark.integration
def test_a_wrong_answer_is_not_given_twice(library: RecognitionLibrary) -> None:
    # To a user this is a jingle that only samples the song.
    wrong = library.service.recognise(clip("Sinnerman", 8.0), source=MICROPHONE)
    library.service.correct(wrong.heard_id or 0, None)
    assert library.service.heard.get(wrong.heard_id or 0).title == ""
    again = library.service.recognise(clip("Sinnerman", 8.5), source=MICROPHONE, log=False)
    assert not again.known
    elsewhere = library.service.recognise(clip("Sinnerman", 25.0), source=MICROPHONE, log=False)
    assert elsewhere.track == library.track("Sinnerman")


@pytest.mark.integration
def test_a_right_name_is_learned(library: RecognitionLibrary) -> None:
    missed = library.service.recognise(clip("Unheard"), source=MICROPHONE)
    assert not missed.known
    library.service.correct(missed.heard_id or 0, library.id("Feeling Good"))
    event = library.service.heard.get(missed.heard_id or 0)
    assert event.track == library.track("Feeling Good")
    again = library.service.recognise(
        in_noise(clip("Unheard", 10.5), snr_db=10), source=MICROPHONE, log=False
    )
    assert again.track == library.track("Feeling Good")
    assert again.offset_s is None  # nobody said where in it that is


@pytest.mark.integration
def test_a_correction_can_be_corrected(library: RecognitionLibrary) -> None:
    heard = library.service.recognise(clip("Sinnerman", 8.0), source=MICROPHONE)
    library.service.correct(heard.heard_id or 0, library.id("Feeling Good"))
    ask = library.service.recognise
    swapped = ask(clip("Sinnerman", 8.0), source=MICROPHONE, log=False)
    assert swapped.track == library.track("Feeling Good")
    library.service.correct(heard.heard_id or 0, library.id("Sinnerman"))
    right = ask(clip("Sinnerman", 8.0), source=MICROPHONE, log=False)
    assert right.track == library.track("Sinnerman")


@pytest.mark.integration
def test_corrections_of_nothing_are_refused(library: RecognitionLibrary) -> None:
    with pytest.raises(NotHeard):
        library.service.correct(99, None)
    heard = library.service.recognise(clip("Sinnerman"), source=MICROPHONE)
    with pytest.raises(NotInLibrary):
        library.service.correct(heard.heard_id or 0, 99)
    assert library.service.heard.get(heard.heard_id or 0).title == "Sinnerman"


@pytest.mark.integration
def test_a_track_that_left_is_not_named_but_stays_in_the_log(library: RecognitionLibrary) -> None:
    heard = library.service.recognise(clip("Sinnerman"), source=MICROPHONE)
    library.remove("Sinnerman")
    event = library.service.heard.get(heard.heard_id or 0)
    assert (event.track, event.title) == (None, "Sinnerman")
    assert library.service.recognise(clip("Sinnerman"), source=MICROPHONE, log=False).track is None


@pytest.mark.integration
def test_files_of_any_format_are_recognised(library: RecognitionLibrary, tmp_path: Path) -> None:
    path = write_music(tmp_path / "clip.mp3", piece("Wild Is the Wind"), rate=RATE_HZ)
    answer = library.service.recognise_file(path, log=False)
    assert answer.track == library.track("Wild Is the Wind")
    assert answer.offset_s == pytest.approx(0.0, abs=0.15)
    with pytest.raises(UnreadableAudio, match="larger"):
        library.service.recognise_file(path, max_bytes=1000)
    (tmp_path / "list.mp3").write_text("shopping list " * 99)
    with pytest.raises(UnreadableAudio, match="not an audio file"):
        library.service.recognise_file(tmp_path / "list.mp3")


@pytest.mark.integration
def test_sound_is_kept_only_when_that_was_turned_on(tmp_path: Path) -> None:
    for keep in (False, True):
        home = tmp_path / str(keep)
        options = RecognitionOptions(keep_unknown_audio=keep)
        library = RecognitionLibrary(home, "Sinnerman", options=options)
        for title in ("Lilac Wine", "Sinnerman"):
            library.service.recognise(clip(title), source=MICROPHONE)
        files = list(home.rglob("*.flac"))
        assert len(files) == keep
        if keep:
            assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
            library.service.heard.delete_all()
            library.service.warm()
            assert list(home.rglob("*.flac")) == []
        library.close()


@pytest.mark.unit
def test_who_would_wait_too_long_is_turned_away() -> None:
    gate = Gate(at_once=1, waiting=0)
    with gate.enter(), pytest.raises(RecognitionBusy), gate.enter():
        pass
    with gate.enter():
        pass


@pytest.mark.integration
def test_without_a_key_nothing_is_asked_in_the_network(
    library: RecognitionLibrary, tmp_path: Path
) -> None:
    with pytest.raises(NamingFailed, match="acoustid_key"):
        library.service.name_online(tmp_path / "any.mp3")


@pytest.mark.integration
def test_of_a_long_file_several_parts_are_looked_at(
    library: RecognitionLibrary, tmp_path: Path
) -> None:
    speech = np.random.default_rng(1).standard_normal(30 * RATE_HZ).astype(np.float32) * 0.05
    show = np.concatenate((speech, speech, piece("Feeling Good"), speech))
    answer = library.service.recognise_file(
        write_music(tmp_path / "show.ogg", show, rate=RATE_HZ), log=False
    )
    assert answer.track == library.track("Feeling Good")
    assert answer.offset_s == pytest.approx(-60.0, abs=0.3)  # the song begins after a minute
