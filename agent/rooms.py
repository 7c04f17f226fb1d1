"""Where music is wanted: the room that a request names, taken out of its words.

"Play jazz in the kitchen" is "play jazz", in the kitchen. The names are those of the speakers of
the house, so what follows understands the request as if no room had been named. A name of the
library that contains the words ("Dinner in the Kitchen") is left alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.understanding.gazetteer import Gazetteer
from agent.understanding.tokens import tokenise
from knowledge.folding import fold

EVERYWHERE = "everywhere"
HERE = "here"
USUAL_ROOMS = (
    *("kitchen", "bedroom", "living room", "bathroom", "office", "garage", "study", "den"),
    *("hallway", "dining room", "lounge", "basement", "attic", "patio", "balcony", "nursery"),
    *("kids room", "guest room", "workshop", "terrace", "conservatory", "sitting room"),
    *("laundry room", "playroom", "sunroom", "cellar", "master bedroom"),
)
"""Rooms that houses have: naming one without a speaker is told, not taken for a title."""

_EVERYWHERE = (
    r"(?:everywhere|all over the (?:house|flat|apartment|place)|"
    r"(?:in|on|to|into|from|through)?\s*(?:all|every|each)(?: of)?(?: the| my| our)? "
    r"(?:rooms?|speakers?)|(?:in|through|throughout|to|on) the (?:whole|entire) "
    r"(?:house|flat|apartment|home)|throughout the (?:house|flat|home))"
)
_HERE = (
    r"(?:(?:(?:over|in|to) )?here|in this room|(?:on|to|onto) this (?:speaker|device|player|room))"
)
_LEAD = r"(?:in|into|on|onto|to|over to|over in|through|via|from|at|inside)"
_OWNER = r"(?:(?:the|my|our) )?"
_SPEAKER = r"(?: (?:speakers?|player))?"
_IT = (
    r"(?:it|this|that|the (?:music|song|track|album|sound|audio|playback|playlist|queue)|music|"
    r"my music|everything|playback|what(?: i|')s playing|this (?:song|track|album|music))"
)
_CARRY = "(?:move|transfer|send|shift|switch|bring|take|carry|hand|throw|cast|push|relocate)"
_MOVES = re.compile(
    rf"^(?:{_CARRY} "
    rf"(?:{_IT}(?: (?:over|across|back))?|over)|"
    rf"(?:play|put|continue|resume|keep playing|have)(?: on| playing)? {_IT}(?: on| playing)?|"
    r"continue|keep playing|go on|carry on|continue playing|go on playing|carry on playing|"
    r"(?:(?:no|not here|and|now|rather|actually|i meant?|i said|make (?:it|that)|but),? ?)*)$",
    re.IGNORECASE,
)
"""What is left of a request that moves the music, once the room is taken out."""
_ONLY_PLACE = re.compile(
    r"^(?:(?:no|not here|and|now|rather|actually|i meant?|i said|make (?:it|that)|but),? ?)*$",
    re.IGNORECASE,
)
_PLAYS_IT = re.compile(rf"^(?:play|put)(?: on)? {_IT}(?: on)?$", re.IGNORECASE)
_POLITE = re.compile(
    r"^(?:(?:please|can you|could you|would you|will you|ok|okay|hey|now|just|and|then),? )+|"
    r",? (?:please|now|right now|thanks|thank you|again|instead)$",
    re.IGNORECASE,
)
_MANY_WORDS = 40


@dataclass(frozen=True, slots=True)
class Placed:
    """A request and where it is meant."""

    text: str
    """The request without the words of the room."""
    room: str
    """As the house calls it, or "here", "everywhere", or a room that the house does not have."""

    @property
    def moves(self) -> bool:
        """Whether it may only be about where the music plays: "move it", "continue"."""
        return _MOVES.match(self.text) is not None

    @property
    def plays_it(self) -> bool:
        """Whether it says "play it", which may be something that was just found."""
        return _PLAYS_IT.match(self.text) is not None

    @property
    def only_place(self) -> bool:
        """Whether nothing but the place was said: "no, in the kitchen"."""
        return _ONLY_PLACE.match(self.text) is not None


def placed(
    text: str, names: Iterable[str], library: Gazetteer, *, usual: bool = True
) -> Placed | None:
    """Take the room out of a request; None when it names none.

    Args:
        text: the request in English.
        names: what the rooms and speakers of the house are called.
        library: its names may hold the words of a room.
        usual: whether rooms that houses have are told from music although this one has no
            speaker in them.
    """
    said = _bare(text)
    if not said or len(said.split()) > _MANY_WORDS:
        return None
    patterns = _patterns(tuple(names), usual)
    for pattern, meant in patterns.steering:
        match = pattern.match(said)
        if match is not None:
            said_so = match.groupdict()
            rest = meant.replace("VERB", said_so.get("verb") or "")
            rest = rest.replace("MORE", said_so.get("more") or "")
            return Placed(_bare(rest), _room(match, patterns.names))
    for match in patterns.beside.finditer(said):
        if _in_a_name(said, match, library):
            continue
        before, after = said[: match.start()], said[match.end() :]
        rest = _bare(f"{before.rstrip(' ,')} {after.lstrip(' ,')}")
        if after.strip(" ,.!?") and before.strip(" ,") and not _ends_here(match, after):
            continue
        if _OTHERWISE.match(match[0]) and not _CARRIES.match(said):
            continue  # "music to study" is no music for the study
        return Placed(rest, _room(match, patterns.names))
    return None


def _ends_here(match: re.Match[str], after: str) -> bool:
    """Whether what comes after the room is no more than how or how long: "at 30 percent"."""
    said = fold(after).split()
    if match["here"] is not None or not said:
        return False
    return said[0] in _GOES_ON or (said[0] in _THEN and bool(_TIMES & set(said[1:])))


_GOES_ON = frozenset(
    {"at", "to", "by", "for", "up", "down", "off", "on", "a", "and", "then", "now"}
)
_THEN = frozenset({"in", "within", "after", "until", "till", "when", "once"})
_TIMES = frozenset(
    {"minute", "minutes", "hour", "hours", "second", "seconds", "midnight", "noon", "song"}
    | {"songs", "album", "track", "tracks", "queue", "playlist"}
)
"""With such words behind "in" or "after" it says when: "in the kitchen in ten minutes"."""

_CARRIES = re.compile(rf"^{_CARRY} ", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"^(?:to|at|through|into) (?!the |my |our |all |every|each |here)", re.IGNORECASE
)
_VOLUME_OF = "(?:the )?(?:volume (?:in|of|for|on) )?"
_SET = (
    rf"(?:turn|set|put|change|bring) {_VOLUME_OF}WHERE(?:'s)?(?: volume)? (?:to|at) "
    r"(?P<more>.+)"
)
_CHANGE = (
    rf"(?P<verb>raise|lower|increase|decrease|reduce) {_VOLUME_OF}WHERE(?:'s)?(?: volume)?"
    r"(?P<more>.*)"
)
_LATER = r"(?P<more>(?:in|at|after|when|once|within) .+)"
_STEERING = (
    (rf"(?:stop|pause|silence) WHERE(?: music)? {_LATER}", "stop the music MORE"),
    (rf"(?:turn|switch|shut) (?:off|out) WHERE {_LATER}", "stop the music MORE"),
    (rf"(?:turn|switch|shut) WHERE (?:off|out) {_LATER}", "stop the music MORE"),
    (rf"(?:a |the )?sleep timer (?:for|in) WHERE {_LATER}", "sleep timer MORE"),
    (r"(?P<verb>pause|stop|mute|unmute|resume|unpause|silence|continue) WHERE(?: music)?", "VERB"),
    (r"(?:turn|switch|shut) (?:off|out) WHERE", "stop"),
    (r"(?:turn|switch|shut) WHERE (?:off|out)", "stop"),
    (r"(?:turn|switch) on WHERE", "resume"),
    (r"(?:turn|switch) WHERE (?:back )?on", "resume"),
    (r"(?:turn|bring|crank) (?P<verb>up|down) WHERE(?P<more>.*)", "turn it VERBMORE"),
    (r"(?:turn|bring|crank) WHERE (?P<verb>up|down)(?P<more>.*)", "turn it VERBMORE"),
    (r"(?:turn|make) WHERE (?P<more>.*(?:louder|quieter|softer).*)", "make it MORE"),
    (_SET, "set the volume to MORE"),
    (_CHANGE, "VERB the volumeMORE"),
    (r"WHERE (?P<more>louder|quieter|softer|volume .+)", "MORE"),
)
"""Requests whose object is a room, and what they say without it."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    names: dict[str, str]
    """What a room is called, by its folded spelling."""
    beside: re.Pattern[str]
    steering: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=8)
