"""The microphone of this machine, whose place FFmpeg's generator of sounds takes."""

import numpy as np
import pytest

from server.commands.microphone import listen
from server.errors import NoMicrophone

pytestmark = pytest.mark.integration

_TONE = (("lavfi", "sine=frequency=1000:sample_rate=48000"),)


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000, 24_000])
def test_sound_comes_at_the_rate_that_is_wanted(rate_hz: int) -> None:
    heard = np.concatenate(list(listen(1.0, rate_hz=rate_hz, systems=_TONE)))
    assert rate_hz <= len(heard) < 1.1 * rate_hz
    assert heard.dtype == np.float32
    spectrum = np.abs(np.fft.rfft(heard[:rate_hz]))
    assert int(spectrum.argmax()) == 1_000


def test_it_goes_on_until_nobody_wants_more() -> None:
    sound = listen(systems=_TONE)
    heard = [next(sound) for _ in range(100)]
    sound.close()  # type: ignore[attr-defined]
    assert sum(map(len, heard)) > 0
    assert list(sound) == []


def test_a_sound_that_ends_is_the_end() -> None:
    ending = (("lavfi", "sine=frequency=1000:duration=0.5"),)
    heard = np.concatenate(list(listen(rate_hz=16_000, systems=ending)))
    assert 7_900 < len(heard) <= 8_000


def test_without_a_microphone_it_is_said_what_was_tried() -> None:
    nowhere = (("no-such-system", "x"), ("lavfi", "no_such_filter"))
    with pytest.raises(NoMicrophone, match=r"No microphone can be opened \(lavfi: ") as caught:
        next(listen(systems=nowhere))
    assert "Connect one" in caught.value.next_step
