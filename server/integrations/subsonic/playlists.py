"""Calls about playlists, and about the queue that an app leaves for another device."""

import time
from collections.abc import Mapping
from typing import Any

from knowledge.people.settings import PersonSettings
from server.auth.identity import Permission
from server.integrations.subsonic.call import Call, Content, method
from server.integrations.subsonic.errors import Code, SubsonicError
from server.integrations.subsonic.ids import id_of, told_id
from server.integrations.subsonic.presenting import iso
from server.integrations.subsonic.system import user_name

_QUEUE = "app_queue"
_MOST_QUEUED = 2_000


@method("getPlaylists")
def playlists(call: Call) -> Content:
    found = call.services.playlists.all()
    return {"playlists": {"playlist": call.shown.playlists(found, user_name(call))}}


@method("getPlaylist")
def playlist(call: Call) -> Content:
    return _playlist(call, id_of(call.parameters.required("id"), "pl"))


@method("createPlaylist", needs=Permission.LIBRARY)
def create_playlist(call: Call) -> Content:
    """Make a playlist, or give one other songs when `playlistId` names it."""
    songs = [id_of(one, "tr") for one in call.parameters.several("songId")]
    stores = call.services.playlists
    if call.parameters.has("playlistId"):
        number = id_of(call.parameters.required("playlistId"), "pl")
        before = [item.id for item in stores.items(number)]
        stores.add(number, songs)
        stores.remove_items(number, before)
        if name := call.parameters.text("name"):
            stores.rename(number, name)
    else:
        number = stores.create(call.parameters.required("name"), songs).id
    call.services.library_changed()
    return _playlist(call, number)


@method("updatePlaylist", needs=Permission.LIBRARY)
def update_playlist(call: Call) -> Content:
    """Rename, add songs, or take some out by their place, counted from 0."""
    read = call.parameters
    number = id_of(read.required("playlistId"), "pl")
    stores = call.services.playlists
    stores.get(number)
    items = stores.items(number)
    places = [_place(one, len(items)) for one in read.several("songIndexToRemove")]
    added = [id_of(one, "tr") for one in read.several("songIdToAdd")]
    if name := read.text("name"):
        stores.rename(number, name)
    if places:
        stores.remove_items(number, [items[place].id for place in places])
    if added:
        stores.add(number, added)
    call.services.library_changed()
    return {}


@method("deletePlaylist", needs=Permission.LIBRARY)
def delete_playlist(call: Call) -> Content:
    call.services.playlists.delete(id_of(call.parameters.required("id"), "pl"))
    call.services.library_changed()
    return {}


@method("getPlayQueue")
def play_queue(call: Call) -> Content:
    """The queue that one of this person's apps saved last."""
    kept = PersonSettings(call.services.database).get(_QUEUE)
    if not isinstance(kept, Mapping) or not kept.get("tracks"):
        return {}
    tracks = call.services.catalog.tracks(kept["tracks"])
    current = kept.get("current")
    return {
        "playQueue": {
            "entry": call.shown.songs(tracks),
            "current": told_id("tr", current) if isinstance(current, int) else None,
            "position": kept.get("position", 0),
            "username": user_name(call),
            "changed": iso(kept.get("changed", 0.0)),
            "changedBy": kept.get("by", ""),
        }
    }


@method("savePlayQueue")
def save_play_queue(call: Call) -> Content:
    """Keep the queue of an app; without ids, forget it."""
    read = call.parameters
    tracks = [id_of(one, "tr") for one in read.several("id")[:_MOST_QUEUED]]
    current = read.text("current")
    kept: dict[str, Any] = {
        "tracks": tracks,
        "current": id_of(current, "tr") if current else None,
        "position": read.number("position", 0, high=10**9),
        "changed": time.time(),
        "by": call.client,
    }
    if current and kept["current"] not in tracks:
        raise SubsonicError(Code.GENERIC, "The current song is not in the queue.")
    PersonSettings(call.services.database).put(_QUEUE, kept)
    return {}


def _playlist(call: Call, number: int) -> Content:
    call.services.recommending.smart_playlists.opened(number)
    found = call.services.playlists.get(number)
    node = call.shown.playlists((found,), user_name(call))[0]
    tracks = call.services.playlists.tracks(number)
    return {"playlist": {**node, "entry": call.shown.songs(tracks)}}


def _place(given: str, count: int) -> int:
    if not (given.isascii() and given.isdecimal() and len(given) < 9 and int(given) < count):
        raise SubsonicError(Code.GENERIC, "There is no song at that place of the playlist.")
    return int(given)
