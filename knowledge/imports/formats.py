"""What a listen looks like in each export.

* Spotify, account data: `endTime`, `artistName`, `trackName`, `msPlayed`.
* Spotify, extended: `ts`, `ms_played`, `master_metadata_…`, `skipped`, `reason_end`.
* ListenBrainz: `listened_at`, `track_metadata`.
* Last.fm, as its tools write it: `artist`, `track` or `name`, `album`, and a date as `uts`, `date`
  in seconds, milliseconds or words.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from knowledge.imports.models import LONGEST_NAME, ExportedListen, ImportSource

_EARLIEST, _LATEST = 946_684_800.0, 4_102_444_800.0
"""2000 and 2100, unix seconds: what lies outside is no time of listening."""
_MOVED_ON = ("fwdbtn", "backbtn")
_SHORT_S = 30.0
_LONGEST_S = 86_400.0
_LISTS = ("recenttracks", "scrobbles", "track", "tracks", "listens", "payload")
_DATES = ("%d %b %Y %H:%M", "%d %b %Y, %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")


def listens(element: Mapping[str, Any], depth: int = 0) -> Iterator[ExportedListen | None]:
    """Read one element of an export: usually one listen, or a page of many.

    None stands for an entry that is no listen to music, such as a podcast.
    """
    if "ts" in element and "ms_played" in element:
        yield _spotify_extended(element)
    elif "endTime" in element:
        yield _spotify(element)
    elif "track_metadata" in element:
        yield _listenbrainz(element)
    elif "artist" in element or "Artist" in element:
        yield _lastfm(element)
    elif depth < 3:
        for key in _LISTS:
            inner = element.get(key)
            for one in inner if isinstance(inner, list) else [inner]:
                if isinstance(one, dict):
                    yield from listens(one, depth + 1)


def table_row(row: Mapping[str, str]) -> ExportedListen | None:
    """Read a row of a CSV file, by the names of its columns in small letters."""
    return _lastfm({key.strip().strip('"').casefold(): value for key, value in row.items() if key})


def _spotify(entry: Mapping[str, Any]) -> ExportedListen | None:
    ended = _moment(entry.get("endTime"))
    played_s = _seconds(entry.get("msPlayed"), 1_000)
    if ended is None or played_s is None:
        return None
    return _listen(
        ImportSource.SPOTIFY,
        ended - played_s,
        entry.get("trackName"),
        entry.get("artistName"),
        "",
        played_s,
        True if played_s < _SHORT_S else None,
    )


def _spotify_extended(entry: Mapping[str, Any]) -> ExportedListen | None:
    ended = _moment(entry.get("ts"))
    played_s = _seconds(entry.get("ms_played"), 1_000)
    if ended is None or played_s is None:
        return None
    reason = entry.get("reason_end")
    skipped: bool | None = None
    if reason == "trackdone":
        skipped = False
    elif entry.get("skipped") is True or reason in _MOVED_ON or played_s < _SHORT_S:
        skipped = True
    return _listen(
        ImportSource.SPOTIFY,
        ended - played_s,
        entry.get("master_metadata_track_name"),
        entry.get("master_metadata_album_artist_name"),
        entry.get("master_metadata_album_album_name"),
        played_s,
        skipped,
    )


def _listenbrainz(entry: Mapping[str, Any]) -> ExportedListen | None:
    facts = entry.get("track_metadata")
    if not isinstance(facts, dict):
        return None
    return _listen(
        ImportSource.LISTENBRAINZ,
        _moment(entry.get("listened_at")),
        facts.get("track_name"),
        facts.get("artist_name"),
        facts.get("release_name"),
    )


def _lastfm(entry: Mapping[str, Any]) -> ExportedListen | None:
    date = entry.get("uts") or entry.get("date") or entry.get("utc_time") or entry.get("Date")
    if isinstance(date, dict):
        date = date.get("uts") or date.get("#text")
    return _listen(
        ImportSource.LASTFM,
        _moment(date),
        _text(entry.get("track") or entry.get("name") or entry.get("title") or entry.get("Track")),
        _text(entry.get("artist") or entry.get("Artist")),
        _text(entry.get("album") or entry.get("Album")),
    )


def _listen(
    source: ImportSource,
    at: float | None,
    title: Any,
    artist: Any,
    album: Any,
    played_s: float | None = None,
    skipped: bool | None = None,
) -> ExportedListen | None:
    names = [_name(one) for one in (title, artist, album)]
    if at is None or not _EARLIEST <= at <= _LATEST or not names[0] or not names[1]:
        return None
    return ExportedListen(source, at, names[0], names[1], names[2], played_s, skipped)


def _text(value: Any) -> Any:
    """Take the name out of Last.fm's own objects: {"#text": …} or {"name": …}."""
    return value.get("#text") or value.get("name") if isinstance(value, dict) else value


def _name(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    printable = "".join(sign if sign.isprintable() else " " for sign in value[: 2 * LONGEST_NAME])
    return " ".join(printable.split())[:LONGEST_NAME]


def _seconds(value: Any, divisor: int) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    seconds = float(min(max(value, -1), _LONGEST_S * divisor)) / divisor
    return seconds if seconds >= 0 else None


def _moment(value: Any) -> float | None:
    """Unix seconds of a number (seconds or milliseconds) or of a date in words, in UTC."""
    if isinstance(value, str):
        text = value.strip()[:40]
        if text.isascii() and text.isdigit():
            return _moment(int(text))
        read = _dated(text)
        if read is None:
            return None
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = float(min(max(value, 0), 10**15))
    return number / 1_000 if number > 10**11 else number


def _dated(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for pattern in _DATES:
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
