"""The library's recognition on the event loop: in threads of its own, never too many at once."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import TypeVar

from knowledge.fingerprint.models import Samples
from knowledge.people.current import PersonId, current_person
from knowledge.recognition.models import ClipAnswer, Hearing
from knowledge.recognition.service import RecognitionService
from server.errors import RecognitionOff, ServerBusy

_LOG = logging.getLogger(__name__)
_THREADS = 4
_MAX_WAITING = 32
_FILE_TIMEOUT_S = 30.0

T = TypeVar("T")


class Recognition:
    """Asks a RecognitionService without keeping the event loop waiting.

    It has threads of its own: clips that wait for one another must not hold up those that read the
    catalogue.
    """

    def __init__(self, service: RecognitionService, *, enabled: bool = True) -> None:
        self._service = service
        self.enabled = enabled
        self.revision = 0
        """Changes whenever something was heard, corrected or forgotten."""
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="recognise")
        self._waiting = 0
        self._heard: Callable[[PersonId | None], None] = lambda _person: None
        self._loop: asyncio.AbstractEventLoop | None = None

    def tell(self, heard: Callable[[PersonId | None], None]) -> None:
        """Call `heard`, on the event loop, with whose log changed; None is everybody's."""
        self._heard = heard
        self._loop = asyncio.get_running_loop()

    def require(self) -> None:
        """Say at once when nothing will come of it.

        Raises:
            RecognitionOff: it is switched off in the configuration.
        """
        if not self.enabled:
            raise RecognitionOff("Recognising is switched off here.")

    def warm(self) -> None:
        """Begin to open the index, in the background."""
        if self.enabled:
            # Waited for at the end: a daemon amid C++ code then would abort the process.
            threading.Thread(target=self._warm, name="warm-recognition").start()

    async def close(self) -> None:
        """Wait for what is being recognised, and close the index."""
        await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)
        try:
            await asyncio.to_thread(self._service.close)
        except Exception:  # noqa: BLE001  whatever it is, the rest must be closed too
            _LOG.warning("the fingerprint index was not closed", exc_info=True)

    async def run(self, work: Callable[[RecognitionService], T], *, changes: bool = False) -> T:
        """Do `work` with the service in a thread.

        Args:
            work: gets the service.
            changes: the log of what was heard is another one afterwards.

        Raises:
            RecognitionOff: it is switched off in the configuration.
            ServerBusy: too many ask at once.
            KnowledgeError: whatever `work` raises.
        """
        self.require()
        if self._waiting >= _MAX_WAITING:
            raise ServerBusy("Too many clips are being recognised at the moment.")
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            context = copy_context()  # for whom this is done
            result = await loop.run_in_executor(self._threads, context.run, work, self._service)
        finally:
            self._waiting -= 1
        if changes:
            self.changed()
        return result

    def look_again(self, stop: threading.Event) -> None:
        """Look for unknown tunes in what was imported; in the thread that calls."""
        if self.enabled and self._service.look_again(stop) and self._loop is not None:
            self._loop.call_soon_threadsafe(self._changed, None)

    def changed(self) -> None:
        """Note that the log of this person is another one."""
        self._changed(current_person())

    def _changed(self, person: PersonId | None) -> None:
        self.revision += 1
        self._heard(person)

    async def clip(
        self, samples: Samples, hearing: Hearing, *, log: bool = True, picture: bool = True
    ) -> ClipAnswer:
        """Name a clip, mono at `RATE_HZ`, shape (n,)."""

        def work(service: RecognitionService) -> ClipAnswer:
            return service.recognise(
                samples,
                source=hearing.source,
                session_id=hearing.session_id,
                device=hearing.device,
                place=hearing.place,
                at=hearing.at,
                log=log,
                picture=picture,
            )

        return await self.run(work, changes=log)

    async def file(
        self, path: Path, hearing: Hearing, *, max_bytes: int, log: bool = True
    ) -> ClipAnswer:
        """Name the recording in a file, which another process decodes.

        Raises:
            UnreadableAudio: it is no sound.
        """

        def work(service: RecognitionService) -> ClipAnswer:
            return service.recognise_file(
                path,
                source=hearing.source,
                session_id=hearing.session_id,
                device=hearing.device,
                place=hearing.place,
                log=log,
                picture=True,
                max_bytes=max_bytes,
                timeout_s=_FILE_TIMEOUT_S,
            )

        return await self.run(work, changes=log)

    def _warm(self) -> None:
        try:
            self._service.warm()
        except Exception:  # noqa: BLE001  the first question tries again, and tells its asker
            _LOG.warning("recognition could not be made ready", exc_info=True)
