"""The recognition evaluation, on a few made-up recordings."""

import dataclasses
import shutil
import wave
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evals.documentation import describe
from evals.errors import EvaluationImpossible
from evals.progress import SilentProgress
from evals.recognition import corpus as corpora
from evals.recognition.answers import Questions, ask, ask_peers
from evals.recognition.clips import Amount, ClipStore
from evals.recognition.corpus import Corpus, split
from evals.recognition.generated import piece
from evals.recognition.measure import Plan, RecognitionEvaluation, report
from evals.recognition.resampling import ENGINE_RATE_HZ, resampled, to_pcm
from evals.recognition.systems import Answer, OwnEngine, Sound
from evals.recognition.tracks import PACKAGES, SPARE_PACKAGE, Track, TrackCache
from evals.recognition.twins import SHARED_ERROR, closest, twins, words

_RATE_HZ = 44_100


def _write(path: Path, pcm: np.ndarray[Any, np.dtype[np.int16]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE_HZ)
        file.writeframes(pcm.tobytes())


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Packages with five pieces, one of them twice, a jingle, silence and a sound effect."""
    folder = tmp_path_factory.mktemp("music")
    for number in range(5):
        package = PACKAGES[number % 2]
        pcm = to_pcm(resampled(piece(number), ENGINE_RATE_HZ, _RATE_HZ))
        _write(folder / package / "music" / f"{number}.wav", pcm)
    _write(folder / PACKAGES[1] / "copy.wav", pcm)
    _write(folder / PACKAGES[0] / "jingle.wav", pcm[: 20 * _RATE_HZ])
    _write(folder / PACKAGES[0] / "silence.wav", np.zeros(40 * _RATE_HZ, np.int16))
    _write(folder / PACKAGES[0] / "Sounds" / "bang.wav", pcm)
    rain = to_pcm(0.2 * np.random.default_rng(1).standard_normal(_RATE_HZ).astype(np.float32))
    _write(folder / "supertux-data/usr/share/games/supertux2/sounds/rain.wav", rain)
    return folder


@pytest.fixture(scope="module")
def corpus(music: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Corpus, Path]:
    cache = tmp_path_factory.mktemp("cache")
    tracks = TrackCache(cache).tracks(music, SilentProgress())
    return Corpus(cache, split(tracks, indexed=3, unknown=2)), cache


class _Oracle:
    """A peer that knows the length of everything it was given, and nothing else."""

    version = "1"

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked = 0

    def prepare(self, sound: Sound) -> Any:
        return sound.engine_pcm

    def add(self, recordings: Iterable[tuple[str, Any]]) -> None:
        self._keys = [key for key, _ in recordings]

    def answer(self, prepared: Any) -> Answer:
        self.asked += 1
        return Answer(self._keys[0], float(len(prepared)), 0.0, claimed=True)

    def index_bytes(self) -> int:
        return 4 * len(self._keys)

    def close(self) -> None:
        pass


@pytest.mark.integration
def test_usable_is_long_loud_no_effect_and_there_once(corpus: tuple[Corpus, Path]) -> None:
    test = corpus[0].splits["test"]
    keys = [track.key for track in (*test.indexed, *test.unknown)]
    assert len(keys) == 5
    assert not any(word in key for key in keys for word in ("jingle", "silence", "bang"))
    assert sum(key.endswith(("copy.wav", "4.wav")) for key in keys) == 1
    assert all(track.duration_s == pytest.approx(45, abs=0.1) for track in test.indexed)


@pytest.mark.integration
def test_our_engine_and_a_peer_are_measured_with_documented_metrics(
    corpus: tuple[Corpus, Path], music: Path, tmp_path: Path
) -> None:
    if shutil.which("espeak-ng") is None:
        pytest.skip("the talkers need espeak-ng")
    data, cache = corpus
    plan = Plan("test", Amount(known=3, unknown=2), (5,))
    store = ClipStore(data, music, cache)
    questions = Questions(data.splits["test"], plan.amount, (5,), ("clean", "babble_p5", "mp3"))
    engine = OwnEngine(tmp_path / "index")
    own = ask(engine, data, store, questions, SilentProgress())
    engine.close()
    oracle = _Oracle("audfprint2")
    peers: dict[str, Any] = {"audfprint2": lambda: oracle, "chromaprint": _missing}
    asked = ask_peers(peers, data, store, questions, cache / "answers", SilentProgress())
    found = report(own, asked[0], plan, asked[1])
    unknown = data.splits["test"].unknown
    fewer = report(own, asked[0], plan, asked[1], frozenset({unknown[0].key}))

    assert found.metrics["recall.5s.clean"] == 1.0
    assert found.metrics["native.wrong"] == 0.0
    assert found.metrics["fpr"] == 0.0
    assert found.metrics["fpr.unknown_clips"] == 6
    assert fewer.metrics["fpr.unknown_clips"] == 3
    assert any(unknown[0].key in note for note in fewer.notes)
    assert found.metrics["offset.within_200ms"] > 0.8
    assert found.metrics["peer.audfprint2.recall.5s"] == 0.0  # it scores everything alike
    assert found.metrics["peer.audfprint2.fpr"] == 1.0
    assert 10 < found.metrics["index_kb_per_min"] < 100
    undocumented = [name for name in found.metrics if describe("recognition", name) is None]
    assert undocumented == []
    assert any("chromaprint" in note for note in found.notes)

    before = oracle.asked
    again = ask_peers(peers, data, store, questions, cache / "answers", SilentProgress())
    assert oracle.asked == before  # read, not asked again
    assert again[0][0].kept
    assert dataclasses.replace(again[0][0], kept=False) == asked[0][0]


def _missing() -> _Oracle:
    raise ImportError


@pytest.mark.integration
def test_clips_are_the_same_each_time_and_more_of_them_change_none(
    corpus: tuple[Corpus, Path], music: Path, tmp_path: Path
) -> None:
    if shutil.which("espeak-ng") is None:
        pytest.skip("the talkers need espeak-ng")
    data, cache = corpus
    few = list(
        ClipStore(data, music, cache).clips(
            "test", Amount(2, 1), lengths_s=[2], names=["pink_0", "phone_bar_0"]
        )
    )
    more = list(
        ClipStore(data, music, tmp_path).clips(
            "test", Amount(3, 2), lengths_s=[2], names=["phone_bar_0"]
        )
    )
    assert [clip.facts.truth is None for clip in few] == [False, False, True] * 2
    assert len({clip.facts.source for clip in more}) == 5
    first = next(clip for clip in few if clip.facts.condition == "phone_bar_0")
    assert first.facts == more[0].facts
    assert np.array_equal(first.pcm, more[0].pcm)
    assert first.pcm.shape == (2 * _RATE_HZ,)
    assert first.engine_samples.shape == (2 * ENGINE_RATE_HZ,)
    assert np.abs(first.samples).max() <= 0.98 + 1e-4


@pytest.mark.unit
def test_the_split_is_even_over_packages_and_keeps_the_test_apart() -> None:
    tracks = [
        Track(f"{package}/{number}.ogg", package, 150.0, f"{package}{number}")
        for package in (*PACKAGES, SPARE_PACKAGE)
        for number in range(15)
    ]
    splits = split(tracks)
    test, dev = splits["test"], splits["dev"]
    assert (len(test.indexed), len(test.unknown)) == (220, 50)
    assert len(dev.indexed) + len(dev.unknown) == len(tracks) - 270
    parts = [set(part) for one in (test, dev) for part in (one.indexed, one.unknown)]
    assert len(set.union(*parts)) == sum(map(len, parts)) == len(tracks)
    assert SPARE_PACKAGE not in {track.package for track in (*test.indexed, *test.unknown)}
    sizes = [sum(track.package == package for track in test.indexed) for package in PACKAGES]
    assert max(sizes) - min(sizes) <= 1
    assert split(tracks) == splits
    assert split(tracks[::-1]) == splits


@pytest.mark.unit
def test_the_same_music_in_another_mix_is_found() -> None:
    one, other = (to_pcm(piece(number)) for number in (1, 2))
    noise = np.random.default_rng(0).normal(0, 300, len(one)).astype(np.int16)
    remixed = (one // 3 + noise)[ENGINE_RATE_HZ * 7 :]
    pairs = twins([words(one), words(other), words(remixed)])
    assert [(first, second) for first, second, _ in pairs] == [(0, 2)]
    assert pairs[0][2] < 0.2


@pytest.mark.unit
def test_a_shared_loop_under_another_tune_is_found() -> None:
    loop, one, other = (piece(number) for number in (3, 4, 5))
    late = 7 * ENGINE_RATE_HZ
    first = words(to_pcm(0.2 * one + 0.5 * loop))
    second = words(to_pcm((0.2 * other)[:-late] + 0.5 * loop[late:]))
    assert closest(first, second) < SHARED_ERROR
    assert closest(words(to_pcm(one)), words(to_pcm(other))) > SHARED_ERROR
    assert closest(first[:100], second) == 1.0


@pytest.mark.unit
def test_without_music_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REFRAIN_EVAL_RECOGNITION", raising=False)
    with pytest.raises(EvaluationImpossible, match="REFRAIN_EVAL_RECOGNITION"):
        RecognitionEvaluation().run(quick=True, progress=SilentProgress())


@pytest.mark.integration
def test_with_half_of_the_packages_it_refuses(music: Path, tmp_path: Path) -> None:
    with pytest.raises(EvaluationImpossible, match="5 usable recordings"):
        corpora.load_corpus(music, tmp_path, SilentProgress())
