"""A player without speakers still proves that it plays: it decodes real sound, in time."""

import asyncio
import math
import time
from pathlib import Path

import pytest

from knowledge.errors import NotInLibrary
from knowledge.models import QueueItem
from player_sounds import write_junk, write_tone
from player_tracks import track
from tools.errors import NothingPlaying, PlayerRefused
from tools.players.decoded_audio import DecodedAudio
from tools.players.player import PlaybackStatus, PlayerEvent, PlayerEventKind
from tools.players.silent import SilentPlayer

pytestmark = pytest.mark.integration

ITEM = QueueItem("item", track(1, duration_s=0.0))


async def heard(events: list[PlayerEvent]) -> None:
    """Wait for the first event."""
    async with asyncio.timeout(5):
        while not events:  # noqa: ASYNC110  the player is watched from outside
            await asyncio.sleep(0.02)


async def test_the_level_is_the_level_of_the_file(tmp_path: Path) -> None:
    loud = write_tone(tmp_path / "loud.wav", 5.0, level=0.5)
    player = SilentPlayer(lambda _: loud)
    assert player.level_db == -math.inf
    state = await player.play(ITEM)
    assert player.level_db == pytest.approx(20 * math.log10(0.5 / math.sqrt(2)), abs=0.3)
    assert state.duration_s == pytest.approx(5.0, abs=0.05)
    await player.close()
    assert not player.connected


async def test_it_plays_no_faster_than_the_clock(tmp_path: Path) -> None:
    player = SilentPlayer(lambda _: write_tone(tmp_path / "tone.wav", 5.0))
    began = time.monotonic()
    await player.play(ITEM)
    await asyncio.sleep(0.3)
    assert player.state.position_s <= time.monotonic() - began + 0.01
    await player.close()


async def test_a_demo_can_be_sped_up(tmp_path: Path) -> None:
    path = write_tone(tmp_path / "tone.wav", 20.0)
    player = SilentPlayer(lambda _: path, speed=50.0)
    events: list[PlayerEvent] = []
    player.listen(events.append)
    await player.play(ITEM)
    await heard(events)
    assert [event.kind for event in events] == [PlayerEventKind.ENDED]
    await player.close()


async def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    player = SilentPlayer(lambda _: tmp_path / "nothing.wav")
    with pytest.raises(PlayerRefused, match=r"nothing\.wav"):
        await player.play(ITEM)

    def gone(_: int) -> Path:
        raise NotInLibrary("The file is gone.")

    with pytest.raises(PlayerRefused, match="gone"):
        await SilentPlayer(gone).play(ITEM)


async def test_commands_without_music_are_errors(tmp_path: Path) -> None:
    player = SilentPlayer(lambda _: tmp_path)
    for command in (player.pause(), player.resume(), player.seek(3)):
        with pytest.raises(NothingPlaying):
            await command
    assert (await player.stop()).status is PlaybackStatus.IDLE


async def test_a_truncated_file_ends_where_it_is_cut(tmp_path: Path) -> None:
    path = write_tone(tmp_path / "cut.wav", 4.0)
    path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 10])
    player = SilentPlayer(lambda _: path)
    events: list[PlayerEvent] = []
    player.listen(events.append)
    await player.play(ITEM)
    await heard(events)
    assert events[0].kind in {PlayerEventKind.ENDED, PlayerEventKind.FAILED}
    assert player.state.status is PlaybackStatus.IDLE


def test_a_play_list_in_disguise_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    path.write_text("#EXTM3U\n#EXTINF:3,\nhttp://127.0.0.1:9/x.ts\n", "utf-8")
    with pytest.raises(PlayerRefused):
        DecodedAudio(path)


@pytest.mark.parametrize("content", [b"", b"\x00" * 5_000, b"RIFF" + b"\xff" * 60, b"ID3" * 900])
def test_what_is_not_music_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "song.flac"
    path.write_bytes(content)
    with pytest.raises(PlayerRefused):
        DecodedAudio(path)
    write_junk(path)
    with pytest.raises(PlayerRefused):
        DecodedAudio(path)


def test_seeking_past_the_end_is_the_end(tmp_path: Path) -> None:
    audio = DecodedAudio(write_tone(tmp_path / "tone.wav", 2.0))
    audio.seek(1.0)
    assert audio.read(0.5) > 0.0
    audio.seek(99.0)
    assert audio.read(0.5) == 0.0
    audio.close()
    assert audio.read(0.5) == 0.0
