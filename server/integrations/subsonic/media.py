"""Sound and pictures: stream, download, cover art. Files honour Range and HEAD."""

import asyncio
from pathlib import Path
from urllib.parse import quote

from starlette.responses import Response

from knowledge.errors import NotInLibrary
from knowledge.models import Track
from server.auth.identity import Permission
from server.integrations.subsonic.call import Call, sender
from server.integrations.subsonic.errors import Code, SubsonicError
from server.integrations.subsonic.ids import id_of, read_id
from server.media.conversion import MEDIA_TYPES, TargetFormat
from server.media.files import file_answer
from server.media.live import estimated_bytes
from server.media.playable import AudioFormat, Playable

_PRIVATE = "private, max-age=0, must-revalidate"
_FOREVER = "private, max-age=31536000, immutable"
_THUMBNAILS = (96, 256, 512)
_FORMATS = {
    "opus": AudioFormat.OPUS,
    "ogg": AudioFormat.OPUS,
    "oga": AudioFormat.OPUS,
    "mp3": AudioFormat.MP3,
    "flac": AudioFormat.FLAC,
    "wav": AudioFormat.WAV,
}
_LOSSY = frozenset({AudioFormat.OPUS, AudioFormat.MP3})
_KBPS = (48, 64, 96, 128, 160, 192, 256, 320)
"""Bit rates that there are; the next lower one of these is used, so that few files are made."""


@sender("stream")
async def stream(call: Call) -> Response:
    """The recording: as it is, or converted when `format` or `maxBitRate` ask for that.

    What is converted is sent while it is made. Only who asks for a part of it, or comes when it was
    made whole before, gets a file: bytes in the middle are known when all are.
    """
    track = await _track(call)
    wanted, kbps = await asyncio.to_thread(_wanted, call, track)
    path = await asyncio.to_thread(call.services.catalog.path_of, track.id)
    start_s = float(call.parameters.number("timeOffset", 0, high=10**6))
    if wanted is not AudioFormat.ORIGINAL and (start_s or not _is_part(call)):
        kept = None if start_s else await call.services.playable.kept(path, wanted, kbps=kbps)
        if kept is None:
            return await _live(call, track, path, TargetFormat(wanted), kbps, start_s)
    found: Playable = await call.services.playable.open(track, path, wanted, kbps=kbps)
    return await file_answer(call.request, found.path, found.media_type, cache=_PRIVATE)


async def _live(
    call: Call, track: Track, path: Path, wanted: TargetFormat, kbps: int | None, start_s: float
) -> Response:
    """It is converted while it is sent."""
    length = None
    if call.parameters.flag("estimateContentLength", default=False):
        length = estimated_bytes(wanted, kbps, track.duration_s - start_s)
    headers = {"cache-control": _PRIVATE}
    if call.request.method == "HEAD":
        answer = Response(headers={**headers, "accept-ranges": "none"})
        answer.headers["content-type"] = MEDIA_TYPES[wanted]
        return answer
    return await call.services.playable.live.answer(
        path, wanted, kbps=kbps, start_s=start_s, length=length, headers=headers
    )


def _is_part(call: Call) -> bool:
    """Whether less than all is asked for."""
    return call.request.headers.get("range", "").replace(" ", "") not in {"", "bytes=0-"}


@sender("download")
async def download(call: Call) -> Response:
    """The file as it is."""
    track = await _track(call)
    path = await asyncio.to_thread(call.services.catalog.path_of, track.id)
    found = await call.services.playable.open(track, path, AudioFormat.ORIGINAL)
    answer = await file_answer(call.request, found.path, found.media_type, cache=_PRIVATE)
    name = quote(f"{track.artist} - {track.title}{path.suffix}"[:200], safe="")
    answer.headers["content-disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@sender("getCoverArt")
async def cover_art(call: Call) -> Response:
    """The picture of a song, album, artist or playlist, as large as wanted or a little larger."""
    call.require(Permission.LISTEN)
    given = call.parameters.required("id")
    size = call.parameters.optional("size", low=1, high=10_000)
    cover_id = await asyncio.to_thread(_cover_of, call, given)
    catalog = call.services.catalog
    fitting = next((one for one in _THUMBNAILS if size is not None and one >= size), None)
    if fitting is None:
        path = await asyncio.to_thread(catalog.cover_path, cover_id)
    else:
        path = await asyncio.to_thread(catalog.cover_thumbnail, cover_id, fitting)
    return await file_answer(call.request, path, None, cache=_FOREVER)


async def _track(call: Call) -> Track:
    call.require(Permission.LISTEN)
    number = id_of(call.parameters.required("id"), "tr")
    return await asyncio.to_thread(call.services.catalog.track, number)


def _wanted(call: Call, track: Track) -> tuple[AudioFormat, int | None]:
    """Format and bit rate; the file as it is, unless something else is needed."""
    limit = call.parameters.number("maxBitRate", 0, high=10_000)
    named = call.parameters.text("format").lower()
    if named == "raw":
        return AudioFormat.ORIGINAL, None
    facts = call.browser.file_facts((track.id,)).get(track.id)
    suffix = facts.suffix if facts else ""
    own_kbps = facts.size * 8 / 1_000 / track.duration_s if facts and track.duration_s else 0.0
    too_rich = bool(limit) and own_kbps > limit * 1.05
    if named and named not in _FORMATS:
        raise SubsonicError(Code.GENERIC, "Formats are raw, mp3, opus, ogg, flac and wav.")
    later = call.parameters.number("timeOffset", 0) > 0  # files are sent from their beginning
    if not too_rich and not later and (not named or named == suffix):
        return AudioFormat.ORIGINAL, None
    wanted = _FORMATS[named] if named else AudioFormat.MP3
    if wanted not in _LOSSY:
        return wanted, None
    return wanted, max((one for one in _KBPS if not limit or one <= limit), default=_KBPS[0])


def _cover_of(call: Call, given: str) -> str:
    kind, number = read_id(given)
    catalog = call.services.catalog
    if kind == "tr":
        cover_id = catalog.track(number).cover_id
    elif kind == "al":
        tracks = catalog.album_tracks(number)
        cover_id = catalog.album(number).cover_id or _first(tracks)
    elif kind == "ar":
        catalog.artist(number)
        albums = catalog.artist_albums(number)
        cover_id = next((one.cover_id for one in albums if one.cover_id), None)
    else:
        cover_id = _first(call.services.playlists.tracks(number))
    if cover_id is None:
        raise NotInLibrary("There is no picture of that.")
    return cover_id


def _first(tracks: tuple[Track, ...]) -> str | None:
    return next((one.cover_id for one in tracks if one.cover_id), None)
