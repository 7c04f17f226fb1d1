"""A scripted conversation that checks after each sentence whether what was said is really so."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from knowledge.models import PlayEventKind, Track
from server.conversations import LocalConversation, TurnRecord
from server.services import Services
from tools.players.player import PlaybackStatus, PlayerState

SESSION = "demo"
_PLAYLIST = "Evening"
_ADVANCE_S = 0.4
_NO_SUCH_NAME = "Quxblorf Zantrimony"


@dataclass(frozen=True, slots=True)
class Moment:
    """How things stand after a turn."""

    record: TurnRecord
    state: PlayerState
    playing: Track | None
    """The track of the queue's current item."""
    queue: tuple[int, ...]
    """Track ids."""

    @property
    def sounds(self) -> bool:
        return self.state.status is PlaybackStatus.PLAYING

    @property
    def ended_as(self) -> tuple[str, ...]:
        """The kinds of this turn's tool results."""
        return tuple(call.result["kind"] for call in self.record.tool_calls if call.result)


@dataclass(frozen=True, slots=True)
class Step:
    say: str
    proves: str
    """What has to be so afterwards, in words."""
    holds: Callable[[Moment, Moment], bool]
    """Given the moment before and the moment after."""


@dataclass(frozen=True, slots=True)
class Outcome:
    step: Step
    record: TurnRecord
    ok: bool
    seen: str
    """What really is so, in words."""


class DemoConversation:
    """Talks to services that have the demo library and a player of their own."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._conversation = LocalConversation(services.turns, SESSION)

    async def run(self) -> AsyncIterator[Outcome]:
        """Say every sentence of the script, and look."""
        before = await self._look(TurnRecord(""))
        for step in await asyncio.to_thread(self._script):
            record = await self._conversation.say(step.say)
            now = await self._look(record)
            ok = record.error is None and step.holds(before, now)
            yield Outcome(step, record, ok, _seen(now))
            before = now

    async def _look(self, record: TurnRecord) -> Moment:
        playback = self._services.playback
        state = playback.state
        if state.status is PlaybackStatus.PLAYING:
            # Playing is only true when time goes on.
            await asyncio.sleep(_ADVANCE_S)
            if playback.state.position_s <= state.position_s:
                state = PlayerState()
        queue = playback.queue
        return Moment(
            record=record,
            state=state,
            playing=None if queue.current is None else queue.current.track,
            queue=tuple(item.track.id for item in queue.items),
        )

    def _script(self) -> tuple[Step, ...]:
        named = self._unique_title()
        twice = self._title_of_two()
        return (
            Step("play something calm", "a calm track sounds", self._calm_sounds),
            Step("no, the second one", "the second of the list sounds", _second_sounds),
            Step("pause", "it is paused", lambda _, now: now.state.status is PlaybackStatus.PAUSED),
            Step("go on", "it sounds again", lambda was, now: now.sounds and _same(was, now)),
            Step("skip this one", "another one sounds", _other_sounds),
            Step("volume 40", "the player is at 40", lambda _, now: now.state.volume == 40),
            Step("I like this one", "it is liked", self._is_liked),
            Step(f"make a playlist called {_PLAYLIST}", "the playlist is there", self._has_list),
            Step(f"add this to {_PLAYLIST}", "the track is in it", self._in_list),
            Step("what did I play today?", "what sounded is listed", self._history_listed),
            Step("clear the queue", "the queue is empty", lambda _, now: not now.queue),
            Step(
                "undo that", "the queue is back", lambda was, now: len(now.queue) > len(was.queue)
            ),
            Step(
                f"play {_misspelled(named.title)}",
                f"“{named.title}” sounds in spite of the typo",
                lambda _, now: (
                    now.sounds and now.playing is not None and now.playing.id == named.id
                ),
            ),
            Step(
                f"play {_NO_SUCH_NAME}",
                "nothing is found, and nothing else is played",
                lambda was, now: "nothing_found" in now.ended_as and _same(was, now),
            ),
            *(
                (
                    Step(
                        f"play {twice}",
                        "it asks which one, and waits",
                        lambda was, now: "ambiguous" in now.ended_as and _same(was, now),
                    ),
                    Step("the first one", "that one sounds", lambda _, now: now.sounds),
                )
                if twice is not None
                else ()
            ),
            Step(
                "what will the weather be tomorrow?",
                "it says that this is not its job, and the music goes on",
                lambda was, now: not now.record.tool_calls and now.sounds and _same(was, now),
            ),
            Step("stop", "it is silent", lambda _, now: now.state.status is PlaybackStatus.IDLE),
        )

    def _calm_sounds(self, _before: Moment, now: Moment) -> bool:
        ranks = dict(self._services.catalog.calm_to_driving())
        return now.sounds and now.playing is not None and ranks.get(now.playing.id, 1.0) < 0.5

    def _is_liked(self, _before: Moment, now: Moment) -> bool:
        return now.playing is not None and self._services.ratings.get(now.playing.id) is True

    def _has_list(self, _before: Moment, _now: Moment) -> bool:
        return self._services.playlists.named(_PLAYLIST) is not None

    def _in_list(self, _before: Moment, now: Moment) -> bool:
        playlist = self._services.playlists.named(_PLAYLIST)
        if playlist is None or now.playing is None:
            return False
        return now.playing.id in {one.id for one in self._services.playlists.tracks(playlist.id)}

    def _history_listed(self, _before: Moment, now: Moment) -> bool:
        played = self._services.history.last(50, (PlayEventKind.PLAY,))
        listed = {result["id"] for result in now.record.results if result["kind"] == "track"}
        return bool(listed) and listed <= {event.track.id for event in played}

    def _tracks(self) -> tuple[Track, ...]:
        return self._services.catalog.list_tracks(limit=500)[0]

    def _unique_title(self) -> Track:
        tracks = self._tracks()
        titles = [track.title for track in tracks]
        long_enough = [
            one
            for one in tracks
            if titles.count(one.title) == 1 and one.title.isascii() and "(" not in one.title
        ]
        return max(long_enough, key=lambda one: len(one.title))

    def _title_of_two(self) -> str | None:
        """A title that two artists recorded, if the library has one."""
        by_title: dict[str, set[str]] = {}
        for track in self._tracks():
            by_title.setdefault(track.title, set()).add(track.artist)
        return next((title for title, artists in by_title.items() if len(artists) > 1), None)


def _second_sounds(before: Moment, now: Moment) -> bool:
    wanted = next((one for one in before.record.results if one["number"] == 2), None)
    return (
        wanted is not None
        and now.sounds
        and now.playing is not None
        and now.playing.id == wanted["id"]
    )


def _same(before: Moment, now: Moment) -> bool:
    return before.playing is not None and before.playing == now.playing


def _other_sounds(before: Moment, now: Moment) -> bool:
    return now.sounds and before.state.item_id != now.state.item_id


def _misspelled(title: str) -> str:
    """Swap two letters in the middle of the longest word."""
    word = max(title.split(), key=len)
    middle = len(word) // 2
    wrong = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return title.replace(word, wrong)


def _seen(now: Moment) -> str:
    state = now.state
    if now.playing is None or state.status is PlaybackStatus.IDLE:
        return f"{state.status}; {len(now.queue)} in the queue"
    return (
        f"{state.status} “{now.playing.title}” at {state.position_s:.1f} s, "
        f"volume {state.volume}, {len(now.queue)} in the queue"
    )
