"""A made-up library of any size, the same one each time.

What matters for a search is imitated: few artists with many tracks and many with few, titles of
common words that many artists share, a long tail of rare words, live and remastered versions,
guests in titles, accents, and names in Cyrillic and kana.
"""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from knowledge.catalog_writer import TrackDraft

_COMMON_WORDS = """
love you me night time heart day life baby world dream blue man one girl home way light rain fire
little dance song eyes sun good down moon sky star dead black red white gold summer winter river
road water wind ocean city street train car house door window room morning midnight sunday monday
tonight forever never always again alone away back better broken burning call change child cold
come crazy cry dark darling dear devil angel heaven hell easy end every face fall feel fever first
flower fly fool free friend ghost god gone goodbye hand happy hard high hold hope hour hurt island
jump kiss lady last leave let lie line live lonely long lost mind mirror mother mountain move music
name need new nobody nothing old only paper people perfect picture place play power promise queen
king rise rock roll rose run sad sail save sea secret shadow shake shine silver sister sleep slow
smile smoke snow soldier somebody something soul sound space spirit spring stand steel still stone
stop storm story strange sugar sweet talk tears tell thing think thunder tiger today together touch
town tree trouble true truth turn under valley voice wait walk wall war watch wild wings
wish without woman wonder word work wrong year yellow yesterday young diamond desert country party
radio river
"""
_FIRST_NAMES = """
Anna Marcus Elena David Nina Oscar Clara Victor Maria James Lucy Miles Ella Thomas Ruth Leon Sarah
Daniel Grace Samuel Alice Henry Julia Walter Laura Frank Emma George Irene Paul Billie Ray Etta Sam
Joan Bob Carol Neil Stevie Otis Aretha Chet Joni Nick Tori Björn José André Zoë Søren Jürgen Élise
Héctor Łukasz Márta Chloé Núria Åsa Göran Renée Íris Tomás
"""
_LAST_NAMES = """
Walker Stone Rivers Baker Carter Hughes Marsh Doyle Fletcher Hayes Monroe Quinn Sharp Turner Vance
Winter Young Cole Drake Ellis Frost Grant Hart Irving Jarvis Knox Lane Mercer Nolan Otto Price Reed
Shaw Tate Underwood Voss Webb York Zeller Ortega Müller Håkansson García Lefèvre Sørensen Novák Żak
Núñez Björk Größer Étienne Muñoz Çelik Đorđević Peña Rößler
"""
_COMMON, _FIRST, _LAST = (words.split() for words in (_COMMON_WORDS, _FIRST_NAMES, _LAST_NAMES))
_GENRES = (
    "Rock", "Pop", "Jazz", "Classical", "Electronic", "Hip Hop", "Folk", "Metal", "Soul", "Blues",
    "Country", "Reggae", "Ambient", "Punk", "Funk", "Indie Rock", "House", "Techno", "Latin", "R&B",
)  # fmt: skip
_ONSET_LETTERS = "b br c ch cl d dr f fl g gr h j k kr l m n p pl qu r s sh sk st t th tr v w z"
_VOWEL_LETTERS = "a e i o u ai ea ee io oa ou"
_CYRILLIC_PARTS = (
    "ба во гра дол жи за ки ла мо ни по ра сти то ча ше ха ря лю зве ночь река море ветер дом путь"
)
_ONSETS, _VOWELS, _CYRILLIC = (
    parts.split() for parts in (_ONSET_LETTERS, _VOWEL_LETTERS, _CYRILLIC_PARTS)
)
_CODAS = ["", "", "l", "m", "n", "nd", "r", "rk", "s", "st", "t", "x"]
_KANA = "さくらはなゆきそらうみかぜひかりこころよるほしつきもりとみちやま"
_RARE_WORDS = 24_000
_PATTERNS = (
    ("{0}", 14), ("{0} {1}", 26), ("The {0}", 8), ("{0} of {1}", 7), ("{0} in the {1}", 8),
    ("The {0} {1}", 7), ("{0} {1} {2}", 10), ("I {0} the {1}", 4), ("My {0} {1}", 4),
    ("{0} & {1}", 3), ("Don't {0} Me {1}", 3), ("{0}'s {1}", 3), ("({0}) {1} {2}", 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MadeTrack:
    """A generated track and what is known about it."""

    draft: TrackDraft
    song: str
    """The title without version and guests."""
    artist: str
    script: str
    """"latin", "accented", "cyrillic" or "kana"."""
    is_version: bool


def make_tracks(count: int, *, seed: int = 20_271) -> Iterator[MadeTrack]:
    """Yield `count` tracks, artist by artist."""
    words = _Words(random.Random(seed))
    made = 0
    while made < count:
        for track in words.artist():
            yield track
            made += 1
            if made == count:
                return


class _Words:
    """Invents names."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        common = list(dict.fromkeys(_COMMON))
        rare = {self._syllables() for _ in range(_RARE_WORDS)}
        self._words = [*common, *sorted(rare - set(common), key=hash_of)]
        # Like Zipf's law, with fewer rare words: titles are made of everyday ones.
        self._weights = list(accumulate(1 / (rank + 12) ** 1.3 for rank in range(len(self._words))))
        self._names: set[str] = set()
        self._known: list[str] = []

    def artist(self) -> Iterator[MadeTrack]:
        rng = self._rng
        script, name = self._artist_name()
        self._known.append(name)
        albums = min(20, int(rng.paretovariate(1.4)))
        songs: list[tuple[str, str]] = []
        genre = rng.choice(_GENRES)
        first_year = rng.randint(1955, 2020)
        for number in range(albums):
            title = self._title(script)
            tracks = rng.randint(6, 13) if rng.random() < 0.7 else rng.randint(1, 3)
            for _ in range(tracks):
                song = self._title(script)
                guest = ""
                if script == "latin" and len(self._known) > 20 and rng.random() < 0.03:
                    guest = f" (feat. {rng.choice(self._known[:-1])})"
                yield _track(song, guest, name, script, title, first_year + number, genre)
                songs.append((song, guest))
        yield from self._versions(name, script, songs, first_year + albums, genre)

    def _versions(
        self, name: str, script: str, songs: list[tuple[str, str]], year: int, genre: str
    ) -> Iterator[MadeTrack]:
        rng = self._rng
        if len(songs) < 12 or rng.random() < 0.4:
            return
        for album, mark in (
            ("Greatest Hits", f" (Remastered {rng.randint(2000, 2020)})"),
            (f"Live at {rng.choice(_LAST)} Hall", rng.choice(["", " (Live)", " - Live"])),
        ):
            if rng.random() < 0.5:
                for song, guest in rng.sample(songs, 8):
                    yield _track(
                        song, f"{guest}{mark}", name, script, album, year, genre, is_version=True
                    )

    def _artist_name(self) -> tuple[str, str]:
        rng = self._rng
        while True:
            roll = rng.random()
            if roll < 0.05:
                script, name = "cyrillic", self._cyrillic(rng.randint(1, 2))
            elif roll < 0.08:
                script, name = "kana", self._kana(rng.randint(3, 6))
            elif roll < 0.55:
                script, name = "latin", f"{rng.choice(_FIRST)} {rng.choice([*_LAST, self._rare()])}"
            else:
                script = "latin"
                pattern = rng.choice(
                    ["The {0}s", "{0}", "{0} {1}", "The {0} {1}", "{0} & The {1}s"]
                )
                name = pattern.format(self._rare(), self._word())
            if script == "latin" and not name.isascii():
                script = "accented"
            if name not in self._names:
                self._names.add(name)
                return script, name

    def _title(self, script: str) -> str:
        rng = self._rng
        if script == "cyrillic":
            return self._cyrillic(rng.randint(1, 3))
        if script == "kana":
            return self._kana(rng.randint(2, 7))
        patterns, weights = zip(*_PATTERNS, strict=True)
        pattern = str(rng.choices(patterns, weights)[0])
        title = pattern.format(self._word(), self._word(), self._word())
        if script == "accented" and rng.random() < 0.5:
            place = rng.randrange(len(title))
            title = title[:place] + title[place:].replace("e", "é", 1).replace("o", "ö", 1)
        return title

    def _word(self) -> str:
        word = self._rng.choices(self._words, cum_weights=self._weights)[0]
        return word.capitalize()

    def _rare(self) -> str:
        return self._rng.choice(self._words[250:]).capitalize()

    def _syllables(self) -> str:
        rng = self._rng
        parts = rng.choice((1, 2, 2, 2, 3))
        return "".join(
            rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(parts)
        )

    def _cyrillic(self, words: int) -> str:
        rng = self._rng
        return " ".join(
            "".join(rng.choice(_CYRILLIC) for _ in range(rng.randint(2, 3))).capitalize()
            for _ in range(words)
        )

    def _kana(self, length: int) -> str:
        return "".join(self._rng.choice(_KANA) for _ in range(length))


def hash_of(text: str) -> str:
    """A fixed disorder: the hash of a string changes with every process, this does not."""
    return hashlib.sha256(text.encode()).hexdigest()


def _track(
    song: str,
    more: str,
    name: str,
    script: str,
    album: str,
    year: int,
    genre: str,
    *,
    is_version: bool = False,
) -> MadeTrack:
    draft = TrackDraft(
        audio_hash=hash_of(f"{name}/{album}/{year}/{song}{more}"),
        title=f"{song}{more}",
        artists=(name,),
        album=album,
        year=year,
        genres=(genre,),
        duration_s=200.0,
    )
    return MadeTrack(draft, song, name, script, is_version)


def latin_letters(text: str) -> str:
    """Write Cyrillic and kana as people type them (not as `fold` does: that is under test)."""
    return "".join(_LATIN.get(letter, letter) for letter in text.lower())


def _latin_table() -> dict[str, str]:
    letters = zip("абвгдежзийклмнопрстуфхцчшщыэюя", _CYRILLIC_LATIN.split(), strict=True)
    syllables = zip(
        "さくらはなゆきそうみかぜひりこよるほしつもとちやま", _KANA_LATIN.split(), strict=True
    )
    return {**dict(letters), **dict(syllables), "ь": "", "ъ": "", "ё": "yo"}


_CYRILLIC_LATIN = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya"
_KANA_LATIN = "sa ku ra ha na yu ki so u mi ka ze hi ri ko yo ru ho shi tsu mo to chi ya ma"
_LATIN = _latin_table()


def spread_sample(rng: random.Random, tracks: Sequence[MadeTrack], count: int) -> list[MadeTrack]:
    """Draw `count` tracks that are no versions of others; fewer when there are not as many."""
    plain = [track for track in tracks if not track.is_version]
    return rng.sample(plain, min(count, len(plain)))
