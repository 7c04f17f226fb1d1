"""An alternative transcriber: any server with OpenAI's `/v1/audio/transcriptions`.

Such as OpenAI's own, or one of speaches, LocalAI, vLLM or another Refrain. What is said then leaves
this machine, so it is used only where the configuration names an address.
"""

import asyncio
import io
import json
import math
import wave
from dataclasses import dataclass
from typing import Any, Final

import httpx
import numpy as np

from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import HearingBusy, HearingFailed, UnusableAudio, VoiceError
from voice.stt.languages import language_code
from voice.stt.serving import FairServing
from voice.stt.transcriber import Transcript, Urgency

MAX_CLIP_S: Final = 30.0
_SHORTEST_S: Final = 0.1
"""OpenAI refuses less."""
_MAX_ANSWER: Final = 1 << 20
_MAX_PROMPT: Final = 1_000
_LONGEST_RETRY_S: Final = 2.0
"""Who has finished speaking waits no longer for a server that wants to be asked again."""
_UNSURE: Final = 0.5
"""What an answer without probabilities is worth."""


@dataclass(frozen=True, slots=True)
class _Utterance:
    samples: Samples
    language: str | None
    prompt: str
    urgency: Urgency


class OpenAITranscriber:
    """Lets a server with OpenAI's interface transcribe; see `Transcriber`."""

    def __init__(
        self,
        base_url: str,
        *,
        model: str = "whisper-1",
        api_key: str = "",
        timeout_s: float = 20.0,
        at_once: int = 4,
        partials: bool = False,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        """Say whom to ask; nothing is sent yet.

        Args:
            base_url: as OpenAI's clients want it, such as "http://localhost:8000/v1".
            model: as the server calls it.
            api_key: sent as bearer token; "" for none.
            timeout_s: for one answer, connecting included.
            at_once: requests that run at the same time; more wait fairly.
            partials: ask also while somebody still speaks; servers that charge, charge for it.
            client: to send with, closed by whoever made it; None for one of its own.

        Raises:
            HearingFailed: the address is no HTTP address.
        """
        try:
            url = httpx.URL(base_url)
        except httpx.InvalidURL as error:
            raise HearingFailed(f"{base_url} is no address.") from error
        if url.scheme not in {"http", "https"} or not url.host:
            raise HearingFailed(f"{base_url} is no HTTP address.")
        self._address = f"{base_url.rstrip('/')}/audio/transcriptions"
        self._host = url.host
        self._model = model
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._timeout_s = timeout_s
        self._partials = partials
        self._own = client is None
        # A redirect could lead anywhere with the sound and the key; a real server needs none.
        self._client = httpx.AsyncClient(follow_redirects=False) if client is None else client
        self._detailed = True
        self._serving = FairServing(self._hear, at_once)

    @property
    def name(self) -> str:
        return f"{self._model} at {self._host}"

    async def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None = None,
        prompt: str = "",
        urgency: Urgency = Urgency.FINAL,
        who: str = "",
    ) -> Transcript:
        seconds = len(samples) / HEARING_RATE_HZ
        if seconds < _SHORTEST_S:
            return Transcript("", language or "", 0.0, 1.0, seconds)
        newest = samples[-round(MAX_CLIP_S * HEARING_RATE_HZ) :]
        if not np.isfinite(newest).all():
            raise UnusableAudio("The sound holds values that are no numbers.")
        if urgency is Urgency.PARTIAL and not self._partials:
            raise HearingBusy("This recogniser is asked only when somebody has finished.")
        wanted = _Utterance(newest, language, prompt[-_MAX_PROMPT:], urgency)
        return await self._serving.ask(wanted, who=who, urgency=urgency)

    async def close(self) -> None:
        await self._serving.close()
        if self._own:
            await self._client.aclose()

    async def _hear(self, utterance: _Utterance) -> Transcript:
        sound = await asyncio.to_thread(_wav, utterance.samples)
        try:
            async with asyncio.timeout(self._timeout_s):
                answer = await self._asked(sound, utterance)
        except TimeoutError as error:
            raise HearingFailed(
                f"{self._host} gave no transcript within {self._timeout_s:g} s."
            ) from error
        except httpx.HTTPError as error:
            raise HearingFailed(f"{self._host} cannot be reached: {_reason(error)}") from error
        return _transcript(answer, utterance, self._host)

    async def _asked(self, sound: bytes, utterance: _Utterance) -> bytes:
        """The body of a good answer; asks again where that may help."""
        patient = utterance.urgency is Urgency.FINAL
        while True:
            status, headers, body = await self._posted(sound, utterance)
            if status == httpx.codes.OK:
                return body
            if status == httpx.codes.BAD_REQUEST and self._detailed and b"response_format" in body:
                self._detailed = False  # newer models answer without probabilities only
                continue
            wait_s = _retry_after(headers)
            if status in _BUSY and patient and wait_s is not None:
                patient = False
                await asyncio.sleep(wait_s)
                continue
            raise _refused(status, body, self._host)

    async def _posted(
        self, sound: bytes, utterance: _Utterance
    ) -> tuple[int, httpx.Headers, bytes]:
        fields = {
            "model": self._model,
            "response_format": "verbose_json" if self._detailed else "json",
            "temperature": "0",
            "language": utterance.language or "",
            "prompt": utterance.prompt,
        }
        async with self._client.stream(
            "POST",
            self._address,
            headers=self._headers,
            data={name: value for name, value in fields.items() if value},
            files={"file": ("speech.wav", sound, "audio/wav")},
            timeout=self._timeout_s,
        ) as response:
            body = bytearray()
            async for block in response.aiter_bytes():
                body += block
                if len(body) > _MAX_ANSWER:
                    raise HearingFailed(f"{self._host} answers with more than a transcript.")
            return response.status_code, response.headers, bytes(body)


