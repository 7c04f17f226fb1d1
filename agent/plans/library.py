"""Requests that change what is kept: ratings, playlists, the queue."""

import re
from collections.abc import Callable
from typing import Any

from agent import asking, talk, wishing
from agent.plans.request import Request, call
from agent.pointing import only_points, point
from agent.turn import Call, Plan
from knowledge.folding import fold

_TAKES_BACK = re.compile(r"\bunlike\b|\b(?:remove|undo|take back) (?:my |the )?(?:dis)?like\b")
_MOVE = re.compile(
    r"^(?:please |can you |could you )*(?:move|put|bring) (?P<what>.+?) (?:up |down |back )?"
    r"(?:to|at) (?P<where>(?:the )?(?:top|front|start|end|bottom|next|beginning|"
    r"(?:number|position|place) \w+|\w+ (?:place|position)).*)$"
)
_OF_THESE = re.compile(
    r"\s+(?:from|with|of|out of|containing)\s+(?:all\s+)?"
    r"(?:these|those|this|that|them|it|the results|the list)(?:\s+\w+)?$",
    re.IGNORECASE,
)
_INTO = re.compile(
    r"^(?:please |can you |could you )*(?:add|put|save|stick|throw|remove|take|drop|delete) "
    r"(?P<what>.+) (?:to|in|into|on|onto|from|out of|off) (?:my |the |our )?"
    r"(?:(?:an? )?(?:new )?(?:play)?list (?:called|named|titled) )?"
    r"(?P<name>.+?)(?: playlist| list)?(?: please)?$"
)
_KEEPS_FRESH = re.compile(
    r",?\s*\b(?:(?:that|which|and|it)\s+(?:should\s+|shall\s+|must\s+|always\s+)?)?"
    r"(?:(?:keep|keeps|stay|stays|remain|remains)\s+(?:itself\s+|it\s+)?(?:always\s+)?"
    r"(?:fresh|updated|up to date|current|new)|(?:refresh|refreshes|update|updates|fill|fills|"
    r"renew|renews)\s+(?:itself|by itself|automatically|every\s+(?:day|week|morning))|"
    r"automatically\s+updated?)\b",
    re.IGNORECASE,
)
_MADE_FOR_ME = re.compile(
    r"^(?:please |can you |could you )*"
    r"(?:make|build|generate|compile|put together|give|mix) (?:me|us) "
)
_FRONT = re.compile(r"\b(?:top|front|start|next|beginning)\b")


def rate(rating: str) -> Callable[[Request], Plan]:
    """Plan to like or dislike what is named, or what sounds."""

    def plan(request: Request) -> Plan:
        if _TAKES_BACK.search(fold(request.text)):
            return call("rate_track", rating="none")
        target = request.named
        pointing = request.pointer.numbers or request.pointer.kind == "album"
        if not target and (pointing or request.session.has_recognised):
            target = request.pointed
        return call("rate_track", rating=rating, **target)

    return plan


def queue_remove(request: Request) -> Plan:
    words = fold(request.text)
    if request.pointer.numbers:
        return call("edit_queue", action="remove", positions=list(request.pointer.numbers))
    named = request.named
    query = " ".join(str(named[key]) for key in ("query", "title", "artist") if key in named)
    if not query and "next" in words.split():
        return call("edit_queue", action="remove", positions=[2])
    return call("edit_queue", action="remove", query=query)


def queue_move(request: Request) -> Plan | None:
    """The plan for "move the last one to the top"; None when it is not about moving."""
    match = _MOVE.match(fold(request.text))
    if match is None:
        return None
    where = point(match["where"]).numbers
    to = where[0] if where and where[0] > 0 else 500
    if _FRONT.search(match["where"]):
        to = 2  # the first place after what plays
    what = point(match["what"], listed=50)
    if what.numbers:
        positions = list(what.numbers)
        return call("edit_queue", action="move", positions=positions, to=to)
    return call("edit_queue", action="move", query=match["what"], to=to)


def undo(request: Request, only: str = "") -> Plan:
    """Take back all that the last turn did that changed something, or what one tool did."""
    session = request.session
    if session.last_tool == "manage_playlists" and session.last_arguments.get("action") == "delete":
        return Plan(say=talk.DELETED_FOR_GOOD)
    if not session.undo:
        return call("edit_queue", action="undo")
    undone = [each for each in session.undo if only in {"", each.tool}]
    confirmed = next((each.confirmed for each in undone if each.confirmed), "")
    calls = [Call(each.tool, each.arguments) for each in undone]
    if confirmed:  # what was put into a list that goes again need not be taken out first
        calls = [call for call in calls if not _within(call, confirmed)]
    return Plan(tuple(_last_volume(calls)), confirmed=confirmed, regardless=True)


