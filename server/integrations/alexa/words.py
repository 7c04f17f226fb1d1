"""What the skill says in its own words; everything else is said by the agent."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language."""

    welcome: str
    again: str
    """Said when nobody answers a question."""
    link: str
    help: str
    not_understood: str
    slow: str
    starting: str
    """The server was started a moment ago."""
    not_allowed: str
    broken: str
    nothing_playing: str
    play: str
    """How a request for music begins."""
    search: str
    like: str
    """How a request for something similar begins."""
    playing: str
    """Asks what is playing."""
    good: str
    bad: str
    yes: str
    no: str
    number: str
    """Picks one of a list; its number follows."""


_EN: Final = Words(
    welcome="What would you like to hear?",
    again="Say, for example: play something calm.",
    link="Please link your Refrain account first. I have sent a card to your Alexa app.",
    help="Say what you would like to hear, such as: play something calm, something like Miles "
    "Davis, or what is playing. Next, pause and start over work as well.",
    not_understood="I did not get that. Say, for example: play something calm.",
    slow="That takes longer than Alexa waits. Please ask again in a moment.",
    starting="I am just starting up. Please ask again in a moment.",
    not_allowed="Your link with Refrain does not allow that. Link it again in the Alexa app.",
    broken="Something went wrong at home. Please try again.",
    nothing_playing="Nothing is playing.",
    play="play",
    search="search for",
    like="play something like",
    playing="what is playing",
    good="I like this",
    bad="I don't like this",
    yes="yes",
    no="no",
    number="number",
)
_DE: Final = Words(
    welcome="Was möchtest du hören?",
    again="Sag zum Beispiel: spiele etwas Ruhiges.",
    link="Bitte verknüpfe zuerst dein Refrain-Konto. In der Alexa-App findest du eine Karte dazu.",
    help="Sag, was du hören möchtest, zum Beispiel: spiele etwas Ruhiges, etwas wie Miles Davis, "
    "oder: was läuft gerade. Weiter, Pause und noch mal von vorn gehen auch.",
    not_understood="Das habe ich nicht verstanden. Sag zum Beispiel: spiele etwas Ruhiges.",
    starting="Ich werde gerade erst gestartet. Frag bitte gleich noch einmal.",
    slow="Das dauert länger, als Alexa wartet. Frag bitte gleich noch einmal.",
    not_allowed="Deine Verknüpfung erlaubt das nicht. Verknüpfe Refrain in der Alexa-App neu.",
    broken="Zu Hause ist etwas schiefgegangen. Versuch es bitte noch einmal.",
    nothing_playing="Es läuft gerade nichts.",
    play="spiele",
    search="suche",
    like="spiele etwas wie",
    playing="was läuft gerade",
    good="das gefällt mir",
    bad="das gefällt mir nicht",
    yes="ja",
    no="nein",
    number="Nummer",
)


def words_of(locale: str) -> Words:
    """The sentences for a locale such as "de-AT"; English where there are no others."""
    return _DE if locale.lower().startswith("de") else _EN
