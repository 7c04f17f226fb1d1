"""Which conversations have a client connected, so that an answer can be given in them."""

from typing import Protocol

from knowledge.people.belonging import own_key
from server.recognition.identification import Identified


class Partner(Protocol):
    """The connection of a client to its conversation."""

    def talk_about(self, identified: Identified) -> None:
        """Answer soon, in the conversation, what a clip is."""
        ...


class PresentClients:
    """The connections by conversation, the newest last. Lives on the event loop."""

    def __init__(self) -> None:
        self._partners: dict[str, list[Partner]] = {}

    def __len__(self) -> int:
        return sum(len(partners) for partners in self._partners.values())

    def join(self, session_id: str, partner: Partner) -> None:
        self._partners.setdefault(own_key(session_id), []).append(partner)

    def leave(self, session_id: str, partner: Partner) -> None:
        partners = self._partners.get(own_key(session_id), [])
        if partner in partners:
            partners.remove(partner)
        if not partners:
            self._partners.pop(own_key(session_id), None)

    def talk_about(self, session_id: str, identified: Identified) -> bool:
        """Let the conversation be about a clip; False when nobody is there to hear it."""
        partners = self._partners.get(own_key(session_id))
        if not partners:
            return False
        partners[-1].talk_about(identified)
        return True
