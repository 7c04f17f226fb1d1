"""Resources: the queue, what plays, and albums and tracks by their number."""

import asyncio
import json
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError

from knowledge.errors import NotInLibrary
from server.auth.identity import Permission
from server.integrations.mcp.asking import require
from server.integrations.mcp.results import item_of
from server.integrations.mcp.state import queue_state
from server.services import Services
from tools.context import ToolContext
from tools.playback import NOW_PLAYING as NOW_PLAYING_TOOL
from tools.report import cleaned
from tools.result import Found

QUEUE = "music://queue"
NOW_PLAYING = "music://now-playing"
TRACK = "music://track/{number}"
ALBUM = "music://album/{number}"
_JSON = "application/json"
_MOST_TRACKS = 200


def add_resources(server: MCPServer, services: Services) -> None:
    """Offer them; all are read-only, as JSON."""

    async def queue() -> str:
        """The play queue."""
        _may_listen()
        return queue_state(services).model_dump_json()

    async def now_playing() -> str:
        """What sounds now, by the speaker's own report."""
        _may_listen()
        told = await NOW_PLAYING_TOOL.call({}, ToolContext(services.tools))
        facts = told.facts if isinstance(told, Found) else {}
        shown = {k: cleaned(v) if isinstance(v, str) else v for k, v in facts.items()}
        return _json(shown)

    async def track(number: str) -> str:
        """One recording of the library, by the number in its `ref`."""
        _may_listen()
        found = await _known(services.catalog.track, number)
        return item_of(found).model_dump_json()

    async def album(number: str) -> str:
        """One album of the library with its tracks, by the number in its `ref`."""
        _may_listen()
        found = await _known(services.catalog.album, number)
        tracks = await asyncio.to_thread(services.catalog.album_tracks, found.id)
        shown = [item_of(one).model_dump() for one in tracks[:_MOST_TRACKS]]
        return _json({**item_of(found).model_dump(), "tracks": shown})

    for uri, name, title, function in (
        (QUEUE, "queue", "The play queue", queue),
        (NOW_PLAYING, "now-playing", "What is playing", now_playing),
        (TRACK, "track", "One recording", track),
        (ALBUM, "album", "One album", album),
    ):
        server.resource(uri, name=name, title=title, description=function.__doc__, mime_type=_JSON)(
            function
        )


def _may_listen() -> None:
    require(Permission.LISTEN, refusal=ResourceError)


async def _known(look_up: Any, number: str) -> Any:
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        raise ResourceNotFoundError("A track or album is named by its number.")
    try:
        return await asyncio.to_thread(look_up, int(number))
    except NotInLibrary as error:
        raise ResourceNotFoundError(str(error)) from error


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
