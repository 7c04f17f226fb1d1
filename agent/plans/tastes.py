"""What somebody says of their taste: more, less or never of a kind of music, or taken back."""

from collections.abc import Callable
from typing import Any

from agent import references, talk
from agent.plans.request import Request, call
from agent.pointing import only_points, point
from agent.turn import Plan
from knowledge.folding import fold

_NO_MUSIC = ("to ", "you ", "me ", "your ", "a ", "an ")
_ANY = frozenset({"music", "songs", "song", "anything", "something", "it all", "volume", "talk"})


def want(rating: str) -> Callable[[Request], Plan]:
    """Plan to keep, or take back, what is said of a kind of music or of what is pointed at."""

    def plan(request: Request) -> Plan:
        about = request.meaning.first("about") or ""
        said = fold(about)
        if not said or said in _ANY or said.startswith(_NO_MUSIC):
            return Plan(say=talk.refuse(request.session.turns))
        if only_points(about):
            return call("rate_track", rating=_of_one(rating), **_pointed(request, about))
        return call("rate_track", rating=rating, query=about)

    return plan


def _of_one(rating: str) -> str:
    return "none" if rating == "forget" else rating


def _pointed(request: Request, about: str) -> dict[str, Any]:
    pointer = point(about, listed=len(request.session.results))
    return references.pointed(pointer, request.session, request.current)
