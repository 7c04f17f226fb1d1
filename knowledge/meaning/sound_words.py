"""What the analyser heard, in words: only what stands out in this library, and only if trusted."""

from collections.abc import Mapping

import numpy as np

from knowledge.analysis.sound import Axis
from knowledge.meaning.documents import Part, listed
from knowledge.models import TrackId
from knowledge.sound.sounding import AXIS_COLUMN, SoundTable

_WORDS: Mapping[Axis, tuple[str, str]] = {
    Axis.ENERGY: ("calm, quiet, gentle", "energetic, driving, powerful"),
    Axis.VALENCE: ("dark, sad", "happy, cheerful"),
    Axis.DANCEABILITY: ("", "danceable"),
    Axis.ACOUSTICNESS: ("electronic, electric", "acoustic"),
    Axis.INSTRUMENTALNESS: ("with singing", "instrumental"),
    Axis.BRIGHTNESS: ("warm, mellow", "bright"),
    Axis.DYNAMICS: ("steady", "dramatic, changing"),
}
"""What a low and what a high place in the library is called."""
_LOW, _HIGH = 0.2, 0.8
_STRICTER: Mapping[Axis, float] = {Axis.VALENCE: 0.1}
"""A weak hint must stand out more to be said at all."""
_TRUSTED = 0.25
_SLOW_BPM, _FAST_BPM = 84.0, 132.0
_TEMPO_TRUSTED = 0.4
_TAG_PLACE = 0.9
_TAG_AT_LEAST = 0.08
"""A tag that the model hardly believes is not said, even where others believe it less."""
_MOST_TAGS = 6


def sound_parts(table: SoundTable) -> dict[TrackId, tuple[Part, ...]]:
    """What each analysed track sounds like, in words."""
    return {
        int(one): (
            Part("sound", ", ".join(_axis_words(table, row)), "sound"),
            Part("tags", listed(_tags(table, row), _MOST_TAGS), "sound"),
        )
        for row, one in enumerate(table.ids)
    }


def _axis_words(table: SoundTable, row: int) -> list[str]:
    words = []
    for axis, (low, high) in _WORDS.items():
        column = AXIS_COLUMN[axis]
        place = float(table.percentiles[row, column])
        if np.isnan(place) or table.confidence[row, column] < _TRUSTED:
            continue
        stricter = _STRICTER.get(axis, 0.0)
        if place <= _LOW - stricter:
            words.append(low)
        elif place >= _HIGH + stricter:
            words.append(high)
    tempo = float(table.tempo_bpm[row])
    if not np.isnan(tempo) and table.tempo_confidence[row] >= _TEMPO_TRUSTED:
        if tempo <= _SLOW_BPM:
            words.append("slow")
        elif tempo >= _FAST_BPM:
            words.append("fast")
    return [word for word in words if word]


def _tags(table: SoundTable, row: int) -> list[str]:
    if not table.tag_names:
        return []
    places, values = table.tags[row], table.tag_values[row]
    order = np.argsort(-np.nan_to_num(places * values), kind="stable")
    return [
        table.tag_names[column]
        for column in order[: _MOST_TAGS * 2]
        if places[column] >= _TAG_PLACE
        and values[column] >= _TAG_AT_LEAST
        and not table.tag_names[column].startswith("no ")  # embedders do not read negations
    ]
