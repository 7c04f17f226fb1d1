"""The names that are asked for: real ones, those of the demo library, and made-up ones.

Names of artists are divided by a hash into parts that never meet: what the engine was developed
on ("dev"), what it is measured on ("test"), and what is in no library at all ("absent_dev",
"absent_test"). A name may come with the way people say it, because a voice that was made for
English does not know how.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from evals.generated_library import hash_of
from evals.search_cases import famous_library
from knowledge.catalog_writer import TrackDraft
from knowledge.demo.albums import ALBUMS
from knowledge.demo.discography import placed
from knowledge.folding import fold

Split: TypeAlias = Literal["dev", "test"]
Source: TypeAlias = Literal["real", "demo", "made"]

_NAMES = Path(__file__).parents[1] / "cases" / "hearing_names.jsonl"
_ABSENT_SHARE = 0.2
_MADE_SEEDS: Mapping[Split, int] = {"dev": 41, "test": 97}
_MADE_ARTISTS, _MADE_ALBUM_TRACKS = 900, (8, 12)

_ADJECTIVES_WORDS = """
amber ancient bitter blue broken burning careless crooked crystal distant electric emerald faded
fearless frozen gentle golden haunted hidden hollow invisible ivory lonesome lost midnight naked
northern paper pale quiet reckless restless rusty sacred scarlet secret silver sleepless southern
stolen stubborn sweet tangled tender velvet wandering wicked wild winter wooden yellow
"""
_NOUNS_WORDS = """
airport anchor angel avenue balcony ballroom bicycle blackbird bones boulevard bridge cabaret
candle caravan carousel cathedral cigarette cinema circus coastline compass comet corridor coyote
daughter desert diamond dragonfly dust elevator ember engine envelope feather festival fever
fountain garden ghost gravity harbour heartbeat highway honey horizon hurricane island jasmine
juniper kingdom kitchen ladder lantern lavender lemon letter lighthouse lullaby machine magnolia
marigold meadow melody mercury mirror monsoon moonlight mountain museum nightingale ocean orchard
ordinary parade passenger photograph piano pilgrim planet pocket postcard prairie promise radio
railway rainbow raven ribbon river rooftop saturday scarecrow serenade shadow shoreline silence
skyline sparrow staircase station stranger summer swallow tambourine telephone thunder tiger
tomorrow tornado tower train treasure umbrella valentine valley villain violet volcano waterfall
whisper wildfire willow window wolf wonder
"""
_PATTERNS = (
    "{a} {n}", "{a} {n}", "{a} {n}", "The {a} {n}", "{n} of the {m}", "{n} and {m}", "{n}",
    "Waiting for the {n}", "{n} in the {m}", "My {a} {n}", "Song for a {a} {n}", "Goodbye, {a} {n}",
    "Under the {n}", "No More {n}", "Where the {n} Ends",
)  # fmt: skip
_FIRST_WORDS = """
Alma Anders Anneli Aoife Beatriz Birgit Caspar Celeste Ciarán Clémence Dagny Delphine Eduardo Elif
Emeka Esperanza Fadela Farid Felicity Fiona Gaspard Giulia Hanneke Harriet Ignacio Ines Isolde
Ivo Jasper Joaquim Jolanta Kaito Katarzyna Lars Leila Lorenzo Lucinda Magnus Mahalia Malik
Marguerite Matteo Mireille Nadia Naoko Niamh Noor Octavia Olga Orla Otto Pablo Paloma
Pernille Rafael Ramona Rosalind Rufus Saoirse Selma Sergio Silvia Soledad Solveig Tadeusz
Tamsin Theodora Tobias Ulrike Valentina Vikram Wanda Wilhelmina Xavier Yara Yusuf Zainab Zelda
"""
_LAST_WORDS = """
Abernathy Adeyemi Almeida Andersson Bachmann Bellweather Bianchi Blackwood Bonnard Castellano
Chaudhry Cordero Dalgaard Delacroix Diallo Duchamp Eklund Espinoza Fairweather Falk Ferreira
Fitzgibbon Gallagher Greenwood Gutiérrez Haddad Halloran Hawthorne Hernández Holloway Ibarra
Ivanova Jankowski Jørgensen Kaplan Karlsson Kowalczyk Kuznetsov Laurent Lindqvist Lockhart Lombardi
MacAllister Marchetti Mbeki Moreau Nakamura Novotny Obradović Okafor Olivier Østergaard Pettersson
Quintero Rasmussen Redfern Ricci Rosenthal Saavedra Santoro Schröder Sinclair Takahashi Thibault
Thornbury Ueda Valcourt Vasquez Villanueva Vogel Wakefield Weatherby Whitlock Yamamoto Zimmermann
"""
_BANDS = (
    "The {a} {p}", "The {p}", "{n} & the {p}", "{a} {n}", "{n} Club", "{n} Parade",
    "Saint {n}", "The {n} Brothers", "{n} Orchestra",
)  # fmt: skip
_SAID_IN_DEMO = {
    "Pavane": "Pahvahn", "Gymnopédie": "Zhimnopaydee", "No. 1": "number one", "Für": "Fur",
    "Elise": "Eleeza", "Lúcia": "Lucia", "Maré": "Maray", "Areia Branca": "Araya Branka",
    "Saudade": "Sowdahjee", "Stille Nacht": "Shtilla Nakt", "Eine kleine": "Eye nuh kline uh",
    "Nachtmusik": "Nahkt moozeek", "Jesu": "Yay zoo", "St. James": "Saint James",
    "Korobeiniki": "Korobaynikee",
}  # fmt: skip
"""How people say parts of the demo library's names."""
_ADJECTIVES, _NOUNS, _FIRST, _LAST = (
    words.split() for words in (_ADJECTIVES_WORDS, _NOUNS_WORDS, _FIRST_WORDS, _LAST_WORDS)
)
_GENRES = ("Rock", "Pop", "Jazz", "Folk", "Electronic", "Soul", "Blues", "Country", "Indie Rock")


