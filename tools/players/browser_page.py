"""One open page: commands go out, and each is answered, refused, or given up on."""

import asyncio
from typing import Any
from uuid import uuid4

from tools.errors import NoPlayer, PlayerBlocked, PlayerNotResponding, PlayerRefused, ToolError
from tools.players.browser_messages import BrowserLink, Report, command, duck
from tools.players.player import PlayerState


class BrowserPage:
    """What is known of one page, and the answers that are still to come from it."""

    def __init__(self, link: BrowserLink, name: str) -> None:
        self.link = link
        self.name = name
        self.reported = PlayerState()
        """What the page said last; no clock carries it forward."""
        self.volume_told = False
        self._waiting: dict[str, asyncio.Future[PlayerState]] = {}
        self._taking_back: str | None = None

    def duck(self, on: bool) -> None:
        """Tell the page to be quieter for a while, or not any more."""
        self.link.send(duck(on))

    def tell(self, name: str, **fields: Any) -> str:
        """Send a command without waiting; returns its id."""
        command_id = uuid4().hex
        self.link.send(command(name, command_id, **fields))
        return command_id

    async def ask(self, name: str, *, timeout_s: float, **fields: Any) -> PlayerState:
        """Send a command and wait for the page to confirm it.

        Raises:
            PlayerNotResponding: no answer in time.
            PlayerRefused: the page says that it cannot.
            PlayerBlocked: the browser wants a click first.
            NoPlayer: the page was closed meanwhile.
        """
        self._taking_back = None
        answer: asyncio.Future[PlayerState] = asyncio.get_running_loop().create_future()
        command_id = uuid4().hex
        self._waiting[command_id] = answer
        try:
            self.link.send(command(name, command_id, **fields))
            async with asyncio.timeout(timeout_s):
                return await answer
        except TimeoutError as error:
            raise PlayerNotResponding(
                f'The page did not confirm "{name}" within {timeout_s:g} s.'
            ) from error
        finally:
            del self._waiting[command_id]
            answer.cancel()

    def take_back(self) -> None:
        """Silence the page, and believe nothing it says until it confirms that."""
        self._taking_back = self.tell("stop")
        self.reported = PlayerState(volume=self.reported.volume, muted=self.reported.muted)

    def believes(self, report: Report) -> bool:
        """Whether a report counts, or was sent before the page heard that it should stop."""
        if self._taking_back is None:
            return True
        if report.command_id == self._taking_back:
            self._taking_back = None
            return True
        return False

    def answers(self, report: Report) -> bool:
        """Hand a report to the command that it answers; False when none waits for it."""
        answer = self._waiting.get(report.command_id or "")
        if answer is None or answer.done():
            return False
        if report.event == "failed":
            answer.set_exception(_failure(report))
        else:
            answer.set_result(report.state.to_state())
        return True

    def closed(self) -> None:
        """No answer will come any more."""
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(NoPlayer("The page was closed."))


def _failure(report: Report) -> ToolError:
    message = report.message or "The page could not do it."
    match report.code:
        case "blocked":
            return PlayerBlocked(message)
        case "timeout":
            return PlayerNotResponding(message)
        case _:
            return PlayerRefused(message)
