"""What is known of a recording, with who says so, in words."""

from collections.abc import Mapping

from agent.phrases import called, name, titled
from agent.replies.message import Reply
from knowledge.fingerprint.models import Certainty
from knowledge.sources.track_facts import FILE
from tools.message import Say, Value
from tools.result import Found

_MAX_LINES = 700
_UNKNOWN = {
    "lyrics": "fact-no-lyrics",
    "line": "fact-no-lyrics",
    "released": "fact-no-year",
    "label": "fact-no-label",
}


def told(result: Found) -> Reply:
    """The answer to a question about a recording."""
    facts, fact = result.facts, str(result.facts["fact"])
    track = called(result.items[0])
    values: dict[str, Value] = {"track": track, "source": _source(facts.get("source"))}
    if "instrumental" in facts:
        return Say("fact-instrumental", values)
    if "lines" in facts:
        values["lines"] = name(facts["lines"], _MAX_LINES)
        words = Say("fact-lyrics", values)
        more = int(facts["line_count"]) > str(facts["lines"]).count(" / ") + 1
        return (words, Say("fact-lyrics-more")) if more else words
    if "untimed" in facts:
        return Say("fact-untimed", values)
    if "line" in facts:
        if not facts["line"]:
            return Say("fact-no-line", values)
        return Say("fact-line", {**values, "line": name(facts["line"], _MAX_LINES)})
    if "label" in facts:
        return Say("fact-label", {**values, "label": name(facts["label"])})
    if "released" in facts:
        return _released(result, values)
    return Say(_UNKNOWN[fact], {"track": track})


def _released(result: Found, values: dict[str, Value]) -> Reply:
    facts = result.facts
    said = Say("fact-released", {**values, "when": str(facts["released"])})
    if "released_too" not in facts:
        return said
    other = {"when": str(facts["released_too"]), "source": _source(facts.get("source_too"))}
    return said, Say("fact-released-too", other)


def _source(source: object) -> Value:
    return Say("fact-own-file") if source in {FILE, None} else name(source)


def on_air(facts: Mapping[str, str | int | float | bool]) -> Reply:
    """What a station plays: by its sound if that is known, else by its own word."""
    station = name(facts["station"])
    if "on_air" in facts:
        track = titled(facts["on_air"], str(facts["on_air_by"]))
        sure = facts["on_air_certainty"] == Certainty.CERTAIN.value
        return Say(
            "station-plays" if sure else "station-probably", {"station": station, "track": track}
        )
    if "station_says" in facts:
        return Say("station-says", {"station": station, "title": name(facts["station_says"])})
    return Say("station-silent", {"station": station})
