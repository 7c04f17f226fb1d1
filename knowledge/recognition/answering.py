"""From one clip to one answer: the library first, then what was learned, then packs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import select

from knowledge.catalog_rows import chunks
from knowledge.database import Database
from knowledge.fingerprint.models import Certainty, ClipMatch, Recognised, Samples
from knowledge.models import Track
from knowledge.people.belonging import mine
from knowledge.queue import TrackLookup
from knowledge.recognition.clips import ClipStore
from knowledge.recognition.corrections import rejected_name
from knowledge.recognition.engine import Engine
from knowledge.recognition.listening import recognise_parts
from knowledge.recognition.models import TuneId
from knowledge.recognition.searched import SearchedIndex, SearchedTunes
from knowledge.schema import pack_recordings, tracks, tunes

_LIKE = 0.9
"""A kept clip that is the same with this probability counts as the same."""
_WORTH_TELLING = 0.01
"""A less probable alternative is not shown."""
_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What a clip was found to be."""

    recognised: Recognised
    recording: str = ""
    track: Track | None = None
    title: str = ""
    artist: str = ""
    album: str = ""
    certainty: Certainty = Certainty.UNKNOWN
    probability: float = 0.0
    offset_s: float | None = None
    tune_id: TuneId | None = None
    alternatives: tuple[tuple[Track, float], ...] = ()


class Answerer:
    """Decides what a clip is. Keeps nothing; safe to share between threads."""

    def __init__(
        self,
        database: Database,
        catalog: TrackLookup,
        engine: Engine,
        clips: ClipStore,
        library: SearchedIndex,
        packs: SearchedIndex,
        *,
        longest_s: float,
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._clips = clips
        self._tunes = SearchedTunes(clips)
        self._packs = packs
        self._longest_s = longest_s
        self.library = engine.search(library)
        self._search_tunes = engine.search(self._tunes)
        self.packs = engine.search(packs)

    def answer(self, samples: Samples, *, picture: bool = False) -> Finding:
        """Find out what a clip is.

        Args:
            samples: mono at `RATE_HZ`, shape (n,).
            picture: also return what of it fitted.
        """
        search = partial(self.library.recognise, limit=_CANDIDATES, picture=picture)
        heard = recognise_parts(samples, search, longest_s=self._longest_s)
        if heard.reason:
            return Finding(heard)
        there = self.tracks(match.recording for match in heard.matches)
        kept = tuple(match for match in heard.matches if match.recording in there)
        rejections = self._clips.rejections() if kept else {}
        best = Recognised(kept, heard.clip_s).best
        if best and best.certainty is Certainty.CERTAIN and best.recording not in rejections:
            return _of_library(heard, kept, there)
        tune = self._tune(samples, heard.clip_s)
        if best and rejections.get(best.recording, frozenset()) & tune.like:
            kept = tuple(match for match in kept if match is not best)
            kept = tuple(replace(match, certainty=Certainty.UNKNOWN) for match in kept)
            best = None
        heard = replace(heard, matches=kept)
        learned = tune.finding
        if learned is not None and (best is None or learned.probability > best.probability):
            return replace(
                learned,
                recognised=replace(learned.recognised, picture=heard.picture),
                alternatives=_alternatives(kept, there, but=learned.recording),
            )
        if best is not None:
            return _of_library(heard, kept, there)
        found = self._of_packs(samples)
        if found is not None:
            return replace(found, tune_id=tune.tune_id)
        return Finding(heard, tune_id=tune.tune_id, alternatives=_alternatives(kept, there, but=""))

    def tracks(self, recordings: Iterable[str]) -> dict[str, Track]:
        """Return the tracks that the library has now, by audio hash."""
        ids: dict[str, int] = {}
        with self._database.read() as connection:
            for chunk in chunks(set(recordings)):
                rows = connection.execute(
                    select(tracks.c.audio_hash, tracks.c.id).where(tracks.c.audio_hash.in_(chunk))
                )
                ids.update({row.audio_hash: row.id for row in rows})
        there = {track.id: track for track in self._catalog.tracks(list(ids.values()))}
        return {key: there[track_id] for key, track_id in ids.items() if track_id in there}

    def _tune(self, samples: Samples, clip_s: float) -> "_Tune":
        clips = self._tunes.clips()
        if not clips:
            return _Tune()
        found = recognise_parts(samples, self._search_tunes.recognise, longest_s=self._longest_s)
        like = {
            int(match.recording): match
            for match in found.matches
            if match.probability >= _LIKE and match.recording.isdecimal()
        }
        if found.best is None or int(found.best.recording) not in clips:
            return _Tune(like=frozenset(like))
        clip = clips[int(found.best.recording)]
        if clip.tune_id is None:
            return _Tune(like=frozenset(like))
        return _Tune(
            clip.tune_id,
            frozenset(like),
            self._named(clip.tune_id, found.best, clip.offset_s, clip_s),
        )

    def _named(
        self,
        tune_id: TuneId,
        best: ClipMatch,
        clip_offset_s: float | None,
        clip_s: float,
    ) -> Finding | None:
        """What a tune is called, if it has a name."""
        with self._database.read() as connection:
            row = connection.execute(
                select(tunes).where(mine(tunes), tunes.c.id == tune_id)
            ).first()
        if row is None or not (row.title or row.recording):
            return None
        track = self.tracks((row.recording,)).get(row.recording) if row.recording else None
        known = clip_offset_s is not None
        offset_s = best.offset_s + (clip_offset_s or 0.0)
        key = row.recording or rejected_name("", tune_id)
        told = replace(best, recording=key, offset_s=offset_s)
        return Finding(
            recognised=Recognised((told,), clip_s),
            recording=row.recording,
            track=track,
            title=row.title,
            artist=row.artist,
            album=(track.album or "") if track else "",
            certainty=best.certainty,
            probability=best.probability,
            offset_s=offset_s if known else None,
            tune_id=tune_id,
        )

    def _of_packs(self, samples: Samples) -> Finding | None:
        if not self._packs.segments():
            return None
        found = recognise_parts(samples, self.packs.recognise, longest_s=self._longest_s)
        best = found.best
        if best is None:
            return None
        with self._database.read() as connection:
            row = connection.execute(
                select(pack_recordings).where(pack_recordings.c.key == best.recording)
            ).first()
        if row is None:
            return None
        return Finding(
            recognised=found,
            recording=best.recording,
            title=row.title,
            artist=row.artist,
            album=row.album,
            certainty=best.certainty,
            probability=best.probability,
            offset_s=best.offset_s,
        )


@dataclass(frozen=True, slots=True)
class _Tune:
    """What the kept clips say."""

    tune_id: TuneId | None = None
    like: frozenset[int] = frozenset()
    """Kept clips that are the same as this one."""
    finding: Finding | None = None


def _of_library(
    heard: Recognised, kept: tuple[ClipMatch, ...], there: Mapping[str, Track]
) -> Finding:
    best = kept[0]
    track = there[best.recording]
    return Finding(
        recognised=replace(heard, matches=kept),
        recording=best.recording,
        track=track,
        title=track.title,
        artist=track.artist,
        album=track.album or "",
        certainty=best.certainty,
        probability=best.probability,
        offset_s=best.offset_s,
        alternatives=_alternatives(kept[1:], there, but=best.recording),
    )


def _alternatives(
    matches: Iterable[ClipMatch], there: Mapping[str, Track], *, but: str
) -> tuple[tuple[Track, float], ...]:
    return tuple(
        (there[match.recording], match.probability)
        for match in matches
        if match.probability >= _WORTH_TELLING and match.recording != but
    )
