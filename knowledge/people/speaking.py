"""Who lets themselves be told by their name alone, at devices that all use."""

from knowledge.database import Database
from knowledge.people.accounts import Accounts
from knowledge.people.current import PersonId
from knowledge.people.settings import PersonSettings


class SpeakingPeople:
    """Finds people by the name that somebody says."""

    def __init__(self, database: Database) -> None:
        self._accounts = Accounts(database)
        self._settings = PersonSettings(database)

    def named(self, name: str) -> PersonId | None:
        """Who is called so and allows it; None when there is nobody, or they do not."""
        person = self._accounts.by_name(name)
        if person is None or not self._settings.allowed(person.id).on_shared_devices:
            return None
        return person.id
