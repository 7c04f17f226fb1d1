"""What is this? The page listens, shows what it hears and says honestly what it is told."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from web_library import HOSTILE_TITLE
from web_microphone import (
    OPEN_MICROPHONES,
    RATE_HZ,
    WATCH_MICROPHONES,
    Ears,
    answering,
    browser_hearing,
    match,
    ring_state,
    write_wav,
)
from web_page import WebPage, eventually, open_page
from web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FIND_FLAWS = (Path(__file__).parent / "find_flaws.js").read_text("utf-8")
FIND_FAINT_TEXT = (Path(__file__).parent / "find_faint_text.js").read_text("utf-8")
SILENT_MICROPHONE = (
    "navigator.mediaDevices.getUserMedia = async () =>"
    " new AudioContext().createMediaStreamDestination().stream"
)
NO_MICROPHONE = (
    "navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('', '{name}') }}"
)


class OpenEars(Protocol):
    """Opens a page whose listening follows a script."""

    def __call__(
        self, ears: Ears, *, before: str = "", **options: Any
    ) -> AbstractAsyncContextManager[WebPage]: ...


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def hearing(
    chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Browser]:
    """A browser with a microphone that hears a swelling chord."""
    time_s = np.arange(4 * RATE_HZ) / RATE_HZ
    chord = sum(np.sin(2 * np.pi * hertz * time_s) for hertz in (220.0, 440.0, 1_000.0))
    sound = (0.1 * chord * (1 + np.sin(2 * np.pi * 2 * time_s))).astype(np.float32)
    path = write_wav(tmp_path_factory.mktemp("microphone") / "chord.wav", sound)
    async with browser_hearing(chromium, path) as browser:
        yield browser


@pytest.fixture
def listening(hearing: Browser, server: WebServer) -> OpenEars:
    @asynccontextmanager
    async def opened(ears: Ears, *, before: str = "", **options: Any) -> AsyncIterator[WebPage]:
        async with open_page(hearing, "about:blank", untouched=True, **options) as web:
            await web.page.add_init_script(WATCH_MICROPHONES)
            if before:
                await web.page.add_init_script(before)
            await ears.attach(web.page)
            await web.page.goto(server.url)
            await web.page.locator(".send-button:enabled").wait_for()
            yield web
            assert web.problems == []

    return opened


def track_called(server: WebServer, title: str) -> dict[str, Any]:
    tracks: list[dict[str, Any]] = server.get("/api/tracks", limit=50)["items"]
    return next(track for track in tracks if track["title"] == title)


async def test_it_names_what_sounds_and_plays_it(listening: OpenEars, server: WebServer) -> None:
    track = track_called(server, "Slow Lanterns")
    ears = Ears(match(track, speed=1.02), maybe={"title": "Slow Lanterns", "certainty": "likely"})
    async with listening(ears) as web:
        page = web.page
        await page.evaluate("localStorage.setItem('refrain.place', 'kitchen')")
        assert await page.evaluate("microphones.length") == 0, "asked for before it was needed"
        await (
            page.get_by_role("navigation")
            .locator("..")
            .get_by_role("button", name="What is this?")
            .click()
        )
        sheet = page.get_by_role("dialog", name="What is this?")
        await expect(sheet.get_by_text("Maybe “Slow Lanterns”")).to_be_visible()
        card = sheet.get_by_role("article")
        await expect(card).to_contain_text("This is")
        await expect(card.get_by_role("heading")).to_have_text("Slow Lanterns")
        await expect(card).to_contain_text("0:05 into it")
        await expect(card).to_contain_text("2 % faster than your recording")
        await expect(sheet.get_by_role("status").last).to_contain_text(
            "This is Slow Lanterns by Clara Voss, 0:05 into it"
        )
        await expect(page.locator("refrain-spectrogram")).to_have_attribute("data-fitting", "2")
        assert await page.evaluate(OPEN_MICROPHONES) == 0, "it listens on after the answer"
        await card.get_by_role("button", name="Play it").click()
        await expect(sheet).to_be_hidden()
        await web.hears_music()
        assert await web.title() == "Slow Lanterns"
    start = ears.last("refrain.listen.start")
    assert start is not None
    assert start["purpose"] == "identify"
    assert start["place"] == "kitchen"
    assert 8_000 <= start["sample_rate"] <= 48_000


async def test_it_sends_plain_sound_unchanged_by_the_browser(listening: OpenEars) -> None:
    ears = Ears()
    async with listening(ears) as web:
        await web.page.keyboard.press("w")
        await eventually(_count(ears), lambda count: count >= 20)
        wanted = await web.page.evaluate("microphones[0].wanted")
    assert wanted["audio"]["echoCancellation"] is False
    assert wanted["audio"]["noiseSuppression"] is False
    assert wanted["audio"]["autoGainControl"] is False
    start = ears.last("refrain.listen.start")
    assert start is not None
    rate = start["sample_rate"]
    assert len(ears.frames[0]) == pytest.approx(2 * rate / 10, abs=4), "0.1 s of 16 bit"
    heard = np.frombuffer(b"".join(ears.frames[5:20]), "<i2").astype(float)
    power = np.abs(np.fft.rfft(heard * np.hanning(heard.size)))
    strongest = np.fft.rfftfreq(heard.size, 1 / rate)[np.argsort(power)[-8:]]
    for hertz in (220.0, 440.0, 1_000.0):
        assert np.abs(strongest - hertz).min() < 12, strongest


async def test_playing_from_there_begins_at_that_place(
    listening: OpenEars, server: WebServer
) -> None:
    track = track_called(server, "Night Ferry")
    async with listening(Ears(match(track, offset_s=2.0, clip_s=2.0))) as web:
        await web.page.keyboard.press("w")
        await web.page.get_by_role("button", name="Play from 0:04").click()
        assert (await web.hears_music())["position_s"] >= 4.0


async def test_likely_is_not_said_as_a_fact(listening: OpenEars, server: WebServer) -> None:
    track, other = track_called(server, "Brass Yard"), track_called(server, HOSTILE_TITLE)
    answer = match(
        track,
        certainty="likely",
        probability=0.84,
        alternatives=[{"track": other, "probability": 0.1}],
    )
    async with listening(Ears(answer)) as web:
        corrected = await answering(web.page, "**/api/heard/7/correct", {})
        await web.page.keyboard.press("w")
        card = web.page.get_by_role("article")
        await expect(card).to_contain_text("Probably")
        await expect(card).to_contain_text("84 % sure")
        await expect(card).not_to_contain_text("This is")
        await card.get_by_role("button").filter(has_text=HOSTILE_TITLE).click()
        await expect(card.get_by_role("heading")).to_have_text(HOSTILE_TITLE)
        await expect(card).to_contain_text("You say that it is")
        assert corrected[0].post_data_json == {"track_id": other["id"]}
        assert await web.page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", "I don’t know this one"),
        ("silent", "There was nothing to hear"),
        ("too_short", "That was too short"),
    ],
)
async def test_what_is_not_known_gets_no_name(
    listening: OpenEars, server: WebServer, reason: str, words: str
) -> None:
    guess = {"track": track_called(server, "Night Ferry"), "probability": 0.2}
    async with listening(Ears(match(None, reason=reason, alternatives=[guess]))) as web:
        await web.page.keyboard.press("w")
        card = web.page.get_by_role("article")
        await expect(card).to_contain_text(words)
        await expect(card).not_to_contain_text("Night Ferry")
        await expect(card.get_by_role("button", name="Play")).to_have_count(0)


async def test_a_wrong_answer_is_put_right(listening: OpenEars, server: WebServer) -> None:
    right = track_called(server, "Quiet Harbour")
    async with listening(Ears(match(track_called(server, "Night Ferry")))) as web:
        page = web.page
        corrected = await answering(page, "**/api/heard/7/correct", {})
        await page.keyboard.press("w")
        await page.get_by_role("button", name="That’s wrong").click()
        dialog = page.get_by_role("dialog", name="What was it really?")
        await dialog.get_by_role("textbox").fill("quiet harb")
        await dialog.get_by_role("button", name="Quiet Harbour").click()
        await expect(page.get_by_role("article").get_by_role("heading")).to_have_text(
            "Quiet Harbour"
        )
        assert corrected[0].post_data_json == {"track_id": right["id"]}


@pytest.mark.parametrize(
    ("before", "words", "help_with_it"),
    [
        (NO_MICROPHONE.format(name="NotAllowedError"), "may not use the microphone", "Allow it"),
        (NO_MICROPHONE.format(name="NotFoundError"), "No microphone was found", "Plug one in"),
        (NO_MICROPHONE.format(name="NotReadableError"), "used by something else", "Close"),
        ("Object.defineProperty(window, 'isSecureContext', {value: false})", "https", "localhost"),
    ],
    ids=["denied", "none", "busy", "insecure"],
)
async def test_it_says_why_there_is_no_microphone(
    listening: OpenEars, before: str, words: str, help_with_it: str
) -> None:
    ears = Ears()
    async with listening(ears, before=before) as web:
        await web.page.keyboard.press("w")
        sheet = web.page.get_by_role("dialog", name="What is this?")
        await expect(sheet.locator(".listen-title")).to_contain_text(words)
        await expect(sheet.locator(".listen-detail")).to_contain_text(help_with_it)
        await expect(sheet.get_by_role("button", name="Try again")).to_be_visible()
        await expect(sheet.get_by_role("button", name="Choose a file")).to_be_visible()
    assert ears.last("refrain.listen.start") is None


async def test_a_dead_microphone_is_noticed_while_it_listens(listening: OpenEars) -> None:
    async with listening(Ears(), before=SILENT_MICROPHONE) as web:
        await web.page.keyboard.press("w")
        await expect(web.page.locator(".listen-detail")).to_contain_text(
            "Nothing arrives from the microphone"
        )


async def test_a_lost_connection_ends_it_in_words(listening: OpenEars) -> None:
    ears = Ears()
    async with listening(ears) as web:
        await web.page.keyboard.press("w")
        await eventually(_count(ears), lambda count: count >= 3)
        await ears.hang_up()
        await expect(web.page.locator(".listen-title")).to_have_text(
            "The connection to Refrain was lost."
        )
        assert await web.page.evaluate(OPEN_MICROPHONES) == 0


async def test_a_failure_of_the_server_is_shown(listening: OpenEars) -> None:
    ears = Ears()
    async with listening(ears) as web:
        await web.page.keyboard.press("w")
        await eventually(_count(ears), lambda count: count >= 3)
        ears.tell(type="error", error={"type": "server_error", "code": "x", "message": "Full up."})
        ears.tell(type="refrain.recognition.done", purpose="identify", answer=None)
        await expect(web.page.locator(".listen-title")).to_have_text("Full up.")


async def test_escape_stops_and_then_closes(listening: OpenEars) -> None:
    ears = Ears()
    async with listening(ears) as web:
        page = web.page
        button = page.get_by_role("button", name="What is this? Listen and name it")
        await button.focus()
        await page.keyboard.press("Enter")
        sheet = page.get_by_role("dialog", name="What is this?")
        await expect(sheet.get_by_role("button", name="Stop")).to_be_focused()
        for _ in range(8):
            await page.keyboard.press("Tab")
            assert await sheet.evaluate("sheet => sheet.contains(document.activeElement)")
        await page.keyboard.press("Escape")
        await expect(sheet.get_by_role("button", name="Listen")).to_be_visible()
        assert await page.evaluate(OPEN_MICROPHONES) == 0
        await page.keyboard.press("Escape")
        await expect(sheet).to_be_hidden()
        await expect(button).to_be_focused()
    stop = ears.last("refrain.listen.stop")
    assert stop is not None
    assert stop["cancel"] is True


async def test_a_file_is_named_and_a_long_one_laid_out(
    listening: OpenEars, server: WebServer, tmp_path: Path
) -> None:
    first, second = track_called(server, "Night Ferry"), track_called(server, HOSTILE_TITLE)
    long = write_wav(tmp_path / "evening.wav", np.zeros(65 * RATE_HZ, np.float32))
    job: dict[str, Any] = {"id": "t1", "name": "evening.wav", "total_s": 600.0, "problem": ""}
    entry = {"certainty": "certain", "probability": 1.0, "speed": 1.0, "pitch": 0.0}
    entries = [
        {**entry, "start_s": 2.0, "end_s": 200.0, "track": first, "offset_s": 3.0},
        {**entry, "start_s": 300.0, "end_s": 598.0, "track": second, "offset_s": 0.0},
    ]
    async with listening(Ears()) as web:
        page = web.page
        await answering(page, "**/api/recognise?*", match(first, picture=None))
        running = {**job, "state": "running", "done_s": 5.0, "entries": None}
        await answering(page, "**/api/timeline?*", running)
        done = {**job, "state": "done", "done_s": 600.0, "entries": entries}
        await answering(page, "**/api/timeline/t1", done)
        await page.evaluate("location.hash = '#/albums'")
        await page.keyboard.press("w")
        await page.locator("refrain-listen input[type=file]").set_input_files(long)
        await expect(page.get_by_role("article")).to_contain_text("Night Ferry")
        await page.get_by_role("button", name="What plays when?").click()
        rows = page.get_by_role("list", name="What plays when").get_by_role("listitem")
        await expect(rows).to_have_count(3)
        await expect(rows.nth(0)).to_contain_text("0:02 – 3:20")
        await expect(rows.nth(1)).to_contain_text("Unknown")
        await expect(rows.nth(2)).to_contain_text(HOSTILE_TITLE)
        await rows.nth(0).get_by_role("button").click()
        assert (await web.hears_music())["position_s"] >= 3.0
        assert await page.evaluate("window.hacked") is None


async def test_a_link_is_named(listening: OpenEars, server: WebServer) -> None:
    async with listening(Ears()) as web:
        page = web.page
        asked = await answering(
            page, "**/api/recognise/url", match(track_called(server, "Night Ferry"))
        )
        await page.keyboard.press("w")
        await page.get_by_role("button", name="Paste a link").click()
        await page.get_by_role("textbox", name="Address of a recording").fill(
            "https://radio.example/live"
        )
        await page.get_by_role("button", name="Listen", exact=True).last.click()
        await expect(page.get_by_role("article")).to_contain_text("Night Ferry")
        assert asked[0].post_data_json["url"] == "https://radio.example/live"


async def test_the_kept_minutes_are_seen_everywhere_and_wiped(
    listening: OpenEars, server: WebServer
) -> None:
    ears = Ears()
    async with listening(ears) as web:
        page = web.page
        off = ring_state(on=False)
        wiped = await answering(page, "**/api/listening", off)
        asked = await answering(
            page, "**/api/listening/answer", match(track_called(server, "Night Ferry"))
        )
        bar = page.get_by_role("region", name="Microphone")
        await expect(bar).to_be_hidden()
        await page.get_by_role("button", name="Settings").click()
        switch = page.get_by_role("switch", name="Keep the last minutes").last
        await expect(switch).not_to_be_checked()
        await switch.click()
        await page.keyboard.press("Escape")
        for address in ("#/", "#/albums", "#/heard"):
            await web.go(address)
            await expect(bar).to_contain_text("The microphone is on. Kept in memory: 1:")
        await bar.get_by_role("button", name="What was that?").click()
        await expect(page.get_by_role("article")).to_contain_text("Night Ferry")
        await page.get_by_role("button", name="30 s ago").click()
        await eventually(_sent(asked), lambda sent: sent[-1]["ending_s_ago"] == 30)
        await page.keyboard.press("Escape")
        await bar.get_by_role("button", name="Stop and forget").click()
        await expect(bar).to_be_hidden()
        told = page.locator(".toast").filter(has_text="Nothing is kept any more")
        await expect(told).to_be_visible()
        assert wiped[-1].method == "DELETE"
        assert await page.evaluate(OPEN_MICROPHONES) == 0


async def test_the_chat_may_ask_for_the_microphone_and_shows_it(listening: OpenEars) -> None:
    ears = Ears()
    async with listening(ears) as web:
        offer = ears.last("refrain.listen.offer")
        assert offer is not None
        assert offer["can_listen"] is True
        ears.tell(
            type="refrain.listen.request", request_id="r1", purpose="clip", seconds=5, on=True
        )
        bar = web.page.get_by_role("region", name="Microphone")
        await expect(bar).to_contain_text("because you asked in the chat")
        start = ears.last("refrain.listen.start")
        assert start is not None
        assert (start["purpose"], start["request_id"]) == ("clip", "r1")
        await bar.get_by_role("button", name="Stop listening").click()
        await expect(bar).to_be_hidden()
        assert await web.page.evaluate(OPEN_MICROPHONES) == 0


async def test_a_refused_microphone_is_told_to_the_server(listening: OpenEars) -> None:
    ears = Ears()
    async with listening(ears, before=NO_MICROPHONE.format(name="NotAllowedError")) as web:
        ears.tell(
            type="refrain.listen.request", request_id="r2", purpose="clip", seconds=5, on=True
        )
        await expect(web.page.locator(".toast.error")).to_contain_text("may not use")
    refuse = ears.last("refrain.listen.refuse")
    assert refuse is not None
    assert refuse["request_id"] == "r2"


async def test_a_sound_that_recurs_gets_a_name(web: WebPage, server: WebServer) -> None:
    page = web.page
    at = "2026-01-05T20:15:00Z"
    clip = {"id": 3, "title": "", "artist": "", "track": None, "clips": 4, "heard": 3}
    clip |= {"first_at": at, "last_at": at, "places": [HOSTILE_TITLE], "has_audio": False}
    await answering(page, "**/api/unknown", [clip])
    named = await answering(page, "**/api/unknown/3", clip)
    await web.go("#/heard")
    await expect(page.get_by_text("Heard 3 times")).to_be_visible()
    await page.get_by_role("button", name="Name it").click()
    dialog = page.get_by_role("dialog", name="What is it?")
    await dialog.get_by_role("textbox").fill("the ice cream van")
    await dialog.get_by_role("button", name="Call it “the ice cream van”").click()
    await eventually(_sent(named), [{"title": "the ice cream van"}])
    assert await page.evaluate("window.hacked") is None


async def test_what_was_heard_is_filtered_by_time_and_put_right(
    web: WebPage, server: WebServer
) -> None:
    page = web.page
    wrong, right = track_called(server, "Night Ferry"), track_called(server, "Quiet Harbour")
    event = {"id": 5, "at": "2026-01-05T20:15:00Z", "track": wrong, "title": "Night Ferry"}
    event |= {"artist": "", "source": "microphone", "place": "kitchen", "certainty": "likely"}
    event |= {"probability": 0.8, "offset_s": 62.0}
    asked = await answering(page, "**/api/heard?*", {"items": [event], "when": ""})
    corrected = await answering(page, "**/api/heard/5/correct", event)
    await web.go("#/heard")
    row = page.locator(".heard-row")
    await expect(row).to_contain_text("probably")
    await expect(row).to_contain_text("kitchen · microphone · 1:02 into it")
    await page.get_by_role("combobox", name="When").select_option("Yesterday")
    await eventually(_addresses(asked), lambda all_of_them: "when=yesterday" in all_of_them[-1])
    await row.hover()
    await row.get_by_role("button", name="More for Night Ferry").click()
    await page.get_by_role("menuitem", name="That’s wrong…").click()
    await page.get_by_role("textbox", name="Search your library").fill("quiet harb")
    await page.get_by_role("dialog").get_by_role("button", name="Quiet Harbour").click()
    await eventually(_sent(corrected), [{"track_id": right["id"]}])


@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_everything_has_a_name_and_can_be_read(
    listening: OpenEars, server: WebServer, scheme: str
) -> None:
    track = track_called(server, "Night Ferry")
    answer = match(track, certainty="likely", probability=0.8)
    async with listening(Ears(answer, answer_after=25), color_scheme=scheme) as web:
        await web.page.keyboard.press("w")
        await expect(web.page.locator(".listen-title")).to_have_text("Listening…")
        await web.page.wait_for_timeout(400)
        for _ in range(2):
            assert await web.page.evaluate(FIND_FLAWS) == []
            assert await web.page.evaluate(FIND_FAINT_TEXT) == []
            await web.page.get_by_role("article").wait_for()
            await web.page.wait_for_timeout(500)


async def test_it_fits_a_phone(listening: OpenEars, server: WebServer) -> None:
    phone: dict[str, Any] = {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
    }
    answer = match(track_called(server, HOSTILE_TITLE), certainty="likely")
    async with listening(Ears(answer), **phone) as web:
        await web.page.locator("refrain-tabs").get_by_role("button", name="What is this?").tap()
        await web.page.get_by_role("article").wait_for()
        width = await web.page.locator("refrain-listen").evaluate("sheet => sheet.scrollWidth")
        assert width <= 390
        button = web.page.get_by_role("button", name="Play it")
        await expect(button).to_be_in_viewport()
        await expect(web.page.get_by_text("0:05 into it", exact=True)).to_be_visible()


def _count(ears: Ears) -> Any:
    async def count() -> int:
        return len(ears.frames)

    return count


def _sent(asked: list[Any]) -> Any:
    async def sent() -> list[Any]:
        return [request.post_data_json for request in asked]

    return sent


def _addresses(asked: list[Any]) -> Any:
    async def addresses() -> list[str]:
        return [request.url for request in asked]

    return addresses
