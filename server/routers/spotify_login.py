"""Where Spotify sends a browser back to after a login.

Two steps: cookies that are kept to our own pages do not come along from Spotify's, but do from the
page that says "one moment". Who ends a login must be who began it: see `SpotifyRemote.finish`.
"""

from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from knowledge.errors import KnowledgeError
from knowledge.people.current import current_person
from server.auth.identity import Permission, needs
from server.auth.pages import answer, message_page
from server.errors import ServerError
from server.routers.services import Use

router = APIRouter(include_in_schema=False)
_END: Final = "/spotify/connect"
_SAYS: Final = ("code", "state", "error")
_LONGEST: Final = 2_000
_BACK: Final = ("/", "Open Refrain")


@router.get("/spotify/callback")
def back(request: Request) -> Response:
    """Take a browser that comes from Spotify to where its login ends; does nothing itself."""
    said = {name: request.query_params.get(name, "")[:_LONGEST] for name in _SAYS}
    there = f"{_END}?{urlencode({name: value for name, value in said.items() if value})}"
    response = answer(
        message_page("One moment", "Spotify sent you back.", link=(there, "Go on")),
    )
    response.headers["refresh"] = f"0;url={there}"
    return response


@router.get(_END, dependencies=[Depends(needs(Permission.HISTORY))])
async def connect(services: Use, request: Request) -> Response:
    """End a login that whoever comes here has begun."""
    sources, person, address = services.sources, current_person(), str(request.url)
    try:
        await sources.run(lambda: sources.spotify.finish(person, address))
    except (ServerError, KnowledgeError) as error:
        step = getattr(error, "next_step", "")
        said = f"{error} {step}".strip()
        return answer(message_page("Spotify is not connected", said, link=_BACK), 409)
    said = "You can close this page and go back to Refrain."
    return answer(message_page("Spotify is connected", said, link=_BACK))
