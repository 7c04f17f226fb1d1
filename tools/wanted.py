"""From what was asked for to one thing in the library, to a question, or to nothing.

Playing, liking, queueing and filling playlists all begin here, so that "the right item, not the
top hit" is decided in one place.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from knowledge.errors import NotInLibrary
from knowledge.folding import fold
from knowledge.models import Album, Artist, Playlist, Track
from knowledge.search import SearchHit, SearchQuery
from knowledge.search.versions import song_title
from knowledge.stations import track_of
from tools.choice import Choice, MusicItem, Stakes, choose, kind_of
from tools.context import Reference, ReferenceKind, ToolContext
from tools.message import Say
from tools.regret import Deed
from tools.result import Ambiguous, NothingFound
from tools.terms import term

MAX_TRACKS = 500
_REFERENCE = re.compile(r"^(track|album|artist|playlist):(\d{1,18})$")


def _words(value: Any) -> Any:
    """Models send null, numbers and blanks where words belong; repair what is unmistakable."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return " ".join(value.split()) if isinstance(value, str) else value


def _numbers(value: Any) -> Any:
    if value is None:
        return []
    if isinstance(value, int | str) and not isinstance(value, bool):
        value = [value]
    return value


Words = Annotated[str, BeforeValidator(_words), Field(max_length=300)]
Numbers = Annotated[
    list[Annotated[int, Field(ge=-1, le=500)]], BeforeValidator(_numbers), Field(max_length=200)
]
Phrases = Annotated[list[Words], BeforeValidator(_numbers), Field(max_length=20)]
References = Annotated[list[str], BeforeValidator(_numbers), Field(max_length=MAX_TRACKS)]


class Wanted(BaseModel):
    """Names music in one of three ways: words, numbers of the result list, or references."""

    model_config = ConfigDict(extra="ignore")

    query: Words = Field("", description="Words as the user said them, when no field fits better")
    title: Words = Field("", description="Title of a track")
    artist: Words = Field("", description="Only music by this artist")
    album: Words = Field("", description="Title of an album")
    genre: Words = Field("", description="Genre, such as jazz")
    playlist: Words = Field("", description="Name of one of the user's playlists")
    liked: bool = Field(False, description="The tracks that the user likes")
    numbers: Numbers = Field(
        default_factory=list,
        description="Numbers of the numbered result list, first is 1; -1 is the last",
    )
    refs: References = Field(
        default_factory=list, description='References from earlier results, such as "track:12"'
    )

    @property
    def deed(self) -> Deed:
        """What is done with the music: how much a wrong guess would cost."""
        return Deed.PLAY

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.liked or self.numbers or self.refs)

    @property
    def words(self) -> str:
        """What was asked for, as one would say it."""
        named = self.query or self.title or self.album or self.playlist or self.genre
        if named and self.artist:
            return f"{named} by {self.artist}"
        return named or self.artist


@dataclass(frozen=True, slots=True)
class Selection:
    """Exactly what was meant."""

    tracks: tuple[Track, ...]
    """In playing order; never empty."""
    kind: str
    """"track", "album", "artist", "playlist", "genre", "liked" or "list"."""
    name: str
    """What it is called in the library; not what the user called it."""
    by: str = ""
    alternatives: tuple[Track | Album | Artist, ...] = ()
    """Other things that matched nearly as well, for "no, the other one"."""


Resolved = Selection | Ambiguous | NothingFound


def find(wanted: Wanted, context: ToolContext) -> Resolved:
    """Find what `wanted` names. Runs database queries: call it in a worker thread."""
    if wanted.numbers or wanted.refs:
        return _by_reference(wanted, context)
    if wanted.liked:
        return _liked(context)
    if wanted.playlist:
        return _playlist(wanted.playlist, context)
    if wanted.genre and not (wanted.query or wanted.title or wanted.album or wanted.artist):
        return _genre(wanted.genre, context)
    return _by_words(wanted, context)


