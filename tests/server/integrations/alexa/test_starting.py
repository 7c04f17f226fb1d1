"""The first request after a start: the agent is loaded meanwhile, and Alexa waits for nobody."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from alexa_amazon import SKILL, Echo
from server.auth.identity import Identity
from server.integrations.alexa.messages import Envelope
from server.integrations.alexa.skill import AlexaSkill
from server.settings import load_settings
from server.turns import Turns, TurnTaker
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns

pytestmark = pytest.mark.integration
_SLOTS = {"query": {"name": "query", "value": "still water"}}
_PLAYS = {"type": "IntentRequest", "intent": {"name": "PlayMusicIntent", "slots": _SLOTS}}


class Slow:
    """An agent that is loaded when the test says so."""

    def __init__(self) -> None:
        self.loaded = threading.Event()
        self.agent = ScriptedTurns()

    def make(self) -> TurnTaker:
        assert self.loaded.wait(30)
        return self.agent


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    settings = load_settings(
        tmp_path_factory.mktemp("data"),
        {
            "library": {"watch": False},
            "alexa": {"enabled": True, "skill_id": SKILL, "link_accounts": False},
        },
    )
    with running_server(settings, turns=ScriptedTurns(), players=()) as running:
        yield running


@contextmanager
def skill_of(server: RunningServer, slow: Slow, *, answer_s: float) -> Iterator[AlexaSkill]:
    """The skill of a server that was started a moment ago."""
    skill = AlexaSkill(replace(server.services, turns=Turns(slow.make)), answer_s=answer_s)
    try:
        yield skill
    finally:
        slow.loaded.set()
        asyncio.run_coroutine_threadsafe(skill.close(), server.loop).result(30)


def ask(server: RunningServer, skill: AlexaSkill) -> str:
    """What is said to "play still water"."""
    envelope = Envelope.model_validate(Echo(send=dict).envelope(_PLAYS))

    async def who(_: str) -> Identity | None:
        return None

    answer = asyncio.run_coroutine_threadsafe(skill.answer(envelope, who), server.loop).result(30)
    return str(answer["response"]["outputSpeech"]["text"])


def test_a_request_before_the_agent_is_there_is_answered_and_not_done_later(
    server: RunningServer,
) -> None:
    slow = Slow()
    with skill_of(server, slow, answer_s=3.2) as skill:
        assert ask(server, skill) == "I am just starting up. Please ask again in a moment."
        slow.loaded.set()
        assert "Playing" in ask(server, skill)
    assert [text for _, text in slow.agent.heard] == ["play still water"]


def test_a_request_waits_while_there_is_time(server: RunningServer) -> None:
    slow = Slow()
    threading.Timer(0.5, slow.loaded.set).start()
    with skill_of(server, slow, answer_s=30.0) as skill:
        assert "Playing" in ask(server, skill)


def test_the_agent_is_loaded_with_the_server_and_not_with_the_first_request(
    server: RunningServer,
) -> None:
    turns = server.services.turns
    asyncio.run_coroutine_threadsafe(turns.loaded(), server.loop).result(30)
    assert turns._started
    assert turns.is_loaded
