"""A Chromecast through pychromecast. Written against its interface; see docs/players.md."""

from typing import Any
from uuid import uuid4

from tools.players.player import PlaybackStatus
from tools.players.polled import DeviceReport

_STATUS = {
    "PLAYING": PlaybackStatus.PLAYING,
    "BUFFERING": PlaybackStatus.IDLE,
    "PAUSED": PlaybackStatus.PAUSED,
}
_WAIT_S = 5.0


class ChromecastDevice:
    """One Chromecast, by its address."""

    def __init__(self, host: str, port: int = 8009, *, library: Any = None) -> None:
        """Make it unconnected; `library` stands in for pychromecast."""
        if library is None:
            import pychromecast  # noqa: PLC0415  only who has one needs it

            library = pychromecast
        self._library = library
        self._host, self._port = host, port
        self._cast: Any = None

    def connect(self) -> None:
        about = (self._host, self._port, uuid4(), None, None)
        self._cast = self._library.get_chromecast_from_host(about, tries=1, timeout=_WAIT_S)
        self._cast.wait(timeout=_WAIT_S)
        if self._cast.status is None:
            raise TimeoutError("the Chromecast did not say how it is")

    def report(self) -> DeviceReport:
        media = self._cast.media_controller
        if media.status.player_state in _STATUS:
            media.update_status()
        status, device = media.status, self._cast.status
        failed = status.player_state == "IDLE" and status.idle_reason == "ERROR"
        return DeviceReport(
            status=_STATUS.get(str(status.player_state), PlaybackStatus.IDLE),
            address=str(status.content_id or ""),
            position_s=float(status.adjusted_current_time or 0.0),
            duration_s=float(status.duration or 0.0),
            volume=round(float(device.volume_level) * 100),
            muted=bool(device.volume_muted),
            trouble="it reports an error" if failed else "",
        )

    def load(self, address: str, media_type: str, title: str, start_s: float) -> None:
        media = self._cast.media_controller
        media.play_media(address, media_type, title=title, current_time=start_s, autoplay=True)
        media.block_until_active(timeout=_WAIT_S)

    def play(self) -> None:
        self._cast.media_controller.play()

    def pause(self) -> None:
        self._cast.media_controller.pause()

    def stop(self) -> None:
        self._cast.media_controller.stop()

    def seek(self, position_s: float) -> None:
        self._cast.media_controller.seek(position_s)

    def set_volume(self, volume: int) -> None:
        self._cast.set_volume(volume / 100)

    def set_muted(self, muted: bool) -> None:
        self._cast.set_volume_muted(muted)

    def close(self) -> None:
        if self._cast is not None:
            self._cast.disconnect(timeout=1.0)
