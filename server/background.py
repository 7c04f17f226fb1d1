"""What is made from the library in the background: lyrics, looks of covers, vectors of meaning."""

from knowledge.chores import Chore, Chores
from knowledge.covers_look.library import CoverLooks
from knowledge.database import Database
from knowledge.lyrics.refresh import LyricsRefresh
from knowledge.meaning.chroma_store import ChromaServer
from knowledge.meaning.library import MeaningOfLibrary
from knowledge.meaning.on_demand import open_embedder
from knowledge.meaning.vectors import TrackVectors
from knowledge.sound.sounding import Sounding
from server.meaning_model import meaning_model
from server.settings import MeaningSettings, Settings


def meaning_of_library(
    settings: Settings, database: Database, sounding: Sounding | None
) -> MeaningOfLibrary | None:
    """Make search by meaning as configured; None when it is switched off. Loads nothing yet."""
    if not settings.meaning.enabled:
        return None
    vectors = TrackVectors(
        settings.data / "indexes" / "meaning",
        open_embedder(meaning_model(settings)),
        server=_server(settings.meaning),
    )
    return MeaningOfLibrary(database, vectors, sounding)


def background_chores(
    database: Database,
    looks: CoverLooks,
    meaning: MeaningOfLibrary | None,
    services: Chore,
) -> Chores:
    """The work that follows every change of the library."""
    chores: list[tuple[str, Chore]] = [
        ("lyrics", LyricsRefresh(database).run),
        ("services", services),
        ("covers", looks.update),
    ]
    if meaning is not None:
        chores = [("meaning", meaning.open), *chores, ("meaning", meaning.update)]
    return Chores(chores)


def _server(wanted: MeaningSettings) -> ChromaServer | None:
    if not wanted.chroma_url:
        return None
    token = wanted.chroma_token.get_secret_value() if wanted.chroma_token else ""
    return ChromaServer(wanted.chroma_url, token, wanted.chroma_collection)
