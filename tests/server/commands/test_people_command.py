"""People, devices and the log at the command line."""

import json
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.people.accounts import Accounts
from server.settings import load_settings
from server_cli import refrain

pytestmark = pytest.mark.integration
PASSWORD = "a quiet horse 7"


def test_somebody_is_added_and_may_log_in(tmp_path: Path) -> None:
    added = refrain("people", "add", "Anna", "--password-stdin", "--data", tmp_path, stdin=PASSWORD)
    assert added.returncode == 0, added.stderr
    assert "Added Anna, administrator." in added.stdout
    assert "browsers must log in" in added.stdout
    again = refrain("--data", tmp_path, "people", "add", "anna", "--no-password")
    assert again.returncode == 1
    assert "called" in again.stderr
    assert "Traceback" not in again.stderr
    listed = json.loads(refrain("people", "--json", "--data", tmp_path).stdout)
    assert [(one["name"], one["is_admin"]) for one in listed] == [("Anna", True)]
    database = Database.at(load_settings(tmp_path).database_path)
    assert Accounts(database).verify_password("Anna", PASSWORD) is not None
    database.close()


def test_an_app_password_and_a_program_are_listed_and_ended(tmp_path: Path) -> None:
    data = ("--data", tmp_path)
    refrain("people", *data, "add", "Ben", "--no-password")
    made = refrain("devices", "password", "Symfonium", "--person", "ben", *data)
    secret = made.stdout.split()[-1]
    assert secret.startswith("rap_")
    redirect = "https://alexa.amazon.co.jp/api/skill/link/X"
    linked = refrain("devices", "client", "Alexa", "--redirect", redirect, *data)
    assert "Client secret: rcs_" in linked.stdout
    listed = refrain("devices", *data).stdout
    assert "Symfonium" in listed
    assert "Alexa" in listed
    assert secret not in listed
    ended = refrain("devices", "revoke", "a1", *data)
    assert "Symfonium is let in no more." in ended.stdout
    assert refrain("devices", "revoke", "a1", *data).returncode == 1
    log = refrain("audit", *data).stdout
    for action in ("person_added", "app_password_made", "client_added", "access_revoked"):
        assert action in log
    assert "[command line]" in log
    assert secret not in log
