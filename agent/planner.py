"""What the offline model does about a request: which tools to call, or what to say.

Pure decisions: nothing is looked up in the library and nothing is changed here. A plan is one tool
call, seldom two; what follows from its result is decided by the tool and worded by `reply`.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from agent import asking, references, rooms_abroad, talk
from agent.compound import is_known, spans
from agent.hesitation import fluent
from agent.parts import requests_in
from agent.plain import acknowledges
from agent.plans import (
    albums,
    correcting,
    facts,
    finding,
    following,
    humming,
    library,
    listening,
    playing,
    rooms,
    speaking,
    spotify,
    tastes,
    timers,
    wishes,
)
from agent.plans.answering import answer
from agent.plans.request import Request, call
from agent.plans.settling import settled
from agent.plans.titles import by_name
from agent.pointing import point
from agent.replies.message import Reply
from agent.transport import transport_call
from agent.turn import Call, Plan, Turn
from agent.understanding import DialogueContext, Intent, Part, Translation, Understanding
from agent.understanding.gazetteer import Gazetteer
from agent.understanding.pivot.identification import english_share
from agent.understanding.spotify import abroad as spotify_abroad
from knowledge.folding import fold
from knowledge.wish import MusicWish
from tools.players.player import PlaybackStatus

_ENGLISH = 0.4
"""Share of small English words from which on a request is English."""
_PLAYED = re.compile(r"^(?:please )?play (?P<name>.+?)[ .!]*$", re.IGNORECASE)


class Understands(Protocol):
    """Turns words into an intent with slots, in milliseconds."""

    @property
    def names(self) -> Gazetteer: ...

    def translate(
        self, text: str, context: DialogueContext | None = None, *, preferred: str = "en"
    ) -> Translation: ...

    def understand(
        self, text: str, context: DialogueContext | None = None, *, english: bool = False
    ) -> Understanding: ...

    def command(self, text: str, context: DialogueContext | None = None) -> Intent | None: ...


class Planner:
    """Makes a plan for a turn."""

    def __init__(self, understander: Understands) -> None:
        self._understander = understander

    def read(self, turn: Turn) -> Translation:
        """Tell the language of `turn.text` and the English requests that it means."""
        context, before = self._context(turn), turn.session.language
        if acknowledges(turn.text):  # "mm" is no word of any language
            return Translation("en", (Part(turn.text, "uh huh"),))
        said = self._understander.translate(turn.text, context, preferred=before)
        names = self._understander.names

        def translate(text: str, code: str) -> Translation:
            return self._understander.translate(text, context, preferred=code)

        if (on_spotify := spotify_abroad(turn.text, said, translate)) is not None:
            return on_spotify
        if (there := self._in_rooms(turn, said, context)) is not None:
            return there
        if said.language == "en":
            return said
        played = _PLAYED.match(turn.text)
        if played is not None and before == "en" and is_known(played["name"], names):
            return Translation("en", (Part(turn.text, turn.text),))  # "play Clair de Lune"
        # "Um" is a word of Portuguese, and a hesitation.
        plain = fluent(turn.text, lambda text: spans(text, names))
        again = self._understander.translate(plain, context, preferred=before)
        return again if again.language == "en" else said

    def _in_rooms(
        self, turn: Turn, said: Translation, context: DialogueContext
    ) -> Translation | None:
        """The request, when it names a room in another language than English."""
        house = turn.services.rooms
        if house is None or not house.several:
            return None
        english = said.language == "en" and turn.session.language == "en"
        if english and english_share(turn.text) >= _ENGLISH:
            return None

        def steers(text: str) -> bool:
            meaning = self._understander.understand(text, context, english=True)
            return meaning.source == "grammar" and meaning.intent in rooms_abroad.STEERING

        return rooms_abroad.in_rooms(
            turn.text,
            said,
            house.names,
            self._understander.names,
            lambda text, code: self._understander.translate(text, context, preferred=code),
            steers,
        )

    def plan(self, turn: Turn) -> Plan:
        """Decide what to do about `turn.text`, of several requests about the first."""
        said, context = turn.said or self.read(turn), self._context(turn)
        asked = requests_in(said, turn.session, context, self._understander, turn.services.wish_of)
        first, *rest = asked.parts
        plan = self._one(turn, first, context)
        return replace(plan, rest=tuple(rest), left=asked.left, words=first.original)

    def next(self, turn: Turn, before: Plan) -> Plan:
        """Decide about the request that follows `before` in the same sentence.

        It is planned when the one before it is done, so that "play it" finds what that made.
        """
        part, *rest = before.rest
        plan = _after_playing(before, self._one(turn, part, self._context(turn)))
        return replace(plan, rest=tuple(rest), left=before.left, words=part.original)

    @staticmethod
    def _context(turn: Turn) -> DialogueContext:
        session, playback = turn.session, turn.services.playback
        return DialogueContext(
            has_results=bool(session.results),
            awaiting_choice=session.question is not None,
            is_playing=playback.state.status is PlaybackStatus.PLAYING,
            is_paused=playback.state.status is PlaybackStatus.PAUSED,
            can_recognise=turn.services.recognition is not None,
            has_recognised=session.speaks_of_recognising,
            last_intent=_intent(session.last_intent),
            result_names=tuple(result.title for result in session.results),
        )

    def _one(self, turn: Turn, part: Part, context: DialogueContext) -> Plan:
        if (on_spotify := spotify.asked(part)) is not None:
            return on_spotify
        there = rooms.asked(
            turn,
            part,
            self._understander.names,
            lambda there, left: self._one(there, left, self._context(there)),
        )
        if there is not None:
            return there
        text = part.english
        if acknowledges(text) and (nodded := _acknowledged(turn)) is not None:
            return nodded
        meaning = self._understander.understand(text, context, english=True)
        current = turn.services.playback.queue.current
        closed = meaning.source == "grammar" and meaning.intent in _CLOSED
        request = Request(
            turn,
            text,
            meaning,
            point(text, listed=len(turn.session.results)),
            current.track if current is not None else None,
            MusicWish() if closed else turn.services.wish_of(asking.without_no(part.original)),
            part.original if part.original != text else "",
        )
        guessed = meaning.source == "classifier" and meaning.intent is Intent.SLEEP_TIMER
        if guessed and asking.begins_with_play(text) and request.wishes:
            request = replace(request, meaning=replace(meaning, intent=Intent.PLAY))
        if text.startswith(correcting.UNDO):
            undoing = library.undo(request, only=text.removeprefix(correcting.UNDO))
            return replace(undoing, intent=str(Intent.UNDO))
        plan: Plan | None = speaking.keep_aside(request) or answer(request) or facts.asked(request)
        plan = plan or timers.asked(
            request,
            self._understander.names,
            lambda music: self._one(turn, Part(music, music), context),
        )
        plan = plan or by_name(request, self._understander.names)
        if plan is None and (plan := following.asked(request)) is not None:
            text = ""  # a fragment is nothing that could be corrected by itself
        plan = plan or (
            humming.asked(request)
            or listening.follow_up(request)
            or library.of_focus(request)
            or library.queue_move(request)
            or albums.asked(request)
        )
        if plan is None and (plan := wishes.wished(request)) is not None and _changes(plan):
            text = ""
        if plan is None and _is_name(request):
            plan = call("play_music", query=asking.leftover(text) or text)
        plan = plan or _PLANS.get(_corrected(request), out_of_scope)(request)
        plan = settled(plan, request)
        intent = plan.intent or str(meaning.intent)
        return replace(plan, intent=intent, confidence=meaning.confidence, request=text)


def _acknowledged(turn: Turn) -> Plan | None:
    """Nothing is done about "mhm", but for an offer that it accepts."""
    if turn.session.question is not None:
        return None
    return Plan(say=talk.GLAD, intent=str(Intent.THANKS))


def _changes(plan: Plan) -> bool:
    """Whether it changes a wish: "a bit slower" says nothing by itself."""
    return any("also" in call.arguments for call in plan.calls)


def _after_playing(before: Plan, plan: Plan) -> Plan:
    """Put the second of "play Take Five and then play Suzanne" after the first."""
    played = [*before.calls, *([before.then] if before.then else [])]
    if not played or played[-1].tool != "play_music" or "numbers" in played[-1].arguments:
        return plan
    calls = tuple(_added(call) for call in plan.calls)
    return replace(plan, calls=calls, then=_added(plan.then) if plan.then else None)


def _added(call: Call) -> Call:
    first = call.tool == "play_music" and call.arguments.get("mode", "now") == "now"
    return Call(call.tool, {**call.arguments, "mode": "add"}) if first else call


def _corrected(request: Request) -> Intent:
    """The intent, unless the first word of the request contradicts it: "play ..." plays."""
    intent, text = request.meaning.intent, request.text
    if intent is Intent.SEARCH and asking.wants_sound(text) and not request.wishes:
        return Intent.PLAY
    guessed = request.meaning.source == "classifier" and intent in _VOLUME
    if guessed and asking.begins_with_play(text) and not _PLAY_IT.match(fold(text)):
        return Intent.PLAY  # "play Louder Than Bombs"
    if intent is Intent.ADD_TO_PLAYLIST and asking.begins_with_play(text) and "list" not in text:
        return Intent.PLAY
    if intent in _LIKING and asking.would_like(text):
        return Intent.PLAY  # "I'd like some Queen" is no remark about one's taste
    if asking.wants_deletion(text) and intent not in _REMOVING:
        named = request.turn.services.playlists.named(asking.without_deletion(text))
        known = named is not None or intent is Intent.SHOW_PLAYLISTS
        return Intent.DELETE_PLAYLIST if known else Intent.OUT_OF_SCOPE
    said = fold(text)
    if intent is Intent.OUT_OF_SCOPE and said.startswith("do i have "):
        return Intent.SEARCH
    if intent is Intent.OUT_OF_SCOPE and listening.asks_for_recognised(text):
        return Intent.HISTORY_QUERY
    return intent


_VOLUME = frozenset({Intent.VOLUME_UP, Intent.VOLUME_DOWN, Intent.VOLUME_MUTE})
_PLAY_IT = re.compile(
    r"^.*\bplay(?:ing)? (?:it|this|that|the|my|music|some|something|everything|all|a|more|them)\b"
)
_RADIO = frozenset({"radio", "station", "stations", "fm", "am", "channel", "broadcast"})


def _is_name(request: Request) -> bool:
    """Whether numbers were taken for a station or a place of a list that is none here."""
    intent = request.meaning.intent
    if request.meaning.source != "classifier" or not asking.begins_with_play(request.text):
        return False
    if intent is Intent.PLAY_RADIO:
        return not _RADIO & set(fold(request.text).split())
    return intent is Intent.SELECT_RESULT and not request.session.results


def _intent(value: str) -> Intent | None:
    return Intent(value) if value in Intent._value2member_map_ else None


_CLOSED = frozenset(
    {
        *(Intent.PAUSE, Intent.RESUME, Intent.STOP, Intent.NEXT, Intent.PREVIOUS, Intent.SEEK),
        *(Intent.VOLUME_SET, Intent.VOLUME_UP, Intent.VOLUME_DOWN, Intent.VOLUME_MUTE),
        *(Intent.VOLUME_UNMUTE, Intent.REPEAT, Intent.CONFIRM, Intent.DENY, Intent.CANCEL),
        *(Intent.SELECT_RESULT, Intent.QUEUE_SHOW, Intent.QUEUE_CLEAR, Intent.UNDO),
        *(Intent.HELP, Intent.GREETING, Intent.THANKS),
        *(Intent.MOVE_MUSIC, Intent.SHOW_ROOMS),
        *(Intent.SLEEP_TIMER, Intent.ALARM_SHOW, Intent.ALARM_CANCEL),
    }
)
"""Commands that wish for nothing: their words need not be read a second time."""
_LIKING = frozenset({Intent.LIKE, Intent.WANT_MORE})
_REMOVING = {
    Intent.DELETE_PLAYLIST,
    Intent.REMOVE_FROM_PLAYLIST,
    Intent.QUEUE_REMOVE,
    Intent.QUEUE_CLEAR,
    Intent.DISLIKE,
    Intent.LIKE,
    Intent.UNDO,
    Intent.CANCEL,
    Intent.FORGET_HEARD,
    Intent.RESET_TASTE,
    Intent.FORGET_TASTE,
}


def transport(request: Request) -> Plan:
    playback = request.turn.services.playback
    named = request.named
    idle = playback.state.status is PlaybackStatus.IDLE
    if request.meaning.intent is Intent.RESUME and idle and _speaks_of_found(request):
        return call("play_music", **request.pointed)
    stopped = idle and request.current is not None
    if request.meaning.intent is Intent.RESUME and stopped and request.current is not None:
        return call("play_music", refs=[f"track:{request.current.id}"])
    if request.meaning.intent is Intent.SHUFFLE and named:
        return call("play_music", **named, shuffle=True)
    if request.meaning.intent is Intent.PREVIOUS and _looks_at_list(request):
        return playing.select(request)
    found = transport_call(request.meaning, request.text, playback.state)
    return Plan((found,)) if found is not None else Plan(say=talk.CANNOT_SET)


def _speaks_of_found(request: Request) -> bool:
    """Whether "put that back on" is about what was just found or recalled."""
    listing = {"search_music", "recommend_music", "recall_history"}
    return request.session.last_tool in listing and bool(request.pointed)


def _looks_at_list(request: Request) -> bool:
    """Whether "the last one" is the last of a list that was just shown, not the one before."""
    listing = {"search_music", "recommend_music", "recall_history"}
    return request.pointer.numbers == (-1,) and request.session.last_tool in listing


def out_of_scope(request: Request) -> Plan:
    if "volume" in fold(request.text).split():
        return call("control_playback", action="volume")
    number = references.matching_option(request.text, request.session)
    if number is not None and request.session.results:
        return call("play_music", numbers=[number])
    return Plan(say=talk.refuse(request.session.turns))


def _say(words: Callable[[int], Reply]) -> Callable[[Request], Plan]:
    return lambda request: Plan(say=words(request.session.turns))


def _deny(request: Request) -> Plan:
    """Take back a rating in "I like it" - "no, I don't"; else leave things as they are."""
    session = request.session
    rated = session.undo_turn >= session.turns - 1 and session.last_tool == "rate_track"
    if rated and _I_DO_NOT.search(fold(request.text)):
        return replace(library.undo(request), intent=str(Intent.UNDO))
    return Plan(say=talk.leave_it(session.turns))


_I_DO_NOT = re.compile(r"\bi (?:do not|dont|don t)\b")


def _greet(request: Request) -> Plan:
    leaving = {"bye", "goodbye", "night", "later"} & set(fold(request.text).split())
    return Plan(say=(talk.goodbye if leaving else talk.greet)(request.session.turns))


_PLANS: dict[Intent, Callable[[Request], Plan]] = {
    Intent.PLAY: playing.play,
    Intent.PLAY_RADIO: playing.play_radio,
    Intent.PLAY_LIKED: playing.play_liked,
    Intent.PLAY_OTHER_MEDIA: playing.other_media,
    Intent.PLAY_AGAIN: playing.play_again,
    **dict.fromkeys(
        (
            Intent.PAUSE,
            Intent.RESUME,
            Intent.STOP,
            Intent.NEXT,
            Intent.PREVIOUS,
            Intent.SEEK,
            Intent.SHUFFLE,
            Intent.REPEAT,
            Intent.VOLUME_SET,
            Intent.VOLUME_UP,
            Intent.VOLUME_DOWN,
            Intent.VOLUME_MUTE,
            Intent.VOLUME_UNMUTE,
        ),
        transport,
    ),
    Intent.PLAY_SETTING: lambda _: Plan(say=talk.CANNOT_SET),
    Intent.WHAT_IS_PLAYING: finding.what_is_playing,
    Intent.IDENTIFY_AUDIO: listening.identify,
    Intent.EXPLAIN_RECOGNITION: listening.explain,
    Intent.NAME_TUNE: listening.name_tune,
    Intent.LISTEN: listening.listen,
    Intent.STOP_LISTENING: listening.listen,
    Intent.FORGET_HEARD: listening.forget,
    Intent.HISTORY_QUERY: finding.history,
    Intent.SEARCH: finding.search,
    Intent.RECOMMEND: finding.recommend,
    Intent.SIMILAR_TO: finding.similar,
    Intent.MORE_LIKE: finding.more_by,
    Intent.SEARCH_OTHER_MEDIA: _say(talk.only_music),
    Intent.ADD_TO_PLAYLIST: library.change_playlist("add"),
    Intent.REMOVE_FROM_PLAYLIST: library.change_playlist("remove"),
    Intent.CREATE_PLAYLIST: library.create_playlist,
    Intent.DELETE_PLAYLIST: library.delete_playlist,
    Intent.RENAME_PLAYLIST: library.rename_playlist,
    Intent.SHOW_PLAYLISTS: library.show_playlists,
    Intent.LIKE: library.rate("like"),
    Intent.DISLIKE: library.rate("dislike"),
    Intent.WANT_MORE: tastes.want("more"),
    Intent.WANT_LESS: tastes.want("less"),
    Intent.WANT_NEVER: tastes.want("never"),
    Intent.FORGET_TASTE: tastes.want("forget"),
    Intent.SHOW_TASTE: lambda _: call("rate_track", rating="show"),
    Intent.RESET_TASTE: lambda _: call("rate_track", rating="reset"),
    Intent.EXPLAIN_CHOICE: wishes.explain,
    Intent.QUEUE: playing.queue,
    Intent.QUEUE_SHOW: library.queue_show,
    Intent.QUEUE_CLEAR: lambda _: call("edit_queue", action="clear"),
    Intent.QUEUE_REMOVE: library.queue_remove,
    Intent.UNDO: library.undo,
    Intent.MOVE_MUSIC: rooms.move,
    Intent.SHOW_ROOMS: rooms.show,
    Intent.SELECT_RESULT: playing.select,
    Intent.REJECT_RESULT: playing.reject,
    Intent.REJECT_ALL: playing.reject_all,
    Intent.CONFIRM: playing.confirm,
    Intent.DENY: _deny,
    Intent.CANCEL: _say(talk.leave_it),
    Intent.HELP: _say(talk.offer_help),
    Intent.GREETING: _greet,
    Intent.THANKS: _say(talk.welcome),
    Intent.SPEAKER: speaking.speaker,
    Intent.VERBOSITY: speaking.verbosity,
    Intent.SMALL_TALK: speaking.small_talk,
    Intent.SAY_AGAIN: speaking.say_again,
}
