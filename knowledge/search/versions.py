"""Which recording of a song a title names: the studio one, a live one, a remaster, a remix.

Titles carry this in brackets or after a dash: "Hey Jude (Remastered 2015)", "Hurt - Live at Oslo".
What is left without it is the song, and recordings of one song by one artist belong together.
Other brackets are part of the title: "(I Can't Get No) Satisfaction".
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from knowledge.folding import fold, without_featuring

_LONGEST_TITLE = 400


class Version(IntEnum):
    """How far a recording is from the one that people mean by the plain title; 0 is that one."""

    PLAIN = 0
    REMASTER = 1
    EDITION = 2
    """Mono, stereo, single or album version, explicit, deluxe: hardly another recording."""
    EDIT = 3
    EXTENDED = 4
    ALTERNATE = 5
    ACOUSTIC = 6
    LIVE = 7
    REMIX = 8
    DEMO = 9
    INSTRUMENTAL = 10
    KARAOKE = 11


# The first pattern that matches decides, so the more special stand first.
_MARKERS: tuple[tuple[Version, re.Pattern[str]], ...] = tuple(
    (version, re.compile("|".join(patterns)))
    for version, patterns in (
        (
            Version.KARAOKE,
            (
                r"\bkaraoke\b",
                r"\bin the style of\b",
                r"\boriginally performed\b",
                r"\bbacking track\b",
            ),
        ),
        (Version.DEMO, (r"\b(?:demos?|outtakes?|rehearsal|rough mix|early take|work ?tape)\b",)),
        (
            Version.LIVE,
            (
                r"^(?:recorded )?live$",
                r"^live \d{4}$",
                r"\blive (?:at|in|from|on|version|sessions?|recording|acoustic)\b",
                r"^(?:recorded |acoustic |\d{4} )+live$",
                r"\bin concert\b",
                r"\b(?:bbc|peel|kexp|radio) sessions?\b",
            ),
        ),
        (
            Version.ACOUSTIC,
            (r"\b(?:acoustic|unplugged|stripped|piano version|orchestral version)\b",),
        ),
        (
            Version.EDIT,
            (r"\b(?:radio |single |video |short )?edit\b", r"\bradio (?:version|mix)\b"),
        ),
        (
            Version.EDITION,
            (r"\boriginal (?:mix|version|recording)\b", r"\b(?:stereo|mono)(?: mix)?\b"),
        ),
        (
            Version.EXTENDED,
            (
                r"\b(?:extended|12 (?:inch|version)|long version)\b",
                r"\b(?:club mix|full length|maxi|dub mix)\b",
            ),
        ),
        (Version.REMIX, (r"\b(?:remix|rmx|mix|rework|bootleg|mashup|vip|dub)\b",)),
        (Version.REMASTER, (r"\bremaster(?:ed|ing|izado)?\b",)),
        (Version.INSTRUMENTAL, (r"^instrumental\b", r"\binstrumental(?: version| mix|$)")),
        (
            Version.EDITION,
            (
                r"\b(?:single|album|lp|7|7 inch|soundtrack) version\b",
                r"^(?:explicit|clean|deluxe|expanded)\b",
                r"\b(?:bonus track|edition|anniversary|motion picture|soundtrack)\b",
            ),
        ),
        (
            Version.ALTERNATE,
            (r"\balt(?:ernate|ernative)?\b", r"^take \d+$", r"\bversion\b", r"\bre ?recorded\b"),
        ),
    )
)
_BRACKETS = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")
_TAIL = re.compile(r"\s[-–—]\s([^-–—]+)$")
_MIGHT_CARRY = re.compile(r"[(\[]|\s[-–—]\s|\b(?:feat|ft|featuring)\b", re.IGNORECASE)
_LIVE_ALBUM = re.compile(
    r"^(?:.* )?live (?:at|in|from|on)\b|\bin concert\b|\bunplugged\b|^live$|\blive \d{4}\b|^mtv\b"
)

_GUEST_MARKS = frozenset({"feat", "ft", "featuring", "duet", "with"})
_WORDS = {
    "live": Version.LIVE, "concert": Version.LIVE,
    "acoustic": Version.ACOUSTIC, "unplugged": Version.ACOUSTIC,
    "remaster": Version.REMASTER, "remastered": Version.REMASTER,
    "remix": Version.REMIX, "remixed": Version.REMIX, "mix": Version.REMIX,
    "demo": Version.DEMO, "outtake": Version.DEMO,
    "edit": Version.EDIT, "extended": Version.EXTENDED,
    "instrumental": Version.INSTRUMENTAL, "karaoke": Version.KARAOKE,
    "mono": Version.EDITION, "stereo": Version.EDITION,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SongTitle:
    """A title taken apart."""

    key: str
    """The song, folded: "hey jude"."""
    short: str
    """The same without brackets that belong to the title: "satisfaction"; often equal to `key`."""
    guests: str
    """Who is named after "feat." in the title, folded; "" when nobody is."""
    versions: frozenset[Version]
    """What the recording is marked as; empty for the plain one."""

    @property
    def rank(self) -> Version:
        """How far the recording is from the plain one."""
        return max(self.versions, default=Version.PLAIN)


@lru_cache(maxsize=32_768)
def song_title(title: str) -> SongTitle:
    """Take `title` apart into the song and the marks of the recording."""
    if len(title) > _LONGEST_TITLE or not _MIGHT_CARRY.search(title):
        folded = fold(title)
        return SongTitle(folded, folded, "", frozenset())
    found: set[Version] = set()
    rest = without_featuring(title)
    guests = "" if rest == title else _guests(fold(title), fold(rest))

    def cut(match: re.Match[str]) -> str:
        version = marked_version(fold(match[1] or match[2] or ""))
        if version is None:
            return match[0]
        found.add(version)
        return " "

    base = _BRACKETS.sub(cut, rest)
    while (tail := _TAIL.search(base)) and (version := marked_version(fold(tail[1]))) is not None:
        found.add(version)
        base = base[: tail.start()]
    key = fold(base) or fold(rest)
    short = fold(_BRACKETS.sub(" ", base)) or key
    return SongTitle(key, short, guests, frozenset(found))


def _guests(folded: str, without: str) -> str:
    """Find the words that cutting the guests off took away."""
    words = folded.split()
    for word in without.split():
        if word in words:
            words.remove(word)
    return " ".join(word for word in words if word not in _GUEST_MARKS)


def marked_version(mark: str) -> Version | None:
    """Say what a folded mark such as "remastered 2015" makes of a recording; None when nothing."""
    return next((version for version, pattern in _MARKERS if pattern.search(mark)), None)


@lru_cache(maxsize=8_192)
def album_version(folded_album: str) -> Version:
    """Say what an album's folded title tells about its tracks: LIVE or PLAIN."""
    return Version.LIVE if _LIVE_ALBUM.search(folded_album) else Version.PLAIN


def version_word(word: str) -> Version | None:
    """Say which version a word of a query asks for."""
    return _WORDS.get(word)


def version_spellings(word: str) -> tuple[str, ...]:
    """List the words that ask for the same version as `word`, itself first."""
    version = _WORDS.get(word)
    same = (other for other, meant in _WORDS.items() if meant is version and other != word)
    return (word, *same) if version is not None else (word,)
