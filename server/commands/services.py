"""`refrain services`: which services there are, how they are, and connecting one's accounts."""

import getpass
import sys
import time
from typing import Annotated

import typer

from knowledge.database import Database
from knowledge.people.current import HOUSEHOLD
from knowledge.sources.listenbrainz import ListenBrainzAccount
from knowledge.sources.service_status import ServiceState
from server.commands.options import Data, settings_for
from server.doctor_voice import reachable
from server.errors import BadRequest
from server.settings import Settings
from server.sources.opened import MusicServices
from server.sources.reports import ServiceReport, reports

app = typer.Typer(add_completion=False, no_args_is_help=False)
_LOGIN_S = 300.0
_LOOK_EVERY_S = 3.0
_ADDRESSES = {
    "musicbrainz": "musicbrainz_url",
    "coverart": "cover_art_url",
    "lrclib": "lrclib_url",
    "listenbrainz": "listenbrainz_url",
    "lastfm": "lastfm_url",
    "discogs": "discogs_url",
    "spotify": "spotify_url",
}


@app.callback(invoke_without_command=True)
def services(context: typer.Context, *, data: Data = None) -> None:
    """Show each service: on or off, reachable or not, what it knows, and what to do next."""
    settings = settings_for(context, data)
    context.obj = settings
    if context.invoked_subcommand is not None:
        return
    database = _database(settings)
    try:
        opened = MusicServices(settings, database)
        opened.scrobbling.open()
        for one in reports(opened, HOUSEHOLD):
            print(_as_text(one, settings))
        opened.close()
    finally:
        database.close()


@app.command()
def connect(
    context: typer.Context,
    service: Annotated[str, typer.Argument(help="listenbrainz, lastfm or spotify")],
) -> None:
    """Connect an account of the household; its key is kept in a file that you alone can read."""
    settings: Settings = context.obj
    database = _database(settings)
    try:
        opened = MusicServices(settings, database)
        if service == "listenbrainz":
            user = _connect_listenbrainz(opened)
        elif service == "lastfm":
            user = _connect_lastfm(opened)
        elif service == "spotify":
            user = _connect_spotify(opened)
        else:
            raise BadRequest(
                f"{service!r} has no accounts to connect.",
                next_step="Connect listenbrainz, lastfm or spotify.",
            )
        opened.close()
    finally:
        database.close()
    print(f"Connected as {user}. A running server takes it up within a minute.")


@app.command()
def disconnect(
    context: typer.Context,
    service: Annotated[str, typer.Argument(help="listenbrainz or lastfm")],
) -> None:
    """Forget the key of an account of the household, and tell it nothing more."""
    settings: Settings = context.obj
    database = _database(settings)
    try:
        opened = MusicServices(settings, database)
        opened.scrobbling.open()
        if service == "spotify":
            done = opened.spotify.disconnect(HOUSEHOLD)
        elif service not in {"listenbrainz", "lastfm"}:
            raise BadRequest(f"{service!r} has no accounts.")
        else:
            done = opened.scrobbling.disconnect(service, HOUSEHOLD)  # type: ignore[arg-type]
        opened.close()
    finally:
        database.close()
    print("Disconnected." if done else "There was no such account.")


def _database(settings: Settings) -> Database:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Database.at(settings.database_path)


def _connect_listenbrainz(opened: MusicServices) -> str:
    token = _secret("Your token, from listenbrainz.org/settings: ")
    user = ListenBrainzAccount(opened.clients.listenbrainz, token).validate()
    opened.scrobbling.connect("listenbrainz", HOUSEHOLD, {"token": token, "user": user})
    return user


def _connect_lastfm(opened: MusicServices) -> str:
    lastfm = opened.lastfm
    if lastfm is None:
        raise BadRequest(
            "Last.fm needs the key of your own application.",
            next_step="Make one at last.fm/api/account/create and set REFRAIN_SOURCES__LASTFM_KEY "
            "and REFRAIN_SOURCES__LASTFM_SECRET.",
        )
    token = lastfm.token()
    print(f"Open this page, and let Refrain in:\n  {lastfm.authorise_url(token)}")
    ends_at = time.monotonic() + _LOGIN_S
    while True:
        session = lastfm.session_if_let_in(token)
        if session is not None:
            key, user = session
            opened.scrobbling.connect("lastfm", HOUSEHOLD, {"session": key, "user": user})
            return user
        if time.monotonic() > ends_at:
            raise BadRequest("Nobody let Refrain in.", next_step="Run the command again.")
        time.sleep(_LOOK_EVERY_S)


def _connect_spotify(opened: MusicServices) -> str:
    print(f"Open this page, and let Refrain in:\n  {opened.spotify.begin(HOUSEHOLD)}")
    print("The browser is then sent to an address that may not open. Copy it here.")
    opened.spotify.finish(HOUSEHOLD, _secret("That address: "))
    return "the owner of that account"


def _secret(question: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(question).strip()
    return sys.stdin.readline().strip()


def _as_text(one: ServiceReport, settings: Settings) -> str:
    on = one.state is not ServiceState.OFF
    state = "off"
    if on:
        address = str(getattr(settings.sources, _ADDRESSES[one.name]))
        state = "on, reachable" if reachable(address) else "on, cannot be reached from here"
    if one.account is not None and one.account.connected:
        state += f", connected as {one.account.user}"
    lines = [f"{one.title}: {state}"]
    lines += [f"  {text}" for text in (one.knows, one.problem) if text]
    if one.next_step:
        lines.append(f"  Next: {one.next_step}")
    return "\n".join(lines)
