"""Training sound on the accelerator, and clips cut from it."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path

import numpy as np
import soundfile
import torch
from torch import Tensor

_TAPS = 8
_PHASES = 256


def quick(function: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Fuse a function's kernels on a GPU, where its tensors are large; leave it alone elsewhere."""
    if not torch.cuda.is_available():
        return function
    fused = torch.compile(function, dynamic=True)
    fuse = True

    @wraps(function)
    def run(*arguments: object) -> Tensor:
        nonlocal fuse
        if fuse:
            try:
                return fused(*arguments)
            except RuntimeError:  # a machine without what the compiler needs
                fuse = False
        return function(*arguments)

    return run


class Bank:
    """All pieces one after the other.

    Args:
        files: Vorbis files at RATE_HZ.
        device: where the samples are kept.
    """

    def __init__(self, files: list[Path], device: torch.device) -> None:
        pieces = [soundfile.read(str(path), dtype="float32")[0] for path in files]
        pieces = [piece for piece in pieces if len(piece)]
        lengths = [len(piece) for piece in pieces]
        self.samples = torch.from_numpy(np.concatenate(pieces)).to(device, torch.float16)
        self.lengths = torch.tensor(lengths, device=device)
        self.starts = torch.cumsum(self.lengths, 0) - self.lengths
        self._kernel = _kernel().to(device)

    def cut(self, piece: Tensor, start: Tensor, step: Tensor, size: int) -> Tensor:
        """Read clips from pieces at any speed; a piece begins again where it ends.

        Args:
            piece: which piece, (batch,).
            start: first sample, fractional, (batch,).
            step: samples from one output sample to the next, (batch,).
            size: samples of each clip.

        Returns:
            (batch, size), float32.
        """
        first, length = self.starts[piece], self.lengths[piece]
        return _read(self.samples, self._kernel, first, length, start, step, size)


@quick
def _read(
    samples: Tensor,
    kernel: Tensor,
    first: Tensor,
    length: Tensor,
    start: Tensor,
    step: Tensor,
    size: int,
) -> Tensor:
    count = torch.arange(size, device=start.device)
    position = start[:, None].double() + step[:, None].double() * count
    floor = position.floor()
    phase = ((position - floor) * _PHASES).long()
    whole = floor.long() - (_TAPS // 2 - 1)
    result = torch.zeros_like(position, dtype=torch.float32)
    for tap in range(_TAPS):
        index = first[:, None] + torch.remainder(whole + tap, length[:, None])
        result = result + samples[index].float() * kernel[phase, tap]
    return result


def _kernel() -> Tensor:
    """Windowed sinc, (phases, taps)."""
    away = torch.arange(_TAPS)[None] - (_TAPS // 2 - 1) - torch.arange(_PHASES)[:, None] / _PHASES
    window = torch.cos(away / (_TAPS / 2) * (torch.pi / 2)).clamp(min=0) ** 2
    weights = torch.sinc(away) * window
    return weights / weights.sum(dim=1, keepdim=True)
