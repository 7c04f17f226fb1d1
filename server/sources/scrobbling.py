"""Tell the accounts of everybody what they listened to, in one thread in the background."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from knowledge.database import Database
from knowledge.errors import SourceRefused, SourceUnreachable
from knowledge.people.current import PersonId
from knowledge.sources.lastfm import LastFm, LastFmAccount
from knowledge.sources.listenbrainz import ListenBrainzAccount
from knowledge.sources.scrobbling.models import ScrobbleService, ScrobbleTarget
from knowledge.sources.scrobbling.outbox import Outbox
from knowledge.sources.scrobbling.sender import Sender
from knowledge.sources.web_service import WebService
from server.errors import ServerError
from server.sources.keys import KeyRing

_LOG = logging.getLogger(__name__)
_EVERY_S = 30.0
_JOIN_S = 5.0
SCROBBLED: tuple[ScrobbleService, ...] = ("listenbrainz", "lastfm")


@dataclass(frozen=True, slots=True)
class AccountReport:
    """How one person's account is."""

    service: ScrobbleService
    user: str
    waiting: int
    sent: int
    refused: int
    problem: str = ""
    stopped: bool = False
    """It does not let us in any more; nothing is told before it is connected anew."""


@dataclass(slots=True)
class _Account:
    user: str
    sender: Sender
    problem: str = ""
    stopped: bool = False


class Scrobbling:
    """Everybody's accounts. Call from any thread."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        listenbrainz: WebService,
        lastfm: LastFm | None,
        *,
        now_playing: bool = True,
        every_s: float = _EVERY_S,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Prepare.

        Args:
            database: the library, with the outbox.
            keys: of the accounts.
            listenbrainz: how it is reached.
            lastfm: the user's own application; None without its key and secret.
            now_playing: tell also what plays just now.
            every_s: seconds between two looks at what was played.
            clock: seconds since the epoch.
        """
        self._database = database
        self._keys = keys
        self._listenbrainz = listenbrainz
        self._lastfm = lastfm
        self._now_playing = now_playing
        self._every_s = every_s
        self._clock = clock
        self._lock = threading.Lock()
        self._accounts: dict[tuple[ScrobbleService, PersonId], _Account] = {}
        self._read_at: dict[tuple[ScrobbleService, PersonId], int] = {}
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self) -> None:
        """Read which accounts there are; those whose key did not change stay as they are."""
        there: dict[tuple[ScrobbleService, PersonId], int] = {
            (service, person): self._keys.changed_at(service, person)
            for name, person in self._keys.all()
            for service in SCROBBLED
            if service == name
        }
        with self._lock:
            known = dict(self._read_at)
        for service, person in there.keys() | known.keys():
            if there.get((service, person)) != known.get((service, person)):
                self.reopen(service, person)

    def start(self) -> None:
        """Begin to tell."""
        self._thread = threading.Thread(target=self._run, name="scrobbling", daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Something began or ended to sound."""
        self._wake.set()

    def close(self) -> None:
        """Stop soon; what waits is told next time."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(_JOIN_S)

    def connect(self, service: ScrobbleService, person: PersonId, key: Mapping[str, str]) -> None:
        """Tell this account from now on; earlier plays stay here."""
        before = self._keys.read(service, person) or {}
        since = before.get("since") if before.get("user") == key.get("user") else None
        kept = {**key, "since": since or str(self._clock())}
        self._keys.write(service, person, kept)
        self.reopen(service, person)
        self.look()

    def disconnect(self, service: ScrobbleService, person: PersonId) -> bool:
        """Forget the key and what was still to be told; False when there was no account."""
        with self._lock:
            account = self._accounts.pop((service, person), None)
        if account is not None:
            account.sender.outbox.forget()
        return self._keys.remove(service, person)

    def reopen(self, service: ScrobbleService, person: PersonId) -> None:
        """Read an account's key again."""
        with self._lock:
            self._read_at[service, person] = self._keys.changed_at(service, person)
        try:
            key = self._keys.read(service, person)
        except ServerError as error:
            _LOG.warning("%s", error)
            return
        target = None if key is None else self._target(service, key)
        with self._lock:
            if key is None or target is None:
                self._accounts.pop((service, person), None)
                return
            outbox = Outbox(self._database, service, person, since=_since(key), clock=self._clock)
            self._accounts[service, person] = _Account(key.get("user", ""), Sender(outbox, target))

    def reports(self, person: PersonId) -> tuple[AccountReport, ...]:
        """How the accounts of a person are."""
        with self._lock:
            mine = [(key[0], one) for key, one in self._accounts.items() if key[1] == person]
        reports = []
        for service, account in mine:
            counts = account.sender.outbox.counts()
            waiting = counts.get("waiting", 0) + counts.get("sending", 0)
            reports.append(
                AccountReport(
                    service,
                    account.user,
                    waiting,
                    counts.get("sent", 0),
                    counts.get("refused", 0),
                    account.problem,
                    account.stopped,
                )
            )
        return tuple(reports)

    def deliver(self) -> None:
        """Tell every account what waits for it; blocks, and never raises."""
        with self._lock:
            accounts = tuple(self._accounts.values())
        for account in accounts:
            if self._stop.is_set():
                return
            if not account.stopped:
                self._deliver(account)

    def _deliver(self, account: _Account) -> None:
        try:
            account.sender.deliver(self._stop.is_set)
            if self._now_playing:
                account.sender.announce()
            account.problem = ""
        except SourceRefused as error:
            account.problem, account.stopped = str(error), True
            _LOG.warning("Scrobbling stopped: %s", error)
        except SourceUnreachable as error:
            account.problem = str(error)
        except Exception:  # noqa: BLE001  the next round tries again
            account.problem = "Something went wrong inside Refrain."
            _LOG.warning("Scrobbling failed", exc_info=True)

    def _target(self, service: ScrobbleService, key: Mapping[str, str]) -> ScrobbleTarget | None:
        if service == "listenbrainz":
            return ListenBrainzAccount(
                self._listenbrainz, key.get("token", ""), key.get("user", "")
            )
        if self._lastfm is None:
            return None
        return LastFmAccount(self._lastfm, key.get("session", ""), key.get("user", ""))

    def _run(self) -> None:
        while not self._stop.is_set():
            self.open()  # the command line may have connected an account
            self.deliver()
            self._wake.wait(self._every_s)
            self._wake.clear()
            self._stop.wait(1.0)  # what is skipped at once is not announced


def _since(key: Mapping[str, str]) -> float:
    try:
        return float(key.get("since", "0"))
    except ValueError:
        return 0.0
