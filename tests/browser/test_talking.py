"""Talking with the page: whose turn it is, what is heard and said, and cutting in."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from web_library import HOSTILE_TITLE
from web_microphone import (
    OPEN_MICROPHONES,
    RATE_HZ,
    WATCH_MICROPHONES,
    browser_hearing,
    write_wav,
)
from web_page import WebPage, eventually, open_page
from web_server import WebServer
from web_talk import TalkServer

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FIND_FLAWS = (Path(__file__).parent / "find_flaws.js").read_text("utf-8")
FIND_FAINT_TEXT = (Path(__file__).parent / "find_faint_text.js").read_text("utf-8")
NO_MICROPHONE = (
    "navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('', '{name}') }}"
)
QUIET = 0.126
"""What is left of the music's amplitude while somebody talks."""


class OpenTalk(Protocol):
    """Opens a page whose talking follows a script."""

    def __call__(
        self, talk: TalkServer, *, before: str = "", **options: Any
    ) -> AbstractAsyncContextManager[WebPage]: ...


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def speaking(
    chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Browser]:
    """A browser with a microphone that hears a murmur."""
    time_s = np.arange(4 * RATE_HZ) / RATE_HZ
    murmur = 0.2 * np.sin(2 * np.pi * 180 * time_s) * np.abs(np.sin(2 * np.pi * 1.5 * time_s))
    path = write_wav(tmp_path_factory.mktemp("talk") / "murmur.wav", murmur.astype(np.float32))
    async with browser_hearing(chromium, path) as browser:
        yield browser


@pytest.fixture
def talking(speaking: Browser, server: WebServer) -> OpenTalk:
    @asynccontextmanager
    async def opened(talk: TalkServer, *, before: str = "", **options: Any) -> AsyncIterator[Any]:
        async with open_page(speaking, "about:blank", untouched=True, **options) as web:
            await web.page.add_init_script(WATCH_MICROPHONES)
            if before:
                await web.page.add_init_script(before)
            await talk.attach(web.page)
            await web.page.goto(server.url)
            await web.page.locator(".send-button:enabled").wait_for()
            yield web
            assert web.problems == []

    return opened


async def state_is(page: Page, wanted: str) -> None:
    await eventually(lambda: page.evaluate("refrain.talk()"), wanted)


async def test_a_press_takes_one_turn(talking: OpenTalk) -> None:
    talk = TalkServer()
    async with talking(talk) as web:
        page = web.page
        assert await page.evaluate("microphones.length") == 0, "asked for before it was needed"
        await page.get_by_role("button", name="Talk to Refrain").click()
        await state_is(page, "listening")
        strip = page.locator("refrain-talk[chat]")
        await expect(strip).to_contain_text("Listening")
        await eventually(lambda: _count(talk.frames), lambda count: count > 3)
        wanted = await page.evaluate("microphones[0].wanted.audio")
        assert [
            wanted[key] for key in ("echoCancellation", "noiseSuppression", "autoGainControl")
        ] == [True] * 3
        start = talk.last("refrain.talk.start")
        assert start is not None
        assert len(talk.frames[0]) == 2 * round(start["sample_rate"] * 0.03)
        update = talk.last("session.update")
        assert update is not None
        assert update["session"]["output_modalities"] == ["audio"]
        assert update["session"]["audio"]["input"]["turn_detection"]["type"] == "server_vad"

        item = talk.hear("play", f"play copper {HOSTILE_TITLE}")
        partial = page.locator("refrain-message.partial")
        await expect(partial).to_contain_text(f"play copper {HOSTILE_TITLE}")
        await state_is(page, "hearing")
        talk.understand(item, "Play Copper Wire")
        await expect(partial).to_have_count(0)
        await expect(page.locator("refrain-message.user")).to_contain_text("Play Copper Wire")
        await eventually(lambda: page.evaluate(OPEN_MICROPHONES), 0)
        assert talk.last("refrain.talk.stop") is not None
        await state_is(page, "thinking")

        response = talk.begin()
        talk.say(response, "Here it comes: ", 1.0)
        talk.say(response, "Copper Wire by Mid Atlantic.", 1.0)
        talk.end(response)
        reply = page.locator("refrain-message.assistant .reply")
        await expect(reply).to_have_text("Here it comes:")
        await state_is(page, "speaking")
        await eventually(lambda: page.evaluate("refrain.voice.level()"), lambda level: level > 0.05)
        await expect(reply).to_have_text("Here it comes: Copper Wire by Mid Atlantic.")
        await state_is(page, "off")
        await expect(strip).to_be_hidden()
        played = talk.last("refrain.playback")
        assert played is not None
        assert (played["playing"], played["played_ms"]) == (False, 2_000)
        assert await page.evaluate("window.hacked") is None


