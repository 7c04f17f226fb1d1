"""Sentences pass one by one, and printed tool calls never."""

import pytest

from agent.speech import MAX_REPLY, SpeechGate, looks_like_call, plain, printed_call

pytestmark = pytest.mark.unit
TOOLS = frozenset({"play_music", "search_music"})


def gate(untrue: str = "lie") -> SpeechGate:
    return SpeechGate(lambda sentence: "a lie" if untrue in sentence else None, TOOLS)


def say(speech: SpeechGate, text: str, size: int = 3) -> str:
    spoken = []
    for start in range(0, len(text), size):
        spoken += speech.feed(text[start : start + size])
    return "".join(spoken + speech.finish())


def test_sentences_pass_as_soon_as_they_are_complete() -> None:
    speech = gate()
    assert speech.feed("Hello there. How are") == ["Hello there."]
    assert speech.feed(" you") == []
    assert speech.finish() == [" How are you"]


def test_an_untrue_sentence_is_held_back_and_noted() -> None:
    speech = gate()
    assert say(speech, "This is true. This is a lie. This is true again.") == (
        "This is true. This is true again."
    )
    assert speech.caught == ["a lie"]


def test_numbers_are_not_ends_of_sentences() -> None:
    seen: list[str] = []

    def note(sentence: str) -> None:
        seen.append(sentence.strip())

    speech = SpeechGate(note, TOOLS)
    say(speech, "It takes 3.5 minutes. Fine.")
    assert seen == ["It takes 3.5 minutes.", "Fine."]


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "play_music", "arguments": {}}',
        '  [{"name": "play_music"}]',
        '```json\n{"name": "x"}\n```',
        "<tool_call>play_music</tool_call>",
        'I will call play_music({"title": "x"}) now.',
        "tool_call: play_music",
    ],
)
def test_a_printed_call_is_never_spoken(text: str) -> None:
    assert say(gate(), text) == ""
    assert looks_like_call(text, TOOLS)


def test_what_was_half_said_can_be_forgotten() -> None:
    speech = gate()
    speech.feed("I am going to")
    speech.forget()
    assert speech.finish() == []


def test_markup_and_fences_are_not_spoken() -> None:
    assert plain("**Now** ⟦Take Five⟧ `ok`") == "Now Take Five ok"


def test_a_reply_ends_somewhere() -> None:
    assert len(say(gate(), "All is well. " * 500, size=50)) <= MAX_REPLY


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "play_music", "arguments": {"title": "x"}}',
        'Sure: {"tool": "play_music", "args": {"title": "x"}}',
        '{"name": "play_music", "arguments": "{\\"title\\": \\"x\\"}"}',
        '{"function": {"name": "play_music", "parameters": {"title": "x"}}}',
        '```json\n{"name": "play_music", "parameters": {"title": "x"}}\n```',
    ],
)
def test_a_printed_call_can_be_read(text: str) -> None:
    assert printed_call(text, TOOLS) == ("play_music", {"title": "x"})


@pytest.mark.parametrize(
    "text",
    ['{"name": "rm_rf", "arguments": {}}', "{broken", "no json", '{"name": 5}', "[1, 2]"],
)
def test_what_is_no_call_is_not_read(text: str) -> None:
    assert printed_call(text, TOOLS) is None
