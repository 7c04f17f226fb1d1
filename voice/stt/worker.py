"""The process that runs Whisper, so that neither the event loop nor its lock waits for it."""

import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import numpy as np

from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import ClipForgotten, HearingFailed, ModelFileUnusable
from voice.stt.phrase_book import PhraseBook, Spelled

_KEPT_CLIPS: Final = 32
_WARM_S: Final = 2.0
_TIDY_EVERY: Final = 25


@dataclass(frozen=True, slots=True)
class Hear:
    """Transcribe this sound."""

    samples: Samples
    languages: tuple[str, ...]
    prompt: str
    keep: bool = True
    """Whether texts may be scored against it later."""


@dataclass(frozen=True, slots=True)
class Score:
    """Tell how well texts fit sound that was heard."""

    clip: int | None
    """None: how usual the texts are when nothing is heard."""
    texts: tuple[str, ...]
    language: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Spell:
    """Hear a sound again as a request for names of a book."""

    clip: int
    key: str
    """Of the book."""
    book: PhraseBook | None
    """The book itself, where the process has not got it yet."""
    heard: str
    language: str
    limit: int


@dataclass(frozen=True, slots=True)
class Heard:
    text: str
    language: str
    confidence: float
    no_speech: float
    clip: int
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Scored:
    log_probabilities: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SpelledNames:
    found: tuple[Spelled, ...]


@dataclass(frozen=True, slots=True)
class NoBook:
    """The process does not have the book: it is to be given."""


@dataclass(frozen=True, slots=True)
class Broke:
    kind: str
    message: str


Request = Hear | Score | Spell
Answer = Heard | Scored | SpelledNames | NoBook


class WorkerProcess:
    """The parent's side of one process. Its methods block: call them in a thread, one at a time."""

    def __init__(self, weights: Path, *, quantised: bool) -> None:
        self._weights = weights
        self._quantised = quantised
        self._process: Any = None
        self._pipe: Connection | None = None

    def start(self) -> None:
        """Start it and wait until it is warm.

        Raises:
            ModelFileUnusable: the weights cannot be used.
            HearingFailed: the process died.
        """
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        arguments = (theirs, str(self._weights), self._quantised)
        self._process = context.Process(
            target=_serve, args=arguments, name="refrain-hearing", daemon=True
        )
        self._process.start()
        theirs.close()
        self._pipe = ours
        self._receive(timeout_s=180.0)

    def ask(self, request: Request, *, timeout_s: float) -> Answer:
        """Let it do one thing; a process that died before is started anew.

        Raises:
            ClipForgotten: it no longer knows the clip.
            HearingFailed: it died, or took longer than `timeout_s` and was ended.
        """
        if self._process is None or not self._process.is_alive():
            self.stop()
            self.start()
        try:
            self._connection().send(request)
        except OSError as error:
            self.stop()
            raise HearingFailed("The speech recogniser has died.") from error
        answer = self._receive(timeout_s=timeout_s)
        if not isinstance(answer, Heard | Scored | SpelledNames | NoBook):
            raise HearingFailed("The speech recogniser gave no answer.")
        return answer

    def kill(self) -> None:
        """Let it die, so that whoever waits for its answer is told; from any thread."""
        process = self._process
        if process is not None:
            with contextlib.suppress(ValueError, AttributeError):  # closed, or never begun
                process.kill()

    def stop(self) -> None:
        """End it."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None:
            self._process.join(0.5)
            if self._process.is_alive():
                self._process.kill()
                self._process.join(5)
            self._process.close()
            self._process = None

    def _receive(self, *, timeout_s: float) -> object:
        pipe = self._connection()
        try:
            if not pipe.poll(timeout_s):
                self.stop()
                raise HearingFailed("The speech recogniser took too long.")
            answer = pipe.recv()
        except (EOFError, OSError) as error:
            self.stop()
            raise HearingFailed("The speech recogniser has died.") from error
        if isinstance(answer, Broke):
            raise _ERRORS.get(answer.kind, HearingFailed)(answer.message)
        return answer

    def _connection(self) -> Connection:
        if self._pipe is None:
            raise HearingFailed("The speech recogniser does not run.")
        return self._pipe


_ERRORS: Final[dict[str, type[Exception]]] = {
    "ModelFileUnusable": ModelFileUnusable,
    "ClipForgotten": ClipForgotten,
}


def _serve(pipe: Connection, weights: str, quantised: bool) -> None:
    """The process: answer until the parent has gone."""
    # An interrupt at the terminal goes to all processes; the parent decides when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        ears = _Ears(Path(weights), quantised=quantised)
    except Exception as error:  # noqa: BLE001  told to the parent, which has somebody to tell
        pipe.send(Broke(type(error).__name__, str(error)))
        return
    pipe.send("ready")
    while True:
        try:
            request: Request = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: object = ears.answer(request)
        except Exception as error:  # noqa: BLE001
            answer = Broke(type(error).__name__, str(error))
        try:
            pipe.send(answer)
        except OSError:
            return


def _a_core_is_idle() -> bool:
    """Whether a second thread would be of use: on a busy machine two cost twice the time of one."""
    try:
        running = int(Path("/proc/loadavg").read_text("ascii").split()[3].partition("/")[0])
    except (OSError, ValueError, IndexError):  # only Linux tells
        return False
    return running < (os.cpu_count() or 1)  # this process is one of those that run


def _give_back() -> None:
    """Return freed memory to the system: the C library keeps hundreds of megabytes otherwise."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # only glibc can
        ctypes.CDLL(None).malloc_trim(0)


