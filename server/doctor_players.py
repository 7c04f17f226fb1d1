"""Are the speakers of the house there, and can they fetch music from here?"""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from server.auth.tokens import is_loopback
from server.findings import Finding, Health
from server.media.addresses import own_address_towards
from server.settings import Settings

_CONNECT_TIMEOUT_S = 2.0


def player_findings(settings: Settings) -> Iterator[Finding]:
    """One line for each speaker that is configured."""
    players = settings.players
    for mpd in players.mpd:
        yield _reached(settings, f"MPD {mpd.name or mpd.room}", mpd.host, mpd.port)
    for snapcast in players.snapcast:
        what = f"Snapcast {snapcast.name}"
        yield _reached(settings, what, snapcast.host, snapcast.port, fetches=False)
    for dlna in players.dlna:
        address = urlsplit(dlna.location)
        name = f"DLNA {dlna.name or dlna.room}"
        yield _reached(settings, name, address.hostname or "", address.port or 80)
    for cast in players.chromecast:
        name = f"Chromecast {cast.name or cast.room}"
        yield _reached(settings, name, cast.host, cast.port)
    for sonos in players.sonos:
        yield _reached(settings, f"Sonos {sonos.name or sonos.room}", sonos.host, 1400)


def _reached(
    settings: Settings, what: str, host: str, port: int, *, fetches: bool = True
) -> Finding:
    """Whether a speaker answers, and whether what it is to fetch is within its reach."""
    what = what.strip()
    if host.startswith("/"):
        return Finding(what, Health.OK, f"its socket is {host}")
    try:
        socket.create_connection((host, port), timeout=_CONNECT_TIMEOUT_S).close()
    except OSError as error:
        why = error.strerror or "no answer in time"
        return Finding(
            what, Health.WARNING, f"{host}:{port} does not answer: {why}",
            "Switch it on, or correct its address in config.toml; it is looked for all the time.",
        )  # fmt: skip
    elsewhere = fetches and not own_address_towards(host).is_loopback
    if elsewhere and is_loopback(settings.server.host) and not settings.server.public_url:
        return Finding(
            what, Health.WARNING, "it cannot fetch music: the server listens on this machine only",
            'Set server.host = "0.0.0.0" in config.toml, and start the server again.',
        )  # fmt: skip
    return Finding(what, Health.OK, f"answers at {host}:{port}")
