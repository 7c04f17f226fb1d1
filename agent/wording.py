"""How each tool's success is said. Only facts of the result are used."""

from collections.abc import Callable, Mapping

from agent import wording_heard, wording_wishes
from agent.phrases import called, count, joined, length, listing, name, sentence, vary
from knowledge.folding import fold
from knowledge.models import PlayEvent, Playlist, Track
from tools.result import Found

Facts = Mapping[str, str | int | float | bool]


def recommended_and_played(found: Found, played: Found, turn: int) -> str:
    """A recommendation and its playing told as one."""
    if "playing" not in played.facts:
        return play(played, turn)
    first = _title_by(played.facts)
    return wording_wishes.recommended_and_played(found, played, first, turn)


def play(result: Found, turn: int) -> str:
    facts = result.facts
    if "queued" in facts:
        return _queued(facts, result, turn)
    if "playing" not in facts:
        return "I asked the player, but it does not report any sound yet."
    first = _title_by(facts)
    kind, total = facts.get("kind"), int(facts.get("count", 1))
    named = name(str(facts.get("name", "")))
    if kind == "track" or (total == 1 and kind != "album"):
        return sentence(vary(turn, f"Playing {first}", f"Here is {first}", f"Now playing {first}"))
    tracks, title = count(total, "track"), name(str(facts["playing"]))
    if kind == "album":
        by = name(str(facts.get("by", "")))
        return sentence(f"Playing the album {named} by {by}, {tracks}, starting with {title}")
    if kind == "artist":
        opening = vary(turn, "Playing", "Here is")
        return sentence(f"{opening} {named}: {tracks}, starting with {title}")
    if kind == "playlist":
        return sentence(f"Playing your playlist {named}, {tracks}, starting with {first}")
    if kind == "liked":
        return sentence(f"Playing {tracks} that you like, starting with {first}")
    return sentence(f"Playing {tracks}, starting with {first}")


def _title_by(facts: Facts) -> str:
    title = name(str(facts.get("playing") or facts.get("current") or ""))
    artist = facts.get("artist")
    return f"{title} by {name(str(artist))}" if artist else title


def _queued(facts: Facts, result: Found, turn: int) -> str:
    total = int(facts["queued"])
    named = name(str(facts.get("name", "")))
    what = count(total, "track") + (f" of {named}" if named else "")
    if total == 1 and result.items:
        what = called(result.items[0])
    if facts.get("where") == "next":
        return sentence(f"Next up: {what}")
    return sentence(vary(turn, f"Added {what} to the queue", f"In the queue now: {what}"))


def _search(result: Found, _turn: int) -> str:
    if result.notes and any(result.notes):
        return wording_wishes.found_for(result)
    total = int(result.facts.get("found", len(result.items)))
    if total == 1:
        return sentence(f"I found {called(result.items[0])}")
    kinds = {type(item).__name__.lower() for item in result.items}
    noun = kinds.pop() if len(kinds) == 1 else "thing"
    return sentence(f"I found {count(total, noun)}: {listing(result.items, total=total)}")


def _control(result: Found, turn: int) -> str:
    facts = result.facts
    if "volume" in facts:
        return _volume(facts)
    if "shuffle" in facts:
        return "Shuffle is on." if facts["shuffle"] else "Shuffle is off."
    if "repeat" in facts:
        modes = {"off": "Repeat is off.", "one": "Repeating this track."}
        return modes.get(str(facts["repeat"]), "Repeating the queue.")
    if "position_s" in facts:
        position = float(facts["position_s"])
        return "From the beginning." if position < 1 else f"Now at {length(position)}."
    return _transport(facts, turn)


def _transport(facts: Facts, turn: int) -> str:
    action, playing = facts.get("action"), "playing" in facts
    if action in {"next", "previous"}:
        if not playing:
            return "I skipped, but the player does not report any sound yet."
        return sentence(
            vary(turn, f"Now playing {_title_by(facts)}", f"Here is {_title_by(facts)}")
        )
    if action == "resume":
        return sentence(f"Playing {_title_by(facts)}") if playing else "Nothing is paused."
    if action == "pause":
        return "Paused." if facts.get("status") == "paused" else "The player is not paused."
    return "The player is still playing." if playing else "Stopped."


def _volume(facts: Facts) -> str:
    level = int(facts["volume"])
    if facts.get("muted"):
        return "Muted."
    if facts.get("asked"):
        return f"The volume is at {level} percent."
    if level == facts.get("volume_before") and level in {0, 100}:
        return f"That is as {'loud' if level else 'quiet'} as it goes: {level} percent."
    return f"Volume {level} percent."


def _queue(result: Found, _turn: int) -> str:
    facts = result.facts
    if "cleared" in facts:
        cleared = count(int(facts["cleared"]), "track")
        return f'Cleared the queue of {cleared}. Say "undo" to get it back.'
    if "undone" in facts:
        return f"Undone. {sentence(count(int(facts['queue_length']), 'track') + ' in the queue')}"
    if "removed" in facts:
        removed = int(facts["removed"])
        what = name(str(facts["title"])) if removed == 1 else count(removed, "track")
        return sentence(f"Took {what} out of the queue")
    if "moved" in facts:
        return sentence(f"{name(str(facts['moved']))} is number {facts['to']} in the queue now")
    return _queue_content(result)


