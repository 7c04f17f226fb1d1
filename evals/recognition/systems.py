"""What is compared: recognisers that index recordings and answer clips."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from evals.recognition.resampling import to_signal
from evals.recognition.tracks import Pcm
from knowledge.fingerprint.fingerprinter import Fingerprinter
from knowledge.fingerprint.index import FingerprintIndex
from knowledge.fingerprint.models import FINGERPRINT_VERSION
from knowledge.fingerprint.recogniser import Recogniser


@dataclass(frozen=True, slots=True)
class Sound:
    """The same 16-bit mono sound at both rates; reading it is nobody's cost."""

    pcm: Pcm
    engine_pcm: Pcm


@dataclass(frozen=True, slots=True)
class Answer:
    """What a recogniser says of one clip.

    Attributes:
        recording: the one it ranks first; None when it has none.
        score: what it ranks by; larger is better.
        offset_s: where in the recording the clip begins.
        claimed: whether it would name the recording to a user.
        probability: of being right, where a recogniser states one.
    """

    recording: str | None = None
    score: float = 0.0
    offset_s: float = 0.0
    claimed: bool = False
    probability: float | None = None


class System(Protocol):
    """A recogniser under test. `prepare` is not timed, `add` and `answer` are."""

    name: str
    """Part of the names of metrics."""
    version: str
    """Changes when answers may; answers are kept by it."""

    def prepare(self, sound: Sound) -> Any:
        """Bring a sound to the rate and type that the recogniser wants."""

    def add(self, recordings: Iterable[tuple[str, Any]]) -> None:
        """Index prepared recordings."""

    def answer(self, prepared: Any) -> Answer:
        """Name the recording that a prepared clip comes from."""

    def index_bytes(self) -> int:
        """Say how large the index is: for peers as packed postings."""

    def close(self) -> None:
        """Let go of memory and files."""


class OwnEngine:
    """`knowledge.fingerprint` as the product uses it, its index in a folder."""

    name = "refrain"
    version = str(FINGERPRINT_VERSION)

    def __init__(self, folder: Path) -> None:
        self._index = FingerprintIndex.open(folder)
        self._fingerprinter = Fingerprinter()
        self._recogniser = Recogniser(self._index)
        self._recogniser.warm()

    def prepare(self, sound: Sound) -> Any:
        """Bring to floats at 11,025 Hz."""
        return to_signal(sound.engine_pcm)

    def add(self, recordings: Iterable[tuple[str, Any]]) -> None:
        """Fingerprint, and add in one commit."""
        fingerprint = self._fingerprinter.fingerprint
        self._index.add({key: fingerprint(samples) for key, samples in recordings})

    def answer(self, prepared: Any) -> Answer:
        """Take the first candidate, and whether it may be named."""
        recognised = self._recogniser.recognise(prepared)
        if not recognised.matches:
            return Answer()
        first = recognised.matches[0]
        return Answer(
            recording=first.recording,
            score=first.score,
            offset_s=first.offset_s,
            claimed=recognised.best is not None,
            probability=first.probability,
        )

    def index_bytes(self) -> int:
        """Bytes on disk."""
        return self._index.size_bytes

    def close(self) -> None:
        """Close the index."""
        self._index.close()
