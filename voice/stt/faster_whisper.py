"""An alternative transcriber: faster-whisper, with weights in a folder of one's own.

An optional extra. It needs no torch and takes any Whisper that was converted for CTranslate2, such
as a larger one; it costs about twice the CPU time of the default for a short request, because it
always encodes 30 s.
"""

import asyncio
import hashlib
import math
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import HearingFailed, ModelFileUnusable, UnusableAudio
from voice.stt.serving import FairServing
from voice.stt.transcriber import Transcript, Urgency

MAX_CLIP_S: Final = 30.0
_SHORTEST_S: Final = 0.05
_MAX_TOKENS: Final = 96
"""Far more than anybody says in 30 s to a music assistant; a model that repeats itself stops."""
_NEEDED: Final = ("model.bin", "config.json", "tokenizer.json")
"""faster-whisper would fetch a missing tokenizer from the network."""
_VOCABULARIES: Final = ("vocabulary.json", "vocabulary.txt")


@dataclass(frozen=True, slots=True)
class _Utterance:
    samples: Samples
    language: str | None
    prompt: str


class FasterWhisperTranscriber:
    """Transcribes with faster-whisper in threads; see `Transcriber`. Never touches the network."""

    def __init__(
        self,
        folder: Path,
        *,
        workers: int = 1,
        compute_type: str = "int8",
        sha256: str | None = None,
        name: str = "",
    ) -> None:
        """Say what to use; nothing is loaded before `start`.

        Args:
            folder: holds model.bin, config.json, tokenizer.json and vocabulary.json (or .txt).
            workers: utterances at once; each uses one core.
            compute_type: as CTranslate2 names them: "int8", "float32" and others.
            sha256: what model.bin must be; None when nobody knows.
            name: for people; the folder's name when empty.
        """
        self._folder = folder
        self._workers = workers
        self._compute_type = compute_type
        self._sha256 = sha256
        self._name = name or f"faster-whisper {folder.name}"
        self._model: Any = None
        self._threads = ThreadPoolExecutor(workers, "hearing")
        self._serving = FairServing(self._hear, workers)

    @property
    def name(self) -> str:
        return self._name

    async def start(self) -> None:
        """Load the model and use it once, so that the first request does not wait for that.

        Raises:
            ModelFileUnusable: a file or the package is missing, or the weights are others.
        """
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, self._load)

    async def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None = None,
        prompt: str = "",
        urgency: Urgency = Urgency.FINAL,
        who: str = "",
    ) -> Transcript:
        seconds = len(samples) / HEARING_RATE_HZ
        if seconds < _SHORTEST_S:
            return Transcript("", language or "", 0.0, 1.0, seconds)
        newest = np.ascontiguousarray(samples[-round(MAX_CLIP_S * HEARING_RATE_HZ) :], np.float32)
        if not np.isfinite(newest).all():
            raise UnusableAudio("The sound holds values that are no numbers.")
        if self._model is None:
            raise HearingFailed("The speech recogniser does not run.")
        return await self._serving.ask(
            _Utterance(newest, language, prompt), who=who, urgency=urgency
        )

    async def close(self) -> None:
        await self._serving.close()
        await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)
        self._model = None

    async def _hear(self, utterance: _Utterance) -> Transcript:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._transcribe, utterance)

    def _load(self) -> None:
        missing = [name for name in _NEEDED if not (self._folder / name).is_file()]
        if not any((self._folder / name).is_file() for name in _VOCABULARIES):
            missing.append(_VOCABULARIES[0])
        if missing:
            raise ModelFileUnusable(f"{self._folder.name} lacks {', '.join(missing)}.")
        weights = self._folder / "model.bin"
        if self._sha256 is not None and _sha256(weights) != self._sha256:
            raise ModelFileUnusable(f"{weights.name} is not what it should be; it is not loaded.")
        try:
            from faster_whisper import WhisperModel  # noqa: PLC0415  an optional extra
        except ImportError as error:
            raise ModelFileUnusable(
                "faster-whisper is not installed: pip install 'refrain[faster-whisper]'."
            ) from error
        try:
            self._model = WhisperModel(
                str(self._folder),
                device="cpu",
                compute_type=self._compute_type,
                cpu_threads=1,
                num_workers=self._workers,
                local_files_only=True,
            )
            self._transcribe(_Utterance(np.zeros(HEARING_RATE_HZ, np.float32), "en", ""))
        except (RuntimeError, ValueError, OSError, HearingFailed) as error:
            self._model = None
            raise ModelFileUnusable(f"{self._folder.name} cannot be loaded: {error}") from error

    def _transcribe(self, utterance: _Utterance) -> Transcript:
        try:
            segments, about = self._model.transcribe(
                utterance.samples,
                language=utterance.language,
                beam_size=1,
                temperature=0.0,
                condition_on_previous_text=False,
                without_timestamps=True,
                hotwords=utterance.prompt or None,
                max_new_tokens=_MAX_TOKENS,
            )
            said = list(segments)
        except (RuntimeError, ValueError) as error:
            raise HearingFailed(f"faster-whisper broke: {error}") from error
        return Transcript(
            text="".join(one.text for one in said).strip(),
            language=str(about.language),
            confidence=_confidence(said),
            no_speech=max((float(one.no_speech_prob) for one in said), default=1.0),
            audio_s=len(utterance.samples) / HEARING_RATE_HZ,
        )


def _confidence(segments: Iterable[Any]) -> float:
    weighed = [(len(one.tokens), float(one.avg_logprob)) for one in segments if one.tokens]
    count = sum(tokens for tokens, _ in weighed)
    if not count:
        return 0.0
    return min(1.0, math.exp(sum(tokens * mean for tokens, mean in weighed) / count))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
