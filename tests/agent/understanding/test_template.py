"""Sentence templates, small enough to see why they match."""

import pytest

from agent.understanding.template import (
    STEP_BUDGET,
    Matcher,
    TemplateMistake,
    needed_words,
    parse,
)


def fits(template: str, text: str) -> bool:
    return Matcher(text.split(), {}).match(parse(template, {})) is not None


@pytest.mark.unit
def test_words_alternatives_and_options() -> None:
    template = "(turn|switch) off [the] music"
    assert fits(template, "turn off music")
    assert fits(template, "switch off the music")
    assert not fits(template, "switch off the light")
    assert not fits(template, "turn off the music now")


@pytest.mark.unit
def test_free_text_takes_as_few_words_as_it_can() -> None:
    match = Matcher(["add", "so", "what", "to", "the", "queue"], {}).match(
        parse("add {name} to [the] queue", {})
    )
    assert match is not None
    assert [(b.slot, b.first, b.end) for b in match.bound] == [("name", 1, 3)]


@pytest.mark.unit
def test_macros_are_put_in_place() -> None:
    macros = {"song": parse("(song|track)", {})}
    node = parse("skip this <song>", macros)
    assert Matcher(["skip", "this", "track"], {}).match(node) is not None


@pytest.mark.unit
@pytest.mark.parametrize("template", ["(a|b", "a] b", "<nowhere>", "[a)"])
def test_mistakes_in_a_language_file_are_found(template: str) -> None:
    with pytest.raises(TemplateMistake):
        parse(template, {})


@pytest.mark.unit
def test_knows_which_words_a_match_needs() -> None:
    assert needed_words(parse("[please] (stop|halt) [it]", {})) == frozenset({"stop", "halt"})
    assert needed_words(parse("{ordinal:ordinal}", {})) is None


@pytest.mark.unit
def test_a_search_without_end_is_given_up() -> None:
    template = " ".join(["{a}"] * 12) + " never"
    matcher = Matcher(["la"] * 40, {})
    assert matcher.match(parse(template, {})) is None
    assert matcher.budget <= STEP_BUDGET
