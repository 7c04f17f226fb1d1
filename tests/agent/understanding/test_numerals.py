import pytest

from agent.understanding.language import load_language
from agent.understanding.numerals import (
    read_clock,
    read_duration,
    read_number,
    read_ordinal,
)
from agent.understanding.tokens import tokenise

NUMBERS = load_language().numbers


def words(text: str) -> list[str]:
    return [token.word for token in tokenise(text)]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25", 25),
        ("seven", 7),
        ("forty five", 45),
        ("a hundred", 100),
        ("one hundred and five", 105),
        ("two thousand twenty", 2020),
    ],
)
def test_reads_whole_numbers(text: str, value: float) -> None:
    said = words(text)
    assert read_number(said, 0, NUMBERS) == (len(said), value)


@pytest.mark.unit
def test_stops_where_the_number_stops() -> None:
    assert read_number(words("six seven"), 0, NUMBERS) == (1, 6)
    assert read_number(words("and"), 0, NUMBERS) is None


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "value"),
    [("second", 2), ("3rd", 3), ("last", -1), ("twenty first", 21), ("tenth", 10)],
)
def test_reads_ordinals(text: str, value: float) -> None:
    said = words(text)
    assert read_ordinal(said, 0, NUMBERS) == (len(said), value)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30 seconds", 30),
        ("a minute", 60),
        ("a minute and a half", 90),
        ("one minute twenty", 80),
        ("half a minute", 30),
        ("two minutes and ten seconds", 130),
        ("an hour", 3600),
    ],
)
def test_reads_durations(text: str, seconds: float) -> None:
    said = words(text)
    assert read_duration(said, 0, NUMBERS) == (len(said), seconds)


@pytest.mark.unit
@pytest.mark.parametrize(("text", "seconds"), [("1:20", 80), ("0:05", 5), ("1:02:03", 3723)])
def test_reads_places_in_a_recording(text: str, seconds: float) -> None:
    said = words(text)
    assert read_clock(said, 0, NUMBERS) == (len(said), seconds)


@pytest.mark.unit
def test_seventy_five_seconds_is_no_clock() -> None:
    assert read_clock(words("1:75"), 0, NUMBERS) is None
