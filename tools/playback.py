"""Make it sound, and steer what sounds. "Playing" is a fact only after a player reported it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from knowledge.models import Album, Artist, Playlist, Queue, QueueItem, RepeatMode, Track
from tools import house, on_air, spotify, track_facts
from tools.context import ToolContext
from tools.message import Say
from tools.place import InRoom, is_everywhere, named_room, room_meant, rooms_in, within, within_room
from tools.players.player import PlayerCapability, PlayerState
from tools.players.rooms import EVERYWHERE, Room
from tools.regret import Deed
from tools.result import Failed, Found, NothingFound, ToolResult
from tools.sounding import Facts, playing_facts
from tools.spotify import OnService
from tools.tool import Tool
from tools.wanted import Selection, Wanted, find
from tools.why import explain

MAX_SHOWN = 20


class PlayMusic(InRoom, Wanted, OnService):
    mode: Literal["now", "next", "add"] = Field(
        "now",
        description='"now" replaces the queue, "next" plays after this track, "add" at the end',
    )
    shuffle: bool = Field(False, description="Play in random order")
    start: int = Field(1, ge=1, le=500, description="Which of the found tracks to begin with")
    exclude: list[str] = Field(
        default_factory=list, max_length=50, description='References not to play, like "track:12"'
    )

    @property
    def deed(self) -> Deed:
        """What a wrong guess would cost."""
        return Deed.PLAY if self.mode == "now" else Deed.QUEUE


async def play_music(arguments: PlayMusic, context: ToolContext) -> ToolResult:
    """Play or queue what `arguments` name."""
    if arguments.service:
        return await spotify.play(arguments.words, context)
    if arguments.is_empty:
        return Failed("nothing_named", "nothing was named to play", "Say what you want to hear.")
    found = await asyncio.to_thread(find, arguments, context)
    if not isinstance(found, Selection):
        return found
    tracks = tuple(t for t in found.tracks if f"track:{t.id}" not in arguments.exclude)
    if not tracks:
        none = Say("none-else", {"name": found.name}) if found.name else Say("none-that")
        return NothingFound(f"anything else of {found.name or 'that'}", said={"nothing": none})
    room = None if is_everywhere(arguments.room) else room_meant(arguments.room, context, "play")
    if arguments.mode == "now":
        return await _play_now(arguments, found, tracks, context, room)
    playback = within_room(context, room).services.playback
    put = playback.play_next if arguments.mode == "next" else playback.add
    await put(tracks)
    facts: Facts = {
        "queued": len(tracks),
        "where": "next" if arguments.mode == "next" else "end",
        **_about(found, tracks),
        **named_room(room),
    }
    return Found(tracks[:MAX_SHOWN], facts)


async def _play_now(
    arguments: PlayMusic,
    found: Selection,
    tracks: Sequence[Track],
    context: ToolContext,
    room: Room | None,
) -> ToolResult:
    where: Facts = {**named_room(room)}
    if is_everywhere(arguments.room):
        context = within(context, await house.play_everywhere(context))
        where = {"room": EVERYWHERE} if rooms_in(context).several else {}
    else:
        context = within_room(context, room)
        if room is not None:
            await room.take()
    playback = context.services.playback
    rooms_in(context).spoken_of(context.session_id, room)
    queued = _queued_item(arguments, tracks, context)
    if queued is not None:  # "the second one" of a list that is being played: the list stays
        state = await playback.jump(queued)
    else:
        start = min(arguments.start, len(tracks)) - 1
        state = await playback.play(tracks, start=start, session_id=context.session_id)
        if arguments.shuffle:
            await playback.shuffle(True)
    facts: Facts = {**playing_facts(state, playback.queue, context), **_about(found, tracks)}
    facts |= where
    shown: tuple[Track | Album | Artist | Playlist, ...] = tuple(tracks[:MAX_SHOWN])
    if found.kind == "track":
        shown = (*shown, *(a for a in found.alternatives if isinstance(a, Track)))
    return Found(shown, facts)


def _queued_item(arguments: PlayMusic, tracks: Sequence[Track], context: ToolContext) -> str | None:
    """The item to jump to when one is chosen of what is being played already."""
    queue = context.services.playback.queue
    if len(tracks) != 1:
        return None
    queued = {item.track.id: item.id for item in reversed(queue.items)}
    if arguments.numbers:
        listed = [one.id for one in context.references if one.kind == "track"]
        playing_the_list = len(listed) > 1 and all(track_id in queued for track_id in listed)
        return queued.get(tracks[0].id) if playing_the_list else None
    current = queue.current
    again = bool(arguments.refs) and current is not None and current.track.id == tracks[0].id
    return current.id if again and current is not None else None


def _about(found: Selection, tracks: Sequence[Track]) -> Facts:
    facts: Facts = {"kind": found.kind, "name": found.name, "count": len(tracks)}
    if found.by:
        facts["by"] = found.by
    return facts


Action = Literal[
    "pause",
    "resume",
    "stop",
    "next",
    "previous",
    "seek",
    "volume",
    "shuffle",
    "repeat",
    "move",
    "rooms",
]


def volume_of(value: Any) -> Any:
    """Make "40%" and 40.0 are 40; too loud is as loud as it goes."""
    if isinstance(value, str):
        value = value.strip().rstrip("%")
        if not value.replace(".", "", 1).isdigit():
            return value
    if isinstance(value, bool) or value is None:
        return value
    return max(0, min(100, round(float(value))))


class ControlPlayback(InRoom, OnService):
    model_config = ConfigDict(extra="ignore")

    action: Action
    volume: Annotated[int | None, BeforeValidator(volume_of)] = Field(
        None, description="0 to 100, for action volume"
    )
    change: int | None = Field(
        None, ge=-100, le=100, description="Louder (positive) or quieter (negative), for volume"
    )
    mute: bool | None = Field(None, description="Mute or unmute, for volume")
    position_s: float | None = Field(None, ge=0, le=86_400, description="Where to seek to, seconds")
    by_s: float | None = Field(
        None, ge=-86_400, le=86_400, description="How far to seek forward or, negative, back"
    )
    on: bool | None = Field(None, description="Shuffle on or off")
    mode: Literal["off", "one", "all"] | None = Field(None, description="What to repeat")
    count: int = Field(1, ge=1, le=50, description="How many tracks to skip, for next and previous")


async def control_playback(arguments: ControlPlayback, context: ToolContext) -> ToolResult:
    """Steer the player; the facts are what it confirmed."""
    if arguments.service:
        return await spotify.steer(arguments.action, context)
    if arguments.action == "rooms":
        return house.show(context)
    if is_everywhere(arguments.room) and rooms_in(context).several:
        return await _everywhere(arguments, context)
    if arguments.action == "move":
        return await house.move(arguments.room, context)
    said = "" if is_everywhere(arguments.room) else arguments.room
    room = house.steered(said, context)
    context = within_room(context, room)
    if room is None:
        return await _control(arguments, context)
    rooms_in(context).spoken_of(context.session_id, room)
    if arguments.action == "volume":
        return await house.volume_in(
            room, change=arguments.change, volume=arguments.volume, mute=arguments.mute
        )
    if arguments.action in {"pause", "resume", "stop"}:
        return await house.silence_in(arguments.action, room, context)
    result = await _control(arguments, context)
    if isinstance(result, Found):
        return replace(result, facts={**result.facts, **named_room(room)})
    return result


async def _everywhere(arguments: ControlPlayback, context: ToolContext) -> ToolResult:
    if arguments.action == "move":
        return await house.move_everywhere(context)
    if arguments.action not in {"pause", "resume", "stop", "volume"}:
        return await _control(arguments, context)
    return await house.everywhere(
        arguments.action,
        context,
        change=arguments.change,
        volume=arguments.volume,
        mute=arguments.mute,
    )


async def _control(arguments: ControlPlayback, context: ToolContext) -> ToolResult:
    playback = context.services.playback
    match arguments.action:
        case "volume":
            return await _set_volume(arguments, context)
        case "seek":
            return await _seek(arguments, context)
        case "shuffle":
            on = not playback.queue.shuffle if arguments.on is None else arguments.on
            queue = await playback.shuffle(on)
            return Found(facts={"shuffle": queue.shuffle})
        case "repeat":
            queue = await playback.repeat(RepeatMode(arguments.mode or "all"))
            return Found(facts={"repeat": str(queue.repeat)})
        case "next" | "previous":
            return await _skip(arguments, context)
        case "pause":
            state = await playback.pause()
        case "resume":
            state = await playback.resume()
        case _:
            state = await playback.stop()
    return Found(
        facts={"action": arguments.action, **playing_facts(state, playback.queue, context)}
    )


async def _skip(arguments: ControlPlayback, context: ToolContext) -> ToolResult:
    playback = context.services.playback
    before = playback.queue.current
    if arguments.count > 1 and playback.queue.position is not None:
        step = arguments.count if arguments.action == "next" else -arguments.count
        target = playback.queue.position + step
        last = len(playback.queue.items) - 1
        if target > last:
            return Failed("queue_empty", f"only {last - playback.queue.position} more in the queue")
        state = await playback.jump(playback.queue.items[max(0, target)].id)
    elif arguments.action == "next":
        state = await playback.next()
    else:
        state = await playback.previous()
    facts: Facts = {
        "action": arguments.action,
        **playing_facts(state, playback.queue, context),
    }
    if before is not None:
        facts["before"] = before.track.title
    return Found(facts=facts)


async def _set_volume(arguments: ControlPlayback, context: ToolContext) -> ToolResult:
    playback = context.services.playback
    player = playback.player
    if player is not None and PlayerCapability.VOLUME not in player.capabilities:
        return Failed("no_volume", f"the volume of {player.name} cannot be changed from here")
    now = playback.state
    if arguments.mute is not None:
        state = await playback.set_volume(now.volume, arguments.mute)
        return Found(facts={"volume": state.volume, "muted": state.muted})
    target = now.volume + arguments.change if arguments.change is not None else arguments.volume
    if target is None:
        return Found(facts={"volume": now.volume, "muted": now.muted, "asked": True})
    state = await playback.set_volume(max(0, min(100, target)), False)
    return Found(facts={"volume": state.volume, "muted": state.muted, "volume_before": now.volume})


async def _seek(arguments: ControlPlayback, context: ToolContext) -> ToolResult:
    playback = context.services.playback
    now = playback.state
    if arguments.by_s is not None:
        target = now.position_s + arguments.by_s
    elif arguments.position_s is not None:
        target = arguments.position_s
    else:
        return Failed("invalid_arguments", "no position was named", 'Say "skip to 1:30".')
    if now.duration_s > 0:
        target = min(target, max(0.0, now.duration_s - 1.0))
    state = await playback.seek(max(0.0, target))
    facts: Facts = {"position_s": round(state.position_s, 1)}
    return Found(facts={**facts, **playing_facts(state, playback.queue, context)})


class NowPlaying(InRoom, Wanted, OnService):
    up_next: bool = Field(True, description="Also say what comes next")
    why: bool = Field(
        False,
        description="Say why the track was chosen: the one that is playing, or the one named",
    )
    fact: track_facts.FactAsked = Field(
        "",
        description="Say what is known of it: its lyrics, the line being sung, its release, "
        "its label, each with who says so",
    )


async def now_playing(arguments: NowPlaying, context: ToolContext) -> ToolResult:
    """Say what sounds, by the player's own report; or why it was chosen."""
    if arguments.service:
        return await spotify.now(context)
    if arguments.why:
        return await asyncio.to_thread(explain, arguments, context)
    if arguments.fact:
        room = house.steered("" if is_everywhere(arguments.room) else arguments.room, context)
        return await track_facts.tell(arguments.fact, arguments, within_room(context, room))
    if not arguments.is_empty:
        return await asyncio.to_thread(_about_track, arguments, context)
    said = "" if is_everywhere(arguments.room) else arguments.room
    room = house.steered(said, context)
    playback = (context := within_room(context, room)).services.playback
    state, queue = playback.state, playback.queue
    if room is not None and not room.sounds:
        return Found(facts={"status": "idle", **named_room(room)})
    facts = {**playing_facts(state, queue, context), **named_room(room)}
    item = next((i for i in queue.items if i.id == state.item_id), None)
    if item is None:
        return Found(facts=facts)
    if item.track.id < 0 and "playing" in facts:
        return Found((item.track,), {**facts, **await on_air.told(item.track, context)})
    return _about_item(item, facts, state, queue, up_next=arguments.up_next)


