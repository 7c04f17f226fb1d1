"""Somebody hums: the page shows the line, names the tune or asks which it was, and learns."""

import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from web_hum import hum_answer, hum_sound, tune_notes
from web_library import HOSTILE_ARTIST, HOSTILE_TITLE
from web_microphone import RATE_HZ, Ears, answering, browser_hearing, match, write_wav
from web_page import WebPage, eventually, open_page
from web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FIND_FLAWS = (Path(__file__).parent / "find_flaws.js").read_text("utf-8")
FIND_FAINT_TEXT = (Path(__file__).parent / "find_faint_text.js").read_text("utf-8")
NOTES = tune_notes("greensleeves", higher=-12)
PROBLEMS = {
    "silent": "There was nothing to hear",
    "too_short": "That was too short",
    "speech": "That sounded like talking",
    "no_tune": "I could not follow one tune",
    None: "I can’t tell which tune that is",
}
WITH_A_LINE = {"too_short", "speech", None}
FOLLOW = """async ({ samples, rate }) => {
  const { MelodyLine } = await import("/recognition/melody_line.js");
  const line = new MelodyLine(rate);
  const sound = Float32Array.from(samples);
  for (let at = 0; at < sound.length; at += 1200) line.push(sound.subarray(at, at + 1200));
  return { points: line.points, tune: line.isTune, silent: line.silentS };
}"""


class OpenEars(Protocol):
    """Opens a page whose listening follows a script."""

    def __call__(self, ears: Ears, **options: Any) -> AbstractAsyncContextManager[WebPage]: ...


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def near_a_voice(
    chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Browser]:
    """A browser with a microphone that hears somebody hum."""
    path = tmp_path_factory.mktemp("voice") / "hum.wav"
    write_wav(path, hum_sound(NOTES, RATE_HZ))
    async with browser_hearing(chromium, path) as browser:
        yield browser


@pytest.fixture
def humming(near_a_voice: Browser, server: WebServer) -> OpenEars:
    @asynccontextmanager
    async def opened(ears: Ears, **options: Any) -> AsyncIterator[WebPage]:
        async with open_page(near_a_voice, "about:blank", untouched=True, **options) as web:
            await ears.attach(web.page)
            await web.page.goto(server.url)
            await web.page.locator(".send-button:enabled").wait_for()
            yield web
            assert web.problems == []
            assert await web.page.evaluate("window.hacked") is None

    return opened


@pytest.fixture
def songs(server: WebServer) -> dict[str, dict[str, Any]]:
    return {track["title"]: track for track in server.get("/api/tracks", limit=50)["items"]}


def told(hum: dict[str, Any], after: int = 8) -> Ears:
    """A server that takes what it hears for this hum."""
    return Ears(match(None, heard_id=None, picture=None, hum=hum), answer_after=after)


async def test_a_hum_is_drawn_while_it_sounds(humming: OpenEars) -> None:
    ears = Ears()
    async with humming(ears) as web:
        page = web.page
        await page.keyboard.press("w")
        await expect(page.locator(".listen-detail")).to_have_text("Play it, hum it or whistle it.")
        await expect(page.locator("refrain-spectrogram[hums]")).to_be_visible(timeout=9_000)
        await expect(page.locator(".listen-detail")).to_contain_text("I hear a tune")
        await page.get_by_role("button", name="That was all").click()
        await expect(page.locator(".listen-title")).to_have_text("Looking for the tune…")
    stop = ears.last("refrain.listen.stop")
    assert stop is not None
    assert "cancel" not in stop, "the hum was thrown away"


