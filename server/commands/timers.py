"""`refrain timers`: what is set, and taking it out again."""

import sys
from typing import Annotated

import typer

from knowledge.database import Database
from knowledge.timers.models import Alarm, SleepTimer, SleepUntil, Timer, TimerNews
from knowledge.timers.store import TimerStore
from server.commands.options import Data, settings_for
from server.running import find_running
from server.timers_wire import TimersOut
from tools.timer_facts import day_in_words, days_in_words

app = typer.Typer(add_completion=False)


@app.command()
def timers(
    context: typer.Context,
    *,
    cancel: Annotated[
        list[str] | None,
        typer.Option("--cancel", metavar="ID", help="Take out one timer, or `all`."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one object.")] = False,
    data: Data = None,
) -> None:
    """List and cancel sleep timers and alarms. To set one: refrain ask "wake me at seven"."""
    settings = settings_for(context, data)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database.at(settings.database_path)
    try:
        store = TimerStore(database)
        gone = _cancel(store, cancel or [])
        if as_json:
            print(TimersOut.of(store, None).model_dump_json())
        elif cancel:
            print("\n".join(f"Cancelled: {_line(one, store)}" for one in gone))
        else:
            _print(store)
            if store.all() and find_running(settings) is None:
                print("Nothing acts on them now: they need `refrain serve`.", file=sys.stderr)
        if cancel and not gone:
            print("No such timer is set; `refrain timers` lists them.", file=sys.stderr)
            raise typer.Exit(1)
    finally:
        database.close()


def _cancel(store: TimerStore, wanted: list[str]) -> tuple[Timer, ...]:
    if "all" in wanted:
        return store.cancel(timer.id for timer in store.all())
    return store.cancel(int(one) for one in wanted if one.isdecimal() and len(one) < 19)


def _print(store: TimerStore) -> None:
    now = store.clock()
    for timer in store.all():
        print(f"{timer.id:>4}  {_line(timer, store)}")
    if not store.all():
        print("No timer is set.")
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for news in reversed(store.news(midnight)):
        print(f"      {_news(news)}")


def _line(timer: Timer, store: TimerStore) -> str:
    now = store.clock()
    if isinstance(timer, Alarm):
        when = days_in_words(timer.weekdays) or day_in_words(timer.at, now)
        music = timer.music.label or "music that you like"
        return f"{timer.at:%H:%M} {when}: {music}"
    where = f" in the {timer.room}" if timer.room else ""
    return f"the music{where} stops {_end(timer)}"


def _end(timer: SleepTimer) -> str:
    if timer.at is not None:
        return f"at {timer.at:%H:%M}"
    if timer.until is SleepUntil.SONGS:
        return f"after {timer.songs} songs"
    return f"after this {timer.until.value}"


def _news(news: TimerNews) -> str:
    due = f" (set for {news.due_at:%H:%M})" if news.due_at is not None else ""
    reason = f": {news.reason}" if news.reason else ""
    return f"{news.at:%H:%M} {news.kind.value}{due} {news.music}".rstrip() + reason
