"""Where the files of the models that listen to music are, and whether they are still the same."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from knowledge.analysis.tagger import LABELS_FILE, TAGGER
from knowledge.analysis.vibenet import VIBENET, VIBENET_FILE

_FILES = {
    TAGGER: ("mtt.index", "mtt.data", "msd.index", "msd.data", LABELS_FILE),
    VIBENET: (VIBENET_FILE,),
}


def tagger_folder(models: Sequence[Path]) -> Path | None:
    """The first folder that holds the whole tagger; None where there is none.

    Args:
        models: folders of model files, each model in a folder of its name.
    """
    return _folder(TAGGER, models)


def vibenet_folder(models: Sequence[Path]) -> Path | None:
    """The same of the other model, which only some have fetched."""
    return _folder(VIBENET, models)


def stamps(models: Sequence[Path]) -> dict[str, str]:
    """For each model that is there, a short text that changes with its files."""
    found: dict[str, str] = {}
    for name, files in _FILES.items():
        folder = _folder(name, models)
        if folder is None:
            continue
        digest = hashlib.sha256()
        try:
            for file in files:
                facts = (folder / file).stat()
                digest.update(f"{file} {facts.st_size} {facts.st_mtime_ns}\n".encode())
        except OSError:  # they are being replaced
            continue
        found[name] = digest.hexdigest()[:16]
    return found


def _folder(name: str, models: Sequence[Path]) -> Path | None:
    places = (folder / name for folder in models)
    return next(
        (place for place in places if all((place / file).is_file() for file in _FILES[name])), None
    )
