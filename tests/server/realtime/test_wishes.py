"""What a client may wish of a session; nonsense changes nothing."""

from typing import Any

import pytest

from server.realtime.session_state import SessionState
from server.realtime.wishes import UnusableSession
from voice.pcm import Encoding

pytestmark = pytest.mark.unit


def talking() -> SessionState:
    return SessionState("sess_1", modality="audio", can_speak=lambda: True)


def audio(**parts: Any) -> dict[str, Any]:
    return {"type": "realtime", "audio": parts}


def test_a_part_of_the_turn_detection_can_be_changed_and_switched_off() -> None:
    session = talking()
    session.update(audio(input={"turn_detection": {"silence_duration_ms": 900}}))
    detection = session.wishes.turn_detection
    assert detection is not None
    assert (detection.silence_duration_ms, detection.interrupts) == (900, True)
    session.update(audio(input={"turn_detection": None}))
    assert session.wishes.turn_detection is None
    session.update(audio(input={"turn_detection": {"type": "semantic_vad", "eagerness": "low"}}))
    again = session.wishes.turn_detection
    assert again is not None
    assert (again.eagerness, again.silence_duration_ms) == ("low", None)


def test_formats_have_old_and_new_names() -> None:
    session = talking()
    session.update(audio(input={"format": {"type": "audio/pcmu"}}, output={"format": "g711_alaw"}))
    assert session.wishes.input_format.encoding is Encoding.PCMU
    assert session.wishes.output_format.encoding is Encoding.PCMA
    assert session.wishes.output_format.rate_hz == 8_000


def test_without_a_voice_answers_stay_in_writing() -> None:
    session = SessionState("sess_1", modality="audio", can_speak=lambda: False)
    assert session.value["output_modalities"] == ["text"]
    session.update({"type": "realtime", "output_modalities": ["audio"]})
    assert session.value["output_modalities"] == ["text"]
    assert not session.wishes.speaks


def test_text_and_audio_together_is_audio() -> None:
    session = talking()
    session.update({"output_modalities": ["text", "audio"]})
    assert session.value["output_modalities"] == ["audio"]
    session.update({"output_modalities": ["text"]})
    assert not session.wishes.speaks


def test_languages_come_from_ours_or_from_the_transcription() -> None:
    session = talking()
    session.update(audio(input={"transcription": {"model": "whisper-1", "language": "de-DE"}}))
    assert list(session.wishes.languages) == ["de"]
    assert session.wishes.transcribes
    session.update({"refrain": {"languages": ["en", "fr"]}})
    assert list(session.wishes.languages) == ["en", "fr"]


@pytest.mark.parametrize(
    "nonsense",
    [
        {"output_modalities": []},
        {"output_modalities": ["smell"]},
        {"output_modalities": "audio"},
        {"audio": None},
        {"audio": 7},
        {"audio": {"input": None}},
        {"audio": {"input": {"format": {"type": "audio/mp3"}}}},
        {"audio": {"input": {"format": {"type": "audio/pcm", "rate": 1}}}},
        {"audio": {"input": {"turn_detection": {"type": "server_vad", "threshold": 7}}}},
        {"audio": {"input": {"turn_detection": {"type": "psychic"}}}},
        {"audio": {"input": {"turn_detection": {"silence_duration_ms": -1}}}},
        {"audio": {"output": {"speed": 1e9}}},
        {"audio": {"output": {"speed": "fast"}}},
        {"audio": {"output": {"voice": "x" * 1_000}}},
        {"tools": {"type": "function"}},
        {"tools": [{"type": "function"}]},
        {"tools": [{"type": "function", "name": "x" * 500}]},
        {"tools": ["get_weather"]},
        {"tools": [{"type": "function", "name": "f"}] * 500},
        {"refrain": {"wake_word": "open sesame"}},
        {"refrain": {"languages": ["klingon!"]}},
        {"refrain": {"tools": "maybe"}},
        {"refrain": []},
    ],
)
def test_nonsense_is_refused_and_changes_nothing(nonsense: dict[str, Any]) -> None:
    session = talking()
    before = session.value
    with pytest.raises(UnusableSession) as caught:
        session.update(nonsense)
    assert str(caught.value).startswith("session.")
    assert caught.value.param is not None
    assert session.value is before
