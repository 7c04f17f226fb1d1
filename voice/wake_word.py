"""Somebody calls us: a small neural network listens for one phrase, and gates of ours check it.

The networks are microWakeWord's (a streaming MixConv over 40 filter-bank energies each 10 ms, with
an answer each 30 ms); pymicro-wakeword runs them for 3 ms of CPU time for each second of sound.
What they believe is not yet a hit. It must also

- hold for `window_ms` on average, above a cut-off: longer than the networks' authors ask for, which
  passing words rarely do, and in exchange less certain, which noise allows (`refrain eval
  wake_word`; both were chosen with its development voices);
- come while somebody speaks: a detector of voice activity, where one is given, listens to the last
  second again, which costs nothing as long as nobody calls;
- not come right after another hit, which is the same call.
"""

import hashlib
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np

from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import ModelFileUnusable
from voice.events import WakeWordHeard
from voice.vad import FRAME, VoiceActivity

_FRAME: Final = 160
"""Samples for which the network's front end wants to be asked: 10 ms."""
_STRIDE_MS: Final = 30
"""The network answers for each three frames."""
_SPOKEN: Final = 0.5
"""Probability from which a frame counts as voiced."""
_LOOK_BACK: Final = int(1.6 * HEARING_RATE_HZ)
"""What the detector of voice activity hears again; calling us takes about a second."""
_SETTLE_S: Final = 1.0
"""Faint noise that a fresh network hears first: from nothing at all it believes anything."""
_SETTLE_LEVEL: Final = 1e-4


@dataclass(frozen=True, slots=True)
class KnownWakeWord:
    """A phrase that a network was trained for."""

    phrase: str
    """As it is said, such as "Okay Nabu"."""
    sha256: str
    """Of the network's file, `<word>.tflite`."""
    cutoff: float
    """Mean probability from which it counts."""
    window_ms: int
    """How long it must be believed on average; a multiple of 30."""


WAKE_WORDS: Final[Mapping[str, KnownWakeWord]] = {
    "okay_nabu": KnownWakeWord(
        "Okay Nabu", "d89128c4d16a72de429119fb2254ce46649553c2a24f5dd840175c80d7b9d094", 0.7, 330
    ),
    "hey_jarvis": KnownWakeWord(
        "Hey Jarvis", "21a7976add39ee24ec96c63d96b7aaa18e24d1d9824b963e451da8feb4b78b77", 0.8, 210
    ),
    "hey_mycroft": KnownWakeWord(
        "Hey Mycroft", "c2a9b6ed51182db72e014781d5a4ece1929dc232a40b5b4be384f0295f0e1571", 0.95, 330
    ),
    # Another product's name: for tests with real recordings, never offered to users.
    "alexa": KnownWakeWord(
        "Alexa", "9011a8155b04de858c48038529235cbc0e42e9fca05a55bf588cb80a653a723b", 0.9, 150
    ),
}
OFFERED_WAKE_WORDS: Final = ("okay_nabu", "hey_jarvis", "hey_mycroft")


@dataclass(frozen=True, slots=True)
class WakeWordOptions:
    """How sure it must be."""

    cutoff: float | None = None
    """Mean probability from which it counts, 0..1; None for the word's own. Higher means that it
    must be called more clearly, and wakes less often by mistake."""
    window_ms: int | None = None
    """How long it must be believed; None for the word's own."""
    cool_down_ms: int = 1_500
    """Nothing counts for so long after a hit."""
    speech_ms: int = 200
    """How much of the last 1.6 s must be voiced, where a detector of voice activity is given."""


