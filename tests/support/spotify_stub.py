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
from urllib.parse import parse_qs, urlsplit

from knowledge.sources.spotify import SCOPES

URI = "spotify:track:6rqhFgbbKwnb9MLmUQDhG6"
ITEM = {"uri": URI, "name": "Sinnerman", "artists": [{"name": "Nina Simone"}]}
CODE = "the-code"


@dataclass
class Account:
    """The account that the stub keeps."""

    url: str = ""
    challenge: str = ""
    playing: str = ""
    paused: str = ""
    obeys: bool = True
    tokens: int = 0
    bad: list[tuple[int, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


class _Server(ThreadingHTTPServer):
    account: Account
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    server: _Server

    def do_GET(self) -> None:
        self._answer({})

    def do_PUT(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer(json.loads(raw) if raw else {})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self._token({name: values[0] for name, values in parse_qs(raw).items()})

    def log_message(self, *args: object) -> None:
        pass

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
        account, path = self.server.account, urlsplit(self.path).path
        account.asked.append(self.path)
        if account.bad:
            self._send(*account.bad.pop(0))
        elif path == "/v1/search":
            self._send(200, {"tracks": {"items": [ITEM, {"uri": 7}, None]}})
        elif path == "/v1/me/playlists":
            items = [{"uri": "spotify:playlist:1", "name": "Mine"}]
            self._send(200, {"items": items})
        elif path == "/v1/me/player/play":
            uri = said.get("uris", [account.paused])[0]
            account.playing = uri if account.obeys else ""
            self._send(204, None)
        elif path == "/v1/me/player/pause":
            account.paused, account.playing = account.playing, ""
            self._send(204, None)
        else:
            item = ITEM if account.playing else None
            device = {"name": "Kitchen", "volume_percent": 40}
            now = {"is_playing": bool(item), "item": item, "progress_ms": 1500, "device": device}
            self._send(200, now)

    def _send(self, status: int, said: Any, headers: dict[str, str] | None = None) -> None:
        body = b"" if said is None else json.dumps(said).encode()
        self.send_response(status)
        more = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        for name, value in {**more, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


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
