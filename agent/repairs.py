"""Corrections: what a request becomes when a part of it is taken back.

Inside one sentence ("play Abba, no wait, Queen") and over two ("set it to thirteen", "I said
thirty"): the words that come after replace the words of their own kind that came before.
"""

import re
from collections.abc import Callable

from agent.compound import spans
from agent.plain import without_openings
from agent.understanding.gazetteer import Gazetteer
from knowledge.folding import fold

Opens = Callable[[str], bool]
"""Whether words ask for something by themselves."""

_STOP = r"(?:\s*(?:,|;|\.{2,}|…|\.(?=\s)|\s[-–—])\s*)"
_SURELY = (
    r"(?:no,? (?:no,? )?wait|no,? sorry|no,? i mean(?:t)?|wait,? no|sorry,? (?:no|i mean(?:t)?)|"
    r"i mean(?:t)?(?: to say)?|scratch that|strike that|or rather|no,? rather|oh no|oops,? no|"
    r"correction|hang on|hold on|no,? actually|actually,? no|no,? make that|no,? no)"
)
_MARK = re.compile(
    rf"(?:{_STOP}|\s+){_SURELY}\b[,.…]*\s+|"
    rf"{_STOP}(?:no|actually|wait|sorry|rather|make that|nope)[,.…]+\s+|"
    rf"{_STOP}no\s+(?=(?:the|by|to|at)\s)|"
    r"\s*(?:\.{2,}|…|\s[-–—])\s*(?:no|wait|sorry|actually)\s+",
    re.IGNORECASE,
)
_NUMBER_WORD = (
    r"(?:\d+(?:[:.]\d+)?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundred|half|quarter)"
)
_NUMBER = re.compile(
    rf"\b(?:(?:half|a quarter|quarter) (?:past|to) )?{_NUMBER_WORD}"
    rf"(?:[\s-]+(?:and\s+)?{_NUMBER_WORD})*\b",
    re.IGNORECASE,
)
_ONLY_NUMBER = re.compile(
    rf"^(?:to |at |for |in )?(?P<number>{_NUMBER_WORD}(?:[\s-]+{_NUMBER_WORD})*|half an|an)"
    r"(?P<unit>\s*(?:%|percent|minutes?|seconds?|hours?|o clock|am|pm)?)$",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?P<word>by|to|from|in|into|on|at|for|with|until|after)\s+", re.IGNORECASE
)
_KINDS = r"(?:song|track|album|record|artist|band|playlist|single|soundtrack)"
_ONLY_KIND = re.compile(
    rf"^(?:the|this|that|its|whole|entire|\s)*\b(?P<kind>{_KINDS})"
    r"(?: (?:it|this|that)(?:['’]?s| is) (?:from|on|off))?$",
    re.IGNORECASE,
)
_KIND_WORD = re.compile(rf"\b(?:(?:the|this|that|my)\s+)?{_KINDS}\b", re.IGNORECASE)
_VERSION = re.compile(
    r"^(?:the |a )?(?P<kind>live|acoustic|studio|original|unplugged|demo|remix(?:ed)?|"
    r"instrumental|remaster(?:ed)?|extended|radio|orchestral|a cappella)"
    r"(?: (?:version|one|recording|mix|take|edit|cut))?$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"^(?P<verb>(?:please |can you |could you |i want to |i d like to )*"
    r"(?:play|put on|start|listen to|hear|queue(?: up)?|add|put|save|find|search for|show(?: me)?|"
    r"look for|recommend|suggest|remove|delete|like|rate|i (?:really )?(?:like|love|want))"
    r"(?: some| something| the (?:song|track|album|artist|band|playlist))?)\s+",
    re.IGNORECASE,
)
_TARGET = re.compile(r"\s(?:to|in|into|on|onto|from)\s(?:my |the |our )?[^,]+$", re.IGNORECASE)
_SAID_NOT = (
    re.compile(r"^(?:no,? )?(?:but )?i (?:said|meant|mean|wanted|asked for) (?P<new>.+?),? "
               r"(?:and )?not (?P<old>.+)$", re.IGNORECASE),
    re.compile(r"^(?:no,? )?not (?P<old>.+?)(?:,| but) (?:but )?(?P<new>.+)$", re.IGNORECASE),
    re.compile(r"^(?:no,? )(?P<new>.+?),? (?:and )?not (?P<old>.+)$", re.IGNORECASE),
)  # fmt: skip
_POINTS = re.compile(r"^(?:that|this|it|that one|this one|(?:that|this) \w+|so .+)$", re.IGNORECASE)
_MAKE_IT = re.compile(
    rf"^(?:(?:oh|ah|ok|okay|no|wait|hm+|sorry|actually|hang on|well|and)[\s,.…!]+)*"
    rf"(?:make|do) (?:that|it) (?:for |at |in |about )?"
    rf"(?=(?:{_NUMBER_WORD}|an? (?:hour|quarter)|noon|midnight)\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:oh|ah|oops|sorry|hey|well|um|argh|hang on|hold on|wait|ok|okay)[,.…!]*\s+)*"
    r"(?:(?P<no>no+|nope|hang on|hold on|wait|nah|nein|nee|non|nej|wrong|"
    r"not (?:that|this)(?: one| song| track| album| version| list| playlist)?|"
    r"that(?: i|')s (?:not (?:it|right|what i (?:meant|said|wanted|asked for))|wrong|"
    r"the wrong one)|"
    r"actually|rather|i mean|make (?:that|it))"
    r"(?:[,.…!;:]+\s*|\s+(?=i (?:mean|meant|said|want|wanted)\b|by\b|the\b|"
    r"to\b|from\b|wait\b|not\b|play\b|in\b|stop\b|pause\b|skip\b|turn\b|set\b|"
    r"add\b|put\b|make\b|sorry\b|actually\b|half\b|an? (?:hour|quarter)\b|\d)))+"
    r"(?:(?:wait|sorry|actually|rather|make (?:that|it))[,.…]*\s+)*"
    r"(?:i (?:mean|meant|said|wanted|want|asked for)(?: to (?:say|hear))?[,.…]*\s+)?(?P<rest>.+)$|"
    r"^(?:sorry[,.…]* )?i (?:meant|said|asked for)(?: to say)?[,.…]*\s+(?P<meant>.+)$",
    re.IGNORECASE,
)


def mended(text: str, opens: Opens, names: Gazetteer) -> str:
    """`text` with what its speaker took back replaced: "play Abba, no wait, Queen" plays Queen.

    Args:
        text: what was said.
        opens: tells whether what follows is a request by itself; it then stands alone.
        names: of the library; a name such as "Sorry, I Mean It" holds no correction.
    """
    for _ in range(3):
        kept = spans(text, names)
        marks = [
            found
            for found in _MARK.finditer(text)
            if found.start() > 0
            and found.end() < len(text)
            and not any(start < found.end() and found.start() < end for start, end in kept)
        ]
        if not marks:
            return text
        before, after = text[: marks[0].start()], without_openings(text[marks[0].end() :])
        if not fold(before) or _LEAD.match(f"{before}, x"):
            return text
        text = (
            after
            if opens(after) and not _ONLY_NUMBER.match(after)
            else replaced(before, after, names)
        )
    return text


def corrected(text: str) -> str:
    """What a turn that begins with "no, I meant" puts in place of the last one; "" for others."""
    if (made := _MAKE_IT.match(text.strip())) is not None:
        text = f"no, {text.strip()[made.end() :]}"
    found = _LEAD.match(text.strip())
    if found is None:
        return ""
    rest = (found["rest"] or found["meant"] or "").strip(" .!?")
    return re.sub(r" (?:instead|after all|then)$", "", rest, flags=re.IGNORECASE)


def said_not(text: str) -> tuple[str, str] | None:
    """New and old words of "I said thirty, not thirteen"; None for anything else."""
    for pattern in _SAID_NOT:
        found = pattern.match(text.strip(" .!?"))
        if found is not None and not _POINTS.match(found["old"]):
            new = re.sub(
                r"^(?:but|i (?:said|meant|mean|wanted)) ", "", found["new"], flags=re.IGNORECASE
            )
            return new.strip(" ,"), found["old"].strip(" ,")
    return None


def exchanged(request: str, new: str, old: str) -> str:
    """`request` with `new` for `old`; "" when it holds no `old`, however that is spelled."""
    if found := re.search(rf"\b{re.escape(old)}\b", request, re.IGNORECASE):
        return request[: found.start()] + new + request[found.end() :]
    if _ONLY_NUMBER.match(new) and _ONLY_NUMBER.match(old) and _NUMBER.search(request):
        return _with_number(request, new)
    return ""


def is_number(words: str) -> bool:
    """Whether it is nothing but a number, with its unit."""
    return _ONLY_NUMBER.match(words.strip(" .!?")) is not None


def names_kind(words: str) -> bool:
    """Whether it is only a kind of thing, "the album", and points at none."""
    pointing = re.match(r"(?:this|that|its)\b", words, re.IGNORECASE)
    return _ONLY_KIND.match(words) is not None and pointing is None


def kind_named(words: str) -> str:
    """The kind in "the album it's from"; "" when more, or nothing of that sort, is said."""
    found = _ONLY_KIND.match(words.strip(" ,;.…!?"))
    return str(found["kind"]).lower() if found is not None else ""


def replaced(request: str, words: str, names: Gazetteer) -> str:
    """`request` with `words` in the place of what is of their kind there."""
    request, words = request.strip(" ,;.…"), words.strip(" ,;.…")
    if _ONLY_NUMBER.match(words) and _NUMBER.search(request):
        return _with_number(request, words)
    if kind := _ONLY_KIND.match(words):
        return _with_kind(request, kind["kind"])
    if version := _VERSION.match(words):
        return f"{request} {version['kind']} version"
    if found := _PREPOSITION.match(words):
        return _with_preposition(request, found["word"].lower(), words)
    verb = _VERB.match(request)
    if verb is None:
        return words
    target = _TARGET.search(request, verb.end())
    adds = fold(verb["verb"]).split()[-1] in {"add", "put", "save", "remove", "delete"}
    if adds and target is not None:
        if _is_playlist(words, names):
            return f"{request[: target.start()]} to {words}"
        tail = "" if _TARGET.search(f" {words}") else target[0]
        return f"{verb['verb']} {words}{tail}"
    by = request.lower().rfind(" by ")
    if by > 0 and " by " not in words.lower() and _is_artist(words, names):
        return f"{request[:by]} by {words}"
    plain = re.sub(rf"\s+(?:some|something|the {_KINDS})$", "", verb["verb"], flags=re.IGNORECASE)
    starts_anew = re.match(rf"(?:the |some |something |an? |my )|{_KINDS} ", words, re.IGNORECASE)
    return f"{plain if starts_anew else verb['verb']} {words}"


def _with_number(request: str, words: str) -> str:
    found = _ONLY_NUMBER.match(words)
    last = list(_NUMBER.finditer(request))[-1]
    number = found["number"] if found is not None else words
    unit = (found["unit"] if found is not None else "").strip()
    after = request[last.end() :]
    if unit:
        after = re.sub(r"^\s*(?:%|percent|minutes?|seconds?|hours?|am|pm)\b", "", after)
        number = f"{number} {unit}"
    return request[: last.start()] + number + after


def _with_kind(request: str, kind: str) -> str:
    """Make "play Grace" "play the album Grace", "like this song" "like this artist"."""
    if found := _KIND_WORD.search(request):
        article = re.match(r"(?:the|this|that|my)\s+", found[0], re.IGNORECASE)
        return (
            request[: found.start()]
            + (article[0] if article else "")
            + kind
            + (request[found.end() :])
        )
    verb = _VERB.match(request)
    if verb is None:
        return f"play the {kind} {request}"
    return f"{verb['verb']} the {kind} {request[verb.end() :]}"


def _with_preposition(request: str, word: str, words: str) -> str:
    alike = {"to", "in", "into", "on"} if word in {"to", "into"} else {word}
    places = [
        found.start()
        for found in re.finditer(r"\s(?:by|to|from|in|into|on|at|for|with|until|after)\s", request)
        if found[0].strip().lower() in alike
    ]
    return f"{request[: places[-1]]} {words}" if places else f"{request} {words}"


def _is_playlist(words: str, names: Gazetteer) -> bool:
    bare = re.sub(r"^(?:my|the|our) | (?:play)?list$", "", words, flags=re.IGNORECASE)
    return {"playlist"} == {name.kind for name in names.named(bare)}


def _is_artist(words: str, names: Gazetteer) -> bool:
    known = names.named(words) or names.short_for(words)
    return "artist" in {name.kind for name in known}
