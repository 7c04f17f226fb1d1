"""The first stage: closed commands, matched whole against the templates of a language."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from agent.understanding.language import Language, Rule
from agent.understanding.numerals import (
    read_clock,
    read_duration,
    read_number,
    read_ordinal,
)
from agent.understanding.template import Match, Matcher, SlotReader
from agent.understanding.tokens import Token, text_between
from knowledge.times import read_ahead, read_time, says_when

_LEADS = frozenset(
    {
        *("at", "in", "tomorrow", "tonight", "this", "on", "every", "each", "daily", "next"),
        *("weekdays", "weekends", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays"),
        *("saturdays", "sundays", "today"),
    }
)
"""What a time to come begins with at the end of a request to play something."""
MAX_WORDS = 40
"""A closed command is short; longer text is left to the classifier."""


@dataclass(frozen=True, slots=True)
class GrammarMatch:
    rule: Rule
    slots: Mapping[str, tuple[str, ...]]
    free_words: int
    """Words swallowed by free-text slots; 0 means that every word was expected."""
    unmet: bool = False
    """It means this only in a situation that is not given: "repeat that" with nothing playing."""


@dataclass(slots=True)
class Grammar:
    """Matches requests against one language. Thread-safe: it only reads."""

    language: Language
    _by_word: Mapping[str, tuple[Rule, ...]] = field(init=False)
    _always: tuple[Rule, ...] = field(init=False)
    _readers: Mapping[str, SlotReader] = field(init=False)
    _order: Mapping[int, int] = field(init=False)

    def __post_init__(self) -> None:
        by_word: dict[str, list[Rule]] = {}
        for rule in self.language.rules:
            for word in rule.needed or ():
                by_word.setdefault(word, []).append(rule)
        self._by_word = {word: tuple(rules) for word, rules in by_word.items()}
        self._always = tuple(rule for rule in self.language.rules if rule.needed is None)
        self._order = {id(rule): place for place, rule in enumerate(self.language.rules)}
        numbers = self.language.numbers
        self._readers = {
            "number": lambda words, at: read_number(words, at, numbers),
            "ordinal": lambda words, at: read_ordinal(words, at, numbers),
            "duration": lambda words, at: read_duration(words, at, numbers),
            "clock": lambda words, at: read_clock(words, at, numbers),
            "time": self._read_time,
            "recent": self._read_recent,
            "ahead": self._read_ahead,
            "moment": self._read_moment,
            "until": self._read_until,
            "day": self._read_day,
        }

    def _read_time(self, words: Sequence[str], at: int) -> tuple[int, float] | None:
        found = read_time(words, at, self.language)
        return None if found is None else (found[0], 0.0)

    def _read_recent(self, words: Sequence[str], at: int) -> tuple[int, float] | None:
        """A time that is about listening: "songs from 1974" are not songs heard in 1974."""
        found = read_time(words, at, self.language)
        return None if found is None or found[1].year is not None else (found[0], 0.0)

    def _read_ahead(self, words: Sequence[str], at: int) -> tuple[int, float] | None:
        """A time to come, or a mere duration: "a timer for 20 minutes", "for half past six"."""
        found = read_ahead(words, at, self.language)
        if found is not None and says_when(found[1]):
            return found[0], 0.0
        return read_duration(words, at, self.language.numbers)

    def _read_moment(self, words: Sequence[str], at: int) -> tuple[int, float] | None:
        """A time to come that can hardly be part of a title."""
        found = read_ahead(words, at, self.language)
        led = at < len(words) and words[at] in _LEADS
        return (found[0], 0.0) if found is not None and led and says_when(found[1]) else None

    def _read_until(self, words: Sequence[str], at: int) -> tuple[int, float] | None:
        if words[at : at + 1] not in (["until"], ["till"]):
            return None
        return self._read_ahead(words, at)

    def _read_day(self, words: Sequence[str], at: int) -> tuple[int, float] | None:
        """A day or a part of one to come, without an hour: "on friday", "tomorrow morning"."""
        found = read_ahead(words, at, self.language)
        return (found[0], 0.0) if found is not None and not says_when(found[1]) else None

    def match(
        self, text: str, tokens: Sequence[Token], given: AbstractSet[str] = frozenset()
    ) -> GrammarMatch | None:
        """The template that fits the whole request best, with or without its politeness.

        `given` says what is the case ("playing", "results"). A template that needs more than
        that matches only when no other does, and `unmet` says so.
        """
        best: tuple[tuple[bool, int, int], GrammarMatch] | None = None
        for trimmed, stripped in enumerate(self.bare(tokens)):
            if not 0 < len(stripped) <= MAX_WORDS:
                continue
            words = [token.word for token in stripped]
            for rule in self._candidates(words):
                found = Matcher(words, self._readers).match(rule.node)
                if found is None:
                    continue
                unmet = bool(rule.needs) and rule.needs not in given
                rank = (
                    unmet,
                    found.free_words,
                    trimmed if not found.free_words else -trimmed,
                )
                if best is None or rank < best[0]:
                    slots = self._slots(rule, found, text, stripped)
                    best = (rank, GrammarMatch(rule, slots, found.free_words, unmet))
            if best is not None and not best[0][0] and best[1].free_words == 0:
                break
        return None if best is None else best[1]

    def bare(self, tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
        """The request as it is, then without polite beginnings, then without endings."""
        yield tokens
        start = self._skip_before(tokens, 0)
        if start:
            yield tokens[start:]
        end = self._skip_after(tokens, start)
        if end < len(tokens):
            yield tokens[start:end]

    def _skip_before(self, tokens: Sequence[Token], start: int) -> int:
        moved = True
        while moved and start < len(tokens):
            moved = False
            for phrase in self.language.before:
                end = start + len(phrase)
                if end < len(tokens) and _stands(tokens, start, phrase):
                    start, moved = end, True
                    break
        return start

    def _skip_after(self, tokens: Sequence[Token], start: int) -> int:
        end, moved = len(tokens), True
        while moved:
            moved = False
            for phrase in self.language.after:
                begin = end - len(phrase)
                if begin > start and _stands(tokens, begin, phrase):
                    end, moved = begin, True
                    break
        return end

    def _candidates(self, words: Sequence[str]) -> list[Rule]:
        found = {id(rule): rule for word in set(words) for rule in self._by_word.get(word, ())}
        rules = [*found.values(), *self._always]
        return sorted(rules, key=lambda rule: self._order[id(rule)])

    @staticmethod
    def _slots(
        rule: Rule, found: Match, text: str, tokens: Sequence[Token]
    ) -> dict[str, tuple[str, ...]]:
        slots: dict[str, tuple[str, ...]] = {name: (value,) for name, value in rule.fixed}
        for bound in found.bound:
            if bound.value is None or bound.slot == "time":
                value = text_between(text, tokens, bound.first, bound.end)
            else:
                value = _plain(bound.value)
            slots[bound.slot] = (*slots.get(bound.slot, ()), value)
        return slots


def _stands(tokens: Sequence[Token], at: int, phrase: Sequence[str]) -> bool:
    return all(tokens[at + i].word == word for i, word in enumerate(phrase))


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:g}"