async def test_it_names_the_tune_and_plays_it(
    humming: OpenEars, songs: dict[str, dict[str, Any]]
) -> None:
    async with humming(told(hum_answer(NOTES, [songs["Slow Lanterns"]]))) as web:
        page = web.page
        await page.keyboard.press("w")
        sheet = page.get_by_role("dialog", name="What is this?")
        card = sheet.get_by_role("article")
        await expect(card).to_contain_text("You hummed")
        await expect(card).to_contain_text("That sounds like")
        await expect(card.get_by_role("heading")).to_have_text("Slow Lanterns")
        await expect(card).to_contain_text("0:02 to 0:06 in it")
        await expect(card).to_contain_text("83 % sure")
        picture = card.get_by_role("img", name=f"The line that you hummed: {len(NOTES)} notes in")
        await expect(picture).to_have_accessible_name(re.compile("between E3 and F♯4"))
        assert await picture.locator(".hum-note").count() == len(NOTES)
        assert len(await picture.locator(".hum-stroke").get_attribute("d") or "") > 500
        await expect(sheet.get_by_role("status").last).to_contain_text(
            "That sounds like Slow Lanterns by Clara Voss, 0:02 to 0:06 in it, 83 % sure."
        )
        await card.get_by_role("button", name="Play it").click()
        await expect(sheet).to_be_hidden()
        await web.hears_music()
        assert await web.title() == "Slow Lanterns"


async def test_it_plays_from_what_was_hummed(
    humming: OpenEars, songs: dict[str, dict[str, Any]]
) -> None:
    async with humming(told(hum_answer(NOTES, [songs["Night Ferry"]], kind="whistle"))) as web:
        await web.page.keyboard.press("w")
        await expect(web.page.get_by_role("article")).to_contain_text("You whistled")
        await web.page.get_by_role("button", name="Play from 0:02").click()
        assert (await web.hears_music())["position_s"] >= 2.0


async def test_of_several_one_is_picked_and_learned(
    humming: OpenEars, songs: dict[str, dict[str, Any]]
) -> None:
    three = [songs["Slow Lanterns"], songs["Night Ferry"], songs[HOSTILE_TITLE]]
    async with humming(told(hum_answer(NOTES, three, outcome="ambiguous"))) as web:
        page = web.page
        picked = await answering(page, "**/api/hum/31/pick", None)
        await page.keyboard.press("w")
        sheet = page.get_by_role("dialog", name="What is this?")
        await expect(sheet.get_by_role("heading", name="Did you mean")).to_be_visible()
        choices = sheet.locator(".hum-choices").get_by_role("listitem")
        await expect(choices).to_have_count(3)
        await expect(choices.nth(2)).to_contain_text(HOSTILE_TITLE)
        await expect(choices.nth(2)).to_contain_text(HOSTILE_ARTIST)
        await choices.nth(1).get_by_role("button", name="Play Night Ferry").click()
        assert (await web.hears_music())["position_s"] >= 3.0
        await expect(sheet).to_be_visible()
        await choices.nth(1).get_by_role("button", name="Pause Night Ferry").click()
        await expect(choices.nth(1).get_by_role("button", name="Play Night Ferry")).to_be_visible()
        await choices.nth(1).get_by_role("button", name="This one").click()
        answer = sheet.get_by_role("article", name="You hummed")
        await expect(answer).to_contain_text("Thank you, that is learned")
        await expect(answer.get_by_role("heading")).to_have_text("Night Ferry")
        assert picked[0].post_data_json == {"track_id": songs["Night Ferry"]["id"]}
        await sheet.get_by_role("button", name="Play it").click()
        await web.hears_music()


async def test_a_pick_that_fails_is_told(
    humming: OpenEars, songs: dict[str, dict[str, Any]]
) -> None:
    two = [songs["Slow Lanterns"], songs["Night Ferry"]]
    async with humming(told(hum_answer(NOTES, two, outcome="ambiguous"))) as web:

        async def refuse(route: Any) -> None:
            error = {"code": "not_heard", "message": "That hum is gone.", "next_step": "Hum again."}
            await route.fulfill(status=404, json={"error": error})

        await web.page.route("**/api/hum/31/pick", refuse)
        await web.page.keyboard.press("w")
        await web.page.get_by_role("button", name="This one: Night Ferry").click()
        await expect(web.page.locator(".toast.error")).to_contain_text("That hum is gone.")
        await expect(web.page.get_by_role("heading", name="Did you mean")).to_be_visible()
        web.problems.clear()  # the browser itself reports the 404


