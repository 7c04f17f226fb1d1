"""Whom a command is for, by name."""

from knowledge.database import Database
from knowledge.people.accounts import Accounts
from knowledge.people.current import HOUSEHOLD, PersonId
from server.errors import BadSettings


def person_named(database: Database, name: str) -> PersonId:
    """The person of this name; "" is the household.

    Raises:
        BadSettings: nobody is called so.
    """
    if not name.strip():
        return HOUSEHOLD
    accounts = Accounts(database)
    person = accounts.by_name(name)
    if person is None:
        names = ", ".join(one.name for one in accounts.all()) or "nobody was added yet"
        raise BadSettings(f'Nobody is called "{name[:60]}".', next_step=f"There are: {names}.")
    return person.id
