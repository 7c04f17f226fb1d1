"""What can go wrong while a tool acts.

ToolError
├── NoPlayer                no player is connected
├── PlayerNotResponding     the command was taken, but no playback was reported in time
├── PlayerRefused           the player said no: a missing file, an unknown format
├── PlayerUnable            this kind of player cannot do that at all
├── NoSuchRoom              no speaker stands in the room that was named
├── QueueEmpty              there is nothing to play, or nothing to skip to
├── NothingPlaying          nothing sounds that could be paused or sought in
└── PlayerBlocked           the browser wants a click before it allows sound
"""

from typing import ClassVar


class ToolError(Exception):
    """Base of all errors of this package. The message is fit to be shown to a user."""

    code: ClassVar[str] = "tool_error"
    retryable: ClassVar[bool] = False
    next_step: str = ""


class NoPlayer(ToolError):
    """No player is connected."""

    code: ClassVar[str] = "no_player"
    next_step: str = (
        "Open the page in a browser and play there; refrain doctor shows what else can sound."
    )


class PlayerNotResponding(ToolError):
    """The player took the command but reported no playback in time."""

    code: ClassVar[str] = "player_not_responding"
    retryable: ClassVar[bool] = True
    next_step: str = "Check that the player is on and can sound, then try again."


class PlayerRefused(ToolError):
    """The player said that it cannot play this."""

    code: ClassVar[str] = "player_refused"
    next_step: str = "Try another track; refrain doctor lists unreadable files."


class PlayerUnable(PlayerRefused):
    """This kind of player cannot do that."""

    code: ClassVar[str] = "player_unable"
    next_step: str = ""


class NoSuchRoom(ToolError):
    """No speaker stands in that room."""

    code: ClassVar[str] = "no_such_room"

    def __init__(self, said: str, rooms: tuple[str, ...]) -> None:
        """`said` is what was asked for, `rooms` are those that have a speaker."""
        super().__init__(f"There is no speaker called {said[:40]}.")
        self.said = said
        self.rooms = rooms
        listed = " and ".join(filter(None, (", ".join(rooms[:-1]), *rooms[-1:])))
        self.next_step = f"There is: {listed}." if rooms else "Rooms are set in config.toml."


class QueueEmpty(ToolError):
    """There is nothing in the queue to act on."""

    code: ClassVar[str] = "queue_empty"
    next_step: str = "Ask for some music first."


class NothingPlaying(ToolError):
    """Nothing sounds and nothing is paused."""

    code: ClassVar[str] = "nothing_playing"
    next_step: str = "Ask for some music first."


class PlayerBlocked(ToolError):
    """The browser allows no sound before somebody clicked in the page."""

    code: ClassVar[str] = "player_blocked"
    retryable: ClassVar[bool] = True
    next_step: str = "Click anywhere in the page once, then try again."
