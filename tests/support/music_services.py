"""Every service that Refrain asks, on this machine: as far as we use them, and with bad days."""

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from PIL import Image

MBID = "0c3a5c6e-5b1c-4f6e-8f6e-3d1f4f0c9a11"
ARTIST_MBID = "11111111-5b1c-4f6e-8f6e-3d1f4f0c9a22"
RELEASE_MBID = "22222222-5b1c-4f6e-8f6e-3d1f4f0c9a33"
TOKEN = "listenbrainz-token-of-ann"
KEY, SECRET, SESSION = "lastfm-key", "lastfm-secret", "lastfm-session-of-ann"


@dataclass(frozen=True)
class Mishap:
    """What happens in place of a good answer."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    then_good: bool = False
    """The good answer follows the delay."""
    hold: threading.Event | None = None
    """The answer waits until this is set."""
    swallow: bool = False
    """The request is taken as if all was well, and the connection breaks before the answer."""


BUSY_SOON = Mishap(503, b"{}", {"Retry-After": "0"})
BUSY_LONG = Mishap(429, b'{"error": "too many"}', {"Retry-After": "3600"})
NONSENSE = Mishap(200, b"<html>It works!</html>")


@dataclass
class MusicServices:
    """What they know, and what they were asked and told."""

    url: str = ""
    mishaps: dict[str, list[Mishap]] = field(default_factory=dict)
    """By the beginning of a path; each is used up."""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    recordings: list[dict[str, Any]] = field(default_factory=list)
    """What MusicBrainz finds: title, artist, length_ms, releases (title, date)."""
    lyrics: list[dict[str, Any]] = field(default_factory=list)
    """LRCLIB's entries."""
    cover: bytes = b""
    cover_at: str = ""
    """Where the archive sends for the picture; empty: here."""
    listens: list[dict[str, Any]] = field(default_factory=list)
    """What ListenBrainz was told."""
    scrobbles: list[dict[str, str]] = field(default_factory=list)
    """What Last.fm was told."""
    playing: list[tuple[str, str]] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    similar_artists: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    """By name at Last.fm, by id at ListenBrainz."""
    more: dict[str, Any] = field(default_factory=dict)
    """Further answers in JSON, by path."""

    def count(self, path: str) -> int:
        """How often something below this path was asked."""
        return sum(one.startswith(path) for one, _ in self.asked)


