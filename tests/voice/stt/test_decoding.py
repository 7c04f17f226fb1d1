"""A decoder that has lost its way is stopped, and a refrain is not taken for that."""

import pytest

from voice.stt.decoding import without_circles

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ([7] * 6, 1),
        ([1, 2, *[7] * 6], 3),
        ([1, *[7, 8] * 5], 3),
        ([1, *[7, 8, 9, 10] * 3], 5),
    ],
)
def test_what_comes_again_and_again_is_left_once(said: list[int], left: int) -> None:
    assert without_circles(said) == left


@pytest.mark.parametrize("said", [[], [1, 2, 3], [1, 7, 7, 7], [7, 8] * 4, [1, 2, 3, 4] * 2])
def test_a_refrain_is_left_as_it_is(said: list[int]) -> None:
    assert without_circles(said) == len(said)
