"""A small library of real files for tests that drive the page."""

from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

SAMPLE_RATE = 44_100
HOSTILE_TITLE = "<img src=x onerror=\"window.hacked='title'\">"
HOSTILE_ARTIST = "<script>window.hacked='artist'</script>"
ARABIC_TITLE = "أغنية البحر"


@dataclass(frozen=True, slots=True)
class Piece:
    """One recording to make: soft slow tones when calm, loud fast ones otherwise."""

    title: str
    artist: str = "Clara Voss"
    album: str = "Tidewater"
    year: int = 1974
    genre: str = "Ambient"
    duration_s: float = 8.0
    calm: bool = True
    pitch_hz: float = 220.0
    track_no: int = field(default=1)


LIBRARY = (
    Piece("Morning Over the Estuary", track_no=1, pitch_hz=196.0),
    Piece("Slow Lanterns", track_no=2, pitch_hz=220.0),
    Piece("The Long Grass", track_no=3, pitch_hz=247.0),
    Piece("Quiet Harbour", track_no=4, pitch_hz=262.0),
    Piece("Copper Wire", "Mid Atlantic", "Signal Hill", 2021, "Techno", 8.0, False, 440.0, 1),
    Piece("Night Ferry", "Mid Atlantic", "Signal Hill", 2021, "Techno", 8.0, False, 494.0, 2),
    Piece("Brass Yard", "Mid Atlantic", "Signal Hill", 2021, "Techno", 8.0, False, 523.0, 3),
    Piece(HOSTILE_TITLE, HOSTILE_ARTIST, '"><b>Mallory</b>', 1999, "Noise", 8.0, False, 330.0, 1),
    Piece(ARABIC_TITLE, "نور الشرق", "Harbour", 2011, "World", 8.0, True, 294.0, 1),
)


def make_library(folder: Path, pieces: tuple[Piece, ...] = LIBRARY) -> Path:
    """Write FLAC files with tags, and a cover picture beside each album."""
    for number, piece in enumerate(pieces):
        album = folder / f"album-{abs(hash_of(piece.album)) % 10_000:04d}"
        album.mkdir(parents=True, exist_ok=True)
        cover = album / "cover.jpg"
        if not cover.exists():
            hue = hash_of(piece.album) % 256
            Image.new("HSV", (300, 300), (hue, 170, 190)).convert("RGB").save(cover)
        write_flac(album / f"{number:02d}.flac", tone(piece), piece)
    return folder


def tone(piece: Piece) -> NDArray[np.float32]:
    """Stereo samples, shape (2, n): never silent for longer than a moment."""
    count = int(piece.duration_s * SAMPLE_RATE)
    time_s = np.arange(count) / SAMPLE_RATE
    beats_per_s = 0.8 if piece.calm else 2.6
    decay = np.exp(-(1.0 if piece.calm else 6.0) * (time_s % (1 / beats_per_s)))
    sound = np.sin(2 * np.pi * piece.pitch_hz * time_s) * (0.4 + 0.6 * decay)
    if piece.calm:
        sound *= 0.25
    else:
        noise = np.random.default_rng(int(piece.pitch_hz)).standard_normal(count)
        sound = 0.6 * np.sign(sound) * decay + 0.25 * noise * decay
    return np.vstack([sound, sound]).astype(np.float32)


def write_flac(path: Path, samples: NDArray[np.float32], piece: Piece) -> None:
    """Encode `samples`, shape (2, n), -1 to 1, with the tags of `piece`."""
    with av.open(str(path), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=SAMPLE_RATE, layout="stereo", format="s16")
        container.metadata.update(
            {
                "title": piece.title,
                "artist": piece.artist,
                "album": piece.album,
                "album_artist": piece.artist,
                "date": str(piece.year),
                "genre": piece.genre,
                "track": str(piece.track_no),
            }
        )
        whole = (np.clip(samples, -1, 1) * 32_000).astype(np.int16)
        for start in range(0, whole.shape[1], 4096):
            interleaved = whole[:, start : start + 4096].T.reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(interleaved), format="s16", layout="stereo"
            )
            frame.sample_rate = SAMPLE_RATE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def hash_of(text: str) -> int:
    """The same for the same text in every process."""
    return sum(ord(letter) * (index + 1) for index, letter in enumerate(text))
