"""Writes a rendered recording as FLAC, Ogg Vorbis, Opus, MP3, M4A or WAV, with tags and cover."""

import base64
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.stream import Disposition

from knowledge.demo.discography import Placed
from knowledge.demo.sound import SAMPLE_RATE, Audio


@dataclass(frozen=True, slots=True)
class Container:
    """How one file type is written."""

    muxer: str
    codec: str
    sample_rate: int = SAMPLE_RATE
    bit_rate: int | None = None
    muxer_options: Mapping[str, str] | None = None
    codec_options: Mapping[str, str] | None = None
    cover_stream: bool = False
    """The cover is an attached picture."""
    cover_comment: bool = False
    """The cover is a METADATA_BLOCK_PICTURE comment (Ogg)."""


CONTAINERS: Mapping[str, Container] = {
    "flac": Container("flac", "flac", cover_stream=True),
    "mp3": Container(
        "mp3",
        "libmp3lame",
        bit_rate=192_000,
        # Less searching than the default: half the time, and no worse to hear at this rate.
        codec_options={"compression_level": "7"},
        cover_stream=True,
    ),
    "m4a": Container(
        "mp4",
        "aac",
        bit_rate=192_000,
        muxer_options={"brand": "M4A "},
        codec_options={"aac_coder": "fast"},
        cover_stream=True,
    ),
    "ogg": Container(
        "ogg",
        "vorbis",
        bit_rate=224_000,
        codec_options={"strict": "experimental"},
        cover_comment=True,
    ),
    "opus": Container(
        "ogg",
        "libopus",
        sample_rate=48_000,
        bit_rate=128_000,
        codec_options={"compression_level": "5"},
        cover_comment=True,
    ),
    "wav": Container("wav", "pcm_s16le"),
}


def write_audio(path: Path, sound: Audio, tags: Mapping[str, str], cover: bytes) -> None:
    """Write stereo `sound` to `path`, all or nothing: a partial file never bears this name.

    Args:
        path: its suffix chooses the format; the folder exists.
        sound: (2, n) at SAMPLE_RATE.
        tags: by the names FFmpeg uses, such as "album_artist".
        cover: a JPEG picture; left out where the container has no place for it.
    """
    partial = path.with_name(f".{path.name}.part")
    container = CONTAINERS[path.suffix[1:]]
    try:
        _write(partial, container, sound, tags, cover)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def tags_of(placed: Placed, composer: str) -> dict[str, str]:
    """Every tag of a recording, by FFmpeg's names."""
    album, recording = placed.album, placed.recording
    disc = album.discs[placed.disc_no - 1]
    tags = {
        "title": recording.title,
        "artist": "; ".join(placed.artists),
        "album": album.title,
        "album_artist": album.artist,
        "track": f"{placed.track_no}/{len(disc)}",
        "disc": f"{placed.disc_no}/{len(album.discs)}",
        "date": str(album.year),
        "genre": placed.genre,
        "composer": composer,
        "comment": recording.comment or "Synthesised for the Refrain demo library.",
    }
    moods = ", ".join(recording.moods)
    if recording.suffix == "mp3":
        tags["TMOO"] = moods
    elif recording.suffix in {"flac", "ogg", "opus"}:
        tags["mood"] = moods
    if album.is_compilation:
        tags["compilation"] = "1"
    return tags


def _write(
    path: Path, container: Container, sound: Audio, tags: Mapping[str, str], cover: bytes
) -> None:
    options = {"fflags": "+bitexact", **(container.muxer_options or {})}
    with av.open(str(path), "w", format=container.muxer, options=options) as output:
        stream = output.add_stream(container.codec, rate=container.sample_rate)
        assert isinstance(stream, av.AudioStream)  # noqa: S101 an audio codec was asked for
        context = stream.codec_context
        context.layout = "stereo"
        context.options = {"flags": "+bitexact", **(container.codec_options or {})}
        if container.bit_rate:
            context.bit_rate = container.bit_rate
        output.metadata.update(tags)
        if container.cover_comment:
            output.metadata["METADATA_BLOCK_PICTURE"] = picture_block(cover)
        if container.cover_stream:
            picture = output.add_stream("mjpeg")
            picture.width = picture.height = jpeg_size(cover)
            picture.pix_fmt = "yuvj420p"
            picture.disposition = Disposition.attached_pic
            # The picture type of ID3 and FLAC, in the words FFmpeg knows it by.
            picture.metadata["comment"] = "Cover (front)"
            output.start_encoding()
            packet = av.Packet(cover)
            packet.stream = picture
            packet.pts = packet.dts = 0
            packet.time_base = Fraction(1, 90_000)
            packet.is_keyframe = True
            output.mux(packet)
        resampler = av.AudioResampler(
            format=context.format,
            layout="stereo",
            rate=container.sample_rate,
            frame_size=context.frame_size or 4096,
        )
        for frame in [*resampler.resample(_frame(sound)), *resampler.resample(None)]:
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))


def _frame(sound: Audio) -> av.AudioFrame:
    rng = np.random.default_rng(0)
    # Triangular dither: fades end in the faintest hiss instead of a buzz.
    dither = rng.random(sound.shape, dtype=np.float32) - rng.random(sound.shape, dtype=np.float32)
    whole = np.clip(np.rint(sound * 32_767 + dither), -32_768, 32_767).astype(np.int16)
    interleaved = np.ascontiguousarray(whole.T).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(interleaved, format="s16", layout="stereo")
    frame.sample_rate = SAMPLE_RATE
    frame.pts = 0
    return frame


def picture_block(cover: bytes) -> str:
    """A front cover as Vorbis comments carry it: FLAC's picture block in base64."""
    kind = b"image/jpeg"
    side = jpeg_size(cover)
    block = struct.pack(">II", 3, len(kind)) + kind + struct.pack(">I", 0)
    block += struct.pack(">IIIII", side, side, 24, 0, len(cover)) + cover
    return base64.b64encode(block).decode("ascii")


def jpeg_size(cover: bytes) -> int:
    """Width of a baseline JPEG in pixels, from its frame header."""
    place = 2
    while place + 9 < len(cover):
        marker, size = cover[place + 1], int.from_bytes(cover[place + 2 : place + 4], "big")
        if marker in {0xC0, 0xC2}:
            return int.from_bytes(cover[place + 7 : place + 9], "big")
        place += 2 + size
    raise ValueError("not a JPEG picture")
