"""Access tokens: JSON Web Tokens signed with ES256, of the profile of RFC 9068.

The signing key is derived from the installation's: there is one secret to keep, and none to lose
beside it. A token names the grant it came from, so that what is revoked ends at once.
"""

import hashlib
import time
from collections.abc import Callable, Collection
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from knowledge.people.accounts import Accounts
from server.auth.identity import Identity, Permission
from server.auth.keys import InstallationKey
from server.auth.oauth.grants import Grant, Grants
from server.auth.scopes import scopes_of, text_of
from server.auth.secrets import new_secret

if TYPE_CHECKING:
    from joserfc.jwk import ECKey

VALID_S: Final = 3_600
ALGORITHM: Final = "ES256"
TYPE: Final = "at+jwt"
_TYPES: Final = frozenset({"at+jwt", "application/at+jwt"})
_LONGEST: Final = 4_000
_P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class AccessTokens:
    """Makes tokens, and knows its own."""

    def __init__(
        self,
        key: InstallationKey,
        accounts: Accounts,
        grants: Grants,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._installation = key
        self._accounts = accounts
        self._grants = grants
        self._clock = clock

    def make(
        self, grant: Grant, *, issuer: str, permissions: frozenset[Permission] | None = None
    ) -> str:
        """A token of a grant, good for an hour; with fewer permissions when given."""
        from joserfc import jwt  # noqa: PLC0415  heavy; most installations never need it

        now = int(self._clock())
        claims = {
            "iss": issuer,
            "sub": str(grant.person),
            "aud": grant.audience,
            "client_id": grant.client_id,
            "scope": text_of(grant.permissions if permissions is None else permissions),
            "iat": now,
            "exp": now + VALID_S,
            "jti": new_secret()[:22],
            "grant": grant.id,
        }
        header = {"alg": ALGORITHM, "typ": TYPE, "kid": self._key.kid}
        return jwt.encode(header, claims, self._key, algorithms=[ALGORITHM])

    def read(self, token: str) -> dict[str, Any] | None:
        """What a token of ours says, were it outdated or not; None when it is not ours."""
        from joserfc import jwt  # noqa: PLC0415
        from joserfc.errors import JoseError  # noqa: PLC0415

        if len(token) > _LONGEST or token.count(".") != 2 or not token.isascii():
            return None
        try:
            read = jwt.decode(token, self._key, algorithms=[ALGORITHM])
        except (JoseError, ValueError, TypeError):
            return None
        if str(read.header.get("typ", "")).lower() not in _TYPES:
            return None
        return dict(read.claims)

    def identity_of(
        self, token: str, *, issuers: Collection[str], audiences: Collection[str]
    ) -> Identity | None:
        """Who comes in with this token. Blocks on the database.

        Args:
            token: as it was presented.
            issuers: origins under which we are known.
            audiences: what it must be for.

        Returns:
            None when it is not ours, outdated, for something else, or revoked.
        """
        claims = self.read(token)
        if claims is None:
            return None
        now = self._clock()
        expires, issued, grant_id = claims.get("exp"), claims.get("iat"), claims.get("grant")
        if not (isinstance(expires, int) and isinstance(issued, int) and isinstance(grant_id, int)):
            return None
        if not issued - 60 <= now < expires:
            return None
        if claims.get("iss") not in issuers or claims.get("aud") not in audiences:
            return None
        grant = self._grants.open(grant_id)
        if grant is None or claims.get("sub") != str(grant.person):
            return None
        person = self._accounts.known().get(grant.person)
        if person is None:
            return None
        allowed = scopes_of(str(claims.get("scope", ""))) & grant.permissions
        if not person.is_admin:
            allowed -= {Permission.ADMIN}
        return Identity(person.id, person.name, allowed, client=grant.client_name)

    def key_set(self) -> dict[str, Any]:
        """The public key (RFC 7517), for whoever wants to check tokens themselves."""
        public = self._key.as_dict(private=False)
        return {"keys": [{**public, "use": "sig", "alg": ALGORITHM, "kid": self._key.kid}]}

    @cached_property
    def _key(self) -> "ECKey":
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
        from joserfc.jwk import ECKey  # noqa: PLC0415

        # 512 bits, so that the remainder is as good as uniform (FIPS 186-5, A.2.1).
        seed = self._installation.derived("token signature")
        wide = hashlib.sha512(seed).digest()
        number = int.from_bytes(wide, "big") % (_P256_ORDER - 1) + 1
        private = ec.derive_private_key(number, ec.SECP256R1())
        pem = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        key = ECKey.import_key(pem)
        key.ensure_kid()
        return key
