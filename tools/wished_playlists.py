"""Playlists that are made for a wish: of exact length and in an order, or filling themselves."""

from dataclasses import replace
from typing import Literal

from pydantic import Field

from knowledge.folding import fold
from knowledge.models import Playlist, Track
from knowledge.recommend.smart_playlists import Refreshed
from knowledge.wish import Arc, MusicWish
from tools.context import Fact, ToolContext
from tools.message import Say
from tools.recommend import NOT_RECOMMENDING, facts_about, note_of, situation_of
from tools.regret import Deed
from tools.result import Failed, Found, NothingFound, ToolResult
from tools.wanted import Wanted, Words
from tools.wish_message import wish_message
from tools.wished import describes, in_words

MAX_NAME = 80
MAX_SHOWN = 50
_USUAL_SIZE = 25
_DAY_H = 24


class ManagePlaylists(Wanted):
    action: Literal["list", "show", "create", "add", "remove", "rename", "delete", "refresh"]
    name: Words = Field("", description="The playlist to act on; may be left out with `wish`")
    new_name: Words = Field("", description="For action rename")
    wish: Words = Field(
        "",
        description="For action create: what shall be in it, in the user's own words and language",
    )
    minutes: float | None = Field(None, ge=1, le=720, description="Its exact length, with `wish`")
    arc: Arc = Field("", description="How energy moves through it; hill: builds up, cools down")
    size: int | None = Field(None, ge=1, le=200, description="How many tracks, with `wish`")
    keep_fresh: bool = Field(
        False, description="It fills itself anew every day by `wish`; refresh does it now"
    )

    @property
    def deed(self) -> Deed:
        """What a wrong guess would cost."""
        return Deed.KEEP


def create_for_wish(arguments: ManagePlaylists, context: ToolContext) -> ToolResult:
    """Make a playlist of what was wished for, and keep its rule when it shall stay fresh."""
    recommender = context.services.recommender
    if recommender is None:
        return NOT_RECOMMENDING
    wish = _wish(arguments, context)
    name = arguments.name[:MAX_NAME] or _free_name(wish, arguments, context)
    taken = _taken(name, context)
    if taken is not None:
        return Failed(
            "playlist_exists",
            f"there is a playlist called {taken.name} already",
            "Choose another name, or add to it.",
            said={"reason": Say("failed-playlist_exists", {"name": taken.name})},
        )
    if arguments.keep_fresh:
        return _that_stays_fresh(name, wish, context)
    made = recommender.playlist(wish, replace(situation_of(context), queue=()))
    if not made.items:
        none = Say("none-wish", {"wish": wish_message(wish)})
        return NothingFound(in_words(wish), said={"nothing": none})
    tracks = tuple(item.track for item in made.items)
    playlist = context.services.playlists.create(name, [track.id for track in tracks])
    facts: dict[str, Fact] = {
        "created": playlist.name,
        "count": len(tracks),
        "wanted": in_words(wish),
        "first": tracks[0].title,
        **facts_about(made, wish),
        "length_s": round(made.duration_s),
    }
    if wish.duration_s is not None:
        facts["wanted_s"] = round(wish.duration_s)
    if arguments.size is None:
        _without_our_size(facts)
    notes = ("", *(note_of(item, wish) for item in made.items[:MAX_SHOWN]))
    return Found((playlist, *tracks[:MAX_SHOWN]), facts, notes)


def refresh(playlist: Playlist, context: ToolContext) -> ToolResult:
    """Fill a playlist by its rule now."""
    smart = context.services.smart_playlists
    if smart is None or smart.get(playlist.id) is None:
        return Failed(
            "no_rule",
            f"the playlist {playlist.name} has no rule to be filled by",
            "Make one that keeps itself fresh.",
        )
    made = smart.refresh(playlist.id)
    tracks = context.services.playlists.tracks(playlist.id)
    facts: dict[str, Fact] = {"refreshed": playlist.name, "changed": made.changed}
    return Found((playlist, *tracks[:MAX_SHOWN]), facts | _of_rule(made, tracks))


def _that_stays_fresh(name: str, wish: MusicWish, context: ToolContext) -> ToolResult:
    smart = context.services.smart_playlists
    if smart is None:
        return Failed("no_rule", "playlists cannot fill themselves here")
    if not describes(wish) and not wish.artists and not wish.liked and not wish.free:
        return Failed("nothing_named", "it was not said what shall be in it", "Say a mood or so.")
    made = smart.create(name, wish)
    playlist = made.smart.playlist
    tracks = context.services.playlists.tracks(playlist.id)
    if not tracks:
        context.services.playlists.delete(playlist.id)  # made a moment ago, and of no use
        none = Say("none-wish", {"wish": wish_message(wish)})
        return NothingFound(in_words(wish), said={"nothing": none})
    facts: dict[str, Fact] = {"created": name, "keeps_fresh": True}
    facts |= {"wanted": in_words(wish), "first": tracks[0].title} | _of_rule(made, tracks)
    _without_our_size(facts)
    return Found((playlist, *tracks[:MAX_SHOWN]), facts)


def _without_our_size(facts: dict[str, Fact]) -> None:
    """Nobody asked for just so many tracks: that there are fewer gives nothing up."""
    relaxed = [one for one in str(facts.get("relaxed", "")).split(", ") if one]
    kept = [one for one in relaxed if one != "the number of tracks"]
    if kept:
        facts["relaxed"] = ", ".join(kept)
    else:
        facts.pop("relaxed", None)


def _of_rule(made: Refreshed, tracks: tuple[Track, ...]) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "count": len(tracks),
        "length_s": round(sum(track.duration_s for track in tracks)),
    }
    if made.smart.every_s > 0:
        facts["every_h"] = round(made.smart.every_s / 3600)
    if made.relaxed:
        facts["relaxed"] = ", ".join(made.relaxed)
    return facts


def _wish(arguments: ManagePlaylists, context: ToolContext) -> MusicWish:
    wish = context.services.wish_of(arguments.wish)
    if arguments.minutes is not None:
        wish = replace(wish, duration_s=60.0 * arguments.minutes, count=None)
    if arguments.size is not None:
        wish = replace(wish, count=arguments.size)
    if wish.duration_s is None and wish.count is None:
        wish = replace(wish, count=_USUAL_SIZE)
    return replace(wish, arc=arguments.arc or wish.arc)


def _free_name(wish: MusicWish, arguments: ManagePlaylists, context: ToolContext) -> str:
    """A name that says what is in it, and that no playlist has yet."""
    described = in_words(replace(wish, but={}), noun="").strip(" ,")
    words = " ".join((described or arguments.wish).split())[: MAX_NAME - 20]
    name = words[:1].upper() + words[1:] or "Mix"
    if wish.duration_s is not None:
        name = f"{name}, {wish.duration_s / 60:.0f} minutes"
    number, tried = 2, name
    while _taken(tried, context) is not None:
        tried, number = f"{name} ({number})", number + 1
    return tried


def _taken(name: str, context: ToolContext) -> Playlist | None:
    found = context.services.playlists.named(name)
    return found if found is not None and fold(found.name) == fold(name) else None
