"""Stars: of a recording it is a like, of an album or artist a taste for more of it."""

import time
from collections.abc import Mapping

from knowledge.errors import NotInLibrary
from knowledge.people.settings import PersonSettings
from server.integrations.subsonic.call import Call
from server.integrations.subsonic.ids import Kind, told_id

_KEY = "app_stars"
_MOST = 20_000


def starred(call: Call) -> dict[str, float]:
    """When albums and artists were starred, by id; seconds since 1970, the newest first."""
    kept = PersonSettings(call.services.database).get(_KEY)
    if not isinstance(kept, Mapping):
        return {}
    stars = {str(key): float(at) for key, at in kept.items() if isinstance(at, int | float)}
    return dict(sorted(stars.items(), key=lambda one: -one[1]))


def mark(call: Call, kind: Kind, number: int, *, star: bool) -> None:
    """Star something, or take its star away.

    Raises:
        NotInLibrary: there is no such thing.
    """
    services = call.services
    if kind == "tr":
        services.catalog.track(number)
        if star:
            services.ratings.set(number, liked=True)
        elif services.ratings.get(number):
            services.ratings.set(number, liked=None)
        return
    if kind == "al":
        subject, name = "album", services.catalog.album(number).title
    elif kind == "ar":
        subject, name = "artist", services.catalog.artist(number).name
    else:
        raise NotInLibrary("A playlist cannot be starred.")
    stars = starred(call)
    had = stars.pop(told_id(kind, number), None)
    if star == (had is not None):
        return
    if star:
        stars = {told_id(kind, number): time.time(), **stars}
    PersonSettings(services.database).put(_KEY, dict(list(stars.items())[:_MOST]))
    services.recommending.taste.say("more" if star else "neutral", subject, name[:300])
