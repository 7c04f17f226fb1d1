"""What to tell about each service: on or off, how it is, what it knows, what to do next."""

from dataclasses import dataclass, field
from typing import Literal

from knowledge.people.current import PersonId
from knowledge.sources.lookups import Lookups, LookupState
from knowledge.sources.scrobbling.models import ScrobbleService
from knowledge.sources.service_status import ServiceState, ServiceStatus
from server.sources.opened import MusicServices

ServiceName = Literal[
    "musicbrainz", "coverart", "lrclib", "listenbrainz", "lastfm", "discogs", "spotify"
]

_SPOTIFY_STEPS = {
    ServiceState.REFUSES: "Disconnect and connect it again. Playing there needs Spotify Premium.",
    ServiceState.BUSY: "Wait a minute: its quota is shared by all programs of your application.",
    ServiceState.UNREACHABLE: "Try again in a moment.",
}


@dataclass(frozen=True, slots=True)
class AccountOfService:
    """The account of the person who asks."""

    connected: bool = False
    user: str = ""
    waiting: int = 0
    """Listens that are still to be told."""
    sent: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class ServiceReport:
    """One service, as it is shown."""

    name: ServiceName
    title: str
    state: ServiceState
    knows: str = ""
    """What came from it so far, in words."""
    problem: str = ""
    next_step: str = ""
    done: int | None = None
    """Recordings that it was asked about; None where it is not asked about all of them."""
    total: int | None = None
    account: AccountOfService | None = field(default=None)
    """None where there are no accounts."""


def reports(services: MusicServices, person: PersonId) -> tuple[ServiceReport, ...]:
    """Every service, in the order in which they are shown. Reads the database."""
    return (
        _musicbrainz(services),
        _cover_art(services),
        _lrclib(services),
        _listenbrainz(services, person),
        _lastfm(services, person),
        _discogs(services),
        _spotify(services, person),
    )


def _musicbrainz(services: MusicServices) -> ServiceReport:
    named = services.completions.count("musicbrainz")
    return _looked_up(
        services,
        "musicbrainz",
        "MusicBrainz",
        on=services.settings.musicbrainz,
        status=services.clients.musicbrainz.status,
        knows=_counted(named, "recording") + " named" if named else "",
        next_step="Set sources.musicbrainz = true in config.toml, then start again.",
    )


def _cover_art(services: MusicServices) -> ServiceReport:
    covers = services.completions.count("coverart")
    status = services.pictures.status if services.pictures is not None else None
    return _looked_up(
        services,
        "coverart",
        "Cover Art Archive",
        on=services.settings.musicbrainz and services.settings.cover_art,
        status=status,
        knows=_counted(covers, "cover") if covers else "",
        next_step="It follows MusicBrainz: set sources.musicbrainz and sources.cover_art.",
    )


def _lrclib(services: MusicServices) -> ServiceReport:
    counts = services.fetched.count()
    found, none = counts.get("found", 0), counts.get("none", 0) + counts.get("instrumental", 0)
    knows = f"words of {_counted(found, 'song')}" if found else ""
    knows += f"{', ' if knows else ''}none for {none}" if none else ""
    return _looked_up(
        services,
        "lrclib",
        "LRCLIB",
        on=services.settings.lrclib,
        status=services.clients.lrclib.status,
        knows=knows,
        next_step="Set sources.lrclib = true in config.toml, then start again.",
    )


def _listenbrainz(services: MusicServices, person: PersonId) -> ServiceReport:
    report = _account(services, "listenbrainz", "ListenBrainz", person)
    if report.state is not ServiceState.OFF or not services.settings.similar:
        return report
    status = services.clients.labs.status
    return ServiceReport(
        report.name, report.title, status.state, _neighbours(services), status.problem,
        report.next_step, account=report.account,
    )  # fmt: skip


