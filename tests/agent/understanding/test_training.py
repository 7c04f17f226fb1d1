"""What the weights are made from: made requests, public rows, and the wall between the halves."""

import gzip
import json
from pathlib import Path

import pytest

from agent.understanding.intents import Intent
from agent.understanding.language import load_language
from agent.understanding.lexicon import load_lexicon
from agent.understanding.tokens import tokenise
from agent.understanding.training.data import FILES, Row, is_held_back, read_rows
from agent.understanding.training.generate import Generator
from agent.understanding.training.slots import from_row


@pytest.mark.unit
def test_the_same_seed_makes_the_same_requests() -> None:
    first, second = Generator(load_language()), Generator(load_language())
    assert first.from_templates(1) == second.from_templates(1)
    assert Generator(load_language(), seed=2).from_templates(1) != first.from_templates(1)


@pytest.mark.unit
def test_every_intent_has_made_requests() -> None:
    generator = Generator(load_language())
    requests = [*generator.from_templates(1), *generator.from_grammar(1)]
    assert set(Intent) == {request.intent for request in requests}


@pytest.mark.unit
def test_made_requests_carry_one_tag_for_each_word() -> None:
    made = Generator(load_language()).from_templates(1)
    uneven = [r.text for r in made if len(tokenise(r.text)) != len(r.tags)]
    assert len(uneven) < len(made) / 50


@pytest.mark.unit
def test_slot_values_are_found_in_the_text() -> None:
    row = Row(
        "snips-1",
        "Play Feeling Good by Nina Simone",
        "play",
        frozenset({"play"}),
        {"track": ("Feeling Good",), "artist": ("Nina Simone",)},
    )
    example = from_row(row, load_lexicon())
    assert example is not None
    assert example.tags == ("O", "B-track", "I-track", "O", "B-artist", "I-artist")


@pytest.mark.unit
def test_rows_are_read_from_gzipped_lines(tmp_path: Path) -> None:
    line = {"id": "x-1", "text": "next", "intent": "next", "accept": ["next"], "slots": {}}
    path = tmp_path / f"{FILES['snips']}.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(line) + "\n").encode()))
    assert [row.text for row in read_rows(path)] == ["next"]


@pytest.mark.unit
def test_about_the_wanted_share_is_held_back() -> None:
    held = sum(is_held_back(f"row-{number}", 20) for number in range(5000))
    assert 900 < held < 1100
