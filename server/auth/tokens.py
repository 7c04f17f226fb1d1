"""The access token: where it comes from and how a presented one is compared."""

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass

from server.auth.private_files import write_private
from server.errors import BadSettings
from server.settings import Settings

_TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True)
class AccessToken:
    """The secrets that open this server; compared in constant time."""

    value: str | None
    """The user's token, or None when the server is only reachable from this machine."""
    control: str
    """A secret of this one server process, by which our own command line gets in."""
    is_new: bool = False
    """It was made just now, so its owner has not seen it yet."""

    @property
    def required(self) -> bool:
        return self.value is not None

    @property
    def cookie(self) -> str:
        """What the page's cookie holds: derived from the token, but not the token."""
        key = (self.value or self.control).encode()
        return hmac.new(key, b"refrain page cookie", hashlib.sha256).hexdigest()

    def accepts(self, presented: str | None) -> bool:
        """Whether `presented` is the token or the control secret."""
        if presented is None:
            return False
        known = [self.control] if self.value is None else [self.value, self.control]
        # Every comparison is made, so that the time says nothing about which one failed.
        return any([_same(presented, secret) for secret in known])  # noqa: C419

    def accepts_cookie(self, presented: str | None) -> bool:
        return presented is not None and _same(presented, self.cookie)


def is_loopback(host: str) -> bool:
    """Whether only programs on this machine reach a server bound to `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def open_token(settings: Settings) -> AccessToken:
    """Take the configured token; without one, make and keep one unless we are on loopback.

    Raises:
        BadSettings: the stored token can be read by other users, or is not usable.
    """
    control = secrets.token_urlsafe(_TOKEN_BYTES)
    if settings.server.token is not None:
        return AccessToken(settings.server.token.get_secret_value(), control)
    if is_loopback(settings.server.host) and not settings.server.public_url:
        return AccessToken(None, control)
    path = settings.token_file
    if path.exists():
        if path.stat().st_mode & 0o077:
            raise BadSettings(
                f"The access token in {path} can be read by other users of this machine.",
                next_step=f"Delete it (a new one will be made), or run: chmod 600 {path}",
            )
        value = path.read_text("utf-8").strip()
        if len(value) < 16:
            raise BadSettings(
                f"The access token in {path} is too short.", next_step=f"Delete {path}."
            )
        return AccessToken(value, control)
    value = secrets.token_urlsafe(_TOKEN_BYTES)
    write_private(path, value + "\n")
    return AccessToken(value, control, is_new=True)


def _same(presented: str, secret: str) -> bool:
    return hmac.compare_digest(presented.encode(), secret.encode())
