"""What the doctor says of hearing and speaking."""

from pathlib import Path
from typing import Any

import pytest

from server.doctor_voice import voice_findings
from server.findings import Finding, Health
from server.settings import load_settings

pytestmark = pytest.mark.unit


def findings(folder: Path, **voice: Any) -> dict[str, Finding]:
    settings = load_settings(folder, {"models": folder / "none", "voice": voice})
    return {one.what: one for one in voice_findings(settings)}


def test_missing_models_are_named_with_the_command_that_fetches_them(tmp_path: Path) -> None:
    found = findings(tmp_path)
    assert found["recogniser"].health is Health.WARNING
    assert found["recogniser"].remedy == "Run: refrain models get whisper-base"
    assert found["speech detector"].remedy == "Run: refrain models get silero-vad"
    assert found["voice"].health is Health.OK


def test_switched_off_is_one_line(tmp_path: Path) -> None:
    found = findings(tmp_path, enabled=False)
    assert list(found) == ["talking"]
    assert found["talking"].health is Health.OPTIONAL


def test_servers_are_looked_for(tmp_path: Path) -> None:
    away = {"transcriber": "openai", "synthesizer": "openai"}
    found = findings(tmp_path, **away)
    assert found["recogniser"].remedy == "Set voice.stt_base_url."
    assert found["voice"].remedy == "Set voice.tts_base_url."
    found = findings(tmp_path, **away, stt_base_url="http://127.0.0.1:9", stt_api_key_file="/none")
    assert "voice.stt_api_key_file" in found["recogniser"].detail
    found = findings(tmp_path, **away, tts_base_url="http://127.0.0.1:9")
    assert "does not answer" in found["voice"].detail


def test_a_model_of_one_s_own_is_looked_for(tmp_path: Path) -> None:
    folder = tmp_path / "large"
    assert "no model.bin" in findings(tmp_path, stt_model=str(folder))["recogniser"].detail
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"weights")
    assert findings(tmp_path, stt_model=str(folder))["recogniser"].health is Health.OK
    assert "no model 'huge'" in findings(tmp_path, stt_model="huge")["recogniser"].detail


def test_a_program_that_is_not_installed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = findings(tmp_path, synthesizer="espeak")
    assert found["voice"].remedy == "Run: apt install espeak-ng"


def test_the_wake_word_that_is_configured_is_shown(tmp_path: Path) -> None:
    found = findings(tmp_path, wake_word="okay_nabu")
    assert found["wake word"] == Finding("wake word", Health.OK, '"okay nabu"')
