"""Satellites of every temper, played by the test: what they are told, and when."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
from wyoming.event import Event, async_read_event, async_write_event

from server_running import RunningServer
from server_turns import ScriptedTurns
from voice.audio import Samples
from voice_speech import ScriptedTranscriber, babble, fake_speech
from voice_synthesizer import BeepSynthesizer
from wyoming_house import free_port, kinds, sound_events, until, wyoming_server, wyoming_settings

pytestmark = pytest.mark.integration

WAKE = Event("run-pipeline", {"start_stage": "wake", "end_stage": "tts", "restart_on_end": False})
CALLED = Event("run-pipeline", {"start_stage": "asr", "end_stage": "tts"})
MUTE = Event("run-pipeline", {"start_stage": "asr", "end_stage": "handle"})


class PlayedSatellite:
    """A satellite whose box is the test."""

    def __init__(self) -> None:
        self.told: list[Event] = []
        """Everything that it was told, over all connections."""
        self.connections = 0
        self._writer: asyncio.StreamWriter | None = None

    async def come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writer = writer
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while (event := await async_read_event(reader)) is not None:
                self.told.append(event)
        writer.close()

    async def send(self, *events: Event) -> None:
        assert self._writer is not None
        for event in events:
            await async_write_event(event, self._writer)

    async def hear(self, samples: Samples) -> None:
        """The microphone hears this, at once."""
        await self.send(*sound_events(samples)[1:-1])

    async def is_told(self, kind: str, *, times: int = 1) -> Event:
        """Wait until it was told this."""
        await until(lambda: len(self.all(kind)) >= times)
        return self.all(kind)[times - 1]

    def all(self, kind: str) -> list[Event]:
        return [event for event in self.told if event.type == kind]

    async def hang_up(self) -> None:
        assert self._writer is not None
        self._writer.close()

    async def send_raw(self, data: bytes) -> None:
        assert self._writer is not None
        self._writer.write(data)
        await self._writer.drain()


@asynccontextmanager
async def played_satellite(
    folder: Path, *, turns: ScriptedTurns | None = None, ears: ScriptedTranscriber | None = None
) -> AsyncIterator[tuple[PlayedSatellite, RunningServer]]:
    port = free_port()
    box = PlayedSatellite()
    listener = await asyncio.start_server(box.come, "127.0.0.1", port)
    kitchen = {"name": "kitchen", "uri": f"tcp://127.0.0.1:{port}", "wake_word": ""}
    settings = wyoming_settings(folder, satellites=[kitchen])
    speech = fake_speech(settings, ears, BeepSynthesizer())
    running = wyoming_server(settings, turns=turns, speech=speech)
    server = await asyncio.to_thread(running.__enter__)
    try:
        await box.is_told("run-satellite")
        yield box, server
    finally:
        await asyncio.to_thread(running.__exit__, None, None, None)
        listener.close()


async def test_it_is_asked_who_it_is_and_told_to_run(tmp_path: Path) -> None:
    async with played_satellite(tmp_path) as (box, _):
        assert kinds(box.told) == ["describe", "run-satellite"]
        await box.send(Event("ping"))
        await box.is_told("pong")


async def test_who_was_called_is_told_each_step(tmp_path: Path) -> None:
    turns = ScriptedTurns()
    async with played_satellite(tmp_path, turns=turns) as (box, server):
        form = {"rate": 16_000, "width": 2, "channels": 1}
        program = {"name": "s", "installed": True, "attribution": {"name": "", "url": ""}}
        await box.send(Event("info", {"snd": [{**program, "snd_format": form}]}), CALLED)
        await until(lambda: server.services.playback.ducked)
        await box.hear(_spoken(1.5))
        await box.is_told("audio-stop")
        await until(lambda: not server.services.playback.ducked)
    told = [one for one in kinds(box.told) if one not in {"describe", "run-satellite"}]
    assert told == [
        *("voice-started", "voice-stopped", "transcript"),
        *("audio-start", "audio-chunk", "audio-stop"),
    ]
    assert box.all("transcript")[0].data["text"] == "Play something calm."
    assert box.all("audio-start")[0].data["rate"] == 16_000
    assert turns.heard == [("satellite-kitchen", "Play something calm.")]
    assert turns.said_by == [("", True)]


async def test_a_satellite_without_a_speaker_gets_text(tmp_path: Path) -> None:
    async with played_satellite(tmp_path) as (box, _):
        await box.send(MUTE)
        await box.hear(_spoken(1.5))
        said = await box.is_told("synthesize")
    assert said.data["text"] == "Playing Still Water."
    assert not box.all("audio-start")


async def test_who_calls_and_says_nothing_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.integrations.wyoming.satellite._EXPECTED_S", 0.2)
    async with played_satellite(tmp_path) as (box, server):
        await box.send(CALLED)
        await until(lambda: server.services.playback.ducked)
        while not box.all("transcript"):
            await box.hear(np.zeros(1_600, np.float32))
            await asyncio.sleep(0.02)
        assert box.all("transcript")[0].data["text"] == ""
        assert not server.services.playback.ducked


async def test_who_cuts_in_is_listened_to(tmp_path: Path) -> None:
    turns = ScriptedTurns()
    ears = ScriptedTranscriber("Play something slowly.", "Play something calm.")
    async with played_satellite(tmp_path, turns=turns, ears=ears) as (box, _):
        await box.send(WAKE)
        await box.hear(_spoken(1.5))
        await until(lambda: len(turns.heard) == 1)
        await box.hear(_spoken(1.5))
        await until(lambda: len(turns.heard) == 2)
        assert turns.cancelled == 1
        await until(lambda: turns.amended)
        await box.is_told("audio-stop")


async def test_what_fails_is_said(tmp_path: Path) -> None:
    async with played_satellite(tmp_path, ears=ScriptedTranscriber("fail")) as (box, server):
        await box.send(WAKE)
        await box.hear(_spoken(1.5))
        await box.is_told("audio-stop")
        await until(lambda: not server.services.playback.ducked)


async def test_a_satellite_that_went_away_is_found_again(tmp_path: Path) -> None:
    async with played_satellite(tmp_path) as (box, server):
        await box.send(CALLED)
        await until(lambda: server.services.playback.ducked)
        await box.hang_up()
        await until(lambda: not server.services.playback.ducked)
        await box.is_told("run-satellite", times=2)


@pytest.mark.parametrize(
    "rubbish",
    [
        b"hello\n",
        b'{"type": "audio-chunk", "payload_length": 99999999}\n',
        b'{"type": "audio-chunk", "data": {"rate": 1, "width": 2, "channels": 1}}\n',
        b"x" * 100_000,
    ],
)
async def test_a_satellite_that_sends_rubbish_is_left_and_tried_again(
    tmp_path: Path, rubbish: bytes
) -> None:
    async with played_satellite(tmp_path) as (box, _):
        await box.send_raw(rubbish)
        await box.is_told("run-satellite", times=2)


async def test_odd_wishes_are_passed_over(tmp_path: Path) -> None:
    async with played_satellite(tmp_path) as (box, _):
        await box.send(
            Event("info", {"snd": "loud"}),
            Event("info", {"snd": [{"snd_format": {"rate": -1}}]}),
            Event("run-pipeline", {"start_stage": 7, "end_stage": None}),
            Event("run-pipeline"),
            Event("audio-stop"),
            Event("detection", {"name": "x"}),
            Event("nonsense", {"a": [1]}),
            Event("ping"),
        )
        await box.is_told("pong")


def _spoken(seconds: float) -> Samples:
    quiet = np.zeros(8_000, np.float32)
    return np.concatenate([quiet, babble(seconds), np.zeros(24_000, np.float32)])
