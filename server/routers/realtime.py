"""The WebSocket's address."""

from fastapi import APIRouter, WebSocket
from fastapi.responses import JSONResponse

from server.auth.client_secrets import ClientSecrets
from server.auth.identity import identity_of
from server.auth.presented import presented_token
from server.errors import BadRequest, ServerBusy, ServerError, problem_of
from server.realtime.connection import RealtimeConnection
from server.realtime.listen_link import ListenLink
from server.realtime.page_player import PagePlayerLink
from server.realtime.permitted_events import EventGate
from server.realtime.session_state import SESSION_ID, new_session_id
from server.realtime.talk_link import TalkParts
from server.services import Services

router = APIRouter()
_PROTOCOL = "realtime"


@router.websocket("/v1/realtime")
async def realtime(socket: WebSocket) -> None:
    """OpenAI Realtime; `?session=ID` goes on with one, `?modalities=text` answers in writing.

    Our own events go to clients that know us: those that bring one of these, or `?events=all`, and
    those that later say something of ours. Some clients of OpenAI take an unknown event for an
    error.
    """
    services: Services = socket.app.state.services
    session_id = socket.query_params.get("session") or new_session_id()
    if not SESSION_ID.fullmatch(session_id):
        await _deny(socket, BadRequest("A session id has 1 to 64 letters, digits, - or _."))
        return
    if len(services.present) >= services.settings.server.max_connections:
        await _deny(socket, ServerBusy("Too many pages and clients are connected."))
        return
    offered = socket.scope.get("subprotocols", [])
    await socket.accept(subprotocol=_PROTOCOL if _PROTOCOL in offered else None)
    secrets: ClientSecrets = socket.app.state.client_secrets
    query = socket.query_params
    knows_us = query.get("events") == "all" or "session" in query or "modalities" in query
    connection = RealtimeConnection(
        socket,
        TalkParts(
            turns=services.turns,
            speech=services.speech,
            music=services.playback,
            microphones=services.microphones,
            guard=services.music_reference.guard,
            stands_in=lambda room: services.rooms.asks_from(session_id, room),
        ),
        session_id=session_id,
        modality="text" if query.get("modalities") == "text" else "audio",
        knows_us=knows_us,
        greet=lambda outgoing: services.hub.join(outgoing, services.greeting(session_id)),
        begins=secrets.session_of(presented_token(socket)),
        gate=EventGate(identity_of(socket), socket.app.state.limits),
        page=lambda outgoing: PagePlayerLink(services.browser, outgoing),
        listen=lambda emit, respond: ListenLink(
            session_id,
            emit,
            microphones=services.microphones,
            naming=services.naming,
            presenter=services.presenter,
            respond=respond,
        ),
    )
    if room := query.get("room", "")[:100]:
        services.rooms.asks_from(session_id, room)
    services.present.join(session_id, connection)
    try:
        await connection.serve()
    finally:
        services.present.leave(session_id, connection)
        services.hub.leave(connection.outgoing)


async def _deny(socket: WebSocket, error: ServerError) -> None:
    problem = problem_of(error)
    await socket.send_denial_response(JSONResponse(problem.body(), problem.status))
