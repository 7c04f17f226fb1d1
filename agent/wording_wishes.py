"""How recommendations, tastes and playlists made for a wish are said: with the reason, honestly.

What a list is called is what speaks for its tracks. What had to be given up is said, what could
not be heard is not claimed, and what is hard to hear, such as how happy music is, is said so.
"""

from collections.abc import Mapping

from agent.phrases import called, count, joined, length, listing, name, sentence, vary
from knowledge.folding import fold
from knowledge.models import Track
from tools.result import Found

Facts = Mapping[str, str | int | float | bool]
_SPOKEN_REASON = 60
_SPOKEN_LINES = 3


def recommended_and_played(found: Found, played: Found, first: str, turn: int) -> str:
    """A recommendation and its playing told as one.

    Args:
        found: what was chosen.
        played: the player's confirmation.
        first: title and artist of what sounds.
        turn: number of the turn, for variety.
    """
    total = int(found.facts.get("count", len(found.items)))
    reason = _reason_of(found, str(played.facts.get("playing", "")))
    if reason:
        first = f"{first}, {reason}"
    opening = opened(found.facts, turn)
    if total <= 1:
        said = sentence(f"{opening}: {first}")
    else:
        amount = count(total, "track")
        if "length_s" in found.facts:
            amount += f" in {_minutes(found.facts)}"
        said = sentence(f"{opening}: {amount}, starting with {first}")
    return f"{said} {honesty(found.facts)}".strip()


def recommended(found: Found, turn: int) -> str:
    """A list that was only shown."""
    total = len(found.items)
    first = found.items[0] if found.items else None
    reason = _reason(found, 0)
    if reason and isinstance(first, Track):
        shown = f"{called(first)}, {reason}"
        if total > 1:
            shown += f"; and {listing(found.items[1:3], total=total - 1)}"
    else:
        shown = listing(found.items, total=total)
    said = sentence(
        vary(turn, f"How about {shown}?", f"You could try {shown}", f"I suggest {shown}")
    )
    return f"{said} {honesty(found.facts)}".strip()


def opened(facts: Facts, turn: int) -> str:
    """What a list is, before its tracks are named."""
    if "like" in facts:
        return f"Here is {name(str(facts.get('wanted', 'music')), 120)}"
    if "unknown_mood" in facts:
        return "Here is what comes closest"
    wished, mood = str(facts.get("wished", "")), str(facts.get("mood", ""))
    if mood and wished in {"", f"{mood} music"}:
        return vary(turn, f"Something {mood}", f"Here is some {mood} music")
    if wished and wished != "music":
        return f"Here is {name(wished, 120)}"
    named = name(str(facts.get("name", "")))
    if facts.get("kind") == "genre":
        return vary(turn, f"Some {named}", f"Here is some {named}")
    if named:
        return f"More by {named}"
    return vary(turn, "Here is something for you", "Let's try this")


def honesty(facts: Facts) -> str:
    """What the list is not, and what is only a guess; "" when there is nothing to admit."""
    said = []
    if "relaxed" in facts:
        given_up = str(facts["relaxed"]).split(", ")
        said.append(f"Nothing fits all of it: I let go of {joined(given_up)}.")
    if "unproven" in facts:
        said.append(f"I cannot hear which of it is {facts['unproven']}.")
    elif "weak" in facts:
        said.append(f"How {facts['weak']} music is can only be guessed from its sound.")
    if "begins_s" in facts and "mood" in facts:
        said.append(f"The first turns {facts['mood']} at {length(float(facts['begins_s']))}.")
    return " ".join(said)


def found_for(result: Found) -> str:
    """What a search found by likeness, words or cover, with why."""
    total = int(result.facts.get("found", len(result.items)))
    reason = _reason(result, 0)
    if total == 1 or "lyrics" in result.facts:
        said = called(result.items[0]) + (f": {reason}" if reason else "")
        more = f" There are {total - 1} more on the page." if total > 1 else ""
        return sentence(f"I found {said}") + more
    first = called(result.items[0]) + (f" ({reason})" if reason else "")
    rest = listing(result.items[1:], total=total - 1)
    said = sentence(
        f"I found {count(total, 'match').replace('matchs', 'matches')}: {first}, {rest}"
    )
    return f"{said} {honesty(result.facts)}".strip()


