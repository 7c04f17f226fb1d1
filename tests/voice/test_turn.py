"""Where speech begins, pauses and ends."""

import pytest

from voice.completeness import Completeness
from voice.turn import Change, Endpointing, Phase, SpeechTracker
from voice.vad import FRAME, FRAME_MS


def _changes(tracker: SpeechTracker, pattern: str) -> list[tuple[int, Change]]:
    """What changed at which frame; "#" is a frame with voice, "~" a doubtful one."""
    probabilities = {"#": 0.9, "~": 0.4, ".": 0.05}
    steps = [tracker.step(probabilities[mark]) for mark in pattern]
    return [(place, step) for place, step in enumerate(steps) if step is not Change.NOTHING]


@pytest.mark.unit
def test_speech_is_noticed_at_once_and_confirmed_after_three_frames() -> None:
    tracker = SpeechTracker()
    assert _changes(tracker, "...###") == [(3, Change.ONSET), (5, Change.CONFIRMED)]
    assert tracker.onset == 3 * FRAME
    assert tracker.voiced_until == 6 * FRAME


@pytest.mark.unit
def test_a_click_is_lost_again() -> None:
    tracker = SpeechTracker()
    assert _changes(tracker, "#" + "." * 8) == [(0, Change.ONSET), (6, Change.LOST)]
    assert tracker.phase is Phase.QUIET


@pytest.mark.unit
def test_a_stop_consonant_is_no_pause_and_doubtful_frames_go_on() -> None:
    assert _changes(SpeechTracker(), "###....###~~~~~~###") == [
        (0, Change.ONSET),
        (2, Change.CONFIRMED),
    ]


@pytest.mark.unit
def test_a_pause_is_told_early_and_ends_with_clear_voice_only() -> None:
    tracker = SpeechTracker()
    told = _changes(tracker, "#####" + "." * 10 + "~~" + "#" + "..." + "##")
    assert told[2:] == [(9, Change.PAUSED), (22, Change.RESUMED)]
    assert tracker.pause_ms == 16 * FRAME_MS


@pytest.mark.unit
def test_silence_is_counted_from_the_last_voice_though_something_clicks() -> None:
    tracker = SpeechTracker()
    _changes(tracker, "#####.......#......")
    assert tracker.silence_ms == 14 * FRAME_MS


@pytest.mark.unit
def test_lost_sound_moves_the_clock() -> None:
    tracker = SpeechTracker()
    tracker.skip(16_000)
    tracker.step(0.9)
    assert tracker.onset == 16_000


@pytest.mark.unit
def test_the_more_finished_the_words_the_less_silence_is_waited_for() -> None:
    waits = [Endpointing().silence_ms(one) for one in Completeness]
    assert waits == sorted(waits, reverse=True)
    assert 200 <= waits[Completeness.WHOLE] <= 300
    assert waits[Completeness.UNFINISHED] > 1_200


@pytest.mark.unit
def test_who_pauses_long_is_given_more_time_but_not_after_a_whole_command() -> None:
    endpointing = Endpointing()
    before = {one: endpointing.silence_ms(one) for one in Completeness}
    for pause_ms in (1_100, 900, 1_000, 1_200):
        endpointing.note_pause(pause_ms)
    assert endpointing.silence_ms(Completeness.OPEN) > before[Completeness.OPEN]
    assert endpointing.silence_ms(Completeness.WHOLE) == before[Completeness.WHOLE]
    for _ in range(100):
        endpointing.note_pause(9_000)
    assert endpointing.silence_ms(Completeness.UNFINISHED) <= 2_500


@pytest.mark.unit
def test_gaps_inside_words_teach_nothing() -> None:
    endpointing = Endpointing()
    before = endpointing.silence_ms(Completeness.OPEN)
    for _ in range(20):
        endpointing.note_pause(160)
    assert endpointing.silence_ms(Completeness.OPEN) == before


@pytest.mark.unit
def test_a_client_chooses_the_base() -> None:
    quick, slow = Endpointing(200), Endpointing(1_000)
    for one in Completeness:
        assert quick.silence_ms(one) <= slow.silence_ms(one)
    assert quick.silence_ms(Completeness.UNFINISHED) == 640
