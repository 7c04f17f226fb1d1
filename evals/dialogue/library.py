"""The library that the scenarios play: real files, made and indexed once, then copied."""

import fcntl
import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.indexer import Indexer
from knowledge.models import Track

_RATE_HZ: Final = 16_000
_LENGTH_S: Final = 100
_VERSION: Final = "1"


@dataclass(frozen=True, slots=True)
class Song:
    """What a file says, and how lively it sounds."""

    title: str
    artist: str
    album: str
    track: int
    year: int
    genre: str
    mood: str
    energy: float
    bpm: int


_LINES: Final = (Path(__file__).parent / "songs.txt").read_text("utf-8")


def songs() -> tuple[Song, ...]:
    """Every song of `songs.txt`, numbered on its album in the order of the list.

    A line holds title, artist, album, year, genre, mood, energy (0 to 1) and beats a minute.
    """
    made: list[Song] = []
    for line in _LINES.strip().splitlines():
        title, artist, album, year, genre, mood, energy, bpm = map(str.strip, line.split(" | "))
        number = sum(song.album == album for song in made) + 1
        made.append(
            Song(title, artist, album, number, int(year), genre, mood, float(energy), int(bpm))
        )
    return tuple(made)


@dataclass(frozen=True, slots=True)
class DialogueLibrary:
    """The indexed library in a folder."""

    folder: Path

    def copy_to(self, data: Path) -> None:
        """Give `data` a database of its own; the music is shared, as nobody changes it."""
        data.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.folder / "library.db", data / "library.db")

    @staticmethod
    def track(tracks: tuple[Track, ...], said: str) -> Track:
        """The track called "Title", or "Title / Artist".

        Raises:
            LookupError: there is none.
        """
        title, _, artist = (part.strip() for part in said.partition(" / "))
        for track in tracks:
            if track.title == title and (not artist or artist in track.artists):
                return track
        raise LookupError(f"the library of the scenarios has no {said!r}")


def make_library(folder: Path) -> DialogueLibrary:
    """Write and index the files, some twenty CPU seconds; what is there already is used."""
    key = hashlib.sha256(f"{_VERSION}/{_LENGTH_S}/{_LINES}".encode()).hexdigest()[:16]
    home = folder / key
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{key}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two runs at once must not write into one folder
        if not (home / "library.db").exists():
            _make(home)
    return DialogueLibrary(home)


def _make(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    music = home / "music"
    for song in songs():
        _write(music, song)
    database = Database.at(home / "making.db")
    indexer = Indexer(database, home / "covers", [music], workers=1)
    indexer.scan()
    indexer.analyse()
    count = len(Catalog(database, home / "covers").list_tracks(limit=500)[0])
    database.close()
    if count != len(songs()):
        raise LookupError(f"only {count} of {len(songs())} made files could be indexed")
    (home / "making.db").rename(home / "library.db")


def _write(music: Path, song: Song) -> None:
    path = music / _safe(song.artist) / _safe(song.album) / f"{song.track:02d}.flac"
    path.parent.mkdir(parents=True, exist_ok=True)
    frame = av.AudioFrame.from_ndarray(_sound(song), format="s16", layout="mono")
    frame.sample_rate = _RATE_HZ
    with av.open(str(path), "w") as output:
        output.metadata.update(
            title=song.title,
            artist=song.artist,
            album=song.album,
            album_artist=song.artist,
            track=str(song.track),
            date=str(song.year),
            genre=song.genre,
            mood=song.mood,
        )
        stream = output.add_stream("flac", rate=_RATE_HZ)
        assert isinstance(stream, AudioStream)  # noqa: S101 - an audio codec was asked for
        stream.codec_context.layout = "mono"
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))


def _sound(song: Song) -> NDArray[np.int16]:
    """A chord with clicks on the beat: louder, brighter and denser with energy; [1, samples]."""
    seed = int.from_bytes(hashlib.sha256(f"{song.title}/{song.artist}".encode()).digest()[:4])
    random = np.random.default_rng(seed)
    beat = int(60 / song.bpm * _RATE_HZ)
    loop = np.zeros(beat * 8)
    at = np.arange(len(loop)) / _RATE_HZ
    root = 110 * 2 ** (int(random.integers(12)) / 12)
    for step in (0, 4 if song.energy > 0.5 else 3, 7):
        loop += 0.08 * np.sin(2 * np.pi * root * 2 ** (step / 12) * at)
    decay = np.exp(-np.arange(beat) / (_RATE_HZ * 0.03))
    for place in range(8):
        hit = random.normal(0, 1, beat) * decay * song.energy * 0.5
        loop[place * beat : (place + 1) * beat] += hit
    loop *= 0.15 + 0.8 * song.energy
    whole = np.tile(loop, -(-_LENGTH_S * _RATE_HZ // len(loop)))[: _LENGTH_S * _RATE_HZ]
    return (np.clip(whole, -1, 1) * 32_000).astype(np.int16)[np.newaxis]


def _safe(name: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in name)
