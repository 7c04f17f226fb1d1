"""Items of the conversation that a client makes, reads, and takes away."""

import asyncio
import base64
import logging
from collections.abc import Callable

from server.errors import problem_of
from server.realtime.client_events import ItemCreate, ItemDelete, ItemRetrieve, MessageItem
from server.realtime.conversation import Conversation, Item, item_from, sounds_of
from server.realtime.errors import NoSuchItem, Refused
from server.realtime.outgoing import ServerEvent
from server.realtime.wishes import Wishes
from server.voice.speech import Speech
from voice.errors import HearingFailed
from voice.pcm import SoundDecoder

_LOG = logging.getLogger(__name__)
_MAX_TRANSCRIBING = 4
_KIND = "conversation.item.input_audio_transcription"


class Items:
    """Answers the client's events about items. Lives on the event loop."""

    def __init__(
        self,
        emit: Callable[[ServerEvent], None],
        conversation: Conversation,
        wishes: Callable[[], Wishes],
        speech: Speech,
        *,
        who: str,
    ) -> None:
        """Serve one connection; `who` is its conversation, for fairness."""
        self._emit = emit
        self._conversation = conversation
        self._wishes = wishes
        self._speech = speech
        self._who = who
        self._transcribing: set[asyncio.Task[None]] = set()

    def create(self, event: ItemCreate) -> None:
        """Put an item into the conversation; what is said in its sound follows.

        Raises:
            Refused: it exists already, or follows one that does not, or its sound is unusable.
        """
        item = item_from(event.item)
        if item["id"] in self._conversation:
            raise Refused(
                "item_id_already_exists",
                f"There is an item {item['id']!r} already.",
                param="item.id",
            )
        after = event.previous_item_id
        if after is None:
            after = self._conversation.last_id()
        elif after == "root":
            after = None
        elif after not in self._conversation:
            raise NoSuchItem(after, param="previous_item_id")
        sounds = self._sounds(event.item) if isinstance(event.item, MessageItem) else []
        before = self._conversation.insert(item, after=after)
        self.tell(item, before)
        for index, data in sounds:
            task = asyncio.create_task(self._transcribe(item, index, data))
            self._transcribing.add(task)
            task.add_done_callback(self._transcribing.discard)

    def retrieve(self, event: ItemRetrieve) -> None:
        """Give an item.

        Raises:
            Refused: there is none.
        """
        if (item := self._conversation.get(event.item_id)) is None:
            raise NoSuchItem(event.item_id)
        self._emit({"type": "conversation.item.retrieved", "item": dict(item)})

    def delete(self, event: ItemDelete) -> None:
        """Forget an item here; the agent remembers what was said.

        Raises:
            Refused: there is none.
        """
        if not self._conversation.delete(event.item_id):
            raise NoSuchItem(event.item_id)
        self._emit({"type": "conversation.item.deleted", "item_id": event.item_id})

    def tell(self, item: Item, before: str | None) -> None:
        """Say that an item is in the conversation, behind `before`."""
        for kind in ("conversation.item.added", "conversation.item.done"):
            self._emit({"type": kind, "item": dict(item), "previous_item_id": before})

    async def settled(self) -> None:
        """Wait until the words of all sounds are known."""
        if self._transcribing:
            await asyncio.wait(self._transcribing)

    async def close(self) -> None:
        """Nobody waits for words any more."""
        tasks = tuple(self._transcribing)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _sounds(self, given: MessageItem) -> list[tuple[int, bytes]]:
        sounds = sounds_of(given) if given.role == "user" else ()
        if not sounds:
            return []
        self._speech.require()
        if len(sounds) + len(self._transcribing) > _MAX_TRANSCRIBING:
            raise Refused("rate_limited", "Too much sound at once; wait for the transcripts.")
        try:
            return [(index, base64.b64decode(audio, validate=True)) for index, audio in sounds]
        except ValueError as error:
            raise Refused("invalid_value", "The audio is not base64.", param="audio") from error

    async def _transcribe(self, item: Item, index: int, data: bytes) -> None:
        place = {"item_id": item["id"], "content_index": index}
        audio = self._wishes().input_format
        try:
            decoder = SoundDecoder(audio)
            samples = await asyncio.to_thread(decoder.decode, data)
            heard = await self._speech.transcriber.transcribe(samples, who=self._who)
        except Exception as error:  # noqa: BLE001  told to the client; the connection goes on
            problem = problem_of(error)
            if problem.code == "internal_error":
                _LOG.exception("sound of an item could not be transcribed")
            code = HearingFailed.code if problem.code == "internal_error" else problem.code
            told = {"type": "transcription_error", "code": code, "message": problem.message}
            self._emit({"type": f"{_KIND}.failed", "error": told | {"param": None}, **place})
            return
        item["content"][index]["transcript"] = heard.text
        if self._wishes().transcribes:
            usage = {"type": "duration", "seconds": round(audio.seconds(len(data)), 2)}
            done = {"type": f"{_KIND}.completed", "transcript": heard.text, "usage": usage}
            self._emit(done | place)
