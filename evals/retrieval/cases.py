"""Requests with what they truly mean, and the right answers to them in a catalogue."""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from knowledge.analysis.sound import Axis
from knowledge.models import TrackId
from knowledge.wish import MusicWish

CASES = Path(__file__).parents[1] / "cases"
LANGUAGES = ("en", "de", "es", "fr", "it", "pt", "ja", "zh", "nl", "pl", "sv", "hi")
_TUPLES = (
    "genres", "moods", "instruments", "artists", "titles", "albums", "not_genres", "not_moods",
    "not_instruments", "not_artists", "not_words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """One request. Names in braces stand for names of the catalogue: "songs by {artist}"."""

    id: str
    language: str
    kind: str
    """"genre", "mood", "activity", "tempo", "years", "negation", "vocal", "language",
    "instrument", "artist", "sound", "mixed", "title", "lyrics" or "like"."""
    said: str
    wish: MusicWish
    """What it truly means, written by hand."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Filled in: {"artist": "Nina Hart"}."""

    def named(self, names: Mapping[str, str], like: Sequence[TrackId] = ()) -> "Request":
        """The same with names of the catalogue in place of the braces."""
        said, wish = self.said, self.wish
        for slot, name in names.items():
            said = said.replace(f"{{{slot}}}", name)
        fields: dict[str, Any] = {
            each: tuple(_filled(one, names) for one in getattr(wish, each)) for each in _TUPLES
        }
        free, lyrics = _filled(wish.free, names), _filled(wish.lyrics, names)
        wish = replace(wish, **fields, free=free, lyrics=lyrics, like=tuple(like), text=said)
        return replace(self, said=said, wish=wish, names=names)

    @property
    def slots(self) -> tuple[str, ...]:
        """Which names are missing."""
        return tuple(slot for slot in _SLOTS if f"{{{slot}}}" in self.said)


_SLOTS = ("artist", "title", "album", "lyrics")


def _filled(text: str, names: Mapping[str, str]) -> str:
    for slot, name in names.items():
        text = text.replace(f"{{{slot}}}", name)
    return text


def read_requests(part: str, folder: Path = CASES) -> tuple[Request, ...]:
    """Read the requests of "dev" or "test"."""
    lines = (folder / f"retrieval_{part}.jsonl").read_text("utf-8").splitlines()
    return tuple(request_of(json.loads(line)) for line in lines if line.strip())


def request_of(record: Mapping[str, Any]) -> Request:
    """Read one line."""
    wish = dict(record["wish"])
    for name in _TUPLES:
        if name in wish:
            wish[name] = tuple(wish[name])
    for name in ("years", "tempo_bpm"):
        if name in wish:
            wish[name] = (float(wish[name][0]), float(wish[name][1]))
    if "axes" in wish:
        wish["axes"] = {Axis(name): tuple(span) for name, span in wish["axes"].items()}
    language = record["lang"]
    said = record["said"]
    return Request(
        record["id"],
        language,
        record["kind"],
        said,
        MusicWish(text=said, said_in=language, **wish),
    )


def of_languages(requests: Iterable[Request], languages: Sequence[str]) -> tuple[Request, ...]:
    """Those in some languages."""
    return tuple(one for one in requests if one.language in languages)


_MOODS = ("calm", "sad", "happy", "energetic", "dark", "romantic", "dreamy")
_GENRES = (
    "jazz", "rock", "metal", "soul", "funk", "electronic", "house", "techno", "ambient",
    "classical", "folk", "country", "blues", "hip hop", "reggae", "latin", "pop",
    "punk", "disco", "indie",
)  # fmt: skip


def made_requests(count: int, *, seed: int) -> tuple[Request, ...]:
    """Requests put together by chance, in plain English: more at once than people mostly say."""
    rng = random.Random(seed)
    made = []
    for number in range(count):
        words: list[str] = []
        wish: dict[str, Any] = {}
        if rng.random() < 0.6:
            wish["moods"] = (rng.choice(_MOODS),)
            words.append(wish["moods"][0])
        genre = rng.choice(_GENRES)
        if rng.random() < 0.8 or not words:
            wish["genres"] = (genre,)
            words.append(genre)
        words.append(rng.choice(("music", "songs", "tracks", "tunes")))
        if rng.random() < 0.45:
            decade = rng.choice((1960, 1970, 1980, 1990, 2000, 2010))
            wish["years"] = (float(decade), float(decade + 9))
            words.append(f"from the {decade if decade >= 2000 else decade % 100}s")
        if rng.random() < 0.25:
            wish["vocal"] = False
            words.append(rng.choice(("without vocals", "with no singing", "no vocals")))
        if rng.random() < 0.2:
            bpm = rng.choice((90, 100, 120, 128, 140))
            wish["tempo_bpm"] = (bpm * 0.96, bpm * 1.04)
            words.append(f"around {bpm} bpm")
        other = rng.choice([one for one in _GENRES if one != genre])
        if rng.random() < 0.3 and len(words) < 7:
            wish["not_genres"] = (other,)
            words.append(rng.choice((f"but no {other}", f"but not {other}")))
        said = " ".join(words)
        made.append(Request(f"made-{seed}-{number}", "en", "made", said, MusicWish(said, **wish)))
    return tuple(made)
