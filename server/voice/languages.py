"""Which languages the configured voice can speak, and who speaks the others."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from server.settings_voice import VoiceSettings

ESPEAK = "espeak-ng"
_LOCALE = re.compile(r"([a-z]{2})[_-]")


def own_languages(voice: VoiceSettings) -> frozenset[str] | None:
    """Codes of the languages that the voice itself can speak; None: any, as far as we know."""
    match voice.synthesizer:
        case "hibari":
            return frozenset({"en"})
        case "piper":
            # Piper names its voices like "de_DE-thorsten-medium.onnx".
            named = _LOCALE.match(Path(voice.tts_voice).name) if voice.tts_voice else None
            return frozenset({named[1] if named else "en"})
        case _:
            return None


def spoken_languages(
    voice: VoiceSettings, *, find: Callable[[str], str | None] = shutil.which
) -> frozenset[str] | None:
    """Codes of the languages that replies can be spoken in; None: any.

    Args:
        voice: the configuration.
        find: tells whether a program is installed.
    """
    own = own_languages(voice)
    return None if own is None or find(ESPEAK) is not None else own
