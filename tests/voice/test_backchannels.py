"""Words that ask for nothing."""

import pytest

from voice.backchannels import is_assent, is_backchannel, is_filler, is_nothing, is_wordless


@pytest.mark.unit
@pytest.mark.parametrize(
    "text", ["Mm-hmm.", "uh-huh", "Yeah.", "Okay, okay.", "I see.", "Oh wow", "Right, yeah", "hmm"]
)
def test_who_only_shows_attention_does_not_want_the_floor(text: str) -> None:
    assert is_backchannel(text)


@pytest.mark.unit
@pytest.mark.parametrize(
    "text", ["Stop", "no", "Okay, stop.", "wait", "Yeah but play it louder", "", "next", "hey"]
)
def test_who_says_more_wants_the_floor(text: str) -> None:
    assert not is_backchannel(text)


@pytest.mark.unit
@pytest.mark.parametrize("text", ["", "...", "[Music]", "♪♪♪", "(coughing)", "Thank you.", "you"])
def test_what_recognisers_write_for_noise_is_nothing(text: str) -> None:
    assert is_nothing(text)


@pytest.mark.unit
def test_words_are_something() -> None:
    assert not is_nothing("thank you for the music")
    assert not is_nothing("[Music] stop")
    assert not is_nothing("ストップ")


@pytest.mark.unit
def test_a_hum_means_yes_but_is_no_word_and_a_filler_means_nothing() -> None:
    assert is_assent("Mm-hmm")
    assert is_wordless("Mm-hmm")
    assert not is_wordless("Yes")
    assert is_assent("Yes, please")
    assert is_filler("um, uh")
    assert not is_filler("um, stop")
    assert not is_assent("um")
