"""What the station that plays is playing: as recognised by us, or else as it says."""

import asyncio
import logging

from knowledge.errors import KnowledgeError
from knowledge.fingerprint.models import Certainty
from knowledge.models import Track
from tools.context import OnAir, ToolContext
from tools.sounding import Facts

_LISTENING_S = 7.0
_LOG = logging.getLogger(__name__)


async def told(track: Track, context: ToolContext) -> Facts:
    """Facts of a station that plays; `track` stands for it in the queue."""
    stations, ear = context.services.stations, context.services.on_air
    facts: Facts = {"station": track.title}
    if stations is None or ear is None:
        return facts
    heard = OnAir()
    try:
        async with asyncio.timeout(_LISTENING_S):
            heard = await ear.now(await asyncio.to_thread(stations.station, -track.id))
    except (KnowledgeError, TimeoutError) as error:
        _LOG.info("station %d could not be recognised: %s", -track.id, type(error).__name__)
    if heard.title and heard.certainty is not Certainty.UNKNOWN:
        facts |= {"on_air": heard.title, "on_air_by": heard.artist}
        facts["on_air_certainty"] = heard.certainty.value
    if heard.says:
        facts["station_says"] = heard.says
    return facts
