"""Makes one recording: arrange, mix, and say what is truly in it."""

from dataclasses import dataclass

from knowledge.demo.arrangement import Score, arrange
from knowledge.demo.discography import Placed, Recording
from knowledge.demo.mixer import Finish, mix
from knowledge.demo.notation import all_tunes
from knowledge.demo.sound import SAMPLE_RATE, Audio
from knowledge.demo.styles import STYLES


@dataclass(frozen=True, slots=True)
class Performance:
    """A rendered recording and its score."""

    sound: Audio
    score: Score


def perform(recording: Recording) -> Performance:
    """Render `recording`; always the same samples for the same recording."""
    style = STYLES[recording.style]
    score = arrange(
        all_tunes()[recording.tune],
        style,
        tempo_bpm=recording.tempo_bpm,
        transpose=recording.transpose,
        form=recording.form,
        seed=recording.seed,
    )
    finish = Finish(
        lufs=recording.lufs,
        live=recording.live,
        brilliance_db=recording.brilliance_db,
        tape=recording.tape,
    )
    return Performance(mix(score, style, finish, recording.seed), score)


def truth_of(placed: Placed, score: Score, duration_s: float) -> dict[str, object]:
    """What evaluations may take for true about a recording; plain JSON values."""
    recording = placed.recording
    tune = all_tunes()[recording.tune]
    key = tune.key.moved(recording.transpose)
    style = STYLES[recording.style]
    instruments = sorted({stem.instrument for stem in score.stems if stem.hits})
    if score.drums:
        instruments.append(f"drums ({style.kit})")
    return {
        "file": str(placed.file),
        "title": recording.title,
        "artists": list(placed.artists),
        "album": placed.album.title,
        "album_artist": placed.album.artist,
        "year": placed.album.year,
        "genre": placed.genre,
        "composer": tune.composer,
        "tune": recording.tune,
        "style": recording.style,
        "tempo_bpm": recording.tempo_bpm,
        "key": key.name,
        "mode": key.mode,
        "mood": list(recording.moods),
        "energy": recording.energy,
        "instruments": instruments,
        "live": recording.live,
        "duration_s": round(duration_s, 3),
        "beats_s": [round(beat, 3) for beat in score.beats_s],
        "melody": [
            [round(hit.start_s, 4), round(hit.length_s, 4), hit.pitch] for hit in score.melody
        ],
    }


def duration_s(sound: Audio) -> float:
    """Length of `sound` in seconds."""
    return float(sound.shape[1] / SAMPLE_RATE)