class _Ears:
    def __init__(self, weights: Path, *, quantised: bool) -> None:
        import torch  # noqa: PLC0415  only this process loads it

        torch.set_num_threads(1)
        self._set_threads = torch.set_num_threads
        from voice.stt.decoding import WhisperDecoder  # noqa: PLC0415
        from voice.stt.whisper_model import WhisperModel  # noqa: PLC0415

        self._decoder = WhisperDecoder(WhisperModel(weights, quantised=quantised))
        self._clips: OrderedDict[int, Any] = OrderedDict()
        self._count = 0
        self._answered = 0
        self._book = ""
        self._speller: Any = None
        noise = np.random.default_rng(0).normal(0, 1e-3, round(_WARM_S * HEARING_RATE_HZ))
        heard = self._hear(Hear(noise.astype(np.float32), (), ""))
        for clip in (heard.clip, None):
            self._score(Score(clip, ("warm", "up"), "en", "warm"))
        _give_back()

    def answer(self, request: Request) -> Answer:
        self._answered += 1
        if self._answered % _TIDY_EVERY == 0:
            _give_back()
        self._set_threads(2 if _a_core_is_idle() else 1)
        if isinstance(request, Hear):
            return self._hear(request)
        return self._spell(request) if isinstance(request, Spell) else self._score(request)

    def _hear(self, request: Hear) -> Heard:
        started = time.process_time()
        decoded, features = self._decoder.hear(
            request.samples, languages=request.languages, prompt=request.prompt
        )
        self._count += 1
        if request.keep:
            self._clips[self._count] = features
        while len(self._clips) > _KEPT_CLIPS:
            self._clips.popitem(last=False)
        return Heard(
            text=decoded.text,
            language=decoded.language,
            confidence=float(np.exp(min(0.0, decoded.mean_log_probability))),
            no_speech=decoded.no_speech,
            clip=self._count,
            cpu_ms=(time.process_time() - started) * 1000,
        )

    def _score(self, request: Score) -> Scored:
        texts: Sequence[str] = request.texts
        features = None if request.clip is None else self._kept(request.clip)
        scores = self._decoder.score(
            features, texts, language=request.language, prompt=request.prompt
        )
        return Scored(scores)

    def _spell(self, request: Spell) -> SpelledNames | NoBook:
        features = self._kept(request.clip)
        if request.key != self._book:
            if request.book is None:
                return NoBook()
            self._speller = self._decoder.speller(request.book, language=request.language)
            self._book = request.key
        found = self._decoder.spell(
            features,
            self._speller,
            heard=request.heard,
            language=request.language,
            limit=request.limit,
        )
        return SpelledNames(found)

    def _kept(self, clip: int) -> Any:
        features = self._clips.get(clip)
        if features is None:
            raise ClipForgotten("That sound is no longer kept.")
        return features
