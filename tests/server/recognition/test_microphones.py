"""Who may hear what: offers, requests, the last minutes, and clips that came with words."""

import asyncio
from typing import Any

import numpy as np
import pytest

from humming_fake import contour
from knowledge.fingerprint.models import RATE_HZ, Recognised
from knowledge.melody.models import HumAnswer, HumOutcome
from knowledge.people.current import HOUSEHOLD, acting_as
from knowledge.recognition.models import ClipAnswer, HeardSource
from people_here import ANNA
from server.errors import ServerBusy
from server.recognition.given import GivenClips
from server.recognition.microphones import MAX_RINGS, Microphones
from tools.context import ClipSource, Listening

pytestmark = pytest.mark.unit
SOUND = np.linspace(-0.5, 0.5, 3 * RATE_HZ, dtype=np.float32)
ANSWER = ClipAnswer(Recognised((), 3.0))


class Page:
    """A client that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def ask(self, request: dict[str, Any]) -> None:
        self.asked.put_nowait(request)


async def test_nothing_is_heard_where_nobody_offers() -> None:
    source: ClipSource = Microphones()
    assert source.can_listen("kitchen") is Listening.OFF
    assert await source.clip("kitchen", seconds=5) is None
    assert await source.keep_listening("kitchen", on=True) is Listening.OFF


async def test_a_page_that_offers_is_asked_for_a_clip() -> None:
    microphones, page = Microphones(), Page()
    microphones.offer("kitchen", page, device="phone", place="kitchen")
    assert microphones.can_listen("kitchen") is Listening.ASKED
    waiting = asyncio.create_task(microphones.clip("kitchen", seconds=3))
    request = await page.asked.get()
    assert (request["purpose"], request["seconds"], request["on"]) == ("clip", 3, True)
    microphones.deliver(request["request_id"], SOUND)
    heard = await waiting
    assert heard is SOUND
    hearing = microphones.hearing("kitchen", HeardSource.MICROPHONE)
    assert (hearing.device, hearing.place, hearing.session_id) == ("phone", "kitchen", "kitchen")


async def test_a_stranger_hears_no_microphone_of_others() -> None:
    """Whoever names the conversation: a device's microphone is for those at that device."""
    microphones, page = Microphones(), Page()
    microphones.offer("kitchen", page)
    reference = microphones.give("kitchen", ANSWER, SOUND)
    with acting_as(ANNA):
        assert microphones.can_listen("kitchen") is Listening.OFF
        assert await microphones.clip("kitchen", seconds=3) is None
        assert microphones.given("kitchen") == ""
        assert await microphones.given_clip("kitchen", reference) is None
    with acting_as(ANNA, at=HOUSEHOLD):  # she said her name there
        assert microphones.can_listen("kitchen") is Listening.ASKED
        assert await microphones.given_clip("kitchen", reference) is SOUND


async def test_a_user_may_refuse_and_a_page_may_go_away() -> None:
    microphones, page = Microphones(), Page()
    microphones.offer("kitchen", page)
    waiting = asyncio.create_task(microphones.clip("kitchen", seconds=3))
    microphones.refuse((await page.asked.get())["request_id"])
    assert await waiting is None
    waiting = asyncio.create_task(microphones.clip("kitchen", seconds=3))
    await page.asked.get()
    microphones.leave("kitchen", page)
    assert await waiting is None
    assert microphones.can_listen("kitchen") is Listening.OFF


async def test_the_past_is_heard_only_from_what_was_kept() -> None:
    microphones, page = Microphones(), Page()
    microphones.offer("kitchen", page)
    assert await microphones.clip("kitchen", seconds=3, ending_s_ago=5) is None
    assert page.asked.empty()
    microphones.begin("kitchen", page, "ring", ring_s=10)
    microphones.keep("kitchen", page, SOUND)
    assert microphones.can_listen("kitchen") is Listening.RING
    assert microphones.held_s("kitchen") == pytest.approx(3.0)
    kept = await microphones.clip("kitchen", seconds=1, ending_s_ago=1)
    assert kept is not None
    assert kept == pytest.approx(SOUND[RATE_HZ : 2 * RATE_HZ], abs=1e-3)
    assert await microphones.clip("kitchen", seconds=1, ending_s_ago=60) is None


