"""Understanding a request offline: grammar, then classifier, then slots, in milliseconds."""

from dataclasses import dataclass, replace
from threading import Lock

from agent.understanding.classifier import IntentModel, Verdict
from agent.understanding.gazetteer import Gazetteer, NameSource
from agent.understanding.grammar import Grammar, GrammarMatch
from agent.understanding.intents import Intent
from agent.understanding.language import load_language
from agent.understanding.pivot import Translation, Translator
from agent.understanding.pivot.identification import english_share
from agent.understanding.pivot.titles import with_whole_titles
from agent.understanding.request import DialogueContext, Understanding
from agent.understanding.slots import SlotFinder, finish_slots
from agent.understanding.spelling import Spelling
from agent.understanding.tokens import MAX_CHARACTERS, tokenise

GRAMMAR_CONFIDENCE = 0.99
OPEN_GRAMMAR_CONFIDENCE = 0.93
"""Of a template that swallowed free text; measured on training rows."""
TOO_LONG_CONFIDENCE = 0.3
_ALTERNATIVES = 3
_ENGLISH_ENOUGH = 0.3
"""Share of small English words above which a text in no known language is read as English."""
_FOLLOW_UPS = frozenset(
    {Intent.SELECT_RESULT, Intent.REJECT_RESULT, Intent.REJECT_ALL, Intent.CONFIRM, Intent.DENY}
)


_NOTHING = DialogueContext()
_NAMING = frozenset({"play", "hear", "spin", "queue", "find", "add"})
"""Words that a name comes after."""
_MOST_LIBRARIES = 4
"""Names of so many people who ask by turns are kept."""


@dataclass(frozen=True, slots=True)
class _Library:
    """The gazetteer of one revision of the names."""

    revision: int
    gazetteer: Gazetteer


