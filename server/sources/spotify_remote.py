"""People's Spotify accounts: a login, and a remote control that says only what Spotify reports."""

import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from knowledge.errors import (
    SourceRefused,
    SourceUnreachable,
    SpotifyNotSetUp,
    SpotifyPlaysNowhere,
)
from knowledge.people.current import PersonId
from knowledge.sources.service_status import ServiceState, ServiceStatus, StatusKeeper
from server.errors import BadRequest
from server.settings_sources import SourcesSettings
from server.sources.keys import KeyRing
from tools.errors import PlayerNotResponding

if TYPE_CHECKING:
    from knowledge.sources.spotify import (
        Spotify,
        SpotifyDevice,
        SpotifyLogin,
        SpotifyPlayback,
    )

_LOGIN_S = 600.0
_CONFIRM_S = 6.0
_LOOK_EVERY_S = 0.5
_NAME = "spotify"
_BEGIN_AGAIN = "Begin again in Settings, Services."
Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class _Store:
    """The token of one person."""

    keys: KeyRing
    person: PersonId

    def read(self) -> dict[str, Any] | None:
        kept = self.keys.read(_NAME, self.person)
        try:
            found = json.loads((kept or {})["token"])
        except (KeyError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def write(self, token: dict[str, Any]) -> None:
        kept = self.keys.read(_NAME, self.person) or {}
        self.keys.write(_NAME, self.person, {**kept, "token": json.dumps(token)})


class SpotifyRemote:
    """Everybody's accounts. Every call blocks: it belongs into a worker thread."""

    def __init__(
        self,
        wanted: SourcesSettings,
        keys: KeyRing,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; without a client id nothing is offered."""
        self._wanted = wanted
        self._keys = keys
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()
        self._logins: dict[PersonId, tuple[SpotifyLogin, float]] = {}
        self._noted: dict[PersonId, StatusKeeper] = {}

    @property
    def is_on(self) -> bool:
        return bool(self._wanted.spotify_client_id)

    def connected(self, person: PersonId) -> bool:
        return self._keys.read(_NAME, person) is not None

    def user(self, person: PersonId) -> str:
        """Their name there, as it was when they connected; "" when Spotify told none."""
        return (self._keys.read(_NAME, person) or {}).get("user", "")

    def status(self, person: PersonId) -> ServiceStatus:
        """How Spotify was for this person when it was asked last."""
        return self._keeper(person).status

    def ask(self, person: PersonId, what: Callable[["Spotify"], Said]) -> Said:
        """Ask in the name of a person; how that went is noted for them.

        Raises:
            SourceRefused, SourceUnreachable: there was no usable answer.
        """
        account, noted = self.account(person), self._keeper(person)
        noted.asked()
        try:
            said = what(account)
        except SpotifyPlaysNowhere:
            noted.answered()
            raise
        except SourceRefused as error:
            noted.failed(ServiceState.REFUSES, str(error))
            raise
        except SourceUnreachable as error:
            busy = ServiceState.BUSY if error.retry_after_s else ServiceState.UNREACHABLE
            noted.failed(busy, str(error))
            raise
        noted.answered()
        return said

    def begin(self, person: PersonId) -> str:
        """Begin to connect an account; returns the page where the user lets us in."""
        login = self.account(person).begin()
        with self._lock:
            self._logins[person] = (login, self._clock() + _LOGIN_S)
        return login.url

    def finish(self, person: PersonId, address: str) -> None:
        """End it with the address that the browser was sent back to.

        Raises:
            BadRequest: it is not the answer to this login.
            SourceRefused, SourceUnreachable: Spotify says no, or nothing.
        """
        query = parse_qs(urlsplit(address).query)
        code, state = query.get("code", [""])[0], query.get("state", [""])[0]
        with self._lock:
            login, until = self._logins.pop(person, (None, 0.0))
        if login is None or self._clock() > until:
            raise BadRequest("No login was begun, or it took too long.", next_step=_BEGIN_AGAIN)
        if not secrets.compare_digest(state.encode(), login.state.encode()):
            raise BadRequest(
                "That is not the address that Spotify sent you back to.", next_step=_BEGIN_AGAIN
            )
        if not code:
            raise BadRequest("Refrain was not let in at Spotify.", next_step=_BEGIN_AGAIN)
        self.ask(person, lambda account: account.finish(code, login.verifier))
        try:
            user = self.account(person).user()
        except (SourceRefused, SourceUnreachable):
            return  # it is connected all the same
        if (kept := self._keys.read(_NAME, person)) is not None:
            self._keys.write(_NAME, person, {**kept, "user": user})

    def disconnect(self, person: PersonId) -> bool:
        """Forget an account; False when there was none."""
        with self._lock:
            self._noted.pop(person, None)
            self._logins.pop(person, None)
        return self._keys.remove(_NAME, person)

    def play(self, person: PersonId, uri: str, device_id: str = "") -> "SpotifyPlayback":
        """Play something, and return what Spotify reports when it really plays.

        Without a device it plays on the active one, or on the only one there is.

        Raises:
            PlayerNotResponding: Spotify took the command, and reports no playback of it.
            SourceRefused, SourceUnreachable: it did not take it.
        """
        self.ask(person, lambda account: _start(account, uri, device_id))
        single = uri.startswith("spotify:track:")
        return self._confirmed(
            person,
            lambda now: (
                now.playing and now.item is not None and (not single or now.item.uri == uri)
            ),
            "Spotify took the command, but does not report that it plays.",
        )

    def pause(self, person: PersonId) -> "SpotifyPlayback":
        """Pause, confirmed; otherwise as `play`."""
        self.ask(person, lambda account: account.pause())
        problem = "Spotify took the command, but still reports that it plays."
        return self._confirmed(person, lambda now: not now.playing, problem)

    def resume(self, person: PersonId) -> "SpotifyPlayback":
        """Go on with what was paused, confirmed; otherwise as `play`."""
        self.ask(person, lambda account: account.resume())
        problem = "Spotify took the command, but does not report that it plays."
        return self._confirmed(person, lambda now: now.playing, problem)

    def move(self, person: PersonId, device_id: str) -> "tuple[SpotifyDevice, ...]":
        """Let one of the devices be the active one, confirmed; otherwise as `play`."""
        self.ask(person, lambda account: account.move(device_id))
        ends_at = self._clock() + _CONFIRM_S
        while True:
            devices = self.ask(person, lambda account: account.devices())
            if any(one.active and one.id == device_id for one in devices):
                return devices
            if self._clock() > ends_at:
                raise PlayerNotResponding(
                    "Spotify took the command, but does not report this device as active."
                )
            self._sleep(_LOOK_EVERY_S)

    def account(self, person: PersonId) -> "Spotify":
        """The account of a person.

        Raises:
            SpotifyNotSetUp: there is no application to ask with.
        """
        if not self.is_on:
            raise SpotifyNotSetUp("Spotify needs the client id of your own application.")
        # spotipy is imported only where it is used.
        from knowledge.sources.spotify import Spotify  # noqa: PLC0415

        wanted = self._wanted
        return Spotify(
            wanted.spotify_client_id,
            _Store(self._keys, person),
            redirect_url=wanted.spotify_redirect_url,
            api_url=wanted.spotify_url,
            accounts_url=wanted.spotify_accounts_url,
            timeout_s=wanted.timeout_s,
        )

    def _confirmed(
        self, person: PersonId, done: Callable[["SpotifyPlayback"], bool], problem: str
    ) -> "SpotifyPlayback":
        ends_at = self._clock() + _CONFIRM_S
        while True:
            now = self.ask(person, lambda account: account.playback())
            if done(now):
                return now
            if self._clock() > ends_at:
                raise PlayerNotResponding(problem)
            self._sleep(_LOOK_EVERY_S)

    def _keeper(self, person: PersonId) -> StatusKeeper:
        with self._lock:
            if person not in self._noted:
                self._noted[person] = StatusKeeper("Spotify", self._wanted.spotify_url)
            return self._noted[person]


def _start(account: "Spotify", uri: str, device_id: str) -> None:
    try:
        account.start(uri, device_id or None)
    except SpotifyPlaysNowhere:
        there = [one.id for one in account.devices() if one.steerable]
        if device_id or len(there) != 1:
            raise
        account.start(uri, there[0])
