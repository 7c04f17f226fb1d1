"""Who is behind an app: by API key, by token and salt, or by password.

All three are checked against app passwords only, never against a person's own password
(https://opensubsonic.netlify.app/docs/api-reference/, "Authentication").
"""

import binascii

from server.auth.app_passwords import AppPasswords
from server.auth.identity import Identity
from server.integrations.subsonic.errors import Code, SubsonicError
from server.integrations.subsonic.parameters import Parameters

_LONGEST = 500
_NEWEST = (1, 16)


def who(parameters: Parameters, passwords: AppPasswords) -> Identity:
    """The person of a call. Blocks on the database.

    Raises:
        SubsonicError: nobody, or not truthfully; the code says which.
    """
    _check_version(parameters)
    key = parameters.text("apiKey")
    name = parameters.text("u")
    token, salt = parameters.text("t"), parameters.text("s")
    password = parameters.text("p")
    if max(map(len, (key, name, token, salt, password))) > _LONGEST:
        raise SubsonicError(Code.WRONG_PASSWORD, "Wrong username or password.")
    if key:
        if name or token or password:
            raise SubsonicError(Code.CONFLICTING_LOGINS, "Send an API key or a user, not both.")
        return _known(passwords.identity_of(key), Code.WRONG_KEY, "Invalid API key.")
    if not name:
        raise SubsonicError(Code.MISSING_PARAMETER, "Required parameter u is missing.")
    if token and password:
        raise SubsonicError(Code.CONFLICTING_LOGINS, "Send a token or a password, not both.")
    wrong = Code.WRONG_PASSWORD, "Wrong username or password. Apps need an app password."
    if token:
        if not salt:
            raise SubsonicError(Code.MISSING_PARAMETER, "Required parameter s is missing.")
        return _known(passwords.identity_by_token(name, token, salt), *wrong)
    if not password:
        raise SubsonicError(Code.MISSING_PARAMETER, "Required parameter t or p is missing.")
    return _known(passwords.identity_of(_plain(password), name=name), *wrong)


def _known(identity: Identity | None, code: Code, message: str) -> Identity:
    if identity is None:
        raise SubsonicError(code, message)
    return identity


def _plain(password: str) -> str:
    """A password as it is; apps may send it in hex, behind "enc:"."""
    if not password.startswith("enc:"):
        return password
    try:
        return binascii.unhexlify(password.removeprefix("enc:")).decode()
    except (binascii.Error, ValueError):
        return ""


def _check_version(parameters: Parameters) -> None:
    """Refuse apps of a version that does not exist here; one that names none is let in."""
    major, _, rest = parameters.text("v", "1.16.1").partition(".")
    minor = rest.partition(".")[0]
    if not (major.isascii() and major.isdecimal() and len(major) < 5):
        return
    number = int(minor) if minor.isascii() and minor.isdecimal() and len(minor) < 5 else 0
    if (int(major), number) > _NEWEST:
        raise SubsonicError(
            Code.CLIENT_TOO_NEW, "Incompatible protocol version: this server speaks 1.16.1."
        )
