"""The discography as data: nothing is rendered here."""

from collections import Counter

import pytest

from knowledge.demo.albums import ALBUMS
from knowledge.demo.arrangement import Score, arrange
from knowledge.demo.covers import DESIGNS
from knowledge.demo.discography import VARIOUS_ARTISTS, Placed, Recording, placed
from knowledge.demo.drums import KITS
from knowledge.demo.encode import CONTAINERS, tags_of
from knowledge.demo.instruments import INSTRUMENTS
from knowledge.demo.notation import all_tunes
from knowledge.demo.styles import STYLES

TRACKS = tuple(placed(ALBUMS))


def score_of(recording: Recording) -> Score:
    return arrange(
        all_tunes()[recording.tune],
        STYLES[recording.style],
        tempo_bpm=recording.tempo_bpm,
        transpose=recording.transpose,
        form=recording.form,
        seed=recording.seed,
    )


@pytest.mark.unit
def test_the_library_is_varied() -> None:
    recordings = [track.recording for track in TRACKS]
    keys = {all_tunes()[r.tune].key.moved(r.transpose).name for r in recordings}
    assert len(recordings) >= 32
    assert {r.suffix for r in recordings} == set(CONTAINERS)
    assert len({r.style for r in recordings}) >= 20
    assert len(keys) >= 12
    assert len({track.genre for track in TRACKS}) >= 10
    assert min(r.tempo_bpm for r in recordings) == 60
    assert 165 <= max(r.tempo_bpm for r in recordings) <= 180
    assert min(album.year for album in ALBUMS) == 1962
    assert max(album.year for album in ALBUMS) == 2025


@pytest.mark.unit
def test_moods_cover_what_people_ask_for() -> None:
    moods = Counter(mood for track in TRACKS for mood in track.recording.moods)
    for mood in ("calm", "happy", "sad", "energetic", "dark", "romantic", "playful", "focus"):
        assert moods[mood] >= 3, mood


@pytest.mark.unit
def test_calm_recordings_are_quieter_and_less_driving_than_energetic_ones() -> None:
    calm = [t.recording for t in TRACKS if "calm" in t.recording.moods]
    energetic = [t.recording for t in TRACKS if "energetic" in t.recording.moods]
    assert max(r.energy for r in calm) < 0.6
    assert min(r.energy for r in energetic) >= 0.5
    assert (
        sum(r.lufs for r in calm) / len(calm) < sum(r.lufs for r in energetic) / len(energetic) - 2
    )
    assert all(-20 <= t.recording.lufs <= -12 for t in TRACKS)


@pytest.mark.unit
def test_the_special_cases_of_a_real_collection_are_there() -> None:
    titles = [track.recording.title for track in TRACKS]
    assert any(album.artist == VARIOUS_ARTISTS for album in ALBUMS)
    assert any(len(album.discs) > 1 for album in ALBUMS)
    assert any("Live at" in title for title in titles)
    assert any("Remaster" in title for title in titles)
    assert {"さくら", "Коробейники", "הבה נגילה"} <= set(titles)
    assert any(len(track.artists) == 2 for track in TRACKS)
    by_tune = Counter(track.recording.tune for track in TRACKS)
    assert sum(count > 1 for count in by_tune.values()) >= 6


@pytest.mark.unit
def test_no_two_files_share_a_name_and_none_leaves_the_library() -> None:
    files = [str(track.file) for track in TRACKS]
    assert len({name.casefold() for name in files}) == len(files)
    assert all(".." not in name and len(track.file.parts) == 3
               for name, track in zip(files, TRACKS, strict=True))  # fmt: skip


@pytest.mark.unit
def test_everything_named_exists() -> None:
    assert {album.cover for album in ALBUMS} <= set(DESIGNS)
    for style in STYLES.values():
        named = {layer.instrument for layer in style.layers}
        named |= {name for lead in style.leads for name in (lead.instrument, lead.double) if name}
        assert named <= set(INSTRUMENTS), style.name
        if style.kit:
            assert {*style.drums, *style.fill} <= set(KITS[style.kit]), style.name


@pytest.mark.unit
@pytest.mark.parametrize("track", TRACKS, ids=lambda track: track.file.name)
def test_every_recording_lasts_40_to_90_seconds_in_its_tempo(track: Placed) -> None:
    score = score_of(track.recording)
    assert 40 <= score.length_s <= 91
    steps = [b - a for a, b in zip(score.beats_s, score.beats_s[1:], strict=False)]
    middle = sorted(steps)[len(steps) // 2]
    assert 60 / middle == pytest.approx(track.recording.tempo_bpm, rel=0.06)
    starts = [hit.start_s for hit in score.melody]
    assert starts == sorted(starts)
    assert len(starts) > 20


@pytest.mark.unit
def test_the_melody_is_the_tune_transposed() -> None:
    recording = next(t.recording for t in TRACKS if t.recording.style == "solo piano")
    tune = all_tunes()[recording.tune]
    first = tune.parts["A"].notes[:12]
    played = score_of(recording).melody[:12]
    assert [hit.pitch - note.pitch for hit, note in zip(played, first, strict=True)] == [
        recording.transpose
    ] * 12


@pytest.mark.unit
def test_a_recording_is_arranged_alike_every_time() -> None:
    recording = TRACKS[5].recording
    assert score_of(recording) == score_of(recording)


@pytest.mark.unit
def test_tags_say_everything() -> None:
    for track in TRACKS:
        tags = tags_of(track, all_tunes()[track.recording.tune].composer)
        for name in ("title", "artist", "album", "album_artist", "track", "disc", "date", "genre",
                     "composer", "comment"):  # fmt: skip
            assert tags[name], (track.file, name)
