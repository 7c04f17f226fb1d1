"""A reply may claim only what a `ToolResult` of this turn proves.

The words of the offline model are made from results and need no check. A language model's words are
read sentence by sentence: each claim of a deed must find its fact, and a claim about what sounds
must name what the player reported. A sentence that fails is not spoken; the honest sentence,
worded from the results, takes its place.
"""

import re
from collections.abc import Sequence

from agent.certainty import too_sure
from agent.claims import CLAIMS, DENIES, facts_of
from agent.claims_abroad import ABROAD
from agent.phrases import word_set
from agent.turn import Outcome
from knowledge.folding import fold
from knowledge.models import Album, PlayEvent, Track
from knowledge.sound.moods import mood_named
from tools.result import Ambiguous, Entity, Found, NothingFound

_ABSENT = re.compile(
    r"\b(?:i (?:could not|couldnt|cannot|cant|can t|did not|didnt|didn t|couldn t) find|"
    r"(?:there is|theres|there s|i have|you have) no|(?:is|are) not in your library|"
    r"isnt in your library|isn t in your library|nothing (?:matches|found|called|by)|"
    r"you (?:do not|dont|don t) have)\b"
)
_SOUNDING = re.compile(
    r"\b(?:now playing|playing|here is|heres|here s|here comes|started|starting|putting on|put on|"
    r"enjoy|hearing|listening to|spinning|resumed|resuming)\b(?P<what>.*)$"
)
_GENERIC = word_set(
    "a an the it its that this them these those some any now right for you your me my we i is are "
    "of by from on in with and to at music song songs track tracks tune tunes album artist "
    "playlist something some more list just here up next queue enjoy sure ok okay great playing "
    "play started starting again first one two three ten volume player page browser mpv percent "
    "s there will be have put listen listening nice good new all mix selection set few couple "
    "handful like similar mood vibe vibes calm calming hope hear beautiful lovely wonderful "
    "classic version soon then after followed"
)
_QUOTED = re.compile(r"[\"“«„]([^\"”»“]{2,80})[\"”»“]")
_COUNTED = re.compile(r"\b(?:found(?: you)?|i see|there are|you have|i have|holds|has) (\d+)\b")
_BPM = re.compile(r"\b(\d{2,3})(?: to (\d{2,3}))? ?(?:bpm|beats per minute)\b")
_SOUNDS = word_set(
    "calm calming relaxing mellow peaceful gentle soothing happy cheerful upbeat joyful sad "
    "melancholy melancholic gloomy dark brooding dreamy romantic energetic lively powerful angry "
    "aggressive epic tense playful uplifting instrumental acoustic danceable groovy"
)
"""Words for how music sounds or feels: each needs a fact."""
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
    if surer := too_sure(sentence, outcomes):
        return surer
    if DENIES.search(said):
        return None
    for claim in CLAIMS:
        abroad = ABROAD.get(claim.name)
        claimed = claim.pattern.search(said) or (abroad is not None and abroad.search(said))
        if claimed and not claim.proof(outcomes):
            return claim.name
    return _contradicted(sentence, said, outcomes)


def _contradicted(sentence: str, said: str, outcomes: Sequence[Outcome]) -> str | None:
    """Which name or number of a claim is another one than that of the results."""
    if not _names_what_sounds(said, outcomes):
        return "another name"
    if not _quotes_are_known(sentence, outcomes):
        return "unknown name"
    if not _volume_is_right(sentence, outcomes):
        return "another volume"
    if not _sound_is_proven(said, outcomes):
        return "another sound"
    return None if _counts_are_right(said, outcomes) else "another number"


def _some_empty(outcomes: Sequence[Outcome]) -> bool:
    return any(not isinstance(o.result, Found) or not o.result.items for o in outcomes)


def _proven_words(outcomes: Sequence[Outcome]) -> set[str]:
    """Every word of every name in the results."""
    texts: list[str] = []
    for outcome in outcomes:
        result = outcome.result
        if isinstance(result, Found | Ambiguous):
            texts += [text for item in result.items for text in _names(item)]
        elif isinstance(result, NothingFound):
            texts += [text for item in result.nearest for text in _names(item)]
        if isinstance(result, Found):
            texts += [str(value) for value in result.facts.values()]
            texts += result.notes
    return {word for text in texts for word in fold(text).split()}


def _names(item: Entity) -> tuple[str, ...]:
    if isinstance(item, PlayEvent):
        item = item.track
    if isinstance(item, Track):
        return (item.title, item.artist, item.album or "", *item.genres, *item.moods)
    return (item.title, item.artist) if isinstance(item, Album) else (item.name,)


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
    proven = {int(facts["volume"]) for facts in facts_of(outcomes) if "volume" in facts}
    return not proven or all(int(found) in proven for found in _PERCENT.findall(sentence))


def _sound_is_proven(said: str, outcomes: Sequence[Outcome]) -> bool:
    """Whether tempo and mood are those of the results; a word of the same mood is as good."""
    if not any(isinstance(outcome.result, Found) for outcome in outcomes):
        return True
    known = _proven_words(outcomes)
    beats = {int(number) for found in _BPM.findall(said) for number in found if number}
    proven = [int(word) for word in known if word.isdecimal() and len(word) <= 3]
    if any(all(abs(number - one) > 1 for one in proven) for number in beats):
        return False
    claimed = _SOUNDS & set(said.split()) - known
    if not claimed:
        return True
    moods = {mood.name for word in known if (mood := mood_named(word)) is not None}
    return all((mood := mood_named(word)) is not None and mood.name in moods for word in claimed)


def _counts_are_right(said: str, outcomes: Sequence[Outcome]) -> bool:
    proven = {value for facts in facts_of(outcomes) for value in facts.values()}
    proven |= {len(o.result.items) for o in outcomes if isinstance(o.result, Found)}
    return all(int(number) in proven for number in _COUNTED.findall(said))
