"""Calls that browse: artists, albums, songs, genres, and what is like something."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from knowledge.models import Artist, Track
from knowledge.recommend.models import Situation
from knowledge.wish import MusicWish
from server.integrations.subsonic.call import Call, Content, method
from server.integrations.subsonic.errors import Code, SubsonicError
from server.integrations.subsonic.ids import id_of, read_id
from server.integrations.subsonic.stars import starred

_ARTICLES = "The El La Los Las Le Les"
_IGNORED = tuple(f"{one.lower()} " for one in _ARTICLES.split())
_SEEDS = 5


@method("getArtists")
def artists(call: Call) -> Content:
    return {"artists": {"ignoredArticles": _ARTICLES, "index": _index(call)}}


@method("getIndexes")
def indexes(call: Call) -> Content:
    changed = round(call.browser.changed_at() * 1_000)
    told: Content = {"lastModified": changed, "ignoredArticles": _ARTICLES}
    if changed > call.parameters.number("ifModifiedSince", 0):
        told["index"] = _index(call)
    return {"indexes": told}


@method("getMusicDirectory")
def music_directory(call: Call) -> Content:
    """An artist as a folder of albums, or an album as a folder of songs."""
    given = call.parameters.required("id")
    kind, number = read_id(given)
    catalog = call.services.catalog
    if kind == "ar":
        name = catalog.artist(number).name
        children = call.shown.directories(catalog.artist_albums(number), starred(call))
    elif kind == "al":
        name = catalog.album(number).title
        children = call.shown.songs(catalog.album_tracks(number))
    else:
        raise SubsonicError(Code.NOT_FOUND, "That is no folder.")
    return {"directory": {"id": given, "name": name, "child": children}}


@method("getArtist")
def artist(call: Call) -> Content:
    number = id_of(call.parameters.required("id"), "ar")
    stars = starred(call)
    node = call.shown.artists((call.services.catalog.artist(number),), stars)[0]
    albums = call.services.catalog.artist_albums(number)
    return {"artist": {**node, "album": call.shown.albums(albums, stars)}}


@method("getAlbum")
def album(call: Call) -> Content:
    number = id_of(call.parameters.required("id"), "al")
    catalog = call.services.catalog
    node = call.shown.albums((catalog.album(number),), starred(call))[0]
    return {"album": {**node, "song": call.shown.songs(catalog.album_tracks(number))}}


@method("getSong")
def song(call: Call) -> Content:
    number = id_of(call.parameters.required("id"), "tr")
    return {"song": call.shown.song(call.services.catalog.track(number))}


@method("getGenres")
def genres(call: Call) -> Content:
    listed = [
        {"value": name, "songCount": songs, "albumCount": albums}
        for name, songs, albums in call.browser.genres()
    ]
    return {"genres": {"genre": listed}}


@method("getArtistInfo", "getArtistInfo2")
def artist_info(call: Call) -> Content:
    """Which artists are alike; nobody's biography is known here."""
    key = "artistInfo2" if call.request.url.path.rstrip("/").find("Info2") > 0 else "artistInfo"
    kind, number = read_id(call.parameters.required("id"))
    if kind == "al":
        names = [call.services.catalog.album(number).artist]
    elif kind == "tr":
        names = list(call.services.catalog.track(number).artists[:1])
    else:
        names = [call.services.catalog.artist(number).name]
    count = call.parameters.number("count", 20, low=0, high=50)
    similar: list[Artist] = []
    if count and names:
        found = call.services.recommending.recommender.similar_artists(names[0], count=count)
        similar = _by_name(call, (one.name for one in found))
    return {key: {"similarArtist": call.shown.artists(similar, starred(call))}}


@method("getAlbumInfo", "getAlbumInfo2")
def album_info(call: Call) -> Content:
    """Nothing is known of an album beyond its tags: an empty answer, as the protocol has it."""
    kind, number = read_id(call.parameters.required("id"))
    if kind == "al":
        call.services.catalog.album(number)
    else:
        call.services.catalog.track(number)
    return {"albumInfo": {}}


@method("getTopSongs")
def top_songs(call: Call) -> Content:
    """What this person played most of an artist."""
    found = call.services.catalog.artist_named(call.parameters.required("artist")[:300])
    count = call.parameters.number("count", 50, low=0, high=500)
    tracks = () if found is None else call.browser.most_played(found.id, limit=count)
    return {"topSongs": {"song": call.shown.songs(tracks)}}


@method("getSimilarSongs", "getSimilarSongs2")
def similar_songs(call: Call) -> Content:
    """A smart mix: the recommender's list for music like this."""
    key = "similarSongs2" if "Songs2" in call.request.url.path else "similarSongs"
    kind, number = read_id(call.parameters.required("id"))
    seeds = _seeds(call, kind, number)
    count = call.parameters.number("count", 50, low=0, high=200)
    if not seeds or not count:
        return {key: {"song": []}}
    wish = MusicWish(like=tuple(track.id for track in seeds), count=count)
    now = Situation(at=datetime.now().astimezone())
    made = call.services.recommending.recommender.recommend(wish, now, count=count)
    known = {track.id for track in seeds}
    tracks = [one.track for one in made.items if one.track.id not in known]
    return {key: {"song": call.shown.songs(tracks)}}


def _seeds(call: Call, kind: str, number: int) -> Sequence[Track]:
    catalog = call.services.catalog
    if kind == "tr":
        return (catalog.track(number),)
    if kind == "al":
        catalog.album(number)
        return catalog.album_tracks(number)[:_SEEDS]
    if kind == "ar":
        catalog.artist(number)
        return call.browser.most_played(number, limit=_SEEDS)
    return call.services.playlists.tracks(number)[:_SEEDS]


def _by_name(call: Call, names: Iterable[str]) -> list[Artist]:
    found = (call.services.catalog.artist_named(name) for name in names)
    return [one for one in found if one is not None]


def _index(call: Call) -> list[Content]:
    """Artists under the letter that they are looked for, "#" for other signs."""
    stars = starred(call)
    letters: dict[str, list[Artist]] = {}
    for one in call.browser.artists():
        letters.setdefault(_letter(one.name), []).append(one)
    listed = sorted(letters.items(), key=lambda group: (group[0] == "#", group[0]))
    return [
        {"name": letter, "artist": call.shown.artists(group, stars)} for letter, group in listed
    ]


def _letter(name: str) -> str:
    plain = name.strip().lower()
    for article in _IGNORED:
        if plain.startswith(article) and len(plain) > len(article):
            plain = plain.removeprefix(article)
            break
    first = unicodedata.normalize("NFKD", plain[:1])[:1].upper()
    return first if first.isalpha() else "#"
