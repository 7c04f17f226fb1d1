"""Where the files of the models that listen to music are, and whether they are still the same."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from knowledge.analysis.tagger import LABELS_FILE, TAGGER

_TAGGER_FILES = ("mtt.index", "mtt.data", "msd.index", "msd.data", LABELS_FILE)


def tagger_folder(models: Sequence[Path]) -> Path | None:
    """The first folder that holds the whole tagger; None where there is none.

    Args:
        models: folders of model files, each model in a folder of its name.
    """
    places = (folder / TAGGER for folder in models)
    return next((place for place in places if _all_in(place)), None)


def stamp(models: Sequence[Path]) -> str:
    """A short text that changes with the tagger's files; "" where there are none."""
    folder = tagger_folder(models)
    if folder is None:
        return ""
    digest = hashlib.sha256()
    try:
        for name in _TAGGER_FILES:
            facts = (folder / name).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    except OSError:  # they are being replaced
        return ""
    return digest.hexdigest()[:16]


def _all_in(folder: Path) -> bool:
    return all((folder / name).is_file() for name in _TAGGER_FILES)
