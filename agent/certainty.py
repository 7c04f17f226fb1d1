"""How surely a recording may be named: as a fact, with "probably", or not at all.

What recognition holds for likely is never told as certain, what it does not know is not named,
and the time and the percentages that are told are those of the match.
"""

import re
from collections.abc import Iterator, Sequence

from agent.claims import DENIES, Facts, facts_of
from agent.phrases import length
from agent.session import RECOGNIZE
from agent.turn import Outcome
from knowledge.fingerprint.models import Certainty
from knowledge.folding import fold
from knowledge.models import Track
from tools.result import Ambiguous, Found, HeardTrack, NothingFound

_HEDGES = re.compile(
    r"\b(?:probably|likely|perhaps|maybe|might|may|could|possibly|i think|i believe|i guess|seems?|"
    r"my guess|best guess|sounds like|not (?:quite |entirely |completely |fully |100 )?"
    r"(?:sure|certain)|unsure|if|appears|wahrscheinlich|vielleicht|vermutlich|probablement|"
    r"peut etre|probabilmente|forse|probablemente|quizas?|tal vez|waarschijnlijk|misschien|"
    r"provavelmente|talvez)\b"
)
_SURE = re.compile(
    r"\b(?:definitely|certainly|undoubtedly|no doubt|without (?:a )?doubt|for sure|im sure|"
    r"i am (?:sure|certain|positive)|im (?:certain|positive)|absolutely|100 ?%|100 percent)\b"
)
_NAMES = re.compile(
    r"\b(?:[Tt]hat (?:sounds like|could be|might be|may be|must be|seems to be)|"
    r"[Tt]hat(?:['’]s| is| was)|[Tt]his (?:is|was)|[Ii]t(?:['’]s| is| was)|"
    r"(?:[Tt]he )?(?:song|track|tune|title|music|one)(?:['’]s| is| was)|"
    r"[Yy]ou(?:['’]re| are| were) (?:hearing|listening to)|[Yy]ou heard|"
    r"[Ii] (?:hear|heard|recogni[sz]ed))"
    r"(?: \w+){0,2}? (?P<what>[\"“«„*]?[A-Z0-9].*)$"
)
_CLAUSE_END = re.compile(r"[,;:.!?]| but | though ")
_TIME = re.compile(r"\b(\d{1,2}:\d\d(?::\d\d)?)\b")
_PERCENT = re.compile(r"\b(\d{1,3}(?:\.\d)?) ?(?:%|percent\b|per cent\b)")
_SLACK_S = 2.0


def too_sure(sentence: str, outcomes: Sequence[Outcome]) -> str | None:
    """What `sentence` says of a recording beyond what was recognised, or None."""
    said = fold(sentence)
    if DENIES.search(_SURE.sub(" ", said)) and not _HEDGES.search(said):
        return None  # "that is not Take Five"
    hedged = _HEDGES.search(said) is not None
    matches = list(_matches(outcomes))
    certain = {fold(title) for title, sure in matches if sure is Certainty.CERTAIN}
    doubtful = {fold(title) for title, sure in matches if sure is not Certainty.CERTAIN} - certain
    if any(f" {title} " in f" {said} " for title in doubtful):
        if not hedged or _SURE.search(said):
            return "too sure"
    elif _SURE.search(said) and doubtful and not certain:
        return "too sure"
    listened = any(outcome.tool == RECOGNIZE for outcome in outcomes)
    if (listened or not hedged) and _unproven_name(sentence, outcomes, listened=listened):
        return "identified"
    return None if _figures_are_right(sentence, outcomes) else "another figure"


def _matches(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, Certainty]]:
    """Titles that were recognised in this turn, and how certain each of them is."""
    for outcome in outcomes:
        if outcome.tool == RECOGNIZE and isinstance(outcome.result, Ambiguous):
            # One of them may be the tune that was hummed; which, nobody knows yet.
            for item in outcome.result.items:
                yield str(getattr(item, "title", "")), Certainty.UNKNOWN
        if not isinstance(outcome.result, Found):
            continue
        facts, items = outcome.result.facts, outcome.result.items
        for item in items:
            if isinstance(item, HeardTrack):
                yield item.track.title, item.certainty
        if outcome.tool != RECOGNIZE or "certainty" not in facts:
            continue
        yield str(facts.get("recognised", "")), Certainty(str(facts["certainty"]))
        if "alternative" in facts:
            yield str(facts["alternative"]), Certainty.UNKNOWN


def _unproven_name(sentence: str, outcomes: Sequence[Outcome], *, listened: bool) -> bool:
    """Whether it names what sounds, "That's X by Y", although nothing found is called that.

    After listening "That's X" is enough; otherwise it may be talk about anything.
    """
    match = _NAMES.search(sentence)
    if match is None:
        return False
    what = _CLAUSE_END.split(match["what"], maxsplit=1)[0]
    if not listened and " by " not in what and not what.startswith(("“", '"', "«", "„")):
        return False
    known = {word for text in _texts(outcomes) for word in fold(text).split()}
    named = [word for word in fold(what).split() if word not in _SMALL]
    strange = [word for word in named if word not in known and not word.isdigit()]
    return bool(named) and len(strange) > len(named) / 2


def _texts(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        result = outcome.result
        if isinstance(result, Found | NothingFound):
            yield from (str(value) for value in result.facts.values())
        items = getattr(result, "items", ()) or getattr(result, "nearest", ())
        for item in items:
            thing = item.track if isinstance(item, HeardTrack) else item
            if isinstance(thing, Track):
                yield from (thing.title, thing.artist, thing.album or "", *thing.genres)
            else:
                yield str(getattr(thing, "title", getattr(thing, "name", "")))
                yield str(getattr(thing, "artist", ""))


def _figures_are_right(sentence: str, outcomes: Sequence[Outcome]) -> bool:
    """Whether places in the recording and percentages are those of the match."""
    listened = [each for each in outcomes if each.tool == RECOGNIZE]
    proven = [facts for facts in facts_of(listened) if "certainty" in facts]
    if not proven:
        return True
    places = {
        length(place + slack) for facts in proven for place in _places(facts) for slack in _NEAR
    }
    if places and any(told not in places for told in _TIME.findall(sentence)):
        return False
    shares = {share for facts in proven for share in _percentages(facts)}
    return all(round(float(told)) in shares for told in _PERCENT.findall(sentence))


def _places(facts: Facts) -> Iterator[float]:
    for key in ("position_s", "from_s"):
        if key in facts:
            yield float(facts[key])


def _percentages(facts: Facts) -> Iterator[int]:
    yield int(facts.get("probability", 0))
    yield abs(round(float(facts.get("speed_percent", 0))))
    if clip := float(facts.get("clip_s", 0)):
        yield round(100 * float(facts.get("matched_s", 0)) / clip)


_NEAR = (-_SLACK_S, -1.0, 0.0, 1.0, _SLACK_S)
_SMALL = frozenset(
    (
        *(
            "the",
            "a",
            "an",
            "by",
            "from",
            "of",
            "and",
            "in",
            "on",
            "at",
            "you",
            "are",
            "into",
            "it",
        ),
        *("s", "is", "was", "song", "track", "album", "version", "recording", "called", "with"),
    )
)
