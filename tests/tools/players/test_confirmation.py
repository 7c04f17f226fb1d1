"""Only progress in the right item is proof."""

from collections.abc import Callable, Iterator

import pytest

from tools.errors import PlayerNotResponding
from tools.players.confirmation import confirm_playing
from tools.players.player import PlaybackStatus, PlayerState

pytestmark = pytest.mark.unit


def playing(position_s: float, item_id: str = "a") -> PlayerState:
    return PlayerState(PlaybackStatus.PLAYING, item_id, position_s)


def saying(*states: PlayerState) -> Callable[[], PlayerState]:
    """A device that reports these states, and then the last one for ever."""
    coming: Iterator[PlayerState] = iter(states)
    last = states[-1]

    def reported() -> PlayerState:
        return next(coming, last)

    return reported


async def confirmed(*states: PlayerState, since_s: float | None = None) -> bool:
    try:
        await confirm_playing(saying(*states), "a", player="It", timeout_s=0.12, since_s=since_s)
    except PlayerNotResponding:
        return False
    return True


async def test_time_that_goes_on_is_proof() -> None:
    assert await confirmed(PlayerState(), playing(0.0), playing(0.1))
    assert await confirmed(playing(30.0), since_s=29.5)


async def test_a_claim_is_no_proof() -> None:
    assert not await confirmed(playing(0.0))
    assert not await confirmed(playing(5.0))
    assert not await confirmed(playing(29.0), since_s=29.5)


async def test_another_item_is_no_proof() -> None:
    assert not await confirmed(playing(1.0, "b"), playing(2.0, "b"), playing(3.0, "b"))
    assert not await confirmed(playing(1.0, "b"), playing(2.0, "a"), playing(2.0, "a"))


async def test_a_pause_is_no_proof() -> None:
    paused = PlayerState(PlaybackStatus.PAUSED, "a", 3.0)
    assert not await confirmed(playing(1.0), paused, playing(4.0))
