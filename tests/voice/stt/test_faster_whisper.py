"""faster-whisper with weights in a folder of one's own, and never from the network."""

import asyncio
import sys
from pathlib import Path

import numpy as np
import pytest

from server.models_lock import read_lock
from voice.audio import HEARING_RATE_HZ
from voice.errors import HearingFailed, ModelFileUnusable, UnusableAudio
from voice.stt.faster_whisper import FasterWhisperTranscriber
from voice_called import called
from voice_models import whisper_weights

_FILES = ("model.bin", "config.json", "tokenizer.json", "vocabulary.json")


def _folder(tmp_path: Path, *names: str) -> Path:
    for name in names:
        (tmp_path / name).write_bytes(b"{}")
    return tmp_path


@pytest.mark.unit
@pytest.mark.parametrize("missing", _FILES)
async def test_a_folder_that_lacks_a_file_is_refused_before_anything_is_fetched(
    tmp_path: Path, missing: str
) -> None:
    folder = _folder(tmp_path, *(name for name in _FILES if name != missing))
    with pytest.raises(ModelFileUnusable, match=f"lacks {missing}"):
        await FasterWhisperTranscriber(folder).start()


@pytest.mark.unit
async def test_weights_with_another_checksum_are_not_loaded(tmp_path: Path) -> None:
    folder = _folder(tmp_path, *_FILES)
    with pytest.raises(ModelFileUnusable, match="not what it should be"):
        await FasterWhisperTranscriber(folder, sha256="0" * 64).start()


@pytest.mark.unit
async def test_without_the_extra_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(ModelFileUnusable, match="pip install"):
        await FasterWhisperTranscriber(_folder(tmp_path, *_FILES)).start()


@pytest.mark.model
async def test_damaged_weights_are_an_error_and_not_a_crash(tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper")
    with pytest.raises(ModelFileUnusable, match="cannot be loaded"):
        await FasterWhisperTranscriber(_folder(tmp_path, *_FILES)).start()


@pytest.mark.unit
async def test_before_the_start_nothing_is_heard_but_silence_costs_nothing() -> None:
    transcriber = FasterWhisperTranscriber(Path("whisper-small"))
    assert transcriber.name == "faster-whisper whisper-small"
    assert (await transcriber.transcribe(np.zeros(100, np.float32))).text == ""
    with pytest.raises(HearingFailed, match="does not run"):
        await transcriber.transcribe(np.zeros(HEARING_RATE_HZ, np.float32))
    with pytest.raises(UnusableAudio):
        await transcriber.transcribe(np.full(HEARING_RATE_HZ, np.inf, np.float32))
    await transcriber.close()


@pytest.mark.model
async def test_spoken_requests_are_heard_also_two_at_once() -> None:
    pytest.importorskip("faster_whisper")
    folder = whisper_weights().parent
    weights = next(f for f in read_lock().models["whisper-base"].files if f.name == "model.bin")
    transcriber = FasterWhisperTranscriber(folder, workers=2, sha256=weights.sha256)
    await transcriber.start()
    one, other = await asyncio.gather(
        transcriber.transcribe(called("Next song."), who="a"),
        transcriber.transcribe(called("Turn it down."), language="en", who="b"),
    )
    with pytest.raises(HearingFailed, match="not a valid language"):
        await transcriber.transcribe(called("Next song."), language="xx")
    await transcriber.close()
    assert "next song" in one.text.lower()
    assert "turn it down" in other.text.lower()
    assert (one.language, other.language) == ("en", "en")
    assert 0.3 < one.confidence <= 1.0
    assert one.no_speech < 0.5
