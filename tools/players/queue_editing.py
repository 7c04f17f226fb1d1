"""The half of playback that changes the queue. What sounds follows, with or without a player."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager

from knowledge import queue_operations as operations
from knowledge.models import Queue, RepeatMode, Track
from knowledge.people.current import PersonId
from knowledge.playback_memory import LeftAt
from tools.errors import QueueEmpty
from tools.players.deck import Deck
from tools.players.player import PlaybackStatus


class QueueEditing(ABC):
    """Commands on the queue of a `Deck`; `Playback` adds those on the player."""

    def __init__(self, deck: Deck) -> None:
        self._deck = deck

    @property
    def queue(self) -> Queue:
        return self._deck.queue

    async def play_next(self, tracks: Sequence[Track]) -> Queue:
        """Put tracks right after what plays."""
        items = operations.items_for(tracks)
        return await self._edit(lambda queue: operations.play_next(queue, items))

    async def add(self, tracks: Sequence[Track]) -> Queue:
        """Put tracks at the end."""
        items = operations.items_for(tracks)
        return await self._edit(lambda queue: operations.add(queue, items))

    async def move(self, item_id: str, to: int) -> Queue:
        return await self._edit(lambda queue: operations.move(queue, item_id, to))

    async def remove(self, item_ids: Collection[str]) -> Queue:
        """Take items out; when the one that sounds goes, the next one plays."""
        return await self._edit(lambda queue: operations.remove(queue, item_ids))

    async def clear(self) -> Queue:
        """Empty the queue and fall silent; after `undo`, `resume` goes on where it was."""
        return await self._edit(operations.clear)

    async def shuffle(self, on: bool) -> Queue:
        """Mix what follows, or bring back the order from before."""
        return await self._edit(lambda queue: operations.shuffle(queue, on=on))

    async def repeat(self, mode: RepeatMode) -> Queue:
        return await self._edit(lambda queue: operations.repeat(queue, mode))

    async def left_by(self, person: PersonId) -> Queue:
        """Play on for the household what somebody wanted who is gone."""
        async with self._command():
            await self._deck.keep(operations.left_by(self.queue, person), edit=False)
            return self.queue

    async def undo(self) -> Queue:
        """Take back the last change of the queue. What sounds goes on if it is still in it.

        Raises:
            QueueEmpty: there is nothing to take back.
        """
        async with self._command():
            before = await asyncio.to_thread(self._deck.store.undo)
            if before is None:
                raise QueueEmpty("There is nothing to undo.")
            self._deck.queue = before
            sounding = self._deck.state.item_id
            if any(item.id == sounding for item in before.items):
                await self._deck.keep(operations.jump(before, str(sounding)), edit=False)
            replaced = self._deck.replaced
            start_s = (
                replaced.position_s
                if replaced and before.current and replaced.item_id == before.current.id
                else 0.0
            )
            await self._follow_queue(start_s=start_s)
            return self.queue

    @abstractmethod
    def _command(self) -> AbstractAsyncContextManager[None]:
        """Do one command at a time, and tell the listeners after it."""

    async def _edit(self, operation: Callable[[Queue], Queue]) -> Queue:
        async with self._command():
            await self._deck.keep(operation(self.queue), edit=True)
            await self._follow_queue()
            return self.queue

    async def _follow_queue(self, *, start_s: float = 0.0) -> None:
        """After an edit: what sounds must be the current item, and the next one prepared."""
        state, current = self._deck.state, self.queue.current
        if state.status is PlaybackStatus.IDLE or (current and state.item_id == current.id):
            await self._deck.prepare()
            return
        self._deck.replaced = (
            None if state.item_id is None else LeftAt(state.item_id, state.position_s)
        )
        if state.status is PlaybackStatus.PLAYING and current is not None:
            await self._deck.recorder.finish(skipped=True)
            await self._deck.start(start_s=start_s)
        else:
            await self._deck.halt()
            await self._deck.recorder.finish()
            await self._deck.remember_place(state)