async def test_cutting_in_silences_the_voice_and_says_what_was_heard(talking: OpenTalk) -> None:
    talk = TalkServer()
    async with talking(talk) as web:
        page = web.page
        await page.keyboard.press("Shift+T")
        await state_is(page, "listening")
        talk.understand(talk.hear("who is this"), "Who is this?")
        response = talk.begin()
        talk.say(response, "This is Clara Voss, ", 15.0)
        talk.say(response, "who was born by the sea.", 15.0)
        await eventually(lambda: page.evaluate("refrain.voice.level()"), lambda level: level > 0.05)
        await page.wait_for_timeout(400)
        talk.tell("refrain.duck", depth=0.75)
        await page.wait_for_timeout(100)
        assert 0 < await page.evaluate("refrain.voice.level()") < 0.06
        talk.hear("stop")
        await eventually(lambda: page.evaluate("refrain.voice.sounding()"), False)
        await page.wait_for_timeout(60)
        assert await page.evaluate("refrain.voice.level()") == 0
        cut = talk.last("conversation.item.truncate")
        assert cut is not None
        assert cut["item_id"] == f"item_{response}"
        assert 200 <= cut["audio_end_ms"] < 14_000
        # What was on its way already is neither heard nor shown.
        talk.say(response, "Nobody hears this.", 2.0)
        talk.end(response, "cancelled")
        reply = page.locator("refrain-message.assistant")
        await expect(reply).to_contain_text("You cut in here.")
        await expect(reply.locator(".reply")).to_have_text("This is Clara Voss,")
        assert not await page.evaluate("refrain.voice.sounding()")
        await state_is(page, "hearing")


async def test_a_press_cuts_in_as_well(talking: OpenTalk) -> None:
    talk = TalkServer()
    async with talking(talk) as web:
        page = web.page
        await page.locator(".talk-button").click()
        await state_is(page, "listening")
        talk.understand(talk.hear("hello"), "Hello")
        response = talk.begin()
        talk.say(response, "Good evening, and welcome to a long story.", 20.0)
        await state_is(page, "speaking")
        await page.get_by_role("button", name="Interrupt and talk").click()
        await state_is(page, "listening")
        assert not await page.evaluate("refrain.voice.sounding()")
        assert talk.last("response.cancel") is not None
        assert talk.last("conversation.item.truncate") is not None


async def test_holding_the_button_is_push_to_talk(talking: OpenTalk) -> None:
    talk = TalkServer()
    async with talking(talk) as web:
        page = web.page
        await page.locator(".talk-button").hover()
        await page.mouse.down()
        await state_is(page, "listening")
        await expect(page.locator("refrain-talk[chat]")).to_contain_text("Let go when you are done")
        update = talk.last("session.update")
        assert update is not None
        assert update["session"]["audio"]["input"]["turn_detection"] is None
        talk.hear("play something")
        await state_is(page, "hearing")
        await page.mouse.up()
        await state_is(page, "thinking")
        kinds = [one["type"] for one in talk.said]
        assert kinds[-3:] == ["input_audio_buffer.commit", "response.create", "refrain.talk.stop"]
        await eventually(lambda: page.evaluate(OPEN_MICROPHONES), 0)


async def test_hands_free_goes_on_and_escape_ends_it(talking: OpenTalk) -> None:
    talk = TalkServer()
    async with talking(talk) as web:
        page = web.page
        await page.get_by_role("button", name="Talk to Refrain").click()
        await state_is(page, "listening")
        free = page.locator("refrain-talk[chat]").get_by_role("button", name="Hands-free")
        await free.click()
        await expect(free).to_have_attribute("aria-pressed", "true")
        for text in ("First", "Second"):
            talk.understand(talk.hear(text), text)
            talk.answer(f"You said {text}.", 0.3)
            await expect(page.locator("refrain-message.assistant").last).to_contain_text(text)
            await state_is(page, "listening")
        assert await page.evaluate(OPEN_MICROPHONES) == 1
        # It is seen on every page that the microphone is on.
        await web.go("#/albums")
        talk.hear("play the second")
        await expect(page.locator("main > refrain-talk")).to_contain_text("play the second")
        await page.keyboard.press("Escape")
        await state_is(page, "off")
        await eventually(lambda: page.evaluate(OPEN_MICROPHONES), 0)
        await web.go("#/")
        await expect(page.locator("refrain-message.user")).to_have_count(2)


async def test_hands_free_comes_back_with_the_connection(talking: OpenTalk) -> None:
    talk = TalkServer()
    async with talking(talk) as web:
        page = web.page
        await page.keyboard.press("Shift+T")
        await state_is(page, "listening")
        assert talk.socket is not None
        await talk.socket.close()
        await eventually(lambda: _count(talk.all("refrain.talk.start")), 2)
        await state_is(page, "listening")


