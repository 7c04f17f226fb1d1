"""What a client of the Wyoming port asks, and what it gets."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.event import Event
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.tts import (
    Synthesize,
    SynthesizeChunk,
    SynthesizeStart,
    SynthesizeStop,
    SynthesizeVoice,
)

from player_fake import FakePlayer
from server.integrations.wyoming.replies import Replies
from server_running import RunningServer
from server_turns import ScriptedTurns
from tools.players.rooms import Room
from voice.audio import HEARING_RATE_HZ
from voice.errors import HearingFailed
from voice_speech import ScriptedTranscriber, fake_speech, tone
from voice_synthesizer import MS_PER_CHARACTER, BeepSynthesizer
from wyoming_house import (
    ask,
    client_of,
    kinds,
    read_until,
    sound_events,
    sound_of,
    wyoming_server,
    wyoming_settings,
)

pytestmark = pytest.mark.integration

SPOKEN = np.concatenate([np.zeros(8_000, np.float32), tone(1.2), np.zeros(8_000, np.float32)])


@dataclass(frozen=True)
class House:
    """A running server and what it is made of."""

    server: RunningServer
    turns: ScriptedTurns
    ears: ScriptedTranscriber
    voice: BeepSynthesizer


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    settings = wyoming_settings(tmp_path_factory.mktemp("data"), rooms={"sat-kitchen": "kitchen"})
    ears, voice, turns = ScriptedTranscriber(), BeepSynthesizer(), ScriptedTurns()
    speech = fake_speech(settings, ears, voice)
    with wyoming_server(settings, turns=turns, speech=speech) as running:
        yield House(running, turns, ears, voice)


async def test_it_says_what_it_can_do(house: House) -> None:
    [event] = await ask(house.server, Describe().event(), until="info")
    info = Info.from_event(event)
    assert [one.name for one in (info.asr[0], info.tts[0], info.handle[0])] == ["Refrain"] * 3
    assert info.handle[0].supports_handled_streaming
    assert not info.handle[0].supports_home_control
    assert {"en", "de"} <= set(info.handle[0].models[0].languages)
    assert info.tts[0].voices[0].languages == ["en"]
    assert info.satellite is None


async def test_a_request_is_handled_in_pieces_and_as_a_whole(house: House) -> None:
    context = {"conversation_id": "01JABC", "more": [1, 2]}
    request = Transcript("play still water", context=context).event()
    events = await ask(house.server, request, until="handled-stop")
    assert kinds(events) == ["handled-start", "handled-chunk", "handled", "handled-stop"]
    assert events[0].data == {"context": context}
    assert "".join(one.data["text"] for one in events if one.type == "handled-chunk") == (
        "Playing Still Water."
    )
    assert events[-2].data == {"text": "Playing Still Water.", "context": context}


async def test_a_conversation_goes_on_in_another_connection(house: House) -> None:
    house.turns.heard.clear()
    for conversation in ("one", "two", "one"):
        request = Transcript("and the next", context={"conversation_id": conversation}).event()
        await ask(house.server, request, until="handled")
    first, second, third = [session for session, _ in house.turns.heard]
    assert first == third != second


async def test_a_satellite_without_a_conversation_has_its_own(house: House) -> None:
    house.turns.heard.clear()
    house.turns.said_by.clear()
    for satellite in ("sat-kitchen", "sat-bath", "sat-kitchen"):
        event = Transcript("pause", language="en").event()
        event.data["satellite_id"] = satellite
        await ask(house.server, event, until="handled")
    await ask(house.server, Transcript("pause").event(), until="handled")
    kitchen, bath, again, nobody = [session for session, _ in house.turns.heard]
    assert kitchen == again
    assert len({kitchen, bath, nobody}) == 3
    assert [spoken for _, spoken in house.turns.said_by] == [True, True, True, False]


@pytest.mark.parametrize(
    ("said", "answer"), [("fail", "The model is away."), ("break", "Something went wrong here")]
)
async def test_what_cannot_be_done_is_not_handled(house: House, said: str, answer: str) -> None:
    events = await ask(
        house.server, Transcript(said, context={"a": 1}).event(), until="not-handled"
    )
    assert kinds(events) == ["not-handled"]
    assert events[0].data["text"].startswith(answer)
    assert events[0].data["context"] == {"a": 1}


async def test_nothing_said_is_not_handled(house: House) -> None:
    [event] = await ask(house.server, Transcript("  ").event(), until="not-handled")
    assert event.data == {"text": "Nothing was said."}


async def test_speech_becomes_text(house: House) -> None:
    events = await ask(
        house.server,
        Transcribe(language="en-GB").event(),
        *sound_events(SPOKEN),
        until="transcript-stop",
    )
    assert kinds(events) == [
        *("transcript-start", "transcript-chunk", "transcript", "transcript-stop")
    ]
    assert events[-2].data == {"text": "Play something calm.", "language": "en"}
    assert "".join(one.data["text"] for one in events if one.type == "transcript-chunk") == (
        "Play something calm."
    )
    assert house.ears.heard[-1][1] == "en"


async def test_a_minute_of_speech_becomes_text_part_by_part(house: House) -> None:
    events = await ask(
        house.server, *sound_events(np.concatenate([SPOKEN] * 20)), until="transcript-stop"
    )
    parts = [one.data["text"] for one in events if one.type == "transcript-chunk"]
    assert len(parts) == 2
    assert "".join(parts) == events[-2].data["text"]


async def test_silence_is_an_empty_transcript(house: House) -> None:
    silence = np.zeros(HEARING_RATE_HZ, np.float32)
    events = await ask(house.server, *sound_events(silence), until="transcript-stop")
    assert kinds(events) == ["transcript-start", "transcript", "transcript-stop"]
    assert events[1].data == {"text": ""}


async def test_other_formats_of_sound_are_understood(house: House) -> None:
    loud = tone(1.0, rate_hz=44_100)
    both = np.rint(np.repeat(loud, 2) * 2e9).astype("<i4").tobytes()
    form = {"rate": 44_100, "width": 4, "channels": 2}
    events = await ask(
        house.server,
        Event("audio-start", form),
        *(Event("audio-chunk", form, both[n : n + 3_001]) for n in range(0, len(both), 3_001)),
        Event("audio-stop"),
        until="transcript",
    )
    assert events[-1].data["text"] == "Play something calm."
    samples = house.ears.heard[-1][0]
    assert abs(len(samples) / HEARING_RATE_HZ - 1.0) < 0.1
    assert 0.15 < float(np.abs(samples).max()) < 0.35


async def test_music_is_quiet_while_somebody_talks(house: House) -> None:
    playback = house.server.services.playback
    async with client_of(house.server) as client:
        *sound, stop = sound_events(SPOKEN)
        for event in sound:
            await client.write_event(event)
        await client.write_event(Ping("there?").event())
        await read_until(client, "pong")
        assert playback.ducked
        await client.write_event(stop)
        await read_until(client, "transcript-stop")
        assert not playback.ducked


async def test_who_hangs_up_while_talking_lets_the_music_go(house: House) -> None:
    playback = house.server.services.playback
    async with client_of(house.server) as client:
        await client.write_event(sound_events(SPOKEN)[0])
        await client.write_event(Ping().event())
        assert Pong.is_type((await read_until(client, "pong"))[0].type)
        assert playback.ducked
    await ask(house.server, Describe().event(), until="info")
    await ask(house.server, Describe().event(), until="info")
    assert not playback.ducked


async def test_text_becomes_speech(house: House) -> None:
    events = await ask(house.server, Synthesize("Hello there.").event(), until="audio-stop")
    assert kinds(events) == ["audio-start", "audio-chunk", "audio-stop"]
    assert events[0].data == {"rate": 24_000, "width": 2, "channels": 1, "timestamp": 0}
    sound = sound_of(events)
    assert len(sound) / 24_000 * 1_000 >= len("Hello there") * MS_PER_CHARACTER
    assert events[-1].data["timestamp"] == len(sound) * 1_000 // 24_000


async def test_streamed_text_is_spoken_once(house: House) -> None:
    """Home Assistant sends the whole text once more, for servers that know no pieces."""
    house.voice.said.clear()
    text = "Here is Still Water. Enjoy it."
    events = await ask(
        house.server,
        SynthesizeStart(voice=SynthesizeVoice(name="hibari-en")).event(),
        SynthesizeChunk("Here is Still ").event(),
        SynthesizeChunk("Water. Enjoy").event(),
        SynthesizeChunk(" it.").event(),
        Synthesize(text).event(),
        SynthesizeStop().event(),
        until="synthesize-stopped",
    )
    assert kinds(events) == ["audio-start", "audio-chunk", "audio-stop", "synthesize-stopped"]
    assert " ".join(house.voice.said) == text


async def test_what_somebody_else_wrote_is_read_out_whole(house: House) -> None:
    house.voice.said.clear()
    listing = "Here:\n1. One\n2. Two\n3. Three\n4. Four\n5. Five"
    await ask(house.server, Synthesize(listing).event(), until="audio-stop")
    assert any("Five" in clause for clause in house.voice.said)


def test_a_reply_of_ours_is_known_again() -> None:
    replies = Replies()
    replies.add("Hier:\n1. **Eins** (3:20)\n2. Zwei\n3. Drei\n4. Vier\n5. Fünf", "de")
    known = replies.find("Hier: 1. **Eins** (3:20) 2. Zwei 3. Drei 4. Vier 5. Fünf")
    assert known is not None
    assert known.language == "de"
    assert "Eins, Zwei, Drei" in known.spoken
    assert "Fünf" not in known.spoken
    for number in range(64):
        replies.add(f"Another {number}.", "en")
    assert replies.find("Hier: 1. **Eins** (3:20) 2. Zwei 3. Drei 4. Vier 5. Fünf") is None


async def test_hearing_that_breaks_is_an_error_and_ends_the_connection(tmp_path: Path) -> None:
    settings = wyoming_settings(tmp_path)
    speech = fake_speech(settings, ScriptedTranscriber(error=HearingFailed("It broke.")))
    with wyoming_server(settings, speech=speech) as server:
        async with client_of(server) as client:
            for event in sound_events(SPOKEN):
                await client.write_event(event)
            events = await read_until(client, "nothing of this name")
    assert events[-1].type == "error"
    assert events[-1].data["code"] == "hearing_failed"


async def test_without_a_voice_only_the_conversation_is_offered(tmp_path: Path) -> None:
    settings = wyoming_settings(tmp_path)
    off = settings.model_copy(
        update={"voice": settings.voice.model_copy(update={"enabled": False})}
    )
    with wyoming_server(off, speech=fake_speech(off)) as server:
        [event] = await ask(server, Describe().event(), until="info")
        [error] = await ask(server, *sound_events(SPOKEN)[:1], until="error")
        [mute, *_] = await ask(server, Synthesize("Hello").event(), until="error")
    info = Info.from_event(event)
    assert (info.asr, info.tts, len(info.handle)) == ([], [], 1)
    assert error.data["code"] == mute.data["code"] == "voice_off"


async def test_a_device_asks_from_the_room_that_it_stands_in(house: House) -> None:
    services = house.server.services
    kitchen = FakePlayer("kitchen radio")
    rooms = services.rooms
    rooms.add(Room("kitchen", services.playback, kitchen))
    house.turns.heard.clear()
    for satellite in ("sat-kitchen", "sat-bath"):
        event = Transcript("pause", context={"satellite_id": satellite}).event()
        await ask(house.server, event, until="handled")
    there, nowhere = [rooms.here(session) for session, _ in house.turns.heard]
    rooms.remove(kitchen)
    assert there is not None
    assert (there.name, nowhere) == ("kitchen", None)
