"""What tests of the WebSocket say and hear, as the stock client of OpenAI does."""

import asyncio
import base64
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
from openai import AsyncOpenAI
from openai.resources.realtime.realtime import AsyncRealtimeConnection
from openai.types.websocket_connection_options import WebSocketConnectionOptions

from server_running import RunningServer
from voice.audio import SPEAKING_RATE_HZ, Samples
from voice.pcm import AudioFormat, SoundDecoder, SoundEncoder

TIMEOUT_S = 30.0
PCM = AudioFormat()


@asynccontextmanager
async def connected(
    server: RunningServer, key: str = "any", **query: str
) -> AsyncIterator[AsyncRealtimeConnection]:
    """A connection of the stock client."""
    client = AsyncOpenAI(api_key=key, base_url=f"{server.url}/v1")
    # A client that reads no further than 16 messages ahead never sees the answer to its farewell.
    reading: WebSocketConnectionOptions = {"max_queue": None}
    async with (
        client,
        client.realtime.connect(
            model="refrain", extra_query=query, websocket_connection_options=reading
        ) as connection,
    ):
        yield connection


class Heard:
    """Everything a client was told, in order; events of OpenAI's must be of a known class."""

    def __init__(self, connection: AsyncRealtimeConnection) -> None:
        self.connection = connection
        self.events: list[Any] = []
        self.ours: list[Any] = []
        """The events that only we have."""

    async def until(self, kind: str, timeout_s: float = TIMEOUT_S) -> Any:
        """Read up to the next event of this type, ours included."""
        async with asyncio.timeout(timeout_s):
            while True:
                event: Any = await self.connection.recv()
                if event.type.startswith("refrain."):
                    self.ours.append(event)
                else:
                    assert type(event).__name__ != "BaseModel", event.type
                    assert event.event_id
                    self.events.append(event)
                if event.type == kind:
                    return event

    @property
    def types(self) -> list[str]:
        """Types of OpenAI's events, repeated ones once."""
        kinds: list[str] = []
        for event in self.events:
            if not kinds or kinds[-1] != event.type:
                kinds.append(event.type)
        return kinds

    def all(self, kind: str) -> list[Any]:
        return [event for event in [*self.events, *self.ours] if event.type == kind]

    def first(self, kind: str) -> Any:
        return self.all(kind)[0]

    def sound(self, audio: AudioFormat = PCM) -> Samples:
        """Our voice so far, at `SPEAKING_RATE_HZ`."""
        decoder = SoundDecoder(audio, to_hz=SPEAKING_RATE_HZ)
        data = (base64.b64decode(one.delta) for one in self.all("response.output_audio.delta"))
        parts = [decoder.decode(one) for one in data]
        return np.concatenate([*parts, decoder.finish()])


def pieces(samples: Samples, rate_hz: int, audio: AudioFormat = PCM) -> Iterable[str]:
    """`samples` as a client sends them: base64, 100 ms each."""
    encoder = SoundEncoder(audio, from_hz=rate_hz)
    data = encoder.encode(samples) + encoder.finish()
    size = audio.rate_hz // 10 * audio.bytes_per_sample
    for first in range(0, len(data), size):
        yield base64.b64encode(data[first : first + size]).decode()


async def speak(
    connection: AsyncRealtimeConnection,
    samples: Samples,
    rate_hz: int,
    audio: AudioFormat = PCM,
) -> None:
    """Send sound as fast as it goes."""
    for piece in pieces(samples, rate_hz, audio):
        await connection.input_audio_buffer.append(audio=piece)
