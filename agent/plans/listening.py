"""Requests about what sounds around the user, and about what was recognised of it."""

import re
from typing import Any

from agent import references, talk
from agent.phrases import word_set
from agent.plans import humming
from agent.plans.request import Request, call
from agent.pointing import only_points, point
from agent.session import RECOGNIZE
from agent.turn import Plan
from agent.understanding import Intent
from knowledge.folding import fold
from knowledge.times import past_time, seconds_ago
from tools.context import Listening
from tools.hearing import CLIP_S
from tools.players.player import PlaybackStatus

_AROUND = re.compile(
    r"\b(?:around (?:me|us|here)|nearby|next door|outside|over there|out there|"
    r"in (?:the|this) (?:background|room|bar|cafe|coffee shop|shop|store|restaurant|street|club|"
    r"pub|gym|supermarket|lobby|elevator|lift|film|movie|show)|"
    r"on (?:the )?(?:tv|television|telly|radio|stream))\b"
)
_PLACE = re.compile(
    r"\b(?:in|at|on) (?:the |my |our |this |that )"
    r"(?!(?:last|past|morning|afternoon|evening|night|weekend|history|log|list|queue|background)\b)"
    r"(\w+(?: room| shop)?)\b"
)
_HEARING = word_set(
    "hear heard hearing recognise recognize recognised recognized identify identified shazam "
    "shazamed"
)
_DETAILS = word_set(
    "who whose album record artist band singer sings sang singing wrote composed composer year "
    "when old released made performs plays"
)
_WRONG = re.compile(
    r"^(?:(?:no|nope|nah|sorry|hmm?|well|actually|but|oh|i think) )*"
    r"(?:(?:thats|that is|that was|this is|its|it is|it was|that|it|youre|you are) )?(?:really )?"
    r"(?:no|nope|nah|wrong|incorrect|mistaken|isnt(?: it)?|wasnt(?: it)?|a mistake|another song|"
    r"something else|not (?:it|that|this|right|correct|true|the (?:one|song|track|right one))|"
    r"the wrong (?:song|one|track|title))$"
)
_IT_IS = re.compile(
    r"^(?P<not_that>(?:(?:no|nope|nah|wrong|actually|sorry|oh no|not at all|thats wrong|"
    r"thats not it|thats not right|that is wrong) )*)"
    r"(?:(?:oh|ah|well|yes|i think|i know it|i believe) )*"
    r"(?P<is>it is|its|it was|that is|thats|that was|this is|this was|it should be|it must be|"
    r"the (?:song|tune|track) (?:is|was)|call (?:it|that|this)|name (?:it|that|this))"
    r"(?P<called>(?: really| actually| the (?:song|tune|track))*(?: called| named)?) (?P<title>.+?)"
    r"(?: (?:and )?not .+)?$"
)
_NAMING = re.compile(r"^(?:call|name)\b")
_NO_TITLE = word_set(
    "wrong right correct good great nice lovely beautiful awful bad terrible loud quiet fine ok "
    "okay cool enough all true wonderful amazing perfect it not over nothing too so very really"
)
_ARTICLES = word_set("a an my so very")
_USING = frozenset(
    {
        *(Intent.PLAY, Intent.SELECT_RESULT, Intent.PLAY_AGAIN, Intent.QUEUE, Intent.LIKE),
        *(Intent.DISLIKE, Intent.ADD_TO_PLAYLIST, Intent.SIMILAR_TO, Intent.MORE_LIKE),
    }
)
"""Intents that act on the thing that "it" is."""


def follow_up(request: Request) -> Plan | None:
    """What is said about the last recognition: "that's wrong", "it was Take Five", "play it"."""
    if not request.session.has_recognised:
        return None
    said = fold(request.text)
    named = bool(request.session.recognised.get("recognised"))
    if named and _WRONG.match(said):
        return call(RECOGNIZE, action="correct")
    match = None if request.meaning.intent is Intent.NAME_TUNE else _IT_IS.match(said)
    if match is not None and _names(match, request):
        return _it_was(request, match["title"])
    return None if request.named else _unusable(request)


def _names(match: re.Match[str], request: Request) -> bool:
    """Whether "it is ..." names a recording: "it is raining" and "that was great" do not."""
    words = match["title"].split()
    sure = bool(match["not_that"]) or "called" in match["called"] or "named" in match["called"]
    sure = sure or " by " in match["title"] or _NAMING.search(match["is"]) is not None
    opinion = all(word in _NO_TITLE for word in words)
    if opinion or (not sure and (_NO_TITLE & set(words[:3]) or words[0] in _ARTICLES)):
        return False
    if sure:
        return True
    nameless = not request.session.recognised.get("recognised")
    written = " ".join(request.text.split()[-len(words) :])
    titled = len(words) > 1 or written != written.lower()  # "that was fast" is no title
    return nameless and titled and match["is"] not in {"it is", "its"}


def _it_was(request: Request, title: str) -> Plan | None:
    """A correction, or the name of what had none."""
    action = "correct" if request.session.recognised.get("recognised") else "name"
    pointer = point(title, listed=len(request.session.results))
    if pointer.numbers or pointer.other:
        chosen = references.pointed(pointer, request.session, None)
        return call(RECOGNIZE, action="correct", **chosen) if chosen else None
    if only_points(title):
        return None
    return call(RECOGNIZE, action=action, **_as_written(request.text, title))


