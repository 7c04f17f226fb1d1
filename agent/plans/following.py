"""Fragments that go on with what was before: "more of those", "another one", "who's that by?"."""

import re
from typing import Any

from agent import references, talk
from agent.plans.request import Request, call, playing_all
from agent.pointing import Pointer
from agent.turn import Call, Plan
from agent.understanding import Intent
from knowledge.folding import fold
from tools.players.player import PlaybackStatus

_MORE = re.compile(
    r"^(?:(?:and|some|a few|play|give me|show me|i want|any|please|yes|ok) )*more"
    r"(?: (?:of|like) (?:those|these|them|that|this kind|that kind|the same)| please| of the same)?"
    r"(?: please)?$"
)
_ANOTHER = re.compile(
    r"^(?:(?:no|and|play|give me|ok|try|how about|please|i want|not this one|not that one) )*"
    r"(?:another(?: (?:one|song|track))?|a different (?:one|song|track)|the next one)"
    r"(?: please| instead| like (?:that|this))?$"
)
_BEFORE_THAT = re.compile(
    r"^(?:(?:and|no|play|what was|what about|which was|the song|what is|put on) )*the one before"
    r"(?: (?:that|it|this))?(?: one| song)?(?: called| again)?$"
)
_LISTED = frozenset({"recommend_music", "search_music", "recall_history"})
_FROM_START = re.compile(r"\bfrom the (?:start|beginning|top)\b|\bfrom (?:track|song) one\b")
_ASKS = re.compile(r"^(?:how (?:long|old)|who|whos|when|what (?:year|album)|which album) ")
_UNREAD = frozenset({Intent.OUT_OF_SCOPE, Intent.SELECT_RESULT})
_REMIND = re.compile(
    r"^(?:please |can you |could you )*(?:remind me|who did you say|what did you say)\b"
)
_LAST_HEARD = re.compile(
    r"\bwhen (?:did|was|have) .*\b(?:it|this|that|this song|that song|this one|that one)\b"
)


def asked(request: Request) -> Plan | None:
    """The plan for a fragment; None when the request says itself what it wants."""
    said = fold(request.text)
    if _FROM_START.search(said) and request.meaning.intent is Intent.SEEK:
        return _whole_thing(request)
    if _ON_IT.match(said) and (album := _album_that_plays(request)):
        return call("search_music", **album, kind="track")
    if (number := _the_one(request, said)) is not None:
        return call("play_music", numbers=[number])
    if _BEFORE_THAT.match(said):
        return _before_that(request)
    if change := _volume_again(request):
        return change
    if _MORE.match(said):
        return _more(request)
    if _ANOTHER.match(said):
        return _another(request)
    if _LAST_HEARD.search(said) and request.meaning.intent is Intent.HISTORY_QUERY:
        return _when_last(request)
    asks = _ASKS.match(said) is not None and request.meaning.intent in _UNREAD
    if request.meaning.intent is Intent.WHAT_IS_PLAYING or asks:
        return _about_it(request)
    return None


_ON_IT = re.compile(
    r"^(?:and |so |ok )*"
    r"(?:whats|what is|what else is|(?:what|which) (?:songs|tracks) are) (?:all )?(?:on|in) "
    r"(?:(?:this|that|the) (?:one|album|record|cd)|it|this|that)$"
)


def _album_that_plays(request: Request) -> dict[str, Any]:
    """The album whose songs fill the queue, as arguments of a search; {} when none does."""
    tracks = [item.track for item in request.turn.services.playback.queue.items]
    if len(tracks) < 2 or len({track.album_id for track in tracks}) > 1 or not tracks[0].album:
        return {}
    return {"album": tracks[0].album}


_THE_ONE = re.compile(
    r"^(?:(?:ok|okay|and|now|please|yes|no|can you|could you) )*"
    r"(?:play|put|put on|give me|try|lets have|lets hear|let me hear|go with|i want|id like) "
    r"(?:the|that) (?P<name>.+?) (?:one|version|song|track)(?: back)?(?: on)?(?: again| please)*$"
)


def _the_one(request: Request, said: str) -> int | None:
    """The number of "the Cohen one" in the list that was shown or told last."""
    found = _THE_ONE.match(said)
    if found is None or request.pointer.numbers or not request.session.results:
        return None
    return references.matching_option(found["name"], request.session)


def _volume_again(request: Request) -> Plan | None:
    """A step further after "louder", "more", or back after "that's too much"."""
    session, said = request.session, fold(request.text)
    if session.last_intent not in _VOLUME or session.last_tool != "control_playback":
        return None
    up = session.last_intent == Intent.VOLUME_UP
    if _FURTHER.match(said):
        step = 5 if _A_LITTLE.search(said) else 10
    elif _TOO_FAR.match(said):
        step, up = 5, not up
    else:
        return None
    return call("control_playback", action="volume", change=step if up else -step)


