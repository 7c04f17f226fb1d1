"""Open a media file safely.

FFmpeg reads hundreds of formats, some of which name other files or addresses to open. A music file
may do neither: only local files, and only formats that hold audio themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer

from knowledge.errors import UnreadableAudio

MAX_BYTES = 4 * 1024**3
MAX_DURATION_S = 12 * 3600.0
MAX_CHANNELS = 16

_EXTENSIONS = (
    ".aac .aif .aifc .aiff .ape .au .caf .dsf .flac .m4a .m4b .mka .mp2 .mp3 .mpc .oga .ogg "
    ".opus .spx .tta .w64 .wav .wave .wma .wv"
)
AUDIO_EXTENSIONS = frozenset(_EXTENSIONS.split())
"""What a scan looks at; everything else in a music folder is none of our business."""

_FORMATS = (
    "aac,aiff,ape,asf,au,caf,dsf,flac,matroska,webm,mov,mp4,m4a,mp3,mpc,mpc8,ogg,tta,w64,wav,wv"
)
_OPTIONS = {"protocol_whitelist": "file", "format_whitelist": _FORMATS}
# Plain PCM says what it is in its header; looking further for hidden formats costs 7 ms a file.
_PCM_OPTIONS = {**_OPTIONS, "probesize": "32768"}
_PCM_EXTENSIONS = frozenset({".wav", ".wave", ".w64"})

_AUDIO_MAGIC = (b"OggS", b"fLaC", b"ID3", b"RIFF", b"FORM", b"ftyp", b"\x30\x26\xb2\x75", b"wvpk")
_OTHER_MAGIC = (
    (b"\xff\xd8\xff", "a picture"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"%PDF", "a PDF document"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
    (b"#!", "a program"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"#EXTM3U", "a playlist"),
)
NOT_AUDIO = "This is not an audio file that we can read."


@contextmanager
def open_audio(path: Path) -> Iterator[tuple[InputContainer, AudioStream]]:
    """Open the file and its first audio stream.

    Raises:
        UnreadableAudio: empty, larger than 4 GB, not audio, or in a format we do not read.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableAudio(f"The file cannot be opened: {error.strerror}.") from error
    if size == 0:
        raise UnreadableAudio("The file is empty.")
    if size > MAX_BYTES:
        raise UnreadableAudio(f"The file is larger than {MAX_BYTES // 1024**3} GB.")
    options = _PCM_OPTIONS if path.suffix.lower() in _PCM_EXTENSIONS else _OPTIONS
    try:
        container = av.open(f"file:{path}", options=options, metadata_errors="replace")
    except PermissionError as error:
        raise UnreadableAudio("We are not allowed to read this file.") from error
    except (av.FFmpegError, OSError, ValueError) as error:
        raise UnreadableAudio(_why_not(path)) from error
    with container:
        if not container.streams.audio:
            raise UnreadableAudio("There is no audio in this file.")
        stream = container.streams.audio[0]
        if getattr(stream, "codec_context", None) is None:
            raise UnreadableAudio("The audio is in a format that we have no decoder for.")
        if not 0 < stream.codec_context.channels <= MAX_CHANNELS:
            raise UnreadableAudio(f"The audio has {stream.codec_context.channels} channels.")
        yield container, stream


def _why_not(path: Path) -> str:
    """Say what a file is that could not be opened, as far as its first bytes tell."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        return NOT_AUDIO
    if any(start.startswith(magic) or start[4:8] == magic for magic in _AUDIO_MAGIC):
        return "The file is damaged or incomplete."
    for magic, kind in _OTHER_MAGIC:
        if start.startswith(magic):
            return f"This is {kind}, not audio."
    return NOT_AUDIO
