"""Requests that change what is kept: ratings, playlists, the queue."""

import re
from collections.abc import Callable
from typing import Any

from agent import asking, references, talk, wishing
from agent.plans.request import Request, call
from agent.pointing import only_points, point
from agent.session import Question
from agent.turn import Call, Plan
from knowledge.folding import fold
from tools.players.player import PlaybackStatus
from tools.regret import Deed, worth_asking

_TAKES_BACK = re.compile(r"\bunlike\b|\b(?:remove|undo|take back) (?:my |the )?(?:dis)?like\b")
_MOVE = re.compile(
    r"^(?:please |can you |could you )*(?:move|put|bring) (?P<what>.+?) (?:up |down |back )?"
    r"(?:to|at) (?P<where>(?:the )?(?:top|front|start|end|bottom|next|beginning|"
    r"(?:number|position|place) \w+|\w+ (?:place|position)).*)$"
)
_OF_THESE = re.compile(
    r"\s+(?:from|with|of|out of|containing)\s+(?:all\s+(?:of\s+)?)?"
    r"(?:these|those|this|that|them|it|the results|the list|the queue)(?:\s+\w+)?$",
    re.IGNORECASE,
)
_INTO = re.compile(
    r"^(?:please |can you |could you )*(?:add|put|save|stick|throw|remove|take|drop|delete) "
    r"(?P<what>.+) (?:to|in|into|on|onto|from|out of|off) (?:my |the |our )?"
    r"(?:(?:an? )?(?:new )?(?:play)?list (?:called|named|titled) )?"
    r"(?P<name>.+?)(?: playlist| list)?(?: please)?$"
)
_FROM_LIST = re.compile(
    r" (?:from|with|of|out of|containing) (?:all (?:of )?)?"
    r"(?:these|those|them|the results|the list)(?: songs| tracks)?$"
)
_KEEPS_FRESH = re.compile(
    r",?\s*\b(?:(?:that|which|and|it)\s+(?:should\s+|shall\s+|must\s+|always\s+)?)?"
    r"(?:(?:keep|keeps|stay|stays|remain|remains)\s+(?:itself\s+|it\s+)?(?:always\s+)?"
    r"(?:fresh|updated|up to date|current|new)|(?:refresh|refreshes|update|updates|fill|fills|"
    r"renew|renews)\s+(?:itself|by itself|automatically|every\s+(?:day|week|morning))|"
    r"automatically\s+updated?)\b",
    re.IGNORECASE,
)
_MADE_FOR_ME = re.compile(
    r"^(?:please |can you |could you )*"
    r"(?:make|build|generate|compile|put together|give|mix) (?:me|us) "
)
_IT_IS_FOCUSED = re.compile(
    r"\b(?:to|into|in|on|from|out of|off) (?:it|that|this|there|(?:this|that|the same|the) "
    r"(?:play ?)?list)(?: too| as well| please| again)?$"
)
_TOO = re.compile(
    r"^(?:(?:and|also|please|now) )*add (?P<what>.+?)(?: too| as well| also| please)*$"
)
_OUT_AGAIN = re.compile(
    r"^(?:(?:and|please|no) )*(?:take|throw|kick|remove) (?P<what>.+?)"
    r"(?: out| off)?(?: of it| from it)?(?: again)?$"
)
_WHATS_IN = re.compile(
    r"^(?:(?:and|so|ok) )*(?:whats|what is|what s|show me whats|show me what is|"
    r"list whats) (?:in|on) (?:it|there|(?:that|this|the)(?: (?:play ?)?list)?)(?: now)?$"
)
_CALL_IT = re.compile(
    r"^(?:please )?(?:rename|call) (?:it|that|this|that list|this playlist|that playlist)"
    r"(?: to| as)? (?P<name>.+)$"
)
_PLAY_LIST = re.compile(
    r"^(?:(?:please|now|and|ok) )*(?:play|start|shuffle) (?:it|that|the list|that list)(?: now)?$"
)
_ABOUT_THE_LIST = frozenset({"create", "remove", "rename", "show", "refresh"})
"""Acts on a playlist after which "play it" means the list and no song of it."""
_OF_QUEUE = re.compile(
    r"\b(?:the|my|this|whole) queue\b|\b(?:everything|all) (?:thats|that is) playing\b"
)
_SKIPS = re.compile(r"\b(?:skip|next)\b")
_FRONT = re.compile(r"\b(?:top|front|start|next|beginning)\b")


