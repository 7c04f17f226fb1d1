"""How a band plays: which instruments, in which patterns, in which room.

Patterns are written as text, one bar between `|` signs, the bar cut into equal steps:

* `0`-`9` a tone of the voiced chord, from below (past the top: an octave higher)
* `X` the whole chord, `x` the whole chord short and softer
* `r` root, `f` fifth, `o` octave, `t` tenth, `d` fifth below: from the layer's low end
* `w` a walking bass note, `a` a step into the next root
* `-` hold on, `.` rest

Drum rows give a stroke's loudness per step, `1` to `9`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Layer:
    """One accompanying instrument."""

    instrument: str
    pattern: str
    low: int = 52
    """Lowest MIDI pitch of its register; chords are voiced in the octave above."""
    gain_db: float = 0.0
    pan: float = 0.0
    send: float = 0.35
    """Share sent to the reverb."""
    velocity: float = 0.6
    since: int = 0
    """First section it plays in; 0 is the introduction."""
    until: int = 99
    """Section before which it stops."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Who plays the melody."""

    instrument: str
    octave: int = 0
    """Octaves above where the tune is written."""
    gain_db: float = 0.0
    pan: float = 0.0
    send: float = 0.4
    double: str = ""
    """A second instrument in unison, softer."""
    double_octave: int = 0


@dataclass(frozen=True, slots=True)
class Style:
    """A way of playing any tune of a fitting metre."""

    name: str
    layers: tuple[Layer, ...]
    leads: tuple[Lead, ...]
    """The sections are given to them in turn."""
    kit: str = ""
    drums: Mapping[str, str] = field(default_factory=dict)
    """Stroke letter to pattern."""
    fill: Mapping[str, str] = field(default_factory=dict)
    """Replaces the drums in the last bar of a section."""
    drums_gain_db: float = 0.0
    drums_since: int = 1
    drums_send: float = 0.12
    swing: float = 0.5
    """Where the middle of a swung unit falls: 0.5 straight, 0.66 triplets."""
    swing_unit: float = 1.0
    """The swung unit in quarter notes: 1 for swung eighths, 0.5 for sixteenths."""
    loose_ms: float = 6.0
    """Standard deviation of the players' timing."""
    rubato: float = 0.0
    """How far the tempo breathes over a phrase, as a part of the tempo."""
    slow_down: float = 0.25
    """How much slower the last two bars end."""
    colour: bool = False
    """Whether plain triads get sevenths and sixths."""
    legato: float = 0.96
    """Length of a melody note, part of the written one."""
    room_s: float = 1.6
    """Reverberation time."""
    room_db: float = -9.0
    """Level of the reverb."""
    warmth_hz: float = 0.0
    """Cut above this frequency (a tape, an old record); 0 for none."""
    crackle: float = 0.0
    """Level of record crackle."""
    pump: float = 0.0
    """How far the beat pushes everything else down, 0 to 1."""
    intro_bars: int = 4
