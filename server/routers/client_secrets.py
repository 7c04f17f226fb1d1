"""`POST /v1/realtime/client_secrets`: a key for browsers, which opens the WebSocket for a while."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from server.auth.client_secrets import LONGEST_S, SHORTEST_S, USUAL_S, ClientSecrets
from server.auth.identity import Asker
from server.errors import BadRequest
from server.realtime.session_state import SessionState, new_session_id
from server.realtime.wishes import UnusableSession
from server.routers.services import Use

router = APIRouter(prefix="/v1/realtime", tags=["OpenAI-compatible"])


class ExpiresAfterIn(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    anchor: Literal["created_at"] = "created_at"
    seconds: Annotated[int, Field(ge=SHORTEST_S, le=LONGEST_S)] = USUAL_S


class ClientSecretIn(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    expires_after: ExpiresAfterIn = ExpiresAfterIn()
    session: dict[str, Any] | None = None


class ClientSecretOut(BaseModel):
    value: str
    expires_at: int
    """Seconds since 1970."""
    session: dict[str, Any]


@router.post("/client_secrets")
async def client_secrets(
    services: Use, request: Request, asker: Asker, wanted: ClientSecretIn | None = None
) -> ClientSecretOut:
    """Make a key that opens the WebSocket, and nothing else, until it expires."""
    wanted = wanted or ClientSecretIn()
    wishes = wanted.session or {"type": "realtime"}
    speech = services.speech
    state = SessionState(
        new_session_id(), modality="audio", can_speak=lambda: speech.speaking_problem is None
    )
    try:
        state.update(wishes)
    except UnusableSession as error:
        raise BadRequest(str(error)) from error
    known: ClientSecrets = request.app.state.client_secrets
    made = known.make(wishes, seconds=wanted.expires_after.seconds, identity=asker)
    return ClientSecretOut(value=made.value, expires_at=int(made.expires_at), session=state.value)
