"""Which language a request is in, and the English requests it means."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from agent.understanding.grammar import Grammar
from agent.understanding.language import Language, load_language
from agent.understanding.pivot.cuts import bare, candidates, joints, stands
from agent.understanding.pivot.gist import gist
from agent.understanding.pivot.identification import english_share, identify
from agent.understanding.pivot.language import PIVOT_LANGUAGES, PivotLanguage, load_pivot
from agent.understanding.pivot.matching import PivotMatcher, Translated
from agent.understanding.pivot.outline import may_speak
from agent.understanding.pivot.remarks import beside, without_no
from agent.understanding.pivot.spoken import fluent, followed, repaired
from agent.understanding.pivot.words import plain, words_of
from agent.understanding.tokens import Token, text_between, tokenise

_HALF = 0.5
_MOSTLY_ENGLISH = 0.4
"""Share of small English words above which a foreign word or two belong to a name."""
_SOME_ENGLISH = 0.3
"""The same, from which on nothing is taken for a remark in another language."""
_OWN_ENOUGH = 0.5
"""Share of a request's own words from which on it is no English with a foreign name."""
MAX_PARTS = 4
"""Requests in one sentence."""
_MAX_WORDS = 60
_ONLY_THEN = frozenset({"timer", "collection"})
"""What must have been spoken of for a rule to mean anything: "take it off again"."""
_ANSWERS = frozenset(
    {
        *("yes", "no", "never mind", "hello", "thanks", "good morning", "goodbye", "talk more"),
        *("talk less", "talk normally", "who are you", "how are you", "what did you say"),
    }
)
"""What a remark stands beside without being one."""
_NAMING = ("play ", "search for ", "find ", "queue ", "add ", "and ")
"""Requests for something named."""
_TASTES = ("i do not like songs by ", "i like songs by ", "i never want to hear ", "play less ")
_OPEN = frozenset({"play music", "recommend something", "play something"})
"""Requests that what is told beside them may describe: "spiel was, wir wollen tanzen"."""


@dataclass(frozen=True, slots=True)
class Part:
    """One request of a sentence."""

    english: str
    original: str


