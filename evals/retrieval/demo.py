"""The demo library as a catalogue: its facts are the truth, its tags are what is shown."""

import hashlib

import numpy as np

from evals.retrieval.catalogue import MOODS, Catalogue, Floats, Shown
from knowledge.catalog_writer import TrackDraft
from knowledge.demo.albums import ALBUMS
from knowledge.demo.discography import Placed, placed

_GENRES = {
    "Classical": ("classical",), "Folk": ("folk",), "Jazz": ("jazz",), "Reggae": ("reggae",),
    "Bossa Nova": ("bossa nova", "latin", "jazz"), "Soul": ("soul",), "Rock": ("rock",),
    "Chiptune": ("chiptune", "electronic"), "Electronic": ("electronic",),
    "Lo-fi": ("lo fi", "hip hop"), "Ambient": ("ambient", "electronic"),
    "Lullaby": ("children's music",), "Klezmer": ("klezmer", "folk"),
    "Dixieland": ("dixieland", "jazz"), "Ragtime": ("dixieland", "jazz"),
}  # fmt: skip
_MEANS = {
    "calm": ("calm", "peaceful", "relaxed"), "sad": ("sad", "melancholic"),
    "happy": ("happy", "playful"), "energetic": ("energetic", "driving"), "dark": ("dark",),
    "romantic": ("romantic",), "dreamy": ("dreamy",), "angry": ("angry",), "party": ("party",),
    "study": ("focus",), "sleep": ("sleepy",),
}  # fmt: skip


def demo_catalogue() -> Catalogue:
    """The recordings of the demo library, without their sound."""
    recordings = list(placed(ALBUMS))
    energy = np.array([one.recording.energy for one in recordings], np.float32)
    moods = {mood: _degree(mood, recordings, energy) for mood in MOODS}
    bright = moods["happy"] - 0.8 * np.maximum(moods["sad"], moods["dark"])
    ones = np.ones(len(recordings), np.float32)
    acoustic = np.array(
        [0.1 if {"electronic", "rock"} & set(_genres(one)) else 0.8 for one in recordings],
        np.float32,
    )
    return Catalogue(
        shown=tuple(_shown(one) for one in recordings),
        leaves=tuple(_genres(one)[0] for one in recordings),
        genres=tuple(frozenset(_genres(one)) for one in recordings),
        artists=tuple(one.artists[0] for one in recordings),
        songs=tuple(one.recording.title for one in recordings),
        years=np.array([one.album.year for one in recordings], np.int64),
        axes={
            "energy": energy,
            "valence": np.clip(0.5 + 0.4 * bright, 0, 1).astype(np.float32),
            "danceability": np.clip(0.2 + 0.6 * energy, 0, 1).astype(np.float32),
            "acousticness": acoustic,
            "instrumentalness": 0.92 * ones,
            "vocals": 0.08 * ones,
            "brightness": np.clip(0.25 + 0.5 * energy, 0, 1).astype(np.float32),
            "loudness": np.clip(0.3 + 0.6 * energy, 0, 1).astype(np.float32),
            "dynamics": 0.5 * ones,
        },
        bpm=np.array([one.recording.tempo_bpm for one in recordings], np.float32),
        sung=np.zeros(len(recordings), np.bool_),
        languages=("",) * len(recordings),
        voices=("",) * len(recordings),
        instruments=(frozenset[str](),) * len(recordings),
        themes=(frozenset[str](),) * len(recordings),
        moods=moods,
        is_version=np.array(["(" in one.recording.title for one in recordings], np.bool_),
    )


def _genres(one: Placed) -> tuple[str, ...]:
    return _GENRES.get(one.genre, (one.genre.casefold(),))


def _degree(mood: str, recordings: list[Placed], energy: Floats) -> Floats:
    """1 where the facts name the mood; of moods they never name, what the energy says."""
    words = set(_MEANS.get(mood, ()))
    named: Floats = np.array(
        [bool(words & set(one.recording.moods)) for one in recordings], np.float32
    )
    if mood == "sleep":
        named = np.maximum(named, np.clip(1.15 - 2.2 * energy, 0, 1)).astype(np.float32)
    if mood in ("workout", "running"):
        named = np.clip(1.4 * energy - 0.3, 0, 1).astype(np.float32)
    return named


def _shown(one: Placed) -> Shown:
    name = f"{one.file}"
    draft = TrackDraft(
        audio_hash=hashlib.sha256(name.encode()).hexdigest(),
        title=one.recording.title,
        artists=one.artists,
        album=one.album.title,
        album_artist=one.album.artist,
        track_no=one.track_no,
        year=one.album.year,
        genres=(one.genre,),
        duration_s=60.0,
    )
    return Shown(draft, frozenset(_genres(one)), frozenset(), "")
