"""A conversation that goes on: the server's events in, turns out, our voice played meanwhile."""

import asyncio
from typing import Any, Final, Protocol

from server.commands.talking.link import TalkLink
from server.commands.talking.loudspeaker import Loudspeaker
from server.commands.talking.spoken_turn import SpokenTurn, TurnBook

_REPORT_S: Final = 0.4
_STATES: Final = frozenset({"idle", "asleep", "listening", "hearing", "thinking", "speaking"})


class Screen(Protocol):
    """Shows what goes on."""

    def state(self, name: str) -> None:
        """As the server calls it: `listening`, `hearing`, `thinking` and so on."""
        ...

    def partial(self, text: str) -> None:
        """What was said so far."""
        ...

    def turn(self, turn: SpokenTurn) -> None:
        """A turn is over."""
        ...

    def note(self, text: str) -> None:
        """Something that the user should know."""
        ...


class Talk:
    """Follows one conversation. For one event loop."""

    def __init__(
        self,
        link: TalkLink,
        screen: Screen,
        loudspeaker: Loudspeaker | None,
        *,
        push_to_talk: bool = True,
    ) -> None:
        """Join the two; `run` does the work.

        Args:
            link: to the server.
            screen: is told.
            loudspeaker: plays our voice; None where nobody listens.
            push_to_talk: we say when a turn begins, with `begin`; else the server does.
        """
        self.push_to_talk = push_to_talk
        self._link = link
        self._screen = screen
        self._loudspeaker = loudspeaker
        self._book = TurnBook()
        self._answering = False
        self.turns: asyncio.Queue[SpokenTurn] = asyncio.Queue()
        """Turns that are over; each is shown already."""
        self.hearing = False
        """Whether the server hears somebody speak."""
        self.hung_up = False
        """Whether the server listens no more, because nobody spoke for too long."""

    @property
    def answering(self) -> bool:
        """Whether an answer is being made, or sounds."""
        sounds = self._loudspeaker is not None and self._loudspeaker.sounding
        return self._answering or sounds

    @property
    def sounding(self) -> bool:
        """Whether our voice sounds here."""
        return self._loudspeaker is not None and self._loudspeaker.sounding

    def begin(self, source: str = "") -> None:
        """The user takes the word; what was being answered is over."""
        turn = self._book.turn
        if turn.response_id and not turn.is_over:
            turn.interrupted = True
            self._over(turn)
        self._answering = False
        self._book.begin(source)

    async def silence(self) -> None:
        """Cut our voice short, and say how much of it was heard."""
        turn = self._book.turn
        if self._loudspeaker is not None and self._loudspeaker.sounding:
            item_id = self._loudspeaker.item_id
            await self._link.cut(item_id, self._loudspeaker.cut())
        elif self._answering and not turn.is_over:
            await self._link.cancel()

    async def run(self) -> None:
        """Follow the server's events until it goes away.

        Raises:
            ServerUnreachable: it went away.
        """
        reporting = asyncio.create_task(self._report())
        try:
            async for event in self._link.events():
                await self._take(event)
        finally:
            reporting.cancel()
            await asyncio.wait([reporting])  # hides no Ctrl-C that comes just now

    async def _take(self, event: dict[str, Any]) -> None:
        if event["type"] == "input_audio_buffer.speech_started":
            await self._speech_started()
        turn = self._book.turn
        pieces, was_over = len(turn.pieces), turn.is_over
        self._book.take(event)
        self._show(event, turn)
        if self._loudspeaker is not None:
            for piece in turn.pieces[pieces:]:
                self._loudspeaker.add(turn.item_id, piece)
        if turn.is_over and not was_over:
            self._over(turn)

    async def _speech_started(self) -> None:
        self.hearing = True
        if self.answering:
            await self.silence()
        if not self.push_to_talk:
            self.begin(self._book.turn.source)

    def _show(self, event: dict[str, Any], turn: SpokenTurn) -> None:
        match event:
            case {"type": "refrain.speech.state", "state": state} if state in _STATES:
                self._screen.state(state)
            case {"type": "refrain.partial"}:
                self._screen.partial(turn.partial)
            case {"type": "input_audio_buffer.speech_stopped" | "input_audio_buffer.committed"}:
                self.hearing = False
            case {"type": "response.created"}:
                self._answering = True
            case {"type": "error", "error": {"code": "idle_timeout"}}:
                self.hung_up = True
            case {"type": "refrain.duck", "depth": depth} if self._loudspeaker is not None:
                self._loudspeaker.duck(float(depth))

    def _over(self, turn: SpokenTurn) -> None:
        turn.is_over = True
        self._answering = False
        if self._loudspeaker is not None:
            self._loudspeaker.complete(turn.item_id)
        self._screen.turn(turn)
        self.turns.put_nowait(turn)

    async def _report(self) -> None:
        """Tell the server now and then what has sounded: it knows then what was heard."""
        if (loudspeaker := self._loudspeaker) is None:
            return
        told = False
        while True:
            await asyncio.sleep(_REPORT_S)
            playing = loudspeaker.sounding
            if loudspeaker.item_id and (playing or told):
                await self._link.played(loudspeaker.item_id, loudspeaker.played_ms, playing=playing)
            told = playing
