"""The key of this installation, from which every other one is derived."""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from server.errors import BadSettings

_BYTES = 32


@dataclass(frozen=True, slots=True)
class InstallationKey:
    """A secret that only the owner of the data folder can read; losing it ends every login."""

    secret: bytes = field(repr=False)

    def derived(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose; what it signs is worth nothing elsewhere."""
        return hmac.new(self.secret, f"refrain {purpose}".encode(), hashlib.sha256).digest()


def open_key(path: Path) -> InstallationKey:
    """Read the key, or make it; two processes that start at once agree on one.

    Raises:
        BadSettings: others may read the file, or it holds no key.
    """
    if not path.exists():
        _make(path)
    if path.stat().st_mode & 0o077:
        raise BadSettings(
            f"The key in {path} can be read by other users of this machine.",
            next_step=f"Run: chmod 600 {path} (or delete it; then everybody logs in again)",
        )
    try:
        secret = base64.b64decode(path.read_text("ascii").strip(), validate=True)
    except (binascii.Error, UnicodeDecodeError):
        secret = b""
    if len(secret) != _BYTES:
        raise BadSettings(
            f"{path} holds no key.", next_step=f"Delete {path}; then everybody logs in again."
        )
    return InstallationKey(secret)


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(_BYTES)) + b"\n")
        try:
            os.link(temporary, path)  # fails where somebody was faster; theirs counts
        except FileExistsError:
            return
    finally:
        Path(temporary).unlink(missing_ok=True)
