"""Requests about the conversation itself: who talks, how much is said, small talk, asides."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from agent import talk
from agent.phrases import word_set
from agent.plans.request import Request
from agent.session import Session
from agent.speakers import person_name
from agent.turn import Plan
from agent.understanding import DialogueContext, Translation
from agent.understanding.gazetteer import Gazetteer
from agent.wishing import described
from knowledge.folding import fold
from knowledge.wish import MusicWish
from tools.message import Say

_I_AM = re.compile(
    r"^(?:(?:hi|hello|hey|ok|okay|refrain)\b[,.! ]*)*"
    r"(?:this is|it's|it is|i'm|i am|my name is|call me|here is|here's|that's)\s+"
    r"(?P<name>[^\W\d_][\w'’-]*(?:\s+[^\W\d_a-z][\w'’-]*)?)"
    r"(?P<sure>\s+(?:speaking|talking|here|now|again|by the way))?(?P<rest>[,.!;:]+\s.+|[.!]?)$",
    re.IGNORECASE,
)
_SURE = re.compile(r"\b(?:my name is|call me)\b", re.IGNORECASE)
_NOT_NAMED = word_set(
    "it this that great nice good bad awful tired bored sad happy sorry fine ok okay done "
    "ready home not so too very really in on at into for the a an my your our what who how "
    "why boring lovely beautiful wonderful perfect terrible wrong right enough all hungry "
    "sick off out back here there listening going looking feeling trying getting just still "
    "also never always me you him her them us amazing awesome loud quiet late early time "
    "christmas friday monday tuesday wednesday thursday saturday sunday jazz rock pop blues "
    "soul funk metal techno house"
)
_WHO = (
    r"(?:my|the|our|his|her)\s+(?:\w+\s+)?(?:kids?|children|child|bab(?:y|ies)|toddlers?|"
    r"daughters?|sons?|wife|husband|partner|girlfriend|boyfriend|roommates?|flatmates?|"
    r"neighbou?rs?|guests?|family|parents|mother|father|mum|mom|dad|dog|cat|in-laws|boss)"
)
_BECAUSE = re.compile(
    rf"^(?:(?:because|since|as|but|and|also|btw|by the way)[, ]+)*(?:{_WHO}\b[^,]*?|"
    r"(?:i(?:'m| am| have)|we(?:'re| are| have)|it(?:'s| is)) [^,]*?)"
    r"(?:,\s*(?:so\s+|and\s+)?|\s+so\s+)(?:please\s+)?(?P<wish>(?:play |only play |just play )?"
    r"(?:nothing|no|not|only|just|keep it|something|anything but|don't play|do not play)\b.+)$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"^(?P<wish>(?:nothing|not too|no|keep it)\b.+?)[, ]+(?:because|since|as|my|the)\s+(?:{_WHO}|"
    r"kids|children|baby)\b.+$",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"^(?:and |but |also |please )*"
    r"(?P<wish>(?:(?:nothing|not too)\b.+|no (?:\w+ ){1,3}(?:stuff|music|songs)))$",
    re.IGNORECASE,
)
MAX_ASIDES = 5
KEPT = "for now: "
"""What an aside is written with once it was found beside a request."""
_KEPT = re.compile(rf"^{KEPT}(?P<wish>.+)$")
_OVER = re.compile(
    r"\b(?:(?:kids?|children|baby|everyone|they|she|he|guests?|neighbou?rs?)\b.{0,20}\b"
    r"(?:awake|up again|gone|left|out)|"
    r"(?:it can|you can|may) (?:be|play|get) (?:loud|louder|anything)(?: again)?|"
    r"anything goes|no (?:more )?(?:limits|restrictions)|"
    r"forget (?:about )?the (?:kids|neighbou?rs))\b"
)


_CLAUSE = re.compile(r"[,.!;:。，！]")
_INTRODUCES = 6
"""Words; a longer clause is no introduction, and not worth translating for that."""


class Reader(Protocol):
    """Knows the names of the library, and translates."""

    @property
    def names(self) -> Gazetteer: ...

    def translate(
        self, text: str, context: DialogueContext | None = None, *, preferred: str = ""
    ) -> Translation: ...


@dataclass(frozen=True, slots=True)
class Introduction:
    """Somebody says who they are."""

    name: str
    rest: str
    """What they say beside that."""


def introduction(
    text: str, names: Gazetteer, *, known: frozenset[str] = frozenset()
) -> Introduction | None:
    """Who speaks, in "this is Anna" and "hi, I'm Anna, play some jazz"; None in "this is great".

    Args:
        text: as it was written: a name has a capital.
        names: of the library: "this is Abba" is about music.
        known: people who spoke before, folded.
    """
    found = _I_AM.match(text.strip())
    if found is None:
        return None
    words = found["name"].split()
    if any(word.lower() in _NOT_NAMED for word in words):
        return None
    name = found["name"] if len(words) == 1 or words[1][:1].isupper() else words[0]
    sure = bool(found["sure"]) or _SURE.search(text) is not None or fold(name) in known
    if not sure and (not name[:1].isupper() or names.named(name)):
        return None
    if name != found["name"]:
        return None
    return Introduction(person_name(name), found["rest"].strip(" ,.;:!"))


def introduced(said: str, session: Session, reader: Reader) -> str:
    """Who says their name with this utterance, in whatever language; "" when nobody does.

    Asked before anything else is read: whose turn it is decides what may be read for it.
    """
    if session.has_recognised:  # "it's Yesterday" is about the music
        return ""
    known = frozenset(fold(name) for name in (session.speaker, *session.threads) if name)
    found = introduction(said, reader.names, known=known)
    begins = _CLAUSE.split(said.strip(), maxsplit=1)[0]
    if found is None and len(begins.split()) <= _INTRODUCES:
        english = reader.translate(begins, preferred=session.language).parts[0].english
        found = introduction(english, reader.names, known=known)
    return "" if found is None else found.name


def aside(text: str, wish_of: Callable[[str], MusicWish], *, beside: bool = False) -> str:
    """The wish that holds from now on in "my kids are asleep, so nothing loud"; else "".

    Args:
        text: what was said.
        wish_of: understands a wish in words.
        beside: it was said beside a request: then "nothing loud" alone is one, too.
    """
    for pattern in (_KEPT, _BECAUSE, _AFTER, *((_ALONE,) if beside else ())):
        if found := pattern.match(text.strip(" .!")):
            wish = found["wish"].strip()
            return wish if described(wish_of(wish)) else ""
    return ""


def ends_asides(text: str) -> bool:
    """Whether it says that what was asked for in passing no longer holds."""
    return _OVER.search(fold(text)) is not None


def keep_aside(request: Request) -> Plan | None:
    """Keep a wish for the rest of the conversation, or let go of those; None for anything else."""
    session = request.session
    if session.asides and ends_asides(request.text):
        say = Say("aside-over", english="All right, anything goes again")
        return Plan(say=say, remember={"asides": ()})
    wish = aside(request.text, request.turn.services.wish_of)
    if not wish:
        return None
    kept = tuple(dict.fromkeys((*session.asides, wish)))[-MAX_ASIDES:]
    say = Say("aside-kept", {"wish": wish}, english=f"For now: {wish}")
    return Plan(say=say, remember={"asides": kept})


def speaker(request: Request) -> Plan:
    """Go on with the thread of whoever says who they are; or tell who is speaking."""
    name = person_name(request.meaning.first("person") or "")
    if not name:
        known = request.session.speaker
        if not known:
            return Plan(
                say=Say("speaker-unknown", english='I do not know. Say "this is", and your name')
            )
        return Plan(say=Say("speaker-is", {"name": known}, english=f"You are {known}"))
    return greeted(name)


def greeted(name: str) -> Plan:
    """Greet the person who speaks from now on."""
    return Plan(
        say=Say("speaker-hello", {"name": name}, english=f"Hello, {name}"),
        remember={"speaker": name},
        intent="speaker",
    )


def verbosity(request: Request) -> Plan:
    """Say less, or more, from now on."""
    amount = request.meaning.first("amount") or "normal"
    words = {
        "less": "Okay, short",
        "more": "Gladly, I will tell you more",
        "normal": "All right, as usual",
    }
    kept = "" if amount == "normal" else amount
    say = Say(f"verbosity-{amount}", english=words.get(amount, words["normal"]))
    return Plan(say=say, remember={"verbosity": kept})


def say_again(request: Request) -> Plan:
    """The last reply, word for word."""
    said = [each.text for each in request.session.messages if each.role == "assistant"]
    return Plan(say=said[-1] if said else talk.HELP)


_SMALL_TALK = {
    "who": "I am Refrain, the music assistant of this house. What would you like to hear?",
    "how": "Very well, thank you. Shall I put something on?",
    "joke": "I know a song about everything, but no jokes. Shall I play something funny?",
    "sing": "I leave the singing to the ones who can. Whom would you like to hear?",
    "taste": "Whatever makes you stay until the last note. What shall I play?",
    "praise": "Thank you. That is music to me.",
    "blame": 'I am sorry. Say "undo", or tell me what you meant.',
}


def small_talk(request: Request) -> Plan:
    """Answer briefly and come back to music."""
    about = request.meaning.first("about") or "who"
    about = about if about in _SMALL_TALK else "who"
    return Plan(say=Say(f"small-talk-{about}", english=_SMALL_TALK[about]))
