"""All that Refrain says, in the language of the request: messages, catalogues and their wording."""

from agent.replies.languages import LANGUAGES, language_name, spoken_language
from agent.replies.manner import Manner, Style
from agent.replies.message import Reply, Say, render

__all__ = [
    "LANGUAGES",
    "Manner",
    "Reply",
    "Say",
    "Style",
    "language_name",
    "render",
    "spoken_language",
]
