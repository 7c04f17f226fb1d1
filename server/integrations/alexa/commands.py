"""What each intent means: words for the agent, or a command to the music on that Echo."""

from collections.abc import Awaitable, Callable
from typing import Final

from knowledge.models import RepeatMode
from server.integrations.alexa.messages import Intent
from server.integrations.alexa.words import Words
from tools.players.playback import Playback

PLAY_INTENT: Final = "PlayMusicIntent"
LIKE_INTENT: Final = "SomethingLikeIntent"
SEARCH_INTENT: Final = "SearchIntent"
NOW_INTENT: Final = "WhatIsPlayingIntent"
GOOD_INTENT: Final = "ThumbsUpIntent"
BAD_INTENT: Final = "ThumbsDownIntent"
PICK_INTENT: Final = "PickIntent"
QUERY: Final = "query"
NUMBER: Final = "number"

Command = Callable[[Playback], Awaitable[object]]


async def _start_over(playback: Playback) -> None:
    await playback.seek(0.0)


async def _silence(playback: Playback) -> None:
    await playback.stop(keep_place=True)


async def _loop(playback: Playback) -> None:
    await playback.repeat(RepeatMode.ALL)


async def _no_loop(playback: Playback) -> None:
    await playback.repeat(RepeatMode.OFF)


async def _shuffle(playback: Playback) -> None:
    await playback.shuffle(on=True)


async def _no_shuffle(playback: Playback) -> None:
    await playback.shuffle(on=False)


async def _pause(playback: Playback) -> None:
    await playback.pause()


async def _resume(playback: Playback) -> None:
    await playback.resume()


async def _next(playback: Playback) -> None:
    await playback.next()


async def _previous(playback: Playback) -> None:
    await playback.previous()


COMMANDS: Final[dict[str, Command]] = {
    "AMAZON.PauseIntent": _pause,
    "AMAZON.ResumeIntent": _resume,
    "AMAZON.NextIntent": _next,
    "AMAZON.PreviousIntent": _previous,
    "AMAZON.StartOverIntent": _start_over,
    "AMAZON.RepeatIntent": _start_over,
    "AMAZON.LoopOnIntent": _loop,
    "AMAZON.LoopOffIntent": _no_loop,
    "AMAZON.ShuffleOnIntent": _shuffle,
    "AMAZON.ShuffleOffIntent": _no_shuffle,
    "AMAZON.StopIntent": _silence,
    "AMAZON.CancelIntent": _silence,
    "AMAZON.NavigateHomeIntent": _silence,
}
"""Intents that need no understanding."""
BUTTONS: Final[dict[str, Command]] = {
    "PlaybackController.PlayCommandIssued": _resume,
    "PlaybackController.PauseCommandIssued": _pause,
    "PlaybackController.NextCommandIssued": _next,
    "PlaybackController.PreviousCommandIssued": _previous,
}
"""Buttons on the device, its screen or its remote control."""


def request_of(intent: Intent, words: Words) -> str:
    """The sentence to give to the agent; "" for an intent that is none.

    Alexa hands over only what stood in the slot, so the words around it are put back.
    """
    query, number = intent.value(QUERY), intent.value(NUMBER)
    sentences = {
        PLAY_INTENT: f"{words.play} {query}" if query else "",
        LIKE_INTENT: f"{words.like} {query}" if query else "",
        SEARCH_INTENT: f"{words.search} {query}" if query else "",
        PICK_INTENT: f"{words.number} {number}" if number.isdecimal() else "",
        NOW_INTENT: words.playing,
        GOOD_INTENT: words.good,
        BAD_INTENT: words.bad,
        "AMAZON.YesIntent": words.yes,
        "AMAZON.NoIntent": words.no,
    }
    return sentences.get(intent.name, "")
