"""The interaction model of the skill: what people may say, for the developer console.

A slot of the type AMAZON.SearchQuery takes any words, but needs words around it and no other slot
beside it (documentation of built-in slot types).
"""

from typing import Any, Final

from server.integrations.alexa import commands

LOCALES: Final = (
    *("en-US", "en-GB", "en-CA", "en-AU", "en-IN"),
    *("de-DE",),
)
_BUILT_IN: Final = (
    *("AMAZON.CancelIntent", "AMAZON.HelpIntent", "AMAZON.StopIntent", "AMAZON.FallbackIntent"),
    *("AMAZON.NavigateHomeIntent", "AMAZON.PauseIntent", "AMAZON.ResumeIntent"),
    *("AMAZON.NextIntent", "AMAZON.PreviousIntent", "AMAZON.StartOverIntent"),
    *("AMAZON.RepeatIntent", "AMAZON.LoopOnIntent", "AMAZON.LoopOffIntent"),
    *("AMAZON.ShuffleOnIntent", "AMAZON.ShuffleOffIntent"),
    *("AMAZON.YesIntent", "AMAZON.NoIntent"),
)
_SAID: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "en": {
        commands.PLAY_INTENT: (
            *("play {query}", "to play {query}", "put on {query}", "start {query}"),
            *("i want to hear {query}", "i would like to hear {query}", "let me hear {query}"),
        ),
        commands.LIKE_INTENT: (
            *("play something like {query}", "something like {query}", "more like {query}"),
            "something similar to {query}",
        ),
        commands.SEARCH_INTENT: ("search for {query}", "find {query}", "do i have {query}"),
        commands.PICK_INTENT: ("number {number}", "play number {number}", "the {number} one"),
        commands.NOW_INTENT: (
            *("what is playing", "what's playing", "what is this", "what song is this"),
            "who is this",
        ),
        commands.GOOD_INTENT: ("i like this", "i love this song", "thumbs up"),
        commands.BAD_INTENT: ("i don't like this", "i hate this song", "thumbs down"),
    },
    "de": {
        commands.PLAY_INTENT: (
            *("spiele {query}", "spiel {query}", "leg {query} auf", "mach {query} an"),
            *("ich möchte {query} hören", "ich will {query} hören", "lass mich {query} hören"),
        ),
        commands.LIKE_INTENT: (
            *("spiele etwas wie {query}", "etwas wie {query}", "mehr wie {query}"),
            "etwas ähnliches wie {query}",
        ),
        commands.SEARCH_INTENT: ("suche {query}", "suche nach {query}", "finde {query}"),
        commands.PICK_INTENT: ("nummer {number}", "spiele nummer {number}"),
        commands.NOW_INTENT: (
            *("was läuft gerade", "was läuft da", "was ist das", "wie heißt das lied"),
            "wer singt das",
        ),
        commands.GOOD_INTENT: ("das gefällt mir", "ich mag das", "daumen hoch"),
        commands.BAD_INTENT: ("das gefällt mir nicht", "ich mag das nicht", "daumen runter"),
    },
}


def interaction_model(locale: str, name: str) -> dict[str, Any]:
    """The model of a locale, as the JSON editor of the developer console takes it.

    Args:
        locale: one of `LOCALES`.
        name: the invocation name: what comes after "Alexa, ask"; two words are best.

    Raises:
        ValueError: there is no model for that locale, or the name cannot be one.
    """
    if locale not in LOCALES:
        raise ValueError(f"There is a model for {', '.join(LOCALES)}, not for {locale!r}.")
    called = " ".join(name.lower().split())
    if not 2 <= len(called) <= 50 or not all(one.isalpha() or one in " '." for one in called):
        raise ValueError("A skill is called by letters and spaces, such as: my refrain")
    said = _SAID[locale.partition("-")[0]]
    intents: list[dict[str, Any]] = [{"name": one, "samples": []} for one in _BUILT_IN]
    intents += [
        {"name": intent, "slots": _slots(samples), "samples": list(samples)}
        for intent, samples in said.items()
    ]
    return {"interactionModel": {"languageModel": {"invocationName": called, "intents": intents}}}


def _slots(samples: tuple[str, ...]) -> list[dict[str, str]]:
    types = {commands.QUERY: "AMAZON.SearchQuery", commands.NUMBER: "AMAZON.NUMBER"}
    return [
        {"name": name, "type": kind}
        for name, kind in types.items()
        if any(f"{{{name}}}" in sample for sample in samples)
    ]