async def test_a_cough_leaves_nothing_behind(talking: OpenTalk) -> None:
    talk = TalkServer()
    async with talking(talk) as web:
        page = web.page
        await page.keyboard.press("t")
        await state_is(page, "listening")
        talk.understand(talk.hear("hm"), "")
        await expect(page.locator("refrain-message")).to_have_count(0)
        await expect(page.locator("refrain-talk[chat]")).to_contain_text("I heard no words.")
        await page.keyboard.press("Escape")
        await expect(page.locator("refrain-talk[chat]")).to_be_hidden()


async def test_music_is_ducked_once_however_many_want_it(
    talking: OpenTalk, server: WebServer
) -> None:
    talk = TalkServer()
    share = "refrain.player.share()"
    async with talking(talk) as web:
        page = web.page
        await web.ask("play copper wire")
        await web.hears_music()
        assert await page.evaluate(share) == 1
        await page.locator("#ask").blur()
        await page.keyboard.press("Shift+T")
        await state_is(page, "listening")
        assert await page.evaluate(share) == 1, "nobody speaks yet"
        item = talk.hear("who is this")
        talk.tell("refrain.player.duck", ducked=True)
        await eventually(lambda: page.evaluate(share), pytest.approx(QUIET, abs=0.01))
        assert (await web.state())["volume"] == 100
        talk.understand(item, "Who is this?")
        response = talk.begin()
        talk.say(response, "This is Copper Wire.", 1.5)
        talk.end(response)
        await state_is(page, "speaking")
        talk.tell("refrain.player.duck", ducked=False)
        await page.wait_for_timeout(300)
        assert await page.evaluate(share) == pytest.approx(QUIET, abs=0.01), "our voice sounds"
        await state_is(page, "listening")
        await eventually(lambda: page.evaluate(share), 1)


async def test_typed_requests_are_answered_in_silence_unless_wished(talking: OpenTalk) -> None:
    talk = TalkServer()
    async with talking(talk) as web:
        await web.ask("play copper wire")
        await web.hears_music()
        assert _asked(talk)["response"]["output_modalities"] == ["text"]
        await web.page.get_by_role("button", name="Settings").click()
        await web.page.get_by_text("Speak answers to what I type, too").click()
        await web.page.keyboard.press("Escape")
        await web.ask("who is this")
        await expect(web.page.locator("refrain-message.assistant")).to_have_count(2)
        assert _asked(talk)["response"]["output_modalities"] == ["audio"]


async def test_answers_in_text_and_short_sounds_can_be_chosen(talking: OpenTalk) -> None:
    talk = TalkServer()
    async with talking(talk) as web:
        page = web.page
        await page.get_by_role("button", name="Settings").click()
        await page.get_by_text("Short sounds instead of words").click()
        await page.get_by_text("Text only").click()
        await page.keyboard.press("Escape")
        await page.keyboard.press("t")
        await state_is(page, "listening")
        assert _wishes(talk)["earcons"] is True
        update = talk.last("session.update")
        assert update is not None
        assert update["session"]["output_modalities"] == ["text"]


@pytest.mark.parametrize(
    ("before", "why", "next_step"),
    [
        (NO_MICROPHONE.format(name="NotAllowedError"), "may not use the microphone", "address bar"),
        (NO_MICROPHONE.format(name="NotFoundError"), "No microphone was found", "you can type"),
        (
            "Object.defineProperty(window, 'isSecureContext', {value: false})",
            "only over https",
            "localhost",
        ),
    ],
)
async def test_what_stands_in_the_way_is_explained(
    talking: OpenTalk, before: str, why: str, next_step: str
) -> None:
    async with talking(TalkServer(), before=before) as web:
        await web.page.locator(".talk-button").click()
        strip = web.page.locator("refrain-talk[chat]")
        await expect(strip).to_contain_text(why)
        await expect(strip).to_contain_text(next_step)
        await strip.get_by_role("button", name="Close this message").click()
        await expect(strip).to_be_hidden()


async def test_a_server_without_a_voice_says_so(talking: OpenTalk) -> None:
    problem = {
        "type": "invalid_request_error",
        "code": "voice_not_available",
        "message": "The speech models are missing. Run: refrain models get",
    }
    async with talking(TalkServer(refuses=problem)) as web:
        await web.page.locator(".talk-button").click()
        await expect(web.page.locator("refrain-talk[chat]")).to_contain_text("refrain models get")
        await state_is(web.page, "off")
        await eventually(lambda: web.page.evaluate(OPEN_MICROPHONES), 0)


