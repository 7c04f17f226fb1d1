"""Where a reply is cut for speaking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.tts.clauses import ClauseCutter


def _cut(text: str, size: int = 1) -> list[str]:
    cutter = ClauseCutter()
    clauses: list[str] = []
    for start in range(0, len(text), size):
        clauses += cutter.feed(text[start : start + size])
    return clauses + cutter.finish()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("reply", "clauses"),
    [
        ("Paused.", ["Paused."]),
        (
            "Playing the album Time Out by Dave Brubeck, five tracks, starting with Take Five.",
            [
                "Playing the album Time Out by Dave Brubeck, ",
                "five tracks, starting with Take Five.",
            ],
        ),
        ("Added. Anything else?", ["Added. ", "Anything else?"]),
        (
            "Playing Symphony No. 5 by L. van Beethoven.",
            ["Playing Symphony No. 5 by L. van Beethoven."],
        ),
        ("This is Help! by The Beatles. Good?", ["This is Help! by The Beatles. ", "Good?"]),
        ("Dr. Dre feat. Eminem vs. R.E.M. Live", ["Dr. Dre feat. Eminem vs. R.E.M. Live"]),
        (
            "It is 3:42 long or so, with 1,204 more.",
            ["It is 3:42 long or so, ", "with 1,204 more."],
        ),
        ("再生中です。次は何ですか？", ["再生中です。", "次は何ですか？"]),
    ],
)
def test_cuts_where_a_speaker_would_breathe(reply: str, clauses: list[str]) -> None:
    assert _cut(reply) == clauses
    assert _cut(reply, size=7) == clauses
    assert _cut(reply, size=1000) == clauses


@pytest.mark.unit
def test_the_first_clause_is_out_before_the_sentence_is_known() -> None:
    cutter = ClauseCutter()
    assert cutter.feed("Here is music like Nina Simone, ") == []  # it could end in blanks
    assert cutter.feed("t") == ["Here is music like Nina Simone, "]


@pytest.mark.unit
def test_words_without_any_mark_are_cut_between_two_of_them() -> None:
    clauses = _cut("word " * 200)
    assert all(len(clause) <= 300 and clause.endswith("word ") for clause in clauses)
    assert all(len(clause) <= 300 for clause in _cut("x" * 1_000))


@pytest.mark.unit
@given(st.lists(st.text(alphabet="ab .,!?\n—1A。", max_size=12), max_size=20))
def test_nothing_is_lost_and_nothing_is_said_twice(deltas: list[str]) -> None:
    cutter = ClauseCutter()
    clauses = [clause for delta in deltas for clause in cutter.feed(delta)] + cutter.finish()
    assert "".join(clauses).rstrip() == "".join(deltas).rstrip()