@dataclass(frozen=True, slots=True)
class Translation:
    language: str
    """ISO 639-1 of what was said."""
    parts: tuple[Part, ...]
    """In the order said; never empty."""
    found: bool = True
    """False: no template fits, and the parts are the text as it was said."""

    @property
    def english(self) -> str:
        """All parts in one sentence."""
        return " and ".join(part.english for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a text in one language."""

    parts: tuple[Part, ...]
    unmet: bool
    free_words: int
    own_words: float
    """Share of the words outside names that are no English words, 0 to 1."""


class Translator:
    """Translates requests. Thread-safe; grammars are read when they are first needed."""

    def __init__(self, languages: Sequence[str] = PIVOT_LANGUAGES) -> None:
        self._codes = tuple(languages)
        self._english: Language = load_language("en")
        self._grammar = Grammar(self._english)

    def translate(
        self, text: str, *, preferred: str = "en", given: AbstractSet[str] = frozenset()
    ) -> Translation:
        """Say in which language `text` is and what it means in English.

        Args:
            text: the request; never too strange for an answer.
            preferred: language of the conversation so far, for words that several share.
            given: what is the case ("playing", "results"), as in `Grammar.match`.
        """
        english = self._grammar.match(text, tokenise(text, self._english.contractions), given)
        if preferred == "en" and english is not None and not english.free_words:
            return Translation("en", (Part(text, text),))
        detected = identify(text, expected=preferred)
        readings = self._readings(text, detected, preferred, given)
        if english is not None:
            as_it_is = _Reading(
                (Part(text, text),), english.unmet, english.free_words, own_words=1.0
            )
            readings.append((self._rank(as_it_is, "en", preferred, detected), "en", as_it_is))
        best = min(readings, key=lambda each: each[0], default=None)
        if best is None or best[2].unmet or best[2].free_words:
            sure = (best[1] if best is not None else "", preferred, detected)
            codes = [*sure, *self._likely(text, detected, preferred)]
            second = self._second_thought(text, codes, sure, given, found=best is not None)
            if second is not None:
                return second
        if best is not None:
            _, code, reading = best
            if preferred == "en" and self._only_names_another(reading, text):
                return Translation("en", (Part(text, text),))
            if detected == "en" and _is_english(reading, text):
                return Translation("en", (Part(text, text),))
            return Translation(_spoken_in(code), _tastes_first(reading.parts))
        if english_share(text) >= _MOSTLY_ENGLISH:
            detected = "en"
        return Translation(detected, (Part(text, text),), found=False)

    def _second_thought(
        self,
        text: str,
        codes: Sequence[str],
        sure: Sequence[str],
        given: AbstractSet[str],
        *,
        found: bool,
    ) -> Translation | None:
        """What takes words back, or goes on with those before, in one of these languages.

        What can be read as a request (`found`) goes on with nothing; a language that is not
        `sure` needs a request before the second thought.
        """
        if english_share(text) >= _MOSTLY_ENGLISH:
            return None
        for code in dict.fromkeys(codes):
            language = load_pivot(code) if code in self._codes else None
            if language is None:
                continue
            reads = self._reads(language, given)
            said = fluent(language, text)
            meant = repaired(language, said, reads, surely=code in sure)
            if meant is not None:  # of what was taken back nothing may be wished for
                part = Part(meant.english, meant.original or meant.english)
                return Translation(_spoken_in(code), (part,))
            if not found and code in sure and (english := followed(language, said)):
                return Translation(_spoken_in(code), (Part(english, text),))
        return None

    def _reads(self, language: PivotLanguage, given: AbstractSet[str]) -> Callable[[str], str]:
        def read(text: str) -> str:
            reading = self._read(language, text, given) if text else None
            if reading is None or reading.unmet or not reading.own_words:
                return ""
            return reading.parts[0].english if len(reading.parts) == 1 else ""

        return read

    def _readings(
        self, text: str, detected: str, preferred: str, given: AbstractSet[str]
    ) -> list[tuple[tuple[bool, int, bool, bool, int], str, _Reading]]:
        """Each language that may have meant something with the text, and what."""
        return [
            (self._rank(reading, code, preferred, detected), code, reading)
            for code in self._likely(text, detected, preferred)
            for language in (load_pivot(code),)
            if language is not None
            for reading in (self._read(language, text, given),)
            if reading is not None and (reading.own_words or code == preferred)
        ]

    def _only_names_another(self, reading: _Reading, text: str) -> bool:
        """Whether an English order names something foreign: "play aguas de marco"."""
        first = text.split(maxsplit=1)[0].casefold() if text.split() else ""
        is_order = any(verb == (first,) for verb in self._english.verbs)
        return is_order and reading.free_words > 0 and reading.own_words <= _HALF

    def _likely(self, text: str, detected: str, preferred: str) -> tuple[str, ...]:
        """Languages that may have words of the text."""
        if detected in {"ja", "zh"}:
            # A request in Han letters only may be either.
            return tuple(code for code in self._codes if code in {"ja", "zh"})
        own = self._english.vocabulary
        return tuple(
            code
            for code in self._codes
            if code not in {"ja", "zh"} and (code == preferred or may_speak(code, text, own))
        )

    def _rank(
        self, reading: _Reading, code: str, preferred: str, detected: str
    ) -> tuple[bool, int, bool, bool, int]:
        return (
            reading.unmet,
            reading.free_words,
            code != preferred,
            code != detected,
            self._codes.index(code) if code in self._codes else -1,
        )

    def _read(self, language: PivotLanguage, text: str, given: AbstractSet[str]) -> _Reading | None:
        text = fluent(language, text)
        tokens = words_of(text, language.contractions, language.spelling)
        if not 0 < len(tokens) <= _MAX_WORDS:
            return None
        if language.vocabulary.isdisjoint(token.word for token in tokens):
            return None
        whole = self._one(language, text, tokens, given)
        if whole is not None and whole.free_words == 0:
            return whole
        split = self._several(language, text, tokens, given, MAX_PARTS)
        best = min(
            (each for each in (whole, split) if each is not None),
            key=lambda each: (each.unmet, each.free_words, len(each.parts)),
            default=None,
        )
        if best is not None and not best.unmet and (not best.free_words or best.parts[1:]):
            return best
        best = self._with_remark(language, text, tokens, given, best)
        if best is None and (rest := without_no(language, tokens)):
            return self._one(language, text, rest, given)
        return best

    def _with_remark(
        self,
        language: PivotLanguage,
        text: str,
        tokens: Sequence[Token],
        given: AbstractSet[str],
        best: _Reading | None,
    ) -> _Reading | None:
        """A request with something told beside it, if it leaves less unread than `best`."""
        if english_share(text) >= _SOME_ENGLISH:
            return best
        for each in beside(language, text, tokens):
            asked = tokens[each.first : each.end]
            if best is not None and not best.unmet and best.free_words < len(tokens) - len(asked):
                continue  # no name of it swallowed what would be the remark
            found = self._several(language, text, asked, given, MAX_PARTS) or self._one(
                language, text, asked, given
            )
            if found is None or found.unmet or not (found.own_words or each.own_words):
                continue
            if found.parts[-1 if each.before else 0].english in _ANSWERS:
                continue
            if found.free_words and not each.sure:
                continue
            if best is None or best.unmet or found.free_words < best.free_words:
                best = _Reading(
                    tuple(
                        Part(part.english, text) if part.english in _OPEN else part
                        for part in found.parts
                    ),
                    found.unmet,
                    found.free_words,
                    max(found.own_words, each.own_words),
                )
        return best

    def _several(
        self,
        language: PivotLanguage,
        text: str,
        tokens: Sequence[Token],
        given: AbstractSet[str],
        parts: int,
    ) -> _Reading | None:
        """The text as requests joined by "and" or a comma, the first as short as it can be."""
        if parts < 2:
            return None
        for end, begin in joints(language, text, tokens):
            first = self._one(language, text, tokens[:end], given)
            if first is None or (first.unmet and first.free_words):
                continue
            rest = self._one(language, text, tokens[begin:], given)
            more = self._several(language, text, tokens[begin:], given, parts - 1)
            if more is not None and (rest is None or more.free_words < rest.free_words):
                rest = more
            if rest is not None:
                return _Reading(
                    first.parts + rest.parts,
                    first.unmet or rest.unmet,
                    first.free_words + rest.free_words,
                    max(first.own_words, rest.own_words),
                )
        return None

    def _one(
        self,
        language: PivotLanguage,
        text: str,
        tokens: Sequence[Token],
        given: AbstractSet[str],
    ) -> _Reading | None:
        """The rule that fits best; where a name would be needed, the gist if there is one."""
        found = self._by_rule(language, text, tokens, given)
        if found is not None and not found.free_words:
            return found
        named = found is not None and found.parts[0].english.startswith(_NAMING)
        meant = ""
        for left, _ in bare(language, tokens):
            words = [token.word for token in left]
            meant = meant or gist(language, words, only_loudness=named)
        if not meant:
            return found
        written = {plain(text[token.start : token.end]) for token in tokens}
        own = len(written - self._english.vocabulary) / len(written)
        part = Part(meant, text_between(text, tokens, 0, len(tokens)))
        return _Reading((part,), unmet=False, free_words=0, own_words=own)

    def _by_rule(
        self,
        language: PivotLanguage,
        text: str,
        tokens: Sequence[Token],
        given: AbstractSet[str],
    ) -> _Reading | None:
        """The rule that fits best, with or without what is polite about it."""
        original = text_between(text, tokens, 0, len(tokens))
        best: tuple[tuple[bool, int, bool, int], Translated] | None = None
        for trimmed, (left, thinned) in enumerate(bare(language, tokens)):
            matcher = PivotMatcher(language, text, left)
            for place in candidates(language, matcher.words):
                rule = language.rules[place]
                if rule.needs in _ONLY_THEN and rule.needs not in given:
                    continue
                found = matcher.match(rule)
                if found is None or found.free_words > language.most_free:
                    continue
                if thinned and found.free_words and best is not None:
                    continue  # what is idle elsewhere may be part of a name
                unmet = bool(rule.needs) and rule.needs not in given
                rank = (
                    *(unmet, found.free_words, not rule.needs),
                    trimmed if not found.free_words else -trimmed,
                )
                if best is None or rank < best[0]:
                    best = rank, found
            if best is not None and not best[0][0] and best[1].free_words == 0:
                break
        if best is None:
            return None
        (unmet, free, _, _), found = best
        if free and any(
            stands(tokens, at, phrase)
            for phrase in language.elsewhere
            for at in range(len(tokens) - len(phrase) + 1)
        ):
            return None
        own = self._own_words(language, text, tokens, found)
        return _Reading((Part(found.english, original),), unmet, free, own)

    def _own_words(
        self, language: PivotLanguage, text: str, tokens: Sequence[Token], found: Translated
    ) -> float:
        """Share of the words outside names that are none of English, as they were written."""
        free = {
            token.word
            for each in found.filled
            if each.free_words
            for token in words_of(each.english, None, language.spelling)
        }
        fixed = [t for t in tokens if t.word in language.vocabulary and t.word not in free]
        written = {plain(text[token.start : token.end]) for token in fixed}
        own = written - self._english.vocabulary - language.loans
        return len(own) / max(1, len(written))


def _tastes_first(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """What is said of one's taste counts for the music asked for in the same breath."""
    first = tuple(part for part in parts if part.english.startswith(_TASTES))
    return first + tuple(part for part in parts if part not in first)


def _spoken_in(code: str) -> str:
    """The language to answer in: of a dialect its standard language."""
    language = load_pivot(code)
    return language.speaks if language is not None else code


def _is_english(reading: _Reading, text: str) -> bool:
    """Whether a word of another language or two only belong to a name."""
    return (
        reading.free_words > 0
        and reading.own_words < _OWN_ENOUGH
        and english_share(text) >= _MOSTLY_ENGLISH
    )
