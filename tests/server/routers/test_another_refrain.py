"""One Refrain lets another one hear: our transcriber of OpenAI's interface at our own server."""

import numpy as np
import pytest

from server_running import RunningServer
from voice.errors import HearingFailed
from voice.stt.openai_transcription import OpenAITranscriber
from voice_speech import ScriptedTranscriber, tone

pytestmark = pytest.mark.integration


async def test_what_another_refrain_heard_is_understood(
    server: RunningServer, ears: ScriptedTranscriber
) -> None:
    transcriber = OpenAITranscriber(f"{server.url}/v1", api_key="any")
    transcript = await transcriber.transcribe(tone(1.5), language="en", prompt="Brubeck")
    await transcriber.close()
    assert (transcript.text, transcript.language) == ("Play Take Five.", "en")
    assert transcript.confidence == pytest.approx(np.exp(-0.105), abs=0.01)
    samples, language, prompt, _, _ = ears.heard[0]
    assert (len(samples), language, prompt) == (24_000, "en", "Brubeck")
    assert np.abs(samples - tone(1.5)).max() < 1e-3


async def test_a_model_that_it_does_not_have_is_a_plain_failure(server: RunningServer) -> None:
    transcriber = OpenAITranscriber(f"{server.url}/v1", model="no-such-model")
    with pytest.raises(HearingFailed, match=r"127\.0\.0\.1"):
        await transcriber.transcribe(tone(1.5))
    await transcriber.close()
