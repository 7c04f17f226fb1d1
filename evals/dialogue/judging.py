"""What a turn has to have done, against what it did."""

import re
from collections.abc import Iterator, Sequence

from evals.dialogue.scenario import Scenario, State, Step
from evals.dialogue.stage import Snapshot
from knowledge.models import Track
from knowledge.wishes.detection import detect_language
from knowledge.wishes.tokens import tokenize
from server.conversations import TurnRecord
from tools.players.player import PlaybackStatus

_STATUS = {
    "playing": PlaybackStatus.PLAYING,
    "paused": PlaybackStatus.PAUSED,
    "stopped": PlaybackStatus.IDLE,
}
_CLAIMS_PLAYING = re.compile(
    r"(?:^|[.!] )(?:now )?playing\b|^here (?:is|are) [^.]*, starting with", re.IGNORECASE
)
_ASKS = re.compile("[?？؟]")
_QUOTED = re.compile(r"[\"“„«「][^\"“”„«»「」]*[\"”“»」]")
"""Titles, and examples of what can be said."""


def faults(scenario: Scenario, step: Step, record: TurnRecord, now: Snapshot) -> list[str]:
    """What is wrong after a turn, in words; nothing when all is as it has to be.

    Beside what the scenario expects, every turn is held to this: no error, a reply, no claim of
    playing while nothing sounds, and at most one question.
    """
    found = [*_always(record, now), *_said(step, record), *_called(step, record)]
    if step.state is not None:
        found += _stands(step.state, now)
    if step.language is not None:
        heard = detect_language(record.reply, tokenize(record.reply))
        if heard != step.language:
            found.append(f"the reply is {heard}, not {step.language}")
    return [f"{scenario.id}: {step.say!r}: {fault}" for fault in found]


def _always(record: TurnRecord, now: Snapshot) -> Iterator[str]:
    if record.error is not None:
        yield f"error: {record.error}"
    if not record.reply.strip():
        yield "no reply"
    if _CLAIMS_PLAYING.search(record.reply) and not now.sounds:
        yield f"says {record.reply!r} while nothing sounds"
    if len(_ASKS.findall(_QUOTED.sub("", record.reply))) > 1:
        yield "asks more than one question"


def _said(step: Step, record: TurnRecord) -> Iterator[str]:
    for pattern in step.says:
        if not re.search(pattern, record.reply, re.IGNORECASE):
            yield f"does not say {pattern!r} but {record.reply!r}"
    for pattern in step.says_not:
        if re.search(pattern, record.reply, re.IGNORECASE):
            yield f"says {pattern!r}: {record.reply!r}"
    if step.asks is not None and bool(_ASKS.search(record.reply)) != step.asks:
        yield f"{'asks nothing' if step.asks else 'asks'}: {record.reply!r}"


def _called(step: Step, record: TurnRecord) -> Iterator[str]:
    called = tuple(call.name for call in record.tool_calls)
    if step.calls is not None and called != step.calls:
        yield f"calls {', '.join(called) or 'nothing'}, not {', '.join(step.calls) or 'nothing'}"
    titles = tuple(one["title"] for one in record.results)
    if step.results is not None and titles != step.results:
        yield f"lists {titles}, not {step.results}"


def _stands(want: State, now: Snapshot) -> Iterator[str]:
    current = now.current
    title = current.title if current is not None and now.state.item_id is not None else ""
    after = now.queue.position + 1 if now.queue.position is not None else len(now.titles)
    pairs: tuple[tuple[str, object, object], ...] = (
        ("status", want.status and _STATUS[want.status], now.state.status),
        ("playing", want.playing, title),
        ("artist", want.artist, current.artist if current else ""),
        ("album", want.album, current.album if current else ""),
        ("queue", want.queue, now.titles),
        ("queue_count", want.queue_count, len(now.titles)),
        ("next", want.next, now.titles[after] if after < len(now.titles) else ""),
        ("volume", want.volume, now.state.volume),
        ("muted", want.muted, now.state.muted),
        ("shuffle", want.shuffle, now.queue.shuffle),
        ("repeat", want.repeat, str(now.queue.repeat.value)),
        ("timers", want.timers, now.timers),
    )
    for name, wanted, given in pairs:
        if wanted is not None and wanted != given:
            yield f"{name} is {given!r}, not {wanted!r}"
    yield from _queue_stands(want, now)
    yield from _kept(want, now)
    if want.volume_between is not None:
        low, high = want.volume_between
        if not low <= now.state.volume <= high:
            yield f"volume is {now.state.volume}, not {low} to {high}"
    if want.position_between is not None:
        begin, end = want.position_between
        if not begin <= now.state.position_s <= end:
            yield f"position is {now.state.position_s:.1f} s, not {begin:g} to {end:g}"


def _queue_stands(want: State, now: Snapshot) -> Iterator[str]:
    tracks = [item.track for item in now.queue.items]
    yield from (f"{t!r} is not in {now.titles}" for t in want.queue_has if t not in now.titles)
    yield from (f"{t!r} is in the queue" for t in want.queue_has_not if t in now.titles)
    if want.queue_at_least is not None and len(tracks) < want.queue_at_least:
        yield f"only {len(tracks)} in the queue"
    for track in tracks:
        yield from _each_is(want, track, now.moods[track.id])
    wants_some = (want.all_artist, want.all_genre, want.all_years, want.all_moods)
    if not tracks and any(each is not None for each in wants_some):
        yield "the queue is empty"


def _each_is(want: State, track: Track, moods: Sequence[str]) -> Iterator[str]:
    first, last = want.all_years or (0, 9999)
    wrong = {
        f"is by {track.artist}": want.all_artist is not None
        and want.all_artist not in track.artists,
        f"is by {want.no_artist}": want.no_artist in track.artists,
        f"is {track.genres}": bool(set(want.no_genre) & set(track.genres))
        or (want.all_genre is not None and not set(want.all_genre) & set(track.genres)),
        f"is {moods}": want.all_moods is not None and not set(want.all_moods) & set(moods),
        f"is of {track.year}": want.all_years is not None
        and not first <= (track.year or 0) <= last,
    }
    yield from (f"{track.title!r} {fault}" for fault, is_so in wrong.items() if is_so)


def _kept(want: State, now: Snapshot) -> Iterator[str]:
    held = {name.casefold(): titles for name, titles in now.playlists.items()}
    for name, titles in want.playlists.items():
        if name.casefold() not in held:
            yield f"there is no playlist {name!r}"
        elif sorted(held[name.casefold()]) != sorted(titles):
            yield f"the playlist {name!r} holds {held[name.casefold()]}"
    yield from (f"there is a playlist {n!r}" for n in want.no_playlists if n.casefold() in held)
    yield from (f"{title!r} is not liked" for title in want.liked if title not in now.liked)
    yield from (f"{title!r} is liked" for title in want.not_liked if title in now.liked)
    yield from (f"{t!r} is not disliked" for t in want.disliked if t not in now.disliked)
