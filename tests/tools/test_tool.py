"""A call of a tool always ends."""

import asyncio

import pytest
from pydantic import BaseModel

from knowledge.errors import NotInLibrary
from tools.context import ToolContext
from tools.errors import NoPlayer
from tools.playback import ControlPlayback, PlayMusic
from tools.result import Failed, Found, ToolResult
from tools.tool import Tool

pytestmark = pytest.mark.unit
CONTEXT = ToolContext(None)  # type: ignore[arg-type]


class Nothing(BaseModel):
    number: int = 0


def tool(error: BaseException | None = None, *, sleep_s: float = 0.0) -> Tool[Nothing]:
    async def act(_arguments: Nothing, _context: ToolContext) -> ToolResult:
        await asyncio.sleep(sleep_s)
        if error is not None:
            raise error
        return Found()

    return Tool("test", "A tool for a test.", Nothing, act, timeout_s=0.05)


async def failure(each: Tool[Nothing], **arguments: object) -> Failed:
    result = await each.call(arguments, CONTEXT)
    assert isinstance(result, Failed)
    return result


async def test_it_ends_well() -> None:
    assert await tool().call({}, CONTEXT) == Found()


async def test_it_takes_too_long() -> None:
    assert (await failure(tool(sleep_s=5))).code == "tool_timeout"


async def test_errors_become_results_with_a_next_step() -> None:
    no_player = await failure(tool(NoPlayer("No player is connected.")))
    assert no_player.code == "no_player"
    assert "Open the page" in no_player.next_step
    assert (await failure(tool(NotInLibrary("gone")))).code == "not_in_library"


async def test_a_bug_does_not_leak() -> None:
    broken = await failure(tool(RuntimeError("secret path")))
    assert broken.code == "internal_error"
    assert "secret" not in broken.reason


async def test_bad_arguments() -> None:
    assert (await failure(tool(), number="many")).code == "invalid_arguments"


async def test_a_cancelled_call_is_cancelled() -> None:
    with pytest.raises(asyncio.CancelledError):
        await tool(asyncio.CancelledError()).call({}, CONTEXT)


def test_arguments_that_are_unmistakable_are_repaired() -> None:
    wanted = PlayMusic.model_validate(
        {"title": None, "artist": 10, "numbers": "2", "refs": "track:1", "extra": "ignored"}
    )
    assert (wanted.title, wanted.artist) == ("", "10")
    assert wanted.numbers == [2]
    assert wanted.refs == ["track:1"]
    assert ControlPlayback.model_validate({"action": "volume", "volume": "140%"}).volume == 100


@pytest.mark.parametrize(
    "arguments",
    [{"numbers": [0, -5]}, {"title": "x" * 5000}, {"mode": "later"}, {"numbers": [1] * 500}],
)
async def test_arguments_have_limits(arguments: dict[str, object]) -> None:
    async def act(_arguments: PlayMusic, _context: ToolContext) -> ToolResult:
        return Found()

    limited = Tool("play", "Plays nothing.", PlayMusic, act)
    assert isinstance(await limited.call(arguments, CONTEXT), Failed)
