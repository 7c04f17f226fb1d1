"""Requests said in a roundabout way: to a person who makes a playlist, and in a forum.

CPCD are dialogues in which people build a playlist with another person (Chaganty et al. 2023);
MusicRecoIntent are posts that ask for music (Baranes et al. 2026). Both are for development only
and train nothing. Of each, the half that a hash of the id keeps back is measured.
"""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from agent.understanding.intents import Intent
from agent.understanding.training.data import Row, is_held_back

FINDING = frozenset(
    intent.public
    for intent in (
        *(Intent.PLAY, Intent.PLAY_RADIO, Intent.PLAY_LIKED, Intent.PLAY_AGAIN, Intent.SEARCH),
        *(Intent.RECOMMEND, Intent.SIMILAR_TO, Intent.MORE_LIKE, Intent.QUEUE),
        *(Intent.CREATE_PLAYLIST, Intent.ADD_TO_PLAYLIST),
    )
)
"""What leads to finding or playing music: any of these is right."""
SEEN_PERCENT = 50
"""The other half may be looked at."""
_MIN_WORDS = 4
"""Shorter turns are answers ("kizz daniel", "perfect") that mean nothing by themselves."""


def conversations(folder: Path, *, held_back: bool = True) -> tuple[list[Row], list[Row]]:
    """First requests of CPCD's dialogues, and later turns after which the other person searched."""
    opening: list[Row] = []
    later: list[Row] = []
    path = folder / "recommendation" / "cpcd" / "dev.train.v0.jsonl.gz"
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        dialogue = json.loads(line)
        if is_held_back(dialogue["id"], SEEN_PERCENT) is not held_back:
            continue
        turns = [
            (turn["user_query"], bool(turn["search_queries"]))
            for turn in dialogue["turns"]
            if len(turn["user_query"].split()) >= _MIN_WORDS
        ]
        name = f"cpcd-{dialogue['id']}"
        opening += [_row(f"{name}-0", text) for text, _ in turns[:1]]
        later += [
            _row(f"{name}-{place}", text)
            for place, (text, searched) in enumerate(turns[1:], 1)
            if searched
        ]
    return opening, later


def posts(folder: Path, *, held_back: bool = True) -> list[Row]:
    """Posts of MusicRecoIntent in English."""
    path = folder / "recommendation" / "deezer_intent" / "MusicRecoIntent_dataset.csv"
    return [
        _row(f"reddit-{line['ID']}", line["query"])
        for line in _lines(path)
        if line["language"] == "en" and is_held_back(line["ID"], SEEN_PERCENT) is held_back
    ]


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _row(name: str, text: str) -> Row:
    return Row(name, text, Intent.RECOMMEND.value, FINDING, {})
