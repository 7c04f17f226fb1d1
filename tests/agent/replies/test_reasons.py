"""Why tracks are in a list, in the language of the reply."""

import pytest

from agent.replies import LANGUAGES, Manner, render
from agent.replies.prose import note
from agent.wording_wishes import found_for
from player_tracks import track
from tools.result import Found

pytestmark = pytest.mark.unit

REASONS = (
    "by Queen",
    "from 1959",
    "somebody sings",
    "called so",
    "from the album",
    "it goes “here comes the sun”",
    "its cover is red",
    "like what you come back to: about the same tempo",
    "it came next before",
    "a similar sound",
    "the same genres",
    "you play Abba after Queen",
    "sung in French",
    "calm",
    "about 58 BPM",
    "you like it",
    "no vocals",
)


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words_in_every_language(language: str, reason: str) -> None:
    message = note(reason)
    assert message is not None
    said = render(message, language)
    assert said
    assert said.casefold().rstrip(".。।") != reason.casefold()


def test_what_was_found_is_told_with_its_reason_in_the_language() -> None:
    found = Found((track(1, "Take Five"),), {"found": 1}, ("somebody sings, from 1959",))
    assert "da singt jemand" in render(found_for(found, Manner("de")), "de")
    assert "somebody sings" in render(found_for(found, Manner("en")), "en")
