"""Requests that say where: music in a room, moved to another one, silent everywhere."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from agent.plans.request import Request, call
from agent.rooms import EVERYWHERE, HERE, Placed, placed
from agent.turn import Call, Plan, Turn
from agent.understanding import Intent, Part
from agent.understanding.gazetteer import Gazetteer
from knowledge.folding import fold
from tools.place import on_playback
from tools.players.playback import Playback
from tools.players.player import PlaybackStatus
from tools.players.rooms import Room, Rooms

_IN_A_ROOM = frozenset({"play_music", "control_playback", "now_playing", "edit_queue", "set_timer"})
_LOOKING = frozenset({"search_music", "recommend_music", "recall_history", "recognize"})
_NO_ROOMS = frozenset({"playlist", "list", "queue", "top", "end", "front", "next", "library"})
_GOES_ON = ("continue", "resume", "keep", "go on", "carry on")

PlanThere = Callable[[Turn, Part], Plan]
"""Plans a request as if it had been made in another room."""


def asked(turn: Turn, part: Part, names: Gazetteer, plan_there: PlanThere) -> Plan | None:
    """The plan when a request names a room; None when it names none.

    Args:
        turn: the turn, as of the room that is meant when none is named.
        part: the request.
        names: those of the library, which may hold the words of a room.
        plan_there: what is left of the request, planned in the room.
    """
    rooms = turn.services.rooms
    if rooms is None:
        return None
    where = placed(part.english, rooms.names, names, usual=rooms.several)
    if where is None or not (rooms.several or where.room not in {HERE, EVERYWHERE}):
        return None
    room = rooms.find(where.room)
    if where.only_place or (where.moves and _shall_move(turn, rooms, where, room)):
        return replace(_move(where.room), intent=str(Intent.MOVE_MUSIC), request=part.english)
    original = where.text if part.original == part.english else part.original
    there = replace(turn, services=on_playback(turn.services, _playback(turn, rooms, where, room)))
    plan = plan_there(there, Part(where.text, original))
    then = None if plan.then is None else _in(plan.then, where.room)
    return replace(plan, calls=tuple(_in(one, where.room) for one in plan.calls), then=then)


def move(request: Request) -> Plan:
    """Let the music go on in a room that no speaker is known by, which the tool then says."""
    room = request.meaning.first("room") or ""
    if _NO_ROOMS & set(fold(room).split()):
        return call("edit_queue", action="show")
    return _move(room)


def show(_request: Request) -> Plan:
    """Which speakers there are, and what sounds on them."""
    return call("control_playback", action="rooms")


def _move(room: str) -> Plan:
    return call("control_playback", action="move", room=room)


def _shall_move(turn: Turn, rooms: Rooms, where: Placed, room: Room | None) -> bool:
    """Whether it is about what sounds, and not about what was found or is paused there."""
    if not rooms.sounding():
        return False
    if where.plays_it and turn.session.results and turn.session.last_tool in _LOOKING:
        return False
    goes_on = fold(where.text).startswith(_GOES_ON)
    return not (goes_on and room is not None and room.status is PlaybackStatus.PAUSED)


def _playback(turn: Turn, rooms: Rooms, where: Placed, room: Room | None) -> Playback:
    """The playback that the request is read against."""
    if where.room == HERE:
        room = rooms.here(turn.session.id)
        return rooms.main if room is None else room.playback
    return turn.services.playback if room is None else room.playback


def _in(planned: Call, room: str) -> Call:
    arguments: dict[str, Any] = {**planned.arguments}
    if planned.tool in _IN_A_ROOM:
        arguments["room"] = room
    return Call(planned.tool, arguments)
