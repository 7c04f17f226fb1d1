"""Sound that lies: random bytes, cut off and flipped files of every codec, sent to a real server.

`REFRAIN_FUZZ_ROUNDS=200 pytest tests/server/recognition/test_hostile_sound.py` looks longer.
"""

import os
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import httpx
import numpy as np
import pytest

from player_fake import FakePlayer
from recognition_library import RecognitionLibrary, clip
from recognition_sounds import CODECS, encoded
from server.settings import Settings, load_settings
from server_running import RunningServer, running_server

pytestmark = pytest.mark.integration
ROUNDS = int(os.environ.get("REFRAIN_FUZZ_ROUNDS", "2"))
REFUSALS = {"unreadable_audio", "bad_request", "too_large"}

Damage = Callable[[np.random.Generator, bytes], bytes]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = load_settings(tmp_path_factory.mktemp("data"), {"library": {"watch": False}})
    RecognitionLibrary(made.data, "Sinnerman").close()
    return made


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[RunningServer]:
    with running_server(settings, players=(FakePlayer(),)) as running:
        yield running


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    return {kind: encoded(clip("Sinnerman", 4.0, 4.0), kind) for kind in CODECS}


def cut(random: np.random.Generator, data: bytes) -> bytes:
    return data[: random.integers(1, len(data))]


def beheaded(random: np.random.Generator, data: bytes) -> bytes:
    return data[random.integers(1, min(len(data), 4_000)) :]


def flipped(random: np.random.Generator, data: bytes) -> bytes:
    changed = bytearray(data)
    for place in random.integers(0, len(data), random.integers(1, 200)):
        changed[place] ^= 1 << random.integers(0, 8)
    return bytes(changed)


def flipped_head(random: np.random.Generator, data: bytes) -> bytes:
    return flipped(random, data[:300]) + data[300:]


def shuffled(random: np.random.Generator, data: bytes) -> bytes:
    edges = sorted({0, len(data), *random.integers(0, len(data), 6).tolist()})
    parts = [data[start:end] for start, end in pairwise(edges)]
    return b"".join(parts[place] for place in random.permutation(len(parts)))


def blown_up(random: np.random.Generator, data: bytes) -> bytes:
    """Sizes in the head that promise far more than there is."""
    place = int(random.integers(0, min(len(data) - 8, 200)))
    return data[:place] + b"\xff" * 8 + data[place + 8 :]


DAMAGES: tuple[Damage, ...] = (cut, beheaded, flipped, flipped_head, shuffled, blown_up)


def judged(client: httpx.Client, body: bytes) -> str:
    """Send it; what came back must be a result or a clear refusal."""
    while True:
        answer = client.post("/api/recognise", content=body, params={"log": False})
        if answer.status_code != 429:
            break
        time.sleep(0.2)
    if answer.status_code == 200:
        return str(answer.json()["certainty"])
    error = answer.json()["error"]
    assert 400 <= answer.status_code < 500, (answer.status_code, error)
    assert error["code"] in REFUSALS, error
    assert error["message"]
    assert "Traceback" not in answer.text
    return str(error["code"])


@pytest.mark.parametrize("kind", CODECS)
def test_damaged_files_are_named_or_refused_and_the_server_stays_up(
    server: RunningServer, settings: Settings, whole: dict[str, bytes], kind: str
) -> None:
    random = np.random.default_rng(list(CODECS).index(kind))
    with server.client() as client:
        assert judged(client, whole[kind]) == "certain"
        for _ in range(ROUNDS):
            for damage in DAMAGES:
                judged(client, damage(random, whole[kind]))
        assert judged(client, whole[kind]) == "certain"
    assert list(settings.incoming.iterdir()) == []


def test_random_bytes_with_the_look_of_sound_are_refused(
    server: RunningServer, settings: Settings, whole: dict[str, bytes]
) -> None:
    random = np.random.default_rng(99)
    with server.client() as client:
        for number in range(8 * ROUNDS):
            kind = list(CODECS)[number % len(CODECS)]
            head = whole[kind][: random.integers(0, 64)]
            assert judged(client, head + random.bytes(int(random.integers(1, 60_000)))) != "certain"
        assert judged(client, whole["mp3"]) == "certain"
    assert list(settings.incoming.iterdir()) == []
