"""People: their names, their passwords, and who may change everything."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.people.accounts import Accounts
from knowledge.people.current import HOUSEHOLD, PersonId
from knowledge.people.errors import NameRejected, NoSuchPerson, PasswordRejected

pytestmark = pytest.mark.unit
GOOD = "a quiet horse 7"


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    database = Database.at(tmp_path / "library.db")
    yield Accounts(database, clock=lambda: 1_000.0)
    database.close()


def test_the_first_person_is_the_administrator_and_the_second_is_not(accounts: Accounts) -> None:
    assert accounts.all() == []
    anna = accounts.add("  Anna ", password=GOOD)
    ben = accounts.add("Ben")
    assert (anna.name, anna.is_admin, anna.has_password) == ("Anna", True, True)
    assert (ben.is_admin, ben.has_password) == (False, False)
    assert accounts.all() == [anna, ben]
    assert HOUSEHOLD not in {anna.id, ben.id}


def test_only_the_right_password_of_the_right_person_lets_in(accounts: Accounts) -> None:
    anna = accounts.add("Anna", password=GOOD)
    accounts.add("Ben", password=GOOD + "!")
    assert accounts.verify_password("ANNA", GOOD) == anna
    assert accounts.verify_password("anna", GOOD + " ") is None
    assert accounts.verify_password("Ben", GOOD) is None
    assert accounts.verify_password("nobody", GOOD) is None
    assert accounts.verify_password("", "") is None


def test_the_household_and_people_without_a_password_cannot_log_in(accounts: Accounts) -> None:
    accounts.add("Ben")
    assert accounts.verify_password("Ben", "") is None
    assert accounts.verify_password("", "nobody's password") is None
    assert accounts.verify_password("Ben", "nobody's password") is None
    with pytest.raises(NoSuchPerson):
        accounts.set_password(HOUSEHOLD, GOOD)


def test_a_login_is_needed_once_somebody_has_a_password(accounts: Accounts) -> None:
    ben = accounts.add("Ben")
    assert not accounts.login_needed()
    accounts.set_password(ben.id, GOOD)
    assert accounts.login_needed()


@pytest.mark.parametrize("name", ["", "  ", "???", "a" * 61, "An\x00na", "An\u202ena"])
def test_what_is_no_name_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(NameRejected):
        accounts.add(name)


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaa", "x" * 300, "Annabell Lee"])
def test_what_anybody_would_guess_is_no_password(accounts: Accounts, password: str) -> None:
    with pytest.raises(PasswordRejected):
        accounts.add("annabell lee", password=password)
    assert accounts.all() == []


def test_no_two_people_have_one_name_however_it_is_written(accounts: Accounts) -> None:
    accounts.add("Zoë")
    ben = accounts.add("Ben")
    with pytest.raises(NameRejected):
        accounts.add("ZOE")
    with pytest.raises(NameRejected):
        accounts.rename(ben.id, "zoe")
    assert accounts.rename(ben.id, "Benjamin").name == "Benjamin"


def test_who_is_removed_is_gone_and_their_id_is_never_given_again(accounts: Accounts) -> None:
    ben = accounts.add("Ben", password=GOOD)
    accounts.remove(ben.id)
    assert accounts.by_name("Ben") is None
    assert not accounts.login_needed()
    assert accounts.add("Ben").id != ben.id
    with pytest.raises(NoSuchPerson):
        accounts.remove(ben.id)
    with pytest.raises(NoSuchPerson):
        accounts.remove(HOUSEHOLD)


def test_what_another_process_adds_is_noticed(accounts: Accounts, tmp_path: Path) -> None:
    other = Accounts(Database.at(tmp_path / "library.db"))
    anna = other.add("Anna", password=GOOD)
    assert accounts.by_name("anna") == anna
    assert accounts.by_id(PersonId(anna.id)) == anna
