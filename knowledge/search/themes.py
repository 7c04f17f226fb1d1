"""What some music is about or made for, by words in its names: Christmas, live, children."""

from collections.abc import Mapping

import numpy as np
from sqlalchemy import Connection, text

from knowledge.folding import fold
from knowledge.search.library_columns import Mask, is_version
from knowledge.search.library_view import LibraryView
from knowledge.search.versions import Version

_WORDS: Mapping[str, tuple[str, ...]] = {
    "christmas": (
        "christmas", "xmas", "x mas", "weihnacht*", "navidad*", "villancico*", "noel", "natale",
        "natal", "kerst*", "kerstmis", "jul", "julen", "jullat*", "kolęd*", "kolęda", "クリスマス",
        "圣诞*", "聖誕*", "क्रिसमस", "santa claus", "jingle bells", "silent night", "holy night",
        "stille nacht", "rudolph", "sleigh", "mistletoe", "feliz navidad", "yule*", "advent",
    ),
    "halloween": ("halloween", "trick or treat"),
    "children": (
        "children*", "kids", "kinder*", "kinderlied*", "infantil*", "enfant*", "bambini",
        "crianca*", "nursery", "lullab*", "童謡", "儿歌", "dzieci*", "barn*",
    ),
    "summer": ("summer*", "sommer*", "verano", "ete", "estate", "verao", "夏", "夏天", "sommar*"),
    "winter": ("winter*", "invierno", "hiver", "inverno", "冬", "冬天", "snow", "schnee"),
    "rain": ("rain*", "regen*", "lluvia", "pluie", "pioggia", "chuva", "雨", "下雨"),
    "space": ("space", "cosmic", "cosmos", "galax*", "stars", "planet*", "astro*", "weltraum"),
}  # fmt: skip
_VERSIONS: Mapping[str, Version] = {"live": Version.LIVE, "remix": Version.REMIX}
_FOUND = text("SELECT rowid FROM track_search WHERE track_search MATCH :match LIMIT 50000")


def is_theme(word: str) -> bool:
    """Whether a word stands for a theme."""
    return word in _WORDS or word in _VERSIONS


def of_theme(connection: Connection, view: LibraryView, words: str) -> Mask:
    """Tracks that bear a theme, or any word, in title, artist, album, genre or mood."""
    theme = fold(words)
    if theme in _VERSIONS:
        version = _VERSIONS[theme]
        return is_version(view.library, version) | _named(
            connection, view, (f"{theme} version",), ""
        )
    where = "{title album genres} : " if theme in _WORDS else ""
    found = _named(connection, view, _WORDS.get(theme, (words,)), where)
    rows = view.library.moods.get(theme)
    if rows is not None:
        found[rows] = True
    return found


def _named(connection: Connection, view: LibraryView, phrases: tuple[str, ...], where: str) -> Mask:
    parts = []
    for phrase in phrases:
        folded = fold(phrase.rstrip("*"))
        words = [word for word in folded.split() if word.isascii() and word.isalnum()]
        if words:
            parts.append('"' + " ".join(words) + '"' + (" *" if phrase.endswith("*") else ""))
    if not parts or connection.dialect.name != "sqlite":
        return _looked_through(view, phrases)
    rows = connection.execute(_FOUND, {"match": f"{where}({' OR '.join(parts)})"})
    return view.library.mask(view.library.rows(row[0] for row in rows))


def _looked_through(view: LibraryView, phrases: tuple[str, ...]) -> Mask:
    """The same without an index: whole words in titles and albums only."""
    wanted = [(fold(one.rstrip("*")), one.endswith("*")) for one in phrases]
    mask = np.zeros(len(view), np.bool_)
    for inverted in (view.library.titles, view.library.albums, view.library.genres):
        for name, rows in inverted.items():
            padded = f" {name} "
            if any(
                f" {word}" in padded if is_stem else f" {word} " in padded
                for word, is_stem in wanted
                if word
            ):
                mask[rows] = True
    return mask
