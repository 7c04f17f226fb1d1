"""What a language model reads of the conversation so far; names stand in fences as data."""

from collections.abc import Sequence

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from agent.events import NumberedResult
from agent.session import Message
from agent.turn import Turn
from tools.context import Listening
from tools.players.player import PlaybackStatus
from tools.report import cleaned, fenced

HISTORY = 12
_LISTED = 12


def conversation(turn: Turn) -> list[BaseMessage]:
    """The last messages and the new request with its context, oldest first."""
    messages = [_message(message) for message in turn.session.messages[-HISTORY:]]
    while messages and isinstance(messages[0], AIMessage):
        messages.pop(0)
    return [*messages, HumanMessage(f"<context>\n{_context(turn)}\n</context>\n{turn.text}")]


def _message(message: Message) -> BaseMessage:
    if message.role == "user":
        return HumanMessage(cleaned(message.text, 500))
    return AIMessage(cleaned(message.text, 500))


def _context(turn: Turn) -> str:
    playback, session = turn.services.playback, turn.session
    now = turn.services.clock()
    lines = [f"time: {now:%A %Y-%m-%d %H:%M}"]
    current = playback.queue.current
    status = playback.state.status
    if current is not None and status is not PlaybackStatus.IDLE:
        track = current.track
        lines.append(f"{status}: track:{track.id} {fenced(track.title)} by {fenced(track.artist)}")
    else:
        lines.append("nothing is playing")
    lines += _surroundings(turn)
    if session.results:
        lines.append("numbered list:")
        lines += _listed(session.results)
    if session.speaks_of_wish:
        said = [str(session.wished.get("wish", "")), *session.wished.get("also", ())]
        lines.append(f"wished last: {fenced(', '.join(filter(None, said)), 200)}")
    if session.question is not None:
        asked = _ASKED[session.question.kind]
        lines.append(f"you have just asked {asked}")
    return "\n".join(lines)


def _surroundings(turn: Turn) -> list[str]:
    """What can be heard around the person, and what was recognised of it."""
    services, session = turn.services, turn.session
    if services.recognition is None or services.clips is None:
        return []
    lines = [f"microphone: {_MICROPHONE[services.clips.can_listen(session.id)]}"]
    if reference := services.clips.given(session.id):
        lines.append(f"they have just sent a clip of sound: {fenced(reference)}; recognize it")
    if session.speaks_of_recognising:
        facts = session.recognised
        named = fenced(str(facts.get("recognised") or "nothing"))
        lines.append(f"recognised last: {named}, {facts.get('certainty', 'unknown')}")
    return lines


_ASKED = {
    "which": "which one of the list",
    "offer": "whether to take number 1",
    "wish": "what kind of music; call recommend_music with the answer in `also`",
}
_MICROPHONE = {
    Listening.OFF: "off; recognize tells how to switch it on",
    Listening.ASKED: "may be asked for a few seconds; nothing from before is kept",
    Listening.RING: "on; the last minutes are kept in memory",
}


def _listed(results: Sequence[NumberedResult]) -> list[str]:
    return [
        f"{r.number}. {r.kind}:{r.id} {fenced(r.title)} {fenced(r.subtitle)}"
        for r in results[:_LISTED]
    ]