def tracks_of(item: Track | Album | Artist | Playlist, context: ToolContext) -> tuple[Track, ...]:
    """The recordings of one thing in a sensible order: album order; an artist's best first."""
    services = context.services
    if isinstance(item, Track):
        return (item,)
    if isinstance(item, Album):
        return services.catalog.album_tracks(item.id)[:MAX_TRACKS]
    if isinstance(item, Playlist):
        return services.playlists.tracks(item.id)[:MAX_TRACKS]
    counts = services.history.play_counts()
    liked = set(services.ratings.liked_ids())
    tracks = services.catalog.artist_tracks(item.id)
    # Liked and often played first; the rest keeps the catalogue's order, album by album.
    ranked = sorted(tracks, key=lambda t: (t.id not in liked, -counts.get(t.id, 0)))
    return tuple(ranked[:MAX_TRACKS])


def lookup(reference: Reference, context: ToolContext) -> Track | Album | Artist | Playlist:
    """The thing that a reference names.

    Raises:
        NotInLibrary: it is gone.
    """
    catalog = context.services.catalog
    if reference.kind == "track":
        return catalog.track(reference.id)
    if reference.kind == "album":
        return catalog.album(reference.id)
    if reference.kind == "artist":
        return catalog.artist(reference.id)
    return context.services.playlists.get(reference.id)


def references_in(wanted: Wanted, context: ToolContext) -> tuple[Reference, ...]:
    """The references that numbers and references in the arguments name; unknown ones fall out."""
    listed = context.references
    found = [
        listed[number - 1] if number > 0 else listed[-1]
        for number in wanted.numbers
        if 1 <= number <= len(listed) or (number == -1 and listed)
    ]
    named = (_REFERENCE.match(text.strip()) for text in wanted.refs)
    found += [Reference(cast(ReferenceKind, m[1]), int(m[2])) for m in named if m is not None]
    return tuple(dict.fromkeys(found))


def _by_reference(wanted: Wanted, context: ToolContext) -> Resolved:
    items: list[Track | Album | Artist | Playlist] = []
    for reference in references_in(wanted, context):
        try:
            items.append(lookup(reference, context))
        except NotInLibrary:
            continue
    tracks = [track for item in items for track in tracks_of(item, context)]
    if not tracks:
        return NothingFound(
            _numbers_in_words(wanted.numbers), said={"nothing": _no_number(wanted.numbers)}
        )
    if len(items) == 1:
        return _selected(items[0], tuple(tracks))
    return Selection(tuple(tracks[:MAX_TRACKS]), "list", "")


def _numbers_in_words(numbers: list[int]) -> str:
    if not numbers:
        return "that in the library any more"
    return f"number {numbers[0]} in the list" if numbers[0] > 0 else "a list to choose from"


def _no_number(numbers: list[int]) -> Say:
    if not numbers:
        return Say("none-any-more")
    if numbers[0] > 0:
        return Say("none-number", {"number": str(numbers[0])})
    return Say("none-list")


def _liked(context: ToolContext) -> Resolved:
    tracks = context.services.catalog.tracks(list(context.services.ratings.liked_ids()))
    if not tracks:
        return NothingFound("anything that you liked", said={"nothing": Say("none-liked")})
    return Selection(tracks[:MAX_TRACKS], "liked", "the music you like")


def _playlist(name: str, context: ToolContext) -> Resolved:
    playlist = context.services.playlists.named(name)
    if playlist is None:
        return no_playlist(name, context)
    return _of_playlist(playlist, context)


def no_playlist(name: str, context: ToolContext) -> NothingFound:
    """That there is no such playlist, with those that are called nearly so."""
    nearest = context.services.playlists.nearest(name)
    none = Say("none-playlist", {"name": name})
    return NothingFound(f"playlist called {name}", nearest, said={"nothing": none})


def _of_playlist(playlist: Playlist, context: ToolContext) -> Resolved:
    tracks = tracks_of(playlist, context)
    if not tracks:
        none = Say("playlist-empty", {"name": playlist.name})
        return NothingFound(f"music in the playlist {playlist.name}", said={"nothing": none})
    return Selection(tracks, "playlist", playlist.name)


def _genre(genre: str, context: ToolContext) -> Resolved:
    tracks = context.services.catalog.genre_tracks(genre, limit=MAX_TRACKS)
    if not tracks:
        none = Say("none-genre", {"genre": term(genre)})
        return NothingFound(f"{genre} music", said={"nothing": none})
    return Selection(tracks, "genre", genre)


