"""models.lock.json: which model files there are, where they come from, and what they must be.

`{"models": {NAME: LockedModel}}`. A wheel is a zip file: the parts of a weight file are read out
of it as data, so no code of such a package ever runs.
"""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from server.errors import BadSettings

_SHA256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_FILE_NAME = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$")]
_ENTRY = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class LockedPackage(BaseModel):
    """One wheel of the package index; never imported, only read as a zip file."""

    model_config = _ENTRY
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    version: Annotated[str, Field(pattern=r"^[0-9][0-9A-Za-z.+!-]*$")]
    wheel_sha256: _SHA256
    bytes: Annotated[int, Field(gt=0)]


class LockedPart(BaseModel):
    """A member of a wheel."""

    model_config = _ENTRY
    package: str
    member: Annotated[str, Field(min_length=1, max_length=300)]


class LockedFile(BaseModel):
    """A file put together from parts."""

    model_config = _ENTRY
    name: _FILE_NAME
    bytes: Annotated[int, Field(gt=0)]
    sha256: _SHA256
    parts: Annotated[tuple[LockedPart, ...], Field(min_length=1)]


class LockedModel(BaseModel):
    """One model: its files, its wheels, and two licences."""

    model_config = _ENTRY
    role: str
    """What it is for, in words."""
    required: bool = False
    """Whether Refrain does not start its main job without it."""
    packages: Annotated[tuple[LockedPackage, ...], Field(min_length=1)]
    files: Annotated[tuple[LockedFile, ...], Field(min_length=1)]
    code_licence: str
    weights_licence: str
    notice: str = ""
    """The copyright notice that must go with the weights."""

    @property
    def download_bytes(self) -> int:
        return sum(package.bytes for package in self.packages)

    @property
    def source(self) -> str:
        """Where it comes from, as pip would name it."""
        return ", ".join(f"{one.name}=={one.version}" for one in self.packages)


class ModelsLock(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    models: dict[_FILE_NAME, LockedModel] = {}

    def required(self) -> dict[str, LockedModel]:
        return {name: model for name, model in self.models.items() if model.required}


def lock_file() -> Path:
    """models.lock.json: beside the packages in a source folder, inside this one when installed."""
    here = Path(__file__).resolve().parent
    beside = here.parent / "models.lock.json"
    return beside if beside.is_file() else here / "models.lock.json"


def read_lock(path: Path | None = None) -> ModelsLock:
    """Read the lock file.

    Raises:
        BadSettings: it is missing or not what it should be.
    """
    path = lock_file() if path is None else path
    try:
        return ModelsLock.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BadSettings(
            f"{path} cannot be read: {error.strerror or error}.", next_step="Install Refrain again."
        ) from error
    except ValidationError as error:
        raise BadSettings(
            f"{path} is damaged: {error.errors(include_url=False)[0]['msg']}.",
            next_step="Install Refrain again.",
        ) from error
