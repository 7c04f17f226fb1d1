"""A page that plays nothing, but reports as a real one does."""

import asyncio
import time
from typing import Any

from tools.players.browser import BrowserPlayer


class ScriptedPage:
    """Fulfils `BrowserLink` and carries commands out on a clock.

    `broken` are the titles it cannot decode. `mute` makes it take commands without a word,
    `blocked` as a browser does before the first click. `sent` are the commands it got.
    """

    def __init__(self, player: BrowserPlayer, name: str = "page") -> None:
        self.player = player
        self.name = name
        self.sent: list[dict[str, Any]] = []
        self.broken: set[str] = set()
        self.mute = False
        self.blocked = False
        self.status = "idle"
        self.volume, self.muted = 100, False
        self.ducked = False
        self._item: dict[str, Any] | None = None
        self._next: dict[str, Any] | None = None
        self._at = (0.0, 0.0)
        self._task: asyncio.Task[None] | None = None

    def open(self) -> "ScriptedPage":
        self.player.attach(self, self.name)
        self._task = asyncio.get_running_loop().create_task(self._tick())
        return self

    def reload(self) -> None:
        """The page goes away with everything it knew."""
        self.player.detach(self)
        self.ducked = False
        self._be_idle()
        if self._task is not None:
            self._task.cancel()

    def drop_connection(self) -> None:
        """The connection breaks, but the page plays on, as loud as its user wants."""
        self.ducked = False
        self.player.detach(self)

    def commands(self) -> list[str]:
        return [message["command"] for message in self.sent]

    def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "refrain.player.duck":
            self.ducked = message["ducked"]
            return
        self.sent.append(message)
        if not self.mute:
            asyncio.get_running_loop().call_soon(self._obey, message)

    def report(self, event: str = "state", **more: Any) -> bool:
        message = {"type": "refrain.player.report", "event": event, "state": self.state(), **more}
        return self.player.report(self, message)

    def state(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "item_id": None if self._item is None else self._item["item_id"],
            "position_s": self._position_s(),
            "duration_s": 0.0 if self._item is None else self._item["track"]["duration_s"],
            "volume": self.volume,
            "muted": self.muted,
        }

    def _obey(self, message: dict[str, Any]) -> None:
        command_id = message["command_id"]
        match message["command"]:
            case "play" if self.blocked:
                self._refuse(message, "click the page once to allow sound", "blocked")
                return
            case "play" if message["track"]["title"] in self.broken:
                self._be_idle()
                self._refuse(message, "the file cannot be decoded", "")
                return
            case "play":
                self._item, self._next, self.status = message, None, "playing"
                self._at = (time.monotonic(), message["start_s"])
                asyncio.get_running_loop().call_later(
                    0.05, lambda: self.report(command_id=command_id)
                )
                return
            case "prepare":
                self._next = message if "track" in message else None
            case "pause":
                self._at, self.status = (time.monotonic(), self._position_s()), "paused"
            case "resume":
                self._at, self.status = (time.monotonic(), self._at[1]), "playing"
            case "seek":
                self._at = (time.monotonic(), message["position_s"])
            case "volume":
                self.volume, self.muted = message["volume"], message["muted"]
            case "stop":
                self._be_idle()
        self.report(command_id=command_id)

    def _refuse(self, command: dict[str, Any], message: str, code: str) -> None:
        state = {**self.state(), "item_id": command["item_id"]}
        self.report(
            "failed", command_id=command["command_id"], message=message, code=code, state=state
        )

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(0.02)
            if self.status != "playing" or self._item is None:
                continue
            if self._position_s() < self._item["track"]["duration_s"]:
                self.report()
            else:
                self._end()

    def _end(self) -> None:
        last, item, following = self.state(), self._item, self._next
        if following is None:
            self._be_idle()
            self.report("ended", state={**last, "status": "idle"})
        elif following["track"]["title"] in self.broken:
            self._be_idle()
            state = {**self.state(), "item_id": following["item_id"]}
            self.report("failed", message="the file cannot be decoded", state=state)
        else:
            assert item is not None
            self._item, self._next = following, None
            self._at = (time.monotonic(), 0.0)
            self.report("advanced")

    def _position_s(self) -> float:
        if self._item is None:
            return 0.0
        since, position_s = self._at
        if self.status != "playing":
            return position_s
        longest_s: float = self._item["track"]["duration_s"]
        return min(position_s + time.monotonic() - since, longest_s)

    def _be_idle(self) -> None:
        self._item = self._next = None
        self.status = "idle"
        self._at = (0.0, 0.0)
