"""The doctor's look at hearing and speaking: what is configured, and what it lacks."""

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from server.errors import ServerError
from server.findings import Finding, Health
from server.models_lock import read_lock
from server.models_store import ModelsStore, ModelState
from server.settings import Settings
from server.settings_voice import VoiceSettings, stt_api_key, tts_api_key

_CONNECT_TIMEOUT_S = 3.0
_RECOGNISER = "recogniser"
_VOICE = "voice"


def voice_findings(settings: Settings) -> Iterator[Finding]:
    """Look at the recogniser, the voice, the detector of speech, the wake word, the microphone."""
    voice, models = settings.voice, _Models(settings)
    if not voice.enabled:
        yield Finding(
            "talking", Health.OPTIONAL, "switched off", "Set voice.enabled = true in config.toml."
        )
        return
    yield _recogniser(voice, models)
    yield _voice(voice, models)
    yield models.finding(
        "speech detector", "silero-vad", "Silero VAD", "speech is told by its loudness only"
    )
    yield _wake_word(voice, models)
    yield _microphone()


class _Models:
    """The model files that are here."""

    def __init__(self, settings: Settings) -> None:
        self._lock, self._store = read_lock(), ModelsStore(*settings.model_folders)

    def finding(self, what: str, name: str, detail: str, without: str) -> Finding:
        """Whether a model is here.

        Args:
            what: the part of the voice that needs it.
            name: of the model.
            detail: said when it is here.
            without: what it is like without.
        """
        model = self._lock.models.get(name)
        if model is None:
            step = "See: refrain models list"
            return Finding(what, Health.WARNING, f"there is no model {name!r}", step)
        state = self._store.state(name, model)
        if state is ModelState.PRESENT:
            return Finding(what, Health.OK, detail)
        step = "make setup" if model.is_installed else f"refrain models get {name}"
        return Finding(what, Health.WARNING, f"{name} is {state}: {without}", f"Run: {step}")


def _recogniser(voice: VoiceSettings, models: _Models) -> Finding:
    without = "nobody can talk here; typing works"
    if voice.transcriber == "openai":
        return _server(_RECOGNISER, voice.stt_base_url, lambda: stt_api_key(voice), "stt")
    package = "whisper" if voice.transcriber == "whisper" else "faster_whisper"
    if missing := [name for name in (package, *_NEEDED[package]) if find_spec(name) is None]:
        return Finding(
            _RECOGNISER, Health.WARNING, f"{', '.join(missing)} not installed: {without}",
            "Run: make setup" if package == "whisper" else "Run: pip install faster-whisper",
        )  # fmt: skip
    name = voice.stt_model or "whisper-base"
    folder = Path(name).expanduser()
    if folder.is_absolute():
        if (folder / "model.bin").is_file():
            return Finding(_RECOGNISER, Health.OK, f"{voice.transcriber}, {folder}")
        step = "Correct voice.stt_model."
        return Finding(_RECOGNISER, Health.WARNING, f"no model.bin in {folder}: {without}", step)
    return models.finding(_RECOGNISER, name, f"{voice.transcriber}, {name}", without)


_NEEDED = {"whisper": ("torch", "tiktoken"), "faster_whisper": ("ctranslate2",)}


def _voice(voice: VoiceSettings, models: _Models) -> Finding:
    without = "answers are text only"
    match voice.synthesizer:
        case "none":
            return Finding(_VOICE, Health.OPTIONAL, "none is configured: answers are text")
        case "hibari":
            return models.finding(_VOICE, "hibari", "hibari, heart", without)
        case "openai":
            return _server(_VOICE, voice.tts_base_url, lambda: tts_api_key(voice), "tts")
        case "espeak":
            program = shutil.which("espeak-ng")
            if program is not None:
                return Finding(_VOICE, Health.OK, program)
            step = "Run: apt install espeak-ng"
            return Finding(_VOICE, Health.WARNING, f"espeak-ng is not installed: {without}", step)
        case "piper":
            if find_spec("piper") is None:
                step = "Run: pip install piper-tts (GPL-3.0)"
                return Finding(
                    _VOICE, Health.WARNING, f"piper-tts is not installed: {without}", step
                )
            if voice.tts_voice:
                return Finding(_VOICE, Health.OK, f"piper, {voice.tts_voice}")
            return models.finding(_VOICE, "piper-joe", "piper, joe", without)


def _wake_word(voice: VoiceSettings, models: _Models) -> Finding:
    what = "wake word"
    if find_spec("pymicro_wakeword") is None:
        health = Health.WARNING if voice.wake_word else Health.OPTIONAL
        return Finding(what, health, "pymicro-wakeword is not installed", "Run: make setup")
    said = f'"{voice.wake_word.replace("_", " ")}"' if voice.wake_word else "none is configured"
    return models.finding(what, "wake-words", said, "press the button to talk")


def _microphone() -> Finding:
    what = "microphone"
    if not sys.platform.startswith("linux"):
        return Finding(what, Health.OK, "the system's, or one in the page")
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if os.environ.get("PULSE_SERVER") or (runtime and Path(runtime, "pulse", "native").exists()):
        return Finding(what, Health.OK, "PulseAudio or PipeWire")
    devices = Path("/proc/asound/pcm")
    if devices.exists() and "capture" in devices.read_text("utf-8", "replace"):
        return Finding(what, Health.OK, "ALSA")
    return Finding(what, Health.OPTIONAL, "none here; talk in the page")


def _server(what: str, address: str | None, key: Callable[[], object], prefix: str) -> Finding:
    if address is None:
        step = f"Set voice.{prefix}_base_url."
        return Finding(what, Health.WARNING, "no server is configured", step)
    try:
        key()
    except ServerError as error:
        return Finding(what, Health.WARNING, str(error), error.next_step)
    if reachable(address):
        return Finding(what, Health.OK, f"the server at {address}")
    step = f"Start it, or correct voice.{prefix}_base_url."
    return Finding(what, Health.WARNING, f"{address} does not answer", step)


def reachable(address: str) -> bool:
    """Whether something listens at the host and port of a web address."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        with socket.create_connection((parts.hostname or "", port), _CONNECT_TIMEOUT_S):
            return True
    except OSError:
        return False
