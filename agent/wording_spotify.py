"""What Spotify reports, in words."""

from agent.phrases import name, titled
from agent.replies.message import Reply
from tools.message import Listed, Say
from tools.result import Found, NothingFound

_TOLD = 5


def told(result: Found | NothingFound) -> Reply:
    """What it plays, that it is silent, what it found, or that it found nothing."""
    facts = result.facts
    if isinstance(result, NothingFound):
        return Say("spotify-nothing", {"wanted": name(result.wanted)})
    if facts["spotify"] == "found":
        count = min(int(facts["count"]), _TOLD)
        parts = tuple(
            titled(facts[f"{number}_title"], str(facts[f"{number}_artist"]))
            for number in range(1, count + 1)
        )
        return Say("spotify-found", {"names": Listed(parts)})
    if facts["spotify"] != "playing":
        return Say("spotify-paused" if facts["spotify"] == "paused" else "spotify-silent")
    track = titled(facts["playing"], str(facts["artist"]))
    if not facts["device"]:
        return Say("spotify-playing", {"track": track})
    return Say("spotify-playing-on", {"track": track, "device": name(facts["device"])})
