"""Is it Amazon who asks? Every request to the skill is checked, before anything of it is believed.

Signature over the raw bytes (RSA, PKCS#1 v1.5, SHA-256, header `Signature-256`), a certificate for
`echo-api.amazon.com` that public roots vouch for now, a time within 150 s, and not sent before.
"""

import base64
import binascii
import contextlib
import re
import warnings
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

import certifi
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from server.integrations.alexa.certificates import (
    ChainStore,
    LoadChain,
    NotFromAlexa,
    check_address,
    load_chain,
)
from server.integrations.alexa.replays import SeenRequests

_NAME: Final = "echo-api.amazon.com"
_TOLERANCE: Final = timedelta(seconds=150)
_MOST_CERTIFICATES: Final = 10
_CERTIFICATE: Final = re.compile(
    rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\n", re.DOTALL
)


def _utc_now() -> datetime:
    return datetime.now(UTC)


@lru_cache(maxsize=1)
def public_roots() -> Store:
    """The roots that browsers trust."""
    found = []
    for pem in _CERTIFICATE.findall(Path(certifi.where()).read_bytes()):
        with warnings.catch_warnings():
            # One old root has a serial number that is not allowed: it is left out.
            warnings.simplefilter("error", CryptographyDeprecationWarning)
            with contextlib.suppress(ValueError, CryptographyDeprecationWarning):
                found.append(x509.load_pem_x509_certificate(pem))
    return Store(found)


class Verifier:
    """Checks requests; keeps the certificates that proved good."""

    def __init__(
        self,
        *,
        load: LoadChain = load_chain,
        roots: Callable[[], Store] = public_roots,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        """Check with these.

        Args:
            load: reads a certificate chain.
            roots: who is trusted to vouch for Amazon.
            clock: the time, with a time zone.
        """
        self._chains = ChainStore(load)
        self._roots = roots
        self._clock = clock
        self._seen = SeenRequests(_TOLERANCE)

    async def check(self, headers: Mapping[str, str], body: bytes) -> None:
        """Do nothing if Amazon signed this body.

        Raises:
            NotFromAlexa: it did not, or it cannot be told.
        """
        url = check_address(headers.get("signaturecertchainurl", ""))
        signature = _decoded(headers.get("signature-256", ""))
        chain = await self._chains.chain(url)
        try:
            leaf = self._leaf(chain)
        except NotFromAlexa:
            self._chains.forget(url)
            raise
        _check_signature(leaf, signature, body)
        self._chains.keep(url, chain)

    def check_time(self, timestamp: datetime) -> None:
        """Do nothing if the request was made just now.

        Raises:
            NotFromAlexa: it is old, from the future, or without a time zone.
        """
        if timestamp.tzinfo is None or abs(self._clock() - timestamp) > _TOLERANCE:
            raise NotFromAlexa("the request is not from now")

    def check_new(self, body: bytes, timestamp: datetime) -> None:
        """Do nothing if this request did not come before. Ask last: it is remembered from now on.

        Raises:
            NotFromAlexa: it did.
        """
        self._seen.add(body, timestamp, self._clock())

    def _leaf(self, chain: bytes) -> x509.Certificate:
        try:
            leaf, *others = x509.load_pem_x509_certificates(chain)
        except ValueError as error:
            raise NotFromAlexa("the certificate cannot be read") from error
        policy = PolicyBuilder().store(self._roots()).time(self._clock())
        try:
            policy.build_server_verifier(x509.DNSName(_NAME)).verify(
                leaf, others[:_MOST_CERTIFICATES]
            )
        except (VerificationError, ValueError, UnsupportedAlgorithm) as error:
            raise NotFromAlexa("nobody vouches for the certificate") from error
        return leaf


def _check_signature(leaf: x509.Certificate, signature: bytes, body: bytes) -> None:
    key = leaf.public_key()
    if not isinstance(key, RSAPublicKey):
        raise NotFromAlexa("the certificate has no RSA key")
    try:
        key.verify(signature, body, PKCS1v15(), SHA256())
    except InvalidSignature as error:
        raise NotFromAlexa("the signature is wrong") from error


def _decoded(signature: str) -> bytes:
    try:
        found = base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotFromAlexa("the signature is not base64") from error
    if not found:
        raise NotFromAlexa("there is no signature")
    return found
