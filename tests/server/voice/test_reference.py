"""What plays now is known sample by sample, wherever the player is."""

import asyncio
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import NotInLibrary
from knowledge.models import Queue
from knowledge.queue_operations import items_for, play
from player_tracks import track
from server.voice.decode_ahead import decode_ahead
from server.voice.reference import MusicReference, Place, place_of
from tools.players.player import PlaybackStatus, PlayerState
from voice.audio import HEARING_RATE_HZ, Samples
from voice_room import heard, music, power_db

pytestmark = pytest.mark.integration

SECONDS = 30


def write(path: Path, sound: Samples) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(HEARING_RATE_HZ)
        file.writeframes((sound * 32767).astype("<i2").tobytes())
    return path


class Player:
    """A place in the music, and a clock that stands still until told."""

    def __init__(self, folder: Path) -> None:
        self.now_s = 100.0
        self.place: Place | None = None
        self.sounds = {1: music(SECONDS, 1), 2: music(SECONDS, 2)}
        self.paths = {key: write(folder / f"{key}.wav", one) for key, one in self.sounds.items()}
        self.reference = MusicReference(lambda: self.place, self.path_of, clock=lambda: self.now_s)

    def path_of(self, track_id: int) -> Path:
        if track_id not in self.paths:
            raise NotInLibrary("It is gone.")
        return self.paths[track_id]

    def at(self, track_id: int, position_s: float) -> None:
        self.place = Place(f"item {track_id}", track_id, position_s)
        self.reference.look()

    async def known(self, start_s: float, seconds: float) -> Samples:
        """What is played, once it is decoded."""
        async with asyncio.timeout(10):
            while True:
                found = self.reference.samples(start_s, start_s + seconds)
                if found is not None and found.any() and found[-1600:].any():
                    return found
                await asyncio.sleep(0.01)

    def expected(self, track_id: int, position_s: float, seconds: float) -> Samples:
        first = round(position_s * HEARING_RATE_HZ)
        return self.sounds[track_id][first : first + round(seconds * HEARING_RATE_HZ)]


@pytest.fixture
async def player(tmp_path: Path) -> AsyncIterator[Player]:
    made = Player(tmp_path)
    made.reference.wanted()
    yield made
    await made.reference.close()


async def test_the_samples_are_those_of_the_place(player: Player) -> None:
    player.at(1, 12.0)
    found = await player.known(100.2, 0.5)
    assert np.abs(found - player.expected(1, 12.2, 0.5)).max() < 1e-3


async def test_pieces_follow_each_other_without_a_seam(player: Player) -> None:
    player.at(1, 3.0)
    await player.known(100.0, 3.0)
    pieces = [player.reference.samples(100 + n / 31.25, 100 + (n + 1) / 31.25) for n in range(60)]
    whole = np.concatenate([one for one in pieces if one is not None])
    assert np.abs(whole - player.expected(1, 3.0, 60 / 31.25)).max() < 1e-3


async def test_a_place_that_is_told_late_is_not_believed(player: Player) -> None:
    player.at(1, 3.0)
    await player.known(100.0, 1.0)
    player.now_s = 101.05
    player.at(1, 4.0)
    found = await player.known(101.1, 0.5)
    assert np.abs(found - player.expected(1, 4.1, 0.5)).max() < 1e-3


async def test_a_jump_and_another_track_are_followed(player: Player) -> None:
    player.at(1, 3.0)
    await player.known(100.0, 1.0)
    player.now_s = 101.0
    player.at(1, 20.0)
    found = await player.known(101.1, 0.5)
    assert np.abs(found - player.expected(1, 20.1, 0.5)).max() < 1e-3
    player.now_s = 102.0
    player.at(2, 0.0)
    found = await player.known(102.0, 0.5)
    assert np.abs(found - player.expected(2, 0.0, 0.5)).max() < 1e-3
    before = player.reference.samples(101.5, 101.9)
    assert before is not None
    assert np.abs(before - player.expected(1, 20.5, 0.4)).max() < 1e-3


async def test_silence_is_nothing(player: Player) -> None:
    assert player.reference.samples(100.0, 100.1) is None
    player.at(1, 3.0)
    await player.known(100.0, 1.0)
    player.now_s = 101.0
    player.place = None
    player.reference.look()
    assert player.reference.samples(101.1, 101.2) is None


async def test_a_file_that_is_gone_or_broken_is_silence(player: Player, tmp_path: Path) -> None:
    player.paths[3] = tmp_path / "3.wav"
    player.paths[3].write_bytes(b"RIFF" + bytes(5_000))
    for track_id in (3, 4):
        player.at(track_id, 3.0)
        await asyncio.sleep(0.1)
        assert player.reference.samples(100.0, 100.1) is None
    player.at(1, 3.0)
    assert len(await player.known(100.0, 0.2)) == 3_200


async def test_little_is_held(player: Player) -> None:
    player.at(1, 3.0)
    await player.known(100.0, 3.0)
    await asyncio.sleep(0.2)
    held = sum(one.count for one in player.reference._stretches)
    assert held < 8 * HEARING_RATE_HZ


async def test_the_guard_takes_the_music_out_of_a_microphone(player: Player) -> None:
    sound = heard(player.sounds[1], delay_s=0.15, clipped=False)[3 * HEARING_RATE_HZ :]
    guard = player.reference.guard()
    player.at(1, 3.0)
    cleaned = []
    for at in range(0, 10 * HEARING_RATE_HZ // 512 * 512, 512):
        player.now_s = 100.0 + (at + 512) / HEARING_RATE_HZ
        player.at(1, player.now_s - 97.0)
        if at % 8_192 == 0:
            await player.known(player.now_s, 1.0)
        cleaned.append(guard.clean(sound[at : at + 512]))
    last = np.concatenate(cleaned)[-3 * HEARING_RATE_HZ :]
    end = 10 * HEARING_RATE_HZ // 512 * 512
    assert guard.delay_s == pytest.approx(0.15, abs=0.01)
    assert power_db(last) < power_db(sound[end - len(last) : end]) - 10


def test_a_place_needs_music_that_sounds() -> None:
    queue = play(Queue(), items_for([track(7)]), start=0)
    item = queue.items[0].id
    playing = PlayerState(PlaybackStatus.PLAYING, item, 5.0)
    assert place_of(queue, playing) == Place(item, 7, 5.0)
    assert place_of(queue, PlayerState(PlaybackStatus.PAUSED, item, 5.0)) is None
    assert place_of(queue, PlayerState(PlaybackStatus.PLAYING, item, 5.0, muted=True)) is None
    assert place_of(Queue(), playing) is None


def test_decoding_knows_where_it_is(tmp_path: Path) -> None:
    sound = music(20, 3)
    path = write(tmp_path / "a.wav", sound)
    at, piece = next(decode_ahead(path, 10.0, piece_s=0.5))
    assert 9.5 * HEARING_RATE_HZ < at <= 10 * HEARING_RATE_HZ
    assert np.abs(piece - sound[at : at + len(piece)]).max() < 1e-3
