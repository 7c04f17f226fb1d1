"""Requests to know or to be offered something: search, suggestions, history."""

import re
from typing import Any

from agent import asking, references, talk, wishing
from agent.plans import listening
from agent.plans.request import Request, call, playing_all
from agent.pointing import Pointer
from agent.turn import Call, Plan
from knowledge.folding import fold
from knowledge.times import past_time
from tools.players.player import PlaybackStatus

_HAVE = re.compile(r"^what (?:else |all )?(?:do|have) (?:you|we|i)\b")
_LIKE_NAMED = re.compile(
    r"\b(?:artists?|bands?|singers?|composers?|music|songs?|tracks?|albums?|something|anything)"
    r"(?: \w+)? like\b"
)


def search(request: Request) -> Plan:
    named = request.named
    wishes = request.wishes
    if playlist := named.pop("playlist", ""):
        return call("manage_playlists", action="show", name=playlist)
    if wishes and not named and asking.wants_sound(request.text):
        return recommend(request)
    if counted := _how_many(request):
        return counted
    if request.playlist_called:
        return call("manage_playlists", action="show", name=request.playlist_called)
    kind = _kind_asked(request.text, only_artist=set(named) == {"artist"})
    if not named and not wishes:
        if artist := asking.asked_artist(request.text):
            return call("search_music", artist=artist, kind=kind)
        if request.pointed.get("artist"):
            return call("search_music", artist=request.pointed["artist"], kind=kind)
        words = asking.leftover(request.text)
        if not words:
            return Plan(say=talk.WHAT_TO_FIND)
        named = {"query": words}
    if wishes and "query" not in named:
        # Names are fields; what the music is like is told by the words themselves.
        named = {"query": wishing.leftover_wish(request.text), **_only_names(named)}
    return call("search_music", **named, kind=kind)


def _only_names(named: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in named.items() if field != "genre"}


def _how_many(request: Request) -> Plan | None:
    """The size of the library, which the catalogue knows without a search."""
    said = fold(request.text)
    if not said.startswith("how many") or request.named or asking.asked_artist(request.text):
        return None
    library = request.turn.services.catalog.summary()
    return Plan(say=talk.library_size(library.tracks, library.albums, library.artists))


def what_is_playing(request: Request) -> Plan:
    """What sounds; or, in "who wrote Hallelujah", what the library knows of that."""
    named = request.named
    if named and request.pointer.kind is None:
        return call("search_music", **named, kind="track")
    return listening.surroundings(request) or call("now_playing")


def _kind_asked(text: str, *, only_artist: bool = False) -> str:
    words = set(fold(text).split())
    if words & {"albums", "album", "records"}:
        return "album"
    if words & {"artists", "bands", "singers"}:
        return "artist"
    having = only_artist and _HAVE.search(fold(text)) is not None
    return "track" if having or words & {"songs", "tracks", "tunes"} else "any"


def recommend(request: Request) -> Plan:
    if request.named and _LIKE_NAMED.search(fold(request.text)):
        return similar(request)
    arguments = asked(request)
    said = request.text
    sound = asking.wants_sound(said) or asking.needs_some(said)
    return Plan((Call("recommend_music", arguments),), then=playing_all() if sound else None)


def asked(request: Request) -> dict[str, Any]:
    """Names and wish of a request for some music."""
    wishes, named = request.wishes, request.named
    if wishes and request.wish.genres:
        named.pop("genre", None)  # the words say it as well
    if fold(str(named.get("genre", ""))) in {fold(each) for each in request.wish.not_genres}:
        del named["genre"]
    if wishes and (request.wish.like or not _is_artist(named.get("artist", ""), request)):
        named.pop("artist", None)
    return {**named, **wishes}


def _is_artist(name: str, request: Request) -> bool:
    """Whether a name is a condition that the words of the wish do not hold already.

    The fire in "a rainy evening by the fire" is no band, nor are the "steps per minute" of a run.
    """
    if not name or name in request.wish.artists:
        return False
    said = [fold(words) for words in request.wish.said.values()]
    before, by, _ = f" {fold(request.text)} ".partition(f" by {fold(name)} ")
    described = before.split()[-1:] if by else []
    last = described[0] if described else ""
    return not any(fold(name) in words or (last and last in words.split()) for words in said)


def similar(request: Request) -> Plan:
    named = request.named
    arguments: dict[str, Any] = {"similar": True}
    if request.wish.like:  # the words themselves name what it shall be like
        named, arguments["wish"] = {}, request.words
    if wishing.described(request.wish):
        arguments["wish"] = request.words
    if named:
        arguments |= named
    elif not request.wish.like and (
        request.pointer.numbers
        or request.pointer.kind == "artist"
        or request.session.has_recognised
    ):
        arguments |= request.pointed
    more = "more" in fold(request.text).split()
    play = asking.wants_sound(request.text) or more
    playing = request.turn.services.playback.state.status is PlaybackStatus.PLAYING
    # "More like this" is said by someone who enjoys what plays: it is not cut off.
    mode = "next" if more and playing and not named else "now"
    calls: tuple[Call, ...] = (Call("recommend_music", arguments),)
    if more and "numbers" in arguments:  # "more like the second" tells of a taste, too
        liked = {"rating": "more", "numbers": arguments["numbers"]}
        calls = (Call("rate_track", liked), *calls)
    return Plan(calls, then=playing_all(mode) if play else None)


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
    return Plan((Call("recommend_music", arguments),), then=playing_all() if plays else None)


def history(request: Request) -> Plan:
    if plan := listening.looking_back(request):
        return plan
    arguments: dict[str, Any] = {}
    when = request.meaning.first("time")
    span = past_time(request.text, request.turn.services.clock())
    if when and past_time(when, request.turn.services.clock()) is not None:
        arguments["when"] = when
    elif span is not None:
        arguments["when"] = request.text
    about = request.meaning.first("name") or next(iter(request.named.values()), "")
    if about:
        arguments["about"] = about
    return call("recall_history", **arguments, **_order_and_kind(request, timed=bool(arguments)))


def _order_and_kind(request: Request, *, timed: bool) -> dict[str, Any]:
    """Which of it, in which order, and whether it was played, skipped or heard."""
    words = set(fold(request.text).split())
    arguments: dict[str, Any] = listening.heard(request)
    if words & {"skip", "skipped"}:
        arguments = {"kind": "skip"}
    if words & {"most", "top", "often"}:
        arguments["order"] = "most"
    elif "first" in words and timed:
        arguments |= {"order": "oldest", "limit": 1}
    if "before" in words or ({"last", "just", "previous"} & words and not timed):
        several = words & {"songs", "tracks", "things"}
        arguments |= {"before_current": True, **({} if several else {"limit": 1})}
    return arguments
