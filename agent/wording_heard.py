"""How recognition is said: what it is, how sure that is, and why; what was heard, and where."""

from collections.abc import Mapping, Sequence

from agent import wording_hums
from agent.phrases import SPOKEN_NAMES, called, length, name, titled
from agent.replies.message import Reply
from agent.replies.prose import next_step, reason
from agent.replies.times import moment
from knowledge.fingerprint.models import Certainty
from knowledge.folding import fold
from knowledge.models import Track
from knowledge.recognition.models import HeardSource
from tools.message import Listed, Say, Value
from tools.result import Found, HeardTrack, NothingFound

Facts = Mapping[str, str | int | float | bool]

_WHO = frozenset({"who", "whose", "artist", "band", "singer", "sings", "sang", "composer"})
_WHEN = frozenset({"year", "when", "old", "released"})
_DOUBT = frozenset({"why", "sure", "certain", "confident", "know", "match", "tell", "makes"})


def recognised(result: Found, asked: str) -> Reply:
    """The answer of the tool `recognize`, whatever it did."""
    facts = result.facts
    if wording_hums.is_hum(facts) and "named" not in facts:
        return _hum(result, asked)
    if "listening" in facts:
        return Say("listening" if facts["listening"] else "listening-over")
    if "forgotten" in facts:
        return _forgotten(facts)
    if "corrected" in facts:
        return _corrected(result)
    if "named" in facts:
        return Say("known-as", {"track": _title_by(facts, "named")})
    if "again" in facts:
        return _again(result, asked)
    return _what(result), _position(facts)


def _hum(result: Found, asked: str) -> Reply:
    """What was hummed; who and when are told as of a recording that is likely."""
    facts = result.facts
    if "corrected" in facts:
        if "right" in facts:
            return wording_hums.picked(facts)
        return _corrected(result) if result.items else wording_hums.wrong(facts)
    if "again" not in facts:
        return wording_hums.named(result)
    words = set(fold(asked).split())
    if words & _DOUBT:
        return wording_hums.why(facts)
    asks = words & (_WHO | _WHEN | {"album", "record"})
    return _again(result, asked) if asks else wording_hums.named(result)


def _title_by(facts: Facts, key: str = "recognised") -> Value:
    return titled(facts.get(key, ""), str(facts.get("artist", "")))


def _certain(facts: Facts) -> bool:
    return facts.get("certainty") == Certainty.CERTAIN


def _what(result: Found) -> Reply:
    """Name it; "probably" unless it is certain."""
    facts = result.facts
    past = "seconds_ago" in facts
    what = _title_by(facts)
    track = result.items[0] if result.items else None
    if isinstance(track, Track) and track.album and _certain(facts) and not past:
        what = Say("heard-from-album", {"what": what, "album": name(track.album)})
    if not facts.get("in_library", True):
        what = Say("heard-not-owned", {"what": what})
    if _certain(facts):
        return Say("that-was" if past else "this-is", {"what": what})
    if "position_s" in facts:
        what = Say("heard-at", {"what": what, "at": length(float(facts["position_s"]))})
    said = Say("that-was-probably" if past else "that-is-probably", {"what": what})
    other = result.items[1] if len(result.items) > 1 else None
    return (said, Say("could-also-be", {"other": called(other)})) if other is not None else said


def _position(facts: Facts) -> Reply:
    if "position_s" not in facts or not _certain(facts):
        return ""
    at = length(float(facts["position_s"]))
    return Say("position-then" if "seconds_ago" in facts else "position-heard", {"at": at})


def _again(result: Found, asked: str) -> Reply:
    """The last answer once more: who, when, or what speaks for it."""
    facts, words = result.facts, set(fold(asked).split())
    probably = "" if _certain(facts) else "-probably"
    track = result.items[0] if result.items else None
    if words & _DOUBT:
        return _why(facts)
    if words & _WHEN and isinstance(track, Track):
        values = {"track": _title_by(facts), "year": str(track.year or "")}
        return Say(f"heard-year{probably}" if track.year else "heard-no-year", values)
    if words & {"album", "record"} and isinstance(track, Track) and track.album:
        return Say(f"heard-album{probably}", {"album": name(track.album)})
    artist = str(facts.get("artist", ""))
    if words & _WHO and artist:
        return Say(f"heard-artist{probably}", {"artist": name(artist)})
    return _what(result)


def _why(facts: Facts) -> Reply:
    """What the match rests on."""
    clip, matched = float(facts.get("clip_s", 0.0)), float(facts.get("matched_s", 0.0))
    title = name(facts.get("recognised", ""))
    if clip <= 0:
        return Say("told-to-me", {"title": title})
    values: dict[str, Value] = {"matched": matched, "clip": clip, "title": title}
    if "from_s" in facts:
        values["from"] = length(float(facts["from_s"]))
    return (
        Say("match-share-from" if "from_s" in facts else "match-share", values),
        Say(
            "match-sure" if _certain(facts) else "match-unsure",
            {"percent": int(facts.get("probability", 0))},
        ),
        _changed(facts),
    )


