"""Songs found by a line as somebody remembers it, among generated songs that share their words."""

import random
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from evals.evaluation import Cell, EvalReport, Progress, Table, each
from knowledge.catalog_writer import CatalogWriter, FileStamp, TrackDraft
from knowledge.database import Database
from knowledge.lyrics.index import LyricsIndex
from knowledge.lyrics.models import lyrics_from

TEST_SEED = 31
_SONGS, _QUICK_SONGS = 3_000, 300
_ASKED, _QUICK_ASKED = 60, 4

_WORDS = Path(__file__).parent.parent / "cases" / "song_words.toml"


@dataclass(frozen=True, slots=True)
class _Language:
    """What songs of a language are made of."""

    code: str
    words: tuple[str, ...]
    small: tuple[str, ...]
    space: str
    """What stands between words."""


@dataclass(frozen=True, slots=True)
class _Song:
    language: _Language
    lines: tuple[tuple[str, ...], ...]
    """Words of each line."""

    def line(self, words: tuple[str, ...]) -> str:
        return self.language.space.join(words)

    @property
    def text(self) -> str:
        return "\n".join(self.line(words) for words in self.lines)


def lyrics_report(*, quick: bool, progress: Progress, seed: int = TEST_SEED) -> EvalReport:
    """Measure search by a remembered line.

    Args:
        quick: fewer songs and questions.
        progress: told about each kind of question.
        seed: of the songs and of what is remembered wrongly.
    """
    rng = random.Random(seed)
    languages = _languages()
    songs = [
        _song(rng, languages[number % len(languages)])
        for number in range(_QUICK_SONGS if quick else _SONGS)
    ]
    metrics: dict[str, float] = {}
    rows: list[tuple[Cell, ...]] = []
    cost: list[float] = []
    kept_count = len(songs) - len(songs) // 10
    asked_for = 20 if quick else 300
    with tempfile.TemporaryDirectory(prefix="refrain-lyrics-") as folder:
        database = Database.at(Path(folder) / "library.db")
        try:
            began = time.process_time()
            songs_by_id = dict(_kept(database, songs[:kept_count]))
            metrics["lyrics.index_ms"] = 1000 * (time.process_time() - began) / len(songs)
            index = LyricsIndex(database)
            count = _QUICK_ASKED if quick else _ASKED
            for kind, remember in each(progress, "ask for remembered lines", list(_KINDS.items())):
                right = dict.fromkeys((language.code for language in languages), 0)
                asked = dict(right)
                for track_id in rng.sample(sorted(songs_by_id), count * len(right)):
                    song = songs_by_id[track_id]
                    words = remember(song, rng)
                    began = time.process_time()
                    found = index.find(words, limit=5)
                    cost.append(time.process_time() - began)
                    asked[song.language.code] += 1
                    right[song.language.code] += bool(found) and found[0].track_id == track_id
                metrics[f"lyrics.{kind}.p1"] = sum(right.values()) / sum(asked.values())
                shares = [right[one] / max(asked[one], 1) for one in right]
                rows.append((kind, *(round(share, 3) for share in shares)))
            strangers = [
                _best(index, _exactly(song, rng)) for song in songs[kept_count:][:asked_for]
            ]
            ours = [_best(index, _exactly(song, rng)) for song in songs[:asked_for]]
            metrics["lyrics.strangers.auc"] = _auc(ours, strangers)
        finally:
            database.close()
    metrics["lyrics.cpu_ms.p95"] = 1000 * float(np.percentile(cost, 95))
    columns = ("remembered", *(language.code for language in languages))
    return EvalReport(
        metrics=metrics,
        tables=(Table("Precision at 1 by language", columns, tuple(rows)),),
        notes=(f"{kept_count} generated songs of the same few dozen words in each language.",),
    )


def _languages() -> list[_Language]:
    said = tomllib.loads(_WORDS.read_text("utf-8"))
    return [
        _Language(
            code,
            tuple(one["words"].split()),
            tuple(one["small"].split()),
            " " if one["spaced"] else "",
        )
        for code, one in said.items()
    ]


def _song(rng: random.Random, language: _Language) -> _Song:
    lines = []
    for _ in range(rng.randint(8, 24)):
        line: list[str] = []
        for _ in range(rng.randint(3, 6)):
            if language.small and rng.random() < 0.6:
                line.append(rng.choice(language.small))
            line.append(rng.choice(language.words))
        lines.append(tuple(line))
    refrain = lines[0]
    return _Song(language, (*lines[:4], refrain, *lines[4:], refrain))


def _best(index: LyricsIndex, words: str) -> float:
    return max((one.score for one in index.find(words, limit=1)), default=0.0)


def _auc(high: Sequence[float], low: Sequence[float]) -> float:
    """How often a value of `high` is above one of `low`; a tie counts half."""
    one, other = np.array(high)[:, None], np.array(low)[None, :]
    return float(((one > other) + 0.5 * (one == other)).mean())


def _kept(database: Database, songs: list[_Song]) -> Iterator[tuple[int, _Song]]:
    drafts = [
        TrackDraft(
            audio_hash=sha256(song.text.encode()).hexdigest(),
            title=f"Song {number}",
            artists=("Singer",),
            lyrics=lyrics_from(song.text, "tag"),
            file=FileStamp(f"/music/{number}.mp3", 1, 1),
        )
        for number, song in enumerate(songs)
    ]
    written = CatalogWriter(database).add(drafts)
    return ((one.track_id, song) for one, song in zip(written, songs, strict=True))


def _exactly(song: _Song, rng: random.Random) -> str:
    return song.line(rng.choice(song.lines))


def _in_part(song: _Song, rng: random.Random) -> str:
    """All but a word at either end, of two lines that follow each other."""
    at = rng.randrange(len(song.lines) - 1)
    words = (*song.lines[at], *song.lines[at + 1])
    return song.line(words[1:-1])


def _reordered(song: _Song, rng: random.Random) -> str:
    words = list(rng.choice(song.lines))
    at = rng.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]
    return song.line(tuple(words))


def _misspelt(song: _Song, rng: random.Random) -> str:
    """Letters of the two longest words are lost or doubled; characters of Chinese are lost."""
    words = list(rng.choice(song.lines))
    for place in sorted(range(len(words)), key=lambda one: -len(words[one]))[:2]:
        word = words[place]
        at = rng.randrange(1, max(len(word), 2))
        words[place] = (
            word[:at] + word[at + 1 :] if rng.random() < 0.5 else word[:at] + word[at - 1 :]
        )
    return song.line(tuple(words))


def _with_words_lost(song: _Song, rng: random.Random) -> str:
    words = list(rng.choice(song.lines))
    del words[rng.randrange(len(words))]
    return song.line(tuple(words))


_KINDS: Mapping[str, Callable[[_Song, random.Random], str]] = {
    "exact": _exactly,
    "part": _in_part,
    "reordered": _reordered,
    "misspelt": _misspelt,
    "forgotten": _with_words_lost,
}
