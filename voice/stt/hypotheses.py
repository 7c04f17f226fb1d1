"""What may have been meant by what was heard: readings with names of the library put in.

Three ways lead to a reading. A run of words gives way to a name that sounds like it; names that
were heard but written without capitals are written as the library has them; and the whole
utterance is read as one of the usual requests, because "place a" may be a misheard "play some".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from voice.stt.names import NameIndex, NameMatch, SpokenName
from voice.stt.phonetics import folded, likeness, sounds
from voice.stt.phrase_book import Spelled

MAX_HYPOTHESES: Final = 28
_LONGEST_NAME: Final = 8
_LONGEST_IN_FULL: Final = 13
_PER_WINDOW: Final = 4
_PER_REQUEST: Final = 6
_PER_SOUND: Final = 0.02
_LONG_SOUND: Final = 20
_ALONE: Final = 10.0
_AS_REQUEST: Final = 0.5
"""How alike the beginning must sound to be taken for that of a usual request."""
_FUNCTION_TEXT: Final = (
    "a an the and or of by from to in on at for with my me i you it is that this some any please "
    "play put add queue song songs track album artist music something anything called named next "
    "more what who like want hear listen"
)
FUNCTION_WORDS: Final = frozenset(_FUNCTION_TEXT.split())
OPENINGS: Final = (
    "Play",
    "Put on",
    "Play some",
    "Play something by",
    "Play the song",
    "Play the album",
    "I want to hear",
    "I'd like to hear",
    "Can you play",
    "Put on the album",
)
_ASKING: Final = tuple(f"{folded(one)} " for one in OPENINGS)


@dataclass(frozen=True, slots=True)
class Explained:
    """How much of a text is accounted for: requests are made of common words and of names."""

    left: int = 0
    """Sounds of words that are neither."""
    paired: bool = False
    """Whether a title is followed by its own artist."""
    asks: bool = False
    """Whether it begins as requests do."""


_NOTHING: Final = Explained()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One reading."""

    text: str
    likeness: float
    """How alike all of it and all that was heard sound, 0..1."""
    span: float
    """How alike the names put in and what they replaced sound, 0..1."""
    names: tuple[SpokenName, ...]
    sound: str
    """Of the names put in."""
    whole: bool = False
    """Whether the words around the name were replaced as well."""
    explained: Explained = _NOTHING
    lead: float | None = None
    """How much likelier it is than the best other request that decoding among the library's names
    came to, in nats; below 0 for all but the best. None when it did not come to this one."""
    prior: float | None = None
    """Log probability when nothing is heard, where it is known: how usual the words are."""

    @property
    def promise(self) -> float:
        """What is looked at first: a long name that sounds alike is hardly a coincidence."""
        return self.span + _PER_SOUND * min(len(self.sound), _LONG_SOUND)


def hypotheses(text: str, index: NameIndex) -> tuple[Hypothesis, ...]:
    """The likeliest readings of `text`, best first; without the one that it is already."""
    words = text.split()
    if not words:
        return ()
    heard = sounds(text)
    already = folded(text)
    best: dict[str, Hypothesis] = {}
    for one in (*_replacements(words, heard, index), *_requests(heard, index)):
        key = folded(one.text)
        if key != already and (key not in best or one.promise > best[key].promise):
            best[key] = one
    ranked = sorted(best.values(), key=lambda one: -one.promise)[:MAX_HYPOTHESES]
    return tuple(replace(one, explained=explained(one.text, index)) for one in ranked)


def with_spelled(
    readings: Sequence[Hypothesis], found: Sequence[Spelled], text: str, index: NameIndex
) -> tuple[Hypothesis, ...]:
    """Add the requests that decoding among the library's names came to; they come first.

    Args:
        readings: of `hypotheses`.
        found: best first.
        text: what was written freely.
        index: the names.
    """
    heard, already = sounds(text), folded(text)
    by_sound = {folded(one.text): one for one in readings}
    merged: dict[str, Hypothesis] = {}
    for place, one in enumerate(found):
        key = folded(one.text)
        other = found[0 if place else 1].evidence if len(found) > 1 else -_ALONE
        lead = one.evidence - other
        if key in by_sound:
            merged[key] = replace(by_sound.pop(key), lead=lead, prior=one.prior)
        elif key != already and (reading := _spelled(one.text, heard, index)) is not None:
            merged[key] = replace(reading, lead=lead, prior=one.prior)
    return (*merged.values(), *by_sound.values())


