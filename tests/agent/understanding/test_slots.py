"""Names, moods and numbers of requests, without any library to look them up in."""

import numpy as np
import pytest

from agent.understanding import Understander
from agent.understanding.lexicon import load_lexicon
from agent.understanding.tagger import TaggedSpan, decode, forbid, spans


@pytest.fixture(scope="module")
def understander() -> Understander:
    return Understander()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "slots"),
    [
        (
            "Play Aspro Mavro by Bill Szymczyk on Youtube",
            {"track": ("Aspro Mavro",), "artist": ("Bill Szymczyk",), "service": ("Youtube",)},
        ),
        ("play something calm", {"mood": ("calm",)}),
        ("play some jazz from the eighties", {"genre": ("jazz",), "year": ("eighties",)}),
        ("line up blue train by john coltrane next", {"artist": ("john coltrane",)}),
        ("put on music for studying", {"activity": ("studying",)}),
        ("play that song from last night again", {"time": ("last night",)}),
        (
            "add this song by george melly to my jazz playlist",
            {"artist": ("george melly",), "playlist": ("jazz",), "music_item": ("song",)},
        ),
        ("put hey jude on", {"query": ("hey jude",)}),
        ("play music from 1950", {"year": ("1950",)}),
        ("play the second album without the live tracks", {"negation": ("the live tracks",)}),
    ],
)
def test_finds_what_is_named(
    understander: Understander, text: str, slots: dict[str, tuple[str, ...]]
) -> None:
    found = understander.understand(text).slots
    assert {name: found.get(name) for name in slots} == slots


@pytest.mark.unit
@pytest.mark.parametrize("text", ["pause", "what can you do", "book a table for seven"])
def test_names_nothing_where_nothing_is_named(understander: Understander, text: str) -> None:
    assert understander.understand(text).slots == {}


@pytest.mark.unit
def test_a_span_never_begins_in_its_middle() -> None:
    tags = ("O", "B-artist", "I-artist")
    scores = np.array([[0, 0, 9], [0, 1, 5]], np.float32)
    path = decode(scores, forbid(tags))
    assert [tags[place] for place in path] == ["B-artist", "I-artist"]


@pytest.mark.unit
def test_groups_tags_into_spans() -> None:
    tags = ["O", "B-track", "I-track", "B-artist"]
    assert spans(tags) == [TaggedSpan(1, 3, "track"), TaggedSpan(3, 4, "artist")]


@pytest.mark.unit
def test_the_longest_phrase_of_a_kind_wins() -> None:
    found = load_lexicon().find(["old", "school", "hip", "hop"])
    assert (0, 4, ("genre",)) in found
    assert all(kinds != ("genre",) or end - first > 1 for first, end, kinds in found)


@pytest.mark.unit
@pytest.mark.parametrize(
    "said", ["songs by Quxblorf", "recommend songs by Quxblorf", "anything else by Quxblorf please"]
)
def test_whose_music_is_wanted_needs_no_library(understander: Understander, said: str) -> None:
    assert understander.understand(said).slots["artist"] == ("Quxblorf",)
