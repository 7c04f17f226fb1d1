"""What a device may not do it cannot do in words either: every tool asks first."""

import pytest
from pydantic import BaseModel

from knowledge.people.permitted import is_permitted, permitting
from server.auth.identity import OWNER, Identity, Permission, acting_for
from tools.context import ToolContext
from tools.permissions import needed
from tools.result import Failed, Found, ToolResult
from tools.tool import Tool
from tools.toolbox import TOOLBOX

pytestmark = pytest.mark.unit


class NoArguments(BaseModel):
    action: str = ""


async def done(arguments: NoArguments, context: ToolContext) -> ToolResult:
    del arguments, context
    return Found(facts={"done": True})


def tool(name: str) -> Tool[NoArguments]:
    return Tool(name, "", NoArguments, done)


async def called(name: str, action: str = "") -> ToolResult:
    return await tool(name).call({"action": action}, ToolContext(None))  # type: ignore[arg-type]


async def test_a_listener_may_look_and_not_play() -> None:
    with permitting(frozenset({"listen"})):
        assert isinstance(await called("search_music"), Found)
        assert isinstance(await called("edit_queue", "show"), Found)
        for name in ("play_music", "control_playback", "edit_queue", "recall_history"):
            result = await called(name)
            assert isinstance(result, Failed)
            assert result.code == "not_permitted"


async def test_who_may_everything_is_asked_nothing() -> None:
    assert isinstance(await called("play_music"), Found)
    with acting_for(OWNER):
        assert isinstance(await called("play_music"), Found)


async def test_an_identity_brings_its_permissions_along() -> None:
    with acting_for(Identity(permissions=frozenset({Permission.CONTROL}))):
        assert is_permitted("control")
        assert not is_permitted("listen")
    assert is_permitted("listen")


def test_every_tool_is_known_and_a_new_one_needs_control() -> None:
    for one in TOOLBOX:
        assert needed(one.name, NoArguments()) in {"listen", "control", "library", "history"}
    assert needed("something_new", NoArguments()) == "control"
