"""The names by which OpenAI's clients may call what is here."""

from typing import Final

from server.errors import NotFound
from server.realtime.session_state import MODEL

HEARS: Final = (MODEL, "whisper-1", "gpt-4o-transcribe", "gpt-4o-mini-transcribe")
SPEAKS: Final = (MODEL, "tts-1", "tts-1-hd", "gpt-4o-mini-tts")
ANSWERS: Final = (MODEL,)
LISTED: Final = (MODEL, "whisper-1", "tts-1")
"""What `GET /v1/models` tells; the other names are understood as well."""


def require_model(name: str, known: tuple[str, ...], *more: str) -> None:
    """Do nothing if a model of this name can do it.

    Raises:
        NotFound: there is none.
    """
    if name not in known and name not in more:
        raise NotFound(
            f"There is no model {name[:100]!r} for this.", next_step=f"Use {known[-1]!r}."
        )
