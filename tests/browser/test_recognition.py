"""The whole way: a microphone in a noisy room, the real recogniser, and the music plays."""

import io
import wave
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
from numpy.typing import NDArray
from playwright.async_api import Browser, expect
from scipy.signal import resample_poly

from fingerprint_music import in_noise, synthetic_piece
from knowledge.fingerprint.models import RATE_HZ
from web_library import SAMPLE_RATE, Piece, write_flac
from web_microphone import RATE_HZ as MICROPHONE_HZ
from web_microphone import browser_hearing, write_wav
from web_page import WebPage, eventually, open_page
from web_server import WebServer, running_server, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LENGTH_S = 40.0
HEARD_FROM_S = 12.0
HEARD_S = 20.0
PIECES = (
    Piece("Salt Meadow", "Ines Calder", "Low Water", 2004, track_no=1),
    Piece("Tin Roof Rain", "Ines Calder", "Low Water", 2004, track_no=2),
    Piece("Under the Viaduct", "Parallel Parks", "Grey Lines", 2016, track_no=1),
)
SOUNDING = PIECES[1].title
STRANGE_SEED = 99


@pytest.fixture(scope="module")
def songs() -> dict[str, NDArray[np.float32]]:
    return {
        piece.title: synthetic_piece(seed, seconds=LENGTH_S) for seed, piece in enumerate(PIECES)
    }


