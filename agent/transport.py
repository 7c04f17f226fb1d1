"""Requests that steer the player, as calls of `control_playback`."""

from agent.turn import Call
from agent.understanding.intents import Intent
from agent.understanding.request import Understanding
from knowledge.folding import fold
from tools.players.player import PlayerState

_STEP = 10
_LITTLE, _MUCH = 5, 25
_JUMP_S = 15.0
_LITTLE_WORDS = ("a bit", "a little", "slightly", "a tad", "a touch", "a notch")
_MUCH_WORDS = ("a lot", "much", "way", "loads", "considerably")


def transport_call(meaning: Understanding, text: str, state: PlayerState) -> Call | None:
    """The call for a request about the player; None when it asks for what no player can do."""
    intent = meaning.intent
    match intent:
        case Intent.PAUSE | Intent.RESUME | Intent.STOP:
            return _control(str(intent))
        case Intent.NEXT | Intent.PREVIOUS:
            count = number(meaning, "quantity")
            return _control(str(intent), **({"count": int(count)} if count and count > 1 else {}))
        case Intent.SEEK:
            return _seek(meaning, text, state)
        case Intent.SHUFFLE:
            return _control("shuffle", on=meaning.first("state") != "off")
        case Intent.REPEAT:
            return _control("repeat", mode=meaning.first("mode") or "all")
        case Intent.VOLUME_SET:
            return _volume_to(meaning)
        case Intent.VOLUME_UP | Intent.VOLUME_DOWN:
            step = round(number(meaning, "step") or _step(text))
            return _control("volume", change=step if intent is Intent.VOLUME_UP else -step)
        case Intent.VOLUME_MUTE | Intent.VOLUME_UNMUTE:
            return _control("volume", mute=intent is Intent.VOLUME_MUTE)
    return None


def number(meaning: Understanding, slot: str) -> float | None:
    """The number in a slot, or None."""
    value = meaning.first(slot)
    try:
        return None if value is None else float(value.strip().rstrip("%"))
    except ValueError:
        return None


def _control(action: str, **arguments: object) -> Call:
    return Call("control_playback", {"action": action, **arguments})


def _volume_to(meaning: Understanding) -> Call:
    tenths = number(meaning, "tenths")
    level = tenths * 10 if tenths is not None else number(meaning, "level")
    if level is None:
        level = number(meaning, "volume")
    if level is None:
        return _control("volume")
    return _control("volume", volume=max(0, min(100, round(level))))


def _step(text: str) -> int:
    said = fold(text)
    if any(words in said for words in _LITTLE_WORDS):
        return _LITTLE
    return _MUCH if any(f" {words}" in f" {said}" for words in _MUCH_WORDS) else _STEP


def _seek(meaning: Understanding, text: str, state: PlayerState) -> Call:
    fraction = number(meaning, "fraction")
    if fraction is not None:
        return _control("seek", position_s=round(state.duration_s * min(1.0, fraction), 1))
    seconds = number(meaning, "seconds")
    if seconds is not None and (seconds or meaning.first("mode") == "to"):
        if meaning.first("mode") == "by":
            return _control("seek", by_s=seconds)
        if seconds or not _moves(text):
            return _control("seek", position_s=max(0.0, seconds))
    said = fold(text)
    if any(word in said for word in ("middle", "half")):
        return _control("seek", position_s=round(state.duration_s / 2, 1))
    if "forward" in said or "ahead" in said:
        return _control("seek", by_s=_JUMP_S)
    if said in {"rewind", "rewind it", "rewind a bit", "rewind this"} or "back a" in said:
        return _control("seek", by_s=-_JUMP_S)
    return _control("seek", position_s=0.0)


def _moves(text: str) -> bool:
    """Whether the words only say in which direction to go, as "rewind" does."""
    said = fold(text)
    return said.startswith(("rewind", "fast forward")) and not any(
        word in said for word in ("beginning", "start", "top")
    )
