"""Last.fm: scrobbling with signed calls, and what its listeners play beside something.

See https://www.last.fm/api/scrobbling and https://www.last.fm/api/authspec. The key and its shared
secret are the user's own application; each account that is connected has a session key.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from knowledge.errors import SourceRefused, SourceUnreachable
from knowledge.folding import fold
from knowledge.sources.answers import DAY_S
from knowledge.sources.neighbours.models import Neighbour
from knowledge.sources.scrobbling.models import Listen
from knowledge.sources.web_service import Reply, WebService

AUTHORISE = "https://www.last.fm/api/auth/"
MOST_SCROBBLES = 50
_PATH = "/2.0/"
_KEEP_S = 30 * DAY_S
_MOST = 100
_LONGEST = 500
# https://www.last.fm/api/errorcodes
_AGAIN = frozenset({8, 11, 16, 29})
_REFUSES = frozenset({4, 9, 10, 13, 14, 15, 17, 26})
_INVALID = 6
"""Parameters that make no sense, and names that Last.fm does not know."""
_IGNORED = {
    "1": "Last.fm ignores this artist.",
    "2": "Last.fm ignores this track.",
    "3": "The time is too long ago.",
    "4": "The time lies in the future.",
    "5": "The account told too much today.",
}


class _InvalidError(SourceUnreachable):
    """It makes no sense to ask this again."""


class LastFm:
    """Last.fm with the user's own key. Synchronous."""

    def __init__(self, service: WebService, key: str, secret: str = "") -> None:
        """Use an application.

        Args:
            service: how Last.fm is reached.
            key: of the application.
            secret: its shared secret, for everything that is signed.
        """
        self._service = service
        self._key = key
        self._secret = secret

    def token(self) -> str:
        """Begin a login: a token that the user lets in at `authorise_url`."""
        return _part(self.signed("auth.getToken", {}), "token")

    def authorise_url(self, token: str) -> str:
        """The page where the user lets this application in."""
        return f"{AUTHORISE}?{urlencode({'api_key': self._key, 'token': token})}"

    def session(self, token: str) -> tuple[str, str]:
        """End a login: the session key, and the name of the account.

        Raises:
            SourceRefused: the user did not let the application in yet.
        """
        said = self.signed("auth.getSession", {"token": token}).get("session")
        return _part(said, "key"), _part(said, "name")

    def session_if_let_in(self, token: str) -> tuple[str, str] | None:
        """As `session`; None while the user did not let the application in.

        Raises:
            SourceRefused: the key or its secret does not do.
        """
        try:
            return self.session(token)
        except SourceRefused as error:
            if "not been authorized" in str(error):
                return None
            raise

    def similar_artists(self, name: str) -> tuple[Neighbour, ...]:
        """Artists like this one, scores from 0 to 1.

        Raises:
            SourceUnreachable, SourceRefused: there was no usable answer.
        """
        said = self._read("artist.getSimilar", {"artist": name[:_LONGEST], "limit": str(_MOST)})
        found = _items(said, "similarartists", "artist")
        return tuple(
            Neighbour(artist=name, title="", score=_match(one))
            for one in found
            if (name := _text(one.get("name")))
        )

    def similar_tracks(self, artist: str, title: str) -> tuple[Neighbour, ...]:
        """Recordings like this one; otherwise as `similar_artists`."""
        names = {"artist": artist[:_LONGEST], "track": title[:_LONGEST]}
        said = self._read("track.getSimilar", {**names, "limit": str(_MOST)})
        found = _items(said, "similartracks", "track")
        pairs = ((one, one.get("artist")) for one in found)
        return tuple(
            Neighbour(artist=_text(by.get("name")), title=_text(one.get("name")), score=_match(one))
            for one, by in pairs
            if isinstance(by, dict) and _text(by.get("name")) and _text(one.get("name"))
        )

    def signed(self, method: str, wanted: Mapping[str, str]) -> dict[str, Any]:
        """Make a signed call and return what it says.

        Raises:
            SourceUnreachable: no answer, or "later".
            SourceRefused: the key, the session or the signature does not do.
        """
        asked = {**wanted, "method": method, "api_key": self._key}
        asked["api_sig"] = signature(asked, self._secret)
        reply = self._service.exchange("POST", _PATH, data={**asked, "format": "json"})
        return _understood(reply)

    def unsigned(self, method: str, wanted: Mapping[str, str]) -> dict[str, Any]:
        """Read something that everybody may; not kept."""
        asked = {**wanted, "method": method, "api_key": self._key, "format": "json"}
        return _understood(self._service.exchange("GET", _PATH, params=asked))

    def _read(self, method: str, wanted: Mapping[str, str]) -> dict[str, Any]:
        # The key is the user's own and no secret by Last.fm's rules; the answer is kept.
        asked = {**wanted, "method": method, "api_key": self._key, "format": "json"}
        # With status 400 it says that it knows no such artist.
        reply = self._service.reply(
            _PATH, asked, keep_s=_KEEP_S, missing={400, 404}, check=_understood
        )
        try:
            return {} if reply is None else _understood(reply)
        except _InvalidError:
            return {}


