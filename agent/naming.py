"""What music a request names: from slots and pointing words to the arguments of a tool."""

import re
from typing import Any

from agent.pointing import Pointer
from agent.session import Session
from agent.understanding.request import Understanding
from knowledge.folding import fold
from knowledge.models import Track
from knowledge.recommend.wishes import wish_for

Arguments = dict[str, Any]

_LEAD = re.compile(
    r"^(?:(?:please|hey|ok|okay|um|uh|now|then|just|and|can you|could you|would you|will you|i want to|"
    r"i would like to|i d like to|i wanna|let us|lets|go ahead and) )*"
    r"(?:(?:play|put on|start|start playing|listen to|hear|spin|turn on|queue(?: up)?|find|search(?: for)?|"
    r"show|look for|look up|give|get|add|like|do (?:you|i|we) have|have (?:you|we|i) got|i want|i need|"
    r"throw on|recommend|suggest)(?: me| us)?)(?: |$)(?:(?:some|a|any|anything|something|the song|the track|"
    r"the tune|music|songs|tracks|by) )*"
)  # fmt: skip
_TAIL = re.compile(r" (?:please|for me|now|right now|thanks|thank you|again|in my library)$")
_ASKING = frozenset(
    ["play", "find", "songs", "song", "music", "track", "tracks", "something", "anything", "search"]
    + ["show", "queue", "add", "like", "some", "it", "this", "that", "album", "albums", "artist"]
)
_DECADE = re.compile(r"\b(?:(19|20)?(\d0)s|(twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies)\b")
_DECADES = {
    "twent": 1920, "thirt": 1930, "fort": 1940, "fift": 1950, "sixt": 1960, "sevent": 1970,
    "eight": 1980, "ninet": 1990,
}  # fmt: skip
_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_MOOD_SLOTS = ("mood", "activity", "music_descriptor", "description", "occasion", "sort")
_FILLER = frozenset(
    ["music", "songs", "song", "tracks", "something", "for", "to", "my", "the", "a", "some", "and"]
    + ["from", "in", "of", "s", "mood", "while", "i", "am", "with", "at", "vibes", "tunes", "stuff"]
)
_TEMPO = {"slow": "slow", "fast": "fast", "quick": "fast", "uptempo": "fast", "up tempo": "fast"}
_PLAYING = re.compile(
    r"\b(?:play|put on|put|start|hear|listen|spin|throw on|turn on|shuffle|blast|give me|i want|i need|let us have|in the mood)\b"
)


def named(understanding: Understanding, text: str) -> Arguments:
    """Title, artist, album, playlist, genre or free words named in the slots; {} when none is."""
    slots = understanding.slots
    found: Arguments = {}
    rest = f" {leftover(text)} "
    for field, names in (
        ("title", ("track", "title", "song")),
        ("artist", ("artist",)),
        ("album", ("album",)),
        ("playlist", ("playlist",)),
        ("genre", ("genre",)),
        ("query", ("name", "work", "query", "entity_name", "object_name")),
    ):
        values = (value for name in names for value in slots.get(name, ()))
        value = next((value for value in values if _is_named(value, rest)), "")
        if value:
            found[field] = value
    if found.get("genre") and wish_for(found["genre"]) and not _is_style(found["genre"]):
        found.pop("genre")
    if found.get("query") and (found.get("title") or found.get("album")):
        found.pop("query")
    return found


def _is_named(value: str, rest: str) -> bool:
    """A library may hold an album called "Play": the verb in "play some jazz" does not name it."""
    return fold(value) not in _ASKING or f" {fold(value)} " in rest


def wishes(understanding: Understanding, text: str) -> Arguments:
    """Mood or activity, tempo and years named in the request; {} when none is."""
    found: Arguments = {}
    words = " ".join(value for name in _MOOD_SLOTS for value in understanding.slots.get(name, ()))
    for value in understanding.slots.get("genre", ()):
        if wish_for(value) and not _is_style(value):
            words = f"{words} {value}".strip()
    folded = fold(words) if words else ""
    tempo = next((name for word, name in _TEMPO.items() if word in folded.split()), "")
    wish = wish_for(words) if words else None
    if wish is not None:
        found["mood"] = words
    if tempo:
        found["tempo"] = tempo
    found |= years(" ".join(understanding.slots.get("year", ())))
    return found or _only_wished(leftover(text))


