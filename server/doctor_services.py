"""What a doctor says of services in the network."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from server.doctor_voice import reachable
from server.errors import ServerError
from server.findings import Finding, Health
from server.settings import Settings
from server.settings_sources import discogs_token, lastfm_secret
from server.sources.keys import KeyRing

_SWITCHES = (
    ("MusicBrainz", "musicbrainz", "musicbrainz_url"),
    ("LRCLIB", "lrclib", "lrclib_url"),
    ("Discogs", "discogs", "discogs_url"),
)
_ACCOUNTS = {"listenbrainz": "listenbrainz_url", "lastfm": "lastfm_url", "spotify": "spotify_url"}


def service_findings(settings: Settings) -> Iterator[Finding]:
    """Each service that is switched on or has an account; one line when none has."""
    wanted = settings.sources
    on = [
        (title, str(getattr(wanted, url))) for title, key, url in _SWITCHES if getattr(wanted, key)
    ]
    accounts = sorted({service for service, _ in KeyRing(settings.data / "keys").all()})
    on += [(one, str(getattr(wanted, _ACCOUNTS[one]))) for one in accounts if one in _ACCOUNTS]
    if not on:
        yield Finding(
            "services", Health.OPTIONAL, "nothing is asked over the network",
            "To complete tags and words of songs see: refrain services",
        )  # fmt: skip
    for title, address in on:
        host = urlsplit(address).hostname or address
        if reachable(address):
            yield Finding(title, Health.OK, f"reachable at {host}")
        else:
            yield Finding(
                title, Health.WARNING, f"{host} does not answer",
                "Nothing is lost: what is at hand is used, and the rest waits.",
            )  # fmt: skip
    try:
        lastfm_secret(wanted)
        discogs_token(wanted)
    except ServerError as error:
        yield Finding("keys of services", Health.WARNING, str(error), error.next_step)