def rate(rating: str) -> Callable[[Request], Plan]:
    """Plan to like or dislike what is named, or what sounds."""

    def plan(request: Request) -> Plan:
        if _TAKES_BACK.search(fold(request.text)):
            return call("rate_track", rating="none")
        target = request.named
        pointing = request.pointer.numbers or request.pointer.kind == "album"
        if not target and (pointing or request.session.has_recognised):
            target = request.pointed
        plan = call("rate_track", rating=rating, **target)
        return _and_skip(plan, request) if rating == "dislike" and not target else plan

    return plan


def _and_skip(plan: Plan, request: Request) -> Plan:
    """Who says "I can't stand this one" does not want to hear it to its end."""
    playback = request.turn.services.playback
    position = playback.queue.position
    more = position is not None and position + 1 < len(playback.queue.items)
    said = request.turn.said.english if request.turn.said is not None else request.turn.text
    skips = _SKIPS.search(fold(said)) is not None  # that is a request of its own, done after this
    if playback.state.status is not PlaybackStatus.PLAYING or not more or skips:
        return plan
    return Plan((*plan.calls, Call("control_playback", {"action": "next"})))


def of_focus(request: Request) -> Plan | None:
    """What is said of the playlist spoken of last, without its name: "what's in it?"."""
    session, said = request.session, fold(request.text)
    about = _focused_playlist(request)
    if not about:
        return None
    if found := _CALL_IT.match(said):
        new_name = request.text.split()[-len(found["name"].split()) :]
        words = " ".join(new_name).strip(" .!?")
        return call("manage_playlists", action="rename", name=about, new_name=words)
    if session.last_tool != "manage_playlists":
        return None
    if _PLAY_LIST.match(said) and session.last_arguments.get("action") in _ABOUT_THE_LIST:
        shuffle = {"shuffle": True} if "shuffle" in said.split() else {}
        return call("play_music", playlist=about, **shuffle)
    if _WHATS_IN.match(said):
        return call("manage_playlists", action="show", name=about)
    into = " to " in said or " in " in said
    if not into and (found := _TOO.match(said)) and not only_points(found["what"]):
        return _kept(request, "add", about, found["what"])
    out = re.search(r" (?:out|off)\b| (?:of|from) it\b", said) is not None
    if out and (found := _OUT_AGAIN.match(said)) and not only_points(found["what"]):
        return _kept(request, "remove", about, found["what"])
    return None


def _kept(request: Request, action: str, name: str, what: str) -> Plan:
    named = {k: v for k, v in request.named.items() if k not in {"playlist", "genre"}}
    return call("manage_playlists", action=action, name=name, **(named or {"query": what}))


def queue_show(request: Request) -> Plan:
    """What comes next; or only how much of it."""
    queue = request.turn.services.playback.queue
    if fold(request.text).startswith("how many") and queue.position is not None:
        left = len(queue.items) - queue.position - 1
        return Plan(say=talk.queue_left(left))
    return call("edit_queue", action="show")


def queue_remove(request: Request) -> Plan:
    words = fold(request.text)
    listed = _INTO.match(words)
    if listed is not None and request.turn.services.playlists.named(listed["name"]) is not None:
        return change_playlist("remove")(request)  # "remove Grace from Saturday"
    if request.pointer.numbers:
        return call("edit_queue", action="remove", positions=list(request.pointer.numbers))
    named = request.named
    query = " ".join(str(named[key]) for key in ("query", "title", "artist") if key in named)
    if not query and "next" in words.split():
        return call("edit_queue", action="remove", positions=[2])
    return call("edit_queue", action="remove", query=query)


