"""Hearing and speaking without a model, for tests of everything around them."""

import asyncio
import io
import wave
from collections.abc import Sequence

import av
import numpy as np

from server.settings import Settings
from server.voice.speech import Speech
from voice.audio import HEARING_RATE_HZ, Samples
from voice.stt.transcriber import Transcriber, Transcript, Urgency
from voice.tts.synthesizer import Synthesizer
from voice.vad import EnergyVad, VoiceActivity
from voice_synthesizer import BeepSynthesizer


class ScriptedTranscriber:
    """Understands what the test tells it to, one after the other; then the last one again."""

    def __init__(self, *texts: str, error: Exception | None = None) -> None:
        self.texts = list(texts) or ["Play something calm."]
        self.heard: list[tuple[Samples, str | None, str, Urgency, str]] = []
        """Sound, language, prompt, urgency and session of each request."""
        self.closed = False
        self.go_on = asyncio.Event()
        """Nothing is answered before it is set."""
        self.go_on.set()
        self.error = error

    @property
    def name(self) -> str:
        return "scripted"

    async def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None = None,
        prompt: str = "",
        urgency: Urgency = Urgency.FINAL,
        who: str = "",
    ) -> Transcript:
        self.heard.append((samples, language, prompt, urgency, who))
        await self.go_on.wait()
        if self.error is not None:
            raise self.error
        text = self.texts.pop(0) if len(self.texts) > 1 else self.texts[0]
        seconds = len(samples) / HEARING_RATE_HZ
        return Transcript(text, language or "en", 0.9, 0.01, seconds, cpu_ms=1.0)

    async def close(self) -> None:
        self.closed = True


class FakeModels:
    """Stands in for `VoiceModels`; what is an exception cannot be loaded."""

    def __init__(
        self,
        transcriber: Transcriber | Exception | None = None,
        synthesizer: Synthesizer | Exception | None = None,
    ) -> None:
        self._transcriber = transcriber or ScriptedTranscriber()
        self._synthesizer = synthesizer or BeepSynthesizer()
        self.loaded: list[str] = []

    async def transcriber(self) -> Transcriber:
        self.loaded.append("transcriber")
        if isinstance(self._transcriber, Exception):
            raise self._transcriber
        return self._transcriber

    async def synthesizer(self) -> Synthesizer:
        self.loaded.append("synthesizer")
        if isinstance(self._synthesizer, Exception):
            raise self._synthesizer
        return self._synthesizer

    def vad(self) -> VoiceActivity:
        return EnergyVad()

    def load_vad(self) -> None:
        self.loaded.append("vad")


def fake_speech(
    settings: Settings,
    transcriber: Transcriber | Exception | None = None,
    synthesizer: Synthesizer | Exception | None = None,
) -> Speech:
    """`Speech` with these parts; made where an event loop runs, or before."""
    return Speech(settings, models=FakeModels(transcriber, synthesizer))


def tone(seconds: float, *, hertz: float = 220.0, rate_hz: int = HEARING_RATE_HZ) -> Samples:
    """Something that is no silence."""
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    made: Samples = (0.3 * np.sin(2 * np.pi * hertz * at)).astype(np.float32)
    return made


def with_silences(*seconds: float) -> Samples:
    """A tone, silence, a tone and so on, each as long as told."""
    parts: Sequence[Samples] = [
        tone(length) if number % 2 == 0 else np.zeros(round(length * HEARING_RATE_HZ), np.float32)
        for number, length in enumerate(seconds)
    ]
    return np.concatenate(parts)


def wav(samples: Samples, *, rate_hz: int = HEARING_RATE_HZ) -> bytes:
    """A file with 16 bits."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate_hz)
        out.writeframes((samples * 32_767).astype("<i2").tobytes())
    return file.getvalue()


def encoded(samples: Samples, container: str, codec: str) -> bytes:
    """A file of another kind, at 48 kHz."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        stream = out.add_stream(codec, rate=48_000)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        loud = np.repeat((samples * 32_767).astype("<i2"), 3).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(loud, format="s16", layout="mono")
        frame.sample_rate = 48_000
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return file.getvalue()


def babble(seconds: float) -> Samples:
    """Syllables of noise: no "mm-hm"."""
    random = np.random.default_rng(7)
    at = np.arange(round(seconds * HEARING_RATE_HZ)) / HEARING_RATE_HZ
    loud = 0.25 * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * at))
    noise: Samples = (loud * random.standard_normal(at.size)).clip(-1, 1).astype(np.float32)
    return noise
