"""Sleep timers and alarms: what is set, set one, cancel one."""

from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

from server.errors import BadRequest, NotFound
from server.routers.services import Use
from server.services import Services
from server.timers_wire import TimerIn, TimersOut
from server.wire import Id
from tools.context import ToolContext
from tools.result import Ambiguous, Failed, NothingFound
from tools.timers import SET_TIMER

router = APIRouter(prefix="/api", tags=["timers"])


@router.get("/timers")
async def timers(services: Use) -> TimersOut:
    """What is set, and what became of timers in the last two days."""
    return await _shown(services)


@router.post("/timers", status_code=201)
async def set_timer(services: Use, wanted: TimerIn) -> TimersOut:
    """Set a sleep timer in place of the one before, or one more alarm."""
    result = await SET_TIMER.call(wanted.arguments(), ToolContext(services.tools))
    match result:
        case Ambiguous():
            names = ", ".join(_name(item) for item in result.items[:5])
            raise BadRequest(f"{result.question} {names}".strip())
        case NothingFound():
            raise BadRequest(f"There is no {result.wanted}.", next_step="Name other music.")
        case Failed():
            reason = result.reason[:1].upper() + result.reason[1:].rstrip(".")
            raise BadRequest(f"{reason}.", next_step=result.next_step)
        case _:
            return await _shown(services)


@router.delete("/timers/{timer_id}", status_code=204)
async def cancel(services: Use, timer_id: Id) -> Response:
    """Take out one timer."""
    if not await run_in_threadpool(services.timers.cancel, [timer_id]):
        raise NotFound("There is no such timer any more.")
    return Response(status_code=204)


def _name(item: object) -> str:
    title = getattr(item, "title", "") or getattr(item, "name", "")
    artist = getattr(item, "artist", "")
    return f"{title} by {artist}" if artist else str(title)


async def _shown(services: Services) -> TimersOut:
    return await run_in_threadpool(TimersOut.of, services.timers, services.rooms)