def _by_words(wanted: Wanted, context: ToolContext) -> Resolved:
    if wanted.query and not (wanted.artist or wanted.album or wanted.title):
        playlist = context.services.playlists.named(wanted.query)
        if playlist is not None and fold(playlist.name) == fold(wanted.query):
            return _of_playlist(playlist, context)
        stations = context.services.stations
        station = None if stations is None else stations.called(wanted.query)
        if station is not None:
            return Selection((track_of(station),), "track", station.name)
    result = context.services.searcher.search(
        SearchQuery(
            text=wanted.query,
            title=wanted.title or None,
            artist=wanted.artist or None,
            album=wanted.album or None,
            genre=wanted.genre or None,
            kinds=_kinds(wanted),
            limit=12,
        )
    )
    said = wanted.query or wanted.title or wanted.album or wanted.artist
    stakes = Stakes(wanted.deed, context.spoken, _likely(context))
    choice = choose(result, said=said, stakes=stakes)
    if isinstance(choice, Choice):
        choice = _of_version(choice, wanted.query or wanted.title)
    if isinstance(choice, Choice):
        return _chosen(choice, context)
    if isinstance(choice, Ambiguous):
        return choice
    if wanted.query and (playlist := context.services.playlists.named(wanted.query)) is not None:
        tracks = tracks_of(playlist, context)
        if tracks:
            return Selection(tracks, "playlist", playlist.name)
    return NothingFound(wanted.words, choice, said=_not_found(wanted))


def _not_found(wanted: Wanted) -> dict[str, Say]:
    """That there is nothing of a title by somebody; a name alone is told as it is."""
    named = wanted.title or wanted.query or wanted.album
    if not (named and wanted.artist):
        return {}
    said = Say("track-by", {"title": named, "artist": wanted.artist})
    return {"nothing": Say("nothing", {"wanted": said})}


def _kinds(wanted: Wanted) -> frozenset[str]:
    """Which kinds of things the fields name."""
    if wanted.title:
        return frozenset({"track"})
    if wanted.album:
        return frozenset({"album"})
    only_artist = bool(wanted.artist) and not wanted.query
    return frozenset({"artist"}) if only_artist else frozenset({"track", "album", "artist"})


def _of_version(choice: Choice, said: str) -> Choice | tuple[MusicItem, ...]:
    """The recording of the version that was asked for; the plain one is only a near miss."""
    asked = song_title(said).versions
    if not asked or not isinstance(choice.item, Track):
        return choice
    for item in (choice.item, *choice.alternatives):
        if isinstance(item, Track) and song_title(item.title).versions & asked:
            return Choice(item, (choice.item,) if item is not choice.item else choice.alternatives)
    return (choice.item,)


def _likely(context: ToolContext) -> Callable[[MusicItem], float]:
    """How likely each track is meant by this household: what is liked and often played."""
    ratings, history = context.services.ratings, context.services.history
    liked, disliked = set(ratings.liked_ids()), set(ratings.disliked_ids())
    counts = cache(history.play_counts)

    def weight(item: MusicItem) -> float:
        if not isinstance(item, Track):
            return 1.0
        if item.id in disliked:
            return _DISLIKED
        often = _PER_PLAY * min(max(counts().get(item.id, 0), 0), _MOST_PLAYS)
        return 1.0 + often + (_LIKED if item.id in liked else 0.0)

    return weight


_DISLIKED, _LIKED, _PER_PLAY, _MOST_PLAYS = 0.2, 2.0, 0.5, 10


def _chosen(choice: Choice, context: ToolContext) -> Resolved:
    tracks = tracks_of(choice.item, context)
    if not tracks:
        return NothingFound(name_of(choice.item))
    return _selected(choice.item, tracks, choice.alternatives)


def _selected(
    item: Track | Album | Artist | Playlist,
    tracks: tuple[Track, ...],
    alternatives: tuple[Track | Album | Artist, ...] = (),
) -> Selection:
    by = item.artist if isinstance(item, Track | Album) else ""
    return Selection(tracks, kind_of(item), name_of(item), by, alternatives)


def name_of(item: Track | Album | Artist | Playlist) -> str:
    return item.title if isinstance(item, Track | Album) else item.name


def same_name(one: SearchHit, other: SearchHit) -> bool:
    return fold(name_of(one.item)) == fold(name_of(other.item))