async def test_listening_is_switched_on_and_off_in_words() -> None:
    microphones, page = Microphones(), Page()
    microphones.offer("kitchen", page)
    waiting = asyncio.create_task(microphones.keep_listening("kitchen", on=True))
    request = await page.asked.get()
    assert (request["purpose"], request["on"]) == ("ring", True)
    microphones.begin("kitchen", page, "ring")
    microphones.deliver(request["request_id"], SOUND[:0])
    assert await waiting is Listening.RING
    microphones.keep("kitchen", page, SOUND)
    assert await microphones.keep_listening("kitchen", on=False) is Listening.ASKED
    assert (await page.asked.get())["on"] is False
    assert microphones.held_s("kitchen") == 0
    assert not microphones.state().ring


async def test_only_so_many_microphones_are_kept() -> None:
    microphones = Microphones()
    for number in range(MAX_RINGS):
        microphones.begin(f"room-{number}", Page(), "ring", ring_s=5)
    with pytest.raises(ServerBusy):
        microphones.begin("one-more", Page(), "ring", ring_s=5)
    assert len(microphones.state().sources) == MAX_RINGS


async def test_another_client_cannot_write_into_what_one_keeps() -> None:
    microphones, page = Microphones(), Page()
    microphones.begin("kitchen", page, "ring", ring_s=5)
    microphones.keep("kitchen", Page(), SOUND)
    assert microphones.held_s("kitchen") == 0


async def test_everything_is_forgotten_when_the_last_client_has_gone() -> None:
    changes: list[bool] = []
    microphones, page = Microphones(ring_seconds=60), Page()
    microphones.tell(lambda: changes.append(microphones.state().listening))
    microphones.offer("kitchen", page)
    microphones.begin("kitchen", page, "identify")
    microphones.begin("kitchen", page, "ring")
    microphones.leave("kitchen", page)
    assert changes[-2:] == [False, False] or changes[-1] is False
    assert microphones.state().sources == ()
    assert microphones.state().ring_seconds == 60


async def test_a_clip_belongs_to_the_next_words_of_its_conversation() -> None:
    microphones = Microphones()
    reference = microphones.give("kitchen", ANSWER, SOUND)
    assert microphones.given("kitchen") == reference
    assert microphones.given("garden") == ""
    assert await microphones.given_clip("kitchen", reference) is SOUND
    assert await microphones.given_clip("kitchen", "clip-of-another") is None
    assert microphones.answer("kitchen", reference) is ANSWER
    newer = microphones.give("kitchen", ANSWER)
    microphones.take_back("kitchen", reference)
    assert microphones.given("kitchen") == newer
    microphones.take_back("kitchen", newer)
    assert microphones.given("kitchen") == ""


def test_clips_that_nobody_asks_about_are_forgotten() -> None:
    now = [0.0]
    clips = GivenClips(clock=lambda: now[0])
    clips.give("kitchen", ANSWER, None)
    for number in range(100):
        clips.give(f"room-{number}", ANSWER, None)
    assert clips.reference("kitchen") == ""
    assert clips.reference("room-99") != ""
    now[0] = 300.0
    assert clips.reference("room-99") == ""


async def test_a_fresh_clip_of_the_last_minutes_is_what_sounds_from_now_on() -> None:
    microphones, page = Microphones(), Page()
    microphones.begin("kitchen", page, "ring")
    microphones.keep("kitchen", page, np.zeros(2 * RATE_HZ, np.float32))
    waiting = asyncio.create_task(microphones.clip("kitchen", seconds=0.6, fresh=True))
    await asyncio.sleep(0)
    microphones.keep("kitchen", page, SOUND)
    heard = await waiting
    assert heard is not None
    assert heard.size == round(0.6 * RATE_HZ)
    assert heard == pytest.approx(SOUND[-heard.size :], abs=1e-3)
    waiting = asyncio.create_task(microphones.clip("kitchen", seconds=0.6, fresh=True))
    await asyncio.sleep(0)
    microphones.switch_off()
    assert await waiting is None, "it was switched off meanwhile"


async def test_a_clip_that_is_a_hum_is_given_as_one() -> None:
    microphones = Microphones()
    hum = HumAnswer(HumOutcome.AGAIN, contour())
    reference = microphones.give("kitchen", None, None, hum)
    assert microphones.hum("kitchen", reference) is hum
    assert microphones.answer("kitchen", reference) is None
    assert microphones.hum("kitchen", "clip-other") is None
    assert await microphones.words(SOUND) == "", "nobody understands words here"
