"""A taste in plain sentences with counts, each with a name by which it can be corrected."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import tzinfo

import numpy as np

from knowledge.analysis.sound import AXES, Axis, Vector
from knowledge.models import TrackId
from knowledge.recommend.listening import Listening
from knowledge.recommend.moments import DAY_PARTS, moments_of
from knowledge.recommend.selection import NOBODY
from knowledge.recommend.shelf import Shelf
from knowledge.taste.rules import MOMENT, TasteRule

_FEW = 3
"""Fewer plays than this say nothing yet."""
_MOSTLY = 0.5
_EACH = 5
_OFTEN_SKIPPED = 0.5
_PARTS = dict(
    zip(DAY_PARTS, ("at night", "in the morning", "around noon", "in the afternoon",
                    "in the evening"), strict=True)
)  # fmt: skip
_HIGH, _LOW = 0.64, 0.36
_SOUNDS: Mapping[Axis, tuple[str, str]] = {
    Axis.ENERGY: ("calm", "energetic"),
    Axis.ACOUSTICNESS: ("electronic", "acoustic"),
    Axis.INSTRUMENTALNESS: ("sung", "instrumental"),
    Axis.DANCEABILITY: ("undanceable", "danceable"),
}


@dataclass(frozen=True, slots=True)
class TasteLine:
    """One thing that is known about a taste."""

    id: str
    """"rule:12" or "learned:genre:jazz": by it the line can be taken back."""
    words: str
    kind: str
    """A key of `rules.SAID`, or "learned"."""
    subject: str
    value: str
    count: int = 0
    """How many plays or tracks it rests on."""


def of_rule(rule: TasteRule, title: str, concerned: int) -> TasteLine:
    """What was said, with how much of the library it is about.

    Args:
        rule: what was said.
        title: the name of a track; otherwise unused.
        concerned: how many tracks it is about.
    """
    what = title if rule.subject in {"track", MOMENT} else f"{rule.value} ({rule.subject})"
    words = {
        "never": f"Never {what}: {_tracks(concerned)} left out.",
        "less": f"Less of {what}: {_tracks(concerned)}.",
        "more": f"More of {what}: {_tracks(concerned)}.",
        "neutral": f"Nothing is learned from listening about {what}.",
    }.get(rule.kind, f"Not now: {what}.")
    if rule.said:
        words = f"{words} You said: “{rule.said}”."
    return TasteLine(f"rule:{rule.id}", words, rule.kind, rule.subject, rule.value, concerned)


def of_listening(
    shelf: Shelf,
    listening: Listening,
    *,
    zone: tzinfo | None,
    likes_sound: Vector | None,
    ignored: Collection[tuple[str, str]],
) -> tuple[TasteLine, ...]:
    """What the log shows: genres, artists, sound, and who is skipped."""
    here = listening.where(np.isin(listening.tracks, shelf.ids))
    rows = np.searchsorted(shelf.ids, here.tracks) if len(shelf) else np.zeros(0, np.int64)
    parts, _ = moments_of(here.at, zone)
    heard = here.heard & ~here.skipped
    genres: dict[str, Counter[int]] = {}
    artists: dict[str, Counter[int]] = {}
    skipped: Counter[str] = Counter()
    played: Counter[str] = Counter()
    for place, row in enumerate(rows.tolist()):
        artist = shelf.artist_keys[row]
        if artist in NOBODY:
            artist = ""
        played[artist] += 1
        skipped[artist] += int(here.skipped[place])
        if heard[place]:
            part = int(parts[place])
            artists.setdefault(artist, Counter())[part] += 1
            for genre in shelf.genres.get(int(here.tracks[place]), ()):
                genres.setdefault(genre, Counter())[part] += 1
    names = dict(zip(shelf.artist_keys, shelf.artists, strict=True))
    for counted in (artists, played, skipped):
        counted.pop("", None)
    lines = [
        *_most("genre", genres, shelf.genre_names),
        *_most("artist", artists, names),
        *_skipped(played, skipped, names),
        *_sounds(likes_sound, int(heard.sum())),
    ]
    return tuple(line for line in lines if tuple(line.id.split(":", 2)[1:]) not in ignored)


def _most(
    subject: str, counted: Mapping[str, Counter[int]], names: Mapping[str, str]
) -> list[TasteLine]:
    ranked = sorted(counted.items(), key=lambda each: (-each[1].total(), each[0]))
    lines = []
    for key, by_part in ranked[:_EACH]:
        total = by_part.total()
        if total < _FEW:
            break
        part, most = by_part.most_common(1)[0]
        mostly = f", mostly {_PARTS[DAY_PARTS[part]]}" if most / total >= _MOSTLY else ""
        name = names.get(key, key)
        what = f"{name} music" if subject == "genre" else name
        words = f"You played {what} {total} times{mostly}."
        lines.append(TasteLine(f"learned:{subject}:{key}", words, "learned", subject, name, total))
    return lines


def _skipped(
    played: Counter[str], skipped: Counter[str], names: Mapping[str, str]
) -> list[TasteLine]:
    often = [
        (count, key)
        for key, count in skipped.items()
        if count >= _FEW and count / played[key] >= _OFTEN_SKIPPED
    ]
    return [
        TasteLine(
            f"learned:artist:{key}",
            f"You skipped {names[key]} {count} of {played[key]} times.",
            "learned",
            "artist",
            names[key],
            count,
        )
        for count, key in sorted(often, reverse=True)[:_EACH]
    ]


def _sounds(centre: Vector | None, count: int) -> list[TasteLine]:
    if centre is None:
        return []
    words = [
        high if centre[AXES.index(axis)] > _HIGH else low
        for axis, (low, high) in _SOUNDS.items()
        if not _LOW <= centre[AXES.index(axis)] <= _HIGH
    ]
    if not words:
        return []
    said = f"Compared with the rest of the library you play {' and '.join(words)} music."
    return [TasteLine("learned:sound:", said, "learned", "sound", " ".join(words), count)]


def titles_of(shelf: Shelf, track_id: TrackId) -> str:
    """Name a track for a sentence, also one that left the library."""
    row = shelf.row(track_id)
    return f"track {track_id}" if row is None else f"“{shelf.titles[row]}” by {shelf.artists[row]}"


def _tracks(count: int) -> str:
    return "1 track" if count == 1 else f"{count} tracks"
