"""What requests come to: the development half of our own, and what holds for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.wish_cases import LANGUAGES, WishCase, read_cases, wrong_fields
from knowledge.analysis.sound import Axis
from knowledge.wish import MusicWish
from knowledge.wishes import parse_wish
from knowledge.wishes.lexicon import LANGUAGES as SPOKEN

_DEV = [case for code in LANGUAGES for case in read_cases(code) if case.part == "dev"]
_VOCABULARY = (
    "no not without but or and too very calm jazz rock piano 80s 1990 120 bpm hours songs like by "
    'called " , . ? nicht kein ohne sin nada sans pas senza niente sem geen zonder bez utan なし '
    "ない ジャズ 不要 爵士乐 बिना नहीं जैज़ faster slower sing vocals cover yellow album - /"
)
_WORDS = st.sampled_from(_VOCABULARY.split())
_REQUESTS = st.one_of(
    st.text(max_size=700),
    st.lists(_WORDS, max_size=40).map(" ".join),
    st.lists(_WORDS, max_size=40).map("".join),
)


@pytest.mark.unit
@pytest.mark.parametrize("case", _DEV, ids=lambda case: case.id)
def test_requests_of_all_languages(case: WishCase) -> None:
    wish = parse_wish(case.said, names=case.library)
    assert wrong_fields(case, wish) == {}


@pytest.mark.unit
def test_every_language_has_its_words() -> None:
    assert set(SPOKEN) == set(LANGUAGES)
    assert {parse_wish("jazz", language=code).genres for code in SPOKEN} == {("jazz",)}


@pytest.mark.unit
@given(text=_REQUESTS, language=st.sampled_from((None, *SPOKEN, "xx", "")))
def test_no_text_is_too_strange(text: str, language: str | None) -> None:
    wish = parse_wish(text, language=language)
    assert wish.text == text
    assert wish.said_in in SPOKEN
    assert len(wish.free) <= 700
    assert wish.count is None or 1 <= wish.count <= 500
    assert wish.duration_s is None or 0 < wish.duration_s <= 48 * 3600
    for span in (wish.tempo_bpm, wish.years, *wish.axes.values()):
        assert span is None or span[0] <= span[1]
    if wish.tempo_bpm is not None:
        assert 25 <= wish.tempo_bpm[0] <= wish.tempo_bpm[1] <= 310
    assert wish.cadence is None or 30 <= wish.cadence <= 300


@pytest.mark.unit
@given(text=_REQUESTS)
def test_what_is_ruled_out_is_not_wished_for(text: str) -> None:
    wish = parse_wish(text)
    assert not set(wish.genres) & set(wish.not_genres)
    assert not set(wish.moods) & set(wish.not_moods)
    assert not set(wish.instruments) & set(wish.not_instruments)


@pytest.mark.unit
def test_a_request_without_words_is_empty() -> None:
    for text in ("", "   ", "?!", "\ud800", "\x00"):
        assert parse_wish(text).is_empty


@pytest.mark.unit
def test_each_field_tells_its_words() -> None:
    wish = parse_wish("ten calm songs from the eighties without drums")
    assert wish.said["moods"] == "calm"
    assert wish.said["years"] == "eighties"
    assert wish.said["count"] == "ten"
    assert wish.said["not_instruments"] == "drums"


@pytest.mark.unit
def test_a_wrong_hint_of_the_language_keeps_what_all_share() -> None:
    wish = parse_wish("calm jazz around 120 bpm", language="de")
    assert wish.said_in == "de"
    assert wish.genres == ("jazz",)
    assert wish.moods == ("calm",)  # English words of music are known everywhere
    assert wish.tempo_bpm is not None
    assert parse_wish("ruhige Klaviermusik", language="tlh").moods == ("calm",)  # none of ours


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("something quiet please", "en"), ("etwas Ruhiges bitte", "de"), ("Rocklieder", "de"),
        ("algo tranquilo", "es"), ("quelque chose de calme", "fr"), ("qualcosa di calmo", "it"),
        ("uma música calma", "pt"), ("iets rustigs", "nl"), ("coś spokojnego", "pl"),
        ("något lugnt", "sv"), ("静かな曲", "ja"), ("安静的歌", "zh"), ("शांत संगीत", "hi"),
        ("qwxz", "en"),
    ],
)  # fmt: skip
def test_which_language_it_is(said: str, language: str) -> None:
    assert parse_wish(said).said_in == language


@pytest.mark.unit
def test_numbers_that_nobody_means_are_no_numbers() -> None:
    for text in ("9" * 590 + " bpm", "900 songs", "5000 bpm", "7000 hours", "year 12345"):
        wish = parse_wish(text)
        assert wish == MusicWish(text, wish.free, wish.said_in, kinds=wish.kinds, said=wish.said)


@pytest.mark.unit
def test_changes_from_an_example_need_an_example() -> None:
    assert parse_wish("calmer").but == {"energy": -1.0}
    assert parse_wish("piano but calm").moods == ("calm",)
    assert Axis.ENERGY not in parse_wish("piano but calm").axes