class LastFmAccount:
    """One person's account. A `ScrobbleTarget`; synchronous."""

    batch = MOST_SCROBBLES

    def __init__(self, lastfm: LastFm, session_key: str, user: str) -> None:
        self._lastfm = lastfm
        self._session_key = session_key
        self._user = user

    def submit(self, listens: Sequence[Listen]) -> Sequence[str]:
        asked = {"sk": self._session_key}
        for place, listen in enumerate(listens):
            asked |= {f"{name}[{place}]": value for name, value in _names(listen).items()}
            asked[f"timestamp[{place}]"] = str(listen.at)
        try:
            said = self._lastfm.signed("track.scrobble", asked)
        except _InvalidError as error:
            if len(listens) == 1:
                return [str(error)]
            return [answer for one in listens for answer in self.submit([one])]
        found = _items(said, "scrobbles", "scrobble")
        if len(found) != len(listens):
            raise SourceUnreachable("Last.fm answered something that makes no sense.")
        return [_ignored(one) for one in found]

    def arrived(self, listens: Sequence[Listen]) -> Sequence[bool]:
        times = [one.at for one in listens]
        said = self._lastfm.unsigned(
            "user.getRecentTracks",
            {
                "user": self._user,
                "from": str(min(times) - 1),
                "to": str(max(times) + 1),
                "limit": "200",
            },
        )
        if "recenttracks" not in said:
            raise SourceUnreachable("Last.fm answered something that makes no sense.")
        there = set()
        for one in _items(said, "recenttracks", "track"):
            date = one.get("date")
            if isinstance(date, dict):
                there.add((_text(date.get("uts")), fold(_text(one.get("name")))))
        return [(str(one.at), fold(one.title)) in there for one in listens]

    def now_playing(self, listen: Listen) -> None:
        self._lastfm.signed("track.updateNowPlaying", {**_names(listen), "sk": self._session_key})


def signature(asked: Mapping[str, str], secret: str) -> str:
    """Sign a call: MD5, as https://www.last.fm/api/authspec section 8 wants it."""
    text = "".join(f"{name}{asked[name]}" for name in sorted(asked)) + secret
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _names(listen: Listen) -> dict[str, str]:
    names = {
        "artist": listen.artist[:_LONGEST],
        "track": listen.title[:_LONGEST],
        "album": listen.album[:_LONGEST],
        "duration": str(round(listen.duration_s)) if listen.duration_s > 0 else "",
        "trackNumber": str(listen.track_no or ""),
        "mbid": listen.mbid,
    }
    return {name: value for name, value in names.items() if value}


def _understood(reply: Reply) -> dict[str, Any]:
    said = reply.json()
    if not isinstance(said, dict):
        raise SourceUnreachable(f"Last.fm answered something that makes no sense ({reply.status}).")
    code = said.get("error")
    if code is None and reply.status == 200:
        return said
    words = _text(said.get("message")) or f"error {code}"
    if code in _REFUSES:
        raise SourceRefused(f"Last.fm says: {words}")
    if code == _INVALID:
        raise _InvalidError(f"Last.fm says: {words}")
    raise SourceUnreachable(f"Last.fm says: {words}")


def _ignored(one: Mapping[str, Any]) -> str:
    ignored = one.get("ignoredMessage")
    code = str(ignored.get("code", "0")) if isinstance(ignored, dict) else "0"
    return "" if code == "0" else _IGNORED.get(code, f"Last.fm ignored it ({code[:10]}).")


def _items(said: Mapping[str, Any], outer: str, inner: str) -> list[dict[str, Any]]:
    """The items of a list; Last.fm writes a list of one as that one."""
    held = said.get(outer)
    found = held.get(inner) if isinstance(held, dict) else None
    items = found if isinstance(found, list) else [found]
    return [one for one in items[: 2 * _MOST] if isinstance(one, dict)]


def _match(one: Mapping[str, Any]) -> float:
    try:
        return min(max(float(one.get("match", 0.0)), 0.0), 1.0)
    except (TypeError, ValueError):
        return 0.0


def _part(said: Any, name: str) -> str:
    found = _text(said.get(name)) if isinstance(said, dict) else ""
    if not found:
        raise SourceUnreachable("Last.fm answered something that makes no sense.")
    return found


def _text(value: Any) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""
