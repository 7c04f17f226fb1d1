"""Sound of clients: rates and encodings, however the chunks are cut."""

import numpy as np
import pytest

from voice.audio import Samples
from voice.errors import UnusableAudio
from voice.pcm import AudioFormat, Encoding, Resampler, SoundDecoder, SoundEncoder

_PAIRS = [(24_000, 16_000), (8_000, 16_000), (24_000, 8_000), (44_100, 16_000), (16_000, 24_000)]


def _tone(hz: float, rate: int, seconds: float = 1.0) -> Samples:
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(round(rate * seconds)) / rate)).astype("f4")


@pytest.mark.unit
@pytest.mark.parametrize(("from_hz", "to_hz"), _PAIRS)
def test_a_tone_keeps_its_height_place_and_loudness(from_hz: int, to_hz: int) -> None:
    resampler = Resampler(from_hz, to_hz)
    made = np.concatenate([resampler.feed(_tone(440, from_hz)), resampler.finish()])
    wanted = _tone(440, to_hz)
    assert len(made) == len(wanted)
    inside = slice(to_hz // 10, -to_hz // 10)
    assert np.max(np.abs(made - wanted)[inside]) < 0.002


@pytest.mark.unit
@pytest.mark.parametrize(("from_hz", "to_hz"), _PAIRS)
def test_the_chunks_do_not_matter(from_hz: int, to_hz: int) -> None:
    sound = np.random.default_rng(7).normal(0, 0.1, from_hz // 2).astype(np.float32)
    whole, pieces = Resampler(from_hz, to_hz), Resampler(from_hz, to_hz)
    at_once = np.concatenate([whole.feed(sound), whole.finish()])
    cuts = np.cumsum(np.random.default_rng(8).integers(0, 700, 80))
    parts = [pieces.feed(part) for part in np.split(sound, cuts[cuts < len(sound)])]
    assert np.allclose(np.concatenate([*parts, pieces.finish()]), at_once, atol=1e-6)


@pytest.mark.unit
def test_what_the_new_rate_cannot_hold_is_gone_and_not_folded_down() -> None:
    resampler = Resampler(24_000, 16_000)
    made = np.concatenate([resampler.feed(_tone(10_500, 24_000)), resampler.finish()])
    assert np.max(np.abs(made[800:-800])) < 0.001


@pytest.mark.unit
def test_a_resampler_begins_anew_after_the_end() -> None:
    resampler = Resampler(8_000, 16_000)
    first = np.concatenate([resampler.feed(_tone(300, 8_000)), resampler.finish()])
    second = np.concatenate([resampler.feed(_tone(300, 8_000)), resampler.finish()])
    assert np.array_equal(first, second)
    assert len(resampler.feed(np.zeros(0, np.float32))) == 0


@pytest.mark.unit
def test_a_sample_cut_in_two_by_chunks_is_whole_again() -> None:
    data = np.array([1, -2, 300, -32_768, 32_767], "<i2").tobytes()
    decoder = SoundDecoder(AudioFormat(), to_hz=24_000)
    parts = [decoder.decode(data[:3]), decoder.decode(data[3:4]), decoder.decode(data[4:])]
    assert [round(float(one) * 32_768) for one in np.concatenate(parts)] == [
        1, -2, 300, -32_768, 32_767,
    ]  # fmt: skip


@pytest.mark.unit
@pytest.mark.parametrize("name", ["audio/pcmu", "audio/pcma"])
def test_every_code_of_g711_survives_the_way_there_and_back(name: str) -> None:
    audio = AudioFormat.named(name)
    codes = bytes(range(256))
    decoder = SoundDecoder(audio, to_hz=8_000)
    encoder = SoundEncoder(audio, from_hz=8_000)
    back = encoder.encode(decoder.decode(codes))
    allowed = 1 if audio.encoding is Encoding.PCMU else 0  # mu-law has two zeros
    assert sum(one != two for one, two in zip(back, codes, strict=True)) == allowed


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "code", "level"),
    [
        ("audio/pcmu", 0x80, 32_124),
        ("audio/pcmu", 0x00, -32_124),
        ("audio/pcmu", 0xFF, 0),
        ("audio/pcmu", 0xF0, 120),
        ("audio/pcma", 0xAA, 32_256),
        ("audio/pcma", 0x2A, -32_256),
        ("audio/pcma", 0xD5, 8),
        ("audio/pcma", 0x55, -8),
    ],
)
def test_g711_has_the_levels_of_the_standard(name: str, code: int, level: int) -> None:
    decoder = SoundDecoder(AudioFormat.named(name), to_hz=8_000)
    assert round(float(decoder.decode(bytes([code]))[0]) * 32_768) == level


@pytest.mark.unit
@pytest.mark.parametrize("name", ["audio/pcmu", "audio/pcma"])
def test_speech_loud_or_soft_comes_through_g711_with_little_noise(name: str) -> None:
    audio = AudioFormat.named(name)
    for loudness in (0.9, 0.1, 0.01):
        sound = loudness * _tone(437, 8_000)
        heard = SoundDecoder(audio, to_hz=8_000).decode(
            SoundEncoder(audio, from_hz=8_000).encode(sound)
        )
        noise = float(np.mean((heard - sound) ** 2) / np.mean(sound**2))
        assert 10 * np.log10(noise) < -25


@pytest.mark.unit
def test_nonsense_samples_are_silence_and_loud_ones_are_clipped() -> None:
    sound = np.array([np.nan, np.inf, -np.inf, 3.0, -3.0], np.float32)
    data = SoundEncoder(AudioFormat(), from_hz=24_000).encode(sound)
    assert np.frombuffer(data, "<i2").tolist() == [0, 32_767, -32_768, 32_767, -32_768]


@pytest.mark.unit
def test_a_format_has_its_usual_rate() -> None:
    assert AudioFormat.named("audio/pcm") == AudioFormat(Encoding.PCM, 24_000)
    assert AudioFormat.named("audio/pcmu").rate_hz == 8_000
    assert AudioFormat.named("audio/pcm", 48_000).seconds(96_000) == 1.0
    assert AudioFormat.named("audio/pcma").seconds(8_000) == 1.0


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "rate"),
    [("audio/mp3", None), ("audio/pcmu", 16_000), ("audio/pcm", 7_999), ("audio/pcm", 1_000_000)],
)
def test_a_format_that_cannot_be_is_refused_with_a_reason(name: str, rate: int | None) -> None:
    with pytest.raises(UnusableAudio):
        AudioFormat.named(name, rate)


@pytest.mark.unit
def test_rates_without_a_common_measure_are_refused_instead_of_taking_all_memory() -> None:
    with pytest.raises(UnusableAudio):
        Resampler(47_999, 16_001)
