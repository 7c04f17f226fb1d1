import pytest

from voice.stt.hypotheses import hypotheses
from voice.stt.names import NameIndex, SpokenName, spoken_part

pytestmark = pytest.mark.unit

LIBRARY = NameIndex(
    [
        SpokenName("Ólafur Arnalds", "artist"),
        SpokenName("Oliver Nelson", "artist"),
        SpokenName("George Gershwin", "artist"),
        SpokenName("Rhapsody in Blue", "track", "George Gershwin"),
        SpokenName("Summertime", "track", "George Gershwin"),
        SpokenName("Stolen Moments", "track", "Oliver Nelson"),
        SpokenName("Near Light", "track", "Ólafur Arnalds"),
        SpokenName("pause", "command"),
        SpokenName("skip", "command"),
    ]
)


def test_names_are_found_by_their_sound() -> None:
    nearest = LIBRARY.nearest("Oliver Arnold's")

    assert nearest[0].name.text == "Ólafur Arnalds"
    assert nearest[0].likeness > nearest[1].likeness if len(nearest) > 1 else True


def test_names_are_found_by_their_letters_without_accents() -> None:
    assert [one.text for one in LIBRARY.written("olafur arnalds!")] == ["Ólafur Arnalds"]
    assert LIBRARY.written("olafur") == ()


def test_tracks_of_an_artist_are_ranked_by_sound() -> None:
    best = LIBRARY.by_artist("george gershwin", "rap city in blew")

    assert best[0].name.text == "Rhapsody in Blue"


def test_a_reading_keeps_the_words_around_the_name() -> None:
    readings = hypotheses("Play Oliver Arnold's on the kitchen speaker.", LIBRARY)

    assert "Play Ólafur Arnalds on the kitchen speaker." in [one.text for one in readings]


def test_title_and_artist_are_put_right_together() -> None:
    readings = hypotheses("Play rap city in blue by George Gershman.", LIBRARY)

    assert readings[0].text == "Play Rhapsody in Blue by George Gershwin."
    assert {name.kind for name in readings[0].names} == {"track", "artist"}


def test_a_command_is_only_read_when_it_stands_alone() -> None:
    assert any(one.text == "skip" for one in hypotheses("ski", LIBRARY))
    assert not any(
        "skip" in one.text for one in hypotheses("play ski resort music tonight", LIBRARY)
    )


def test_what_was_written_is_no_reading_of_itself() -> None:
    assert all(one.text != "Play Summertime." for one in hypotheses("Play Summertime.", LIBRARY))


@pytest.mark.parametrize("text", ["", "the of by", "!!!"])
def test_nothing_is_read_into_nothing(text: str) -> None:
    assert hypotheses(text, LIBRARY) == ()


@pytest.mark.parametrize(
    ("title", "spoken"),
    [
        ("Heroes (2017 Remaster)", "Heroes"),
        ("So What - Live", "So What"),
        ("(I Can't Get No) Satisfaction", "(I Can't Get No) Satisfaction"),
        ("Pavane", "Pavane"),
    ],
)
def test_titles_are_said_without_their_additions(title: str, spoken: str) -> None:
    assert spoken_part(title) == spoken


def test_an_index_without_names_finds_nothing() -> None:
    empty = NameIndex(())

    assert len(empty) == 0
    assert empty.nearest("Queen") == ()
