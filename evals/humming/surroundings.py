"""Where somebody hums, and what it is recorded with: room, noise, microphone, codec."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from evals.humming.performance import Random, SungKind
from knowledge.melody.models import Samples

Wave = NDArray[np.float64]
CODECS: Final = {"opus": "ogg", "mp3": "mp3", "aac": "adts"}
_ENCODERS = {"opus": "libopus", "mp3": "libmp3lame", "aac": "aac"}
_FORMATS = {"opus": "flt", "mp3": "fltp", "aac": "fltp"}
_PRIMING = {"aac": 1024}
"""Samples by which the decoder is late where the container does not say so."""
_FRAME_S, _SOUNDING = 0.03, 0.1
"""Frames above this share of the loudest frame's level count as voice."""
_TALKERS = 5


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A room and a recorder."""

    snr_db: float
    t60_s: float
    """0 is a dry recording."""
    direct_db: float
    """Direct sound against reverberation."""
    pink: float
    babble: float
    mains: float
    """Shares of the noise's power; they make 1."""
    mains_hz: float
    low_cut_hz: float
    high_cut_hz: float
    """0 leaves the band open."""
    overdrive_db: float
    """How far the peak is above full scale; 0 clips nothing."""
    codec: str
    """"" for none."""
    bit_rate: int
    level_db: float
    """Peak of the recording."""

    @classmethod
    def drawn(cls, kind: SungKind, snr_db: float, random: Random) -> Self:
        """Some room, some telephone."""
        shares = random.dirichlet([2.0, 1.2, 0.5])
        codec = str(random.choice(["", "opus", "mp3", "aac"], p=[0.4, 0.3, 0.15, 0.15]))
        narrow = 0.0 if kind is SungKind.WHISTLE else 3400.0
        return cls(
            snr_db=snr_db,
            t60_s=float(random.choice([0.0, random.uniform(0.15, 0.7)], p=[0.2, 0.8])),
            direct_db=float(random.uniform(-1, 12)),
            pink=float(shares[0]),
            babble=float(shares[1]),
            mains=float(shares[2]),
            mains_hz=float(random.choice([50.0, 60.0])),
            low_cut_hz=float(random.choice([60.0, 120.0, 250.0], p=[0.4, 0.4, 0.2])),
            high_cut_hz=float(random.choice([0.0, 7000.0, 4200.0, narrow])),
            overdrive_db=float(random.choice([0.0, random.uniform(2, 9)], p=[0.85, 0.15])),
            codec=codec,
            bit_rate=int(random.choice([16_000, 24_000, 32_000, 48_000])),
            level_db=float(random.uniform(-22, -1)),
        )


def place_in(voice: Wave, where: Surroundings, rate_hz: int, random: Random) -> Samples:
    """Let a dry `voice` sound there, and record it."""
    heard = _reverberated(voice, where, rate_hz, random) if where.t60_s else voice
    noise = _noise(len(heard), where, rate_hz, random)
    noise *= _sounding_rms(heard, rate_hz) * 10 ** (-where.snr_db / 20) / _rms(noise)
    recorded = _band(heard + noise, where, rate_hz)
    recorded /= float(np.abs(recorded).max()) + 1e-9
    if where.overdrive_db:
        recorded = np.clip(recorded * 10 ** (where.overdrive_db / 20), -1, 1)
    recorded *= 10 ** (where.level_db / 20)
    samples = recorded.astype(np.float32)
    return coded(samples, rate_hz, where.codec, where.bit_rate) if where.codec else samples


def coded(samples: Samples, rate_hz: int, codec: str, bit_rate: int) -> Samples:
    """Encode and decode again: the same length, at most a few milliseconds late.

    Args:
        samples: mono.
        rate_hz: one that the codec takes: 24,000 and 48,000 are taken by all.
        codec: a key of `CODECS`.
        bit_rate: bits a second.
    """
    import av  # noqa: PLC0415  half a second that only new queries need
    from av.audio.frame import AudioFrame  # noqa: PLC0415
    from av.audio.stream import AudioStream  # noqa: PLC0415

    file = BytesIO()
    with av.open(file, "w", format=CODECS[codec]) as container:
        stream = container.add_stream(_ENCODERS[codec], rate=rate_hz, layout="mono")
        if not isinstance(stream, AudioStream):
            raise TypeError(f"{codec} is not a codec for sound.")
        stream.bit_rate = bit_rate
        form = _FORMATS[codec]
        stream.format = form
        frame = AudioFrame.from_ndarray(samples[None, :], format=form, layout="mono")
        frame.sample_rate = rate_hz
        fifo = av.AudioFifo()
        fifo.write(frame)
        size = stream.codec_context.frame_size or 960
        while (part := fifo.read(size, partial=True)) is not None:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    file.seek(0)
    resampler = av.AudioResampler(format="flt", layout="mono", rate=rate_hz)
    with av.open(file, "r") as container:
        blocks = [
            block.to_ndarray().reshape(-1)
            for frame in container.decode(audio=0)
            for block in resampler.resample(frame)
        ]
    heard = np.concatenate(blocks)[_PRIMING.get(codec, 0) :][: len(samples)]
    return np.pad(heard, (0, len(samples) - len(heard))).astype(np.float32)