def _only_wished(words: str) -> Arguments:
    if not only_wishes(words):
        return {}
    found = years(words)
    if wish_for(words) is not None:
        found["mood"] = words
    tempo = next((name for word, name in _TEMPO.items() if word in words.split()), "")
    return {**found, "tempo": tempo} if tempo else found


def years(words: str) -> Arguments:
    """ "80s" and "1985" as the fields year_from and year_to; {} when there is no year."""
    said = fold(words) if words else ""
    if match := _DECADE.search(said):
        if match[3]:
            first = _DECADES[match[3]]
        else:
            two = int(match[2])
            century = match[1] or ("20" if two < 30 else "19")
            first = int(f"{century}{two:02}")
        return {"year_from": first, "year_to": first + 9}
    if match := _YEAR.search(said):
        return {"year_from": int(match[1]), "year_to": int(match[1])}
    return {}


def leftover(text: str) -> str:
    """The words of `text` without the asking around them: "play some take five please"."""
    said = fold(text)
    words = _TAIL.sub("", _LEAD.sub("", said)).strip()
    return (
        ""
        if words
        in {"something", "anything", "music", "some music", "it", "that", "a song", "song", "songs"}
        else words
    )


def only_wishes(words: str) -> bool:
    """Whether `words` name a mood, an activity, a tempo or years and nothing else."""
    said = fold(words)
    wish = wish_for(said)
    rest = _DECADE.sub("", _YEAR.sub("", said)).split()
    known = set() if wish is None else {w for tag in (*wish.tags, wish.name) for w in tag.split()}
    return bool(said) and all(word in known or word in _FILLER or word in _TEMPO for word in rest)


def asks_to_play(text: str) -> bool:
    """Whether the words want to hear it, not only to know it."""
    return _PLAYING.search(fold(text)) is not None


def pointed(pointer: Pointer, session: Session, current: Track | None) -> Arguments:
    """The arguments for what pointing words point at; {} when they point at nothing known."""
    listed = len(session.results)
    if pointer.numbers:
        inside = [n for n in pointer.numbers if n == -1 or 1 <= n <= listed]
        return {"numbers": inside} if inside and listed else {}
    if pointer.everything or pointer.kind == "list":
        return {"numbers": list(range(1, listed + 1))} if listed else {}
    if pointer.other:
        number = other_number(session)
        return {"numbers": [number]} if number else {}
    focus = session.focus
    newer = session.last_tool in {"play_music", "control_playback", "edit_queue"}
    track = current if current is not None and (newer or focus.artist == "") else None
    if pointer.kind == "album":
        album_id = track.album_id if track is not None else focus.album_id
        album_id = album_id or (current.album_id if current is not None else None)
        return {"refs": [f"album:{album_id}"]} if album_id else {}
    if pointer.kind == "artist":
        artist = track.artists[0] if track is not None else focus.artist
        artist = artist or (current.artists[0] if current is not None else "")
        return {"artist": artist} if artist else {}
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
        if all(word in own_words for word in words):
            fitting.append(option.number)
    return fitting[0] if len(fitting) == 1 else None


_KIND_WORDS = {
    "track": "song track tune",
    "album": "album record",
    "artist": "artist band singer group",
    "playlist": "playlist",
}
_IDLE = frozenset(
    "the a an one by from of with i mean meant want wanted no yes please play that this version it is "
    "s to on in my choose take pick called named not but actually sorry rather instead oh ok okay um".split()
)
_STYLES = frozenset(
    {"jazz", "ambient", "lounge", "house", "disco", "bossa nova", "chillout", "downtempo"}
)


def _is_style(words: str) -> bool:
    """Some words name a genre as well as a mood; as a genre they are meant literally."""
    return fold(words) in _STYLES
