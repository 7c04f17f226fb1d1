"""Fit the decision of `knowledge.fingerprint.decision` to the development clips, and print it.

Run `python -m evals.recognition.calibration`. The recordings of the test split are not touched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.progress import SilentProgress
from evals.recognition.clips import LENGTHS_S, Amount, ClipStore
from evals.recognition.corpus import Corpus, load_corpus
from evals.recognition.folders import cache_folder, music_folder
from evals.recognition.resampling import ENGINE_RATE_HZ, to_signal
from knowledge.fingerprint.decision import CERTAIN, LIKELY, Evidence
from knowledge.fingerprint.fingerprinter import Fingerprinter
from knowledge.fingerprint.index import FingerprintIndex
from knowledge.fingerprint.recogniser import Recogniser

_AMOUNT = Amount(known=10, unknown=6)


@dataclass(frozen=True, slots=True)
class Example:
    """The best contender of one clip.

    Attributes:
        evidence: what speaks for it.
        right: whether it is the recording that the clip comes from.
        known: whether that recording is in the index at all.
    """

    evidence: Evidence
    right: bool
    known: bool


def index_development(corpus: Corpus, index: FingerprintIndex) -> None:
    """Index the development recordings, and each one backwards: music that matches nothing."""
    make = Fingerprinter().fingerprint
    prints = {}
    for track in corpus.splits["dev"].indexed:
        samples = to_signal(corpus.pcm(track, ENGINE_RATE_HZ))
        prints[track.key] = make(samples)
        prints["backwards " + track.key] = make(np.ascontiguousarray(samples[::-1]))
    index.add(prints)


def examples(store: ClipStore, recogniser: Recogniser, *, peaks_alone: bool) -> Iterator[Example]:
    """Yield an example for each development clip."""
    for clip in store.clips("dev", _AMOUNT, lengths_s=LENGTHS_S):
        first, evidence = recogniser.best_evidence(clip.engine_samples, peaks_alone=peaks_alone)
        yield Example(evidence, first == clip.facts.truth, clip.facts.truth is not None)


def main() -> None:
    """Print the coefficients, and what they do to the examples they were fitted to."""
    music, cache = music_folder(), cache_folder()
    corpus = load_corpus(music, cache, SilentProgress())
    index = FingerprintIndex.open(cache / "calibration-index")
    index_development(corpus, index)
    store, recogniser = ClipStore(corpus, music, cache), Recogniser(index)
    alone = list(examples(store, recogniser, peaks_alone=True))
    _fit("the peaks alone", alone, [(one.evidence.lead, one.evidence.mean) for one in alone])
    both = examples(store, recogniser, peaks_alone=False)
    judged = [one for one in both if one.evidence.likeness is not None]
    features = [(one.evidence.lead, one.evidence.mean, one.evidence.likeness) for one in judged]
    _fit("both witnesses", judged, features)


def _fit(name: str, found: Sequence[Example], features: Sequence[Any]) -> None:
    # Only this command needs scikit-learn.
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    values = np.array(features, np.float64)
    right = np.array([one.right for one in found])
    known = np.array([one.known for one in found])
    # The features get about the same range, so that the penalty treats them alike.
    ranges = np.array((1.0, 5.0, 10.0))[: values.shape[1]]
    model = LogisticRegression(C=3, max_iter=5000).fit(values * ranges, right)
    weights = ", ".join(f"{weight:.3f}" for weight in model.coef_[0] * ranges)
    print(f"{name}: bias {model.intercept_[0]:.2f}, weights {weights}")
    chance: NDArray[np.float64] = model.predict_proba(values * ranges)[:, 1]
    for word, least in (("likely", LIKELY), ("certain", CERTAIN)):
        claimed = chance >= least
        print(
            f"  {word}: {np.mean(claimed[known] & right[known]):.1%} of {known.sum()} known clips "
            f"named, {np.mean(claimed[~known]):.2%} of {np.count_nonzero(~known)} unknown ones"
        )


if __name__ == "__main__":
    main()