async def test_a_wrong_tune_is_put_right(
    humming: OpenEars, songs: dict[str, dict[str, Any]]
) -> None:
    async with humming(told(hum_answer(NOTES, [songs["Night Ferry"]]))) as web:
        page = web.page
        picked = await answering(page, "**/api/hum/31/pick", None)
        await page.keyboard.press("w")
        await page.get_by_role("button", name="That’s wrong").click()
        dialog = page.get_by_role("dialog", name="Which song was it?")
        await dialog.get_by_role("textbox").fill("quiet harb")
        await dialog.get_by_role("button", name="Quiet Harbour").click()
        await expect(page.get_by_role("article").get_by_role("heading")).to_have_text(
            "Quiet Harbour"
        )
        assert picked[0].post_data_json == {"track_id": songs["Quiet Harbour"]["id"]}


async def test_nothing_is_named_and_it_is_hummed_again(
    humming: OpenEars, songs: dict[str, dict[str, Any]]
) -> None:
    def answer(problem: str | None) -> dict[str, Any]:
        notes = NOTES[:6] if problem in WITH_A_LINE else ()
        hum = hum_answer(notes, [songs["Night Ferry"]], outcome="again", problem=problem)
        return match(None, hum={**hum, "next_step": "Hum the chorus.", "waiting": 12})

    problems = list(PROBLEMS)
    ears = Ears(answer(problems[0]), answer_after=4)
    async with humming(ears) as web:
        await web.page.keyboard.press("w")
        card = web.page.get_by_role("article")
        for problem, following in zip(problems, [*problems[1:], None], strict=True):
            await expect(card).to_contain_text(PROBLEMS[problem])
            await expect(card).to_contain_text("Hum the chorus.")
            await expect(card).to_contain_text("The tunes of 12 songs are still to be learned.")
            await expect(card).not_to_contain_text("Night Ferry")
            await expect(card.get_by_role("img")).to_have_count(int(problem in WITH_A_LINE))
            ears.answer = answer(following)
            await card.get_by_role("button", name="Hum again").click()
        await eventually(_starts(ears), ["any", *["hum"] * len(problems)])


async def test_a_tune_without_a_recording_is_named_only(humming: OpenEars) -> None:
    written = {"title": "Greensleeves", "artist": "", "track": None, "probability": 0.9}
    hits = [{**written, "start_s": 0.0, "end_s": 7.5}]
    async with humming(told({**hum_answer(NOTES, []), "hits": hits, "offered": 1})) as web:
        await web.page.keyboard.press("w")
        card = web.page.get_by_role("article")
        await expect(card.get_by_role("heading")).to_have_text("Greensleeves")
        await expect(card).to_contain_text("no recording of it")
        await expect(card.get_by_role("button", name="Play")).to_have_count(0)


