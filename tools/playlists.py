"""Keep playlists. Deleting one needs the user's own words; see `tools.consent`."""

import asyncio

from knowledge.models import Playlist, Track
from tools.context import ToolContext
from tools.message import Say
from tools.result import Failed, Found, NothingFound, ToolResult
from tools.tool import Tool
from tools.wanted import Selection, Wanted, find
from tools.wished_playlists import MAX_NAME, ManagePlaylists, create_for_wish, refresh

MAX_SHOWN = 50


async def manage_playlists(arguments: ManagePlaylists, context: ToolContext) -> ToolResult:
    """Show or change playlists."""
    store = context.services.playlists
    if arguments.action == "list":
        playlists = await asyncio.to_thread(store.all)
        return Found(playlists[:MAX_SHOWN], {"playlists": len(playlists)})
    if arguments.action == "create" and arguments.wish:
        return await asyncio.to_thread(create_for_wish, arguments, context)
    if not arguments.name:
        return Failed("nothing_named", "no playlist was named", "Say which playlist you mean.")
    if arguments.action == "create":
        return await _create(arguments, context)
    playlist = await asyncio.to_thread(store.named, arguments.name)
    if playlist is None:
        if arguments.action == "add":
            return await _create(arguments, context)
        nearest = await asyncio.to_thread(store.nearest, arguments.name)
        return NothingFound(f"playlist called {arguments.name}", nearest)
    return await _change(arguments, playlist, context)


async def _change(
    arguments: ManagePlaylists, playlist: Playlist, context: ToolContext
) -> ToolResult:
    match arguments.action:
        case "refresh":
            return await asyncio.to_thread(refresh, playlist, context)
        case "show":
            store = context.services.playlists
            if context.services.smart_playlists is not None:
                await asyncio.to_thread(context.services.smart_playlists.opened, playlist.id)
            tracks = await asyncio.to_thread(store.tracks, playlist.id)
            return Found(tracks[:MAX_SHOWN], {"playlist": playlist.name, "count": len(tracks)})
        case "add":
            return await _add(arguments, playlist, context)
        case "remove":
            return await _remove(arguments, playlist, context)
        case "rename":
            return await _rename(arguments, playlist, context)
        case _:
            return await _delete(playlist, context)


async def _music(arguments: ManagePlaylists, context: ToolContext) -> Selection | ToolResult:
    """The tracks meant: what is named, else what is playing."""
    if not arguments.is_empty:
        return await asyncio.to_thread(find, _without_playlist(arguments), context)
    current = context.services.playback.queue.current
    if current is None:
        return Failed("nothing_playing", "nothing is playing", "Say which track you mean.")
    return Selection((current.track,), "track", current.track.title, current.track.artist)


def _without_playlist(arguments: ManagePlaylists) -> Wanted:
    """`playlist` as music means "everything of that playlist"; of the same name it is a slip."""
    if arguments.playlist == arguments.name:
        return arguments.model_copy(update={"playlist": ""})
    return arguments


async def _create(arguments: ManagePlaylists, context: ToolContext) -> ToolResult:
    store = context.services.playlists
    existing = await asyncio.to_thread(store.named, arguments.name)
    if existing is not None and existing.name.casefold() == arguments.name.casefold():
        return Failed(
            "playlist_exists",
            f"there is a playlist called {existing.name} already",
            "Choose another name, or add to it.",
            said={"reason": Say("failed-playlist_exists", {"name": existing.name})},
        )
    tracks: tuple[Track, ...] = ()
    if arguments.action == "add" or not arguments.is_empty:
        found = await _music(arguments, context)
        if not isinstance(found, Selection):
            return found
        tracks = found.tracks
    playlist = await asyncio.to_thread(
        store.create, arguments.name[:MAX_NAME], [track.id for track in tracks]
    )
    facts: dict[str, str | int | float | bool] = {"created": playlist.name, "count": len(tracks)}
    if len(tracks) == 1:
        facts["title"] = tracks[0].title
    return Found(tracks or (playlist,), facts)


async def _add(arguments: ManagePlaylists, playlist: Playlist, context: ToolContext) -> ToolResult:
    found = await _music(arguments, context)
    if not isinstance(found, Selection):
        return found
    store = context.services.playlists
    there = {track.id for track in await asyncio.to_thread(store.tracks, playlist.id)}
    new = [track for track in found.tracks if track.id not in there]
    if new:
        await asyncio.to_thread(store.add, playlist.id, [track.id for track in new])
    facts: dict[str, str | int | float | bool] = {
        "playlist": playlist.name,
        "added": len(new),
        "already_there": len(found.tracks) - len(new),
        "title": found.tracks[0].title,
    }
    return Found(found.tracks[:MAX_SHOWN], facts)


async def _remove(
    arguments: ManagePlaylists, playlist: Playlist, context: ToolContext
) -> ToolResult:
    found = await _music(arguments, context)
    if not isinstance(found, Selection):
        return found
    store = context.services.playlists
    there = {track.id: track for track in await asyncio.to_thread(store.tracks, playlist.id)}
    gone = [track for track in found.tracks if track.id in there]
    if not gone:
        none = Say("none-in-that-playlist", {"what": found.name, "name": playlist.name})
        return NothingFound(
            f"{found.name or 'that'} in the playlist {playlist.name}",
            said={"nothing": none if found.name else Say("none-that")},
        )
    await asyncio.to_thread(store.remove, playlist.id, [track.id for track in gone])
    facts: dict[str, str | int | float | bool] = {
        "playlist": playlist.name,
        "removed": len(gone),
        "title": gone[0].title,
    }
    return Found(tuple(gone[:MAX_SHOWN]), facts)


async def _rename(
    arguments: ManagePlaylists, playlist: Playlist, context: ToolContext
) -> ToolResult:
    if not arguments.new_name:
        return Failed("nothing_named", "the new name is missing", "Say the new name.")
    renamed = await asyncio.to_thread(
        context.services.playlists.rename, playlist.id, arguments.new_name[:MAX_NAME]
    )
    return Found((renamed,), {"renamed": playlist.name, "new_name": renamed.name})


async def _delete(playlist: Playlist, context: ToolContext) -> ToolResult:
    if not context.consent.to_delete(playlist.name):
        return Failed(
            "not_asked_for",
            f"you did not ask me to delete the playlist {playlist.name}",
            f'Say "delete the playlist {playlist.name}" if you want that.',
        )
    await asyncio.to_thread(context.services.playlists.delete, playlist.id)
    return Found(facts={"deleted": playlist.name, "count": playlist.track_count})


MANAGE_PLAYLISTS = Tool(
    "manage_playlists",
    "List the playlists, show one, create one (empty, of named music, or for a wish with exact "
    "length and flow; it can keep itself fresh), add music to one or remove music from it (without "
    "a name: the track that is playing), refresh, rename or delete one.",
    ManagePlaylists,
    manage_playlists,
)
