"""The offline reader of requests: text in, intent and slots out, in milliseconds."""

from agent.understanding.gazetteer import Name, NameSource
from agent.understanding.intents import NOT_MUSIC, Intent
from agent.understanding.jsonl import as_json
from agent.understanding.pivot import Part, Translation
from agent.understanding.request import DialogueContext, Understanding
from agent.understanding.understander import Understander
from knowledge.times import TimeRange, resolve_time

__all__ = [
    "NOT_MUSIC",
    "DialogueContext",
    "Intent",
    "Name",
    "NameSource",
    "Part",
    "TimeRange",
    "Translation",
    "Understander",
    "Understanding",
    "as_json",
    "resolve_time",
]
