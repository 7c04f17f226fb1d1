"""One client of our Wyoming port: what it asks, in the order in which it asks."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from wyoming.asr import Transcript, TranscriptChunk, TranscriptStart, TranscriptStop
from wyoming.error import Error
from wyoming.event import Event
from wyoming.handle import Handled, HandledChunk, HandledStart, HandledStop, NotHandled
from wyoming.ping import Pong
from wyoming.tts import SynthesizeStopped

from server.errors import ServerError
from server.integrations.wyoming.handling import Answer, Asked, asked, turn
from server.integrations.wyoming.hearing import Dictation
from server.integrations.wyoming.info import described, language_of, voice_language
from server.integrations.wyoming.replies import Replies
from server.integrations.wyoming.sound import SoundFormat
from server.integrations.wyoming.speaking import Script, say, whole
from server.integrations.wyoming.wire import WireBroken, text_of
from server.realtime.speech_state import DuckMusic
from server.settings import Settings
from server.turns import Turns
from server.voice.speech import Speech
from tools.players.rooms import Rooms
from voice.errors import VoiceError

_LOG = logging.getLogger(__name__)
_MOST_REQUEST: Final = 4_000
"""Characters of one request to the agent."""
_MOST_SAID: Final = 20_000
"""Characters of one text to speak."""


@dataclass(frozen=True, slots=True)
class WyomingParts:
    """What a connection needs of the installation."""

    settings: Settings
    speech: Speech
    turns: Turns
    music: DuckMusic
    replies: Replies
    rooms: Rooms | None = None
    """The speakers of the house; None where there is only one queue."""

    def place(self, request: Asked) -> None:
        """Let what is asked for be meant for the room in which it was said."""
        if self.rooms is not None and request.room:
            self.rooms.asks_from(request.session_id, request.room)


class Connection:
    """Answers one client. For one event loop.

    Events are answered one after the other, as clients wait for each answer; only a text that is
    spoken while it still arrives is spoken beside them.
    """

    def __init__(
        self,
        parts: WyomingParts,
        write: Callable[[Event], Awaitable[None]],
        *,
        peer: str,
        name: str,
    ) -> None:
        """Stand ready.

        Args:
            parts: of the installation.
            write: sends an event to the client.
            peer: its address.
            name: of this connection alone.
        """
        self._parts = parts
        self._write = write
        self._peer = peer
        self._name = name
        self._language = ""
        self._dictation: Dictation | None = None
        self._script: Script | None = None
        self._speaking: asyncio.Task[None] | None = None
        self._answers: dict[str, Callable[[Event], Awaitable[None]]] = {
            "describe": self._describe,
            "ping": self._ping,
            "transcribe": self._expect,
            "audio-start": self._begin,
            "audio-chunk": self._chunk,
            "audio-stop": self._transcribe,
            "transcript": self._take_turn,
            "synthesize": self._synthesize,
            "synthesize-start": self._begin_saying,
            "synthesize-chunk": self._say_more,
            "synthesize-stop": self._end_saying,
        }

    async def handle(self, event: Event) -> bool:
        """Answer an event; unknown ones are passed over, as the protocol asks.

        Returns:
            Whether the connection goes on. After an error it does not: older clients know no
            error and would wait for ever.

        Raises:
            WireBroken: the event makes no sense.
            OSError, TimeoutError: the client is gone, or does not read.
        """
        try:
            await self._answer(event)
        except (VoiceError, ServerError) as error:
            await self._fail(str(error), error.code)
            return False
        return True

    async def close(self) -> None:
        """The client is gone."""
        if self._speaking is not None:
            self._speaking.cancel()
            await asyncio.gather(self._speaking, return_exceptions=True)
            self._speaking = None
        await self._forget_sound()

    async def _answer(self, event: Event) -> None:
        answer = self._answers.get(event.type)
        if answer is not None:
            await answer(event)

    async def _describe(self, _: Event) -> None:
        info = await asyncio.to_thread(described, self._parts.settings, self._parts.speech)
        await self._write(info.event())

    async def _ping(self, event: Event) -> None:
        await self._write(Pong(text_of(event.data, "text", 1_000) or None).event())

    # Hearing.

    async def _expect(self, event: Event) -> None:
        self._language = language_of(text_of(event.data, "language", 40))

    async def _begin(self, event: Event) -> None:
        await self._listen(SoundFormat.of(event.data))

    async def _listen(self, sound: SoundFormat) -> None:
        await self._forget_sound()
        voice = self._parts.settings.wyoming
        dictation = Dictation(self._parts.speech, sound, who=self._name, most_s=voice.max_audio_s)
        self._dictation = dictation
        self._parts.music.duck(self._name)
        await dictation.begin(self._language)

    async def _chunk(self, event: Event) -> None:
        sound = SoundFormat.of(event.data)
        if self._dictation is None:
            await self._listen(sound)
        dictation = self._dictation
        if dictation is None or dictation.sound != sound:
            raise WireBroken("The sound changes its format.")
        dictation.hear(event.payload or b"")

    async def _transcribe(self, _: Event) -> None:
        dictation = self._dictation
        if dictation is None:
            return
        texts: list[str] = []
        language = self._language
        await self._write(TranscriptStart(language=language or None).event())
        try:
            async for text, heard_in in dictation.texts():
                language = language or heard_in
                await self._write(TranscriptChunk((" " if texts else "") + text).event())
                texts.append(text)
        finally:
            await self._forget_sound()
        await self._write(Transcript(" ".join(texts), language=language or None).event())
        await self._write(TranscriptStop().event())
        self._language = ""

    async def _forget_sound(self) -> None:
        dictation, self._dictation = self._dictation, None
        if dictation is not None:
            self._parts.music.unduck(self._name)
            await dictation.close()

    # The conversation.

    async def _take_turn(self, event: Event) -> None:
        text = text_of(event.data, "text", _MOST_REQUEST).strip()
        context = event.data.get("context")
        context = context if isinstance(context, dict) else None
        if not text:
            await self._write(NotHandled("Nothing was said.", context).event())
            return
        request = asked(event.data, self._peer, self._parts.settings.wyoming.rooms)
        self._parts.place(request)
        ended: list[Answer] = []
        began = False
        async for piece, _ in turn(self._parts.turns, text, request, ended):
            if not began:
                began = True
                await self._write(HandledStart(context).event())
            await self._write(HandledChunk(piece).event())
        answer = ended[0]
        if answer.done:
            self._parts.replies.add(answer.text, answer.language)
            # Home Assistant reads nothing but this one, so it is never left out.
            await self._write(Handled(answer.text, context).event())
        else:
            await self._write(NotHandled(answer.text, context).event())
        if began:
            await self._write(HandledStop().event())

    # Speaking.

    async def _synthesize(self, event: Event) -> None:
        if self._script is not None:
            return  # it repeats the pieces, for servers that know none
        text = text_of(event.data, "text", _MOST_SAID)
        await self._say(whole(self._spoken(text)), self._voice(event, text))

    async def _begin_saying(self, event: Event) -> None:
        if self._speaking is not None:
            raise WireBroken("A text is being spoken already.")
        self._script = script = Script(_MOST_SAID)
        voice = self._voice(event, "")
        self._speaking = asyncio.create_task(self._say(script.read(), voice))

    async def _say_more(self, event: Event) -> None:
        if self._script is not None:
            self._script.add(text_of(event.data, "text", _MOST_SAID))

    async def _end_saying(self, _: Event) -> None:
        script, self._script = self._script, None
        speaking = self._speaking
        if script is None or speaking is None:
            return
        script.end()
        try:
            await speaking
        finally:
            self._speaking = None
        await self._write(SynthesizeStopped().event())

    async def _say(self, text: AsyncIterator[str], language: str) -> None:
        speech = self._parts.speech
        if (problem := speech.speaking_problem) is not None:
            await self._fail(f"{problem.message} {problem.next_step}".strip(), problem.code)
            return
        await say(speech, text, language=language, write=self._write)

    def _spoken(self, text: str) -> str:
        known = self._parts.replies.find(text)
        return text if known is None else known.spoken

    def _voice(self, event: Event, text: str) -> str:
        """In which language to speak: as the client wishes, else as we answered, else usual."""
        voice = event.data.get("voice")
        if isinstance(voice, dict):
            if wanted := language_of(text_of(voice, "language", 40)):
                return wanted
            if wanted := voice_language(self._parts.settings, text_of(voice, "name", 200)):
                return wanted
        if (known := self._parts.replies.find(text)) is not None:
            return known.language
        configured = self._parts.settings.assistant.language
        return "en" if configured == "auto" else str(configured)

    async def _fail(self, text: str, code: str) -> None:
        _LOG.info("a Wyoming client was told: %s", text)
        await self._write(Error(text=text, code=code).event())
