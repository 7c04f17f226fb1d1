"""Requests to hear something: by name, by mood, by number of the list, or again."""

from typing import Any

from agent import asking, references, talk
from agent.phrases import word_set
from agent.plans import listening
from agent.plans.finding import asked, search
from agent.plans.request import Request, call, playing_all
from agent.pointing import Pointer, only_points
from agent.turn import Call, Plan
from knowledge.folding import fold
from knowledge.times import past_time
from tools.players.player import PlaybackStatus

_LATER = (" after that", " after this", " to the queue", " after that one", " after this one")
_OTHER_MEDIA = word_set(
    "podcast podcasts audiobook audiobooks book game movie film show episode video "
    "news series trailer tv chapter radio sudoku chess"
)


def play(request: Request) -> Plan:
    """Play what is named, wished for or pointed at; with nothing of that, anything."""
    if asking.wants_to_know(request.text):
        return search(request)
    if request.playlist_called:
        return call("play_music", playlist=request.playlist_called)
    named = request.named
    wishes = request.wishes
    if not named and not wishes:
        if request.pointed:
            return call("play_music", **request.pointed)
        if wants := numbers_without_list(request):
            return wants
        words = asking.leftover(request.text)
        if not words:
            return play_anything(request)
        return call("play_music", query=words)
    specific = {"title", "album", "query", "playlist"} & named.keys()
    if _narrows(request, named):
        return Plan((Call("recommend_music", {**named, **wishes}),), then=playing_all())
    if (wishes and not specific) or set(named) == {"genre"}:
        return Plan((Call("recommend_music", asked(request)),), then=playing_all())
    meant = "shuffle" in asking.leftover(request.text).split() or fold(request.text).startswith(
        "shuffle"
    )
    titled = any("shuffle" in fold(str(value)).split() for value in named.values())
    shuffle = {"shuffle": True} if meant and not titled else {}
    return call("play_music", **named, **shuffle)


def _narrows(request: Request, named: dict[str, Any]) -> bool:
    """Whether years limit what is named: "play Nina Simone from the eighties"."""
    wish = request.wish
    if wish.years is None or not named or {"title", "playlist"} & named.keys():
        return False
    said = fold(wish.said.get("years", ""))
    return bool(said) and not any(said in fold(str(value)) for value in named.values())


def play_anything(request: Request) -> Plan:
    state = request.turn.services.playback.state
    if state.status is PlaybackStatus.PAUSED:
        return call("control_playback", action="resume")
    said = fold(request.text)
    ask = {"ask": False} if "surprise" in said or "you choose" in said else {}
    return Plan((Call("recommend_music", ask),), then=playing_all())


def numbers_without_list(request: Request) -> Plan | None:
    if not request.pointer.numbers:
        return None
    listed = len(request.session.results)
    return Plan(say=talk.no_such_number(request.pointer.numbers[0], listed))


def play_liked(_request: Request) -> Plan:
    return call("play_music", liked=True, shuffle=True)


def play_again(request: Request) -> Plan:
    """Play what was heard before: at a time, the last few, or what sounds once more."""
    if heard := _heard_before(request):
        return Plan((Call("recall_history", heard),), then=playing_all())
    if named := request.named:
        return call("play_music", **named)
    if request.pointer.kind == "album" and request.pointed:
        return call("play_music", **request.pointed)
    recalled = request.session.last_tool == "recall_history" and request.session.results
    if recalled and request.pointer.kind == "track" and not request.pointer.here:
        return call("play_music", numbers=[1])
    if request.session.last_tool != "now_playing" and request.session.last_played:
        ids = request.session.last_played
        if request.current is not None and request.current.id in ids:
            ids = (request.current.id,)
        return call("play_music", refs=[f"track:{track_id}" for track_id in ids])
    if request.current is not None:
        return call("play_music", refs=[f"track:{request.current.id}"])
    return Plan((Call("recall_history", {"limit": 1}),), then=playing_all())


