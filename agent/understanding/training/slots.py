"""Training the tagger of slots."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from agent.understanding.intents import Intent
from agent.understanding.lexicon import Lexicon
from agent.understanding.tagger import BUCKETS, OUTSIDE, Buckets, decode, describe, forbid
from agent.understanding.tokens import Token, tokenise
from agent.understanding.training.data import Row
from agent.understanding.training.generate import Request

_RENAMED = {"device_type": "device", "house_place": "device", "date": "time", "timeofday": "time"}
_DROPPED = {"person", "song_name", "game_type", "list_name", "movie_name",
            "general_frequency"}  # fmt: skip
_ITEM_INTENTS = {"play", "add_to_playlist"}
_SETTING_INTENTS = {"shuffle", "repeat"}
_SETTINGS = {"shuffle", "repeat", "loop", "shuffled", "looping", "random"}
EPOCHS = 6
_RARE = 8


@dataclass(frozen=True, slots=True)
class Example:
    rows: list[Buckets]
    tags: tuple[str, ...]


def from_row(row: Row, lexicon: Lexicon, *, lower: bool = False) -> Example | None:
    """A row of a public data set; None when a value is not found in its text.

    "Nina Simone's" counts as the artist "Nina Simone", whether the source says so or not.
    """
    text = row.text.lower() if lower else row.text
    tokens = tokenise(text)
    tags = [OUTSIDE] * len(tokens)
    for slot, values in row.slots.items():
        name = _RENAMED.get(slot, slot)
        if name in _DROPPED:
            continue
        for value in values:
            bare = value.removesuffix(" playlist") if name == "playlist" else value
            place = _find(tokens, tags, bare)
            if place is None:
                return None
            tags[place[0] : place[1]] = [f"I-{name}"] * (place[1] - place[0])
            tags[place[0]] = f"B-{name}"
    if not row.id.startswith("snips"):
        _mark_items(tokens, tags, row.intent, lexicon)
    return Example(describe(text, tokens, row.intent, lexicon), tuple(tags))


def from_request(request: Request, lexicon: Lexicon) -> Example | None:
    """A made request; None when its words are not the words the tokeniser sees."""
    tokens = tokenise(request.text)
    if len(tokens) != len(request.tags):
        return None
    tags = list(request.tags)
    _mark_items(tokens, tags, request.intent.public, lexicon)
    return Example(describe(request.text, tokens, request.intent.public, lexicon), tuple(tags))


def _find(tokens: Sequence[Token], tags: Sequence[str], value: str) -> tuple[int, int] | None:
    wanted = [token.word for token in tokenise(value)]
    for first in range(len(tokens) - len(wanted) + 1):
        end = first + len(wanted)
        words = [token.word for token in tokens[first:end]]
        if words and wanted and not wanted[-1].endswith("'s"):
            words[-1] = words[-1].removesuffix("'s")
        if words == wanted and set(tags[first:end]) == {OUTSIDE}:
            return first, end
    return None


def _mark_items(tokens: Sequence[Token], tags: list[str], intent: str, lexicon: Lexicon) -> None:
    """Tag "song", "shuffle" and so on where the source does not."""
    for at, token in enumerate(tokens):
        if intent in _SETTING_INTENTS and token.word in _SETTINGS and tags[at] == OUTSIDE:
            tags[at] = "B-player_setting"
    if intent not in _ITEM_INTENTS:
        return
    for first, end, kinds in lexicon.find([token.word for token in tokens]):
        free = set(tags[first:end]) == {OUTSIDE} and "playlist" not in tokens[first].word
        if "music_item" in kinds and free:
            tags[first:end] = ["B-music_item", *["I-music_item"] * (end - first - 1)]


def train(examples: Sequence[Example], path: Path, *, epochs: int = EPOCHS, seed: int = 1) -> None:
    """Train an averaged structured perceptron and write it to `path`."""
    counts = Counter(tag for example in examples for tag in set(example.tags))
    kept = {tag for tag, count in counts.items() if count >= _RARE}
    tags = (OUTSIDE, *sorted(kept - {OUTSIDE}))
    number = {tag: place for place, tag in enumerate(tags)}
    gold = [
        np.array([number.get(tag, 0) for tag in example.tags], np.int64) for example in examples
    ]
    weights = np.zeros((BUCKETS, len(tags)), np.float32)
    total = np.zeros((BUCKETS, len(tags)), np.float64)
    moves = np.zeros((len(tags) + 1, len(tags)), np.float32)
    moves_total = np.zeros((len(tags) + 1, len(tags)), np.float64)
    forbidden = forbid(tags)
    order = list(range(len(examples)))
    rng, now = random.Random(seed), 0
    for _ in range(epochs):
        rng.shuffle(order)
        for place in order:
            rows, truth = examples[place].rows, gold[place]
            if not rows:
                continue
            scores = np.stack([weights[row].sum(axis=0) for row in rows])
            guess = decode(scores, moves + forbidden)
            now += 1
            before_guess = before_truth = len(tags)
            for row, right, wrong in zip(rows, truth.tolist(), guess, strict=True):
                if right != wrong:
                    np.add.at(weights[:, right], row, 1)
                    np.add.at(weights[:, wrong], row, -1)
                    np.add.at(total[:, right], row, now)
                    np.add.at(total[:, wrong], row, -now)
                if (before_truth, right) != (before_guess, wrong):
                    moves[before_truth, right] += 1
                    moves[before_guess, wrong] -= 1
                    moves_total[before_truth, right] += now
                    moves_total[before_guess, wrong] -= now
                before_truth, before_guess = right, wrong
    mean = weights - total / max(now, 1)
    mean_moves = moves - moves_total / max(now, 1)
    scale = 127 / max(float(np.abs(mean).max()), 1e-9)
    np.savez_compressed(
        path,
        tags=np.array(tags),
        weights=np.clip(np.round(mean * scale), -127, 127).astype(np.int8),
        transitions=(mean_moves * scale).astype(np.float32),
    )


def examples_of(
    rows: Sequence[Row], requests: Sequence[Request], lexicon: Lexicon
) -> list[Example]:
    """Everything there is to learn from; Snips also in lower case, as a recogniser writes."""
    useful = [row for row in rows if row.is_music or row.intent == "search_other_media"]
    found = [from_row(row, lexicon) for row in useful]
    found += [from_row(row, lexicon, lower=True) for row in useful if row.id.startswith("snips")]
    found += [
        from_request(request, lexicon)
        for request in requests
        if request.intent is not Intent.OUT_OF_SCOPE
    ]
    return [example for example in found if example is not None]
