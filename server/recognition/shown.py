"""Jobs and streams as they go over the wire."""

from server.presenter import Presenter
from server.recognition.monitors import Monitor
from server.recognition.timelines import TimelineJob
from server.recognition_wire import MonitorOut, TimelineEntryOut, TimelineJobOut


def timeline_out(job: TimelineJob, presenter: Presenter) -> TimelineJobOut:
    """A job; with its entries when it is done. Reads ratings, so not on the event loop."""
    entries = None
    if job.entries is not None:
        tracks = {track.id: track for track in presenter.tracks(job.tracks.values())}
        entries = []
        for entry in job.entries:
            known = job.tracks.get(entry.recording or "")
            track = None if known is None else tracks[known.id]
            entries.append(
                TimelineEntryOut(
                    start_s=round(entry.start_s, 2),
                    end_s=round(entry.end_s, 2),
                    track=track,
                    title="" if track is None else track.title,
                    artist="" if track is None else track.artist,
                    certainty="unknown" if track is None else entry.certainty.value,
                    probability=0.0 if track is None else round(entry.probability, 4),
                    offset_s=round(entry.offset_s, 2),
                    speed=round(entry.speed, 4),
                    pitch=round(entry.pitch, 2),
                )
            )
    return TimelineJobOut(
        id=job.id,
        name=job.name,
        state=job.state,
        done_s=round(job.done_s, 1),
        total_s=None if job.total_s is None else round(job.total_s, 1),
        problem=job.problem,
        entries=None if entries is None else tuple(entries),
    )


def monitor_out(monitor: Monitor) -> MonitorOut:
    playing = monitor.playing
    return MonitorOut(
        id=monitor.id,
        name=monitor.name,
        url=monitor.url,
        state=monitor.state,
        problem=monitor.problem,
        heard_s=round(monitor.heard_s, 1),
        playing="" if playing is None else f"{playing.title} by {playing.artist}",
    )
