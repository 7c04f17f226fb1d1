"""Talking with the stock client of OpenAI: what it sends, and what it is told in which order."""

import numpy as np
import pytest

from realtime_client import Heard, connected, speak
from server_running import RunningServer
from server_turns import ScriptedTurns
from voice.audio import HEARING_RATE_HZ
from voice_speech import with_silences
from voice_synthesizer import BeepSynthesizer

pytestmark = pytest.mark.integration
SAID = with_silences(0.0, 0.3, 1.2, 2.5)
"""Something is said for 1.2 s; then there is silence until the turn is over."""


async def test_a_new_session_is_what_clients_of_openai_expect(talking: RunningServer) -> None:
    async with connected(talking) as connection:
        session = (await Heard(connection).until("session.created")).session
        assert session.output_modalities == ["audio"]
        assert session.audio.input.turn_detection.type == "server_vad"
        assert session.audio.output.format.rate == 24_000


async def test_a_client_may_ask_for_answers_in_writing(talking: RunningServer) -> None:
    async with connected(talking, modalities="text") as connection:
        heard = Heard(connection)
        assert (await heard.until("session.created")).session.output_modalities == ["text"]
        await speak(connection, SAID, HEARING_RATE_HZ)
        await heard.until("response.done")
        assert heard.first("response.output_text.done").text == "Playing Still Water."
        assert not heard.all("response.output_audio.delta")


async def test_a_spoken_turn_is_told_in_the_order_clients_expect(
    talking: RunningServer, turns: ScriptedTurns, mouth: BeepSynthesizer
) -> None:
    async with connected(talking) as connection:
        heard = Heard(connection)
        await connection.session.update(
            session={
                "type": "realtime",
                "tools": [],
                "audio": {"input": {"transcription": {"model": "whisper-1"}}},
            }
        )
        await heard.until("session.updated")
        await speak(connection, SAID, HEARING_RATE_HZ)
        done = await heard.until("response.done")
        assert heard.types == [
            "session.created",
            "session.updated",
            "input_audio_buffer.speech_started",
            "input_audio_buffer.speech_stopped",
            "input_audio_buffer.committed",
            "conversation.item.added",
            "conversation.item.done",
            "conversation.item.input_audio_transcription.delta",
            "conversation.item.input_audio_transcription.completed",
            "response.created",
            "response.output_item.added",
            "conversation.item.added",
            "response.content_part.added",
            "response.output_audio_transcript.delta",
            "response.output_audio.delta",
            "response.output_audio.done",
            "response.output_audio_transcript.done",
            "response.content_part.done",
            "conversation.item.done",
            "response.output_item.done",
            "response.done",
        ]
        started = heard.first("input_audio_buffer.speech_started")
        stopped = heard.first("input_audio_buffer.speech_stopped")
        assert 200 <= started.audio_start_ms <= 450
        assert 1_300 <= stopped.audio_end_ms <= 1_800
        assert turns.heard[-1][1] == "Play something calm."
        assert done.response.status == "completed"
        assert done.response.output[-1].content[0].transcript == "Playing Still Water."
        assert mouth.said
        assert heard.sound().size > 24_000 * 0.8
        assert np.abs(heard.sound()).max() > 0.2
