"""Which imported listens are of elsewhere, and not Refrain's own plays come back."""

from sqlalchemy import ColumnElement, exists

from knowledge.models import PlayEventKind
from knowledge.schema import play_events
from knowledge.schema_belongings import imported_listens

_SAME_S = 120.0
"""A listen this near to one of our own is our own: a scrobbler had sent it there."""


def from_elsewhere() -> ColumnElement[bool]:
    """A condition on `imported_listens`: no play of ours is the same listen.

    Whoever counts our own log and what was imported together needs it, or a play that a scrobbler
    sent away and an export brought back counts twice.
    """
    ours, listen = play_events.c, imported_listens.c
    same = exists().where(
        # By time, for which there is an index that few rows answer; a favourite has many plays.
        ours.at.between(listen.at - _SAME_S, listen.at + _SAME_S),
        ours.track_id + 0 == listen.track_id,
        ours.person_id == listen.person_id,
        ours.kind == PlayEventKind.PLAY.value,
    )
    return ~same
