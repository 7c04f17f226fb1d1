"""People of an installation, for tests in which somebody else looks."""

from knowledge.database import Database
from knowledge.people.accounts import Accounts
from knowledge.people.current import PersonId

ANNA, BEN = PersonId(2), PersonId(3)


def people_in(database: Database) -> None:
    """Add Anna and Ben; nobody of them can log in."""
    accounts = Accounts(database)
    ids = tuple(accounts.add(name, admin=False).id for name in ("Anna", "Ben"))
    if ids != (ANNA, BEN):
        raise ValueError("There was somebody before.")
