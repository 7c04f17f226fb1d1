"""Whether an instrument or a kind of voice is in a track: by auto-tags, names and genres."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from knowledge.analysis.sound import Axis
from knowledge.folding import fold
from knowledge.search.genre_evidence import is_kind_of
from knowledge.search.library_columns import Column
from knowledge.search.library_view import LibraryView

_NAMED, _HINTED = 0.9, 0.45
"""How far a name with the instrument in it, and a genre that usually has it, is believed."""
_HEARD_FROM = 0.12
"""An auto-tag that is less probable says nothing, whatever its place in the library."""
CLEARLY = 0.6
"""From here on an instrument counts as heard: enough to leave a track out."""


@dataclass(frozen=True, slots=True)
class _Signs:
    tags: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    acoustic: float = 0.0
    """1: only acoustic sounds count; -1: only others."""


_SIGNS: Mapping[str, _Signs] = {
    "piano": _Signs(("piano",), ("classical",), ("piano", "klavier")),
    "guitar": _Signs(("guitar",), ("flamenco", "blues"), ("guitar", "gitarre", "guitarra")),
    "acoustic guitar": _Signs(
        ("guitar", "acoustic"), ("flamenco", "folk", "singer songwriter"), ("guitar",), 1.0
    ),
    "electric guitar": _Signs(("guitar", "hard rock", "rock"), ("rock", "metal"), (), -1.0),
    "bass": _Signs((), ("funk", "dub"), ("bass",)),
    "drums": _Signs(("drums", "beat", "beats"), ("drum and bass",), ("drum", "drums")),
    "violin": _Signs(("violin", "strings"), ("celtic", "klezmer"), ("violin", "fiddle")),
    "strings": _Signs(
        ("strings", "violin", "cello"), ("orchestral", "chamber music"), ("strings",)
    ),
    "cello": _Signs(("cello",), ("chamber music",), ("cello",)),
    "saxophone": _Signs((), ("jazz", "ska"), ("sax", "saxophone")),
    "trumpet": _Signs((), ("jazz", "big band", "mariachi"), ("trumpet",)),
    "brass": _Signs((), ("big band", "march", "ska", "dixieland", "soul"), ("brass", "horns")),
    "flute": _Signs(("flute",), ("celtic",), ("flute",)),
    "clarinet": _Signs((), ("klezmer", "swing", "dixieland"), ("clarinet",)),
    "harp": _Signs(("harp",), ("celtic",), ("harp",)),
    "organ": _Signs((), ("gospel", "baroque"), ("organ", "hammond")),
    "accordion": _Signs((), ("chanson", "tango", "forro"), ("accordion",)),
    "harmonica": _Signs((), ("blues", "americana"), ("harmonica",)),
    "synthesizer": _Signs(("synth",), ("synth pop", "synthwave", "electronic"), ("synth",)),
    "choir": _Signs(("choir", "choral"), ("choral", "gospel", "opera"), ("choir",)),
    "harpsichord": _Signs(("harpsichord",), ("baroque",), ("harpsichord",)),
    "xylophone": _Signs((), (), ("xylophone", "vibraphone", "marimba")),
    "banjo": _Signs((), ("bluegrass", "country"), ("banjo",)),
    "sitar": _Signs(("sitar",), (), ("sitar",)),
    "koto": _Signs((), (), ("koto", "shamisen")),
    "bagpipes": _Signs((), ("celtic",), ("bagpipe", "bagpipes", "pipes")),
    "electronic sounds": _Signs(("electronic", "electro", "synth", "techno"), ("electronic",)),
    "female voice": _Signs(
        ("female vocalists", "female vocalist", "female vocal", "female voice", "female", "woman")
    ),
    "male voice": _Signs(("male vocalists", "male vocal", "male voice", "male", "man")),
    "screaming": _Signs(("metal",), ("death metal", "black metal", "metalcore", "hardcore")),
}


def heard(view: LibraryView, name: str) -> Column:
    """How likely an instrument is in each track, 0 to 1; NaN where nothing is known."""
    signs = _SIGNS.get(name) or _Signs(words=(fold(name),))
    likely = np.full(len(view), np.nan, np.float32)
    if signs.tags and (found := view.tags(*signs.tags)) is not None:
        values, places = found
        faint = np.minimum(values / _HEARD_FROM, 1)
        likely = np.where(np.isfinite(places), places * faint, likely)
        if signs.acoustic:
            acoustic = np.nan_to_num(view.percentiles(Axis.ACOUSTICNESS), nan=0.5)
            likely = likely * (acoustic if signs.acoustic > 0 else 1 - acoustic) ** 0.5
    library = view.library
    for tag, rows in library.genres.items():
        believed = 0.0
        if any(f" {word} " in f" {tag} " for word in signs.words):
            believed = _NAMED
        elif any(is_kind_of(tag, genre) for genre in signs.genres):
            believed = _HINTED
        if believed:
            likely[rows] = np.fmax(likely[rows], believed)
    for word in signs.words:
        for title, rows in library.titles.items():
            if word in title and f" {word} " in f" {title} ":
                likely[rows] = np.fmax(likely[rows], _NAMED)
    return likely.astype(np.float32)
