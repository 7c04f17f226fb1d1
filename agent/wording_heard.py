"""How recognition is said: what it is, how sure that is, and why; what was heard, and where."""

from collections.abc import Mapping, Sequence

from agent import wording_hums
from agent.phrases import called, count, joined, length, name, sentence, vary
from knowledge.fingerprint.models import Certainty
from knowledge.folding import fold
from knowledge.models import Track
from knowledge.recognition.models import HeardSource
from tools.result import Found, HeardTrack, NothingFound

Facts = Mapping[str, str | int | float | bool]

_NAMED = 3
_WHO = frozenset({"who", "whose", "artist", "band", "singer", "sings", "sang", "composer"})
_WHEN = frozenset({"year", "when", "old", "released"})
_DOUBT = frozenset({"why", "sure", "certain", "confident", "know", "match", "tell", "makes"})


def recognised(result: Found, asked: str, turn: int) -> str:
    """The answer of the tool `recognize`, whatever it did."""
    facts = result.facts
    if wording_hums.is_hum(facts) and "named" not in facts:
        return _hum(result, asked, turn)
    if "listening" in facts:
        return _listening(facts)
    if "forgotten" in facts:
        return _forgotten(facts)
    if "corrected" in facts:
        return _corrected(result)
    if "named" in facts:
        return sentence(f"I will know it as {_title_by(facts, 'named')} from now on")
    if "again" in facts:
        return _again(result, asked, turn)
    return " ".join(part for part in (_what(result, turn), _position(facts)) if part)


def _hum(result: Found, asked: str, turn: int) -> str:
    """What was hummed; who and when are told as of a recording that is likely."""
    facts = result.facts
    if "corrected" in facts:
        if "right" in facts:
            return wording_hums.picked(facts)
        return _corrected(result) if result.items else wording_hums.wrong(facts)
    if "again" not in facts:
        return wording_hums.named(result, turn)
    words = set(fold(asked).split())
    if words & _DOUBT:
        return wording_hums.why(facts)
    asks = words & (_WHO | _WHEN | {"album", "record"})
    return _again(result, asked, turn) if asks else wording_hums.named(result, turn)


def _title_by(facts: Facts, key: str = "recognised") -> str:
    title, artist = name(str(facts.get(key, ""))), str(facts.get("artist", ""))
    return f"{title} by {name(artist)}" if artist else title


def _certain(facts: Facts) -> bool:
    return facts.get("certainty") == Certainty.CERTAIN


def _what(result: Found, turn: int) -> str:
    """Name it; "probably" unless it is certain."""
    facts = result.facts
    past = "seconds_ago" in facts
    what = _title_by(facts)
    track = result.items[0] if result.items else None
    if isinstance(track, Track) and track.album and _certain(facts) and not past:
        what += f", from {name(track.album)}"
    if not facts.get("in_library", True):
        what += ", which is not in your library"
    if _certain(facts):
        return sentence(
            f"That was {what}" if past else vary(turn, f"This is {what}", f"It is {what}")
        )
    if "position_s" in facts:
        what += f", {length(float(facts['position_s']))} in"
    said = sentence(f"That was probably {what}" if past else f"That is probably {what}")
    other = result.items[1] if len(result.items) > 1 else None
    return f"{said} It could also be {sentence(called(other))}" if other is not None else said


def _position(facts: Facts) -> str:
    if "position_s" not in facts or not _certain(facts):
        return ""
    at = length(float(facts["position_s"]))
    if "seconds_ago" in facts:
        return f"It was {at} in."
    return f"You are {at} into it."


def _again(result: Found, asked: str, turn: int) -> str:
    """The last answer once more: who, when, or what speaks for it."""
    facts, words = result.facts, set(fold(asked).split())
    probably = "" if _certain(facts) else "probably "
    track = result.items[0] if result.items else None
    if words & _DOUBT:
        return _why(facts)
    if words & _WHEN and isinstance(track, Track):
        known = f"it is {probably}from {track.year}" if track.year else "the file names no year"
        return sentence(f"{_title_by(facts)}: {known}")
    if words & {"album", "record"} and isinstance(track, Track) and track.album:
        return sentence(f"It is {probably}from the album {name(track.album)}")
    artist = str(facts.get("artist", ""))
    if words & _WHO and artist:
        return sentence(f"{probably}{name(artist)}")
    return _what(result, turn)


def _why(facts: Facts) -> str:
    """What the match rests on."""
    clip, matched = float(facts.get("clip_s", 0.0)), float(facts.get("matched_s", 0.0))
    title = name(str(facts.get("recognised", "")))
    if clip <= 0:
        return sentence(f"I know it as {title} because it was told to me")
    share = f"{matched:.1f} of the {clip:.1f} seconds I heard fit {title}"
    if "from_s" in facts:
        share += f", from {length(float(facts['from_s']))} on"
    sure = f"That makes me {int(facts.get('probability', 0))} percent sure"
    if not _certain(facts):
        sure += ", which is not enough to be certain"
    parts = [sentence(share), sentence(sure), _changed(facts)]
    return " ".join(part for part in parts if part)


