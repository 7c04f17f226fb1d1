"""What the doctor says about humming: how many tunes are known, and what hinders the rest."""

from collections.abc import Iterator
from pathlib import Path

from knowledge.database import Database
from knowledge.melody.run import has_model
from knowledge.melody.status import MelodyStatus, melody_status, refused_tunes
from server.findings import Finding, Health
from server.settings import Settings

_SHOWN_REFUSED = 5
_RETRY = "To try them again: refrain index --retry"


def melody_findings(settings: Settings, database: Database) -> Iterator[Finding]:
    """Look at the melodies of a library that is open."""
    wanted = settings.recognition
    if not wanted.enabled:
        return
    status = melody_status(database)
    known = f"{status.indexed} recordings and {status.written} written tunes can be hummed"
    hindered = _hindered(settings, status)
    if hindered is not None:
        health, detail, remedy = hindered
        yield Finding("melodies", health, f"{known}{detail}", remedy)
    else:
        yield Finding("melodies", Health.OK, known)
    if status.refused:
        refused = refused_tunes(database, most=_SHOWN_REFUSED)
        shown = "\n".join(f"{Path(path).name}: {reason}" for path, reason in refused)
        yield Finding("refused notation", Health.WARNING, f"{status.refused}\n{shown}")


def _hindered(settings: Settings, status: MelodyStatus) -> tuple[Health, str, str] | None:
    """Why there are no more, and what to do."""
    if status.waiting and not settings.recognition.melodies:
        remedy = "Set recognition.melodies = true to find the tunes of recordings."
        return Health.OPTIONAL, "; finding more is switched off", remedy
    if status.waiting and not has_model(settings.model_folders):
        detail = f"; {status.waiting} wait for a model"
        return Health.WARNING, detail, "Run: refrain models get basic-pitch"
    if status.waiting:
        detail = f"; {status.waiting} wait to be listened to"
        return Health.OPTIONAL, detail, "Leave the server running, or run: refrain index"
    if status.failed:
        return Health.WARNING, f"; {status.failed} recordings could not be listened to", _RETRY
    return None
