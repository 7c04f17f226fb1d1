"""The demo library as files: three short recordings in place of the whole."""

import io
import json
import math
import os
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from tinytag import TinyTag

from knowledge.demo import DemoLibrary, make_demo_library
from knowledge.demo.albums import ALBUMS
from knowledge.demo.covers import cover_of
from knowledge.demo.discography import Album, Recording, placed
from knowledge.demo.encode import CONTAINERS, tags_of, write_audio
from knowledge.demo.loudness import integrated_lufs
from knowledge.demo.recording import perform
from knowledge.demo.sound import SAMPLE_RATE, hertz

SHORT = (
    Recording("Little Box", "lullaby", "music box", 150, ("calm",), 0.1, "flac", form="A"),
    Recording("Little March (Live at Home)", "turkishmarch", "gallop", 176, ("happy",), 0.8, "ogg",
              form="A", live=True, artists=("Test Band", "Guest")),
    Recording("さくら", "lullaby", "slow waltz piano", 176, ("calm",), 0.1, "wav", form="A"),
)  # fmt: skip
ALBUM = Album("Short: Pieces", "Test Band", 1999, "Test", "moon", (SHORT,), label="Short")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def library(folder: Path) -> DemoLibrary:
    (folder / "mine.txt").write_text("not yours", "utf-8")
    return make_demo_library(folder, albums=(ALBUM,))


@pytest.mark.integration
def test_it_makes_what_was_asked_and_leaves_the_rest_alone(library: DemoLibrary) -> None:
    assert [track.title for track in library.tracks] == [r.title for r in SHORT]
    assert library.made == 3
    assert all(track.file.is_file() for track in library.tracks)
    assert library.tracks[0].file.relative_to(library.folder) == Path(
        "Test Band/Short_ Pieces/01 Little Box.flac"
    )
    assert (library.folder / "mine.txt").read_text("utf-8") == "not yours"
    assert not list(library.folder.rglob("*.part"))


@pytest.mark.integration
def test_the_truth_lies_beside_it(library: DemoLibrary) -> None:
    truth = json.loads(library.truth.read_text("utf-8"))["tracks"]
    assert [entry["file"] for entry in truth] == [
        track.file.relative_to(library.folder).as_posix() for track in library.tracks
    ]
    assert truth[1]["artists"] == ["Test Band", "Guest"]
    assert truth[1]["tempo_bpm"] == 176
    assert truth[1]["key"] == "A minor"
    assert truth[0]["mood"] == ["calm"]
    assert truth[0]["melody"][0][2] == 76
    for entry, track in zip(truth, library.tracks, strict=True):
        last = entry["melody"][-1]
        assert last[0] < entry["duration_s"]
        assert TinyTag.get(track.file).duration == pytest.approx(entry["duration_s"], abs=0.1)


@pytest.mark.integration
def test_a_second_call_makes_nothing_and_a_damaged_folder_is_mended(
    library: DemoLibrary, folder: Path
) -> None:
    told: list[tuple[int, int, str]] = []
    again = make_demo_library(folder, lambda *args: told.append(args), albums=(ALBUM,))
    assert again.made == 0
    assert told == []
    assert again.tracks == library.tracks

    lost, torn = library.tracks[0].file, library.tracks[2].file
    before = {lost: lost.read_bytes(), torn: torn.read_bytes()}
    kept = library.tracks[1].file.stat().st_mtime_ns
    lost.unlink()
    torn.write_bytes(before[torn][:1000])
    stale = torn.with_name(f".{torn.name}.part")
    stale.write_bytes(b"half")
    os.utime(stale, (0, 0))
    mended = make_demo_library(folder, lambda *args: told.append(args), albums=(ALBUM,))
    assert mended.made == 2
    assert max(told)[:2] == (3, 3)
    assert {lost: lost.read_bytes(), torn: torn.read_bytes()} == before
    assert library.tracks[1].file.stat().st_mtime_ns == kept
    assert not stale.exists()


@pytest.mark.integration
def test_wav_gets_its_cover_in_the_folder(library: DemoLibrary) -> None:
    cover = library.tracks[2].file.parent / "cover.jpg"
    with Image.open(cover) as picture:
        assert picture.size == (720, 720)


