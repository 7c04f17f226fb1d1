"""Hums looked for in the library, for commands: opened without a server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.errors import KnowledgeError
from knowledge.melody.models import HumAnswer, HumHit, Samples
from knowledge.search import Searcher
from server.recognising import humming_service
from server.settings import Settings


@contextmanager
def answer_of_library(
    settings: Settings, count: int
) -> Iterator[Callable[[Samples, int], tuple[HumAnswer, tuple[dict[str, Any], ...]]]]:
    """What names tunes of the library; a server may run on it at the same time.

    Args:
        settings: the configuration; naming must be switched on.
        count: hits at most.
    """
    database = Database.at(settings.database_path)
    try:
        catalog = Catalog(database, settings.covers)
        service = humming_service(settings, database, catalog, searcher=Searcher(database, catalog))
        assert service is not None  # noqa: S101  asked by the caller

        def path_of(hit: HumHit) -> dict[str, Any]:
            if hit.track is None:
                return {}
            try:
                return {"path": str(catalog.path_of(hit.track.id))}
            except KnowledgeError:
                return {}  # it has just been removed

        def answer(samples: Samples, rate_hz: int) -> tuple[HumAnswer, tuple[dict[str, Any], ...]]:
            told = service.answer(samples, rate_hz, count=count)
            return told, tuple(path_of(hit) for hit in told.hits)

        yield answer
    finally:
        database.close()
