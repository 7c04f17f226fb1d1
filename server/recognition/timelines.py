"""Long recordings that are recognised in the background, one after the other."""

import asyncio
import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from knowledge.fingerprint.models import Recognised, Samples
from knowledge.fingerprint.timeline_models import TimelineEntry
from knowledge.models import Track
from knowledge.people.current import PersonId, current_person
from knowledge.recognition.searched import SearchedIndex
from knowledge.recognition.service import RecognitionService
from server.errors import NotFound, ServerBusy, problem_of
from server.recognition.sound_process import samples_of

_LOG = logging.getLogger(__name__)
_MAX_WAITING = 4
_MAX_KEPT = 20
_TELL_EVERY_S = 0.5

State = Literal["waiting", "running", "done", "failed", "cancelled"]


@dataclass(slots=True)
class TimelineJob:
    """One long recording."""

    name: str
    id: str = field(default_factory=lambda: f"timeline_{secrets.token_hex(6)}")
    state: State = "waiting"
    done_s: float = 0.0
    total_s: float | None = None
    problem: str = ""
    entries: tuple[TimelineEntry, ...] | None = None
    tracks: dict[str, Track] = field(default_factory=dict)
    """What the library has of the entries, by recording."""
    stop: threading.Event = field(default_factory=threading.Event)
    person: PersonId = field(default_factory=current_person)

    @property
    def is_over(self) -> bool:
        return self.state not in {"waiting", "running"}


class _Cancelled(Exception):
    pass


class LibrarySearch:
    """Searches the library for the windows of a stream, without names or a log."""

    def __init__(self, service: RecognitionService) -> None:
        self._service = service

    @property
    def index(self) -> SearchedIndex:
        """What is searched."""
        return self._service.index

    def recognise(self, samples: Samples, *, limit: int = 5, picture: bool = False) -> Recognised:
        return self._service.search(samples, limit=limit, picture=picture)


class Timelines:
    """The jobs, in memory. Lives on the event loop; the work is done in one thread."""

    def __init__(self, service: RecognitionService) -> None:
        self._service = service
        self._jobs: OrderedDict[str, TimelineJob] = OrderedDict()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="timeline")
        self._changed: Callable[[], None] = lambda: None

    def tell(self, changed: Callable[[], None]) -> None:
        """Call `changed`, from any thread, when a job went on."""
        self._changed = changed

    def all(self) -> tuple[TimelineJob, ...]:
        """All jobs of this person that are remembered, the newest first."""
        person = current_person()
        jobs = tuple(job for job in tuple(self._jobs.values()) if job.person == person)
        return tuple(reversed(jobs))

    def forget(self, person: PersonId) -> None:
        """Cancel and forget the jobs of a person."""
        for job in [one for one in self._jobs.values() if one.person == person]:
            job.stop.set()
            del self._jobs[job.id]

    def get(self, job_id: str) -> TimelineJob:
        """One job.

        Raises:
            NotFound: there is none of this id, or it is forgotten.
        """
        job = self._jobs.get(job_id)
        if job is None or job.person != current_person():
            raise NotFound("There is no such timeline.")
        return job

    def require_room(self) -> None:
        """Say beforehand whether one more job may wait.

        Raises:
            ServerBusy: too many wait already.
        """
        if sum(not job.is_over for job in self._jobs.values()) > _MAX_WAITING:
            raise ServerBusy("Too many recordings wait for their timeline.")

    def start(self, path: Path, name: str) -> TimelineJob:
        """Begin with the recording in `path`, which is removed in the end."""
        job = TimelineJob(name)
        self._jobs[job.id] = job
        while len(self._jobs) > _MAX_KEPT:
            old = next((one for one in self._jobs.values() if one.is_over), None)
            if old is None:
                break
            del self._jobs[old.id]
        self._thread.submit(self._work, job, path)
        self._changed()
        return job

    def drop(self, job_id: str) -> None:
        """Cancel a job, or forget it when it is over.

        Raises:
            NotFound: there is none of this id.
        """
        job = self.get(job_id)
        if job.is_over:
            del self._jobs[job_id]
        job.stop.set()
        self._changed()

    async def close(self) -> None:
        """Cancel everything, and wait until the files are removed."""
        for job in self._jobs.values():
            job.stop.set()
        await asyncio.to_thread(self._thread.shutdown, wait=True)

    def _work(self, job: TimelineJob, path: Path) -> None:
        try:
            self._recognise(job, path)
            job.state = "done"
        except _Cancelled:
            job.state = "cancelled"
        except Exception as error:  # noqa: BLE001  told with the job
            problem = problem_of(error)
            if problem.code == "internal_error":
                _LOG.exception("a timeline failed")
            job.problem = problem.message
            job.state = "failed"
        finally:
            path.unlink(missing_ok=True)
            self._changed()

    def _recognise(self, job: TimelineJob, path: Path) -> None:
        # Compiled code: the server starts without it.
        from knowledge.fingerprint.timeline import timeline_of  # noqa: PLC0415

        told_at = 0.0

        def progress(heard_s: float) -> None:
            nonlocal told_at
            if job.stop.is_set():
                raise _Cancelled
            job.done_s = heard_s
            if time.monotonic() - told_at > _TELL_EVERY_S:
                told_at = time.monotonic()
                self._changed()

        def length(seconds: float) -> None:
            job.total_s = seconds

        progress(0.0)
        job.state = "running"
        blocks = samples_of(path, length)
        try:
            entries = timeline_of(blocks, LibrarySearch(self._service), progress)
        finally:
            blocks.close()
        names = {entry.recording for entry in entries if entry.recording is not None}
        job.tracks = self._service.tracks(names)
        job.entries = entries
