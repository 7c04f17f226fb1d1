"""Clips as files of every codec that people send."""

from io import BytesIO

import av
import numpy as np
from av.audio.frame import AudioFrame

from knowledge.fingerprint.models import RATE_HZ, Samples

CODECS = {
    "wav": ("wav", "pcm_s16le", 44_100, {}),
    "flac": ("flac", "flac", 44_100, {}),
    "mp3": ("mp3", "libmp3lame", 44_100, {}),
    "ogg": ("ogg", "vorbis", 44_100, {"strict": "experimental"}),
    "opus": ("ogg", "libopus", 48_000, {}),
    "webm": ("webm", "libopus", 48_000, {}),
    "m4a": ("mp4", "aac", 44_100, {}),
    "aac": ("adts", "aac", 44_100, {}),
}
"""Container, codec and rate by the usual ending."""


def encoded(samples: Samples, kind: str) -> bytes:
    """Mono samples at `RATE_HZ` as a file of that kind."""
    container, codec, rate, options = CODECS[kind]
    held = BytesIO()
    with av.open(held, "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate, options=dict(options))
        assert isinstance(stream, av.AudioStream)
        layout = "stereo" if codec == "vorbis" else "mono"
        stream.codec_context.layout = layout
        resampler = av.AudioResampler(
            format=stream.codec_context.format,
            layout=layout,
            rate=rate,
            frame_size=stream.codec_context.frame_size or 4_096,
        )
        pcm = (np.clip(samples, -1, 1) * 32_767).astype(np.int16).reshape(1, -1)
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(pcm), format="s16", layout="mono")
        frame.sample_rate = RATE_HZ
        frame.pts = 0
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            out.mux(stream.encode(part))
        out.mux(stream.encode(None))
    return held.getvalue()
