"""The tools about speakers: which there are, and where the music comes out."""

from typing import Annotated

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult
from pydantic import Field

from server.auth.identity import Permission
from server.integrations.mcp.asking import require, who_asks
from server.integrations.mcp.results import Outcome, PlayerInfo, PlayerList, told, with_text
from server.integrations.mcp.tools import READS, SETS, Answer, Words
from server.integrations.turn import conversation_id
from server.services import Services
from tools.context import ToolContext
from tools.errors import ToolError as PlayerError
from tools.place import rooms_in
from tools.playback import CONTROL_PLAYBACK
from tools.players.player import Player
from tools.players.rooms import Room
from tools.report import cleaned, fenced


class SpeakerTools:
    """What the tools do. Each first looks at what the asker may."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, server: MCPServer) -> None:
        """Offer them."""
        server.add_tool(self.list_players, title="List the speakers", annotations=READS)
        server.add_tool(self.choose_player, title="Choose the speaker", annotations=SETS)

    async def list_players(self) -> Annotated[CallToolResult, PlayerList]:
        """List the speakers and rooms: which is in use, which are connected, what each can do."""
        require(Permission.LISTEN)
        in_use = self._services.playback.player
        rooms = rooms_in(self._context()).all
        standing = {id(room.player) for room in rooms}
        players = (
            *(
                _player(one, in_use=one is in_use)
                for one in self._services.playback.players
                if id(one) not in standing
            ),
            *(_room(one, in_use=one.sounds or one.player is in_use) for one in rooms),
        )
        shown = PlayerList(in_use=None if in_use is None else cleaned(in_use.name), players=players)
        lines = [
            f"{fenced(one.room or one.name)}: {one.status if one.connected else 'not connected'}"
            f"{', in use' if one.in_use else ''}"
            for one in players
        ]
        return with_text(shown, "\n".join(lines) or "No speaker is known.")

    async def choose_player(
        self, name: Annotated[Words, Field(description="A speaker or room of `list_players`")]
    ) -> Answer:
        """Choose where the sound comes out. What plays moves there and goes on."""
        require(Permission.CONTROL)
        context = self._context()
        known = {one.name for one in self._services.playback.players}
        if name not in known and rooms_in(context).find(name) is not None:
            return told(await CONTROL_PLAYBACK.call({"action": "move", "room": name}, context))
        try:
            state = await self._services.playback.select(name)
        except PlayerError as error:
            raise ToolError(f"{error} {error.next_step}".strip()) from error
        outcome = Outcome(
            result="found",
            facts={"player": cleaned(name), "status": str(state.status), "volume": state.volume},
        )
        return with_text(outcome, outcome.model_dump_json(include={"result", "facts"}))

    def _context(self) -> ToolContext:
        return ToolContext(self._services.tools, conversation_id("mcp", who_asks()))


def _player(player: Player, *, in_use: bool) -> PlayerInfo:
    return PlayerInfo(
        name=cleaned(player.name),
        in_use=in_use,
        connected=player.connected,
        status=str(player.state.status),
        volume=player.state.volume,
        can=_abilities(player),
    )


def _room(room: Room, *, in_use: bool) -> PlayerInfo:
    return PlayerInfo(
        name=cleaned(room.player.name),
        room=cleaned(room.name) if room.is_room else "",
        in_use=in_use,
        connected=room.connected,
        status=str(room.status),
        volume=room.volume,
        can=_abilities(room.player),
    )


def _abilities(player: Player) -> tuple[str, ...]:
    return tuple(sorted(str(each) for each in player.capabilities))