_BUSY = frozenset({httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE})


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds to wait before asking again; None when that is too long, or no number."""
    try:
        wait_s = float(headers.get("retry-after", "0.5"))
    except ValueError:
        return None
    return wait_s if 0 <= wait_s <= _LONGEST_RETRY_S else None


def _refused(status: int, body: bytes, host: str) -> VoiceError:
    if status in _BUSY:
        return HearingBusy(f"{host} has too much to do; wait a moment and say it again.")
    if status in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
        return HearingFailed(f"{host} does not accept the key in voice.stt_api_key.")
    if status == httpx.codes.NOT_FOUND:
        return HearingFailed(f"{host} knows no such address or model; see voice.stt_base_url.")
    return HearingFailed(f"{host} answers {status}: {_complaint(body)}")


def _complaint(body: bytes) -> str:
    """What a server says is wrong, in one short line that is fit to be shown."""
    try:
        said = json.loads(body)["error"]["message"]
    except (ValueError, KeyError, TypeError):
        said = "no reason given"
    line = "".join(letter if letter.isprintable() else " " for letter in str(said))
    return line[:200]


def _transcript(answer: bytes, utterance: _Utterance, host: str) -> Transcript:
    try:
        heard = json.loads(answer)
        text = heard["text"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise HearingFailed(f"{host} answers something else than a transcript.") from error
    if not isinstance(text, str):
        raise HearingFailed(f"{host} answers something else than a transcript.")
    segments = heard.get("segments")
    measured = [one for one in segments if isinstance(one, dict)] if segments else []
    probabilities = [math.exp(min(0.0, value)) for value in _numbers(measured, "avg_logprob")]
    return Transcript(
        text=" ".join(text.split()),
        language=language_code(str(heard.get("language") or "")) or utterance.language or "",
        confidence=min(probabilities, default=_UNSURE if text.strip() else 0.0),
        no_speech=min(1.0, max(_numbers(measured, "no_speech_prob"), default=0.0)),
        audio_s=len(utterance.samples) / HEARING_RATE_HZ,
    )


def _numbers(segments: list[dict[str, Any]], name: str) -> list[float]:
    values = [segment.get(name) for segment in segments]
    return [
        float(value) for value in values if isinstance(value, int | float) and math.isfinite(value)
    ]


def _wav(samples: Samples) -> bytes:
    pcm = np.rint(np.clip(samples, -1, 1) * 32_767).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(HEARING_RATE_HZ)
        out.writeframes(pcm.tobytes())
    return file.getvalue()


def _reason(error: httpx.HTTPError) -> str:
    return str(error) or type(error).__name__
