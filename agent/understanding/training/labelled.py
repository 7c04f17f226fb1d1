"""Requests with the intent that the classifier shall learn for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.understanding.features import plain
from agent.understanding.grammar import Grammar, GrammarMatch
from agent.understanding.intents import Intent
from agent.understanding.language import Language
from agent.understanding.tokens import tokenise
from agent.understanding.training.data import Row
from agent.understanding.training.generate import Request

FINER: Mapping[str, Intent] = {
    **dict.fromkeys(("alarm", "alarm_set"), Intent.ALARM_SET),
    "alarm_query": Intent.ALARM_SHOW,
    "alarm_remove": Intent.ALARM_CANCEL,
    **dict.fromkeys(
        (
            *("what_is_your_name", "are_you_a_bot", "who_made_you", "tell_joke", "general_joke"),
            *("do_you_have_pets", "how_old_are_you", "where_are_you_from", "what_are_your_hobbies"),
            "who_do_you_work_for",
        ),
        Intent.SMALL_TALK,
    ),
    "what_can_i_ask_you": Intent.HELP,
    **dict.fromkeys(("greeting", "goodbye"), Intent.GREETING),
    "thank_you": Intent.THANKS,
    "yes": Intent.CONFIRM,
    "no": Intent.DENY,
    "cancel": Intent.CANCEL,
}
"""Labels of HWU64, SLURP and CLINC150 that the public schema calls out of scope, and we do not."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One training request. Made ones have no row."""

    bare: str
    """Its `plain` text."""
    intent: Intent
    row: Row | None
    source: str
    topic: str = ""
    """What it is about when it is not about music: a class of its own for the classifier."""
    match: GrammarMatch | None = None

    @property
    def name(self) -> str:
        """Its class for the classifier."""
        return f"{self.intent.value}/{self.topic}" if self.topic else self.intent.value


def label(row: Row, source: str, grammar: Grammar) -> Labelled:
    """Give a public row our finer intent where we know it and the row accepts it."""
    match = grammar.match(row.text, tokenise(row.text, grammar.language.contractions))
    intent = FINER.get(row.source_intent, Intent(row.intent))
    if match is not None and not match.unmet and match.rule.intent.public in row.accept:
        intent = match.rule.intent
    return Labelled(plain(row.text, grammar.language), intent, row, source, match=match)


def made(request: Request, language: Language) -> Labelled:
    """A request from templates, as training data."""
    return Labelled(plain(request.text, language), request.intent, None, "made")
