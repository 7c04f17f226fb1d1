"""Wishes for some music that no name tells: in any language, changed, compared, or quoted."""

import re
from typing import Any

from agent import asking, references, talk, wishing
from agent.plans.request import Request, call, playing_all
from agent.turn import Call, Plan
from agent.understanding import Intent
from knowledge.folding import fold
from tools.players.player import PlaybackStatus

_OTHERS = frozenset(
    {
        *(Intent.ADD_TO_PLAYLIST, Intent.REMOVE_FROM_PLAYLIST, Intent.DELETE_PLAYLIST),
        *(Intent.RENAME_PLAYLIST, Intent.SHOW_PLAYLISTS, Intent.QUEUE_REMOVE, Intent.LIKE),
        *(Intent.DISLIKE, Intent.CREATE_PLAYLIST, Intent.NAME_TUNE, Intent.FORGET_HEARD),
    }
)
"""Intents that act on what is described instead of looking for it."""
_NOT_THIS = re.compile(
    r"^(?:(?:no|nope|nah|please|oh) )*not (?:this|that)(?: (?:one|song|track))?$"
)


def wished(request: Request) -> Plan | None:
    """The plan when the request describes music in a way that slots do not hold; else None."""
    if _NOT_THIS.match(fold(request.text)) and (aside := not_this(request)):
        return aside
    if request.meaning.source == "grammar" and request.meaning.intent is not Intent.OUT_OF_SCOPE:
        return _quoted(request) if request.meaning.intent not in _OTHERS else None
    wish, text = request.wish, request.text
    foreign = wish.said_in != "en" and wishing.is_open(wish, request.meaning, text)
    if request.meaning.intent in _OTHERS and not foreign:
        strange = wishing.speaks_another_language(wish, text)
        # Nothing is changed on a guess about words that the reader never learned.
        return Plan(say=talk.refuse(request.session.turns)) if strange else None
    if quoted := _quoted(request):
        return quoted
    if wishing.compares(wish, text):
        return like_this(request)
    if wishing.refines(wish, text) and (not request.named or wish.not_artists):
        if request.session.speaks_of_wish:
            return changed(request)
        playing = request.turn.services.playback.queue.current is not None
        if wish.but and playing:
            return like_this(request)
    if wishing.is_open(wish, request.meaning, text):
        return open_wish(request)
    return None


def open_wish(request: Request) -> Plan:
    """Recommend what was wished for, and play it unless it was only asked what there is."""
    plays = not asking.wants_to_know(request.text)
    filling = Call("recommend_music", {"wish": request.words})
    return Plan((filling,), then=playing_all() if plays else None)


def changed(request: Request) -> Plan:
    """The last wish with what is said now: "no vocals, please", "a bit slower"."""
    before: dict[str, Any] = dict(request.session.wished)
    also = [*before.get("also", ()), asking.without_no(request.words)]
    arguments = {**before, "also": also[-10:], "ask": False}
    plays = request.session.last_tool != "recommend_music" or asking.wants_sound(request.text)
    return Plan((Call("recommend_music", arguments),), then=playing_all() if plays else None)


def like_this(request: Request) -> Plan:
    """Music like what is pointed at, or what plays, but different: "like this but slower"."""
    arguments: dict[str, Any] = {"wish": request.words, "similar": True}
    pointer = request.pointer
    if pointer.numbers or pointer.kind in {"artist", "album"}:
        arguments |= references.pointed(pointer, request.session, request.current)
    plays = not asking.wants_to_know(request.text)
    return Plan((Call("recommend_music", arguments),), then=playing_all() if plays else None)


def not_this(request: Request) -> Plan | None:
    """Skip what was chosen and plays, and do not offer it again today; else None.

    What somebody asked for by name is not "not this one": then another one of that name is meant.
    """
    playing = request.turn.services.playback.state.status is PlaybackStatus.PLAYING
    if not playing or request.current is None or request.current.id not in request.session.offered:
        return None
    refs = [f"track:{request.current.id}"]
    aside = Call("rate_track", {"rating": "not_now", "refs": refs})
    return Plan((aside, Call("control_playback", {"action": "next"})))


def _quoted(request: Request) -> Plan | None:
    """Music by its words or by its cover: "the one that goes ...", "the one with the red cover"."""
    wish = request.wish
    if wish.lyrics:
        found = Call("search_music", {"lyrics": wish.lyrics})
    elif wish.cover:
        kind = {"kind": "track"} if "song" in fold(request.text).split() else {}
        found = Call("search_music", {"cover": wish.cover, **kind})
    else:
        return None
    if asking.wants_sound(request.text):
        return Plan((found,), then=Call("play_music", {"numbers": [1]}))
    return Plan((found,))


def explain(request: Request) -> Plan:
    """Why a track was chosen: what plays, or another of the list."""
    pointer = request.pointer
    if pointer.numbers and not request.pointed:
        return Plan(say=talk.no_such_number(pointer.numbers[0], len(request.session.results)))
    if pointer.numbers:
        return call("now_playing", why=True, **request.pointed)
    if request.current is None and request.session.results:
        return call("now_playing", why=True, numbers=[1])
    return call("now_playing", why=True)
