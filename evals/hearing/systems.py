"""What is measured: Whisper alone, and Whisper that knows the names of the library."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from evals.hearing.folders import whisper_weights
from server.services import Services
from server.voice.vocabulary import LibraryVocabulary, SettledRequests
from voice.hearing import NameAwareTranscriber
from voice.stt.transcriber import Transcriber
from voice.stt.whisper import WhisperTranscriber

UNBIASED, AWARE = "unbiased", "aware"


@asynccontextmanager
async def open_systems(
    services: Services, *, weights: Path | None = None
) -> AsyncIterator[dict[str, Transcriber]]:
    """The same engine twice: alone, and with the names of the library of `services`.

    Raises:
        EvaluationImpossible: the weights are not on this machine.
    """
    plain = WhisperTranscriber(weights or whisper_weights(), languages=("en",))
    await plain.start()
    try:
        yield {UNBIASED: plain, AWARE: _aware(plain, services)}
    finally:
        await plain.close()


def _aware(plain: Transcriber, services: Services) -> Transcriber:
    names = LibraryVocabulary(services.catalog, services.playlists)
    names.gather()
    return NameAwareTranscriber(plain, names, settled=SettledRequests())
