"""What goes over the wire about how recordings sound."""

from collections.abc import Mapping
from math import isfinite
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from knowledge.analysis.genres import genres_of
from knowledge.analysis.sound import AXES, Sound, SoundPart
from knowledge.models import Track, TrackId
from knowledge.sound.library import SoundLibrary
from knowledge.sound.sounding import AXIS_COLUMN, MapPoint, SoundTable
from knowledge.sound.words import is_weak, key_words
from server.wire import TrackOut, cover_url

MAX_POINTS = 50_000
_MOST_TAGS = 12
_MOST_MOODS = 8
_MOODS_OF_A_SEGMENT = 3

_OUT = ConfigDict(frozen=True)
Share = Annotated[float, Field(ge=0, le=1)]


class MapTrackOut(BaseModel):
    """As much of a recording as a point on a map needs."""

    model_config = _OUT
    id: int
    title: str
    artist: str
    album_id: int | None
    cover_url: str | None


class MapPointOut(BaseModel):
    """A recording on the map; coordinates are shares of the library."""

    model_config = _OUT
    track: MapTrackOut
    valence: Share
    arousal: Share
    confidence: Share
    """Of the weaker of both; bright or dark is mostly a weak hint."""
    cluster: int
    path: tuple[tuple[float, float, float], ...]
    """Start in seconds, valence and arousal of each segment."""


class ClusterOut(BaseModel):
    model_config = _OUT
    id: int
    name: str
    count: int
    """Of the whole library, shown or not."""


class SoundMapOut(BaseModel):
    model_config = _OUT
    revision: int
    total: int
    """Analysed recordings inside the window."""
    clusters: tuple[ClusterOut, ...]
    points: tuple[MapPointOut, ...]
    """At most as many as asked for, thinned evenly; the same ones every time."""


class TempoOut(BaseModel):
    model_config = _OUT
    bpm: float
    confidence: Share
    other_bpm: float | None
    """The runner-up, mostly half or double."""


class KeyOut(BaseModel):
    model_config = _OUT
    name: str
    confidence: Share
    other: str | None


class AxisOut(BaseModel):
    model_config = _OUT
    value: Share
    confidence: Share
    percentile: Share | None
    """Share of the library that has less of it; None for segments."""
    weak: bool
    """A hint at most: show it as one."""


class TagOut(BaseModel):
    model_config = _OUT
    name: str
    percentile: Share
    probability: Share


class GenreOut(BaseModel):
    """A genre the recording probably belongs to, by its sound; files may name another."""

    model_config = _OUT
    name: str
    probability: Share


class MoodPlaceOut(BaseModel):
    model_config = _OUT
    start_s: float
    end_s: float
    fit: Share


class MoodOut(BaseModel):
    """A mood or an activity, and where in the song it holds, best first."""

    model_config = _OUT
    name: str
    places: tuple[MoodPlaceOut, ...]


class SegmentOut(BaseModel):
    model_config = _OUT
    start_s: float
    end_s: float
    axes: Mapping[str, AxisOut]
    tempo: TempoOut | None
    key: KeyOut | None
    loudness_lufs: float
    moods: tuple[str, ...]


class TrackSoundOut(BaseModel):
    """What is known of a recording's sound."""

    model_config = _OUT
    analysed: bool
    """False: not yet; all the rest is empty."""
    tempo: TempoOut | None = None
    key: KeyOut | None = None
    loudness_lufs: float | None = None
    dynamics_db: float | None = None
    axes: Mapping[str, AxisOut] = Field(default_factory=dict)
    tags: tuple[TagOut, ...] = ()
    """Auto-tags that stand out most; empty where the tagger's files are missing."""
    genres: tuple[GenreOut, ...] = ()
    """Broad genres, most probable first; empty as well without the tagger."""
    moods: tuple[MoodOut, ...] = ()
    segments: tuple[SegmentOut, ...] = ()
    path: tuple[tuple[float, float, float], ...] = ()
    """Start in seconds, valence and arousal of each segment, as shares of the library."""
    models: tuple[str, ...] = ()


class SimilarOut(BaseModel):
    model_config = _OUT
    track: TrackOut
    score: Share
    reasons: tuple[str, ...]


class SimilarTracksOut(BaseModel):
    model_config = _OUT
    analysed: bool
    tracks: tuple[SimilarOut, ...]


