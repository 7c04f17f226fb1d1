"""Take the pictures of the README: `.venv/bin/python docs/make_screenshots.py`.

Starts a server with the demo library in a temporary folder (or uses the one at `--url`), drives
the page with Chromium and writes docs/images/*.png. `--only humming` takes those of humming alone.
"""

import argparse
import contextlib
import itertools
import random
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright
from scipy.signal import resample_poly

from evals.humming.demo_tunes import tune_notes
from evals.humming.performance import SungKind
from evals.humming.singer import RATE_HZ as SUNG_HZ
from evals.humming.singer import sing
from knowledge.audio.decoder import decode
from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.history import History
from knowledge.models import PlayEventKind

IMAGES = Path(__file__).parent / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--mute-audio"]
SOUND_AT_ONCE = "--autoplay-policy=no-user-gesture-required"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
TALL: ViewportSize = {"width": 1440, "height": 1160}
PHONE: ViewportSize = {"width": 390, "height": 844}
START_S = 300.0
MAX_BYTES = 400_000
MICROPHONE_HZ = 48_000
HEARD_FROM_S = 40.0
HEARD_S = 20.0
SKIPPED = 0.12
HUMMED = "greensleeves"
LIVE_S = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a running server instead of a new one")
    parser.add_argument("--only", choices=["humming"], help="these pictures alone")
    wanted = parser.parse_args()
    IMAGES.mkdir(exist_ok=True)
    with _server(wanted.url) as (url, data), sync_playwright() as playwright:
        _wait_for_index(url)
        if wanted.only == "humming":
            with tempfile.TemporaryDirectory() as folder:
                _humming(playwright, url, _voice(Path(folder)))
            return
        if data is not None:
            _listen_for_weeks(data)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=[*FLAGS, SOUND_AT_ONCE]
        )
        _desktop(browser, url)
        _light(browser, url)
        _phone(browser, url)
        _discover(browser, url)
        browser.close()
        with tempfile.TemporaryDirectory() as folder:
            _listening(playwright, url, _noisy_room(url, Path(folder)))
            _humming(playwright, url, _voice(Path(folder)))
            _talking(playwright, url, _request(Path(folder)))


def _wait_for_index(url: str) -> None:
    """Wait: what is calm is known only when everything was listened to."""
    while httpx.get(f"{url}/api/index").json()["phase"] != "idle":
        time.sleep(1)


def _desktop(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport=DESKTOP, color_scheme="dark")
    page.goto(url)
    page.locator(".shelf img").first.wait_for()
    _take(page, "home")
    _ask(page, "play something calm")
    page.get_by_role("contentinfo").get_by_role("button", name="Queue").click()
    _ask(page, "no, the second one")
    _take(page, "chat")
    page.evaluate("location.hash = '#/albums'")
    page.locator(".grid img").first.wait_for()
    page.get_by_role("contentinfo").get_by_role("button", name="Queue").click()
    _take(page, "albums")
    page.close()


def _light(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport=DESKTOP, color_scheme="light")
    page.goto(url)
    page.evaluate("location.hash = '#/albums'")
    page.locator("refrain-page .tile-link").first.click()
    page.locator(".large-header img").wait_for()
    _take(page, "album-light")
    page.close()


def _phone(browser: Browser, url: str) -> None:
    context = browser.new_context(
        viewport=PHONE, device_scale_factor=2, has_touch=True, is_mobile=True, color_scheme="dark"
    )
    page = context.new_page()
    page.goto(url)
    _ask(page, "play something lively")
    _take(page, "phone-chat")
    page.get_by_role("button", name="Open the player").tap()
    page.get_by_role("dialog", name="Now playing").wait_for()
    _take(page, "phone-player")
    context.close()


def _discover(browser: Browser, url: str) -> None:
    """What the library sounds like, what was listened to, and why a song was suggested."""
    page = browser.new_page(viewport=DESKTOP, color_scheme="dark")
    page.goto(url)
    page.locator(".send-button:enabled").wait_for()
    page.evaluate("location.hash = '#/map'")
    page.locator("refrain-map canvas").first.wait_for()
    page.wait_for_timeout(1500)
    points = httpx.get(f"{url}/api/sound/map").json()["points"]
    track = max(points, key=_way)["track"]["id"]
    place = page.evaluate("id => document.querySelector('refrain-map').placeOf(id)", track)
    page.mouse.click(place["x"], place["y"])
    page.locator(".map-card").wait_for()
    page.wait_for_timeout(2500)
    _take(page, "map", most=700_000)  # its colours mean something
    page.set_viewport_size(TALL)
    page.evaluate("location.hash = '#/statistics'")
    page.locator(".plot").first.wait_for()
    page.mouse.move(4, 4)
    _take(page, "statistics")
    page.set_viewport_size(DESKTOP)
    page.evaluate("location.hash = '#/'")
    _suggest(page, "something mellow for a rainy evening")
    page.locator(".card-thoughts").first.get_by_role("button", name="Why").click()
    page.locator(".reason").first.wait_for()
    _take(page, "why")
    page.close()


