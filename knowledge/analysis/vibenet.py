"""Asks vibenet for its opinion on energy, valence, danceability and more: optional, and apart.

The model is free software under the GNU General Public License, version 3 or later, and is no part
of Refrain: it is heard only where somebody has fetched it (`refrain models get vibenet`). It runs
in a process of its own, which is told samples and answers with numbers. Nothing of its package is
imported; what it hears is prepared here, from the description of its input.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import numpy as np

from knowledge.analysis.musicnn.mel import RATE, mel_power
from knowledge.analysis.onnx_file import open_onnx
from knowledge.analysis.sound import Axis
from knowledge.analysis.tagger import Heard
from knowledge.audio.decoder import Samples
from knowledge.errors import MusicModelUnusable, WorkerUnusable
from knowledge.worker import Worker

VIBENET = "vibenet"
"""Name of the model, in `Sound.models` and among the model files."""
VIBENET_RATE = RATE
"""Hertz of what it hears."""
VIBENET_FILE = "efficientnet_model.onnx"
_PATIENCE = 3
"""After so many failures it is not asked any more."""
_INPUT = "x"
_HEARS_S = 30
"""Of a longer stretch, the middle."""
_MAX_BYTES = 64 << 20
_TIMEOUT_S = 60.0
_FLOOR = 1e-10
_TOP_DB = 80.0
_LOUDEST = 8.0
# Its answers in their order; those without an axis, liveness and speechiness, hardly vary.
_ANSWERS: tuple[tuple[Axis | None, bool], ...] = (
    (Axis.ACOUSTICNESS, True),
    (Axis.DANCEABILITY, False),
    (Axis.ENERGY, False),
    (Axis.INSTRUMENTALNESS, True),
    (None, True),
    (None, False),
    (Axis.VALENCE, False),
)
"""The axis, and whether the number is a logit rather than the value itself."""

Opinion = Mapping[Axis, float]
Ask = Callable[[Samples], Opinion]


class Vibenet:
    """The model in a process of its own. Use it in a `with` statement, from one thread."""

    def __init__(self, folder: Path) -> None:
        """Prepare to ask; the process starts with the first question.

        Args:
            folder: where `refrain models get vibenet` has put the file.
        """
        self._worker: Worker[Samples, Opinion] = Worker(partial(open_model, folder))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def opinion(self, samples: Samples) -> Opinion:
        """Return what it says of a stretch, 0 to 1 by axis.

        Args:
            samples: mono at `VIBENET_RATE`, shape (n,).

        Raises:
            MusicModelUnusable: the model is missing or damaged, or broke.
            WorkerUnusable: its process cannot be started.
        """
        middle = max(0, (samples.size - _HEARS_S * RATE) // 2)
        heard = np.ascontiguousarray(samples[middle : middle + _HEARS_S * RATE], np.float32)
        outcome = self._worker.call(heard, timeout_s=_TIMEOUT_S)
        if outcome.result is None:
            raise MusicModelUnusable(f"vibenet did not answer: {outcome.refusal or outcome.crash}")
        return outcome.result

    def close(self) -> None:
        """End its process."""
        self._worker.close()


class Tagger(Protocol):
    """What hears a stretch of music: see `knowledge.analysis.tagger.MusicTagger`."""

    @property
    def tag_names(self) -> tuple[str, ...]: ...
    def hear(self, samples: Samples) -> Heard: ...


class WithVibenet:
    """A tagger that gives vibenet's opinion along with what it hears itself."""

    def __init__(self, tagger: Tagger, folder: Path) -> None:
        """Ask the model in `folder` whenever `tagger` hears something."""
        self._tagger = tagger
        self._model = Vibenet(folder)
        self._failed = 0

    @property
    def tag_names(self) -> tuple[str, ...]:
        return self._tagger.tag_names

    def hear(self, samples: Samples) -> Heard:
        """As `MusicTagger.hear`; without an opinion when vibenet does not answer."""
        heard = self._tagger.hear(samples)
        if self._failed >= _PATIENCE:
            return heard
        try:
            return replace(heard, opinion=self._model.opinion(samples))
        except (MusicModelUnusable, WorkerUnusable):
            self._failed += 1
            return heard

    def close(self) -> None:
        """End vibenet's process; the end of this one ends it as well."""
        self._model.close()


def open_model(folder: Path) -> Ask:
    """Open the model, in its own process. What is wrong with the file is said when it is asked."""
    try:
        session = open_onnx(folder / VIBENET_FILE, model=VIBENET, most_bytes=_MAX_BYTES)
    except MusicModelUnusable as error:
        return partial(_refuse, str(error))
    return partial(_ask, session)


def _refuse(why: str, _: Samples) -> Opinion:
    raise MusicModelUnusable(why)


def _ask(session: Any, samples: Samples) -> Opinion:
    (answers,) = session.run(None, {_INPUT: vibenet_input(samples)})
    numbers = np.asarray(answers, np.float64).reshape(-1)
    if numbers.size != len(_ANSWERS) or not np.isfinite(numbers).all():
        raise MusicModelUnusable("vibenet answered what it should not.")
    return {
        axis: float(1 / (1 + np.exp(-number)) if logit else np.clip(number, 0, 1))
        for (axis, logit), number in zip(_ANSWERS, numbers, strict=True)
        if axis is not None
    }


def vibenet_input(samples: Samples) -> Samples:
    """Return what the model hears: decibels of mel power, shape (1, 128, frames), float32."""
    clean = np.nan_to_num(samples, nan=0.0, posinf=_LOUDEST, neginf=-_LOUDEST)
    power = mel_power(
        np.clip(clean, -_LOUDEST, _LOUDEST),
        window=640,
        size=1024,
        hop=320,
        bands=128,
        centred=False,
    )
    decibels = 10 * np.log10(np.maximum(power, _FLOOR))
    heard: Samples = np.maximum(decibels, decibels.max() - _TOP_DB).T[None].astype(np.float32)
    return heard
