"""Where the public listening data is read."""

import os
from pathlib import Path

from evals.understanding import DATA_VARIABLE, NEIGHBOUR


def recommendation_folder() -> Path:
    """The folder with the sets; it need not exist."""
    named = os.environ.get(DATA_VARIABLE)
    return (Path(named) if named else NEIGHBOUR) / "recommendation"
