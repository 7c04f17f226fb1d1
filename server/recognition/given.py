"""Clips that came with something a user says: "what is this?" is then about them."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.fingerprint.models import Samples
from knowledge.melody.models import HumAnswer
from knowledge.recognition.models import ClipAnswer

_MOST = 64
_KEPT_S = 120.0
"""So long may pass between the clip and the words about it."""


@dataclass(frozen=True, slots=True)
class GivenClip:
    """One clip, and what it turned out to be."""

    reference: str
    answer: ClipAnswer | None
    """None when it was not looked for among recordings."""
    hum: HumAnswer | None
    """Set when it is taken for a hum."""
    samples: Samples | None
    until: float
    """When it is forgotten, in seconds of the clock."""


class GivenClips:
    """The newest clip of each conversation, for a short while and in memory only."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._clips: OrderedDict[str, GivenClip] = OrderedDict()

    def give(
        self,
        session_id: str,
        answer: ClipAnswer | None,
        samples: Samples | None,
        hum: HumAnswer | None = None,
    ) -> str:
        """Keep a clip; the one before it in this conversation is forgotten."""
        reference = f"clip-{secrets.token_hex(6)}"
        until = self._clock() + _KEPT_S
        self._clips[session_id] = GivenClip(reference, answer, hum, samples, until)
        self._clips.move_to_end(session_id)
        while len(self._clips) > _MOST:
            self._clips.popitem(last=False)
        return reference

    def reference(self, session_id: str) -> str:
        """The reference of the conversation's clip, or ""."""
        clip = self._current(session_id)
        return "" if clip is None else clip.reference

    def clip(self, session_id: str, reference: str) -> GivenClip | None:
        clip = self._current(session_id)
        return clip if clip is not None and clip.reference == reference else None

    def forget(self, session_id: str, reference: str) -> None:
        """Forget that clip, unless another has taken its place."""
        if self.clip(session_id, reference) is not None:
            del self._clips[session_id]

    def _current(self, session_id: str) -> GivenClip | None:
        clip = self._clips.get(session_id)
        if clip is not None and clip.until < self._clock():
            del self._clips[session_id]
            return None
        return clip
