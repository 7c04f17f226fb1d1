"""Requests to know or to be offered something: search, suggestions, history."""

from typing import Any

from agent import asking, references, talk
from agent.plans.request import Request, call
from agent.pointing import Pointer
from agent.turn import Call, Plan
from knowledge.folding import fold
from tools.players.player import PlaybackStatus
from tools.when import parse_when


def search(request: Request) -> Plan:
    named = request.named
    wishes = request.wishes
    wishes.pop("tempo", None)
    if playlist := named.pop("playlist", ""):
        return call("manage_playlists", action="show", name=playlist)
    if wishes and not named and asking.wants_sound(request.text):
        return recommend(request)
    kind = _kind_asked(request.text)
    if not named and not wishes:
        if request.pointed.get("artist"):
            return call("search_music", artist=request.pointed["artist"], kind=kind)
        words = asking.leftover(request.text)
        if not words:
            return Plan(say=talk.WHAT_TO_FIND)
        named = {"query": words}
    return call("search_music", **named, **wishes, kind=kind)


def _kind_asked(text: str) -> str:
    words = set(fold(text).split())
    if words & {"albums", "album", "records"}:
        return "album"
    if words & {"artists", "bands", "singers"}:
        return "artist"
    return "track" if words & {"songs", "tracks", "tunes"} else "any"


def recommend(request: Request) -> Plan:
    arguments = {**request.named, **request.wishes}
    sound = asking.wants_sound(request.text)
    return Plan((Call("recommend_music", arguments),), play_results=sound)


def similar(request: Request) -> Plan:
    named = request.named
    arguments: dict[str, Any] = {"similar": True}
    if named:
        arguments |= named
    elif request.pointer.numbers or request.pointer.kind == "artist":
        arguments |= request.pointed
    more = "more" in fold(request.text).split()
    play = asking.wants_sound(request.text) or more
    playing = request.turn.services.playback.state.status is PlaybackStatus.PLAYING
    # "More like this" is said by someone who enjoys what plays: it is not cut off.
    mode = "next" if more and playing and not named else "now"
    return Plan((Call("recommend_music", arguments),), play_results=play, play_mode=mode)


def more_by(request: Request) -> Plan:
    artist = request.named.get("artist") or request.meaning.first("name")
    if not artist:
        pointer = Pointer(kind="artist")
        artist = references.pointed(pointer, request.session, request.current).get("artist")
    if not artist:
        return Plan(say=talk.BY_WHOM)
    heard = [*request.session.last_played[:1], *([request.current.id] if request.current else [])]
    arguments = {"artist": artist, "exclude": [f"track:{i}" for i in dict.fromkeys(heard)]}
    plays = not asking.wants_to_know(request.text)
    return Plan((Call("recommend_music", arguments),), play_results=plays)


def history(request: Request) -> Plan:
    arguments: dict[str, Any] = {}
    when = request.meaning.first("time")
    span = parse_when(request.text, request.turn.services.clock())
    if when and parse_when(when, request.turn.services.clock()) is not None:
        arguments["when"] = when
    elif span is not None:
        arguments["when"] = request.text
    about = request.meaning.first("name") or next(iter(request.named.values()), "")
    if about:
        arguments["about"] = about
    words = set(fold(request.text).split())
    if words & {"most", "top", "often"}:
        arguments["order"] = "most"
    if {"last", "just"} & words and not arguments and "songs" not in words:
        arguments["limit"] = 1
    if "skip" in words or "skipped" in words:
        arguments["kind"] = "skip"
    return call("recall_history", **arguments)
