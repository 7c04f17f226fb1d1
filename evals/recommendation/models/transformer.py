"""A small transformer over what was played in order: a member of a blend, never alone.

SASRec (Kang and McAuley 2018) with a softmax over sampled items in place of one negative each.
Needs torch, which is optional, and about 100,000 plays before it is worth asking; whether it joins
a blend is decided on validation data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Self

import numpy as np

from knowledge.recommend.learning.plays import Ids, Numbers


def is_available() -> bool:
    """Whether torch is installed."""
    return find_spec("torch") is not None


@dataclass(frozen=True, slots=True)
class Shape:
    """How large it is, and how it is trained."""

    width: int = 64
    layers: int = 2
    heads: int = 2
    length: int = 50
    """The last so many plays count."""
    dropout: float = 0.4
    rounds: int = 60
    batch: int = 128
    negatives: int = 512
    """Items drawn for each batch as wrong answers."""
    learning_rate: float = 1e-3
    decay: float = 1e-4


class SequenceTransformer:
    """Predicts the next item of a sequence. Items are numbered 0 to `items` - 1."""

    def __init__(self, items: int, shape: Shape | None = None, *, seed: int = 0) -> None:
        self._items, self._shape, self._seed = items, shape or Shape(), seed
        self._net: Any = None

    def fit(self, sequences: Sequence[Sequence[int]]) -> Self:
        """Train on sequences, oldest play first.

        Raises:
            ModuleNotFoundError: torch is not installed.
        """
        torch = import_module("torch")
        torch.manual_seed(self._seed)
        shape, rng = self._shape, np.random.default_rng(self._seed)
        self._net = net = _network(torch, self._items, shape)
        optimiser = torch.optim.AdamW(
            net.parameters(), lr=shape.learning_rate, weight_decay=shape.decay
        )
        steps = shape.rounds * (-(-len(sequences) // shape.batch))
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, shape.learning_rate * 2, steps)
        whole = _padded([one[-shape.length - 1 :] for one in sequences], shape.length + 1)
        net.train()
        for _ in range(shape.rounds):
            for rows in np.array_split(rng.permutation(len(whole)), steps // shape.rounds):
                batch = torch.from_numpy(whole[rows])
                loss = _loss(torch, net, batch, rng.integers(1, self._items + 1, shape.negatives))
                optimiser.zero_grad(set_to_none=True)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
                optimiser.step()
                schedule.step()
        net.eval()
        return self

    def scores(self, sequences: Sequence[Sequence[int]]) -> Numbers:
        """Score every item as the next of each sequence, shape (sequences, items)."""
        torch = import_module("torch")
        rows = []
        with torch.no_grad():
            for start in range(0, len(sequences), 256):
                part = [one[-self._shape.length :] for one in sequences[start : start + 256]]
                hidden = self._net(torch.from_numpy(_padded(part, self._shape.length)))[:, -1]
                rows.append((hidden @ self._net.embedding.weight[1:].T).numpy())
        return np.asarray(np.concatenate(rows), np.float64)


def _padded(sequences: Sequence[Sequence[int]], length: int) -> Ids:
    """Rows of item numbers from 1, filled up with 0 on the left."""
    rows = np.zeros((len(sequences), length), np.int64)
    for row, one in zip(rows, sequences, strict=True):
        if len(one):
            row[-len(one) :] = np.asarray(one) + 1
    return rows


def _loss(torch: Any, net: Any, batch: Any, negatives: Ids) -> Any:
    """Cross-entropy of the right item against drawn ones, at every place that has one."""
    wanted = batch[:, 1:]
    there = (wanted > 0) & (batch[:, :-1] > 0)
    hidden, right = net(batch[:, :-1])[there], wanted[there]
    drawn = torch.from_numpy(negatives)
    wrong = hidden @ net.embedding(drawn).T
    wrong = wrong.masked_fill(drawn[None, :] == right[:, None], float("-inf"))
    # As if all items had been scored: the drawn ones stand for that many each.
    wrong = wrong + float(np.log(net.embedding.num_embeddings / len(negatives)))
    hit = (hidden * net.embedding(right)).sum(dim=1, keepdim=True)
    scores = torch.cat([hit, wrong], dim=1)
    return torch.nn.functional.cross_entropy(scores, torch.zeros_like(right))


def _network(torch: Any, items: int, shape: Shape) -> Any:
    """Make the network. torch is optional, so its class cannot stand at the top of the file."""
    nn = torch.nn

    class Network(nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.embedding = nn.Embedding(items + 1, shape.width, padding_idx=0)
            self.position = nn.Parameter(torch.zeros(shape.length, shape.width))
            self.dropout = nn.Dropout(shape.dropout)
            layer = nn.TransformerEncoderLayer(
                shape.width,
                shape.heads,
                shape.width * 2,
                shape.dropout,
                activation="gelu",
                batch_first=True,
                norm_first=True,
            )
            self.layers = nn.TransformerEncoder(layer, shape.layers, enable_nested_tensor=False)
            self.norm = nn.LayerNorm(shape.width)
            nn.init.normal_(self.embedding.weight, std=shape.width**-0.5)

        def forward(self, sequence: Any) -> Any:
            length = sequence.shape[1]
            given = self.embedding(sequence) * shape.width**0.5 + self.position[-length:]
            later = torch.ones(length, length, dtype=torch.bool).triu(1)
            empty = (sequence == 0)[:, None, :] & ~torch.eye(length, dtype=torch.bool)
            hidden = (later | empty).repeat_interleave(shape.heads, dim=0)
            return self.norm(self.layers(self.dropout(given), mask=hidden))

    return Network()
