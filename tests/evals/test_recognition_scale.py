"""Made-up fingerprints, and the evaluation at sizes."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from evals.documentation import describe
from evals.recognition.clips import ClipFacts
from evals.recognition.generated import RECORDING_S, MadeUpRecordings, piece
from evals.recognition.scale import QUICK, Size, _ask, _report
from knowledge.fingerprint.fingerprinter import Fingerprinter
from knowledge.fingerprint.index import FingerprintIndex
from knowledge.fingerprint.models import CODE_HOP, FRAMES_PER_S


@pytest.fixture(scope="module")
def made_up() -> MadeUpRecordings:
    fingerprinter = Fingerprinter()
    return MadeUpRecordings([fingerprinter.fingerprint(piece(number)) for number in range(4)])


@pytest.mark.unit
def test_made_up_recordings_are_dense_as_real_ones_and_each_is_another(
    made_up: MadeUpRecordings,
) -> None:
    real = Fingerprinter().fingerprint(piece(9))
    one, same, other = (made_up.fingerprint(number) for number in (1, 1, 2))
    assert one.frames == pytest.approx(RECORDING_S * FRAMES_PER_S, rel=0.01)
    density = len(one.hashes) / one.frames
    assert density == pytest.approx(len(real.hashes) / real.frames, rel=0.25)
    assert np.array_equal(one.hashes, same.hashes)
    assert len(np.intersect1d(one.hashes, other.hashes)) < 0.5 * len(one.hashes)
    assert all(np.diff(one.landmarks.astype(np.int64)) >= 0)
    assert one.times.max() < one.frames
    assert len(one.codes) == one.frames // CODE_HOP


@pytest.mark.integration
def test_a_recording_is_found_among_made_up_ones(made_up: MadeUpRecordings, tmp_path: Path) -> None:
    samples = piece(20)
    with FingerprintIndex.open(tmp_path) as index:
        index.add({"real": Fingerprinter().fingerprint(samples)})
        index.add({f"made-up-{number}": made_up.fingerprint(number) for number in range(100)})
    clips = [
        (_facts("real", "real"), samples[12 * 11_025 : 17 * 11_025]),
        (_facts("other", None), piece(21)[: 5 * 11_025]),
    ]
    size = _ask(tmp_path, clips, 101, 101 * RECORDING_S / 60)
    assert size.named_rightly == (True,)
    assert size.named == (False,)
    assert size.size_bytes > 1_000_000
    assert min(size.cpu_ms) > 0


@pytest.mark.unit
def test_the_metrics_of_all_sizes_are_documented() -> None:
    sizes = [
        Size(count, 1000 * count, 2.0 * count, 5.0, 200.0, 50.0, (3.0 * count,), (True,), (False,))
        for count in (220, 10_000, 100_000)
    ]
    found = _report(sizes, QUICK)
    assert [name for name in found.metrics if describe("recognition_scale", name) is None] == []
    assert found.metrics["cpu_growth"] == pytest.approx(1.0)
    assert found.metrics["native.recall.10000"] == 1.0
    assert all(one < other for one, other in pairwise(found.plots[0].series[0].y))


def _facts(source: str, truth: str | None) -> ClipFacts:
    return ClipFacts(source, truth, 12.0, "clean", "clean", 5, 1.0, 0.0, 0)
