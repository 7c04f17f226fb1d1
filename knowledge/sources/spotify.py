"""Spotify: a remote control of the user's own account, through their own application.

What its rules of 2026 still allow a self-hoster: search (ten findings a call), one's own playlists,
and control of playback on one's own devices. Its names have types of their own here, and nothing in
this program that learns, recommends or answers takes them: its terms forbid that.

See https://developer.spotify.com/documentation/web-api. Login with PKCE (RFC 7636): there is no
secret to keep but the token.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

import requests
import spotipy
from spotipy.cache_handler import CacheHandler
from spotipy.oauth2 import SpotifyOauthError, SpotifyPKCE

from knowledge.errors import (
    SourceRefused,
    SourceUnreachable,
    SpotifyLoginNeeded,
    SpotifyPlaysNowhere,
)

SCOPES = (
    "user-read-playback-state user-modify-playback-state playlist-read-private user-library-read"
)
MOST_FOUND = 10
"""Search gives no more in one call."""
LibraryKind = Literal["playlists", "albums", "tracks"]
_LONGEST = 300
_PAGE = 50
Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class SpotifyItem:
    """Something of Spotify's; never a `Track`, so that nothing mistakes it for the library's."""

    uri: str
    title: str
    artists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpotifyPlayback:
    """What Spotify reports; never what we hope."""

    playing: bool = False
    item: SpotifyItem | None = None
    device: str = ""
    position_s: float = 0.0
    volume: int | None = None


@dataclass(frozen=True, slots=True)
class SpotifyDevice:
    """A device on which the account is open."""

    id: str
    """Spotify's own; it may change from day to day."""
    name: str
    kind: str = ""
    """As Spotify calls it, such as "Speaker"."""
    active: bool = False
    steerable: bool = True
    """False where Spotify takes no commands for it."""


@dataclass(frozen=True, slots=True)
class SpotifyPage:
    """A piece of a list."""

    items: tuple[SpotifyItem, ...]
    total: int
    """How many there are in all, as Spotify counts them: some may be left out here."""
    next_offset: int | None = None
    """Where the next piece begins; None after the last."""


@dataclass(frozen=True, slots=True)
class SpotifyLogin:
    """A login that the user goes on with in a browser."""

    url: str
    state: str
    """Comes back with the code; anything else is somebody else's."""
    verifier: str


class TokenStore(Protocol):
    """Keeps the token of one account in a private file."""

    def read(self) -> dict[str, Any] | None: ...
    def write(self, token: dict[str, Any]) -> None: ...


class Spotify:
    """One account. Synchronous, and not to be shared between threads."""

    def __init__(
        self,
        client_id: str,
        store: TokenStore,
        *,
        redirect_url: str,
        api_url: str = "https://api.spotify.com",
        accounts_url: str = "https://accounts.spotify.com",
        timeout_s: float = 10.0,
    ) -> None:
        """Use an account.

        Args:
            client_id: of the user's own application.
            store: keeps the token.
            redirect_url: where the login comes back to, as it stands in the application.
            api_url: where Spotify is.
            accounts_url: where people log in.
            timeout_s: how long one answer may take.
        """
        self._auth = SpotifyPKCE(
            client_id=client_id,
            redirect_uri=redirect_url,
            scope=SCOPES,
            requests_timeout=timeout_s,
            open_browser=False,
            cache_handler=_Cache(store),
        )
        self._auth.OAUTH_AUTHORIZE_URL = f"{accounts_url.rstrip('/')}/authorize"
        self._auth.OAUTH_TOKEN_URL = f"{accounts_url.rstrip('/')}/api/token"
        self._prefix = f"{api_url.rstrip('/')}/v1/"
        self._timeout_s = timeout_s

    def begin(self) -> SpotifyLogin:
        """Begin a login."""
        self._auth.get_pkce_handshake_parameters()
        state = secrets.token_urlsafe(24)
        return SpotifyLogin(
            self._auth.get_authorize_url(state=state), state, str(self._auth.code_verifier)
        )

    def finish(self, code: str, verifier: str) -> None:
        """End a login with the code that came back; the token is kept.

        Raises:
            SourceRefused: the code is not valid any more.
            SourceUnreachable: there was no usable answer.
        """
        self._auth.code_verifier = verifier
        self._auth.code_challenge = "given before"
        self._ask(lambda: self._auth.get_access_token(code, check_cache=False))

    def search(self, words: str) -> tuple[SpotifyItem, ...]:
        """Tracks by words, ten at most.

        Raises:
            SourceRefused: the account has to be connected anew.
            SourceUnreachable: there was no usable answer.
        """
        said = self._call(lambda api: api.search(words[:200], limit=MOST_FOUND, type="track"))
        return _items(_inner(said, "tracks"))

    def library(self, kind: LibraryKind, *, offset: int = 0) -> SpotifyPage:
        """What the user keeps there, a page of it; otherwise as `search`.

        What is in a playlist may be read of one's own alone, and nothing here needs it.
        """
        match kind:
            case "playlists":
                said = self._call(lambda api: api.current_user_playlists(_PAGE, offset))
            case "albums":
                said = self._call(lambda api: api.current_user_saved_albums(_PAGE, offset))
            case "tracks":
                said = self._call(lambda api: api.current_user_saved_tracks(_PAGE, offset))
        items = _items(said, inside=kind.removesuffix("s"))
        end, total = offset + len(said["items"]), said.get("total")
        total = total if isinstance(total, int) else end
        return SpotifyPage(items, total, end if offset < end < total else None)

    def user(self) -> str:
        """The name of the user there; otherwise as `search`."""
        said = self._call(lambda api: api.current_user())
        return _text(said.get("display_name")) if isinstance(said, dict) else ""

    def devices(self) -> tuple[SpotifyDevice, ...]:
        """Where the account is open; otherwise as `search`."""
        said = self._call(lambda api: api.devices())
        found = said.get("devices") if isinstance(said, dict) else None
        if not isinstance(found, list):
            raise SourceUnreachable("Spotify answered something that makes no sense.")
        return tuple(one for one in map(_device, found[:50]) if one is not None)

    def move(self, device_id: str) -> None:
        """Ask Spotify to go on with this device, playing or not as it does now."""
        self._call(lambda api: api.transfer_playback(device_id, force_play=False))

    def playback(self) -> SpotifyPlayback:
        """What plays now, as Spotify says; otherwise as `search`."""
        said = self._call(lambda api: api.current_playback())
        if not isinstance(said, dict):
            return SpotifyPlayback()
        device = _inner(said, "device")
        volume = device.get("volume_percent")
        return SpotifyPlayback(
            said.get("is_playing") is True,
            _item(said.get("item")),
            _text(device.get("name")),
            max(0.0, float(said.get("progress_ms") or 0) / 1000),
            volume if isinstance(volume, int) and 0 <= volume <= 100 else None,
        )

    def start(self, uri: str, device_id: str | None = None) -> None:
        """Ask Spotify to play; whether it does so only `playback` tells.

        Args:
            uri: what to play.
            device_id: on which device; by default on the active one.
        """
        if uri.startswith("spotify:track:"):
            self._call(lambda api: api.start_playback(device_id, uris=[uri]))
        else:
            self._call(lambda api: api.start_playback(device_id, context_uri=uri))

    def resume(self) -> None:
        """Ask Spotify to go on with what was paused."""
        self._call(lambda api: api.start_playback())

    def pause(self) -> None:
        """Ask Spotify to pause."""
        self._call(lambda api: api.pause_playback())

    def _call(self, ask: Callable[[Any], Said]) -> Said:
        # Asked for a token without one, spotipy would open a browser and wait at the terminal.
        token = self._ask(
            lambda: self._auth.validate_token(self._auth.cache_handler.get_cached_token())
        )
        if not token:
            raise SpotifyLoginNeeded("Spotify is not connected.")
        api = spotipy.Spotify(
            auth=token["access_token"],
            requests_timeout=self._timeout_s,
            retries=0,
            status_retries=0,
            status_forcelist=(599,),  # all others are told as they are
        )
        api.prefix = self._prefix
        return self._ask(lambda: ask(api))

    @staticmethod
    def _ask(ask: Callable[[], Said]) -> Said:
        try:
            return ask()
        except SpotifyOauthError as error:
            raise SpotifyLoginNeeded("Spotify wants you to log in again.") from error
        except spotipy.SpotifyException as error:
            raise _problem(error) from error
        except (requests.exceptions.RequestException, ValueError, KeyError, TypeError) as error:
            raise SourceUnreachable(
                f"Spotify did not answer as it should ({type(error).__name__})."
            ) from error


