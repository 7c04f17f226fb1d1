"""The port of musicnn: its checkpoint, its front end, its graph, its answers."""

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.analysis.tag_clips import RATE, short_clip, tag_clips
from evals.analysis.tags import read_reference, tags_difference
from evals.errors import EvaluationImpossible
from knowledge.analysis.musicnn.checkpoint import MAX_INDEX_BYTES, read_checkpoint
from knowledge.analysis.musicnn.graph import musicnn_graph
from knowledge.analysis.musicnn.labels import read_labels
from knowledge.analysis.musicnn.mel import mel_filters, mel_power
from knowledge.analysis.musicnn.network import PATCH_SAMPLES, long_enough, patches_of
from knowledge.analysis.tagger import MusicTagger, _starts
from knowledge.audio.decoder import Samples
from knowledge.errors import MusicModelUnusable
from knowledge.sound.tags import TAG_NAMES
from music_tagger import checkpoint, entry, field, music_tagger, table, tagger_folder

VARIABLES: dict[str, Samples] = {
    "conv2d/kernel": np.arange(12, dtype=np.float32).reshape(3, 4),
    "conv2d/bias": np.array([-1, 0.5], np.float32),
    "conv2d/kernel/Adam": np.zeros(2, np.float32),
    "beta1_power": np.zeros((), np.float32),
    "batch_normalization/beta": np.array([7], np.float32),
}


@pytest.mark.unit
def test_the_variables_of_a_checkpoint_without_the_optimisers() -> None:
    found = read_checkpoint(*checkpoint(VARIABLES))
    assert set(found) == {"conv2d/kernel", "conv2d/bias", "batch_normalization/beta"}
    for name, array in found.items():
        assert np.array_equal(array, VARIABLES[name])


@pytest.mark.unit
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda index, data: (index[:20], data), "too short"),
        (lambda index, data: (index[:-1] + b"?", data), "no table"),
        (lambda index, data: (b"?" + index[1:], data), "checksum"),
        (lambda index, data: (index, data[:-12]), "outside the data"),
        (lambda index, data: (index, b"\xff" * len(data)), "no numbers"),
        (lambda index, data: (bytes(MAX_INDEX_BYTES + 1), data), "too large"),
        (lambda index, data: (table([(b"a", b"")], compression=1), data), "compressed"),
        (lambda index, data: (table([(b"a", entry((1 << 40, 1 << 40), 0, 4))]), data), "large"),
        (lambda index, data: (table([(b"a", entry((1,), 1 << 60, 4))]), data), "outside"),
        (lambda index, data: (table([(b"a", entry((2,), 0, 4))]), data), "outside"),
        (lambda index, data: (table([(b"a", entry((1,) * 9, 0, 4))]), data), "dimensions"),
        (lambda index, data: (table([(b"a", b"\x0a\xff\xff\x03")]), data), "longer"),
        (lambda index, data: (table([(b"a", b"\xff" * 12)]), data), "no end"),
        (lambda index, data: (table([(b"a", b"\x0b")]), data), "unknown kind"),
        (lambda index, data: (table([(b"\xff", entry((), 0, 4))]), data), "damaged"),
        (lambda index, data: (table([(b"a", field(1, 1) + field(3, 1))]), data), "one part"),
        (lambda index, data: (table([(b"%05d" % n, b"") for n in range(4200)]), data), "many"),
    ],
)
def test_a_damaged_checkpoint_is_refused(
    damage: Callable[[bytes, bytes], tuple[bytes, bytes]], said: str
) -> None:
    index, data = damage(*checkpoint(VARIABLES))
    with pytest.raises(MusicModelUnusable, match=said):
        read_checkpoint(index, data)


@pytest.mark.unit
def test_a_block_that_lies_outside_is_refused() -> None:
    index, data = checkpoint(VARIABLES)
    handles = b"\x00\x00\x80\x80\x01\x40".ljust(40, b"\0")
    with pytest.raises(MusicModelUnusable, match="outside the file"):
        read_checkpoint(index[:-48] + handles + index[-8:], data)


@pytest.mark.unit
def test_numbers_of_other_types_are_left_out() -> None:
    index = table([(b"step", entry((), 0, 8, kind=9)), (b"weight", entry((), 8, 4))])
    assert list(read_checkpoint(index, bytes(8) + struct.pack("<f", 3))) == ["weight"]


@pytest.mark.unit
@settings(max_examples=60)
@given(place=st.integers(0, 10_000), value=st.integers(0, 255), cut=st.integers(0, 10_000))
def test_any_damage_is_an_error_or_nothing(place: int, value: int, cut: int) -> None:
    index, data = checkpoint(VARIABLES)
    broken = bytearray(index)
    broken[place % len(broken)] = value
    for content in (bytes(broken), index[: cut % len(index)]):
        try:
            found = read_checkpoint(content, data)
        except MusicModelUnusable:
            continue
        assert sum(array.size for array in found.values()) <= 40


@pytest.mark.unit
def test_the_checkpoint_of_another_network_is_refused() -> None:
    with pytest.raises(MusicModelUnusable, match="conv2d/kernel is"):
        musicnn_graph({"mtt": VARIABLES})


