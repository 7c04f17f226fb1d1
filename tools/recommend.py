"""Choose music for a wish, for a moment, or like something known; nothing is played."""

import asyncio
from dataclasses import replace
from typing import Literal

from pydantic import Field

from knowledge.models import TrackId
from knowledge.recommend.conditions import CHANGED
from knowledge.recommend.models import Recommendation, Recommended, Situation
from knowledge.recommend.recommender import Recommender
from knowledge.wish import Arc, MusicWish
from tools.context import Fact, ToolContext
from tools.message import Listed, Say
from tools.result import Ambiguous, Failed, Found, NothingFound, ToolResult
from tools.seeds import Likened, seeds_of
from tools.terms import term
from tools.tool import Tool
from tools.wanted import Phrases, References, Selection, Words, find
from tools.wish_message import wish_message
from tools.wished import describes, in_words, joined, said_of, told, weak_words, with_mood

NOT_RECOMMENDING = Failed(
    "nothing_recommended", "nothing is recommended here", "Ask for music by its name."
)
_TEMPI = {"slow": (10.0, 95.0), "medium": (85.0, 130.0), "fast": (118.0, 400.0)}
_FIRST_YEAR, _LAST_YEAR = 1000.0, 3000.0
_AROUND = 0.04
"""A tempo that is said as a number is met within so much of it."""
_QUEUE_SEEN = 30


class RecommendMusic(Likened):
    wish: Words = Field(
        "",
        description="What is wished for, in the user's own words and language: mood, activity, "
        'tempo, instruments, years, "without vocals", "like this but calmer", and so on',
    )
    also: Phrases = Field(
        default_factory=list,
        description='What was added to the same wish later, in order: "no vocals", "a bit slower"',
    )
    mood: Words = Field("", description="Mood or activity in a word or two: calm, workout, dinner")
    tempo: Literal["", "slow", "medium", "fast"] = ""
    bpm: float | None = Field(None, ge=30, le=300, description="Beats per minute, about")
    year_from: int | None = Field(None, ge=1000, le=3000)
    year_to: int | None = Field(None, ge=1000, le=3000)
    minutes: float | None = Field(None, ge=1, le=720, description="Exact length of the whole list")
    arc: Arc = Field("", description="How energy moves through the list; hill: up and down again")
    count: int = Field(10, ge=1, le=50)
    exclude: References = Field(
        default_factory=list, description='References to leave out, "track:12"'
    )
    ask: bool = Field(
        True, description="False: choose at once. True: the result may be one short question"
    )


async def recommend_music(arguments: RecommendMusic, context: ToolContext) -> ToolResult:
    """Choose a varied handful, or a list that flows. Plays nothing."""
    return await asyncio.to_thread(_recommend, arguments, context)


def _recommend(arguments: RecommendMusic, context: ToolContext) -> ToolResult:
    recommender = context.services.recommender
    if recommender is None:
        return NOT_RECOMMENDING
    meant = _meant(arguments, context)
    if not isinstance(meant, tuple):
        return meant
    wish, facts = meant
    situation = situation_of(context)
    if arguments.also:  # the same wish, changed: what was offered for it is no less wanted now
        situation = replace(situation, offered=frozenset())
    question = recommender.question(wish, situation) if arguments.ask else None
    if question is not None:
        answers = Listed(tuple(term(choice) for choice in question.choices), "or")
        asked = {"question": Say("which-wish", {"choices": answers})}
        return Ambiguous((), question.text, question.choices, said=asked)
    made = _made(recommender, wish, situation, arguments)
    excluded = _excluded(arguments)
    items = [item for item in made.items if item.track.id not in excluded]
    if not (wish.duration_s or wish.arc):
        items = items[: _count(wish, arguments)]
    like = str(facts.get("like", ""))
    if not items:
        none = Say("none-wish", {"wish": wish_message(wish, like=like)})
        return NothingFound(in_words(wish, like=like), said={"nothing": none})
    told_wish = met(made, wish)
    facts["count"], facts["wanted"] = len(items), in_words(told_wish, like=like)
    facts |= facts_about(made, wish)
    if (said := arguments.mood or wish.free) and not told(wish):
        facts["unknown_mood"] = said
    notes = tuple(note_of(item, wish) for item in items)
    worded = {
        "wanted": wish_message(told_wish, like=like),
        "wished": wish_message(told_wish),
    }
    return Found(tuple(item.track for item in items), facts, notes, said=worded)


