"""Talking with the stock client of OpenAI: what it sends, and what it is told in which order."""

import asyncio
import base64
from typing import Any

import numpy as np
import pytest

from realtime_client import Heard, connected, pieces, speak
from realtime_talking import Talking
from realtime_turns import LIST, NEWS, STORY
from voice.audio import HEARING_RATE_HZ
from voice.pcm import AudioFormat
from voice_speech import babble, tone, with_silences

pytestmark = pytest.mark.integration
SAID = with_silences(0.0, 0.3, 1.2, 2.5)
"""Something is said for 1.2 s; then there is silence until the turn is over."""
PUSH_TO_TALK: Any = {"type": "realtime", "audio": {"input": {"turn_detection": None}}}


async def test_a_new_session_is_what_clients_of_openai_expect(talking: Talking) -> None:
    async with connected(talking.server) as connection:
        heard = Heard(connection)
        session = (await heard.until("session.created")).session
        assert session.output_modalities == ["audio"]
        assert session.audio.input.turn_detection.type == "server_vad"
        assert session.audio.output.format.rate == 24_000
        await speak(connection, SAID, HEARING_RATE_HZ)
        done = await heard.until("response.done")
        assert [item.type for item in done.response.output] == ["message"]
        assert heard.ours == []


async def test_a_client_may_ask_for_answers_in_writing(talking: Talking) -> None:
    async with connected(talking.server, modalities="text") as connection:
        heard = Heard(connection)
        assert (await heard.until("session.created")).session.output_modalities == ["text"]
        await speak(connection, SAID, HEARING_RATE_HZ)
        await heard.until("response.done")
        assert heard.first("response.output_text.done").text == "Playing Still Water."
        assert not heard.all("response.output_audio.delta")


async def test_a_spoken_turn_is_told_in_the_order_clients_expect(talking: Talking) -> None:
    async with connected(talking.server, events="all") as connection:
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
        assert started.item_id == stopped.item_id == heard.first("conversation.item.added").item.id
        assert talking.turns.heard[-1][1] == "Play something calm."
        assert done.response.status == "completed"
        assert done.response.output[-1].content[0].transcript == "Playing Still Water."
        assert talking.mouth.said
        assert heard.sound().size > 24_000 * 0.8
        assert np.abs(heard.sound()).max() > 0.2


async def test_stages_of_a_turn_are_told_before_it_is_done(talking: Talking) -> None:
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        await speak(connection, SAID, HEARING_RATE_HZ)
        timing = await heard.until("refrain.timing")
        done = await heard.until("response.done")
        assert timing.response_id == done.response.id
        assert timing.outcome == "answered"
        stages = timing.stages
        order = ["speech_end", "tool", "first_word", "first_audio", "done"]
        times = [stages[one] for one in order]
        assert times == sorted(times)
        states = [one.state for one in heard.ours if one.type == "refrain.speech.state"]
        assert states[:4] == ["listening", "hearing", "thinking", "speaking"]


async def test_push_to_talk_answers_what_was_committed_when_asked_to(talking: Talking) -> None:
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        await connection.session.update(session=PUSH_TO_TALK)
        await speak(connection, with_silences(0.0, 0.2, 1.0, 0.1), HEARING_RATE_HZ)
        await connection.input_audio_buffer.commit()
        await connection.response.create()
        done = await heard.until("response.done")
        assert not heard.all("input_audio_buffer.speech_started")
        assert done.response.output[-1].content[0].transcript == "Playing Still Water."
        committed = heard.first("input_audio_buffer.committed").item_id
        await connection.conversation.item.retrieve(item_id=committed)
        item = (await heard.until("conversation.item.retrieved")).item
        assert item.content[0].transcript == "Play something calm."
        assert talking.turns.heard[-1][1] == "Play something calm."
        timing = heard.first("refrain.timing")
        assert {"speech_end", "endpoint", "first_audio"} <= set(timing.stages)


async def test_push_to_talk_without_a_word_is_answered_in_words(talking: Talking) -> None:
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        await connection.session.update(session=PUSH_TO_TALK)
        await speak(connection, np.zeros(HEARING_RATE_HZ, np.float32), HEARING_RATE_HZ)
        await connection.input_audio_buffer.commit()
        await connection.response.create()
        done = await heard.until("response.done")
        assert "did not catch" in done.response.output[-1].content[0].transcript
        assert talking.turns.heard == []


