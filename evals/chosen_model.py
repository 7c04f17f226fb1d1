"""Which language models an evaluation asks: those that `REFRAIN_EVAL_MODEL` names."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.language_models import BaseChatModel

from agent.errors import ModelUnavailable
from agent.local.chat import LocalChatModel
from agent.models import LOCAL, ModelSettings
from evals.errors import EvaluationImpossible
from evals.processes import cpu_s

MODEL_VARIABLE = "REFRAIN_EVAL_MODEL"
"""Local models, or "PROVIDER:MODEL", separated by commas; without it the largest local one here."""
URL_VARIABLE = "REFRAIN_EVAL_MODEL_URL"
"""Address of the server, for a model that is not local."""
_PATIENCE_S = 300.0
"""A busy machine is waited for: what is measured are answers, and CPU time."""
_VARIED = 0.7
"""Temperature of runs that shall differ; the product asks local models at 0."""
_PLAIN = re.compile(r"[^a-z0-9]+")


def chosen_models() -> tuple[ModelSettings, ...]:
    """The settings of each.

    Raises:
        EvaluationImpossible: none is here, or one that is named is not.
    """
    # The server's settings and its model store are needed only for this.
    from server.agent_factory import LOCAL_MODELS, installed_local_model  # noqa: PLC0415

    named = [name.strip() for name in os.environ.get(MODEL_VARIABLE, "").split(",")]
    named = [name for name in named if name]
    if not named:
        found = installed_local_model()
        if found is None:
            raise EvaluationImpossible(
                "No local language model is installed here: refrain models add llm. Or name "
                f"one of a server in {MODEL_VARIABLE} (and its address in {URL_VARIABLE})."
            )
        return (_patient(found),)
    return tuple(
        local_model_named(name) if name in LOCAL_MODELS else _remote(name) for name in named
    )


def metric_name(settings: ModelSettings) -> str:
    """As names of metrics are written: "qwen_coder_0_5b"."""
    return _PLAIN.sub("_", settings.model.casefold()).strip("_")


def local_model_named(name: str) -> ModelSettings:
    """The settings of a local model that is here.

    Raises:
        EvaluationImpossible: it is not.
    """
    from server.agent_factory import local_model  # noqa: PLC0415
    from server.errors import ServerError  # noqa: PLC0415
    from server.settings import load_settings  # noqa: PLC0415

    try:
        chosen = {"model": {"provider": LOCAL, "model": name, "threads": 1}}
        return _patient(local_model(load_settings(flags=chosen)))
    except ServerError as error:
        raise EvaluationImpossible(str(error)) from error


def _remote(name: str) -> ModelSettings:
    provider, _, model = name.partition(":")
    if not model:
        raise EvaluationImpossible(
            f"{name!r} is no local model; name others as PROVIDER:MODEL in {MODEL_VARIABLE}."
        )
    url = os.environ.get(URL_VARIABLE) or None
    return ModelSettings(provider=provider, model=model, base_url=url, timeout_s=_PATIENCE_S)


def _patient(settings: ModelSettings) -> ModelSettings:
    return settings.model_copy(update={"timeout_s": _PATIENCE_S, "threads": 1})


class _Counter(BaseCallbackHandler):
    """How often a model was asked."""

    run_inline = True

    def __init__(self) -> None:
        self.asked = 0

    def on_chat_model_start(self, *_args: object, **_kwargs: object) -> None:
        self.asked += 1


@dataclass(slots=True)
class WatchedModel:
    """An open model that many agents share, and how often it was asked."""

    settings: ModelSettings
    chat_model: BaseChatModel
    """As the product asks it."""
    _counter: _Counter
    _pid: int | None

    @property
    def name(self) -> str:
        """As turns name it: "local:qwen-coder-0.5b"."""
        return self.settings.name

    @property
    def asked(self) -> int:
        return self._counter.asked

    @property
    def cpu_s(self) -> float:
        """CPU seconds of its own process so far; 0 for a model elsewhere."""
        return cpu_s((self._pid,)) if self._pid is not None else 0.0

    def varied(self, seed: int) -> BaseChatModel:
        """The same model with answers that vary; a remote one varies by itself."""
        if not isinstance(self.chat_model, LocalChatModel):
            return self.chat_model
        model = LocalChatModel.asking(
            self.chat_model.process, timeout_s=_PATIENCE_S, temperature=_VARIED, seed=seed
        )
        model.callbacks = [self._counter]
        return model


@contextmanager
def watched(settings: ModelSettings) -> Iterator[WatchedModel]:
    """Open a model, wait until it is loaded, and end its process afterwards.

    Raises:
        EvaluationImpossible: it cannot be opened.
    """
    from agent.models import open_model  # noqa: PLC0415  its packages are optional

    try:
        chat_model = open_model(settings)
    except ModelUnavailable as error:
        raise EvaluationImpossible(str(error)) from error
    counter, process = _Counter(), None
    chat_model.callbacks = [counter]
    if isinstance(chat_model, LocalChatModel):
        process = chat_model.process
    try:
        if process is not None and not process.wait(_PATIENCE_S):
            raise EvaluationImpossible(f"{settings.name} was not loaded in {_PATIENCE_S:g} s")
        yield WatchedModel(settings, chat_model, counter, process.pid if process else None)
    finally:
        if process is not None:
            process.close()
