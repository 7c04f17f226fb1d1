"""A speech endpoint that answers like OpenAI's `/v1/audio/speech`, hosted or next door."""

import asyncio
from typing import Final

import httpx
import numpy as np

from voice.audio import SPEAKING_RATE_HZ, Samples
from voice.errors import SpeakingFailed
from voice.tts.initials import LETTER_MARK
from voice.tts.process import MAX_WAV_BYTES, sound_of, sound_of_wav

_CONNECT_TIMEOUT_S: Final = 5.0
_AT_ONCE: Final = 4
_MAX_CHARACTERS: Final = 4_000
_TRIES: Final = 2
_RETRIED: Final = frozenset({429, 500, 502, 503, 504})
_WAIT_S: Final = 0.3


class OpenaiSpeech:
    """Asks a server for each clause; several at once, but not many."""

    def __init__(
        self,
        base_url: str,
        *,
        model: str = "tts-1",
        voice: str = "alloy",
        api_key: str = "",
        timeout_s: float = 20.0,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        """Set up; nothing is asked yet.

        Args:
            base_url: such as "https://host/v1".
            model: as the server names it.
            voice: as the server names it.
            api_key: sent as a bearer token; "" sends none.
            timeout_s: for one clause, from first to last byte.
            client: to use instead of an own one, which is then not closed here.
        """
        self._url = f"{base_url.rstrip('/')}/audio/speech"
        self._model, self._voice = model, voice
        self._timeout_s = timeout_s
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._headers = headers
        self._own = client is None
        self._client = client or httpx.AsyncClient(
            timeout=httpx.Timeout(timeout_s, connect=_CONNECT_TIMEOUT_S), follow_redirects=False
        )
        self._turns = asyncio.Semaphore(_AT_ONCE)

    @property
    def name(self) -> str:
        return f"{self._model} {self._voice}"

    async def start(self) -> None:
        """Ask for a word, to know whether the server is there.

        Raises:
            SpeakingFailed: it is not.
        """
        await self.synthesize("Hello.")

    async def synthesize(self, text: str, *, language: str = "en", speed: float = 1.0) -> Samples:
        """Speak a clause; see `Synthesizer`. The server knows the language from the words."""
        del language
        wanted = {
            "model": self._model,
            "voice": self._voice,
            "input": text.replace(LETTER_MARK, "")[:_MAX_CHARACTERS],
            "response_format": "wav",
            "speed": min(max(speed, 0.5), 2.0),
        }
        async with self._turns:
            try:
                async with asyncio.timeout(self._timeout_s):
                    kind, content = await self._asked(wanted)
            except TimeoutError as error:
                raise SpeakingFailed(
                    f"The speech server took longer than {self._timeout_s:g} s."
                ) from error
            except httpx.HTTPError as error:
                raise SpeakingFailed(
                    f"The speech server cannot be reached: {type(error).__name__}."
                ) from error
        return await asyncio.to_thread(_sound, kind, content)

    async def close(self) -> None:
        if self._own:
            await self._client.aclose()

    async def _asked(self, wanted: dict[str, object]) -> tuple[str, bytes]:
        for left in reversed(range(_TRIES)):
            async with self._client.stream(
                "POST", self._url, json=wanted, headers=self._headers
            ) as answer:
                if answer.status_code == httpx.codes.OK:
                    return answer.headers.get("content-type", ""), await _bounded(answer)
                status = answer.status_code
            if status not in _RETRIED or not left:
                raise SpeakingFailed(f"The speech server answered {status}.")
            await asyncio.sleep(_WAIT_S)
        raise SpeakingFailed("The speech server gave no answer.")


async def _bounded(answer: httpx.Response) -> bytes:
    content = bytearray()
    async for piece in answer.aiter_bytes():
        content += piece
        if len(content) > MAX_WAV_BYTES:
            raise SpeakingFailed("The speech server sent far too much sound.")
    return bytes(content)


def _sound(kind: str, content: bytes) -> Samples:
    """WAV as asked for; some servers send bare samples at 24 kHz whatever is asked."""
    if content[:4] == b"RIFF":
        return sound_of_wav(content, "The speech server")
    if "pcm" in kind or "octet-stream" in kind:
        raw = np.frombuffer(content[: len(content) // 2 * 2], "<i2")
        return sound_of(raw / 32_768.0, SPEAKING_RATE_HZ)
    raise SpeakingFailed(f'The speech server sent "{kind[:40]}" instead of sound.')
