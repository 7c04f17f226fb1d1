"""Where the music of this evaluation is read, and where what is made of it is kept."""

import os
from pathlib import Path

import platformdirs

from evals.errors import EvaluationImpossible

MUSIC_VARIABLE = "REFRAIN_EVAL_RECOGNITION"
CACHE_VARIABLE = "REFRAIN_EVAL_RECOGNITION_CACHE"


def music_folder() -> Path:
    """Return the folder of unpacked packages.

    Raises:
        EvaluationImpossible: the variable is not set, or names no folder.
    """
    named = os.environ.get(MUSIC_VARIABLE)
    if not named or not Path(named).is_dir():
        raise EvaluationImpossible(
            f"Set {MUSIC_VARIABLE} to a folder with the unpacked Debian packages that "
            "evals/README.md lists under `recognition`."
        )
    return Path(named).absolute()


def cache_folder() -> Path:
    """Return the folder for decoded music, generated clips and answers; about 10 GB when full."""
    named = os.environ.get(CACHE_VARIABLE)
    default = Path(platformdirs.user_cache_dir("refrain")) / "eval-recognition"
    return Path(named or default).absolute()
