"""Words for amounts, lists and times as a person would say them."""

from collections.abc import Sequence

from knowledge.models import Album, Artist, PlayEvent, Playlist, Track
from tools.report import cleaned
from tools.result import Entity

SPOKEN_NAMES = 3
_SPOKEN_TITLE = 70


def name(text: str, limit: int = _SPOKEN_TITLE) -> str:
    """A title or name fit for a sentence: one line, cut to a speakable length."""
    return cleaned(text, limit)


def called(item: Entity, *, with_artist: bool = True) -> str:
    """Make "Take Five by Dave Brubeck", "the album Time Out by ...", "Dave Brubeck"."""
    if isinstance(item, PlayEvent):
        item = item.track
    if isinstance(item, Track):
        by = f" by {name(credited(item))}" if with_artist else ""
        return f"{name(item.title)}{by}"
    if isinstance(item, Album):
        by = f" by {name(item.artist)}" if with_artist else ""
        return f"the album {name(item.title)}{by}"
    if isinstance(item, Playlist):
        return f"the playlist {name(item.name)}"
    return name(item.name)


def choices(items: Sequence[Entity]) -> list[str]:
    """The items told apart from each other: "the song Grace by ...", "the album Grace by ..."."""
    kinds = {type(item) for item in items}
    return [_choice(item, alone=len(kinds) == 1) for item in items]


def _choice(item: Entity, *, alone: bool) -> str:
    if alone:
        return called(item)
    if isinstance(item, Artist):
        return f"the artist {name(item.name)}"
    return f"the song {called(item)}" if isinstance(item, Track) else called(item)


def credited(track: Track) -> str:
    """The artists as spoken: two at most, then "and others"."""
    artists = track.artists
    if len(artists) <= 2:
        return " and ".join(artists)
    return f"{artists[0]}, {artists[1]} and others"


def listing(items: Sequence[Entity], *, total: int | None = None, with_artist: bool = True) -> str:
    """At most three names, then how many more there are: "A, B and C, and 7 more on the page"."""
    total = len(items) if total is None else total
    names = [called(item, with_artist=with_artist) for item in items[:SPOKEN_NAMES]]
    more = total - len(names)
    if more > 0:
        return f"{', '.join(names)}, and {more} more on the page"
    return joined(names)


def joined(names: Sequence[str], word: str = "and") -> str:
    """Make "A", "A and B", "A, B and C"."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def count(number: int, noun: str) -> str:
    """Make "one track", "seven tracks", "24 tracks"."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    amount = words[number] if 0 <= number < len(words) else f"{number:,}"
    return f"{amount} {noun}" + ("" if number == 1 else "s")


def length(seconds: float) -> str:
    """Make "3:07", "1:02:45"."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"


def sentence(text: str) -> str:
    """Capital letter in front, one full stop at the end."""
    text = " ".join(text.split())
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…" else f"{text}."


def vary(turn: int, *variants: str) -> str:
    """One of the variants, another one each turn, the same for the same turn."""
    return variants[turn % len(variants)]


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, for long lists of words."""
    return frozenset(text.split())
