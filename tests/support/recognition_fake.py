"""Recognition that knows its answers beforehand: loud clips are a track, quiet ones unknown."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.audio.decoder import decode
from knowledge.fingerprint.models import (
    RATE_HZ,
    Certainty,
    ClipMatch,
    ClipPicture,
    Recognised,
    Samples,
)
from knowledge.models import Track
from knowledge.recognition.models import ClipAnswer, HeardSource
from knowledge.recognition.service import RecognitionService

KEY = "00" * 32


class FakeRecognition(RecognitionService):
    """Names `track` when a clip is loud and at least `certain_after_s` long."""

    def __init__(self, track: Callable[[], Track], *, certain_after_s: float = 2.0) -> None:
        self._track = track
        self._certain_after_s = certain_after_s
        self.asked: list[dict[str, Any]] = []
        """Every question: seconds, source, log, device, place."""
        self.closed = False
        self.hold: threading.Event | None = None
        """Questions wait for it."""

    def recognise(
        self,
        samples: Samples,
        *,
        source: HeardSource,
        session_id: str = "",
        device: str = "",
        place: str = "",
        at: datetime | None = None,
        log: bool = True,
        picture: bool = False,
    ) -> ClipAnswer:
        if self.hold is not None:
            self.hold.wait(20)
        seconds = samples.size / RATE_HZ
        self.asked.append(
            {
                "seconds": round(seconds, 2),
                "source": source,
                "log": log,
                "device": device,
                "place": place,
                "at": at,
            }
        )
        peaks = np.array([[0.1 * n, 500.0 + n] for n in range(900)], np.float32)
        shown = ClipPicture(seconds, peaks, np.arange(900) % 2 == 0) if picture else None
        heard_id = len(self.asked) if log else None
        loud = samples.size > 0 and float(np.sqrt(np.mean(np.square(samples)))) > 0.02
        if not loud:
            reason = "silent" if samples.size else "too_short"
            return ClipAnswer(Recognised((), seconds, reason, shown), heard_id=heard_id)
        certain = seconds >= self._certain_after_s
        certainty = Certainty.CERTAIN if certain else Certainty.UNKNOWN
        chance = 0.999 if certain else 0.3
        match = ClipMatch(KEY, certainty, chance, 12.0, 30.0, 0.0, seconds)
        recognised = Recognised((match,), seconds, "", shown)
        if not certain:
            return ClipAnswer(recognised, heard_id=heard_id)
        return ClipAnswer(
            recognised,
            track=self._track(),
            certainty=certainty,
            probability=chance,
            offset_s=30.0,
            heard_id=heard_id,
        )

    def recognise_file(
        self,
        path: Path,
        *,
        source: HeardSource = HeardSource.FILE,
        session_id: str = "",
        device: str = "",
        place: str = "",
        at: datetime | None = None,
        log: bool = True,
        picture: bool = False,
        max_bytes: int | None = None,
        timeout_s: float = 30.0,
    ) -> ClipAnswer:
        blocks = [block[0] for block, _ in decode(path, sample_rate=RATE_HZ, channels=1)]
        return self.recognise(
            np.concatenate(blocks),
            source=source,
            session_id=session_id,
            device=device,
            place=place,
            at=at,
            log=log,
            picture=picture,
        )

    def decode(
        self,
        path: Path,
        *,
        most_s: float,
        rate_hz: int,
        max_bytes: int | None = None,
        timeout_s: float = 30.0,
    ) -> Samples:
        del max_bytes, timeout_s
        blocks = [block[0] for block, _ in decode(path, sample_rate=rate_hz, channels=1)]
        samples: Samples = np.concatenate(blocks)[: round(most_s * rate_hz)]
        return samples

    def look_again(self, stop: threading.Event | None = None) -> int:
        return 0

    def warm(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True