def _about_item(
    item: QueueItem, facts: Facts, state: PlayerState, queue: Queue, *, up_next: bool
) -> ToolResult:
    """Where in it the player is, what it is, and what follows."""
    facts["position_s"] = round(state.position_s, 1)
    facts["duration_s"] = round(state.duration_s or item.track.duration_s, 1)
    facts["volume"] = state.volume
    if item.track.year:
        facts["year"] = item.track.year
    if item.track.genres:
        facts["genre"] = item.track.genres[0]
    following = None if queue.position is None else queue.position + 1
    if up_next and following is not None and following < len(queue.items):
        facts["up_next"] = queue.items[following].track.title
    return Found((item.track,), facts)


def _about_track(arguments: NowPlaying, context: ToolContext) -> ToolResult:
    """What is known of a track that was spoken of, whether or not it plays."""
    found = find(arguments, context)
    if not isinstance(found, Selection):
        return found
    track = found.tracks[0]
    facts: Facts = {"about": track.title, "artist": track.artist}
    facts["duration_s"] = round(track.duration_s, 1)
    if track.year:
        facts["year"] = track.year
    return Found((track,), facts)


PLAY_MUSIC = Tool(
    "play_music",
    "Play music now, next, or at the end of the queue. Name it by words, by numbers of the result "
    "list, or by references. For a mood call recommend_music first, then play its numbers. It is "
    "playing only if the result holds the fact `playing`.",
    PlayMusic,
    play_music,
    timeout_s=20.0,  # Spotify may take as long as two services and a confirmation
)
CONTROL_PLAYBACK = Tool(
    "control_playback",
    "Pause, resume, stop, skip, go back, seek, set the volume, shuffle, repeat; move the music to "
    "another room; tell which rooms and speakers there are.",
    ControlPlayback,
    control_playback,
)
NOW_PLAYING = Tool(
    "now_playing",
    "What is playing right now, where in it, and what follows; with `why`, the reason why a track "
    "was chosen (of the list: name its number).",
    NowPlaying,
    now_playing,
)
