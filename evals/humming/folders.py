"""Where what takes long to make is kept, and where the models are."""

import hashlib
import os
from pathlib import Path
from typing import Final

import platformdirs

from server.settings import load_settings

CACHE_VARIABLE: Final = "REFRAIN_EVAL_HUMMING_CACHE"


def cache_folder() -> Path:
    """Return the folder for rendered songs and what was found in them; some 200 MB when full."""
    named = os.environ.get(CACHE_VARIABLE)
    default = Path(platformdirs.user_cache_dir("refrain")) / "eval-humming"
    return Path(named or default).absolute()


def model_folders() -> tuple[Path, ...]:
    """Return the folders of model files that the product would look in."""
    return tuple(load_settings().model_folders)


def code_stamp(*files: Path) -> str:
    """Return a short text that changes with the content of `files`."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