class Understander:
    """Reads requests. One instance serves all sessions and threads."""

    def __init__(self, names: NameSource | None = None, *, language: str = "en") -> None:
        """Load grammar and weights; about 0.2 s.

        Args:
            names: the user's library; without it names are told by sentence structure alone.
            language: code of a file in `languages/`.
        """
        self._language = load_language(language)
        self._grammar = Grammar(self._language)
        self._model = IntentModel.load()
        self._spelling = Spelling(self._language, self._model.words)
        self._slots = SlotFinder(self._language)
        self._translator = Translator()
        self._names = names
        self._library = _Library(-1, Gazetteer())
        self._libraries: dict[int, _Library] = {}
        self._lock = Lock()

    @property
    def names(self) -> Gazetteer:
        """The names of the library as it is now."""
        return self._gazetteer()

    def translate(
        self, text: str, context: DialogueContext | None = None, *, preferred: str = "en"
    ) -> Translation:
        """Tell the language of `text` and the English requests it means.

        `preferred` is the language of the conversation, for words that several languages share.
        """
        given = _given(context or DialogueContext())
        said = self._translator.translate(text, preferred=preferred, given=given)
        return said if said.language == "en" else with_whole_titles(said, self._knows)

    def _knows(self, name: str) -> bool:
        """Whether the library calls something so, or an artist by the last name."""
        gazetteer = self._gazetteer()
        return bool(gazetteer.named(name) or gazetteer.short_for(name))

    def understand(
        self, text: str, context: DialogueContext | None = None, *, english: bool = False
    ) -> Understanding:
        """Say what `text` asks for. Never raises on any text; nonsense is out of scope.

        Of several requests in one sentence of another language this is the first; `translate`
        gives them all. With `english` the text is known to be English.
        """
        if english:
            return self._understand(text, context)
        translation = self.translate(text, context)
        if translation.language == "en":
            return self._understand(text, context)
        if not translation.found and not self._may_be_english(text):
            return Understanding(
                Intent.OUT_OF_SCOPE, {}, 1.0, "guard", language=translation.language
            )
        first = translation.parts[0]
        understood = self._understand(first.english, context)
        return replace(understood, language=translation.language, english=first.english)

    def command(self, text: str, context: DialogueContext | None = None) -> Intent | None:
        """What `text` orders when a template of a closed command fits all of it; else None.

        Cheap: nothing is guessed, no name is looked for.
        """
        tokens = tokenise(text, self._language.contractions)
        if not tokens:
            return None
        match = self._grammar.match(text, self._spelling.mend(tokens), _given(context or _NOTHING))
        closed = match is not None and not match.unmet and match.free_words == 0
        return match.rule.intent if match is not None and closed else None

    def _understand(self, text: str, context: DialogueContext | None) -> Understanding:
        context = context or DialogueContext()
        tokens = tokenise(text, self._language.contractions)
        if not tokens:
            return Understanding(Intent.OUT_OF_SCOPE, {}, 1.0, "guard")
        mended = self._spelling.mend(tokens)
        gazetteer = self._gazetteer()
        # A strange word after "play" is a name that is spelled so, and no slip: "clear the loon".
        read = tokens if tokens[0].word in _NAMING else mended
        verdict = self._model.classify([token.word for token in read], self._language)
        match = self._grammar.match(text, mended, _given(context))
        understood = self._from_grammar(match, verdict) if match else None
        if understood is None:
            if not verdict.intent.is_music and gazetteer.fills(tokenise(text)):
                verdict = verdict.as_music()
            understood = self._from_classifier(verdict)
        slots = self._slots.find(text, tokenise(text), understood.intent, gazetteer)
        if match is not None and not match.unmet and understood.source == "grammar":
            slots = finish_slots(match, slots)
        confidence = understood.confidence
        if len(text) > MAX_CHARACTERS:
            confidence = min(confidence, TOO_LONG_CONFIDENCE)
        return Understanding(
            understood.intent, slots, confidence, understood.source, understood.alternatives
        )

    def _may_be_english(self, text: str) -> bool:
        """Whether our English may read a text that its words place in another language.

        "Play entre um coco e um adeus" is English; so is a name that the library has.
        """
        if english_share(text) >= _ENGLISH_ENOUGH:
            return True
        return self._gazetteer().fills(tokenise(text))

    def _gazetteer(self) -> Gazetteer:
        if self._names is None:
            return self._library.gazetteer
        revision = self._names.revision
        library = self._library
        if library.revision == revision:
            return library.gazetteer
        with self._lock:
            # People at home have playlists of their own, and so names of their own.
            known = self._libraries.pop(revision, None)
            library = known or _Library(revision, Gazetteer(self._names.names()))
            self._libraries[revision] = self._library = library
            while len(self._libraries) > _MOST_LIBRARIES:
                del self._libraries[next(iter(self._libraries))]
        return library.gazetteer

    @staticmethod
    def _from_grammar(match: GrammarMatch, verdict: Verdict) -> Understanding:
        closed = match.free_words == 0
        intent = Intent.OUT_OF_SCOPE if match.unmet else match.rule.intent
        return Understanding(
            intent,
            {},
            GRAMMAR_CONFIDENCE if closed else OPEN_GRAMMAR_CONFIDENCE,
            "grammar",
            tuple(p for p in verdict.ranked if p[0] != intent)[:_ALTERNATIVES],
        )

    @staticmethod
    def _from_classifier(verdict: Verdict) -> Understanding:
        intent = verdict.intent
        sure = verdict.music if intent.is_music else 1.0 - verdict.music
        return Understanding(
            intent,
            {},
            max(sure * 0.5, verdict.ranked[0][1]),
            "classifier",
            verdict.ranked[1 : _ALTERNATIVES + 1],
        )


_TIMERS = frozenset({Intent.SLEEP_TIMER, Intent.ALARM_SET, Intent.ALARM_SHOW})
_COLLECTIONS = frozenset(
    {
        *(Intent.ADD_TO_PLAYLIST, Intent.REMOVE_FROM_PLAYLIST, Intent.CREATE_PLAYLIST),
        *(Intent.QUEUE, Intent.QUEUE_REMOVE, Intent.QUEUE_SHOW),
    }
)
"""After which "remove Corcovado" is about a playlist or the queue."""


def _given(context: DialogueContext) -> frozenset[str]:
    given = {"playing"} if context.is_playing else set()
    if context.is_paused:
        given.add("paused")
    if context.has_results or context.awaiting_choice:
        given.add("results")
    if context.can_recognise:
        given.add("ears")
    if context.has_recognised:
        given.add("recognised")
    if context.last_intent in _TIMERS:
        given.add("timer")
    if context.last_intent in _COLLECTIONS:
        given.add("collection")
    return frozenset(given)
