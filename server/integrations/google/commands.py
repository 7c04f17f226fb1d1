"""Commands of Google's traits, each done when the player says so."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from knowledge.models import Playlist, RepeatMode, Track
from server.integrations.google.speakers import HouseSpeaker, input_key
from tools.players.player import PlaybackStatus

_SET_INPUT: Final = "SetInput"


class CannotDo(Exception):
    """A command that means nothing here; the message is one of Google's error codes."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The playlists, in order, and what is in them."""

    playlists: tuple[Playlist, ...]
    tracks: Callable[[Playlist], Awaitable[tuple[Track, ...]]]
    current: str = ""
    """Key of the one that was chosen last; "" when none was."""

    def named(self, key: object) -> Playlist:
        """The playlist with this key.

        Raises:
            CannotDo: there is none.
        """
        for one in self.playlists:
            if input_key(one) == key:
                return one
        raise CannotDo("unsupportedInput")

    def beside(self, step: int) -> Playlist:
        """The one before or after the current one, round and round.

        Raises:
            CannotDo: there are none.
        """
        if not self.playlists:
            raise CannotDo("unsupportedInput")
        keys = [input_key(one) for one in self.playlists]
        at = keys.index(self.current) if self.current in keys else (-1 if step > 0 else 0)
        return self.playlists[(at + step) % len(keys)]


async def carry_out(
    name: str, params: dict[str, Any], speaker: HouseSpeaker, inputs: Inputs
) -> str:
    """Do it; returns the key of the input that was chosen, or "".

    Raises:
        CannotDo: nobody here knows how.
        ToolError: the player did not.
    """
    chosen = _input_wanted(name, params, inputs)
    if chosen is not None:
        tracks = await inputs.tracks(chosen)
        await speaker.take()
        await speaker.playback.play(tracks, session_id="google")
        return input_key(chosen)
    action = _ACTIONS.get(name)
    if action is None:
        raise CannotDo("functionNotSupported")
    await action(speaker, params)
    return ""


def _input_wanted(name: str, params: dict[str, Any], inputs: Inputs) -> Playlist | None:
    if name == _SET_INPUT:
        return inputs.named(params.get("newInput"))
    if name in {"NextInput", "PreviousInput"}:
        return inputs.beside(1 if name == "NextInput" else -1)
    return None


async def _on_off(speaker: HouseSpeaker, params: dict[str, Any]) -> None:
    on = params.get("on")
    if not isinstance(on, bool):
        raise CannotDo("protocolError")
    if on and speaker.status is not PlaybackStatus.PLAYING:
        await _resume(speaker, params)
    elif not on and speaker.status is not PlaybackStatus.IDLE:
        await _stop(speaker, params)


async def _pause(speaker: HouseSpeaker, _: dict[str, Any]) -> None:
    await (speaker.playback if speaker.room is None else speaker.room).pause()


async def _resume(speaker: HouseSpeaker, _: dict[str, Any]) -> None:
    await (speaker.playback if speaker.room is None else speaker.room).resume()


async def _stop(speaker: HouseSpeaker, _: dict[str, Any]) -> None:
    if speaker.room is None:
        await speaker.playback.stop(keep_place=True)
    else:
        await speaker.room.stop()


async def _next(speaker: HouseSpeaker, _: dict[str, Any]) -> None:
    await speaker.playback.next()


async def _previous(speaker: HouseSpeaker, _: dict[str, Any]) -> None:
    await speaker.playback.previous()


async def _seek_relative(speaker: HouseSpeaker, params: dict[str, Any]) -> None:
    by_s = _number(params, "relativePositionMs") / 1_000
    await speaker.playback.seek(speaker.playback.state.position_s + by_s)


async def _seek(speaker: HouseSpeaker, params: dict[str, Any]) -> None:
    await speaker.playback.seek(_number(params, "absPositionMs") / 1_000)


async def _repeat(speaker: HouseSpeaker, params: dict[str, Any]) -> None:
    mode = RepeatMode.OFF
    if params.get("isOn") is True:
        mode = RepeatMode.ONE if params.get("isSingle") is True else RepeatMode.ALL
    await speaker.playback.repeat(mode)


async def _shuffle(speaker: HouseSpeaker, _: dict[str, Any]) -> None:
    await speaker.playback.shuffle(on=True)


async def _mute(speaker: HouseSpeaker, params: dict[str, Any]) -> None:
    if not isinstance(params.get("mute"), bool):
        raise CannotDo("protocolError")
    await speaker.set_volume(speaker.volume[0], muted=params["mute"])


async def _volume(speaker: HouseSpeaker, params: dict[str, Any]) -> None:
    await speaker.set_volume(_level(_number(params, "volumeLevel")), muted=False)


async def _volume_by(speaker: HouseSpeaker, params: dict[str, Any]) -> None:
    steps = _number(params, "relativeSteps")
    await speaker.set_volume(_level(speaker.volume[0] + steps), muted=False)


def _number(params: dict[str, Any], key: str) -> int:
    value = params.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise CannotDo("protocolError")
    return value


def _level(value: int) -> int:
    return min(max(value, 0), 100)


_ACTIONS: Final[dict[str, Callable[[HouseSpeaker, dict[str, Any]], Awaitable[None]]]] = {
    "OnOff": _on_off,
    "mediaPause": _pause,
    "mediaResume": _resume,
    "mediaStop": _stop,
    "mediaNext": _next,
    "mediaPrevious": _previous,
    "mediaSeekRelative": _seek_relative,
    "mediaSeekToPosition": _seek,
    "mediaRepeatMode": _repeat,
    "mediaShuffle": _shuffle,
    "mute": _mute,
    "setVolume": _volume,
    "volumeRelative": _volume_by,
}
"""By the last part of their names."""
