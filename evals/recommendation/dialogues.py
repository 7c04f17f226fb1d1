"""Dialogues in which tracks are shown, liked and rejected (CPCD), as rows of numbers."""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from evals.recommendation.raters import RaterWords
from knowledge.folding import fold
from knowledge.recommend.learning.skipping import RunningRate

_PRIOR = 0.22
_ODD = re.compile(
    r"\b(?:karaoke|tribute|cover|live|remix|instrumental|lullaby|version|edit|mix|remaster|"
    r"acoustic|workout|kids|piano)\b"
)
_NO = frozenset(
    [
        "not",
        "no",
        "dont",
        "don",
        "less",
        "without",
        "remove",
        "hate",
        "dislike",
        "stop",
        "never",
        "isn",
        "didnt",
        "wasn",
        "but",
        "instead",
        "however",
        "different",
        "change",
        "else",
        "other",
        "wrong",
    ]
)
_YES = frozenset(
    "great love perfect good awesome like thanks thank nice amazing more cool excellent".split()  # noqa: SIM905
)
FEATURES = (
    "base", "shown_before", "last_turn", "last_turns", "turns_with_rejects", "turn", "shown_now",
    "queries", "found_by", "found_by_first", "found_with", "results", "query_artist",
    "query_title", "title_query", "query_release", "said_artist", "said_title", "ever_artist",
    "ever_title", "words", "no_words", "yes_words", "reply_words", "reply_no_words",
    "artist_liked", "artist_rejected", "release_liked", "release_rejected", "artist_now",
    "artists_now", "title_now", "odd_title", "odd_release", "title_words", "artists", "bracket",
    "query_rejected", "query_count", "title_before", "track_before", "artist_rate",
    "artist_count", "track_rate", "track_count", "near_liked", "near_rejected", "rater",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A track that was shown."""

    id: str
    title: str
    artist: str
    artists: int
    release: str


@dataclass(frozen=True, slots=True)
class Turn:
    words: tuple[str, ...]
    """Of the user."""
    reply: tuple[str, ...]
    queries: tuple[tuple[str, ...], ...]
    results: tuple[frozenset[str], ...]
    shown: tuple[tuple[Shown, bool], ...]
    """Each with whether it was rejected. The order carries no meaning."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    id: str
    turns: tuple[Turn, ...]

    def outcomes(self) -> Iterator[tuple[Shown, bool]]:
        for turn in self.turns:
            yield from turn.shown


def read_dialogues(folder: Path) -> tuple[Dialogue, ...]:
    """The 450 dialogues of the development set."""
    found = []
    for name in ("dev.train.v0", "dev.val.v0"):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            found += [_dialogue(json.loads(line)) for line in file]
    return tuple(found)


def _dialogue(said: Mapping[str, Any]) -> Dialogue:
    tracks = {key: _shown(key, facts) for key, facts in said["tracks"].items()}
    turns = []
    for turn in said["turns"]:
        shown = [(tracks.get(i) or _shown(i, {}), False) for i in turn["liked_results"]]
        shown += [(tracks.get(i) or _shown(i, {}), True) for i in turn["disliked_results"]]
        turns.append(
            Turn(
                tuple(fold(turn["user_query"]).split()),
                tuple(fold(turn["system_response"]).split()),
                tuple(tuple(fold(query).split()) for query in turn["search_queries"]),
                tuple(frozenset(results) for results in turn["search_results"]),
                tuple(shown),
            )
        )
    return Dialogue(said["id"], tuple(turns))


def _shown(key: str, facts: Mapping[str, Any]) -> Shown:
    artists = facts.get("track_artists") or [""]
    title = str(facts.get("track_titles") or "")
    release = str(facts.get("track_release_titles") or "")
    return Shown(key, title, fold(artists[0]), len(artists), fold(release))


@dataclass(slots=True)
class Past:
    """What other dialogues say of artists and tracks; one's own never counts."""

    artist_liked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    artist_rejected: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    track_liked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    track_rejected: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, dialogues: Sequence[Dialogue]) -> "Past":
        past = cls()
        for dialogue in dialogues:
            for shown, rejected in dialogue.outcomes():
                artists = past.artist_rejected if rejected else past.artist_liked
                tracks = past.track_rejected if rejected else past.track_liked
                artists[shown.artist].add(dialogue.id)
                tracks[shown.id].add(dialogue.id)
        return past

    def rates(self, me: str, shown: Shown) -> tuple[float, float, float, float]:
        """Rate and count of the artist, then of the track."""
        liked = len(self.artist_liked.get(shown.artist, set()) - {me})
        rejected = len(self.artist_rejected.get(shown.artist, set()) - {me})
        kept = len(self.track_liked.get(shown.id, set()) - {me})
        gone = len(self.track_rejected.get(shown.id, set()) - {me})
        return (
            (rejected + 4 * _PRIOR) / (liked + rejected + 4),
            float(liked + rejected),
            (gone + 3 * _PRIOR) / (kept + gone + 3),
            float(kept + gone),
        )

    def nearness(self, me: str, artist: str, others: Counter[str]) -> float:
        """How often the artist is liked in the same dialogues as these, 0 to some."""
        mine = self.artist_liked.get(artist, set())
        total = 0.0
        for other, count in others.items():
            if other != artist:
                theirs = self.artist_liked.get(other, set())
                together = len((mine & theirs) - {me})
                total += together / ((len(mine) + 1) * (len(theirs) + 1)) ** 0.5 * min(count, 3)
        return total / max(sum(others.values()), 1)


