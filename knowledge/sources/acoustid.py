"""AcoustID: which recording is a whole file, by its Chromaprint fingerprint.

See https://acoustid.org/webservice. It needs an application key and the program `fpcalc`.
"""

import json
import shutil
import subprocess
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.errors import NamingFailed, SourceUnreachable
from knowledge.fingerprint.models import RATE_HZ, Samples
from knowledge.sources.web_service import WebService

ACOUSTID = "https://api.acoustid.org"
FINGERPRINTED_S = 120.0
"""Chromaprint fingerprints in AcoustID are of so much of a file."""
_FPCALC_TIMEOUT_S = 30.0
_LONGEST = 20_000
_LOOSE = ConfigDict(extra="ignore", frozen=True)


@dataclass(frozen=True, slots=True)
class AcoustIdMatch:
    """A recording that a file may be."""

    acoustid: str
    score: float
    """0 to 1."""
    mbid: str
    """MusicBrainz id of the recording."""
    title: str
    artists: tuple[str, ...]


class _Artist(BaseModel):
    model_config = _LOOSE

    name: str = ""


class _Recording(BaseModel):
    model_config = _LOOSE

    id: str
    title: str | None = None
    artists: list[_Artist] = Field(default_factory=list)


class _Result(BaseModel):
    model_config = _LOOSE

    id: str
    score: float = Field(ge=0.0, le=1.0)
    recordings: list[_Recording] = Field(default_factory=list)


class _Answer(BaseModel):
    model_config = _LOOSE

    status: str
    results: list[_Result] = Field(default_factory=list)


class AcoustId:
    """Looks fingerprints up."""

    def __init__(self, service: WebService, key: str) -> None:
        """Prepare to look up.

        Args:
            service: how AcoustID is reached.
            key: the application key.
        """
        self._service = service
        self._key = key

    def lookup(self, fingerprint: str, duration_s: float) -> tuple[AcoustIdMatch, ...]:
        """Return recordings that a file may be, the best first.

        Args:
            fingerprint: as `chromaprint` returns it.
            duration_s: of the whole file.

        Raises:
            SourceUnreachable: no answer, an unknown key, or an answer that makes no sense.
        """
        said = self._service.post(
            "/v2/lookup",
            {
                "client": self._key,
                "format": "json",
                "duration": str(round(duration_s)),
                "fingerprint": fingerprint,
                "meta": "recordings",
            },
        )
        try:
            answer = _Answer.model_validate(said)
        except ValidationError as error:
            raise SourceUnreachable("AcoustID answered something that makes no sense.") from error
        if answer.status != "ok":
            raise SourceUnreachable("AcoustID refused the request.")
        found = [
            AcoustIdMatch(
                acoustid=result.id,
                score=result.score,
                mbid=recording.id,
                title=recording.title or "",
                artists=tuple(artist.name for artist in recording.artists if artist.name),
            )
            for result in answer.results
            for recording in result.recordings
        ]
        # Entries without a title are left-overs; the score decides among the others.
        return tuple(sorted(found, key=lambda one: (not one.title, -one.score)))


def chromaprint(samples: Samples) -> str:
    """Return the Chromaprint fingerprint of the beginning of a recording.

    Args:
        samples: mono at `RATE_HZ`, shape (n,); the first two minutes count.

    Raises:
        NamingFailed: `fpcalc` is not installed, or does not understand the sound.
    """
    program = shutil.which("fpcalc")
    if program is None:
        raise NamingFailed("For this the program fpcalc (Chromaprint) must be installed.")
    part = samples[: int(FINGERPRINTED_S * RATE_HZ)]
    sound = np.clip(np.rint(part * 32_767), -32_768, 32_767).astype("<i2").tobytes()
    options = ["-json", "-length", str(round(FINGERPRINTED_S))]
    options += ["-format", "s16le", "-rate", str(RATE_HZ), "-channels", "1", "-"]
    try:
        # At the end of a pipe fpcalc complains and exits with an error, although all went well.
        done = subprocess.run(
            [program, *options],
            input=sound,
            capture_output=True,
            timeout=_FPCALC_TIMEOUT_S,
            check=False,
        )
        fingerprint = json.loads(done.stdout)["fingerprint"]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as error:
        raise NamingFailed("Chromaprint could not fingerprint this sound.") from error
    if not isinstance(fingerprint, str) or not 0 < len(fingerprint) <= _LONGEST:
        raise NamingFailed("Chromaprint could not fingerprint this sound.")
    return fingerprint
