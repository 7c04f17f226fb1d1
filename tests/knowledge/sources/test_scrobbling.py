"""Telling accounts what was listened to: every real play once, whatever breaks on the way."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.errors import SourceRefused, SourceUnreachable
from knowledge.history import History
from knowledge.models import PlayEventKind
from knowledge.people.current import HOUSEHOLD
from knowledge.sources.lastfm import LastFm, LastFmAccount
from knowledge.sources.listenbrainz import ListenBrainzAccount
from knowledge.sources.scrobbling.models import ScrobbleTarget
from knowledge.sources.scrobbling.outbox import Outbox
from knowledge.sources.scrobbling.sender import Sender
from knowledge.sources.web_service import WebService
from library_drafts import draft, stamp
from music_services import BUSY_SOON, KEY, SECRET, SESSION, TOKEN, Mishap, MusicServices

pytestmark = pytest.mark.integration
Name = Literal["listenbrainz", "lastfm"]
NOON = 1_790_000_000.0
BOTH = pytest.mark.parametrize("name", ["listenbrainz", "lastfm"])


class Plays:
    """A library of three lengths, and what was played of it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._history = History(database, Catalog(database, Path("covers")))
        drafts = [
            draft(title, duration_s=seconds, album="An album", file=stamp(f"/m/{title}"))
            for title, seconds in (("Jingle", 20.0), ("Song", 200.0), ("Opera", 3_600.0))
        ]
        drafts.append(
            draft("Nothing", "Various Artists", duration_s=200.0, file=stamp("/m/nothing"))
        )
        written = CatalogWriter(database).add(drafts)
        self._ids = dict(
            zip(("Jingle", "Song", "Opera", "Nothing"), (w.track_id for w in written), strict=True)
        )

    def play(self, title: str, played_s: float, *, at: float = NOON) -> int:
        return self._history.record(
            PlayEventKind.PLAY,
            self._ids[title],
            at=datetime.fromtimestamp(at, UTC),
            played_s=played_s,
        )

    def go_on(self, event_id: int, played_s: float) -> None:
        self._history.update_played(event_id, played_s)

    def skip(self, title: str) -> None:
        at = datetime.fromtimestamp(NOON, UTC)
        self._history.record(PlayEventKind.SKIP, self._ids[title], at=at, played_s=5.0)


@pytest.fixture
def plays(database: Database) -> Plays:
    return Plays(database)


def _outbox(database: Database, name: Name, *, since: float = NOON - 60) -> Outbox:
    return Outbox(database, name, HOUSEHOLD, since=since, clock=lambda: NOON + 60)


def _target(service: WebService, name: Name, *, key: str = "") -> ScrobbleTarget:
    if name == "listenbrainz":
        return ListenBrainzAccount(service, key or TOKEN, "ann")
    return LastFmAccount(LastFm(service, KEY, SECRET), key or SESSION, "ann")


def _sender(plays: Plays, service: WebService, name: Name, *, key: str = "") -> Sender:
    return Sender(_outbox(plays.database, name), _target(service, name, key=key))


def _told(services: MusicServices, name: Name) -> list[tuple[str, int]]:
    if name == "listenbrainz":
        return [(o["track_metadata"]["track_name"], o["listened_at"]) for o in services.listens]
    return [(one["track"], int(one["timestamp"])) for one in services.scrobbles]


@BOTH
def test_only_real_plays_are_told(
    plays: Plays, service: WebService, services: MusicServices, name: Name
) -> None:
    plays.play("Song", 99.0, at=NOON)  # not half of it
    plays.play("Song", 100.0, at=NOON + 1)
    plays.play("Opera", 239.0, at=NOON + 2)
    plays.play("Opera", 240.0, at=NOON + 3)
    plays.play("Jingle", 20.0, at=NOON + 4)  # too short to be told of
    plays.play("Song", 200.0, at=NOON - 3_600)  # before the account was connected
    plays.skip("Song")
    sender = _sender(plays, service, name)
    assert sender.deliver() == 2
    assert _told(services, name) == [("Song", int(NOON + 1)), ("Opera", int(NOON + 3))]
    assert sender.deliver() == 0
    assert sender.outbox.counts() == {"sent": 2}


@BOTH
def test_a_play_is_told_once_it_was_long_enough(
    plays: Plays, service: WebService, services: MusicServices, name: Name
) -> None:
    event = plays.play("Song", 10.0)
    sender = _sender(plays, service, name)
    assert sender.deliver() == 0
    plays.go_on(event, 150.0)
    assert sender.deliver() == 1
    plays.go_on(event, 200.0)
    assert sender.deliver() == 0
    assert len(_told(services, name)) == 1


