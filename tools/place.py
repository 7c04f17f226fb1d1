"""In which room a tool acts: the one named, or the one that is meant when none is."""

from dataclasses import replace
from typing import Literal

from pydantic import BaseModel, Field

from knowledge.folding import fold
from knowledge.models import Queue
from tools.context import ToolContext, ToolServices
from tools.players.playback import Playback
from tools.players.rooms import EVERYWHERE, Room, Rooms
from tools.wanted import Words

HERE = "here"
_ALL = frozenset({EVERYWHERE, "all rooms", "every room", "all over the house", "whole house"})
_HERE = frozenset({HERE, "in here", "this room", "in this room", "over here"})


class InRoom(BaseModel):
    """Arguments of a tool that acts in one room."""

    room: Words = Field(
        "",
        description='Room or speaker as the user named it ("kitchen"), "here", or "everywhere"; '
        "empty when none was named",
    )


def is_everywhere(said: str) -> bool:
    return fold(said) in _ALL


def is_here(said: str) -> bool:
    return fold(said) in _HERE


def rooms_in(context: ToolContext) -> Rooms:
    """The rooms of this installation, if only the one without a name."""
    return context.services.rooms or Rooms(context.services.playback)


def room_named(said: str, context: ToolContext) -> Room | None:
    """The room that was named; None is the main queue, which "here" may be.

    Raises:
        NoSuchRoom: there is none; the error names those there are.
    """
    rooms = rooms_in(context)
    if is_here(said):
        return rooms.here(context.session_id)
    return rooms.named(said)


def room_meant(said: str, context: ToolContext, purpose: Literal["play", "steer"]) -> Room | None:
    """The room that was named, or else the one that is meant; None: the main queue.

    Raises:
        NoSuchRoom: the one that was named does not exist.
    """
    if said:
        return room_named(said, context)
    rooms, session_id = rooms_in(context), context.session_id
    return rooms.to_play(session_id) if purpose == "play" else rooms.meant(session_id)


def on_playback(services: ToolServices, playback: Playback) -> ToolServices:
    """The same services, acting on another queue and its players."""
    return services if playback is services.playback else replace(services, playback=playback)


def services_meant(services: ToolServices, session_id: str) -> ToolServices:
    """The services as of the room that this conversation is about when it names none."""
    if services.rooms is None:
        return services
    room = services.rooms.meant(session_id)
    return on_playback(services, services.rooms.main if room is None else room.playback)


def within(context: ToolContext, playback: Playback) -> ToolContext:
    """The same context, acting on another queue and its players."""
    return replace(context, services=on_playback(context.services, playback))


def within_room(context: ToolContext, room: Room | None) -> ToolContext:
    """The same context, acting in `room`; None: on the main queue."""
    rooms = rooms_in(context)
    return within(context, rooms.main if room is None else room.playback)


def queue_of(key: str, rooms: Rooms) -> Queue:
    """The queue of the room that a timer is kept under (`Rooms.key`)."""
    room = rooms.find(key) if key else None
    return (rooms.main if room is None else room.playback).queue


def named_room(room: Room | None) -> dict[str, str]:
    """The fact that tells in which room something happened."""
    return {} if room is None else {"room": room.name}
