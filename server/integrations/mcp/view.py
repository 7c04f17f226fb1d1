"""What is playing: as text, as data, and as a small view in clients that show MCP Apps."""

from pathlib import Path

from mcp.server.apps import Apps

from server.auth.identity import Permission
from server.integrations.mcp.asking import require, who_asks
from server.integrations.mcp.results import told
from server.integrations.mcp.tools import READS, Answer, Room
from server.integrations.turn import conversation_id
from server.services import Services
from tools.context import ToolContext
from tools.playback import NOW_PLAYING

VIEW_URI = "ui://refrain/now-playing.html"
_VIEW = Path(__file__).with_name("now_playing.html")


def now_playing_view(services: Services) -> Apps:
    """The tool `now_playing` with its view, which the client shows in a frame of its own."""
    apps = Apps()

    async def now_playing(room: Room = "") -> Answer:
        """What is playing right now, where in it, on which speaker, and what follows."""
        require(Permission.LISTEN)
        context = ToolContext(services.tools, conversation_id("mcp", who_asks()))
        return told(await NOW_PLAYING.call({"room": room} if room else {}, context))

    apps.tool(
        resource_uri=VIEW_URI, name="now_playing", title="What is playing", annotations=READS
    )(now_playing)
    apps.add_html_resource(
        VIEW_URI,
        _VIEW.read_text("utf-8"),
        name="now_playing_view",
        title="Now playing",
        description="Shows the result of now_playing.",
        prefers_border=True,
    )
    return apps
