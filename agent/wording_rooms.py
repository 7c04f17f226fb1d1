"""How rooms are told: where something happened, and which speakers there are."""

from collections.abc import Mapping

from agent.phrases import name
from agent.replies.message import Reply
from tools.message import Listed, Say, Value
from tools.players.rooms import EVERYWHERE
from tools.result import Found

Facts = Mapping[str, str | int | float | bool]
_MAX_TOLD = 12


def in_room(result: Found, said: Reply) -> Reply:
    """The reply with the room in front, when the result names one: "Kitchen: paused"."""
    room = result.facts.get("room")
    if not room or not said:
        return said
    place: Value = Say("everywhere") if room == EVERYWHERE else name(room)
    first, *rest = said if isinstance(said, tuple) else (said,)
    if not isinstance(first, str | Say) or not first:
        return said
    unable = result.facts.get("unable")
    more = (Say("rooms-unable", {"names": name(unable)}),) if unable else ()
    return (Say("in-room", {"room": place, "what": first}), *rest, *more)


def moved(facts: Facts, track: Value) -> Reply:
    """Music that was moved, as the new speaker reported it."""
    if "playing" not in facts and facts.get("status") != "paused":
        return Say("no-sound-yet")
    return Say("moved" if "playing" in facts else "moved-paused", {"track": track})


def speakers(facts: Facts) -> Reply:
    """Every speaker and what it does."""
    total = int(facts.get("speakers", 0))
    if not total:
        return Say("no-speakers")
    told = [_speaker(facts, number) for number in range(1, min(total, _MAX_TOLD) + 1)]
    return Say("speakers-are", {"names": Listed(tuple(told), more=max(0, total - _MAX_TOLD))})


def _speaker(facts: Facts, number: int) -> Value:
    called, status = name(facts.get(f"{number}_speaker", "")), facts.get(f"{number}_status")
    if status == "gone":
        return Say("speaker-gone", {"name": called})
    track = facts.get(f"{number}_track")
    if not track:
        return called
    message = "speaker-plays" if status == "playing" else "speaker-paused"
    return Say(message, {"name": called, "title": name(track)})
