"""The keys of people's accounts elsewhere: one file for each, readable by its owner alone."""

import json
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from knowledge.people.current import PersonId
from server.auth.private_files import write_private
from server.errors import BadSettings

_LONGEST = 20_000
_NAME = re.compile(r"([a-z]+)-([1-9]\d{0,9})\.json")


class KeyRing:
    """Keeps them in a folder of the installation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, service: str, person: PersonId) -> dict[str, str] | None:
        """The key of a person's account; None when they connected none.

        Raises:
            BadSettings: other users can read the file.
        """
        path = self._path(service, person)
        try:
            mode = path.stat().st_mode
            if stat.S_IMODE(mode) & 0o077:
                raise BadSettings(
                    f"{path} can be read by other users.", next_step=f"Run: chmod 600 {path}"
                )
            said = json.loads(path.read_text("utf-8")[:_LONGEST])
        except (OSError, ValueError):
            return None
        if not isinstance(said, dict):
            return None
        return {str(name): str(value) for name, value in said.items()}

    def write(self, service: str, person: PersonId, key: Mapping[str, str]) -> None:
        """Keep a key in place of the one before."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(self._path(service, person), json.dumps(dict(key)))

    def remove(self, service: str, person: PersonId) -> bool:
        """Forget a key; False when there was none."""
        try:
            self._path(service, person).unlink()
        except FileNotFoundError:
            return False
        return True

    def remove_all(self, person: PersonId) -> None:
        """Forget every key of a person who leaves."""
        for service, whose in self.all():
            if whose == person:
                self.remove(service, whose)

    def all(self) -> tuple[tuple[str, PersonId], ...]:
        """The accounts there are: the service, and whose it is."""
        try:
            names = sorted(path.name for path in self._folder.iterdir())
        except OSError:
            return ()
        found = (_NAME.fullmatch(name) for name in names)
        return tuple((one[1], PersonId(int(one[2]))) for one in found if one)

    def changed_at(self, service: str, person: PersonId) -> int:
        """When a key was written last, in nanoseconds since the epoch; 0 when it is not there."""
        try:
            return self._path(service, person).stat().st_mtime_ns
        except OSError:
            return 0

    def _path(self, service: str, person: PersonId) -> Path:
        return self._folder / f"{service}-{person}.json"
