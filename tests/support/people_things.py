"""Everything that a person may have here, made through the parts that keep it, with a marker."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import insert

from agent.session import Message, Session
from knowledge.fingerprint.models import Certainty
from knowledge.melody.models import MelodyLine
from knowledge.melody.rows import pack_lines
from knowledge.models import PlayEventKind
from knowledge.people.current import PersonId, acting_as
from knowledge.recognition.models import Heard, HeardSource, Hearing
from knowledge.recognition.tunes import new_tune
from knowledge.recommend.models import Reason
from knowledge.recommend.offers import Offer
from knowledge.schema import clips
from knowledge.schema_belongings import imported_listens, imports
from knowledge.schema_melody import hums
from knowledge.timers.models import Alarm, AlarmMusic, NewsKind
from knowledge.wish import MusicWish
from server.recognition.timelines import TimelineJob
from server.services import Services

SESSION = "same-session"
TIMELINE = "timeline_000000000001"


@dataclass(frozen=True, slots=True)
class Things:
    """The ids of what was made."""

    playlist_id: int
    smart_id: int
    heard_id: int
    tune_id: int
    import_id: int
    timer_id: int
    hum_id: int
    line_id: str
    job_id: str
    track_id: int


def own_everything(services: Services, person: PersonId, marker: str, track_id: int) -> Things:
    """Let a person have one of each, with `marker` in all their words."""
    now = datetime.now(UTC)
    with acting_as(person):
        services.history.record(PlayEventKind.PLAY, track_id, at=now, played_s=60, player=marker)
        services.ratings.set(track_id, True)
        line = services.recommending.taste.say("more", "artist", marker, f"more {marker}")
        playlist = services.playlists.create(f"{marker} list", [track_id])
        smart = services.recommending.smart_playlists.create(f"{marker} smart", MusicWish())
        with services.database.write() as connection:
            tune_id = new_tune(connection, now.timestamp())
        services.sessions.save(Session(SESSION, (Message("user", f"hello {marker}"),)))
        alarm = services.timers.add_alarm(
            Alarm(0, now + timedelta(hours=9), music=AlarmMusic(label=marker, wish=marker))
        )
        services.timers.note(alarm, NewsKind.MISSED, music=marker, reason=marker)
        hearing = Hearing(HeardSource.FILE, device=marker, place=marker, at=now)
        heard_id = services.recognition._service.heard.record(
            Heard(
                Certainty.CERTAIN, 5.0, recording="x", title=marker, artist=marker, tune_id=tune_id
            ),
            hearing,
        )
        services.recommending.recommender.offers.record(
            marker,
            [Offer(track_id, "wish", (Reason("words", f"because {marker}", 1.0),))],
            at=now,
            context={"said": marker},
        )
        with services.database.write() as connection:
            connection.execute(
                insert(clips).values(
                    heard_id=heard_id, tune_id=tune_id, at=1, clip_s=1, fingerprint=b"x"
                )
            )
            lines = pack_lines([MelodyLine(np.zeros((1, 4), np.float32))])
            hum = insert(hums).values(at=1, kind="voice", lines=lines, candidates=[[marker, 1.0]])
            hum_id = connection.execute(hum).inserted_primary_key[0]  # type: ignore[index]
            added = insert(imports).values(at=1, source="spotify", name=marker, report={})
            import_id = connection.execute(added).inserted_primary_key[0]  # type: ignore[index]
            connection.execute(
                insert(imported_listens).values(
                    import_id=import_id, at=now.timestamp(), title=marker, artist=marker,
                    album=marker, played_s=200.0, skipped=False, track_id=None, key=marker,
                )
            )  # fmt: skip
        job = TimelineJob(marker, id=TIMELINE, state="done", entries=())
        services.timelines._jobs[job.id] = job
    return Things(
        playlist.id, smart.smart.playlist.id, heard_id, tune_id, import_id, alarm.id, hum_id,
        line.id, job.id, track_id,
    )  # fmt: skip
