import pytest

from voice.stt.hypotheses import Explained, explained, hypotheses, with_capitals
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
        SpokenName("Gnossienne No. 1", "track", "Erik Satie"),
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


def test_a_title_is_found_together_with_its_artist() -> None:
    best = LIBRARY.nearest("rap city in blew by George Gershman")[0]

    assert best.in_full
    assert best.text == "Rhapsody in Blue by George Gershwin"


def test_a_reading_keeps_the_words_around_the_name() -> None:
    readings = hypotheses("Play Oliver Arnold's on the kitchen speaker.", LIBRARY)

    assert "Play Ólafur Arnalds on the kitchen speaker." in [one.text for one in readings]


def test_title_and_artist_are_put_right_together() -> None:
    readings = hypotheses("Play rap city in blue by George Gershman.", LIBRARY)

    assert readings[0].text == "Play Rhapsody in Blue by George Gershwin."
    assert readings[0].explained == Explained(left=0, paired=True, asks=True)


def test_a_request_is_explained_by_common_words_and_names() -> None:
    assert explained("Play the song Summertime please", LIBRARY) == Explained(asks=True)
    assert explained("Play Summertime by George Gershwin.", LIBRARY).paired
    assert explained("Play zebra crossing", LIBRARY).left > 5
    assert not explained("Like Summertime", LIBRARY).asks


def test_misheard_words_around_a_name_are_read_as_a_request() -> None:
    readings = hypotheses("Place Oliver Nelson.", LIBRARY)

    assert "Play Oliver Nelson." in [one.text for one in readings if one.whole]


def test_the_same_words_are_kept_for_what_explains_most_of_them() -> None:
    library = NameIndex(
        [SpokenName("Oliver Nelson", "artist"), SpokenName("Play", "album", "Moby")]
    )

    best = hypotheses("Place some Oliver Nelson.", library)[0]

    assert best.text == "Play some Oliver Nelson."
    assert [name.text for name in best.names] == ["Oliver Nelson"]


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        (
            "Put on rhapsody in blue by george gershwin.",
            "Put on Rhapsody in Blue by George Gershwin.",
        ),
        ("Play gnossienne number one.", "Play Gnossienne No. 1."),
        ("play summertime please", "play Summertime please"),
        ("Play olafur arnalds!", "Play Ólafur Arnalds!"),
        ("Summertime", "Summertime"),
        ("turn it up", "turn it up"),
    ],
)
def test_names_are_written_as_the_library_writes_them(heard: str, written: str) -> None:
    assert with_capitals(heard, LIBRARY) == written


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
