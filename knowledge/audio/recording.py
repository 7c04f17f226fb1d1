"""Identify the recording in a file by its encoded audio, without decoding all of it.

The identity is a hash over the audio packets: new tags, a new cover or a new place leave it alone.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.stream import VideoStream

from knowledge.audio.container import MAX_DURATION_S, NOT_AUDIO, open_audio
from knowledge.errors import UnreadableAudio

_MAX_SILENT_PACKETS = 60
"""So many packets may pass before the first one decodes: priming, and a damaged beginning."""
_TRUE_LENGTH = frozenset({"flac", "wav", "w64", "aiff", "mov,mp4,m4a,3gp,3g2,mj2", "asf", "caf"})
"""Formats whose header states how much audio there is, so that a cut can be noticed."""
_CUT_SHORT = 0.9
_LONGEST_PACKET_S = 30.0
"""No packet holds more sound; a longer one has a wrong time stamp."""
_MAX_CODEC_NAME = 16
_RIFF_STREAMED = 0xFFFF_FF00
"""A recorder that did not know the length wrote something like this."""
_MAX_PICTURE_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Recording:
    """What the audio itself says, whatever the tags claim."""

    audio_hash: str
    """BLAKE2b of codec, rate, channels and all packets; 64 hexadecimal digits."""
    codec: str
    sample_rate: int
    channels: int
    duration_s: float
    tags: Mapping[str, str] = field(default_factory=dict)
    """The container's own tags by lower-case name, as FFmpeg spells them."""
    picture: bytes | None = None


def identify(path: Path, *, with_picture: bool = False) -> Recording:
    """Read all packets of the file's first audio stream.

    Raises:
        UnreadableAudio: not audio, broken, cut short, or longer than 12 hours.
    """
    try:
        with open_audio(path) as (container, stream):
            return _identify(path, container, stream, with_picture=with_picture)
    except (av.FFmpegError, OSError, ValueError) as error:
        raise UnreadableAudio(NOT_AUDIO) from error


def _identify(
    path: Path, container: InputContainer, stream: AudioStream, *, with_picture: bool
) -> Recording:
    context = stream.codec_context
    codec = context.codec.canonical_name[:_MAX_CODEC_NAME]
    header = f"{codec}/{context.sample_rate}/{context.channels}/"
    digest = hashlib.blake2b(header.encode(), digest_size=32)
    pictures: list[bytes] = []
    ticks = packets = 0
    heard = False
    longest = _LONGEST_PACKET_S / (stream.time_base or 1)
    for packet in _packets(container, stream, pictures if with_picture else None):
        digest.update(packet)
        packets += 1
        ticks += ticks_here if 0 < (ticks_here := packet.duration or 0) <= longest else 0
        if not heard and packets <= _MAX_SILENT_PACKETS:
            heard = _decodes(packet)
    if not packets:
        raise UnreadableAudio(NOT_AUDIO)
    if not heard:
        raise UnreadableAudio("No sound in this file can be decoded.")
    duration_s = _duration_s(container, stream, ticks)
    _refuse_cut(path, container, stream, duration_s)
    if duration_s > MAX_DURATION_S:
        raise UnreadableAudio(f"The recording is longer than {MAX_DURATION_S / 3600:.0f} hours.")
    return Recording(
        audio_hash=digest.hexdigest(),
        codec=codec,
        sample_rate=context.sample_rate,
        channels=context.channels,
        duration_s=duration_s,
        tags=_tags(container, stream),
        picture=pictures[0] if pictures else None,
    )


def _packets(
    container: InputContainer, stream: AudioStream, pictures: list[bytes] | None
) -> "Iterator[Packet[Any]]":
    """Yield the audio packets up to the end or the first damage; collect attached pictures."""
    attached = [] if pictures is None else _pictures(container)
    source = container.demux([stream, *attached])
    while True:
        try:
            packet = next(source)
        except (StopIteration, av.FFmpegError):
            return
        if not packet.size:
            continue
        if packet.stream_index == stream.index:
            yield packet
        elif pictures is not None and packet.size <= _MAX_PICTURE_BYTES:
            pictures.append(bytes(packet))


def _pictures(container: InputContainer) -> list[VideoStream]:
    attached = Disposition.attached_pic
    return [stream for stream in container.streams.video if stream.disposition & attached]


def _decodes(packet: "Packet[Any]") -> bool:
    try:
        return bool(packet.decode())
    except av.FFmpegError:
        return False


def _duration_s(container: InputContainer, stream: AudioStream, ticks: int) -> float:
    """Measure the length by the packets; by the header only where packets carry no length."""
    if ticks and stream.time_base:
        return float(ticks * stream.time_base)
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return (container.duration or 0) / av.time_base


def _refuse_cut(
    path: Path, container: InputContainer, stream: AudioStream, duration_s: float
) -> None:
    """Refuse a file that ends well before its header says.

    Raises:
        UnreadableAudio: more than a tenth is missing.
    """
    kind = container.format.name
    if kind not in _TRUE_LENGTH and not (kind == "mp3" and _counts_frames(path)):
        return
    declared_s = max(
        float((stream.duration or 0) * (stream.time_base or 0)),
        (container.duration or 0) / av.time_base,
        duration_s / _riff_share(path) if kind == "wav" else 0.0,
    )
    if duration_s < declared_s * _CUT_SHORT:
        raise UnreadableAudio(
            f"The file is cut short: {duration_s:.1f} s of {declared_s:.1f} s are there."
        )


def _riff_share(path: Path) -> float:
    """Return how much of a RIFF file is there, by the length in its header."""
    with path.open("rb") as file:
        head = file.read(8)
    declared = int.from_bytes(head[4:8], "little") + 8
    if not head.startswith(b"RIFF") or declared >= _RIFF_STREAMED:
        return 1.0
    return min(path.stat().st_size / declared, 1.0)


def _counts_frames(path: Path) -> bool:
    """Whether an MP3 states how many frames it has; otherwise its length is only estimated."""
    with path.open("rb") as file:
        head = file.read(10)
        if head.startswith(b"ID3"):
            size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
            file.seek(10 + size)
        first_frames = file.read(4096)
    return b"Xing" in first_frames or b"Info" in first_frames


def _tags(container: InputContainer, stream: AudioStream) -> dict[str, str]:
    found = {**stream.metadata, **container.metadata}
    return {name.lower(): value for name, value in found.items()}