def map_point_out(point: MapPoint, track: Track) -> MapPointOut:
    """A point with the names that a page shows."""
    return MapPointOut(
        track=MapTrackOut(
            id=track.id,
            title=track.title,
            artist=track.artist,
            album_id=track.album_id,
            cover_url=cover_url(track.cover_id),
        ),
        valence=point.valence,
        arousal=point.arousal,
        confidence=point.confidence,
        cluster=point.cluster,
        path=point.path,
    )


def track_sound_out(track_id: TrackId, sounding: SoundLibrary) -> TrackSoundOut:
    """Everything about one recording."""
    sound = sounding.of(track_id)
    if sound is None:
        return TrackSoundOut(analysed=False)
    table = sounding.table()
    row = table.row(track_id)
    moods = sounding.moods_of(track_id)[:_MOST_MOODS]
    return TrackSoundOut(
        analysed=True,
        tempo=_tempo(sound.whole),
        key=_key(sound.whole),
        loudness_lufs=sound.whole.loudness_lufs,
        dynamics_db=sound.whole.dynamics_db,
        axes=_axes(sound.whole, table, row),
        tags=_tags(sound, table, row),
        genres=tuple(
            GenreOut(name=one.name, probability=min(one.probability, 1.0))
            for one in genres_of(sound.whole.tags)
        ),
        moods=tuple(
            MoodOut(
                name=name,
                places=tuple(
                    MoodPlaceOut(start_s=one.start_s, end_s=one.end_s, fit=one.fit)
                    for one in places
                ),
            )
            for name, places in moods
        ),
        segments=_segments(sound, sounding.moods_by_segment(track_id)),
        path=next((point.path for point in sounding.map_of((track_id,))), ()),
        models=sound.models,
    )


def _segments(sound: Sound, moods: tuple[tuple[str, ...], ...]) -> tuple[SegmentOut, ...]:
    if len(moods) != len(sound.segments):  # heard again between two looks
        moods = ((),) * len(sound.segments)
    return tuple(
        SegmentOut(
            start_s=part.start_s,
            end_s=part.end_s,
            axes=_axes(part, None, None),
            tempo=_tempo(part),
            key=_key(part),
            loudness_lufs=part.loudness_lufs,
            moods=named[:_MOODS_OF_A_SEGMENT],
        )
        for part, named in zip(sound.segments, moods, strict=True)
    )


def _axes(part: SoundPart, table: SoundTable | None, row: int | None) -> dict[str, AxisOut]:
    out: dict[str, AxisOut] = {}
    for axis in AXES:
        if (measured := part.axes.get(axis)) is None:
            continue
        place = None
        if table is not None and row is not None:
            place = float(table.percentiles[row, AXIS_COLUMN[axis]])
        out[axis.value] = AxisOut(
            value=round(measured.value, 4),
            confidence=round(measured.confidence, 3),
            percentile=None if place is None or not isfinite(place) else round(place, 4),
            weak=is_weak(measured),
        )
    return out


def _tags(sound: Sound, table: SoundTable, row: int | None) -> tuple[TagOut, ...]:
    """Those that are both likely and more than usual here."""
    if row is None or not sound.whole.tags or not table.tag_names:
        return ()
    places = table.tags[row]
    rated = [
        (float(place) * sound.whole.tags.get(name, 0.0) ** 0.5, name, float(place))
        for name, place in zip(table.tag_names, places, strict=True)
        if isfinite(place)
    ]
    rated.sort(key=lambda one: (-one[0], one[1]))
    named: dict[str, TagOut] = {}
    for _, name, place in rated:
        # Both of the tagger's lists know some tags: the likelier one speaks.
        named.setdefault(
            name.partition(" (")[0].lower(),
            TagOut(
                name=name.partition(" (")[0].lower(),
                percentile=round(place, 4),
                probability=min(max(round(sound.whole.tags.get(name, 0.0), 4), 0.0), 1.0),
            ),
        )
    return tuple(named.values())[:_MOST_TAGS]


def _tempo(part: SoundPart) -> TempoOut | None:
    tempo = part.tempo
    if tempo is None:
        return None
    return TempoOut(bpm=tempo.bpm, confidence=tempo.confidence, other_bpm=tempo.other_bpm)


def _key(part: SoundPart) -> KeyOut | None:
    if part.key is None:
        return None
    name, other = key_words(part.key)
    return KeyOut(name=name, confidence=part.key.confidence, other=other)
