"""Finds "the one that goes ...": a line of a song, from words as somebody remembers them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, select, text

from knowledge.database import Database
from knowledge.lyrics.lrc import LyricLine, parse_lyrics
from knowledge.lyrics.models import FoundLine, Lyrics
from knowledge.lyrics.rows import has_index, indexed
from knowledge.lyrics.words import MAX_WORDS, is_character, words_of
from knowledge.models import TrackId
from knowledge.schema import lyrics, tracks

_CANDIDATES = 60
_LOOKED_THROUGH = 2_000
"""Lyrics that a database without an index looks through."""
_WINDOW = 3
"""Lines that a remembered sentence may run over."""
_COMPARED = 30
"""Candidates that are compared word by word."""
_PLACES = 4
_ORDERED = 3
"""Stretches of a song whose order of words is compared."""
_LONGER = 0.02
"""What each further line costs: the shortest stretch that says it all is meant."""
_LONG = 6
_ALIKE = 80.0
"""From this likeness on two words are the same one, misspelt or inflected."""
_SMALL_WORDS = """
a an and the of to in on at it is i im you me my your we he she they oh yeah la na ooh that
de el le les un une y et que en der die das und ich du o e os as no
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_MATCHING = text(
    "SELECT s.rowid AS id, s.words AS words FROM lyrics_search s JOIN tracks t ON t.id = s.rowid "
    "WHERE lyrics_search MATCH :query AND t.missing_since IS NULL "
    "ORDER BY bm25(lyrics_search) LIMIT :most"
)


