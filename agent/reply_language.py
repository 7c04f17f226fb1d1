"""Which language a reply comes in."""

from agent.understanding import Translation

_TELLING_WORDS = 4
"""So many words of text that no grammar fits tell their language; fewer may be names only."""


def reply_language(said: Translation, text: str, *, before: str = "en") -> str:
    """The language of the request, or that of the conversation where the words do not tell.

    Args:
        said: what the request was read as.
        text: the request.
        before: language of the conversation so far.
    """
    words = len(text.split())
    if said.language == "en" and before != "en" and words <= 1:
        return before  # "stop" is a word of many languages
    if not said.found and words < _TELLING_WORDS and text.isascii():
        return before
    return said.language
