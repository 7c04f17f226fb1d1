"""What can go wrong in a conversation.

AgentError
├── InputTooLong        more text than one turn may hold
├── InputEmpty          nothing was said
├── ModelUnavailable    the configured language model cannot be used; carries what to install or set
└── ModelMisbehaved     the language model answered in a way that cannot be used
"""

from typing import ClassVar


class AgentError(Exception):
    """Base of all errors of this package. The message is fit to be shown to a user."""

    code: ClassVar[str] = "agent_error"
    retryable: ClassVar[bool] = False


class InputTooLong(AgentError):
    """More text than one turn may hold."""

    code: ClassVar[str] = "input_too_long"


class InputEmpty(AgentError):
    """Nothing was said."""

    code: ClassVar[str] = "input_empty"


class ModelUnavailable(AgentError):
    """The configured language model cannot be used."""

    code: ClassVar[str] = "model_unavailable"


class ModelMisbehaved(AgentError):
    """The language model answered in a way that cannot be used, such as a printed tool call."""

    code: ClassVar[str] = "model_misbehaved"
    retryable: ClassVar[bool] = True
