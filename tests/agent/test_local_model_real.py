"""The local model for real: SmolLM2 or whichever is here. Skipped where none is."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from agent.local.chat import LocalChatModel, request_of
from agent.local.process import LocalProcess
from agent.local.schema import beginning
from agent.loop import Agent
from agent.models import ModelSettings
from agent_library import open_home
from server.agent_factory import installed_local_model

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def settings() -> ModelSettings:
    found = installed_local_model()
    if found is None or found.weights is None:
        pytest.skip('no local model here: pip install "refrain[llm]"; refrain models add llm')
    return found


@pytest.fixture(scope="module")
def process(settings: ModelSettings) -> Iterator[LocalProcess]:
    assert settings.weights is not None
    opened = LocalProcess(settings.weights, beginning())
    opened.start()
    assert opened.wait(240), "the worker did not start"
    yield opened
    opened.close()


async def test_an_open_request_is_answered_by_one_call(
    process: LocalProcess, settings: ModelSettings, tmp_path: Path
) -> None:
    model = LocalChatModel.asking(process, timeout_s=60)
    async with open_home(tmp_path) as home:
        home.agent = Agent(
            home.services,
            sessions=home.sessions,
            model=settings.model_copy(update={"timeout_s": 60}),
            chat_model=model,
        )
        turn = await home.say("I cannot hear myself think")
        assert turn.reply, "whatever it chose, something true is said"
        assert (await home.say("pause")).finished.model == "offline"


def test_nobody_without_the_key_is_answered(process: LocalProcess) -> None:
    address = process.address()
    assert address.url.startswith("http://127.0.0.1:")
    refused = httpx.post(
        f"{address.url}/v1/chat/completions", json=request_of("play"), trust_env=False
    )
    assert refused.status_code == 401
