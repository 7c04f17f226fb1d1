"""What a Shortcut sends and gets: words or a recording in, text or speech out."""

from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from typing import Any

import av
import httpx
import numpy as np
import pytest

from player_fake import FakePlayer
from server.auth.identity import Permission
from server.settings import load_settings
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns
from voice_speech import ScriptedTranscriber, fake_speech, tone, wav
from voice_synthesizer import BeepSynthesizer

pytestmark = pytest.mark.integration

CODECS = {"m4a": ("ipod", "aac", "fltp"), "caf": ("caf", "pcm_s16le", "s16")}


@pytest.fixture(scope="module")
def turns() -> ScriptedTurns:
    return ScriptedTurns()


@pytest.fixture(scope="module")
def ears() -> ScriptedTranscriber:
    return ScriptedTranscriber("Play Take Five.")


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, turns: ScriptedTurns, ears: ScriptedTranscriber
) -> Iterator[RunningServer]:
    voice = {"max_upload_mb": 1, "max_upload_s": 30}
    settings = load_settings(
        tmp_path_factory.mktemp("data"), {"library": {"watch": False}, "voice": voice}
    )
    speech = fake_speech(settings, ears, BeepSynthesizer())
    with running_server(settings, turns=turns, players=(FakePlayer(),), speech=speech) as running:
        yield running


def recording(kind: str, seconds: float = 1.5) -> bytes:
    """A recording as iPhones make them."""
    if kind == "wav":
        return wav(tone(seconds))
    container, codec, layout = CODECS[kind]
    out = BytesIO()
    with av.open(out, "w", format=container) as file:
        stream: Any = file.add_stream(codec, rate=16_000)
        samples = (tone(seconds) * 20_000).astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 16_000, 0, Fraction(1, 16_000)
        resampler = av.AudioResampler(format=layout, layout="mono", rate=16_000)
        for one in resampler.resample(frame):
            file.mux(stream.encode(one))
        file.mux(stream.encode(None))
    return out.getvalue()


def ask(server: RunningServer, **options: object) -> httpx.Response:
    return httpx.post(f"{server.url}/api/siri", timeout=30.0, **options)  # type: ignore[arg-type]


def test_words_in_every_way_that_shortcuts_send_them(
    server: RunningServer, turns: ScriptedTurns
) -> None:
    turns.heard.clear()
    for options in (
        {"json": {"text": "play something", "device": "iPhone"}},
        {"data": {"text": "play something", "device": "iPhone"}},
        {"files": {"text": (None, "play something"), "device": (None, "iPhone")}},
        {"content": "play something", "params": {"device": "iPhone"},
         "headers": {"content-type": "text/plain"}},
    ):  # fmt: skip
        answer = ask(server, **options)
        assert answer.json() == {
            "text": "Playing Still Water.", "language": "en", "asks": False, "heard": "",
        }  # fmt: skip
    assert {text for _, text in turns.heard} == {"play something"}
    assert len({session for session, _ in turns.heard}) == 1, "one conversation of this device"


def test_each_device_has_a_conversation_of_its_own(
    server: RunningServer, turns: ScriptedTurns
) -> None:
    turns.heard.clear()
    for device in ("iPhone", "Watch", "iPhone", ""):
        ask(server, json={"text": "hello", "device": device})
    sessions = [session for session, _ in turns.heard]
    assert sessions[0] == sessions[2]
    assert len(set(sessions)) == 3


@pytest.mark.parametrize("kind", ["m4a", "caf", "wav"])
def test_a_recording_is_understood(
    server: RunningServer, turns: ScriptedTurns, ears: ScriptedTranscriber, kind: str
) -> None:
    turns.heard.clear()
    sound = recording(kind)
    form = ask(server, files={"file": (f"Audio.{kind}", sound)}, data={"device": "iPhone"})
    raw = ask(server, content=sound, headers={"content-type": f"audio/{kind}"})
    for answer in (form, raw):
        assert answer.json()["heard"] == "Play Take Five."
        assert answer.json()["text"] == "Playing Still Water."
    assert len(ears.heard[-1][0]) == pytest.approx(24_000, abs=2_500)
    assert [text for _, text in turns.heard] == ["Play Take Five."] * 2
    assert turns.said_by[-1] == ("", True), "it was spoken"


def test_the_answer_comes_as_text_or_spoken(server: RunningServer) -> None:
    plain = ask(server, json={"text": "play something", "answer": "text"})
    assert plain.text == "Playing Still Water."
    spoken = ask(server, json={"text": "play something", "answer": "audio"})
    assert spoken.headers["content-type"] == "audio/mpeg"
    with av.open(BytesIO(spoken.content), "r") as opened:
        assert sum(frame.samples for frame in opened.decode(audio=0)) > 0


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"json": {}}, 400, "bad_request"),
        ({"json": ["play"]}, 400, "bad_request"),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400, "bad_request"),
        ({"json": {"text": "x" * 3_000}}, 400, "bad_request"),
        ({"json": {"text": "hi", "answer": "dance"}}, 400, "bad_request"),
        ({"json": {"text": "x" * 60_000}}, 413, "too_large"),
        ({"content": b"not sound", "headers": {"content-type": "audio/m4a"}}, 400,
         "unusable_audio"),
        ({"content": b"\x00" * 1_100_000, "headers": {"content-type": "audio/m4a"}}, 413,
         "too_large"),
        ({"json": {"text": "fail"}}, 409, "model_unavailable"),
    ],
)  # fmt: skip
def test_a_problem_is_told_in_words(
    server: RunningServer, options: dict[str, object], status: int, code: str
) -> None:
    answer = ask(server, **options)
    told = answer.json()
    assert (answer.status_code, told["error"]["code"]) == (status, code)
    if status != 413:
        assert told["text"], "a Shortcut speaks it"


def test_what_breaks_inside_tells_nothing_of_it(server: RunningServer) -> None:
    answer = ask(server, json={"text": "break"})
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_an_app_password_comes_in(server: RunningServer) -> None:
    services = server.services
    person = services.accounts.add("Ann", password="correct horse battery")
    assert ask(server, json={"text": "hello"}).status_code == 401
    _, secret = services.app_passwords.make(person.id, "Siri")
    bearer = {"authorization": f"Bearer {secret}"}
    assert ask(server, json={"text": "hello"}, headers=bearer).json()["text"]
    _, other = services.app_passwords.make(
        person.id, "metrics", permissions=frozenset({Permission.HISTORY})
    )
    refused = ask(server, json={"text": "hi"}, headers={"authorization": f"Bearer {other}"})
    assert refused.status_code == 403
