"""A turn put together from the server's events."""

import json

import numpy as np
import pytest

from server.commands.talking.screen import stages, turn_lines
from server.commands.talking.spoken_turn import TurnBook
from talk_server import VOICE, answer, created, done, heard, sound_event

pytestmark = pytest.mark.unit


def _book(*events: dict) -> TurnBook:  # type: ignore[type-arg]
    book = TurnBook("play.wav")
    for event in events:
        book.take(event)
    return book


def test_words_sound_and_times_of_an_answer_are_kept() -> None:
    turn = _book(*answer("Playing Blue in Green.")).turn
    assert turn.is_over
    assert not turn.interrupted
    assert (turn.record.text, turn.reply) == ("play some jazz", "Playing Blue in Green.")
    assert np.abs(np.concatenate(turn.pieces) - VOICE).max() < 1e-4
    assert (turn.audio_s, turn.stages_ms) == (0.1, {"transcript": 140.0})
    assert (turn.record.model, turn.record.cpu_ms) == ("m", 2.5)


def test_a_tool_call_and_its_result_belong_together() -> None:
    place = {"response_id": "r1", "item_id": "i0", "call_id": "c1"}
    call = {"name": "play", "arguments": '{"query": "jazz"}'}
    output = {"type": "function_call_output", "call_id": "c1", "output": '{"kind": "found"}'}
    turn = _book(
        created(),
        {"type": "response.function_call_arguments.done", **call, **place},
        {"type": "conversation.item.done", "item": output},
    ).turn
    (made,) = turn.record.tool_calls
    assert (made.name, made.arguments, made.result) == (
        "play",
        {"query": "jazz"},
        {"kind": "found"},
    )
    assert "play(query='jazz') → found" in str(turn_lines(turn, timings=True)[1])


def test_what_our_voice_leaves_out_stands_in_the_reply() -> None:
    whole = {"type": "refrain.reply", "response_id": "r1", "item_id": "i1", "text": "1. a 2. b"}
    *begun, end = answer("Two things.")
    turn = _book(*begun, whole, end).turn
    assert (turn.spoken, turn.reply) == ("Two things.", "1. a 2. b")
    assert turn.as_json()["reply"] == "1. a 2. b"


def test_late_words_of_an_answer_that_was_cut_short_are_left_out() -> None:
    book = _book(created("old"), sound_event("old"))
    book.begin()
    for event in (sound_event("old"), done("old", "cancelled"), created("new"), sound_event("new")):
        book.take(event)
    assert len(book.turn.pieces) == 1
    assert not book.turn.is_over


def test_where_no_answer_is_under_way_an_error_ends_the_turn() -> None:
    failed = {
        "type": "conversation.item.input_audio_transcription.failed",
        "error": {"code": "hearing_failed", "message": "The recogniser broke."},
    }
    turn = _book(failed).turn
    assert turn.is_over
    assert turn.record.error == "The recogniser broke."
    assert [str(line) for line in turn_lines(turn, timings=True)] == ["The recogniser broke."]


def test_a_warning_on_the_way_to_a_good_answer_is_no_failure() -> None:
    *begun, end = answer("Playing.")
    warning = {"type": "error", "error": {"code": "speaking_failed", "message": "No voice."}}
    assert _book(*begun, warning, end).turn.record.error is None
    assert _book(*begun, warning, done(status="failed")).turn.record.error == "No voice."
    assert _book(*begun, done(status="cancelled")).turn.interrupted


def test_a_turn_is_one_json_object_for_scripts() -> None:
    value = json.loads(json.dumps(_book(*answer("Playing.")).turn.as_json()))
    assert value["source"] == "play.wav"
    assert value["text"] == "play some jazz"
    assert value["stages_ms"] == {"transcript": 140.0}
    assert "error" not in value


def test_nothing_understood_is_said_and_a_cut_answer_shown_as_cut() -> None:
    nothing = _book(heard(""), created()).turn
    assert "nothing was understood" in str(turn_lines(nothing, timings=True)[0])
    cut = _book(*answer("Playing.")[:-1], done(status="cancelled")).turn
    assert str(turn_lines(cut, timings=False)[-1]) == "refrain: Playing. …"


def test_stages_are_told_in_their_order() -> None:
    told = stages({"first_audio": 320.4, "transcript": 140.0, "unknown": 1.0, "tool": 201.6})
    assert told == "transcript 140 ms · tool 202 · first sound 320"
    assert stages({}) == ""
