"""How recommendations, tastes and playlists made for a wish are said: with the reason, honestly.

What a list is called is what speaks for its tracks. What had to be given up is said, what could
not be heard is not claimed, and what is hard to hear, such as how happy music is, is said so.
"""

from collections.abc import Mapping

from agent.phrases import called, length, listing, name, titled
from agent.replies.catalogue import in_words
from agent.replies.languages import ENGLISH
from agent.replies.manner import USUAL, Manner
from agent.replies.message import Reply
from agent.replies.prose import fact, note
from knowledge.folding import fold
from knowledge.models import Track
from tools.message import Listed, Say, Value
from tools.result import Found
from tools.terms import listed, term

Facts = Mapping[str, str | int | float | bool]
_SPOKEN_REASON = 60
_SPOKEN_LINES = 3


def recommended_and_played(found: Found, played: Found, first: Value, manner: Manner) -> Reply:
    """A recommendation and its playing told as one.

    Args:
        found: what was chosen.
        played: the player's confirmation.
        first: title and artist of what sounds.
        manner: how it is said.
    """
    total = int(found.facts.get("count", len(found.items)))
    reason = _reason_of(found, str(played.facts.get("playing", "")), manner)
    if reason and not manner.is_brief:
        first = Say("with-reason", {"track": first, "reason": reason})
    values: dict[str, Value] = {"opening": opened(found), "first": first, "count": total}
    if total <= 1:
        said = Say("chosen-one", values)
    elif "length_s" in found.facts:
        said = Say("chosen-lasting", values | {"minutes": _minutes(found.facts)})
    else:
        said = Say("chosen-several", values)
    return said, honesty(found.facts)


def recommended(found: Found, manner: Manner) -> Reply:
    """A list that was only shown."""
    total = len(found.items)
    first = found.items[0] if found.items else None
    reason = _reason(found, 0, manner)
    shown: Value = listing(found.items, total=total)
    if reason and isinstance(first, Track):
        shown = Say("with-reason", {"track": called(first), "reason": reason})
        if total > 1:
            rest = listing(found.items[1:3], total=total - 1)
            shown = Say("first-and-rest", {"first": shown, "rest": rest})
    return Say("suggested", {"what": shown}), honesty(found.facts)


def opened(found: Found) -> Say:
    """What a list is, before its tracks are named."""
    facts = found.facts
    if "like" in facts:
        return Say("opened-wish", {"wish": fact(found, "wanted", 120) or Say("music")})
    if "unknown_mood" in facts:
        return Say("opened-closest")
    wished, mood = str(facts.get("wished", "")), str(facts.get("mood", ""))
    if mood and wished in {"", f"{mood} music"}:
        return Say("opened-mood", {"mood": term(mood)})
    if wished and wished != "music":
        return Say("opened-wish", {"wish": fact(found, "wished", 120)})
    named = name(facts.get("name", ""))
    if facts.get("kind") == "genre":
        return Say("opened-genre", {"name": named})
    return Say("opened-more", {"name": named}) if named else Say("opened")


def honesty(facts: Facts) -> tuple[Say, ...]:
    """What the list is not, and what is only a guess; nothing when there is nothing to admit."""
    said = []
    if "relaxed" in facts:
        given_up = tuple(term(word) for word in str(facts["relaxed"]).split(", "))
        said.append(Say("let-go", {"what": Listed(given_up)}))
    if "unproven" in facts:
        said.append(Say("cannot-hear", {"what": listed(str(facts["unproven"]))}))
    elif "weak" in facts:
        said.append(Say("only-guessed", {"what": listed(str(facts["weak"]))}))
    if "begins_s" in facts and "mood" in facts:
        at = length(float(facts["begins_s"]))
        said.append(Say("turns-at", {"mood": term(str(facts["mood"])), "at": at}))
    return tuple(said)


def found_for(result: Found, manner: Manner = USUAL) -> Reply:
    """What a search found by likeness, words or cover, with why."""
    total = int(result.facts.get("found", len(result.items)))
    first, reason = called(result.items[0]), _reason(result, 0, manner)
    if total == 1 or "lyrics" in result.facts:
        values = {"what": first, "reason": reason}
        said = Say("found-because" if reason else "found-one", values)
        return (said, Say("found-more", {"count": total - 1})) if total > 1 else said
    if reason:
        first = Say("with-reason-aside", {"track": first, "reason": reason})
    rest = listing(result.items[1:], total=total - 1)
    found = Say("found-matches", {"count": total, "first": first, "rest": rest})
    return found, honesty(result.facts)


