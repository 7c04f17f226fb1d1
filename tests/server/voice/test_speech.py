"""Hearing and speaking as a service: there from the start, bounded, honest on what is missing."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from server.errors import ModelMissing, VoiceOff
from server.settings import Settings, load_settings
from server.voice.engine import EngineState
from server.voice.speech import Speech
from voice.errors import HearingBusy, HearingFailed, SpeakingFailed
from voice.events import TurnHeard, VoiceEvent
from voice.stt.transcriber import Urgency
from voice_speech import FakeModels, ScriptedTranscriber, fake_speech, tone, with_silences

pytestmark = pytest.mark.unit


def configured(folder: Path, **voice: Any) -> Settings:
    return load_settings(folder, {"voice": voice})


async def test_it_can_be_asked_before_it_is_started(tmp_path: Path) -> None:
    speech = fake_speech(configured(tmp_path))
    assert speech.message()["state"] == "idle"
    assert speech.problem is None
    transcript = await speech.transcriber.transcribe(tone(1.0))
    assert transcript.text == "Play something calm."
    assert len(await speech.synthesizer.synthesize("Hello.")) > 1_000
    assert speech.state == EngineState.READY
    await speech.close()


async def test_starting_loads_everything_in_the_background(tmp_path: Path) -> None:
    models = FakeModels()
    speech = Speech(configured(tmp_path), models=models)
    told = asyncio.Event()
    speech.tell(lambda: told.set() if speech.state is EngineState.READY else None)
    speech.start()
    assert models.loaded == []
    await asyncio.wait_for(told.wait(), 10)
    await speech.synthesizer.synthesize("Hello.")
    assert models.loaded[:2] == ["transcriber", "synthesizer"]
    await speech.close()


async def test_it_starts_after_what_is_more_urgent(tmp_path: Path) -> None:
    models = FakeModels()
    speech = Speech(configured(tmp_path), models=models)
    urgent = asyncio.Event()

    async def done() -> None:
        await urgent.wait()

    speech.start(after=done)
    await asyncio.sleep(0.01)
    assert models.loaded == []
    await speech.synthesizer.synthesize("Hello.")  # who asks does not wait for it
    assert models.loaded == ["synthesizer"]
    urgent.set()
    await speech.transcriber.transcribe(tone(0.5))
    await speech.close()


async def test_what_is_missing_is_said_with_the_next_step(tmp_path: Path) -> None:
    missing = ModelMissing(
        "The model whisper-base is not here.", next_step="Run: refrain models get"
    )
    speech = fake_speech(configured(tmp_path), missing, missing)
    with pytest.raises(HearingFailed, match="refrain models get"):
        await speech.transcriber.transcribe(tone(1.0))
    with pytest.raises(SpeakingFailed, match="not here"):
        await speech.synthesizer.synthesize("Hello.")
    assert speech.problem is not None
    assert speech.problem.code == "model_missing"
    message = speech.message()
    assert message["state"] == "unusable"
    assert message["problem"]["next_step"] == "Run: refrain models get"
    assert message["speaks"] is False
    with pytest.raises(VoiceOff, match="not here"):
        speech.require()
    await speech.close()


async def test_switched_off_loads_nothing(tmp_path: Path) -> None:
    models = FakeModels()
    speech = Speech(configured(tmp_path, enabled=False), models=models)
    speech.start()
    with pytest.raises(HearingFailed, match="switched off"):
        await speech.transcriber.transcribe(tone(1.0))
    assert speech.problem is not None
    assert speech.problem.code == "voice_off"
    assert models.loaded == []
    await speech.close()


async def test_a_voice_that_cannot_speak_does_not_keep_anybody_from_talking(tmp_path: Path) -> None:
    speech = fake_speech(configured(tmp_path, synthesizer="none"))
    speech.require()
    assert speech.speaking_problem is not None
    assert speech.message()["speaks"] is False
    await speech.close()


async def test_who_waits_is_counted_and_told(tmp_path: Path) -> None:
    ears = ScriptedTranscriber()
    ears.go_on.clear()
    speech = fake_speech(configured(tmp_path, workers=1, max_waiting=2), ears)
    await speech.synthesizer.synthesize("Hello.")
    counts: list[int] = []
    speech.tell(lambda: counts.append(speech.message()["waiting"]))
    asked = [
        asyncio.create_task(speech.transcriber.transcribe(tone(0.5), who=f"s{n}")) for n in range(3)
    ]
    await asyncio.sleep(0.01)
    assert speech.message()["waiting"] == 2
    with pytest.raises(HearingBusy):
        await speech.transcriber.transcribe(tone(0.5))
    partial = speech.transcriber.transcribe(tone(0.5), urgency=Urgency.PARTIAL)
    early = asyncio.create_task(partial)  # it does not count: it gives way
    await asyncio.sleep(0)
    assert speech.message()["waiting"] == 2
    ears.go_on.set()
    await asyncio.gather(*asked, early)
    assert speech.message()["waiting"] == 0
    assert 2 in counts
    assert counts[-1] == 0
    shown = speech.metrics.text().decode()
    assert 'refrain_voice_errors_total{code="hearing_busy"} 1.0' in shown
    await speech.close()


async def test_no_more_talk_than_may(tmp_path: Path) -> None:
    speech = fake_speech(configured(tmp_path, max_sessions=2))
    with speech.admitted(), speech.admitted():
        with pytest.raises(HearingBusy, match="2 clients"), speech.admitted():
            pass
        assert speech.talking == 2
    assert speech.talking == 0
    with speech.admitted():
        assert speech.message()["talking"] == 1
    await speech.close()


async def test_a_microphone_is_listened_to_as_configured(tmp_path: Path) -> None:
    ears = ScriptedTranscriber("Play Take Five.")
    speech = fake_speech(configured(tmp_path, silence_ms=300, languages=("en",)), ears)
    assert speech.listen_options().silence_ms == 300
    assert speech.listen_options(mode="push_to_talk").mode == "push_to_talk"
    heard: asyncio.Queue[VoiceEvent] = asyncio.Queue()
    options = speech.listen_options(mode="push_to_talk")
    listener = await speech.listener(heard.put_nowait, options, who="kitchen")
    listener.feed(with_silences(1.0, 0.3))
    listener.commit()
    async with asyncio.timeout(10):
        while not isinstance(event := await heard.get(), TurnHeard):
            pass
    assert event.transcript.text == "Play Take Five."
    assert ears.heard[-1][4] == "kitchen"
    await listener.close()
    await speech.close()


async def test_closing_gives_everything_back(tmp_path: Path) -> None:
    ears = ScriptedTranscriber()
    speech = fake_speech(configured(tmp_path), ears)
    await speech.transcriber.transcribe(tone(0.5))
    await speech.close()
    assert ears.closed
