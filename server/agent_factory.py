"""Makes the agent. Apart, because its libraries take more than a second to import."""

import logging

from agent.errors import AgentError
from agent.loop import Agent
from agent.models import ModelSettings
from agent.session import SessionStore
from server.errors import ServerError
from server.settings import Settings, api_key
from server.turns import TurnTaker
from tools.context import ToolServices

_LOG = logging.getLogger(__name__)


def make_agent(settings: Settings, tools: ToolServices, sessions: SessionStore) -> TurnTaker:
    """The agent with the configured language model; with the offline one when that cannot be."""
    try:
        return Agent(tools, sessions=sessions, model=_model(settings))
    except (AgentError, ServerError) as error:
        _LOG.warning("%s Requests are understood offline until then.", error)
        return Agent(tools, sessions=sessions)


def _model(settings: Settings) -> ModelSettings | None:
    model = settings.model
    if model.provider == "offline":
        return None
    return ModelSettings(
        provider=model.provider,
        model=model.model,
        base_url=model.base_url,
        api_key=api_key(model),
        timeout_s=model.timeout_s,
    )