class _Cache(CacheHandler):  # type: ignore[misc]  # spotipy has no types
    """Keeps the token where ours are kept."""

    def __init__(self, store: TokenStore) -> None:
        self._store = store

    def get_cached_token(self) -> dict[str, Any] | None:
        return self._store.read()

    def save_token_to_cache(self, token_info: dict[str, Any]) -> None:
        self._store.write(token_info)


def _problem(error: Any) -> SourceUnreachable | SourceRefused:
    status, reason = error.http_status, str(error.reason or "")
    if status == 401:
        return SpotifyLoginNeeded("Spotify wants you to log in again.")
    if status == 403:
        return SourceRefused(f"Spotify refuses this (status 403; {reason or 'no reason'}).")
    if reason == "NO_ACTIVE_DEVICE":
        return SpotifyPlaysNowhere("Spotify plays nowhere: open it on a device first.")
    if status == 429:
        waiting = str((error.headers or {}).get("Retry-After", ""))
        wait_s = float(waiting) if waiting.isdecimal() else 30.0
        return SourceUnreachable("Spotify's quota is used up.", retry_after_s=wait_s)
    return SourceUnreachable(f"Spotify did not do it (status {status}).")


def _items(said: Any, *, inside: str = "") -> tuple[SpotifyItem, ...]:
    """The items of a list; what was saved stands inside of when it was."""
    found = said.get("items") if isinstance(said, dict) else None
    if not isinstance(found, list):
        raise SourceUnreachable("Spotify answered something that makes no sense.")
    bare = (one.get(inside, one) if isinstance(one, dict) else None for one in found[:50])
    return tuple(one for one in map(_item, bare) if one is not None)


def _device(said: Any) -> SpotifyDevice | None:
    if not isinstance(said, dict) or not isinstance(said.get("id"), str) or not said["id"]:
        return None
    return SpotifyDevice(
        said["id"][:_LONGEST],
        _text(said.get("name")),
        _text(said.get("type")),
        said.get("is_active") is True,
        said.get("is_restricted") is not True,
    )


def _item(said: Any) -> SpotifyItem | None:
    if not isinstance(said, dict) or not _text(said.get("uri")).startswith("spotify:"):
        return None
    artists = said.get("artists")
    names = [
        _text(one.get("name"))
        for one in (artists if isinstance(artists, list) else [])
        if isinstance(one, dict)
    ]
    return SpotifyItem(_text(said["uri"]), _text(said.get("name")), tuple(filter(None, names)))


def _inner(said: Any, name: str) -> dict[str, Any]:
    found = said.get(name) if isinstance(said, dict) else None
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    return " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""
