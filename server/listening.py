"""A socket to listen on, and a server on it that stops cleanly."""

import errno
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address

import uvicorn
from starlette.types import ASGIApp

from server.errors import PortTaken
from server.realtime.connection import MAX_MESSAGE_BYTES

_TRIED_PORTS = 20
_LARGEST_READ = 2
"""Times what a message may have: one a little too large is told so, others end their connection."""


def listen_on(host: str, port: int, *, exactly: bool) -> socket.socket:
    """Bind `host` and `port`; when it is taken, the next free one, unless `exactly`.

    Raises:
        PortTaken: no port could be had.
    """
    last = port if exactly or port == 0 else min(port + _TRIED_PORTS, 65535)
    for candidate in range(port, last + 1):
        listener = socket.socket(_family(host), socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, candidate))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno == errno.EADDRINUSE and candidate < last:
                continue
            raise PortTaken(_why(host, candidate, error)) from error
        return listener
    raise PortTaken(f"No port from {port} to {last} is free.")


def address_of(host: str, listener: socket.socket) -> str:
    """The page's address as people on this machine type it."""
    port = listener.getsockname()[1]
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104  only compared
    if ":" in name and not name.startswith("["):
        name = f"[{name}]"
    return f"http://{name}:{port}"


class Server(uvicorn.Server):
    """Uvicorn with our limits; says when it listens, and ends without raising its signal again."""

    def __init__(
        self, app: ASGIApp, *, listening: Callable[[], None], heeds_signals: bool = True
    ) -> None:
        """Prepare to serve.

        Args:
            app: what is served.
            listening: called when clients can connect.
            heeds_signals: stop on SIGINT and SIGTERM; not where serving is a side job.
        """
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                ws_max_size=_LARGEST_READ * MAX_MESSAGE_BYTES,
                ws_max_queue=64,
                ws_per_message_deflate=False,
                limit_concurrency=512,
                timeout_graceful_shutdown=3,
                lifespan="on",
            )
        )
        self._listening = listening
        self._heeds_signals = heeds_signals
        logging.getLogger("uvicorn.error").addFilter(_is_news)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self._listening()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGINT and SIGTERM; whoever called us closes the services in peace."""
        is_main = threading.current_thread() is threading.main_thread()
        if not (is_main and self._heeds_signals):
            yield
            return
        handled = (signal.SIGINT, signal.SIGTERM)
        before = {one: signal.signal(one, self.handle_exit) for one in handled}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


def _is_news(record: logging.LogRecord) -> bool:
    """Uvicorn calls it an error when a WebSocket is refused with an HTTP answer; we mean to."""
    return "without completing handshake" not in record.getMessage()


def _family(host: str) -> socket.AddressFamily:
    try:
        six = isinstance(ip_address(host.strip("[]")), IPv6Address)
    except ValueError:
        six = False
    return socket.AF_INET6 if six else socket.AF_INET


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is used by another program."
    if error.errno == errno.EACCES:
        return f"You may not listen on port {port}; ports below 1024 belong to the system."
    return f"Cannot listen on {host} port {port}: {error.strerror or error}."
