"""What a clip may go through before it is to be recognised, on whole batches at once."""

import math

import torch
from torch import Tensor

from knowledge.fingerprint.models import RATE_HZ
from knowledge.fingerprint.training.bank import Bank


class Damage:
    """Rooms, noises, voices, filters and overdrive, drawn at random for each clip.

    Args:
        speech: spoken sentences.
        music: pieces that may sound in the background.
        generator: source of all chance, on the device of the clips.
    """

    def __init__(self, speech: Bank, music: Bank, generator: torch.Generator) -> None:
        self._speech, self._music, self._generator = speech, music, generator
        self._device = generator.device

    def __call__(self, clips: Tensor) -> Tensor:
        """Damage (batch, samples)."""
        x = clips / _rms(clips)
        x = self._talk_over(x)
        x = self._filtered(x, room=self._chance(x, 0.45), band=self._chance(x, 0.2))
        x = x / _rms(x)
        level = 10 ** (-self._uniform(x, -9.0, 11.0) / 20)
        level = torch.where(self._chance(x, 0.1), 0.0, level)
        x = x + level[:, None] * self._noise(x)
        x = self._filtered(x, room=None, band=self._chance(x, 0.35))
        x = x / _rms(x)
        drive = self._uniform(x, 1.5, 7.0)[:, None]
        x = torch.where(self._chance(x, 0.3)[:, None], torch.tanh(x / drive) * drive, x)
        limit = self._uniform(x, 0.7, 4.0)[:, None]
        return torch.where(self._chance(x, 0.08)[:, None], x.clamp(-limit, limit), x)

    def _uniform(self, like: Tensor, low: float, high: float) -> Tensor:
        chance = torch.rand(len(like), generator=self._generator, device=self._device)
        return low + (high - low) * chance

    def _chance(self, like: Tensor, probability: float) -> Tensor:
        return self._uniform(like, 0.0, 1.0) < probability

    def _normal(self, *shape: int) -> Tensor:
        return torch.randn(shape, generator=self._generator, device=self._device)

    def _filtered(self, x: Tensor, *, room: Tensor | None, band: Tensor) -> Tensor:
        """Convolve with a room where there is one, and with a band-pass where there is one."""
        size = x.shape[1]
        padded = _fast_size(size + (int(1.5 * RATE_HZ) if room is not None else 0))
        spectrum = torch.fft.rfft(x, padded)
        hertz = torch.linspace(0, RATE_HZ / 2, spectrum.shape[1], device=x.device)[None] + 1e-3
        low = torch.exp(self._uniform(x, math.log(40), math.log(450)))[:, None]
        high = torch.exp(self._uniform(x, math.log(2500), math.log(5500)))[:, None]
        order = torch.randint(
            1, 7, (2, len(x), 1), generator=self._generator, device=x.device
        ).float()
        gain = torch.rsqrt(1 + (low / hertz) ** (2 * order[0]))
        gain = gain * torch.rsqrt(1 + (hertz / high) ** (2 * order[1]))
        # A gentle tilt and a few bumps, as any loudspeaker and microphone have.
        knots = 0.35 * self._normal(len(x), 1, 12)
        bumps = torch.nn.functional.interpolate(knots, size=256, mode="linear", align_corners=True)
        place = ((hertz / 60).log2().clamp(0, 6.49) / 6.5 * 256).long().expand(len(x), -1)
        bumps = torch.exp(torch.gather(bumps[:, 0], 1, place))
        spectrum = spectrum * torch.where(band[:, None], gain * bumps, 1.0)
        if room is not None:
            response = torch.fft.rfft(self._rooms(len(x)), padded)
            spectrum = spectrum * torch.where(room[:, None], response, 1.0)
        heard: Tensor = torch.fft.irfft(spectrum, padded)[:, :size]
        return heard

    def _rooms(self, count: int) -> Tensor:
        """Impulse responses: the direct sound, some reflections and a decaying noise."""
        size = int(1.45 * RATE_HZ)
        like = torch.empty(count, device=self._device)
        decay = self._uniform(like, 0.15, 1.3)[:, None]
        ratio = self._uniform(like, -7.0, 11.0)[:, None]
        t = torch.arange(size, device=self._device)[None] / RATE_HZ
        tail = self._normal(count, size) * torch.exp(-6.91 * t / decay)
        dull = self._uniform(like, 0.0, 0.75)[:, None, None]
        taps = dull ** torch.arange(8, device=self._device)
        tail = _depthwise(tail, taps.flip(2))
        tail = torch.where((t < 0.004) | (t > 1.2 * decay), 0.0, tail)
        level = tail.abs().mean(dim=1, keepdim=True)
        place = torch.randint(
            int(0.003 * RATE_HZ),
            int(0.055 * RATE_HZ),
            (count, 12),
            generator=self._generator,
            device=self._device,
        )
        strength = torch.rand((count, 12), generator=self._generator, device=self._device) * 2 - 1
        tail = tail.scatter_add(1, place, strength * 60 * level)
        energy = tail.square().sum(dim=1, keepdim=True).sqrt() + 1e-9
        response = tail / energy * 10 ** (-ratio / 20)
        response[:, 0] = 1.0
        return response

    def _noise(self, x: Tensor) -> Tensor:
        """Noise of RMS 1: coloured, shaped and moving, babble, or other music."""
        count, size = x.shape
        kind = self._uniform(x, 0.0, 1.0)[:, None]
        padded = _fast_size(size)
        white = torch.fft.rfft(self._normal(count, padded))
        hertz = torch.linspace(0, RATE_HZ / 2, white.shape[1], device=x.device)[None].clamp(min=20)
        slope = self._uniform(x, 0.0, 1.3)[:, None]
        slope = torch.where(kind < 0.15, 0.5, slope)
        shape = (hertz / 1000) ** -slope
        knots = 0.8 * self._normal(count, 1, 10)
        bumps = torch.nn.functional.interpolate(knots, size=256, mode="linear", align_corners=True)
        place = ((hertz / 20).log2() / 8.2 * 256).long().clamp(0, 255).expand(count, -1)
        bumps = torch.exp(torch.gather(bumps[:, 0], 1, place))
        shape = torch.where(kind < 0.3, shape, shape * bumps)
        noise = torch.fft.irfft(white * shape, padded)[:, :size]
        moving = torch.nn.functional.interpolate(
            self._normal(count, 1, 40), size=size, mode="linear", align_corners=True
        )[:, 0]
        noise = torch.where(kind > 0.45, noise * torch.exp(0.7 * moving), noise)
        noise = noise / _rms(noise)
        # Drops and crackle.
        crackle = self._normal(count, size)
        crackle = torch.where(crackle.abs() > 3.2, crackle, 0.0)
        noise = torch.where((kind > 0.52) & (kind < 0.58), noise + 4 * crackle, noise)
        babble = self._babble(x)
        noise = torch.where(kind > 0.6, babble, noise)
        both = (kind > 0.5) & (kind < 0.6)
        noise = torch.where(both, noise / _rms(noise) + 0.5 * babble, noise)
        piece, start = self._anywhere(self._music, count)
        other = self._music.cut(piece, start, torch.ones_like(start), size)
        noise = torch.where(kind > 0.94, other, noise)
        return noise / _rms(noise)

    def _babble(self, x: Tensor) -> Tensor:
        """One to ten people, RMS 1."""
        count, size = x.shape
        talkers = 2 + 9 * self._uniform(x, 0.0, 1.0) ** 0.5
        mix = torch.zeros_like(x)
        for talker in range(10):
            gain = 10 ** (-self._uniform(x, 0.0, 8.0) / 20) * (talkers > talker)
            mix += gain[:, None] * self._voice(count, size)
        return mix / _rms(mix)

    def _voice(self, count: int, size: int) -> Tensor:
        piece, start = self._anywhere(self._speech, count)
        # The pieces lie one after the other: read on into the next sentences.
        index = self._speech.starts[piece] + start.long()
        index = index[:, None] + torch.arange(size, device=self._device)
        return self._speech.samples[index % len(self._speech.samples)].float()

    def _anywhere(self, bank: Bank, count: int) -> tuple[Tensor, Tensor]:
        piece = torch.randint(
            len(bank.lengths), (count,), generator=self._generator, device=self._device
        )
        chance = torch.rand(count, generator=self._generator, device=self._device)
        return piece, chance * bank.lengths[piece]

    def _talk_over(self, x: Tensor) -> Tensor:
        """One voice over part of some clips, the music turned down under it."""
        count, size = x.shape
        voice = self._voice(count, size)
        voice = voice / _rms(voice)
        t = torch.arange(size, device=x.device)[None] / size
        start = self._uniform(x, -0.5, 0.6)[:, None]
        length = self._uniform(x, 0.3, 1.2)[:, None]
        ramp = 0.01
        inside = ((t - start) / ramp).clamp(0, 1) * ((start + length - t) / ramp).clamp(0, 1)
        duck = 10 ** (-self._uniform(x, 0.0, 8.0)[:, None] / 20)
        over = 10 ** (self._uniform(x, -4.0, 6.0)[:, None] / 20)
        spoken = x * (1 + inside * (duck - 1)) + inside * voice * duck * over
        return torch.where(self._chance(x, 0.2)[:, None], spoken, x)


def _rms(x: Tensor) -> Tensor:
    return x.square().mean(dim=1, keepdim=True).sqrt() + 1e-6


def _depthwise(x: Tensor, taps: Tensor) -> Tensor:
    """Filter each row with its own taps (rows, 1, n), causal."""
    padded = torch.nn.functional.pad(x, (taps.shape[2] - 1, 0))
    return torch.nn.functional.conv1d(padded[None], taps, groups=len(x))[0]


def _fast_size(size: int) -> int:
    """The next multiple of 1920: a product of small primes, quick to transform."""
    return -(-size // 1920) * 1920
