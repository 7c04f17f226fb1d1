"""The encoder as a torch module: a fully convolutional net over a log-frequency spectrogram."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from knowledge.fingerprint.encoder_frontend import BANDS

STEP = 4
"""Spectrogram frames from one feature column to the next."""
COLUMNS = 12
"""Feature columns one embedding looks at."""
DIMENSIONS = 128
_TIME_HALF = 25
_BAND_HALF = 8
_FLOOR = 1e-4
"""Below the mean power of the 1.5 s around, 40 dB, nothing is looked at."""


def _block(
    inside: int, outside: int, kernel: tuple[int, int], stride: tuple[int, int]
) -> nn.Module:
    padding = (kernel[0] // 2, kernel[1] // 2)
    return nn.Sequential(
        nn.Conv2d(inside, outside, kernel, stride, padding, bias=False),
        nn.BatchNorm2d(outside),
        nn.ReLU(),
    )


class Trunk(nn.Module):
    """Band powers to feature columns.

    Input (batch, frames, BANDS), power; output (batch, columns, features) with a column for
    every STEP frames.
    """

    def __init__(self, widths: tuple[int, int, int, int], features: int) -> None:
        super().__init__()
        a, b, c, d = widths
        self.stem = nn.Sequential(
            _block(2, a, (3, 5), (1, 2)),
            _block(a, b, (3, 3), (2, 2)),
            _block(b, c, (3, 3), (2, 2)),
            _block(c, d, (3, 3), (1, 2)),
        )
        high = BANDS // 16
        self.gather = nn.Sequential(
            nn.Conv2d(d, features, (1, high), bias=False), nn.BatchNorm2d(features), nn.ReLU()
        )
        self.mix = nn.Sequential(
            nn.Conv2d(features, features, (3, 1), padding=(1, 0), bias=False),
            nn.BatchNorm2d(features),
        )

    def forward(self, power: Tensor) -> Tensor:
        x = power[:, None]
        level = x.mean(dim=3, keepdim=True)
        level = _mean_over(level, _TIME_HALF, 0)
        log = torch.log(x + _FLOOR * level + 1e-12)
        x = torch.cat(
            (log - _mean_over(log, _TIME_HALF, 0), log - _mean_over(log, 0, _BAND_HALF)), 1
        )
        x = self.gather(self.stem(x))
        x = torch.relu(x + self.mix(x))
        return x[:, :, :, 0].transpose(1, 2)


class Head(nn.Module):
    """COLUMNS feature columns, flattened, to an embedding that is not yet normalised."""

    def __init__(self, features: int, hidden: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(COLUMNS * features, hidden, bias=False),
            nn.BatchNorm1d(hidden),
            nn.ReLU(),
            nn.Linear(hidden, DIMENSIONS, bias=False),
            # Every dimension is zero on average, so that its sign is worth a whole bit.
            nn.BatchNorm1d(DIMENSIONS, affine=False),
        )

    def forward(self, columns: Tensor) -> Tensor:
        embedded: Tensor = self.layers(columns)
        return embedded


class Network(nn.Module):
    """Trunk and head."""

    def __init__(
        self,
        widths: tuple[int, int, int, int] = (32, 64, 128, 192),
        features: int = 160,
        hidden: int = 512,
    ) -> None:
        super().__init__()
        self.trunk = Trunk(widths, features)
        self.head = Head(features, hidden)

    def embed(self, power: Tensor, first: Tensor) -> Tensor:
        """Embeddings of windows that begin at the given columns.

        Args:
            power: band powers (batch, frames, BANDS).
            first: first column of each window (batch, windows).

        Returns:
            (batch, windows, DIMENSIONS), of length 1.
        """
        return self._of_length_1(self.head(_windows(self.trunk(power), first).flatten(0, 1)), first)

    def embed_pair(
        self, power: Tensor, first: Tensor, other_power: Tensor, other_first: Tensor
    ) -> tuple[Tensor, Tensor]:
        """As `embed` of two batches, whose windows are normalised together."""
        windows = _windows(self.trunk(power), first).flatten(0, 1)
        others = _windows(self.trunk(other_power), other_first).flatten(0, 1)
        both = self.head(torch.cat((windows, others)))
        a, b = both[: len(windows)], both[len(windows) :]
        return self._of_length_1(a, first), self._of_length_1(b, other_first)

    @staticmethod
    def _of_length_1(embedded: Tensor, first: Tensor) -> Tensor:
        shaped = embedded.float().reshape(*first.shape, DIMENSIONS)
        return functional.normalize(shaped, dim=-1)


def _windows(columns: Tensor, first: Tensor) -> Tensor:
    """(batch, windows, COLUMNS * features) of (batch, columns, features)."""
    index = first[:, :, None] + torch.arange(COLUMNS, device=first.device)
    batch = torch.arange(len(columns), device=first.device)[:, None, None]
    return columns[batch, index].flatten(2)


def _mean_over(x: Tensor, time: int, bands: int) -> Tensor:
    """Mean over a rectangle around each value, cut off at the borders."""
    size = (2 * time + 1, 2 * bands + 1)
    return functional.avg_pool2d(x, size, 1, (time, bands), count_include_pad=False)
