"""Language models by configuration."""

import pytest
from langchain_core.messages import HumanMessage
from pydantic import SecretStr, ValidationError

from agent.errors import ModelUnavailable
from agent.graph import system_prompt
from agent.models import ModelSettings, open_model
from agent.offline import OfflineModel

pytestmark = pytest.mark.unit


def test_without_configuration_the_model_is_offline() -> None:
    assert ModelSettings().is_offline
    assert ModelSettings().name == "offline"


def test_a_key_is_never_shown() -> None:
    settings = ModelSettings(provider="openai", model="m", api_key=SecretStr("sk-secret"))
    assert "sk-secret" not in repr(settings)


@pytest.mark.parametrize("provider", ["openai", "anthropic", "ollama"])
def test_providers_open_without_a_connection(provider: str) -> None:
    settings = ModelSettings(
        provider=provider, model="m", base_url="http://127.0.0.1:9", api_key=SecretStr("k")
    )
    assert open_model(settings) is not None


def test_a_server_of_ones_own_needs_no_key() -> None:
    assert open_model(ModelSettings(provider="openai", model="m", base_url="http://127.0.0.1:9/v1"))


@pytest.mark.parametrize(
    "settings",
    [
        ModelSettings(provider="openai"),
        ModelSettings(provider="no_such_provider", model="m"),
    ],
)
def test_what_cannot_be_used_says_so(settings: ModelSettings) -> None:
    with pytest.raises(ModelUnavailable):
        open_model(settings)


@pytest.mark.parametrize("timeout_s", [0, -1, 10_000])
def test_a_timeout_has_limits(timeout_s: float) -> None:
    with pytest.raises(ValidationError):
        ModelSettings(timeout_s=timeout_s)


def test_the_prompt_names_the_fence_and_stays_the_same() -> None:
    assert "⟦" in system_prompt()
    assert system_prompt() == system_prompt()


def test_the_offline_model_without_a_turn_offers_help() -> None:
    answer = OfflineModel().invoke([HumanMessage("hello")])
    assert "play something calm" in str(answer.content)
