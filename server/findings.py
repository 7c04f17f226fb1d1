"""What a doctor says of one thing."""

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    OK = "ok"
    OPTIONAL = "not there"
    """Missing, but Refrain works without it."""
    WARNING = "look at it"
    BROKEN = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's table."""

    what: str
    health: Health
    detail: str
    remedy: str = ""
    """What to do about it."""