_VOLUME = frozenset({Intent.VOLUME_UP, Intent.VOLUME_DOWN})
_A_LITTLE = re.compile(r"\b(?:bit|little|tad|touch|notch|hair|smidge)\b")
_FURTHER = re.compile(
    r"^(?:(?:hm+|and|ok|okay|yes|no|still|just|even|please|keep going|go on|a|bit|little|tad|touch|"
    r"notch|hair|smidge|some|much|way|lot|one|once) )*(?:more|further|again|keep going|go on)"
    r"(?: please| again)*$"
)
_TOO_FAR = re.compile(
    r"^(?:(?:no|ok|okay|oh|ah|whoa|wow|now|well) )*(?:(?:that|thats|it|its|this)(?: is| s| was)? )?"
    r"(?:a (?:bit|little) |way |far )?too (?:much|far)(?: now)?$"
)


def _whole_thing(request: Request) -> Plan | None:
    """Play the album in "play that album from the start"; "from the start" alone seeks."""
    if request.pointer.kind == "album" and request.pointed:
        return call("play_music", **request.pointed)
    return None


def _more(request: Request) -> Plan | None:
    session = request.session
    if session.has_recognised:
        return None
    mode = "add" if _plays(request) else "now"
    if session.speaks_of_wish:
        queue = request.turn.services.playback.queue
        there = [f"track:{item.track.id}" for item in queue.items]
        wished = {**session.wished, "ask": False, "exclude": there[-50:]}
        return Plan((Call("recommend_music", wished),), then=playing_all(mode))
    if session.last_tool == "search_music" and session.last_arguments:
        artist = session.last_arguments.get("artist") or session.focus.artist
        if artist:
            shown = [f"track:{each.id}" for each in session.results if each.kind == "track"]
            return call("recommend_music", artist=artist, exclude=shown[:50])
    return None


def _another(request: Request) -> Plan | None:
    """The next of the list; when there is none, another one for the same wish."""
    session = request.session
    if session.has_recognised or session.question is not None:
        return None
    listed = len(session.results)
    if session.last_tool in _LISTED | {"play_music"} and session.chosen and session.chosen < listed:
        return call("play_music", numbers=[session.chosen + 1])
    queue = request.turn.services.playback.queue
    more = queue.position is not None and queue.position + 1 < len(queue.items)
    if _plays(request) and more:
        return call("control_playback", action="next")
    if session.wished:
        wished = {**session.wished, "ask": False, "count": 1}
        return Plan((Call("recommend_music", wished),), then=playing_all())
    return None


def _before_that(request: Request) -> Plan | None:
    session = request.session
    if session.last_tool == "recall_history":
        skip = int(session.last_arguments.get("skip", 0)) + 1
        return call("recall_history", **{**session.last_arguments, "skip": skip, "limit": 1})
    asks = fold(request.text).removeprefix("and ").startswith(("what", "which"))
    listed = session.last_tool in {"search_music", "recommend_music", "play_music"}
    if listed and session.chosen and not asks:
        if session.chosen > 1:
            return call("play_music", numbers=[session.chosen - 1])
        return Plan(say=talk.no_such_number(0, len(session.results)))
    if _plays(request) and fold(request.text).startswith(("play", "no", "put")):
        return call("control_playback", action="previous")
    return call("recall_history", before_current=True, limit=1)


def _when_last(request: Request) -> Plan | None:
    """Answer "when did I last hear it?" about the thing that was spoken of."""
    track = _it(request)
    if track is None:
        return None
    arguments: dict[str, Any] = {"about": track.title, "limit": 1}
    if request.current is not None and request.current.id == track.id:
        arguments["before_current"] = True
    return call("recall_history", **arguments)


def _about_it(request: Request) -> Plan | None:
    """A question about what was shown and does not play: "how long is it?", "who's that by?"."""
    session = request.session
    if session.results and len(request.pointer.numbers) == 1 and not request.named:
        pointed = references.pointed(request.pointer, session, request.current)
        return call("now_playing", **pointed) if pointed else None
    if _REMIND.match(fold(request.text)) and request.current is not None:
        return call("now_playing")
    about = session.last_tool in _LISTED and session.results and not request.pointer.here
    if not about or not request.pointer.kind or request.named or session.has_recognised:
        return None
    track = _it(request)
    if track is None or (request.current is not None and request.current.id == track.id):
        return None
    return call("now_playing", refs=[f"track:{track.id}"])


def _it(request: Request) -> Any:
    """The track that "it" is, or None."""
    pointer = Pointer(kind="track", here=request.pointer.here)  # "last" is no number here
    pointed = references.pointed(pointer, request.session, request.current)
    refs = [ref for ref in pointed.get("refs", ()) if ref.startswith("track:")]
    numbers = pointed.get("numbers", ())
    results = request.session.results
    if len(numbers) == 1 and 1 <= numbers[0] <= len(results):
        result = results[numbers[0] - 1]
        refs = [f"track:{result.id}"] if result.kind == "track" else []
    if not refs:
        return None
    found = request.turn.services.catalog.tracks([int(refs[0].partition(":")[2])])
    return found[0] if found else None


def _plays(request: Request) -> bool:
    return request.turn.services.playback.state.status is PlaybackStatus.PLAYING
