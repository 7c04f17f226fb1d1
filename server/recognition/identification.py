"""One "what is this?" of a live microphone: it hears, tells how far it is, and decides once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.models import RATE_HZ, Recognised, Samples
from knowledge.fingerprint.progressive import LOOKS_S, ProgressiveClip
from knowledge.melody.models import HumAnswer
from knowledge.recognition.models import ClipAnswer, HeardSource, Hearing
from knowledge.recognition.service import RecognitionService
from server.recognition.glimpse import Glimpse
from server.recognition.naming import ClipNaming
from server.recognition.picture import points, thinned
from tools.clip_naming import ClipKind

_TELL_EVERY_S = 0.25
_PEAKS_EACH_TIME = 40
_PATIENCE_S = 5.0
"""So long may no sound come before it is decided with what there is."""
_LONGEST_S = 30.0
"""It ends after this, however slowly the sound comes."""


@dataclass(frozen=True, slots=True)
class Identified:
    """How it ended."""

    answer: ClipAnswer | None = None
    """The recording, as far as it was looked for."""
    samples: Samples | None = None
    """What was heard, mono at `RATE_HZ`; None when it is not at hand."""
    hum: HumAnswer | None = None
    """Set when it is taken for a hum."""


class _Looks:
    """Lets a ProgressiveClip look without writing anything into the log."""

    def __init__(self, service: RecognitionService, hearing: Hearing) -> None:
        self._service = service
        self._hearing = hearing
        self.answer: ClipAnswer | None = None

    def recognise(self, samples: Samples, *, limit: int = 5, picture: bool = False) -> Recognised:
        del limit
        self.answer = self._service.recognise(
            samples,
            source=self._hearing.source,
            session_id=self._hearing.session_id,
            log=False,
            picture=picture,
        )
        return self.answer.recognised


class Identification:
    """Hears one clip. Lives on the event loop; everything slow happens in threads."""

    def __init__(
        self,
        naming: ClipNaming,
        hearing: Hearing,
        tell: Callable[[dict[str, Any]], None],
        *,
        kind: ClipKind = "any",
    ) -> None:
        """Begin a clip.

        Args:
            naming: names it.
            hearing: whose microphone it is.
            tell: takes each message to the client.
            kind: what the user says that it is.
        """
        self._naming = naming
        self._kind = kind
        self._hearing = hearing
        self._tell = tell
        self._waiting: list[Samples] = []
        self._heard: list[Samples] = []
        self._count = 0
        self._ended = asyncio.Event()
        self._last_at = asyncio.get_running_loop().time()

    @property
    def is_over(self) -> bool:
        """Whether it takes in no more sound."""
        return self._ended.is_set()

    def hear(self, samples: Samples) -> None:
        """Take in the next samples; what comes after ten seconds is not needed."""
        room = round(LOOKS_S[-1] * RATE_HZ) - self._count
        if self._ended.is_set() or room <= 0 or not samples.size:
            return
        samples = samples[:room]
        self._count += samples.size
        self._waiting.append(samples)
        self._heard.append(samples)
        self._last_at = asyncio.get_running_loop().time()

    def stop(self) -> None:
        """Decide with what there is."""
        self._ended.set()

    async def run(self) -> Identified:
        """Listen until it is decided.

        Raises:
            ServerError, KnowledgeError: it cannot be recognised at all.
        """
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + _LONGEST_S
        glimpse = Glimpse()
        looks: list[_Looks] = []
        clips: list[ProgressiveClip] = []

        def look(samples: Samples, service: RecognitionService) -> NDArray[np.float32]:
            if not clips:
                looks.append(_Looks(service, self._hearing))
                clips.append(ProgressiveClip(looks[0]))
            clips[0].feed(samples)
            return thinned(glimpse.take(samples), _PEAKS_EACH_TIME)

        is_done = False
        while not is_done:
            try:
                async with asyncio.timeout(_TELL_EVERY_S):
                    await self._ended.wait()
            except TimeoutError:
                pass
            waiting, self._waiting = self._waiting, []
            now = loop.time()
            is_late = now > ends_at or now > self._last_at + _PATIENCE_S
            is_done = self._ended.is_set() or is_late
            if waiting and not self._ended.is_set():
                peaks = await self._naming.recognition.run(partial(look, np.concatenate(waiting)))
                self._tell(self._progress(peaks, clips[0], looks[0].answer))
                is_full = self._count >= round(LOOKS_S[-1] * RATE_HZ)
                is_done = is_done or is_full or (clips[0].done and self._kind != "hum")
        self._ended.set()
        samples = np.concatenate(self._heard) if self._heard else np.zeros(0, np.float32)
        named = await self._naming.clip(samples, self._hearing, self._kind)
        return Identified(named.answer, samples, named.hum)

    def _progress(
        self, peaks: NDArray[np.float32], clip: ProgressiveClip, answer: ClipAnswer | None
    ) -> dict[str, Any]:
        message: dict[str, Any] = {
            "type": "refrain.recognition.progress",
            "seconds": round(clip.seconds, 2),
            "peaks": points(peaks),
        }
        best = clip.answer.best if clip.answer is not None else None
        if best is not None and answer is not None and answer.known:
            track = answer.track
            message["best"] = {
                "title": answer.named if track is None else track.title,
                "artist": answer.artist if track is None else track.artist,
                "certainty": best.certainty.value,
                "probability": round(best.probability, 4),
            }
        return message


def microphone_of(session_id: str, device: str, place: str) -> Hearing:
    """Whose microphone it is, for the log."""
    return Hearing(HeardSource.MICROPHONE, session_id, device=device, place=place)
