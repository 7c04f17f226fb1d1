"""Calls that leave a mark: stars, ratings, and what was listened to."""

from datetime import UTC, datetime, timedelta

from knowledge.models import PlayEventKind, Track
from server.auth.identity import Permission
from server.integrations.subsonic.call import Call, Content, method
from server.integrations.subsonic.errors import Code, SubsonicError
from server.integrations.subsonic.ids import id_of, read_id
from server.integrations.subsonic.stars import mark

_MOST_AT_ONCE = 500
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_SAME = timedelta(seconds=2)


@method("star", needs=Permission.LIBRARY)
def star(call: Call) -> Content:
    return _mark(call, star=True)


@method("unstar", needs=Permission.LIBRARY)
def unstar(call: Call) -> Content:
    return _mark(call, star=False)


@method("setRating", needs=Permission.LIBRARY)
def set_rating(call: Call) -> Content:
    """4 and 5 are a like, 1 and 2 a dislike, 3 and 0 nothing said."""
    kind, number = read_id(call.parameters.required("id"))
    call.parameters.required("rating")
    rating = call.parameters.number("rating", 0, low=-1, high=6)
    if not 0 <= rating <= 5:
        raise SubsonicError(Code.GENERIC, "A rating is 0 to 5.")
    if kind != "tr":
        mark(call, kind, number, star=rating >= 4)
        return {}
    call.services.catalog.track(number)
    call.services.ratings.set(number, {1: False, 2: False, 4: True, 5: True}.get(rating))
    call.services.queue_changed()
    return {}


@method("scrobble")
def scrobble(call: Call) -> Content:
    """A submission is a play in the history of this person; else it is what sounds now."""
    ids = [id_of(one, "tr") for one in call.parameters.several("id")[:_MOST_AT_ONCE]]
    if not ids:
        raise SubsonicError(Code.MISSING_PARAMETER, "Required parameter id is missing.")
    tracks = {one.id: one for one in call.services.catalog.tracks(ids)}
    if unknown := [one for one in ids if one not in tracks]:
        raise SubsonicError(Code.NOT_FOUND, f"There is no song number {unknown[0]}.")
    if not call.parameters.flag("submission", default=True):
        last = tracks[ids[-1]]
        call.listening_now.began(call.identity.person, call.client, last.id, last.duration_s)
        return {}
    times = [_moment(one) for one in call.parameters.several("time")]
    for place, number in enumerate(ids):
        _played(call, tracks[number], times[place] if place < len(times) else None)
    return {}


@method("getNowPlaying")
def now_playing(call: Call) -> Content:
    """What this person's apps play; nobody sees what others listen to."""
    known = call.listening_now.of(call.identity.person)
    tracks = {one.id: one for one in call.services.catalog.tracks([k.track_id for k, _ in known])}
    entries = []
    for player, (listening, minutes) in enumerate(known):
        if (track := tracks.get(listening.track_id)) is not None:
            entries.append(
                {
                    **call.shown.song(track),
                    "username": call.identity.name or "household",
                    "minutesAgo": minutes,
                    "playerId": player,
                    "playerName": listening.client,
                }
            )
    return {"nowPlaying": {"entry": entries}}


def _mark(call: Call, *, star: bool) -> Content:
    named = [
        *(read_id(one) for one in call.parameters.several("id")),
        *(("al", id_of(one, "al")) for one in call.parameters.several("albumId")),
        *(("ar", id_of(one, "ar")) for one in call.parameters.several("artistId")),
    ]
    if not named:
        raise SubsonicError(Code.MISSING_PARAMETER, "Name an id, albumId or artistId.")
    for kind, number in named[:_MOST_AT_ONCE]:
        mark(call, kind, number, star=star)
    call.services.queue_changed()
    return {}


def _moment(given: str) -> datetime:
    """A time in milliseconds since 1970, as apps send them when they were offline."""
    if not (given.isascii() and given.isdecimal() and len(given) < 15):
        raise SubsonicError(Code.GENERIC, "Parameter time is not a time in milliseconds.")
    at = datetime.fromtimestamp(int(given) / 1_000, UTC)
    if not _EARLIEST <= at <= datetime.now(UTC) + timedelta(days=1):
        raise SubsonicError(Code.GENERIC, "Parameter time is not a time at which music was played.")
    return min(at, datetime.now(UTC))


def _played(call: Call, track: Track, began: datetime | None) -> None:
    history = call.services.history
    at = began or datetime.now(UTC) - timedelta(seconds=track.duration_s)
    if began is not None:  # sent again, after an answer that was lost
        near = history.between(at - _SAME, at + _SAME)
        if any(
            one.track.id == track.id and one.player == call.client and abs(one.at - at) < _SAME
            for one in near
        ):
            return
    history.record(
        PlayEventKind.PLAY, track.id, at=at, played_s=track.duration_s, player=call.client
    )
