"""Whisper in its worker process, with the real weights."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from voice.errors import ClipForgotten, HearingFailed, ModelFileUnusable, UnusableAudio
from voice.stt.transcriber import ScoresTexts
from voice.stt.whisper import WhisperTranscriber
from voice_models import said, spoken, whisper_weights

pytestmark = [pytest.mark.model, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whisper() -> AsyncIterator[WhisperTranscriber]:
    transcriber = WhisperTranscriber(whisper_weights())
    await transcriber.start()
    yield transcriber
    await transcriber.close()


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Play something mellow for studying tonight.", ["something", "studying", "tonight"]),
        ("Turn the volume up, please.", ["turn", "volume"]),
        ("What was that song?", ["what", "song"]),
    ],
)
async def test_requests_are_understood(
    whisper: WhisperTranscriber, sentence: str, words: list[str]
) -> None:
    heard = await whisper.transcribe(said(sentence), language="en")

    assert [word for word in words if word not in heard.text.lower()] == []
    assert heard.language == "en"
    assert heard.confidence > 0.5


async def test_the_language_may_be_given(whisper: WhisperTranscriber) -> None:
    sound = spoken("Metti della musica tranquilla, per favore.", voice="it", speed=140)

    italian = await whisper.transcribe(sound, language="it")

    assert italian.language == "it"
    assert "musica" in italian.text.lower()


async def test_texts_are_scored_by_the_sound(whisper: WhisperTranscriber) -> None:
    heard = await whisper.transcribe(said("Play Summertime by George Gershwin."), language="en")

    assert isinstance(whisper, ScoresTexts)
    fits, other = await whisper.score(
        heard.clip_id,
        ["Play Summertime by George Gershwin.", "Turn the volume down."],
        language="en",
        prompt="Summertime, George Gershwin",
    )

    assert fits > other + 10
    assert fits <= 0.0


async def test_a_text_scores_the_same_alone_and_among_others(whisper: WhisperTranscriber) -> None:
    heard = await whisper.transcribe(said("Play Summertime."), language="en")
    text = "Play Summertime."

    (alone,) = await whisper.score(heard.clip_id, [text], language="en")
    among = await whisper.score(
        heard.clip_id, ["Play.", text, "Play a much longer text than that."], language="en"
    )

    assert among[1] == pytest.approx(alone, abs=1.5)  # 8-bit scales differ by batch


async def test_sound_is_forgotten_after_a_while(whisper: WhisperTranscriber) -> None:
    heard = await whisper.transcribe(said("Pause."), language="en")
    for _ in range(32):
        await whisper.transcribe(said("Stop."), language="en")

    with pytest.raises(ClipForgotten):
        await whisper.score(heard.clip_id, ["Pause."], language="en")
    for nonsense in ("", "0", "x.y", "7.1", "0.999999"):
        with pytest.raises(ClipForgotten):
            await whisper.score(nonsense, ["Pause."], language="en")


async def test_hardly_any_sound_is_no_text(whisper: WhisperTranscriber) -> None:
    heard = await whisper.transcribe(np.zeros(100, np.float32))

    assert heard.text == ""


async def test_sound_that_is_no_number_is_refused(whisper: WhisperTranscriber) -> None:
    with pytest.raises(UnusableAudio):
        await whisper.transcribe(np.full(16_000, np.nan, np.float32))


async def test_noise_does_not_make_it_talk_in_circles(whisper: WhisperTranscriber) -> None:
    noise = np.random.default_rng(1).normal(0, 0.3, 4 * 16_000).astype(np.float32)

    heard = await whisper.transcribe(noise, language="en")

    assert len(heard.text) < 200


async def test_two_minutes_are_heard_by_their_end(whisper: WhisperTranscriber) -> None:
    quiet = np.zeros(110 * 16_000, np.float32)

    heard = await whisper.transcribe(
        np.concatenate([quiet, said("Play some jazz please.")]), language="en"
    )

    assert "jazz" in heard.text.lower()
    assert heard.audio_s > 110


async def test_many_are_heard_at_once(whisper: WhisperTranscriber) -> None:
    sound = said("Skip this song.")

    heard = await asyncio.gather(
        *(whisper.transcribe(sound, language="en", who=f"s{number}") for number in range(6))
    )

    assert all("skip" in one.text.lower() for one in heard)
    assert whisper.waiting == 0


async def test_a_worker_that_dies_is_replaced() -> None:
    transcriber = WhisperTranscriber(whisper_weights())
    await transcriber.start()
    try:
        transcriber._workers[0].kill()
        # Who asks at that very moment is either told so or served by the new process.
        with contextlib.suppress(HearingFailed):
            await transcriber.transcribe(said("Pause the music."), language="en")
        heard = await transcriber.transcribe(said("Pause the music."), language="en")
        assert "music" in heard.text.lower()
    finally:
        await transcriber.close()


async def test_who_waits_is_told_when_it_is_closed() -> None:
    transcriber = WhisperTranscriber(whisper_weights())
    await transcriber.start()
    waiting = asyncio.create_task(transcriber.transcribe(said("Pause."), language="en"))
    await asyncio.sleep(0)
    await transcriber.close()

    with pytest.raises(HearingFailed):
        await waiting
    with pytest.raises(HearingFailed):
        await transcriber.transcribe(said("Pause."), language="en")


async def test_weights_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    damaged = tmp_path / "model.bin"
    damaged.write_bytes(b"not a model")

    for path in (damaged, tmp_path / "none.bin"):
        with pytest.raises(ModelFileUnusable, match=path.name):
            await WhisperTranscriber(path).start()
