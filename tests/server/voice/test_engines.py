"""What the configuration names is opened, or the reason why not is told."""

from pathlib import Path
from typing import Any

import pytest

from server.errors import BadSettings, ModelMissing, ModelRejected, VoiceOff
from server.models_lock import read_lock
from server.settings import load_settings
from server.voice.engines import VAD, VAD_FILE, VoiceModels
from voice.vad import EnergyVad

pytestmark = pytest.mark.unit


def models(folder: Path, **voice: Any) -> VoiceModels:
    return VoiceModels(load_settings(folder, {"models": folder / "shared", "voice": voice}))


async def test_a_recogniser_without_its_model_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing) as caught:
        await models(tmp_path).transcriber()
    assert caught.value.next_step == "Run: refrain models get whisper-base"


async def test_a_damaged_model_is_not_loaded(tmp_path: Path) -> None:
    size = next(one.bytes for one in read_lock().models[VAD].files)
    path = tmp_path / "shared" / VAD / VAD_FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x" * size)
    with pytest.raises(ModelRejected, match="damaged"):
        models(tmp_path).load_vad()


async def test_without_its_model_speech_is_told_by_its_loudness(tmp_path: Path) -> None:
    made = models(tmp_path)
    with pytest.raises(ModelMissing):
        made.load_vad()
    assert isinstance(made.vad(), EnergyVad)


@pytest.mark.parametrize("name", ["huge", "hibari", "../whisper-base", "relative/folder"])
async def test_a_model_that_hears_nothing_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadSettings, match=r"voice\.stt_model"):
        await models(tmp_path, stt_model=name).transcriber()


async def test_a_server_needs_an_address(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="address"):
        await models(tmp_path, transcriber="openai").transcriber()
    made = models(tmp_path, transcriber="openai", stt_base_url="http://127.0.0.1:9/v1")
    transcriber = await made.transcriber()
    assert transcriber.name == "whisper-1 at 127.0.0.1"
    await transcriber.close()


async def test_every_voice_can_be_configured(tmp_path: Path) -> None:
    hibari = await models(tmp_path).synthesizer()
    assert hibari.name == "hibari heart"
    await hibari.close()
    with pytest.raises(ModelMissing) as missing:
        await models(tmp_path, synthesizer="piper").synthesizer()
    assert missing.value.next_step == "Run: refrain models get piper-joe"
    with pytest.raises(BadSettings, match="address"):
        await models(tmp_path, synthesizer="openai").synthesizer()


async def test_no_voice_is_a_choice(tmp_path: Path) -> None:
    with pytest.raises(VoiceOff, match="text"):
        await models(tmp_path, synthesizer="none").synthesizer()
