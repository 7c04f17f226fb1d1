"""Naming recordings and tunes by their sound, made as configured."""

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.lyrics.index import LyricsIndex
from knowledge.melody.service import HummingService
from knowledge.recognition.service import RecognitionOptions, RecognitionService
from knowledge.search import Searcher
from server.settings import Settings


def recognition_service(
    settings: Settings, database: Database, catalog: Catalog
) -> RecognitionService:
    """Make the library's recognition as configured."""
    wanted = settings.recognition
    return RecognitionService(
        database,
        catalog,
        settings.data,
        RecognitionOptions(
            keep_unknown=wanted.keep_unknown,
            keep_unknown_audio=wanted.keep_unknown_audio,
            max_clip_s=wanted.max_clip_s,
            acoustid_key=wanted.acoustid_key.get_secret_value() if wanted.acoustid_key else "",
        ),
    )


def humming_service(
    settings: Settings,
    database: Database,
    catalog: Catalog,
    *,
    searcher: Searcher | None = None,
    lyrics: LyricsIndex | None = None,
) -> HummingService | None:
    """Make the naming of hummed tunes as configured; None when it is switched off."""
    if not settings.recognition.enabled:
        return None
    return HummingService(
        database, catalog, settings.model_folders, searcher=searcher, lyrics=lyrics
    )
