"""A library to search in: well-known names, no audio."""

from collections.abc import Iterable
from pathlib import Path

from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter, TrackDraft
from knowledge.database import Database
from knowledge.search import Searcher, SearchHit


def make_searcher(folder: Path, drafts: Iterable[TrackDraft]) -> tuple[Searcher, Database]:
    """Write `drafts` into a new library; the caller closes the database."""
    database = Database.at(folder / "library.db")
    CatalogWriter(database).add(drafts)
    return Searcher(database, Catalog(database, folder / "covers")), database


def names(hits: Iterable[SearchHit]) -> list[str]:
    """What the hits are called, in order."""
    return [getattr(hit.item, "title", "") or getattr(hit.item, "name", "") for hit in hits]
