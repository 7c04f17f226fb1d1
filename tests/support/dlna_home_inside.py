"""A house with a real renderer in its parlour, told as JSON; runs inside a network namespace.

Started by test_renderer_real.py as `python dlna_home_inside.py FOLDER`: the real `refrain serve`,
reached and reaching out as on a local network, at 10.77.0.1.
"""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from websockets.sync.client import connect

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from dlna_inside import ADDRESS, found, renderer  # noqa: E402
from player_sounds import write_tone  # noqa: E402

PORT = 8765
TOKEN = "a token of the house"
_AUTHORISED = {"authorization": f"Bearer {TOKEN}"}


class House:
    """What people say there, and what is to be seen of it."""

    def __init__(self) -> None:
        self.client = httpx.Client(
            base_url=f"http://{ADDRESS}:{PORT}", headers=_AUTHORISED, timeout=60.0
        )

    def say(self, text: str) -> str:
        """A typed request as the page makes it; returns the reply."""
        address = f"ws://{ADDRESS}:{PORT}/v1/realtime?session=house&modalities=text"
        content = [{"type": "input_text", "text": text}]
        item = {"type": "message", "role": "user", "content": content}
        reply = ""
        with connect(
            address, additional_headers=_AUTHORISED, max_size=None, max_queue=None, proxy=None
        ) as socket:
            socket.send(json.dumps({"type": "conversation.item.create", "item": item}))
            socket.send(json.dumps({"type": "response.create"}))
            while True:
                event = json.loads(socket.recv(timeout=90))
                if event["type"] == "response.output_text.delta":
                    reply += event["delta"]
                if event["type"] == "response.done":
                    return reply.strip()

    def parlour(self) -> dict[str, Any]:
        """The room as the API shows it; empty while it is not there."""
        rooms = self.client.get("/api/rooms").json()["rooms"]
        return next((dict(one) for one in rooms if one["name"] == "parlour"), {})

    def position_s(self) -> float:
        player = self.client.get("/api/player", params={"room": "parlour"})
        return float(player.json()["position_s"])


def until(holds: Callable[[], bool], timeout_s: float = 90.0) -> None:
    deadline = time.monotonic() + timeout_s
    while True:
        with contextlib.suppress(httpx.HTTPError):
            if holds():
                return
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.2)


def evening(house: House) -> dict[str, Any]:
    until(lambda: house.client.get("/api/tracks").json()["total"] == 2)
    until(lambda: bool(house.parlour().get("connected")))
    notes: dict[str, Any] = {"asked": house.say("play Low Tide in the parlour")}
    notes["playing"] = house.parlour()
    notes["sought"] = [house.say("skip to 12 seconds in the parlour"), house.position_s()]
    notes["pause"] = [house.say("pause the parlour"), house.parlour()["status"]]
    notes["on"] = [house.say("resume in the parlour"), house.parlour()["status"]]
    notes["next"] = [house.say("play High Noon in the parlour"), house.parlour()["title"]]
    return notes


def main(folder: Path) -> None:
    for title, hertz in (("Low Tide", 200.0), ("High Noon", 800.0)):
        write_tone(folder / "music" / f"{title}.wav", 30.0, hertz)
    device = renderer(folder / "gmediarender.log")
    location = asyncio.run(found())
    data = folder / "data"
    data.mkdir()
    (data / "config.toml").write_text(
        f'[[players.dlna]]\nroom = "parlour"\nlocation = "{location}"\n'
        "[voice]\nenabled = false\n[recognition]\nenabled = false\n[meaning]\nenabled = false\n"
    )
    refrain = Path(sys.executable).with_name("refrain")
    command: list[str | Path] = [
        refrain,
        "--data",
        data,
        "serve",
        "--music",
        folder / "music",
        "--host",
        ADDRESS,
    ]
    with (folder / "refrain.log").open("wb") as log:
        served = subprocess.Popen(
            [*command, "--port", str(PORT)],
            stdout=log,
            stderr=log,
            env={**os.environ, "REFRAIN_SERVER__TOKEN": TOKEN},
        )
    try:
        (folder / "notes.json").write_text(json.dumps(evening(House())))
    finally:
        served.terminate()
        device.kill()
        served.wait(30)
        device.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
