"""Which languages replies can be spoken in."""

import pytest

from server.settings import Settings
from server.settings_voice import VoiceSettings
from server.voice.languages import own_languages, spoken_languages

pytestmark = pytest.mark.unit


def _nothing(_program: str) -> None:
    return None


def _installed(program: str) -> str:
    return f"/usr/bin/{program}"


def test_hibari_speaks_english_and_espeak_the_rest() -> None:
    hibari = VoiceSettings(synthesizer="hibari")
    assert own_languages(hibari) == frozenset({"en"})
    assert spoken_languages(hibari, find=_nothing) == frozenset({"en"})
    assert spoken_languages(hibari, find=_installed) is None


def test_a_piper_voice_speaks_what_it_is_named_for() -> None:
    thorsten = VoiceSettings(synthesizer="piper", tts_voice="voices/de_DE-thorsten-medium.onnx")
    assert spoken_languages(thorsten, find=_nothing) == frozenset({"de"})
    assert own_languages(VoiceSettings(synthesizer="piper")) == frozenset({"en"})


@pytest.mark.parametrize("kind", ["espeak", "openai", "none"])
def test_others_are_trusted_with_any_language(kind: str) -> None:
    voice = VoiceSettings.model_validate({"synthesizer": kind})
    assert spoken_languages(voice, find=_nothing) is None


def test_replies_are_configured() -> None:
    usual = Settings().assistant
    assert (usual.language, usual.persona, usual.verbosity) == ("auto", "warm", "normal")
