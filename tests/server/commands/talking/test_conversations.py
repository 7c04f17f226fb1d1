"""Talking with files and with a microphone, to a server that the test plays."""

import asyncio
import contextlib
import sys
import wave
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from server.commands.talking.from_files import talk_with_files
from server.commands.talking.link import UP_RATE_HZ, TalkLink, Wishes
from server.commands.talking.live import LiveTalk, Microphone
from server.commands.talking.loudspeaker import Loudspeaker
from server.commands.talking.talk import Talk
from server.errors import BadRequest, NoMicrophone, ServerUnreachable, VoiceOff
from talk_server import (
    NotedScreen,
    PretendSocket,
    answer,
    created,
    done,
    heard,
    sound_event,
    until,
)
from voice.audio import Samples

pytestmark = pytest.mark.integration

_TO_NOWHERE = (sys.executable, "-c", "import sys; sys.stdin.buffer.read()")
_READY = {"type": "refrain.speech", "state": "ready", "problem": None, "speaking_problem": None}
_STARTED = {"type": "input_audio_buffer.speech_started"}


def _wav(path: Path, seconds: float = 1.0, rate_hz: int = 44_100) -> str:
    tone = np.sin(np.arange(round(seconds * rate_hz)) * 2 * np.pi * 300 / rate_hz)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.rint(tone * 20_000).astype("<i2").tobytes())
    return str(path)


@asynccontextmanager
async def _talking(
    socket: PretendSocket, *, push_to_talk: bool = True, loudspeaker: Loudspeaker | None = None
) -> AsyncIterator[tuple[Talk, TalkLink, NotedScreen]]:
    link, screen = TalkLink(socket), NotedScreen()
    talk = Talk(link, screen, loudspeaker, push_to_talk=push_to_talk)
    following = asyncio.create_task(talk.run())
    try:
        yield talk, link, screen
    finally:
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following
        if loudspeaker is not None:
            await loudspeaker.close()


async def test_each_file_is_one_turn_and_waits_for_the_answer_to_the_one_before(
    tmp_path: Path,
) -> None:
    socket = PretendSocket()
    socket.answers["response.create"] = [
        answer("Playing.", said="play some jazz"),
        answer("Louder.", said="louder", number=2),
    ]
    files = [_wav(tmp_path / "one.wav"), _wav(tmp_path / "two.wav", 0.5)]
    async with _talking(socket) as (talk, link, screen):
        speaking = talk_with_files(talk, link, files, realtime=False, hands_free=False)
        turns = [turn async for turn in speaking]
    assert [(turn.source, turn.record.text, turn.reply) for turn in turns] == [
        (files[0], "play some jazz", "Playing."),
        (files[1], "louder", "Louder."),
    ]
    assert turns == screen.turns
    once = ["refrain.talk.start", "refrain.talk.stop", "response.create"]
    assert socket.kinds == [*once, *once]
    assert socket.sent[0]["sample_rate"] == UP_RATE_HZ
    assert all(message["commit"] for message in socket.sent[1::3])
    assert abs(len(socket.sound) - 1.5 * UP_RATE_HZ) < 100


async def test_hands_free_the_server_finds_the_turns_and_silence_follows_the_file(
    tmp_path: Path,
) -> None:
    socket = PretendSocket()
    socket.answers["refrain.talk.start"] = [
        [_STARTED, *answer("Playing."), _STARTED, *answer("Louder.", number=2)]
    ]
    files = [_wav(tmp_path / "two.wav", 0.2)]
    async with _talking(socket, push_to_talk=False) as (talk, link, _):
        speaking = talk_with_files(talk, link, files, realtime=True, hands_free=True)
        turns = []
        async for turn in speaking:
            turns.append(turn)
            talk.hearing = False
            if len(turns) == 2:
                break
    assert [turn.reply for turn in turns] == ["Playing.", "Louder."]
    assert [turn.source for turn in turns] == files * 2


@pytest.mark.parametrize(
    ("name", "why"), [("gone.wav", "There is no file"), ("text.wav", "cannot be read as sound")]
)
async def test_a_file_that_cannot_be_heard_is_named(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "text.wav").write_text("this is no sound")
    async with _talking(PretendSocket()) as (talk, link, _):
        speaking = talk_with_files(
            talk, link, [str(tmp_path / name)], realtime=False, hands_free=False
        )
        with pytest.raises(BadRequest, match=why):
            await anext(speaking)


async def test_the_server_is_told_how_we_want_to_talk_and_waited_for() -> None:
    socket = PretendSocket()
    loading = _READY | {"state": "loading"}
    socket.answers["session.update"] = [[loading, {"type": "session.updated"}, _READY]]
    link = TalkLink(socket)
    await link.begin(Wishes(hands_free=True, cut_in=False, wake_word="okay_nabu"))
    (update,) = socket.sent
    detection = update["session"]["audio"]["input"]["turn_detection"]
    assert detection == {"type": "server_vad", "interrupt_response": False}
    assert update["session"]["refrain"]["wake_word"] == "okay_nabu"
    assert Wishes().session()["audio"]["input"]["turn_detection"] is None


