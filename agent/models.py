"""Any language model by configuration, or none: the offline model needs no configuration."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from agent.errors import ModelUnavailable
from agent.local.chat import LocalChatModel
from agent.local.process import LocalProcess
from agent.local.schema import beginning
from agent.offline import OFFLINE

LOCAL = "local"
"""The provider that is this machine: a small model in a process beside the server."""
_EXTRAS = {"openai": "openai", "anthropic": "anthropic", "ollama": "ollama"}


class ModelSettings(BaseModel):
    """Which model answers. Everything that LangChain's `init_chat_model` knows can be named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    provider: str = OFFLINE
    """"offline", "local", "openai" (and every server with its protocol), "anthropic", ..."""
    model: str = ""
    """The provider's name of the model, such as "gpt-5-mini"."""
    base_url: str | None = None
    """Address of the server, for a model of your own."""
    api_key: SecretStr | None = None
    timeout_s: float = Field(20.0, gt=0, le=300)
    """After so long without a complete answer the offline model answers, in seconds."""
    temperature: float | None = Field(0.2, ge=0, le=2)
    weights: Path | None = None
    """The verified file of a local model."""
    threads: int = Field(2, ge=1, le=64)
    """Of the processor, for a local model."""

    @property
    def is_offline(self) -> bool:
        return self.provider == OFFLINE

    @property
    def speaks(self) -> bool:
        """Whether the model words its replies; a small local one only chooses what to do."""
        return self.provider != LOCAL

    @property
    def name(self) -> str:
        """What to show: "offline" or "openai:gpt-5-mini"."""
        return OFFLINE if self.is_offline else f"{self.provider}:{self.model}"


def open_model(settings: ModelSettings) -> BaseChatModel:
    """Make the language model that `settings` name. Makes no connection yet.

    Raises:
        ModelUnavailable: no model is named, its package is missing, or the settings are refused.
    """
    if settings.provider == LOCAL:
        return _open_local(settings)
    if not settings.model:
        raise ModelUnavailable(
            f"Name the model of {settings.provider} to use (setting model.model)."
        )
    # Provider packages take up to a second to import, and most installations have none.
    from langchain.chat_models import init_chat_model  # noqa: PLC0415

    options: dict[str, Any] = {}
    if settings.base_url:
        options["base_url"] = settings.base_url
    if settings.temperature is not None:
        options["temperature"] = settings.temperature
    if settings.provider == "ollama":
        options["client_kwargs"] = {"timeout": settings.timeout_s}
    else:
        options |= {"timeout": settings.timeout_s, "max_retries": 0}
        if settings.api_key is not None:
            options["api_key"] = settings.api_key
        elif settings.provider == "openai" and settings.base_url:
            options["api_key"] = SecretStr("none")  # a server of one's own seldom asks for a key
    try:
        model: BaseChatModel = init_chat_model(
            settings.model, model_provider=settings.provider, **options
        )
    except ImportError as error:
        extra = _EXTRAS.get(settings.provider)
        how = f'Install it: pip install "refrain[{extra}]".' if extra else str(error)
        raise ModelUnavailable(f"The package for {settings.provider} is missing. {how}") from error
    except Exception as error:
        raise ModelUnavailable(f"The model {settings.name} cannot be used: {error}") from error
    return model


def _open_local(settings: ModelSettings) -> BaseChatModel:
    """The model of this machine; it is loaded in a process of its own, which this starts."""
    if settings.weights is None:
        raise ModelUnavailable("No local model is here. Run: refrain models add llm")
    if find_spec("xllamacpp") is None:
        raise ModelUnavailable(
            'The package for local models is missing. Install it: pip install "refrain[llm]".'
        )
    process = LocalProcess(settings.weights, beginning(), threads=settings.threads)
    process.start()
    return LocalChatModel.asking(process, timeout_s=settings.timeout_s)
