"""Training the convolutional network of the classifier (needs torch; about 20 s for a fit)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from agent.understanding.convolution import HASHES, KINDS, Encoded, encode
from agent.understanding.features import WordVectors
from agent.understanding.lexicon import Lexicon

PROJECTED, HASHED, FILTERS, WIDTHS = 64, 24, 96, (1, 2, 3)
EPOCHS = 8
BATCH = 128
_CHUNK = 32
"""Batches that are sorted by length together, so that little is padded."""
RATE = 2e-3
DROPOUT = 0.4
WORD_DROPOUT = 0.08
"""Share of words that are left out while training, as a recogniser may mishear them."""
SMOOTHING = 0.03
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Batchable:
    """All requests, padded to the longest."""

    vectors: Any
    hashes: Any
    kinds: Any
    lengths: Any

    def at(self, places: Any) -> tuple[Any, Any, Any, Any]:
        """The requests at `places`, cut to the longest of them."""
        longest = int(self.lengths[places].max())
        return (
            self.vectors[places, :longest],
            self.hashes[places, :longest],
            self.kinds[places, :longest],
            self.lengths[places],
        )


def encode_all(texts: Sequence[str], words: WordVectors, lexicon: Lexicon) -> Batchable:
    """Encode `plain` texts for training."""
    import torch  # noqa: PLC0415 - only training needs it

    encoded: list[Encoded] = [encode(text, words, lexicon) for text in texts]
    lengths = np.array([len(item.vectors) for item in encoded])
    vectors = np.zeros((len(encoded), lengths.max()), np.int64)
    hashes = np.zeros_like(vectors)
    kinds = np.zeros((*vectors.shape, len(KINDS)), np.float32)
    for row, item in enumerate(encoded):
        vectors[row, : lengths[row]] = item.vectors
        hashes[row, : lengths[row]] = item.hashes
        kinds[row, : lengths[row]] = item.kinds
    return Batchable(*map(torch.from_numpy, (vectors, hashes, kinds, lengths)))


def build(words: WordVectors, classes: int) -> Any:
    """A network with random weights."""
    import torch  # noqa: PLC0415 - only training needs it
    from torch import nn  # noqa: PLC0415

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            known = torch.from_numpy(words.vectors.astype(np.float32) / 127.0)
            self.words = nn.Embedding.from_pretrained(
                torch.cat([torch.zeros(1, known.shape[1]), known])
            )
            self.projection = nn.Linear(known.shape[1], PROJECTED)
            self.hashed = nn.Embedding(HASHES, HASHED)
            nn.init.normal_(self.hashed.weight, 0.0, 0.3)
            size = PROJECTED + HASHED + len(KINDS)
            self.filters = nn.ModuleList(
                [nn.Conv1d(size, FILTERS, width, padding=width - 1) for width in WIDTHS]
            )
            self.dropout = nn.Dropout(DROPOUT)
            self.output = nn.Linear(2 * FILTERS * len(WIDTHS), classes)

        def forward(self, vectors: Any, hashes: Any, kinds: Any, lengths: Any) -> Any:
            said = torch.arange(vectors.shape[1])[None] < lengths[:, None]
            projected = torch.relu(self.projection(self.words(vectors)))
            rows = torch.cat([projected, self.hashed(hashes), kinds], 2) * said[..., None]
            if self.training:
                rows = rows * (torch.rand(*said.shape, 1) > WORD_DROPOUT)
            pooled = []
            for width, filters in zip(WIDTHS, self.filters, strict=True):
                answers = torch.relu(filters(rows.transpose(1, 2)))
                ends = (lengths + width - 1)[:, None]
                answers = answers * (torch.arange(answers.shape[2])[None] < ends)[:, None]
                pooled += [answers.max(2).values, answers.sum(2) / (lengths[:, None] + 1)]
            return self.output(self.dropout(torch.cat(pooled, 1)))

    return Network()


def fit(
    data: Batchable,
    places: npt.NDArray[np.int64],
    labels: npt.NDArray[np.int64],
    weights: npt.NDArray[np.float64],
    words: WordVectors,
    *,
    classes: int,
    seed: int = 1,
) -> Any:
    """Train on the requests at `places`; `labels` and `weights` belong to all of `data`."""
    import torch  # noqa: PLC0415 - only training needs it

    torch.manual_seed(seed)
    torch.set_num_threads(1)  # the same sums in the same order, whatever the machine
    network = build(words, classes)
    chosen, right = torch.from_numpy(places), torch.from_numpy(labels)
    weight = torch.from_numpy(weights.astype(np.float32))
    trained = [part for part in network.parameters() if part.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=RATE, weight_decay=1e-3)
    steps = EPOCHS * -(-len(places) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    network.train()
    for _ in range(EPOCHS):
        order = chosen[torch.randperm(len(chosen))]
        for chunk in order.split(BATCH * _CHUNK):
            batches = chunk[data.lengths[chunk].argsort()].split(BATCH)
            for number in torch.randperm(len(batches)).tolist():
                batch = batches[number]
                losses = torch.nn.functional.cross_entropy(
                    network(*data.at(batch)),
                    right[batch],
                    reduction="none",
                    label_smoothing=SMOOTHING,
                )
                loss = (losses * weight[batch]).sum() / weight[batch].sum()
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                schedule.step()
    return network.eval()


def predict(network: Any, data: Batchable, places: npt.NDArray[np.int64]) -> Scores:
    """Scores, shape (places, classes)."""
    import torch  # noqa: PLC0415 - only training needs it

    with torch.no_grad():
        parts = [
            network(*data.at(part)).numpy() for part in torch.from_numpy(places).split(4 * BATCH)
        ]
    return np.concatenate(parts).astype(np.float64)


def save(network: Any, temperature: float, path: Path) -> None:
    """Write what `ConvolutionModel` reads, 16 bits a number."""
    weights = {name: value.numpy() for name, value in network.state_dict().items()}
    arrays = {
        "projection": weights["projection.weight"].T,
        "projection_bias": weights["projection.bias"],
        "hashed": weights["hashed.weight"],
        "output": weights["output.weight"].T,
        "bias": weights["output.bias"],
    }
    for number in range(len(WIDTHS)):
        arrays[f"filters{number}"] = weights[f"filters.{number}.weight"].transpose(2, 1, 0)
        arrays[f"biases{number}"] = weights[f"filters.{number}.bias"]
    np.savez_compressed(
        path,
        widths=np.int64(len(WIDTHS)),
        temperature=np.float32(temperature),
        **{name: value.astype(np.float16) for name, value in arrays.items()},
    )
