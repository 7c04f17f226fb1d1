"""What playback remembers between starts: volumes, settings, and where the music stopped."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from knowledge.database import Database
from knowledge.schema import settings

MAX_CROSSFADE_S = 12.0


@dataclass(frozen=True, slots=True)
class PlaybackSettings:
    """How tracks follow each other and how loud they are, for all players that can."""

    crossfade_s: float = 0.0
    """0 (gapless) to 12 seconds."""
    levelling: bool = True
    """Bring tracks to one loudness."""


@dataclass(frozen=True, slots=True)
class LeftAt:
    """Where the music was when it last stopped by accident or was paused."""

    item_id: str
    position_s: float


class PlaybackMemory:
    """Small facts in the `settings` table. Synchronous; each call is one transaction."""

    def __init__(self, database: Database, *, room: str = "") -> None:
        """Remember for the installation; a `room` with a queue of its own has its own place."""
        self._database = database
        self._of_room = f".{room}" if room else ""

    def volume(self, player: str) -> int | None:
        """The volume last set on this player, 0 to 100, or None."""
        value = self._get(f"playback.volume.{player}")
        return value if isinstance(value, int) and 0 <= value <= 100 else None

    def keep_volume(self, player: str, volume: int) -> None:
        self._set(f"playback.volume.{player}", volume)

    def settings(self) -> PlaybackSettings:
        value = self._get("playback.settings")
        if not isinstance(value, dict):
            return PlaybackSettings()
        crossfade_s = float(value.get("crossfade_s", 0.0))
        return PlaybackSettings(
            crossfade_s=min(max(crossfade_s, 0.0), MAX_CROSSFADE_S),
            levelling=bool(value.get("levelling", True)),
        )

    def keep_settings(self, value: PlaybackSettings) -> None:
        self._set("playback.settings", asdict(value))

    def left_at(self) -> LeftAt | None:
        value = self._get(f"playback.left_at{self._of_room}")
        if not isinstance(value, dict):
            return None
        return LeftAt(str(value["item_id"]), max(0.0, float(value["position_s"])))

    def keep_left_at(self, value: LeftAt | None) -> None:
        self._set(f"playback.left_at{self._of_room}", None if value is None else asdict(value))

    def selected_player(self) -> str | None:
        """The player chosen by name, or None when playback chooses."""
        value = self._get(f"playback.player{self._of_room}")
        return value if isinstance(value, str) else None

    def keep_selected_player(self, name: str) -> None:
        self._set(f"playback.player{self._of_room}", name)

    def _get(self, key: str) -> Any:
        with self._database.read() as connection:
            return connection.execute(
                select(settings.c.value).where(settings.c.key == key)
            ).scalar()

    def _set(self, key: str, value: Any) -> None:
        statement = insert(settings).values(key=key, value=value)
        with self._database.write() as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["key"], set_={"value": statement.excluded.value}
                )
            )
