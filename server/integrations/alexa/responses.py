"""What Alexa is answered."""

from collections.abc import Sequence
from typing import Any, Final

_MOST_WORDS: Final = 6_000
"""Alexa refuses more than 8,000 characters."""

Directive = dict[str, Any]


def play(
    url: str,
    token: str,
    *,
    offset_s: float = 0.0,
    after: str | None = None,
    title: str = "",
    subtitle: str = "",
    picture: str = "",
) -> Directive:
    """Sound a stream, at once or after another one.

    Args:
        url: https, with a certificate that is trusted.
        token: names it in everything that the device reports.
        offset_s: where to begin.
        after: token of the stream that it follows; None: now, in place of everything.
        title: shown on devices with a screen.
        subtitle: likewise.
        picture: https address of a picture, or "".
    """
    stream: dict[str, Any] = {
        "token": token,
        "url": url,
        "offsetInMilliseconds": round(offset_s * 1_000),
    }
    if after is not None:
        stream["expectedPreviousToken"] = after
    metadata: dict[str, Any] = {"title": title, "subtitle": subtitle}
    if picture:
        metadata["art"] = {"sources": [{"url": picture}]}
    return {
        "type": "AudioPlayer.Play",
        "playBehavior": "REPLACE_ALL" if after is None else "ENQUEUE",
        "audioItem": {"stream": stream, "metadata": metadata},
    }


def stop() -> Directive:
    """Fall silent; the device remembers nothing."""
    return {"type": "AudioPlayer.Stop"}


def clear_enqueued() -> Directive:
    """Forget what was to follow."""
    return {"type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ENQUEUED"}


def spoken(
    text: str,
    *,
    directives: Sequence[Directive] = (),
    reprompt: str = "",
    ends: bool = True,
    card: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """An answer in a conversation.

    Args:
        text: said aloud; "" says nothing.
        directives: for the player.
        reprompt: said when nobody answers.
        ends: whether the microphone closes.
        card: shown in the app.
    """
    response: dict[str, Any] = {"shouldEndSession": ends}
    if text:
        response["outputSpeech"] = {"type": "PlainText", "text": text[:_MOST_WORDS]}
    if reprompt and not ends:
        response["reprompt"] = {"outputSpeech": {"type": "PlainText", "text": reprompt}}
    if card is not None:
        response["card"] = card
    if directives:
        response["directives"] = list(directives)
    return {"version": "1.0", "response": response}


def silent(directives: Sequence[Directive] = ()) -> dict[str, Any]:
    """An answer to the player, which may hold directives and nothing else."""
    response: dict[str, Any] = {"directives": list(directives)} if directives else {}
    return {"version": "1.0", "response": response}


LINK_ACCOUNT: Final = {"type": "LinkAccount"}