def _spelled(text: str, heard: str, index: NameIndex) -> Hypothesis | None:
    words = text.split()
    for begin in range(len(words)):
        if names := index.written(" ".join(words[begin:])):
            said = sounds(" ".join(words[begin:]))
            rest = heard[len(sounds(" ".join(words[:begin]))) :]
            reading = f"{text}."
            return Hypothesis(
                reading,
                likeness(sounds(reading), heard),
                likeness(said, rest),
                names[:1],
                said,
                whole=True,
                explained=explained(reading, index),
            )
    return None


def explained(text: str, index: NameIndex) -> Explained:
    """How much of a text is made of names of the library and of common words."""
    left, paired = 0, False
    for window, names in _named_runs(text.split(), index):
        if names:
            said = sounds(" ".join(window))
            paired = paired or any(one.artist and sounds(one.in_full) == said for one in names)
        elif folded(window[0]) not in FUNCTION_WORDS:
            left += len(sounds(window[0]))
    return Explained(left, paired, asks(text))


def asks(text: str) -> bool:
    """Whether a text begins as requests do: "Put on ..."."""
    return folded(text).startswith(_ASKING)


def with_capitals(text: str, index: NameIndex) -> str:
    """The text with the names that are in it written as the library writes them."""
    runs = _named_runs(text.split(), index)
    return " ".join(_as_written(window, names[0]) if names else window[0] for window, names in runs)


def _named_runs(
    words: Sequence[str], index: NameIndex
) -> Iterator[tuple[Sequence[str], tuple[SpokenName, ...]]]:
    """Cut words into runs that are names, the longest first, and single words that are not."""
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _LONGEST_IN_FULL), at, -1):
            window = words[at:end]
            if all(folded(word) in FUNCTION_WORDS for word in window):
                continue
            if names := index.written(" ".join(window)):
                yield window, names
                at = end
                break
        else:
            yield words[at : at + 1], ()
            at += 1


def _as_written(window: Sequence[str], name: SpokenName) -> str:
    said = sounds(" ".join(window))
    text = name.text if sounds(name.text) == said else name.in_full
    return text + _punctuation(window[-1]) if sounds(text) == said else " ".join(window)


def _replacements(words: Sequence[str], heard: str, index: NameIndex) -> Iterator[Hypothesis]:
    keys = [folded(word) for word in words]
    for begin in range(len(words)):
        for end in range(begin + 1, min(len(words), begin + _LONGEST_IN_FULL) + 1):
            if all(key in FUNCTION_WORDS for key in keys[begin:end]):
                continue
            for match in index.nearest(" ".join(words[begin:end]), _PER_WINDOW):
                if match.name.kind == "command" and len(words) > end - begin:
                    continue  # a command is a command only alone
                if not match.in_full and end - begin > _LONGEST_NAME:
                    continue
                yield _put(words, begin, end, match, heard)


def _put(words: Sequence[str], begin: int, end: int, match: NameMatch, heard: str) -> Hypothesis:
    last = _punctuation(words[end - 1]) if end == len(words) else ""
    reading = " ".join([*words[:begin], match.text + last, *words[end:]])
    return Hypothesis(
        reading,
        likeness(sounds(reading), heard),
        match.likeness,
        (match.name,),
        sounds(match.text),
    )


def _requests(heard: str, index: NameIndex) -> Iterator[Hypothesis]:
    for request in OPENINGS:
        begin = sounds(request)
        if likeness(begin, heard[: len(begin)]) < _AS_REQUEST:
            continue
        for match in _named(heard[len(begin) :], index):
            reading = f"{request} {match.text}."
            yield Hypothesis(
                reading,
                likeness(sounds(reading), heard),
                match.likeness,
                (match.name,),
                sounds(match.text),
                whole=True,
            )


def _named(sound: str, index: NameIndex) -> tuple[NameMatch, ...]:
    return tuple(
        match for match in index.nearest_sound(sound, _PER_REQUEST) if match.name.kind != "command"
    )


def _punctuation(word: str) -> str:
    return word[-1] if word[-1] in ".?!" else ""
