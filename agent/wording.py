"""How each tool's success is said. Only facts of the result are used."""

from collections.abc import Callable, Mapping

from agent import (
    wording_facts,
    wording_history,
    wording_playlists,
    wording_rooms,
    wording_timers,
    wording_wishes,
)
from agent.phrases import called, count, length, listing, name, noun_of, titled
from agent.replies.manner import Manner
from agent.replies.message import Reply
from knowledge.folding import fold
from knowledge.models import Track
from tools.message import Say, Value
from tools.result import Found

Facts = Mapping[str, str | int | float | bool]
_YEAR = frozenset({"year", "years", "when", "whens", "old", "released"})
_LENGTH = frozenset({"long", "left", "length"})


def recommended_and_played(found: Found, played: Found, manner: Manner) -> Reply:
    """A recommendation and its playing told as one."""
    if "playing" not in played.facts:
        return play(played, manner)
    return wording_wishes.recommended_and_played(found, played, _title_by(played.facts), manner)


def play(result: Found, manner: Manner) -> Reply:
    facts = result.facts
    if "queued" in facts:
        return _queued(facts, result)
    if "playing" not in facts:
        return Say("no-sound-yet")
    kind, total = facts.get("kind"), int(facts.get("count", 1))
    first = _title_by(facts)
    if kind == "track" or (total == 1 and kind != "album"):
        return (Say("play-track", {"track": first}), *_details(result, manner))
    values: dict[str, Value] = {
        "name": name(facts.get("name", "")),
        "count": total,
        "title": name(facts["playing"]),
        "first": first,
        "artist": name(facts.get("by", "")),
    }
    return Say(f"play-{kind if kind in _PLAYED_KINDS else 'several'}", values)


_PLAYED_KINDS = frozenset({"album", "artist", "playlist", "liked"})


def _details(result: Found, manner: Manner) -> tuple[Say, ...]:
    """Album and year, for who wants to know more."""
    track = result.items[0] if result.items else None
    if not manner.is_detailed or not isinstance(track, Track) or not track.album:
        return ()
    values = {"album": name(track.album), "year": str(track.year or "")}
    return (Say("from-album-year" if track.year else "from-album", values),)


def _title_by(facts: Facts) -> Value:
    title = facts.get("playing") or facts.get("current") or ""
    return titled(title, str(facts.get("artist") or ""))


def _queued(facts: Facts, result: Found) -> Reply:
    total, named = int(facts["queued"]), name(facts.get("name", ""))
    what: Value = count(total, "tracks")
    if total == 1 and result.items:
        what = called(result.items[0])
    elif named:
        what = Say("tracks-of", {"count": total, "name": named})
    return Say("queued-next" if facts.get("where") == "next" else "queued", {"what": what})


def _search(result: Found, manner: Manner) -> Reply:
    if result.notes and any(result.notes):
        return wording_wishes.found_for(result, manner)
    total = int(result.facts.get("found", len(result.items)))
    if total == 1:
        return Say("found-one", {"what": called(result.items[0])})
    amount = count(total, noun_of(result.items))
    return Say("found-many", {"amount": amount, "names": listing(result.items, total=total)})


def _control(result: Found, _manner: Manner) -> Reply:
    facts = result.facts
    if facts.get("action") == "rooms":
        return wording_rooms.speakers(facts)
    if facts.get("action") == "move":
        return wording_rooms.moved(facts, _title_by(facts))
    if "volume" in facts:
        return _volume(facts)
    if "shuffle" in facts:
        return Say("shuffle-on" if facts["shuffle"] else "shuffle-off")
    if "repeat" in facts:
        modes = {"off": "repeat-off", "one": "repeat-one"}
        return Say(modes.get(str(facts["repeat"]), "repeat-all"))
    if "position_s" in facts:
        position = float(facts["position_s"])
        at = length(position)
        return Say("from-beginning") if position < 1 else Say("position-now", {"at": at})
    return _transport(facts)


def _transport(facts: Facts) -> Reply:
    action, playing = facts.get("action"), "playing" in facts
    if action in {"next", "previous"}:
        return Say("now-track", {"track": _title_by(facts)}) if playing else Say("skipped-silent")
    if action == "resume":
        return Say("resumed", {"track": _title_by(facts)}) if playing else Say("nothing-paused")
    if action == "pause":
        return Say("paused" if facts.get("status") == "paused" else "not-paused")
    return Say("still-playing" if playing else "stopped")


