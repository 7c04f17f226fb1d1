"""The words of the offline model: short, warm, and never more than a `ToolResult` proves.

Every sentence here is built from the facts of a result. What is not in the facts cannot be said,
so the wording needs no check afterwards. Variants are chosen by the number of the turn: the same
conversation gets the same words, but not the same words every time.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from agent.phrases import as_choice, called, count, joined, length, listing, name, sentence
from agent.turn import Outcome
from knowledge.folding import fold
from knowledge.models import PlayEvent, Track
from tools.result import Ambiguous, Failed, Found, NothingFound

Facts = Mapping[str, str | int | float | bool]


def word(outcomes: Sequence[Outcome], *, turn: int = 0, asked: str = "") -> str:
    """The reply to the results of one turn, in their order; "" when there are none.

    `asked` are the words of the request: "who is this by?" gets another answer than "what is this?".
    """
    if not outcomes:
        return ""
    last = outcomes[-1]
    if last.tool == "play_music" and len(outcomes) > 1 and isinstance(last.result, Found):
        before = outcomes[-2]
        if before.tool == "recommend_music" and isinstance(before.result, Found):
            return _recommended_and_played(before.result, last.result, turn)
    if len(outcomes) > 1 and _independent(outcomes):
        return " ".join(word([outcome], turn=turn) for outcome in outcomes)
    result = last.result
    if isinstance(result, Ambiguous):
        return _which(result)
    if isinstance(result, NothingFound):
        return _nothing(result, last, turn)
    if isinstance(result, Failed):
        return _failed(result)
    if last.tool == "now_playing":
        return _now(result, asked, turn)
    return _FOUND[last.tool](last.arguments, result, turn)


def vary(turn: int, *variants: str) -> str:
    return variants[turn % len(variants)]


def _independent(outcomes: Sequence[Outcome]) -> bool:
    searching = {"search_music", "recommend_music"}
    return not any(outcome.tool in searching for outcome in outcomes[:-1])


def _which(result: Ambiguous) -> str:
    choices = [as_choice(item, result.items) for item in result.items[:3]]
    return f"{sentence(result.question.rstrip('?') + '?')} {sentence(joined(choices, 'or') + '?')}"


def _nothing(result: NothingFound, outcome: Outcome, turn: int) -> str:
    wanted = name(result.wanted)
    if outcome.tool == "recall_history":
        return sentence(f"I have no {wanted}")
    if outcome.tool == "edit_queue":
        return sentence(f"I see no {wanted}")
    have = vary(turn, f"I have no {wanted}", f"I cannot find {wanted} in your library")
    if wanted.startswith(("any", "that ", "a list", "number ")):
        have = f"I cannot find {wanted}"
    if not result.nearest:
        return sentence(have)
    nearest = called(result.nearest[0])
    if outcome.tool == "manage_playlists":
        return f"{sentence(have)} The nearest is {sentence(nearest + ': do you mean that?')}"
    ask = "shall I play that?" if outcome.tool == "play_music" else "do you mean that?"
    return f"{sentence(have)} The nearest is {nearest}. {sentence(ask)}"


def _failed(result: Failed) -> str:
    if result.code == "queue_empty":
        return f"{sentence(name(result.reason) or 'Nothing is in the queue')} {result.next_step}".strip()
    reason = name_long(result.reason)
    return f"{sentence('That did not work: ' + reason)} {result.next_step}".strip()


def name_long(text: str) -> str:
    text = text.strip().rstrip(".")
    return text[:1].lower() + text[1:] if text[:2] not in {"I ", "I'"} else text


def _recommended_and_played(found: Found, played: Found, turn: int) -> str:
    if "playing" not in played.facts:
        return _play({}, played, turn)
    first = _title_by(played.facts)
    total = int(found.facts.get("count", len(found.items)))
    mood = found.facts.get("mood") or found.facts.get("name")
    if found.facts.get("like"):
        opening = f"Here is music like {name(str(found.facts['like']))}"
    elif "unknown_mood" in found.facts:
        opening = "Here is what comes closest"
    elif mood:
        opening = vary(
            turn,
            f"Something {mood}" if found.facts.get("mood") else f"Some {mood}",
            f"Here is some {mood} music",
        )
    else:
        opening = vary(turn, "Here is something for you", "Let's try this")
    if total <= 1:
        return f"{sentence(f'{opening}: {first} is playing')}"
    return f"{opening}: {count(total, 'track')}, starting with {sentence(first)}"


def _title_by(facts: Facts) -> str:
    title = name(str(facts.get("playing") or facts.get("current") or ""))
    artist = facts.get("artist")
    return f"{title} by {name(str(artist))}" if artist else title


def _play(arguments: Mapping[str, Any], result: Found, turn: int) -> str:
    facts = result.facts
    if "queued" in facts:
        return _queued(facts, result, turn)
    if "playing" not in facts:
        return "I asked the player, but it does not report any sound yet."
    first = _title_by(facts)
    kind, total = facts.get("kind"), int(facts.get("count", 1))
    named = name(str(facts.get("name", "")))
    if kind == "track" or total == 1:
        return vary(turn, f"Playing {first}.", f"Here is {first}.", f"{first}, playing now.")
    if kind == "album":
        return sentence(
            f"Playing the album {named} by {name(str(facts.get('by', '')))}, "
            f"{count(total, 'track')}, starting with {name(str(facts['playing']))}"
        )
    if kind == "artist":
        return sentence(
            vary(turn, "Playing ", "Here is ") + f"{named}: {count(total, 'track')}, starting with "
            f"{name(str(facts['playing']))}"
        )
    if kind == "playlist":
        return sentence(
            f"Playing your playlist {named}, {count(total, 'track')}, starting with {first}"
        )
    if kind == "liked":
        return sentence(f"Playing {count(total, 'track')} that you like, starting with {first}")
    if kind == "genre":
        return sentence(f"Playing {named}: {count(total, 'track')}, starting with {first}")
    return sentence(f"Playing {count(total, 'track')}, starting with {first}")


def _queued(facts: Facts, result: Found, turn: int) -> str:
    total = int(facts["queued"])
    what = called(result.items[0]) if total == 1 and result.items else _group(facts, total)
    if facts.get("where") == "next":
        return sentence(f"Next up: {what}")
    return sentence(vary(turn, f"Added {what} to the queue", f"In the queue now: {what}"))


def _group(facts: Facts, total: int) -> str:
    named = name(str(facts.get("name", "")))
    return f"{count(total, 'track')} of {named}" if named else count(total, "track")


def _search(arguments: Mapping[str, Any], result: Found, turn: int) -> str:
    total = int(result.facts.get("found", len(result.items)))
    if total == 1:
        return sentence(f"I found {called(result.items[0])}")
    return f"I found {sentence(f'{count(total, _noun(result))}: {listing(result.items, total=total)}')}"


def _noun(result: Found) -> str:
    kinds = {type(item).__name__.lower() for item in result.items}
    return kinds.pop() if len(kinds) == 1 else "thing"


def _recommend(arguments: Mapping[str, Any], result: Found, turn: int) -> str:
    total = len(result.items)
    opening = vary(turn, "How about", "You could try", "I suggest")
    return sentence(f"{opening} {listing(result.items, total=total)}")


def _control(arguments: Mapping[str, Any], result: Found, turn: int) -> str:
    facts = result.facts
    if "volume" in facts:
        return _volume(facts)
    if "shuffle" in facts:
        return "Shuffle is on." if facts["shuffle"] else "Shuffle is off."
    if "repeat" in facts:
        return {
            "off": "Repeat is off.",
            "one": "Repeating this track.",
            "all": "Repeating the queue.",
        }[str(facts["repeat"])]
    if "position_s" in facts:
        return f"At {length(float(facts['position_s']))}."
    action = facts.get("action")
    if action in {"next", "previous"}:
        if "playing" in facts:
            return f"{vary(turn, 'Now', 'Here is')} {_title_by(facts)}.".replace(
                "Now ", "Now playing "
            )
        return "That was the last one in the queue."
    if action == "pause":
        return "Paused." if facts.get("status") == "paused" else "Nothing is playing."
    if action == "resume":
        return f"Playing {_title_by(facts)}." if "playing" in facts else "Nothing is paused."
    return "Stopped." if facts.get("status") != "playing" else "The player is still playing."


def _volume(facts: Facts) -> str:
    if facts.get("muted"):
        return "Muted."
    if facts.get("asked"):
        return f"The volume is at {facts['volume']} percent."
    return f"Volume {facts['volume']} percent."


def _queue(arguments: Mapping[str, Any], result: Found, turn: int) -> str:
    facts = result.facts
    if "cleared" in facts:
        return f'Cleared the queue, {count(int(facts["cleared"]), "track")}. Say "undo" to get it back.'
    if "undone" in facts:
        length_now = int(facts.get("queue_length", 0))
        return f"Undone. {sentence(count(length_now, 'track') + ' in the queue')}"
    if "removed" in facts:
        removed = int(facts["removed"])
        what = name(str(facts["title"])) if removed == 1 else count(removed, "track")
        return sentence(f"Took {what} out of the queue")
    if "moved" in facts:
        return sentence(f"{name(str(facts['moved']))} is number {facts['to']} now")
    total = int(facts.get("queue_length", 0))
    if total == 0:
        return "The queue is empty."
    if "current" not in facts:
        return sentence(f"In the queue: {listing(result.items, total=total)}")
    if total == 1:
        return sentence(f"Only {called(result.items[0])}")
    rest = result.items[1:]
    return (
        f"{sentence('Now ' + called(result.items[0]))} "
        f"{sentence('Then ' + listing(rest, total=total - 1))}"
    )


def _now(result: Found, asked: str, turn: int) -> str:
    facts = result.facts
    if not result.items or not isinstance(result.items[0], Track):
        return "Nothing is playing."
    track = result.items[0]
    what = called(track)
    if "playing" not in facts:
        paused = facts.get("status") == "paused"
        return sentence(f"{what} is paused") if paused else "Nothing is playing."
    words = set(fold(asked).split())
    if words & {"year", "when", "old", "released"}:
        year = facts.get("year")
        return sentence(f"{what} is from {year}" if year else f"{what}; the file names no year")
    if words & {"long", "left", "length"}:
        left = float(facts.get("duration_s", 0)) - float(facts.get("position_s", 0))
        return sentence(f"{length(float(facts.get('duration_s', 0)))}, {length(left)} of it left")
    if track.album:
        what += f", from {name(track.album)}"
    return sentence(vary(turn, f"This is {what}", f"You are hearing {what}"))


def _rate(arguments: Mapping[str, Any], result: Found, turn: int) -> str:
    facts = result.facts
    total = int(facts.get("count", 1))
    what = (
        f"{name(str(facts['title']))} by {name(str(facts['artist']))}"
        if total == 1
        else count(total, "track")
    )
    if facts["rated"] == "like":
        return sentence(
            vary(turn, f"Noted: you like {what}", f"I will remember that you like {what}")
        )
    if facts["rated"] == "dislike":
        return sentence(f"Noted: no more {what} in my suggestions")
    return sentence(f"The rating of {what} is taken back")


def _playlists(arguments: Mapping[str, Any], result: Found, turn: int) -> str:
    facts = result.facts
    if "playlists" in facts:
        total = int(facts["playlists"])
        if total == 0:
            return 'You have no playlists yet. Say "create a playlist called Evening".'
        names = [name(item.name) for item in result.items[:3] if hasattr(item, "name")]
        more = f", and {total - 3} more on the page" if total > 3 else ""
        return sentence(
            f"You have {count(total, 'playlist')}: {(', '.join(names) if more else joined(names)) + more}"
        )
    if "created" in facts:
        total = int(facts.get("count", 0))
        made = f"Created the playlist {name(str(facts['created']))}"
        if total == 0:
            return f"{made}. It is empty so far."
        what = name(str(facts["title"])) if "title" in facts else count(total, "track")
        return sentence(f"{made} with {what}")
    if "deleted" in facts:
        return sentence(f"Deleted the playlist {name(str(facts['deleted']))}")
    if "renamed" in facts:
        return sentence(
            f"{name(str(facts['renamed']))} is called {name(str(facts['new_name']))} now"
        )
    return _playlist_content(facts, result)


def _playlist_content(facts: Facts, result: Found) -> str:
    playlist = name(str(facts["playlist"]))
    if "added" in facts:
        added, there = int(facts["added"]), int(facts.get("already_there", 0))
        title = name(str(facts["title"]))
        if added == 0:
            return sentence(f"{title if there == 1 else 'All of that'} is in {playlist} already")
        what = title if added == 1 else count(added, "track")
        return sentence(f"Added {what} to {playlist}")
    if "removed" in facts:
        removed = int(facts["removed"])
        what = name(str(facts["title"])) if removed == 1 else count(removed, "track")
        return sentence(f"Took {what} out of {playlist}")
    total = int(facts["count"])
    if total == 0:
        return f"The playlist {playlist} is empty."
    return sentence(f"{playlist} has {count(total, 'track')}: {listing(result.items, total=total)}")


def _history(arguments: Mapping[str, Any], result: Found, turn: int) -> str:
    facts = result.facts
    verb = {
        "play": "played",
        "skip": "skipped",
        "like": "liked",
        "dislike": "disliked",
        "heard": "heard",
    }[str(facts["kind"])]
    total = int(facts["count"])
    when = str(facts.get("when", ""))
    if total == 1:
        return sentence(f"You {verb} {called(result.items[0])} {facts['first_at']}")
    seen: dict[int, PlayEvent] = {}
    for item in result.items:
        if isinstance(item, PlayEvent):
            seen.setdefault(item.track.id, item)
    different = tuple(seen.values())
    named = listing(different, total=len(different) if total <= len(result.items) else total)
    if when:
        return sentence(f"{when} you {verb} {named}")
    return sentence(f"The last things you {verb}: {named}")


_FOUND = {
    "play_music": _play,
    "search_music": _search,
    "recommend_music": _recommend,
    "control_playback": _control,
    "edit_queue": _queue,
    "rate_track": _rate,
    "manage_playlists": _playlists,
    "recall_history": _history,
}
