"""Where the rows are that understanding is measured on."""

import os
from pathlib import Path

_CASES = Path(__file__).parent.parent / "cases"
OWN_CASES = _CASES / "understanding.jsonl"
INDIRECT_CASES = _CASES / "understanding_indirect.jsonl"
DATA_VARIABLE = "REFRAIN_EVAL_DATA"
NEIGHBOUR = Path(__file__).parent.parent.parent.parent / "shared" / "data"


def data_folder() -> Path | None:
    """The folder with the development data, or None when it is not on this machine."""
    named = os.environ.get(DATA_VARIABLE)
    folder = Path(named) if named else NEIGHBOUR
    return folder if (folder / "language").is_dir() else None