def _volume(facts: Facts) -> Reply:
    level = int(facts["volume"])
    if facts.get("muted"):
        return Say("muted")
    if facts.get("asked"):
        return Say("volume-asked", {"level": level})
    if level == facts.get("volume_before") and level in {0, 100}:
        return Say("volume-most" if level else "volume-least", {"level": level})
    return Say("volume", {"level": level})


def _queue(result: Found, _manner: Manner) -> Reply:
    facts = result.facts
    if "cleared" in facts:
        return Say("queue-cleared", {"count": int(facts["cleared"])})
    if "undone" in facts:
        return Say("undone"), Say("in-queue", {"count": int(facts["queue_length"])})
    if "removed" in facts:
        removed = int(facts["removed"])
        what: Value = name(facts["title"]) if removed == 1 else count(removed, "tracks")
        return Say("queue-removed", {"what": what})
    if "moved" in facts:
        return Say("queue-moved", {"title": name(facts["moved"]), "place": int(facts["to"])})
    return _queue_content(result)


def _queue_content(result: Found) -> Reply:
    total = int(result.facts.get("queue_length", 0))
    if total == 0:
        return Say("queue-empty")
    if "current" not in result.facts:
        return Say("queue-list", {"names": listing(result.items, total=total)})
    if total == 1:
        return Say("queue-only", {"track": called(result.items[0])})
    following = listing(result.items[1:], total=total - 1)
    return (
        Say("queue-now", {"track": called(result.items[0])}),
        Say("queue-then", {"names": following}),
    )


def now_playing(result: Found, asked: str, manner: Manner) -> Reply:
    """What sounds; or its year or length when that was asked for."""
    facts = result.facts
    if "explained" in facts:
        return wording_wishes.why(result)
    if "station" in facts:
        return wording_facts.on_air(facts)
    if "fact" in facts:
        return wording_facts.told(result)
    if not result.items or not isinstance(result.items[0], Track):
        return Say("nothing-playing")
    track = result.items[0]
    what = called(track)
    if "about" in facts:
        return _about(track, facts, asked)
    if "playing" not in facts:
        paused = facts.get("status") == "paused"
        return Say("paused-track", {"track": what}) if paused else Say("nothing-playing")
    words = set(fold(asked).split())
    if words & _YEAR:
        year = str(facts.get("year") or "")
        return Say("track-from-year" if year else "track-no-year", {"track": what, "year": year})
    if words & _LENGTH:
        whole, at = float(facts.get("duration_s", 0)), float(facts.get("position_s", 0))
        return Say("length-left", {"length": length(whole), "left": length(whole - at)})
    if track.album and not manner.is_brief:
        return Say("now-hearing-from", {"track": what, "album": name(track.album)})
    return Say("now-hearing", {"track": what})


def _about(track: Track, facts: Facts, asked: str) -> Reply:
    """What is known of a track that was spoken of but does not play."""
    what, words = called(track), set(fold(asked).split())
    if words & _YEAR:
        year = str(facts.get("year") or "")
        return Say("track-from-year" if year else "track-no-year", {"track": what, "year": year})
    if words & _LENGTH:
        whole = length(float(facts.get("duration_s", 0)))
        minutes, seconds = divmod(round(float(facts.get("duration_s", 0))), 60)
        english = f"It is {minutes}:{seconds:02} long"
        return Say("track-length", {"track": what, "length": whole}, english=english)
    title, artist = name(track.title), name(track.artist)
    return Say("track-is", {"track": what}, english=f"That is {title} by {artist}")


def _rate(result: Found, _manner: Manner) -> Reply:
    facts = result.facts
    if "rated" not in facts:
        return wording_wishes.taste(result)
    total = int(facts.get("count", 1))
    what: Value = count(total, "tracks")
    if total == 1:
        what = titled(facts["title"], str(facts["artist"]))
    ids = {"like": "liked", "dislike": "disliked"}
    return Say(ids.get(str(facts["rated"]), "unrated"), {"what": what})


FOUND: dict[str, Callable[[Found, Manner], Reply]] = {
    "play_music": play,
    "search_music": _search,
    "recommend_music": wording_wishes.recommended,
    "control_playback": _control,
    "edit_queue": _queue,
    "rate_track": _rate,
    "manage_playlists": wording_playlists.playlists,
    "recall_history": wording_history.history,
    "set_timer": wording_timers.timers,
}
