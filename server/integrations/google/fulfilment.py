"""SYNC, QUERY and EXECUTE of one person. Every state in an answer is what the player reported."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Final

from knowledge.models import Playlist, Track
from knowledge.people.current import PersonId, current_person
from server.auth.identity import Identity, Permission
from server.integrations.google.applications import (
    SELECT,
    application_wanted,
    applications_of,
    current_application,
    open_application,
)
from server.integrations.google.commands import CannotDo, Inputs, carry_out
from server.integrations.google.messages import CommandIn, DeviceIn, Execution, PayloadIn
from server.integrations.google.speakers import (
    HouseSpeaker,
    described,
    speakers_of,
    state_of,
)
from server.services import Services
from tools.errors import (
    NoPlayer,
    NothingPlaying,
    PlayerNotResponding,
    PlayerUnable,
    QueueEmpty,
    ToolError,
)
from tools.players.rooms import Rooms

_LOG = logging.getLogger(__name__)
_ANSWER_S: Final = 4.0
"""Google waits for 5 s."""
_CODES: Final[tuple[tuple[type[ToolError], str], ...]] = (
    (NoPlayer, "deviceOffline"),
    (PlayerNotResponding, "transientError"),
    (PlayerUnable, "functionNotSupported"),
    (NothingPlaying, "actionNotAvailable"),
    (QueueEmpty, "actionNotAvailable"),
)


class Fulfilment:
    """Answers for the speakers of this house. For one event loop."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._chosen: dict[tuple[PersonId, str], tuple[str, frozenset[str]]] = {}
        """By person and speaker: the playlist they chose last, and what it put into the queue."""
        self._opened: dict[tuple[PersonId, str], str] = {}
        """By person and speaker: the application they opened last."""

    async def sync(self, identity: Identity) -> dict[str, Any]:
        """Which speakers there are."""
        playlists = await self._playlists()
        devices = []
        for one in self._speakers():
            applications = await applications_of(self._services, one.id)
            devices.append(described(one, playlists, [each.described() for each in applications]))
        return {"agentUserId": f"refrain-{identity.person}", "devices": devices}

    async def query(self, payload: PayloadIn) -> dict[str, Any]:
        """What they do now."""
        speakers = {one.id: one for one in self._speakers()}
        states = {one.id: await self._state(speakers.get(one.id)) for one in payload.devices}
        return {"devices": states}

    async def execute(self, payload: PayloadIn, identity: Identity) -> dict[str, Any]:
        """Command them, and tell what became of it."""
        speakers = {one.id: one for one in self._speakers()}
        done = [
            await self._command(device, speakers.get(device.id), wanted, identity)
            for wanted in payload.commands
            for device in wanted.devices
        ]
        return {"commands": done}

    async def _state(self, speaker: HouseSpeaker | None) -> dict[str, Any]:
        if speaker is None:
            return {"online": False, "status": "ERROR", "errorCode": "deviceNotFound"}
        state = await self._reported(speaker)
        return {"status": "SUCCESS" if state["online"] else "OFFLINE", **state}

    async def _command(
        self,
        device: DeviceIn,
        speaker: HouseSpeaker | None,
        wanted: CommandIn,
        identity: Identity,
    ) -> dict[str, Any]:
        ids = [device.id]
        if speaker is None:
            return {"ids": ids, "status": "ERROR", "errorCode": "deviceNotFound"}
        if not identity.may(Permission.CONTROL):
            return {"ids": ids, "status": "ERROR", "errorCode": "authFailure"}
        try:
            async with asyncio.timeout(_ANSWER_S):
                for one in wanted.execution:
                    await self._carry_out(one, speaker)
        except CannotDo as error:
            return {"ids": ids, "status": "ERROR", "errorCode": str(error)}
        except ToolError as error:
            code = next((code for kind, code in _CODES if isinstance(error, kind)), "hardError")
            _LOG.info("Google was told %s: %s", code, error)
            return {"ids": ids, "status": "ERROR", "errorCode": code}
        except TimeoutError:
            return {"ids": ids, "status": "ERROR", "errorCode": "timeout"}
        return {"ids": ids, "status": "SUCCESS", "states": await self._reported(speaker)}

    async def _reported(self, speaker: HouseSpeaker) -> dict[str, Any]:
        opened = self._opened.get((current_person(), speaker.id), "")
        application = await current_application(speaker, opened, self._services)
        return state_of(speaker, self._current_input(speaker), application)

    async def _carry_out(self, wanted: Execution, speaker: HouseSpeaker) -> None:
        if wanted.name == SELECT:
            there = await applications_of(self._services, speaker.id)
            application = application_wanted(wanted.params, there)
            await open_application(application, speaker, self._services)
            self._opened[current_person(), speaker.id] = application.key
            return
        current = self._current_input(speaker)
        inputs = Inputs(tuple(await self._playlists()), self._tracks, current)
        chosen = await carry_out(wanted.name, wanted.params, speaker, inputs)
        if chosen:
            self._chosen[current_person(), speaker.id] = (chosen, _queued(speaker))

    def _current_input(self, speaker: HouseSpeaker) -> str:
        """The playlist that this person chose here; "" when something else was played since."""
        key, queued = self._chosen.get((current_person(), speaker.id), ("", frozenset()))
        return key if queued == _queued(speaker) else ""

    async def _playlists(self) -> Sequence[Playlist]:
        return await asyncio.to_thread(self._services.playlists.all)

    async def _tracks(self, playlist: Playlist) -> tuple[Track, ...]:
        return await asyncio.to_thread(self._services.playlists.tracks, playlist.id)

    def _speakers(self) -> tuple[HouseSpeaker, ...]:
        rooms = self._services.tools.rooms
        return speakers_of(rooms or Rooms(self._services.playback))


def _queued(speaker: HouseSpeaker) -> frozenset[str]:
    return frozenset(item.id for item in speaker.playback.queue.items)
