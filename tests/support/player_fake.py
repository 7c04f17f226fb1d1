"""A player without a speaker, a clock or a thread, that does just what a test tells it."""

from enum import StrEnum

from knowledge.models import QueueItem
from knowledge.playback_memory import PlaybackSettings
from tools.errors import NoPlayer, PlayerNotResponding, PlayerRefused
from tools.players.announcer import Announcer
from tools.players.player import (
    PlaybackStatus,
    PlayerCapability,
    PlayerEventKind,
    PlayerListener,
    PlayerState,
)


class Answer(StrEnum):
    """How the fake takes a command."""

    CONFIRM = "confirm"
    REFUSE = "refuse"
    STAY_SILENT = "stay_silent"
    DISCONNECT = "disconnect"


class FakePlayer:
    """Fulfils the `Player` protocol.

    `answer` says how commands end; `refused_titles` are tracks it refuses in any case. What the
    device does by itself is told with `pass_time`, `end_track`, `fail`, `disconnect`,
    `reconnect` and `change`. `commands` lists what it was asked, such as "play Take Five".
    """

    def __init__(
        self,
        name: str = "fake",
        *,
        answer: Answer | str = Answer.CONFIRM,
        connected: bool = True,
        refused_titles: frozenset[str] = frozenset(),
        capabilities: frozenset[PlayerCapability] = frozenset(PlayerCapability),
    ) -> None:
        self.answer = Answer(answer)
        self.refused_titles = set(refused_titles)
        self.commands: list[str] = []
        self.prepared: QueueItem | None = None
        self.playing: QueueItem | None = None
        self.settings = PlaybackSettings()
        self.closed = False
        self.ducked = False
        self._name = name
        self._connected = connected
        self._capabilities = capabilities
        self._state = PlayerState()
        self._announcer = Announcer()

    @property
    def name(self) -> str:
        return self._name

    @property
    def connected(self) -> bool:
        return self._connected

    @property
    def capabilities(self) -> frozenset[PlayerCapability]:
        return self._capabilities

    @property
    def state(self) -> PlayerState:
        return self._state

    def listen(self, listener: PlayerListener) -> None:
        self._announcer.listen(listener)

    def adjust(self, settings: PlaybackSettings) -> None:
        self.settings = settings

    def duck(self, on: bool) -> None:
        self.ducked = on

    async def play(
        self, item: QueueItem, *, start_s: float = 0.0, timeout_s: float = 3.0
    ) -> PlayerState:
        self.commands.append(f"play {item.track.title}")
        self._be_idle()
        self._obey()
        if item.track.title in self.refused_titles:
            raise PlayerRefused(f"{item.track.title} cannot be decoded.")
        self.playing = item
        return self._set(
            status=PlaybackStatus.PLAYING,
            item_id=item.id,
            position_s=start_s,
            duration_s=item.track.duration_s,
        )

    async def prepare(self, item: QueueItem | None) -> None:
        self.commands.append(f"prepare {item.track.title if item else None}")
        self.prepared = item

    async def pause(self) -> PlayerState:
        self.commands.append("pause")
        self._obey()
        return self._set(status=PlaybackStatus.PAUSED)

    async def resume(self) -> PlayerState:
        self.commands.append("resume")
        self._obey()
        return self._set(status=PlaybackStatus.PLAYING)

    async def stop(self) -> PlayerState:
        self.commands.append("stop")
        self._obey()
        self._be_idle()
        return self._state

    async def seek(self, position_s: float) -> PlayerState:
        self.commands.append(f"seek {position_s:g}")
        self._obey()
        return self._set(position_s=position_s)

    async def set_volume(self, volume: int, *, muted: bool = False) -> PlayerState:
        self.commands.append(f"volume {volume}{' muted' if muted else ''}")
        self._obey()
        return self._set(volume=volume, muted=muted)

    async def close(self) -> None:
        self.closed = True
        self._be_idle()

    # What the device does by itself

    def pass_time(self, seconds: float) -> None:
        """Let it play on for so long; it never reaches the end by this."""
        self._set(position_s=self._state.position_s + seconds)

    def end_track(self) -> None:
        """The track came to its end: go on to the prepared one, or end."""
        item, self.prepared = self.prepared, None
        if item is None:
            self._announce_idle(PlayerEventKind.ENDED)
            return
        self.playing = item
        self._set(
            status=PlaybackStatus.PLAYING,
            item_id=item.id,
            position_s=0.0,
            duration_s=item.track.duration_s,
        )
        self._announcer.say(PlayerEventKind.ADVANCED, self._state)

    def fail(self, message: str = "broken", *, item: QueueItem | None = None) -> None:
        """The track turns out to be unplayable while it plays; or `item`, when it is its turn."""
        if item is not None:
            self._set(item_id=item.id, position_s=0.0)
        self._announce_idle(PlayerEventKind.FAILED, message)

    def disconnect(self) -> None:
        self._connected = False
        self._announce_idle(PlayerEventKind.DISCONNECTED)

    def reconnect(self) -> None:
        self._connected = True
        self._announcer.say(PlayerEventKind.STATE, self._state)

    def change(self, status: PlaybackStatus) -> None:
        """Someone pressed pause or play on the device itself."""
        self._set(status=status)
        self._announcer.say(PlayerEventKind.STATE, self._state)

    def _obey(self) -> None:
        if self.answer is Answer.DISCONNECT:
            self.disconnect()
        if not self._connected:
            raise NoPlayer(f"{self._name} is not connected.")
        if self.answer is Answer.REFUSE:
            raise PlayerRefused(f"{self._name} refused.")
        if self.answer is Answer.STAY_SILENT:
            raise PlayerNotResponding(f"{self._name} did not answer in time.")

    def _announce_idle(self, kind: PlayerEventKind, message: str = "") -> None:
        last = self._state
        self._be_idle()
        ended = PlayerState(
            item_id=last.item_id,
            position_s=last.position_s,
            duration_s=last.duration_s,
            volume=last.volume,
            muted=last.muted,
        )
        self._announcer.say(kind, ended, message)

    def _be_idle(self) -> None:
        self.playing = None
        self.prepared = None
        self._state = PlayerState(volume=self._state.volume, muted=self._state.muted)

    def _set(
        self,
        *,
        status: PlaybackStatus | None = None,
        item_id: str | None = None,
        position_s: float | None = None,
        duration_s: float | None = None,
        volume: int | None = None,
        muted: bool | None = None,
    ) -> PlayerState:
        old = self._state
        self._state = PlayerState(
            status=old.status if status is None else status,
            item_id=old.item_id if item_id is None else item_id,
            position_s=old.position_s if position_s is None else position_s,
            duration_s=old.duration_s if duration_s is None else duration_s,
            volume=old.volume if volume is None else volume,
            muted=old.muted if muted is None else muted,
        )
        return self._state