def _lastfm(services: MusicServices, person: PersonId) -> ServiceReport:
    if services.lastfm is None:
        return ServiceReport(
            "lastfm",
            "Last.fm",
            ServiceState.OFF,
            next_step="Make an application at last.fm/api and set REFRAIN_SOURCES__LASTFM_KEY and "
            "REFRAIN_SOURCES__LASTFM_SECRET.",
            account=AccountOfService(),
        )
    return _account(services, "lastfm", "Last.fm", person)


def _discogs(services: MusicServices) -> ServiceReport:
    known = services.completions.count("discogs")
    on = services.settings.discogs
    status = services.clients.discogs.status
    return ServiceReport(
        "discogs",
        "Discogs",
        status.state if on else ServiceState.OFF,
        f"releases of {_counted(known, 'recording')}" if known else "",
        status.problem if on else "",
        "" if on else "Set sources.discogs = true in config.toml, then start again.",
    )


def _spotify(services: MusicServices, person: PersonId) -> ServiceReport:
    remote = services.spotify
    if not remote.is_on:
        step = (
            "Make an application at developer.spotify.com with the redirect address "
            f"{services.settings.spotify_redirect_url}, set sources.spotify_client_id to its "
            "client id, then start again."
        )
        return ServiceReport("spotify", "Spotify", ServiceState.OFF, next_step=step)
    status = remote.status(person)
    if not remote.connected(person):
        step = "Run: refrain services connect spotify, or connect it in the page's settings."
        return ServiceReport(
            "spotify",
            "Spotify",
            ServiceState.OFF,
            problem=status.problem,
            next_step=step,
            account=AccountOfService(),
        )
    account = AccountOfService(connected=True, user=remote.user(person))
    return ServiceReport(
        "spotify",
        "Spotify",
        status.state,
        "a remote control; nothing of it is learned or recommended",
        status.problem,
        _SPOTIFY_STEPS.get(status.state, ""),
        account=account,
    )


def _account(
    services: MusicServices, service: ScrobbleService, title: str, person: PersonId
) -> ServiceReport:
    client = services.clients.lastfm if service == "lastfm" else services.clients.listenbrainz
    status = client.status
    mine = next(
        (one for one in services.scrobbling.reports(person) if one.service == service), None
    )
    connect = f"Run: refrain services connect {service}, or connect it in the page's settings."
    if mine is None:
        knows = _neighbours(services) if service == "lastfm" and services.settings.similar else ""
        state = status.state if knows else ServiceState.OFF
        return ServiceReport(
            service, title, state, knows, status.problem, connect, account=AccountOfService()
        )
    state = ServiceState.REFUSES if mine.stopped else status.state
    account = AccountOfService(True, mine.user, mine.waiting, mine.sent, mine.refused)
    knows = f"{_counted(mine.sent, 'listen')} told"
    knows += f", {mine.waiting:,} waiting" if mine.waiting else ""
    return ServiceReport(
        service,
        title,
        state,
        knows,
        mine.problem or status.problem,
        connect if mine.stopped else "",
        account=account,
    )


def _looked_up(
    services: MusicServices,
    name: ServiceName,
    title: str,
    *,
    on: bool,
    status: ServiceStatus | None,
    knows: str,
    next_step: str,
) -> ServiceReport:
    if not on:
        return ServiceReport(name, title, ServiceState.OFF, knows, next_step=next_step)
    state = ServiceState.UNTRIED if status is None else status.state
    problem = "" if status is None else status.problem
    lookup = _lookup(services, name)
    if lookup is None:
        return ServiceReport(name, title, state, knows, problem)
    progress = lookup.progress()
    again = "It goes on by itself." if progress.state is LookupState.WAITING else ""
    return ServiceReport(
        name,
        title,
        state,
        knows,
        progress.problem or problem,
        again,
        progress.done + progress.failed,
        progress.total,
    )


def _lookup(services: MusicServices, name: str) -> Lookups | None:
    return next((one for one in services.lookups if one.name.startswith(f"{name}/")), None)


def _neighbours(services: MusicServices) -> str:
    known = services.neighbours.count()
    return f"neighbours of {known:,} artists and recordings" if known else ""


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
