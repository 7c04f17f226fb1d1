"""How the model prints a call: `play artist: nina simone track: feeling good`, or `none`.

A verb is an intent, which names a tool and its action one to one (`volume up` is
`control_playback` with a change). A value follows its slot after a space, so that its tokens are
those of the request and can be copied.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.understanding.intents import NOT_MUSIC, Intent

NONE = "none"
"""What is not about music, and what only short answers mean: the grammar's part."""
SLOTS = (
    *("artist", "track", "album", "playlist", "new_name", "entity_name", "query", "genre", "year"),
    *("music_item", "sort", "mood", "activity", "instrument", "service", "radio", "device", "time"),
    *("playlist_owner", "player_setting", "description", "object_type", "object_part_of_series"),
)
_SLOT = re.compile(rf"(?:^| )({'|'.join(SLOTS)}): ")
_VERBS = {
    intent.value.replace("_", " "): intent for intent in Intent if intent.public not in NOT_MUSIC
}
Spans = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Printed:
    """A call that was read back."""

    intent: Intent
    slots: dict[str, tuple[str, ...]] = field(default_factory=dict)


def print_call(intent: Intent, spans: Spans) -> str:
    """One call; slots in the order of the request, those without a name here left out."""
    if intent.public in NOT_MUSIC:
        return NONE
    named = [f"{slot}: {value}" for slot, value in spans if slot in SLOTS]
    return " ".join((intent.value.replace("_", " "), *named))


def read_call(text: str) -> Printed:
    """What was printed; whatever is no call is out of scope."""
    parts = _SLOT.split(text.strip())
    intent = _VERBS.get(parts[0].strip())
    if intent is None:
        return Printed(Intent.OUT_OF_SCOPE)
    slots: dict[str, tuple[str, ...]] = {}
    for slot, value in zip(parts[1::2], parts[2::2], strict=True):
        if value.strip():
            slots[slot] = (*slots.get(slot, ()), value.strip())
    return Printed(intent, slots)
