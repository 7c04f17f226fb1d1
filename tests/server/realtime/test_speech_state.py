"""What the client shows and what the music does while somebody talks."""

from typing import Any

import pytest

from server.realtime.speech_state import SpeechState

pytestmark = pytest.mark.unit


class Music:
    def __init__(self) -> None:
        self.owners: set[str] = set()

    def duck(self, owner: str) -> None:
        self.owners.add(owner)

    def unduck(self, owner: str) -> None:
        self.owners.discard(owner)


class Client:
    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.music = Music()
        self.state = SpeechState(self.events.append, self.music, "voice_1")

    def now(self, **flags: bool) -> None:
        for name, on in flags.items():
            setattr(self.state, name, on)
        self.state.changed()

    def told(self, kind: str, field: str) -> list[Any]:
        return [event[field] for event in self.events if event["type"] == kind]


def test_a_turn_goes_from_listening_to_speaking_and_back() -> None:
    client = Client()
    client.now(listens=True)
    client.now(hears=True)
    client.now(hears=False, awaits=True)
    client.now(speaks=True)
    client.now(awaits=False)
    client.now(speaks=False)
    client.now(listens=False)
    assert client.told("refrain.speech.state", "state") == [
        "listening",
        "hearing",
        "thinking",
        "speaking",
        "listening",
        "idle",
    ]


def test_the_music_is_quiet_for_as_long_as_the_turn_goes_on() -> None:
    client = Client()
    client.now(listens=True)
    assert client.music.owners == set()
    for flags in ({"hears": True}, {"hears": False, "awaits": True}, {"speaks": True}):
        client.now(**flags)
        assert client.music.owners == {"voice_1"}
    client.now(awaits=False, speaks=False)
    assert client.music.owners == set()


def test_our_voice_is_quieter_while_perhaps_somebody_cuts_in() -> None:
    client = Client()
    client.now(listens=True, speaks=True)
    client.now(perhaps=True)
    client.now(perhaps=False)
    client.now(perhaps=True)
    client.now(perhaps=False, hears=True)
    depths = client.told("refrain.duck", "depth")
    assert [depth > 0 for depth in depths] == [True, False, True, False]


def test_asleep_is_shown_until_a_turn_goes_on() -> None:
    client = Client()
    client.now(listens=True, asleep=True)
    client.now(speaks=True)
    client.now(speaks=False)
    assert client.told("refrain.speech.state", "state") == ["asleep", "speaking", "asleep"]


def test_a_client_that_leaves_lets_the_music_go() -> None:
    client = Client()
    client.now(hears=True)
    client.state.close()
    assert client.music.owners == set()
