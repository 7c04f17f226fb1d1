"""A Sonos speaker through SoCo. Written against its interface; see docs/players.md."""

from typing import Any

from tools.players.player import PlaybackStatus
from tools.players.polled import DeviceReport

_STATUS = {
    "PLAYING": PlaybackStatus.PLAYING,
    "PAUSED_PLAYBACK": PlaybackStatus.PAUSED,
}


class SonosDevice:
    """One Sonos speaker, or the group that it leads, by its address."""

    def __init__(self, host: str, *, library: Any = None) -> None:
        """Make it unconnected; `library` stands in for soco."""
        if library is None:
            import soco  # noqa: PLC0415  only who has one needs it

            library = soco
        self._library = library
        self._host = host
        self._speaker: Any = None

    def connect(self) -> None:
        speaker = self._library.SoCo(self._host)
        speaker.get_current_transport_info()  # raises when nobody is there
        self._speaker = speaker

    def report(self) -> DeviceReport:
        transport = self._speaker.get_current_transport_info()
        track = self._speaker.get_current_track_info()
        state = str(transport.get("current_transport_state", ""))
        wrong = transport.get("current_transport_status", "OK") not in {"OK", ""}
        return DeviceReport(
            status=_STATUS.get(state, PlaybackStatus.IDLE),
            address=str(track.get("uri", "")),
            position_s=_seconds(str(track.get("position", ""))),
            duration_s=_seconds(str(track.get("duration", ""))),
            volume=int(self._speaker.volume),
            muted=bool(self._speaker.mute),
            trouble="it reports an error" if wrong and state == "STOPPED" else "",
        )

    def load(self, address: str, media_type: str, title: str, start_s: float) -> None:
        del media_type  # it finds out by itself
        self._speaker.play_uri(address, title=title)
        if start_s > 0.0:
            self.seek(start_s)

    def play(self) -> None:
        self._speaker.play()

    def pause(self) -> None:
        self._speaker.pause()

    def stop(self) -> None:
        self._speaker.stop()

    def seek(self, position_s: float) -> None:
        whole = round(position_s)
        self._speaker.seek(f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}")

    def set_volume(self, volume: int) -> None:
        self._speaker.volume = volume

    def set_muted(self, muted: bool) -> None:
        self._speaker.mute = muted

    def close(self) -> None:
        self._speaker = None


def _seconds(clock: str) -> float:
    """Make 83.0 of "0:01:23"; 0 of "NOT_IMPLEMENTED"."""
    parts = clock.split(":")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() for part in parts):
        return 0.0
    hours, minutes, seconds = map(int, parts)
    return hours * 3600.0 + minutes * 60.0 + seconds
