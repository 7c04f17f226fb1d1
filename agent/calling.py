"""Requests with the names in them as the library writes them: "put dolly on", "clear the loon".

Only what stands where a name stands is changed, and only when the library knows just one thing that
can be meant. What describes music, points at something or chooses from the list stays.
"""

import re
from collections.abc import Callable

from agent.pointing import only_points
from agent.understanding.gazetteer import Gazetteer
from agent.understanding.heard_names import meant, without_description
from knowledge.folding import fold

Tells = Callable[[str], bool]

_POLITE = (
    r"(?:(?:please|can you|could you|would you|will you|can we|could we|can i|could i|may i|just|"
    r"now|then|and|ok|okay|so|maybe|i want to|i want you to|i would like to|i'd like to|i need to|"
    r"i wanna|let's|lets|let us|let me|oh|yes|yeah|actually|hey|well)[\s,]+)*"
)
_VERBS = (
    r"(?:play|put on|put|start with|start|stick on|throw on|spin|hear|listen to|have|"
    r"queue up|queue|add|shuffle|blast|give (?:me|us)|i want|i need|i'd like|i would like|fancy|"
    r"i fancy|i feel like|(?:i'm |i am )?in the mood for|how about|what about|(?:have you )?got|"
    r"do you have|have we got|find(?: me)?|search for|back to|more|only|just)"
)
_SOME = (
    r"(?:\s+(?:me|us))?(?:\s+(?:some|any|a bit of|a little|a little bit of|something by|"
    r"anything by|something from|anything from|stuff by|songs by|music by|a song by|"
    r"one by|a tune by|the song|the track|the album|a bit more|some more|more))?"
)
_TAIL = (
    r"(?P<tail>(?:[\s,]+(?:on|next|please|again|instead|now|then|for me|for us|to the queue|"
    r"in the queue|on repeat|on shuffle|after this|after that|first|thanks|tonight|today|"
    r"to (?:finish|end)(?: with)?|(?:right )?after this(?: one)?|as well|too|will do|"
    r"will you))*)[?.! ]*$"
)
_FRAME = re.compile(rf"^(?P<lead>{_POLITE}{_VERBS}{_SOME}\s+)(?P<name>.+?){_TAIL}", re.IGNORECASE)
_BARE = re.compile(rf"^(?P<lead>{_POLITE}(?:some |any )?)(?P<name>.+?){_TAIL}", re.IGNORECASE)
_BY = re.compile(r"^(?P<title>.+?) (?:by|from) (?P<artist>.+)$", re.IGNORECASE)
_MOST_BARE = 5


def as_called(text: str, names: Gazetteer, *, wishes: Tells, asks: Tells, chooses: Tells) -> str:
    """`text` with the names that were said in another way written as the library writes them.

    Args:
        text: one request.
        names: of the library.
        wishes: tells whether words describe music.
        asks: tells whether words are a request as they stand, without any name.
        chooses: tells whether words choose from the list that was shown.
    """
    text = _unhurried(text, names)
    text = _offered(text, names) or _list_named(_MOST.sub(_plainly, text), names)
    framed = _FRAME.match(text)
    found = framed or _BARE.match(text)
    if found is None or chooses(text):
        return text
    name = found["name"]
    if framed is None and (len(name.split()) > _MOST_BARE or _ACTS.match(name) or asks(text)):
        return text
    if chooses(name) or only_points(name) or _KINDS_OF_LIST & set(fold(name).split()):
        return text
    called = _called(name, names, wishes)
    if not called or (framed is not None and fold(framed["lead"]).split()[-1] in _KINDS_OF_LIST):
        return text
    return f"{found['lead']}{called}{found['tail']}"


_WILL_DO = re.compile(
    rf"^{_POLITE}(?:(?:fine|right|alright|cool|hm+|no|nah)[\s,]+)*(?:then[\s,]+)?(?P<name>.+?)[\s,]+"
    r"(?:will do|would do|'ll do|ll do|is fine|is good|works|sounds (?:good|great|nice)|"
    r"would be (?:nice|great|good|lovely|fine)|it is|then|in that case|please then)"
    r"(?: then| for now| too)?[.! ]*$|"
    rf"^{_POLITE}then[\s,]+(?P<then>.+?)[.! ]*$",
    re.IGNORECASE,
)
_PUT = re.compile(
    rf"^{_POLITE}(?:put|start|set)\s+(?P<name>.+?)(?:\s+please)?[.!? ]*$", re.IGNORECASE
)


_MOST = re.compile(
    r"\b(?:the|your|my) (?P<most>[a-z]{2,9}?)(?P<twice>[a-z]?)est "
    r"(?P<what>songs?|music|tunes?|tracks?|stuff|thing|one)"
    r"(?: (?:that )?(?:you|we|i)(?:'ve| have|)(?: got)?)?(?= |[.!?]*$)",
    re.IGNORECASE,
)
_LIST = re.compile(
    rf"^{_POLITE}(?P<verb>play|start|put on|shuffle) (?:the|my|our) (?P<name>.+?) (?:list|mix)"
    r"(?P<tail> please| now| next)?[.! ]*$",
    re.IGNORECASE,
)
_SAD = {"sad": "sad", "happi": "happy", "calm": "calm", "quiet": "quiet", "slow": "slow"}
_SAD |= {"fast": "fast", "loud": "loud", "soft": "soft", "dark": "dark", "funki": "funky"}
_SAD |= {"moodi": "moody", "gentl": "gentle", "wild": "wild", "heavi": "heavy", "dreami": "dreamy"}
_SAD |= {"sleepi": "sleepy", "sunni": "sunny", "mellow": "mellow", "cheeri": "cheery"}