class LyricsIndex:
    """The lyrics of the library. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, track_id: TrackId) -> Lyrics | None:
        """The words of one recording, when there are any."""
        with self._database.read() as connection:
            row = connection.execute(select(lyrics).where(lyrics.c.track_id == track_id)).first()
        return None if row is None else Lyrics(row.text, bool(row.synced), row.language, row.source)

    def find(self, words: str, *, limit: int = 10, least: float = 0.5) -> tuple[FoundLine, ...]:
        """Songs with a line like `words`, the likest first, one line for each song.

        The words may be in another order, misspelt, and of any script; they may run over a few
        lines.

        Args:
            words: as somebody remembers them.
            limit: songs at most.
            least: lines with a lower score are not returned.
        """
        wanted = words_of(words[:1_000])[:MAX_WORDS]
        if not wanted:
            return ()
        with self._database.read() as connection:
            found_words = self._candidates(connection, wanted)
            likely = sorted(
                (_Song(track_id, words, wanted) for track_id, words in found_words),
                key=lambda song: (not song.holds_all, -song.most_shared),
            )[:_COMPARED]
            best = sorted(
                ((*song.best_line(wanted), song.track_id) for song in likely),
                key=lambda one: (-one[0], one[2]),
            )
            kept = [one for one in best if one[0] >= least][:limit]
            shown = _lines(connection, [track_id for _, _, track_id in kept])
        found = []
        for score, place, track_id in kept:
            lines = shown.get(track_id, ())
            if place < len(lines):
                line = lines[place]
                found.append(FoundLine(track_id, line.text, round(score, 4), line.start_s))
        return tuple(found)

    def _candidates(
        self, connection: Connection, wanted: Sequence[str]
    ) -> list[tuple[TrackId, str]]:
        if has_index(connection):
            found: dict[TrackId, str] = {}
            for query in _queries(wanted):
                rows = connection.execute(_MATCHING, {"query": query, "most": _CANDIDATES})
                found.update({row.id: row.words for row in rows})
                if len(found) >= _CANDIDATES:
                    break
            return list(found.items())
        rarest = max((one for one in wanted), key=len)
        rows = connection.execute(
            select(lyrics.c.track_id, lyrics.c.text)
            .join(tracks, tracks.c.id == lyrics.c.track_id)
            .where(tracks.c.missing_since.is_(None), lyrics.c.text.icontains(rarest))
            .limit(_LOOKED_THROUGH)
        )
        return [(row.track_id, indexed(row.text)) for row in rows]


def _queries(wanted: Sequence[str]) -> Iterable[str]:
    """Questions for the full-text index: first what stands together, then single words."""
    if len(wanted) > 2:
        yield f'"{" ".join(wanted)}"'  # as it is sung: else lost among lines of the same words
    pairs = dict.fromkeys(pairwise(wanted))
    telling = [
        word for word in dict.fromkeys(wanted) if not is_character(word) and word not in _SMALL
    ]
    single = [f'"{word}"' for word in telling if len(word) > 2]
    together = [f'"{one} {two}"' for one, two in pairs if not (one in _SMALL and two in _SMALL)]
    if together or single:
        yield " OR ".join([*together, *single])
    begun = [f'"{word[: max(4, len(word) - 3)]}"*' for word in telling if len(word) >= _LONG]
    if begun:
        yield " OR ".join(begun)
    if not (together or single):
        yield " OR ".join(f'"{word}"' for word in dict.fromkeys(wanted))


class _Song:
    """The words of one song beside those that were asked for."""

    def __init__(self, track_id: TrackId, words: str, wanted: Sequence[str]) -> None:
        self.track_id = track_id
        self._lines = [line.split() for line in words.split("\n")]
        self._asked = frozenset(wanted)
        self.holds_all = " ".join(wanted) in " ".join(words.split())
        """Whether the question is sung as it was asked."""
        shared = [len(self._asked.intersection(line)) for line in self._lines]
        sums = [sum(shared[at : at + _WINDOW]) for at in range(len(shared))]
        self._order = sorted(range(len(sums)), key=lambda at: (-sums[at], at))[:_PLACES]
        self.most_shared = max(sums, default=0)
        """Words of the question in the stretch that has most of them; a word may count twice."""

    def best_line(self, wanted: Sequence[str]) -> tuple[float, int]:
        """How like the likest place is, and the line of it that says most."""
        places = {
            (at + skipped, length)
            for at in self._order
            for length in range(1, _WINDOW + 1)
            for skipped in range(_WINDOW - length + 1)
        }
        stretches = [
            (at, length, [word for line in self._lines[at : at + length] for word in line])
            for at, length in sorted(places)
        ]
        said = sorted(
            (
                (_said(wanted, words) - _LONGER * length, -at, length, words)
                for at, length, words in stretches
            ),
            reverse=True,
        )[:_ORDERED]
        best = (0.0, 0)
        for share, at, length, words in said:
            score = 0.5 * (share + _LONGER * length) + 0.5 * _ordered(wanted, words)
            score -= _LONGER * (length - 1)
            if score > best[0]:
                best = (score, _first_said(self._asked, self._lines, -at, length))
        return best


def _first_said(asked: frozenset[str], lines: list[list[str]], at: int, length: int) -> int:
    """The line of a stretch that says most of what was asked; the earlier one of equals."""
    return max(
        range(at, min(at + length, len(lines))),
        key=lambda one: (len(asked & set(lines[one])), -one),
    )


def _said(wanted: Sequence[str], stretch: Sequence[str]) -> float:
    """How many of the words are there, 0 to 1; misspelt ones count in part, small ones less."""
    there = frozenset(stretch)
    weight = said = 0.0
    for word in wanted:
        worth = 0.4 if word in _SMALL else 1.0
        weight += worth
        if word in there:
            said += worth
        elif len(word) > 3:
            likest = process.extractOne(word, there, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            said += 0.0 if likest is None else worth * likest[1] / 100
    return said / weight


def _ordered(wanted: Sequence[str], stretch: Sequence[str]) -> float:
    """How much the order agrees, 0 to 1."""
    question, sung = " ".join(wanted), " ".join(stretch)
    # A short line inside a long question says little: only what is asked may be a part.
    compare = fuzz.partial_ratio if len(question) <= len(sung) else fuzz.ratio
    return float(compare(question, sung)) / 100


def _lines(
    connection: Connection, track_ids: Sequence[TrackId]
) -> dict[TrackId, tuple[LyricLine, ...]]:
    rows = connection.execute(
        select(lyrics.c.track_id, lyrics.c.text).where(lyrics.c.track_id.in_(track_ids))
    )
    return {row.track_id: parse_lyrics(row.text) for row in rows}
