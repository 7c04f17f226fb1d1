"""What is said about each kind of result."""

import pytest

from agent.phrases import count, length, listing
from agent.replies.message import finished, render
from agent.reply import word
from agent.turn import Outcome
from agent_outcomes import (
    BRUBECK,
    EVENING,
    NINA,
    SINNERMAN,
    TAKE_FIVE,
    TIME_OUT,
    ambiguous,
    failed,
    found,
    nothing,
    outcome,
)
from knowledge.models import Track
from tools.message import Listed, Say, Value

pytestmark = pytest.mark.unit

MANY = tuple(Track(n, f"Song {n}", ("Band",)) for n in range(10))


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (
            outcome("play_music", found(TAKE_FIVE, playing="Take Five", artist=BRUBECK, count=1)),
            "Playing Take Five by Dave Brubeck.",
        ),
        (
            outcome(
                "play_music",
                found(
                    *MANY,
                    playing="Song 0",
                    artist="Band",
                    kind="album",
                    name="LP",
                    by="Band",
                    count=10,
                ),
            ),
            "Playing the album LP by Band, ten tracks, starting with Song 0.",
        ),
        (
            outcome("play_music", found(status="idle", count=1, kind="track")),
            "I asked the player, but it does not report any sound yet.",
        ),
        (
            outcome("play_music", found(TAKE_FIVE, queued=1, where="next")),
            "Next up: Take Five by Dave Brubeck.",
        ),
        (
            ambiguous(TAKE_FIVE, TIME_OUT, NINA, question="Which Take do you mean?"),
            (
                "The song Take Five by Dave Brubeck, "
                "the album Time Out by Dave Brubeck or the artist Nina Simone?"
            ),
        ),
        (
            nothing("wonderwall", TAKE_FIVE),
            "I have no wonderwall. The nearest is Take Five by Dave Brubeck. Shall I play that?",
        ),
        (nothing("wonderwall"), "I have no wonderwall."),
        (
            outcome("play_music", failed("no_player", "No player is connected.", "Open the page.")),
            "That did not work: no player is connected. Open the page.",
        ),
        (
            outcome("search_music", found(*MANY, found=10)),
            (
                "I found ten tracks: Song 0 by Band, Song 1 by Band, Song 2 by Band, "
                "and 7 more on the page."
            ),
        ),
        (outcome("control_playback", found(volume=40, muted=False)), "Volume 40 percent."),
        (outcome("control_playback", found(volume=40, muted=True)), "Muted."),
        (outcome("control_playback", found(position_s=90.0)), "Now at 1:30."),
        (outcome("control_playback", found(action="pause", status="paused")), "Paused."),
        (
            outcome("control_playback", found(action="pause", status="playing")),
            "The player is not paused.",
        ),
        (outcome("edit_queue", found(queue_length=0)), "The queue is empty."),
        (
            outcome("edit_queue", found(cleared=3)),
            'Cleared the queue of three tracks. Say "undo" to get it back.',
        ),
        (outcome("now_playing", found(status="idle")), "Nothing is playing."),
        (
            outcome(
                "rate_track", found(TAKE_FIVE, rated="like", title="Take Five", artist=BRUBECK)
            ),
            "Noted: you like Take Five by Dave Brubeck.",
        ),
        (
            outcome("manage_playlists", found(EVENING, playlists=1)),
            "You have one playlist: Evening.",
        ),
        (
            outcome("manage_playlists", found(created="Evening", count=0)),
            "Created the playlist Evening. It is empty so far.",
        ),
        (
            outcome(
                "manage_playlists",
                found(TAKE_FIVE, playlist="Evening", added=0, already_there=1, title="Take Five"),
            ),
            "Take Five is in Evening already.",
        ),
    ],
)
def test_wording(result: Outcome, said: str) -> None:
    assert word([result]) == said


def test_a_recommendation_and_its_playing_are_told_as_one() -> None:
    outcomes = [
        outcome("recommend_music", found(*MANY, mood="calm", count=10)),
        outcome("play_music", found(*MANY, playing="Song 0", artist="Band", count=10)),
    ]
    assert word(outcomes) == "Something calm: ten tracks, starting with Song 0 by Band."


def test_two_deeds_are_both_told() -> None:
    outcomes = [
        outcome("control_playback", found(volume=30, muted=False)),
        outcome(
            "control_playback", found(action="next", playing="Sinnerman", artist="Nina Simone")
        ),
    ]
    assert word(outcomes) == "Volume 30 percent. Now playing Sinnerman by Nina Simone."


def test_the_year_and_the_length_are_told_when_asked_for() -> None:
    now = outcome(
        "now_playing",
        found(TAKE_FIVE, playing="Take Five", year=1959, duration_s=324.0, position_s=24.0),
    )
    assert word([now], asked="when was this released") == (
        "Take Five by Dave Brubeck is from 1959."
    )
    assert word([now], asked="how long is it") == "It is 5:24 long, with 5:00 left."
    assert word([now]) == "This is Take Five by Dave Brubeck, from Time Out."


def test_variants_change_with_the_turn_but_not_by_chance() -> None:
    result = [outcome("play_music", found(SINNERMAN, playing="Sinnerman", count=1))]
    assert word(result, turn=0) != word(result, turn=1)
    assert word(result, turn=5) == word(result, turn=5)


def test_no_outcome_no_words() -> None:
    assert word([]) == ""


def test_phrases() -> None:
    def said(value: Value) -> str:
        return render(Say("heard-artist", {"artist": value}))

    assert said(Listed(("A",))) == "A."
    assert said(Listed(("A", "B", "C"), "or")) == "A, B or C."
    assert said(count(1, "tracks")) == "One track."
    assert said(count(1200, "tracks")) == "1,200 tracks."
    assert length(3765) == "1:02:45"
    assert finished("hello  there") == "Hello there."
    assert finished("really?") == "Really?"
    assert (
        said(listing((TAKE_FIVE, SINNERMAN)))
        == "Take Five by Dave Brubeck and Sinnerman by Nina Simone."
    )
