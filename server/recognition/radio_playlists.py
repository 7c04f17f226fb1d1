"""What is inside the small files that radio stations give out instead of their sound."""

import re
from urllib.parse import urljoin, urlsplit

from server.errors import UrlNotFetched

MAX_PLAYLIST_BYTES = 65_536
_TYPES = frozenset({
    "audio/x-mpegurl",
    "audio/mpegurl",
    "application/x-mpegurl",
    "application/mpegurl",
    "application/vnd.apple.mpegurl",
    "audio/x-scpls",
    "audio/scpls",
    "application/pls+xml",
})  # fmt: skip
_SUFFIXES = (".m3u", ".m3u8", ".pls")
_PLS_FILE = re.compile(r"^\s*File\d*\s*=\s*(\S+)\s*$", re.IGNORECASE | re.MULTILINE)


def is_playlist(url: str, media_type: str, start: bytes) -> bool:
    """Whether the body at `url` names another address instead of being sound.

    Args:
        url: where it came from.
        media_type: its Content-Type.
        start: its first bytes.
    """
    if start.lstrip(b"\xef\xbb\xbf").startswith((b"#EXTM3U", b"[playlist]")):
        return True
    kind = media_type.partition(";")[0].strip().lower()
    named = kind in _TYPES or (
        not kind.startswith("audio/") and urlsplit(url).path.lower().endswith(_SUFFIXES)
    )
    return named and start[:4].isascii()


def first_address(text: bytes, base: str) -> str:
    """The first stream that a playlist names.

    Args:
        text: the playlist, M3U or PLS.
        base: its own address, for names relative to it.

    Raises:
        UrlNotFetched: it names none, or is made of pieces (HLS), which are not followed.
    """
    words = text.decode("utf-8", "replace").lstrip("\ufeff")
    if "#EXT-X-" in words:
        raise UrlNotFetched(
            "That is a stream in pieces (HLS), which is not supported.",
            next_step="Most stations have an MP3 or AAC address as well.",
        )
    if words.lstrip().lower().startswith("[playlist]"):
        named = _PLS_FILE.search(words)
        found = str(named.group(1)) if named else ""
    else:
        lines = (line.strip() for line in words.splitlines())
        found = next((line for line in lines if line and not line.startswith("#")), "")
    if not found:
        raise UrlNotFetched("That playlist names no stream.")
    return str(urljoin(base, found))