def _meant(
    arguments: RecommendMusic, context: ToolContext
) -> tuple[MusicWish, dict[str, Fact]] | Ambiguous | NothingFound:
    """The wish with what it shall be like, or with the names that are its condition."""
    wish = wish_in(arguments, context)
    changed = any(context.services.wish_of(words).but for words in arguments.also)
    seeds = seeds_of(wish, arguments, context, changed=changed)
    if isinstance(seeds, Selection):
        like = tuple(track.id for track in seeds.tracks)
        return replace(wish, like=like), {"like": seeds.name} if seeds.name else {}
    if seeds is not None:
        return seeds
    if arguments.is_empty:
        return wish, {}
    named = _named(arguments, wish, context)
    return (named, _kind_of(named, wish)) if isinstance(named, MusicWish) else named


def wish_in(arguments: RecommendMusic, context: ToolContext) -> MusicWish:
    """What the words and the fields of a call wish for together."""
    understand = context.services.wish_of
    wish = understand(arguments.wish)
    for words in arguments.also:
        # An earlier "slower" is in the list already that the next one is slower than.
        wish = joined(replace(wish, but={}), understand(words))
    if arguments.mood:
        wish = with_mood(wish, arguments.mood, understand(arguments.mood))
    if arguments.bpm is not None:
        near = arguments.bpm * _AROUND
        wish = replace(wish, tempo_bpm=(arguments.bpm - near, arguments.bpm + near))
    elif arguments.tempo:
        wish = replace(wish, tempo_bpm=_TEMPI[arguments.tempo], tempo_exact=True)
    if arguments.year_from or arguments.year_to:
        years = (float(arguments.year_from or _FIRST_YEAR), float(arguments.year_to or _LAST_YEAR))
        wish = replace(wish, years=years)
    if arguments.minutes is not None:
        wish = replace(wish, duration_s=60.0 * arguments.minutes)
    return replace(wish, arc=arguments.arc or wish.arc)


def situation_of(context: ToolContext) -> Situation:
    """When and where this conversation wishes for music."""
    queue = context.services.playback.queue
    heard = queue.items[: queue.position + 1] if queue.position is not None else ()
    return Situation(
        at=context.services.clock(),
        session_id=context.session_id,
        queue=tuple(item.track.id for item in heard)[-_QUEUE_SEEN:],
        offered=frozenset(context.offered),
    )


def facts_about(made: Recommended, wish: MusicWish) -> dict[str, Fact]:
    """What may be said of a list, and what was given up for it."""
    facts: dict[str, Fact] = {}
    mood = next(iter(wish.moods), "") or wish.activity
    if mood:
        facts["mood"] = mood
    if describes(wish):
        facts["wished"] = in_words(met(made, wish))
    if unproven := _unproven(made, wish):
        facts["unproven"] = " and ".join(unproven)
    if made.list_id:
        facts["list_id"] = made.list_id
    if made.relaxed:
        facts["relaxed"] = ", ".join(made.relaxed)
    if weak := weak_words(wish):
        facts["weak"] = " and ".join(weak)
    if wish.duration_s is not None or wish.arc:
        facts["length_s"] = round(made.duration_s)
    if wish.arc:
        facts["arc"] = wish.arc
    if made.items and (start_s := made.items[0].start_s) is not None and mood:
        facts["begins_s"] = round(start_s)
    return facts


