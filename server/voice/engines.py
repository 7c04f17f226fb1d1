"""Makes the recogniser, the voice and the detector of speech that the configuration names."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from server.errors import BadSettings, VoiceOff
from server.models_lock import ModelsLock, read_lock
from server.models_store import ModelsStore, ModelState
from server.settings import Settings
from server.settings_voice import stt_api_key, tts_api_key
from server.voice.languages import ESPEAK, own_languages, spoken_languages
from voice.model_file import ModelFile
from voice.stt.transcriber import Transcriber
from voice.tts.synthesizer import Synthesizer
from voice.vad import EnergyVad, SileroVad, VoiceActivity

DEFAULT_STT_MODEL = "whisper-base"
WEIGHTS = "model.bin"
VAD = "silero-vad"
VAD_FILE = "silero_vad_16k.onnx"
PIPER = "piper-joe"
PIPER_FILE = "en_US-joe-medium.onnx"


@runtime_checkable
class _Starts(Protocol):
    async def start(self) -> None: ...


class SpeechModels(Protocol):
    """What opens models."""

    async def transcriber(self) -> Transcriber: ...

    async def synthesizer(self) -> Synthesizer: ...

    def vad(self) -> VoiceActivity: ...

    def load_vad(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Recogniser:
    name: str
    weights: Path
    sha256: str | None = None
    """None: the user's own, of which nobody knows what it must be."""


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
        match self._voice.transcriber:
            case "whisper":
                return await self._whisper()
            case "faster-whisper":
                return await self._faster_whisper()
            case "openai":
                return self._server_that_hears()

    async def synthesizer(self) -> Synthesizer:
        """Make and start the voice; raises as `transcriber` does."""
        if self._voice.synthesizer == "none":
            raise VoiceOff(
                "Answers are text here.", next_step='Set voice.synthesizer = "hibari" to hear them.'
            )
        synthesizer = await asyncio.to_thread(self._made_for_all_languages)
        if isinstance(synthesizer, _Starts):
            try:
                await synthesizer.start()
            except BaseException:
                await synthesizer.close()
                raise
        return synthesizer

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

    def _recogniser(self) -> _Recogniser:
        """The folder with the recogniser's model, which is one of ours or one of the user's."""
        wanted = self._voice.stt_model or DEFAULT_STT_MODEL
        model = self._lock().models.get(wanted)
        if model is not None and WEIGHTS in {file.name for file in model.files}:
            files = self._store.verified(wanted, model)
            digest = next(file.sha256 for file in model.files if file.name == WEIGHTS)
            return _Recogniser(wanted, files[WEIGHTS], digest)
        folder = Path(wanted).expanduser()
        if not (folder.is_absolute() and (folder / WEIGHTS).is_file()):
            raise BadSettings(
                f"voice.stt_model is no model that recognises speech, and no folder with one: "
                f"{wanted!r}.",
                next_step="See: refrain models list",
            )
        return _Recogniser(folder.name, folder / WEIGHTS)

    async def _whisper(self) -> Transcriber:
        found = await asyncio.to_thread(self._recogniser)
        from voice.stt.whisper import WhisperTranscriber  # noqa: PLC0415  only where it is used

        transcriber = WhisperTranscriber(
            found.weights,
            workers=self._voice.workers,
            languages=("en",) if found.name.endswith((".en", "-en")) else self._voice.languages,
            name=found.name,
        )
        await transcriber.start()
        return transcriber

    async def _faster_whisper(self) -> Transcriber:
        found = await asyncio.to_thread(self._recogniser)
        from voice.stt.faster_whisper import FasterWhisperTranscriber  # noqa: PLC0415  as above

        transcriber = FasterWhisperTranscriber(
            found.weights.parent,
            workers=self._voice.workers,
            sha256=found.sha256,
            name=f"faster-whisper {found.name}",
        )
        await transcriber.start()
        return transcriber

    def _server_that_hears(self) -> Transcriber:
        voice = self._voice
        if voice.stt_base_url is None:
            raise BadSettings(
                'voice.transcriber = "openai" needs the address of a server.',
                next_step='Set voice.stt_base_url, such as "http://127.0.0.1:8000/v1".',
            )
        from voice.stt.openai_transcription import OpenAITranscriber  # noqa: PLC0415  as above

        key = stt_api_key(voice)
        return OpenAITranscriber(
            voice.stt_base_url,
            model=voice.stt_model or "whisper-1",
            api_key="" if key is None else key.get_secret_value(),
        )

    def _made_for_all_languages(self) -> Synthesizer:
        """The voice, with espeak-ng for what it cannot speak, where that is installed."""
        own = own_languages(self._voice)
        made = self._made()
        if own is None or spoken_languages(self._voice) is not None:
            return made
        from voice.tts.abroad import VoicesByLanguage  # noqa: PLC0415  as below
        from voice.tts.espeak import EspeakSynthesizer  # noqa: PLC0415

        return VoicesByLanguage(made, own, EspeakSynthesizer(ESPEAK))

    def _made(self) -> Synthesizer:
        """The voice, not yet started."""
        # Takes a moment to import, and not everybody wants to be spoken to.
        from voice.tts.registry import Engine, VoiceChoice, make_synthesizer  # noqa: PLC0415

        voice = self._voice
        match voice.synthesizer:
            case "hibari":
                files = self._unread("hibari")
                choice = VoiceChoice(
                    Engine.HIBARI,
                    hibari=files["hibari.onnx"],
                    hibari_unknown_words=files["oov.onnx"],
                )
            case "piper" if not voice.tts_voice:
                files_here = self._store.verified(PIPER, self._lock().models[PIPER])
                choice = VoiceChoice(Engine.PIPER, voice=str(files_here[PIPER_FILE]))
            case "openai":
                if voice.tts_base_url is None:
                    raise BadSettings(
                        'voice.synthesizer = "openai" needs the address of a server.',
                        next_step='Set voice.tts_base_url, such as "http://127.0.0.1:8000/v1".',
                    )
                key = tts_api_key(voice)
                choice = VoiceChoice(
                    Engine.OPENAI,
                    voice=voice.tts_voice,
                    base_url=voice.tts_base_url,
                    model=voice.tts_model,
                    api_key="" if key is None else key.get_secret_value(),
                )
            case other:
                choice = VoiceChoice(Engine(other), voice=voice.tts_voice)
        return make_synthesizer(choice)

    def _unread(self, name: str) -> dict[str, ModelFile]:
        """The files of a model that whoever reads them will verify."""
        model = self._lock().models[name]
        if self._store.state(name, model) is ModelState.MISSING:
            self._store.verified(name, model)  # says what to do
        return {
            file.name: ModelFile(self._store.path(name, file), file.sha256) for file in model.files
        }