async def test_hardly_any_sound_cannot_be_committed(talking: Talking) -> None:
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        await connection.session.update(session=PUSH_TO_TALK)
        await speak(connection, tone(0.05), HEARING_RATE_HZ)
        await connection.input_audio_buffer.commit()
        assert (await heard.until("error")).error.code == "input_audio_buffer_commit_empty"
        await speak(connection, tone(0.5), HEARING_RATE_HZ)
        await connection.input_audio_buffer.clear()
        await heard.until("input_audio_buffer.cleared")
        await connection.input_audio_buffer.commit()
        assert (await heard.until("error")).error.code == "input_audio_buffer_commit_empty"


async def test_cutting_in_ends_the_answer_and_what_was_heard_is_remembered(
    talking: Talking,
) -> None:
    talking.will_hear("Tell me a story.", "Stop it.")
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        await speak(connection, SAID, HEARING_RATE_HZ)
        await heard.until("response.output_audio.delta")
        await asyncio.sleep(0.7)
        await speak(connection, babble(1.0), HEARING_RATE_HZ)
        done = await heard.until("response.done")
        assert done.response.status == "cancelled"
        assert done.response.status_details.reason == "turn_detected"
        assert done.response.output[-1].status == "incomplete"
        transcript = done.response.output[-1].content[0].transcript
        assert STORY.startswith(transcript)
        assert len(transcript) < len(STORY)
        kinds = [event.type for event in heard.events]
        after = kinds[kinds.index("input_audio_buffer.speech_started", 5) :]
        assert after[:6] == [
            "input_audio_buffer.speech_started",
            "response.output_audio.done",
            "response.output_audio_transcript.done",
            "response.content_part.done",
            "conversation.item.done",
            "response.output_item.done",
        ]
        ducks = [one.depth for one in heard.ours if one.type == "refrain.duck"]
        assert ducks[0] > 0
        await speak(connection, np.zeros(3 * HEARING_RATE_HZ, np.float32), HEARING_RATE_HZ)
        await heard.until("response.done")
        assert [text for _, text in talking.turns.heard] == ["Tell me a story.", "Stop it."]
        assert talking.turns.amended[0][1:] == (transcript, "turn_1")


async def test_cutting_in_after_the_last_sound_was_sent_counts_what_had_sounded(
    talking: Talking,
) -> None:
    talking.will_hear("Tell me the news.", "Stop it.")
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        await speak(connection, SAID, HEARING_RATE_HZ)
        item = (await heard.until("response.done")).response.output[-1]
        assert item.content[0].transcript == NEWS
        await asyncio.sleep(0.5)
        await speak(connection, babble(1.0), HEARING_RATE_HZ)
        await heard.until("input_audio_buffer.speech_started")
        await connection.conversation.item.retrieve(item_id=item.id)
        cut = (await heard.until("conversation.item.retrieved")).item
        assert cut.status == "incomplete"
        assert NEWS.startswith(cut.content[0].transcript)
        assert len(cut.content[0].transcript) < len(NEWS)


async def test_a_client_that_cancels_and_truncates_decides_what_was_heard(
    talking: Talking,
) -> None:
    talking.will_hear("Tell me a story.")
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        await speak(connection, SAID, HEARING_RATE_HZ)
        item_id = (await heard.until("response.output_audio.delta")).item_id
        await connection.response.cancel()
        done = await heard.until("response.done")
        assert done.response.status_details.reason == "client_cancelled"
        await connection.conversation.item.truncate(
            item_id=item_id, content_index=0, audio_end_ms=1_000
        )
        assert (await heard.until("conversation.item.truncated")).audio_end_ms == 1_000
        await connection.conversation.item.retrieve(item_id=item_id)
        item = (await heard.until("conversation.item.retrieved")).item
        assert item.content[0].transcript == "Still Water was"  # 20 letters a second
        assert item.status == "incomplete"
    assert talking.turns.amended[-1][1] == "Still Water was"


async def test_a_complete_answer_can_be_truncated_while_it_still_sounds(talking: Talking) -> None:
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        await speak(connection, SAID, HEARING_RATE_HZ)
        item = (await heard.until("response.done")).response.output[-1]
        await connection.conversation.item.truncate(
            item_id=item.id, content_index=0, audio_end_ms=420
        )
        await heard.until("conversation.item.truncated")
        await connection.conversation.item.retrieve(item_id=item.id)
        cut = (await heard.until("conversation.item.retrieved")).item
        assert cut.content[0].transcript == "Playing"
        await connection.conversation.item.truncate(
            item_id="item_of_nobody", content_index=0, audio_end_ms=1
        )
        assert (await heard.until("error")).error.code == "item_not_found"
    assert talking.turns.amended[-1][1] == "Playing"


