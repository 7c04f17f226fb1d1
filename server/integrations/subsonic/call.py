"""One call of an app, and the methods that there are."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from knowledge.browsing import Browser
from server.auth.identity import Identity, Permission
from server.integrations.subsonic.errors import Code, SubsonicError
from server.integrations.subsonic.listening_now import ListeningNow
from server.integrations.subsonic.parameters import Parameters
from server.integrations.subsonic.presenting import Shown
from server.services import Services


@dataclass(frozen=True)
class Call:
    """What an app asks, and who is behind it."""

    services: Services
    request: Request
    parameters: Parameters
    identity: Identity
    listening_now: ListeningNow

    @property
    def client(self) -> str:
        """What the app calls itself; told in the history as the player."""
        named = self.parameters.text("c") or self.identity.client or "app"
        return "".join(each for each in named if each.isprintable())[:60] or "app"

    @cached_property
    def browser(self) -> Browser:
        return Browser(self.services.database)

    @cached_property
    def shown(self) -> Shown:
        """Turns things of the library into answers."""
        return Shown(self.browser, with_history=self.identity.may(Permission.HISTORY))

    def require(self, permission: Permission) -> None:
        """Go on only if the app's password allows this.

        Raises:
            SubsonicError: it does not.
        """
        if not self.identity.may(permission):
            raise SubsonicError(
                Code.NOT_ALLOWED, f'This password does not allow "{permission.value}".'
            )


Content = dict[str, Any]
Method = Callable[[Call], Content]
"""Runs in a worker thread; what it returns is the answer's content."""
Sender = Callable[[Call], Any]
"""Runs on the event loop and returns a response: sound or a picture."""

METHODS: dict[str, tuple[Method, Permission]] = {}
SENDERS: dict[str, Sender] = {}


def method(*names: str, needs: Permission = Permission.LISTEN) -> Callable[[Method], Method]:
    """Answer calls of these names, for those who may."""

    def add(function: Method) -> Method:
        METHODS.update(dict.fromkeys(names, (function, needs)))
        return function

    return add


def sender(*names: str) -> Callable[[Sender], Sender]:
    """Answer calls of these names with something else than data."""

    def add(function: Sender) -> Sender:
        SENDERS.update(dict.fromkeys(names, function))
        return function

    return add


Answer = Response
