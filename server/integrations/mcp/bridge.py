"""MCP on standard input and output for the server that runs already: passes messages on to it.

One JSON-RPC message a line (specification 2026-07-28, transports: stdio). Both protocol eras pass
unchanged; for HTTP, those of 2026-07-28 also need their routing in headers.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any, BinaryIO

import httpx

MAX_LINE_BYTES = 1_000_000
_MODERN = "io.modelcontextprotocol/protocolVersion"
_NAMED_BY = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}
_PARSE_ERROR, _INVALID_REQUEST, _CONNECTION_CLOSED = -32700, -32600, -32000
_TIMEOUT = httpx.Timeout(10.0, read=None)


class Bridge:
    """Carries lines to the server and its answers back, several at a time."""

    def __init__(self, client: httpx.AsyncClient, out: BinaryIO) -> None:
        """Speak to the server that `client` reaches; answers go to `out`, one a line."""
        self._client = client
        self._out = out
        self._version = ""
        """What an `initialize` agreed on; later requests of that client repeat it."""
        self._posts: dict[str, asyncio.Task[None]] = {}

    async def run(self, lines: AsyncIterator[bytes]) -> None:
        """Pass everything on until the lines end; then wait for the last answers."""
        async for line in lines:
            if line.strip():
                await self._take(line)
        if self._posts:
            await asyncio.wait(self._posts.values())

    async def _take(self, line: bytes) -> None:
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            self._tell_error(None, _PARSE_ERROR, "That is not JSON.")
            return
        if not isinstance(message, dict) or len(line) > MAX_LINE_BYTES:
            self._tell_error(None, _INVALID_REQUEST, "One JSON object a line, of 1 MB at most.")
            return
        params = message.get("params")
        params = params if isinstance(params, dict) else {}
        if message.get("method") == "notifications/cancelled":
            task = self._posts.pop(repr(params.get("requestId")), None)
            if task is not None:
                task.cancel()
            return
        posting = asyncio.create_task(self._post(line, message, params))
        if message.get("method") == "initialize" or "id" not in message:
            await posting  # what follows depends on it
            return
        key = repr(message["id"])
        self._posts[key] = posting
        posting.add_done_callback(lambda _: self._posts.pop(key, None))

    async def _post(
        self, line: bytes, message: Mapping[str, Any], params: Mapping[str, Any]
    ) -> None:
        asked = message.get("id")
        try:
            async with self._client.stream(
                "POST", "/mcp/", content=line, headers=self._headers(message, params)
            ) as answer:
                told = await self._tell(answer, message)
            if asked is not None and not told:
                reason = f"The server answered with status {answer.status_code}."
                self._tell_error(asked, _CONNECTION_CLOSED, reason)
        except httpx.HTTPError:
            if asked is not None:
                self._tell_error(asked, _CONNECTION_CLOSED, "The running Refrain went away.")

    def _headers(self, message: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, str]:
        headers = {
            "accept": "application/json, text/event-stream",
            "content-type": "application/json",
        }
        meta = params.get("_meta")
        version = meta.get(_MODERN) if isinstance(meta, dict) else None
        if not isinstance(version, str):
            is_new = message.get("method") == "initialize"
            return headers if is_new or not self._version else headers | _version(self._version)
        headers |= _version(version)
        method = str(message.get("method", ""))
        headers["mcp-method"] = method
        if (key := _NAMED_BY.get(method)) is not None:
            # Imported where it is needed: the SDK takes most of a second.
            from mcp.shared.inbound import encode_header_value  # noqa: PLC0415

            headers["mcp-name"] = encode_header_value(str(params.get(key, "")))
        return headers

    async def _tell(self, answer: httpx.Response, message: Mapping[str, Any]) -> bool:
        """Write what the server says; whether that was an answer."""
        if not answer.headers.get("content-type", "").startswith("text/event-stream"):
            body = (await answer.aread()).strip()
            return bool(body) and self._tell_line(body, message)
        told = False
        async for line in answer.aiter_lines():
            if line.startswith("data:") and len(line) > len("data:"):
                told = self._tell_line(line[len("data:") :].strip().encode(), message) or told
        return told

    def _tell_line(self, body: bytes, message: Mapping[str, Any]) -> bool:
        try:
            value = json.loads(body)
        except ValueError:
            return False
        if not isinstance(value, dict) or "jsonrpc" not in value:
            return False
        if "method" not in value:  # an answer: to this request, whatever its id says
            value["id"] = message.get("id")
        if message.get("method") == "initialize" and isinstance(value.get("result"), dict):
            self._version = str(value["result"].get("protocolVersion", ""))
        self._write(value)
        return True

    def _tell_error(self, asked: object, code: int, reason: str) -> None:
        error = {"code": code, "message": reason}
        self._write({"jsonrpc": "2.0", "id": asked, "error": error})

    def _write(self, value: Mapping[str, Any]) -> None:
        with suppress(BrokenPipeError):
            self._out.write(json.dumps(value, separators=(",", ":")).encode() + b"\n")
            self._out.flush()


def _version(text: str) -> dict[str, str]:
    return {"mcp-protocol-version": text} if text.isascii() and text.isprintable() else {}


async def bridge(url: str, control: str) -> None:
    """Let whoever started this program talk to the Refrain at `url`, as its owner."""
    async with httpx.AsyncClient(
        base_url=url,
        headers={"authorization": f"Bearer {control}"},
        timeout=_TIMEOUT,
        trust_env=False,
    ) as client:
        await Bridge(client, sys.stdout.buffer).run(_standard_input())


async def _standard_input() -> AsyncIterator[bytes]:
    reader = asyncio.StreamReader(limit=2 * MAX_LINE_BYTES)
    try:
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer
        )
    except ValueError:  # a file: it has all lines already
        for line in await asyncio.to_thread(sys.stdin.buffer.readlines):
            yield line
        return
    while True:
        try:
            line = await reader.readline()
        except ValueError:  # longer than may be
            line = b"too long"
        if not line:
            return
        yield line
