"""What a speaker takes back is replaced, within a sentence and over two."""

import pytest

from agent import repairs
from agent.hesitation import fluent
from agent.pointing import point
from request_reader import opens, reader

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("play Abba, no wait, Queen", "play Queen"),
        ("louder... no, quieter", "quieter"),
        ("set the volume to thirty, no, forty", "set the volume to forty"),
        ("wake me at seven, no, eight thirty", "wake me at eight thirty"),
        ("add Take Five to Dinner, no, to Road Trip", "add Take Five to Road Trip"),
        ("add Take Five to Dinner, I mean Blue Rondo", "add Blue Rondo to Dinner"),
        ("add Take Five, sorry, Blue Rondo to Dinner", "add Blue Rondo to Dinner"),
        ("play Hallelujah by Moby, no, by Leonard Cohen", "play Hallelujah by Leonard Cohen"),
        ("play Grace, I mean the album", "play the album Grace"),
        ("play Abba, actually, pause", "pause"),
    ],
)
def test_a_sentence_that_corrects_itself(said: str, meant: str) -> None:
    assert repairs.mended(said, opens, reader().names) == meant


@pytest.mark.parametrize(
    "said",
    [
        "play something calm, no vocals",
        "no, the second one",
        "play Sorry, I Mean It",
        "play No Woman No Cry",
        "no drums, please",
    ],
)
def test_a_no_that_takes_nothing_back(said: str) -> None:
    assert repairs.mended(said, opens, reader().names) == said


@pytest.mark.parametrize(
    ("before", "words", "meant"),
    [
        ("play grace", "the album", "play the album grace"),
        ("i like this song", "the artist", "i like this artist"),
        ("play hallelujah by moby", "by leonard cohen", "play hallelujah by leonard cohen"),
        ("play hallelujah", "by leonard cohen", "play hallelujah by leonard cohen"),
        ("find songs by nina simone", "by moby", "find songs by moby"),
        ("add take five to dinner", "Road Trip", "add take five to Road Trip"),
        ("play suzanne", "the live version", "play suzanne live version"),
        ("play some rock", "something calm", "play something calm"),
    ],
)
def test_words_replace_what_is_of_their_kind(before: str, words: str, meant: str) -> None:
    assert repairs.replaced(before, words, reader().names) == meant


def test_thirty_not_thirteen() -> None:
    assert repairs.said_not("I said thirty, not thirteen") == ("thirty", "thirteen")
    assert repairs.said_not("no, not this one, something slower") is None
    assert repairs.exchanged("set it to 13 percent", "thirty", "thirteen") == (
        "set it to thirty percent"
    )


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("um, play, uh, the, the one by Queen", "play the one by Queen"),
        ("plays some jas", "play some jazz"),
        ("could you, you know, play some jazz", "could you play some jazz"),
        ("play play take five", "play take five"),
        ("play Uh Huh Her", "play Uh Huh Her"),
        ("play The The", "play The The"),
    ],
)
def test_hesitations_and_slips(said: str, meant: str) -> None:
    assert fluent(said) == meant


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("all of them but the third", (1, 2, 4, 5)),
        ("everything except the first two", (3, 4, 5)),
        ("play all but the last", (1, 2, 3, 4)),
        ("all of them", ()),
    ],
)
def test_all_but_some(text: str, numbers: tuple[int, ...]) -> None:
    assert point(text, listed=5).numbers == numbers
