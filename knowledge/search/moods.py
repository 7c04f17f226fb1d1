"""Tracks of a mood: tagged with it, or in the stretch of energy that it stands for.

A first, simple rule: what a tag says counts most; without tags the energy of the sound decides, as
a share of this library (`Catalog.calm_to_driving`). What music means is for later.
"""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, text

from knowledge.folding import fold
from knowledge.recommend.wishes import wish_for

_TAGGED_SCORE = 0.95
_MOST_TAGGED = 50_000

_TAGGED = text(
    "SELECT id, moods FROM tracks "
    "WHERE missing_since IS NULL AND moods NOT IN ('[]', 'null') LIMIT :most"
)


def tracks_in_mood(
    connection: Connection, mood: str, calm_to_driving: Sequence[tuple[int, float]]
) -> dict[int, float]:
    """Find the tracks that fit a mood or an activity.

    Args:
        connection: open for reading.
        mood: words such as "calm" or "something for the gym".
        calm_to_driving: analysed tracks, each with the share of the library that is calmer.

    Returns:
        Track ids with how well they fit, 0 to 1; empty when nothing does. A mood nobody has a
        meaning for can still be a tag.
    """
    wish = wish_for(mood)
    wanted = {fold(mood)} | (set(wish.tags) | {wish.name} if wish else set())
    fitting: dict[int, float] = {}
    if wish is not None:
        middle, width = (wish.low + wish.high) / 2, max(wish.high - wish.low, 0.01)
        # "Calm" means the calmest: a stretch at an end of the scale is best at that end.
        best = wish.low if wish.low <= 0.0 else wish.high if wish.high >= 1.0 else middle
        for track_id, place in calm_to_driving:
            if wish.low <= place <= wish.high:
                fitting[track_id] = 0.9 - 0.3 * abs(place - best) / width
    for track_id, moods in connection.execute(_TAGGED, {"most": _MOST_TAGGED}):
        if wanted & {fold(str(word)) for word in json.loads(moods)}:
            fitting[track_id] = max(_TAGGED_SCORE, fitting.get(track_id, 0.0))
    return fitting
