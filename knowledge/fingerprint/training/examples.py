"""Pairs of one recording's windows: as it is, and as a damaged clip of it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from knowledge.fingerprint.encoder_frontend import BANDS, FRAME_HOP, WINDOW, filterbank
from knowledge.fingerprint.training.bank import Bank, quick
from knowledge.fingerprint.training.network import COLUMNS, STEP

REFERENCE_FRAMES = 208
CLIP_FRAMES = 160
SPACING = 4
"""Columns from one stored window to the next."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Matching windows of references and clips.

    Attributes:
        reference: band powers (batch, REFERENCE_FRAMES, BANDS).
        reference_first: first column of each window (batch, windows).
        clip: band powers (batch, clip frames, BANDS).
        clip_first: the clip's column nearest to each of the reference's windows.
        piece: which piece each row is from (batch,).
    """

    reference: Tensor
    reference_first: Tensor
    clip: Tensor
    clip_first: Tensor
    piece: Tensor


class Examples:
    """Draws batches.

    Args:
        music: pieces to learn from.
        damage: what clips go through.
        generator: source of all chance.
        spoil_spectrum: whether clips also lose some of their spectrogram.
    """

    def __init__(
        self,
        music: Bank,
        damage: Callable[[Tensor], Tensor],
        generator: torch.Generator,
        *,
        spoil_spectrum: bool = True,
    ) -> None:
        self._spoil_spectrum = spoil_spectrum
        self._music, self._damage, self._generator = music, damage, generator
        self._device = generator.device
        self._weights = torch.from_numpy(filterbank()).to(self._device)
        self._hann = torch.hann_window(WINDOW, device=self._device)

    def draw(self, count: int, *, siblings: int, short: bool) -> Batch:
        """Draw `count` clips, `siblings` of each piece; short ones last two seconds and a bit."""
        music = self._music
        groups = -(-count // siblings)
        piece = self._integers(len(music.lengths), groups).repeat_interleave(siblings)[:count]
        other = self._integers(len(music.lengths), groups).repeat_interleave(siblings)[:count]
        # Played faster or slower as a whole, and two at once: many more pieces than there are.
        rate = torch.exp(self._uniform(groups, math.log(0.78), math.log(1.28)))
        rate = torch.where(self._uniform(groups, 0, 1) < 0.25, 1.0, rate)
        rate = rate.repeat_interleave(siblings)[:count]
        balance = 10 ** (-self._uniform(groups, 0.0, 14.0) / 20)
        balance = torch.where(self._uniform(groups, 0, 1) < 0.6, 0.0, balance)
        balance = balance.repeat_interleave(siblings)[:count]
        layered = balance.nonzero()[:, 0]
        start = self._uniform(count, 0, 1) * music.lengths[piece]
        other_start = self._uniform(count, 0, 1) * music.lengths[other]

        def read(first: Tensor, step: Tensor, size: int) -> Tensor:
            """Samples `first + step * n` of the references."""
            a = music.cut(piece, start + first * rate, step * rate, size)
            begin, steps = other_start + first * rate, step * rate
            b = music.cut(other[layered], begin[layered], steps[layered], size)
            return a.index_add(0, layered, balance[layered, None] * b)

        zero, one = torch.zeros_like(rate), torch.ones_like(rate)
        reference = read(zero, one, (REFERENCE_FRAMES - 1) * FRAME_HOP + WINDOW)
        speed, hop = self._warp(count)
        tempo = speed * hop
        frames = CLIP_FRAMES // 2 if short else CLIP_FRAMES
        size = math.ceil((frames - 1) * FRAME_HOP * 1.08) + WINDOW
        margin = (REFERENCE_FRAMES - frames * tempo) / 2 * FRAME_HOP
        begin = margin + self._uniform(count, -0.5, 0.5) * STEP * SPACING * FRAME_HOP * 0.9
        clip = self._damage(read(begin, speed, size))
        clip_power = self._power(clip, hop, frames, damaged=self._spoil_spectrum)
        windows = (frames // STEP - COLUMNS - 2) // SPACING + 1
        # Centre of clip column c, in reference samples: begin + tempo * (hop * c + half).
        half = (STEP * (COLUMNS - 1) / 2) * FRAME_HOP
        column = STEP * FRAME_HOP
        centre_shift = WINDOW / 2
        base = begin + tempo * half + speed * centre_shift
        first = torch.ceil((base - half - centre_shift) / column) + self._integers(3, count)
        reference_first = first[:, None] + SPACING * torch.arange(windows, device=self._device)
        centres = reference_first * column + half + centre_shift
        clip_first = ((centres - base[:, None]) / (tempo[:, None] * column)).round()
        last = frames // STEP - COLUMNS
        reference_last = REFERENCE_FRAMES // STEP - COLUMNS
        return Batch(
            self._power(reference, one, REFERENCE_FRAMES, damaged=False),
            reference_first.long().clamp(0, reference_last),
            clip_power,
            clip_first.long().clamp(0, last),
            piece,
        )

    def _warp(self, count: int) -> tuple[Tensor, Tensor]:
        """Speed (tempo and pitch) and hop (tempo alone) of each clip."""
        kind = self._uniform(count, 0, 1)
        spread = torch.exp(self._uniform(count, -0.066, 0.066))
        tempo = torch.exp(self._uniform(count, -0.06, 0.06))
        pitch = torch.exp(self._uniform(count, -0.07, 0.07))
        speed = torch.where(kind < 0.25, spread, 1.0)
        hop = torch.where((kind >= 0.25) & (kind < 0.37), tempo, 1.0)
        shifted = (kind >= 0.37) & (kind < 0.55)
        speed = torch.where(shifted, pitch, speed)
        hop = torch.where(shifted, 1 / pitch, hop)
        return speed, hop

    def _power(self, samples: Tensor, hop: Tensor, frames: int, *, damaged: bool) -> Tensor:
        """Band powers, one frame for every `hop` times FRAME_HOP samples."""
        spectrum = torch.fft.rfft(_framed(samples, hop, frames, self._hann))
        power = spectrum.real.square() + spectrum.imag.square()
        if damaged:
            power = self._coded(power)
        bands: Tensor = power @ self._weights
        return self._masked(bands) if damaged else bands

    def _coded(self, power: Tensor) -> Tensor:
        """Coarse bins and holes, as a codec at a low rate leaves them, in some clips."""
        count = len(power)
        depth = 10 ** -self._uniform(count, 1.5, 5.0)
        floor = power.amax(dim=2, keepdim=True) * depth[:, None, None]
        noise = torch.randn(power.shape, generator=self._generator, device=self._device)
        rough = self._uniform(count, 0.1, 0.7)[:, None, None]
        coded = torch.where(power > floor, power * torch.exp(rough * noise), 0.0)
        return torch.where((self._uniform(count, 0, 1) < 0.3)[:, None, None], coded, power)

    def _masked(self, bands: Tensor) -> Tensor:
        """Hide a stretch of time in some clips and a range of bands in others."""
        count, frames, _ = bands.shape
        t = torch.arange(frames, device=self._device)
        f = torch.arange(BANDS, device=self._device)
        start = self._uniform(count, 0, frames)[:, None]
        length = self._uniform(count, 1, 10)[:, None]
        lost = (t >= start) & (t < start + length)
        lost &= (self._uniform(count, 0, 1) < 0.08)[:, None]
        low = self._uniform(count, 0, BANDS)[:, None]
        width = self._uniform(count, 2, 24)[:, None]
        hidden = (f >= low) & (f < low + width) & (self._uniform(count, 0, 1) < 0.1)[:, None]
        faint = bands.mean(dim=(1, 2), keepdim=True) * 1e-5
        return torch.where(lost[:, :, None] | hidden[:, None, :], faint, bands)

    def _uniform(self, count: int, low: float, high: float) -> Tensor:
        chance = torch.rand(count, generator=self._generator, device=self._device)
        return low + (high - low) * chance

    def _integers(self, below: int, count: int) -> Tensor:
        return torch.randint(below, (count,), generator=self._generator, device=self._device)


@quick
def _framed(samples: Tensor, hop: Tensor, frames: int, window: Tensor) -> Tensor:
    """Windowed frames (batch, frames, WINDOW), one for every `hop` times FRAME_HOP samples."""
    device = samples.device
    first = (torch.arange(frames, device=device)[None] * FRAME_HOP * hop[:, None]).round()
    base = torch.arange(len(samples), device=device)[:, None] * samples.shape[1]
    index = (first.long() + base)[:, :, None] + torch.arange(WINDOW, device=device)
    return samples.reshape(-1)[index] * window
