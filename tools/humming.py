"""What may be said about a hum, in words and as a `ToolResult`; never that it is certain."""

from dataclasses import dataclass

from knowledge.melody.models import HumAnswer, HumHit, HumKind, HumOutcome, HumProblem
from tools.context import Fact
from tools.message import Say
from tools.result import Ambiguous, Failed, Found, NothingFound, ToolResult

HUM_S = 10.0
"""So long is listened to a hum when nobody says otherwise."""
HUM = "hum"
"""Fact of every answer about a hum: "hummed", "whistled" or "sung"."""
WHICH_TUNE = "Which of these tunes is it?"
AGAIN = "Hum again, maybe the chorus, for five seconds or more."

HUMMING_OFF = Failed(
    "humming_off",
    "naming hummed tunes is switched off",
    "Set recognition.enabled = true in the configuration and start Refrain again.",
)

_PROBLEMS: dict[HumProblem, tuple[str, str]] = {
    HumProblem.SILENT: (
        "I hear next to nothing",
        "Hum louder, or nearer to the microphone, for five seconds or more.",
    ),
    HumProblem.TOO_SHORT: (
        "that was too short to tell tunes apart",
        "Hum again for five to ten seconds, best the chorus.",
    ),
    HumProblem.SPEECH: (
        "that sounded like talking, not like a tune",
        "Hum it, whistle it, or sing it on la.",
    ),
    HumProblem.NO_TUNE: (
        "I hear noise or several notes at once, and no single tune in it",
        "Hum it alone, with the music off, near to the microphone.",
    ),
}
_VERBS = {HumKind.VOICE: "hummed", HumKind.WHISTLE: "whistled"}


@dataclass(frozen=True, slots=True)
class HumWords:
    """What is said about a hum on a page or in a terminal."""

    message: str
    next_step: str = ""


def hum_words(answer: HumAnswer, *, in_library: bool = True) -> HumWords:
    """The answer in a sentence, and what to do next.

    Args:
        answer: what was found.
        in_library: it was looked for in the library, and not in a collection of tunes.
    """
    offered = answer.hits[: answer.offered]
    if answer.outcome is HumOutcome.FOUND and offered:
        hit = offered[0]
        said = f"That sounds like {hum_name(hit)}"
        if hit.track is None and in_library:
            said += ", which is not in your library"
        return HumWords(f"{said}.", "" if hit.track is None else 'Say "play it", or hum again.')
    if answer.outcome is HumOutcome.AMBIGUOUS and offered:
        named = [f"{number}. {hum_name(hit)}" for number, hit in enumerate(offered, 1)]
        listed = f"{', '.join(named[:-1])} or {named[-1]}" if len(named) > 1 else named[0]
        return HumWords(f"Did you mean {listed}?", "Choose one, or hum again.")
    reason, step = why_again(answer)
    return HumWords(f"I cannot name that tune: {reason}.", step)


def hum_name(hit: HumHit) -> str:
    return f"{hit.title} by {hit.artist}" if hit.artist else hit.title


def why_again(answer: HumAnswer) -> tuple[str, str]:
    """Why nothing can be named, as a sentence without its full stop, and what to do."""
    problem = answer.contour.problem
    if problem is not None:
        return _PROBLEMS[problem]
    waiting = f"{answer.waiting} recording{'' if answer.waiting == 1 else 's'}"
    if not answer.searched and answer.waiting:
        return (
            f"I have not worked out the tunes of your music yet, {waiting} to go",
            "Ask again in a while; `refrain doctor` shows how far it is.",
        )
    if not answer.searched:
        return "there are no tunes to compare it with", "Add music: refrain index DIR"
    if answer.waiting:
        return (
            f"no tune that I know is near enough, but {waiting} are still to be listened to"
            if answer.waiting > 1
            else "no tune that I know is near enough, but one recording is still to be listened to",
            AGAIN,
        )
    return "no tune that I know is near enough", AGAIN


def _said_again(answer: HumAnswer) -> dict[str, Say]:
    """What `why_again` says, as messages."""
    problem = answer.contour.problem
    if problem is not None:
        key = str(problem).replace("_", "-")
        return {"reason": Say(f"reason-hum-{key}"), "next_step": Say(f"step-hum-{key}")}
    if not answer.searched:
        key = "waiting" if answer.waiting else "none"
        values = {"count": answer.waiting}
        return {"reason": Say(f"reason-hum-{key}", values), "next_step": Say(f"step-hum-{key}")}
    return {"reason": Say("reason-hum-far"), "next_step": Say("step-hum-far")}


def told_hum(answer: HumAnswer) -> ToolResult:
    """The answer as the assistant may tell it."""
    facts: dict[str, Fact] = {HUM: _VERBS[answer.contour.kind], "searched": answer.searched}
    if answer.hum_id is not None:
        facts["hum_id"] = answer.hum_id
    if answer.waiting:
        facts["waiting"] = answer.waiting
    offered = answer.hits[: answer.offered]
    tracks = tuple(hit.track for hit in offered if hit.track is not None)
    if answer.outcome is HumOutcome.AMBIGUOUS and len(tracks) > 1:
        return Ambiguous(tracks, WHICH_TUNE, facts=facts | {"options": len(tracks)})
    if answer.outcome is HumOutcome.AGAIN or not offered:
        reason, step = why_again(answer)
        return NothingFound(
            "that tune", reason=reason, next_step=step, facts=facts, said=_said_again(answer)
        )
    hit = offered[0]
    facts |= {
        "recognised": hit.title,
        "certainty": "likely",
        "probability": round(100 * hit.probability),
        "in_library": hit.track is not None,
    }
    if hit.artist:
        facts["artist"] = hit.artist
    if len(offered) > 1:
        facts["alternative"] = offered[1].title
    if hit.track is None:
        return Found((), facts)
    facts |= {"track_id": hit.track.id, "from_s": round(max(0.0, hit.start_s), 1)}
    return Found((hit.track,), facts)
