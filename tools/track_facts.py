"""What is asked of a recording beyond its name: its words, its year, its label.

Every answer names its source. What nobody says is told as unknown, not guessed.
"""

import asyncio
import logging
from typing import Literal

from knowledge.errors import KnowledgeError
from knowledge.lyrics.lrc import LyricLine
from knowledge.models import Track
from knowledge.sources.track_facts import FILE, TrackFacts
from tools.context import ToolContext
from tools.players.player import PlaybackStatus
from tools.result import Ambiguous, Found, NothingFound, ToolResult
from tools.sounding import Facts
from tools.wanted import Selection, Wanted, find

FactAsked = Literal["", "lyrics", "line", "released", "label"]
_ASKING_S = 4.0
"""So long somebody waits for a service that is asked on the spot."""
_LINES = 4
_MAX_LINE = 160
_LOG = logging.getLogger(__name__)


async def tell(fact: FactAsked, wanted: Wanted, context: ToolContext) -> ToolResult:
    """Answer for the track that is named, or else for the one that plays."""
    target = await _target(fact, wanted, context)
    if not isinstance(target, Track):
        return target
    known = context.services.facts
    facts: Facts = {"fact": fact, "title": target.title, "artist": target.artist}
    if known is None:
        own = {"released": str(target.year), "source": FILE} if target.year else {}
        return Found((target,), {**facts, **(own if fact == "released" else {})})
    if fact == "label" and known.can_ask:
        found = await asyncio.to_thread(known.label, target.id)
        if found is None:
            await _ask(known, target)
    if fact == "line":
        facts |= await asyncio.to_thread(_line, target, known, context)
    else:
        facts |= await asyncio.to_thread(_TELLING[fact], target, known)
    return Found((target,), facts)


async def _target(
    fact: FactAsked, wanted: Wanted, context: ToolContext
) -> Track | Ambiguous | NothingFound | Found:
    playback = context.services.playback
    state = playback.state
    if wanted.is_empty or fact == "line":
        item = next((one for one in playback.queue.items if one.id == state.item_id), None)
        if item is None or state.status is PlaybackStatus.IDLE:
            return Found(facts={"status": "idle"})
        return item.track
    found = await asyncio.to_thread(find, wanted, context)
    return found.tracks[0] if isinstance(found, Selection) else found


async def _ask(known: TrackFacts, track: Track) -> None:
    """Ask on the spot; no answer is no news."""
    try:
        async with asyncio.timeout(_ASKING_S):
            await known.ask(track.id)
    except (KnowledgeError, TimeoutError) as error:
        _LOG.info("nobody told the label of track %d: %s", track.id, type(error).__name__)


def _lyrics(track: Track, known: TrackFacts) -> Facts:
    found = known.words(track.id)
    if found is None:
        return _without_words(track, known)
    lyrics, source = found
    lines = [line.text.strip() for line in lyrics.lines if line.text.strip()]
    first = " / ".join(line[:_MAX_LINE] for line in lines[:_LINES])
    return {"lines": first, "line_count": len(lines), "source": source}


def _line(track: Track, known: TrackFacts, context: ToolContext) -> Facts:
    found = known.words(track.id, timed=True)
    if found is None:
        return _without_words(track, known)
    lyrics, source = found
    if not lyrics.synced:
        return {"untimed": True, "source": source}
    line = line_at(lyrics.lines, context.services.playback.state.position_s)
    return {"line": line[:_MAX_LINE], "source": source}


def line_at(lines: tuple[LyricLine, ...], position_s: float) -> str:
    """What is sung at a place in the recording; "" where nothing is."""
    sung = [line for line in lines if line.start_s is not None and line.start_s <= position_s]
    return sung[-1].text.strip() if sung else ""


def _without_words(track: Track, known: TrackFacts) -> Facts:
    source = known.instrumental(track.id)
    return {"instrumental": True, "source": source} if source else {}


def _released(track: Track, known: TrackFacts) -> Facts:
    said = known.released(track)
    facts: Facts = {}
    if said:
        facts |= {"released": said[0].value, "source": said[0].source}
    if len(said) > 1:
        facts |= {"released_too": said[1].value, "source_too": said[1].source}
    return facts


def _label(track: Track, known: TrackFacts) -> Facts:
    found = known.label(track.id)
    return {} if found is None else {"label": found.value, "source": found.source}


_TELLING = {"lyrics": _lyrics, "released": _released, "label": _label}
