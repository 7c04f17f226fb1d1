"""What concerns several rooms at once: which there are, moving the music, and "everywhere"."""

from collections.abc import Awaitable, Callable

from tools.context import ToolContext
from tools.errors import NothingPlaying, PlayerUnable, ToolError
from tools.place import named_room, room_meant, room_named, rooms_in, within_room
from tools.players.playback import Playback
from tools.players.player import PlaybackStatus, PlayerCapability, PlayerState
from tools.players.rooms import EVERYWHERE, Room, Rooms
from tools.result import Failed, Found, ToolResult
from tools.sounding import Facts, playing_facts

MAX_LISTED = 20


async def move(said: str, context: ToolContext) -> ToolResult:
    """Let what sounds go on in the room that was `said`.

    Raises:
        NoSuchRoom: there is none.
        NothingPlaying: nothing sounds that could be moved.
        ToolError: the speaker there does not play; the music is where it was.
    """
    rooms, session_id = rooms_in(context), context.session_id
    target = room_named(said, context)
    source = _source(rooms, session_id, target)
    playback = await rooms.move(source, target)
    rooms.spoken_of(session_id, target)
    inside = within_room(context, target)
    facts: Facts = {"action": "move", **named_room(target)}
    return Found(facts=facts | playing_facts(playback.state, playback.queue, inside))


def _source(rooms: Rooms, session_id: str, target: Room | None) -> Room | None:
    """From where music is moved to `target`: what is spoken of, or else what sounds elsewhere."""
    source = rooms.meant(session_id)
    main_sounds = rooms.main.state.status is not PlaybackStatus.IDLE
    if source is not target and (main_sounds if source is None else source.sounds):
        return source
    others = [room for room in rooms.all if room.sounds and room is not target]
    playing = [room for room in others if room.status is PlaybackStatus.PLAYING]
    if playing or others:
        return (playing or others)[0]
    return None


async def play_everywhere(context: ToolContext) -> Playback:
    """The playback that sounds in all rooms from now on.

    Raises:
        PlayerUnable: there are several speakers here that cannot keep in step.
    """
    rooms = rooms_in(context)
    if not rooms.several:
        return rooms.main
    return await rooms.everywhere()


async def move_everywhere(context: ToolContext) -> ToolResult:
    """Let what sounds go on in all rooms that can be in step."""
    rooms = rooms_in(context)
    source = rooms.meant(context.session_id)
    old = rooms.main if source is None else source.playback
    if old.state.status is PlaybackStatus.IDLE:
        raise NothingPlaying("Nothing is playing that could be moved.")
    queue, state = old.queue, old.state
    new = await rooms.everywhere()
    if new is not old:
        await old.pause() if state.status is PlaybackStatus.PLAYING else None
        await new.take_over(queue, start_s=state.position_s)
        await old.clear()
    facts: Facts = {"action": "move", "room": EVERYWHERE}
    return Found(facts=facts | playing_facts(new.state, new.queue, context))


async def everywhere(
    action: str, context: ToolContext, *, change: int | None, volume: int | None, mute: bool | None
) -> ToolResult:
    """Pause, stop, resume or set the volume in all rooms.

    Raises:
        NothingPlaying: nothing sounds anywhere.
    """
    rooms = rooms_in(context)
    if action == "volume":
        return await _volume_everywhere(rooms, change=change, volume=volume, mute=mute)
    doing: dict[str, Callable[[Playback], Awaitable[PlayerState]]] = {
        "pause": Playback.pause,
        "stop": Playback.stop,
        "resume": Playback.resume,
    }
    wanted = rooms.sounding()
    if action == "resume":
        wanted = tuple(one for one in wanted if one.state.status is PlaybackStatus.PAUSED)
    if not wanted:
        raise NothingPlaying("Nothing is playing anywhere.")
    troubled: list[str] = []
    for playback in wanted:
        try:
            await doing[action](playback)
        except ToolError as error:
            troubled.append(str(error))
    if troubled:
        return Failed("not_everywhere", " ".join(troubled))
    expected = {"pause": "paused", "stop": "idle", "resume": "playing"}[action]
    facts: Facts = {"action": action, "room": EVERYWHERE, "status": expected}
    return Found(facts={**facts, "count": len(wanted)})


async def _volume_everywhere(
    rooms: Rooms, *, change: int | None, volume: int | None, mute: bool | None
) -> ToolResult:
    levels, unable = [], []
    for room in rooms.all:
        if not room.connected or not (room.is_room or room.playback.player is room.player):
            continue
        if PlayerCapability.VOLUME not in room.player.capabilities:
            unable.append(room.name)
            continue
        wanted = room.volume + change if change is not None else volume
        wanted = room.volume if wanted is None else wanted
        levels.append((await room.set_volume(wanted, muted=bool(mute)))[0])
    if not levels:
        raise PlayerUnable("No speaker here can change its volume.")
    facts: Facts = {"room": EVERYWHERE, "volume": round(sum(levels) / len(levels))}
    facts["muted"] = bool(mute)
    if unable:
        facts["unable"] = ", ".join(unable)
    return Found(facts=facts)


def show(context: ToolContext) -> ToolResult:
    """Which speakers there are, and what sounds on them."""
    rooms = rooms_in(context)
    facts: Facts = {"action": "rooms"}
    lines = [_line(room) for room in rooms.all]
    for number, line in enumerate(lines[:MAX_LISTED], 1):
        facts |= {f"{number}_{key}": value for key, value in line.items()}
    return Found(facts={**facts, "speakers": len(lines)})


def _line(room: Room) -> Facts:
    line: Facts = {"speaker": room.name, "status": str(room.status) if room.connected else "gone"}
    current = room.playback.queue.current
    if room.sounds and current is not None:
        line["track"] = current.track.title
    return line


async def volume_in(
    room: Room, *, change: int | None, volume: int | None, mute: bool | None
) -> ToolResult:
    """Set, change or tell the volume of one room."""
    if not room.connected:
        return Failed("no_player", f"the {room.name} speaker is not connected")
    before = room.volume
    if mute is not None:
        level, muted = await room.set_volume(before, muted=mute)
        return Found(facts={"volume": level, "muted": muted, **named_room(room)})
    target = before + change if change is not None else volume
    if target is None:
        now: Facts = {"volume": before, "muted": room.muted, "asked": True}
        return Found(facts={**now, **named_room(room)})
    level, muted = await room.set_volume(target)
    done: Facts = {"volume": level, "muted": muted, "volume_before": before}
    return Found(facts={**done, **named_room(room)})


async def silence_in(action: str, room: Room, context: ToolContext) -> ToolResult:
    """Pause, resume or stop in one room, which may be one of several that sound together."""
    match action:
        case "pause":
            await room.pause()
        case "stop":
            await room.stop()
        case _:
            await room.resume()
    playback = room.playback
    facts: Facts = {"action": action, **named_room(room)}
    facts |= playing_facts(playback.state, playback.queue, within_room(context, room))
    if action != "resume" and not room.sounds:
        # The others of its group may play on: what counts is this room.
        facts["status"] = "paused" if action == "pause" else "idle"
        facts.pop("playing", None)
    return Found(facts=facts)


def steered(said: str, context: ToolContext) -> Room | None:
    """The room that a command is about; see `room_meant`."""
    return room_meant(said, context, "steer")