def pink(count: int, rate_hz: int, random: Random) -> Wave:
    """Noise whose power falls with 1/f, flat below 30 Hz."""
    spectrum = np.fft.rfft(random.standard_normal(count))
    hertz = np.maximum(np.fft.rfftfreq(count, 1 / rate_hz), 30.0)
    noise: Wave = np.fft.irfft(spectrum / np.sqrt(hertz), count)
    return noise / _rms(noise)


def babble(count: int, rate_hz: int, random: Random) -> Wave:
    """A few people who talk at once, made of pulses under moving vowels; nobody says a word."""
    crowd = np.zeros(count)
    for _ in range(_TALKERS):
        crowd += random.uniform(0.4, 1.0) * _talker(count, rate_hz, random)
    return crowd / _rms(crowd)


def _talker(count: int, rate_hz: int, random: Random) -> Wave:
    syllables = max(2, int(count / rate_hz * random.uniform(3.5, 5.5)))
    times = np.linspace(0, count, syllables)
    base = random.choice([110.0, 140.0, 190.0, 230.0])
    hertz = np.interp(np.arange(count), times, base * np.exp(random.normal(0, 0.15, syllables)))
    turns = np.cumsum(hertz) / rate_hz
    pulses = np.diff(np.floor(turns), prepend=0.0) + 0.02 * random.standard_normal(count)
    loud = np.interp(
        np.arange(count), times, random.choice([0, 0.4, 1.0], syllables, p=[0.2, 0.3, 0.5])
    )
    speech = np.zeros(count)
    for low, high in ((300, 850), (900, 2300), (2300, 3400)):
        centre = random.uniform(low, high)
        band = signal.butter(
            1, (centre * 0.85, centre * 1.15), "bandpass", fs=rate_hz, output="sos"
        )
        speech += signal.sosfilt(band, pulses)
    spoken: Wave = speech * loud
    return spoken / _rms(spoken)


def _noise(count: int, where: Surroundings, rate_hz: int, random: Random) -> Wave:
    time = np.arange(count) / rate_hz
    hum = np.zeros(count)
    for number in (1, 2, 3, 5, 7):
        wave = np.sin(2 * np.pi * number * where.mains_hz * time + random.uniform(0, 6))
        hum += random.uniform(0.2, 1) / number * wave
    noise: Wave = (
        np.sqrt(where.pink) * pink(count, rate_hz, random)
        + np.sqrt(where.babble) * babble(count, rate_hz, random)
        + np.sqrt(where.mains) * hum / _rms(hum)
    )
    return noise


def _reverberated(voice: Wave, where: Surroundings, rate_hz: int, random: Random) -> Wave:
    count = round(1.1 * where.t60_s * rate_hz)
    decay = np.exp(-6.9 * np.arange(count) / (where.t60_s * rate_hz))
    soft = signal.butter(1, 4500, fs=rate_hz, output="sos")
    tail = signal.sosfilt(soft, random.standard_normal(count)) * decay
    tail[: round(0.004 * rate_hz)] = 0
    tail *= np.sqrt(10 ** (-where.direct_db / 10) / np.sum(tail**2))
    tail[0] = 1.0
    heard: Wave = signal.oaconvolve(voice, tail)[: len(voice)]
    return heard


def _band(sound: Wave, where: Surroundings, rate_hz: int) -> Wave:
    filters = [signal.butter(2, where.low_cut_hz, "highpass", fs=rate_hz, output="sos")]
    if where.high_cut_hz:
        filters.append(signal.butter(4, where.high_cut_hz, "lowpass", fs=rate_hz, output="sos"))
    heard: Wave = signal.sosfilt(np.vstack(filters), sound)
    return heard


def _sounding_rms(sound: Wave, rate_hz: int) -> float:
    size = round(_FRAME_S * rate_hz)
    frames = sound[: len(sound) // size * size].reshape(-1, size)
    level = np.sqrt(np.mean(frames**2, axis=1))
    return _rms(frames[level > _SOUNDING * level.max()])


def _rms(sound: Wave) -> float:
    return float(np.sqrt(np.mean(sound**2))) + 1e-12
