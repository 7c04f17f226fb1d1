"""What a demo recording and a demo album are; the albums themselves are in albums.py."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from zlib import crc32

VARIOUS_ARTISTS = "Various Artists"
_NOT_IN_FILE_NAMES = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))


@dataclass(frozen=True, slots=True)
class Recording:
    """One track: who plays which tune, and how."""

    title: str
    tune: str
    """Name of the tune in the tune files."""
    style: str
    tempo_bpm: float
    moods: tuple[str, ...]
    energy: float
    """0 (still) to 1 (driving), as intended."""
    suffix: str
    """flac, ogg, opus, mp3, m4a or wav."""
    form: str = ""
    """Parts in order, such as "A A B+2" (B two semitones up); empty: the tune's own."""
    transpose: int = 0
    """Semitones above the written key."""
    artists: tuple[str, ...] = ()
    """Credited artists; empty: the album's."""
    genre: str = ""
    """Empty: the album's."""
    live: bool = False
    brilliance_db: float = 0.0
    tape: bool = False
    loudness_db: float = 0.0
    """Added to the loudness that follows from the energy."""
    take: int = 0
    """Recordings of one tune in one style differ by this number."""
    comment: str = ""

    @property
    def lufs(self) -> float:
        """Loudness aimed at: calm music is quieter than driving music."""
        return -19.5 + 6.5 * self.energy + self.loudness_db

    @property
    def seed(self) -> int:
        """The players' dice: the same for two masters of one take."""
        return crc32(f"{self.tune}/{self.style}/{self.take}".encode())


@dataclass(frozen=True, slots=True)
class Album:
    """An album by invented artists."""

    title: str
    artist: str
    year: int
    genre: str
    cover: str
    """Name of the cover's design."""
    discs: tuple[tuple[Recording, ...], ...]
    label: str = ""
    """Title in Latin letters for the cover, where it has others."""

    @property
    def folder(self) -> PurePosixPath:
        """Where it lies in the library: Artist/Album."""
        return PurePosixPath(file_name(self.artist)) / file_name(self.title)

    @property
    def is_compilation(self) -> bool:
        """Whether its tracks are by different artists."""
        return self.artist == VARIOUS_ARTISTS


@dataclass(frozen=True, slots=True)
class Placed:
    """A recording at its place on an album."""

    recording: Recording
    album: Album
    disc_no: int
    track_no: int

    @property
    def artists(self) -> tuple[str, ...]:
        """Everyone credited, main artist first."""
        return self.recording.artists or (self.album.artist,)

    @property
    def genre(self) -> str:
        """The genre written into the file."""
        return self.recording.genre or self.album.genre

    @property
    def file(self) -> PurePosixPath:
        """Path inside the library."""
        disc = f"{self.disc_no}-" if len(self.album.discs) > 1 else ""
        name = f"{disc}{self.track_no:02d} {file_name(self.recording.title)}"
        return self.album.folder / f"{name}.{self.recording.suffix}"


def file_name(text: str) -> str:
    """`text` as a file name on any system: no separators, no trailing dot."""
    return text.translate(_NOT_IN_FILE_NAMES).strip().rstrip(".")


def placed(albums: tuple[Album, ...]) -> Iterator[Placed]:
    """Every recording of `albums` with its place."""
    for album in albums:
        for disc_no, disc in enumerate(album.discs, start=1):
            for track_no, recording in enumerate(disc, start=1):
                yield Placed(recording, album, disc_no, track_no)
