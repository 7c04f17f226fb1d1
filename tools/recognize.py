"""Name what sounds: "what is this?", and what is said about the answer afterwards."""

import asyncio
from typing import Literal

from pydantic import Field

from knowledge.errors import NotHeard, NotInLibrary
from knowledge.folding import fold
from knowledge.models import Track
from knowledge.times import past_time
from tools.clip_naming import ClipKind
from tools.context import Fact, Listening, ToolContext
from tools.heard import HeardWish, forget
from tools.hearing import CANNOT_LISTEN, CLIP_S, RECOGNITION_OFF, Moment, Wish, identify
from tools.humming import HUM
from tools.result import Ambiguous, Failed, Found, NothingFound, ToolResult
from tools.tool import Tool
from tools.wanted import Resolved, Selection, Wanted, Words, find

_TELL_ME = 'If you know it, say "it was", and the title.'
TIMEOUT_S = 40.0
"""A microphone is listened to for up to 30 s before the answer."""
MAX_NAME = 120

_NOTHING_YET = Failed(
    "nothing_recognised",
    "I have recognised nothing in this conversation yet",
    'Ask "what is this?" while the music sounds.',
)


Action = Literal["identify", "last", "correct", "name", "listen", "stop_listening", "forget"]
_ACTIONS = (
    "identify: name what sounds around the user or in a clip. last: the answer given last, with "
    "what speaks for it. correct: it was wrong; with a title or a number, what it really was. "
    "name: what an unknown tune is called (title, artist). listen, stop_listening: keep the last "
    "minutes of sound in memory, or stop. forget: delete from the log of what was heard; only "
    "when the user asks for it"
)


class Recognize(Wanted):
    action: Action = Field("identify", description=_ACTIONS)
    seconds: float = Field(CLIP_S, ge=2, le=30, description="Length of the clip")
    ending_s_ago: float = Field(
        0, ge=0, le=86_400, description='How long ago the clip ended: 25 for "30 seconds ago"'
    )
    moment: Moment = Field(
        "now",
        description='just_now: "what was that?". before_break: music before the last ad or talk. '
        'soon: they will hum now ("I\'ll hum it")',
    )
    kind: ClipKind = Field(
        "any", description="hum: the user hums, whistles or sings the tune themselves"
    )
    clip: Words = Field("", description="Reference of a clip that the user sent, if one is given")
    when: Words = Field("", description='Of forget: words for a past time, such as "today"')
    place: Words = Field("", description='Of forget: only there, such as "kitchen"')


async def recognize(arguments: Recognize, context: ToolContext) -> ToolResult:
    """Recognise a recording, or act on what was recognised."""
    match arguments.action:
        case "identify":
            return await identify(
                Wish(
                    arguments.seconds,
                    arguments.ending_s_ago,
                    arguments.moment,
                    arguments.clip,
                    arguments.kind,
                ),
                context,
            )
        case "last":
            return await asyncio.to_thread(_last, context)
        case "correct":
            return await _correct(arguments, context)
        case "name":
            return await _name(arguments, context)
        case "forget":
            return await _forget(arguments, context)
        case _:
            return await _listen(context, on=arguments.action == "listen")


def _last(context: ToolContext) -> ToolResult:
    """What this conversation recognised last: the same facts, once more."""
    facts = dict(context.recognised)
    if not facts:
        return _NOTHING_YET
    if not facts.get("recognised"):
        reason, step = "I do not know what it was", _TELL_ME
        if "options" in facts:
            reason, step = "I do not know yet which of the tunes it is", 'Say "the first one".'
        what = "that tune" if HUM in facts else "that recording"
        return NothingFound(what, reason=reason, next_step=step, facts=facts)
    track = _track(facts.get("track_id"), context)
    if track is not None and track.year:
        facts["year"] = track.year
    return Found(() if track is None else (track,), {**facts, "again": True})


def _track(track_id: Fact | None, context: ToolContext) -> Track | None:
    try:
        return None if track_id is None else context.services.catalog.track(int(track_id))
    except NotInLibrary:
        return None


async def _correct(arguments: Recognize, context: ToolContext) -> ToolResult:
    """Learn that the last answer was wrong, and what would have been right."""
    last = context.recognised
    if context.services.recognition is None:
        return RECOGNITION_OFF
    if not {"heard_id", "hum_id"} & last.keys():
        return _NOTHING_YET
    found = None if arguments.is_empty else await asyncio.to_thread(find, arguments, context)
    right: Track | None = None
    if isinstance(found, Selection):
        if len(found.tracks) != 1 or found.kind not in {"track", "list"}:
            return Failed("too_much", f"{found.name} is not one track", "Name one song.")
        right = found.tracks[0]
    try:
        await asyncio.to_thread(_learn, right, context)
    except NotHeard:
        return Failed("nothing_recognised", "that is not in the list of what was heard any more")
    if isinstance(found, NothingFound) and not found.nearest:
        return await _called(arguments, context)
    if isinstance(found, NothingFound | Ambiguous):
        return found
    facts: dict[str, Fact] = {"corrected": True, "was_not": str(last.get("recognised", ""))}
    facts |= {key: last[key] for key in ("heard_id", "hum_id", HUM) if key in last}
    if right is not None:
        if right.id == last.get("track_id"):
            del facts["was_not"]
        facts |= {"right": right.title, "artist": right.artist, "track_id": right.id}
        return Found((right,), facts)
    other = await asyncio.to_thread(_track, last.get("alternative_id"), context)
    return Found(() if other is None else (other,), facts)