async def test_without_models_it_is_said_what_to_do() -> None:
    socket = PretendSocket()
    problem = {"message": "whisper-base is not here.", "next_step": "Run: refrain models get"}
    socket.answers["session.update"] = [[_READY | {"problem": problem}]]
    with pytest.raises(VoiceOff, match="whisper-base is not here") as caught:
        await TalkLink(socket).begin(Wishes())
    assert caught.value.next_step == "Run: refrain models get"


class _Gone(PretendSocket):
    async def recv(self) -> str:
        raise ConnectionResetError


async def test_a_server_that_goes_away_is_reported() -> None:
    with pytest.raises(ServerUnreachable):
        await Talk(TalkLink(_Gone()), NotedScreen(), None).run()


async def test_cutting_in_silences_our_voice_and_tells_how_much_was_heard() -> None:
    socket = PretendSocket()
    loudspeaker = Loudspeaker(_TO_NOWHERE)
    async with _talking(socket, push_to_talk=False, loudspeaker=loudspeaker) as (talk, _, screen):
        socket.tell(heard("play jazz"), created(), *[sound_event()] * 50)
        await until(lambda: loudspeaker.sounding)
        socket.tell(_STARTED, done(status="cancelled"))
        await until(lambda: screen.turns)
        assert not talk.sounding
    truncated = next(m for m in socket.sent if m["type"] == "conversation.item.truncate")
    assert truncated["item_id"] == "i1"
    assert 0 <= truncated["audio_end_ms"] < 5_000
    assert [turn.interrupted for turn in screen.turns] == [True]


# The microphone.


def _sound(pieces: Sequence[Samples], then: BaseException | None = None) -> Iterator[Samples]:
    yield from pieces
    if then is not None:
        raise then


def _endless() -> Iterator[Samples]:
    while True:
        yield np.full(320, 0.5, np.float32)


class _Keys:
    """Keys that the test presses."""

    def __init__(self) -> None:
        self._pressed: asyncio.Queue[str] = asyncio.Queue()

    def press(self, key: str) -> None:
        self._pressed.put_nowait(key)

    async def all(self) -> AsyncIterator[str]:
        while True:
            yield await self._pressed.get()


async def _until(socket: PretendSocket, kind: str) -> None:
    await until(lambda: kind in socket.kinds)


async def test_enter_begins_a_turn_enter_ends_it_and_q_leaves() -> None:
    socket, keys = PretendSocket(), _Keys()
    socket.answers["response.create"] = [answer("Playing.")]
    async with _talking(socket) as (talk, link, screen):
        live = LiveTalk(talk, link, screen, hands_free=False, full_duplex=False)
        running = asyncio.create_task(live.run(Microphone(_endless), keys.all()))
        keys.press("\n")
        await _until(socket, "refrain.talk.start")
        await until(lambda: len(socket.sound))
        keys.press("\n")
        await _until(socket, "response.create")
        await until(lambda: screen.turns)
        keys.press("q")
        await running
    assert socket.kinds == ["refrain.talk.start", "refrain.talk.stop", "response.create"]
    assert socket.sent[1]["commit"] is True
    assert screen.turns[0].reply == "Playing."
    assert screen.states[0] == "hearing"
    assert max(screen.levels) == pytest.approx(0.5)


async def test_hands_free_everything_is_sent_and_while_our_voice_sounds_only_silence() -> None:
    socket, keys = PretendSocket(), _Keys()
    loudspeaker = Loudspeaker(_TO_NOWHERE)
    async with _talking(socket, push_to_talk=False, loudspeaker=loudspeaker) as (talk, link, _):
        live = LiveTalk(talk, link, NotedScreen(), hands_free=True, full_duplex=False)
        running = asyncio.create_task(live.run(Microphone(_endless), keys.all()))
        await until(lambda: len(socket.sound))
        assert np.abs(socket.sound).min() > 0.4
        socket.tell(created(), *[sound_event()] * 50)
        await until(lambda: talk.sounding and not np.abs(socket.sound[-160:]).any())
        keys.press(" ")
        await _until(socket, "conversation.item.truncate")
        assert not talk.sounding
        keys.press("\x04")
        await running


async def test_a_microphone_that_breaks_off_ends_the_conversation() -> None:
    socket, keys = PretendSocket(), _Keys()
    async with _talking(socket) as (talk, link, screen):
        live = LiveTalk(talk, link, screen, hands_free=True, full_duplex=True)
        broken = Microphone(lambda: _sound([], NoMicrophone("The microphone broke off.")))
        with pytest.raises(NoMicrophone, match="broke off"):
            await live.run(broken, keys.all())
        ending = Microphone(lambda: _sound([np.ones(320, np.float32)]))
        await LiveTalk(talk, link, screen, hands_free=True, full_duplex=True).run(
            ending, keys.all()
        )
    assert len(socket.sound) == 320


async def test_when_the_server_hangs_up_the_conversation_ends() -> None:
    socket, keys = PretendSocket(), _Keys()
    async with _talking(socket) as (talk, link, screen):
        live = LiveTalk(talk, link, screen, hands_free=True, full_duplex=True)
        running = asyncio.create_task(live.run(Microphone(_endless), keys.all()))
        await _until(socket, "refrain.talk.start")
        socket.tell(
            {"type": "error", "error": {"code": "idle_timeout", "message": "Nobody spoke."}}
        )
        await running
    assert screen.turns[0].record.error == "Nobody spoke."