def queue_move(request: Request) -> Plan | None:
    """The plan for "move the last one to the top"; None when it is not about moving."""
    match = _MOVE.match(fold(request.text))
    if match is None:
        return None
    where = point(match["where"]).numbers
    to = where[0] if where and where[0] > 0 else 500
    if _FRONT.search(match["where"]):
        to = 2  # the first place after what plays
    what = point(match["what"], listed=50)
    if what.numbers:
        positions = list(what.numbers)
        return call("edit_queue", action="move", positions=positions, to=to)
    return call("edit_queue", action="move", query=match["what"], to=to)


def undo(request: Request, only: str = "") -> Plan:
    """Take back all that the last turn did that changed something, or what one tool did."""
    session = request.session
    if session.last_tool == "manage_playlists" and session.last_arguments.get("action") == "delete":
        return Plan(say=talk.DELETED_FOR_GOOD)
    if not session.undo:
        return call("edit_queue", action="undo")
    undone = [each for each in session.undo if only in {"", each.tool}]
    confirmed = next((each.confirmed for each in undone if each.confirmed), "")
    calls = [Call(each.tool, each.arguments) for each in undone]
    if confirmed:  # what was put into a list that goes again need not be taken out first
        calls = [call for call in calls if not _within(call, confirmed)]
    return Plan(tuple(_last_volume(calls)), confirmed=confirmed, regardless=True)


def _within(made: Call, name: str) -> bool:
    change = made.arguments.get("action") in {"add", "remove"}
    return change and made.tool == "manage_playlists" and made.arguments.get("name") == name


def _last_volume(calls: list[Call]) -> list[Call]:
    """Of several volumes only the one that there was before all of them."""
    volumes = [each for each in calls if each.arguments.get("action") == "volume"]
    return [each for each in calls if each not in volumes[:-1]]


def show_playlists(request: Request) -> Plan:
    if name := request.meaning.first("playlist"):
        return call("manage_playlists", action="show", name=name)
    return call("manage_playlists", action="list")


def create_playlist(request: Request) -> Plan:
    """Make a playlist: of what its description wishes for, of what is pointed at, or empty."""
    if filled := _for_wish(request):
        return filled
    text = request.meaning.first("playlist") or request.meaning.first("description") or ""
    _, _, called = text.rpartition(" called ")
    name = _OF_THESE.sub("", called or text)
    if not name:
        return Plan(say=talk.NAME_THE_PLAYLIST)
    creating = {"action": "create", "name": name}
    if _FROM_LIST.search(fold(request.text)) and request.session.results:
        everything = list(range(1, len(request.session.results) + 1))
        return call("manage_playlists", **creating, numbers=everything)
    if _OF_QUEUE.search(fold(request.text)):
        items = request.turn.services.playback.queue.items
        return call("manage_playlists", **creating, refs=[f"track:{i.track.id}" for i in items])
    if request.pointer.kind in {"list", "track"} or request.pointer.numbers:
        return call("manage_playlists", **creating, **request.pointed)
    return call("manage_playlists", **creating)


def _for_wish(request: Request) -> Plan | None:
    """A playlist of what its description wishes for; None when nothing is described."""
    said, called_, name = request.text.rpartition(" called ")
    said = said if called_ else request.text
    fresh = _KEEPS_FRESH.search(said) is not None
    said = " ".join(_KEEPS_FRESH.sub(" ", said).split())
    wish = request.turn.services.wish_of(said)
    described = bool(request.meaning.first("description")) or fresh or wish.arc != ""
    described = described or (_MADE_FOR_ME.match(fold(said)) is not None and not called_)
    described = described or wish.duration_s is not None or (bool(called_) and " of " in said)
    content = wishing.described(wish) or bool(wish.artists or wish.liked or wish.like)
    if not described or not (content or wish.arc or wish.duration_s):
        return None
    arguments: dict[str, Any] = {"action": "create", "wish": said}
    if called_:
        arguments["name"] = name.strip(" .!?\"'")
    if fresh:
        arguments["keep_fresh"] = True
    return call("manage_playlists", **arguments)


