"""Apps that speak OpenSubsonic, as tests use them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from libopensonic import Connection

from server_running import RunningServer


@dataclass(frozen=True, slots=True)
class App:
    """How one person's app reaches the server."""

    server: RunningServer
    name: str
    secret: str

    @contextmanager
    def connection(self, **options: Any) -> Iterator[Connection]:
        """The client library, with token and salt unless `options` say otherwise."""
        login = options or {"username": self.name, "password": self.secret}
        made = Connection("http://127.0.0.1", port=self.server.port, app_name="tests", **login)
        try:
            yield made
        finally:
            made.cleanup()
            made._loop.close()

    def get(self, call: str, **parameters: Any) -> httpx.Response:
        given = {"u": self.name, "p": self.secret, "v": "1.16.1", "c": "tests", "f": "json"}
        return httpx.get(f"{self.server.url}/rest/{call}", params=given | parameters, timeout=60)

    def ask(self, call: str, **parameters: Any) -> dict[str, Any]:
        """The content of an answer in JSON, whatever its status."""
        content: dict[str, Any] = self.get(call, **parameters).json()["subsonic-response"]
        return content

    def error(self, call: str, **parameters: Any) -> int:
        """The number of the error that a call ends with."""
        told = self.ask(call, **parameters)
        assert told["status"] == "failed", told
        return int(told["error"]["code"])


def app_of(server: RunningServer, name: str, **options: Any) -> App:
    """A person, made when there is none of that name, with a password for one app."""
    services = server.services
    person = services.accounts.by_name(name) or services.accounts.add(name)
    _, secret = services.app_passwords.make(person.id, "phone", **options)
    return App(server, name, secret)