def _changed(facts: Facts) -> Reply:
    """How the clip differs from the recording: "It runs 3 % fast and half a semitone high"."""
    changes: list[Value] = []
    if speed := float(facts.get("speed_percent", 0.0)):
        changes.append(Say("runs-fast" if speed > 0 else "runs-slow", {"percent": _amount(speed)}))
    if pitch := float(facts.get("pitch_semitones", 0.0)):
        steps = {"count": _amount(pitch)}
        changes.append(Say("sounds-higher" if pitch > 0 else "sounds-lower", steps))
    return Say("match-changed", {"changes": Listed(tuple(changes), "also")}) if changes else ""


def _amount(value: float) -> int | float:
    """Without its sign, and whole where it is: "1 semitone", not "1.0 semitones"."""
    size = abs(value)
    return int(size) if size.is_integer() else size


def _forgotten(facts: Facts) -> Reply:
    gone = int(facts["forgotten"])
    if gone == 1 and "title" in facts:
        return Say("forgotten-one", {"title": name(facts["title"])})
    if "when" in facts:
        return Say("forgotten-when", {"count": gone, "when": moment(str(facts["when"]))})
    return Say("forgotten", {"count": gone})


def _corrected(result: Found) -> Reply:
    facts = result.facts
    if "right" in facts:
        return wording_hums.picked(facts)
    was_not = name(facts.get("was_not", ""))
    noted = Say("noted-not", {"wrong": was_not}) if was_not else Say("noted-wrong")
    if "missing" in facts:
        return noted, Say("not-in-library", {"title": name(facts["missing"])})
    if result.items:
        return noted, Say("was-it", {"track": called(result.items[0])})
    return noted, Say("say-it-was")


def not_recognised(result: NothingFound) -> Reply:
    """Why nothing can be named, and what to do."""
    if wording_hums.is_hum(result.facts):
        return wording_hums.again(result)
    values: dict[str, Value] = {"reason": reason(result)}
    before = int(result.facts.get("heard_before", 0))
    if before:
        values["count"] = before
    because = "-because" if result.reason else ""
    said = Say(f"cannot-name{because}{'-before' if before else ''}", values)
    if result.nearest:
        return said, Say("another-performance", {"track": called(result.nearest[0])})
    return said, next_step(result)


def history(result: Found) -> Reply:
    """What was heard: "You heard Take Five at 21:14 in the kitchen, probably"."""
    facts = result.facts
    events = [item for item in result.items if isinstance(item, HeardTrack)]
    when = moment(str(facts["when"])) if facts.get("when") else ""
    others = _others(facts)
    if int(facts["count"]) == 1 and len(events) == 1:
        return (_one(events[0], facts), *others)
    if not events:
        first, *rest = others or ("",)
        return (Say("heard-when", {"when": when, "what": first}), *rest) if when else others
    named = [_probably(event) for event in _different(events)]
    shown = Listed(tuple(named[:SPOKEN_NAMES]), more=max(0, len(named) - SPOKEN_NAMES))
    values = {"names": shown, "when": when, "where": _where(events)}
    most = "-most" if facts.get("order") == "most" else ""
    return (Say(f"heard-list{most}{'-when' if when else ''}", values), *others)


def _one(event: HeardTrack, facts: Facts) -> Say:
    values: dict[str, Value] = {
        "track": called(event),
        "when": moment(str(facts["first_at"])),
        "where": _where([event]),
    }
    certain = event.certainty is Certainty.CERTAIN
    return Say("heard-one" if certain else "heard-one-probably", values)


def _probably(event: HeardTrack) -> Value:
    track = called(event)
    return track if event.certainty is Certainty.CERTAIN else Say("probably", {"track": track})


def _different(events: Sequence[HeardTrack]) -> list[HeardTrack]:
    found: dict[int, HeardTrack] = {}
    for event in events:
        found.setdefault(event.track.id, event)
    return list(found.values())


def _where(events: Sequence[HeardTrack]) -> Value:
    """The place, when all of them were heard there."""
    places = {
        (event.source is HeardSource.STREAM, event.player)
        if event.source is HeardSource.STREAM and event.player
        else (False, event.place)
        for event in events
    }
    streamed, place = places.pop() if len(places) == 1 else (False, "")
    if not place:
        return ""
    if streamed:
        return Say("where-stream", {"name": name(place)})
    return Say("where-place", {"place": name(place).removeprefix("the ")})


def _others(facts: Facts) -> tuple[Say, ...]:
    """What was heard and is not in the library, or has no name."""
    parts = []
    if "not_in_library" in facts:
        names = tuple(name(each) for each in str(facts["not_in_library"]).split("; "))
        parts.append(Say("heard-elsewhere", {"names": Listed(names)}))
    if unnamed := int(facts.get("unnamed", 0)):
        parts.append(Say("heard-unnamed", {"count": unnamed}))
    return tuple(parts)
