"""What mpv says, made into what a player reports. No I/O.

mpv is told apart by playlist entries: each file given to it has an entry id, and `entries` says
which queue item that is. `start-file` says which entry loads, `playback-restart` that it sounds,
`end-file` how it ended, and `idle` that nothing follows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tools.players.player import PlaybackStatus, PlayerEvent, PlayerEventKind, PlayerState

OBSERVED = ("pause", "time-pos", "duration", "volume", "mute")
"""The properties to observe."""

_MARK = "refrain-"
"""mpv itself keeps what its entries are, in its script-opts: "refrain-7=ITEM"."""


class MpvReports:
    """Follows one mpv by its events."""

    def __init__(self) -> None:
        self.entries: dict[int, str] = {}
        """Queue items by playlist entry."""
        self.entry: int | None = None
        """The entry that sounds, or was asked for."""
        self.proving = False
        """Whether `entry` was asked for and has yet to prove that it sounds."""
        self.restarts = 0
        """How often sound came out again, after a start or a seek."""
        self.last_error: str | None = None
        """Why mpv last gave a file up, in its words; outlives mpv."""
        self.raw = PlayerState()
        self._loading: int | None = None
        self._sounding: int | None = None
        self._trouble: dict[int, str] = {}
        self._all_ended = False
        self._length: tuple[int | None, float] = (None, 0.0)

    @property
    def state(self) -> PlayerState:
        """As reported; idle while the entry asked for has not sounded yet."""
        if self.entry is None or self.raw.item_id is None:
            return PlayerState(volume=self.raw.volume, muted=self.raw.muted)
        if self._sounding != self.entry:
            return replace(self.raw, status=PlaybackStatus.IDLE)
        return self.raw

    @property
    def trouble(self) -> str | None:
        """Why the entry that was asked for cannot be played, in mpv's words."""
        return None if self.entry is None else self._trouble.get(self.entry)

    def asked_for(self, entry: int, item_id: str, *, duration_s: float) -> None:
        """This entry was loaded in place of everything else."""
        self.entries[entry] = item_id
        self.entry = entry
        self.proving = True
        self.raw = replace(
            self.raw, status=PlaybackStatus.PLAYING, item_id=item_id, duration_s=duration_s
        )

    def only_current(self) -> None:
        """Everything behind what sounds was taken off the playlist."""
        self.entries = {entry: each for entry, each in self.entries.items() if entry == self.entry}

    def marks(self) -> dict[str, str]:
        """The entries in the form that mpv keeps for us."""
        return {f"{_MARK}{entry}": item_id for entry, item_id in self.entries.items()}

    def read_back(self, marks: Mapping[str, Any], playlist: Sequence[Mapping[str, Any]]) -> None:
        """Learn from an mpv that was left playing which item it plays."""
        self.entries = {
            int(key.removeprefix(_MARK)): str(item_id)
            for key, item_id in marks.items()
            if key.startswith(_MARK) and key.removeprefix(_MARK).isdecimal()
        }
        playing = next((each for each in playlist if each.get("playing")), None)
        if playing is not None and int(playing["id"]) in self.entries:
            self.entry = self._loading = self._sounding = int(playing["id"])
            self.raw = replace(
                self.raw, status=PlaybackStatus.PLAYING, item_id=self.entries[self.entry]
            )

    def forget(self) -> None:
        """Nothing sounds any more."""
        self.entries = {}
        self.entry = self._sounding = None
        self.proving = False
        self._trouble = {}
        self.raw = PlayerState(volume=self.raw.volume, muted=self.raw.muted)

    def heard(self, event: Mapping[str, Any]) -> PlayerEvent | None:
        """Take an event; what it means for those who listen to the player, or None."""
        match event.get("event"):
            case "property-change":
                return self._changed(str(event.get("name")), event.get("data"))
            case "start-file":
                self._loading = int(event["playlist_entry_id"])
                self._all_ended = False
                self._trouble.pop(self._loading, None)
                if self._loading == self.entry:
                    self.raw = replace(self.raw, position_s=0.0)
            case "playback-restart":
                return self._sounds()
            case "end-file":
                entry = int(event["playlist_entry_id"])
                self._all_ended = event.get("reason") in {"eof", "error"}
                if event.get("reason") == "error":
                    self.last_error = str(event.get("file_error", "it cannot be played"))
                    self._trouble[entry] = self.last_error
                elif self._all_ended and (self.proving or self._sounding != entry):
                    self._trouble[entry] = "it ended at once"
            case "idle":
                return self._ended()
        return None

    def gone(self) -> tuple[PlayerEvent, ...]:
        """Mpv is no more; perhaps because it had played everything."""
        ended = self._ended() if self._all_ended else None
        last = replace(self.state, status=PlaybackStatus.IDLE)
        self.forget()
        lost = PlayerEvent(PlayerEventKind.DISCONNECTED, last)
        return (lost,) if ended is None else (ended, lost)

    def took(self, name: str, value: Any) -> None:
        """Take over the value of one observed property."""
        match name, value:
            case "pause", bool() if self.entry is not None:
                status = PlaybackStatus.PAUSED if value else PlaybackStatus.PLAYING
                self.raw = replace(self.raw, status=status)
            case "time-pos", int() | float() if self._loading == self.entry:
                self.raw = replace(self.raw, position_s=max(0.0, float(value)))
            case "duration", int() | float():
                self._length = (self._loading, max(0.0, float(value)))
                if self._loading == self.entry:
                    self.raw = replace(self.raw, duration_s=self._length[1])
            case "volume", int() | float():
                self.raw = replace(self.raw, volume=round(min(max(value, 0), 100)))
            case "mute", bool():
                self.raw = replace(self.raw, muted=value)

    def _changed(self, name: str, value: Any) -> PlayerEvent | None:
        before = replace(self.state, position_s=0.0)
        self.took(name, value)
        after = self.state
        if replace(after, position_s=0.0) == before:
            return None
        return PlayerEvent(PlayerEventKind.STATE, after)

    def _sounds(self) -> PlayerEvent | None:
        self.restarts += 1
        self._sounding = self._loading
        item_id = None if self._loading is None else self.entries.get(self._loading)
        if item_id is None or self._loading == self.entry or self.entry is None:
            return None
        self.entry = self._loading
        of_entry, length_s = self._length  # known before it sounds
        duration_s = length_s if of_entry == self.entry else self.raw.duration_s
        self.raw = replace(self.raw, item_id=item_id, position_s=0.0, duration_s=duration_s)
        return PlayerEvent(PlayerEventKind.ADVANCED, self.state)

    def _ended(self) -> PlayerEvent | None:
        if self.raw.item_id is None or self.proving:
            return None  # whoever asked for it learns from `trouble` why it did not sound
        why = None if self._loading is None else self._trouble.get(self._loading)
        last = replace(self.raw, status=PlaybackStatus.IDLE)
        if why is None:
            self.forget()
            return PlayerEvent(PlayerEventKind.ENDED, last)
        if self._loading is not None and self._loading != self.entry:
            last = replace(last, item_id=self.entries.get(self._loading), position_s=0.0)
        self.forget()
        return PlayerEvent(PlayerEventKind.FAILED, last, f"mpv cannot play the file: {why}.")
