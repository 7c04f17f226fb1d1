"""Rooms in other languages: named, moved to, and as this house calls them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agent.rooms_abroad import STEERING, in_rooms
from agent.understanding import Translation, Understander
from agent.understanding.gazetteer import Gazetteer

pytestmark = pytest.mark.unit

CASES = Path(__file__).parent / "understanding" / "pivot" / "cases" / "rooms.tsv"
LANGUAGES = {"de", "es", "fr", "it", "pt", "nl", "pl", "sv", "zh", "ja", "hi"}
HOUSE = ("kitchen", "bedroom", "living room", "speaker")
NO_NAMES = Gazetteer()

Read = Callable[..., Translation | None]


@pytest.fixture(scope="module")
def read() -> Read:
    understander = Understander()

    def steers(text: str) -> bool:
        return understander.understand(text, english=True).intent in STEERING

    def read(
        text: str, house: tuple[str, ...] = HOUSE, library: Gazetteer = NO_NAMES
    ) -> Translation | None:
        said = understander.translate(text)
        return in_rooms(
            text,
            said,
            house,
            library,
            lambda left, code: understander.translate(left, preferred=code),
            steers,
        )

    return read


def cases() -> list[tuple[str, str, str]]:
    lines = CASES.read_text("utf-8").splitlines()
    return [(code, text, english) for code, text, english in (line.split("\t") for line in lines)]


def test_every_language_names_rooms(read: Read) -> None:
    wrong = []
    for code, text, english in cases():
        found = read(text)
        if found is None or found.language != code or found.english != english:
            wrong.append((text, english, found))
    assert {code for code, _, _ in cases()} == LANGUAGES
    assert not wrong


@pytest.mark.parametrize(
    "text",
    [
        "spiel Küche",
        "was läuft gerade",
        "mach das Licht in der Küche an",
        "was läuft hier?",
        "pon música tranquila",
        "joue du jazz",
        "ジャズをかけて",
        "在",
        "",
        "in der " * 60,
        "\u0000",
    ],
)
def test_nothing_is_made_of_what_asks_for_no_music_in_a_room(read: Read, text: str) -> None:
    found = read(text)
    assert found is None or "light" in found.english


def test_rooms_are_called_as_the_house_calls_them(read: Read) -> None:
    german = ("Küche", "Stube", "Werkstatt 2")
    there = read("spiel Jazz in der Küche", german)
    assert there is not None
    assert there.english == "play jazz in the Küche"
    other_word = read("mach die Musik im Wohnzimmer lauter", german)
    assert other_word is not None
    assert other_word.english.endswith("in the Stube")
    own_name = read("pausiere in Werkstatt 2", german)
    assert own_name is not None
    assert own_name.english == "pause in the Werkstatt 2"
    inflected = read("puść jazz w kuchni", ("Kuchnia", "Salon"))
    assert inflected is not None
    assert inflected.english == "play jazz in the Kuchnia"


def test_a_title_with_a_room_in_it_stays_one(read: Read) -> None:
    library = Gazetteer([("track", 1, "Tanz in der Küche")])
    assert read("spiel Tanz in der Küche", HOUSE, library) is None


def test_each_request_of_a_sentence_keeps_its_room(read: Read) -> None:
    both = read("mach Pause im Schlafzimmer und spiel Jazz in der Küche")
    assert both is not None
    assert [part.english for part in both.parts] == [
        "pause in the bedroom",
        "play jazz in the kitchen",
    ]