@dataclass(frozen=True, slots=True)
class Name:
    """A recording by its names."""

    artist: str
    title: str
    album: str
    genre: str
    source: Source
    said: Mapping[str, str] = field(default_factory=dict)
    """How people say names of this artist that are not said as they are written."""

    def draft(self) -> TrackDraft:
        """As the library keeps it, without a file."""
        return TrackDraft(
            audio_hash=hash_of(f"{self.artist}/{self.album}/{self.title}"),
            title=self.title,
            artists=(self.artist,),
            album=self.album,
            genres=(self.genre,),
            duration_s=200.0,
        )


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one split."""

    asked: tuple[Name, ...]
    """In the library, and of artists that belong to this split."""
    absent: tuple[Name, ...]
    """In no library."""
    library: tuple[TrackDraft, ...]
    """Everything the library holds, names of well-known music that nobody asks for included."""


def names_of(split: Split) -> Names:
    """All names of a split; the same each time."""
    real, demo, made = list(_real_names()), list(_demo_names()), list(_made_names(split))
    here = [name for name in real if part_of(name.artist) == split]
    absent = [name for name in real if part_of(name.artist) == f"absent_{split}"]
    known = {fold(name.artist) for name in real}
    famous = [draft for draft in famous_library() if fold(draft.artists[0]) not in known]
    left_out = {fold(name.artist) for name in made[-len(made) // 20 :]}
    absent += [name for name in made if fold(name.artist) in left_out]
    made = [name for name in made if fold(name.artist) not in left_out]
    asked = [*here, *(name for name in demo if _half_of(name.artist) == split), *made]
    held = [name.draft() for name in (*here, *demo, *made)]
    return Names(tuple(asked), tuple(absent), (*held, *famous))


def part_of(artist: str) -> str:
    """One of "dev", "test", "absent_dev" and "absent_test"."""
    share = int(hash_of(artist)[:8], 16) / 16**8
    half = _half_of(artist)
    return f"absent_{half}" if share < _ABSENT_SHARE else half


def _half_of(artist: str) -> Split:
    return "dev" if int(hash_of(artist)[8:16], 16) % 2 else "test"


def _real_names() -> Iterator[Name]:
    for line in _NAMES.read_text("utf-8").splitlines():
        row = json.loads(line)
        for title in row["titles"]:
            yield Name(
                row["artist"], title, f"The Best of {row['artist']}", row["genre"], "real",
                row.get("said", {}),
            )  # fmt: skip


def _demo_names() -> Iterator[Name]:
    for one in placed(ALBUMS):
        names = one.artists[0], one.recording.title, one.album.title
        yield Name(*names, one.genre, "demo", {name: _as_said(name) for name in names})


def _as_said(name: str) -> str:
    for part, said in _SAID_IN_DEMO.items():
        name = name.replace(part, said)
    return name


def _made_names(split: Split) -> Iterator[Name]:
    rng = random.Random(_MADE_SEEDS[split])
    artists = dict.fromkeys(_artist(rng) for _ in range(_MADE_ARTISTS))
    for artist in artists:
        if _half_of(artist) != split:
            continue
        album, genre = _title(rng), rng.choice(_GENRES)
        titles = dict.fromkeys(_title(rng) for _ in range(rng.randint(*_MADE_ALBUM_TRACKS)))
        for title in titles:
            yield Name(artist, title, album, genre, "made")


def _artist(rng: random.Random) -> str:
    if rng.random() < 0.6:
        return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
    return _filled(rng.choice(_BANDS), rng)


def _title(rng: random.Random) -> str:
    return _filled(rng.choice(_PATTERNS), rng)


def _filled(pattern: str, rng: random.Random) -> str:
    one, other = rng.sample(_NOUNS, 2)
    return pattern.format(
        a=rng.choice(_ADJECTIVES).capitalize(),
        n=one.capitalize(),
        m=other.capitalize(),
        p=_plural(other).capitalize(),
    )


def _plural(noun: str) -> str:
    if noun[-1] == "y" and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun[-1] in "sx" else f"{noun}s"


def unique_titles(library: Sequence[TrackDraft]) -> frozenset[str]:
    """Folded titles that only one recording has."""
    seen: dict[str, int] = {}
    for draft in library:
        seen[fold(draft.title)] = seen.get(fold(draft.title), 0) + 1
    return frozenset(title for title, count in seen.items() if count == 1)
