"""The deeds that a sentence can claim, and the fact that proves each of them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from agent.turn import Outcome
from tools.result import Found

Facts = dict[str, str | int | float | bool]
Proof = Callable[[Sequence[Outcome]], bool]


@dataclass(frozen=True, slots=True)
class Claim:
    """A kind of deed."""

    name: str
    pattern: re.Pattern[str]
    """Looked for in the folded sentence."""
    proof: Proof


def facts_of(outcomes: Sequence[Outcome]) -> Iterator[Facts]:
    """The facts of every call that found or did something."""
    for outcome in outcomes:
        if isinstance(outcome.result, Found):
            yield dict(outcome.result.facts)


def _fact(*keys: str) -> Proof:
    return lambda outcomes: any(key in facts for facts in facts_of(outcomes) for key in keys)


def _equals(key: str, *values: object) -> Proof:
    return lambda outcomes: any(facts.get(key) in values for facts in facts_of(outcomes))


def _either(*proofs: Proof) -> Proof:
    return lambda outcomes: any(proof(outcomes) for proof in proofs)


def _found(outcomes: Sequence[Outcome]) -> bool:
    return any(isinstance(each.result, Found) and each.result.items for each in outcomes)


def _recalled(outcomes: Sequence[Outcome]) -> bool:
    return any(each.tool == "recall_history" for each in outcomes)


def _claim(name: str, proof: Proof, *phrases: str) -> Claim:
    return Claim(name, re.compile(rf"\b(?:{'|'.join(phrases)})\b"), proof)


DENIES = re.compile(
    r"\b(?:not|no|cannot|cant|couldnt|couldn t|wasnt|isnt|isn t|arent|didnt|didn t|havent|haven t|"
    r"hasnt|wont|won t|dont|don t|unable|failed|nothing|never|neither|unfortunately|without|would|"
    r"could|should|if|want|shall|can t)\b"
)
"""Words that make a sentence deny a deed, or leave it open."""
_IT = "(?:it|that|this|them|these|those)"
_YOUR = "(?:the|your|my|a)"

CLAIMS = (
    _claim(
        "playing",
        _fact("playing", "queued"),
        *("playing", "now plays", "plays now", "started", "starting", "kicking off", "enjoy"),
        *("spinning", "here comes", "here is", "heres", "here are", "put on", "putting on"),
        *("coming (?:right )?up", "on its way", "i ll play", "ill play", "i will play"),
        *("let s (?:play|listen)", "lets (?:play|listen)", "cued up", "fired up"),
        *("switched to", "resumed", "resuming"),
        *("back on", "i m on it", "right away", "blasting", "set the mood"),
    ),
    _claim(
        "sounding",
        _fact("playing", "queued", "recognised"),
        *("(?:you are|youre) (?:now )?(?:hearing|listening)",),
    ),
    _claim(
        "recognised",
        _either(_fact("recognised", "corrected", "named"), _recalled),
        *("i(?: have|ve)? (?:recogni[sz]ed?|identified|shazamed)", "found a match", "its a match"),
    ),
    _claim(
        "listening",
        _equals("listening", True),
        *(
            "(?:i am|im)(?: now| always)? listening",
            "listening is (?:now )?on",
            "started listening",
        ),
        *("(?:i will|ill) (?:keep |start )?listen(?:ing)?", "kept? listening", "microphone is on"),
    ),
    _claim("position", _fact("position_s"), r"\d+ \d\d into"),
    _claim(
        "forgotten",
        _fact("forgotten", "taste_forgotten", "taste_reset"),
        "(?:i )?(?:have |ve )?forgotten",
        "i forgot",
    ),
    _claim(
        "corrected",
        _fact("corrected", "named"),
        *("corrected", "thanks for the correction", "i(?: have|ve)? learn(?:ed|t)"),
        *("(?:i will|ill) (?:know|remember) it (?:as|by)",),
    ),
    _claim(
        "queued",
        _fact("queued", "queue_length", "up_next", "moved", "playing", "removed", "cleared"),
        *("queued", "queueing", "queuing", "lined up", "up next", "plays? next"),
        *(f"in {_YOUR} queue", f"(?:to|into) {_YOUR} queue"),
    ),
    _claim(
        "added",
        _fact("queued", "added", "created", "rated", "taste_said"),
        *("added", "adding", "saved", f"put {_IT} (?:in|on|into)"),
    ),
    _claim(
        "created",
        _fact("created"),
        *("created", "creating", f"made (?:you )?{_YOUR}(?: new)? playlist"),
        *(f"set up {_YOUR}(?: new)? playlist", "new playlist"),
    ),
    _claim(
        "deleted",
        _fact("deleted", "cleared", "removed", "forgotten"),
        *("deleted", "deleting", "erased", "wiped", "got rid of", "trashed"),
        f"{_IT} (?:is|are) gone",
    ),
    _claim(
        "removed",
        _fact("removed", "deleted", "cleared", "forgotten"),
        *("removed", "removing", f"took {_IT} (?:out|off)", "taken (?:out|off)"),
    ),
    _claim(
        "cleared", _fact("cleared", "forgotten"), "cleared", "emptied", "queue is (?:now )?empty"
    ),
    _claim(
        "renamed",
        _fact("renamed", "recognised", "named"),
        *("renamed", "is (?:now )?called", "new name"),
    ),
    _claim(
        "rated",
        _fact("rated"),
        *(f"liked {_IT}", f"marked (?:{_IT} )?as", "disliked", "favou?rited"),
        *("(?:in|to|from) your (?:likes|favou?rites)", "noted that you"),
        "remember(?:ed)? that you (?:dis)?like",
    ),
    _claim(
        "taste",
        _fact("taste_said", "taste_forgotten", "taste_reset", "taste_lines", "rated"),
        *("(?:i will|ill) never (?:play|offer|suggest|recommend)", "your taste (?:is|has been)"),
        *("(?:reset|cleared) your taste", "noted for (?:the future|later)"),
    ),
    _claim(
        "refreshed",
        _fact("refreshed", "keeps_fresh"),
        *("refreshed", "(?:keeps|updates|fills) itself", "fresh again"),
    ),
    _claim(
        "reason",
        _fact("why", "speaks_for_it", "wished", "like"),
        *("i (?:chose|picked|selected) (?:it|this|that|these|them) because",),
    ),
    _claim(
        "timer",
        _either(_fact("timer_id", "cancelled"), _equals("action", "show", "set", "cancel")),
        *("(?:alarm|timer|reminder|sleep timer) (?:is|has been|was|set|for|at|cancel)",),
        *("set (?:you )?(?:a|an|the|your)(?: sleep)? (?:alarm|timer|reminder)",),
        *("cancel(?:l?ed|l?ing) (?:a|an|the|your)(?: sleep)? (?:alarm|timer|reminder)s?",),
        *("(?:i will|ill|i ll) (?:wake|remind|stop (?:it|the music|playing)|turn it off)",),
        *("music (?:will stop|stops) (?:in|at)", "will wake you", "your alarms?"),
    ),
    _claim("paused", _equals("status", "paused"), "paused", "pausing", "on pause"),
    _claim(
        "stopped",
        _either(_equals("action", "stop"), _equals("status", "idle", "paused"), _fact("listening")),
        *("stopped", "stopping", "turned off", "switched off", "silence now"),
    ),
    _claim(
        "skipped",
        _either(_equals("action", "next", "previous"), _fact("position_s")),
        *("skipped", "skipping", "next (?:one|track|song) is", "went back", "going back"),
    ),
    _claim(
        "sought",
        _either(_fact("position_s", "playing"), _equals("action", "next", "previous")),
        *("jumped", "rewound", "fast forwarded", "moved (?:ahead|forward|back)"),
    ),
    _claim(
        "volume",
        _fact("volume"),
        r"volume (?:is|to|at|set|now|up|down|\d+)",
        f"(?:turned|turning) (?:{_IT}|the (?:volume|music)|things)? ?(?:up|down)",
        *("louder now", "quieter now", "raised", "lowered", "muted", "unmuted"),
        *(r"(?:at|to) (?:\d+|full|maximum|half) (?:percent|volume)", "(?:a bit|much) louder"),
    ),
    _claim(
        "shuffle",
        _fact("shuffle"),
        *("shuffle is", "shuffled", "shuffling", "shuffle (?:on|off)"),
    ),
    _claim(
        "repeat",
        _fact("repeat"),
        *("repeat is", "repeating", "on repeat", "looping", "repeat (?:on|off)"),
    ),
    _claim(
        "undone",
        _either(_fact("undone"), _equals("rated", "none")),
        *("undone", "undid", "restored", "reverted", f"took {_IT} back", "taken back"),
    ),
    _claim(
        "found",
        _found,
        *("i found", r"found (?:you )?\d+", r"i see \d+", r"there are \d+", r"you have \d+"),
        *(r"i have \d+", "your library (?:has|holds)"),
    ),
    _claim(
        "heard",
        _either(_fact("first_at", "recognised", "forgotten"), _recalled),
        *("you (?:played|heard|listened to|skipped)", "was playing", "last played"),
        "yesterday you",
    ),
    _claim(
        "done",
        lambda outcomes: any(isinstance(each.result, Found) for each in outcomes),
        *("done", "all set", "taken care of", "consider it done", "there you go", "as you wish"),
    ),
)
