"""Makes the agent. Apart, because its libraries take more than a second to import."""

import logging
from importlib.util import find_spec

from agent.errors import AgentError
from agent.loop import Agent
from agent.models import LOCAL, ModelSettings
from agent.replies.manner import Style
from agent.session import SessionStore
from knowledge.people.speaking import SpeakingPeople
from server.errors import BadSettings, ModelMissing, ServerError
from server.models_lock import read_lock
from server.models_store import ModelsStore, ModelState
from server.settings import Settings, api_key, load_settings
from server.turns import TurnTaker
from server.voice.languages import spoken_languages
from tools.context import ToolServices

_LOG = logging.getLogger(__name__)

LOCAL_MODELS = ("smollm2-135m", "qwen-coder-0.5b", "qwen-coder-1.5b")
"""Names in models.lock.json, the weakest first."""


def make_agent(settings: Settings, tools: ToolServices, sessions: SessionStore) -> TurnTaker:
    """The agent with the configured language model; with the offline one when that cannot be."""
    speakers = SpeakingPeople(sessions.database).named
    try:
        return Agent(
            tools,
            sessions=sessions,
            model=_model(settings),
            style=style_of(settings),
            speakers=speakers,
        )
    except (AgentError, ServerError) as error:
        _LOG.warning("%s Requests are understood offline until then.", error)
        return Agent(tools, sessions=sessions, style=style_of(settings), speakers=speakers)


def style_of(settings: Settings) -> Style:
    """How replies are worded and in which languages they can be spoken."""
    assistant = settings.assistant
    return Style(
        assistant.language,
        assistant.persona,
        assistant.verbosity,
        spoken=spoken_languages(settings.voice),
    )


def _model(settings: Settings) -> ModelSettings | None:
    model = settings.model
    if model.provider == "offline":
        return None
    if model.provider == LOCAL:
        return local_model(settings)
    return ModelSettings(
        provider=model.provider,
        model=model.model,
        base_url=model.base_url,
        api_key=api_key(model),
        timeout_s=model.timeout_s,
    )


def local_model(settings: Settings) -> ModelSettings:
    """The local model that is configured, or the largest that is here.

    Raises:
        ModelMissing: none of them is here.
        ModelRejected: its file is not the one we know.
    """
    lock, store = read_lock(), ModelsStore(*settings.model_folders)
    known = {name: lock.models[name] for name in LOCAL_MODELS if name in lock.models}
    wanted = settings.model.model
    if wanted and wanted not in known:
        raise BadSettings(
            f"There is no local model {wanted!r}.", next_step=f"There are: {', '.join(known)}."
        )
    here = [name for name in known if store.state(name, known[name]) is ModelState.PRESENT]
    if not (wanted or here):
        raise ModelMissing("No local model is here.", next_step="Run: refrain models add llm")
    name = wanted or here[-1]
    files = store.verified(name, known[name])
    return ModelSettings(
        provider=LOCAL,
        model=name,
        weights=files["model.gguf"],
        timeout_s=settings.model.timeout_s,
        threads=settings.model.threads,
    )


def installed_local_model() -> ModelSettings | None:
    """The local model of this machine, where one can be run; None otherwise."""
    if find_spec("xllamacpp") is None:
        return None
    try:
        return local_model(load_settings())
    except ServerError:
        return None
