"""A reply may claim only what a `ToolResult` of this turn proves.

The words of the offline model are made from results and need no check. A language model's words are
read sentence by sentence: each claim of a deed must find its fact, and a claim about what sounds
must name what the player reported. A sentence that fails is not spoken; the honest sentence,
worded from the results, takes its place.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from agent.turn import Outcome
from knowledge.folding import fold
from knowledge.models import Album, PlayEvent, Track
from tools.result import Found, NothingFound

_NOT = re.compile(
    r"\b(?:not|no|cannot|cant|can t|couldnt|could not|wasnt|isnt|arent|didnt|havent|hasnt|wont|dont|unable|"
    r"failed|nothing|never|neither|unfortunately|without|would|could|should|if|want|shall)\b"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A kind of deed that sentences claim, and the proof it needs."""

    name: str
    pattern: re.Pattern[str]
    """Looked for in the folded sentence."""
    proof: Callable[[Sequence[Outcome]], bool]


def _fact(*keys: str) -> Callable[[Sequence[Outcome]], bool]:
    return lambda outcomes: any(key in facts for facts in _facts(outcomes) for key in keys)


def _equals(key: str, *values: object) -> Callable[[Sequence[Outcome]], bool]:
    return lambda outcomes: any(facts.get(key) in values for facts in _facts(outcomes))


def _either(
    *proofs: Callable[[Sequence[Outcome]], bool],
) -> Callable[[Sequence[Outcome]], bool]:
    return lambda outcomes: any(proof(outcomes) for proof in proofs)


def _facts(outcomes: Sequence[Outcome]) -> Iterator[dict[str, str | int | float | bool]]:
    for outcome in outcomes:
        if isinstance(outcome.result, Found):
            yield dict(outcome.result.facts)


def _some_found(outcomes: Sequence[Outcome]) -> bool:
    return any(isinstance(o.result, Found) and o.result.items for o in outcomes)


def _claim(name: str, pattern: str, proof: Callable[[Sequence[Outcome]], bool]) -> Claim:
    return Claim(name, re.compile(pattern), proof)


_CLAIMS = (
    _claim(
        "playing",
        r"\b(?:playing|now plays|plays now|started|starting|kicking off|enjoy|spinning|here comes|here is|heres|"
        r"here are|put on|putting on|coming (?:right )?up|on its way|i ll play|ill play|i will play|let s (?:play|listen)|"
        r"lets (?:play|listen)|cued up|fired up|you are (?:now )?(?:hearing|listening)|switched to|resumed|resuming|back on)\b",
        _either(_fact("playing", "queued")),
    ),
    _claim(
        "queued",
        r"\b(?:queued|queueing|queuing|lined up|up next|plays? next|in (?:the|your) queue|(?:to|into) (?:the|your) queue)\b",
        _either(_fact("queued", "queue_length", "up_next", "moved", "playing"), _fact("removed", "cleared")),
    ),
    _claim("added", r"\b(?:added|adding|saved|put (?:it|that|this|them) (?:in|on|into))\b", _fact("queued", "added", "created", "rated")),
    _claim("created", r"\b(?:created|made (?:you )?(?:a|the|your)(?: new)? playlist|set up (?:a|the|your)(?: new)? playlist|new playlist)\b", _fact("created")),
    _claim("deleted", r"\b(?:deleted|deleting|erased|wiped|got rid of|trashed)\b", _fact("deleted", "cleared", "removed")),
    _claim("removed", r"\b(?:removed|removing|took (?:it|that|them) (?:out|off)|taken (?:out|off))\b", _fact("removed", "deleted", "cleared")),
    _claim("cleared", r"\b(?:cleared|emptied)\b", _fact("cleared")),
    _claim("renamed", r"\b(?:renamed|is (?:now )?called|new name)\b", _fact("renamed")),
    _claim("liked", r"\b(?:liked (?:it|that|this)|marked (?:it )?as|(?:in|to|from) your (?:likes|favou?rites)|favou?rited|noted that you|remember(?:ed)? that you (?:dis)?like|disliked)\b", _fact("rated")),
    _claim("paused", r"\b(?:paused|pausing|on pause)\b", _equals("status", "paused")),
    _claim("stopped", r"\b(?:stopped|stopping|turned off|switched off|silence now)\b", _either(_equals("action", "stop"), _equals("status", "idle", "paused"))),
    _claim("skipped", r"\b(?:skipped|skipping|next (?:one|track|song) is|went back|going back)\b", _either(_equals("action", "next", "previous"), _fact("position_s"))),
    _claim("sought", r"\b(?:jumped|rewound|fast forwarded|moved (?:ahead|forward|back))\b", _either(_fact("position_s"), _equals("action", "next", "previous"), _fact("playing"))),
    _claim("volume", r"\b(?:volume (?:is|to|at|set|now|up|down|\d+)|(?:turned|turning) (?:it|the (?:volume|music)|that|things)? ?(?:up|down)|louder now|quieter now|raised|lowered|muted|unmuted)\b", _fact("volume")),
    _claim("shuffle", r"\b(?:shuffle is|shuffled|shuffling|shuffle (?:on|off))\b", _fact("shuffle")),
    _claim("repeat", r"\b(?:repeat is|repeating|on repeat|looping|repeat (?:on|off))\b", _fact("repeat")),
    _claim("undone", r"\b(?:undone|undid|restored|reverted|took (?:it|that) back|taken back)\b", _either(_fact("undone"), _equals("rated", "none"))),
    _claim("found", r"\b(?:i found|found (?:you )?\d+|i see \d+|there are \d+|you have \d+|i have \d+|your library (?:has|holds))\b", _some_found),
    _claim("heard", r"\b(?:you (?:played|heard|listened to|skipped)|was playing|last played|yesterday you)\b", _either(_fact("first_at"), lambda outcomes: any(o.tool == "recall_history" for o in outcomes))),
)  # fmt: skip
_ABSENT = re.compile(
    r"\b(?:i (?:could not|couldnt|cannot|cant|can t|did not|didnt) find|(?:there is|theres|i have|you have) no|"
    r"(?:is|are|isnt|arent) not in your library|nothing (?:matches|found|called|by)|you do not have|you dont have)\b"
)
_SOUNDING = re.compile(
    r"\b(?:now playing|playing|here is|heres|here comes|started|starting|putting on|put on|enjoy|"
    r"hearing|listening to|spinning|resumed|resuming)\b(?P<what>.*)$"
)
_GENERIC = frozenset(
    "a an the it its that this them these those some any now right for you your me my we i is are of by from on in "
    "with and to at music song songs track tracks tune tunes album artist playlist something some more list "
    "just here up next queue enjoy sure ok okay great playing play started starting again first one two three ten "
    "volume player page browser mpv percent here s there will be have put listen listening nice good new all "
    "mix selection set few couple handful of like similar mood vibe vibes session calm calming hope hear "
    "beautiful lovely wonderful classic version soon then after followed".split()
)
_QUOTED = re.compile(r"[\"“«„]([^\"”»“]{2,80})[\"”»“]")
_PERCENT = re.compile(r"\b(\d{1,3}) ?(?:%|percent\b|per cent\b)")


