"""Several requests in one sentence: "play Nina Simone, a bit quieter, and stop at eleven".

A sentence is cut only where what follows surely opens a request of its own, and never inside a
name of the library. So "Simon and Garfunkel" stays whole, in the library or not: "Garfunkel" asks
for nothing.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.plain import idle, remarks, tells_when
from agent.understanding import Intent, Understanding
from agent.understanding.gazetteer import Gazetteer
from agent.understanding.tokens import tokenise
from knowledge.folding import fold

MAX_PARTS = 4
"""Nobody asks for more at once; what comes after is told to be left."""

Read = Callable[[str], Understanding]
Opens = Callable[[str], bool]

_JOIN = (
    r"(?:and then|and after that|and also|and|then|after that|but also|but|also|plus|as well as)"
)
_CUT = re.compile(rf"\s*[,;.!?…]+\s+(?:{_JOIN}\s+)?|\s+{_JOIN}\s+", re.IGNORECASE)
_POLITE = re.compile(
    r"^(?:(?:please|can you|could you|would you|will you|also|just|then|now|maybe|i want you to|"
    r"go ahead and|and|but) )+"
)
_VERB = re.compile(
    r"^(?:play|put|add|queue|enqueue|save|skip|pause|stop|resume|continue|turn|set|mute|unmute|"
    r"shuffle|repeat|loop|next|previous|go|rewind|start|make|create|delete|remove|clear|empty|show|"
    r"find|search|look|recommend|suggest|tell|remind|wake|cancel|call|name|rename|move|lower|raise|"
    r"increase|decrease|louder|quieter|softer|keep|like|dislike|love|rate|jump|fade|volume|undo|"
    r"identify|listen|drop|take|switch|crank|forget)\b"
)
_REMARK = re.compile(
    r"^(?:i (?:really |do |just |absolutely )*(?:love|like|hate|dislike|prefer|enjoy|do not|dont|"
    r"cant|can not|never|adore)|i m not|im not|i am not|my (?:kids?|children|wife|husband|baby|"
    r"partner|neighbou?rs?|daughter|son|family|guests?)|no more|nothing|not too|"
    r"no (?:\w+ ){1,3}(?:stuff|music|songs)|we (?:love|hate|"
    r"like|dont|do not))\b"
)
_WANTS = re.compile(
    r"^(?:i|we)(?: d| would| really| just| only| do| could)* (?:need|want|like|wanna|fancy|"
    r"feel like|could do with|could use|m in the mood for|am in the mood for|gotta hear|love)\b"
    r"(?= .)|^(?:id|im in the mood for|lets have|lets hear|let us have|let us hear|"
    r"give (?:me|us)|gimme|need|want|fancy|something|anything|stick|throw|whack|chuck|bung|"
    r"pop) (?=.)"
)
_QUESTION = re.compile(
    r"^(?:who|whose|what|whats|whos|when|how|which|where|why|is|are|do|did|have|was|remind|tell)\b"
)
_NEEDS_VERB = frozenset(
    {
        *(Intent.SELECT_RESULT, Intent.REJECT_RESULT, Intent.PLAY, Intent.SEARCH, Intent.RECOMMEND),
        *(Intent.CONFIRM, Intent.DENY, Intent.PLAY_OTHER_MEDIA, Intent.MORE_LIKE, Intent.LIKE),
        *(Intent.ADD_TO_PLAYLIST, Intent.SIMILAR_TO, Intent.QUEUE, Intent.PLAY_AGAIN),
    }
)
"""What words without a verb may seem to be although they go on with the part before: "the 90s"."""
_NOTHING = frozenset({Intent.OUT_OF_SCOPE, Intent.PLAY_OTHER_MEDIA, Intent.SEARCH_OTHER_MEDIA})
_SURE = 0.45
_GRAMMAR = 0.99
_LIST = re.compile(
    r"^(?P<verb>(?:please |can you |could you )*(?:add|put|save|queue(?: up)?|play|like|stick|"
    r"throw))"
    r" (?P<what>.+?)(?P<tail> (?:to|in|into|on|onto) (?!me\b|us\b)(?:my |the |our |a )?[^,]+)?$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&|plus)\s+", re.IGNORECASE)
_KIND = re.compile(r"^(?:the |my )?(?:song|songs|track|tracks|album|artist|band) ", re.IGNORECASE)
_BY = re.compile(r"^(?P<title>.+) by (?P<artist>.+)$", re.IGNORECASE)
_PLAY_IT = re.compile(r"^(?:and )?(?:then )?(?:play|start|shuffle) (?:it|them|that|that list)$")
_TO_LIST = re.compile(
    r"^(?:add|put|save|stick|throw)\b.* (?:to|in|into|on|onto) (?P<name>(?:my |the |our )?.+)$"
)
_OF_QUEUE = re.compile(r"\bqueue\b")


@dataclass(frozen=True, slots=True)
class Parts:
    """What one utterance asks for, in order; each part is a request by itself."""

    texts: tuple[str, ...]
    left: int = 0
    """How many more were asked for than are done at once."""


def split(
    text: str, opens: Opens, names: Gazetteer, wishes: Callable[[str], bool] = lambda _: True
) -> Parts:
    """The requests in `text`; just itself when it is one.

    Args:
        text: what was said.
        opens: tells whether words are surely a request of their own.
        names: of the library; none of them is ever cut.
        wishes: tells whether a reason says what music is wanted; one that does stays.
    """
    said = text.strip()
    cut = _cut(said, opens, names, wishes) or [said]
    cut = [_without_remark(part, opens, names, wishes) for part in cut]
    texts = [each for part in cut for each in _listed(part, names)]
    texts = [
        _with_list(part, texts[place - 1] if place else "") for place, part in enumerate(texts)
    ]
    return Parts(tuple(texts[:MAX_PARTS]), max(0, len(texts) - MAX_PARTS))


def may_be_cut(text: str) -> bool:
    """Whether several requests might stand in `text`."""
    return _CUT.search(text) is not None


def _without_remark(
    part: str, opens: Opens, names: Gazetteer, wishes: Callable[[str], bool]
) -> str:
    """`part` without what is told behind it: "play Jolene, my wife loves it"."""
    kept = spans(part, names)
    for found in reversed(list(_SIGN.finditer(part))):
        told, before = part[found.end() :], part[: found.start()]
        if any(start < found.end() and found.start() < end for start, end in kept):
            continue
        remark = (
            remarks(told)
            and not tells_when(told)
            and _REASON.match(fold(told))
            and _is_aside(told, names)
        )
        if remark and not opens(told) and not wishes(told) and opens(before):
            return before
    return part


_SIGN = re.compile(r"[,;.!…–—]+\s+")


def spans(text: str, names: Gazetteer) -> list[tuple[int, int]]:
    """Where names of several words stand in `text`, as places of characters."""
    tokens = tokenise(text)
    return [
        (tokens[span.first].start, tokens[span.end - 1].end)
        for span in names.exact(tokens)
        if span.end - span.first > 1
    ]


def opens(text: str, read: Read, names: Gazetteer) -> bool:
    """Whether `text` is surely a request of its own, and not the rest of a name or a list."""
    bare = _POLITE.sub("", fold(text)).strip()
    if not bare or _is_name(bare, names):
        return False
    meaning = read(bare)
    verb = _VERB.match(bare) is not None
    if verb and _plays_name(bare, names):
        return True
    if meaning.intent in _NOTHING and not (verb and "timer" in bare):
        return verb and _stops_at(bare)
    if _PLAYS.match(bare):
        return True
    opening = (
        verb
        or _WANTS.match(bare) is not None
        or _REMARK.match(bare) is not None
        or _QUESTION.match(bare) is not None
    )
    if meaning.source == "grammar" and meaning.confidence >= _GRAMMAR:
        return opening or meaning.intent not in _NEEDS_VERB
    if opening:
        return meaning.source == "grammar" or meaning.confidence >= _SURE
    return False


def _stops_at(bare: str) -> bool:
    """Times are read by their own parser, which knows more of them than the reader learned."""
    return (
        re.match(r"(?:stop|wake|play|fade|pause) .*\b(?:at|in|after|until|for) ", bare) is not None
    )


def _plays_name(bare: str, names: Gazetteer) -> bool:
    """Whether it is "play" and the name of something, whatever else the words may mean."""
    found = re.match(r"(?:play|put on|start with|skip|drop|remove|queue|add) (.+)$", bare)
    return found is not None and is_known(found[1], names)


def _is_name(bare: str, names: Gazetteer) -> bool:
    return " " in bare and bool(names.named(bare))


def _cut(
    text: str, opens: Opens, names: Gazetteer, wishes: Callable[[str], bool]
) -> list[str] | None:
    """The parts of `text`, or None when it is one request."""
    kept = spans(text, names)
    cuts = [
        found
        for found in _CUT.finditer(text)
        if found.start() > 0
        and found.end() < len(text)
        and not any(start < found.end() and found.start() < end for start, end in kept)
    ]
    if not cuts or len(cuts) > _MAX_CUTS:
        return None
    good = [
        found
        for place, found in enumerate(cuts)
        if opens(_until_next(text, cuts, place)) or opens(text[found.end() :])
    ]
    plays = _PLAYS.match(text[: cuts[0].start()]) is not None
    good += [found for found in cuts if plays and found not in good and _THEN.search(found[0])]
    good.sort(key=lambda found: found.start())
    if not good:
        return None
    starts = [0, *(found.end() for found in good)]
    ends = [*(found.start() for found in good), len(text)]
    parts = [text[start:end].strip(" ,;.!?") for start, end in zip(starts, ends, strict=True)]
    parts = [part for part in parts if part and not _GREETING.match(fold(part))]
    parts = [
        part
        for place, part in enumerate(parts)
        if not (idle(part) or (place and _in_between(part, opens, names)))
    ] or parts
    asking = [_after_then(part, opens) if place else part for place, part in enumerate(parts)]
    while len(asking) > 1 and not opens(asking[0]) and _is_aside(asking[0], names):
        delays = tells_when(asking[0]) and any(_DELAYED.search(fold(each)) for each in asking[1:])
        if wishes(asking[0]) or delays:
            return None
        asking = asking[1:]
    if not asking or not opens(asking[0]):
        return None
    return asking


_REASON = re.compile(
    r"^(?:(?:so|right|okay|ok|well|because|since|as|now|oh|look|listen|sorry) )*(?:i|im|ill|ive|we|"
    r"were|it|its|there|theyre|they|people|everybody|everyone|someone|somebody|my|our|the|that|"
    r"thats|he|she|guests)\b"
)
"""What is told before something is asked for: "we have guests, put some soul on"."""
_MAX_CUTS = 12
_DELAYED = re.compile(r"\b(?:stop|pause|off|wake|then|mute|remind)\b")
"""What may be meant for the time that is told beside it, and not for now."""


def _is_aside(part: str, names: Gazetteer) -> bool:
    """Whether it is told beside a request: by its beginning, or because it asks for nothing."""
    said = fold(part)
    if _REASON.match(said) or idle(part):
        return True
    if _VERB.match(_POLITE.sub("", said)) or _NO_ASIDE.match(said):
        return False
    return not any(
        span.end - span.first > 1 or not span.kinds <= {"genre", "track", "album"}
        for span in names.exact(tokenise(part))
    )


def _in_between(part: str, opens: Opens, names: Gazetteer) -> bool:
    """Whether it is a remark by its looks, and no request: "I've got the day off"."""
    told = _TOLD.match(fold(part)) is not None and _is_aside(part, names)
    return told and not tells_when(part) and not opens(part)


_TOLD = re.compile(
    r"^(?:i|im|ive|ill|we|were|weve|he|hes|she|shes|they|theyre|its|thats|theres|"
    r"(?:my|our) \w+(?: \w+)? (?:is|are|was|has|hates?|loves?|needs?|wants?)) (?:\w+ ?){2,}$"
)


_NO_ASIDE = re.compile(r"^(?:if|when|unless|until|once|before|after|no|not|never|dont|do not)\b")
_PLAYS = re.compile(
    r"^(?:please |can you |could you )*(?:play|put on|start with)\s+\S", re.IGNORECASE
)
_THEN = re.compile(r"\bthen\b", re.IGNORECASE)
_GREETING = re.compile(
    r"^(?:hey|hi|hello|ok|okay|so|well|alright|all right|good (?:morning|evening|afternoon)|thanks|"
    r"thank you|great|nice|cool|perfect|refrain|please|yes|yeah|sure)(?: there| refrain| you)?$"
)


def _after_then(part: str, opens: Opens) -> str:
    """After "play Suzanne, then Grace" a mere name goes to the end of the queue."""
    begins = _CUT.split(part, maxsplit=1)[0]
    return part if opens(part) or opens(begins) else f"play {part}"


def _until_next(text: str, cuts: Sequence[re.Match[str]], place: int) -> str:
    end = cuts[place + 1].start() if place + 1 < len(cuts) else len(text)
    return text[cuts[place].end() : end]


def _listed(part: str, names: Gazetteer) -> list[str]:
    """Make "add A and B to X" two requests; one when A and B are one name."""
    found = _LIST.match(part)
    if found is None:
        return [part]
    what, tail = found["what"], found["tail"] or ""
    if names.named(_KIND.sub("", what)) or (tail and names.named(what + tail)):
        return [part]
    shared = _BY.match(what)
    pieces = [piece.strip() for piece in _pieces(what, names)]
    if len(pieces) < 2 or not all(is_known(piece, names) for piece in pieces):
        return [part]
    if shared is not None and " by " not in fold(" , ".join(pieces[:-1])):
        artist = _BY.match(pieces[-1])
        if artist is not None:
            pieces = [*(f"{piece} by {artist['artist']}" for piece in pieces[:-1]), pieces[-1]]
    return [f"{found['verb']} {piece}{tail}" for piece in pieces]


def _pieces(what: str, names: Gazetteer) -> list[str]:
    kept = spans(what, names)
    pieces, at = [], 0
    for found in _AND.finditer(what):
        if any(start < found.end() and found.start() < end for start, end in kept):
            continue
        pieces.append(what[at : found.start()])
        at = found.end()
    return [piece for piece in [*pieces, what[at:]] if piece.strip()]


def is_known(piece: str, names: Gazetteer) -> bool:
    """Whether it is the name of something, a slip of the ear allowed; "A by B" of both."""
    bare = _KIND.sub("", piece)
    by = _BY.match(bare)
    if by is not None and not names.named(bare):
        return is_known(by["title"], names) and is_known(by["artist"], names)
    return bool(names.named(bare) or names.short_for(bare)) or names.near(bare) is not None


def _with_list(part: str, before: str) -> str:
    """Make "play it", after something was put into a playlist, play that playlist."""
    found = _TO_LIST.match(before.strip().lower())
    if found is None or not _PLAY_IT.match(fold(part)) or _OF_QUEUE.search(found["name"]):
        return part
    name = before.strip()[found.start("name") : found.end("name")]
    verb = "shuffle" if "shuffle" in fold(part) else "play"
    called = re.sub(r"^(?:my|the|our) ", "", name, flags=re.IGNORECASE)
    called = re.sub(r" (?:play)?list$", "", called, flags=re.IGNORECASE)
    return f"{verb} my {called} playlist"
