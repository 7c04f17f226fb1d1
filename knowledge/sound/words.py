"""What was heard, in the words of musicians: names of keys and of places on an axis."""

from collections.abc import Mapping

from knowledge.analysis.sound import Axis, KeyHeard, Measured

_MAJOR = ("C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
_MINOR = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "G♯", "A", "B♭", "B")
_WEAK = 0.35
_ENDS: Mapping[Axis, tuple[str, str]] = {
    Axis.ENERGY: ("calm", "driving"),
    Axis.VALENCE: ("dark", "bright"),
    Axis.DANCEABILITY: ("undanceable", "danceable"),
    Axis.ACOUSTICNESS: ("electric", "acoustic"),
    Axis.INSTRUMENTALNESS: ("sung", "instrumental"),
    Axis.VOCALS: ("no voice", "voices"),
    Axis.BRIGHTNESS: ("dull", "brilliant"),
    Axis.LOUDNESS: ("soft", "loud"),
    Axis.DYNAMICS: ("steady", "changing"),
}


def key_name(tonic: int, *, minor: bool) -> str:
    """The name of a key, such as "A minor" or "D♭ major"."""
    return f"{_MINOR[tonic % 12]} minor" if minor else f"{_MAJOR[tonic % 12]} major"


def key_words(key: KeyHeard) -> tuple[str, str | None]:
    """The names of a key and of its runner-up."""
    other = key.other_tonic
    return key_name(key.tonic, minor=key.minor), (
        None if other is None else key_name(other, minor=key.other_minor)
    )


def ends(axis: Axis) -> tuple[str, str]:
    """What 0 and 1 on an axis mean."""
    return _ENDS[axis]


def is_weak(measured: Measured) -> bool:
    """Whether a value is a hint at most, and must be shown as one."""
    return measured.confidence < _WEAK