class DialogueRows:
    """Features of each shown track, from what was known before it was judged."""

    def __init__(self, training: Sequence[Dialogue]) -> None:
        self._past = Past.of(training)
        rates = [_rate(dialogue) for dialogue in training]
        texts = [_words(dialogue.turns) for dialogue in training]
        self._raters = RaterWords([one.id for one in training], texts, np.array(rates))

    def of(self, dialogue: Dialogue) -> tuple[list[tuple[float, ...]], list[bool]]:
        """One row for each shown track, and whether it was rejected."""
        seen, rows, rejected = _Seen(), [], []
        for number, turn in enumerate(dialogue.turns):
            rater = self._raters.rate(dialogue.id, _words(dialogue.turns[: number + 1]))
            for shown, gone in turn.shown:
                past = (
                    *self._past.rates(dialogue.id, shown),
                    self._past.nearness(dialogue.id, shown.artist, seen.liked),
                    self._past.nearness(dialogue.id, shown.artist, seen.gone),
                    rater,
                )
                rows.append((*seen.features(number, turn, shown), *past))
                rejected.append(gone)
            seen.see(turn)
        return rows, rejected


def _words(turns: Sequence[Turn]) -> tuple[str, ...]:
    return tuple(word for turn in turns for word in turn.words)


def _rate(dialogue: Dialogue) -> float:
    judged = [rejected for _, rejected in dialogue.outcomes()]
    return sum(judged) / max(len(judged), 1)


class _Seen:
    """A dialogue so far."""

    def __init__(self) -> None:
        self.base = RunningRate(_PRIOR, 3.0)
        self.liked: Counter[str] = Counter()
        self.gone: Counter[str] = Counter()
        self._count = 0
        self._shares: list[float] = []
        self._releases: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
        self._tracks: Counter[str] = Counter()
        self._titles: Counter[str] = Counter()
        self._queries: Counter[tuple[str, ...]] = Counter()
        self._bad_queries: Counter[tuple[str, ...]] = Counter()
        self._said: list[str] = []

    def features(self, number: int, turn: Turn, shown: Shown) -> tuple[float, ...]:
        """What is known of a shown track before it is judged; see `FEATURES`."""
        shares, unknown = self._shares, float("nan")
        title = fold(shown.title).split()
        artist, release = shown.artist.split(), shown.release.split()
        found = [i for i, results in enumerate(turn.results) if shown.id in results]
        queries = [turn.queries[i] for i in found if i < len(turn.queries)]
        together = [sum(one.id in turn.results[i] for one, _ in turn.shown) for i in found]
        now = [one for one, _ in turn.shown]
        said = [*self._said, *turn.words]
        return (
            self.base.value,
            self._count,
            shares[-1] if shares else unknown,
            sum(shares[-3:]) / len(shares[-3:]) if shares else unknown,
            sum(share > 0 for share in shares) / max(len(shares), 1),
            number,
            len(now),
            len(turn.queries),
            len(found),
            found[0] if found else -1,
            max(together, default=0),
            min((len(turn.results[i]) for i in found), default=0),
            max((_overlap(query, artist) for query in queries), default=0.0),
            max((_overlap(query, title) for query in queries), default=0.0),
            max((_overlap((*artist, *title), query) for query in queries), default=0.0),
            max((_overlap(query, release) for query in queries), default=0.0),
            _overlap(turn.words, artist),
            _overlap(turn.words, title),
            _overlap(said, artist),
            _overlap(said, title),
            len(turn.words),
            len(_NO.intersection(turn.words)),
            len(_YES.intersection(turn.words)),
            len(turn.reply),
            len(_NO.intersection(turn.reply)),
            self.liked[shown.artist],
            self.gone[shown.artist],
            self._releases[False][shown.release],
            self._releases[True][shown.release],
            sum(one.artist == shown.artist for one in now),
            len({one.artist for one in now}),
            sum(_plain(one) == _plain(shown) for one in now),
            bool(_ODD.search(" ".join(title))),
            bool(_ODD.search(shown.release)),
            len(title),
            shown.artists,
            "(" in shown.title,
            max((self._bad_queries[q] / (self._queries[q] + 1) for q in queries), default=0.0),
            max((self._queries[q] for q in queries), default=0),
            self._titles[_plain(shown)],
            self._tracks[shown.id],
        )

    def see(self, turn: Turn) -> None:
        """Count a turn whose tracks are judged."""
        for shown, rejected in turn.shown:
            self.base.see(rejected)
            self._count += 1
            (self.gone if rejected else self.liked)[shown.artist] += 1
            self._releases[rejected][shown.release] += 1
            self._tracks[shown.id] += 1
            self._titles[_plain(shown)] += 1
            for query, results in zip(turn.queries, turn.results, strict=False):
                if shown.id in results:
                    self._queries[query] += 1
                    self._bad_queries[query] += rejected
        self._said += turn.words
        if turn.shown:
            self._shares.append(sum(gone for _, gone in turn.shown) / len(turn.shown))


def _plain(shown: Shown) -> str:
    return fold(shown.title.split("(")[0])


def _overlap(words: Sequence[str], name: Sequence[str]) -> float:
    """How much of a name the words hold, 0 to 1."""
    return len(set(words) & set(name)) / max(len(set(name)), 1)
