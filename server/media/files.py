"""A file as an HTTP answer: whole, in part, or "you have it already"."""

import asyncio
import hashlib
import os
import stat
from email.utils import formatdate
from pathlib import Path

from fastapi import Request
from fastapi.responses import FileResponse, Response

from knowledge.errors import NotInLibrary


async def file_answer(
    request: Request, path: Path, media_type: str | None, *, cache: str
) -> Response:
    """Answer with `path`, honouring Range, If-Range, If-None-Match and HEAD.

    Args:
        request: the request, for its headers.
        path: a file chosen by the library, never by the client.
        media_type: its MIME type; None guesses from the name.
        cache: the Cache-Control header.

    Raises:
        NotInLibrary: the file is gone.
    """
    try:
        status = await asyncio.to_thread(os.stat, path)
    except OSError as error:
        raise NotInLibrary("The file is gone. If it was moved, scan the library again.") from error
    if not stat.S_ISREG(status.st_mode):
        raise NotInLibrary("That is not a file any more.")
    etag = _etag(status)
    headers = {
        "etag": etag,
        "last-modified": formatdate(status.st_mtime, usegmt=True),
        "cache-control": cache,
    }
    if _has_it(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=media_type, headers=headers, stat_result=status)


def _etag(status: os.stat_result) -> str:
    stamp = f"{status.st_ino}-{status.st_size}-{status.st_mtime_ns}"
    return f'"{hashlib.sha256(stamp.encode()).hexdigest()[:32]}"'


def _has_it(if_none_match: str | None, etag: str) -> bool:
    if if_none_match is None:
        return False
    known = [one.strip().removeprefix("W/") for one in if_none_match.split(",")]
    return etag in known or "*" in known
