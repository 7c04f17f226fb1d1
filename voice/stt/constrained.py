"""Decoding that can only end in a name of the library: a beam search along a tree of tokens.

What Whisper writes freely is one guess; a rare name is seldom in it. Here it may choose only among
the ways to ask for something that exists, as in "Autoregressive Entity Retrieval" (De Cao et al.
2021): an opening, such as "Play the song" or the words heard so far, and then a name. The beams
share the sound, so that sixteen of them cost little more than one.

Whisper prefers names that it has often read, whatever is said. What it would write if it heard
nothing is measured beside and partly taken off, which leaves what the sound itself says: the
density ratio of "Internal Language Model Estimation" (Meng et al. 2021), with silence for sound.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from voice.stt.hypotheses import FUNCTION_WORDS
from voice.stt.phonetics import folded
from voice.stt.phrase_book import PRIOR_SHARE, PhraseBook, Spelled
from voice.stt.whisper_model import WhisperModel

_BEAMS: Final = 16
_BEHIND: Final = 10.0
"""Nats behind the best at which a beam is given up."""
_COMMON: Final = 6000
"""So many of the most common tokens compete with those of the names: the others hardly ever win."""
_MOST_STEPS: Final = 32
_LONGEST: Final = 26
"""Tokens of a name; longer ones are left out."""
_NAME_ALONE: Final = 3
"""Words; who says more than that says what to do with the name."""
_END: Final = -1

Encode = Callable[[str], list[int]]
Decode = Callable[[list[int]], str]
_Children = tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]


class TokenTree:
    """The names as rows of tokens, sorted, so that a range of rows is a node of their tree."""

    def __init__(self, rows: Iterable[Sequence[int]]) -> None:
        kept = sorted({tuple(row) for row in rows if 0 < len(row) <= _LONGEST})
        self._rows = np.full((len(kept), _LONGEST + 1), _END, np.int32)
        for number, row in enumerate(kept):
            self._rows[number, : len(row)] = row

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def root(self) -> "_Node":
        return _Node(0, len(self._rows), 0)

    @cached_property
    def _first(self) -> _Children:
        return self._look(self.root)

    def children(self, node: "_Node") -> _Children:
        """The tokens that may follow, `_END` where a name ends, and their ranges of rows."""
        return self._first if node == self.root else self._look(node)

    def _look(self, node: "_Node") -> _Children:
        column = self._rows[node.low : node.high, node.depth]
        begins = np.flatnonzero(np.diff(column, prepend=column[0] - 1 if column.size else 0))
        ends = np.append(begins[1:], column.size)
        return column[begins], node.low + begins, node.low + ends


@dataclass(frozen=True, slots=True)
class _Node:
    low: int
    high: int
    depth: int


@dataclass(frozen=True, slots=True)
class _Beam:
    tokens: tuple[int, ...]
    opening: tuple[int, ...]
    """Where in the tree of openings it is; meaningless within a name."""
    name: _Node | None
    """Where in the tree of names it is."""
    closing: bool
    """Whether the name has ended and a full stop stands behind it."""
    log_probability: float
    prior: float = 0.0
    """Of the name so far, when nothing is heard."""

    @property
    def promise(self) -> float:
        """How much the sound itself speaks for it."""
        return self.log_probability - PRIOR_SHARE * self.prior


class NameSpeller:
    """Spells what was said as requests for names of one book. Not thread-safe."""

    def __init__(self, model: WhisperModel, book: PhraseBook, encode: Encode, eot: int) -> None:
        """Make the tree; a second for 50,000 names."""
        self._model = model
        rows = [encode(f" {name}") for name in book.names]
        openings = [tuple(encode(f" {one}")) for one in book.openings]
        words = [encode(f" {word}") for one in FUNCTION_WORDS for word in (one, one.capitalize())]
        self._used = sorted(
            {token for row in (*rows, *openings, *words) for token in row}
            | {eot, *encode(".")}
            | set(range(_COMMON))
        )
        self._number = {token: number for number, token in enumerate(self._used)}
        self._words = model.some_words(self._used)
        self._encode = encode
        self._eot = self._number[eot]
        self._stop = self._number[encode(".")[0]]
        self._names = TokenTree([self._number[token] for token in row] for row in rows)
        self._openings = tuple(tuple(self._number[token] for token in row) for row in openings)

    def spell(
        self, features: Tensor, start: Sequence[int], heard: str, limit: int
    ) -> tuple[tuple[tuple[int, ...], float, float], ...]:
        """The requests that the sound speaks for, best first: tokens, log probability, prior.

        Args:
            features: of the sound.
            start: the tokens before the text.
            heard: what was written freely; its first words are openings, too.
            limit: at most so many.
        """
        if not len(self._names):
            return ()
        openings = self._tree_of_openings(heard)
        cache = self._model.start(features, beside_silence=True)
        states = self._model.step(torch.tensor([list(start)] * 2), cache)[:, -1]
        logits = self._chances(states)
        beams = [_Beam((), (), None, closing=False, log_probability=0.0)]
        done: dict[tuple[int, ...], _Beam] = {}
        for _ in range(_MOST_STEPS):
            grown: list[tuple[float, int, _Beam]] = []
            for place, beam in enumerate(beams):
                grown.extend(
                    (following.promise, place, following)
                    for following in self._following(
                        beam, logits[place], logits[len(beams) + place], openings
                    )
                )
            grown.sort(key=lambda one: -one[0])
            beams, parents = [], []
            for promise, place, beam in grown[: 2 * _BEAMS]:
                if promise < grown[0][0] - _BEHIND:
                    break
                if beam.tokens and beam.tokens[-1] == self._eot:
                    text = beam.tokens[:-2] if beam.closing else beam.tokens[:-1]
                    if text not in done or done[text].promise < promise:
                        done[text] = beam
                elif len(beams) < _BEAMS:
                    beams.append(beam)
                    parents.append(place)
            best = sorted((one.promise for one in done.values()), reverse=True)
            if not beams or (len(best) >= limit and best[limit - 1] > beams[0].promise):
                break
            count = len(logits) // 2
            cache.follow([*parents, *(count + one for one in parents)])
            tokens = torch.tensor([[self._used[beam.tokens[-1]]] for beam in beams] * 2)
            logits = self._chances(self._model.step(tokens, cache)[:, -1])
        ranked = sorted(done.items(), key=lambda one: -one[1].promise)
        return tuple(
            (tuple(self._used[token] for token in tokens), beam.log_probability, beam.prior)
            for tokens, beam in ranked[:limit]
        )

    def _chances(self, states: Tensor) -> NDArray[np.float32]:
        chances: NDArray[np.float32] = torch.log_softmax(self._words(states), 1).numpy()
        return chances

    def _tree_of_openings(self, heard: str) -> dict[tuple[int, ...], set[int]]:
        """Each beginning of an opening, with the tokens that may follow; `_END`: a name may."""
        own = [
            tuple(self._number.get(token, _END) for token in self._encode(f" {one}")) if one else ()
            for one in _begun(heard)
        ]
        own = [one for one in own if _END not in one]
        tree: dict[tuple[int, ...], set[int]] = {}
        for opening in (*self._openings, *own):
            for at, token in enumerate(opening):
                tree.setdefault(opening[:at], set()).add(token)
            tree.setdefault(opening, set()).add(_END)
        return tree

    def _following(
        self,
        beam: _Beam,
        row: NDArray[np.float32],
        prior: NDArray[np.float32],
        openings: dict[tuple[int, ...], set[int]],
    ) -> Iterator[_Beam]:
        so_far = beam.log_probability
        if beam.closing:
            yield _Beam(
                (*beam.tokens, self._eot), (), None, closing=True,
                log_probability=so_far + float(row[self._eot]), prior=beam.prior,
            )  # fmt: skip
            return
        node = beam.name
        if node is None:
            for token in openings[beam.opening]:
                if token == _END:
                    yield from self._named(beam, self._names.root, row, prior)
                else:
                    yield _Beam(
                        (*beam.tokens, token), (*beam.opening, token), None, closing=False,
                        log_probability=so_far + float(row[token]), prior=beam.prior,
                    )  # fmt: skip
        else:
            yield from self._named(beam, node, row, prior)

    def _named(
        self,
        beam: _Beam,
        node: _Node,
        row: NDArray[np.float32],
        prior: NDArray[np.float32],
    ) -> Iterator[_Beam]:
        tokens, lows, highs = self._names.children(node)
        gains = row[tokens] - PRIOR_SHARE * prior[tokens]
        if len(tokens) > _BEAMS:
            picked = np.argpartition(-gains, _BEAMS)[:_BEAMS]
            if tokens[0] == _END:  # sorted: an end comes first
                picked = np.union1d(picked, [0])
        else:
            picked = np.arange(len(tokens))
        so_far = beam.log_probability
        for number in picked.tolist():
            token = int(tokens[number])
            if token == _END:
                for last, closing in ((self._eot, False), (self._stop, True)):
                    yield _Beam(
                        (*beam.tokens, last), (), None, closing=closing,
                        log_probability=so_far + float(row[last]), prior=beam.prior,
                    )  # fmt: skip
                continue
            below = _Node(int(lows[number]), int(highs[number]), node.depth + 1)
            yield _Beam(
                (*beam.tokens, token), (), below, closing=False,
                log_probability=so_far + float(row[token]), prior=beam.prior + float(prior[token]),
            )  # fmt: skip


def _begun(heard: str) -> Iterator[str]:
    """Beginnings of what was heard that may well be right: common words, before any name."""
    words = heard.split()
    if len(words) <= _NAME_ALONE:
        yield ""
    for count, word in enumerate(words[:-1], 1):
        if folded(word) not in FUNCTION_WORDS:
            return
        yield " ".join(words[:count])


def as_spelled(
    found: Sequence[tuple[tuple[int, ...], float, float]], decode: Decode
) -> tuple[Spelled, ...]:
    """What was found as texts, each once."""
    texts: dict[str, Spelled] = {}
    for tokens, log_probability, prior in found:
        text = decode(list(tokens)).strip()
        texts.setdefault(text, Spelled(text, log_probability, prior))
    return tuple(one for one in texts.values() if one.text)
