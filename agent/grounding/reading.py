"""What the offline model makes of a request, and what that allows a language model to do."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from agent.asking import leftover
from agent.grounding.effects import Effect, effect_of
from agent.phrases import word_set
from knowledge.folding import fold
from knowledge.wish import MusicWish

SURE = 0.9
"""From this confidence on, the offline reading of a request bounds what may be done."""
_FOREIGN = "out_of_scope"
_OPEN = frozenset({"", _FOREIGN})
_PLAYING = word_set(
    "play play_radio play_liked play_again select_result reject_result confirm similar_to more_like"
)
_SAID: Mapping[Effect, re.Pattern[str]] = {
    effect: re.compile(rf"\b(?:{words})\b")
    for effect, words in {
        Effect.PLAY: r"play|put on|listen to|hear|spiel\w*|joue\w*|pon(?:me)?|toca|reproduce|metti|"
        r"suona|riproduci|draai|speel|graj|zagraj|pusc|spela",
        Effect.QUEUE: r"queue|enqueue|next|after (?:this|that)|later|warteschlange|danach|"
        r"file d attente|cola|coda|wachtrij|kolejk\w*|kon",
        Effect.STEER: r"pause|stop|skip|next|back|resume|continue|shuffle|repeat|seek|rewind|"
        r"forward|halt|weiter|zuruck|arrete\w*|suivant\w*|para|siguiente|ferma|prossim\w*|volgende",
        Effect.VOLUME: r"volume|louder|quieter|softer|too loud|too quiet|"
        r"turn (?:it |that |this |the music )?(?:up|down)|mute|unmute|percent|"
        r"lauter|leiser|lautstarke|plus fort|moins fort|"
        r"(?:mas|sube|baja|alto|bajo)|volumen|piu (?:alto|basso)|harder|zachter|glosni\w*|"
        r"cisz\w*|hogre|lagre",
        Effect.RATE: r"like|love|hate|dislike|favou?rite|thumbs|never|not my|can t stand|"
        r"cant stand|sick of|more of|less of|mag|liebe|hasse|aime|deteste|gusta|odio|piace",
        Effect.KEEP: r"playlist|playlists|list|save|add|create|make|rename|wiedergabeliste|liste|"
        r"lista",
        Effect.REMOVE: r"remove|delete|clear|empty|take (?:it |that |this )?(?:out|off)|drop|"
        r"entfern\w*|losch\w*|leer\w*|enlev\w*|supprim\w*|vide|quita|elimina|borra|togli|svuota|"
        r"verwijder|usun",
        Effect.TIMER: r"timer|alarm|wake|sleep|remind|in \d+ (?:minutes?|hours?|seconds?)|at \d+|"
        r"o clock|tonight|tomorrow|wecker|weck|reveil\w*|alarma|despierta\w*|sveglia|wekker|budzik",
        Effect.NAME: r"it was|that was|it is|its|called|actually|wrong|no",
        Effect.UNDO: r"undo|back|restore|mistake|revert",
    }.items()
}
"""Words that ask for a kind of deed, beside what the offline model planned: a sentence may hold
several requests of which it saw one. What needs the most care is left to `tools.consent`."""
_IDLE = word_set(
    "a an the it its that this these those them some any my me you i we to for of in on at and or "
    "please something anything music song songs track tracks tune tunes thing things one stuff "
    "play put find give show hear listen want wanted need like would could can will let lets by "
    "from with is are was be do does have got just really now then again so as but not no yes what "
    "which who when where how about kind sort bit little more"
)


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A call that the offline model would make."""

    tool: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A request as the offline model reads it."""

    text: str
    english: str = ""
    """The English request that it was understood as; the same text when it is English."""
    intent: str = ""
    confidence: float = 0.0
    """Calibrated probability that `intent` is right, 0 to 1."""
    calls: tuple[PlannedCall, ...] = ()
    """What it would do, in order."""
    wish: MusicWish = field(default_factory=MusicWish)
    """What the words wish for, in any of twelve languages."""

    @property
    def is_open(self) -> bool:
        """Whether nothing sure is known of it: then a language model knows better."""
        return self.intent in _OPEN or self.confidence < SURE

    @property
    def is_foreign(self) -> bool:
        """Whether it surely asks for something that is not music: a pizza, the lights."""
        return self.intent == _FOREIGN and self.confidence >= SURE

    @property
    def licensed(self) -> frozenset[Effect]:
        """What the person asked for, by the offline plan and by the words."""
        effects = {effect_of(call.tool, call.arguments) for call in self.calls}
        if self.intent in _PLAYING:
            effects.add(Effect.PLAY)
        said = f" {fold(self.text)} {fold(self.english)} "
        for call in self.calls:
            for name in _names(call.arguments):  # "Pause" may be the name of a band
                said = said.replace(f" {fold(name)} ", " ")
        effects |= {effect for effect, words in _SAID.items() if words.search(said)}
        return frozenset(effects | {Effect.LOOK})

    @property
    def unexplained(self) -> frozenset[str]:
        """Words of the request that neither the plan nor the wish accounts for."""
        known = {word for words in self.wish.said.values() for word in fold(words).split()}
        for call in self.calls:
            known |= {word for value in _names(call.arguments) for word in fold(value).split()}
        words = set(fold(leftover(self.english or self.text)).split())
        return frozenset(word for word in words - known - _IDLE if len(word) > 1)

    def planned(self, tool: str, action: object = None) -> PlannedCall | None:
        """The planned call of `tool`, with this action if the tool has actions."""
        for call in self.calls:
            if call.tool == tool and call.arguments.get("action") == action:
                return call
        return None


def _names(arguments: Mapping[str, Any]) -> Iterator[str]:
    """The arguments that name something; a whole request given as a wish explains nothing."""
    for key, value in arguments.items():
        if isinstance(value, str) and key not in {"wish", "when", "also"}:
            yield value
