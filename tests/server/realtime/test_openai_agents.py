"""openai-agents' realtime runner, unmodified, talks to us as it does to OpenAI."""

import asyncio
from typing import Any

import numpy as np
import pytest
from agents import function_tool, set_tracing_disabled
from agents.realtime import RealtimeAgent, RealtimeRunner, RealtimeSession

from realtime_talking import Talking
from realtime_turns import STORY
from voice.audio import HEARING_RATE_HZ, Samples
from voice.pcm import AudioFormat, SoundEncoder
from voice_speech import babble, with_silences

pytestmark = pytest.mark.integration
SAID = with_silences(0.0, 0.3, 1.2, 2.5)
TIMEOUT_S = 30.0

set_tracing_disabled(disabled=True)


@function_tool
def get_weather(city: str) -> str:
    """Get the current weather in a city."""
    return f"It rains in {city}"


class Conversation:
    """A session of the agents' library, and everything that it told."""

    def __init__(self, session: RealtimeSession) -> None:
        self.session = session
        self.events: list[Any] = []

    async def until(self, kind: str) -> Any:
        async with asyncio.timeout(TIMEOUT_S):
            async for event in self.session:
                self.events.append(event)
                if event.type == kind:
                    return event
        raise AssertionError(f"no {kind}")

    async def say(self, samples: Samples) -> None:
        encoder = SoundEncoder(AudioFormat(), from_hz=HEARING_RATE_HZ)
        data = encoder.encode(samples) + encoder.finish()
        for first in range(0, len(data), 4_800):
            await self.session.send_audio(data[first : first + 4_800])

    def kinds(self) -> set[str]:
        return {event.type for event in self.events}

    def sound_s(self) -> float:
        size = sum(len(one.audio.data) for one in self.events if one.type == "audio")
        return size / 48_000


def runner(*tools: Any) -> RealtimeRunner:
    agent = RealtimeAgent(name="Music", instructions="Play music.", tools=list(tools))
    return RealtimeRunner(agent)


def address(talking: Talking) -> Any:
    return {"url": f"{talking.server.socket_url}?model=refrain", "api_key": "any"}


def words(history: list[Any]) -> list[tuple[str, str | None]]:
    """Who said what, as the library remembers it."""
    return [(item.role, item.content[0].transcript) for item in history if item.type == "message"]


async def test_a_spoken_turn(talking: Talking) -> None:
    async with await runner().run(model_config=address(talking)) as session:
        told = Conversation(session)
        await told.say(SAID)
        await told.until("audio_end")
        await told.until("agent_end")
        assert "error" not in told.kinds()
        assert told.sound_s() > 0.8
        history = [one for one in told.events if one.type == "history_updated"][-1].history
        assert ("assistant", "Playing Still Water.") in words(history)
        assert ("user", "Play something calm.") in words(history)


async def test_a_tool_of_the_client_is_carried_out_and_told(talking: Talking) -> None:
    talking.will_hear("What's the weather in Reykjavik?")
    async with await runner(get_weather).run(model_config=address(talking)) as session:
        told = Conversation(session)
        await told.say(SAID)
        ended = await told.until("tool_end")
        assert ended.output == "It rains in Reykjavik"
        await told.until("audio_end")
        assert "error" not in told.kinds()
        assert "It rains in Reykjavik." in talking.mouth.said


async def test_cutting_in(talking: Talking) -> None:
    talking.will_hear("Tell me a story.", "Stop it.")
    async with await runner().run(model_config=address(talking)) as session:
        told = Conversation(session)
        await told.say(SAID)
        await told.until("audio")
        await asyncio.sleep(0.8)
        await told.say(babble(1.0))
        await told.until("audio_interrupted")
        await told.say(np.zeros(3 * HEARING_RATE_HZ, np.float32))
        await told.until("agent_end")
        await told.until("agent_end")
        assert "error" not in told.kinds()
    heard = talking.turns.amended[-1][1]
    assert STORY.startswith(heard)
    assert len(heard) < len(STORY)


async def test_typed_words_are_answered_aloud(talking: Talking) -> None:
    async with await runner().run(model_config=address(talking)) as session:
        told = Conversation(session)
        await session.send_message("play something")
        await told.until("audio_end")
        assert told.sound_s() > 0.8
        assert talking.turns.heard[-1][1] == "play something"
