"""What played in a long file: a DJ mix, a concert, a film."""

from collections.abc import Callable, Iterable
from pathlib import Path

from knowledge.audio.decoder import decode
from knowledge.fingerprint.models import RATE_HZ, Samples
from knowledge.fingerprint.stream import StreamRecogniser
from knowledge.fingerprint.timeline_models import (
    Recognises,
    TimelineChange,
    TimelineEntry,
    TimelineEvent,
)

__all__ = ["TimelineChange", "TimelineEntry", "TimelineEvent", "timeline_of"]


def timeline_of(
    source: Path | Iterable[Samples],
    recogniser: Recognises,
    progress: Callable[[float], None] | None = None,
    *,
    on_event: Callable[[TimelineEvent], None] | None = None,
) -> tuple[TimelineEntry, ...]:
    """Say what plays in a file, from when to when, in memory that does not grow with it.

    Args:
        source: a music or film file of any codec, or blocks of mono samples at `RATE_HZ`.
        recogniser: names the recording of one clip.
        progress: told how many seconds have been heard. An exception it raises ends the work.
        on_event: told what becomes known, while it becomes known.

    Returns:
        Entries in the order of time, without overlap or hole.

    Raises:
        UnreadableAudio: the file is not audio, or is longer than 12 hours.
    """
    stream = StreamRecogniser(recogniser)
    blocks = _blocks(source) if isinstance(source, Path) else source
    for block in blocks:
        for event in stream.feed(block):
            if on_event is not None:
                on_event(event)
        if progress is not None:
            progress(stream.heard_s)
    for event in stream.finish():
        if on_event is not None:
            on_event(event)
    return stream.entries


def _blocks(path: Path) -> Iterable[Samples]:
    for block, _ in decode(path, sample_rate=RATE_HZ, channels=1):
        yield block[0]