@pytest.mark.integration
@pytest.mark.parametrize("suffix", sorted(CONTAINERS))
def test_tags_and_cover_read_back_in_every_format(suffix: str, tmp_path: Path) -> None:
    recording = replace(SHORT[1], suffix=suffix, title="Ça va? הבה さくら")
    album = replace(ALBUM, discs=((SHORT[0],), (SHORT[2], recording)))
    track = list(placed((album,)))[2]
    cover = cover_of(ALBUM)
    time = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    tone = (0.3 * np.sin(2 * np.pi * 440 * time)).astype(np.float32)
    path = tmp_path / f"tone.{suffix}"
    write_audio(path, np.stack([tone, 0.5 * tone]), tags_of(track, "J. S. Bach"), cover)

    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    tag = TinyTag.get(path, image=True)
    assert (tag.title, tag.artist) == (recording.title, "Test Band; Guest")
    assert (tag.album, tag.year, tag.genre) == ("Short: Pieces", "1999", "Test")
    if suffix != "wav":
        assert (tag.albumartist, tag.composer) == ("Test Band", "J. S. Bach")
        assert (tag.track, tag.track_total, tag.disc, tag.disc_total) == (2, 2, 2, 2)
        assert tag.images.front_cover is not None
        assert tag.images.front_cover.data == cover
    if suffix not in {"wav", "m4a"}:
        assert any("happy" in str(value) for value in tag.other.values())

    with av.open(str(path)) as container:
        resampler = av.AudioResampler("fltp", "stereo", SAMPLE_RATE)
        frames = [
            frame.to_ndarray()
            for decoded in container.decode(audio=0)
            for frame in resampler.resample(decoded)
        ]
    sound = np.concatenate(frames, axis=1).astype(np.float32)
    assert sound.shape[1] == pytest.approx(SAMPLE_RATE, abs=3000)
    middle = sound[0, 10_000:30_000]
    peak = np.argmax(np.abs(np.fft.rfft(middle * np.hanning(middle.size))))
    assert peak * SAMPLE_RATE / middle.size == pytest.approx(440, abs=3)
    assert 0.15 < np.sqrt(np.mean(middle**2)) < 0.25


@pytest.mark.integration
def test_the_sound_is_clean_loud_enough_and_the_same_each_time() -> None:
    first, second = perform(SHORT[0]), perform(SHORT[0])
    assert np.array_equal(first.sound, second.sound)
    assert np.abs(first.sound).max() <= 0.9
    assert abs(float(first.sound.mean())) < 1e-4
    assert integrated_lufs(first.sound) == pytest.approx(SHORT[0].lufs, abs=0.7)


@pytest.mark.integration
def test_the_notes_in_the_truth_are_the_notes_in_the_sound() -> None:
    """A music box alone: at every melody note its pitch is the strongest in its neighbourhood."""
    performance = perform(SHORT[0])
    mono = performance.sound.mean(axis=0)
    right = 0
    for hit in performance.score.melody:
        start = int((hit.start_s + 0.01) * SAMPLE_RATE)
        piece = mono[start : start + int(0.18 * SAMPLE_RATE)]
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(piece.size), 1 << 16))
        levels = {
            pitch: spectrum[round(hertz(pitch) * (1 << 16) / SAMPLE_RATE)]
            for pitch in range(hit.pitch - 1, hit.pitch + 2)
        }
        right += max(levels, key=lambda pitch: float(levels[pitch])) == hit.pitch
    assert right >= 0.9 * len(performance.score.melody)


@pytest.mark.integration
def test_onsets_come_when_the_truth_says() -> None:
    performance = perform(SHORT[0])
    mono = np.abs(performance.sound.mean(axis=0))
    rises = 0
    for hit in performance.score.melody:
        at = int(hit.start_s * SAMPLE_RATE)
        before = mono[max(0, at - 900) : max(1, at - 60)].max(initial=1e-6)
        after = mono[at : at + 1300].max()
        rises += after > before
    assert rises >= 0.9 * len(performance.score.melody)


@pytest.mark.integration
def test_covers_are_square_distinct_and_one_is_clearly_yellow() -> None:
    means = {}
    for album in ALBUMS:
        picture = Image.open(io.BytesIO(cover_of(album)))
        assert picture.size == (720, 720)
        means[album.cover] = np.asarray(picture.resize((8, 8))).reshape(-1, 3).mean(axis=0)
    red, green, blue = means["lighthouse"]
    assert red > 190
    assert green > 140
    assert blue < 100
    names = sorted(means)
    nearest = min(
        math.dist(means[a], means[b]) for i, a in enumerate(names) for b in names[i + 1 :]
    )
    assert nearest > 4
