"""Items of a conversation, and the session object."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from server.realtime.client_events import ItemIn
from server.realtime.conversation import (
    MAX_ITEMS,
    Conversation,
    UnusableContent,
    item_from,
    words_of,
)
from server.realtime.session_state import SessionState
from server.realtime.wishes import UnusableSession

pytestmark = pytest.mark.unit
ITEM: TypeAdapter[Any] = TypeAdapter(ItemIn)


def said(text: str, role: str = "user", kind: str = "input_text") -> dict[str, Any]:
    content = [{"type": kind, "text": text}]
    return item_from(ITEM.validate_python({"type": "message", "role": role, "content": content}))


def test_what_the_user_said_since_the_last_answer_is_one_text() -> None:
    conversation = Conversation()
    conversation.append(said("play some jazz"))
    conversation.append(said("only from the sixties"))
    assert words_of(conversation.take_unanswered()) == "play some jazz\nonly from the sixties"
    assert conversation.take_unanswered() == ()


def test_a_deleted_message_is_not_answered() -> None:
    conversation = Conversation()
    item = said("play something")
    conversation.append(item)
    assert conversation.delete(item["id"])
    assert not conversation.delete(item["id"])
    assert conversation.take_unanswered() == ()


def test_an_item_can_be_put_before_others() -> None:
    conversation = Conversation()
    first, second, third = said("a"), said("b"), said("c")
    conversation.append(first)
    conversation.append(third)
    assert conversation.insert(second, after=first["id"]) == first["id"]
    assert conversation.insert(said("z"), after=None) is None
    assert conversation.last_id() == third["id"]
    assert words_of(conversation.take_unanswered()).count("\n") == 3


def test_old_items_are_forgotten() -> None:
    conversation = Conversation()
    first = said("first")
    conversation.append(first)
    for number in range(MAX_ITEMS + 50):
        conversation.append(said(str(number), role="assistant", kind="output_text"))
    assert len(conversation) == MAX_ITEMS
    assert first["id"] not in conversation


@pytest.mark.parametrize("kind", ["input_image", "made_up"])
def test_only_text_and_sound_are_taken(kind: str) -> None:
    with pytest.raises(UnusableContent, match="input_text"):
        said("x", kind=kind)


def test_a_session_update_is_merged_deeply_and_ours_stays_ours() -> None:
    session = SessionState("sess_1")
    session.update(
        {
            "type": "realtime",
            "id": "mine",
            "model": "gpt-realtime",
            "output_modalities": ["audio"],
            "instructions": "Be brief.",
            "audio": {"output": {"voice": "cedar"}},
        }
    )
    value = session.value
    assert (value["id"], value["model"]) == ("sess_1", "refrain")
    assert value["output_modalities"] == ["text"]
    assert value["instructions"] == "Be brief."
    assert value["audio"]["output"] == {
        "format": {"type": "audio/pcm", "rate": 24000},
        "voice": "cedar",
        "speed": 1.0,
    }


def test_a_session_that_is_too_deep_too_large_or_of_another_kind_is_refused() -> None:
    deep: dict[str, Any] = {}
    inner = deep
    for _ in range(40):
        inner["audio"] = inner = {}
    session = SessionState("sess_1")
    session.update(deep)
    with pytest.raises(UnusableSession, match="deep"):
        session.update(deep)
    with pytest.raises(UnusableSession, match="larger"):
        session.update({"instructions": "x" * 100_000})
    with pytest.raises(UnusableSession, match="realtime"):
        session.update({"type": "transcription"})