def _patterns(names: Sequence[str], usual: bool) -> _Patterns:
    known = dict.fromkeys([*names, *(USUAL_ROOMS if usual else ())])
    spelled = sorted((re.escape(name) for name in known), key=len, reverse=True)
    # Blanks, "livingroom" for "living room", and capital letters do not count.
    one = "|".join(name.replace(r"\ ", r"[ -]?") for name in spelled) or "(?!)"
    place = rf"(?:{_OWNER}(?P<room>{one}){_SPEAKER})"
    every = rf"(?P<every>{_EVERYWHERE})"
    here = rf"(?P<here>{_HERE})"
    beside = re.compile(
        rf"(?<![\w'])(?:(?:{_LEAD} ){place}|{every}|{here}(?=[ .!?,]*$))(?!['\w])", re.IGNORECASE
    )
    what = rf"(?:{place}|{every})"
    steering = tuple(
        (re.compile(rule.replace("WHERE", what) + "$", re.IGNORECASE), meant)
        for rule, meant in _STEERING
    )
    return _Patterns({_key(name): name for name in known}, beside, steering)


def _room(match: re.Match[str], names: Mapping[str, str]) -> str:
    said = match.groupdict()
    if said.get("every"):
        return EVERYWHERE
    return names[_key(said["room"])] if said.get("room") else HERE


def _key(name: str) -> str:
    return fold(name).replace(" ", "")


def _bare(text: str) -> str:
    """The request without what is only polite."""
    said = " ".join(text.split()).strip(" .!?,")
    while (shorter := _POLITE.sub("", said).strip(" .!?,")) != said:
        said = shorter
    return said


def _in_a_name(said: str, match: re.Match[str], library: Gazetteer) -> bool:
    """Whether the words of the room are part of a name that the library has."""
    tokens = tokenise(said)
    for name in library.exact(tokens):
        first, end = tokens[name.first].start, tokens[name.end - 1].end
        begin = match.start("room") if match["room"] else match.start()
        if first < begin and end >= match.end():
            return True
    return False
