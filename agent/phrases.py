"""Names, amounts and lists as values of messages: each language words them in its own way."""

from collections.abc import Sequence

from knowledge.models import Album, Artist, PlayEvent, Playlist, Track
from tools.message import Listed, Say, Value
from tools.report import cleaned
from tools.result import Entity

SPOKEN_NAMES = 3
_SPOKEN_TITLE = 70
_NOUNS = {Track: "tracks", Album: "albums", Artist: "artists", Playlist: "playlists"}


def name(text: object, limit: int = _SPOKEN_TITLE) -> str:
    """A title or name fit for a sentence: one line, cut to a speakable length."""
    return cleaned(str(text), limit)


def called(item: Entity) -> Value:
    """Make "Take Five by Dave Brubeck", "the album Time Out by ...", "Dave Brubeck"."""
    if isinstance(item, PlayEvent):
        item = item.track
    if isinstance(item, Track):
        return titled(item.title, credited(item))
    if isinstance(item, Album):
        return Say("album-by", {"title": name(item.title), "artist": name(item.artist)})
    if isinstance(item, Playlist):
        return Say("playlist-called", {"name": name(item.name)})
    return name(item.name)


def titled(title: object, artist: Value) -> Value:
    """Make "Take Five by Dave Brubeck", or "Take Five" when nobody is credited."""
    if isinstance(artist, str):
        artist = name(artist)
    if artist == "":
        return name(title)
    return Say("track-by", {"title": name(title), "artist": artist})


def choices(items: Sequence[Entity]) -> tuple[Value, ...]:
    """The items told apart from each other: "the song Grace by ...", "the album Grace by ..."."""
    kinds = {type(item) for item in items}
    return tuple(_choice(item, alone=len(kinds) == 1) for item in items)


def _choice(item: Entity, *, alone: bool) -> Value:
    if alone:
        return called(item)
    if isinstance(item, Artist):
        return Say("choice-artist", {"name": name(item.name)})
    return Say("choice-song", {"track": called(item)}) if isinstance(item, Track) else called(item)


def credited(track: Track) -> Value:
    """The artists as spoken: two at most, then "and others"."""
    artists = track.artists
    if len(artists) <= 1:
        return name("".join(artists))
    both = tuple(name(artist, _SPOKEN_TITLE // 2) for artist in artists[:2])
    return Listed(both) if len(artists) == 2 else Say("artists-and-others", {"names": _comma(both)})


def _comma(parts: tuple[Value, ...]) -> Listed:
    return Listed(parts, "comma")


def listing(items: Sequence[Entity], *, total: int | None = None) -> Listed:
    """At most three names, then how many more there are: "A, B and C, and 7 more on the page"."""
    total = len(items) if total is None else total
    names = tuple(called(item) for item in items[:SPOKEN_NAMES])
    return Listed(names, more=max(0, total - len(names)))


def count(number: int, noun: str) -> Say:
    """Make "one track", "seven tracks", "24 tracks"; `noun` is a message such as "tracks"."""
    return Say(noun, {"count": number})


def noun_of(items: Sequence[Entity]) -> str:
    """The message that counts such items."""
    kinds = {type(item) for item in items}
    return _NOUNS.get(kinds.pop(), "things") if len(kinds) == 1 else "things"


def length(seconds: float) -> str:
    """Make "3:07", "1:02:45"."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, for long lists of words."""
    return frozenset(text.split())
