"""The evaluation of timelines: what it counts, and one small mix from end to end."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from evals.documentation import describe
from evals.mix import Sound, plan_film, plan_mix, truth_of
from evals.mix_score import Truth, score_timeline
from evals.progress import SilentProgress
from evals.recognition.noises import SoundBank
from evals.recognition.resampling import ENGINE_RATE_HZ, resampled, to_pcm
from evals.recognition.tracks import RATE_HZ, Track, TrackCache
from evals.timeline import indexed, listen, mix_file, report
from fingerprint_music import synthetic_piece
from knowledge.fingerprint.models import Certainty
from knowledge.fingerprint.timeline import TimelineEntry


def _entry(recording: str | None, start_s: float, end_s: float) -> TimelineEntry:
    return TimelineEntry(start_s, end_s, recording, Certainty.CERTAIN, 0.99)


def _tracks(count: int, name: str = "track", duration_s: float = 150.0) -> list[Track]:
    return [Track(f"{name} {n}", "package", duration_s, f"{name}{n}") for n in range(count)]


TRUTH = (Truth("a", 0, 95, 0, 100), Truth("b", 95, 200, 90, 200))


@pytest.mark.unit
def test_a_perfect_timeline_scores_one_everywhere() -> None:
    score = score_timeline(TRUTH, [_entry("a", 0, 95), _entry("b", 95, 200)])
    assert (score.precision, score.recall, score.boundaries, score.found) == (1, 1, 1, 1)
    assert (score.wrong_entries, score.extra_entries) == (0, 0)


@pytest.mark.unit
def test_in_a_fade_either_may_be_named_but_the_boundary_counts() -> None:
    score = score_timeline(TRUTH, [_entry("a", 0, 99.5), _entry("b", 99.5, 200)])
    assert (score.precision, score.recall) == (1, 1)
    assert score.boundaries == 0.5


@pytest.mark.unit
def test_what_never_played_costs_precision_and_what_is_left_out_recall() -> None:
    score = score_timeline(
        TRUTH, [_entry("a", 0, 95), _entry("c", 100, 195), _entry(None, 195, 200)]
    )
    assert score.precision == 0.5
    assert score.recall == pytest.approx(95 / 200)
    assert (score.wrong_entries, score.found, score.boundaries) == (1, 0.5, 0.5)


@pytest.mark.unit
def test_a_track_told_in_pieces_is_counted() -> None:
    entries = [_entry("a", 0, 40), _entry(None, 40, 50), _entry("a", 50, 95), _entry("b", 95, 200)]
    score = score_timeline(TRUTH, entries)
    assert score.extra_entries == 1
    assert score.boundaries == 1


@pytest.mark.unit
def test_a_mix_is_planned_the_same_each_time_and_no_recording_plays_twice() -> None:
    mix = plan_mix(_tracks(80), _tracks(20, "strange"), 7_200, seed=3)
    assert mix == plan_mix(_tracks(80), _tracks(20, "strange"), 7_200, seed=3)
    assert mix != plan_mix(_tracks(80), _tracks(20, "strange"), 7_200, seed=4)
    played = [part.track.key for part in mix.parts if part.track]
    assert len(played) == len(set(played)) > 40
    assert {part.sound for part in mix.parts} == set(Sound)
    assert any(part.speed > 1.02 for part in mix.parts)
    for before, after in pairwise(mix.parts):
        assert after.start_s == pytest.approx(before.end_s - after.fade_in_s)


@pytest.mark.unit
def test_the_truth_shares_each_fade() -> None:
    mix = plan_mix(_tracks(40), _tracks(10, "strange"), 1_800, seed=3)
    truth = truth_of(mix)
    assert {one.recording for one in truth} == {
        part.track.key for part in mix.parts if part.track and part.sound is Sound.KNOWN
    }
    for one, other in pairwise(truth):
        if other.heard_from_s < one.heard_until_s:
            assert one.end_s == pytest.approx(other.start_s)


@pytest.mark.unit
def test_a_film_is_mostly_talk_and_sometimes_music() -> None:
    film = plan_film(_tracks(80), _tracks(20, "strange"), 3_600, seed=1)
    music_s = sum(part.end_s - part.start_s for part in film.parts if part.track)
    talk_s = sum(end_s - start_s for start_s, end_s in film.talks)
    assert 0.1 < music_s / film.seconds < 0.5
    assert talk_s / film.seconds > 0.4


@pytest.mark.evals
def test_a_small_mix_from_end_to_end(tmp_path: Path) -> None:
    known, strange = _tracks(2, "known", 45.0), _tracks(1, "strange", 45.0)
    (tmp_path / "tracks").mkdir()
    for seed, track in enumerate((*known, *strange)):
        piece = synthetic_piece(seed, seconds=track.duration_s)
        for rate_hz in (RATE_HZ, ENGINE_RATE_HZ):
            pcm = to_pcm(resampled(piece, ENGINE_RATE_HZ, rate_hz))
            np.save(tmp_path / "tracks" / f"{track.digest}.{rate_hz}.npy", pcm)
    noise = np.random.default_rng(1).standard_normal(5 * RATE_HZ).astype(np.float32)
    bank = SoundBank((noise,), (noise,), (noise,))
    tracks, progress = TrackCache(tmp_path), SilentProgress()
    mix = plan_mix(known, strange, 90, seed=7)
    parts = tuple(replace(part, stretched=False) for part in mix.parts)
    mix = replace(mix, parts=parts, talks=((20.0, 25.0),))
    path = mix_file(mix, tmp_path, tracks, bank, progress)
    heard = listen(mix, path, indexed(known, tracks, tmp_path, progress), progress)
    assert heard.score.precision > 0.95
    assert heard.score.recall > 0.9
    metrics = report({"mix": heard, "film": heard}).metrics
    assert [name for name in metrics if describe("timeline", name) is None] == []