def _way(point: dict[str, Any]) -> float:
    """How far the song goes on the map from part to part; paths that stay inside look best."""
    path = point["path"]
    inside = all(0.08 < where < 0.92 for _, *place in path for where in place)
    pairs = itertools.pairwise(path)
    length = sum(abs(b[1] - a[1]) + abs(b[2] - a[2]) for a, b in pairs)
    return len(path) + length if inside else 0.0


def _suggest(page: Page, text: str) -> None:
    page.locator(".send-button:enabled").wait_for()
    page.fill("#ask", text)
    page.press("#ask", "Enter")
    page.locator(".card-thoughts").first.wait_for()
    page.locator("#ask").blur()


def _listen_for_weeks(data: Path) -> None:
    """Write a made-up history of ten weeks: evenings mostly, some favourites, some skips."""
    database = Database.at(data / "library.db")
    catalog = Catalog(database, data / "covers")
    history, chance = History(database, catalog), random.Random(11)
    tracks = list(catalog.list_tracks(offset=0, limit=500)[0])
    chance.shuffle(tracks)
    weights = [1 / (place + 2) ** 0.7 for place in range(len(tracks))]
    now = datetime.now().astimezone()
    for day in range(1, 71):
        for _ in range(chance.choice((0, 8, 14, 20, 32, 48))):
            hour = chance.choice((7, 8, 8, 12, 17, 18, 19, 19, 20, 20, 21, 21, 22))
            began = (now - timedelta(days=day)).replace(hour=hour, minute=chance.randrange(60))
            track = chance.choices(tracks, weights)[0]
            skipped = chance.random() < SKIPPED
            played_s = 9.0 if skipped else track.duration_s
            history.record(PlayEventKind.PLAY, track.id, at=began, played_s=played_s)
            if skipped:
                history.record(PlayEventKind.SKIP, track.id, at=began, played_s=played_s)
    database.close()


def _hearing(playwright: Playwright, sound: str) -> Browser:
    """A browser whose microphone hears a file."""
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"),
        args=[
            *FLAGS,
            SOUND_AT_ONCE,
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-audio-capture={sound}",
        ],
    )


def _listening(playwright: Playwright, url: str, room: Path) -> None:
    """What is this? A browser whose microphone hears `room`."""
    browser = _hearing(playwright, str(room))
    page = browser.new_page(viewport=DESKTOP, color_scheme="dark")
    page.goto(url)
    page.evaluate("localStorage.setItem('refrain.place', 'kitchen')")
    page.locator(".send-button:enabled").wait_for()
    page.keyboard.press("w")
    page.locator("refrain-listen .answer img").wait_for()
    page.mouse.click(20, 400)  # no ring of the keyboard's focus in the picture
    _take(page, "what-is-this")
    page.close()
    phone = browser.new_context(
        viewport=PHONE, device_scale_factor=2, has_touch=True, is_mobile=True, color_scheme="light"
    )
    page = phone.new_page()
    page.goto(url)
    page.locator(".send-button:enabled").wait_for()
    page.locator("refrain-tabs").get_by_role("button", name="What is this?").tap()
    page.locator("refrain-listen .answer img").wait_for()
    _take(page, "phone-what-is-this")
    browser.close()


def _humming(playwright: Playwright, url: str, voice: Path) -> None:
    """Somebody hums: the line while it sounds, and the tune that it was."""
    browser = _hearing(playwright, str(voice))
    page = browser.new_page(viewport=DESKTOP, color_scheme="dark")
    page.goto(url)
    page.locator(".send-button:enabled").wait_for()
    page.keyboard.press("w")
    page.locator("refrain-listen .answer.hum").wait_for()
    page.mouse.click(20, 400)
    page.wait_for_timeout(1000)
    _take(page, "humming")
    page.close()
    phone = browser.new_context(
        viewport=PHONE, device_scale_factor=2, has_touch=True, is_mobile=True, color_scheme="light"
    )
    page = phone.new_page()
    page.goto(url)
    page.locator(".send-button:enabled").wait_for()
    page.locator("refrain-tabs").get_by_role("button", name="What is this?").tap()
    page.locator("refrain-spectrogram[hums]").wait_for()
    page.locator(".listen-seconds", has_text=f"{LIVE_S} s").wait_for()
    _take(page, "phone-humming")
    browser.close()


