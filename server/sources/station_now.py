"""What a radio station plays: as we recognise it ourselves, and as it says."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from knowledge.errors import UnreadableAudio
from knowledge.recognition.models import HeardSource, Hearing
from knowledge.stations import Station
from server.recognition.recognition import Recognition
from server.sources.radio import Radio
from tools.context import OnAir


@dataclass(frozen=True, slots=True)
class StationEar:
    """Listens to stations that somebody listens to."""

    radio: Radio
    recognition: Recognition
    enabled: bool
    """Whether anything may be recognised here."""

    async def now(self, station: Station) -> OnAir:
        """What it plays: our own recogniser's answer, and what the station says."""
        says = self.radio.title(station.id)
        if not self.enabled:
            return OnAir(says)
        try:
            samples = await self.radio.heard(station.id)
        except UnreadableAudio:
            samples = None
        if samples is None:
            return OnAir(says)
        hearing = replace(Hearing(HeardSource.STREAM, device=station.name), at=datetime.now(UTC))
        answer = await self.recognition.clip(samples, hearing)
        track = answer.track
        if track is None:
            return OnAir(says)
        return OnAir(says, track.title, track.artist, answer.certainty)
