"""Amazon, played by the test: a certificate authority, signed requests, and an Echo."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import Store

SKILL: Final = "amzn1.ask.skill.test"
CHAIN_URL: Final = "https://s3.amazonaws.com/echo.api/echo-api-cert-13.pem"
NAME: Final = "echo-api.amazon.com"
Key = rsa.RSAPrivateKey


@dataclass(frozen=True)
class Party:
    """A key and its certificate."""

    key: Key
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


class Authority:
    """Root, intermediate and leaves, as the verifier's web profile expects them."""

    def __init__(self) -> None:
        self.root = _issue("Test Root", None, ca=True)
        self.intermediate = _issue("Test Intermediate", self.root, ca=True)

    def leaf(self, *, name: str = NAME, begins: timedelta = timedelta(0), days: int = 90) -> Party:
        """A certificate for a server; `begins` is how long ago its time began."""
        return _issue(name, self.intermediate, ca=False, begins=begins, days=days)

    def chain(self, leaf: Party) -> bytes:
        """The file that Amazon would keep."""
        return leaf.pem + self.intermediate.pem

    @property
    def store(self) -> Store:
        return Store([self.root.certificate])


def _issue(
    name: str,
    issuer: Party | None,
    *,
    ca: bool,
    begins: timedelta = timedelta(0),
    days: int = 365,
) -> Party:
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer = issuer.key if issuer is not None else key
    start = datetime.now(UTC) - timedelta(hours=1) - begins
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
            critical=False,
        )
        .add_extension(
            x509.KeyUsage(
                digital_signature=not ca,
                content_commitment=False,
                key_encipherment=not ca,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=ca,
                crl_sign=ca,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if not ca:
        names = x509.SubjectAlternativeName([x509.DNSName(name)])
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        builder = builder.add_extension(names, critical=False)
        builder = builder.add_extension(usage, critical=False)
    return Party(key, builder.sign(signer, SHA256()))


def signed(body: bytes, leaf: Party, *, url: str = CHAIN_URL) -> dict[str, str]:
    """The headers of a request with this body."""
    signature = leaf.key.sign(body, PKCS1v15(), SHA256())
    return {
        "SignatureCertChainUrl": url,
        "Signature-256": base64.b64encode(signature).decode(),
        "Content-Type": "application/json; charset=utf-8",
    }


@dataclass
class Echo:
    """A device in somebody's kitchen: it sends requests, and does what the answers say.

    It keeps to what Amazon documents: one stream sounds, the others wait, and everything that
    happens to a stream is reported with its token.
    """

    send: Callable[[dict[str, Any]], dict[str, Any]]
    token: str | None = "linked"
    """The access token of the linked account."""
    device: str = "amzn1.ask.device.kitchen"
    locale: str = "en-US"
    playing: dict[str, Any] | None = None
    waiting: list[dict[str, Any]] = field(default_factory=list)
    activity: str = "IDLE"
    offset_ms: int = 0
    said: list[str] = field(default_factory=list)
    """Everything that Alexa said aloud."""
    answers: list[dict[str, Any]] = field(default_factory=list)

    def launch(self) -> dict[str, Any]:
        """ "Alexa, open Refrain." """
        return self._ask({"type": "LaunchRequest"})

    def intent(self, name: str, **slots: str) -> dict[str, Any]:
        """Somebody says something that Alexa took for this intent."""
        filled = {key: {"name": key, "value": value} for key, value in slots.items()}
        return self._ask({"type": "IntentRequest", "intent": {"name": name, "slots": filled}})

    def button(self, name: str) -> dict[str, Any]:
        """Somebody presses "Next", "Previous", "Pause" or "Play"."""
        return self._ask({"type": f"PlaybackController.{name}CommandIssued"})

    def report(self, kind: str, *, token: str | None = None, **more: Any) -> dict[str, Any]:
        """It tells what happened to a stream, by default to the one that sounds."""
        stream = token if token is not None else (self.playing or {}).get("token", "")
        request = {"type": f"AudioPlayer.{kind}", "token": stream, **more}
        return self._ask({"offsetInMilliseconds": self.offset_ms, **request})

    def nearly_finished(self) -> None:
        """It has fetched all of the stream, and asks what follows."""
        self.report("PlaybackNearlyFinished")

    def finishes(self) -> None:
        """The stream ends, and the one that waits begins."""
        ended, self.playing = self.playing, None
        self.activity = "FINISHED"
        self.report("PlaybackFinished", token=(ended or {}).get("token"))
        if self.waiting:
            self._start(self.waiting.pop(0))

    def breaks(self, message: str = "The stream cannot be decoded.") -> dict[str, Any]:
        """What should sound does not."""
        broken, self.playing = self.playing, None
        self.activity = "STOPPED"
        error = {"type": "MEDIA_ERROR_INVALID_REQUEST", "message": message}
        return self.report("PlaybackFailed", token=(broken or {}).get("token"), error=error)

    def envelope(self, request: dict[str, Any]) -> dict[str, Any]:
        """The whole request, as Amazon wraps it."""
        application = {"applicationId": SKILL}
        user = {"userId": "amzn1.ask.account.x"} | (
            {"accessToken": self.token} if self.token else {}
        )
        player = {
            "token": (self.playing or {}).get("token", ""),
            "offsetInMilliseconds": self.offset_ms,
            "playerActivity": self.activity,
        }
        system = {
            "application": application,
            "user": user,
            "device": {"deviceId": self.device, "supportedInterfaces": {"AudioPlayer": {}}},
            "apiEndpoint": "https://api.amazonalexa.com",
        }
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        whole = {
            "version": "1.0",
            "context": {"System": system, "AudioPlayer": player},
            "request": {
                "requestId": f"amzn1.echo-api.request.{uuid4()}",
                "timestamp": now,
                "locale": self.locale,
                **request,
            },
        }
        if request["type"] in {"LaunchRequest", "IntentRequest", "SessionEndedRequest"}:
            whole["session"] = {
                "new": True,
                "sessionId": "amzn1.echo-api.session.1",
                "application": application,
                "user": user,
            }
        return whole

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        answer = self.send(self.envelope(request))
        self.answers.append(answer)
        response: dict[str, Any] = answer["response"]
        if request["type"].startswith(("AudioPlayer.", "PlaybackController.")):
            assert set(response) <= {"directives"}, response
        if (speech := response.get("outputSpeech")) is not None:
            self.said.append(speech["text"])
        for directive in response.get("directives", ()):
            self._obey(directive)
        return response

    def _obey(self, directive: dict[str, Any]) -> None:
        match directive["type"]:
            case "AudioPlayer.Play":
                stream = directive["audioItem"]["stream"]
                assert stream["url"].startswith("https://")
                assert 0 < len(stream["token"]) <= 1_024
                if directive["playBehavior"] == "ENQUEUE":
                    assert self.playing is not None
                    assert stream["expectedPreviousToken"] == self.playing["token"]
                    self.waiting.append(stream)
                    return
                self.waiting.clear()
                if self.playing is not None:
                    self._stop()
                self._start(stream)
            case "AudioPlayer.Stop":
                if self.playing is not None and self.activity == "PLAYING":
                    self._stop()
            case "AudioPlayer.ClearQueue":
                self.waiting.clear()

    def _start(self, stream: dict[str, Any]) -> None:
        self.playing, self.activity = stream, "PLAYING"
        self.offset_ms = stream["offsetInMilliseconds"]
        self.report("PlaybackStarted")

    def _stop(self) -> None:
        self.activity = "STOPPED"
        answer = self.report("PlaybackStopped")
        assert answer == {}, "a PlaybackStopped is answered with nothing"


def post(url: str, leaf: Party) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Sends signed requests to a server; each must be answered with 200 within 8 s."""

    def send(envelope: dict[str, Any]) -> dict[str, Any]:
        body = json.dumps(envelope).encode()
        answer = httpx.post(f"{url}/alexa", content=body, headers=signed(body, leaf), timeout=8.0)
        assert answer.status_code == httpx.codes.OK, answer.text
        found: dict[str, Any] = answer.json()
        return found

    return send