async def test_a_file_of_somebody_humming_is_named(
    humming: OpenEars, songs: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    file = write_wav(tmp_path / "memo.wav", hum_sound(NOTES[:8], RATE_HZ))
    async with humming(Ears()) as web:
        page = web.page
        answer = match(None, picture=None, hum=hum_answer(NOTES, [songs["Slow Lanterns"]]))
        await answering(page, "**/api/recognise?*", answer)
        await page.keyboard.press("w")
        await page.locator("refrain-listen input[type=file]").set_input_files(file)
        card = page.get_by_role("article")
        await expect(card).to_contain_text("That sounds like")
        await expect(card.get_by_role("heading")).to_have_text("Slow Lanterns")


async def test_rubbish_from_a_server_is_no_answer(humming: OpenEars) -> None:
    rubbish: dict[str, Any] = {
        "outcome": "found",
        "contour": {"frame_s": "x", "pitch": [None, "C", 1e9, -5, {}]},
        "notes": [{"onset_s": None}, 7],
        "hits": [{"title": ""}, None],
    }
    async with humming(told(rubbish)) as web:
        await web.page.keyboard.press("w")
        await expect(web.page.get_by_role("article")).to_contain_text("Hum again")


async def test_an_unknown_recording_may_be_hummed(humming: OpenEars) -> None:
    ears = Ears(match(None))
    async with humming(ears) as web:
        await web.page.keyboard.press("w")
        await web.page.get_by_role("article").get_by_role("button", name="Hum it").click()
        await eventually(_starts(ears), ["any", "hum"])


async def test_the_page_follows_a_voice_and_hears_its_end(web: WebPage) -> None:
    rate = 24_000
    sung = hum_sound(NOTES[:6], rate, after_s=0.0)
    heard = await web.page.evaluate(FOLLOW, {"samples": sung.tolist(), "rate": rate})
    assert heard["tune"] is True
    middle_s = 0.2 + NOTES[1].onset_s + NOTES[1].duration_s / 2
    nearest = min(heard["points"], key=lambda point: abs(point["at"] - middle_s))
    assert nearest["pitch"] == pytest.approx(NOTES[1].pitch, abs=0.5)
    faded = hum_sound(NOTES[:6], rate, after_s=2.5)
    heard = await web.page.evaluate(FOLLOW, {"samples": faded.tolist(), "rate": rate})
    assert heard["silent"] > 2.0


async def test_it_says_how_many_tunes_are_still_to_be_learned(humming: OpenEars) -> None:
    ears = Ears()
    async with humming(ears) as web:
        page = web.page
        await answering(page, "**/api/melodies", {"indexed": 1_204, "waiting": 12})
        state = {"phase": "melodies", "done": 30, "total": 42, "current": "", "failed": 0}
        ears.tell(type="refrain.index", index={**state, "refused": 0, "eta_s": 60.0})
        notice = page.locator("refrain-chat .notice")
        await expect(notice).to_contain_text("learning the tunes of your songs")
        await expect(notice).to_contain_text("Learning the tunes: 30 of 42 · about 1 min left")
        await page.get_by_role("button", name="Settings").click()
        await expect(page.get_by_role("dialog", name="Settings")).to_contain_text(
            "1,204 tunes can be hummed; 12 songs still to be learned."
        )


async def test_everything_has_a_name_and_can_be_read(
    humming: OpenEars, songs: dict[str, dict[str, Any]]
) -> None:
    two = [songs["Slow Lanterns"], songs["Night Ferry"]]
    ears = told(hum_answer(NOTES, two, outcome="ambiguous", waiting=3))
    async with humming(ears, color_scheme="dark", reduced_motion="reduce") as web:
        page = web.page
        await page.keyboard.press("w")
        for outcome in ("ambiguous", "found"):
            await page.locator(f"article.hum.{outcome}").wait_for()
            for scheme in ("dark", "light"):
                await page.emulate_media(color_scheme=scheme)
                await page.wait_for_timeout(300)
                assert await page.evaluate(FIND_FLAWS) == []
                assert await page.evaluate(FIND_FAINT_TEXT) == []
            moving = "document.querySelector('.hum-line').getAnimations().length"
            assert await page.evaluate(moving) == 0
            ears.answer = match(None, hum=hum_answer(NOTES, two[:1]))
            await page.get_by_role("button", name="Listen again").click()


async def test_it_fits_a_phone(humming: OpenEars, songs: dict[str, dict[str, Any]]) -> None:
    phone: dict[str, Any] = {
        "viewport": {"width": 360, "height": 740},
        "has_touch": True,
        "is_mobile": True,
    }
    two = [songs["Slow Lanterns"], songs[HOSTILE_TITLE]]
    async with humming(told(hum_answer(NOTES, two, outcome="ambiguous")), **phone) as web:
        page = web.page
        await page.locator("refrain-tabs").get_by_role("button", name="What is this?").tap()
        await page.locator("article.hum").wait_for()
        assert await page.locator("refrain-listen").evaluate("sheet => sheet.scrollWidth") <= 360
        await expect(page.get_by_role("button", name="This one").first).to_be_in_viewport()
        box = await page.locator("refrain-hum-picture svg").bounding_box()
        assert box is not None
        assert box["width"] > 300


def _starts(ears: Ears) -> Any:
    async def kinds() -> list[str]:
        starts = [one for one in ears.said if one["type"] == "refrain.listen.start"]
        return [one.get("kind", "any") for one in starts]

    return kinds
