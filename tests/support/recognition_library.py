"""A library whose recordings are known by their sound, without any file behind them."""

from functools import cache
from pathlib import Path

from fingerprint_music import synthetic_piece
from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.fingerprint.fingerprinter import Fingerprinter
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.models import RATE_HZ, Fingerprint, Samples
from knowledge.models import Track, TrackId
from knowledge.recognition.indexes import index_folder
from knowledge.recognition.service import RecognitionOptions, RecognitionService
from library_drafts import draft, stamp

SECONDS = 40.0
_SEEDS = {"Sinnerman": 1, "Feeling Good": 2, "Wild Is the Wind": 3, "Lilac Wine": 4, "Unheard": 5}


@cache
def piece(title: str) -> Samples:
    """The sound of a title, always the same."""
    return synthetic_piece(_SEEDS[title], seconds=SECONDS)


@cache
def print_of(title: str) -> Fingerprint:
    return Fingerprinter().fingerprint(piece(title))


def clip(title: str, start_s: float = 10.0, seconds: float = 6.0) -> Samples:
    return piece(title)[int(start_s * RATE_HZ) : int((start_s + seconds) * RATE_HZ)]


class RecognitionLibrary:
    """Tracks that can be recognised, and the service that does it."""

    def __init__(self, home: Path, *titles: str, options: RecognitionOptions | None = None) -> None:
        self.home = home
        self.database = Database.at(home / "library.db")
        self.catalog = Catalog(self.database, home / "covers")
        self.writer = CatalogWriter(self.database)
        self.service = RecognitionService(self.database, self.catalog, home, options)
        self.add(*titles)

    def add(self, *titles: str) -> None:
        """Import recordings, fingerprints and all."""
        self.writer.add(
            draft(title, file=stamp(f"/m/{title}.flac"), duration_s=SECONDS) for title in titles
        )
        with FingerprintIndex.open(index_folder(self.home)) as index:
            index.add({audio_hash(title): print_of(title) for title in titles})

    def remove(self, title: str) -> None:
        self.writer.forget([f"/m/{title}.flac"])

    def track(self, title: str) -> Track:
        return next(track for track in self.catalog.list_tracks()[0] if track.title == title)

    def id(self, title: str) -> TrackId:
        return self.track(title).id

    def close(self) -> None:
        self.service.close()
        self.database.close()


def audio_hash(title: str) -> str:
    return draft(title).audio_hash