async def test_of_a_long_list_three_are_said_and_the_rest_is_written(talking: Talking) -> None:
    talking.will_hear("List my songs.")
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        await speak(connection, SAID, HEARING_RATE_HZ)
        reply = await heard.until("refrain.reply")
        done = await heard.until("response.done")
        spoken = done.response.output[-1].content[0].transcript
        assert "Song 3" in spoken
        assert "Song 4" not in spoken
        assert "4 more" in spoken
        assert reply.text == LIST
        assert reply.item_id == done.response.output[-1].id


async def test_a_short_sound_stands_for_a_command_that_was_done(talking: Talking) -> None:
    talking.will_hear("Pause.")
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        wishes: Any = {"type": "realtime", "refrain": {"earcons": True}}
        await connection.session.update(session=wishes)
        await speak(connection, SAID, HEARING_RATE_HZ)
        done = await heard.until("response.done")
        assert done.response.output[-1].content[0].transcript == "Paused."
        assert talking.mouth.said == []
        assert 0.1 < heard.sound().size / 24_000 < 1.0


@pytest.mark.parametrize("encoding", ["audio/pcmu", "audio/pcma"])
async def test_g711_both_ways(talking: Talking, encoding: Any) -> None:
    audio = AudioFormat.named(encoding)
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        form = {"format": {"type": encoding}}
        wishes: Any = {"type": "realtime", "audio": {"input": form, "output": form}}
        await connection.session.update(session=wishes)
        updated = await heard.until("session.updated")
        assert updated.session.audio.input.format.type == encoding
        await speak(connection, SAID, HEARING_RATE_HZ, audio)
        await heard.until("response.done")
        sound = heard.sound(audio)
        assert 0.8 < sound.size / 24_000 < 2.0
        assert np.abs(sound).max() > 0.2
        samples = talking.ears.heard[-1][0]
        assert 1.0 < samples.size / HEARING_RATE_HZ < 3.0


async def test_words_are_shown_while_they_are_said(talking: Talking) -> None:
    talking.will_hear("Play", "Play something", "Play something calm.")
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        wishes: Any = {"type": "realtime", "refrain": {"partials": True}}
        await connection.session.update(session=wishes)
        await heard.until("session.updated")
        for piece in pieces(with_silences(0.0, 0.2, 2.4, 2.0), HEARING_RATE_HZ):
            await connection.input_audio_buffer.append(audio=piece)
            await asyncio.sleep(0.02)
        await heard.until("response.done")
        partial = heard.first("refrain.partial")
        assert partial.text.startswith("Play")
        assert partial.item_id == heard.first("input_audio_buffer.speech_started").item_id


async def test_a_message_may_hold_sound(talking: Talking) -> None:
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        data = b"".join(base64.b64decode(one) for one in pieces(tone(1.0), HEARING_RATE_HZ))
        content: Any = [{"type": "input_audio", "audio": base64.b64encode(data).decode()}]
        await connection.conversation.item.create(
            item={"type": "message", "role": "user", "content": content}
        )
        await connection.response.create()
        await heard.until("response.done")
        assert talking.turns.heard[-1][1] == "Play something calm."
        item = heard.first("conversation.item.added").item
        await connection.conversation.item.retrieve(item_id=item.id)
        read = (await heard.until("conversation.item.retrieved")).item
        assert read.content[0].transcript == "Play something calm."


async def test_typed_words_are_answered_with_our_voice_too(talking: Talking) -> None:
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        content: Any = [{"type": "input_text", "text": "play something"}]
        await connection.conversation.item.create(
            item={"type": "message", "role": "user", "content": content}
        )
        await connection.response.create(response={"output_modalities": ["audio"]})
        await heard.until("response.done")
        assert heard.sound().size > 0
        await connection.conversation.item.create(
            item={"type": "message", "role": "user", "content": content}
        )
        await connection.response.create(response={"output_modalities": ["text"]})
        await heard.until("response.done")
        assert heard.first("response.output_text.done").text == "Playing Still Water."


async def test_nothing_is_answered_before_the_wake_word(talking: Talking) -> None:
    async with connected(talking.server) as connection:
        heard = Heard(connection)
        wishes: Any = {"type": "realtime", "refrain": {"wake_word": "okay_nabu"}}
        await connection.session.update(session=wishes)
        await speak(connection, SAID, HEARING_RATE_HZ)
        assert (await heard.until("refrain.speech.state")).state == "asleep"
        wishes["refrain"]["wake_word"] = None
        await connection.session.update(session=wishes)
        await speak(connection, SAID, HEARING_RATE_HZ)
        await heard.until("response.done")
        assert len(heard.all("input_audio_buffer.speech_started")) == 1
        assert len(talking.turns.heard) == 1
