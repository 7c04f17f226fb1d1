"""AcoustID and MusicBrainz as far as we use them, on this machine, with bad days."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "secret-key"
MBID = "0c3a5c6e-5b1c-4f6e-8f6e-3d1f4f0c9a11"

_LOOKUP = {
    "status": "ok",
    "results": [
        {"id": "a-1", "score": 0.41, "recordings": [{"id": "x", "title": "Something Else"}]},
        {
            "id": "a-2",
            "score": 0.97,
            "recordings": [
                {"id": MBID, "title": "Sinnerman", "artists": [{"id": "n", "name": "Nina Simone"}]}
            ],
        },
    ],
}
_RECORDING = {
    "id": MBID,
    "title": "Sinnerman",
    "length": 622_000,
    "artist-credit": [{"name": "Nina Simone", "joinphrase": "", "artist": {"id": "n"}}],
    "releases": [
        {"title": "Bootleg", "date": "1964", "status": "Bootleg"},
        {"title": "Greatest Hits", "date": "1998-01-01", "status": "Official"},
        {"title": "Pastel Blues", "date": "1965-10", "status": "Official"},
        {"title": "Undated", "status": "Official"},
    ],
}


@dataclass
class NamingServices:
    """What they answer next, and what they were asked."""

    url: str = ""
    bad_days: list[tuple[int, bytes, dict[str, str]]] = field(default_factory=list)
    """Status, body and headers of the next answers, in front of the good ones."""
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    """Path, parameters and user agent of each request."""
    lookup: Any = field(default_factory=lambda: _LOOKUP)


class _Server(ThreadingHTTPServer):
    services: NamingServices


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def log_message(self, *args: object) -> None:
        pass

    def _answer(self, query: str) -> None:
        services, path = self.server.services, urlsplit(self.path).path
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        services.asked.append((path, asked, self.headers["User-Agent"]))
        status, body, headers = self._said(path, asked)
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _said(self, path: str, asked: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        services = self.server.services
        if services.bad_days:
            return services.bad_days.pop(0)
        if path == "/v2/lookup":
            if asked.get("client") != KEY:
                error = {"error": {"code": 4, "message": "invalid API key"}, "status": "error"}
                return 400, json.dumps(error).encode(), {}
            return 200, json.dumps(services.lookup).encode(), {}
        if path == f"/ws/2/recording/{MBID}":
            return 200, json.dumps(_RECORDING).encode(), {}
        return 404, b'{"error": "Not Found"}', {}


@contextmanager
def naming_services() -> Iterator[NamingServices]:
    """Serve both at one address."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.services = NamingServices(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.services
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