def met(made: Recommended, wish: MusicWish) -> MusicWish:
    """The part of a wish that the list meets: what was given up or cannot be heard is not told."""
    unproven = set(_unproven(made, wish))
    return replace(
        made.wish,
        moods=tuple(mood for mood in made.wish.moods if mood not in unproven),
        instruments=tuple(each for each in made.wish.instruments if each not in unproven),
        but={
            name: amount
            for name, amount in wish.but.items()
            if name in CHANGED and CHANGED[name][int(amount >= 0)] not in made.relaxed
        },
        cadence=None if "the cadence" in made.relaxed else made.wish.cadence,
    )


def _unproven(made: Recommended, wish: MusicWish) -> tuple[str, ...]:
    """What was wished for and speaks for none of the tracks: it could not be heard."""
    reasons = " ".join(reason.words for item in made.items for reason in item.reasons).casefold()
    wished = (*wish.moods, *wish.instruments)
    return tuple(word for word in wished if word.casefold() not in reasons)


def note_of(item: Recommendation, wish: MusicWish) -> str:
    """Why a track is here, and from where in it, in a few words."""
    words = said_of(item.reasons)
    mood = next(iter(wish.moods), "") or wish.activity
    if item.start_s is not None and mood:
        minutes, seconds = divmod(round(item.start_s), 60)
        words = ", ".join(part for part in (words, f"{mood} from {minutes}:{seconds:02}") if part)
    return words


def _made(
    recommender: Recommender, wish: MusicWish, situation: Situation, arguments: RecommendMusic
) -> Recommended:
    if wish.duration_s is not None or wish.arc:
        return recommender.playlist(wish, situation)
    spare = len(_excluded(arguments))
    count = _count(wish, arguments) + spare
    return recommender.recommend(replace(wish, count=None), situation, count=count)


def _count(wish: MusicWish, arguments: RecommendMusic) -> int:
    return min(wish.count or arguments.count, 50)


def _excluded(arguments: RecommendMusic) -> frozenset[TrackId]:
    return frozenset(
        int(ref[6:]) for ref in arguments.exclude if ref[:6] == "track:" and ref[6:].isdecimal()
    )


def _named(
    arguments: RecommendMusic, wish: MusicWish, context: ToolContext
) -> MusicWish | Ambiguous | NothingFound:
    """The wish with what is named as its condition: only this artist, this genre, this album."""
    if arguments.liked:
        return replace(wish, liked=True)
    if arguments.genre and not arguments.artist:
        known = context.services.wish_of(arguments.genre).genres or (arguments.genre,)
        return replace(wish, genres=tuple(dict.fromkeys((*wish.genres, *known))))
    found = find(arguments, context)
    if not isinstance(found, Selection):
        return found
    if found.kind == "artist":
        return replace(wish, artists=(found.name,))
    if found.kind == "album":
        return replace(wish, albums=(found.name,))
    if found.kind == "genre":
        return replace(wish, genres=(found.name,))
    return replace(wish, like=tuple(track.id for track in found.tracks[:20]))


def _kind_of(named: MusicWish, before: MusicWish) -> dict[str, Fact]:
    """Kind and name of what was named, as the reply says it."""
    for kind, names, known in (
        ("artist", named.artists, before.artists),
        ("album", named.albums, before.albums),
        ("genre", named.genres, before.genres),
    ):
        if names and names != known:
            return {"kind": kind, "name": " and ".join(names)}
    return {}


RECOMMEND_MUSIC = Tool(
    "recommend_music",
    "Choose music from the library for a mood, an activity, a moment, a tempo, a length, or like "
    "something, with the reason for each track. Shows a numbered list and plays nothing: to play "
    "it, call play_music with its numbers. It may answer with one question: ask it, and call "
    "again with the answer in `also`.",
    RecommendMusic,
    recommend_music,
)
