"""Keep what the signal analyser found, in the library."""

from sqlalchemy import Connection, delete

from knowledge.analysis.signal import ANALYSER
from knowledge.jobs import Job, JobStore
from knowledge.models import AudioFeatures
from knowledge.revision import ANALYSIS_REVISION, bump
from knowledge.schema import features, segments


class FeatureKeeper:
    """Writes features, each recording's in one transaction with the end of its job."""

    analyser = ANALYSER

    def __init__(self, jobs: JobStore) -> None:
        self._jobs = jobs

    def prepare(self) -> None:
        """There is nothing to put in order: rows and jobs change together."""

    def keep(self, job: Job, found: AudioFeatures) -> None:
        """Store what was found of one recording, and that it is done."""
        self._jobs.finish(
            job,
            self.analyser,
            lambda connection: write_features(connection, job.audio_hash, self.analyser, found),
        )

    def finish(self) -> None:
        """Nothing is held back."""


def write_features(
    connection: Connection, audio_hash: str, analyser: str, found: AudioFeatures
) -> None:
    """Replace what is known of a recording, from whichever version of the analyser."""
    for table in (features, segments):
        connection.execute(delete(table).where(table.c.audio_hash == audio_hash))
    key = {"audio_hash": audio_hash, "analyser": analyser}
    connection.execute(
        features.insert().values(
            **key,
            loudness_lufs=found.loudness_lufs,
            peak=found.peak,
            energy=found.energy,
            tempo_bpm=found.tempo_bpm,
            tempo_confidence=found.tempo_confidence,
        )
    )
    rows = [
        {
            **key,
            "position": part.index,
            "start_s": part.start_s,
            "end_s": part.end_s,
            "loudness_db": part.loudness_db,
            "energy": part.energy,
            "brightness_hz": part.brightness_hz,
            "onset_rate_hz": part.onset_rate_hz,
            "tempo_bpm": part.tempo_bpm,
            "tempo_confidence": part.tempo_confidence,
        }
        for part in found.segments
    ]
    if rows:
        connection.execute(segments.insert(), rows)
    bump(connection, ANALYSIS_REVISION)