@pytest.mark.unit
@pytest.mark.parametrize(("size", "bands"), [(512, 96), (1024, 128)])
def test_mel_filters_have_equal_area_and_grow_with_pitch(size: int, bands: int) -> None:
    filters = mel_filters(size, bands)
    assert filters.shape == (size // 2 + 1, bands)
    assert filters.min() == 0
    wide = filters[:, bands // 2 :]  # lower ones are narrower than a bin of the transform
    assert wide.sum(axis=0) * RATE / size == pytest.approx(np.ones(bands - bands // 2), rel=0.1)
    assert (np.diff(wide.argmax(axis=0)) > 0).all()


@pytest.mark.unit
def test_a_tone_is_where_its_mel_band_is_and_silence_surrounds_it() -> None:
    tone = np.sin(2 * np.pi * 1000 * np.arange(RATE) / RATE).astype(np.float32)
    options = {"window": 512, "size": 512, "hop": 256, "bands": 96}
    centred = mel_power(tone, centred=True, **options)
    assert centred.shape == (63, 96)
    assert centred.dtype == np.float32
    assert (centred[2:-2].argmax(axis=1) == 31).all()  # its centre is 993 Hz
    assert centred[0].max() < centred[2].max()
    begun = mel_power(tone, centred=False, **options)
    assert np.allclose(begun[:50], centred[1:51], rtol=1e-4, atol=1e-6)
    assert mel_power(tone[:9], centred=False, **options).shape == (1, 96)


@pytest.mark.unit
def test_patches_lie_in_the_middle_of_equal_shares() -> None:
    starts = _starts(45 * RATE, 5)
    assert [start % 256 for start in starts] == [0] * 5
    middles = [(start + PATCH_SAMPLES / 2) / RATE for start in starts]
    assert middles == pytest.approx([4.5, 13.5, 22.5, 31.5, 40.5], abs=0.02)
    assert _starts(PATCH_SAMPLES, 5) == [0]
    assert len(_starts(PATCH_SAMPLES * 2 + 99, 5)) == 2


@pytest.mark.unit
def test_what_is_short_is_repeated_and_broken_samples_do_no_harm() -> None:
    short = np.array([0.1, -0.2, 0.3], np.float32)
    assert long_enough(short).size == PATCH_SAMPLES
    assert np.array_equal(long_enough(short)[3:6], short)
    assert not long_enough(short[:0]).any()
    broken = np.full(PATCH_SAMPLES, 1e30, np.float32)
    broken[::3] = np.nan
    broken[1::3] = -np.inf
    assert np.isfinite(patches_of(broken, [0])).all()


@pytest.mark.unit
@pytest.mark.parametrize(
    "source", ["", "MTT_LABELS = [1]", "MTT_LABELS = f()", "(", "x" * 70_000, "\0"]
)
def test_a_damaged_list_of_tags_is_refused(tmp_path: Path, source: str) -> None:
    path = tmp_path / "configuration.py"
    path.write_text(source, "utf-8")
    with pytest.raises(MusicModelUnusable):
        read_labels(path)


@pytest.mark.unit
def test_a_tagger_without_its_files_says_which(tmp_path: Path) -> None:
    with pytest.raises(MusicModelUnusable, match="No such file"):
        MusicTagger(tmp_path)
    with pytest.raises(EvaluationImpossible, match="models get musicnn"):
        tags_difference(tmp_path)


@pytest.mark.model
def test_the_answers_are_the_original_networks() -> None:
    found = tags_difference(tagger_folder())
    assert found.clips == 10
    assert found.tags < 1e-5
    assert found.embedding < 1e-3
    spread = np.stack([clip.tags for clip in read_reference().values()]).std(axis=0)
    assert (spread > 1e-3).sum() > 60  # the clips do differ: equal answers prove something


@pytest.mark.model
def test_what_a_stretch_sounds_like() -> None:
    tagger = music_tagger()
    assert tagger.tag_names == TAG_NAMES
    assert len(set(TAG_NAMES)) == 100
    clips = tag_clips()
    heard = {name: tagger.hear(clips[name]) for name in ("drum machine", "bowed chord", "voice")}

    def strongest(name: str, count: int = 8) -> set[str]:
        order = np.argsort(-heard[name].tags)[:count]
        return {tagger.tag_names[place] for place in order}

    assert {"techno", "electronic", "beat"} & strongest("drum machine")
    assert {"strings", "violin", "cello", "classical", "ambient"} & strongest("bowed chord")
    assert heard["voice"].embedding.shape == (200,)
    assert all(((each.tags >= 0) & (each.tags <= 1)).all() for each in heard.values())


@pytest.mark.model
def test_short_and_empty_stretches_are_heard_too() -> None:
    tagger = music_tagger()
    short = tagger.hear(short_clip())
    assert short.tags == pytest.approx(read_reference()["short"].tags, abs=1e-5)
    assert np.isfinite(tagger.hear(np.zeros(0, np.float32)).tags).all()


@pytest.mark.model
def test_loud_bass_overflows_nothing() -> None:
    loud = tag_clips()["loud bass"]
    assert np.exp(patches_of(loud, [0]).max() * np.log(10)) > 6.55e4 * 10
    assert np.isfinite(music_tagger().hear(loud).tags).all()
