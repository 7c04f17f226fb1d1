"""Requests that name Spotify: what is said is meant for it and not for the library."""

from dataclasses import replace

from agent.plans.request import call
from agent.turn import Plan, Turn
from agent.understanding import Intent, Part
from agent.understanding.spotify import spotify_patterns
from knowledge.folding import fold

_NAME = "spotify"


def asked(turn: Turn, part: Part) -> Plan | None:
    """The plan of a request that names Spotify; None for any other, or where there is none.

    Other languages drop "on Spotify" when they become English: what was said decides.
    """
    if turn.services.spotify is None:
        return None
    english = part.english
    if _NAME not in fold(english).split():
        if _NAME not in fold(part.original):
            return None
        english = f"{english} on spotify"
    said = " ".join(english.split()).strip(" .!?,")
    for action, patterns in spotify_patterns().items():
        for pattern in patterns:
            match = pattern.fullmatch(said)
            if match is not None:
                words = (match.groupdict().get("words") or "").strip(" ,\"'")
                plan = _plan(action, words)
                return replace(plan, intent=str(_INTENTS[action]), request=english)
    return None


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
