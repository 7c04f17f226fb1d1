"""Requests that change what is kept: ratings, playlists, the queue."""

import re
from collections.abc import Callable

from agent import talk
from agent.plans.request import Request, call
from agent.pointing import point
from agent.turn import Plan
from knowledge.folding import fold

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
_FRONT = re.compile(r"\b(?:top|front|start|next|beginning)\b")


def rate(rating: str) -> Callable[[Request], Plan]:
    def plan(request: Request) -> Plan:
        target = request.named
        if not target and (request.pointer.numbers or request.pointer.kind == "album"):
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


def undo(request: Request) -> Plan:
    session = request.session
    last = dict(session.last_arguments)
    if session.last_tool == "rate_track":
        return call("rate_track", **{**last, "rating": "none"})
    if session.last_tool == "manage_playlists" and last.get("action") == "add":
        return call("manage_playlists", **{**last, "action": "remove"})
    if session.last_tool == "manage_playlists" and last.get("action") == "remove":
        return call("manage_playlists", **{**last, "action": "add"})
    return call("edit_queue", action="undo")


def playlist(action: str) -> Callable[[Request], Plan]:
    def plan(request: Request) -> Plan:
        name = request.meaning.first("playlist") or ""
        if action == "list":
            return (
                call("manage_playlists", action="show", name=name)
                if name
                else call("manage_playlists", action="list")
            )
        if not name and request.session.focus.playlist_id is not None:
            name = _focused_playlist(request)
        if action == "delete" and not name:
            return Plan(say=talk.WHICH_PLAYLIST)
        if action == "rename":
            new_name = request.meaning.first("new_name") or ""
            return call("manage_playlists", action="rename", name=name, new_name=new_name)
        if action == "delete":
            return call("manage_playlists", action="delete", name=name)
        return _with_music(request, action, name)

    return plan


def _with_music(request: Request, action: str, name: str) -> Plan:
    named = {k: v for k, v in request.named.items() if k != "playlist"}
    pointed = request.pointed
    if action == "create":
        name = _OF_THESE.sub("", name or request.meaning.first("description") or "")
        if not name:
            return Plan(say=talk.NAME_THE_PLAYLIST)
        these = (
            pointed if request.pointer.kind in {"list", "track"} or request.pointer.numbers else {}
        )
        return call("manage_playlists", action="create", name=name, **(named or these))
    if not name:
        return Plan(say=talk.WHICH_PLAYLIST)
    return call("manage_playlists", action=action, name=name, **(named or pointed))


def _focused_playlist(request: Request) -> str:
    wanted = request.session.focus.playlist_id
    for playlist in request.turn.services.playlists.all():
        if playlist.id == wanted:
            return playlist.name
    return ""
