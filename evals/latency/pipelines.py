"""From a whole clip to the first sound of the answer: our way, and the usual way."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from agent.events import ReplyDelta, ToolFinished
from evals.errors import EvaluationImpossible
from evals.hearing.folders import WHISPER, model_files, piper_voice
from evals.hearing.pretend_player import PretendPlayer
from evals.hearing.resolving import library_settings
from evals.latency.spoken import write_library
from evals.processes import cpu_s, family
from knowledge.database import Database
from server.opening import open_services
from server.services import Services
from voice.audio import Samples
from voice.speakable import spoken_deltas
from voice.speaking import Speaker

_HOME = {
    "name": ("Kitchen Speaker", "Television"),
    "area": ("Kitchen", "Living Room"),
    "floor": ("Ground Floor",),
}
"""A home that is quickly searched."""
STAGES = ("transcript", "understood", "first_audio")


@dataclass(frozen=True, slots=True)
class Answered:
    """One request, from the moment its sound was complete."""

    transcript: str
    reply: str
    """The words whose sound came first."""
    stages_ms: dict[str, float]
    """Milliseconds until each of `STAGES` was reached."""
    cpu_ms: float
    """CPU time of all processes until then."""

    @property
    def processing_ms(self) -> float:
        """Until the first sound that can be played."""
        return self.stages_ms["first_audio"]


class Pipeline(Protocol):
    """Hears, understands, acts and speaks."""

    name: str

    async def answer(self, samples: Samples) -> Answered:
        """Answer a whole clip."""
        ...


class _Clock:
    """Notes when stages are reached, and what they cost."""

    def __init__(self) -> None:
        self._processes = family(os.getpid())
        self._cpu_s = cpu_s(self._processes)
        self._start = time.perf_counter()
        self.stages_ms: dict[str, float] = {}

    def reach(self, stage: str) -> None:
        self.stages_ms.setdefault(stage, (time.perf_counter() - self._start) * 1000)

    def cpu_ms(self) -> float:
        return (cpu_s(self._processes) - self._cpu_s) * 1000


class OurPipeline:
    """The parts that serve the WebSocket, in the same order."""

    name = "refrain"

    def __init__(self, services: Services) -> None:
        self._services = services
        self._turns = 0

    async def answer(self, samples: Samples) -> Answered:
        self._turns += 1
        clock = _Clock()
        speech = self._services.speech
        transcript = await speech.transcriber.transcribe(
            samples, language=speech.listen_options().language
        )
        clock.reach("transcript")
        reply = ""
        speaker = Speaker(speech.synthesizer, speed=speech.settings.speed)
        deltas = spoken_deltas(self._deltas(transcript.text, clock))
        async with aclosing(speaker.speak(deltas)) as chunks:
            async for chunk in chunks:
                clock.reach("first_audio")
                cost = clock.cpu_ms()
                reply = chunk.text.strip()
                break
            else:
                raise EvaluationImpossible(f"Nothing was answered to {transcript.text!r}.")
        return Answered(transcript.text, reply, clock.stages_ms, cost)

    async def _deltas(self, text: str, clock: _Clock) -> AsyncIterator[str]:
        # Transport commands are about what plays; one conversation goes on as with a person.
        async with aclosing(
            self._services.turns.run(text or "…", session_id=f"latency-{self._turns // 8}")
        ) as events:
            async for event in events:
                if isinstance(event, ToolFinished):
                    clock.reach("understood")
                elif isinstance(event, ReplyDelta):
                    clock.reach("understood")
                    yield event.text


@asynccontextmanager
async def open_ours(folder: Path) -> AsyncIterator[OurPipeline]:
    """Everything loaded, on a library in `folder` and a player that pretends."""
    model_files(WHISPER)  # says what to fetch
    settings = library_settings(folder)
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database.at(settings.database_path)
    write_library(database)
    database.close()
    async with open_services(settings, serving=False, players=(PretendPlayer(),)) as services:
        services.speech.start()
        yield OurPipeline(services)


class PeerPipeline:
    """faster-whisper base int8, Home Assistant's sentences, and Piper.

    Greedy decoding and a set language, which is its fastest way; the answers are those of Home
    Assistant, and what it would do to a player takes no time here.
    """

    name = "faster-whisper, hassil, Piper"

    def __init__(
        self,
        hear: Callable[[Samples], str],
        understand: Callable[[str], str],
        speak: Callable[[str], Samples],
    ) -> None:
        self._hear = hear
        self._understand = understand
        self._speak = speak

    async def answer(self, samples: Samples) -> Answered:
        return await asyncio.to_thread(self._answer, samples)

    def _answer(self, samples: Samples) -> Answered:
        clock = _Clock()
        transcript = self._hear(samples)
        clock.reach("transcript")
        reply = self._understand(transcript)
        clock.reach("understood")
        self._speak(reply)
        clock.reach("first_audio")
        return Answered(transcript, reply, clock.stages_ms, clock.cpu_ms())


def open_peer(folder: Path) -> PeerPipeline:
    """Load the peer; its model is the same file that ours is made of.

    Args:
        folder: where the files of the model are put together; links, no copies.

    Raises:
        EvaluationImpossible: one of its parts is not installed.
    """
    return PeerPipeline(_hearing(folder), _sentences(), _speaking())


def _hearing(folder: Path) -> Callable[[Samples], str]:
    try:
        from faster_whisper import WhisperModel  # noqa: PLC0415  optional
    except ImportError as error:
        raise EvaluationImpossible("The peer needs faster-whisper (group `peers`).") from error
    for name, path in model_files(WHISPER).items():
        (folder / name).symlink_to(path)
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=2)

    def hear(samples: Samples) -> str:
        segments, _ = model.transcribe(samples, language="en", beam_size=1)
        return "".join(segment.text for segment in segments).strip()

    return hear


def _sentences() -> Callable[[str], str]:
    try:
        from hassil import Intents, SlotList, TextSlotList, recognize_best  # noqa: PLC0415  optional
        from home_assistant_intents import get_intents  # noqa: PLC0415  optional
    except ImportError as error:
        raise EvaluationImpossible(
            "The peer needs hassil and home-assistant-intents (group `peers`)."
        ) from error
    data = get_intents("en") or {}
    intents = Intents.from_dict(data)
    responses = data["responses"]["intents"]
    errors = data["responses"].get("errors", {})
    lists: dict[str, SlotList] = {
        name: TextSlotList.from_strings(values) for name, values in _HOME.items()
    }

    def understand(text: str) -> str:
        found = recognize_best(
            text,
            intents,
            slot_lists=lists,
            intent_context={"area": "Kitchen"},
            language="en",
            best_slot_name="name",
        )
        if found is None:
            return str(errors.get("no_intent", "Sorry, I couldn't understand that"))
        words = str(responses.get(found.intent.name, {}).get(found.response or "default", "Done"))
        # Templates that look at what was found; the music is taken as found.
        return "Playing media" if "{%" in words else words

    return understand


def _speaking() -> Callable[[str], Samples]:
    path = piper_voice()
    from piper import PiperVoice  # noqa: PLC0415  optional

    voice = PiperVoice.load(path)

    def speak(text: str) -> Samples:
        sound: Samples = next(iter(voice.synthesize(text))).audio_float_array
        return sound

    return speak
