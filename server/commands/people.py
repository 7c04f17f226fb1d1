"""`refrain people`: who uses this installation."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from knowledge.database import Database
from knowledge.people.accounts import Accounts, Person
from server.auth.audit import Action
from server.auth.keys import open_key
from server.auth.parts import AuthParts, open_auth
from server.commands.options import Data, settings_for
from server.errors import BadSettings
from server.running import find_running
from server.settings import Settings

app = typer.Typer(add_completion=False, no_args_is_help=False)
_Name = Annotated[str, typer.Argument(metavar="NAME", help="What they are called.")]


@contextmanager
def opened(settings: Settings) -> Iterator[AuthParts]:
    """The people of an installation, be it running or not."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database.at(settings.database_path)
    try:
        key = open_key(settings.key_file)
        yield open_auth(database, key, public_url=settings.server.public_url)
    finally:
        database.close()


def named(accounts: Accounts, name: str) -> Person:
    """The person of that name.

    Raises:
        BadSettings: nobody is called so.
    """
    person = accounts.by_name(name)
    if person is None:
        raise BadSettings(f'Nobody is called "{name[:60]}".', next_step="See: refrain people")
    return person


@app.callback(invoke_without_command=True)
def people(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one list.")] = False,
    data: Data = None,
) -> None:
    """List, add and remove the people who use Refrain."""
    if context.invoked_subcommand is not None:
        return
    with opened(settings_for(context, data)) as auth:
        everybody = auth.accounts.all()
        if as_json:
            print(json.dumps([_fields(one) for one in everybody]))
            return
        for one in everybody:
            print(f"{one.name:<24} {_said(one)}")
        if not everybody:
            print("Nobody yet: everything belongs to the household.")
            print("Add somebody with: refrain people add NAME")


@app.command()
def add(
    context: typer.Context,
    name: _Name,
    *,
    admin: Annotated[
        bool | None, typer.Option(help="May change everything. The first person may anyway.")
    ] = None,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="They cannot log in by themselves.")
    ] = False,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
    data: Data = None,
) -> None:
    """Add somebody. From the first password on, browsers must log in."""
    with opened(settings_for(context, data)) as auth:
        password = None if no_password else _password(from_input=password_stdin)
        needed = auth.accounts.login_needed()
        person = auth.accounts.add(name, password=password, admin=admin)
        auth.audit.note(Action.PERSON_ADDED, person.name)
        print(f"Added {person.name}, {_said(person)}.")
        if not needed and auth.accounts.login_needed():
            print("From now on browsers must log in. The command line need not.")


@app.command()
def invite(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="For whom; they may choose.")] = "",
    *,
    admin: Annotated[bool, typer.Option(help="May change everything.")] = False,
    data: Data = None,
) -> None:
    """Make a link by which somebody comes in, or chooses a new password; good for a week."""
    settings = settings_for(context, data)
    with opened(settings) as auth:
        known = auth.accounts.by_name(name)
        if known is None:
            _, secret = auth.invitations.make(name=name, admin=admin)
        else:
            _, secret = auth.invitations.renew(known)
        auth.audit.note(Action.INVITED, name)
        print(f"{_address(settings)}/invitation?token={secret}")


@app.command()
def password(
    context: typer.Context,
    name: _Name,
    *,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read it from standard input.")
    ] = False,
    data: Data = None,
) -> None:
    """Set somebody's password; their browsers are logged out."""
    with opened(settings_for(context, data)) as auth:
        person = named(auth.accounts, name)
        chosen = _password(from_input=password_stdin)
        auth.accounts.set_password(person.id, chosen)
        auth.logins.end_all(person.id)
        auth.audit.note(Action.PASSWORD_CHANGED, person.name)
        print(f"{person.name} has a new password.")


@app.command()
def rename(
    context: typer.Context,
    name: _Name,
    new: Annotated[str, typer.Argument(metavar="NEW", help="What they are called now.")],
    *,
    data: Data = None,
) -> None:
    """Call somebody something else."""
    with opened(settings_for(context, data)) as auth:
        person = auth.accounts.rename(named(auth.accounts, name).id, new)
        auth.audit.note(Action.PERSON_CHANGED, f"{name} is {person.name}")
        print(f"{name} is {person.name} now.")


@app.command()
def admin(
    context: typer.Context,
    name: _Name,
    *,
    off: Annotated[bool, typer.Option("--off", help="No more.")] = False,
    data: Data = None,
) -> None:
    """Let somebody change everything: people, devices, settings."""
    with opened(settings_for(context, data)) as auth:
        person = auth.accounts.set_admin(named(auth.accounts, name).id, admin=not off)
        auth.audit.note(Action.PERSON_CHANGED, f"{person.name}, {_said(person)}")
        print(f"{person.name}: {_said(person)}.")


def _password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _address(settings: Settings) -> str:
    if settings.server.public_url:
        return settings.server.public_url
    running = find_running(settings)
    return running.url if running else f"http://127.0.0.1:{settings.server.port}"


def _said(person: Person) -> str:
    rights = "administrator" if person.is_admin else "may everything but administer"
    return rights if person.has_password else f"{rights}, cannot log in"


def _fields(person: Person) -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "is_admin": person.is_admin,
        "has_password": person.has_password,
        "created_at": person.created_at,
    }