def _within(made: Call, name: str) -> bool:
    change = made.arguments.get("action") in {"add", "remove"}
    return change and made.tool == "manage_playlists" and made.arguments.get("name") == name


def _last_volume(calls: list[Call]) -> list[Call]:
    """Of several volumes only the one that there was before all of them."""
    volumes = [each for each in calls if each.arguments.get("action") == "volume"]
    return [each for each in calls if each not in volumes[:-1]]


def show_playlists(request: Request) -> Plan:
    if name := request.meaning.first("playlist"):
        return call("manage_playlists", action="show", name=name)
    return call("manage_playlists", action="list")


def create_playlist(request: Request) -> Plan:
    """Make a playlist: of what its description wishes for, of what is pointed at, or empty."""
    if filled := _for_wish(request):
        return filled
    text = request.meaning.first("playlist") or request.meaning.first("description") or ""
    _, _, called = text.rpartition(" called ")
    name = _OF_THESE.sub("", called or text)
    if not name:
        return Plan(say=talk.NAME_THE_PLAYLIST)
    creating = {"action": "create", "name": name}
    if request.pointer.kind in {"list", "track"} or request.pointer.numbers:
        return call("manage_playlists", **creating, **request.pointed)
    return call("manage_playlists", **creating)


def _for_wish(request: Request) -> Plan | None:
    """A playlist of what its description wishes for; None when nothing is described."""
    said, called_, name = request.text.rpartition(" called ")
    said = said if called_ else request.text
    fresh = _KEEPS_FRESH.search(said) is not None
    said = " ".join(_KEEPS_FRESH.sub(" ", said).split())
    wish = request.turn.services.wish_of(said)
    described = bool(request.meaning.first("description")) or fresh or wish.arc != ""
    described = described or (_MADE_FOR_ME.match(fold(said)) is not None and not called_)
    described = described or wish.duration_s is not None or (bool(called_) and " of " in said)
    content = wishing.described(wish) or bool(wish.artists or wish.liked or wish.like)
    if not described or not (content or wish.arc or wish.duration_s):
        return None
    arguments: dict[str, Any] = {"action": "create", "wish": said}
    if called_:
        arguments["name"] = name.strip(" .!?\"'")
    if fresh:
        arguments["keep_fresh"] = True
    return call("manage_playlists", **arguments)


def change_playlist(action: str) -> Callable[[Request], Plan]:
    """Plan to add music to a playlist, or to remove some from it."""

    def plan(request: Request) -> Plan:
        name = _playlist_meant(request)
        if not name:
            return Plan(say=talk.WHICH_PLAYLIST)
        named = {
            field: value
            for field, value in request.named.items()
            if field != "playlist" and fold(value) != fold(name)
        }
        match = _INTO.match(fold(request.text))
        if not named and match is not None and not only_points(match["what"]):
            named = {"query": match["what"].removeprefix("the album ").removeprefix("the song ")}
        music = named or request.pointed
        return call("manage_playlists", action=action, name=name, **music)

    return plan


def _playlist_meant(request: Request) -> str:
    """The playlist in "add the album Time Out to my jazz list": what comes after the last "to"."""
    store = request.turn.services.playlists
    slot = request.meaning.first("playlist") or ""
    match = _INTO.match(fold(request.text))
    said = match["name"] if match is not None else ""
    # The same name as it was written, capitals and accents included, if that is known.
    said = next((v for v in request.meaning.slots.get("playlist", ()) if fold(v) == said), said)
    for name in (slot, said):
        if name and (known := store.named(name)) is not None:
            return known.name
    if slot and said and fold(slot) != fold(said):
        return said
    return slot or said or _focused_playlist(request)


def rename_playlist(request: Request) -> Plan:
    name = request.meaning.first("playlist") or _focused_playlist(request)
    new_name = request.meaning.first("new_name") or ""
    return call("manage_playlists", action="rename", name=name, new_name=new_name)


def delete_playlist(request: Request) -> Plan:
    name = request.meaning.first("playlist") or asking.without_deletion(request.text)
    if fold(name) in {"", "it", "that", "this", "playlist"}:
        name = _focused_playlist(request)
    if not name or fold(name).startswith("all"):
        return Plan(say=talk.WHICH_PLAYLIST)
    return call("manage_playlists", action="delete", name=name)


def _focused_playlist(request: Request) -> str:
    wanted = request.session.focus.playlist_id
    for playlist in request.turn.services.playlists.all():
        if playlist.id == wanted:
            return playlist.name
    return ""
