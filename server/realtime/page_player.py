"""A page as a player: what `BrowserPlayer` tells it goes out through its connection."""

from typing import Any

from server.realtime.outgoing import Outgoing
from tools.players.browser import BrowserPlayer


class PagePlayerLink:
    """Joins one connection to the one browser player. Fulfils its `BrowserLink`."""

    def __init__(self, browser: BrowserPlayer, outgoing: Outgoing) -> None:
        self._browser = browser
        self._outgoing = outgoing
        self._attached = False

    def send(self, message: dict[str, Any]) -> None:
        """Queue a command for the page; never blocks."""
        self._outgoing.put(message)

    def attach(self, name: str) -> None:
        """The page can play from now on."""
        self._attached = True
        self._browser.attach(self, name)

    def claim(self) -> None:
        """The user turned to this page."""
        if self._attached:
            self._browser.claim(self)

    def report(self, message: dict[str, Any]) -> None:
        """Hand on what the page's player says."""
        if self._attached:
            self._browser.report(self, message)

    def detach(self) -> None:
        if self._attached:
            self._attached = False
            self._browser.detach(self)
