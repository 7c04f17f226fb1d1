"""A generated library whose sound is known: four genres from calm to driving, six artists each."""

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.drafts import TrackDraft
from knowledge.history import History
from knowledge.models import PlayEventKind, TrackId
from knowledge.playlists import Playlists
from knowledge.ratings import Ratings
from knowledge.recommend.models import Situation
from knowledge.recommend.recommender import Recommender
from knowledge.recommend.shelf import ShelfReader
from knowledge.sound.sounding import SoundTable
from knowledge.taste.profile import TasteProfile
from recommend_fit import PlainFit
from recommend_sound import FakeSounding, axes, sound_table

NOW = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
GENRES: Mapping[str, dict[str, float]] = {
    "Ambient": {"energy": 0.1, "acousticness": 0.6, "instrumentalness": 0.95, "loudness": 0.15},
    "Folk": {"energy": 0.35, "acousticness": 0.9, "instrumentalness": 0.2, "loudness": 0.35},
    "Rock": {"energy": 0.7, "acousticness": 0.25, "instrumentalness": 0.2, "loudness": 0.75},
    "Techno": {"energy": 0.9, "acousticness": 0.05, "instrumentalness": 0.8, "loudness": 0.9,
               "danceability": 0.95},
}  # fmt: skip
TEMPI = {"Ambient": 70.0, "Folk": 96.0, "Rock": 124.0, "Techno": 165.0}
ARTISTS, EACH = 6, 5


@dataclass(slots=True)
class RecommendHome:
    """One installation with a generated library, its history empty."""

    database: Database
    catalog: Catalog
    history: History
    ratings: Ratings
    playlists: Playlists
    sounding: FakeSounding
    fit: PlainFit
    taste: TasteProfile
    recommender: Recommender
    ids: dict[str, list[TrackId]] = field(default_factory=dict)
    """Track ids by genre."""

    def situation(self, *queue: TrackId, **more: object) -> Situation:
        return Situation(at=NOW, queue=queue, **more)  # type: ignore[arg-type]

    def played(
        self, *track_ids: TrackId, ago_h: float = 100.0, skipped: bool = False, apart_s: float = 200
    ) -> None:
        """Plays one after the other, the first of them `ago_h` hours ago."""
        at = NOW - timedelta(hours=ago_h)
        for track_id in track_ids:
            self.history.record(
                PlayEventKind.PLAY, track_id, at=at, played_s=5.0 if skipped else 190.0
            )
            if skipped:
                when = at + timedelta(seconds=5)
                self.history.record(PlayEventKind.SKIP, track_id, at=when, played_s=5.0)
            at += timedelta(seconds=apart_s)

    def genre_of(self, track_id: TrackId) -> str:
        return next(genre for genre, ids in self.ids.items() if track_id in ids)

    def recommending(self, **changed: object) -> Recommender:
        """Another recommender of the same library."""
        return Recommender(
            self.database,
            self.catalog,
            self.ratings,
            self.sounding,
            self.fit,
            self.taste,
            **changed,  # type: ignore[arg-type]
        )


@dataclass(frozen=True, slots=True)
class _Template:
    """The library, made once for all tests of a run."""

    folder: TemporaryDirectory[str]
    ids: list[TrackId]
    genres: list[str]
    table: SoundTable


@cache
def _template() -> _Template:
    folder = TemporaryDirectory(prefix="refrain-recommend-")
    rng = np.random.default_rng(5)
    drafts, sounds, tempi = [], [], []
    for genre, named in GENRES.items():
        for artist in range(ARTISTS):
            for number in range(EACH):
                drafts.append(_draft(genre, artist, number))
                sounds.append(
                    axes(
                        **{k: min(1.0, max(0.0, v + rng.normal(0, 0.04))) for k, v in named.items()}
                    )
                )
                tempi.append(TEMPI[genre] * float(rng.uniform(0.98, 1.02)))
    database = Database.at(Path(folder.name) / "library.db")
    ids = [one.track_id for one in CatalogWriter(database).add(drafts)]
    database.close()
    table = sound_table(
        ids,
        np.asarray(sounds, np.float32),
        tempo=tempi,
        key=rng.integers(0, 24, len(ids)).tolist(),
    )
    return _Template(folder, ids, [draft.genres[0] for draft in drafts], table)


def _draft(genre: str, artist: int, number: int) -> TrackDraft:
    title = f"{genre} {artist}{number}"
    return TrackDraft(
        audio_hash=hashlib.sha256(title.encode()).hexdigest(),
        title=title,
        artists=(f"{genre} Artist {artist}",),
        album=f"{genre} Album {artist}",
        album_artist=f"{genre} Artist {artist}",
        track_no=number + 1,
        year=1970 + 10 * artist + number,
        genres=(genre,),
        duration_s=150.0 + 7.3 * number + 11.1 * artist,
    )


def open_recommending(folder: Path) -> RecommendHome:
    """Open a fresh copy of the library in `folder`; the caller closes the database."""
    made = _template()
    shutil.copy(Path(made.folder.name) / "library.db", folder / "library.db")
    database, table = Database.at(folder / "library.db"), made.table
    catalog = Catalog(database, folder / "covers")
    sounding, ratings, history = FakeSounding(table), Ratings(database), History(database, catalog)
    fit = PlainFit(ShelfReader(database), sounding)
    taste = TasteProfile(database, sounding, ratings, clock=NOW.timestamp)
    recommender = Recommender(
        database, catalog, ratings, sounding, fit, taste, explore=False, seed=1
    )
    by_genre: dict[str, list[TrackId]] = {}
    for genre, track_id in zip(made.genres, made.ids, strict=True):
        by_genre.setdefault(genre, []).append(track_id)
    return RecommendHome(
        database,
        catalog,
        history,
        ratings,
        Playlists(database, catalog),
        sounding,
        fit,
        taste,
        recommender,
        by_genre,
    )
