"""Home Assistant as the other side: one file of a new release, or the whole of an older one."""

import importlib.util
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
import time
import types
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from platformdirs import user_cache_path
from websockets.asyncio.client import connect

from wyoming_house import free_port
from wyoming_peers import ffmpeg, give_up, own_environment, running

_RELEASE = "2026.2.3"
_FETCH_S = 300
_PIPELINE_S: Final = 60.0

# One file of a release.


@dataclass
class IntentResponse:
    """Stands in for `homeassistant.helpers.intent.IntentResponse`."""

    language: str
    speech: str = ""
    error: tuple[str, str] | None = None

    def async_set_speech(self, speech: str) -> None:
        self.speech = speech

    def async_set_error(self, code: str, message: str) -> None:
        self.error = (code, message)


@dataclass(frozen=True)
class ConversationInput:
    text: str
    language: str = "en"
    conversation_id: str | None = None


@dataclass(frozen=True)
class ConversationResult:
    response: IntentResponse
    conversation_id: str | None


@dataclass
class Service:
    """Stands in for `WyomingService`: where we listen, and what we said of ourselves."""

    host: str
    port: int
    info: Any


class _Entity:
    """An entity needs nothing for what is tested."""


@contextmanager
def conversation_entity() -> Iterator[type[Any]]:
    """`WyomingConversationEntity` of Home Assistant 2026.2.3, loaded with small stand-ins."""
    source = _release_file("homeassistant/components/wyoming/conversation.py")
    stand_ins = _stand_ins()
    name = "homeassistant.components.wyoming.conversation"
    before = {key: sys.modules.get(key) for key in (*stand_ins, name)}
    sys.modules.update(stand_ins)
    try:
        spec = importlib.util.spec_from_file_location(name, source)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module.WyomingConversationEntity
    finally:
        for key, value in before.items():
            if value is None:
                sys.modules.pop(key, None)
            else:
                sys.modules[key] = value


def _stand_ins() -> dict[str, types.ModuleType]:
    codes = types.SimpleNamespace(
        UNKNOWN="unknown", NO_INTENT_MATCH="no_intent_match", FAILED_TO_HANDLE="failed_to_handle"
    )
    conversation = {
        "ConversationEntity": _Entity,
        "AbstractConversationAgent": type("AbstractConversationAgent", (), {}),
        "ConversationEntityFeature": types.SimpleNamespace(CONTROL=1),
        "ConversationInput": ConversationInput,
        "ConversationResult": ConversationResult,
    }
    intent = {
        "IntentResponse": IntentResponse,
        "IntentResponseErrorCode": codes,
        "IntentError": type("IntentError", (Exception,), {}),
    }
    numbers = itertools.count(1)
    contents: dict[str, dict[str, Any]] = {
        "homeassistant": {},
        "homeassistant.components": {},
        "homeassistant.components.conversation": conversation,
        "homeassistant.config_entries": {"ConfigEntry": object},
        "homeassistant.core": {"HomeAssistant": object},
        "homeassistant.helpers": {},
        "homeassistant.helpers.intent": intent,
        "homeassistant.helpers.entity_platform": {"AddConfigEntryEntitiesCallback": object},
        "homeassistant.util": {},
        "homeassistant.util.ulid": {"ulid_now": lambda: f"01ULID{next(numbers)}"},
        "homeassistant.components.wyoming": {},
        "homeassistant.components.wyoming.const": {"DOMAIN": "wyoming"},
        "homeassistant.components.wyoming.data": {"WyomingService": Service},
        "homeassistant.components.wyoming.error": {"WyomingError": type("E", (Exception,), {})},
        "homeassistant.components.wyoming.models": {"DomainDataItem": object},
    }
    made: dict[str, types.ModuleType] = {}
    for name, values in contents.items():
        module = types.ModuleType(name)
        module.__dict__.update(values, __path__=[])
        made[name] = module
        parent, _, last = name.rpartition(".")
        if parent:
            setattr(made[parent], last, module)
    return made


def _release_file(name: str) -> Path:
    """A file of the wheel, which is fetched once, outside the repository."""
    folder = user_cache_path("refrain-tests") / f"homeassistant-{_RELEASE}"
    path = folder / Path(name).name
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
                *("--python-version", "3.13.9", "--only-binary", ":all:"),
                *("--dest", temporary, f"homeassistant=={_RELEASE}"),
            ],
            capture_output=True,
            text=True,
            timeout=_FETCH_S,
            check=False,
        )
        wheels = list(Path(temporary).glob("*.whl"))
        if done.returncode or not wheels:
            give_up(f"homeassistant {_RELEASE} cannot be fetched: {done.stderr[-300:]}")
        with zipfile.ZipFile(wheels[0]) as wheel:
            (Path(temporary) / path.name).write_bytes(wheel.read(name))
        (Path(temporary) / path.name).replace(path)
    return path


# All of it.


