"""A turn that corrects the one before: what it takes back, and what was meant instead."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from agent import repairs
from agent.compound import is_known
from agent.phrases import word_set
from agent.pointing import only_points, point
from agent.references import matching_option
from agent.session import Session
from agent.understanding import Intent, Understanding
from agent.understanding.gazetteer import Gazetteer
from knowledge.folding import fold

Read = Callable[[str], Understanding]

UNDO = "undo only "
"""Before the name of a tool: what a correction takes back is what that tool did."""
_CLOSED = 0.99
_VOLUME = frozenset({Intent.VOLUME_UP, Intent.VOLUME_DOWN})
_TOOLS = {
    **dict.fromkeys(_VOLUME, "control_playback"),
    **dict.fromkeys(
        (Intent.ADD_TO_PLAYLIST, Intent.REMOVE_FROM_PLAYLIST, Intent.CREATE_PLAYLIST),
        "manage_playlists",
    ),
    **dict.fromkeys(
        (Intent.LIKE, Intent.DISLIKE, Intent.WANT_LESS, Intent.WANT_MORE, Intent.WANT_NEVER),
        "rate_track",
    ),
    **dict.fromkeys((Intent.QUEUE, Intent.QUEUE_REMOVE), "edit_queue"),
    **dict.fromkeys((Intent.SLEEP_TIMER, Intent.ALARM_SET), "set_timer"),
}
"""What a new request of this kind replaces of the old one, if that did it."""
_POLITE = frozenset({Intent.GREETING, Intent.THANKS, Intent.HELP, Intent.SMALL_TALK})
"""What a name such as "Morning" may look like."""
_ANSWERS = frozenset({Intent.DENY, Intent.CANCEL, Intent.CONFIRM, Intent.REJECT_ALL})
_FOLLOWS = re.compile(
    r"^(?:(?:and|or|also|ok|okay|so|oh)[, ]+)*"
    r"(?:what about|how about|and what about|and|or|same|also)"
    r"\b[, ]*(?P<rest>.+?)(?: too| as well| also)?[?.! ]*$",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"^(?:and |now |do |play |give me )*(?:(?:exactly |just )?the same(?: thing| again| one)?|"
    r"same(?: thing| again)?|that again|"
    r"like that)[, ]+(?:but |only |just |and |except )*(?P<rest>.+?)[?.! ]*$",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"^(?:by|from|in|of|with|for|the|her|his|their|its|some|something|my|last|yesterday|today|this|"
    r"on|at|without|before|after|only|just)\b"
)
_TIME = word_set(
    "yesterday today morning afternoon evening night week month year weekend summer winter spring "
    "autumn fall monday tuesday wednesday thursday friday saturday sunday dinner lunch breakfast "
    "january february march april may june july august september october november december hour "
    "minutes hours days weeks"
)
_PERSONAL = word_set("you me we i")


@dataclass(frozen=True, slots=True)
class Revised:
    """What was meant."""

    text: str
    takes_back: str = ""
    """The tool whose work in the last turn is to be undone first; "" when none is."""


def revised(
    text: str,
    session: Session,
    read: Read,
    opens: repairs.Opens,
    names: Gazetteer,
) -> Revised | None:
    """The request that a correction or a fragment stands for; None when it stands for itself.

    Args:
        text: what was said: "no, I meant the album", "and by Miles Davis?".
        session: with the request before.
        read: says what words ask for.
        opens: tells whether words are a request by themselves.
        names: of the library.
    """
    if session.has_recognised:
        return None
    if (fact := _FACT.match(text.strip())) is not None and session.last_tool == "now_playing":
        return Revised(_FACTS[fact["fact"].lower()])
    return _correction(text, session, read, opens, names) or _fragment(
        text, session, read, opens, names
    )


def _correction(
    text: str, session: Session, read: Read, opens: repairs.Opens, names: Gazetteer
) -> Revised | None:
    before = session.last_request
    if pair := repairs.said_not(text):
        new, old = pair
        meant = before and (
            repairs.exchanged(before, new, old) or repairs.replaced(before, new, names)
        )
        return _checked(meant, session, read) if meant and not _points(new, session) else None
    rest = repairs.corrected(text)
    rest = _THE_ONE.sub("", rest) if before else rest
    if not rest or _points(rest, session):
        return None
    kind = repairs.kind_named(rest)
    if kind and (session.last_intent in _CHOSE or _only_a_song(before, kind, names)):
        return Revised(f"play that {kind}")  # what was chosen is no name that a kind could go with
    if _NOT_THE_LIST.search(fold(text)):
        rest = f"to {rest}"
    if repairs.is_number(rest) and session.last_intent in _COUNTED:
        return _checked(repairs.replaced(before, rest, names), session, read)
    if before and _PLACED.match(rest):  # "no, at ten", "no, to Road Trip"
        return _checked(repairs.replaced(before, rest, names), session, read)
    whole = read(text)
    closed = whole.source == "grammar" and whole.confidence >= _CLOSED
    meaning = read(rest)
    if opens(rest) and not (meaning.intent in _POLITE and names.named(rest)):
        return Revised(rest, _replaces(meaning.intent, session))
    if (closed and not names.named(rest)) or not before or whole.intent in _ANSWERS:
        return None
    return _checked(repairs.replaced(before, rest, names), session, read)


def _only_a_song(before: str, kind: str, names: Gazetteer) -> bool:
    """Whether no album is called as what was asked for: then the one it is from is meant."""
    found = _TITLED.match(before)
    known = {each.kind for each in names.named(found["title"])} if found is not None else set()
    return kind == "album" and "track" in known and "album" not in known


_TITLED = re.compile(r"^(?:please )?(?:play|put on) (?P<title>.+?)(?: by .+)?$", re.IGNORECASE)


def _fragment(
    text: str, session: Session, read: Read, opens: repairs.Opens, names: Gazetteer
) -> Revised | None:
    """Complete "and by Miles Davis?" and "the same but from the eighties"."""
    before = session.last_request
    if not before:
        return None
    if same := _SAME.match(text.strip()):
        return _further(_added(before, same["rest"], names), read)
    if beside := _narrower(text, session) or _beside(text.strip(" .?!"), names):
        return _further(beside, read)
    found = _FOLLOWS.match(text.strip())
    if found is None or opens(found["rest"]):
        return None
    rest = found["rest"].strip()
    words = fold(rest).split()
    if not words or _PERSONAL & set(words[:1]) or len(words) > _MOST_WORDS:
        return None
    point_at = point(rest, listed=len(session.results))
    if point_at.other or (point_at.numbers and point_at.kind not in {"artist", "album"}):
        return None
    if _TIME & set(words) and (timed := _with_time(before, rest)):
        return _further(timed, read)
    if not (_CONTINUES.match(fold(rest)) or is_known(rest, names)):
        return None
    meant = repairs.replaced(before, rest, names)
    if fold(meant) == fold(rest) and session.last_intent in _KNOWING:
        meant = f"show me {rest}"
    return _further(meant, read)


_FACTS = {
    "album": "what album is this from",
    "record": "what album is this from",
    "year": "what year is this from",
    **dict.fromkeys(("artist", "singer", "band"), "who sings this"),
    **dict.fromkeys(("title", "name", "song"), "what is this song called"),
    "label": "what label is this on",
}
_FACT = re.compile(
    rf"^(?:and|what about|and what about|how about|ok and|what's|what is) (?:the|its|it's) "
    rf"(?P<fact>{'|'.join(_FACTS)})(?: then| again| called)?[?.! ]*$",
    re.IGNORECASE,
)
_OTHER_BY = re.compile(
    r"^(?:(?:no|or|wait|and|ok|oh)[, ]+)*(?:play )?(?:the|some) other (?P<name>.+?)"
    r"(?: (?:one|song|track|album|songs|stuff|tune))?$",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"^(?:and[, ]+)?(?:then|next|after (?:that|this)(?: one)?|afterwards|later|at the end)[, ]+"
    r"(?:please |comes? |i want |put )*(?P<name>.+)$",
    re.IGNORECASE,
)
_OTHER_OF = re.compile(
    r"^(?:(?:no|or|wait|and|ok|oh|play|put on)[, ]+)*(?:the|that) other (?P<name>.+)$",
    re.IGNORECASE,
)
_TO_FINISH = re.compile(
    r"^(?:(?:and|then|plus|also)[, ]+)*(?P<name>.+?) "
    r"(?:to (?:finish|end|close|round (?:it|things) off)(?: with| off)?|at the (?:very )?end|last|"
    r"(?:right )?after (?:that|this)(?: one)?)$",
    re.IGNORECASE,
)


_ONLY_FROM = re.compile(
    r"^(?:(?:and|but|ok|no|just|only|rather) )+(?:(?:the|his|her|their|some) )?"
    r"(?:stuff|things|ones|songs|music|tracks|albums)? ?(?P<when>from .+)$",
    re.IGNORECASE,
)


def _narrower(text: str, session: Session) -> str:
    """The request before with "only stuff from the fifties", said of an artist; else ""."""
    found = _ONLY_FROM.match(text.strip(" .?!"))
    if found is None or session.last_tool != "play_music":
        return ""
    return f"{session.last_request.rstrip(' .?!')} {found['when']}"


def _other_of_a_name(text: str, names: Gazetteer) -> str:
    """The one other title that begins like the one asked for: "the other Hayloft"; else ""."""
    found = _OTHER_OF.match(text)
    if (
        found is None
        or only_points(text)
        or only_points(found["name"])
        or "track" not in {each.kind for each in names.named(found["name"])}
    ):
        return ""
    begins = f"{fold(found['name'])} "
    others = [track.name for key, track in names.titles() if key.startswith(begins)]
    return others[0] if len(others) == 1 else ""


_CHOSE = frozenset({"select_result", "reject_result", "confirm"})
_KNOWING = frozenset({"search", "show_playlists", "what_is_playing", "history_query"})


_MOST_WORDS = 10
_THE_ONE = re.compile(r"^(?:the|that) (?:one|song|version) (?=(?:by|from) )", re.IGNORECASE)
_PLACED = re.compile(r"^(?:by|to|into|at|from|until|in) \S", re.IGNORECASE)
_COUNTED = frozenset({"volume_set", "seek", "sleep_timer", "alarm_set"})
"""Requests in which a bare number corrects the number there: "no, thirty"."""
_NOT_THE_LIST = re.compile(r"\bnot (?:that|this|the) (?:play)?list\b")


def _beside(text: str, names: Gazetteer) -> str:
    """What "the other Daft Punk one" and "and after that one Suzanne" ask for; "" for others."""
    other = _OTHER_BY.match(text)
    if other is not None and "artist" in {each.kind for each in names.named(other["name"])}:
        return f"play something else by {other['name']}"
    if title := _other_of_a_name(text, names):
        return f"play {title}"
    if (last := _TO_FINISH.match(text)) is not None and is_known(last["name"], names):
        return f"add {last['name']} to the queue"
    then = _THEN.match(text)
    known = then is not None and is_known(then["name"], names)
    return f"add {then['name']} to the queue" if then is not None and known else ""


def _added(before: str, rest: str, names: Gazetteer) -> str:
    """Replace who it is by in "the same by her"; add when in "the same from the eighties"."""
    if fold(rest).startswith(("by ", "to ")):
        return repairs.replaced(before, rest, names)
    return f"{before.rstrip(' .?!')} {rest}"


def _with_time(before: str, rest: str) -> str:
    """Ask "what did I play last week" when it was asked of yesterday before."""
    words = before.rstrip(" .?!").split()
    end = len(words)
    while end and fold(words[end - 1]) in _TIME | _AROUND_TIME:
        end -= 1
    if end == len(words) or not end:
        return ""
    part = _PART_OF_DAY.match(rest)
    if part is not None and _YESTERDAY.search(before):
        rest = f"yesterday {part['part'].lower()}"  # the same day is meant, not today
    return " ".join([*words[:end], rest])


_PART_OF_DAY = re.compile(r"^in the (?P<part>morning|afternoon|evening)$", re.IGNORECASE)
_YESTERDAY = re.compile(r"\b(?:yesterday|last night)\b", re.IGNORECASE)
_AROUND_TIME = word_set("last this in on at the past before after ago two three four five a during")


def _further(meant: str, read: Read) -> Revised | None:
    """What is asked beside the request before: nothing of that is taken back."""
    return Revised(meant) if read(meant).intent is not Intent.OUT_OF_SCOPE else None


def _checked(meant: str, session: Session, read: Read) -> Revised | None:
    meaning = read(meant)
    if meaning.intent in {Intent.OUT_OF_SCOPE, Intent.PLAY_OTHER_MEDIA}:
        return None
    return Revised(meant, _replaces(meaning.intent, session))


def _replaces(intent: Intent, session: Session) -> str:
    """The tool whose work in the last turn stands in the way of what was meant."""
    tool = _TOOLS.get(intent, "")
    recent = session.undo_turn >= session.turns - 1
    return tool if recent and any(each.tool == tool for each in session.undo) else ""


def _points(words: str, session: Session) -> bool:
    """Whether it chooses from the list, which needs no other request."""
    pointer = point(words, listed=len(session.results))
    if pointer.other or pointer.everything:
        return True
    if only_points(words) and not repairs.names_kind(words):
        return True
    if pointer.numbers and session.results:
        return True
    return matching_option(words, session) is not None
