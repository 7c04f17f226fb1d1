"""The whole way: somebody hums into the microphone, the real ear names the tune, and it plays."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.async_api import expect

from voice_models import model_file
from web_hum import hum_sound, recording_of, tune_notes
from web_library import SAMPLE_RATE, Piece, write_flac
from web_microphone import RATE_HZ, browser_hearing, write_wav
from web_page import open_page
from web_server import WebServer, running_server, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TUNES = {
    "greensleeves": "Greensleeves",
    "odetojoy": "Ode to Joy",
    "amazinggrace": "Amazing Grace",
}
HUMMED = "odetojoy"
OTHER_KEY = -9.0


@pytest.fixture(scope="module")
def tunes_server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """A server that has found the tunes in recordings of three public-domain songs."""
    model_file("basic-pitch", "nmp.onnx")
    folder = tmp_path_factory.mktemp("parlour")
    for number, (name, title) in enumerate(TUNES.items()):
        sound = recording_of(tune_notes(name, most_s=20), SAMPLE_RATE, seed=number)
        piece = Piece(title, "The Parlour Four", "Old Tunes", 1998, track_no=number + 1)
        write_flac(folder / f"{number}.flac", np.vstack([sound, sound]), piece)
    data = tmp_path_factory.mktemp("hummed") / "data"
    with running_server(data, folder, finds_tunes=True) as server:

        def knows_the_tunes() -> bool:
            known = server.get("/api/melodies")
            assert not known["failed"], server.log.read_text("utf-8")[-2_000:]
            return bool(known["indexed"] == len(TUNES) and not known["waiting"])

        wait_until(knows_the_tunes, 180, "the tunes to be found in the recordings")
        yield server


async def test_a_hummed_tune_is_named_and_played(
    chromium: str, tunes_server: WebServer, tmp_path: Path
) -> None:
    sung = tune_notes(HUMMED, bpm=116, higher=OTHER_KEY)
    voice = write_wav(tmp_path / "voice.wav", hum_sound(sung, RATE_HZ))
    async with (
        browser_hearing(chromium, voice) as browser,
        open_page(browser, tunes_server.url) as web,
    ):
        page = web.page
        await page.keyboard.press("w")
        await expect(page.locator(".listen-detail")).to_contain_text("I hear a tune", timeout=9_000)
        card = page.locator("refrain-listen").get_by_role("article")
        await expect(card).to_contain_text("That sounds like", timeout=30_000)
        await expect(card).to_contain_text("You hummed")
        await expect(card.get_by_role("heading")).to_have_text(TUNES[HUMMED])
        assert await card.locator(".hum-note").count() >= 6
        assert len(await card.locator(".hum-stroke").get_attribute("d") or "") > 200
        await card.get_by_role("button", name="Play it").click()
        await web.hears_music()
        assert await web.title() == TUNES[HUMMED]
        assert web.problems == []
    assert tunes_server.get("/api/heard")["items"] == [], "a hum is no recording that was heard"