def _changed(facts: Facts) -> str:
    """How the clip differs from the recording: "It runs 3 % fast and half a semitone high"."""
    changes = []
    if speed := float(facts.get("speed_percent", 0.0)):
        changes.append(f"runs {abs(speed):g} percent {'fast' if speed > 0 else 'slow'}")
    if pitch := float(facts.get("pitch_semitones", 0.0)):
        steps = "semitone" if abs(pitch) == 1 else "semitones"
        changes.append(f"sounds {abs(pitch):g} {steps} {'higher' if pitch > 0 else 'lower'}")
    return sentence(f"It {joined(changes)}") if changes else ""


def _listening(facts: Facts) -> str:
    if facts["listening"]:
        return (
            "I am listening now: the last minutes of sound stay in memory, and nothing is "
            'recorded. Ask "what was that?" any time; say "stop listening" to end it.'
        )
    return "I have stopped listening, and what I kept in memory is wiped."


def _forgotten(facts: Facts) -> str:
    gone = int(facts["forgotten"])
    if gone == 1 and "title" in facts:
        return sentence(f"{name(str(facts['title']))} is out of the list of what you heard")
    what = count(gone, "thing")
    when = f" {facts['when']}" if "when" in facts else ""
    return sentence(f"Forgotten: {what} that you heard{when}")


def _corrected(result: Found) -> str:
    facts = result.facts
    was_not = name(str(facts.get("was_not", "")))
    if "right" in facts:
        noted = f"Thank you: it was {_title_by(facts, 'right')}"
        noted = f"{noted}, not {was_not}" if was_not else noted
        return f"{sentence(noted)} I will remember that."
    noted = f"Noted: that was not {was_not}" if was_not else "Noted: that was wrong"
    if "missing" in facts:
        missing = name(str(facts["missing"]))
        return f"{sentence(noted)} {sentence(f'{missing} is not in your library')}"
    if result.items:
        return f"{sentence(noted)} Was it {called(result.items[0])}?"
    return f'{sentence(noted)} If you know what it was, say "it was", and the title.'


def not_recognised(result: NothingFound) -> str:
    """Why nothing can be named, and what to do."""
    if wording_hums.is_hum(result.facts):
        return wording_hums.again(result)
    before = int(result.facts.get("heard_before", 0))
    said = f"I cannot name it: {result.reason}" if result.reason else "I cannot name it"
    if before:
        times = "once" if before == 1 else "twice" if before == 2 else f"{count(before, 'time')}"
        said += f", though I have heard it {times} before"
    if result.nearest:
        version = called(result.nearest[0])
        return (
            f"{sentence(said)} It sounds like another performance of {version}. Shall I play that?"
        )
    return f"{sentence(said)} {result.next_step}".strip()


def history(result: Found) -> str:
    """What was heard: "You heard Take Five at 21:14 in the kitchen, probably"."""
    facts = result.facts
    events = [item for item in result.items if isinstance(item, HeardTrack)]
    when, total = str(facts.get("when", "")), int(facts["count"])
    others = _others(facts)
    if total == 1 and len(events) == 1:
        return " ".join(part for part in (_one(events[0], facts), others) if part)
    if not events:
        opening = f"{when}: " if when else ""
        return sentence(f"{opening}{others}")
    named = [_probably(event) for event in _different(events)]
    shown = ", ".join(named[:_NAMED]) if len(named) > _NAMED else joined(named)
    if len(named) > _NAMED:
        shown += f", and {len(named) - _NAMED} more on the page"
    most = " most" if facts.get("order") == "most" else ""
    where = f" {_where(events)}" if _where(events) else ""
    opening = f"{when}{where} you heard{most}" if when else f"You heard{most}{where}"
    return " ".join(part for part in (sentence(f"{opening}: {shown}"), others) if part)


def _one(event: HeardTrack, facts: Facts) -> str:
    said = f"You heard {called(event)} {facts['first_at']}"
    if where := _where([event]):
        said += f" {where}"
    return sentence(said if event.certainty is Certainty.CERTAIN else f"{said}, probably")


def _probably(event: HeardTrack) -> str:
    return called(event) if event.certainty is Certainty.CERTAIN else f"probably {called(event)}"


def _different(events: Sequence[HeardTrack]) -> list[HeardTrack]:
    found: dict[int, HeardTrack] = {}
    for event in events:
        found.setdefault(event.track.id, event)
    return list(found.values())


def _where(events: Sequence[HeardTrack]) -> str:
    """The place, when all of them were heard there."""
    places = {
        f"on {name(event.player)}"
        if event.source is HeardSource.STREAM and event.player
        else (f"in the {name(event.place).removeprefix('the ')}" if event.place else "")
        for event in events
    }
    return places.pop() if len(places) == 1 else ""


def _others(facts: Facts) -> str:
    """What was heard and is not in the library, or has no name."""
    parts = []
    if "not_in_library" in facts:
        names = [name(each) for each in str(facts["not_in_library"]).split("; ")]
        parts.append(sentence(f"Not in your library: {joined(names)}"))
    if unnamed := int(facts.get("unnamed", 0)):
        tunes = "one tune" if unnamed == 1 else count(unnamed, "tune")
        parts.append(f"I could not name {tunes}.")
    return " ".join(parts)