def made_playlist(result: Found) -> str:
    """A playlist that was made or filled for a wish."""
    facts = result.facts
    made = name(str(facts.get("created") or facts.get("refreshed")))
    amount = f"{count(int(facts['count']), 'track')} in {_minutes(facts)}"
    if "refreshed" in facts:
        if not facts.get("changed"):
            return f"Nothing fits the rule of {made} any more, so it stays as it was."
        return f"{sentence(f'{made} is fresh again: {amount}')} {honesty(facts)}".strip()
    flow = _FLOWS.get(str(facts.get("arc", "")), "")
    said = f"Created the playlist {made}: {amount}{flow}"
    if "first" in facts:
        said += f", beginning with {name(str(facts['first']))}"
    said = sentence(said)
    if facts.get("keeps_fresh"):
        said += " It fills itself anew every day."
    return f"{said} {honesty(facts)}".strip()


def taste(result: Found) -> str:
    """What was kept, shown or taken back of a taste."""
    facts = result.facts
    if "taste_lines" in facts:
        return _shown(result)
    if "taste_reset" in facts:
        return "I have forgotten your taste and begin anew. Your history and likes stay."
    about = name(str(facts["about"]))
    if "taste_forgotten" in facts:
        return sentence(f"I have forgotten what I learned about {about}")
    said = str(facts["taste_said"])
    if facts.get("subject") == "track":
        return {
            "never": sentence(f"I will never offer {about} again"),
            "not_now": sentence(f"Not {about} today"),
            "more": sentence(f"Noted: more like {about}"),
            "less": sentence(f"Noted: less like {about}"),
        }[said]
    kind = f"{about} music" if facts.get("subject") in {"genre", "mood"} else about
    concerned = int(facts.get("concerned", 0))
    known = f" That is {count(concerned, 'track')} of your library." if concerned else ""
    if said == "never":
        return sentence(f"Noted: never {kind}") + (known or " Your library has none that I know.")
    return sentence(f"Noted: {said} of {kind}") + known


def why(result: Found) -> str:
    """Why a track was chosen, or what speaks for it when nobody chose it."""
    facts = result.facts
    what = f"{name(str(facts['explained']))} by {name(str(facts['artist']))}"
    if "why" in facts:
        return sentence(f"I chose {what} because of this: {name(str(facts['why']), 160)}")
    if "speaks_for_it" in facts:
        speaks = name(str(facts["speaks_for_it"]), 160)
        return sentence(f"I did not pick {what} myself; what speaks for it is: {speaks}")
    return sentence(f"I did not pick {what} myself, and know nothing that speaks for it yet")


def _shown(result: Found) -> str:
    facts = result.facts
    total = int(facts["taste_lines"])
    rated = []
    if liked := int(facts.get("liked", 0)):
        rated.append(f"you like {count(liked, 'track')}")
    if disliked := int(facts.get("disliked", 0)):
        rated.append(f"dislike {count(disliked, 'track')}")
    opening = sentence(joined(rated)) if rated else ""
    if total == 0:
        return opening or "I know nothing of your taste yet. It grows with what you play and say."
    lines = " ".join(name(line, 160) for line in result.notes[:_SPOKEN_LINES])
    more = total - min(total, _SPOKEN_LINES)
    rest = f" And {count(more, 'more thing')}: the page shows all of it." if more > 0 else ""
    return f"{opening} {lines}{rest}".strip()


def _reason_of(found: Found, title: str) -> str:
    """The reason of the track called `title`."""
    for place, item in enumerate(found.items):
        if isinstance(item, Track) and fold(item.title) == fold(title):
            return _reason(found, place)
    return ""


def _reason(found: Found, place: int) -> str:
    note = found.notes[place] if place < len(found.notes) else ""
    if len(note) > _SPOKEN_REASON and (end := note.rfind(", ", 0, _SPOKEN_REASON)) > 0:
        note = note[:end]  # whole reasons only
    return name(note, 2 * _SPOKEN_REASON)


def _minutes(facts: Facts) -> str:
    seconds = float(facts.get("length_s", 0))
    minutes = round(seconds / 60)
    return "one minute" if minutes == 1 else f"{minutes} minutes"


_FLOWS = {
    "ramp": ", building up",
    "hill": ", building up and cooling down",
    "wind_down": ", winding down",
}
