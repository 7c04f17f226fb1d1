"""What is spoken of a reply: short lists, and nothing that is for the eyes only."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.speakable import SpokenForm, spoken_deltas, spoken_form

_NUMBERED = (
    "Here are some:\n1. Take Five by Dave Brubeck (5:24)\n2. So What\n3. Naima\n4. Footprints\n"
    "5. Me, Myself and I\nWhich one?"
)
_CASES = {
    _NUMBERED: "Here are some:\nTake Five by Dave Brubeck, So What, Naima, and 2 more on the page."
    " Which one?",
    "I found **three**:\n- A\n- B\n- C\n": "I found three:\nA, B and C.",
    "- Earth, Wind & Fire\n- Queen": "Earth, Wind & Fire and Queen.",
    'Try "play something, please", "stop", "next", "what is this?" or "undo".': (
        'Try "play something, please", "stop", "next", and 2 more on the page.'
    ),
    "I found six tracks: A by X, B by Y, C by Z, D, E and F.": (
        "I found six tracks: A by X, B by Y, C by Z, and 3 more on the page."
    ),
    "I found seven tracks: A, B, C, and 4 more on the page.": (
        "I found seven tracks: A, B, C, and 4 more on the page."
    ),
    "I can play, find, queue and recommend music, keep playlists, and recall what you heard.": (
        "I can play, find, queue and recommend music, keep playlists, and recall what you heard."
    ),
    "Playing Earth, Wind & Fire: 9 tracks, starting with September.": (
        "Playing Earth, Wind & Fire: 9 tracks, starting with September."
    ),
    "It is in '/home/me/My Music/01_Song.flac'.": "It is in '01 Song'.",
    "C:\\Music\\Song.mp3 is gone. AC/DC and/or R.E.M. stay.": (
        "Song is gone. AC/DC and/or R.E.M. stay."
    ),
    "See https://example.com/a/b.html.": "See the address on the page.",
    "| a | b |\n|---|---|\n| 1 | 2 |\nDone. 😀": "Done.",
    "```\nplay()\n```\nIt plays.": "It plays.",
    "": "",
}


@pytest.mark.unit
@pytest.mark.parametrize(("reply", "spoken"), list(_CASES.items()))
def test_a_reply_for_the_eyes_becomes_one_for_the_ears(reply: str, spoken: str) -> None:
    assert spoken_form(reply) == spoken


async def _pieces(text: str, size: int) -> AsyncIterator[str]:
    for start in range(0, len(text), size):
        yield text[start : start + size]


@pytest.mark.unit
@pytest.mark.parametrize("reply", list(_CASES))
@pytest.mark.parametrize("size", [1, 3, 17])
async def test_it_does_not_matter_in_which_pieces_the_reply_comes(reply: str, size: int) -> None:
    spoken = "".join([words async for words in spoken_deltas(_pieces(reply, size))])
    assert spoken.strip() == _CASES[reply]


@pytest.mark.unit
def test_a_sentence_is_given_as_soon_as_it_is_whole() -> None:
    form = SpokenForm()
    assert form.feed("Playing Take Five. ") == ""
    assert form.feed("An") == "Playing Take Five. "
    assert form.feed("ything else?") == ""
    assert form.finish() == "Anything else?"


@pytest.mark.unit
@given(st.text(alphabet="aB1 .,:\n-*|`\"'/", max_size=80), st.integers(1, 9))
def test_any_text_in_any_pieces_comes_out_the_same(text: str, size: int) -> None:
    form = SpokenForm()
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    spoken = "".join(form.feed(piece) for piece in pieces) + form.finish()
    assert spoken.split() == spoken_form(text).split()
