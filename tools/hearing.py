"""From "what is this?" to a clip of sound, and from a recording's answer to a `ToolResult`."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from knowledge.fingerprint.models import RATE_HZ, Certainty, ClipMatch, Samples
from knowledge.melody.models import Contour, HumAnswer
from knowledge.models import Track
from knowledge.recognition.models import ClipAnswer, HeardSource
from tools.clip_naming import ClipEars, ClipKind, NamedClip, name_clip, seems_hummed
from tools.context import ClipSource, Fact, Listening, Recognition, ToolContext
from tools.humming import HUMMING_OFF, told_hum
from tools.message import Say
from tools.result import Failed, Found, NothingFound, ToolResult

Moment = Literal["now", "just_now", "before_break", "soon"]
Facts = dict[str, Fact]

CLIP_S = 10.0
"""Length of a clip when nobody says otherwise; longer ones are seldom named better."""
_MOST_HUM_S = 60.0
_JUST_NOW_S = 40.0
"""How far back "what was that?" may mean."""
_BREAK_STEP_S = 10.0
_SPEED_TOLD = 0.005
_PITCH_TOLD = 0.3
"""Changes of speed (ratio) and pitch (semitones) below these are measuring noise."""

RECOGNITION_OFF = Failed(
    "recognition_off",
    "recognising recordings is switched off",
    "Set recognition.enabled = true in the configuration and start Refrain again.",
)
CANNOT_LISTEN = Failed(
    "not_listening",
    "I cannot hear anything around you: no microphone is on",
    'Press "What is this?" on the page, and allow the microphone.',
)
_NOT_THEN = Failed(
    "not_listening",
    "I was not listening then, and nothing from before is kept",
    'Say "start listening", and next time I can look back. It is off until you say so.',
    said={"reason": Say("failed-not-then")},
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which sound is meant."""

    seconds: float = CLIP_S
    ending_s_ago: float = 0.0
    moment: Moment = "now"
    clip: str = ""
    """Reference of a clip that the client recorded or uploaded."""
    kind: ClipKind = "any"
    """What the user says that it is."""


