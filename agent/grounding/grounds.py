"""The guard of one turn: what was read offline once, and what stands before the model now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.grounding.evidence import Evidence, InLibrary, whole_names
from agent.grounding.guard import Guard
from agent.grounding.orders import reads_as_order
from agent.grounding.reading import PlannedCall, Reading
from agent.turn import Outcome, Plan, Turn
from knowledge.models import Album, Artist, PlayEvent, Playlist, Track
from knowledge.search import SearchQuery
from tools.result import Ambiguous, Entity, Found, NothingFound

_EARLIER = 3
"""How many earlier requests a name may rest on."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the request and the conversation gave before a language model was asked."""

    reading: Reading
    is_careful: bool
    """Something that the model is shown could be taken for an order."""


def grounds_of(turn: Turn, plan: Plan) -> Grounds:
    """Read the request offline; `plan` is what the offline model would do."""
    calls = [PlannedCall(call.tool, call.arguments) for call in plan.calls]
    if plan.then is not None:
        calls.append(PlannedCall(plan.then.tool, plan.then.arguments))
    reading = Reading(
        turn.text,
        _english(turn),
        plan.intent,
        plan.confidence,
        tuple(calls),
        turn.services.wish_of(turn.text),
    )
    return Grounds(reading, any(map(reads_as_order, _shown(turn))))


def guard_of(turn: Turn, grounds: Grounds) -> Guard:
    """The guard for the next call of this turn. Its library look-ups query the database."""
    said = [message.text for message in turn.session.messages if message.role == "user"]
    evidence = Evidence(
        f"{turn.text} {grounds.reading.english}",
        tuple(said[-_EARLIER:]),
        whole_names(_shown(turn)),
        _library(turn),
    )
    refs = {f"{result.kind}:{result.id}" for result in turn.session.results}
    current = turn.services.playback.queue.current
    if current is not None:
        refs.add(f"track:{current.track.id}")
    refs |= {f"track:{track_id}" for track_id in turn.session.last_played}
    return Guard(
        grounds.reading,
        evidence,
        turn.services.wish_of,
        has_read_order(turn),
        bool(turn.outcomes),
        frozenset(refs),
        turn.tool_context.consent,
    )


def has_read_order(turn: Turn) -> bool:
    """Whether anything that a language model was shown in this turn could be taken for an order.

    From then on it does what the person's own words ask for and nothing else, and what is said is
    worded from the results: whoever was fooled cannot be told by their words.
    """
    if turn.grounds is not None and turn.grounds.is_careful:
        return True
    return any(reads_as_order(text) for outcome in turn.outcomes for text in _texts(outcome))


def _english(turn: Turn) -> str:
    return turn.said.english if turn.said is not None else turn.text


def _shown(turn: Turn) -> Iterator[str]:
    """The names in the context that a language model reads with the request."""
    session, queue = turn.session, turn.services.playback.queue
    if queue.current is not None:
        track = queue.current.track
        yield from (track.title, track.artist, *track.artists, track.album or "")
    for result in session.results:
        yield result.title
        yield from result.subtitle.split(" · ")
    yield session.focus.artist
    yield from (str(value) for value in session.recognised.values() if isinstance(value, str))
    if session.question is not None:
        yield from session.question.choices
    for message in session.messages:
        for result in message.results:
            yield result.title


def _texts(outcome: Outcome) -> Iterator[str]:
    """What a language model reads of a finished call and did not come from us."""
    result = outcome.result
    if isinstance(result, Found | Ambiguous):
        yield from _names(result.items)
    elif isinstance(result, NothingFound):
        yield from _names(result.nearest)
    if isinstance(result, Found):
        yield from (str(value) for key, value in result.facts.items() if key in _NAMED_FACTS)
        yield from (note for note in result.notes if "“" in note)


_NAMED_FACTS = frozenset(
    {
        *("playing", "current", "before", "title", "artist", "album", "name", "by", "up_next"),
        *("recognised", "genre", "playlist", "created", "renamed", "new_name", "moved", "also"),
    }
)
"""Facts that hold names of files, playlists or packs."""


def _names(items: Sequence[Entity]) -> Iterator[str]:
    for item in items:
        thing = item.track if isinstance(item, PlayEvent) else item
        if isinstance(thing, Track):
            yield from (thing.title, *thing.artists, thing.album or "", *thing.genres)
        elif isinstance(thing, Album):
            yield from (thing.title, thing.artist)
        elif isinstance(thing, Artist | Playlist):
            yield thing.name


def _library(turn: Turn) -> InLibrary:
    """Whether the library, or a playlist, is called exactly so."""
    services = turn.services

    def has(kind: str, name: str) -> bool:
        if kind in {"playlist", "any"} and services.playlists.named(name) is not None:
            return True
        if kind == "playlist":
            return False
        kinds = frozenset({"track", "album", "artist"} if kind == "any" else {kind})
        found = services.searcher.search(SearchQuery(text=name, kinds=kinds, limit=3))
        return any(hit.exact for hit in found.hits)

    return has
