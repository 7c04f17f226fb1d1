"""@openai/agents-realtime in Node, unmodified, talks to us as it does to OpenAI."""

from pathlib import Path
from typing import Any

import pytest

from node_clients import run_node
from realtime_talking import Talking
from realtime_turns import STORY
from voice.audio import HEARING_RATE_HZ
from voice.pcm import AudioFormat, SoundEncoder
from voice_speech import with_silences

pytestmark = pytest.mark.integration


def told(talking: Talking, folder: Path, scenario: str) -> tuple[list[dict[str, Any]], Any]:
    """What the client printed, and what it knows at the end."""
    encoder = SoundEncoder(AudioFormat(), from_hz=HEARING_RATE_HZ)
    sound = folder / "said.pcm"
    sound.write_bytes(encoder.encode(with_silences(0.0, 0.3, 1.2, 2.5)) + encoder.finish())
    address = f"{talking.server.socket_url}?model=refrain"
    lines = run_node("agents_client.mjs", folder, address, str(sound), scenario)
    assert not [line for line in lines if "error" in line], lines
    return lines, lines[-1]["end"]


def said(end: Any) -> list[tuple[str, str]]:
    return [(one["role"], one["text"]) for one in end["history"] if one["type"] == "message"]


def test_a_spoken_turn(talking: Talking, tmp_path: Path) -> None:
    _, end = told(talking, tmp_path, "turn")
    assert end["seconds"] > 0.8
    assert said(end) == [
        ("user", "Play something calm."),
        ("assistant", "Playing Still Water."),
    ]


def test_a_zod_tool_is_carried_out_and_told(talking: Talking, tmp_path: Path) -> None:
    talking.will_hear("What's the weather in Reykjavik?")
    lines, end = told(talking, tmp_path, "tool")
    assert {"tool": "Reykjavik"} in lines
    assert said(end)[-1] == ("assistant", "It rains in Reykjavik.")


def test_interrupting_cancels_and_truncates(talking: Talking, tmp_path: Path) -> None:
    talking.will_hear("Tell me a story.")
    lines, end = told(talking, tmp_path, "interrupt")
    assert {"event": "conversation.item.truncated"} in lines
    message = end["history"][-1]
    assert message["status"] == "incomplete"
    heard = talking.turns.amended[-1][1]
    assert STORY.startswith(heard)
    assert len(heard) < len(STORY)
    assert message["text"] == heard
