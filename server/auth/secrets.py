"""Random secrets, and the hashes by which they are found again."""

import hashlib
import secrets
from typing import Final

_BYTES: Final = 32


def new_secret(prefix: str = "") -> str:
    """256 random bits in base64url."""
    return prefix + secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> str:
    """SHA-256 in hex. Enough for random secrets; people's passwords are kept with Argon2."""
    return hashlib.sha256(secret.encode()).hexdigest()
