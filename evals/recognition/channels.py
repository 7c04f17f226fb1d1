"""What music passes through on its way: rooms, codecs, telephones, changed speed and pitch."""

from io import BytesIO
from typing import TypeAlias

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from evals.errors import EvaluationImpossible
from evals.recognition.noises import Random, rms
from evals.recognition.tracks import RATE_HZ

Wave: TypeAlias = NDArray[np.float64]

_SILENT_S = 0.004
_REFLECTIONS = 12
_REFLECTIONS_UNTIL_S = 0.05
_REFLECTION_GAIN = 60.0
_TAIL_LOW_PASS_HZ = 4000.0
_TAIL_LENGTH = 1.2
"""Length of the tail as a multiple of the reverberation time."""
_PHONE_HZ = 8000
_PHONE_BAND_HZ = (300.0, 3400.0)
_MICROPHONE_BAND_HZ = (250.0, 5500.0)
_DRIVE = 4.0
"""The microphone amplifier begins to bend at this many times the RMS."""


def room(music: Wave, t60_s: float, direct_db: float, random: Random) -> Wave:
    """Let music sound in a made-up room.

    Args:
        music: mono at 44,100 Hz; the room is silent before it begins.
        t60_s: time in which the sound falls by 60 dB, seconds.
        direct_db: direct-to-reverberant ratio, dB.
        random: draws the room.
    """
    # Half a second to import, and only clips that are not in the cache need it.
    from scipy.signal import fftconvolve, lfilter  # noqa: PLC0415

    count = int(_TAIL_LENGTH * t60_s * RATE_HZ)
    decay = np.exp(-np.log(1000) * np.arange(count) / (t60_s * RATE_HZ))
    smooth = np.exp(-2 * np.pi * _TAIL_LOW_PASS_HZ / RATE_HZ)
    tail: Wave = lfilter([1 - smooth], [1, -smooth], random.standard_normal(count) * decay)
    silent = int(_SILENT_S * RATE_HZ)
    tail[:silent] = 0
    places = random.integers(silent, int(_REFLECTIONS_UNTIL_S * RATE_HZ), _REFLECTIONS)
    strongest = _REFLECTION_GAIN * float(np.abs(tail[silent:]).mean())
    np.add.at(tail, places, random.uniform(-strongest, strongest, _REFLECTIONS))
    tail *= np.sqrt(10 ** (-direct_db / 10) / np.sum(np.square(tail)))
    tail[0] = 1.0
    sounding: Wave = fftconvolve(music, tail)[: len(music)]
    return sounding


def mp3(music: Wave, bit_rate: int) -> Wave:
    """Encode with LAME and decode again; the same length, not delayed."""
    peak = max(1.0, float(np.abs(music).max()))
    file = BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=RATE_HZ, layout="mono")
        stream.bit_rate = bit_rate
        frame = AudioFrame.from_ndarray(
            (music / peak).astype(np.float32)[None, :], format="fltp", layout="mono"
        )
        frame.sample_rate = RATE_HZ
        fifo = av.AudioFifo()
        fifo.write(frame)
        size = stream.codec_context.frame_size or 1152
        while (block := fifo.read(size, partial=True)) is not None:
            container.mux(stream.encode(block))
        container.mux(stream.encode(None))
    file.seek(0)
    with av.open(file, "r") as coded:
        decoded = [frame.to_ndarray()[0] for frame in coded.decode(audio=0)]
    return fitted(np.concatenate(decoded).astype(np.float64) * peak, len(music))


def telephone(music: Wave) -> Wave:
    """Pass through a telephone line: 300 to 3,400 Hz, 8 kHz, 16 bits."""
    from scipy.signal import butter, resample_poly, sosfilt  # noqa: PLC0415

    band = butter(6, _PHONE_BAND_HZ, "bandpass", fs=RATE_HZ, output="sos")
    line = resample_poly(sosfilt(band, music), _PHONE_HZ // 100, RATE_HZ // 100)
    line *= 0.9 / max(1e-9, float(np.abs(line).max()))
    heard = np.rint(line * 32_767) / 32_767
    return fitted(resample_poly(heard, RATE_HZ // 100, _PHONE_HZ // 100), len(music))


def microphone(sound: Wave, bit_rate: int) -> Wave:
    """Record with a phone: a narrow band, an amplifier that bends, an MP3."""
    from scipy.signal import butter, sosfilt  # noqa: PLC0415

    band = butter(2, _MICROPHONE_BAND_HZ, "bandpass", fs=RATE_HZ, output="sos")
    narrow = sosfilt(band, sound)
    return mp3(0.9 * np.tanh(narrow / (_DRIVE * rms(narrow))), bit_rate)


def faster(music: Wave, factor: float) -> Wave:
    """Play faster: tempo and pitch rise together by `factor`."""
    from scipy.signal import resample_poly  # noqa: PLC0415

    quick: Wave = resample_poly(music, 1000, round(1000 * factor))
    return quick


def stretched(music: Wave, factor: float = 1.0, semitones: float = 0.0) -> Wave:
    """Change tempo by `factor` and pitch by `semitones`, each without the other."""
    try:
        import pedalboard  # noqa: PLC0415
    except ImportError as error:
        raise EvaluationImpossible("Stretching needs the package pedalboard.") from error

    changed: NDArray[np.float32] = pedalboard.time_stretch(
        music.astype(np.float32)[None, :],
        RATE_HZ,
        stretch_factor=factor,
        pitch_shift_in_semitones=semitones,
        preserve_formants=False,
    )
    wave: Wave = changed[0].astype(np.float64)
    return wave


def fitted(sound: Wave, count: int) -> Wave:
    """Cut, or pad with silence at the end, to `count` samples."""
    return np.pad(sound[:count], (0, max(0, count - len(sound))))
