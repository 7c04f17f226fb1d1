"""Somebody speaks to the page, and music plays: the whole way, with the real models."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.async_api import Browser, Page, expect

from voice.audio import HEARING_RATE_HZ, Samples
from voice_models import model_file, said, whisper_weights
from web_microphone import RATE_HZ, browser_hearing, write_wav
from web_page import eventually, open_page
from web_server import WebServer, running_server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

Say = Callable[[str, float], Path]
PATIENCE_MS = 45_000
MOUTH = """
(() => {
  const room = new AudioContext({ sampleRate: 48000 });
  const microphone = room.createMediaStreamDestination();
  navigator.mediaDevices.getUserMedia = async () => microphone.stream.clone();
  window.speak = (samples) => {
    const sound = room.createBuffer(1, samples.length, 48000);
    sound.copyToChannel(Float32Array.from(samples), 0);
    const source = room.createBufferSource();
    source.buffer = sound;
    source.connect(microphone);
    source.start();
  };
})()
"""
"""A microphone that hears what `speak` is given, when it is given it."""


@pytest.fixture(scope="session")
def talking_server(
    chromium: str, music: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WebServer]:
    """A server that hears and speaks; skipped where its models are not."""
    whisper_weights()
    model_file("silero-vad", "silero_vad_16k.onnx")
    pytest.importorskip("hibari", reason="hibari-tts is not installed")
    data = tmp_path_factory.mktemp("talks") / "data"
    with running_server(data, music, talks=True) as server:
        yield server


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """Write what a microphone hears: a request, then silence of so many seconds."""

    def written(text: str, silence_s: float) -> Path:
        before, after = (np.zeros(round(one * RATE_HZ), np.float32) for one in (1.0, silence_s))
        heard = np.concatenate([before, _at_48_khz(said(text)), after])
        return write_wav(tmp_path / "said.wav", heard)

    return written


async def test_a_spoken_request_leads_to_music(
    chromium: str, talking_server: WebServer, say: Say
) -> None:
    talking_server.forget_everything()
    async with (
        browser_hearing(chromium, say("Play Copper Wire.", 25.0)) as browser,
        open_page(browser, talking_server.url) as web,
    ):
        page = web.page
        await _can_talk(page)
        await page.get_by_role("button", name="Talk to Refrain").click()
        partial = page.locator("refrain-message.user .bubble")
        await expect(partial).to_contain_text("Copper", timeout=PATIENCE_MS)
        await eventually(
            lambda: page.evaluate("refrain.voice.level()"), lambda level: level > 0.005, 45
        )
        await web.hears_music(45)
        assert await web.title() == "Copper Wire"
        await expect(page.locator("refrain-message.user")).to_contain_text("Play Copper Wire")
        await expect(page.locator("refrain-message.assistant .reply")).to_contain_text(
            "Copper Wire"
        )
        await eventually(lambda: page.evaluate("refrain.talk()"), "off", 20)
        await eventually(lambda: page.evaluate("refrain.player.share()"), 1)
        await page.locator("body").press("d")
        panel = page.get_by_role("region", name="Timing of each turn")
        await expect(panel.locator("[data-stage=first_audio] .turn-ms")).to_contain_text("s")
        await expect(panel).to_contain_text("% sure")
        assert web.problems == []


async def test_speaking_cuts_the_voice_off(browser: Browser, talking_server: WebServer) -> None:
    talking_server.forget_everything()
    async with open_page(browser, "about:blank", untouched=True) as web:
        page = web.page
        await page.add_init_script(MOUTH)
        await page.goto(talking_server.url)
        await _can_talk(page)
        await page.keyboard.press("Shift+T")
        await eventually(lambda: page.evaluate("refrain.talk()"), "listening", 30)
        await _speak(page, "What can you do?")
        await eventually(
            lambda: page.evaluate("refrain.voice.level()"), lambda level: level > 0.005, 60
        )
        await _speak(page, "Play Night Ferry.")
        first = page.locator("refrain-message.assistant").first
        await expect(first).to_contain_text("You cut in", timeout=PATIENCE_MS)
        await expect(page.locator("refrain-message.user").nth(1)).to_contain_text(
            "Play Night Ferry", timeout=PATIENCE_MS
        )
        await web.hears_music(45)
        assert await web.title() == "Night Ferry"
        assert await page.evaluate("refrain.talk()") != "off", "hands-free goes on"
        await page.keyboard.press("Escape")
        await eventually(lambda: page.evaluate("refrain.talk()"), "off")
        assert web.problems == []


async def _speak(page: Page, text: str) -> None:
    """Say something into the microphone, now."""
    await page.evaluate("sound => speak(sound)", _at_48_khz(said(text)).tolist())


async def _can_talk(page: Page) -> None:
    """Wait until the models are loaded."""
    await eventually(lambda: page.evaluate("refrain.speech()?.state"), "ready", timeout_s=120)


def _at_48_khz(samples: Samples) -> Samples:
    """Three times as many samples, straight lines between those there are; half as loud."""
    at = np.arange(samples.size * RATE_HZ // HEARING_RATE_HZ) * HEARING_RATE_HZ / RATE_HZ
    return (0.5 * np.interp(at, np.arange(samples.size), samples)).astype(np.float32)