class _Server(ThreadingHTTPServer):
    services: MusicServices
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def do_PUT(self) -> None:
        self.do_POST()

    def log_message(self, *args: object) -> None:
        pass

    def _answer(self, body: bytes) -> None:
        services = self.server.services
        parts = urlsplit(self.path)
        form = body.decode() if b"{" not in body[:1] else ""
        asked = {key: one[0] for key, one in parse_qs(f"{parts.query}&{form}").items()}
        services.asked.append((parts.path, asked))
        mishap = self._mishap(parts.path)
        if mishap is not None:
            time.sleep(mishap.delay_s)
            if mishap.hold is not None:
                mishap.hold.wait(60)
            if mishap.swallow:
                self._good(parts.path, asked, body)
                self.close_connection = True
                return
            if not mishap.then_good:
                self._send(mishap.status, mishap.body, dict(mishap.headers))
                return
        self._send(*self._good(parts.path, asked, body))

    def _mishap(self, path: str) -> Mishap | None:
        for start, waiting in self.server.services.mishaps.items():
            if path.startswith(start) and waiting:
                return waiting.pop(0)
        return None

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        try:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # whoever asked has lost patience

    def _good(
        self, path: str, asked: dict[str, str], body: bytes
    ) -> tuple[int, bytes, dict[str, str]]:
        services = self.server.services
        if path in services.more:
            return _json(services.more[path])
        if path in {"/ws/2/recording/", "/ws/2/recording"}:
            return 200, _recordings(services.recordings), {"Content-Type": "application/xml"}
        if path.startswith("/release/"):
            return self._cover(path)
        if path in {"/api/get", "/api/search"}:
            return self._lyrics(path, asked)
        if path.startswith("/1/"):
            return self._listenbrainz(path, asked, body)
        if path == "/2.0/":
            return self._lastfm(asked)
        if path == "/similar-artists/json":
            near = services.similar_artists.get(asked["artist_mbids"], [])
            return _json([{"name": name, "score": score} for name, score in near])
        return _json({"error": "Not Found"}, 404)

    def _cover(self, path: str) -> tuple[int, bytes, dict[str, str]]:
        services = self.server.services
        if not services.cover or RELEASE_MBID not in path:
            return 404, b"", {}
        if path.endswith("/front-500"):
            place = services.cover_at or f"{services.url}/release/{RELEASE_MBID}/picture.png"
            return 307, b"", {"Location": place}
        return 200, services.cover, {"Content-Type": "image/png"}

    def _lyrics(self, path: str, asked: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        entries = [
            one
            for one in self.server.services.lyrics
            if one["trackName"].lower() == asked["track_name"].lower()
        ]
        if path == "/api/search":
            return _json(entries)
        for one in entries:
            if abs(one["duration"] - float(asked["duration"])) <= 2:
                return _json(one)
        return _json({"code": 404, "name": "TrackNotFound"}, 404)

    def _listenbrainz(
        self, path: str, asked: dict[str, str], body: bytes
    ) -> tuple[int, bytes, dict[str, str]]:
        services = self.server.services
        known = self.headers.get("Authorization") == f"Token {TOKEN}"
        if path == "/1/validate-token":
            return _json({"code": 200, "valid": known, "user_name": "ann" if known else ""})
        if not known:
            return _json({"code": 401, "error": "Invalid authorization token."}, 401)
        if path == "/1/user/ann/listens":
            low, high = int(asked["min_ts"]), int(asked["max_ts"])
            found = [one for one in services.listens if low < one["listened_at"] < high]
            return _json({"payload": {"count": len(found), "listens": found}})
        said = json.loads(body)
        if said["listen_type"] == "playing_now":
            services.playing.append(("ann", said["payload"][0]["track_metadata"]["track_name"]))
            return _json({"status": "ok"})
        if any(not one["track_metadata"]["artist_name"].strip() for one in said["payload"]):
            return _json({"code": 400, "error": "artist_name may not be empty"}, 400)
        services.batches.append(len(said["payload"]))
        services.listens += said["payload"]
        return _json({"status": "ok"})

    def _lastfm(self, asked: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        services, method = self.server.services, asked.get("method", "")
        if asked.get("api_key") != KEY:
            return _json({"error": 10, "message": "Invalid API key"}, 403)
        if method.endswith((".getSimilar", ".getRecentTracks")):
            return self._lastfm_read(method, asked)
        if asked.get("api_sig") != _signed(asked):
            return _json({"error": 13, "message": "Invalid method signature supplied"}, 403)
        if method == "auth.getToken":
            return _json({"token": "a-token"})
        if method == "auth.getSession":
            if not services.more.get("let in"):
                return _json({"error": 14, "message": "This token has not been authorized"}, 403)
            return _json({"session": {"name": "ann", "key": SESSION, "subscriber": 0}})
        if asked.get("sk") != SESSION:
            return _json(
                {"error": 9, "message": "Invalid session key - Please re-authenticate"}, 403
            )
        if method == "track.updateNowPlaying":
            services.playing.append(("ann", asked["track"]))
            return _json({"nowplaying": {}})
        return self._scrobbled(asked)

    def _lastfm_read(self, method: str, asked: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        services = self.server.services
        if method == "artist.getSimilar":
            near = services.similar_artists.get(asked["artist"])
            if near is None:
                return _json({"error": 6, "message": "The artist could not be found"}, 400)
            items: list[dict[str, Any]] = [
                {"name": name, "match": str(score)} for name, score in near
            ]
            return _json({"similarartists": {"artist": items}})
        if method == "track.getSimilar":
            return _json({"similartracks": {"track": []}})
        low, high = int(asked["from"]), int(asked["to"])
        items = [
            {"name": one["track"], "date": {"uts": one["timestamp"]}}
            for one in services.scrobbles
            if low < int(one["timestamp"]) < high
        ]
        return _json({"recenttracks": {"track": items}})

    def _scrobbled(self, asked: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        services = self.server.services
        places = sorted(int(name[10:-1]) for name in asked if name.startswith("timestamp["))
        told = [
            {name: asked.get(f"{name}[{place}]", "") for name in ("artist", "track", "timestamp")}
            for place in places
        ]
        services.batches.append(len(told))
        ignored = [one["artist"].lower() == "various artists" for one in told]
        services.scrobbles += [one for one, left in zip(told, ignored, strict=True) if not left]
        items = [
            {"ignoredMessage": {"code": "1" if left else "0", "#text": ""}} for left in ignored
        ]
        return _json(
            {"scrobbles": {"@attr": {}, "scrobble": items[0] if len(items) == 1 else items}}
        )


def a_lyrics_entry(title: str, artist: str, duration: float, **more: Any) -> dict[str, Any]:
    """One entry of LRCLIB."""
    return {
        "id": 1,
        "trackName": title,
        "artistName": artist,
        "albumName": "An album",
        "duration": duration,
        "instrumental": False,
        "plainLyrics": None,
        "syncedLyrics": None,
        **more,
    }


def a_recording(
    title: str, artist: str, length_ms: int, *releases: tuple[str, str]
) -> dict[str, Any]:
    """A recording of MusicBrainz, on releases with title and date."""
    return {"title": title, "artist": artist, "length_ms": length_ms, "releases": releases}


def a_picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 64), (200, 30, 30)).save(out, "PNG")
    return out.getvalue()


def _json(said: Any, status: int = 200) -> tuple[int, bytes, dict[str, str]]:
    return status, json.dumps(said).encode(), {"Content-Type": "application/json"}


def _signed(asked: dict[str, str]) -> str:
    kept = {name: value for name, value in asked.items() if name not in {"format", "api_sig"}}
    text = "".join(f"{name}{kept[name]}" for name in sorted(kept)) + SECRET
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _recordings(found: list[dict[str, Any]]) -> bytes:
    items = []
    for place, one in enumerate(found):
        releases = "".join(
            f'<release id="{RELEASE_MBID}"><title>{escape(title)}</title>'
            f"<status>Official</status><date>{date}</date><country>US</country></release>"
            for title, date in one["releases"]
        )
        mbid = MBID if place == 0 else MBID[:-2] + f"{place:02}"
        items.append(
            f'<recording id="{mbid}" ns2:score="{100 - place}"><title>{escape(one["title"])}'
            f"</title><length>{one['length_ms']}</length><artist-credit><name-credit>"
            f'<artist id="{ARTIST_MBID}"><name>{escape(one["artist"])}</name></artist>'
            f"</name-credit></artist-credit><release-list>{releases}</release-list>"
            f'<tag-list><tag count="3"><name>jazz</name></tag></tag-list></recording>'
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><metadata '
        'xmlns="http://musicbrainz.org/ns/mmd-2.0#" xmlns:ns2="http://musicbrainz.org/ns/ext#-2.0">'
        f'<recording-list count="{len(found)}" offset="0">{"".join(items)}</recording-list>'
        "</metadata>"
    ).encode()


@contextmanager
def music_services() -> Iterator[MusicServices]:
    """Serve all of them at one address."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.services = MusicServices(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.services
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
