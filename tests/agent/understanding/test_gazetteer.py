"""Names of a library found in requests, however they are spelled."""

from collections.abc import Iterable

import pytest

from agent.understanding import Intent, Understander
from agent.understanding.gazetteer import Gazetteer
from agent.understanding.tokens import tokenise

NAMES = (
    ("artist", 1, "Björk"),
    ("artist", 2, "The Chalk Horses"),
    ("track", 1, "Kettle Song"),
    ("track", 2, "Play"),
    ("track", 3, "Radio"),
    ("album", 1, "Homogenic"),
    ("playlist", 1, "Rainy Days"),
    ("genre", 0, "Jazz"),
)


class FakeLibrary:
    """Names that a test can change."""

    def __init__(self, names: Iterable[tuple[str, int, str]] = NAMES) -> None:
        self.rows = list(names)
        self.revision = 1

    def names(self) -> Iterable[tuple[str, int, str]]:
        return list(self.rows)


@pytest.mark.unit
def test_finds_names_whatever_their_spelling() -> None:
    gazetteer = Gazetteer(NAMES)
    tokens = tokenise("play kettle song by bjork")
    found = {span.names[0].name: (span.first, span.end) for span in gazetteer.exact(tokens)}
    assert found == {"Kettle Song": (1, 3), "Björk": (4, 5), "Play": (0, 1)}


@pytest.mark.unit
def test_an_article_makes_no_difference() -> None:
    assert Gazetteer(NAMES).named("chalk horses")[0].id == 2


@pytest.mark.unit
def test_a_slip_of_the_finger_is_forgiven_and_another_name_is_not() -> None:
    gazetteer = Gazetteer(NAMES)
    near = gazetteer.near("homogennic")
    assert near is not None
    assert near.names[0].name == "Homogenic"
    assert gazetteer.near("homework") is None


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("play homogenic", "album", "homogenic"),
        ("play the chalk horses", "artist", "chalk horses"),
        ("play kettle song", "track", "kettle song"),
        ("put on something by bjork", "artist", "bjork"),
        ("play my rainy days playlist", "playlist", "rainy days"),
    ],
)
def test_the_library_says_what_kind_of_thing_a_name_is(text: str, slot: str, value: str) -> None:
    found = Understander(FakeLibrary()).understand(text)
    assert found.intent is Intent.PLAY
    assert value in found.slots[slot][0]


@pytest.mark.unit
def test_a_misspelled_title_of_several_words_stays_in_one_piece() -> None:
    library = FakeLibrary([("track", 1, "Breaking the Chains")])
    found = Understander(library).understand("play breking the chans")
    assert found.slots == {"track": ("breking the chans",)}


@pytest.mark.unit
def test_a_name_of_the_library_is_music_whatever_else_it_may_be() -> None:
    library = FakeLibrary([("track", 1, "Moby Dick")])
    assert Understander().understand("play moby dick").intent is Intent.PLAY_OTHER_MEDIA
    assert Understander(library).understand("play moby dick").intent is Intent.PLAY


@pytest.mark.unit
def test_a_title_with_its_artist_is_a_request_without_a_verb() -> None:
    library = FakeLibrary([("track", 1, "Table for Two"), ("artist", 2, "The Weather")])
    bare = "A table for two, The Weather."
    assert not Understander().understand(bare).intent.is_music
    assert Understander(library).understand(bare).intent.is_music


@pytest.mark.unit
def test_a_track_called_play_does_not_catch_every_request() -> None:
    found = Understander(FakeLibrary()).understand("play some jazz")
    assert "track" not in found.slots
    assert found.slots["genre"] == ("jazz",)


@pytest.mark.unit
def test_a_changed_library_is_read_again() -> None:
    library = FakeLibrary(())
    understander = Understander(library)
    assert "album" not in understander.understand("play homogenic").slots
    library.rows, library.revision = list(NAMES), 2
    assert understander.understand("play homogenic").slots["album"] == ("homogenic",)
