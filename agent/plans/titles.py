"""Names that look like something else: the song "One", a title in the queue, "back to Queen"."""

import re

from agent import asking
from agent.plans.request import Request, call
from agent.pointing import only_points, point
from agent.turn import Plan
from agent.understanding import Intent
from agent.understanding.gazetteer import Gazetteer
from knowledge.folding import fold

_PLAY = re.compile(
    r"^(?:(?:please|now|ok|okay) )*(?:play|put on|start with|begin with) (?P<name>.+?)(?: please)?$"
)
_BACK_TO = re.compile(
    r"^(?:(?:ok|okay|now|and|please) )*(?:go )?back to (?P<name>.+?)(?: please)?$"
)
_SKIP_TO = re.compile(r"^(?:please )?(?:skip|jump|go|skip ahead|fast forward) to (?P<name>.+?)$")
_AFTER_THIS = re.compile(
    r"^after (?:this|that)(?: one| song| track)? (?:please )?"
    r"(?:i d like to hear|id like to hear|i want to hear|i would like to hear|play|put on|queue) "
    r"(?P<name>.+)$"
)
_THEN_NAME = re.compile(
    r"^(?:and )?(?:after (?:this|that)(?: one| song| track)?|next up|next) "
    r"(?P<name>.+?)(?: please)?$"
)
_OUT_OF_QUEUE = re.compile(
    r"^(?:please )?(?:remove|take|drop|delete|kick) (?P<name>.+?) (?:from|out of|off) "
    r"(?:the|my) queue$"
)
_DROP = re.compile(
    r"^(?:(?:please|and|no|but|ok) )*(?:remove|drop|delete|kick|scrap|leave out|skip|forget|lose)"
    r"(?: out)? (?!to )(?P<name>.+?)(?: again| please| after all)*$"
)
_PLAYLIST_TO_QUEUE = re.compile(
    r"^(?:please )?(?:put|add|queue|move) (?:my |the |our )?(?P<name>.+?) (?:play ?)?list "
    r"(?:at the end of|to|in|into|on|to the end of|next in) (?:the|my) queue$"
)
_MUSIC = frozenset({"track", "album", "artist"})
_PLAYS = frozenset({Intent.PLAY, Intent.PLAY_AGAIN, Intent.PLAY_LIKED})


def by_name(request: Request, names: Gazetteer) -> Plan | None:
    """The plan when the words of a name would be read as numbers or commands; else None."""
    said = fold(request.text)
    then = _THEN_NAME.match(said)
    if then is not None and names.named(then["name"]):
        return call("play_music", mode="next", query=then["name"])
    if found := _AFTER_THIS.match(said):
        return call("play_music", mode="next", query=found["name"])
    if found := _PLAYLIST_TO_QUEUE.match(said):
        known = request.turn.services.playlists.named(found["name"])
        return call("play_music", mode="add", playlist=known.name) if known is not None else None
    if found := _OUT_OF_QUEUE.match(said):
        queued = _place(request, found["name"])
        return call("edit_queue", action="remove", query=found["name"]) if queued else None
    if found := _DROP.match(said):
        queued = _place(request, found["name"])
        return call("edit_queue", action="remove", query=found["name"]) if queued else None
    if found := _SKIP_TO.match(said):
        return _skip_to(request, found["name"])
    if found := _BACK_TO.match(said):
        return call("play_music", query=found["name"]) if names.named(found["name"]) else None
    found = _PLAY.match(said)
    return _titled(request, found["name"], names) if found is not None else None


def _titled(request: Request, name: str, names: Gazetteer) -> Plan | None:
    """Play the song in "play One" when there is no list that "one" could be a number of."""
    surely = " " in name or not request.wishes
    if surely and not names.named(name) and (meant := names.short_for(name)):
        return call("play_music", query=meant[0].name) if meant[0].kind == "track" else None
    if not any(each.kind in _MUSIC for each in names.named(name)):
        return None
    if request.wish.not_artists or request.wish.not_genres:
        return None  # something is ruled out: it is no name alone
    number = bool(point(f"play {name}", listed=99).numbers)
    if number:
        return call("play_music", query=name) if not request.session.results else None
    if request.meaning.intent in _PLAYS or only_points(name) or asking.wants_to_know(request.text):
        return None
    return call("play_music", query=name)


def _skip_to(request: Request, name: str) -> Plan | None:
    """Go to a song that waits in the queue; the queue stays as it is."""
    queue = request.turn.services.playback.queue
    place = _place(request, name)
    if place is None or queue.position is None or place == queue.position + 1:
        return None
    step = place - 1 - queue.position
    action = "next" if step > 0 else "previous"
    return call("control_playback", action=action, count=abs(step))


def _place(request: Request, name: str) -> int | None:
    """Where in the queue a song of that name is, 1 first."""
    queue = request.turn.services.playback.queue
    for place, item in enumerate(queue.items, 1):
        if fold(item.track.title) == name:
            return place
    return None
