"""The room that a request names is taken out of its words; titles with rooms in them stay whole."""

import pytest

from agent.rooms import EVERYWHERE, HERE, placed
from agent.understanding.gazetteer import Gazetteer

pytestmark = pytest.mark.unit

ROOMS = ("kitchen", "bedroom", "living room", "study")
LIBRARY = Gazetteer(
    [
        ("track", 1, "Dinner in the Kitchen"),
        ("track", 2, "Kitchen"),
        ("album", 3, "Songs from the Bedroom"),
    ]
)


@pytest.mark.parametrize(
    ("said", "rest", "room"),
    [
        ("play jazz in the kitchen", "play jazz", "kitchen"),
        ("play Take Five on the living room speaker please", "play Take Five", "living room"),
        ("play something in the livingroom", "play something", "living room"),
        ("In the bedroom, play something calm", "play something calm", "bedroom"),
        ("pause the kitchen", "pause", "kitchen"),
        ("turn the bedroom down", "turn it down", "bedroom"),
        ("turn down the bedroom a bit", "turn it down a bit", "bedroom"),
        ("make the kitchen a bit louder", "make it a bit louder", "kitchen"),
        ("turn the bedroom off", "stop", "bedroom"),
        ("kitchen louder", "louder", "kitchen"),
        ("set the kitchen to 30 percent", "set the volume to 30 percent", "kitchen"),
        ("set the volume in the kitchen to 30", "set the volume to 30", "kitchen"),
        ("lower the kitchen volume", "lower the volume", "kitchen"),
        ("stop it everywhere", "stop it", EVERYWHERE),
        ("mute all speakers", "mute", EVERYWHERE),
        ("play ABBA in every room", "play ABBA", EVERYWHERE),
        ("play something here", "play something", HERE),
        ("what is playing in the kitchen?", "what is playing", "kitchen"),
        ("play dinner in the kitchen in the bedroom", "play dinner in the kitchen", "bedroom"),
        ("play jazz in the garage", "play jazz", "garage"),
    ],
)
def test_the_room_is_taken_out(said: str, rest: str, room: str) -> None:
    where = placed(said, ROOMS, LIBRARY)
    assert where is not None
    assert (where.text, where.room) == (rest, room)


@pytest.mark.parametrize(
    "said",
    [
        "play jazz",
        "play kitchen",
        "play dinner in the kitchen",
        "play the album songs from the bedroom",
        "play music to study",
        "play songs from here and there",
        "turn it down",
        "move this song to the end",
        "what is playing",
        "",
        "in " * 500,
    ],
)
def test_nothing_is_taken_where_no_room_is_named(said: str) -> None:
    assert placed(said, ROOMS, LIBRARY) is None


@pytest.mark.parametrize(
    ("said", "moves"),
    [
        ("move it to the bedroom", True),
        ("move the music here", True),
        ("play it in the kitchen", True),
        ("continue in the kitchen", True),
        ("no, in the bedroom", True),
        ("everywhere", True),
        ("play jazz in the kitchen", False),
        ("pause the kitchen", False),
        ("add it to the queue in the kitchen", False),
    ],
)
def test_what_is_left_may_be_no_more_than_moving_the_music(said: str, moves: bool) -> None:
    where = placed(said, ROOMS, LIBRARY)
    assert where is not None
    assert where.moves is moves


def test_a_house_without_rooms_takes_no_room_for_one() -> None:
    assert placed("play jazz in the garage", ("mpv",), LIBRARY, usual=False) is None
    where = placed("play jazz on mpv", ("mpv",), LIBRARY, usual=False)
    assert where is not None
    assert where.room == "mpv"
