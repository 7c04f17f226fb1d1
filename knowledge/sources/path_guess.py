"""What a file's path tells when its tags do not: Artist/Album (Year)/01 - Title.mp3."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from knowledge.sources.tag_text import name, year

_NUMBERED = re.compile(
    r"^(?:(?P<disc>\d{1,2})[-.](?=\d))?(?P<track>\d{1,3})(?:\s*[-._)\]]+\s*|\s+)(?P<rest>\S.*)$"
)
_DISC_FOLDER = re.compile(r"^(?:cd|dis[ck]|vol(?:ume)?)[\s._-]*(\d{1,2})(?:\W.*)?$", re.IGNORECASE)
_YEAR_AROUND = re.compile(
    r"^[\[(]?(?:1\d{3}|20\d{2})[\])]?\s*[-._]?\s+|\s*[\[(](?:1\d{3}|20\d{2})[\])]"
)
_DASH = re.compile(r"\s+[-–—]\s+")
# Folders that hold music without saying anything about it.
_NO_WORDS = (
    "album albums artist artists audio bgm data download downloads files flac game games home "
    "incoming lib library local m4a media mixed mp3 music musik musics musique new ogg opt opus "
    "other share singles song songs sound sounds soundtrack srv tmp track tracks unsorted usr "
    "var various wav"
)
_SAYS_NOTHING = frozenset(_NO_WORDS.split())


@dataclass(frozen=True, slots=True)
class PathGuess:
    """Guesses; each may be wrong, and is marked as a guess where it is used."""

    title: str
    artist: str | None = None
    album: str | None = None
    disc_no: int | None = None
    track_no: int | None = None
    year: int | None = None


def guess(inside: PurePath) -> PathGuess:
    """Guess from `inside`, the path of a file relative to its music folder."""
    stem = inside.stem.replace("_", " ").strip()
    disc_no, track_no, rest = _number(stem)
    artist, title = _artist_and_title(rest, numbered=track_no is not None)
    folders = list(inside.parts[:-1])
    if folders and (found := _DISC_FOLDER.match(folders[-1])):
        disc_no = int(found.group(1)) or None
        folders.pop()
    folders = [p for p in folders if not _says_nothing(p) and any(c.isalpha() for c in p)]
    if _says_nothing(title) and folders:  # Artist/Title/song.ogg
        return PathGuess(
            title=name(folders[-1].replace("_", " ")) or title,
            artist=name(folders[-2].replace("_", " ")) if len(folders) > 1 else None,
        )
    album, above, album_year = _album(folders, numbered=track_no is not None)
    return PathGuess(
        title=name(title) or name(inside.stem) or "Untitled",
        artist=artist or above,
        album=album,
        disc_no=disc_no,
        track_no=track_no,
        year=album_year,
    )


def is_disc_folder(folder: str) -> bool:
    """Whether a folder is one disc of an album: "CD 2", "Disc 1"."""
    return _DISC_FOLDER.match(folder) is not None


def _number(stem: str) -> tuple[int | None, int | None, str]:
    found = _NUMBERED.match(stem)
    if not found or int(found["track"]) == 0 or _is_part_of_title(found):
        return None, None, stem
    return (
        (int(found["disc"]) or None) if found["disc"] else None,
        int(found["track"]),
        found["rest"],
    )


def _is_part_of_title(found: re.Match[str]) -> bool:
    """Whether the number belongs to the name: "7 Years", "99 Luftballons", but not "07 Years"."""
    digits = found["track"]
    only_space = found.string[found.end("track") : found.start("rest")].isspace()
    return only_space and not found["disc"] and (len(digits) == 1 or int(digits) > 40)


def _artist_and_title(rest: str, *, numbered: bool) -> tuple[str | None, str]:
    parts = [part for part in _DASH.split(rest) if part]
    if len(parts) >= 3 and not numbered:  # Artist - Album - 03 - Title
        return name(parts[0]), parts[-1]
    if len(parts) == 2:
        return name(parts[0]), parts[1]
    return None, rest


def _album(folders: list[str], *, numbered: bool) -> tuple[str | None, str | None, int | None]:
    """Return album, artist and year as the folders name them."""
    if not folders:
        return None, None, None
    last = folders[-1].replace("_", " ")
    found_year = year(last) if _YEAR_AROUND.search(last) else None
    album = _YEAR_AROUND.sub("", last).strip(" -") or last
    parts = _DASH.split(album, maxsplit=1)
    if len(parts) == 2:
        return name(parts[1]), name(parts[0]), found_year
    if len(folders) >= 2:
        return name(album), name(folders[-2].replace("_", " ")), found_year
    if numbered or found_year:
        return name(album), None, found_year
    return None, name(album), None


def _says_nothing(folder: str) -> bool:
    return folder.lower().strip() in _SAYS_NOTHING
