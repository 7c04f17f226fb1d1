"""Index the music folders in three phases.

A quick scan first, so that everything can be found and played; then the analysis of the sound, and
last the tunes, which take longest, both at low priority and resumable.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from knowledge.analyse import AnalysisRun, Keeper
from knowledge.analysis.signal import ANALYSER
from knowledge.analysis.sound import SOUND
from knowledge.analysis.together import FINGERPRINT
from knowledge.database import Database
from knowledge.features import FeatureKeeper
from knowledge.jobs import JobState, JobStore
from knowledge.melody.run import MelodyPass
from knowledge.progress import IndexPhase, IndexProgress, Listener, ProgressMeter
from knowledge.recognition.indexes import index_folder, open_mended
from knowledge.recognition.keeper import FingerprintKeeper
from knowledge.scan import Scanner, ScanReport
from knowledge.sound.keeper import SoundKeeper
from knowledge.sources.folders import outermost

__all__ = ["IndexPhase", "IndexProgress", "Indexer", "Listener", "ScanReport"]


class Indexer:
    """The one that keeps the library in step with the music folders.

    Safe to share between threads: scans wait for one another, and so do analyses. Both run in the
    calling thread, with their risky part in worker processes.
    """

    def __init__(
        self,
        database: Database,
        covers: Path,
        roots: Sequence[Path],
        *,
        workers: int = 1,
        fingerprints: bool = True,
        fingerprinted: Callable[[], object] | None = None,
        models: Sequence[Path] = (),
        melodies: bool = True,
    ) -> None:
        """Prepare to index.

        Args:
            database: the library.
            covers: folder for cover pictures; the index of fingerprints is beside it.
            roots: the music folders; files outside them leave the library at the next scan.
            workers: processes that read and analyse at once.
            fingerprints: fingerprint the recordings, so that they can be recognised.
            fingerprinted: called after a run in which recordings came or left, in its thread.
            models: folders in which the files of models that listen to music are looked for.
            melodies: find the tunes of recordings, so that they can be hummed; tunes that are
                written down are read all the same.
        """
        self._scan_meter = ProgressMeter()
        self._analysis_meter = ProgressMeter()
        self._roots = outermost(roots)
        self._scanning = threading.Lock()
        self._analysing = threading.Lock()
        self._finding = threading.Lock()
        analysers = (ANALYSER, SOUND, FINGERPRINT) if fingerprints else (ANALYSER, SOUND)
        self._jobs = JobStore(database, *analysers)
        keepers: list[Keeper] = [
            FeatureKeeper(self._jobs),
            SoundKeeper(database, self._jobs, models),
        ]
        if fingerprints:
            keepers.append(
                FingerprintKeeper(
                    database,
                    self._jobs,
                    partial(open_mended, index_folder(covers.parent)),
                    finished=fingerprinted,
                )
            )
        self._analysis = AnalysisRun(
            database,
            covers.parent / "analysis.lock",
            keepers,
            workers=workers,
            meter=self._analysis_meter,
            models=models,
        )
        self._melodies = MelodyPass(
            database,
            covers.parent / "melody.lock",
            self._roots,
            workers=workers,
            models=models,
            recordings=melodies,
        )
        self._scanner = Scanner(
            database,
            covers,
            self._roots,
            analysers=analysers,
            workers=workers,
            meter=self._scan_meter,
        )

    @property
    def roots(self) -> tuple[Path, ...]:
        """The music folders, resolved, none inside another."""
        return self._roots

    def scan(
        self,
        progress: Listener | None = None,
        *,
        only: Sequence[Path] | None = None,
        again: bool = False,
        stop: threading.Event | None = None,
    ) -> ScanReport:
        """Find new, changed, moved and deleted files and read their tags.

        Args:
            progress: told a few times a second.
            only: look only at these files and folders.
            again: read also the files that did not change.
            stop: when set, the scan ends after the file it is reading.
        """
        with self._scanning:
            return self._scanner.scan(only=only, again=again, listener=progress, stop=stop)

    def analyse(
        self, progress: Listener | None = None, stop: threading.Event | None = None
    ) -> bool:
        """Analyse every recording that waits for it.

        Args:
            progress: told a few times a second.
            stop: when set, the run ends at once; the recording in work waits again.

        Returns:
            False when another process analyses this library already.
        """
        with self._analysing:
            return self._analysis.run(progress, stop)

    def find_melodies(
        self,
        progress: Listener | None = None,
        stop: threading.Event | None = None,
        *,
        enough: Callable[[], bool] | None = None,
    ) -> bool:
        """Read written tunes, then find that of every recording; slower than the analysis.

        Args:
            progress: told a few times a second.
            stop: when set, the run ends at once; the recording in work waits again.
            enough: when it says so, the run ends after the recordings in work.

        Returns:
            False when recordings were not listened to; see `MelodyPass.run`.
        """
        with self._finding:
            return self._melodies.run(progress, stop, enough=enough)

    def retry_failed(self) -> int:
        """Let recordings that could not be analysed wait again; return how many.

        Those without a tune for such a reason wait again, too.
        """
        return max(self._jobs.retry_failed(), self._melodies.retry_failed())

    def job_counts(self) -> dict[JobState, int]:
        """Return how many recordings wait, are done, or have failed."""
        return self._jobs.counts()

    def status(self) -> IndexProgress:
        """Return what is going on now: a scan before an analysis, and that before melodies."""
        scan, analysis = self._scan_meter.now, self._analysis_meter.now
        melodies = self._melodies.meter.now
        working = (one for one in (scan, analysis, melodies) if one.phase is not IndexPhase.IDLE)
        now = next(working, analysis)
        failed = now.failed if now.phase is IndexPhase.MELODIES else analysis.failed
        return replace(now, refused=scan.refused, failed=failed)
