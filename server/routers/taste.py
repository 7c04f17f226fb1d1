"""A taste: what is known, said, corrected and forgotten; and what one thinks of an offer."""

from fastapi import APIRouter, Response

from server.recommend_wire import FeedbackIn, TasteIn, TasteLineOut, TasteOut
from server.routers.services import Use

router = APIRouter(prefix="/api", tags=["taste"])


@router.get("/taste")
def taste(services: Use) -> TasteOut:
    """Everything that is known, in plain sentences."""
    lines = services.recommending.taste.shown()
    return TasteOut(lines=tuple(TasteLineOut.of(line) for line in lines))


@router.post("/taste", status_code=201)
def say(services: Use, wanted: TasteIn) -> TasteLineOut:
    """Keep what somebody said: never this, less of that, more of the other."""
    line = services.recommending.taste.say(wanted.kind, wanted.subject, wanted.value, wanted.said)
    return TasteLineOut.of(line)


@router.delete("/taste/{line_id:path}", status_code=204)
def forget(services: Use, line_id: str) -> Response:
    """Take back one line, by the `id` that it is shown with."""
    services.recommending.taste.forget(line_id[:400])
    return Response(status_code=204)


@router.delete("/taste", status_code=204)
def reset(services: Use) -> Response:
    """Begin anew. What was played stays in the history, but is no longer learned from."""
    services.recommending.taste.reset()
    return Response(status_code=204)


@router.post("/feedback", status_code=201)
def feedback(services: Use, given: FeedbackIn) -> TasteLineOut:
    """What somebody thinks of a track: more or less like it, never, or not now."""
    services.catalog.track(given.track_id)
    line = services.recommending.taste.say(given.kind, "track", str(given.track_id), given.said)
    return TasteLineOut.of(line)
