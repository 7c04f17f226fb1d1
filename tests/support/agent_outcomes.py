"""Short ways to write tool results."""

from typing import Any

from agent.turn import Outcome
from knowledge.models import Album, Artist, Playlist, Track
from tools.result import Ambiguous, Entity, Failed, Found, NothingFound, ToolResult

BRUBECK = "Dave Brubeck"
TAKE_FIVE = Track(
    1, "Take Five", (BRUBECK,), album="Time Out", album_id=1, year=1959, duration_s=324.0
)
SINNERMAN = Track(2, "Sinnerman", ("Nina Simone",), album="Pastel Blues", album_id=2)
TIME_OUT = Album(1, "Time Out", BRUBECK, year=1959, track_count=7)
NINA = Artist(3, "Nina Simone", track_count=12)
EVENING = Playlist(4, "Evening", track_count=3)


def found(*items: Entity, **facts: Any) -> Found:
    return Found(items, facts)


def nothing(wanted: str, *nearest: Entity, tool: str = "play_music") -> Outcome:
    return outcome(tool, NothingFound(wanted, nearest))


def ambiguous(*items: Entity, question: str = "Which one do you mean?") -> Outcome:
    return outcome("play_music", Ambiguous(items, question))


def failed(code: str, reason: str, next_step: str = "") -> Failed:
    return Failed(code, reason, next_step)


def outcome(tool: str, result: ToolResult, **arguments: Any) -> Outcome:
    return Outcome("call", tool, arguments, result)
