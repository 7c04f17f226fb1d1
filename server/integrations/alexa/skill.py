"""Requests of the skill, each answered within the time that Alexa waits."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from server.auth.identity import Identity, Permission, acting_for
from server.errors import ServerError, problem_of
from server.integrations.alexa import responses
from server.integrations.alexa.commands import BUTTONS, COMMANDS, request_of
from server.integrations.alexa.devices import Echo, Echoes
from server.integrations.alexa.exchange import Exchange
from server.integrations.alexa.messages import Envelope, Intent
from server.integrations.alexa.words import Words, words_of
from server.integrations.turn import conversation_id, take_turn
from server.services import Services
from tools.errors import NothingPlaying, QueueEmpty, ToolError
from voice.speakable import spoken_form

_LOG = logging.getLogger(__name__)
ANSWER_S: Final = 6.5
"""Alexa waits for 8 s, the way there and back included."""
_SETTLE_S: Final = 4.0
_TURN_S: Final = 3.0
"""Of these, what a turn may take: so long before the answer must go, no turn is begun any more."""

Response = dict[str, Any]
Who = Callable[[str], Awaitable[Identity | None]]
"""Whose access token this is; None when it is none of ours."""


@dataclass(frozen=True, slots=True)
class _Reply:
    """What is said when the work is done before the answer must go."""

    text: str = ""
    asks: bool = False


class AlexaSkill:
    """Answers requests that were proved to come from Amazon. For one event loop."""

    def __init__(self, services: Services, *, answer_s: float = ANSWER_S) -> None:
        """Answer for this installation, each request within `answer_s`."""
        self._services = services
        self._echoes = Echoes(services)
        self._answer_s = answer_s
        self._tasks: set[asyncio.Task[Any]] = set()

    async def close(self) -> None:
        """Finish nothing that still waits for a device."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._echoes.close()

    async def answer(self, envelope: Envelope, who: Who) -> Response:
        """The response to one request.

        Args:
            envelope: the request.
            who: knows access tokens.
        """
        kind = envelope.request.type
        if kind in {"SessionEndedRequest", "System.ExceptionEncountered"}:
            error = envelope.request.error
            if error is not None:
                _LOG.warning("Alexa reports %s: %s", error.type, error.message)
            return responses.silent()
        words = words_of(envelope.request.locale)
        identity = await self._identity(envelope, who)
        if identity is None:
            if envelope.is_about_playback:
                return responses.silent()
            return responses.spoken(words.link, card=responses.LINK_ACCOUNT)
        with acting_for(identity):
            echo = await self._echoes.get(envelope.context.system.device.device_id)
            exchange = Exchange(kind)
            with exchange.current():
                if kind.startswith("AudioPlayer."):
                    return await self._reported(envelope, echo, exchange)
                echo.player.observe(envelope.context.audio_player)
                if kind.startswith("PlaybackController."):
                    return await self._pressed(kind, identity, echo, exchange)
                return await self._said(envelope, identity, echo, exchange)

    async def _identity(self, envelope: Envelope, who: Who) -> Identity | None:
        if not self._services.settings.alexa.link_accounts:
            allowed = {Permission.LISTEN, Permission.CONTROL, Permission.LIBRARY}
            return Identity(permissions=frozenset(allowed), client="alexa")
        token = envelope.context.system.user.access_token
        return await who(token) if token else None

    # What the device reports.

    async def _reported(self, envelope: Envelope, echo: Echo, exchange: Exchange) -> Response:
        try:
            await echo.player.report(envelope.request)
        except ToolError as error:
            _LOG.info("%s: %s", echo.name, error)
        # What follows from it, such as the next track in place of one that failed.
        await self._until_told(echo.playback.settled(), exchange, _SETTLE_S)
        return responses.silent(exchange.close())

    async def _pressed(
        self, kind: str, identity: Identity, echo: Echo, exchange: Exchange
    ) -> Response:
        command = BUTTONS.get(kind)
        if command is not None and identity.may(Permission.CONTROL):
            await self._until_told(_quietly(command(echo.playback)), exchange, self._answer_s)
        return responses.silent(exchange.close())

    # What somebody says.

    async def _said(
        self, envelope: Envelope, identity: Identity, echo: Echo, exchange: Exchange
    ) -> Response:
        words, intent = words_of(envelope.request.locale), envelope.request.intent
        if envelope.request.type == "LaunchRequest" or intent is None:
            return responses.spoken(words.welcome, reprompt=words.again, ends=False)
        if intent.name == "AMAZON.HelpIntent":
            return responses.spoken(words.help, reprompt=words.again, ends=False)
        if not identity.may(Permission.CONTROL):
            return responses.spoken(words.not_allowed)
        work = self._work(intent, words, identity, echo, envelope)
        if work is None:
            return responses.spoken(words.not_understood, reprompt=words.again, ends=False)
        task = await self._until_told(work, exchange, self._answer_s)
        if exchange.awaits_device.is_set():
            # Whether it plays is known when the device reports it: until then only its name.
            return responses.spoken(exchange.starts, directives=exchange.close())
        directives = exchange.close()
        if not task.done():
            return responses.spoken(words.slow)
        reply = task.result()
        return responses.spoken(
            reply.text, directives=directives, reprompt=words.again, ends=not reply.asks
        )

    def _work(
        self, intent: Intent, words: Words, identity: Identity, echo: Echo, envelope: Envelope
    ) -> Coroutine[Any, Any, _Reply] | None:
        command = COMMANDS.get(intent.name)
        if command is not None:
            return _commanded(command(echo.playback), words)
        text = request_of(intent, words)
        if not text:
            return None
        device = envelope.context.system.device.device_id
        session_id = conversation_id("alexa", identity, device)
        return self._turn(text, session_id, echo, words)

    async def _starts(self) -> bool:
        """Whether the agent, which is loaded when the server starts, is not there in time."""
        turns = self._services.turns
        if not turns.is_loaded:
            with suppress(TimeoutError):
                async with asyncio.timeout(max(self._answer_s - _TURN_S, 0.0)):
                    await turns.loaded()
        return not turns.is_loaded

    async def _turn(self, text: str, session_id: str, echo: Echo, words: Words) -> _Reply:
        if await self._starts():
            return _Reply(words.starting)  # and nothing plays a minute later, out of the blue
        if (rooms := self._services.tools.rooms) is not None:
            rooms.asks_from(session_id, echo.name)
        try:
            reply = await take_turn(self._services.turns, text, session_id=session_id, spoken=True)
        except ServerError as error:
            return _Reply(problem_of(error).message)
        except Exception:  # noqa: BLE001  whatever it is, Alexa gets an answer
            _LOG.exception("a turn for Alexa failed")
            return _Reply(words.broken)
        return _Reply(spoken_form(reply.text) or reply.text, asks=reply.asks)

    async def _until_told(
        self, work: Coroutine[Any, Any, Any], exchange: Exchange, seconds: float
    ) -> asyncio.Task[Any]:
        """Work until it is done, or waits for the device, or the answer must go; it goes on."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        told = asyncio.create_task(exchange.awaits_device.wait())
        await asyncio.wait({task, told}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _LOG.warning("what an Echo asked for was not finished: %r", error)


async def _commanded(command: Awaitable[object], words: Words) -> _Reply:
    try:
        await command
    except (NothingPlaying, QueueEmpty):
        return _Reply(words.nothing_playing)
    except ToolError as error:
        return _Reply(str(error))
    return _Reply()


async def _quietly(command: Awaitable[object]) -> None:
    try:
        await command
    except ToolError as error:
        _LOG.info("a button did nothing: %s", error)
