"""Commands said in passing, and names as they are spoken."""

import pytest

from agent.calling import as_called
from agent.plain import COMMANDS, acknowledges, plain, without_openings
from agent.understanding import Understander
from agent.understanding.gazetteer import Gazetteer
from agent.understanding.heard_names import meant
from agent.understanding.request import DialogueContext

pytestmark = pytest.mark.unit

_PLAYING = DialogueContext(is_playing=True)
_NAMES = (
    ("artist", 1, "Dolly Parton"),
    ("artist", 2, "Nina Simone"),
    ("artist", 3, "John Denver"),
    ("artist", 4, "Claude Debussy"),
    ("artist", 5, "Miles Davis"),
    ("track", 6, "Clair de Lune"),
    ("track", 7, "Take Me Home, Country Roads"),
    ("track", 8, "Wild Is the Wind"),
    ("track", 9, "Stop"),
    ("track", 10, "Corcovado"),
    ("artist", 11, "Johnny Cash"),
    ("artist", 12, "Johnny Marr"),
)


@pytest.fixture(scope="module")
def understander() -> Understander:
    return Understander()


def _sure(understander: Understander, text: str) -> bool:
    return understander.command(text, _PLAYING) in COMMANDS


@pytest.mark.parametrize(
    ("said", "meant_is"),
    [
        ("ew skip", "skip"),
        ("my boss is here, turn it down", "turn it down"),
        ("my boss is here turn it down", "turn it down"),
        ("skip this will ya mate", "skip this"),
        ("gotta change trains, pause", "pause"),
        ("for the love of god next", "next"),
        ("turn it up I love this bit", "turn it up"),
        ("omg turn it down, my head is killing me", "turn it down"),
    ],
)
def test_what_is_said_around_a_command_is_taken_away(
    understander: Understander, said: str, meant_is: str
) -> None:
    assert plain(said, lambda text: _sure(understander, text)) == meant_is


@pytest.mark.parametrize(
    "said",
    [
        "I don't want you to stop",
        "this is where we stop",
        "the next stop is oxford circus",
        "the kids are awake again",
        "what's on my dinner playlist",
        "my sister's calling in half an hour so stop the music then",
        "if it gets dark, stop",
        "play stop in the name of love",
    ],
)
def test_no_command_is_made_of_what_denies_or_delays_it(
    understander: Understander, said: str
) -> None:
    assert plain(said, lambda text: _sure(understander, text)) == said


def test_a_name_of_the_library_is_never_cut(understander: Understander) -> None:
    said = "my way, skip"
    assert (
        plain(said, lambda text: _sure(understander, text), lambda _: ((0, len("my way")),)) == said
    )


def test_phrases_that_lead_to_a_request_go() -> None:
    assert without_openings("would you be a dear and play some jazz") == "play some jazz"
    assert without_openings("fine, at least play Corcovado") == "play Corcovado"
    assert without_openings("I told you so") == "I told you so"[len("I told you ") :]
    assert without_openings("I said thirty, not thirteen") == "I said thirty, not thirteen"


@pytest.mark.parametrize("said", ["mhm", "uh-huh", "mm", "Mm-hmm.", "oh I see"])
def test_sounds_of_listening_are_told_from_requests(said: str) -> None:
    assert acknowledges(said)
    assert not acknowledges(f"{said} next")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("dolly", "Dolly Parton"),
        ("nina", "Nina Simone"),
        ("miles", "Miles Davis"),
        ("claire de loon", "Clair de Lune"),
        ("clear the loon", "Clair de Lune"),
        ("wild as the wind", "Wild Is the Wind"),
        ("that lovely Debussy piece", "Claude Debussy"),
        ("that country road one", "Take Me Home, Country Roads"),
    ],
)
def test_names_are_known_as_people_say_them(said: str, name: str) -> None:
    found = meant(said, Gazetteer(_NAMES))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("said", ["johnny", "john lennon", "elvis", "stop", "road", "taylor swift"])
def test_what_may_be_another_or_nothing_is_left_alone(said: str) -> None:
    assert meant(said, Gazetteer(_NAMES)) is None


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("put dolly on", "play Dolly Parton"),
        ("play claire de loon", "play Clair de Lune"),
        ("some nina please", "some Nina Simone please"),
        ("please put Corcovado", "play Corcovado"),
        ("ok then Corcovado", "play Corcovado"),
        ("miles davis will do", "play miles davis"),
        ("take Corcovado out", "take Corcovado out"),
        ("play the second one", "play the second one"),
        ("play Stop", "play Stop"),
        ("play the saddest songs you have", "play sad songs"),
    ],
)
def test_requests_are_written_with_the_names_of_the_library(said: str, written: str) -> None:
    called = as_called(
        said,
        Gazetteer(_NAMES),
        wishes=lambda _: False,
        asks=lambda _: False,
        chooses=lambda _: False,
    )
    assert called == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("put dolly on will you", "play Dolly Parton"),
        ("something old by miles", "play Miles Davis's first album"),
        ("put some music on", "put some music on"),
        ("put it on", "put it on"),
    ],
)
def test_politeness_and_loose_orders_of_words_are_no_part_of_a_name(
    said: str, written: str
) -> None:
    called = as_called(
        said,
        Gazetteer(_NAMES),
        wishes=lambda _: False,
        asks=lambda _: False,
        chooses=lambda _: False,
    )
    assert called == written
