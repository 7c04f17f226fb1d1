"""Which of the players is meant."""

from collections.abc import Sequence

from tools.errors import NoPlayer
from tools.players.player import PlaybackStatus, Player


class PlayerChoice:
    """The players of this installation, in order of preference, and the one in use.

    A player that sounds stays the one in use; else the one selected by name; else the first one
    that is connected.
    """

    def __init__(self, players: Sequence[Player], selected: str | None) -> None:
        self.players = tuple(players)
        self._selected = selected
        self._in_use: Player | None = None

    @property
    def current(self) -> Player | None:
        """The player that the next command goes to."""
        if self.sounding:
            return self._in_use
        connected = [player for player in self.players if player.connected]
        selected = next((each for each in connected if each.name == self._selected), None)
        return selected or next(iter(connected), None)

    def take(self) -> Player:
        """The player to sound the music on, which is the one in use from now on.

        Raises:
            NoPlayer: none is connected.
        """
        player = self.current
        if player is None:
            raise NoPlayer("No player is connected.")
        self._in_use = player
        return player

    @property
    def sounding(self) -> bool:
        """Whether the player in use sounds or is paused."""
        in_use = self._in_use
        return in_use is not None and in_use.connected and _sounds(in_use)

    def in_use(self, player: Player) -> bool:
        return player is self._in_use

    def named(self, name: str) -> Player:
        """A connected player by its name.

        Raises:
            NoPlayer: none of this name is connected.
        """
        for player in self.players:
            if player.name == name and player.connected:
                return player
        raise NoPlayer(f'No player named "{name}" is connected.')

    def found_playing(self, player: Player) -> None:
        """This one sounds although nobody asked it to just now: it is the one in use."""
        self._in_use = player

    def select(self, player: Player) -> None:
        """Use this one from now on."""
        self._selected = player.name
        self._in_use = player


def _sounds(player: Player) -> bool:
    return player.state.status is not PlaybackStatus.IDLE