@dataclass
class House:
    """A running Home Assistant that has been set up."""

    url: str
    token: str
    states: list[str] = field(default_factory=list)

    def client(self) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=60)

    def entity(self, domain: str) -> str:
        """The entity of ours in a domain, such as "stt"; waits until it is there."""
        until = time.monotonic() + 30
        with self.client() as http:
            while time.monotonic() < until:
                names = [one["entity_id"] for one in http.get("/api/states").json()]
                found = [one for one in names if one.startswith(f"{domain}.refrain")]
                if found:
                    return str(found[0])
                time.sleep(0.5)
        raise AssertionError(f"no {domain} entity of ours in {names}")


@contextmanager
def home_assistant(folder: Path) -> Iterator[House]:
    """Home Assistant 2025.4.4 in its own environment, which takes 700 MB and Python 3.13.

    Skipped without that Python, in CI too: the machines have none.
    """
    python = shutil.which("python3.13")
    if python is None or _fails(python):
        pytest.skip("Home Assistant 2025.4.4 needs Python 3.13, which is not here")
    environment = own_environment(
        "homeassistant-2025.4.4", "homeassistant==2025.4.4", "josepy<2", python=python
    )
    port = free_port()
    config = folder / "config"
    config.mkdir(parents=True)
    parts = ("api", "config", "websocket_api", "conversation", "assist_pipeline", "stt", "tts")
    lines = [
        "homeassistant:",
        "  name: Test",
        "  unit_system: metric",
        "  time_zone: Europe/Berlin",
        "http:",
        "  server_host: 127.0.0.1",
        f"  server_port: {port}",
        "ffmpeg:",  # turns our speech into MP3
        f"  ffmpeg_bin: {ffmpeg()}",
        *(f"{part}:" for part in (*parts, "onboarding", "auth", "media_source")),
    ]
    (config / "configuration.yaml").write_text("\n".join(lines) + "\n")
    command = [str(environment), "-m", "homeassistant", "-c", str(config)]
    with running(command, port, log=folder / "home-assistant.log", start_s=300):
        yield _onboarded(f"http://127.0.0.1:{port}")


def _fails(python: str) -> bool:
    return bool(subprocess.run([python, "-V"], capture_output=True, check=False).returncode)


def _onboarded(url: str) -> House:
    client_id = f"{url}/"
    with httpx.Client(base_url=url, timeout=60) as http:
        until = time.monotonic() + 120
        while http.get("/api/onboarding").status_code != httpx.codes.OK:
            assert time.monotonic() < until, "it is not ready"
            time.sleep(1)
        person = {
            "client_id": client_id,
            "name": "Ann",
            "username": "ann",
            "password": "for-this-test-only",
            "language": "en",
        }
        code = http.post("/api/onboarding/users", json=person).json()["auth_code"]
        wanted = {"grant_type": "authorization_code", "code": code, "client_id": client_id}
        token = http.post("/auth/token", data=wanted).json()["access_token"]
    return House(url, token)


def add_wyoming(house: House, port: int) -> None:
    """Set our port up as people do in the settings of Home Assistant."""
    flows = "/api/config/config_entries/flow"
    with house.client() as http:
        flow = http.post(flows, json={"handler": "wyoming"}).json()
        done = http.post(f"{flows}/{flow['flow_id']}", json={"host": "127.0.0.1", "port": port})
        assert done.json()["type"] == "create_entry", done.text


async def run_pipeline(house: House, sound: bytes) -> list[dict[str, Any]]:
    """The whole of Assist: our ears, our agent, our voice. All events of the run.

    Args:
        house: where.
        sound: 16 kHz, 16 bits, one channel, without a header.
    """
    numbers = itertools.count(1)
    async with connect(house.url.replace("http", "ws") + "/api/websocket") as socket:
        await socket.recv()
        await socket.send(json.dumps({"type": "auth", "access_token": house.token}))
        assert json.loads(await socket.recv())["type"] == "auth_ok"

        async def ask(**message: Any) -> dict[str, Any]:
            number = next(numbers)
            await socket.send(json.dumps({"id": number, **message}))
            while True:
                answer: dict[str, Any] = json.loads(await socket.recv())
                if answer["id"] == number and answer["type"] == "result":
                    assert answer["success"], answer
                    return answer

        made = await ask(
            type="assist_pipeline/pipeline/create",
            name="Refrain",
            language="en",
            conversation_engine=house.entity("conversation"),
            conversation_language="en",
            stt_engine=house.entity("stt"),
            stt_language="en",
            tts_engine=house.entity("tts"),
            tts_language="en",
            tts_voice=None,
            wake_word_entity=None,
            wake_word_id=None,
        )
        await ask(
            type="assist_pipeline/run",
            pipeline=made["result"]["id"],
            start_stage="stt",
            end_stage="tts",
            input={"sample_rate": 16_000},
            timeout=_PIPELINE_S,
        )
        events: list[dict[str, Any]] = []
        while not events or events[-1]["type"] not in {"run-end", "error"}:
            message = json.loads(await socket.recv())
            if message["type"] != "event":
                continue
            events.append(message["event"])
            if events[-1]["type"] == "run-start":
                handler = bytes([events[-1]["data"]["runner_data"]["stt_binary_handler_id"]])
            if events[-1]["type"] == "stt-start":
                for first in range(0, len(sound), 3_200):
                    await socket.send(handler + sound[first : first + 3_200])
                await socket.send(handler)
        return events