async def identify(wish: Wish, context: ToolContext) -> ToolResult:
    """Recognise the clip that came with the turn, what was kept, or what sounds now."""
    services, clips = context.services, context.services.clips
    if services.recognition is None:
        return RECOGNITION_OFF
    if wish.kind == "hum" and services.humming is None:
        return HUMMING_OFF
    if clips is None:
        return CANNOT_LISTEN
    ear = _Ear(context, services.recognition, clips, wish.kind)
    looks_back = wish.ending_s_ago > 0 or wish.moment == "before_break"
    reference = wish.clip or ("" if looks_back else clips.given(context.session_id))
    if reference:
        return await ear.given(reference)
    listening = clips.can_listen(context.session_id)
    if listening is Listening.RING:
        return await ear.remembered(wish)
    if looks_back or wish.moment == "just_now":
        return _NOT_THEN
    return CANNOT_LISTEN if listening is Listening.OFF else await ear.recorded(wish.seconds)


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of the last minutes."""

    seconds: float
    ending_s_ago: float


@dataclass(frozen=True, slots=True)
class _Ear:
    """Listens for one turn."""

    context: ToolContext
    recognition: Recognition
    clips: ClipSource
    kind: ClipKind

    async def given(self, reference: str) -> ToolResult:
        """Recognise a clip that the client sent, unless that was done while it came in."""
        session_id = self.context.session_id
        answer = self.clips.answer(session_id, reference)
        hum = self.clips.hum(session_id, reference)
        if answer is None and hum is None:
            samples = await self.clips.given_clip(session_id, reference)
            if samples is None:
                return Failed("clip_gone", "that clip is not there any more", "Record it again.")
            return await self._named(samples, HeardSource.UPLOAD)
        return told_clip(NamedClip(answer, hum))

    async def recorded(self, seconds: float) -> ToolResult:
        """Ask the client for a few seconds and recognise them."""
        samples = await self.clips.clip(self.context.session_id, seconds=seconds)
        if samples is None:
            return CANNOT_LISTEN
        return await self._named(samples, HeardSource.MICROPHONE)

    async def remembered(self, wish: Wish) -> ToolResult:
        """Recognise what was kept of the last minutes."""
        held = self.clips.held_s(self.context.session_id)
        if wish.moment == "before_break":
            return await self._before_break(held)
        if wish.ending_s_ago >= held:
            return _too_long_ago(held)
        if wish.kind == "hum":
            return await self._hummed(wish)
        for window in _windows(wish, held):
            samples = await self._kept(window)
            if samples is None:
                continue
            first = await self._recognise(samples, HeardSource.RING, window, log=False)
            if first.known:
                return await self._logged(samples, window)
        window = _Window(wish.seconds, wish.ending_s_ago)
        samples = await self._kept(window)
        if samples is None:
            return _too_long_ago(held)
        return await self._named(samples, HeardSource.RING, window)

    async def _hummed(self, wish: Wish) -> ToolResult:
        """The tune of the last seconds, or of those to come when nobody has hummed yet."""
        window = _Window(wish.seconds, wish.ending_s_ago)
        samples = None if wish.moment == "soon" else await self._kept(window)
        looks_back = wish.ending_s_ago > 0 or wish.moment == "just_now"
        if not looks_back and (samples is None or not await self._sounds(samples)):
            samples = await self._kept(window, fresh=True)
        if samples is None:
            return CANNOT_LISTEN
        return await self._named(samples, HeardSource.RING, window)

    async def _sounds(self, samples: Samples) -> bool:
        """Whether there is anything yet to be named: a hum, or a recording that is known."""
        humming = self.context.services.humming
        if humming is None or seems_hummed(
            await asyncio.to_thread(humming.listen, samples, RATE_HZ)
        ):
            return True
        return (await self._recognise(samples, HeardSource.RING, log=False)).known

    async def _before_break(self, held: float) -> ToolResult:
        """The music before the last talk: from now back, the first known after something unknown.

        Music that has begun again since then is passed over.
        """
        ago, unknown_since, music_since = 0.0, False, False
        while ago + _BREAK_STEP_S / 2 <= held:
            window = _Window(_BREAK_STEP_S, ago)
            samples = await self._kept(window)
            if samples is None:
                break
            answer = await self._recognise(samples, HeardSource.RING, window, log=False)
            if answer.known and unknown_since:
                return await self._logged(samples, window)
            music_since = music_since or answer.known
            unknown_since = unknown_since or not answer.known
            ago += _BREAK_STEP_S
        if music_since and not unknown_since:
            return await self.remembered(Wish())
        return NothingFound(
            "the music before that",
            reason=f"I recognise none in the last {_duration(held)} that I keep",
            said={"reason": Say("reason-none-kept", {"seconds": round(held)})},
        )

    async def _kept(self, window: _Window, *, fresh: bool = False) -> Samples | None:
        samples = await self.clips.clip(
            self.context.session_id,
            seconds=window.seconds,
            ending_s_ago=window.ending_s_ago,
            fresh=fresh,
        )
        return samples if samples is not None and samples.size else None

    async def _logged(self, samples: Samples, window: _Window) -> ToolResult:
        answer = await self._recognise(samples, HeardSource.RING, window)
        return told(answer, ending_s_ago=window.ending_s_ago)

    async def _named(
        self, samples: Samples, source: HeardSource, window: _Window | None = None
    ) -> ToolResult:
        """Decide whether it is a recording or a hum, and tell which."""
        humming, sung = self.context.services.humming, samples[: round(_MOST_HUM_S * RATE_HZ)]

        async def recognise(log: bool) -> ClipAnswer:
            return await self._recognise(samples, source, window, log=log)

        async def words() -> str:
            return await self.clips.words(sung)

        ears = ClipEars(recognise)
        if humming is not None:

            async def listen() -> Contour:
                return await asyncio.to_thread(humming.listen, sung, RATE_HZ)

            async def tune(transcript: str) -> HumAnswer:
                return await asyncio.to_thread(
                    humming.answer,
                    sung,
                    RATE_HZ,
                    transcript=transcript,
                    session_id=self.context.session_id,
                )

            ears = ClipEars(recognise, listen, tune, words)
        named = await name_clip(ears, self.kind)
        return told_clip(named, ending_s_ago=0.0 if window is None else window.ending_s_ago)

    async def _recognise(
        self,
        samples: Samples,
        source: HeardSource,
        window: _Window | None = None,
        *,
        log: bool = True,
    ) -> ClipAnswer:
        hearing = self.clips.hearing(self.context.session_id, source)
        at = None
        if window is not None and window.ending_s_ago > 0:
            back = timedelta(seconds=window.ending_s_ago + samples.size / RATE_HZ)
            at = self.context.services.clock() - back
        return await asyncio.to_thread(
            self.recognition.recognise,
            samples,
            source=source,
            session_id=self.context.session_id,
            device=hearing.device,
            place=hearing.place,
            at=at,
            log=log,
        )


def told_clip(named: NamedClip, *, ending_s_ago: float = 0.0) -> ToolResult:
    """What may be said about a clip, be it a recording or a hum."""
    if named.hum is not None:
        return told_hum(named.hum)
    assert named.answer is not None  # noqa: S101  it is one of the two
    return told(named.answer, ending_s_ago=ending_s_ago)


def told(answer: ClipAnswer, *, ending_s_ago: float = 0.0) -> ToolResult:
    """What may be said about a recording.

    Args:
        answer: what recognition found.
        ending_s_ago: how long ago the clip ended, seconds.
    """
    if not answer.known or answer.certainty is Certainty.UNKNOWN:
        return _unknown(answer)
    likely = answer.certainty is Certainty.LIKELY
    best = answer.recognised.best
    facts: Facts = {
        "recognised": answer.track.title if answer.track is not None else answer.named or "",
        "certainty": answer.certainty.value,
        "probability": round(100 * answer.probability),
        "in_library": answer.track is not None,
    }
    artist = answer.track.artist if answer.track is not None else answer.artist
    if artist:
        facts["artist"] = artist
    if answer.track is not None:
        facts["track_id"] = answer.track.id
    facts |= _evidence(answer, best) if best is not None else {}
    if ending_s_ago > 0:
        facts["seconds_ago"] = round(ending_s_ago)
    items: tuple[Track, ...] = () if answer.track is None else (answer.track,)
    if likely and answer.alternatives:
        other = answer.alternatives[0][0]
        items = (*items, other)
        facts |= {"alternative": other.title, "alternative_id": other.id}
    return Found(items, facts | _handles(answer))


def _evidence(answer: ClipAnswer, best: ClipMatch) -> Facts:
    """From where to where the clip fits, and how it differs from the recording."""
    clip_s = answer.recognised.clip_s
    facts: Facts = {
        "clip_s": round(clip_s, 1),
        "matched_s": round(max(0.0, min(best.end_s, clip_s) - max(0.0, best.start_s)), 1),
    }
    if answer.offset_s is not None:
        facts["from_s"] = round(max(0.0, answer.offset_s), 1)
        facts["position_s"] = round(max(0.0, answer.offset_s + clip_s * best.speed), 1)
    if abs(best.speed - 1.0) >= _SPEED_TOLD:
        facts["speed_percent"] = round(100 * (best.speed - 1.0), 1)
    if abs(best.pitch) >= _PITCH_TOLD:
        facts["pitch_semitones"] = round(best.pitch, 1)
    return facts


def _handles(answer: ClipAnswer) -> Facts:
    """What a correction or a name given later needs."""
    facts: Facts = {}
    if answer.heard_id is not None:
        facts["heard_id"] = answer.heard_id
    if answer.tune_id is not None:
        facts["tune_id"] = answer.tune_id
    return facts


def _unknown(answer: ClipAnswer) -> NothingFound:
    clip_s = answer.recognised.clip_s
    facts: Facts = {
        "certainty": Certainty.UNKNOWN.value,
        "clip_s": round(clip_s, 1),
        "remembered": answer.tune_id is not None,
        **_handles(answer),
    }
    match answer.recognised.reason:
        case "too_short":
            reason, step = f"{_duration(clip_s)} are too short", "Let me hear five seconds or more."
            said = {"reason": Say("reason-too-short"), "next_step": Say("step-longer")}
        case "silent":
            reason = "I hear next to nothing"
            step = "Bring the microphone nearer to the music, or turn it up, and ask again."
            said = {"reason": Say("reason-silent"), "next_step": Say("step-nearer")}
        case _:
            reason = "nothing in your library matches it"
            step = "Ask again nearer to the music if it was noisy."
            said = {"reason": Say("reason-no-match"), "next_step": Say("step-noisy")}
            if answer.tune_id is not None:
                step = (
                    "I keep its fingerprint, no sound: tell me its name, or add it to your music."
                )
                said["next_step"] = Say("step-kept")
    if answer.heard_before > 0:
        facts["heard_before"] = answer.heard_before
    nearest = () if answer.version_of is None else (answer.version_of,)
    return NothingFound("that recording", nearest, reason, step, facts, said=said)


def _windows(wish: Wish, held: float) -> Iterator[_Window]:
    """Where to look one after the other."""
    if wish.ending_s_ago > 0:
        yield _Window(wish.seconds, wish.ending_s_ago)
        return
    yield _Window(wish.seconds, 0.0)
    if wish.moment == "just_now":
        step = wish.seconds * 0.8
        while step + 2.0 <= min(held, _JUST_NOW_S):
            yield _Window(wish.seconds, step)
            step += wish.seconds * 0.8
    elif held > wish.seconds:
        yield _Window(min(held, 2 * wish.seconds), 0.0)


def _too_long_ago(held: float) -> NothingFound:
    return NothingFound(
        "that recording",
        reason=f"I keep only the last {_duration(held)} of sound",
        said={"reason": Say("reason-kept-only", {"seconds": round(held)})},
    )


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 100:
        return f"{seconds:.0f} seconds" if seconds >= 2 else f"{seconds:.1f} seconds"
    minutes = round(seconds / 60)
    return f"{minutes} minutes"
