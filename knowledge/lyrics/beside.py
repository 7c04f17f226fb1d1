"""Lyrics in files beside the music: song.lrc or song.txt for song.mp3.

They are anybody's files: only regular ones with the music file's own name are opened, links are
not followed, and no more than a bounded number of bytes is read.
"""

import os
import stat
import unicodedata
from pathlib import Path

from knowledge.lyrics.models import Lyrics, lyrics_from

EXTENSIONS = (".lrc", ".txt")
"""In this order: times are worth more."""
MAX_BYTES = 256 * 1024
_MOST_LINE = 120
"""Characters: where most lines are longer, it is prose and no song."""
_LEAST_LINES = 3
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LEGACY = ("cp932", "euc_kr", "gb18030", "cp1251", "cp1252")


def beside(music: Path) -> Lyrics | None:
    """Read the lyrics beside a music file; None when there are none, or none that can be read."""
    for extension in EXTENSIONS:
        for spelling in (extension, extension.upper()):
            raw = read_small(music.with_suffix(spelling))
            if raw is None:
                continue
            found = lyrics_from(decoded(raw), "file")
            if found is not None and (extension == ".lrc" or _is_song(found.text)):
                return found
    return None


def read_small(path: Path) -> bytes | None:
    """Content of a small regular file, or None."""
    try:
        # Without O_NONBLOCK a pipe of that name would hold us for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            return None
        with os.fdopen(os.dup(descriptor), "rb") as file:
            return file.read(MAX_BYTES)
    except OSError:
        return None
    finally:
        os.close(descriptor)


def decoded(raw: bytes) -> str:
    """Read bytes of an unknown encoding: UTF-8 or UTF-16, else the likeliest of the old ones."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if raw[:200].count(0) > 20:
        return raw.decode("utf-16-le" if raw[1::2][:100].count(0) > 20 else "utf-16-be", "replace")
    best, best_score = raw.decode("latin-1"), 0.0
    for encoding in _LEGACY:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _likeliness(text, encoding)
        if score > best_score:
            best, best_score = text, score
    return best


def _likeliness(text: str, encoding: str) -> float:
    """How much like a language the letters beyond ASCII look, 0 to 1."""
    high = [character for character in text[:4_000] if ord(character) > 127]
    if not high:
        return 0.5
    wanted = {
        "cp932": ("HIRAGANA", "KATAKANA LETTER", "CJK UNIFIED"),
        "euc_kr": ("HANGUL",),
        "gb18030": ("CJK UNIFIED",),
        "cp1251": ("CYRILLIC SMALL",),
        "cp1252": ("LATIN",),
    }[encoding]
    names = [unicodedata.name(character, "") for character in high]
    fitting = sum(name.startswith(wanted) for name in names) / len(names)
    if encoding == "cp932":  # Japanese is never without kana, misread Chinese is
        kana = sum(name.startswith(("HIRAGANA", "KATAKANA LETTER")) for name in names)
        fitting *= 1.0 if kana > 0.2 * len(names) else 0.3
    if encoding in {"cp1251", "cp1252"}:  # accented letters stand among plain ones
        letters = sum(map(str.isalpha, text[:4_000]))
        fitting *= 1.0 if (len(high) < 0.4 * letters) is (encoding == "cp1252") else 0.4
    return fitting


def _is_song(text: str) -> bool:
    lengths = sorted(len(line) for line in text.split("\n") if line)
    return len(lengths) >= _LEAST_LINES and lengths[len(lengths) // 2] <= _MOST_LINE
