"""A made-up catalogue whose truth is known: hidden attributes, and what files and analysis show.

Names come from `evals.generated_library`. Each track draws hidden attributes from its genre; its
file then says some of them the way files do (a wider genre, none at all, a year of the reissue),
and the analysis hears them with the errors that analysis makes (octaves of the tempo, a weak
valence). Only what is shown goes into the library.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.generated_library import hash_of, make_tracks
from evals.retrieval.genre_profiles import PROFILES, GenreProfile
from evals.retrieval.title_words import made_lyrics, made_title
from knowledge.catalog_writer import TrackDraft
from knowledge.lyrics.models import lyrics_from

Floats = NDArray[np.float32]

AXES = (
    "energy", "valence", "danceability", "acousticness", "instrumentalness", "vocals",
    "brightness", "loudness", "dynamics",
)  # fmt: skip
_CHRISTMAS = (
    "Christmas in {0}", "{0} for Christmas", "Silent Night", "Jingle Bells", "Santa's {0}",
    "Winter Wonderland of {0}", "Merry Xmas, {0}",
)  # fmt: skip
_MOOD_WORDS = {
    "calm": "Relaxed", "sad": "Sad", "happy": "Happy", "energetic": "Energetic", "dark": "Dark",
    "romantic": "Romantic", "dreamy": "Dreamy", "angry": "Aggressive", "epic": "Epic",
}  # fmt: skip
MOODS = (
    "calm", "sad", "happy", "energetic", "dark", "romantic", "dreamy", "angry", "epic", "party",
    "workout", "running", "study", "sleep", "dinner",
)  # fmt: skip
_SHOWS_GENRE, _SHOWS_WIDER, _SHOWS_YEAR, _SHOWS_MOOD, _SHOWS_LYRICS = 0.9, 0.25, 0.95, 0.12, 0.25
"""Shares of files that say so; of those with a genre, that say only a wider one."""
_REISSUED = 0.02
_WIDER = {profile.name: profile.wider for profile in PROFILES}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the file of one track says."""

    draft: TrackDraft
    genres: frozenset[str]
    """What its genre tags mean, wider genres included; empty without tags."""
    mood_tags: frozenset[str]
    lyrics: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Row i of everything is one track."""

    shown: tuple[Shown, ...]
    leaves: tuple[str, ...]
    """Hidden: the narrowest genre."""
    genres: tuple[frozenset[str], ...]
    """Hidden: the genre and all that it is a kind of."""
    artists: tuple[str, ...]
    songs: tuple[str, ...]
    years: NDArray[np.int64]
    axes: Mapping[str, Floats]
    """Hidden, 0 to 1, by the names of `AXES`."""
    bpm: Floats
    sung: NDArray[np.bool_]
    languages: tuple[str, ...]
    """"" where nobody sings."""
    voices: tuple[str, ...]
    """"female", "male" or ""."""
    instruments: tuple[frozenset[str], ...]
    themes: tuple[frozenset[str], ...]
    moods: Mapping[str, Floats]
    """How far each track is of each mood, 0 to 1, by the names of `MOODS`."""
    is_version: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.shown)

    def places(self, axis: str) -> Floats:
        """Share of the catalogue that lies below each track along an axis."""
        order = np.argsort(np.argsort(self.axes[axis], kind="stable"), kind="stable")
        return ((order + 0.5) / len(self)).astype(np.float32)


def make_catalogue(count: int, *, seed: int) -> Catalogue:
    """Make `count` tracks; the same seed gives the same ones."""
    rng = random.Random(seed)
    made = list(make_tracks(count, seed=seed))
    profiles: dict[str, tuple[GenreProfile, str, str]] = {}
    rows: list[_Track] = []
    for track in made:
        if track.artist not in profiles:
            profiles[track.artist] = _artist(track.script, rng)
        profile, language, voice = profiles[track.artist]
        rows.append(
            _track(track.draft, track.song, track.is_version, profile, language, voice, rng)
        )
    return _columns(rows, np.random.default_rng(seed), rng)


@dataclass(frozen=True, slots=True)
class _Track:
    draft: TrackDraft
    song: str
    is_version: bool
    profile: GenreProfile
    year: int
    sung: bool
    language: str
    voice: str
    instruments: frozenset[str]
    theme: str


def _artist(script: str, rng: random.Random) -> tuple[GenreProfile, str, str]:
    wanted = {"kana": ("ja",)}.get(script)
    fitting = [one for one in PROFILES if wanted is None or set(wanted) & set(one.languages)]
    profile = rng.choices(fitting, [one.share for one in fitting])[0]
    language = "ja" if script == "kana" else "ru" if script == "cyrillic" else ""
    return profile, language or rng.choice(profile.languages), rng.choice(("female", "male"))


def _track(
    draft: TrackDraft,
    song: str,
    is_version: bool,
    profile: GenreProfile,
    language: str,
    voice: str,
    rng: random.Random,
) -> _Track:
    first, last = profile.years
    year = first + (draft.year or 0) % (last - first + 1)
    sung = rng.random() >= profile.unsung
    title = made_title(language, rng) if not is_version and rng.random() < 0.85 else ""
    theme = ""
    if rng.random() < 0.012:
        theme, title = "christmas", rng.choice(_CHRISTMAS).format(song)
    elif "live" in draft.title.casefold() or (draft.album or "").startswith("Live at"):
        theme = "live"
    if title:
        song = title
    shown_title = title or draft.title
    instruments = frozenset(one for one in profile.instruments if rng.random() < 0.8)
    made = replace(draft, title=shown_title, year=year, lyrics=None)
    return _Track(
        made, song, is_version, profile, year, sung,
        language if sung else "", voice if sung else "", instruments, theme,
    )  # fmt: skip


def _columns(rows: Sequence[_Track], noise: np.random.Generator, rng: random.Random) -> Catalogue:
    count = len(rows)
    axes = _axes(rows, noise)
    bpm = np.array([noise.uniform(*row.profile.bpm) for row in rows], np.float32) * noise.normal(
        1, 0.03, count
    ).astype(np.float32)
    moods = _moods(axes, bpm, rows, noise)
    return Catalogue(
        shown=tuple(_shown(row, moods, at, rng) for at, row in enumerate(rows)),
        leaves=tuple(row.profile.name for row in rows),
        genres=tuple(frozenset((row.profile.name, *row.profile.wider)) for row in rows),
        artists=tuple(row.draft.artists[0] for row in rows),
        songs=tuple(row.song for row in rows),
        years=np.array([row.year for row in rows], np.int64),
        axes=axes,
        bpm=bpm,
        sung=np.array([row.sung for row in rows], np.bool_),
        languages=tuple(row.language for row in rows),
        voices=tuple(row.voice for row in rows),
        instruments=tuple(row.instruments for row in rows),
        themes=tuple(frozenset((row.theme,)) - {""} for row in rows),
        moods=moods,
        is_version=np.array([row.is_version for row in rows], np.bool_),
    )


def _axes(rows: Sequence[_Track], noise: np.random.Generator) -> dict[str, Floats]:
    count = len(rows)

    def around(means: Sequence[float], spread: float) -> Floats:
        return np.clip(np.array(means) + noise.normal(0, spread, count), 0, 1).astype(np.float32)

    energy = around([row.profile.energy for row in rows], 0.12)
    valence = around([row.profile.valence for row in rows], 0.18)
    sung = np.array([row.sung for row in rows])
    return {
        "energy": energy,
        "valence": valence,
        "danceability": around([row.profile.danceability for row in rows], 0.12),
        "acousticness": around([row.profile.acousticness for row in rows], 0.12),
        "instrumentalness": np.where(sung, 0.08, 0.92).astype(np.float32),
        "vocals": np.where(sung, 0.88, 0.08).astype(np.float32),
        "brightness": np.clip(0.25 + 0.5 * energy + noise.normal(0, 0.12, count), 0, 1).astype(
            np.float32
        ),
        "loudness": np.clip(0.2 + 0.7 * energy + noise.normal(0, 0.08, count), 0, 1).astype(
            np.float32
        ),
        "dynamics": np.clip(
            np.array([0.7 if "classical" in row.profile.wider else 0.4 for row in rows])
            + noise.normal(0, 0.15, count), 0, 1,
        ).astype(np.float32),
    }  # fmt: skip


def _moods(
    axes: Mapping[str, Floats], bpm: Floats, rows: Sequence[_Track], noise: np.random.Generator
) -> dict[str, Floats]:
    """Moods follow the sound, and something in the music that no axis says."""
    energy, valence = axes["energy"], axes["valence"]
    dance, acoustic = axes["danceability"], axes["acousticness"]
    unsung = axes["instrumentalness"]
    genres = [frozenset((row.profile.name, *row.profile.wider)) for row in rows]

    def of(*names: str) -> Floats:
        return np.array([bool(one & set(names)) for one in genres], np.float32)

    def degree(raw: Any) -> Floats:
        own = noise.normal(0, 0.07, len(rows))
        degrees: Floats = (1 / (1 + np.exp(-9 * (raw + own - 0.5)))).astype(np.float32)
        return degrees

    fast = np.clip((bpm - 100) / 60, 0, 1)
    return {
        "calm": degree(1.02 - 1.25 * energy),
        "sad": degree(1.15 - 0.95 * valence - 0.55 * energy),
        "happy": degree(1.15 * valence + 0.15 * energy - 0.2),
        "energetic": degree(1.2 * energy - 0.3),
        "dark": degree(1.05 - 1.3 * valence + 0.1 * (1 - dance)),
        "romantic": degree(0.2 + 0.3 * (1 - energy) + 0.35 * of("soul", "ballad", "r and b",
            "bossa nova", "vocal jazz", "chanson") + 0.1 * valence),
        "dreamy": degree(0.45 * (1 - energy) + 0.45 * of("ambient", "new age", "post rock",
            "modern classical", "trip hop", "synthwave") + 0.1),
        "angry": degree(1.1 * energy - 0.55 * valence - 0.25 * acoustic + 0.02),
        "epic": degree(0.3 * energy + 0.5 * of("orchestral", "soundtrack", "power metal", "opera")
            + 0.12),
        "party": degree(0.55 * dance + 0.3 * energy + 0.25 * valence - 0.22 - 0.1 * acoustic),
        "workout": degree(0.75 * energy + 0.35 * dance - 0.25 * acoustic - 0.18 + 0.1 * fast),
        "running": degree(0.7 * energy + 0.25 * dance + 0.25 * fast - 0.2 * acoustic - 0.2),
        "study": degree(0.5 * unsung + 0.45 * (1 - energy) - 0.2 * dance - 0.02),
        "sleep": degree(0.85 - 1.2 * energy + 0.12 * unsung + 0.05 * acoustic),
        "dinner": degree(0.35 * (1 - np.abs(energy - 0.33) * 2.2) + 0.28 * acoustic
            + 0.3 * of("jazz", "soul", "latin", "folk", "chanson") - 0.05),
    }  # fmt: skip


def _shown(row: _Track, moods: Mapping[str, Floats], at: int, rng: random.Random) -> Shown:
    draft, profile = row.draft, row.profile
    written: list[str] = []
    meant: set[str] = set()
    if rng.random() < _SHOWS_GENRE:
        if profile.wider and rng.random() < _SHOWS_WIDER:
            wide = rng.choice(profile.wider)
            written, meant = [wide.title()], {wide, *_WIDER.get(wide, ())}
        else:
            written, meant = [rng.choice(profile.tags)], {profile.name, *profile.wider}
            if (vague := written[0].lower()) in profile.wider:
                meant = {vague, *_WIDER.get(vague, ())}  # indie rock, of which a file says "Indie"
            if profile.wider and rng.random() < 0.3:
                written.append(wide := rng.choice(profile.wider).title())
                meant |= {wide.lower(), *_WIDER.get(wide.lower(), ())}
    if row.theme == "christmas" and rng.random() < 0.3:
        written.append("Christmas")
    year: int | None = row.year if rng.random() < _SHOWS_YEAR else None
    if year is not None and rng.random() < _REISSUED:
        year += rng.randint(5, 30)
    tagged: list[str] = []
    if rng.random() < _SHOWS_MOOD:
        fitting = [mood for mood in _MOOD_WORDS if moods[mood][at] > 0.7]
        tagged = rng.sample(fitting, min(len(fitting), 2))
    words = made_lyrics(row.language, rng) if row.sung and rng.random() < _SHOWS_LYRICS else ""
    shown = replace(
        draft,
        audio_hash=hash_of(f"{at}/{draft.audio_hash}"),
        genres=tuple(written),
        year=year,
        moods=tuple(_MOOD_WORDS[mood].lower() for mood in tagged),
        lyrics=lyrics_from(words, "tag") if words else None,
    )
    return Shown(shown, frozenset(meant), frozenset(tagged), words)
