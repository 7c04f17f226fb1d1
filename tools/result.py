"""Every tool ends in exactly one of four ways, and the reply may claim nothing beyond it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from knowledge.fingerprint.models import Certainty
from knowledge.models import Album, Artist, PlayEvent, Playlist, Track
from knowledge.recognition.models import HeardSource
from tools.message import Say


@dataclass(frozen=True, slots=True)
class HeardTrack(PlayEvent):
    """A track of the library that was recognised; `player` is what heard it."""

    certainty: Certainty = Certainty.CERTAIN
    """`LIKELY` may only be told with "probably"."""
    source: HeardSource = HeardSource.MICROPHONE
    place: str = ""
    """Where that was, such as "kitchen"; of a stream, `player` is its name."""


Said = Mapping[str, Say]
"""What a result tells in English words, once more as messages that any language can word: by the
name of the field or the fact, such as {"reason": Say(...)}; "nothing" is a whole sentence."""
Entity = Track | Album | Artist | Playlist | PlayEvent


@dataclass(frozen=True, slots=True)
class Found:
    """The tool did what was asked. `facts` is all that the reply may claim."""

    items: tuple[Entity, ...] = ()
    """What was found, in the order to be shown; becomes the numbered result list."""
    facts: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    """Proven facts such as {"playing": "Take Five", "player": "browser", "volume": 40}.

    "playing" may stand here only after a player reported playback."""
    notes: tuple[str, ...] = ()
    """Why each item is here, in a few words to be said as they are: "calm, about 58 BPM". In the
    order of `items`; without items, sentences of what was found."""
    kind: Literal["found"] = "found"
    said: Said = field(default_factory=dict, kw_only=True, compare=False)


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several things match equally well: ask which, naming at most three."""

    items: tuple[Entity, ...]
    question: str
    """What to ask, without the choices: "Which Hallelujah do you mean?"."""
    choices: tuple[str, ...] = ()
    """Answers in words, when none of them is a thing of the library: "jazz". The question names
    them."""
    facts: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    """What is proven all the same, such as which hum it was."""
    kind: Literal["ambiguous"] = "ambiguous"
    said: Said = field(default_factory=dict, kw_only=True, compare=False)


@dataclass(frozen=True, slots=True)
class NothingFound:
    """Nothing matches. Never a success, never an error."""

    wanted: str
    """What was looked for, as the user would say it."""
    nearest: tuple[Entity, ...] = ()
    """Close misses to offer, best first."""
    reason: str = ""
    """Why nothing was found, as a sentence without its full stop, when more is known than that."""
    next_step: str = ""
    """What the user can do about it."""
    facts: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    """What is proven all the same, such as that an unknown tune was kept."""
    kind: Literal["nothing_found"] = "nothing_found"
    said: Said = field(default_factory=dict, kw_only=True, compare=False)


@dataclass(frozen=True, slots=True)
class Failed:
    """It could not be done. `reason` names the cause, `next_step` what the user can do."""

    code: str
    reason: str
    next_step: str = ""
    kind: Literal["failed"] = "failed"
    said: Said = field(default_factory=dict, kw_only=True, compare=False)


ToolResult = Found | Ambiguous | NothingFound | Failed