def _heard_before(request: Request) -> dict[str, Any]:
    words = set(fold(request.text).split())
    when = request.meaning.first("time")
    if when or past_time(request.text, request.turn.services.clock()):
        one = bool(words & {"song", "track", "tune", "one", "it"})
        found: dict[str, Any] = {"when": when or request.text, "limit": 1 if one else 20}
        found |= listening.heard(request)
        return {**found, "order": "oldest"} if one and "first" in words else found
    if quantity := request.meaning.first("quantity"):
        return {"limit": max(1, min(50, int(float(quantity))))}
    return {}


def play_radio(request: Request) -> Plan:
    """A station of the user's own by its name; else music like it."""
    stations, name = request.turn.services.stations, request.meaning.first("radio")
    station = stations.named(name) if stations is not None and name else None
    if station is not None:
        return call("play_music", query=station.name)
    named = request.named
    if "genre" in named or request.wishes:
        return play(request)
    if artist := named.get("artist"):
        arguments = {"artist": artist, "similar": True}
        return Plan((Call("recommend_music", arguments),), then=playing_all())
    return Plan(say=talk.NO_RADIO)


# The numbered list


def select(request: Request) -> Plan:
    """Play what is chosen of the list, or queue it when the words say so."""
    said = fold(request.text)
    if said.startswith(("queue", "add ", "enqueue")) or said.endswith(_LATER):
        return queue(request)
    if request.meaning.first("quantity") == "any":
        surprise = "surprise" in fold(request.text) or not request.session.results
        return play_anything(request) if surprise else call("play_music", numbers=[1])
    pointer = request.pointer
    if request.meaning.first("quantity") == "all":
        pointer = Pointer(everything=True)
    found = references.pointed(pointer, request.session, request.current)
    if found:
        return call("play_music", **found)
    if refused := numbers_without_list(request):
        return refused
    number = references.matching_option(request.text, request.session)
    if number is not None:
        return call("play_music", numbers=[number])
    if named := request.named:
        return call("play_music", **named)
    return Plan(say=talk.NOTHING_TO_CHOOSE)


def reject(request: Request) -> Plan:
    if request.pointer.numbers:
        return select(request)
    number = references.matching_option(request.text, request.session)
    number = number or references.other_number(request.session)
    if number is None:
        return Plan(say=talk.NO_OTHER)
    return call("play_music", numbers=[number])


def reject_all(request: Request) -> Plan:
    if request.session.last_tool == "recommend_music":
        return Plan((Call("recommend_music", request.session.last_arguments),))
    return Plan(say=talk.leave_it(request.session.turns))


def confirm(request: Request) -> Plan:
    if request.session.last_tool in {"recommend_music", "search_music"} and request.session.results:
        everything = list(range(1, len(request.session.results) + 1))
        return call("play_music", numbers=everything)
    return Plan(say=talk.GLAD)


def queue(request: Request) -> Plan:
    mode = "next" if request.meaning.first("position") == "next" else "add"
    if " next" in f" {fold(request.text)}":
        mode = "next"
    wishes = request.wishes
    target = request.target
    if wishes and not target:
        arguments = {**wishes, "count": 5}
        return Plan((Call("recommend_music", arguments),), then=playing_all(mode))
    if set(target) == {"artist"} and (title := _title_by(request, str(target["artist"]))):
        target = {"query": title, **target}
    target = target or {"query": asking.leftover(request.text)}
    return call("play_music", mode=mode, **target)


def _title_by(request: Request, artist: str) -> str:
    """The title in "queue Hallelujah by Leonard Cohen"; "" in "queue something by her"."""
    before, by, after = asking.leftover(request.text).partition(f" by {fold(artist)}")
    return before if by and not after.strip() and not only_points(before) else ""


def other_media(request: Request) -> Plan:
    """Refuse podcasts and films, but try a name of which nothing says that it is one."""
    words = asking.leftover(request.text)
    if _OTHER_MEDIA & set(fold(request.text).split()) or not words:
        return Plan(say=talk.only_music(request.session.turns))
    if not asking.wants_sound(request.text):
        return Plan(say=talk.only_music(request.session.turns))
    return call("play_music", query=words)
