"""`refrain sound TITLE`: tempo, key, axes and moods of a recording, and what is like it."""

from contextlib import closing
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from knowledge.analysis.sound import AXES
from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.models import Track
from knowledge.search import Searcher, SearchQuery
from knowledge.sound.library import SoundLibrary
from knowledge.sound.words import ends
from server.commands.options import Data, settings_for
from server.commands.recognition import clock
from server.errors import BadSettings, NotFound
from server.sound_wire import AxisOut, KeyOut, TempoOut, TrackSoundOut, track_sound_out

app = typer.Typer(add_completion=False)

_BAR = 16
_LIKE_IT = 5
_SURE, _FAIRLY = 0.6, 0.3


@app.command()
def sound(
    context: typer.Context,
    title: Annotated[list[str], typer.Argument(metavar="TITLE...", help="Words of its name.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As GET /api/tracks/ID/sound.")] = False,
    data: Data = None,
) -> None:
    """Tell what a recording sounds like, as a whole and by segment."""
    settings = settings_for(context, data)
    if not settings.database_path.exists():
        raise BadSettings("There is no library yet.", next_step="Make one: refrain index DIR")
    with closing(Database.at(settings.database_path)) as database:
        catalog = Catalog(database, settings.covers)
        track = _find(Searcher(database, catalog), " ".join(title))
        sounding = SoundLibrary(database)
        known = track_sound_out(track.id, sounding)
        if as_json:
            print(known.model_dump_json())
            return
        console = Console(highlight=False)
        console.print(Text(track.title, "bold") + Text(f" by {track.artist}"))
        if not known.analysed:
            console.print("It was not listened to yet: refrain index does that.")
            return
        _show(console, known)
        alike = sounding.alike((track.id,), count=_LIKE_IT)
        named = {one.id: one for one in catalog.tracks([one.track_id for one in alike])}
        for number, one in enumerate(alike):
            other = named[one.track_id]
            why = f" ({', '.join(one.reasons)})" if one.reasons else ""
            console.print(
                Text(f"{'like it' if not number else '':<12} {other.title} by {other.artist}{why}")
            )


def _find(searcher: Searcher, words: str) -> Track:
    found = searcher.search(SearchQuery(text=words, kinds=frozenset({"track"}), limit=1))
    for hit in (*found.hits, *found.nearest):
        if isinstance(hit.item, Track):
            return hit.item
    raise NotFound(f"No recording is called “{words}”.", next_step="Name one of the library.")


def _show(console: Console, known: TrackSoundOut) -> None:
    console.print(Text(f"{'tempo':<12} {_tempo(known.tempo)}"))
    console.print(Text(f"{'key':<12} {_key(known.key)}"))
    if known.loudness_lufs is not None and known.dynamics_db is not None:
        level = f"{known.loudness_lufs:.1f} LUFS, range {known.dynamics_db:.0f} dB"
        console.print(Text(f"{'loudness':<12} {level}"))
    axes = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    for axis in AXES:
        if (there := known.axes.get(axis.value)) is not None:
            low, high = ends(axis)
            axes.add_row(axis.value, Text(low, "dim"), _bar(there), Text(high, "dim"), _more(there))
    console.print(axes)
    if known.tags:
        console.print(Text(f"{'sounds of':<12} {', '.join(tag.name for tag in known.tags)}"))
    if not known.models:
        console.print("Heard without its tagger; to know more: refrain models get musicnn")
    table = Table("part", "energy", "moods and activities", box=None, header_style="dim")
    for part in known.segments:
        energy = part.axes.get("energy")
        table.add_row(
            f"{clock(part.start_s)} – {clock(part.end_s)}",
            _bar(energy) if energy is not None else Text(),
            ", ".join(part.moods),
        )
    console.print(table)


def _bar(axis: AxisOut) -> Text:
    """A bar by the value; pale where it is a hint at most."""
    full = round(axis.value * _BAR)
    style = "dim" if axis.weak else "cyan"
    return Text("█" * full, style) + Text("·" * (_BAR - full), "dim")


def _more(axis: AxisOut) -> str:
    """How much of the library has less of it."""
    if axis.percentile is None:
        return ""
    return f"> {axis.percentile:.0%}{', a weak hint' if axis.weak else ''}"


def _tempo(tempo: TempoOut | None) -> str:
    if tempo is None:
        return "nothing regular"
    other = f", or {tempo.other_bpm:.0f}" if tempo.other_bpm else ""
    return f"{tempo.bpm:.0f} BPM ({_sure(tempo.confidence)}{other})"


def _key(key: KeyOut | None) -> str:
    if key is None:
        return "none that stands out"
    other = f", or {key.other}" if key.other else ""
    return f"{key.name} ({_sure(key.confidence)}{other})"


def _sure(confidence: float) -> str:
    if confidence >= _SURE:
        return "sure"
    return "fairly sure" if confidence >= _FAIRLY else "a weak hint"
