"""The library's recognition for a command: opened without a server, closed at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.ratings import Ratings
from knowledge.recognition.service import RecognitionService
from server.errors import BadSettings, RecognitionOff
from server.presenter import Presenter
from server.recognising import recognition_service
from server.settings import Settings


@dataclass(frozen=True, slots=True)
class OpenRecognition:
    """What the commands of recognition work with."""

    service: RecognitionService
    catalog: Catalog
    presenter: Presenter


@contextmanager
def open_recognition(settings: Settings) -> Iterator[OpenRecognition]:
    """Open the library of this data folder; a server may run on it at the same time.

    Raises:
        RecognitionOff: it is switched off in the configuration.
        BadSettings: there is no library yet.
    """
    if not settings.recognition.enabled:
        raise RecognitionOff("Recognising is switched off here.")
    if not settings.database_path.exists():
        raise BadSettings("There is no library yet.", next_step="Make one: refrain index DIR")
    database = Database.at(settings.database_path)
    try:
        catalog = Catalog(database, settings.covers)
        service = recognition_service(settings, database, catalog)
        try:
            yield OpenRecognition(service, catalog, Presenter(Ratings(database)))
        finally:
            service.close()
    finally:
        database.close()


def clock(seconds: float) -> str:
    """Write a position as "1:02" or "1:02:03"."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
