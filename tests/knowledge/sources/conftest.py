"""Every service on this machine, and a library to ask about."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.sources.answers import AnswerCache
from knowledge.sources.rate_limit import RateLimit
from knowledge.sources.web_service import WebService
from music_services import MusicServices, music_services


@pytest.fixture
def services() -> Iterator[MusicServices]:
    with music_services() as services:
        yield services


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(tmp_path / "library.db")
    yield database
    database.close()


@pytest.fixture
def service(services: MusicServices, database: Database) -> Iterator[WebService]:
    """All of them as one: each has its own paths."""
    with WebService(
        "The service",
        services.url,
        limit=RateLimit(0.0),
        timeout_s=0.5,
        cache=AnswerCache(database),
    ) as service:
        yield service
