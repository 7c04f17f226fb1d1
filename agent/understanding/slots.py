"""The third stage: which words of the request name what.

The tagger proposes spans from the shape of the sentence; names of the user's own library correct
their borders and kinds; lists of words add moods, genres and numbers that were overlooked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from agent.understanding.classifier import WEIGHTS
from agent.understanding.foreign_names import foreign_spans
from agent.understanding.gazetteer import Gazetteer, NameSpan
from agent.understanding.grammar import GrammarMatch
from agent.understanding.intents import Intent
from agent.understanding.language import Language
from agent.understanding.lexicon import Lexicon, load_lexicon
from agent.understanding.numerals import read_number, read_ordinal
from agent.understanding.tagger import SlotTagger, TaggedSpan
from agent.understanding.tokens import Token, text_between
from knowledge.times import read_time

Slots = dict[str, tuple[str, ...]]

_NAMES = frozenset({"artist", "album", "track", "playlist", "entity_name", "query"})
_VAGUE = frozenset({"entity_name", "query"})
"""Slots for a title of any kind: a library that knows the name says which kind it is."""
_NO_NAMES = frozenset(
    {
        *(Intent.PAUSE, Intent.RESUME, Intent.STOP, Intent.NEXT, Intent.PREVIOUS, Intent.SEEK),
        *(Intent.VOLUME_SET, Intent.VOLUME_UP, Intent.VOLUME_DOWN, Intent.VOLUME_MUTE),
        *(Intent.VOLUME_UNMUTE, Intent.QUEUE_SHOW, Intent.QUEUE_CLEAR, Intent.UNDO),
        *(Intent.CONFIRM, Intent.DENY, Intent.CANCEL, Intent.HELP, Intent.GREETING),
        *(Intent.THANKS, Intent.REJECT_ALL, Intent.OUT_OF_SCOPE, Intent.PLAY_OTHER_MEDIA),
        *(Intent.LISTEN, Intent.STOP_LISTENING, Intent.EXPLAIN_RECOGNITION),
    }
)
"""Intents whose requests name nothing of a library."""
_WISHES = frozenset(
    {
        *(Intent.PLAY, Intent.RECOMMEND, Intent.QUEUE, Intent.SIMILAR_TO, Intent.SEARCH),
        *(Intent.CREATE_PLAYLIST, Intent.PLAY_RADIO, Intent.SHUFFLE),
    }
)
"""Intents that may wish for a mood or a genre."""
_NAMED = frozenset(
    {
        *(Intent.PLAY, Intent.QUEUE, Intent.SIMILAR_TO, Intent.SHUFFLE, Intent.REPEAT),
        *(Intent.PLAY_AGAIN, Intent.SEARCH),
    }
)
"""Intents whose name is searched for even when only its place in the sentence gives it away."""
_WISHED = frozenset({"genre", "mood", "activity", "instrument", "year", "radio", "time"})
_TIMED = frozenset({Intent.HISTORY_QUERY, Intent.PLAY_AGAIN, Intent.FORGET_HEARD})
_COUNTED = frozenset({Intent.PLAY, Intent.RECOMMEND, Intent.QUEUE, Intent.NEXT, Intent.PREVIOUS})
_POINTING = frozenset({Intent.SELECT_RESULT, Intent.REJECT_RESULT, Intent.QUEUE_REMOVE})
_NEGATION_INTENTS = frozenset(
    {Intent.PLAY, Intent.RECOMMEND, Intent.SEARCH, Intent.SIMILAR_TO, Intent.SELECT_RESULT}
)
_TAGGED_COMMANDS = ("device", "service")
"""What a closed command may name beside what its template says."""
_PLAYLIST_INTENTS = frozenset({Intent.ADD_TO_PLAYLIST, Intent.REMOVE_FROM_PLAYLIST})
_BESIDE_A_PLAYLIST = ("artist", "entity_name", "music_item", "playlist_owner")
_OF_A_NAME = ("artist", "album", "track", "entity_name", "query", "playlist", "genre", "mood")


@dataclass(slots=True)
class SlotFinder:
    """Finds names, genres, moods and the like in a request. Thread-safe: it only reads."""

    language: Language
    lexicon: Lexicon = field(init=False)
    _tagger: SlotTagger = field(init=False)

    def __post_init__(self) -> None:
        self.lexicon = load_lexicon(self.language.code)
        self._tagger = SlotTagger.load(WEIGHTS)

    def find(
        self, text: str, tokens: Sequence[Token], intent: Intent, gazetteer: Gazetteer
    ) -> Slots:
        """Slots of `text`, split into `tokens` without opening contractions."""
        if intent in {Intent.OUT_OF_SCOPE, Intent.PLAY_OTHER_MEDIA}:
            return {}
        spans = self._tagger.tag(text, tokens, intent.public, self.lexicon)
        if intent in _NO_NAMES:
            spans = [span for span in spans if span.slot not in _NAMES]
        else:
            spans = _settle(spans, text, tokens, gazetteer)
            spans += foreign_spans(tokens, spans, intent)
        if intent in _NAMED:
            spans = self._whole(spans, text, tokens, gazetteer)
        if intent in _WISHES:
            spans += self._overlooked(spans, tokens)
            spans += self._credited(spans, tokens)
        if intent in _NAMED and not any(span.slot in _NAMES | _WISHED for span in spans):
            spans += self._leftover(spans, tokens)
        slots: Slots = {}
        for span in sorted(spans, key=lambda s: s.first):
            value = _value(span, text, tokens)
            if value:
                slots[span.slot] = (*slots.get(span.slot, ()), value)
        return slots | self._numbers(text, tokens, intent)

    def _overlooked(self, spans: Sequence[TaggedSpan], tokens: Sequence[Token]) -> list[TaggedSpan]:
        """Moods and genres of the word lists that stand outside every span."""
        taken = {at for span in spans for at in range(span.first, span.end)}
        found = []
        for first, end, kinds in self.lexicon.find([token.word for token in tokens]):
            kind = next((k for k in ("genre", "mood", "instrument", "year") if k in kinds), None)
            if kind and not taken & set(range(first, end)):
                taken |= set(range(first, end))
                found.append(TaggedSpan(first, end, kind))
        return found

    def _credited(self, spans: Sequence[TaggedSpan], tokens: Sequence[Token]) -> list[TaggedSpan]:
        """Whose music is wanted, in "recommend some songs by …", when the tagger missed it."""
        words = [token.word for token in tokens]
        taken = {at for span in spans for at in range(span.first, span.end)}
        for at in range(1, len(words) - 1):
            if words[at] != "by" or words[at - 1] not in _WORKS:
                continue
            end = _cut(words, at + 1, len(words), (*self.language.after, *self.language.tails))
            if not taken & set(range(at, end)):
                return [TaggedSpan(at + 1, end, "artist")]
        return []

    def _leftover(self, spans: Sequence[TaggedSpan], tokens: Sequence[Token]) -> list[TaggedSpan]:
        """What is left of a request when everything that any request may say is taken away.

        The tagger overlooked the name in "put hey jude on"; a search still wants it.
        """
        words = [token.word for token in tokens]
        first, end = self._inside(words)
        taken = {at for span in spans for at in range(span.first, span.end)}
        while first < end and first in taken:
            first += 1
        while first < end and end - 1 in taken:
            end -= 1
        left, said = words[first:end], self.language.vocabulary
        unknown = any(word not in said for word in left)
        # "Play help" and "I want to hear love me" name songs in words of commands.
        named = first > 0 and 0 < len(left) <= _SHORT_TITLE and _NO_TITLE.isdisjoint(left)
        return [TaggedSpan(first, end, "query")] if unknown or named else []

    def _whole(
        self,
        spans: Sequence[TaggedSpan],
        text: str,
        tokens: Sequence[Token],
        gazetteer: Gazetteer,
    ) -> list[TaggedSpan]:
        """Take all that is left of the request for one misspelled name, if the library has it.

        The tagger cuts "breking the chans" in two; the library knows a title near to it.
        """
        first, end = self._inside([token.word for token in tokens])
        if not len(gazetteer) or any(s.first <= first and s.end >= end for s in spans):
            return list(spans)
        near = gazetteer.near(text_between(text, tokens, first, end)) if end - first > 1 else None
        if near is None:
            return list(spans)
        inside = [span for span in spans if span.end > first and span.first < end]
        whole = TaggedSpan(first, end, _role([span.slot for span in inside], near))
        return [span for span in spans if span not in inside] + [whole]

    def _inside(self, words: Sequence[str]) -> tuple[int, int]:
        """Where the name begins and ends in a request that is hardly more than a name."""
        first = _skip(words, 0, len(words), self.language.before)
        first = _skip(words, first, len(words), self.language.verbs)
        end = len(words)
        trailing = (*self.language.after, *self.language.tails)
        while (shorter := _cut(words, first, end, trailing)) < end:
            end = shorter
        return first, end

    def _numbers(self, text: str, tokens: Sequence[Token], intent: Intent) -> Slots:
        """Numbers, places in a list, times and negations, read by rule."""
        words = [token.word for token in tokens]
        found: Slots = {}
        numbers = self.language.numbers
        for at in range(len(words)):
            number = read_number(words, at, numbers)
            if number is not None and "level" not in found and "step" not in found:
                value = str(int(number[1]))
                if intent is Intent.VOLUME_SET:
                    found |= {"level": (str(min(100, int(value))),), "volume": (value,)}
                elif intent in {Intent.VOLUME_UP, Intent.VOLUME_DOWN}:
                    found["step"] = (value,)
                elif intent in _COUNTED and words[number[0] : number[0] + 1] in _COUNTABLE:
                    found["quantity"] = (value,)
            if intent in _POINTING and (place := read_ordinal(words, at, numbers)):
                found.setdefault("ordinal", (str(int(place[1])),))
            if intent in _TIMED and "time" not in found:
                time = read_time(words, at, self.language)
                if time is not None:
                    found["time"] = (text_between(text, tokens, at, time[0]),)
        if intent in _NEGATION_INTENTS and (rest := _negated(words)) is not None:
            found["negation"] = (text_between(text, tokens, rest, len(words)),)
        return found


_WORKS = frozenset(
    {
        *("song", "songs", "music", "track", "tracks", "tune", "tunes", "album", "albums"),
        *("something", "anything", "everything", "stuff", "else"),
    }
)
_NO_TITLE = _WORKS | frozenset(
    {
        *("it", "this", "that", "them", "these", "those", "one", "ones", "some", "any", "all"),
        *("more", "less", "another", "other", "again", "now", "next", "last", "previous", "back"),
        *("my", "your", "favorite", "favourite", "favorites", "favourites", "playing", "playlist"),
        *("louder", "quieter", "softer", "faster", "slower", "on", "off", "up", "down", "radio"),
        *("shuffle", "repeat", "random", "loop", "good", "nice", "new", "different", "please"),
    }
)
"""Words that mean themselves: what holds one of them is no title."""
_SHORT_TITLE = 4
_COUNTABLE = (["songs"], ["tracks"], ["tunes"], ["albums"], ["pieces"])


def _skip(words: Sequence[str], at: int, end: int, phrases: Sequence[tuple[str, ...]]) -> int:
    """Where the words after all leading `phrases` begin."""
    moved = True
    while moved:
        moved = False
        for phrase in phrases:
            after = at + len(phrase)
            if after < end and tuple(words[at:after]) == phrase:
                at, moved = after, True
    return at


def _cut(words: Sequence[str], first: int, end: int, phrases: Sequence[tuple[str, ...]]) -> int:
    """Where the words before one trailing phrase of `phrases` end."""
    for phrase in phrases:
        before = end - len(phrase)
        if before > first and tuple(words[before:end]) == phrase:
            return before
    return end


def _negated(words: Sequence[str]) -> int | None:
    """Where what is not wanted begins: after "not" or "without", in the middle of a request."""
    for at, word in enumerate(words[:-1]):
        but_not = words[at - 1 : at + 1] == ["but", "not"]
        if at and (but_not or word in {"without", "except", "excluding"}):
            return at + 1
    return None


def _value(span: TaggedSpan, text: str, tokens: Sequence[Token]) -> str:
    value = text_between(text, tokens, span.first, span.end)
    if span.slot == "artist":
        for ending in ("'s", "’s"):
            value = value.removesuffix(ending)
    return value


def _settle(
    spans: Sequence[TaggedSpan], text: str, tokens: Sequence[Token], gazetteer: Gazetteer
) -> list[TaggedSpan]:
    """Let the names of the library correct what the tagger proposed."""
    if not len(gazetteer):
        return list(spans)
    settled: list[TaggedSpan] = []
    taken: set[int] = set()
    for name in _worth(gazetteer.exact(tokens), spans, tokens):
        places = set(range(name.first, name.end))
        if places & taken:
            continue
        said = [span.slot for span in spans if set(range(span.first, span.end)) & places]
        settled.append(TaggedSpan(name.first, name.end, _role(said, name)))
        taken |= places
    for span in spans:
        rest = [at for at in range(span.first, span.end) if at not in taken]
        if len(rest) == span.end - span.first:
            settled.append(_renamed(span, text, tokens, gazetteer))
    return settled


def _worth(
    names: Iterable[NameSpan], spans: Sequence[TaggedSpan], tokens: Sequence[Token]
) -> list[NameSpan]:
    """Names that are meant as names: long ones, and short ones where the tagger saw one too.

    A track called "Play" must not turn "play some jazz" into a request for it.
    """
    kept = []
    for name in names:
        inside = [s for s in spans if s.first <= name.first and name.end <= s.end]
        letters = sum(len(token.word) for token in tokens[name.first : name.end])
        exact = any(s.first == name.first and s.end == name.end for s in inside)
        long = name.end - name.first >= 3 or (name.end - name.first == 2 and letters >= 8)
        agreed = [s for s in inside if s.slot in _NAMES | {"genre"}]
        covers = any(2 * (name.end - name.first) >= s.end - s.first for s in agreed)
        if exact and not agreed:
            continue  # a mood, a year, an instrument: said as such
        if long or (agreed and (exact or covers)):
            kept.append(name)
    return kept


def _role(said: Sequence[str], name: NameSpan) -> str:
    for slot in said:
        if slot in name.kinds:
            return slot
    order = ("track", "album", "artist", "playlist", "genre")
    if "artist" in name.kinds and not set(said) & {"track", "album", "entity_name", "query"}:
        return "artist"
    return next(kind for kind in order if kind in name.kinds)


def _renamed(
    span: TaggedSpan, text: str, tokens: Sequence[Token], gazetteer: Gazetteer
) -> TaggedSpan:
    """Give a misspelled name the kind it has in the library."""
    if span.slot not in _NAMES:
        return span
    near = gazetteer.near(text_between(text, tokens, span.first, span.end))
    if near is None or span.slot in near.kinds:
        return span
    return TaggedSpan(span.first, span.end, _role((span.slot,), near))


def finish_slots(match: GrammarMatch, found: Mapping[str, tuple[str, ...]]) -> Slots:
    """Put the slots of a grammar match into the shape that tools want.

    Seeking becomes `seconds` (negative: back) with `mode` "by", or "to" a place (`fraction` 0.5
    is the middle); volume becomes `level`, 0 to 100, and `volume` the same. What a free-text
    slot holds is what the tagger `found` in it, or else `query`.
    """
    slots = dict(match.slots)
    intent = match.rule.intent
    if intent is Intent.SEEK:
        return _seek(slots)
    if tenths := slots.pop("tenths", None):
        slots["level"] = tuple(str(min(100, int(value) * 10)) for value in tenths)
    if intent is Intent.VOLUME_SET and "level" in slots:
        slots["level"] = (str(min(100, int(slots["level"][0]))),)
        slots["volume"] = slots["level"]
    if intent in _PLAYLIST_INTENTS:
        # Free text of a template may hold "by Miles Davis to my blue" as well; the tagger knows.
        beside = {slot: found[slot] for slot in _BESIDE_A_PLAYLIST if slot in found}
        slots = slots | dict(found) if "playlist" in found else beside | slots
    name = slots.pop("name", None)
    if name:
        inside = {slot: found[slot] for slot in _OF_A_NAME if slot in found and slot not in slots}
        slots = (inside or _title_and_artist(name[0])) | slots
    for slot in _TAGGED_COMMANDS:
        if slot in found:
            slots.setdefault(slot, found[slot])
    return slots


def _title_and_artist(name: str) -> Slots:
    title, by, artist = name.rpartition(" by ")
    return {"track": (title,), "artist": (artist,)} if by and title else {"query": (name,)}


def _seek(slots: Slots) -> Slots:
    if "forward" in slots:
        return {"seconds": slots["forward"], "mode": ("by",)}
    if "back" in slots:
        return {"seconds": (f"-{slots['back'][0]}",), "mode": ("by",)}
    if "fraction" in slots:
        return {"fraction": slots["fraction"], "mode": ("to",)}
    return {"mode": ("to",), "seconds": slots.get("to", ("0",))}
