"""How recordings sound: the emotional map, one recording by segment, and what is like it.

Routes are plain functions: they compute and read SQLite in worker threads.
"""

from typing import Annotated

from fastapi import APIRouter, Query

from knowledge.sound.likeness import CHANGES
from knowledge.sound.thinning import thinned
from server.errors import BadRequest
from server.routers.services import Use
from server.sound_wire import (
    MAX_POINTS,
    ClusterOut,
    SimilarOut,
    SimilarTracksOut,
    SoundMapOut,
    TrackSoundOut,
    map_point_out,
    track_sound_out,
)
from server.wire import Id

router = APIRouter(prefix="/api", tags=["sound"])

Edge = Annotated[float, Query(ge=0, le=1)]
_LONGEST_CHANGE = 200
_MOST_CHANGES = 6


@router.get("/sound/map")
def sound_map(
    services: Use,
    limit: Annotated[int, Query(ge=1, le=MAX_POINTS)] = 5_000,
    *,
    paths: bool = True,
    valence_from: Edge = 0.0,
    valence_to: Edge = 1.0,
    arousal_from: Edge = 0.0,
    arousal_to: Edge = 1.0,
) -> SoundMapOut:
    """Analysed recordings by mood: dark to bright, calm to energetic.

    A library of more than `limit` recordings is thinned evenly; ask again with a smaller window
    to see more of a part of it. Without `paths` the answer is a third as long.
    """
    sounding = services.sounding
    table = sounding.table()
    inside = sounding.within((valence_from, valence_to), (arousal_from, arousal_to))
    shown = thinned(inside, limit)
    tracks = {track.id: track for track in services.catalog.tracks(shown)}
    points = tuple(
        map_point_out(point, tracks[point.track_id])
        for point in sounding.map_of(shown, paths=paths)
        if point.track_id in tracks
    )
    clusters = tuple(
        ClusterOut(id=number, name=name, count=len(members))
        for number, (name, members) in enumerate(sounding.clusters())
    )
    return SoundMapOut(revision=table.revision, total=len(inside), clusters=clusters, points=points)


@router.get("/tracks/{track_id}/sound")
def track_sound(services: Use, track_id: Id) -> TrackSoundOut:
    """Tempo, key, axes, tags and moods of a recording, as a whole and by segment."""
    services.catalog.track(track_id)
    return track_sound_out(track_id, services.sounding)


@router.get("/tracks/{track_id}/similar")
def similar(
    services: Use,
    track_id: Id,
    but: Annotated[
        str,
        Query(max_length=_LONGEST_CHANGE, description="Changes: `calmer,slower`."),
    ] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> SimilarTracksOut:
    """Recordings that sound like this one, each with why; with `but`, changed that way."""
    services.catalog.track(track_id)
    sounding = services.sounding
    changes = _changes(but)
    found = sounding.alike((track_id,), but=changes, count=limit)
    tracks = services.catalog.tracks([one.track_id for one in found])
    shown = {track.id: track for track in services.presenter.tracks(tracks)}
    return SimilarTracksOut(
        analysed=sounding.table().row(track_id) is not None,
        tracks=tuple(
            SimilarOut(track=shown[one.track_id], score=one.score, reasons=one.reasons)
            for one in found
            if one.track_id in shown
        ),
    )


def _changes(but: str) -> dict[str, float]:
    changes: dict[str, float] = {}
    for word in [part.strip().lower() for part in but.split(",") if part.strip()][:_MOST_CHANGES]:
        if word not in CHANGES:
            raise BadRequest(
                f"“{word}” is no change of sound.", next_step="Use: " + ", ".join(sorted(CHANGES))
            )
        name, by = CHANGES[word]
        changes[name] = by
    return changes