def _as_written(text: str, folded: str) -> dict[str, Any]:
    """The title with its capitals and accents, and the artist after "by"."""
    words = text.split()
    length = len(folded.split())
    ends = range(len(words), 0, -1)
    spans = (" ".join(words[end - length : end]).strip(" .!?,\"'") for end in ends if end >= length)
    written = next((span for span in spans if fold(span) == folded), folded)
    title, by, artist = written.rpartition(" by ")
    return {"title": title, "artist": artist} if by and title else {"query": written}


def _unusable(request: Request) -> Plan | None:
    """Refuse "play it" when nothing was named or it is not here: no other song is "it"."""
    recognised = request.session.recognised
    if "track_id" in recognised or request.meaning.intent not in _USING:
        return None
    if request.pointer.kind not in {"track", "album", "artist"} or request.wishes:
        return None
    if plan := humming.undecided(request):
        return plan
    return Plan(say=talk.NOT_IN_LIBRARY if recognised.get("recognised") else talk.NO_NAME_YET)


def identify(request: Request) -> Plan:
    """Name what sounds, sounded a moment ago, or is in the clip that came with the request."""
    moment = request.meaning.first("moment") or "now"
    if moment == "just_now" and _plays(request) and not _around(request):
        return call("recall_history", before_current=True, limit=1)
    arguments: dict[str, Any] = {} if moment == "now" else {"moment": moment}
    ago = seconds_ago(request.text)
    if ago is not None:
        arguments = {"ending_s_ago": max(0.0, ago - CLIP_S / 2)}
    return call(RECOGNIZE, **arguments)


def surroundings(request: Request) -> Plan | None:
    """The plan when "what is playing?" is about the room and not about our own player."""
    services = request.turn.services
    if services.recognition is None or request.meaning.first("playlist"):
        return None
    said = set(fold(request.text).split())
    if request.session.has_recognised and said & _DETAILS and _is_about_it(request, said):
        return call(RECOGNIZE, action="last")
    if _around(request) or _has_clip(request):
        return identify(request)
    listens = _listening(request) is not Listening.OFF
    pointing = bool(said & {"this", "that", "it"})
    return identify(request) if not _plays(request) and (pointing or listens) else None


def looking_back(request: Request) -> Plan | None:
    """Answer "what was playing 30 seconds ago?" from the sound that is kept."""
    ago = seconds_ago(request.text)
    if request.turn.services.recognition is None or ago is None:
        return None
    clips = request.turn.services.clips
    held = clips.held_s(request.session.id) if clips is not None else 0.0
    if ago >= held or (_plays(request) and not _around(request)):
        return None
    return identify(request)


def heard(request: Request) -> dict[str, Any]:
    """Arguments of `recall_history` when it asks what was heard, not what was played."""
    if request.turn.services.recognition is None:
        return {}
    said = fold(request.text)
    words = set(said.split())
    place = _place(said)
    around = _around(request)
    if not words & _HEARING and (not around or "played" in words):
        return {}
    arguments: dict[str, Any] = {"kind": "heard", **({"place": place} if place else {})}
    # "What did I hear?" may mean what was played here; "what did you recognise?" does not.
    if words & {"hear", "heard"} and not place and not around:
        arguments["also_played"] = True
    return arguments


def explain(_request: Request) -> Plan:
    return call(RECOGNIZE, action="last")


def name_tune(request: Request) -> Plan:
    """Do "name that unknown tune Blue Dawn"."""
    title = request.meaning.first("title")
    if not title:
        return Plan(say=talk.WHICH_NAME)
    return call(RECOGNIZE, action="name", **_as_written(request.text, fold(title)))


def listen(request: Request) -> Plan:
    return call(RECOGNIZE, action=str(request.meaning.intent))


def forget(request: Request) -> Plan:
    """Take one thing, or what was heard at some time, out of the list."""
    arguments: dict[str, Any] = {}
    when = request.meaning.first("time")
    if when and past_time(when, request.turn.services.clock()) is not None:
        arguments["when"] = when
    if place := _place(fold(request.text)):
        arguments["place"] = place
    return call(RECOGNIZE, action="forget", **arguments)


def asks_for_recognised(text: str) -> bool:
    """Whether it asks what was recognised: such words are about nothing else."""
    words = fold(text).split()
    asking = words[:1] and words[0] in {"what", "which", "show", "list"}
    return bool(asking and {"recognise", "recognize", "recognised", "recognized"} & set(words))


def _is_about_it(request: Request, said: set[str]) -> bool:
    """Whether "who sings that?" means what was recognised, although something may be playing."""
    return not _plays(request) or "this" not in said


def _place(said: str) -> str:
    found = [match[1] for match in _PLACE.finditer(said)]
    if "on tv" in said:
        return "tv"
    return found[0] if found else ("radio" if re.search(r"\bon (?:the )?radio\b", said) else "")


def _around(request: Request) -> bool:
    return _AROUND.search(fold(request.text)) is not None


def _plays(request: Request) -> bool:
    return request.turn.services.playback.state.status is PlaybackStatus.PLAYING


def _has_clip(request: Request) -> bool:
    clips = request.turn.services.clips
    return clips is not None and bool(clips.given(request.session.id))


def _listening(request: Request) -> Listening:
    clips = request.turn.services.clips
    return Listening.OFF if clips is None else clips.can_listen(request.session.id)
