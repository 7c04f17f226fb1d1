"""Playback: the single owner of the queue and of the player in use.

Invariants:

* Commands and reactions to devices happen one after the other.
* A command that makes music returns only when the player reported it, and raises otherwise.
* The queue is saved before the player is told, so that a kill leaves the old or the new queue.
* The status after a start of the program is idle, whatever was playing before, unless a player
  that outlived the program reports otherwise.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

from knowledge import queue_operations as operations
from knowledge.history import History
from knowledge.models import Queue, Track
from knowledge.playback_memory import (
    MAX_CROSSFADE_S,
    LeftAt,
    PlaybackMemory,
    PlaybackSettings,
)
from knowledge.queue import QueueStore
from tools.errors import PlayerUnable, QueueEmpty
from tools.players.abilities import AdjustablePlayer, IndependentPlayer, RemotePlayer
from tools.players.choice import PlayerChoice
from tools.players.deck import Deck, PlaybackListener, PlaybackProblem
from tools.players.device_events import DeviceEvents
from tools.players.ducking import Ducking
from tools.players.player import PlaybackStatus, Player, PlayerCapability, PlayerState
from tools.players.queue_editing import QueueEditing
from tools.players.recorder import PlayRecorder

_CHECKPOINT_S = 10.0


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Playback(QueueEditing):
    """Everything one can do with the music that plays.

    Any command may raise `NoPlayer`, `PlayerNotResponding` or `PlayerRefused`; changing the
    queue alone needs no player.
    """

    def __init__(
        self,
        queue: QueueStore,
        history: History,
        players: Sequence[Player],
        *,
        clock: Callable[[], datetime] = _utc_now,
        stopwatch: Callable[[], float] = time.monotonic,
        memory: PlaybackMemory | None = None,
        ducking: Ducking | None = None,
        timeout_s: float = 3.0,
    ) -> None:
        """Load the queue as it was left. Reads the database: make it before serving.

        Args:
            queue: where the queue is kept.
            history: where the log of what sounded goes.
            players: in order of preference; the first connected one is used until one is
                selected.
            clock: the present time, with a time zone.
            stopwatch: seconds that never go backwards.
            memory: volumes and settings; by default in the database of `queue`.
            ducking: who quiets the players, shared by the rooms of a house; by default its own.
            timeout_s: how long a player may take to report playback.
        """
        self._memory = memory or PlaybackMemory(queue.database)
        self._choice = PlayerChoice(players, self._memory.selected_player())
        recorder = PlayRecorder(history, clock=clock, stopwatch=stopwatch)
        super().__init__(Deck(queue, recorder, self._choice, self._memory, timeout_s=timeout_s))
        self._lock = asyncio.Lock()
        self._events = DeviceEvents(self._deck, self._lock)
        self._ducking = ducking or Ducking(players, clock=stopwatch)
        self._settings = self._memory.settings()
        self._opened = False
        self._checkpoints: asyncio.Task[None] | None = None
        self._adjust_players()
        for player in players:
            if isinstance(player, RemotePlayer):
                player.believe(self._is_queued)

    @property
    def state(self) -> PlayerState:
        """What the player in use reports; idle when there is none."""
        return self._deck.state

    @property
    def player(self) -> Player | None:
        """The player that commands go to, or None when none is connected."""
        return self._choice.current

    @property
    def players(self) -> tuple[Player, ...]:
        return self._choice.players

    @property
    def settings(self) -> PlaybackSettings:
        return self._settings

    @property
    def problem(self) -> PlaybackProblem | None:
        """The last item that could not be played since the last command, if any."""
        return self._deck.problem

    def listen(self, listener: PlaybackListener) -> None:
        """Be given the queue and the state after each change. Must not block."""
        self._deck.listen(listener)

    def end_with(self, ends: Callable[[Queue], bool], ended: Callable[[], None]) -> None:
        """Let the music end with the current item whenever `ends` says so of the queue.

        Asked often, and again after `look_ahead`; must not block. The item after it becomes the
        current one, silent, and `ended` is called.
        """
        self._deck.ends, self._deck.ended = ends, ended

    async def look_ahead(self) -> None:
        """Ask again whether the music ends with the current item, and prepare what follows."""
        async with self._lock:
            await self._deck.prepare()

    @property
    def ducked(self) -> bool:
        """Whether the music is quiet for a while because somebody speaks."""
        return self._ducking.depth > 0

    @property
    def ducking(self) -> Ducking:
        """Who quiets the players, to be shared with queues that come later."""
        return self._ducking

    def duck(self, owner: str) -> None:
        """Quiet the music at once, until `owner` lets go; waits for no command before it.

        Of several owners the last one to let go brings it back, to the volume that the user
        wants by then. An owner that says nothing more for a minute counts as gone. Neither the
        state nor what is remembered of volumes shows it. Call it on the event loop.
        """
        self._ducking.duck(owner)

    def unduck(self, owner: str) -> None:
        """`owner` does not need the music quiet any more; said twice, it means the same."""
        self._ducking.unduck(owner)

    async def open(self) -> None:
        """Meet players that played on while the program was away. Done by itself later."""
        async with self._lock:
            await self._open()
        self._deck.notify()

    async def close(self) -> None:
        """Keep everything and let go of the players."""
        if self._checkpoints is not None:
            self._checkpoints.cancel()
            await asyncio.wait([self._checkpoints])  # hides no cancelling of our own
        self._ducking.clear()
        await self._events.settled()
        async with self._lock:
            await self._deck.remember_place(self.state)
            await self._deck.recorder.finish()
            for player in self.players:
                await player.close()
        await self._events.settled()

    async def settled(self) -> None:
        """Wait until everything that players reported so far is dealt with."""
        await self._events.settled()

    # Music

    async def play(
        self, tracks: Sequence[Track], *, start: int = 0, session_id: str = ""
    ) -> PlayerState:
        """Replace the queue and play from `start` on.

        A track that the player refuses is passed over when others follow: `state.item_id` and
        `queue.current` say what sounds. When no playback is confirmed the new queue stays, idle.

        Raises:
            QueueEmpty: no tracks were given.
            NoPlayer: none is connected; the queue is as before.
        """
        if not tracks:
            raise QueueEmpty("There is nothing to play.")
        async with self._command():
            self._choice.take()
            state = self.state
            if state.item_id is not None:
                self._deck.replaced = LeftAt(state.item_id, state.position_s)
            await self._deck.recorder.finish(skipped=True)
            items = operations.items_for(tracks)
            await self._deck.keep(operations.play(self.queue, items, start=start), edit=True)
            self._deck.session_id = session_id
            return await self._deck.start()

    async def take_over(self, queue: Queue, *, start_s: float = 0.0) -> PlayerState:
        """Go on with the queue of another playback, from `start_s` of its current item.

        Raises:
            QueueEmpty: it has no current item.
            NoPlayer: none is connected; the queue is as before.
        """
        if queue.current is None:
            raise QueueEmpty("There is nothing to play.")
        async with self._command():
            self._choice.take()
            await self._deck.recorder.finish(skipped=True)
            revision = self.queue.revision + 1
            await self._deck.keep(replace(queue, revision=revision), edit=True)
            return await self._deck.start(start_s=start_s)

    async def jump(self, item_id: str) -> PlayerState:
        """Play this item of the queue now.

        Raises:
            NotInQueue: it is no longer there.
        """
        async with self._command():
            return await self._go_to(operations.jump(self.queue, item_id), skipped=True)

    async def next(self) -> PlayerState:
        """Play the next item.

        Raises:
            QueueEmpty: this is the last one; it plays on.
        """
        async with self._command():
            queue = operations.skip(self.queue)
            if queue.current is None:
                raise QueueEmpty("There is nothing more in the queue.")
            return await self._go_to(queue, skipped=True)

    async def previous(self) -> PlayerState:
        """Play the item before this one; the first one starts again.

        Raises:
            QueueEmpty: the queue is empty.
        """
        async with self._command():
            queue = operations.previous(self.queue)
            if queue.current is None:
                raise QueueEmpty("There is nothing in the queue.")
            return await self._go_to(queue, skipped=False)

    async def pause(self) -> PlayerState:
        """Pause what sounds; what is paused stays so.

        Raises:
            NothingPlaying: nothing sounds.
        """
        async with self._command():
            player = self._deck.sounding_player()
            state = player.state
            if state.status is PlaybackStatus.PLAYING:
                state = await player.pause()
            self._deck.recorder.sounds(playing=False)
            await self._deck.remember_place(state)
            return state

    async def resume(self) -> PlayerState:
        """Go on: with what is paused, or with the queue from where it was left.

        Raises:
            QueueEmpty: the queue is empty.
        """
        async with self._command():
            if not self.queue.items:
                raise QueueEmpty("There is nothing in the queue to play.")
            player, state = self._choice.take(), self.state
            current = self.queue.current
            if current is None:
                first = self.queue.items[0]
                return await self._go_to(operations.jump(self.queue, first.id), skipped=False)
            if state.item_id != current.id or state.status is PlaybackStatus.IDLE:
                return await self._deck.start(start_s=self._deck.place_in(current))
            if state.status is PlaybackStatus.PAUSED:
                state = await player.resume()
                self._deck.recorder.sounds(playing=True)
            return state

    async def stop(self, *, keep_place: bool = False) -> PlayerState:
        """Fall silent. The queue stays, and `resume` begins the current item again.

        With `keep_place` it goes on where it was.
        """
        async with self._command():
            place = self.state if keep_place else None
            state = await self._deck.halt()
            await self._deck.recorder.finish()
            await self._deck.remember_place(place)
            return state

    async def seek(self, position_s: float) -> PlayerState:
        """Go to a place in what sounds, clamped to its length.

        Raises:
            NothingPlaying: nothing sounds.
        """
        if not math.isfinite(position_s):
            raise ValueError("A position is a number of seconds.")
        async with self._command():
            player = self._able(PlayerCapability.SEEK, "seek", self._deck.sounding_player())
            if self.queue.current is not None and self.queue.current.track.is_live:
                raise PlayerUnable("This is live radio, which cannot be wound.")
            longest_s = player.state.duration_s or math.inf
            return await player.seek(min(max(position_s, 0.0), longest_s))

    async def set_volume(
        self, volume: int, muted: bool = False, *, remember: bool = True
    ) -> PlayerState:
        """Set the volume, 0 to 100 (clamped), of the player in use.

        It is remembered for the next start, unless it is only on the way to another.
        """
        async with self._command():
            player = self._able(PlayerCapability.VOLUME, "change its volume", self._choice.take())
            state = await player.set_volume(min(max(volume, 0), 100), muted=muted)
            self._deck.volume_was_set(player)
            if remember:
                await asyncio.to_thread(self._memory.keep_volume, player.name, state.volume)
            return state

    async def volume_change(self, delta: int) -> PlayerState:
        """Louder or quieter by so many steps of 100; a muted player sounds again."""
        return await self.set_volume(self.state.volume + delta)

    async def mute(self, on: bool = True) -> PlayerState:
        """Mute, or sound again at the volume from before."""
        return await self.set_volume(self.state.volume, muted=on)

    async def select(self, player_name: str) -> PlayerState:
        """Use another player. What sounds moves there and goes on at the same place.

        Raises:
            NoPlayer: no connected player has this name.
        """
        async with self._command():
            old, new = self.player, self._choice.named(player_name)
            await asyncio.to_thread(self._memory.keep_selected_player, new.name)
            if old is new or old is None or old.state.status is PlaybackStatus.IDLE:
                self._choice.select(new)
                return new.state
            state = old.state
            await old.stop()
            await self._deck.recorder.finish()
            await self._deck.remember_place(state)
            self._choice.select(new)
            if state.status is PlaybackStatus.PAUSED:
                return new.state
            return await self._deck.start(start_s=state.position_s)

    # Settings

    async def set_settings(
        self, *, crossfade_s: float | None = None, levelling: bool | None = None
    ) -> PlaybackSettings:
        """Change and keep the crossfade (0 to 12 s, clamped) and the loudness levelling."""
        async with self._command():
            if crossfade_s is not None:
                if not math.isfinite(crossfade_s):
                    raise ValueError("A crossfade is a number of seconds.")
                clamped_s = min(max(crossfade_s, 0.0), MAX_CROSSFADE_S)
                self._settings = replace(self._settings, crossfade_s=clamped_s)
            if levelling is not None:
                self._settings = replace(self._settings, levelling=levelling)
            await asyncio.to_thread(self._memory.keep_settings, self._settings)
            self._adjust_players()
            return self._settings

    # Inside

    @asynccontextmanager
    async def _command(self) -> AsyncIterator[None]:
        async with self._lock:
            await self._open()
            self._deck.problem = None
            self._deck.failures = 0
            try:
                yield
            finally:
                self._deck.notify()

    async def _open(self) -> None:
        if self._opened:
            return
        self._opened = True
        self._checkpoints = asyncio.get_running_loop().create_task(self._keep_checkpoints())
        for player in self.players:
            if isinstance(player, IndependentPlayer) and await player.reattach():
                await self._deck.meet_again(player)

    async def _go_to(self, queue: Queue, *, skipped: bool) -> PlayerState:
        self._choice.take()  # without a player the queue stays where it is
        await self._deck.recorder.finish(skipped=skipped)
        await self._deck.keep(queue, edit=False)
        return await self._deck.start()

    async def _keep_checkpoints(self) -> None:
        while True:
            await asyncio.sleep(_CHECKPOINT_S)
            async with self._lock:
                state = self.state
                if state.status is PlaybackStatus.PLAYING:
                    await self._deck.recorder.checkpoint()
                    await self._deck.remember_place(state)

    def _is_queued(self, item_id: str) -> bool:
        return any(item.id == item_id for item in self.queue.items)

    def _adjust_players(self) -> None:
        for player in self.players:
            if isinstance(player, AdjustablePlayer):
                player.adjust(self._settings)

    @staticmethod
    def _able(capability: PlayerCapability, verb: str, player: Player) -> Player:
        if capability not in player.capabilities:
            raise PlayerUnable(f"{player.name} cannot {verb}.")
        return player
