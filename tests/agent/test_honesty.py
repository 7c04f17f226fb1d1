"""Claims of a language model against what the tools really did."""

import pytest

from agent.honesty import first_lie
from agent.turn import Outcome
from agent_outcomes import (
    BRUBECK,
    SINNERMAN,
    TAKE_FIVE,
    ambiguous,
    failed,
    found,
    nothing,
    outcome,
)
from tools.result import Found

pytestmark = pytest.mark.unit

PLAYING = outcome("play_music", found(TAKE_FIVE, playing="Take Five", artist=BRUBECK, count=1))
SEARCHED = outcome("search_music", found(TAKE_FIVE, SINNERMAN, found=2))
VOLUME = outcome("control_playback", found(volume=40, muted=False))
REFUSED = outcome("play_music", failed("player_not_responding", "the page did not answer"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Playing Take Five.",
        "Now playing Take Five by Dave Brubeck!",
        "Here's Take Five.",
        "I've put on some music for you.",
        "Enjoy Take Five!",
        "Sure, I'll play that right away.",
        "Okay, starting the song now.",
        "You are listening to Take Five.",
        "I queued it for you.",
        "Added to the queue.",
        "I've added Take Five to your playlist.",
        "I created a playlist called Evening.",
        "I made you a new playlist.",
        "Deleted all your playlists.",
        "I removed it from the queue.",
        "Your queue is now empty.",
        "I renamed it to Driving.",
        "I've marked it as a favourite.",
        "Paused.",
        "The music has stopped.",
        "I skipped to the next track.",
        "I turned it up a little.",
        "The volume is at 40 percent.",
        "Shuffle is on now.",
        "It is on repeat.",
        "I took that back.",
        "I found 12 songs by Dave Brubeck.",
        "You have 40 albums.",
        "Yesterday you played Sinnerman.",
        "Done!",
        "All set.",
        "PLAYING TAKE FIVE NOW",
        "Now  playing: «Take Five»",
    ],
)
def test_nothing_may_be_claimed_when_nothing_was_done(sentence: str) -> None:
    assert first_lie(sentence, []) is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "Hello! What would you like to hear?",
        "Shall I play Take Five?",
        "I could not play that.",
        "Nothing is playing right now.",
        "I have not added anything yet.",
        "I can play, queue and find music.",
        "Which one do you mean?",
        "Do you want me to create a playlist?",
        "Dave Brubeck was a jazz pianist.",
        "Just tell me a mood or an artist.",
        "",
        "…",
    ],
)
def test_talk_without_a_claim_passes(sentence: str) -> None:
    assert first_lie(sentence, []) is None


@pytest.mark.parametrize(
    ("sentence", "outcomes"),
    [
        ("Now playing Take Five by Dave Brubeck.", [PLAYING]),
        ("Enjoy Take Five!", [PLAYING]),
        ("Here is some music for you.", [PLAYING]),
        ("The volume is at 40 percent.", [VOLUME]),
        ("I turned it down to 40%.", [VOLUME]),
        ("I found Take Five and Sinnerman.", [SEARCHED]),
        ("I found 2 songs.", [SEARCHED]),
        ("Done.", [VOLUME]),
        (
            "I created the playlist Evening.",
            [outcome("manage_playlists", found(created="Evening", count=0))],
        ),
        (
            "Take Five is in the queue.",
            [outcome("play_music", found(TAKE_FIVE, queued=1, where="end", name="Take Five"))],
        ),
        ("Paused.", [outcome("control_playback", found(action="pause", status="paused"))]),
        ("Shuffle is on.", [outcome("control_playback", found(shuffle=True))]),
        ("I deleted Evening.", [outcome("manage_playlists", found(deleted="Evening"))]),
        ("I do not have that one in your library.", [nothing("wonderwall")]),
        ("There is no Wonderwall here.", [nothing("wonderwall")]),
        ("Yesterday you played Sinnerman.", [outcome("recall_history", found(SINNERMAN))]),
    ],
)
def test_what_is_proven_may_be_said(sentence: str, outcomes: list[Outcome]) -> None:
    assert first_lie(sentence, outcomes) is None


@pytest.mark.parametrize(
    ("sentence", "outcomes"),
    [
        ("Now playing Take Five.", [SEARCHED]),
        ("Now playing Take Five.", [REFUSED]),
        ("Now playing Take Five.", [nothing("take five")]),
        ("Now playing Take Five.", [ambiguous(TAKE_FIVE, SINNERMAN)]),
        ("Now playing Wonderwall by Oasis.", [PLAYING]),
        ("Playing Hey Jude for you.", [PLAYING]),
        ('Here is "Bohemian Rhapsody".', [PLAYING]),
        ("The volume is at 80 percent.", [VOLUME]),
        ("I set the volume to 20%.", [VOLUME]),
        ("I added it to your playlist.", [PLAYING]),
        ("I deleted the playlist.", [PLAYING]),
        ("I created a playlist.", [SEARCHED]),
        ("Paused.", [outcome("control_playback", found(action="pause", status="playing"))]),
        ("You have no music by Dave Brubeck.", [SEARCHED]),
        ("I could not find Take Five.", [SEARCHED]),
        ("I found 3 songs.", [nothing("x")]),
        ("I found 12 songs.", [SEARCHED]),
        ("Done!", [REFUSED]),
    ],
)
def test_what_the_results_contradict_is_caught(sentence: str, outcomes: list[Outcome]) -> None:
    assert first_lie(sentence, outcomes) is not None


def test_what_was_asked_for_proves_nothing() -> None:
    """The arguments of a call are the model's own words."""
    asked = Outcome(
        "1",
        "play_music",
        {"title": "Wonderwall"},
        found(TAKE_FIVE, playing="Take Five", artist=BRUBECK),
    )
    assert first_lie("Playing Wonderwall.", [asked]) == "another name"


CHOSEN = outcome(
    "recommend_music",
    Found(
        (TAKE_FIVE,),
        {"wished": "mellow music for studying", "count": 1},
        notes=("calm, about 84 BPM",),
    ),
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Here is something calm for you.",
        "It is relaxing, at about 84 BPM.",
        "How about Take Five, mellow and about 84 beats per minute?",
    ],
)
def test_how_it_sounds_is_told_as_it_was_found(sentence: str) -> None:
    assert first_lie(sentence, [CHOSEN, PLAYING]) is None


@pytest.mark.parametrize(
    ("sentence", "lie"),
    [
        ("It runs at about 160 BPM.", "another sound"),
        ("Take Five is a happy tune.", "another sound"),
        ("It is an energetic piece.", "another sound"),
        ("I will never play jazz again.", None),  # it denies, and promises nothing
        ("Your taste has been reset.", "taste"),
        ("The playlist keeps itself up to date.", "refreshed"),
        ("I chose it because you like piano.", "reason"),
    ],
)
def test_how_it_sounds_and_why_needs_a_fact(sentence: str, lie: str | None) -> None:
    outcomes = [PLAYING] if lie == "reason" else [CHOSEN, PLAYING]
    assert first_lie(sentence, outcomes) == lie
