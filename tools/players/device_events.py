"""What playback does when a device acts by itself: goes on, ends, fails, or goes away."""

import asyncio
import logging
from functools import partial

from knowledge.queue_operations import advance, following, index_of, jump
from tools.errors import ToolError
from tools.players.deck import Deck, PlaybackProblem
from tools.players.player import (
    PlaybackStatus,
    Player,
    PlayerEvent,
    PlayerEventKind,
)

_log = logging.getLogger(__name__)


class DeviceEvents:
    """Handles the events of all players, one after the other, between the commands."""

    def __init__(self, deck: Deck, lock: asyncio.Lock) -> None:
        self._deck = deck
        self._lock = lock
        self._tasks: set[asyncio.Task[None]] = set()
        for player in deck.choice.players:
            player.listen(partial(self._heard, player))

    async def settled(self) -> None:
        """Wait until everything that was heard so far is dealt with."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def _heard(self, player: Player, event: PlayerEvent) -> None:
        task = asyncio.get_running_loop().create_task(self._handle(player, event))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _handle(self, player: Player, event: PlayerEvent) -> None:
        async with self._lock:
            if event.kind is PlayerEventKind.DISCONNECTED:
                self._deck.forget(player)
            if player.state.status is PlaybackStatus.PLAYING and not self._deck.choice.sounding:
                self._deck.choice.found_playing(player)
            if self._deck.choice.in_use(player):
                try:
                    await self._react(player, event)
                except ToolError as error:
                    self._note(event, error)
                except Exception:  # noqa: BLE001  the next event must still be heard
                    _log.exception("Playback could not follow %s of %s", event.kind, player.name)
            self._deck.notify()

    async def _react(self, player: Player, event: PlayerEvent) -> None:
        match event.kind:
            case PlayerEventKind.STATE:
                await self._changed(player)
            case PlayerEventKind.ADVANCED:
                await self._advanced(player, event)
            case PlayerEventKind.ENDED:
                await self._ended(player, event)
            case PlayerEventKind.FAILED:
                await self._failed(player, event)
            case PlayerEventKind.DISCONNECTED:
                await self._deck.recorder.finish()
                await self._deck.remember_place(event.state)

    async def _changed(self, player: Player) -> None:
        """Someone used the controls of the device itself."""
        deck, state = self._deck, player.state
        deck.recorder.sounds(state.status is PlaybackStatus.PLAYING)
        if state.status is PlaybackStatus.PLAYING and deck.recorder.item_id != state.item_id:
            item = next((each for each in deck.queue.items if each.id == state.item_id), None)
            if item is not None:
                await deck.keep(jump(deck.queue, item.id), edit=False)
                await deck.went_on(item, player)
        elif state.status is PlaybackStatus.IDLE:
            await deck.recorder.finish()
        elif state.status is PlaybackStatus.PAUSED:
            await deck.remember_place(state)

    async def _advanced(self, player: Player, event: PlayerEvent) -> None:
        deck, item_id = self._deck, event.state.item_id
        if item_id is None or player.state.item_id != item_id:
            return  # a command came between, and the device is elsewhere by now
        await deck.recorder.finish()
        if all(item.id != item_id for item in deck.queue.items):
            await self._go_on(player)  # it was taken out in the very moment when it began
            return
        if deck.ends(deck.queue):  # it went on before it heard that the music ends here
            await deck.rest()
            return
        announced = following(deck.queue)
        if announced is not None and announced.id == item_id:
            await deck.keep(advance(deck.queue), edit=False)
        else:
            await deck.keep(jump(deck.queue, item_id), edit=False)
        await deck.went_on(deck.queue.items[index_of(deck.queue, item_id)], player)

    async def _ended(self, player: Player, event: PlayerEvent) -> None:
        if self._is_past(player, event):
            return
        self._deck.failures = 0
        await self._deck.recorder.finish()
        if self._deck.ends(self._deck.queue):
            await self._deck.rest()
            return
        await self._go_on(player)

    async def _go_on(self, player: Player) -> None:
        await self._deck.keep(advance(self._deck.queue), edit=False)
        if self._deck.queue.current is not None:
            await self._deck.start()
        elif player.state.status is not PlaybackStatus.IDLE:
            await self._deck.halt()

    async def _failed(self, player: Player, event: PlayerEvent) -> None:
        deck = self._deck
        announced = following(deck.queue)
        if announced is not None and announced.id == event.state.item_id:
            await deck.keep(advance(deck.queue), edit=False)  # it failed in going on to this one
        item = deck.queue.current
        if item is None or self._is_past(player, event):
            return
        await deck.recorder.finish()
        message = event.message or f"{player.name} cannot play it."
        if await deck.pass_over(item, "player_refused", message):
            await deck.start()

    def _is_past(self, player: Player, event: PlayerEvent) -> bool:
        """Whether a command came between the event and now."""
        current = self._deck.queue.current
        if player.state.status is not PlaybackStatus.IDLE:
            return True
        return event.state.item_id is not None and (
            current is None or current.id != event.state.item_id
        )

    def _note(self, event: PlayerEvent, error: ToolError) -> None:
        _log.warning("The music stopped after %s: %s", event.kind, error)
        item = self._deck.queue.current
        if item is not None:
            self._deck.problem = PlaybackProblem(item, error.code, str(error))
