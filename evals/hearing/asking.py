"""Lets every system hear every clip, and notes what came of it."""

import os
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass

from evals.hearing.clips import Clip
from evals.hearing.requests import SpokenRequest
from evals.hearing.resolving import RESOLVED, Resolved, Resolver, Verdict, judge
from evals.processes import cpu_s, family
from voice.stt.transcriber import Transcriber

TEXT = "text"
"""The name of the system that reads instead of hearing."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one system made of one clip."""

    system: str
    request: SpokenRequest
    engine: str
    voice: str
    condition: str
    transcript: str
    before: str
    """The transcript before a name of the library was put in; "" when none was."""
    verdict: Verdict
    got: str
    """What plays, or what was answered."""
    acted: bool
    """Something plays, or was shown as what was asked for."""
    cpu_ms: float
    """What hearing cost, worker processes and repair of names included."""

    @property
    def resolved(self) -> bool:
        """The right thing of the catalogue was made of it."""
        return self.verdict in RESOLVED

    @property
    def invented(self) -> bool:
        """Of a request for what is not there: something of the library was made of it."""
        return not self.request.present and self.acted

    @property
    def touched(self) -> bool:
        """A name of the library was put into what was heard."""
        return bool(self.before) and self.before != self.transcript


async def hear(
    clips: Iterable[Clip], systems: Mapping[str, Transcriber], resolver: Resolver
) -> AsyncIterator[Heard]:
    """One answer for each clip and system."""
    processes = family(os.getpid())  # workers are started once
    for clip in clips:
        for name, transcriber in systems.items():
            before_s = cpu_s(processes)
            transcript = await transcriber.transcribe(clip.samples)
            cost_ms = (cpu_s(processes) - before_s) * 1000
            resolved = await resolver.resolve(transcript.text)
            yield Heard(
                name,
                clip.request,
                clip.voice.engine,
                clip.voice.name,
                clip.condition,
                transcript.text,
                transcript.heard,
                judge(clip.request, resolved),
                _got(resolved),
                resolved.acted,
                cost_ms,
            )


async def read(requests: Iterable[SpokenRequest], resolver: Resolver) -> AsyncIterator[Heard]:
    """What comes of the requests when every letter of them is right: no hearing can do better."""
    for request in requests:
        resolved = await resolver.resolve(request.text)
        verdict, got = judge(request, resolved), _got(resolved)
        yield Heard(TEXT, request, "", "", "", request.text, "", verdict, got, resolved.acted, 0.0)


def _got(resolved: Resolved) -> str:
    playing = resolved.playing
    return f"{playing.title} / {playing.artist}" if playing else resolved.reply
