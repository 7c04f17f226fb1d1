"""Passwords for one app each, and the way in which Subsonic's apps present them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.people.accounts import Accounts, Person
from server.auth.app_passwords import AppPasswords
from server.auth.identity import Permission
from server.auth.keys import InstallationKey
from server.errors import BadRequest, NotFound

pytestmark = pytest.mark.unit


@dataclass
class Home:
    path: Path
    database: Database
    accounts: Accounts
    passwords: AppPasswords
    anna: Person
    ben: Person


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    path = tmp_path / "library.db"
    database = Database.at(path)
    accounts = Accounts(database)
    passwords = AppPasswords(database, accounts, InstallationKey(b"k" * 32))
    yield Home(path, database, accounts, passwords, accounts.add("Anna"), accounts.add("Ben"))
    database.close()


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def test_an_app_comes_in_as_the_person_it_was_made_for(home: Home) -> None:
    made, secret = home.passwords.make(home.anna.id, " Symfonium ")
    identity = home.passwords.identity_of(secret, name="anna")
    assert identity is not None
    assert (identity.person, identity.name, identity.client) == (home.anna.id, "Anna", "Symfonium")
    assert identity.may(Permission.CONTROL)
    assert not identity.may(Permission.ADMIN)
    assert home.passwords.identity_of(secret, name="ben") is None
    assert home.passwords.identity_of(secret + "x") is None
    assert home.passwords.of(home.anna.id)[0].used_at is not None
    assert made.name == "Symfonium"


def test_subsonic_apps_present_a_salted_hash(home: Home) -> None:
    home.passwords.make(home.anna.id, "another")
    _, secret = home.passwords.make(home.anna.id, "Symfonium")
    found = home.passwords.identity_by_token("Anna", md5(secret + "c19b2d").upper(), "c19b2d")
    assert found is not None
    assert found.client == "Symfonium"
    assert home.passwords.identity_by_token("Anna", md5(secret + "other"), "c19b2d") is None
    assert home.passwords.identity_by_token("Ben", md5(secret + "c19b2d"), "c19b2d") is None
    assert home.passwords.identity_by_token("Anna", md5(secret), "") is None


def test_what_was_revoked_opens_nothing(home: Home) -> None:
    made, secret = home.passwords.make(home.anna.id, "phone")
    with pytest.raises(NotFound):
        home.passwords.revoke(home.ben.id, made.id)
    home.passwords.revoke(home.anna.id, made.id)
    assert home.passwords.identity_of(secret) is None
    assert home.passwords.of(home.anna.id) == []


def test_it_ends_with_the_person(home: Home) -> None:
    _, secret = home.passwords.make(home.ben.id, "phone")
    home.accounts.remove(home.ben.id)
    assert home.passwords.identity_of(secret) is None


def test_the_file_of_the_library_does_not_tell_it(home: Home) -> None:
    _, secret = home.passwords.make(home.anna.id, "phone")
    kept = b"".join(part.read_bytes() for part in home.path.parent.iterdir())
    assert b"phone" in kept
    assert secret.encode() not in kept


def test_with_another_key_of_the_installation_it_opens_nothing(home: Home) -> None:
    _, secret = home.passwords.make(home.anna.id, "phone")
    other = AppPasswords(home.database, home.accounts, InstallationKey(b"l" * 32))
    assert other.identity_of(secret) is None
    assert other.identity_by_token("Anna", md5(secret + "s"), "s") is None


@pytest.mark.parametrize("name", ["", "x" * 61, "a\x00b"])
def test_what_is_no_name_of_an_app_is_refused(home: Home, name: str) -> None:
    with pytest.raises(BadRequest):
        home.passwords.make(home.anna.id, name)