def _plainly(found: re.Match[str]) -> str:
    """Make "the saddest songs you have" "sad songs"."""
    stem = (found["most"] + found["twice"]).lower()
    word = _SAD.get(stem) or _SAD.get(found["most"].lower())
    what = {"thing": "music", "one": "song"}.get(found["what"].lower(), found["what"])
    return f"{word} {what}" if word else found[0]


def _list_named(text: str, names: Gazetteer) -> str:
    """Make "play the dinner list" "play my dinner playlist" when there is such a playlist."""
    found = _LIST.match(text)
    if found is None:
        return text
    known = {each.kind for each in names.named(found["name"])}
    return f"{found['verb']} my {found['name']} playlist" if "playlist" in known else text


_SOFTENED = re.compile(
    r"[\s,]+(?:(?:will|would|could|can) (?:you|ya)|mate|love|dear|darling|yeah|eh|ta|cheers)"
    r"(?: please)?[.!? ]*$",
    re.IGNORECASE,
)
_ASKS_MUSIC = re.compile(rf"^{_POLITE}(?:play|put|start|queue|add|have|hear)\b", re.IGNORECASE)
_PUT_ON = re.compile(
    rf"^(?P<polite>{_POLITE})put (?P<name>.+?) (?:back )?on"
    r"(?P<tail> (?:for me|for us|now|please|again))*[.!? ]*$",
    re.IGNORECASE,
)
_AGES = re.compile(
    rf"^{_POLITE}(?:play )?(?:me )?(?:something|anything|a song|a track|one|some) "
    r"(?P<age>old|older|early|vintage|new|newer|recent|late) (?:by|from) (?P<artist>.+?)[.!? ]*$",
    re.IGNORECASE,
)


def _unhurried(text: str, names: Gazetteer) -> str:
    """`text` without a "will you" behind it, "put X on" as "play X", "something old by X"."""
    if _ASKS_MUSIC.match(text) and not names.named(text):
        text = _SOFTENED.sub("", text)
    if (aged := _AGES.match(text)) is not None:
        artist = _one(aged["artist"], names, lambda _: False) or aged["artist"]
        if "artist" in {each.kind for each in names.named(artist)}:
            first = "first" if aged["age"][0].lower() in "oev" else "latest"
            return f"play {artist}'s {first} album"
    found = _PUT_ON.match(text)
    if found is None or only_points(found["name"]):
        return text
    bare = without_description(found["name"])
    known = names.named(bare) or names.short_for(bare) or names.first_named(bare)
    music = any(each.kind in {"artist", "track", "album"} for each in known)
    return f"play {found['name']}{found['tail'] or ''}" if music else text


def _offered(text: str, names: Gazetteer) -> str:
    """Make "the Beatles will do" and "put Corcovado" ask to play that; "" for anything else."""
    for pattern in (_WILL_DO, _PUT):
        found = pattern.match(text)
        if found is None:
            continue
        name = next(filter(None, found.groups()))
        known = names.named(name) or names.short_for(name) or names.first_named(name)
        if any(each.kind in {"artist", "track", "album"} for each in known):
            return f"play {name}"
    return ""


_ACTS = re.compile(
    r"(?:take|put|add|remove|drop|delete|kick|throw|turn|set|make|go|skip|stop|pause|save|like|"
    r"love|move|call|rename|create|show|tell|what|who|when|where|why|how|which|is|are|do|does|did|"
    r"can|not|no|don't|never|i|it|that|this|my)\b",
    re.IGNORECASE,
)
"""What a request begins with that is more than a name."""
_KINDS_OF_LIST = frozenset({"playlist", "list"})


def _called(name: str, names: Gazetteer, wishes: Tells) -> str:
    whole = _one(name, names, wishes)
    if whole or names.named(name):
        return whole
    both = _BY.match(name)
    if both is None:
        return ""
    artist = _one(both["artist"], names, wishes)
    title = _one(both["title"], names, wishes)
    if not artist and not (title and names.named(both["artist"])):
        return ""
    return f"{title or both['title']} by {artist or both['artist']}"


def _one(words: str, names: Gazetteer, wishes: Tells) -> str:
    if _PLURAL.search(words) and names.named(_PLURAL.sub("", words)):
        return ""  # "Dave Brubeck songs" says more than "Dave Brubeck"
    known = meant(words, names)
    bare = without_description(words)
    if known is None or (wishes(bare) and not _holds(known.name, words)):
        return ""
    return known.name


_PLURAL = re.compile(r" (?:songs|tracks|tunes|albums|records|music)$", re.IGNORECASE)


def _holds(name: str, words: str) -> bool:
    """Whether two words or more of a title were said: then it is no description of music."""
    bare = [word.removesuffix("s") for word in without_description(words).split()]
    title = " ".join(word.removesuffix("s") for word in fold(name).split())
    return len(bare) > 1 and f" {' '.join(bare)} " in f" {title} "
