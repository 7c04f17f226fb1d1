"""A real server on a free port of this machine, in a thread of its own."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import anyio
import httpx

from knowledge.recognition.service import RecognitionService
from server.app import create_app
from server.auth.tokens import AccessToken, open_token
from server.listening import Server, address_of, listen_on
from server.opening import open_services
from server.services import Services
from server.settings import Settings
from server.voice.speech import Speech
from tools.players.player import Player

START_S = 60.0

# Loaded at its first use, by whichever thread. Pytest rewrites modules of its plugins, and Python
# 3.11 cannot parse two sources at once, so let it be loaded here.
assert callable(anyio.open_file)


@dataclass(frozen=True, slots=True)
class RunningServer:
    """How a test reaches the server."""

    url: str
    services: Services
    token: AccessToken
    loop: asyncio.AbstractEventLoop

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def socket_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/v1/realtime"

    def client(self, **options: Any) -> httpx.Client:
        return httpx.Client(**{"base_url": self.url, "timeout": 30.0, **options})


@contextmanager
def running_server(
    settings: Settings,
    *,
    turns: Any = None,
    players: tuple[Player, ...] | None = None,
    recognition: RecognitionService | None = None,
    speech: Speech | None = None,
    **doors: Any,
) -> Iterator[RunningServer]:
    """Serve until the block ends; `turns` stands in for the agent, `doors` go to `create_app`.

    Without `speech` nobody can talk to it: no test loads a model by accident.
    """
    if speech is None:
        voice = settings.voice.model_copy(update={"enabled": False})
        settings = settings.model_copy(update={"voice": voice})
    started = threading.Event()
    found: list[RunningServer] = []
    failed: list[BaseException] = []
    servers: list[Server] = []

    async def serve() -> None:
        token = open_token(settings)
        host = "127.0.0.1"
        with listen_on(host, 0, exactly=True) as listener:
            agent = None if turns is None else (lambda: turns)
            async with open_services(
                settings, players=players, agent=agent, recognition=recognition, speech=speech
            ) as services:
                running = RunningServer(
                    address_of(host, listener), services, token, asyncio.get_running_loop()
                )

                services.addresses.listening_at(running.url)

                def listening() -> None:
                    found.append(running)
                    started.set()

                opened = contextlib.nullcontext(services)
                app = create_app(settings, token=token, services=opened, **doors)
                server = Server(app, listening=listening)
                servers.append(server)
                await server.serve(sockets=[listener])

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:  # noqa: BLE001  given to the test below
            failed.append(error)
        finally:
            started.set()

    thread = threading.Thread(target=run, name="server-under-test")
    thread.start()
    try:
        assert started.wait(START_S), "the server did not start"
        if failed:
            raise failed[0]
        yield found[0]
    finally:
        for server in servers:
            server.should_exit = True
        thread.join(START_S)
    if failed:
        raise failed[0]
