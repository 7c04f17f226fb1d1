"""How playlists are told: what was made, put in, taken out, and what there is."""

from collections.abc import Mapping

from agent import wording_wishes
from agent.phrases import SPOKEN_NAMES, count, listing, name
from agent.replies.manner import Manner
from agent.replies.message import Reply
from knowledge.models import Playlist
from tools.message import Listed, Say, Value
from tools.result import Found

Facts = Mapping[str, str | int | float | bool]


def playlists(result: Found, _manner: Manner) -> Reply:
    """The answer of `manage_playlists`, whatever it did."""
    facts = result.facts
    if "playlists" in facts:
        return _names(result)
    if "refreshed" in facts or ("created" in facts and "length_s" in facts):
        return wording_wishes.made_playlist(result)
    if "created" in facts:
        total, made = int(facts.get("count", 0)), name(facts["created"])
        if total == 0:
            return Say("playlist-created-empty", {"name": made})
        return Say("playlist-created", {"name": made, "what": _title_or_count(facts, total)})
    if "deleted" in facts:
        return Say("playlist-deleted", {"name": name(facts["deleted"])})
    if "renamed" in facts:
        old, new = name(facts["renamed"]), name(facts["new_name"])
        return Say("playlist-renamed", {"name": old, "new": new})
    return _content(facts, result)


def _names(result: Found) -> Reply:
    total = int(result.facts["playlists"])
    if total == 0:
        return Say("no-playlists")
    shown = [item for item in result.items[:SPOKEN_NAMES] if isinstance(item, Playlist)]
    names = Listed(tuple(name(item.name) for item in shown), more=max(0, total - SPOKEN_NAMES))
    return Say("your-playlists", {"count": total, "names": names})


def _content(facts: Facts, result: Found) -> Reply:
    playlist = name(facts["playlist"])
    if "added" in facts:
        return _added(facts, playlist)
    if "removed" in facts:
        what = _title_or_count(facts, int(facts["removed"]))
        return Say("playlist-removed", {"what": what, "name": playlist})
    total = int(facts["count"])
    if total == 0:
        return Say("playlist-empty", {"name": playlist})
    names = listing(result.items, total=total)
    return Say("playlist-content", {"name": playlist, "count": total, "names": names})


def _added(facts: Facts, playlist: str) -> Reply:
    added = int(facts["added"])
    if added:
        what = _title_or_count(facts, added)
        return Say("playlist-added", {"what": what, "name": playlist})
    if facts.get("already_there") == 1:
        return Say("playlist-has", {"title": name(facts["title"]), "name": playlist})
    return Say("playlist-has-all", {"name": playlist})


def _title_or_count(facts: Facts, number: int) -> Value:
    return name(facts["title"]) if number == 1 and "title" in facts else count(number, "tracks")