def _queue_content(result: Found) -> str:
    total = int(result.facts.get("queue_length", 0))
    if total == 0:
        return "The queue is empty."
    if "current" not in result.facts:
        return sentence(f"In the queue: {listing(result.items, total=total)}")
    if total == 1:
        return sentence(f"{called(result.items[0])}, and nothing after it")
    following = listing(result.items[1:], total=total - 1)
    return f"{sentence('Now ' + called(result.items[0]))} {sentence('Then ' + following)}"


def now_playing(result: Found, asked: str, turn: int) -> str:
    """What sounds; or its year or length when that was asked for."""
    facts = result.facts
    if "explained" in facts:
        return wording_wishes.why(result)
    if not result.items or not isinstance(result.items[0], Track):
        return "Nothing is playing."
    track = result.items[0]
    what = called(track)
    if "playing" not in facts:
        return (
            sentence(f"{what} is paused")
            if facts.get("status") == "paused"
            else ("Nothing is playing.")
        )
    words = set(fold(asked).split())
    if words & {"year", "when", "old", "released"}:
        year = facts.get("year")
        return sentence(f"{what} is from {year}" if year else f"{what}; the file names no year")
    if words & {"long", "left", "length"}:
        whole, at = float(facts.get("duration_s", 0)), float(facts.get("position_s", 0))
        return f"It is {length(whole)} long, with {length(whole - at)} left."
    if track.album:
        what += f", from {name(track.album)}"
    return sentence(vary(turn, f"This is {what}", f"You are hearing {what}"))


def _rate(result: Found, turn: int) -> str:
    facts = result.facts
    if "rated" not in facts:
        return wording_wishes.taste(result)
    total = int(facts.get("count", 1))
    what = count(total, "track")
    if total == 1:
        what = f"{name(str(facts['title']))} by {name(str(facts['artist']))}"
    if facts["rated"] == "like":
        noted = vary(turn, f"Noted: you like {what}", f"I will remember that you like {what}")
        return sentence(noted)
    if facts["rated"] == "dislike":
        return sentence(f"Noted: you do not like {what}. I will not suggest it again")
    return sentence(f"The rating of {what} is taken back")


def _playlists(result: Found, _turn: int) -> str:
    facts = result.facts
    if "playlists" in facts:
        return _playlist_names(result)
    if "refreshed" in facts or ("created" in facts and "length_s" in facts):
        return wording_wishes.made_playlist(result)
    if "created" in facts:
        total = int(facts.get("count", 0))
        made = f"Created the playlist {name(str(facts['created']))}"
        if total == 0:
            return f"{made}. It is empty so far."
        return sentence(f"{made} with {_title_or_count(facts, total)}")
    if "deleted" in facts:
        return sentence(f"Deleted the playlist {name(str(facts['deleted']))}")
    if "renamed" in facts:
        old, new = name(str(facts["renamed"])), name(str(facts["new_name"]))
        return sentence(f"{old} is called {new} now")
    return _playlist_content(facts, result)


def _playlist_names(result: Found) -> str:
    total = int(result.facts["playlists"])
    if total == 0:
        return 'You have no playlists yet. Say "create a playlist called Evening".'
    names = [name(item.name) for item in result.items[:3] if isinstance(item, Playlist)]
    shown = joined(names) if total <= 3 else f"{', '.join(names)}, and {total - 3} more on the page"
    return sentence(f"You have {count(total, 'playlist')}: {shown}")


def _playlist_content(facts: Facts, result: Found) -> str:
    playlist = name(str(facts["playlist"]))
    if "added" in facts:
        added = int(facts["added"])
        if added == 0:
            what = name(str(facts["title"])) if facts.get("already_there") == 1 else "All of that"
            return sentence(f"{what} is in {playlist} already")
        return sentence(f"Added {_title_or_count(facts, added)} to {playlist}")
    if "removed" in facts:
        return sentence(f"Took {_title_or_count(facts, int(facts['removed']))} out of {playlist}")
    total = int(facts["count"])
    if total == 0:
        return f"The playlist {playlist} is empty."
    return sentence(f"{playlist} has {count(total, 'track')}: {listing(result.items, total=total)}")


def _title_or_count(facts: Facts, number: int) -> str:
    return name(str(facts["title"])) if number == 1 and "title" in facts else count(number, "track")


def _history(result: Found, _turn: int) -> str:
    facts = result.facts
    if facts["kind"] == "heard":
        return wording_heard.history(result)
    verbs = {"play": "played", "skip": "skipped", "like": "liked", "dislike": "disliked"}
    verb = verbs[str(facts["kind"])]
    total, when = int(facts["count"]), str(facts.get("when", ""))
    if facts.get("order") == "most":
        opening = f"{when} you {verb} most" if when else f"You {verb} most"
        return sentence(f"{opening}: {listing(result.items, total=total)}")
    if total == 1:
        return sentence(f"You {verb} {called(result.items[0])} {facts['first_at']}")
    different: dict[int, PlayEvent] = {}
    for item in result.items:
        if isinstance(item, PlayEvent):
            different.setdefault(item.track.id, item)
    shown = tuple(different.values())
    named = listing(shown, total=len(shown) if total <= len(result.items) else total)
    if when:
        return sentence(f"{when} you {verb} {named}")
    return sentence(f"The last things you {verb}: {named}")


FOUND: dict[str, Callable[[Found, int], str]] = {
    "play_music": play,
    "search_music": _search,
    "recommend_music": wording_wishes.recommended,
    "control_playback": _control,
    "edit_queue": _queue,
    "rate_track": _rate,
    "manage_playlists": _playlists,
    "recall_history": _history,
}
