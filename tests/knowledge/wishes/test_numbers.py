"""Beats, years, lengths and counts."""

import pytest

from knowledge.wishes import parse_wish


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("120 bpm", 116.4, 123.6),
        ("between 100 and 110 bpm", 100, 110),
        ("100-110 bpm", 100, 110),
        ("zwischen 110 und 100 BPM", 100, 110),
        ("faster than 140 bpm", 140, 300),
        ("under 90 beats per minute", 30, 90),
        ("BPM 128", 124.2, 131.8),
    ],
)
def test_tempo(said: str, low: float, high: float) -> None:
    assert parse_wish(said).tempo_bpm == pytest.approx((low, high), abs=0.1)


@pytest.mark.unit
def test_exactly_does_not_count_half_or_double() -> None:
    assert parse_wish("exactly 120 bpm").tempo_exact
    assert not parse_wish("around 120 bpm").tempo_exact


@pytest.mark.unit
def test_steps_are_no_beats() -> None:
    wish = parse_wish("a run at 180 steps per minute")
    assert (wish.cadence, wish.tempo_bpm) == (180, None)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("music from the 80s", 1980, 1989),
        ("eighties", 1980, 1989),
        ("early nineties", 1990, 1993),
        ("late 70s", 1976, 1979),
        ("1994 to 1998", 1994, 1998),
        ("since 2010", 2010, 9999),
        ("before 1970", 0, 1969),
        ("de los noventa", 1990, 1999),
        ("degli anni ottanta", 1980, 1989),
        ("uit de jaren tachtig", 1980, 1989),
        ("aus den Siebzigern", 1970, 1979),
        ("от 2000s", 2000, 2009),
        ("20th century", 1900, 1999),
    ],
)
def test_years(said: str, first: float, last: float) -> None:
    assert parse_wish(said).years == (first, last)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("30 minutes of jazz", 30),
        ("an hour of jazz", 60),
        ("1 hour 30 minutes", 90),
        ("2,5 Stunden", 150),
        ("eine halbe Stunde Jazz", 30),
        ("une heure et demie", 90),
    ],
)
def test_lengths(said: str, minutes: float) -> None:
    assert parse_wish(said).duration_s == minutes * 60


@pytest.mark.unit
def test_how_many() -> None:
    assert parse_wish("ten sad songs").count == 10
    assert parse_wish("a song").count is None
    assert parse_wish("50 songs from the 90s").count == 50


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "arc"),
    [
        ("a playlist that gets faster", "ramp"),
        ("30 Minuten Lauf, der sich steigert und ausklingt", "hill"),
        ("something that winds down", "wind_down"),
        ("越来越快的歌单", "ramp"),
    ],
)
def test_how_a_list_goes(said: str, arc: str) -> None:
    assert parse_wish(said).arc == arc


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("nothing after 1975", 0, 1975),
        ("nothing before 1980", 1980, 9999),
        ("after 1980 but before 1990", 1980, 1989),
        ("1980 onwards", 1980, 9999),
        ("jaren 80 hits voor een feest", 1980, 1989),  # "voor" is "for" here
        ("1990年より前", 0, 1989),
    ],
)
def test_limits_of_years(said: str, first: float, last: float) -> None:
    wish = parse_wish(said)
    assert wish.years == (first, last)
    assert wish.not_words == ()
