"""Spotify as a server of its own on this machine: one account, its login and its player."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from knowledge.sources.spotify import SCOPES

URI = "spotify:track:6rqhFgbbKwnb9MLmUQDhG6"
ITEM = {"uri": URI, "name": "Sinnerman", "artists": [{"name": "Nina Simone"}]}
SAVED = {"uri": "spotify:track:1", "name": "Take Five", "artists": [{"name": "Dave Brubeck"}]}
ALBUM = {"uri": "spotify:album:1", "name": "Pastel Blues", "artists": [{"name": "Nina Simone"}]}
CODE = "the-code"
_PLAYERS = (("kitchen", "Kitchen", "Speaker", 40), ("phone", "Ann's phone", "Smartphone", 70))
_NO_DEVICE = {"error": {"status": 404, "message": "no", "reason": "NO_ACTIVE_DEVICE"}}


def device(number: int, *, active: bool = False) -> dict[str, Any]:
    """One of the two devices that the account may be open on."""
    key, name, kind, volume = _PLAYERS[number]
    return {
        "id": key,
        "name": name,
        "type": kind,
        "is_active": active,
        "is_restricted": False,
        "volume_percent": volume,
    }


@dataclass
class Account:
    """The account that the stub keeps."""

    url: str = ""
    challenge: str = ""
    playing: str = ""
    paused: str = ""
    obeys: bool = True
    tokens: int = 0
    devices: list[dict[str, Any]] = field(
        default_factory=lambda: [device(0, active=True), device(1)]
    )
    """Where it is open."""
    playlists: int = 1
    bad: list[tuple[int, Any, dict[str, str]]] = field(default_factory=list)
    """Answers that come before the good ones."""
    asked: list[str] = field(default_factory=list)

    def active(self) -> dict[str, Any] | None:
        return next((one for one in self.devices if one["is_active"]), None)

    def activate(self, key: str) -> bool:
        """Let it play on this device; False when it is not open there."""
        if all(one["id"] != key for one in self.devices):
            return False
        for one in self.devices:
            one["is_active"] = one["id"] == key
        return True


class _Server(ThreadingHTTPServer):
    account: Account
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    server: _Server

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path == "/authorize":
            self._authorise({name: said[0] for name, said in parse_qs(asked.query).items()})
        else:
            self._answer({})

    def do_PUT(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer(json.loads(raw) if raw else {})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self._token({name: values[0] for name, values in parse_qs(raw).items()})

    def log_message(self, *args: object) -> None:
        pass

    def _authorise(self, asked: dict[str, str]) -> None:
        """Whoever comes here is logged in there, and lets us in at once."""
        self.server.account.challenge = asked["code_challenge"]
        back = urlencode({"code": CODE, "state": asked["state"]})
        self._send(302, None, {"Location": f"{asked['redirect_uri']}?{back}"})

    def _token(self, form: dict[str, str]) -> None:
        account = self.server.account
        if form["grant_type"] == "authorization_code":
            digest = hashlib.sha256(form["code_verifier"].encode()).digest()
            proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            if form["code"] != CODE or proof != account.challenge:
                self._send(400, {"error": "invalid_grant", "error_description": "no"})
                return
        account.tokens += 1
        self._send(
            200,
            {
                "access_token": f"token-{account.tokens}",
                "refresh_token": "refresh",
                "token_type": "Bearer",
                "expires_in": 3600,
                "scope": SCOPES,
            },
        )

    def _answer(self, said: dict[str, Any]) -> None:
        account, asked = self.server.account, urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        account.asked.append(self.path)
        if account.bad:
            self._send(*account.bad.pop(0))
        elif asked.path.startswith("/v1/me/player"):
            self._player(asked.path.removeprefix("/v1/me/player"), said, query)
        elif (found := self._library(asked.path.rstrip("/"), query)) is not None:
            self._send(200, found)
        else:
            self._send(403, {"error": {"status": 403, "message": "Forbidden"}})

    def _library(self, path: str, query: dict[str, str]) -> dict[str, Any] | None:
        """Only what is left of it since 2026; all else is refused, as Spotify refuses it."""
        match path:
            case "/v1/me":
                return {"id": "ann-1", "display_name": "Ann"}
            case "/v1/search":
                return {"tracks": {"items": [ITEM, {"uri": 7}, None]}}
            case "/v1/me/playlists":
                every = [
                    {"uri": f"spotify:playlist:{number}", "name": f"Mine {number}"}
                    for number in range(1, self.server.account.playlists + 1)
                ]
                return _page(every, query)
            case "/v1/me/tracks":
                return _page([{"track": SAVED}, {"track": None}], query)
            case "/v1/me/albums":
                return _page([{"album": ALBUM}], query)
        return None

    def _player(self, what: str, said: dict[str, Any], query: dict[str, str]) -> None:
        account = self.server.account
        if what == "/devices":
            self._send(200, {"devices": account.devices})
            return
        if self.command == "GET":
            self._send(200, self._playback()) if account.active() else self._send(204, None)
            return
        wanted = query.get("device_id") or "".join(said.get("device_ids", ())[:1])
        if (wanted and not account.activate(wanted)) or account.active() is None:
            self._send(404, _NO_DEVICE)
            return
        if what == "/play":
            uri = said.get("uris", [said.get("context_uri", account.paused)])[0]
            account.playing = uri if account.obeys else ""
        elif what == "/pause":
            account.paused, account.playing = account.playing, ""
        self._send(204, None)

    def _playback(self) -> dict[str, Any]:
        account = self.server.account
        return {
            "is_playing": bool(account.playing),
            "item": ITEM if account.playing else None,
            "progress_ms": 1500,
            "device": account.active(),
        }

    def _send(self, status: int, said: Any, headers: dict[str, str] | None = None) -> None:
        body = b"" if said is None else json.dumps(said).encode()
        self.send_response(status)
        more = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        for name, value in {**more, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _page(every: list[Any], query: dict[str, str]) -> dict[str, Any]:
    begin, most = int(query.get("offset", 0)), int(query.get("limit", 20))
    return {"items": every[begin : begin + most], "total": len(every), "offset": begin}


@contextmanager
def spotify_account() -> Iterator[Account]:
    """A running Spotify with one account."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.account = Account(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.account
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