def change_playlist(action: str) -> Callable[[Request], Plan]:
    """Plan to add music to a playlist, or to remove some from it."""

    def plan(request: Request) -> Plan:
        name = _playlist_meant(request)
        unlisted = not name and action == "add" and not _LIST_SAID.search(fold(request.text))
        if unlisted and request.named:  # no list was spoken of: the queue is meant
            return call("play_music", mode="add", **request.named)
        if not name:
            return Plan(say=talk.WHICH_PLAYLIST)
        named = {
            field: value
            for field, value in request.named.items()
            if field != "playlist" and fold(value) != fold(name)
        }
        match = _INTO.match(fold(request.text))
        if (
            not named
            and match is not None
            and (not only_points(match["what"]) or _holds(request, name, match["what"]))
        ):
            named = {"query": match["what"].removeprefix("the album ").removeprefix("the song ")}
        music = named or request.pointed
        return call("manage_playlists", action=action, name=name, **music)

    return plan


_LIST_SAID = re.compile(r"\b(?:play ?)?lists?\b")


def _holds(request: Request, name: str, title: str) -> bool:
    """Whether a playlist has a song of that name, although it looks like a number: "One"."""
    store = request.turn.services.playlists
    known = store.named(name)
    return known is not None and any(fold(t.title) == title for t in store.tracks(known.id))


def _playlist_meant(request: Request) -> str:
    """The playlist in "add the album Time Out to my jazz list": what comes after the last "to"."""
    store = request.turn.services.playlists
    if _IT_IS_FOCUSED.search(fold(request.text)) and (focused := _focused_playlist(request)):
        return focused
    slot = request.meaning.first("playlist") or ""
    if slot and not slot.isascii() and store.named(slot) is None:
        return slot  # folding would write it in other letters
    match = _INTO.match(fold(request.text))
    said = match["name"] if match is not None else ""
    # The same name as it was written, capitals and accents included, if that is known.
    said = next((v for v in request.meaning.slots.get("playlist", ()) if fold(v) == said), said)
    for name in (slot, said):
        if name and (known := store.named(name)) is not None:
            return known.name
    if slot and said and fold(slot) != fold(said):
        return said
    return slot or said or _focused_playlist(request)


def rename_playlist(request: Request) -> Plan:
    name = request.meaning.first("playlist") or _focused_playlist(request)
    new_name = request.meaning.first("new_name") or ""
    return call("manage_playlists", action="rename", name=name, new_name=new_name)


def delete_playlist(request: Request) -> Plan:
    name = request.meaning.first("playlist") or asking.without_deletion(request.text)
    if fold(name) in {"", "it", "that", "this", "playlist"}:
        name = _focused_playlist(request)
    if not name or fold(name).startswith("all"):
        return Plan(say=talk.WHICH_PLAYLIST)
    return _deletion(request, name)


def _deletion(request: Request, name: str) -> Plan:
    """Ask before music is lost: a misheard name costs more than a yes; an empty list does not."""
    known = request.turn.services.playlists.named(name)
    certain = known is None or known.track_count == 0
    heard = (_MISHEARD, 1.0 - _MISHEARD)
    if known is None or certain or not worth_asking(heard, Deed.DELETE):
        return call("manage_playlists", action="delete", name=name)
    option = references.numbered((known,))
    question = Question("offer", "manage_playlists", {"action": "delete"}, option)
    return Plan(say=talk.delete_really(known.name), remember={"question": question})


_MISHEARD = 0.02
"""How often the name of a playlist is misheard, mistyped or mixed up with another; a guess."""


def _focused_playlist(request: Request) -> str:
    wanted = request.session.focus.playlist_id
    store, name = request.turn.services.playlists, request.session.focus.playlist
    known = store.named(name) if name else None
    if known is not None and known.name == name:
        return name
    return next((each.name for each in store.all() if each.id == wanted), "")