async def test_a_server_that_hears_nothing_says_so_before_the_browser_asks(
    talking: OpenTalk,
) -> None:
    talk = TalkServer()
    problem = {"code": "voice_off", "message": "Talking is off.", "next_step": "Type instead."}
    async with talking(talk) as web:
        talk.tell("refrain.speech", state="unusable", problem=problem, speaks=False, waiting=0)
        await eventually(lambda: web.page.evaluate("refrain.speech()?.speaks"), False)
        await web.page.keyboard.press("t")
        strip = web.page.locator("refrain-talk[chat]")
        await expect(strip).to_contain_text("Talking is off.")
        await expect(strip).to_contain_text("Type instead.")
        assert await web.page.evaluate("microphones.length") == 0


async def test_hands_free_waits_for_the_wake_word_where_there_is_one(talking: OpenTalk) -> None:
    talk = TalkServer()
    async with talking(talk) as web:
        page = web.page
        talk.tell("refrain.speech", problem=None, speaks=True, waiting=0, wake_word="okay_nabu")
        await eventually(lambda: page.evaluate("refrain.speech()?.wake_word"), "okay_nabu")
        await page.keyboard.press("Shift+T")
        await state_is(page, "listening")
        assert _wishes(talk)["wake_word"] == "okay_nabu"
        talk.tell("refrain.speech.state", state="asleep")
        await expect(page.locator("refrain-talk[chat]")).to_contain_text("Say “okay nabu” first")
        await page.keyboard.press("Escape")
        await page.keyboard.press("t")
        await state_is(page, "listening")
        assert _wishes(talk)["wake_word"] is None, "whoever presses the button means it"


async def test_the_server_may_stop_to_listen(talking: OpenTalk) -> None:
    talk = TalkServer()
    async with talking(talk) as web:
        await web.page.keyboard.press("Shift+T")
        await state_is(web.page, "listening")
        talk.tell("refrain.speech.state", state="idle")
        await state_is(web.page, "off")
        await expect(web.page.locator("refrain-talk[chat]")).to_contain_text("quiet for too long")
        await eventually(lambda: web.page.evaluate(OPEN_MICROPHONES), 0)


async def test_the_time_of_each_turn_can_be_seen(talking: OpenTalk) -> None:
    talk = TalkServer()
    async with talking(talk) as web:
        page = web.page
        await page.keyboard.press("t")
        await state_is(page, "listening")
        item = talk.hear()
        talk.understand(item, "Play Clara Voss", heard="Play Clara Foss", confidence=0.874)
        response = talk.begin()
        talk.say(response, "Here is Clara Voss.", 0.5)
        stages = {"endpoint": 210.0, "transcript": 160.0, "tool": 300.0, "first_audio": 480.0}
        talk.tell("refrain.timing", response_id=response, stages=stages)
        talk.end(response)
        await state_is(page, "off")
        await page.keyboard.press("d")
        panel = page.get_by_role("region", name="Timing of each turn")
        await expect(panel).to_contain_text("Play Clara Voss")
        await expect(panel.locator("del")).to_have_text("Play Clara Foss")
        await expect(panel).to_contain_text("87 % sure")
        for name, shown in (("endpoint", "210 ms"), ("tool", "300 ms"), ("first_audio", "480 ms")):
            await expect(panel.locator(f"[data-stage={name}]")).to_contain_text(shown)
        await expect(panel.locator("[data-stage=sounding]")).to_have_count(1)
        await page.keyboard.press("d")
        await expect(panel).to_be_hidden()


@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_each_state_can_be_read_and_reached(talking: OpenTalk, scheme: str) -> None:
    talk = TalkServer()
    options: dict[str, Any] = {
        "color_scheme": scheme,
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "reduced_motion": "reduce",
    }
    async with talking(talk, **options) as web:
        page = web.page

        async def check(state: str) -> None:
            await state_is(page, state)
            assert await page.evaluate(FIND_FLAWS) == [], state
            assert await page.evaluate(FIND_FAINT_TEXT) == [], state
            assert await page.evaluate("document.documentElement.scrollWidth") <= 390, state

        await check("off")
        await page.keyboard.press("Shift+T")
        await check("listening")
        announced = page.locator("refrain-talk[chat] [aria-live=polite]")
        await expect(announced).to_have_text("Listening")
        item = talk.hear("play something calm by")
        await check("hearing")
        talk.understand(item, "Play something calm by Clara Voss")
        await check("thinking")
        await expect(announced).to_have_text("Thinking")
        response = talk.begin()
        talk.say(response, "Here is something calm.", 3.0)
        talk.tell("refrain.timing", response_id=response, item_id=item, stages={"endpoint": 200.0})
        await page.keyboard.press("d")
        await check("speaking")


async def _count(values: list[Any]) -> int:
    return len(values)


def _asked(talk: TalkServer) -> dict[str, Any]:
    return next(one for one in reversed(talk.asked) if one["type"] == "response.create")


def _wishes(talk: TalkServer) -> dict[str, Any]:
    update = talk.last("session.update")
    assert update is not None
    wishes: dict[str, Any] = update["session"]["refrain"]
    return wishes