def _learn(right: Track | None, context: ToolContext) -> None:
    """Note what the last recording or hum was; None: not what was said.

    Raises:
        NotHeard: it is in no list any more.
    """
    last, services = context.recognised, context.services
    heard_id, hum_id = last.get("heard_id"), last.get("hum_id")
    if heard_id is not None and services.recognition is not None:
        services.recognition.correct(int(heard_id), None if right is None else right.id)
    elif hum_id is not None and services.humming is not None and right is not None:
        services.humming.pick(int(hum_id), right.id)


async def _name(arguments: Recognize, context: ToolContext) -> ToolResult:
    """Give the unknown tune that was heard last its name."""
    if context.services.recognition is None:
        return RECOGNITION_OFF
    if context.recognised.get("tune_id") is None:
        if {"heard_id", "hum_id"} & context.recognised.keys():
            return await _correct(arguments, context)
        return _NOTHING_YET
    if arguments.is_empty:
        return Failed("nothing_named", "the name is missing", 'Say "that was Take Five".')
    return await _called(arguments, context)


async def _called(arguments: Recognize, context: ToolContext) -> ToolResult:
    """Name the unknown tune: after a track of the library when there is one called that."""
    recognition, last = context.services.recognition, context.recognised
    if recognition is None:
        return RECOGNITION_OFF
    tune_id = last.get("tune_id")
    title, artist = _title_and_artist(arguments)
    if tune_id is None:  # it was named wrongly, and what it is called is not in the library
        was = str(last.get("recognised", ""))
        hum = {HUM: last[HUM]} if HUM in last else {}
        return Found(facts={"corrected": True, "was_not": was, "missing": title, **hum})
    found = await asyncio.to_thread(find, arguments, context)
    track = _exactly(title, found)
    unknowns = recognition.unknowns
    if track is None:
        await asyncio.to_thread(unknowns.name, int(tune_id), title=title, artist=artist)
        by: dict[str, Fact] = {"artist": artist} if artist else {}
        return Found(facts={"named": title, "in_library": False, **by})
    await asyncio.to_thread(unknowns.name, int(tune_id), track_id=track.id)
    facts: dict[str, Fact] = {"named": track.title, "artist": track.artist, "in_library": True}
    return Found((track,), {**facts, "track_id": track.id})


def _exactly(title: str, found: Resolved) -> Track | None:
    """The one track that is called just that: a name must not become somebody else's."""
    if not isinstance(found, Selection) or len(found.tracks) != 1 or found.kind == "artist":
        return None
    listed = found.kind == "list"  # chosen by number or reference
    return found.tracks[0] if listed or fold(found.tracks[0].title) == fold(title) else None


def _title_and_artist(arguments: Recognize) -> tuple[str, str]:
    title, artist = arguments.title or arguments.query or arguments.album, arguments.artist
    if not artist and " by " in title:
        title, _, artist = title.rpartition(" by ")
    return title[:MAX_NAME], artist[:MAX_NAME]


async def _listen(context: ToolContext, *, on: bool) -> ToolResult:
    """Keep the last minutes of sound, or stop it; only on the user's own words."""
    clips = context.services.clips
    if context.services.recognition is None:
        return RECOGNITION_OFF
    if clips is None:
        return CANNOT_LISTEN
    if on and not context.consent.to_listen():
        return Failed(
            "not_asked_for",
            "you did not ask me to listen",
            'Say "start listening" if you want that.',
        )
    now = await clips.keep_listening(context.session_id, on=on)
    if on and now is not Listening.RING:
        return Failed(
            "not_listening",
            "the microphone cannot be kept on from here",
            "Open the page, allow the microphone, and switch listening on there.",
        )
    return Found(facts={"listening": now is Listening.RING})


async def _forget(arguments: Recognize, context: ToolContext) -> ToolResult:
    span = past_time(arguments.when, context.services.clock()) if arguments.when else None
    wish = HeardWish(span, arguments.words, arguments.place)
    if arguments.when and span is None:
        return Failed("nothing_named", "I do not know that time", 'Say "today" or "last night".')
    heard_id = context.recognised.get("heard_id")
    if span is not None or wish.about or wish.place or context.consent.means_everything():
        heard_id = None
    return await forget(wish, None if heard_id is None else int(heard_id), context)


RECOGNIZE = Tool(
    "recognize",
    "Which recording or tune is this? Names music that sounds around the user (a radio, a bar, a "
    "film) or in a clip they sent, also what sounded half a minute ago or before the ad, and the "
    "tune that they hum, whistle or sing (kind hum). Not for what Refrain itself plays: that is "
    "now_playing. certainty `certain` may be told as a fact, `likely` only with probably; on "
    "ambiguous ask which one, and tell the choice with action correct; on nothing_found name "
    "nothing and tell the reason.",
    Recognize,
    recognize,
    timeout_s=TIMEOUT_S,
)
