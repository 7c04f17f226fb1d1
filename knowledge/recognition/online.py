"""Name whole files over the network: Chromaprint, AcoustID, MusicBrainz. Off without a key.

Nothing but a fingerprint and a length leaves this machine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.audio.decoder import decode
from knowledge.audio.recording import identify
from knowledge.errors import NamingFailed, SourceRefused, SourceUnreachable, UnreadableAudio
from knowledge.fingerprint.models import RATE_HZ, Samples
from knowledge.sources.acoustid import (
    ACOUSTID,
    FINGERPRINTED_S,
    AcoustId,
    AcoustIdMatch,
    chromaprint,
)
from knowledge.sources.musicbrainz import MUSICBRAINZ, MusicBrainz
from knowledge.sources.web_service import USER_AGENT, RateLimit, WebService
from knowledge.worker import Worker

_LIKELY = 0.5
"""AcoustID's own score that makes a match worth showing."""
_DECODE_TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class OnlineName:
    """What the network says a file is."""

    title: str
    artists: tuple[str, ...]
    album: str
    year: int | None
    mbid: str
    score: float
    """AcoustID's, 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Beginning:
    duration_s: float
    samples: Samples


class OnlineNaming:
    """Names files. Synchronous and slow: one request a second to each service."""

    def __init__(
        self,
        key: str,
        *,
        acoustid_url: str = ACOUSTID,
        musicbrainz_url: str = MUSICBRAINZ,
        limits: Callable[[], RateLimit] = RateLimit,
        timeout_s: float = 10.0,
        musicbrainz: WebService | None = None,
    ) -> None:
        """Prepare to name files.

        Args:
            key: AcoustID's application key.
            acoustid_url: where AcoustID is.
            musicbrainz_url: where MusicBrainz is.
            limits: makes how often each of them may be asked.
            timeout_s: how long one answer may take.
            musicbrainz: how MusicBrainz is reached, where others ask it too: it counts the
                questions of all of them together.
        """

        def service(name: str, url: str) -> WebService:
            return WebService(name, url, user_agent=USER_AGENT, limit=limits(), timeout_s=timeout_s)

        acoustid = service("AcoustID", acoustid_url)
        self._services = [acoustid]
        if musicbrainz is None:
            musicbrainz = service("MusicBrainz", musicbrainz_url)
            self._services.append(musicbrainz)
        self._acoustid = AcoustId(acoustid, key)
        self._musicbrainz = MusicBrainz(musicbrainz)

    def name(self, path: Path) -> OnlineName | None:
        """Name the recording in a file; None when AcoustID does not know it.

        Raises:
            UnreadableAudio: it cannot be decoded.
            NamingFailed: a service did not answer, or `fpcalc` is not installed.
        """
        worker: Worker[Path, _Beginning] = Worker(make_reader)
        try:
            outcome = worker.call(path.absolute(), timeout_s=_DECODE_TIMEOUT_S)
        finally:
            worker.close()
        if outcome.result is None:
            raise UnreadableAudio(outcome.refusal or outcome.crash)
        beginning = outcome.result
        fingerprint = chromaprint(beginning.samples)
        try:
            found = self._acoustid.lookup(fingerprint, beginning.duration_s)
            best = next((match for match in found if match.score >= _LIKELY), None)
            return None if best is None else self._detailed(best)
        except (SourceUnreachable, SourceRefused) as error:
            raise NamingFailed(str(error)) from error

    def close(self) -> None:
        """Let go of the connections."""
        for service in self._services:
            service.close()

    def _detailed(self, match: AcoustIdMatch) -> OnlineName:
        details = self._musicbrainz.recording(match.mbid)
        return OnlineName(
            title=(details.title if details else "") or match.title,
            artists=(details.artists if details else ()) or match.artists,
            album=details.album if details else "",
            year=details.year if details else None,
            mbid=match.mbid,
            score=match.score,
        )


def make_reader() -> Callable[[Path], _Beginning]:
    """Make what the worker process does; runs there."""
    return _beginning


def _beginning(path: Path) -> _Beginning:
    parts: list[Samples] = []
    held = 0
    for block, _ in decode(path, sample_rate=RATE_HZ, channels=1):
        parts.append(block[0])
        held += block.shape[1]
        if held >= FINGERPRINTED_S * RATE_HZ:
            break
    samples = np.concatenate(parts)[: int(FINGERPRINTED_S * RATE_HZ)]
    return _Beginning(identify(path).duration_s, samples)