def made_playlist(result: Found) -> Reply:
    """A playlist that was made or filled for a wish."""
    facts = result.facts
    made = name(facts.get("created") or facts.get("refreshed"))
    amount: Value = Say(
        "tracks-lasting", {"count": int(facts["count"]), "minutes": _minutes(facts)}
    )
    if "refreshed" in facts:
        if not facts.get("changed"):
            return Say("playlist-stays", {"name": made})
        return Say("playlist-fresh", {"name": made, "amount": amount}), honesty(facts)
    arc = str(facts.get("arc", ""))
    if arc in _FLOWS:
        amount = Say(f"flow-{_FLOWS[arc]}", {"what": amount})
    values: dict[str, Value] = {"name": made, "amount": amount}
    if "first" in facts:
        values["first"] = name(facts["first"])
    said = Say("playlist-made-first" if "first" in facts else "playlist-made", values)
    refills: Reply = Say("playlist-refills") if facts.get("keeps_fresh") else ""
    return said, refills, honesty(facts)


_FLOWS = {"ramp": "ramp", "hill": "hill", "wind_down": "down"}


def taste(result: Found) -> Reply:
    """What was kept, shown or taken back of a taste."""
    facts = result.facts
    if "taste_lines" in facts:
        return _shown(result)
    if "taste_reset" in facts:
        return Say("taste-reset")
    about = name(facts["about"])
    if "taste_forgotten" in facts:
        return Say("taste-forgotten", {"about": about})
    said = str(facts["taste_said"])
    if facts.get("subject") == "track":
        return Say(f"track-{said.replace('_', '-')}", {"about": about})
    kind: Value = about
    if facts.get("subject") in {"genre", "mood"}:
        kind = Say("music-of", {"about": term(about)})
    concerned = int(facts.get("concerned", 0))
    noted = Say(f"taste-{said}", {"kind": kind})
    if concerned:
        return noted, Say("taste-concerns", {"count": concerned})
    return (noted, Say("taste-concerns-none")) if said == "never" else noted


def why(result: Found) -> Reply:
    """Why a track was chosen, or what speaks for it when nobody chose it."""
    facts = result.facts
    track = titled(facts["explained"], str(facts["artist"]))
    for key, message in (("why", "chosen-because"), ("speaks_for_it", "not-chosen-but")):
        if key in facts:
            english = name(facts[key], 160)
            reason = note(english) or Say("unworded", english=english)
            return Say(message, {"track": track, "reason": reason})
    return Say("not-chosen", {"track": track})


def _shown(result: Found) -> Reply:
    facts = result.facts
    total = int(facts["taste_lines"])
    rated: list[Value] = []
    if liked := int(facts.get("liked", 0)):
        rated.append(Say("taste-liked", {"count": liked}))
    if disliked := int(facts.get("disliked", 0)):
        rated.append(Say("taste-disliked", {"count": disliked}))
    opening = Say("taste-rated", {"what": Listed(tuple(rated))}) if rated else ""
    if total == 0:
        return opening or Say("taste-unknown")
    lines = [name(line, 160) for line in result.notes[:_SPOKEN_LINES]]
    if (more := total - min(total, _SPOKEN_LINES)) > 0:
        rest = "one more thing" if more == 1 else f"{in_words(more)} more things"
        lines.append(f"And {rest}: the page shows all of it.")
    return opening, Say("taste-lines", {"count": total}, english=" ".join(lines))


def _reason_of(found: Found, title: str, manner: Manner) -> Value:
    """The reason of the track called `title`."""
    for place, item in enumerate(found.items):
        if isinstance(item, Track) and fold(item.title) == fold(title):
            return _reason(found, place, manner)
    return ""


def _reason(found: Found, place: int, manner: Manner) -> Value:
    words = found.notes[place] if place < len(found.notes) else ""
    if len(words) > _SPOKEN_REASON and (end := words.rfind(", ", 0, _SPOKEN_REASON)) > 0:
        words = words[:end]  # whole reasons only
    english = name(words, 2 * _SPOKEN_REASON)
    if manner.language == ENGLISH:
        return english
    return note(english) or ""


def _minutes(facts: Facts) -> int:
    return round(float(facts.get("length_s", 0)) / 60)
