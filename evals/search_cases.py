"""Hand-written searches over a small library of well-known names, and what must come of them."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.catalog_writer import TrackDraft
from knowledge.models import Album, Artist, Track
from knowledge.search import KINDS, MusicItem, SearchHit, SearchQuery, SearchResult

CASES = Path(__file__).parent / "cases"
_NAMED_IN_FIELDS = ("title", "artist", "album", "genre", "year_from", "year_to", "mood")


@dataclass(frozen=True, slots=True)
class SearchCase:
    """One line of `cases/search.jsonl`."""

    id: str
    query: SearchQuery
    said: str
    """The query as one line, for reports."""
    expected: dict[str, Any]

    def failures(self, result: SearchResult) -> tuple[str, ...]:
        """Say what is wrong with `result`; empty when it is right."""
        return tuple(_failures(self.expected, result))


def read_cases(path: Path = CASES / "search.jsonl") -> tuple[SearchCase, ...]:
    """Read the cases."""
    return tuple(_case(json.loads(line)) for line in path.read_text("utf-8").splitlines())


def famous_library(path: Path = CASES / "search_library.jsonl") -> Iterator[TrackDraft]:
    """Yield the tracks that the cases are about: real titles, no audio."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        for place, title in enumerate(record["titles"], 1):
            name = f"{record['artist']}/{record['album']}/{title}"
            yield TrackDraft(
                audio_hash=hashlib.sha256(name.encode()).hexdigest(),
                title=title,
                artists=(record["artist"],),
                album=record["album"],
                track_no=place,
                year=record["year"],
                genres=tuple(record["genres"]),
                duration_s=200.0,
            )


def _case(record: dict[str, Any]) -> SearchCase:
    query = dict(record.pop("query"))
    said = " ".join(str(value) for value in query.values())
    kinds = frozenset({record["kind"]}) if query.keys() & {"genre"} else KINDS
    return SearchCase(record.pop("id"), SearchQuery(**query, kinds=kinds), said, record)


def _failures(expected: dict[str, Any], result: SearchResult) -> Iterator[str]:
    if expected.get("nothing"):
        yield from _nothing_failures(expected, result)
    elif not result.hits:
        yield "found nothing"
    else:
        yield from _first_failures(expected, result.hits)
        yield from _list_failures(expected, result.hits)


def _nothing_failures(expected: dict[str, Any], result: SearchResult) -> Iterator[str]:
    if result.hits:
        yield f"found {_name(result.hits[0].item)}, should find nothing"
    offered = [_name(hit.item)[:2] for hit in result.nearest]
    if "nearest" in expected and tuple(expected["nearest"]) not in offered:
        yield f"does not offer {expected['nearest'][1]}"


def _list_failures(expected: dict[str, Any], hits: Sequence[SearchHit]) -> Iterator[str]:
    for wrong in expected.get("never", ()):
        if any(_name(hit.item) == tuple(wrong) for hit in hits):
            yield f"found {wrong[1]}, which is something else"
    if (artist := expected.get("only_artist")) is not None:
        strangers = [hit for hit in hits if artist not in _artists(hit.item)]
        if strangers:
            yield f"found {_name(strangers[0].item)}, which is not by {artist}"
    tracks = [hit.item for hit in hits if isinstance(hit.item, Track)]
    if (genre := expected.get("only_genre")) and not all(genre in t.genres for t in tracks[:3]):
        yield f"the first tracks are not all {genre}"
    if (year := expected.get("only_year")) and any(t.year != year for t in tracks):
        yield f"a track is not of {year}"
    if (kind := expected.get("kind")) and _name(hits[0].item)[0] != kind:
        yield f"the first hit is not {kind}"


def _first_failures(expected: dict[str, Any], hits: Sequence[SearchHit]) -> Iterator[str]:
    if "first" not in expected:
        return
    wanted = tuple(expected["first"])
    places = [place for place, hit in enumerate(hits) if _name(hit.item) == wanted]
    if not places or places[0] >= expected.get("within", 1):
        shown = "; ".join(" / ".join(_name(hit.item)) for hit in hits[:3])
        yield f"{wanted[1]} is not first but {shown}"
        return
    hit = hits[places[0]]
    if expected.get("exact") and not hit.exact:
        yield f"{wanted[1]} is found, but not as exact"
    album = expected.get("album")
    if album and not (isinstance(hit.item, Track) and hit.item.album == album):
        yield f"{wanted[1]} is found, but not the one on {album}"


def _name(item: MusicItem) -> tuple[str, ...]:
    if isinstance(item, Artist):
        return ("artist", item.name)
    if isinstance(item, Album):
        return ("album", item.title, item.artist)
    return ("track", item.title, item.artist)


def _artists(item: MusicItem) -> tuple[str, ...]:
    if isinstance(item, Artist):
        return (item.name,)
    return (item.artist,) if isinstance(item, Album) else item.artists
