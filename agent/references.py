"""The numbered list, and what a conversation points at: "the second one", "her", "that album"."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from agent.events import NumberedResult
from agent.phrases import word_set
from agent.pointing import Pointer
from agent.session import MAX_OFFERED, RECOGNIZE, Focus, Question, Session
from agent.undoing import undo_of
from knowledge.fingerprint.models import Certainty
from knowledge.folding import fold
from knowledge.models import Album, Artist, PlayEvent, Playlist, Track
from tools.context import Fact, Reference, ReferenceKind
from tools.humming import HUM
from tools.report import cleaned
from tools.result import Ambiguous, Entity, Failed, Found, HeardTrack, NothingFound, ToolResult

MAX_NUMBERED = 50
_TITLE = 200
_LISTS = {"search_music", "recommend_music", "recall_history", RECOGNIZE}


def numbered(items: Sequence[Entity], notes: Sequence[str] = ()) -> tuple[NumberedResult, ...]:
    """Number `items` from 1 as the page shows them and people refer to them."""
    return tuple(
        _numbered(number, item, notes[number - 1] if number <= len(notes) else "")
        for number, item in enumerate(items[:MAX_NUMBERED], 1)
    )


def reference(result: NumberedResult) -> Reference:
    return Reference(cast(ReferenceKind, result.kind), result.id)


def references(results: Sequence[NumberedResult]) -> tuple[Reference, ...]:
    return tuple(reference(result) for result in results)


def list_after(tool: str, arguments: Mapping[str, Any], result: ToolResult) -> tuple[Entity, ...]:
    """What the numbered list holds after this call; empty when the old list stays.

    Playing from the list keeps it, so that "no, the third one" still works afterwards.
    """
    if isinstance(result, Ambiguous):
        return result.items
    if isinstance(result, NothingFound):
        return result.nearest
    if not isinstance(result, Found):
        return ()
    action = arguments.get("action", "")
    if tool == RECOGNIZE and (action == "last" or (action == "correct" and _by_number(arguments))):
        return ()
    if tool in _LISTS:
        return result.items
    if tool == "play_music":
        single = all(ref.startswith("track:") for ref in arguments.get("refs") or [""])
        keeps = bool(arguments.get("numbers")) or single or arguments.get("mode", "now") != "now"
        return () if keeps else result.items
    if tool == "manage_playlists":
        return result.items if action in {"list", "show"} else ()
    if tool == "edit_queue":
        return result.items if action in {"show", "undo"} else ()
    return ()


def _by_number(arguments: Mapping[str, Any]) -> bool:
    return bool(arguments.get("numbers"))


def after_call(
    session: Session, tool: str, arguments: Mapping[str, Any], result: ToolResult
) -> Session:
    """The session once a tool has answered: list, focus, question, and what was played."""
    after = _after(session, tool, arguments, result)
    if after.results is not session.results or arguments.get("numbers"):
        after = replace(after, listed_at=session.turns)
    if isinstance(result, Found) and (name := _playlist_in(result)):
        after = replace(after, focus=replace(after.focus, playlist=name))
    if tool == "play_music" and isinstance(result, Found):
        after = replace(after, answers=_answers(after, arguments))
    if undo := undo_of(tool, arguments, result):
        before = session.undo if session.undo_turn == session.turns else ()
        after = replace(after, undo=(*undo, *before), undo_turn=session.turns)
    return after


def _after(
    session: Session, tool: str, arguments: Mapping[str, Any], result: ToolResult
) -> Session:
    if tool == RECOGNIZE:
        session = _after_recognising(session, arguments, result)
    items = list_after(tool, arguments, result)
    if items:
        notes = result.notes if isinstance(result, Found) else ()
        session = replace(session, results=numbered(items, notes), chosen=None)
    if tool == "recommend_music" and not isinstance(result, Failed):
        session = replace(session, wished=dict(arguments), wished_at=session.turns)
    session = replace(session, question=_asked(tool, arguments, result, session.results))
    if not isinstance(result, Found):
        return session
    if result.items:
        session = replace(session, focus=_focus(result.items[0], session.focus))
    ids = tuple(item.id for item in result.items if isinstance(item, Track))
    if tool == "recommend_music":
        offered = (*session.offered, *(i for i in ids if i not in session.offered))
        session = replace(session, offered=offered[-MAX_OFFERED:])
    if tool == RECOGNIZE and arguments.get("action") in _BESIDE:
        return session
    if tool == "play_music" and "playing" in result.facts:
        count = int(result.facts.get("count", 1))
        session = replace(session, last_played=ids[:count], chosen=_chosen(session, arguments, ids))
    return replace(session, last_tool=tool, last_arguments=_acted_on(tool, arguments, ids))


def _playlist_in(result: Found) -> str:
    """The playlist that a result is about."""
    facts = result.facts
    played = facts.get("name") if facts.get("kind") == "playlist" else ""
    told = (facts.get(key) for key in ("new_name", "created", "playlist"))
    return str(next((name for name in told if name), played) or "")


def _answers(session: Session, arguments: Mapping[str, Any]) -> dict[str, str]:
    """The choices made so far; "no, the other one" changes the one for its name."""
    numbers = arguments.get("numbers") or []
    if len(numbers) != 1 or not 1 <= numbers[0] <= len(session.results):
        return session.answers
    result = session.results[numbers[0] - 1]
    name = fold(result.title)
    if name not in session.answers:
        return session.answers
    return {**session.answers, name: str(reference(result))}


def _asked(
    tool: str,
    arguments: Mapping[str, Any],
    result: ToolResult,
    listed: tuple[NumberedResult, ...],
) -> Question | None:
    """What the reply to this result asks, if anything."""
    if isinstance(result, Ambiguous) and result.choices:
        return Question("wish", tool, dict(arguments), (), result.choices)
    if isinstance(result, Ambiguous):
        return _question("which", tool, arguments, listed)
    if isinstance(result, NothingFound) and result.nearest:
        return _question("offer", tool, arguments, listed)
    if isinstance(result, Found) and result.facts.get("corrected") and "right" not in result.facts:
        # "No, that's wrong": the other candidate is offered, if there is one.
        return _question("offer", tool, arguments, listed) if result.items else None
    return None


def _after_recognising(
    session: Session, arguments: Mapping[str, Any], result: ToolResult
) -> Session:
    """What "it" is from now on: the recording that was named, or a clip that has no name yet."""
    action = arguments.get("action") or "identify"
    facts = {} if isinstance(result, Failed) else _facts_of(result)
    handles = {key: session.recognised[key] for key in _HANDLES & session.recognised.keys()}
    match action:
        case "identify" if not isinstance(result, Failed):
            return replace(
                session,
                recognised=facts,
                recognised_at=session.turns,
                last_tool=RECOGNIZE,
                last_arguments={},
            )
        case "correct" | "name" if "right" in facts or "named" in facts:
            named = facts.get("right", facts.get("named", ""))
            known = {"recognised": named, "certainty": Certainty.CERTAIN.value}
            return replace(session, recognised=handles | known | facts)
        case "correct" if not isinstance(result, Failed):
            return replace(session, recognised=handles)  # it was not that, so "it" has no name
        case "forget" if isinstance(result, Found):
            return replace(session, recognised={})
    return session


def _facts_of(result: Found | Ambiguous | NothingFound) -> dict[str, Fact]:
    return dict(result.facts)


def _acted_on(tool: str, arguments: Mapping[str, Any], ids: Sequence[int]) -> dict[str, Any]:
    """The arguments, with "this" replaced by what it was: an undo may come after it changed."""
    kept = dict(arguments)
    if tool in {"rate_track", "manage_playlists"} and ids:
        plain = {key: value for key, value in kept.items() if key in {"action", "name", "rating"}}
        return plain | {"refs": [f"track:{track_id}" for track_id in ids[:MAX_NUMBERED]]}
    return kept


def _chosen(session: Session, arguments: Mapping[str, Any], ids: Sequence[int]) -> int | None:
    numbers = arguments.get("numbers") or []
    if len(numbers) == 1:
        return len(session.results) if numbers[0] == -1 else int(numbers[0])
    for result in session.results:
        if ids and result.kind == "track" and result.id == ids[0]:
            return result.number
    return None


def _question(
    kind: str, tool: str, arguments: Mapping[str, Any], options: tuple[NumberedResult, ...]
) -> Question | None:
    naming: tuple[str, ...] = (
        "query",
        "title",
        "artist",
        "album",
        "genre",
        "liked",
        "numbers",
        "refs",
        "playlist",
    )
    if tool == "manage_playlists" and options and options[0].kind == "playlist":
        naming = ("name",)
    rest = {key: value for key, value in arguments.items() if key not in naming}
    asked_for = str(arguments.get("query") or arguments.get("title") or "")
    if any(arguments.get(field) for field in ("artist", "album", "genre", "playlist")):
        asked_for = ""  # another Hallelujah may be meant without the artist
    if kind != "which":
        return Question("offer", tool, rest, options)
    return Question("which", tool, rest, options, asked_for=asked_for)


def _focus(item: Entity, before: Focus) -> Focus:
    if isinstance(item, PlayEvent):
        item = item.track
    if isinstance(item, Track):
        return Focus(item.id, item.album_id, item.artists[0], before.playlist_id, before.playlist)
    if isinstance(item, Album):
        return Focus(None, item.id, item.artist, before.playlist_id, before.playlist)
    if isinstance(item, Artist):
        return Focus(None, None, item.name, before.playlist_id, before.playlist)
    return Focus(None, None, before.artist, item.id, item.name)


def _numbered(number: int, item: Entity, note: str) -> NumberedResult:
    if isinstance(item, PlayEvent):
        return replace(_numbered(number, item.track, note), note=note or _when_and_where(item))
    if isinstance(item, Track):
        subtitle = " · ".join(part for part in (item.artist, item.album) if part)
        return NumberedResult(
            number,
            "track",
            item.id,
            cleaned(item.title, _TITLE),
            cleaned(subtitle, _TITLE),
            item.cover_id,
            item.duration_s,
            note,
        )
    if isinstance(item, Album):
        subtitle = item.artist if item.year is None else f"{item.artist} · {item.year}"
        return NumberedResult(
            number,
            "album",
            item.id,
            cleaned(item.title, _TITLE),
            cleaned(subtitle, _TITLE),
            item.cover_id,
            item.duration_s or None,
            note,
        )
    kind = "artist" if isinstance(item, Artist) else "playlist"
    count = f"{item.track_count} track" + ("" if item.track_count == 1 else "s")
    duration = item.duration_s if isinstance(item, Playlist) else None
    return NumberedResult(
        number, kind, item.id, cleaned(item.name, _TITLE), count, None, duration, note
    )


def _when_and_where(event: PlayEvent) -> str:
    clock = f"{event.at.astimezone():%d %b %H:%M}"
    if not isinstance(event, HeardTrack):
        return clock
    place = cleaned(event.place or event.player, _TITLE)
    probably = "" if event.certainty is Certainty.CERTAIN else "probably"
    return " · ".join(part for part in (clock, place, probably) if part)


def pointed(pointer: Pointer, session: Session, current: Track | None) -> dict[str, Any]:
    """The arguments for what pointing words point at; {} when they point at nothing known."""
    listed = len(session.results)
    if pointer.numbers:
        inside = [n for n in pointer.numbers if n == -1 or 1 <= n <= listed]
        return {"numbers": inside} if inside and listed else {}
    if pointer.rest and listed:
        taken = session.chosen or 1
        return {"numbers": [number for number in range(1, listed + 1) if number != taken]}
    if pointer.everything or pointer.kind == "list":
        return {"numbers": list(range(1, listed + 1))} if listed else {}
    if pointer.other:
        number = other_number(session)
        return {"numbers": [number]} if number else {}
    if pointer.kind == "track" and not pointer.here and _made_a_playlist(session):
        return {"refs": [f"playlist:{session.focus.playlist_id}"]}  # "play it"
    return _pointed_thing(pointer, session, current)


def _made_a_playlist(session: Session) -> bool:
    made = session.last_tool == "manage_playlists"
    made = made and session.last_arguments.get("action") in {"create", "refresh"}
    return made and session.focus.playlist_id is not None and session.focus.track_id is None


def _pointed_thing(pointer: Pointer, session: Session, current: Track | None) -> dict[str, Any]:
    """What "that album", "her" and "it" are, by what was spoken of and what plays."""
    listed, focus = len(session.results), session.focus
    recognised = session.has_recognised
    if recognised and "track_id" not in session.recognised:
        return {}  # what was heard is not in the library: "it" is nothing else instead
    newer = session.last_tool in _MOVES_ON
    newer = newer or (pointer.here and not recognised) or focus.artist == ""
    track = current if newer else None
    if pointer.kind == "album":
        album_id = track.album_id if track is not None else focus.album_id
        album_id = album_id or (current.album_id if current is not None else None)
        return {"refs": [f"album:{album_id}"]} if album_id else {}
    if pointer.kind == "artist":
        artist = track.artists[0] if track is not None else focus.artist
        artist = artist or (current.artists[0] if current is not None else "")
        return {"artist": artist} if artist else {}
    listing = session.last_tool in _LISTS and listed and not pointer.here
    if pointer.kind == "track" and recognised:
        return {"refs": [f"track:{session.recognised['track_id']}"]}
    if pointer.kind == "track" and listing:
        return {"numbers": [1]}
    if pointer.kind == "track":
        track_id = current.id if current is not None and newer else focus.track_id
        track_id = track_id or (current.id if current is not None else None)
        return {"refs": [f"track:{track_id}"]} if track_id else {}
    return {}


def other_number(session: Session) -> int | None:
    """Of two results the one that was not taken; of more, the one after it."""
    listed = len(session.results)
    if listed < 2:
        return None
    chosen = session.chosen or 1
    return chosen % listed + 1


def matching_option(text: str, session: Session) -> int | None:
    """The one numbered result that the words describe: "the one by Leonard Cohen", "the album"."""
    options = session.question.options if session.question is not None else session.results
    words = [w for w in fold(text).split() if w not in _IDLE]
    if not words:
        return None
    fitting = []
    for option in options:
        own = f"{fold(option.title)} {fold(option.subtitle)} {_KIND_WORDS.get(option.kind, '')}"
        own_words = set(own.split())
        if all(word in own_words or word.removesuffix("s") in own_words for word in words):
            fitting.append(option.number)
    return fitting[0] if len(fitting) == 1 else None


_KIND_WORDS = {
    "track": "song track tune",
    "album": "album record",
    "artist": "artist band singer group",
    "playlist": "playlist",
}
_IDLE = word_set(
    "the a an one by from of with i mean meant want wanted no yes please play that "
    "this it is s to on in my choose take pick called named not but actually sorry "
    "rather instead oh ok okay um version put back go with try then give me us let lets hear"
)
_HANDLES = frozenset({"heard_id", "tune_id", "hum_id", HUM})
_BESIDE = frozenset({"listen", "stop_listening", "forget"})
"""Actions after which "it" is still what it was."""
_MOVES_ON = word_set("play_music control_playback edit_queue")
