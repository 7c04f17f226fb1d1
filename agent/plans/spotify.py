"""Requests that name Spotify: what is said is meant for it and not for the library."""

from dataclasses import replace

from agent.plans.request import call
from agent.turn import Plan
from agent.understanding import Intent, Part
from agent.understanding.spotify import asked_of_spotify
from knowledge.folding import fold

_NAME = "spotify"


def asked(part: Part) -> Plan | None:
    """The plan of a request that names Spotify; None for any other.

    It is made whether or not Spotify is set up: the tool says what is missing. Translations drop
    "on Spotify" as they drop "please": what was said decides.
    """
    english = part.english
    if _NAME not in fold(english).split():
        if _NAME not in fold(part.original):
            return None
        english = f"{english} on spotify"
    wanted = asked_of_spotify(english)
    if wanted is None:
        return None
    plan = _plan(wanted.action, wanted.words)
    return replace(plan, intent=str(_INTENTS[wanted.action]), request=english)


def _plan(action: str, words: str) -> Plan:
    match action:
        case "pause" | "resume" | "next" | "volume":
            return call("control_playback", action=action, service=_NAME)
        case "now":
            return call("now_playing", service=_NAME)
        case "search":
            return call("search_music", query=words, service=_NAME)
        case _:
            return call("play_music", query=words, service=_NAME)


_INTENTS = {
    "pause": Intent.PAUSE,
    "resume": Intent.RESUME,
    "next": Intent.NEXT,
    "volume": Intent.VOLUME_SET,
    "now": Intent.WHAT_IS_PLAYING,
    "search": Intent.SEARCH,
    "play": Intent.PLAY,
}