@BOTH
def test_many_are_told_in_batches(
    plays: Plays, service: WebService, services: MusicServices, name: Name
) -> None:
    for number in range(120):
        plays.play("Song", 200.0, at=NOON + number / 10)
    assert _sender(plays, service, name).deliver() == 120
    assert services.batches == ([100, 20] if name == "listenbrainz" else [50, 50, 20])


@BOTH
def test_nothing_is_lost_while_the_service_is_away(
    plays: Plays, service: WebService, services: MusicServices, name: Name
) -> None:
    plays.play("Song", 200.0)
    path = "/1/submit" if name == "listenbrainz" else "/2.0"
    services.mishaps[path] = [BUSY_SOON] * 3
    with pytest.raises(SourceUnreachable):
        _sender(plays, service, name).deliver()
    again = _sender(plays, service, name)  # the program was started again
    assert again.deliver() == 1
    assert len(_told(services, name)) == 1


@BOTH
def test_nothing_is_told_twice_when_the_answer_got_lost(
    plays: Plays, service: WebService, services: MusicServices, name: Name
) -> None:
    plays.play("Song", 200.0)
    path = "/1/submit" if name == "listenbrainz" else "/2.0"
    services.mishaps[path] = [Mishap(swallow=True)]
    with pytest.raises(SourceUnreachable):
        _sender(plays, service, name).deliver()
    assert len(_told(services, name)) == 1  # it arrived, and nobody knows
    again = _sender(plays, service, name)
    again.deliver()
    assert len(_told(services, name)) == 1
    assert again.outbox.counts() == {"sent": 1}


@BOTH
def test_a_kill_before_sending_loses_nothing(
    plays: Plays, service: WebService, services: MusicServices, name: Name
) -> None:
    plays.play("Song", 200.0)
    outbox = _outbox(plays.database, name)
    outbox.collect()
    outbox.claim(50)  # and here the program is killed
    assert outbox.counts() == {"sending": 1}
    assert _sender(plays, service, name).deliver() == 1
    assert len(_told(services, name)) == 1


@BOTH
def test_a_wrong_key_stops_and_keeps_everything(
    plays: Plays, service: WebService, services: MusicServices, name: Name
) -> None:
    plays.play("Song", 200.0)
    with pytest.raises(SourceRefused, match="Invalid"):
        _sender(plays, service, name, key="wrong").deliver()
    assert _told(services, name) == []
    assert _outbox(plays.database, name).counts() == {"waiting": 1}
    assert _sender(plays, service, name).deliver() == 1


def test_what_is_turned_down_holds_nothing_up(
    plays: Plays, service: WebService, services: MusicServices
) -> None:
    plays.play("Song", 200.0, at=NOON)
    plays.play("Nothing", 200.0, at=NOON + 1)
    plays.play("Song", 200.0, at=NOON + 2)
    sender = _sender(plays, service, "lastfm")
    assert sender.deliver() == 2
    assert sender.outbox.counts() == {"sent": 2, "refused": 1}
    assert [title for title, _ in _told(services, "lastfm")] == ["Song", "Song"]


@BOTH
def test_what_plays_now_is_told_once(
    plays: Plays, service: WebService, services: MusicServices, name: Name
) -> None:
    sender = _sender(plays, service, name)
    assert sender.announce() is None
    plays.play("Song", 0.0, at=NOON + 30)
    sender.announce()
    sender.announce()
    plays.play("Opera", 0.0, at=NOON + 50)
    sender.announce()
    assert services.playing == [("ann", "Song"), ("ann", "Opera")]


def test_an_account_that_is_taken_away_is_told_nothing(
    plays: Plays, service: WebService, services: MusicServices
) -> None:
    plays.play("Song", 200.0)
    outbox = _outbox(plays.database, "lastfm")
    outbox.collect()
    outbox.forget()
    later = Outbox(plays.database, "lastfm", HOUSEHOLD, since=NOON + 30, clock=lambda: NOON + 60)
    assert Sender(later, _target(service, "lastfm")).deliver() == 0
    assert services.scrobbles == []


def test_a_login_to_lastfm_goes_through_the_page_there(
    service: WebService, services: MusicServices
) -> None:
    lastfm = LastFm(service, KEY, SECRET)
    token = lastfm.token()
    assert lastfm.authorise_url(token) == (
        f"https://www.last.fm/api/auth/?api_key={KEY}&token={token}"
    )
    with pytest.raises(SourceRefused, match="not been authorized"):
        lastfm.session(token)
    services.more["let in"] = True
    assert lastfm.session(token) == (SESSION, "ann")
    with pytest.raises(SourceRefused, match="signature"):
        LastFm(service, KEY, "wrong").token()


def test_a_token_of_listenbrainz_is_checked(service: WebService) -> None:
    assert ListenBrainzAccount(service, TOKEN).validate() == "ann"
    with pytest.raises(SourceRefused):
        ListenBrainzAccount(service, "wrong").validate()
