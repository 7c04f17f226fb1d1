"""Long recordings are cut where nobody speaks."""

import pytest

from server.voice.dictation import dictated, parts
from voice.audio import HEARING_RATE_HZ
from voice.vad import EnergyVad
from voice_speech import ScriptedTranscriber, tone, with_silences

pytestmark = pytest.mark.unit


def seconds(cuts: list[tuple[int, int]]) -> list[tuple[float, float]]:
    return [(start / HEARING_RATE_HZ, end / HEARING_RATE_HZ) for start, end in cuts]


def test_a_short_recording_is_one_part() -> None:
    assert seconds(parts(tone(5.0))) == [(0.0, 5.0)]


def test_cuts_are_made_in_pauses_and_nothing_is_lost() -> None:
    samples = with_silences(22.0, 0.5, 18.0, 0.5, 25.0)
    cuts = parts(samples)
    assert [end for _, end in cuts[:-1]] == [start for start, _ in cuts[1:]]
    assert cuts[-1][1] == len(samples)
    first, second = (end for _, end in seconds(cuts)[:2])
    assert 22.0 < first < 22.5
    assert 40.5 < second < 41.0
    assert all(end - start <= 28.0 for start, end in seconds(cuts))


def test_speech_without_a_pause_is_cut_all_the_same() -> None:
    assert all(end - start <= 28.0 for start, end in seconds(parts(tone(100.0))))


async def test_the_language_of_the_first_part_holds_for_the_others() -> None:
    ears = ScriptedTranscriber("Spiel Jazz.", "Und lauter.")
    sound = with_silences(20.0, 1.0, 20.0)
    heard = [one async for one in dictated(sound, ears, vad=EnergyVad)]
    assert [one.text for one in heard] == ["Spiel Jazz.", "Und lauter."]
    assert [language for _, language, *_ in ears.heard] == [None, "en"]


async def test_parts_without_words_are_left_out() -> None:
    ears = ScriptedTranscriber("", "Louder.")
    sound = with_silences(20.0, 1.0, 20.0)
    heard = [one async for one in dictated(sound, ears, vad=EnergyVad)]
    assert [(one.number, one.text) for one in heard] == [(0, "Louder.")]
    assert heard[0].start_s > 20.0
