"""Makes the recogniser, the voice and the detector of speech that the configuration names."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from server.errors import BadSettings, VoiceOff
from server.models_lock import ModelsLock, read_lock
from server.models_store import ModelsStore, ModelState
from server.settings import Settings, VoiceSettings
from voice.model_file import ModelFile
from voice.stt.transcriber import Transcriber
from voice.tts.synthesizer import Synthesizer
from voice.vad import EnergyVad, SileroVad, VoiceActivity

DEFAULT_STT_MODEL = "whisper-base"
WEIGHTS = "model.bin"
VAD = "silero-vad"
VAD_FILE = "silero_vad_16k.onnx"


class SpeechModels(Protocol):
    """What opens models."""

    async def transcriber(self) -> Transcriber: ...

    async def synthesizer(self) -> Synthesizer: ...

    def vad(self) -> VoiceActivity: ...

    def load_vad(self) -> None: ...


class VoiceModels:
    """The speech models of this installation: found, verified, opened."""

    def __init__(self, settings: Settings, *, lock: Callable[[], ModelsLock] = read_lock) -> None:
        self._voice = settings.voice
        self._store = ModelsStore(*settings.model_folders)
        self._lock = lock
        self._vad: SileroVad | None = None

    async def transcriber(self) -> Transcriber:
        """Make and start the recogniser.

        Raises:
            ServerError: a model is missing or damaged, or a setting cannot be used.
            VoiceError: it cannot be started.
        """
        if self._voice.transcriber == "whisper":
            return await self._whisper()
        raise VoiceOff(f"There is no recogniser {self._voice.transcriber!r} here.")

    async def synthesizer(self) -> Synthesizer:
        """Make and start the voice; raises as `transcriber` does."""
        if self._voice.synthesizer == "none":
            raise VoiceOff(
                "Answers are text here.", next_step='Set voice.synthesizer = "hibari" to hear them.'
            )
        if self._voice.synthesizer == "hibari":
            return await self._hibari()
        raise VoiceOff(f"There is no voice {self._voice.synthesizer!r} here.")

    def vad(self) -> VoiceActivity:
        """One for a new microphone; without the model, one that goes by loudness."""
        return EnergyVad() if self._vad is None else self._vad.sibling()

    def load_vad(self) -> None:
        """Read the model of `vad`; takes a moment.

        Raises:
            ServerError: the model is missing or damaged.
            ModelFileUnusable: it cannot be read.
        """
        if self._vad is None:
            files = self._store.verified(VAD, self._lock().models[VAD])
            self._vad = SileroVad(files[VAD_FILE])

    async def _weights(self) -> tuple[str, dict[str, Path]]:
        name = self._voice.stt_model or DEFAULT_STT_MODEL
        model = self._lock().models.get(name)
        if model is None or WEIGHTS not in {file.name for file in model.files}:
            raise BadSettings(
                f"voice.stt_model names no model that recognises speech: {name!r}.",
                next_step="See: refrain models list",
            )
        return name, await asyncio.to_thread(self._store.verified, name, model)

    async def _whisper(self) -> Transcriber:
        name, files = await self._weights()
        from voice.stt.whisper import WhisperTranscriber  # noqa: PLC0415  only where it is used

        transcriber = WhisperTranscriber(
            files[WEIGHTS],
            workers=self._voice.workers,
            languages=_languages(self._voice, name),
            name=name,
        )
        await transcriber.start()
        return transcriber

    async def _hibari(self) -> Synthesizer:
        name = "hibari"
        model = self._lock().models[name]
        if self._store.state(name, model) is ModelState.MISSING:
            self._store.verified(name, model)  # says what to do
        files = {
            file.name: ModelFile(self._store.path(name, file), file.sha256) for file in model.files
        }
        from voice.tts.hibari import HibariSynthesizer  # noqa: PLC0415  only where it is used

        synthesizer = HibariSynthesizer(files["hibari.onnx"], files["oov.onnx"])
        await synthesizer.start()
        return synthesizer


def _languages(voice: VoiceSettings, model: str) -> tuple[str, ...]:
    return ("en",) if model.endswith("-en") else voice.languages