class WakeWord:
    """Listens for one phrase in one stream of sound. Not safe for use by several threads at once.

    Cheap enough for the event loop: a chunk of 20 ms takes 0.1 ms.
    """

    def __init__(
        self,
        word: str = "okay_nabu",
        path: Path | None = None,
        *,
        vad: VoiceActivity | None = None,
        options: WakeWordOptions | None = None,
    ) -> None:
        """Load the network of `word`.

        Args:
            word: one of `WAKE_WORDS`.
            path: the network's file, or the folder that holds it; None for the one in the
                installed package.
            vad: a detector of its own, not the one that listens along elsewhere: it is reset.
            options: how sure it must be.

        Raises:
            ModelFileUnusable: there is no such word, or its file or the package that runs it is
                missing, or the file's checksum is wrong.
        """
        known = WAKE_WORDS.get(word)
        if known is None:
            raise ModelFileUnusable(
                f'There is no wake word "{word}"; there are {", ".join(OFFERED_WAKE_WORDS)}.'
            )
        self.word = word
        self._options = options = WakeWordOptions() if options is None else options
        self._cutoff = known.cutoff if options.cutoff is None else options.cutoff
        self._network = _Network(verified_file(word, path))
        self._vad = vad
        window_ms = known.window_ms if options.window_ms is None else options.window_ms
        self._beliefs: deque[float] = deque(maxlen=max(1, window_ms // _STRIDE_MS))
        self._rest = np.zeros(0, np.int16)
        self._recent = np.zeros(0, np.float32)
        self._heard = 0
        self._quiet_until_ms = 0
        self._settle()

    def feed(self, samples: Samples) -> tuple[WakeWordHeard, ...]:
        """Listen on; mono at `HEARING_RATE_HZ`, any number of samples.

        Returns:
            Each time that the phrase ended in these samples, by the time at which it was sure.
        """
        fresh = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
        start, hits = self._heard - self._rest.size, []
        pcm = np.concatenate([self._rest, np.rint(np.clip(fresh, -1, 1) * 32_767).astype(np.int16)])
        whole = pcm.size // _FRAME * _FRAME
        for at in range(0, whole, _FRAME):
            belief = self._network.hear(pcm[at : at + _FRAME])
            if belief is None:
                continue
            self._beliefs.append(belief)
            end = start + at + _FRAME
            at_ms = end * 1_000 // HEARING_RATE_HZ
            if self._believed() and at_ms >= self._quiet_until_ms:
                self._remember(fresh[: max(end - self._heard, 0)])
                fresh, self._heard = fresh[max(end - self._heard, 0) :], max(end, self._heard)
                if self._is_spoken():
                    hits.append(WakeWordHeard(self.word, at_ms))
                    self._quiet_until_ms = at_ms + self._options.cool_down_ms
                self._beliefs.clear()
        self._rest = pcm[whole:]
        self._remember(fresh)
        self._heard += fresh.size
        return tuple(hits)

    def reset(self) -> None:
        """Forget what was heard, as if the next sample were the first."""
        self._network.reset()
        self._beliefs.clear()
        self._rest, self._recent = self._rest[:0], self._recent[:0]
        self._heard = self._quiet_until_ms = 0
        self._settle()

    def close(self) -> None:
        """Free the network; nothing may be fed any more."""
        self._network.close()

    def _settle(self) -> None:
        noise = np.random.default_rng(0).standard_normal(int(_SETTLE_S * HEARING_RATE_HZ))
        pcm = np.rint(noise * _SETTLE_LEVEL * 32_767).astype(np.int16)
        for at in range(0, pcm.size, _FRAME):
            self._network.hear(pcm[at : at + _FRAME])

    def _believed(self) -> bool:
        enough = len(self._beliefs) == self._beliefs.maxlen
        return enough and sum(self._beliefs) / len(self._beliefs) > self._cutoff

    def _remember(self, samples: Samples) -> None:
        self._recent = np.concatenate([self._recent, samples])[-_LOOK_BACK:]

    def _is_spoken(self) -> bool:
        if self._vad is None:
            return True
        self._vad.reset()
        frames = len(self._recent) // FRAME
        newest = self._recent[len(self._recent) - frames * FRAME :].reshape(frames, FRAME)
        wanted = self._options.speech_ms * HEARING_RATE_HZ // (1_000 * FRAME)
        voiced = (1 for frame in newest if self._vad.probability(frame) >= _SPOKEN)
        return sum(islice(voiced, wanted)) >= wanted


def verified_file(word: str, path: Path | None = None) -> Path:
    """Find the network of a word in `WAKE_WORDS`, and compare its checksum.

    Raises:
        ModelFileUnusable: it is missing, or its checksum is wrong.
    """
    folder = _installed_folder() if path is None else path
    file = folder / f"{word}.tflite" if folder.is_dir() else folder
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelFileUnusable(f"{file.name} cannot be read: {error.strerror}.") from error
    if found != WAKE_WORDS[word].sha256:
        raise ModelFileUnusable(f"{file.name} is not the wake word that we know; not loaded.")
    return file


def _installed_folder() -> Path:
    spec = find_spec("pymicro_wakeword")
    if spec is None or spec.origin is None:
        raise ModelFileUnusable("Wake words need the package pymicro-wakeword.")
    return Path(spec.origin).parent / "models"


class _Network:
    """pymicro-wakeword's front end and network: 10 ms in, now and then a probability out."""

    def __init__(self, file: Path) -> None:
        try:
            # Heavy for those who call by a button: only who waits for a word pays for it.
            front_end = import_module("pymicro_features")
            package = import_module("pymicro_wakeword")
        except (ImportError, OSError) as error:
            raise ModelFileUnusable(f"Wake words cannot be heard here: {error}") from error
        library = next(
            iter((Path(str(package.__file__)).parent / "lib").glob("*tensorflowlite_c.*")), None
        )
        if library is None:
            raise ModelFileUnusable("pymicro-wakeword has no TensorFlow Lite for this machine.")
        self._front: Any = front_end.MicroFrontend()
        try:
            self._model: Any = package.MicroWakeWord(
                id=file.stem,
                wake_word=file.stem,
                tflite_model=file,
                probability_cutoff=1.0,
                sliding_window_size=1,
                trained_languages=[],
                libtensorflowlite_c_path=library,
            )
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelFileUnusable(f"{file.name} cannot be loaded: {error}") from error
        self._frames = 0

    def hear(self, pcm: Any) -> float | None:
        """Take 160 samples, int16; returns the probability, 0..1, when there is a new one."""
        features = self._front.process_samples(pcm.tobytes()).features
        if not features:
            return None
        belief = self._model.process_streaming_prob(np.array(features).reshape(1, 1, -1))
        self._frames += 1
        return float(belief) if self._frames % self._model.stride == 0 else None

    def reset(self) -> None:
        self._front.reset()
        self._model.reset()
        self._frames = 0

    def close(self) -> None:
        self._model.close()
