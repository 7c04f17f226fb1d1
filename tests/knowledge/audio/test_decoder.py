"""Decoding to samples: rate, channels, blocks and limits."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.audio.decoder import decode
from knowledge.errors import UnreadableAudio
from library_audio import FORMATS, tone, write_music


@pytest.mark.integration
@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_format_keeps_its_level_and_length(
    tmp_path: Path, suffix: str, channels: int
) -> None:
    path = write_music(tmp_path / f"song.{suffix}", tone(2.0))
    blocks = list(decode(path, sample_rate=22_050, channels=channels))
    samples = np.concatenate([block for block, _ in blocks], axis=1)
    assert {rate for _, rate in blocks} == {22_050}
    assert samples.dtype == np.float32
    assert samples.shape[0] == channels
    assert samples.shape[1] == pytest.approx(2 * 22_050, abs=2500)
    middle = samples[:, 11_025:33_075]
    # LAME scales its input by 0.95.
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.3 / np.sqrt(2), rel=0.06)


@pytest.mark.integration
def test_blocks_are_small_and_the_rate_of_the_file_is_kept(tmp_path: Path) -> None:
    path = write_music(tmp_path / "song.flac", tone(5.0, rate=48_000), rate=48_000)
    blocks = list(decode(path, block_s=1.0))
    assert [rate for _, rate in blocks] == [48_000] * len(blocks)
    assert len(blocks) >= 4
    assert max(block.shape[1] for block, _ in blocks) < 2 * 48_000
    assert sum(block.shape[1] for block, _ in blocks) == 5 * 48_000


@pytest.mark.integration
def test_decoding_may_begin_in_the_middle(tmp_path: Path) -> None:
    path = write_music(tmp_path / "song.flac", tone(10.0))
    samples = np.concatenate([block for block, _ in decode(path, start_s=6.0)], axis=1)
    assert samples.shape[1] / 44_100 == pytest.approx(4.0, abs=0.3)


@pytest.mark.integration
def test_damage_in_the_middle_is_stepped_over(tmp_path: Path) -> None:
    path = write_music(tmp_path / "song.mp3", tone(5.0))
    content = bytearray(path.read_bytes())
    content[20_000:22_000] = b"\x00" * 2000
    path.write_bytes(content)
    total = sum(block.shape[1] for block, _ in decode(path))
    assert total / 44_100 == pytest.approx(5.0, abs=0.6)


@pytest.mark.integration
@pytest.mark.parametrize("content", [b"", b"just words " * 500])
def test_what_is_no_audio_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(content)
    with pytest.raises(UnreadableAudio):
        list(decode(path))


@pytest.mark.integration
def test_a_playlist_cannot_make_us_open_other_files(tmp_path: Path) -> None:
    secret = write_music(tmp_path / "secret.mp3")
    for name, content in {
        "list.mp3": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n",
        "concat.wav": f"ffconcat version 1.0\nfile '{secret}'\n",
    }.items():
        path = tmp_path / name
        path.write_text(content)
        with pytest.raises(UnreadableAudio):
            list(decode(path))
