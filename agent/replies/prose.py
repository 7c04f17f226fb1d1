"""What tools write in English, as messages: with a message of the same meaning where there is one.

English is said as the tool wrote it. Another language says the message that came with the result,
or the one that its catalogue keeps for the code or the word; what it has no words for it leaves
out rather than mixing two languages.
"""

import re

from agent.phrases import name
from tools.message import Say, Value
from tools.result import Ambiguous, Failed, Found, NothingFound
from tools.terms import term, terms

_MOST = 200
_UNSAID = Say("unsaid")
_BPM = re.compile(r"about (\d+) BPM")
_FROM = re.compile(r"(.+) from (\d+:\d{2})")
_AFTER = re.compile(r"you play (.+) after (.+)")
_DAYS = re.compile(r"you played it(?: (\d+) times, the last time)? (?:(\d+) days ago|\w+)")
_NOTES: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), message, group)
    for pattern, message, group in (
        (r"suits (.+)", "note-suits", "term"),
        (r"like what you play for (.+)", "note-like-for", "term"),
        (r"like (“.+”)(?::.*)?", "note-like", "name"),
        (r"you played it after (“.+”) before", "note-after", "name"),
        (r"you play (.+) next", "note-next", "name"),
        (r"you stay with (.+)", "note-stay", "name"),
        (r"you like it()", "note-liked", ""),
        (r"others with a like taste play it()", "note-others", ""),
        (r"usual for you (.+)", "note-usual", "term"),
        (r"goes well (.+)", "note-goes", "term"),
        (r"no ([\w-]+)", "wish-without", "term"),
        (r"by (.+)", "note-by", "name"),
        (r"from (\d{4})", "note-year", "name"),
        (r"somebody sings()", "note-sings", ""),
        (r"called so()", "note-called", ""),
        (r"from the album()", "note-album", ""),
        (r"it goes “(.+)”", "note-sung", "name"),
        (r"its cover is .+()", "note-cover", ""),
        (r"like what you come back to()(?::.*)?", "note-returns", ""),
        (r"it came next before()", "note-came-next", ""),
        (r"a similar sound()", "note-sound", ""),
        (r"the same genres()", "note-genres", ""),
        (r"sung in [A-Z]\w+()", "note-sung-in", ""),
    )
)


def reason(result: NothingFound) -> Value:
    """Why nothing was found."""
    return _worded(result, "reason", result.reason)


def next_step(result: NothingFound) -> Say:
    """What can be done about it."""
    return _worded(result, "next_step", result.next_step)


def _worded(result: NothingFound, key: str, english: str) -> Say:
    """The message that says the same as `english`; nothing where there is none."""
    said = result.said.get(key, _UNSAID)
    return Say(said.id, said.values, english=english)


def fact(found: Found, key: str, limit: int = 70) -> Value:
    """A fact that a tool worded, cut to what can be spoken."""
    english = name(found.facts.get(key, ""), limit)
    said = found.said.get(key)
    return english if said is None else Say(said.id, said.values, english=english)


def question(result: Ambiguous) -> Say:
    """What a tool asks, without the choices."""
    english = name(result.question, _MOST)
    if not result.choices:
        english = f"{result.question.rstrip('?')}?"
    said = result.said.get("question") or Say("unworded" if result.choices else "which-one")
    return Say(said.id, said.values, english=english)


def failure(result: Failed, english: str) -> Say:
    """What went wrong: the message for just that, or for its code, or else in English."""
    said = result.said.get("reason")
    if said is not None:
        return Say(said.id, said.values, english=english)
    return Say(f"failed-{result.code}", english=english)


def note(words: str) -> Say | None:
    """Why a track is here; None when no language but English has words for any of it."""
    parts = [part for part in map(_noted, _parts(words)) if part is not None]
    return terms(words, tuple(parts)) if parts else None


def _parts(words: str) -> list[str]:
    """The reasons one by one; commas within one are no ends."""
    kept = words.replace(" times, the last time", " times; the last time")
    return [part.replace("; the", ", the").strip() for part in kept.split(", ") if part.strip()]


def _noted(part: str) -> Value | None:
    if match := _BPM.fullmatch(part):
        return Say("note-bpm", {"bpm": match[1]})
    if match := _FROM.fullmatch(part):
        return Say("note-from", {"what": term(match[1]), "at": match[2]})
    if match := _DAYS.fullmatch(part):
        return Say("note-played", {"count": int(match[1] or 1)})
    if match := _AFTER.fullmatch(part):
        return Say("note-artist-after", {"what": name(match[1]), "other": name(match[2])})
    for pattern, message, group in _NOTES:
        if match := pattern.fullmatch(part):
            value = {"what": term(match[1]) if group == "term" else name(match[1])}
            return Say(message, value if group else {})
    return term(part) if _is_word(part) else None


def _is_word(part: str) -> bool:
    """Whether a reason is a mood, an instrument or a genre and not half a sentence."""
    return len(part.split()) <= 2 and part.replace(" ", "").replace("-", "").isalpha()
