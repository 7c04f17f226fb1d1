"""What we say that we can do: only what is there."""

from typing import Final

from wyoming.info import (
    AsrModel,
    AsrProgram,
    Attribution,
    HandleModel,
    HandleProgram,
    Info,
    TtsProgram,
    TtsVoice,
)

from server.settings import Settings
from server.version import VERSION
from server.voice.languages import own_languages, spoken_languages
from server.voice.speech import Speech

ANSWERED: Final = (
    *("en", "de", "es", "fr", "it", "pt", "nl", "pl", "sv", "zh", "ja", "hi"),
    *("ar", "da", "id", "kk", "lt", "sr", "tr"),
)
"""Languages that requests are understood and answered in, most complete first."""
_WHISPER: Final = (
    *ANSWERED,
    *("bg", "ca", "cs", "cy", "el", "et", "fa", "fi", "he", "hr", "hu", "is", "ko", "lv", "mk"),
    *("ms", "no", "ro", "ru", "sk", "sl", "ta", "th", "uk", "ur", "vi"),
)
"""Languages that Whisper's multilingual models were trained with much of."""
_OURS: Final = Attribution("Refrain", "")


def described(settings: Settings, speech: Speech) -> Info:
    """The answer to `describe`."""
    name = settings.wyoming.name
    return Info(
        asr=_hearing(name, settings, speech) if speech.problem is None else [],
        tts=_speaking(name, settings, speech) if speech.speaking_problem is None else [],
        handle=[
            HandleProgram(
                name=name,
                attribution=_OURS,
                installed=True,
                description="Finds and plays music, and answers questions about it",
                version=VERSION,
                models=[
                    HandleModel(
                        name="refrain",
                        attribution=_OURS,
                        installed=True,
                        description="Requests about music",
                        version=VERSION,
                        languages=list(ANSWERED),
                    )
                ],
                supports_handled_streaming=True,
                supports_home_control=False,
            )
        ],
    )


def language_of(tag: str | None) -> str:
    """ISO 639-1 code of a tag such as "de-AT" or "de_DE"; "" when it is none."""
    code = (tag or "").replace("_", "-").partition("-")[0].lower()
    return code if len(code) in {2, 3} and code.isascii() and code.isalpha() else ""


def voice_language(settings: Settings, voice: str) -> str:
    """The language that a voice of ours was named for; "" for one that is none of ours."""
    found = dict(_voices(settings)).get(voice, ())
    return found[0] if len(found) == 1 else ""


def _hearing(name: str, settings: Settings, speech: Speech) -> list[AsrProgram]:
    model = settings.voice.stt_model or "whisper-base"
    english = model.endswith((".en", "-en"))
    languages = ("en",) if english else settings.voice.languages or _WHISPER
    return [
        AsrProgram(
            name=name,
            attribution=_OURS,
            installed=True,
            description="Speech to text that knows the names in the music library",
            version=VERSION,
            models=[
                AsrModel(
                    name=model,
                    attribution=Attribution(speech.transcriber.name, ""),
                    installed=True,
                    description=None,
                    version=None,
                    languages=list(languages),
                )
            ],
            supports_transcript_streaming=True,
        )
    ]


def _speaking(name: str, settings: Settings, speech: Speech) -> list[TtsProgram]:
    return [
        TtsProgram(
            name=name,
            attribution=_OURS,
            installed=True,
            description="The voice of Refrain",
            version=VERSION,
            voices=[
                TtsVoice(
                    name=voice,
                    attribution=Attribution(speech.synthesizer.name, ""),
                    installed=True,
                    description=None,
                    version=None,
                    languages=list(languages),
                )
                for voice, languages in _voices(settings)
            ],
            supports_synthesize_streaming=True,
        )
    ]


def _voices(settings: Settings) -> list[tuple[str, tuple[str, ...]]]:
    """Names of voices and their languages: the configured one, and who speaks the others."""
    voice = settings.voice
    own = own_languages(voice)
    named = str(voice.synthesizer)
    if own is None:  # a server or espeak-ng, which speak them all
        return [(f"{named}-{code}", (code,)) for code in ANSWERED]
    mine: list[tuple[str, tuple[str, ...]]] = [(f"{named}-{code}", (code,)) for code in sorted(own)]
    if spoken_languages(voice) is not None:  # espeak-ng, who speaks the others, is not here
        return mine
    return mine + [(f"espeak-{code}", (code,)) for code in ANSWERED if code not in own]
