"""The one queue on the one player in use, and everything that must stay in step with them.

Not locked: whoever calls holds the lock of playback.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.models import Queue, QueueItem
from knowledge.playback_memory import LeftAt, PlaybackMemory
from knowledge.queue import QueueStore
from knowledge.queue_operations import advance, following, jump, skip, upcoming
from tools.errors import NothingPlaying, PlayerRefused, QueueEmpty, ToolError
from tools.players.abilities import IndependentPlayer
from tools.players.choice import PlayerChoice
from tools.players.player import PlaybackStatus, Player, PlayerState
from tools.players.recorder import PlayRecorder

_log = logging.getLogger(__name__)

MAX_FAILURES = 3
"""So many items in a row may turn out unplayable before the music stops."""

_AHEAD = 50
"""How many items an independent player is given."""

_VOLUME_TIMEOUT_S = 1.0
_LEAST_TIMEOUT_S = 0.5
"""With less time left no further item is tried: all of them together must answer in time."""

_MUCH_LEFT_S = 3.0

PlaybackListener = Callable[[Queue, PlayerState], None]


@dataclass(frozen=True, slots=True)
class PlaybackProblem:
    """Why something in the queue did not sound, in words for the user."""

    item: QueueItem
    code: str
    message: str


def _never(_queue: Queue) -> bool:
    return False


def _nothing() -> None:
    """Nobody is told."""


class Deck:
    """State shared by the commands of playback and the reactions to devices."""

    def __init__(
        self,
        store: QueueStore,
        recorder: PlayRecorder,
        choice: PlayerChoice,
        memory: PlaybackMemory,
        *,
        timeout_s: float,
    ) -> None:
        self.store = store
        self.recorder = recorder
        self.choice = choice
        self.memory = memory
        self.queue: Queue = store.load()
        self.problem: PlaybackProblem | None = None
        self.failures = 0
        self.left_at: LeftAt | None = memory.left_at()
        self.replaced: LeftAt | None = None
        """Where the music was that the last change of the queue silenced, for an undo."""
        self.session_id = ""
        self.ends: Callable[[Queue], bool] = _never
        """Whether the music is to end with the current item, though more may follow."""
        self.ended: Callable[[], None] = _nothing
        """Told when it ended so."""
        self._timeout_s = timeout_s
        self._prepared: tuple[str, ...] | None = None
        self._volume_set: set[str] = set()
        self._listeners: list[PlaybackListener] = []

    @property
    def state(self) -> PlayerState:
        """What the player in use reports; idle without one."""
        player = self.choice.current
        return PlayerState() if player is None else player.state

    def listen(self, listener: PlaybackListener) -> None:
        self._listeners.append(listener)

    def notify(self) -> None:
        queue, state = self.queue, self.state
        for listener in tuple(self._listeners):
            try:
                listener(queue, state)
            except Exception:  # noqa: BLE001  a broken listener stays its own problem
                _log.exception("A listener of the playback failed")

    def sounding_player(self) -> Player:
        """The player on which something sounds or is paused.

        Raises:
            NothingPlaying: nothing is.
        """
        player = self.choice.current
        if player is None or player.state.status is PlaybackStatus.IDLE:
            raise NothingPlaying("Nothing is playing.")
        return player

    async def keep(self, queue: Queue, *, edit: bool) -> None:
        """Save a new queue: an `edit` can be undone, a move of the position cannot."""
        if queue is self.queue:
            return
        save = self.store.save if edit else self.store.save_position
        await asyncio.to_thread(save, queue)
        self.queue = queue

    async def start(self, *, start_s: float = 0.0) -> PlayerState:
        """Sound the current item, or the next one that the player can play.

        Raises:
            NoPlayer, PlayerNotResponding: nothing sounds.
            PlayerRefused: neither this item nor the next ones can be played.
            QueueEmpty: there is no current item.
        """
        player = self.choice.take()
        wanted, deadline = self.queue.current, time.monotonic() + self._timeout_s
        await self._bring_back_volume(player)
        while True:
            item = self.queue.current
            if item is None or wanted is None:
                raise QueueEmpty("There is nothing in the queue to play.")
            left_s = deadline - time.monotonic()
            try:
                state = await player.play(item, start_s=start_s, timeout_s=left_s)
            except PlayerRefused as error:
                if await self._gives_up(item, error, deadline):
                    await self.keep(jump(self.queue, wanted.id), edit=False)
                    raise
                start_s = 0.0
            else:
                break
        self._prepared = None
        await self.remember_place(None)
        await self.recorder.begin(item, player=player.name, session_id=self.session_id)
        await self.prepare()
        return state

    async def _gives_up(self, item: QueueItem, error: PlayerRefused, deadline: float) -> bool:
        """Go on to the next item, unless there is none or no time for it."""
        await self.recorder.finish()
        if not await self.pass_over(item, error.code, str(error)):
            return True
        return deadline - time.monotonic() < _LEAST_TIMEOUT_S

    async def pass_over(self, item: QueueItem, code: str, message: str) -> bool:
        """Note that `item` cannot be played and go to the next one; False to give up."""
        self.problem = PlaybackProblem(item, code, message)
        self.failures += 1
        _log.warning("Cannot play %r: %s", item.track.title, message)
        behind = skip(self.queue)
        if self.failures >= MAX_FAILURES or behind.current in {None, item}:
            return False
        await self.keep(behind, edit=False)
        return True

    async def prepare(self) -> None:
        """Tell the player what follows, if that changed. It plays on when this fails."""
        player = self.choice.current
        current = self.queue.current
        if player is None or player.state.status is PlaybackStatus.IDLE or current is None:
            self._prepared = None
            return
        independent, last = isinstance(player, IndependentPlayer), self.ends(self.queue)
        next_item = None if last else following(self.queue)
        further = () if last else upcoming(self.queue, _AHEAD)
        ahead = further if independent else (next_item,)
        told = (player.name, current.id, *(item.id for item in ahead if item is not None))
        if told == self._prepared:
            return
        try:
            if isinstance(player, IndependentPlayer):
                await player.prepare_all(further)
            else:
                await player.prepare(next_item)
        except ToolError as error:
            _log.warning("%s was not told what follows: %s", player.name, error)
        else:
            self._prepared = told

    async def went_on(self, item: QueueItem, player: Player) -> None:
        """The device moved to `item` by itself."""
        self._prepared = None
        self.failures = 0
        await self.recorder.begin(item, player=player.name, session_id=self.session_id)
        await self.prepare()

    async def meet_again(self, player: Player) -> None:
        """A player went on alone while this program was away: the queue follows it."""
        state = player.state
        item = next((each for each in self.queue.items if each.id == state.item_id), None)
        if item is None:
            return
        self.choice.found_playing(player)
        before, old = self.queue.current, self.queue.position
        await self.keep(jump(self.queue, item.id), edit=False)
        new = self.queue.position
        passed = () if old is None or new is None else self.queue.items[old + 1 : new]
        await self.recorder.catch_up(
            before, passed, item, player=player.name, position_s=state.position_s
        )
        self.recorder.sounds(state.status is PlaybackStatus.PLAYING)

    async def halt(self) -> PlayerState:
        """Silence the player, if it sounds."""
        player = self.choice.current
        if player is None:
            return PlayerState()
        self._prepared = None
        if player.state.status is PlaybackStatus.IDLE:
            return player.state
        return await player.stop()

    async def rest(self) -> None:
        """The music ends here as it was wished; what follows is for another time."""
        await self.keep(advance(self.queue), edit=False)
        await self.halt()
        await self.remember_place(None)
        self.ended()

    async def remember_place(self, state: PlayerState | None) -> None:
        """Keep where the music is, for a later `resume`; None: nowhere special."""
        place = None
        if state is not None and state.item_id is not None and state.position_s >= _MUCH_LEFT_S:
            place = LeftAt(state.item_id, state.position_s)
        if place != self.left_at:
            self.left_at = place
            await asyncio.to_thread(self.memory.keep_left_at, place)

    def place_in(self, item: QueueItem | None) -> float:
        """Where `item` was left, in seconds; 0 when it was not."""
        left = self.left_at
        return left.position_s if left and item and left.item_id == item.id else 0.0

    def volume_was_set(self, player: Player) -> None:
        """Its volume is what is wanted now: no start brings back the remembered one."""
        self._volume_set.add(player.name)

    def forget(self, player: Player) -> None:
        """The device went away; a new one knows nothing."""
        self._prepared = None
        self._volume_set.discard(player.name)

    async def _bring_back_volume(self, player: Player) -> None:
        if player.name in self._volume_set:
            return
        volume = await asyncio.to_thread(self.memory.volume, player.name)
        if volume is not None and volume != player.state.volume:
            try:
                await asyncio.wait_for(
                    player.set_volume(volume, muted=player.state.muted), _VOLUME_TIMEOUT_S
                )
            except (ToolError, TimeoutError) as error:
                _log.warning("%s did not take its volume: %s", player.name, error)
                return
        self._volume_set.add(player.name)
