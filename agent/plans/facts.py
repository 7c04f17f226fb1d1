"""Questions about a recording: its words, its year, its label, what is being sung."""

import re
from typing import Any

from agent.plans.request import Request, call
from agent.turn import Plan
from agent.understanding import Intent
from knowledge.folding import fold
from tools.players.player import PlaybackStatus

_AROUND = re.compile(
    r"\b(?:around (?:me|us|here)|nearby|next door|outside|over there|in the background)\b"
)
_YEAR = frozenset({"year", "when", "old", "released"})


def asked(request: Request) -> Plan | None:
    """The plan when something is asked that is known of recordings; None when it is not."""
    meaning = request.meaning
    if _station_plays(request) and _asks_for_it(request):
        return call("now_playing")
    if meaning.source != "grammar":
        return None
    if meaning.intent is Intent.TRACK_FACT:
        fact = meaning.first("fact") or "lyrics"
        return call("now_playing", fact=fact, **({} if fact == "line" else _target(request)))
    about_year = bool(_YEAR & set(fold(request.text).split()))
    if meaning.intent is Intent.WHAT_IS_PLAYING and about_year and not request.session.recognised:
        return call("now_playing", fact="released", **_target(request))
    return None


def _target(request: Request) -> dict[str, Any]:
    """What is named or pointed at in a list; else what plays."""
    named = {key: value for key, value in request.named.items() if key != "fact"}
    if set(named) == {"artist"}:
        named = {"query": named["artist"]}  # "when was Take Five released": a song, not a singer
    return named or request.pointed


def _station_plays(request: Request) -> bool:
    """Whether what sounds is a radio station, which names what it plays or is recognised."""
    playing = request.turn.services.playback.state.status is PlaybackStatus.PLAYING
    return playing and request.current is not None and request.current.id < 0


def _asks_for_it(request: Request) -> bool:
    asks = request.meaning.intent in {Intent.WHAT_IS_PLAYING, Intent.IDENTIFY_AUDIO}
    return asks and not request.named and not _AROUND.search(fold(request.text))
