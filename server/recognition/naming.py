"""What a clip is, a recording or a hummed tune, asked on the event loop."""

import logging
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

from knowledge.fingerprint.models import RATE_HZ, Samples
from knowledge.melody.models import Contour, HumAnswer
from knowledge.models import TrackId
from knowledge.recognition.models import ClipAnswer, HeardSource, Hearing
from server.errors import RecognitionOff
from server.recognition.recognition import Recognition
from tools.clip_naming import ClipEars, ClipKind, NamedClip, name_clip
from tools.context import Humming

_LOG = logging.getLogger(__name__)

HUM_RATE_HZ = 16_000
"""Files that may be hums are decoded to this."""
MAX_HUM_S = 60.0
"""So much of a hum is listened to; what is longer, and not said to be one, is a recording."""
_FILE_TIMEOUT_S = 30.0

Words = Callable[[Samples, int], Awaitable[str]]
"""What is sung in samples of a rate."""
_Recognise = Callable[[bool], Awaitable[ClipAnswer]]


async def no_words(samples: Samples, rate_hz: int) -> str:
    """Understand nothing."""
    del samples, rate_hz
    return ""


class ClipNaming:
    """Names clips by recording or by tune, in the threads of `Recognition`."""

    def __init__(
        self, recognition: Recognition, humming: Humming | None, *, words: Words = no_words
    ) -> None:
        """Stand ready.

        Args:
            recognition: names recordings.
            humming: names tunes; None when that is switched off.
            words: tells what is sung.
        """
        self.recognition = recognition
        self._humming = humming
        self._warmed = False
        self._words = words

    def warm(self) -> None:
        """Begin to load what the first hum needs, once: somebody may be beginning to hum."""
        if self._humming is not None and not self._warmed:
            self._warmed = True
            # Waited for at the end: a daemon amid C++ code then would abort the process.
            threading.Thread(target=self._warm, args=(self._humming,), name="warm-humming").start()

    async def clip(
        self, samples: Samples, hearing: Hearing, kind: ClipKind = "any", *, log: bool = True
    ) -> NamedClip:
        """Name a clip, mono at `RATE_HZ`."""

        async def recognise(write: bool) -> ClipAnswer:
            return await self.recognition.clip(samples, hearing, log=write)

        sung = samples[: round(MAX_HUM_S * RATE_HZ)]
        ears = self._ears(sung, RATE_HZ, hearing.session_id, recognise)
        return await name_clip(ears, kind, log=log)

    async def file(
        self, path: Path, hearing: Hearing, *, max_bytes: int, log: bool = True
    ) -> NamedClip:
        """Name what is in a file.

        Raises:
            UnreadableAudio: it is no sound.
        """

        async def recognise(write: bool) -> ClipAnswer:
            return await self.recognition.file(path, hearing, max_bytes=max_bytes, log=write)

        if self._humming is None:
            return NamedClip(await recognise(log))
        samples = await self._decoded(path, max_bytes)
        if samples.size > MAX_HUM_S * HUM_RATE_HZ:
            return NamedClip(await recognise(log))
        ears = self._ears(samples, HUM_RATE_HZ, hearing.session_id, recognise)
        return await name_clip(ears, log=log)

    async def hum(
        self, path: Path, *, session_id: str, max_bytes: int, words: bool = True
    ) -> HumAnswer:
        """Name the tune that is hummed, whistled or sung in a file.

        Raises:
            RecognitionOff: it is switched off in the configuration.
            UnreadableAudio: it is no sound.
        """
        self.require_humming()
        samples = (await self._decoded(path, max_bytes))[: round(MAX_HUM_S * HUM_RATE_HZ)]
        ears = self._ears(samples, HUM_RATE_HZ, session_id, None, words=words)
        named = await name_clip(ears, "hum")
        assert named.hum is not None  # noqa: S101  nothing else was asked for
        return named.hum

    async def pick(self, hum_id: int, track_id: TrackId) -> None:
        """Learn which track a hum was meant to be.

        Raises:
            NotHeard: no such hum.
            NotInLibrary: no such track.
        """
        humming = self.require_humming()
        await self.recognition.run(lambda _: humming.pick(hum_id, track_id))

    def require_humming(self) -> Humming:
        """Give what names hums.

        Raises:
            RecognitionOff: it is switched off in the configuration.
        """
        self.recognition.require()
        if self._humming is None:
            raise RecognitionOff("Naming hummed tunes is switched off here.")
        return self._humming

    @staticmethod
    def _warm(humming: Humming) -> None:
        try:
            humming.warm()
        except Exception:  # noqa: BLE001  the first hum tries again, and tells its asker
            _LOG.warning("naming hums could not be made ready", exc_info=True)

    async def _decoded(self, path: Path, max_bytes: int) -> Samples:
        return await self.recognition.run(
            lambda service: service.decode(
                path,
                most_s=MAX_HUM_S + 1,
                rate_hz=HUM_RATE_HZ,
                max_bytes=max_bytes,
                timeout_s=_FILE_TIMEOUT_S,
            )
        )

    def _ears(
        self,
        samples: Samples,
        rate_hz: int,
        session_id: str,
        recognise: _Recognise | None,
        *,
        words: bool = True,
    ) -> ClipEars:
        humming, run = self._humming, self.recognition.run
        if humming is None:
            return ClipEars(recognise)

        async def listen() -> Contour:
            return await run(lambda _: humming.listen(samples, rate_hz))

        async def tune(transcript: str) -> HumAnswer:
            return await run(
                lambda _: humming.answer(
                    samples, rate_hz, transcript=transcript, session_id=session_id
                )
            )

        async def sung() -> str:
            return await self._words(samples, rate_hz)

        return ClipEars(recognise, listen, tune, sung if words else None)


def upload(session_id: str, device: str, place: str) -> Hearing:
    """Where an upload comes from, for the log."""
    return Hearing(HeardSource.UPLOAD, session_id, device=device, place=place)
