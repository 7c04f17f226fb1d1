"""The default transcriber: openai-whisper in worker processes, served fairly."""

import asyncio
import contextlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import numpy as np

from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import ClipForgotten, HearingFailed, ModelFileUnusable, UnusableAudio
from voice.stt.fair_queue import FairQueue, Waiting
from voice.stt.phrase_book import PhraseBook, Spelled
from voice.stt.transcriber import Transcript, Urgency
from voice.stt.worker import (
    Answer,
    Hear,
    Heard,
    Request,
    Score,
    Scored,
    Spell,
    SpelledNames,
    WorkerProcess,
)

MAX_CLIP_S: Final = 30.0
MAX_TEXTS: Final = 32
_TIMEOUT_S: Final = 60.0
_SHORTEST_S: Final = 0.05


class WhisperTranscriber:
    """Transcribes and scores with Whisper; see `Transcriber` and `ScoresTexts`."""

    def __init__(
        self,
        weights: Path,
        *,
        workers: int = 1,
        quantised: bool = True,
        languages: Sequence[str] = (),
        name: str = "whisper-base",
    ) -> None:
        """Say what to use; nothing is loaded before `start`.

        Args:
            weights: model.bin of a Whisper conversion for CTranslate2.
            workers: processes; each holds the model and uses one core.
            quantised: compute with 8-bit integers.
            languages: of those that are spoken here; none means any of Whisper's.
            name: for people.
        """
        self._name = name
        self._weights = weights
        self._languages = tuple(languages)
        self._workers = [WorkerProcess(weights, quantised=quantised) for _ in range(workers)]
        self._threads = ThreadPoolExecutor(workers, "hearing")
        self._queue: FairQueue[Request] = FairQueue()
        self._serving: list[asyncio.Task[None]] = []
        self._closed = False

    @property
    def name(self) -> str:
        return self._name

    @property
    def waiting(self) -> int:
        """How many utterances wait for a worker."""
        return self._queue.waiting

    async def start(self) -> None:
        """Load the model in every worker.

        Raises:
            ModelFileUnusable: the weights cannot be used.
            HearingFailed: a worker died.
        """
        if not self._weights.is_file():
            raise ModelFileUnusable(f"There is no file {self._weights.name}.")
        loop = asyncio.get_running_loop()
        starting = [loop.run_in_executor(self._threads, one.start) for one in self._workers]
        results = await asyncio.gather(*starting, return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                await self.close()
                raise result
        self._serving = [
            asyncio.create_task(self._serve(index)) for index in range(len(self._workers))
        ]

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
        languages = self._languages if language is None else (language,)
        keep = urgency is Urgency.FINAL
        hear = Hear(newest, languages, prompt, keep)
        worker, heard = await self._ask(hear, who=who, urgency=urgency)
        if not isinstance(heard, Heard):
            raise HearingFailed("The speech recogniser gave another answer than asked for.")
        return Transcript(
            text=heard.text,
            language=heard.language,
            confidence=heard.confidence,
            no_speech=heard.no_speech,
            audio_s=seconds,
            clip_id=f"{worker}.{heard.clip}" if keep else "",
            cpu_ms=heard.cpu_ms,
        )

    async def score(
        self, clip_id: str, texts: Sequence[str], *, language: str, prompt: str = ""
    ) -> tuple[float, ...]:
        worker, clip = self._clip(clip_id)
        request = Score(clip, tuple(texts[:MAX_TEXTS]), language, prompt)
        return await self._scored(request, clip_id, worker)

    async def expect(
        self, clip_id: str, texts: Sequence[str], *, language: str
    ) -> tuple[float, ...]:
        worker, _ = self._clip(clip_id)
        request = Score(None, tuple(texts[:MAX_TEXTS]), language, "")
        return await self._scored(request, clip_id, worker)

    async def _scored(self, request: Score, clip_id: str, worker: int) -> tuple[float, ...]:
        _, scored = await self._ask(request, who=clip_id, urgency=Urgency.FINAL, worker=worker)
        if not isinstance(scored, Scored):
            raise HearingFailed("The speech recogniser gave another answer than asked for.")
        return scored.log_probabilities

    async def spell(
        self, clip_id: str, book: PhraseBook, *, heard: str, language: str, limit: int = 12
    ) -> tuple[Spelled, ...]:
        worker, clip = self._clip(clip_id)
        for given in (None, book):  # it is sent only to a worker that lacks it
            request = Spell(clip, book.key, given, heard, language, limit)
            _, answer = await self._ask(request, who=clip_id, urgency=Urgency.FINAL, worker=worker)
            if isinstance(answer, SpelledNames):
                return answer.found
        raise HearingFailed("The speech recogniser gave another answer than asked for.")

    def _clip(self, clip_id: str) -> tuple[int, int]:
        worker, _, clip = clip_id.partition(".")
        if not (worker.isdigit() and clip.isdigit() and int(worker) < len(self._workers)):
            raise ClipForgotten("There is no such sound.")
        return int(worker), int(clip)

    async def close(self) -> None:
        self._closed = True
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        self._queue.refuse_all(HearingFailed("The speech recogniser is closed."))
        await asyncio.to_thread(self._stop)

    def _stop(self) -> None:
        for worker in self._workers:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._workers:
            worker.stop()

    async def _ask(
        self, request: Request, *, who: str, urgency: Urgency, worker: int | None = None
    ) -> tuple[int, object]:
        if self._closed or not self._serving:
            raise HearingFailed("The speech recogniser does not run.")
        answer = await self._queue.ask(request, who=who, urgency=urgency, worker=worker)
        if not isinstance(answer, tuple):
            raise HearingFailed("The speech recogniser gave no answer.")
        return answer

    async def _serve(self, index: int) -> None:
        loop = asyncio.get_running_loop()
        while True:
            waiting = await self._queue.next(index)
            done = loop.run_in_executor(self._threads, self._work, index, waiting.request)
            try:
                answer = await done
            except asyncio.CancelledError:
                _fail(waiting, HearingFailed("The speech recogniser is closed."))
                raise
            except Exception as error:  # noqa: BLE001  whoever asked is told; the worker goes on
                _fail(waiting, error)
            else:
                if not waiting.answer.done():
                    waiting.answer.set_result((index, answer))

    def _work(self, index: int, request: Request) -> Answer:
        return self._workers[index].ask(request, timeout_s=_TIMEOUT_S)


def _fail(waiting: Waiting[Request], error: Exception) -> None:
    if not waiting.answer.done():
        with contextlib.suppress(asyncio.InvalidStateError):
            waiting.answer.set_exception(error)
