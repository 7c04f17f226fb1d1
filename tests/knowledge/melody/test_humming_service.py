"""A hum in, a tune of the library out: with the real index and a real database."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.errors import NotHeard, NotInLibrary
from knowledge.lyrics.index import LyricsIndex
from knowledge.lyrics.models import Lyrics
from knowledge.lyrics.rows import write_lyrics
from knowledge.melody.library import MelodyLibrary
from knowledge.melody.models import HumAnswer, HumOutcome, HumProblem
from knowledge.melody.service import HummingService, MelodyStatus
from knowledge.melody.written.scan import TuneScan
from knowledge.search import Searcher
from melody_hums import SOUND, TuneLibrary, hum, random_tune

pytestmark = pytest.mark.integration
OTHERS = 20


@pytest.fixture
def library(tmp_path: Path) -> Iterator[TuneLibrary]:
    library = TuneLibrary(tmp_path)
    for seed in range(100, 100 + OTHERS):
        library.add(f"Other {seed}", random_tune(seed), "Somebody")
    yield library
    library.close()


def ask(library: TuneLibrary, *, transcript: str = "", count: int = 10) -> HumAnswer:
    return library.service.answer(SOUND, 16_000, transcript=transcript, count=count)


def test_a_hum_in_another_key_and_tempo_is_named_with_its_place(library: TuneLibrary) -> None:
    tune = random_tune(1)
    track_id = library.add("Wanted", tune)
    library.ear.hears = hum(tune[20:38], up=-7, faster=1.2)
    answer = ask(library)
    assert answer.outcome is HumOutcome.FOUND
    assert answer.offered == 1
    assert answer.searched == OTHERS + 1
    hit = answer.hits[0]
    assert hit.track is not None
    assert (hit.track.id, hit.title, hit.artist) == (track_id, "Wanted", "Nina Simone")
    start_s = sum(length for _, length in tune[:20])
    assert hit.start_s == pytest.approx(start_s, abs=1.0)
    assert hit.transposition == pytest.approx(-7, abs=0.5)
    assert hit.tempo == pytest.approx(1.2, abs=0.1)
    assert answer.hum_id is not None


def test_a_tune_that_is_not_there_is_not_named(library: TuneLibrary) -> None:
    library.ear.hears = hum(random_tune(999)[:20])
    answer = ask(library)
    assert answer.outcome is not HumOutcome.FOUND


def test_what_is_of_no_use_is_not_looked_for(library: TuneLibrary) -> None:
    library.ear.hears = hum(random_tune(1)[:2], problem=HumProblem.TOO_SHORT)
    answer = ask(library)
    assert (answer.outcome, answer.hits, answer.hum_id) == (HumOutcome.AGAIN, (), None)


def test_versions_of_a_song_are_told_once(library: TuneLibrary) -> None:
    tune = random_tune(2)
    library.add("Song", tune, audio="studio")
    library.add("Song (Live)", tune, audio="live")
    library.add("Song - Remastered 2009", tune, audio="again")
    library.ear.hears = hum(tune[:20])
    answer = ask(library)
    assert answer.outcome is HumOutcome.FOUND
    assert [hit.title.split()[0] for hit in answer.hits].count("Song") == 1
    assert answer.hits[0].probability > 0.7


def test_the_same_tune_by_two_artists_is_offered_twice(library: TuneLibrary) -> None:
    tune = random_tune(3)
    library.add("Ballad", tune, "Ann")
    library.add("Ballad", tune, "Bob")
    library.ear.hears = hum(tune[:20])
    answer = ask(library)
    assert (answer.outcome, answer.offered) == (HumOutcome.AMBIGUOUS, 2)
    assert {hit.artist for hit in answer.hits[:2]} == {"Ann", "Bob"}


def test_what_comes_and_goes_is_followed(library: TuneLibrary) -> None:
    tune = random_tune(4)
    library.ear.hears = hum(tune[:20])
    assert ask(library).outcome is not HumOutcome.FOUND
    library.add("New", tune)
    assert ask(library).hits[0].title == "New"
    library.forget("New")
    gone = ask(library)
    assert gone.outcome is not HumOutcome.FOUND
    assert gone.searched == OTHERS


def test_a_melody_that_is_found_anew_replaces_the_old(library: TuneLibrary) -> None:
    track_id = library.add("Heard twice", random_tune(5))
    track = library.catalog.track(track_id)
    library.ear.hears = hum(random_tune(6)[:20])
    assert ask(library).outcome is not HumOutcome.FOUND
    library.hear(b"Heard twiceNina Simone".hex().ljust(64, "0")[:64], random_tune(6))
    answer = ask(library)
    assert answer.hits[0].track == track
    assert answer.searched == OTHERS + 1


def test_a_large_import_is_taken_in_beside_the_answers(library: TuneLibrary) -> None:
    library.ear.hears = hum(random_tune(7)[:20])
    ask(library)
    for seed in range(300, 350):
        library.add(f"Import {seed}", random_tune(seed))
    library.add("Wanted", random_tune(7))
    melodies = MelodyLibrary(library.database)
    assert len(melodies.index()) == OTHERS + 51
    assert ask(library).searched in {OTHERS, OTHERS + 51}
    library.service.warm()
    answer = ask(library)
    assert (answer.searched, answer.hits[0].title) == (OTHERS + 51, "Wanted")


def test_a_pick_is_learned(library: TuneLibrary) -> None:
    library.add("Not it", random_tune(8))
    right = library.add("It", random_tune(9))
    sung = [(pitch + (n % 3 == 0), length) for n, (pitch, length) in enumerate(random_tune(8)[:18])]
    library.ear.hears = hum(sung)
    first = ask(library)
    assert first.hits[0].title == "Not it"
    assert first.hum_id is not None
    library.service.pick(first.hum_id, right)
    library.ear.hears = hum(sung, up=3, faster=0.9)
    again = ask(library)
    assert (again.outcome, again.hits[0].title) == (HumOutcome.FOUND, "It")
    library.ear.hears = hum(random_tune(8)[30:50])  # another part of the other tune is not affected
    assert ask(library).hits[0].title == "Not it"


def test_a_recording_without_a_melody_is_found_by_how_it_was_hummed(library: TuneLibrary) -> None:
    unknown = library.add("Unheard", None)
    library.ear.hears = hum(random_tune(10)[:16])
    first = ask(library)
    assert first.waiting == OTHERS + 1
    assert first.hum_id is not None
    library.service.pick(first.hum_id, unknown)
    assert ask(library).hits[0].title == "Unheard"


def test_a_pick_needs_a_hum_and_a_track(library: TuneLibrary) -> None:
    library.ear.hears = hum(random_tune(100)[:16])
    answer = ask(library)
    assert answer.hum_id is not None
    with pytest.raises(NotInLibrary):
        library.service.pick(answer.hum_id, 99_999)
    with pytest.raises(NotHeard):
        library.service.pick(answer.hum_id + 1, 1)


def test_written_tunes_are_found_and_told_as_their_recording(
    library: TuneLibrary, tmp_path: Path
) -> None:
    music = tmp_path / "notation"
    music.mkdir()
    (music / "tunes.abc").write_text(
        "X:1\nT:Alone\nC:A. Composer\nL:1/4\nK:C\nCEGc GEFD|EGce dBcG|ABcd efga|\n\n"
        "X:2\nT:Recorded Song, The\nL:1/4\nK:C\nc3BA2GF|E2DC3GA|BcdeG2c2|d3efgab|\n"
    )
    recorded = library.add("The Recorded Song", None)
    TuneScan(library.database, [music]).scan()
    library.ear.hears = hum([(p, 0.5) for p in (60, 64, 67, 72, 67, 64, 65, 62, 64, 67, 72, 76)])
    alone = ask(library).hits[0]
    assert (alone.title, alone.artist, alone.track) == ("Alone", "A. Composer", None)
    library.ear.hears = hum(
        [(72, 1.5), (71, 0.5), (69, 1.0), (67, 0.5), (65, 0.5), (64, 1.0), (62, 0.5), (60, 1.5),
         (67, 0.5), (69, 0.5), (71, 0.5), (72, 0.5)]
    )  # fmt: skip
    told = ask(library).hits[0]
    assert told.track is not None
    assert (told.track.id, told.title) == (recorded, "The Recorded Song")
    assert library.service.status() == MelodyStatus(indexed=OTHERS, waiting=OTHERS + 1, written=2)


def test_words_decide_between_tunes_that_are_alike(library: TuneLibrary) -> None:
    tune = random_tune(11)
    one = library.add("Ballad", tune, "Ann")
    two = library.add("Ballad", tune, "Bob")
    with library.database.write() as connection:
        sung = {
            one: Lyrics("the river runs to the silver sea", False, "en", "tag"),
            two: Lyrics("my lantern burns in the winter night", False, "en", "tag"),
        }
        write_lyrics(connection, sung, now=1.0)
    service = HummingService(
        library.database,
        library.catalog,
        searcher=Searcher(library.database, library.catalog),
        lyrics=LyricsIndex(library.database),
        listener=library.ear,
    )
    library.ear.hears = hum(tune[:20])
    answer = service.answer(SOUND, 16_000, transcript="my lantern burns in the winter night")
    assert (answer.outcome, answer.hits[0].artist) == (HumOutcome.FOUND, "Bob")
    hummed = service.answer(SOUND, 16_000, transcript="la la la mmm")
    assert hummed.outcome is HumOutcome.AMBIGUOUS


def test_an_empty_library_has_no_answer(tmp_path: Path) -> None:
    library = TuneLibrary(tmp_path)
    library.ear.hears = hum(random_tune(1)[:20])
    answer = ask(library)
    assert (answer.outcome, answer.hits, answer.searched) == (HumOutcome.AGAIN, (), 0)
    library.close()


def test_many_may_ask_while_the_library_changes(library: TuneLibrary) -> None:
    library.ear.hears = hum(random_tune(100)[:16])
    failures: list[BaseException] = []

    def asking() -> None:
        try:
            for _ in range(4):
                assert ask(library).hits[0].title == "Other 100"
        except BaseException as error:  # noqa: BLE001  to be shown by the test
            failures.append(error)

    threads = [threading.Thread(target=asking) for _ in range(3)]
    for thread in threads:
        thread.start()
    for seed in range(400, 410):
        library.add(f"Meanwhile {seed}", random_tune(seed))
    for thread in threads:
        thread.join()
    assert failures == []
