"""Which voices there are, and how one is made from what the settings say."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from voice.errors import ModelFileUnusable
from voice.model_file import ModelFile
from voice.tts.espeak import EspeakSynthesizer
from voice.tts.hibari import VOICE, HibariSynthesizer
from voice.tts.openai_speech import OpenaiSpeech
from voice.tts.piper import PiperSynthesizer
from voice.tts.synthesizer import Synthesizer


class Engine(StrEnum):
    """Who speaks."""

    HIBARI = "hibari"
    PIPER = "piper"
    ESPEAK = "espeak"
    OPENAI = "openai"


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """What the settings say about the voice; each engine looks at its own part."""

    engine: Engine
    voice: str = ""
    """hibari: "heart"; Piper: path of the `.onnx` file; espeak-ng and servers: as they name it."""
    hibari: ModelFile | None = None
    hibari_unknown_words: ModelFile | None = None
    base_url: str = ""
    model: str = ""
    api_key: str = field(default="", repr=False)


def make_synthesizer(choice: VoiceChoice) -> Synthesizer:
    """The voice that is wanted; nothing is loaded, started or asked yet.

    Raises:
        ModelFileUnusable: what this engine needs is not named.
    """
    return _MAKERS[choice.engine](choice)


def _hibari(choice: VoiceChoice) -> Synthesizer:
    if choice.hibari is None or choice.hibari_unknown_words is None:
        raise ModelFileUnusable("The files of the voice hibari are not there.")
    return HibariSynthesizer(
        choice.hibari, choice.hibari_unknown_words, voice=choice.voice or VOICE
    )


def _piper(choice: VoiceChoice) -> Synthesizer:
    if not choice.voice:
        raise ModelFileUnusable("Piper needs the path of a voice, an .onnx file.")
    return PiperSynthesizer(Path(choice.voice))


def _espeak(choice: VoiceChoice) -> Synthesizer:
    return EspeakSynthesizer(voice=choice.voice)


def _openai(choice: VoiceChoice) -> Synthesizer:
    if not choice.base_url:
        raise ModelFileUnusable("A speech server needs an address.")
    return OpenaiSpeech(
        choice.base_url,
        model=choice.model or "tts-1",
        voice=choice.voice or "alloy",
        api_key=choice.api_key,
    )


_MAKERS: Final[dict[Engine, Callable[[VoiceChoice], Synthesizer]]] = {
    Engine.HIBARI: _hibari,
    Engine.PIPER: _piper,
    Engine.ESPEAK: _espeak,
    Engine.OPENAI: _openai,
}
