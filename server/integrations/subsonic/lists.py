"""Calls that list: albums in many orders, songs by chance or genre, what is starred, search."""

from collections.abc import Sequence
from typing import Any, get_args

from knowledge.browsing import MOST, AlbumOrder
from knowledge.models import Album, Artist, Track
from knowledge.search import SearchQuery
from server.auth.identity import Permission
from server.integrations.subsonic.call import Call, Content, method
from server.integrations.subsonic.errors import Code, SubsonicError
from server.integrations.subsonic.ids import read_id
from server.integrations.subsonic.stars import starred

_ORDERS = frozenset(get_args(AlbumOrder))
_OF_HISTORY = frozenset({"frequent", "recent", "highest"})
_EVERYTHING = frozenset({"", '""', "''"})


@method("getAlbumList")
def album_list(call: Call) -> Content:
    return {"albumList": {"album": call.shown.directories(_albums(call), starred(call))}}


@method("getAlbumList2")
def album_list2(call: Call) -> Content:
    return {"albumList2": {"album": call.shown.albums(_albums(call), starred(call))}}


@method("getRandomSongs")
def random_songs(call: Call) -> Content:
    read = call.parameters
    tracks = call.browser.random_tracks(
        limit=read.number("size", 10, low=0, high=MOST),
        genre=read.text("genre"),
        years=(read.optional("fromYear", high=9_999), read.optional("toYear", high=9_999)),
    )
    return {"randomSongs": {"song": call.shown.songs(tracks)}}


@method("getSongsByGenre")
def songs_by_genre(call: Call) -> Content:
    read = call.parameters
    tracks = call.browser.genre_tracks(
        read.required("genre"),
        limit=read.number("count", 10, low=0, high=MOST),
        offset=read.number("offset", 0, high=10**9),
    )
    return {"songsByGenre": {"song": call.shown.songs(tracks)}}


@method("getStarred")
def starred_folders(call: Call) -> Content:
    return {"starred": _starred(call, folders=True)}


@method("getStarred2")
def starred_id3(call: Call) -> Content:
    return {"starred2": _starred(call, folders=False)}


@method("search2")
def search2(call: Call) -> Content:
    artists, albums, songs = _found(call)
    return {
        "searchResult2": {
            "artist": call.shown.artists(artists, starred(call)),
            "album": call.shown.directories(albums, starred(call)),
            "song": call.shown.songs(songs),
        }
    }


@method("search3")
def search3(call: Call) -> Content:
    artists, albums, songs = _found(call)
    stars = starred(call)
    return {
        "searchResult3": {
            "artist": call.shown.artists(artists, stars),
            "album": call.shown.albums(albums, stars),
            "song": call.shown.songs(songs),
        }
    }


def _albums(call: Call) -> Sequence[Album]:
    read = call.parameters
    order: Any = read.required("type")
    size = read.number("size", 10, low=0, high=MOST)
    offset = read.number("offset", 0, high=10**9)
    if order == "starred":
        numbers = _numbers(starred(call), "al")
        return call.services.catalog.albums(numbers[offset : offset + size])
    if order not in _ORDERS:
        raise SubsonicError(Code.GENERIC, "There is no list of that type.")
    if order in _OF_HISTORY:
        call.require(Permission.HISTORY)
    years = None
    if order == "byYear":
        read.required("fromYear")
        read.required("toYear")
        years = read.number("fromYear", 0, high=9_999), read.number("toYear", 9_999, high=9_999)
    genre = read.required("genre") if order == "byGenre" else ""
    return call.browser.albums(order, limit=size, offset=offset, years=years, genre=genre)


def _starred(call: Call, *, folders: bool) -> Content:
    stars = starred(call)
    catalog = call.services.catalog
    albums = catalog.albums(_numbers(stars, "al"))
    tracks = catalog.tracks(list(call.browser.liked_at()))
    show = call.shown.directories if folders else call.shown.albums
    return {
        "artist": call.shown.artists(catalog.artists(_numbers(stars, "ar")), stars),
        "album": show(albums, stars),
        "song": call.shown.songs(tracks),
    }


def _numbers(stars: dict[str, float], kind: str) -> list[int]:
    return [number for found, number in map(read_id, stars) if found == kind]


def _found(call: Call) -> tuple[Sequence[Artist], Sequence[Album], Sequence[Track]]:
    """What `query` finds; everything, page by page, when it is empty."""
    query = call.parameters.text("query").strip()
    artist_page, album_page, song_page = (_page(call, kind) for kind in ("artist", "album", "song"))
    if query in _EVERYTHING:
        catalog = call.services.catalog
        return (
            _all(catalog.list_artists, artist_page),
            _all(catalog.list_albums, album_page),
            _all(catalog.list_tracks, song_page),
        )
    words = query.replace("*", " ")[:300]  # Lucene's sign, which apps add for prefixes
    return (
        _search(call, words, "artist", artist_page),
        _search(call, words, "album", album_page),
        _search(call, words, "track", song_page),
    )


def _page(call: Call, kind: str) -> tuple[int, int]:
    return (
        call.parameters.number(f"{kind}Count", 20, low=0, high=MOST),
        call.parameters.number(f"{kind}Offset", 0, high=10**9),
    )


def _all(read: Any, page: tuple[int, int]) -> Any:
    count, offset = page
    return read(offset=offset, limit=count)[0] if count else ()


def _search(call: Call, words: str, kind: str, page: tuple[int, int]) -> Any:
    count, offset = page
    if not count or offset >= MOST:
        return ()
    wanted = SearchQuery(text=words, kinds=frozenset({kind}), limit=min(offset + count, MOST))
    hits = call.services.searcher.search(wanted).hits
    found = [item for hit in hits for item in (hit.item, *hit.versions)]
    return list(dict.fromkeys(found))[offset : offset + count]
