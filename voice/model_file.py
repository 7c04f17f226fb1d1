"""A model file that is what it should be, or is not used at all."""

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from voice.errors import ModelFileUnusable

_MAX_BYTES: Final = 512 * 2**20


@dataclass(frozen=True, slots=True)
class ModelFile:
    """Where a model lies, and what it must be."""

    path: Path
    sha256: str
    """Of the whole file, in hexadecimal."""

    def read(self) -> bytes:
        """The content, checked: what is loaded is what was looked at, not what lies there later.

        Raises:
            ModelFileUnusable: it is missing, too large, or not the one that is meant.
        """
        try:
            if self.path.stat().st_size > _MAX_BYTES:
                raise ModelFileUnusable(f"{self.path.name} is far larger than any model here.")
            content = self.path.read_bytes()
        except OSError as error:
            raise ModelFileUnusable(
                f"{self.path.name} cannot be read: {error.strerror or error}."
            ) from error
        found = hashlib.sha256(content).hexdigest()
        if not hmac.compare_digest(found, self.sha256.lower()):
            raise ModelFileUnusable(
                f"{self.path.name} is damaged or another file: its sha256 is {found[:12]}…, "
                f"not {self.sha256[:12].lower()}…."
            )
        return content
