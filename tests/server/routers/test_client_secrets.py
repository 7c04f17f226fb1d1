"""Short-lived keys: made by OpenAI's own client, good for the WebSocket and for nothing else."""

import time
from pathlib import Path

import pytest
from openai import APIStatusError, AsyncOpenAI
from pydantic import SecretStr

from server.auth.client_secrets import ClientSecrets
from server.settings import Settings, load_settings
from server_running import running_server
from voice_speech import fake_speech

TOKEN = "a-token-of-enough-letters"


@pytest.fixture
def guarded(tmp_path: Path) -> Settings:
    made = load_settings(tmp_path / "data", {"library": {"watch": False}})
    server = made.server.model_copy(update={"token": SecretStr(TOKEN)})
    return made.model_copy(update={"server": server})


@pytest.mark.integration
async def test_a_key_opens_the_socket_and_nothing_else(guarded: Settings) -> None:
    with running_server(guarded, speech=fake_speech(guarded)) as server:
        base = f"{server.url}/v1"
        async with AsyncOpenAI(api_key=TOKEN, base_url=base, max_retries=0) as owner:
            made = await owner.realtime.client_secrets.create(
                session={
                    "type": "realtime",
                    "output_modalities": ["text"],
                    "instructions": "Brief",
                },
                expires_after={"anchor": "created_at", "seconds": 60},
            )
        assert made.value.startswith("ek_")
        assert time.time() + 30 < made.expires_at <= time.time() + 61
        assert made.session.type == "realtime"
        assert made.session.instructions == "Brief"
        async with AsyncOpenAI(api_key=made.value, base_url=base, max_retries=0) as browser:
            async with browser.realtime.connect(model="refrain") as connection:
                event = await connection.recv()
                assert event.type == "session.created"
                assert event.session.type == "realtime"
                assert event.session.instructions == "Brief"
                assert event.session.output_modalities == ["text"]
            with pytest.raises(APIStatusError) as caught:
                await browser.models.list()
            assert caught.value.status_code == 401
            with pytest.raises(APIStatusError) as caught:
                await browser.realtime.client_secrets.create()
            assert caught.value.status_code == 401


@pytest.mark.integration
async def test_a_session_that_cannot_be_is_refused(guarded: Settings) -> None:
    with running_server(guarded) as server:
        base = f"{server.url}/v1"
        async with AsyncOpenAI(api_key=TOKEN, base_url=base, max_retries=0) as owner:
            with pytest.raises(APIStatusError) as caught:
                await owner.realtime.client_secrets.create(session={"type": "transcription"})
            assert caught.value.status_code == 400
            with pytest.raises(APIStatusError) as caught:
                await owner.realtime.client_secrets.create(
                    expires_after={"anchor": "created_at", "seconds": 1_000_000}
                )
            assert caught.value.status_code == 422


@pytest.mark.unit
def test_a_key_expires() -> None:
    now = [1_000.0]
    known = ClientSecrets(clock=lambda: now[0])
    made = known.make({"type": "realtime"}, seconds=60)
    assert made.expires_at == 1_060.0
    now[0] = 1_059.9
    assert known.session_of(made.value) == {"type": "realtime"}
    now[0] = 1_060.0
    assert known.session_of(made.value) is None


@pytest.mark.unit
def test_only_keys_that_were_made_open_anything() -> None:
    known = ClientSecrets()
    made = known.make({})
    for presented in (None, "", "ek_", made.value[:-1], made.value[3:], made.value + "x"):
        assert known.session_of(presented) is None
    assert known.make({}).value != made.value


@pytest.mark.unit
def test_no_more_keys_are_kept_than_a_thousand() -> None:
    known = ClientSecrets()
    first = known.make({})
    for _ in range(1_000):
        last = known.make({})
    assert known.session_of(first.value) is None
    assert known.session_of(last.value) == {}
