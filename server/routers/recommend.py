"""Recommendations, why they are what they are, and playlists that fill themselves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from knowledge.models import TrackId
from knowledge.recommend.conditions import CHANGED
from knowledge.recommend.models import Situation
from knowledge.recommend.wish_json import wish_from_json
from knowledge.wish import Arc, MusicWish
from server.errors import BadRequest
from server.recommend_wire import (
    ReasonOut,
    RecommendedOut,
    SimilarArtistOut,
    SmartPlaylistIn,
    SmartPlaylistOut,
    WhyOut,
)
from server.routers.services import Use
from server.wire import Id

router = APIRouter(prefix="/api", tags=["recommendations"])

_Word = Annotated[str, Query(max_length=100)]
_QUEUE_SEEN = 30
_WORDS = {
    word: (name, -1.0 if place == 0 else 1.0)
    for name, pair in CHANGED.items()
    for place, word in enumerate(pair)
} | {"quieter": ("loudness", -1.0), "happier": ("valence", 1.0), "sadder": ("valence", -1.0)}


@router.get("/recommendations")
def recommendations(
    services: Use,
    q: Annotated[str, Query(max_length=300)] = "",
    mood: _Word = "",
    activity: _Word = "",
    genre: _Word = "",
    cadence: Annotated[float | None, Query(ge=20, le=400)] = None,
    like: Annotated[tuple[Id, ...], Query(max_length=20)] = (),
    but: _Word = "",
    count: Annotated[int, Query(ge=1, le=200)] = 10,
    minutes: Annotated[float | None, Query(ge=1, le=720)] = None,
    arc: Arc = "",
    time_of_day: _Word = "",
    weather: _Word = "",
    place: _Word = "",
    session: _Word = "",
) -> RecommendedOut:
    """A varied handful; with `minutes` or `arc` a list that flows, of exact length.

    `but` names changes from `like`: "calmer,older".
    """
    said = services.recommending.wish_of(q)
    wish = MusicWish(
        text=q,
        free=said.free,
        said_in=said.said_in,
        genres=(genre,) if genre else (),
        moods=(mood,) if mood else (),
        activity=activity,
        cadence=cadence,
        like=tuple(like),
        but=_changes(but),
        duration_s=None if minutes is None else 60.0 * minutes,
        count=count if minutes is None else None,
        arc=arc,
        time_of_day=time_of_day,
        weather=weather,
        place=place,
    )
    wish = _joined(said, wish)
    now = _situation(services, session)
    recommender = services.recommending.recommender
    if wish.duration_s is not None or wish.arc:
        made = recommender.playlist(wish, now)
    else:
        made = recommender.recommend(wish, now, count=count)
    return RecommendedOut.of(made, services.presenter)


@router.get("/tracks/{track_id}/why")
def why(
    services: Use,
    track_id: Id,
    list_id: Annotated[str, Query(max_length=32)] = "",
) -> WhyOut:
    """Why a track was offered; of one that never was, what speaks for it."""
    services.catalog.track(track_id)
    reasons = services.recommending.recommender.explain(
        track_id, _situation(services, ""), list_id=list_id
    )
    return WhyOut(track_id=track_id, reasons=tuple(ReasonOut.of(each) for each in reasons))


@router.get("/artists/{artist_id}/similar")
def similar_artists(
    services: Use, artist_id: Id, limit: Annotated[int, Query(ge=1, le=50)] = 10
) -> tuple[SimilarArtistOut, ...]:
    """Artists of the library that are like this one."""
    name = services.catalog.artist(artist_id).name
    found = services.recommending.recommender.similar_artists(name, count=limit)
    return tuple(SimilarArtistOut.of(one) for one in found)


@router.get("/smart-playlists")
def smart_playlists(services: Use) -> tuple[SmartPlaylistOut, ...]:
    return tuple(
        SmartPlaylistOut.of(one, services.presenter)
        for one in services.recommending.smart_playlists.all()
    )


@router.post("/smart-playlists", status_code=201)
def make_smart_playlist(services: Use, wanted: SmartPlaylistIn) -> SmartPlaylistOut:
    """Make a playlist that fills itself, and fill it."""
    if (wanted.wish is None) == (not wanted.words.strip()):
        raise BadRequest("Give either `words` or `wish`.")
    if wanted.wish is not None:
        wish = wish_from_json(wanted.wish)
    else:
        wish = services.recommending.wish_of(wanted.words)
    made = services.recommending.smart_playlists.create(wanted.name, wish, every_s=wanted.every_s)
    services.library_changed()
    return SmartPlaylistOut.refreshed(made, services.presenter)


@router.post("/smart-playlists/{playlist_id}/refresh")
def refresh(services: Use, playlist_id: Id) -> SmartPlaylistOut:
    """Fill it now."""
    made = services.recommending.smart_playlists.refresh(playlist_id)
    services.library_changed()
    return SmartPlaylistOut.refreshed(made, services.presenter)


@router.delete("/smart-playlists/{playlist_id}", status_code=204)
def make_ordinary(services: Use, playlist_id: Id) -> Response:
    """Take the rule away; the playlist stays as it is."""
    services.playlists.get(playlist_id)
    services.recommending.smart_playlists.make_ordinary(playlist_id)
    return Response(status_code=204)


def _situation(services: Use, session: str) -> Situation:
    queue = services.playback.queue
    ids: list[TrackId] = [item.track.id for item in queue.items]
    heard = ids[: queue.position + 1] if queue.position is not None else []
    return Situation(
        at=datetime.now().astimezone(),
        session_id=session,
        queue=tuple(heard[-_QUEUE_SEEN:]),
    )


def _changes(words: str) -> Mapping[str, float]:
    changes: dict[str, float] = {}
    for word in (each.strip().lower() for each in words.split(",") if each.strip()):
        if word not in _WORDS:
            raise BadRequest(f'Nothing is known of "{word}".')
        name, amount = _WORDS[word]
        changes[name] = amount
    return changes


def _joined(said: MusicWish, given: MusicWish) -> MusicWish:
    """What was said in words, with what was given beside it; the latter wins."""
    empty = MusicWish()
    values = {
        name: getattr(given, name) if getattr(given, name) != getattr(empty, name)
        else getattr(said, name)
        for name in MusicWish.__dataclass_fields__
    }  # fmt: skip
    return MusicWish(**values)
