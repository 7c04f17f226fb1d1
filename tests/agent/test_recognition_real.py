"""A conversation about real sound, with the real engine, index, log and memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from agent_ears import FakeEars
from agent_library import Home, open_home
from knowledge.fingerprint.models import RATE_HZ, Samples
from recognition_library import RecognitionLibrary, clip
from tools.context import Listening

pytestmark = pytest.mark.integration


@dataclass(slots=True)
class RoomEars(FakeEars):
    """Keeps real sound, newest last."""

    sound: Samples = field(default_factory=lambda: np.zeros(0, np.float32))

    def hears(self, samples: Samples) -> None:
        self.sound = np.concatenate([self.sound, samples])

    def held_s(self, _session_id: str) -> float:
        return self.sound.size / RATE_HZ

    async def clip(
        self, _session_id: str, *, seconds: float, ending_s_ago: float = 0.0, fresh: bool = False
    ) -> Samples | None:
        end = self.sound.size - round(ending_s_ago * RATE_HZ)
        return self.sound[max(0, end - round(seconds * RATE_HZ)) : max(0, end)]


@pytest.fixture
def ears() -> RoomEars:
    return RoomEars(listening=Listening.RING)


@pytest.fixture
async def home(tmp_path: Path, ears: RoomEars) -> AsyncIterator[Home]:
    library = RecognitionLibrary(tmp_path, "Sinnerman", "Feeling Good")
    async with open_home(tmp_path, ears=ears, recognises=library.service) as opened:
        yield opened
    library.close()


async def test_named_placed_explained_and_played(home: Home, ears: RoomEars) -> None:
    ears.hears(clip("Sinnerman", 8.0, 12.0))
    turn = await home.say("what is this?")
    assert turn.titles == ["Sinnerman"]
    assert "This is Sinnerman by Nina Simone" in turn.reply
    assert "You are 0:20 into it." in turn.reply
    why = await home.say("why do you think so?")
    assert "seconds I heard fit Sinnerman, from 0:10 on." in why.reply
    await home.say("play it")
    assert home.playing == "Sinnerman"


async def test_before_the_ad_and_some_seconds_ago(home: Home, ears: RoomEars) -> None:
    ears.hears(clip("Feeling Good", 2.0, 30.0))
    ears.hears(clip("Unheard", 5.0, 30.0))
    before = await home.say("what was that before the ad?")
    assert before.reply.startswith("That was Feeling Good")
    ago = await home.say("what was playing 45 seconds ago?")
    assert ago.reply.startswith("That was Feeling Good")
    assert "It was 0:22 in." in ago.reply  # the clip ended 40 s ago
    now = await home.say("what is this?")
    assert now.kinds == ["nothing_found"]


async def test_an_unknown_tune_is_known_by_the_name_it_got(home: Home, ears: RoomEars) -> None:
    ears.hears(clip("Unheard", 5.0, 10.0))
    unknown = await home.say("what is this?")
    assert "I keep its fingerprint, no sound" in unknown.reply
    await home.say("that was Blue Dawn by Nora Falk")
    ears.sound = ears.sound[:0]
    ears.hears(clip("Unheard", 6.0, 8.0))
    again = await home.say("what is this?")
    assert "Blue Dawn by Nora Falk, which is not in your library" in again.reply
    listed = await home.say("what songs did you recognise?")
    assert "Blue Dawn by Nora Falk" in listed.reply


async def test_a_correction_is_not_repeated(home: Home, ears: RoomEars) -> None:
    ears.hears(clip("Sinnerman", 8.0, 10.0))
    await home.say("what is this?")
    noted = await home.say("no, it's Feeling Good")
    assert "Thank you: it was Feeling Good by Nina Simone, not Sinnerman." in noted.reply
    again = await home.say("what is this?")
    assert "Sinnerman" not in again.reply
