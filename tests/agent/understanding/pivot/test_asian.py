"""Requests in Chinese, Japanese and Hindi, and talk in them that is not about music."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from agent.understanding import Intent, Understander
from agent.understanding.pivot import han_numbers
from agent.understanding.pivot.words import words_of
from agent.understanding.request import Understanding

pytestmark = pytest.mark.unit

CASES = Path(__file__).parent / "cases"
_OF_A_NAME = (
    *("artist", "album", "track", "query", "entity_name", "playlist", "genre", "mood"),
    *("activity", "description", "instrument", "title", "about", "sort", "year"),
)
"""Slots that a case may mean by `name`, where several are as good."""


@pytest.fixture(scope="module")
def understander() -> Understander:
    return Understander()


def cases(language: str) -> list[list[str]]:
    lines = (CASES / f"{language}.tsv").read_text("utf-8").splitlines()
    return [[*line.split("\t"), ""][:3] for line in lines]


def is_right(understood: Understanding, intent: str, slots: str) -> bool:
    if intent == Intent.OUT_OF_SCOPE:
        return not understood.intent.is_music
    wanted = dict(pair.split("=", 1) for pair in slots.split(";") if pair)
    return understood.intent == intent and all(
        _has(understood, slot, value) for slot, value in wanted.items()
    )


def _has(understood: Understanding, slot: str, value: str) -> bool:
    slots = _OF_A_NAME if slot == "name" else (slot,)
    given = [each.casefold() for one in slots for each in understood.slots.get(one, ())]
    if slot == "name":
        return any(value.casefold() in each for each in given)
    return value.casefold() in given


def share(understander: Understander, chosen: Sequence[Sequence[str]]) -> float:
    right = [
        is_right(understander.understand(text), intent, slots) for text, intent, slots in chosen
    ]
    return sum(right) / len(right)


@pytest.mark.parametrize("language", ["zh", "ja", "hi"])
def test_requests_are_understood(understander: Understander, language: str) -> None:
    of_music = [case for case in cases(language) if case[1] != "out_of_scope"]
    assert len(of_music) > 120
    assert share(understander, of_music) >= 0.9


@pytest.mark.parametrize("language", ["zh", "ja", "hi"])
def test_what_is_not_about_music_is_left_alone(understander: Understander, language: str) -> None:
    others = [case for case in cases(language) if case[1] == "out_of_scope"]
    assert len(others) > 40
    assert share(understander, others) >= 0.95


def test_a_name_inside_a_chinese_request_keeps_its_letters(understander: Understander) -> None:
    understood = understander.understand("請播放周杰倫的七里香")
    assert understood.english == "play 七里香 by 周杰倫"
    assert understood.slots["artist"] == ("周杰倫",)


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("「残酷な天使のテーゼ」を流して", "play 残酷な天使のテーゼ"),
        ("YOASOBIの夜に駆けるを流してください", "play 夜に駆ける by YOASOBI"),
        ("プレイリスト「次の曲」を再生して", "play my playlist 次の曲"),
    ],
)
def test_a_name_inside_a_japanese_request(
    understander: Understander, said: str, english: str
) -> None:
    assert understander.understand(said).english == english


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("आवाज़ कम करो", "turn it down"),
        ("आवाज कम करो", "turn it down"),
        ("awaaz kam karo", "turn it down"),
        ("aawaz kam kar do yaar", "turn it down"),
        ("अरिजीत सिंह का केसरिया चलाओ", "play केसरिया by अरिजीत सिंह"),
        ("Arijit Singh ke gaane bajaao na", "play songs by Arijit Singh"),
    ],
)
def test_spellings_of_hindi(understander: Understander, said: str, english: str) -> None:
    understood = understander.understand(said)
    assert (understood.language, understood.english) == ("hi", english)


def test_two_japanese_requests_need_no_word_between(understander: Understander) -> None:
    parts = understander.translate("スピッツをかけて音量を下げて").parts
    assert [part.english for part in parts] == ["play スピッツ", "turn it down"]


@pytest.mark.parametrize(
    ("said", "value"),
    [("三十", 30), ("一百二十", 120), ("八零", 80), ("十五", 15), ("２５", 25), ("两千零三", 2003)],
)
def test_numbers_in_han_letters(said: str, value: int) -> None:
    words = [token.word for token in words_of(said)]
    assert han_numbers.read_number(words, 0) == (len(words), value)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("半小时", 1800), ("一個半小時", 5400), ("1分20秒", 80), ("一時間半", 5400), ("十分钟", 600)],
)
def test_durations_in_han_letters(said: str, seconds: float) -> None:
    words = [token.word for token in words_of(said)]
    assert han_numbers.read_duration(words, 0) == (len(words), seconds)


@pytest.mark.parametrize("said", ["", "歌", "分", "半", "一二三四五六七八九十百千万万万万万万"])
def test_what_is_no_duration_is_none(said: str) -> None:
    assert han_numbers.read_duration([token.word for token in words_of(said)], 0) is None
