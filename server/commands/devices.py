"""`refrain devices`: what comes in for whom, and what is let in no more."""

import time
from typing import Annotated

import typer

from knowledge.people.current import HOUSEHOLD, PersonId
from server.auth.audit import Action
from server.auth.oauth.errors import OAuthError
from server.auth.parts import AuthParts
from server.auth.scopes import ORDINARY, scopes_of, text_of
from server.commands.options import Data, settings_for
from server.commands.people import named, opened
from server.errors import BadSettings
from server.routers.devices import DeviceOut, Kind, devices_of, end_device, new_client

app = typer.Typer(add_completion=False, no_args_is_help=False)
_Person = Annotated[str, typer.Option("--person", help="For whom; by default the household.")]
_Scopes = Annotated[
    str, typer.Option("--scopes", help="What it may: listen control library history admin.")
]
_USUAL = text_of(ORDINARY)
_LETTERS: dict[str, Kind] = {"b": "browsers", "p": "programs", "a": "app-passwords"}


@app.callback(invoke_without_command=True)
def devices(context: typer.Context, *, data: Data = None) -> None:
    """List what comes in: browsers, programs with access, passwords of apps."""
    if context.invoked_subcommand is not None:
        return
    with opened(settings_for(context, data)) as auth:
        there = False
        for person in auth.accounts.known().values():
            for one in devices_of(auth, person.id):
                there = True
                print(_line(person.name or "household", one))
        for client in auth.clients.all():
            kind = "registered itself" if client.registered else "added here"
            print(f"{'':<16} {client.id}  {client.name} ({kind}; {text_of(client.permissions)})")
            there = True
        if not there:
            print("Nothing yet.")


@app.command()
def revoke(
    context: typer.Context,
    which: Annotated[str, typer.Argument(metavar="ID", help="As `refrain devices` lists it.")],
    *,
    data: Data = None,
) -> None:
    """Let one of them in no more."""
    with opened(settings_for(context, data)) as auth:
        if which.startswith("rc_"):
            client = auth.clients.by_id(which)
            if client is None or not auth.clients.remove(which):
                raise BadSettings(f"There is no {which}.", next_step="See: refrain devices")
            auth.audit.note(Action.CLIENT_REMOVED, client.name)
            print(f"{client.name} is let in no more.")
            return
        kind, number = _LETTERS.get(which[:1]), which[1:]
        owner = _owner(auth, kind, number)
        if kind is None or owner is None:
            raise BadSettings(f"There is no {which[:40]}.", next_step="See: refrain devices")
        name = end_device(auth, owner, kind, int(number))
        auth.audit.note(Action.ACCESS_REVOKED, name)
        print(f"{name} is let in no more.")


@app.command()
def password(
    context: typer.Context,
    app_name: Annotated[str, typer.Argument(metavar="APP", help="The app that it is for.")],
    *,
    person: Annotated[str, typer.Option("--person", help="Who uses the app.")],
    scopes: _Scopes = _USUAL,
    data: Data = None,
) -> None:
    """Make a password for one app, such as a Subsonic player; it is shown this once."""
    with opened(settings_for(context, data)) as auth:
        whose = named(auth.accounts, person)
        made, secret = auth.app_passwords.make(whose.id, app_name, permissions=scopes_of(scopes))
        auth.audit.note(Action.APP_PASSWORD_MADE, made.name)
        print(f"Name:     {whose.name}\nPassword: {secret}")


@app.command()
def client(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What people read when it asks.")],
    *,
    redirect: Annotated[
        list[str] | None, typer.Option("--redirect", metavar="URL", help="May be repeated.")
    ] = None,
    acts_for: Annotated[
        str | None,
        typer.Option("--acts-for", help='A person, or "household": no consent is asked then.'),
    ] = None,
    code: Annotated[
        bool, typer.Option("--code", help="It has no keyboard, and shows a code.")
    ] = False,
    scopes: _Scopes = _USUAL,
    data: Data = None,
) -> None:
    """Let a program in that cannot register itself: Alexa, Google, a script, a thing."""
    with opened(settings_for(context, data)) as auth:
        whom: PersonId | None = None
        if acts_for is not None:
            household = acts_for.strip().casefold() == "household"
            whom = HOUSEHOLD if household else named(auth.accounts, acts_for).id
        wanted = new_client(
            name, tuple(redirect or ()), scopes_of(scopes), acts_for=whom, devices=code
        )
        try:
            made, secret = auth.clients.add(wanted)
        except OAuthError as error:
            raise BadSettings(
                error.description or error.error,
                next_step="Give --redirect, --acts-for or --code; see docs/people.md",
            ) from error
        auth.audit.note(Action.CLIENT_ADDED, made.name)
        print(f"Client id:     {made.id}")
        if secret:
            print(f"Client secret: {secret}")


def _owner(auth: AuthParts, kind: Kind | None, number: str) -> PersonId | None:
    if kind is None or not (number.isascii() and number.isdecimal() and len(number) < 15):
        return None
    for person in auth.accounts.known():
        for one in devices_of(auth, person):
            if (one.kind, one.id) == (kind, int(number)):
                return person
    return None


def _line(who: str, device: DeviceOut) -> str:
    used = "never used" if device.used_at is None else _day(device.used_at)
    return f"{who:<16} {device.kind[0]}{device.id:<6} {device.name} ({device.detail}; {used})"


def _day(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))