def first_lie(sentence: str, outcomes: Sequence[Outcome]) -> str | None:
    """The name of the first claim in `sentence` that `outcomes` do not prove, or None."""
    said = fold(sentence)
    if not said:
        return None
    if _ABSENT.search(said):
        missing = any(isinstance(o.result, NothingFound) for o in outcomes)
        return None if missing or not outcomes or _some_empty(outcomes) else "absent"
    if sentence.rstrip().endswith("?") and not re.search(r"\bnow playing\b", said):
        return None  # an offer, not a claim
    if _NOT.search(said):
        return None
    for claim in _CLAIMS:
        if claim.pattern.search(said) and not claim.proof(outcomes):
            return claim.name
    if not _names_what_sounds(said, outcomes):
        return "another name"
    if not _quotes_are_known(sentence, outcomes):
        return "unknown name"
    return None if _volume_is_right(sentence, outcomes) else "another volume"


def _some_empty(outcomes: Sequence[Outcome]) -> bool:
    return any(not isinstance(o.result, Found) or not o.result.items for o in outcomes)


def _proven_words(outcomes: Sequence[Outcome]) -> set[str]:
    """Every word of every name in the results and of what the tools were asked."""
    texts: list[str] = []
    for outcome in outcomes:
        texts += [str(v) for v in outcome.arguments.values() if isinstance(v, str)]
        result = outcome.result
        items = result.items if isinstance(result, Found) else getattr(result, "nearest", ())
        items = items or getattr(result, "items", ())
        for item in items:
            track = item.track if isinstance(item, PlayEvent) else item
            if isinstance(track, Track):
                texts += [track.title, track.artist, track.album or "", *track.genres, *track.moods]
            elif isinstance(track, Album):
                texts += [track.title, track.artist]
            else:
                texts.append(track.name)
        if isinstance(result, Found):
            texts += [str(value) for value in result.facts.values()]
    return {word for text in texts for word in fold(text).split()}


def _names_what_sounds(said: str, outcomes: Sequence[Outcome]) -> bool:
    """Whether the words after "playing" belong to what was found; at most a third may be other."""
    match = _SOUNDING.search(said)
    if match is None:
        return True
    named = [word for word in match["what"].split() if word not in _GENERIC]
    if not named:
        return True
    known = _proven_words(outcomes)
    strange = [word for word in named if word not in known and not word.isdigit()]
    return len(strange) <= len(named) / 3


def _quotes_are_known(sentence: str, outcomes: Sequence[Outcome]) -> bool:
    """Names in quotation marks must come from the results of this turn, once there are any."""
    if not outcomes:
        return True
    known = _proven_words(outcomes)
    for quoted in _QUOTED.findall(sentence):
        words = fold(quoted).split()
        if words and sum(word not in known for word in words) > len(words) / 3:
            return False
    return True


def _volume_is_right(sentence: str, outcomes: Sequence[Outcome]) -> bool:
    proven = {int(facts["volume"]) for facts in _facts(outcomes) if "volume" in facts}
    return not proven or all(int(found) in proven for found in _PERCENT.findall(sentence))