@pytest.fixture(scope="module")
def served(
    chromium: str,
    songs: dict[str, NDArray[np.float32]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[WebServer]:
    """A server that has listened to the three songs."""
    folder = tmp_path_factory.mktemp("songs")
    for number, piece in enumerate(PIECES):
        sound = resample_poly(songs[piece.title], SAMPLE_RATE // RATE_HZ, 1)
        write_flac(folder / f"{number}.flac", np.vstack([sound, sound]), piece)
    with running_server(tmp_path_factory.mktemp("hearing") / "data", folder) as server:
        clip = songs[PIECES[0].title][: 8 * RATE_HZ]

        def recognises() -> bool:
            answer = server.client.post("/api/recognise?log=false", content=wav_bytes(clip))
            return answer.is_success and answer.json()["certainty"] == "certain"

        wait_until(recognises, 120, "the songs to be fingerprinted")
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def noisy_room(
    chromium: str,
    songs: dict[str, NDArray[np.float32]],
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Browser]:
    """A browser whose microphone hears the middle of one song, in as much noise as music."""
    start = round(HEARD_FROM_S * RATE_HZ)
    clip = songs[SOUNDING][start : start + round(HEARD_S * RATE_HZ)]
    heard = in_noise(clip, snr_db=0.0, seed=4)
    heard *= 0.5 / np.abs(heard).max()
    path = tmp_path_factory.mktemp("room") / "room.wav"
    write_wav(path, resample_poly(heard, MICROPHONE_HZ, RATE_HZ))
    async with browser_hearing(chromium, path) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def web(noisy_room: Browser, served: WebServer) -> AsyncIterator[WebPage]:
    served.forget_everything()
    async with open_page(noisy_room, served.url) as page:
        await page.page.evaluate("localStorage.setItem('refrain.place', 'kitchen')")
        yield page
        assert page.problems == []


async def test_a_noisy_room_is_named_logged_and_played(web: WebPage, served: WebServer) -> None:
    page = web.page
    await page.keyboard.press("w")
    card = page.get_by_role("article")
    await expect(card).to_contain_text("This is", timeout=20_000)
    await expect(card.get_by_role("heading")).to_have_text(SOUNDING)
    fitting = await page.locator("refrain-spectrogram").get_attribute("data-fitting")
    assert int(fitting or 0) > 10
    event = served.get("/api/heard")["items"][0]
    assert event["title"] == SOUNDING
    assert event["source"] == "microphone"
    assert event["place"] == "kitchen"
    assert event["certainty"] == "certain"
    assert 0 <= event["offset_s"] < LENGTH_S

    await card.get_by_role("button", name="Play it").click()
    await web.hears_music()
    assert await web.title() == SOUNDING

    await web.go("#/heard")
    row = page.locator(".heard-row").first
    await expect(row).to_contain_text(SOUNDING)
    await expect(row).to_contain_text("kitchen · microphone")


async def test_a_heard_entry_is_found_by_its_place_and_removed(
    web: WebPage, served: WebServer
) -> None:
    page = web.page
    await page.keyboard.press("w")
    await page.get_by_role("article").wait_for(timeout=20_000)
    await page.keyboard.press("Escape")
    await web.go("#/heard")
    rows = page.locator(".heard-row")
    await rows.first.wait_for()
    search = page.get_by_role("searchbox", name="Search what was heard")
    await search.fill("nobody ever")
    await expect(page.get_by_text("Nothing heard like that")).to_be_visible()
    await search.fill("tin roof")
    await expect(rows.first).to_contain_text(SOUNDING)
    count = len(served.get("/api/heard")["items"])
    await rows.first.hover()
    await rows.first.get_by_role("button", name="More for").click()
    await page.get_by_role("menuitem", name="Remove from what was heard").click()
    await eventually(_heard(served), count - 1)


async def test_the_last_minutes_answer_what_that_was(web: WebPage, served: WebServer) -> None:
    page = web.page
    await page.get_by_role("button", name="Settings").click()
    await page.get_by_role("switch", name="Keep the last minutes").last.click()
    bar = page.get_by_role("region", name="Microphone")
    await expect(bar).to_contain_text("Kept in memory")
    await page.keyboard.press("Escape")
    await page.wait_for_timeout(9_000)
    await bar.get_by_role("button", name="What was that?").click()
    await expect(page.get_by_role("article")).to_contain_text(SOUNDING)
    await page.keyboard.press("Escape")
    await bar.get_by_role("button", name="Stop and forget").click()
    await expect(bar).to_be_hidden()
    state = served.get("/api/listening")
    assert (state["ring"], state["seconds"], state["sources"]) == (False, 0.0, [])


async def test_stopping_leaves_nothing_behind(web: WebPage, served: WebServer) -> None:
    page = web.page
    before = len(served.get("/api/heard")["items"])
    messages = await page.locator("refrain-message").count()
    await page.keyboard.press("w")
    await expect(page.locator(".listen-title")).to_have_text("Listening…")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Listen", exact=True).click()
    await page.get_by_role("article").wait_for(timeout=20_000)
    assert len(served.get("/api/heard")["items"]) <= before + 1
    await page.keyboard.press("Escape")
    await eventually(page.locator("refrain-message.user").count, messages // 2 + 1)


async def test_a_file_is_named_and_a_strange_one_is_not(
    web: WebPage, songs: dict[str, NDArray[np.float32]], tmp_path: Path
) -> None:
    page = web.page
    known, strange = tmp_path / "known.wav", tmp_path / "strange.wav"
    known.write_bytes(wav_bytes(songs[PIECES[2].title][10 * RATE_HZ : 18 * RATE_HZ]))
    strange.write_bytes(wav_bytes(synthetic_piece(STRANGE_SEED, seconds=8)))
    field = page.locator("refrain-listen input[type=file]")
    await field.set_input_files(known)
    card = page.get_by_role("article")
    await expect(card.get_by_role("heading")).to_have_text(PIECES[2].title)
    await expect(card).to_contain_text("0:10 into it")
    await field.set_input_files(strange)
    await expect(card.get_by_role("heading")).to_have_text("I don’t know this one")


async def test_a_recording_of_several_songs_is_laid_out(
    web: WebPage, songs: dict[str, NDArray[np.float32]], tmp_path: Path
) -> None:
    mix = np.concatenate([songs[PIECES[0].title], songs[PIECES[2].title]])
    path = tmp_path / "mix.wav"
    path.write_bytes(wav_bytes(mix))
    page = web.page
    await page.locator("refrain-listen input[type=file]").set_input_files(path)
    await page.get_by_role("button", name="What plays when?").click(timeout=20_000)
    rows = page.get_by_role("list", name="What plays when").get_by_role("listitem")
    await expect(rows).to_have_count(2, timeout=30_000)
    await expect(rows.nth(0)).to_contain_text(PIECES[0].title)
    await expect(rows.nth(1)).to_contain_text(PIECES[2].title)


def wav_bytes(samples: NDArray[np.float32]) -> bytes:
    """A WAV file of mono samples at the engine's rate."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return held.getvalue()


def _heard(served: WebServer) -> Callable[[], Awaitable[int]]:
    async def count() -> int:
        return len(served.get("/api/heard")["items"])

    return count
