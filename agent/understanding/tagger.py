"""Marks the words of a request with what they name: a linear chain over hashed features.

A structured perceptron (Collins 2002, "Discriminative Training Methods for Hidden Markov
Models"), averaged; decoded with Viterbi. Tags are B-slot, I-slot and O.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agent.understanding.lexicon import Lexicon
from agent.understanding.tokens import Token

BUCKETS = 1 << 15
OUTSIDE = "O"
_IMPOSSIBLE = np.float32(-1e9)

Buckets = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """Words `first` up to, not with, `end` name a `slot`."""

    first: int
    end: int
    slot: str


def describe(text: str, tokens: Sequence[Token], intent: str, lexicon: Lexicon) -> list[Buckets]:
    """Hashed features of each word, given the public label of the request's intent."""
    words = [token.word for token in tokens]
    shapes = [_shape(text[token.start : token.end]) for token in tokens]
    known: list[list[str]] = [[] for _ in words]
    for first, end, kinds in lexicon.find(words):
        for at in range(first, end):
            known[at] += [f"{kind}{'B' if at == first else 'I'}" for kind in kinds]
    padded = ["<2", "<1", *words, ">1", ">2"]
    rows = []
    for at, word in enumerate(words):
        before2, before, _, after, after2 = padded[at : at + 5]
        marks = [
            f"w={word}", f"-1={before}", f"+1={after}", f"-2={before2}", f"+2={after2}",
            f"-1w={before} {word}", f"w+1={word} {after}", f"-2-1={before2} {before}",
            f"+1+2={after} {after2}", f"s3={word[-3:]}", f"p3={word[:3]}", f"i={intent}",
            f"iw={intent} {word}", f"i-1={intent} {before}", f"i+1={intent} {after}",
            f"c={shapes[at]}",
            f"c-1={shapes[at - 1] if at else '<'} {shapes[at]}", f"at={min(at, 3)}",
            f"left={min(len(words) - at, 3)}", f"d={_digits(word)}",
        ]  # fmt: skip
        marks += [f"k={kind}" for kind in known[at]]
        marks += [f"k-1={kind}" for kind in (known[at - 1] if at else ())]
        marks += [f"k+1={kind}" for kind in (known[at + 1] if at + 1 < len(words) else ())]
        marks += [f"kw={kind} {before}" for kind in known[at]]
        rows.append(np.array([_bucket(mark) for mark in marks], np.int64))
    return rows


def _bucket(mark: str) -> int:
    return zlib.crc32(mark.encode("utf-8", "replace")) % BUCKETS


def _shape(raw: str) -> str:
    if raw[:1].isupper():
        return "XX" if raw.isupper() and len(raw) > 1 else "X"
    return "9" if raw[:1].isdecimal() else "x"


def _digits(word: str) -> str:
    return "".join("0" if c.isdecimal() else "a" for c in word)[:6] if word[:1].isdecimal() else ""


def decode(scores: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32]) -> list[int]:
    """The best path through `scores` (words, tags), given `transitions` (start and tags, tags)."""
    best = scores[0] + transitions[-1]
    back: list[npt.NDArray[np.intp]] = []
    for row in scores[1:]:
        paths = best[:, None] + transitions[:-1]
        back.append(paths.argmax(axis=0))
        best = paths.max(axis=0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def forbid(tags: Sequence[str]) -> npt.NDArray[np.float32]:
    """Transitions that no tagging may contain: I-slot follows only B-slot and I-slot."""
    table = np.zeros((len(tags) + 1, len(tags)), np.float32)
    for column, tag in enumerate(tags):
        if tag.startswith("I-"):
            for row, before in enumerate([*tags, "<"]):
                if before[2:] != tag[2:] or before == OUTSIDE:
                    table[row, column] = _IMPOSSIBLE
    return table


def spans(tags: Sequence[str]) -> list[TaggedSpan]:
    """Group tags into spans."""
    found: list[TaggedSpan] = []
    for at, tag in enumerate(tags):
        if tag.startswith("B-"):
            found.append(TaggedSpan(at, at + 1, tag[2:]))
        elif tag.startswith("I-") and found and found[-1].end == at:
            found[-1] = TaggedSpan(found[-1].first, at + 1, tag[2:])
    return found


@dataclass(frozen=True, slots=True)
class SlotTagger:
    tags: tuple[str, ...]
    weights: npt.NDArray[np.int8]
    """Shape (BUCKETS, tags)."""
    transitions: npt.NDArray[np.float32]
    """In units of `weights`."""

    @classmethod
    def load(cls, folder: Path) -> "SlotTagger":
        """Read what training wrote."""
        with np.load(folder / "slots.npz", allow_pickle=False) as data:
            tags = tuple(map(str, data["tags"]))
            return cls(tags, data["weights"], data["transitions"] + forbid(tags))

    def tag(
        self, text: str, tokens: Sequence[Token], intent: str, lexicon: Lexicon
    ) -> list[TaggedSpan]:
        """Spans of the request in their order; `intent` is a public label."""
        if not tokens:
            return []
        rows = describe(text, tokens, intent, lexicon)
        scores = np.stack([self.weights[row].astype(np.float32).sum(axis=0) for row in rows])
        return spans([self.tags[tag] for tag in decode(scores, self.transitions)])
