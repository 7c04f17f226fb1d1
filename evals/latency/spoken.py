"""What is said while the clock runs, and the library that it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame

from evals.hearing.names import Name, names_of
from evals.hearing.voices import Voice, spoken
from knowledge.catalog_writer import CatalogWriter, TrackDraft
from knowledge.database import Database
from knowledge.folding import fold
from knowledge.indexer import Indexer
from server.settings import Settings
from voice.audio import Samples

_ASKED = (
    ("Queen", "Under Pressure", "Play {title} by {artist}."),
    ("Louis Armstrong", "What a Wonderful World", "Play {title} by {artist}."),
    ("Radiohead", "Karma Police", "Play {title}."),
    ("Stevie Wonder", "Superstition", "Play the song {title} by {artist}."),
    ("Johnny Cash", "Ring of Fire", "Play {title} by {artist}."),
    ("Dolly Parton", "Jolene", "Play {artist}."),
    ("Aretha Franklin", "Respect", "Play {title} by {artist}."),
    ("Leonard Cohen", "Suzanne", "Play {artist}."),
)
_STEERING = (
    "Pause.",
    "Next song.",
    "Set the volume to forty percent.",
    "Resume.",
    "Turn the volume up.",
    "Skip this song.",
    "Previous song.",
    "Mute.",
)
"""Both systems know these; Home Assistant's sentences were looked at so that it does."""
_VOICES = (
    Voice("hibari"),
    Voice("piper"),
    Voice("hibari", "", 1.1, -2.5),
    Voice("espeak", "en-us"),
)
LONG_ANSWER = "What can you do?"
"""Our answer to this takes several seconds to speak."""
INTERRUPTIONS = ("Stop. Play Jolene by Dolly Parton.", "No, wait, play Queen.", "Pause the music.")
_TRACK_S = 40.0
_RATE_HZ = 22_050


@dataclass(frozen=True, slots=True)
class Spoken:
    """One request as sound."""

    text: str
    voice: str
    samples: Samples
    """At 16 kHz."""


def requests(folder: Path, count: int) -> tuple[Spoken, ...]:
    """`count` requests, names and steering by turns, by changing voices; kept in `folder`.

    Raises:
        EvaluationImpossible: a voice is not installed.
    """
    named = [pattern.format(title=title, artist=artist) for artist, title, pattern in _ASKED]
    texts = [text for pair in zip(named, _STEERING, strict=True) for text in pair]
    chosen = [texts[number % len(texts)] for number in range(count)]
    return tuple(
        say(text, _VOICES[(number + number // len(texts)) % len(_VOICES)], folder)
        for number, text in enumerate(chosen)
    )


def say(text: str, voice: Voice, folder: Path) -> Spoken:
    """One request in one voice."""
    return Spoken(text, voice.name, spoken(text, voice, folder))


def interruptions(folder: Path) -> tuple[Spoken, ...]:
    """What somebody says while we speak, in several voices."""
    return tuple(say(text, voice, folder) for voice in _VOICES for text in INTERRUPTIONS)


def asked_names() -> tuple[Name, ...]:
    """The tracks that are asked for."""
    return tuple(
        Name(artist, title, f"The Best of {artist}", "Pop", "real") for artist, title, _ in _ASKED
    )


def other_tracks() -> list[TrackDraft]:
    """Thousands of other tracks that share the library: names only, without files."""
    asked = {fold(name.artist) for name in asked_names()}
    drafts = names_of("dev").library
    return [draft for draft in drafts if not asked & {fold(one) for one in draft.artists}]


def write_library(database: Database) -> None:
    """All tracks by their names alone, for a player that needs no files."""
    CatalogWriter(database).add([*other_tracks(), *(name.draft() for name in asked_names())])


def write_playable_library(settings: Settings, music: Path) -> None:
    """The tracks that are asked for as files in `music`, indexed, and the others by name."""
    music.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(asked_names()):
        _write_tone(music / f"{number}.flac", name, 220.0 * 2 ** (number / 12))
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database.at(settings.database_path)
    try:
        Indexer(database, settings.covers, [music], workers=1).scan()
        CatalogWriter(database).add(other_tracks())
    finally:
        database.close()


def _write_tone(path: Path, name: Name, pitch_hz: float) -> None:
    time_s = np.arange(round(_TRACK_S * _RATE_HZ)) / _RATE_HZ
    sound = 0.1 * np.sin(2 * np.pi * pitch_hz * time_s) * (1 + np.sin(2 * np.pi * 0.5 * time_s))
    pcm = np.rint(sound * 16_384).astype(np.int16)
    with av.open(path, "w", format="flac") as container:
        container.metadata.update(title=name.title, artist=name.artist, album=name.album)
        stream = container.add_stream("flac", rate=_RATE_HZ, layout="mono")
        frame = AudioFrame.from_ndarray(pcm[None, :], format="s16", layout="mono")
        frame.sample_rate = _RATE_HZ
        fifo = av.AudioFifo()
        fifo.write(frame)
        size = stream.codec_context.frame_size or 4096
        while (block := fifo.read(size, partial=True)) is not None:
            container.mux(stream.encode(block))
        container.mux(stream.encode(None))


def texts(spoken_requests: Sequence[Spoken]) -> tuple[str, ...]:
    """What was said, in order."""
    return tuple(one.text for one in spoken_requests)
