"""What we play ourselves is taken out of what we hear, and what others say is left."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from voice.audio import HEARING_RATE_HZ, Samples
from voice.echo import ReferenceGuard
from voice.echo_filter import BLOCK
from voice_room import heard, music, power_db, voice

pytestmark = pytest.mark.unit

SECONDS = 12
LEARNT = 7 * HEARING_RATE_HZ // BLOCK * BLOCK


@dataclass
class Played:
    """A reference that knows everything that was and will be played."""

    sound: Samples
    from_s: float = 0.0

    def samples(self, start_s: float, end_s: float) -> Samples | None:
        if start_s < self.from_s:
            return None
        first, count = round(start_s * HEARING_RATE_HZ), round((end_s - start_s) * HEARING_RATE_HZ)
        piece = self.sound[first : first + count]
        return np.pad(piece, (0, count - len(piece)))


@dataclass
class Heard:
    """What a guard made of a microphone's sound."""

    guard: ReferenceGuard
    cleaned: Samples
    echo: list[bool]


@dataclass
class Room:
    """Lets time pass as sound arrives; `late_s` makes some of it wait."""

    now_s: float = 0.0
    late_s: Callable[[int], float] = field(default=lambda _: 0.0)

    def listen(self, played: Played, sound: Samples, *, shares: tuple[float, ...] = ()) -> Heard:
        guard = ReferenceGuard(played, shares=shares, clock=lambda: self.now_s)
        cleaned, echo = [], []
        for number, at in enumerate(range(0, len(sound) // BLOCK * BLOCK, BLOCK)):
            self.now_s = (at + BLOCK) / HEARING_RATE_HZ + self.late_s(number)
            cleaned.append(guard.clean(sound[at : at + BLOCK]))
            echo.append(guard.is_echo())
        return Heard(guard, np.concatenate(cleaned), echo)


@pytest.mark.parametrize("delay_s", [0.0, 0.05, 0.3, 0.8, 1.4])
def test_the_delay_is_found_and_the_echo_taken_out(delay_s: float) -> None:
    played = music(SECONDS)
    sound = heard(played, delay_s=delay_s)
    result = Room().listen(Played(played), sound)
    assert result.guard.delay_s == pytest.approx(delay_s, abs=0.005)
    end = len(result.cleaned)
    before_db = power_db(sound[LEARNT:end])
    assert power_db(result.cleaned[LEARNT:]) < before_db - 10


def test_somebody_who_speaks_is_left_as_they_were() -> None:
    played = music(SECONDS)
    echo = heard(played, delay_s=0.2)
    speech = voice(SECONDS, 0.025)  # half as loud as the music
    speech[:LEARNT] = 0.0
    result = Room().listen(Played(played), echo + speech)
    end = len(result.cleaned)
    left_over = result.cleaned[LEARNT:] - speech[LEARNT:end]
    said_db = power_db(speech[LEARNT:end])
    assert power_db(echo[LEARNT:end]) > said_db + 5
    assert power_db(left_over) < said_db - 3


def test_it_says_whether_all_of_it_was_echo() -> None:
    played = music(SECONDS)
    echo = heard(played, delay_s=0.2, clipped=False)
    speech = voice(SECONDS, 0.05)
    speech[: LEARNT + 2 * HEARING_RATE_HZ] = 0.0
    result = Room().listen(Played(played), echo + speech)
    blocks = LEARNT // BLOCK
    alone, spoken = result.echo[blocks : blocks + 60], result.echo[blocks + 70 :]
    assert np.mean(alone) > 0.8
    assert np.mean(spoken) < 0.1


def test_without_a_reference_everything_passes() -> None:
    sound = voice(3, 0.05)
    result = Room().listen(Played(np.zeros(0, np.float32), from_s=1e9), sound)
    assert np.array_equal(result.cleaned, sound[: len(result.cleaned)])
    assert not any(result.echo)


def test_music_that_the_microphone_does_not_hear_changes_nothing() -> None:
    """Headphones, or a browser that has taken it out already."""
    sound = voice(6, 0.05)
    result = Room().listen(Played(music(6)), sound)
    assert result.guard.delay_s is None
    assert np.array_equal(result.cleaned, sound[: len(result.cleaned)])


def test_ducking_that_the_reference_does_not_tell_is_followed() -> None:
    played = music(SECONDS)
    sound = heard(played, delay_s=0.2, clipped=False)
    quiet_at = LEARNT + HEARING_RATE_HZ
    sound[quiet_at:] *= 0.126
    with_shares = Room().listen(Played(played), sound, shares=(0.126,))
    soon = slice(quiet_at + BLOCK * 6, quiet_at + BLOCK * 30)
    assert power_db(with_shares.cleaned[soon]) < power_db(sound[soon]) - 8


def test_sound_that_waits_somewhere_is_told_by_what_does_not() -> None:
    played = music(SECONDS)
    sound = heard(played, delay_s=0.3)
    random = np.random.default_rng(5)
    jitter = random.uniform(0.0, 0.06, 1_000)
    late = Room(late_s=lambda number: 0.4 if number < 20 else float(jitter[number]))
    result = late.listen(Played(played), sound)
    end = len(result.cleaned)
    assert power_db(result.cleaned[end // 2 :]) < power_db(sound[end // 2 : end]) - 8


def test_another_place_in_the_music_is_found_again() -> None:
    """The page goes on somewhere else, and says so half a second too early."""
    played = music(2 * SECONDS)
    sound = heard(played, delay_s=0.2, clipped=False)
    moved = round(0.3 * HEARING_RATE_HZ)
    jump = 9 * HEARING_RATE_HZ
    sound[jump + moved :] = sound[jump:-moved].copy()
    result = Room().listen(Played(played), sound)
    assert result.guard.delay_s == pytest.approx(0.5, abs=0.01)
    end = len(result.cleaned)
    last = slice(end - 3 * HEARING_RATE_HZ, end)
    assert power_db(result.cleaned[last]) < power_db(sound[last]) - 8


def test_a_broken_reference_harms_nothing() -> None:
    class Broken:
        def samples(self, start_s: float, end_s: float) -> Samples | None:
            count = round((end_s - start_s) * HEARING_RATE_HZ)
            wrong: list[Samples] = [
                np.full(count, np.nan, np.float32),
                np.full(count, 1e30, np.float32),
                np.zeros(count + 1, np.float32),
            ]
            return wrong[round(start_s * 100) % 3]

    sound = voice(4, 0.05)
    guard = ReferenceGuard(Broken(), clock=lambda: 0.0)
    for at in range(0, len(sound) // BLOCK * BLOCK, BLOCK):
        assert np.isfinite(guard.clean(sound[at : at + BLOCK])).all()


def test_only_whole_blocks_are_taken() -> None:
    guard = ReferenceGuard(Played(music(1)), clock=lambda: 0.0)
    with pytest.raises(ValueError, match="blocks of 512"):
        guard.clean(np.zeros(500, np.float32))
    assert len(guard.clean(np.zeros(0, np.float32))) == 0
    assert len(guard.clean(np.zeros(3 * BLOCK, np.float32))) == 3 * BLOCK
