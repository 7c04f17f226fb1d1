"""A stream becomes a timeline: what played from when to when, and nothing that did not."""

from collections.abc import Sequence

import numpy as np
import pytest

from knowledge.fingerprint.models import RATE_HZ, Certainty
from knowledge.fingerprint.stream import StreamRecogniser
from knowledge.fingerprint.timeline import timeline_of
from knowledge.fingerprint.timeline_models import TimelineChange, TimelineEntry
from recognition_stream import Play, ScriptedRecogniser, stream_of


def _told(entries: Sequence[TimelineEntry]) -> list[str | None]:
    return [entry.recording for entry in entries]


def _whole(entries: Sequence[TimelineEntry], until_s: float) -> bool:
    """Whether the entries lie side by side, from the beginning to the end."""
    ends = [0.0, *(entry.end_s for entry in entries)]
    starts = [*(entry.start_s for entry in entries), until_s]
    return starts == pytest.approx(ends) and all(entry.duration_s > 0 for entry in entries)


@pytest.mark.unit
def test_two_tracks_and_a_gap_become_three_entries() -> None:
    plays = [Play("a", 0, 100), Play("b", 160, 250, offset_s=30)]
    entries = timeline_of(stream_of(250), ScriptedRecogniser(plays))
    assert _told(entries) == ["a", None, "b"]
    assert _whole(entries, 250)
    first, gap, second = entries
    assert gap.start_s == pytest.approx(100, abs=1)
    assert gap.end_s == pytest.approx(160, abs=1)
    assert gap.certainty is Certainty.UNKNOWN
    assert first.certainty is Certainty.CERTAIN
    assert second.offset_s == pytest.approx(30, abs=1)


@pytest.mark.unit
def test_a_cross_fade_is_parted_in_its_middle() -> None:
    plays = [Play("a", 0, 106), Play("b", 94, 200)]
    entries = timeline_of(stream_of(200), ScriptedRecogniser(plays))
    assert _told(entries) == ["a", "b"]
    assert entries[0].end_s == pytest.approx(100, abs=3)


@pytest.mark.unit
def test_single_wrong_windows_never_show() -> None:
    plays = [Play("a", 60, 300), Play("b", 330, 600)]
    for seed in range(5):
        wrong = ScriptedRecogniser(plays, wrong=0.15, seed=seed)
        assert _told(timeline_of(stream_of(700), wrong)) == [None, "a", None, "b", None]


@pytest.mark.unit
def test_talk_over_does_not_cut_a_track() -> None:
    plays = [Play("a", 0, 200)]
    entries = timeline_of(stream_of(200), ScriptedRecogniser(plays, deaf=[(80, 115)]))
    assert _told(entries) == ["a"]
    assert _whole(entries, 200)


@pytest.mark.unit
def test_a_loop_inside_a_track_does_not_cut_it() -> None:
    plays = [Play("a", 0, 200, loop_s=8.0), Play("b", 200, 300)]
    entries = timeline_of(stream_of(300), ScriptedRecogniser(plays))
    assert _told(entries) == ["a", "b"]


@pytest.mark.unit
def test_a_faster_track_keeps_its_speed_and_its_position() -> None:
    plays = [Play("a", 50, 250, offset_s=10, speed=1.06)]
    entries = timeline_of(stream_of(250), ScriptedRecogniser(plays))
    assert _told(entries) == [None, "a"]
    assert entries[1].speed == pytest.approx(1.06)
    assert entries[1].offset_s == pytest.approx(10 + 1.06 * (entries[1].start_s - 50), abs=0.5)


@pytest.mark.unit
def test_what_no_window_dares_to_claim_is_known_by_playing_on() -> None:
    plays = [Play("a", 0, 120)]
    entries = timeline_of(stream_of(180), ScriptedRecogniser(plays, hesitant=True))
    assert _told(entries) == ["a", None]
    assert entries[0].certainty is Certainty.CERTAIN


@pytest.mark.unit
def test_the_same_music_under_two_names_is_told_once() -> None:
    plays = [Play("a", 0, 120), Play("the same as a", 0, 118)]
    assert _told(timeline_of(stream_of(120), ScriptedRecogniser(plays))) == ["a"]


@pytest.mark.unit
def test_a_track_is_announced_soon_and_ends_when_the_next_is_there() -> None:
    stream = StreamRecogniser(ScriptedRecogniser([Play("a", 0, 60), Play("b", 60, 200)]))
    news = [event for block in stream_of(200, 0.25) for event in stream.feed(block)]
    assert stream.now_playing is not None
    assert stream.now_playing.recording == "b"
    news += stream.finish()
    told = [(event.change, event.entry.recording) for event in news]
    started, ended = TimelineChange.STARTED, TimelineChange.ENDED
    assert told == [(started, "a"), (started, "b"), (ended, "a"), (ended, "b")]
    assert [event.heard_s for event in news[:2]] == pytest.approx([15, 75], abs=5)


@pytest.mark.unit
def test_the_size_of_the_blocks_does_not_matter() -> None:
    plays = [Play("a", 10, 100), Play("b", 100, 180)]
    small = timeline_of(stream_of(200, 0.02), ScriptedRecogniser(plays))
    one = timeline_of(stream_of(200, 200.0), ScriptedRecogniser(plays))
    assert small == one


@pytest.mark.unit
@pytest.mark.parametrize("seconds", [8, 10, 12])
def test_a_file_of_a_few_seconds_is_named_too(seconds: float) -> None:
    entries = timeline_of(stream_of(seconds), ScriptedRecogniser([Play("a", 0, 60)]))
    assert _told(entries) == ["a"]


@pytest.mark.unit
def test_a_stream_without_sound_has_no_entries() -> None:
    assert timeline_of([], ScriptedRecogniser([])) == ()
    assert timeline_of([np.zeros(0, np.float32)], ScriptedRecogniser([])) == ()


@pytest.mark.unit
def test_a_stream_of_hours_keeps_little_sound_and_all_its_entries() -> None:
    plays = [Play(f"track {n}", n * 20, n * 20 + 20) for n in range(600)]
    stream = StreamRecogniser(ScriptedRecogniser(plays))
    for block in stream_of(12_000, 20.0):
        stream.feed(block)
    held = stream._tail.size + sum(block.size for block in stream._blocks)
    assert held <= 61 * RATE_HZ
    assert len(stream._runs) <= 513
    stream.finish()
    assert len(stream.entries) == pytest.approx(600, abs=3)
    assert _whole(stream.entries, 12_000)


@pytest.mark.unit
def test_listening_can_be_ended_from_the_progress() -> None:
    def stop(heard_s: float) -> None:
        if heard_s > 30:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        timeline_of(stream_of(100), ScriptedRecogniser([]), stop)


@pytest.mark.unit
@pytest.mark.parametrize(("window_s", "hop_s"), [(1.0, 0.5), (8.0, 0.0), (8.0, 9.0)])
def test_impossible_windows_are_refused(window_s: float, hop_s: float) -> None:
    with pytest.raises(ValueError, match="hop within it"):
        StreamRecogniser(ScriptedRecogniser([]), window_s=window_s, hop_s=hop_s)