def _voice(folder: Path) -> Path:
    """Write somebody who hums a tune of the demo library."""
    notes = tune_notes(HUMMED)
    sung = sing(notes, SungKind.HUM, snr_db=25.0, seed=3, seconds=13.0)
    path = folder / "voice.wav"
    _write(path, resample_poly(sung.samples, MICROPHONE_HZ // SUNG_HZ, 1))
    return path


def _talking(playwright: Playwright, url: str, request: Path) -> None:
    """Somebody speaks to the page and is answered, with the timing of the turn."""
    browser = _hearing(playwright, f"{request}%noloop")
    page = browser.new_page(viewport=DESKTOP, color_scheme="dark")
    page.goto(url)
    button = page.get_by_role("button", name="Talk to Refrain")
    button.wait_for()
    page.wait_for_timeout(4000)
    button.click()
    page.locator("refrain-message.user .bubble").last.wait_for()
    page.locator("refrain-message.assistant:not(.streaming)").last.wait_for()
    page.wait_for_timeout(1500)
    page.locator("#ask").blur()
    page.keyboard.press("d")
    _take(page, "talking")
    browser.close()


def _request(folder: Path) -> Path:
    """Write what somebody says, as a microphone hears it."""
    from hibari import Hibari  # noqa: PLC0415  only this picture needs a voice

    spoken = np.concatenate(list(Hibari().stream("Play something mellow for a rainy evening.")))
    sound = resample_poly(spoken, 2, 1).astype(np.float32)
    quiet = np.zeros(round(0.7 * MICROPHONE_HZ), np.float32)
    path = folder / "request.wav"
    _write(path, np.concatenate([quiet, sound, np.tile(quiet, 30)]))
    return path


def _noisy_room(url: str, folder: Path) -> Path:
    """Write twenty seconds of a song with as much noise as music, as a microphone hears them."""
    found = httpx.get(f"{url}/api/tracks", params={"limit": 500}).json()["items"]
    track = next(one for one in found if one["duration_s"] > HEARD_FROM_S + HEARD_S)
    song, room = folder / "song", folder / "room.wav"
    song.write_bytes(httpx.get(f"{url}{track['audio_url']}", timeout=60).content)
    blocks = decode(song, sample_rate=MICROPHONE_HZ, channels=1, start_s=HEARD_FROM_S)
    sound = np.concatenate([samples.reshape(-1) for samples, _ in blocks])
    clip = sound[: round(HEARD_S * MICROPHONE_HZ)]
    noise = np.random.default_rng(3).standard_normal(clip.size)
    heard = clip + noise * np.sqrt(np.mean(clip**2))
    _write(room, heard)
    return room


def _write(path: Path, heard: NDArray[np.floating[Any]]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(MICROPHONE_HZ)
        file.writeframes((heard / np.abs(heard).max() * 16_000).astype("<i2").tobytes())


def _ask(page: Page, text: str) -> None:
    page.locator(".send-button:enabled").wait_for()
    page.fill("#ask", text)
    page.press("#ask", "Enter")
    page.locator("refrain-message.assistant:not(.streaming)").last.wait_for()
    while page.evaluate("refrain.player.state().status") != "playing":
        page.wait_for_timeout(100)
    page.wait_for_timeout(2500)


def _take(page: Page, name: str, *, most: int = MAX_BYTES) -> None:
    """Save a picture with few enough colours to stay small."""
    page.wait_for_timeout(900)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    if path.stat().st_size > most:
        with Image.open(path) as picture:
            picture.convert("RGB").quantize(256, dither=Image.Dither.FLOYDSTEINBERG).save(
                path, optimize=True
            )
    print(f"{path.name}: {path.stat().st_size // 1000} kB")


@contextlib.contextmanager
def _server(url: str | None) -> Iterator[tuple[str, Path | None]]:
    """Its address, and its data folder when it is ours."""
    if url is not None:
        yield url, None
        return
    program = Path(sys.executable).with_name("refrain")
    with tempfile.TemporaryDirectory() as folder:
        command = [str(program), "--data", folder, "serve", "--demo", "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                yield _address(process), Path(folder)
            finally:
                process.terminate()


def _address(process: "subprocess.Popen[str]") -> str:
    deadline = time.monotonic() + START_S
    for line in process.stdout or ():
        if line.startswith("Refrain is at "):
            return line.removeprefix("Refrain is at ").strip()
        if time.monotonic() > deadline:
            break
    raise SystemExit("The server did not start.")


if __name__ == "__main__":
    main()
