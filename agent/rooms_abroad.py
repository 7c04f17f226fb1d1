"""Rooms named in another language: taken out of the request before the rest is translated.

"Spiel Jazz in der Küche" is "spiel Jazz", which becomes "play jazz", in the kitchen. Where a room
is itself what shall be louder or silent ("mach die Küche leiser"), the request is read as if it
were about the music. The words of each language are in `understanding/languages/CODE.rooms.toml`.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from agent.rooms import EVERYWHERE, HERE
from agent.understanding import Intent, Part, Translation
from agent.understanding.gazetteer import Gazetteer
from agent.understanding.pivot.compiling import Compiler
from agent.understanding.pivot.language import PIVOT_LANGUAGES, PivotRule, load_pivot
from agent.understanding.pivot.matching import PivotMatcher
from agent.understanding.pivot.words import Spelling, words_of
from agent.understanding.tokens import Token, tokenise

_MANY_WORDS = 60
_MANY_PLACES = 4
_ASKS = {"move": "move it", "goes_on": "continue", "only": ""}

STEERING = frozenset(
    {
        *(Intent.PAUSE, Intent.RESUME, Intent.STOP, Intent.NEXT, Intent.PREVIOUS),
        *(Intent.VOLUME_SET, Intent.VOLUME_UP, Intent.VOLUME_DOWN, Intent.VOLUME_MUTE),
        *(Intent.VOLUME_UNMUTE, Intent.WHAT_IS_PLAYING),
    }
)
"""What may be said of a room as of the music in it: "make the kitchen louder"."""

Phrase = tuple[str, ...]
Translate = Callable[[str, str], Translation]
"""Translates a text, the second argument being the language that it is taken to be in."""
Steers = Callable[[str], bool]
"""Whether an English request steers what plays, and names nothing."""


@dataclass(frozen=True, slots=True)
class RoomWords:
    """How one language speaks of rooms."""

    spelling: Spelling
    rooms: Mapping[Phrase, str]
    """English names of the rooms that houses have."""
    lead: tuple[Phrase, ...]
    """What comes before a room in which something shall happen: "in der"."""
    trail: tuple[Phrase, ...]
    """What comes after it, in languages that have it there: "में"."""
    of: tuple[Phrase, ...]
    """What makes it the room of something: "die Lautstärke vom", read of what steers only."""
    of_trail: tuple[Phrase, ...]
    the: tuple[Phrase, ...]
    speaker: tuple[Phrase, ...]
    everywhere: tuple[Phrase, ...]
    here: tuple[Phrase, ...]
    music: tuple[str, ...]
    """What a room stands for: "mach die Küche leiser" is "mach die Musik leiser"."""
    asks: tuple[PivotRule, ...]
    """What may be said of a room with hardly more words than it: "move the music", "go on"."""


@dataclass(frozen=True, slots=True)
class _Place:
    room: str
    start: int
    end: int
    """Characters of the text that name it, with the words around it."""
    kind: str
    """How it is named: "in" it, something "of" it, or "bare"."""


def in_rooms(
    text: str,
    said: Translation,
    names: Sequence[str],
    library: Gazetteer,
    translate: Translate,
    steers: Steers,
) -> Translation | None:
    """The English requests of a text that names rooms; None when it names none or is English.

    Args:
        text: what was said.
        said: how it is read without a thought of rooms.
        names: what the rooms and speakers of the house are called.
        library: its names may hold the words of a room.
        translate: reads the text without the room.
        steers: tells commands.
    """
    for code in dict.fromkeys((said.language, *PIVOT_LANGUAGES)):
        words = room_words(code)
        if words is None:
            continue
        tokens = words_of(text, None, words.spelling)
        if not 0 < len(tokens) <= _MANY_WORDS:
            return None
        known = _known(code, tuple(names))
        places = [
            place
            for place in _places(text, tokens, words, known)
            if not _in_a_name(text, place, library)
        ]
        if not 0 < len(places) <= _MANY_PLACES:
            continue
        found = _read(text, places, code, words, translate, steers)
        if found is not None:
            return found
    return None


def _read(
    text: str,
    places: Sequence[_Place],
    code: str,
    words: RoomWords,
    translate: Translate,
    steers: Steers,
) -> Translation | None:
    inside = [place for place in places if place.kind == "in"]
    if inside:
        return _in_them(text, inside, code, words, translate)
    place = places[-1]
    for instead in ("", *words.music) if place.kind == "of" else (*words.music, ""):
        left, _ = _without(text, (place,), instead)
        if not left:
            continue
        read = translate(left, code)
        one = read.parts[0]
        if read.language == code and read.found and not read.parts[1:] and steers(one.english):
            return Translation(code, (Part(_there(one.english, place.room), left),))
    return None


def _in_them(
    text: str, places: Sequence[_Place], code: str, words: RoomWords, translate: Translate
) -> Translation | None:
    left, at = _without(text, places, "")
    meant = _of_place(left, code, words)
    if meant is not None:
        return Translation(code, (Part(_there(meant, places[-1].room), text),))
    if all(place.room == HERE for place in places):
        return None  # "was läuft hier?" asks for no room
    read = translate(left, code)
    if read.language != code or not read.found:
        return None
    starts = _starts(left, read.parts)
    parts = list(read.parts)
    for place, where in zip(places, at, strict=True):
        index = max((i for i, start in enumerate(starts) if start <= where), default=0)
        original = read.parts[index]
        parts[index] = replace(original, english=_there(original.english, place.room))
    return Translation(code, tuple(parts))


def _of_place(left: str, code: str, words: RoomWords) -> str | None:
    """What is meant where hardly more than the place was said; None when more was."""
    tokens, language = words_of(left, None, words.spelling), load_pivot(code)
    if not tokens or language is None:
        return ""
    matcher = PivotMatcher(language, left, tokens)
    found = (matcher.match(rule) for rule in words.asks)
    return next((each.rule.english for each in found if each is not None), None)


def _there(english: str, room: str) -> str:
    where = room if room in {EVERYWHERE, HERE} else f"in the {room}"
    if english == _ASKS["move"] and room not in {EVERYWHERE, HERE}:
        where = f"to the {room}"
    return f"{english.rstrip(' .!?')} {where}".strip()


def _without(text: str, places: Sequence[_Place], instead: str) -> tuple[str, list[int]]:
    """The text without the words of the places, and where in it they stood."""
    left, at, done = "", [], 0
    for place in places:
        left = _joined(left, text[done : place.start])
        at.append(len(left))
        left = _joined(left, instead)
        done = place.end
    left = _joined(left, text[done:])
    bare = left.strip(" ,.!?¿¡、，。！？")
    shift = left.find(bare) if bare else 0
    return bare, [where - shift + 1 for where in at]


def _joined(before: str, after: str) -> str:
    before, after = before.rstrip(), after.strip()
    if not before or not after:
        return before + after
    glued = not after[0].isalnum() or _is_unspaced(before[-1]) or _is_unspaced(after[0])
    return before + ("" if glued else " ") + after


def _is_unspaced(letter: str) -> bool:
    return "\u3005" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff"


def _starts(text: str, parts: Iterable[Part]) -> list[int]:
    starts, done = [], 0
    for part in parts:
        start = max(text.find(part.original, done), 0)
        starts.append(start)
        done = start + len(part.original)
    return starts


def _places(
    text: str, tokens: Sequence[Token], words: RoomWords, known: Mapping[Phrase, str]
) -> Iterator[_Place]:
    said = [token.word for token in tokens]
    at = 0
    while at < len(said):
        found = _place_at(said, at, words, known)
        if found is None:
            at += 1
            continue
        room, kind, begin, end = found
        start, stop = tokens[begin].start, tokens[end - 1].end
        while stop < len(text) and text[stop] in "'’\"":
            stop += 1
        yield _Place(room, start, stop, kind)
        at = end


def _place_at(
    said: Sequence[str], at: int, words: RoomWords, known: Mapping[Phrase, str]
) -> tuple[str, str, int, int] | None:
    """The room that begins at a word, as its name, its kind, and the words that it takes."""
    if end := _after(said, at, words.everywhere):
        return EVERYWHERE, "in", at, end
    if (end := _after(said, at, words.here)) and end == len(said):
        return HERE, "in", at, end
    for kind, leads in (("in", words.lead), ("of", words.of), ("", ((),))):
        for lead in leads:
            begin = at + len(lead)
            if tuple(said[at:begin]) != lead:
                continue
            found = _room_at(said, begin, words, known)
            if found is None:
                continue
            room, end = found
            if after := _after(said, end, words.trail):
                return room, "in", at, after
            if not kind and (after := _after(said, end, words.of_trail)):
                return room, "of", at, after
            return room, kind or "bare", at, end
    return None


def _room_at(
    said: Sequence[str], at: int, words: RoomWords, known: Mapping[Phrase, str]
) -> tuple[str, int] | None:
    for begin in dict.fromkeys((_after(said, at, words.the) or at, at)):
        for size in range(min(6, len(said) - begin), 0, -1):
            room = known.get(tuple(said[begin : begin + size]))
            if room is not None:
                end = begin + size
                return room, _after(said, end, words.speaker) or end
    return None


def _after(said: Sequence[str], at: int, phrases: Iterable[Phrase]) -> int:
    """Where the longest of these phrases ends that begins here; 0 for none."""
    for phrase in phrases:
        if tuple(said[at : at + len(phrase)]) == phrase:
            return at + len(phrase)
    return 0


def _in_a_name(text: str, place: _Place, library: Gazetteer) -> bool:
    tokens = tokenise(text)
    for name in library.exact(tokens):
        first, end = tokens[name.first].start, tokens[name.end - 1].end
        if first < place.start and end >= place.end:
            return True
    return False


@lru_cache(maxsize=64)
def _known(code: str, names: tuple[str, ...]) -> Mapping[Phrase, str]:
    """The rooms that may be named in a language, each as the house calls it.

    Rooms that the house calls in this language stay as they are called: "Küche". One that it
    calls in another word of the language, or in English, is called that: "Kuchnia" of "w kuchni".
    """
    words = room_words(code)
    if words is None:
        return {}
    called = {_phrase(name, words.spelling): name for name in names}
    in_house = {name.casefold() for name in names}
    own = {english: called[said] for said, english in words.rooms.items() if said in called}
    usual = {
        said: english if english in in_house else own.get(english, english)
        for said, english in words.rooms.items()
    }
    return {**usual, **{said: name for said, name in called.items() if said}}


@lru_cache(maxsize=32)
def room_words(code: str) -> RoomWords | None:
    """How a language speaks of rooms; None when nobody has written that down."""
    source = files("agent.understanding") / "languages" / f"{code}.rooms.toml"
    if code == "en" or not source.is_file():
        return None
    data = tomllib.loads(source.read_text("utf-8"))
    language = load_pivot(code)
    if language is None:
        return None
    spelling = language.spelling

    def phrases(name: str) -> tuple[Phrase, ...]:
        cut = {_phrase(each, spelling) for each in data["words"].get(name, ())}
        return tuple(sorted(cut, key=lambda each: (-len(each), each)))

    compiler = Compiler(spelling)
    compiler.add_macros(data.get("macros", {}))
    rooms = {
        _phrase(each, spelling): english for english, said in data["rooms"].items() for each in said
    }
    return RoomWords(
        spelling=spelling,
        rooms=rooms,
        lead=phrases("lead"),
        trail=phrases("trail"),
        of=phrases("of"),
        of_trail=phrases("of_trail"),
        the=phrases("the"),
        speaker=phrases("speaker"),
        everywhere=phrases("everywhere"),
        here=phrases("here"),
        music=tuple(data["words"]["music"]),
        asks=tuple(
            PivotRule(_ASKS[name], compiler.compile(template), "", None, ())
            for name, templates in data["asks"].items()
            for template in templates
        ),
    )


def _phrase(said: str, spelling: Spelling) -> Phrase:
    return tuple(token.word for token in words_of(said, None, spelling))
