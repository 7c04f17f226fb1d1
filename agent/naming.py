"""What music a request names: from slots to the arguments of a tool."""

import re
from typing import Any

from agent.asking import leftover, without_tail
from agent.phrases import word_set
from agent.pointing import only_points
from agent.understanding import Understanding
from agent.wishing import is_mood, is_style, only_wishes
from knowledge.folding import fold

Arguments = dict[str, Any]

_FIELDS = (
    ("title", ("track", "title", "song")),
    ("artist", ("artist",)),
    ("album", ("album",)),
    ("playlist", ("playlist",)),
    ("genre", ("genre",)),
    ("query", ("name", "work", "query", "entity_name", "object_name")),
)
_ASKING = word_set(
    "play find songs song music track tracks something anything search show queue add "
    "like some it this that album albums artist next list"
)
_KIND_SAID = {
    "title": word_set("song track tune piece"),
    "album": word_set("album record lp cd"),
    "artist": word_set(
        "artist band by songs music tracks something anything some albums singer composer"
    ),
    "playlist": word_set("playlist playlists list mix"),
}
_FOR = re.compile(r"\b(?:something|anything|music|songs?|tracks?|tunes?) (?:for|to)\b")
_PLACES = frozenset(
    ("the fire", "the fireplace", "the sea", "the lake", "the pool", "the river", "the window")
)
_LISTS = frozenset(("playlist", "playlists", "list"))
_BY = re.compile(r" by (?!(?:her|him|them|the same|that|this|me|myself|heart)\b)(.+)$")


def named(understanding: Understanding, text: str) -> Arguments:
    """Title, artist, album, playlist, genre or free words that are named; {} when none is.

    A name whose kind nobody said becomes free words, since search knows better what it is: "play
    Genesis" may mean the band or the song, "play the song Genesis" may not.
    """
    found = _from_slots(understanding, text)
    if found and "artist" not in found:
        found |= _named_after_by(found, text)
    said = set(fold(text).split())
    for field, words in _KIND_SAID.items():
        if field not in found or words & said or "query" in found:
            continue
        if field == "artist" and len(found) > 1:
            continue
        found["query"] = found.pop(field)
    return found


def _from_slots(understanding: Understanding, text: str) -> Arguments:
    rest = f" {leftover(text)} "
    found: Arguments = {}
    for field, slots in _FIELDS:
        values = [value for slot in slots for value in understanding.slots.get(slot, ())]
        value = next((value for value in values if _is_named(value, rest)), "")
        if value:
            found[field] = without_tail(value) if field == "query" else value
    _let_go(found, text)
    if "genre" not in found:
        styles = [value for value in understanding.slots.get("mood", ()) if is_style(value)]
        found |= {"genre": styles[0]} if styles else {}
    if "genre" in found and is_mood(found["genre"]):
        del found["genre"]
    if "query" in found and ("title" in found or "album" in found):
        del found["query"]
    return found


def _let_go(found: Arguments, text: str) -> None:
    """Take out what looks like a name and describes music."""
    said = fold(text)
    for field in ("playlist", "query"):
        if field in found and only_wishes(found[field]) and not _LISTS & set(said.split()):
            del found[field]  # "play chill" wishes, "play my chill playlist" names
    if _FOR.search(said):
        for field in ("title", "album"):
            if field in found and only_wishes(found[field]):
                del found[field]  # "something for a rainy evening"
        if fold(found.get("artist", "")) in _PLACES:
            del found["artist"]  # "by the fire"


def _is_named(value: str, rest: str) -> bool:
    """A library may hold an album called "Play": the verb in "play some jazz" does not name it."""
    if only_points(value):
        return False
    return fold(value) not in _ASKING or f" {fold(value)} " in rest


def _named_after_by(found: Arguments, text: str) -> Arguments:
    """The artist in "Hallelujah by the Beatles", also when the library has no such artist.

    Who is named is a condition: dropping it would play somebody else's Hallelujah.
    """
    name = fold(next(iter(found.values())))
    _, _, after = f" {leftover(text)} ".partition(f" {name} ")
    match = _BY.search(f" {after.strip()}")
    if match is None:
        return {}
    words = text.split()
    count = len(match[1].split())
    as_written = " ".join(words[-count:]).strip(" .!?,")
    return {"artist": as_written if fold(as_written) == match[1] else match[1]}
