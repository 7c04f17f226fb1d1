"""Small real music files in every format the library reads."""

import base64
import struct
from collections.abc import Mapping
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.stream import Disposition
from numpy.typing import NDArray
from PIL import Image

FORMATS = ("flac", "ogg", "opus", "mp3", "m4a", "wav", "aiff", "wma")
_CODECS = {
    "flac": "flac",
    "ogg": "vorbis",
    "opus": "libopus",
    "mp3": "libmp3lame",
    "m4a": "aac",
    "wav": "pcm_s16le",
    "aiff": "pcm_s16be",
    "wma": "wmav2",
}
_MUXERS = {"wma": "asf", "opus": "ogg", "m4a": "mp4"}
_HOLD_PICTURES = ("flac", "mp3", "m4a")


def tone(seconds: float = 1.0, *, hertz: float = 440.0, rate: int = 44_100) -> NDArray[np.float32]:
    """Return a sine at a third of full scale, shape (n,)."""
    time = np.arange(int(seconds * rate)) / rate
    return (0.3 * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def clicks(
    bpm: float, seconds: float = 45.0, *, hertz: float = 300.0, rate: int = 44_100
) -> NDArray[np.float32]:
    """Return short decaying tones on every beat, shape (n,)."""
    out = np.zeros(int(seconds * rate), np.float32)
    length = int(0.08 * rate)
    time = np.arange(length) / rate
    click = (0.5 * np.exp(-time / 0.02) * np.sin(2 * np.pi * hertz * time)).astype(np.float32)
    for start in np.arange(0, seconds - 0.1, 60 / bpm):
        place = int(start * rate)
        out[place : place + length] += click[: out.size - place]
    return out


def picture(color: str = "teal", *, size: int = 32, kind: str = "JPEG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (size, size), color).save(out, kind)
    return out.getvalue()


def write_music(
    path: Path,
    samples: NDArray[np.float32] | None = None,
    *,
    tags: Mapping[str, str] | None = None,
    cover: bytes | None = None,
    rate: int = 44_100,
) -> Path:
    """Encode `samples` (mono (n,) or stereo (2, n)) in the format that the suffix names."""
    path.parent.mkdir(parents=True, exist_ok=True)
    suffix = path.suffix[1:].lower()
    samples = tone(rate=rate) if samples is None else samples
    with av.open(str(path), "w", format=_MUXERS.get(suffix)) as output:
        stream = output.add_stream(_CODECS[suffix], rate=48_000 if suffix == "opus" else rate)
        assert isinstance(stream, AudioStream)
        context = stream.codec_context
        context.layout = "stereo"
        context.options = {"strict": "experimental"}
        context.bit_rate = 128_000
        output.metadata.update(tags or {})
        if cover is not None and suffix in {"ogg", "opus"}:
            output.metadata["METADATA_BLOCK_PICTURE"] = _picture_block(cover)
        if cover is not None and suffix in _HOLD_PICTURES:
            _attach(output, cover)
        resampler = av.AudioResampler(
            format=context.format,
            layout="stereo",
            rate=context.sample_rate,
            frame_size=context.frame_size or 4096,
        )
        for frame in [*resampler.resample(_frame(samples, rate)), *resampler.resample(None)]:
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def _frame(samples: NDArray[np.float32], rate: int) -> av.AudioFrame:
    stereo = np.stack((samples, samples)) if samples.ndim == 1 else samples
    whole = np.clip(np.rint(stereo * 32_767), -32_768, 32_767).astype(np.int16)
    interleaved = np.ascontiguousarray(whole.T).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(interleaved, format="s16", layout="stereo")
    frame.sample_rate = rate
    return frame


def _attach(output: av.container.OutputContainer, cover: bytes) -> None:
    stream = output.add_stream("mjpeg")
    stream.width = stream.height = 32
    stream.pix_fmt = "yuvj420p"
    stream.disposition = Disposition.attached_pic
    output.start_encoding()
    packet = av.Packet(cover)
    packet.stream = stream
    packet.pts = packet.dts = 0
    packet.time_base = Fraction(1, 90_000)
    packet.is_keyframe = True
    output.mux(packet)


def _picture_block(cover: bytes) -> str:
    mime = b"image/jpeg"
    head = struct.pack(">II", 3, len(mime)) + mime + struct.pack(">I", 0)
    body = struct.pack(">IIIII", 32, 32, 24, 0, len(cover)) + cover
    return base64.b64encode(head + body).decode()
