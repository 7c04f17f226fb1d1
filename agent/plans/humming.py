"""Requests to name a tune that the person hums, and the choice among the tunes it may be."""

from typing import Any

from agent import talk
from agent.plans.request import Request, call
from agent.session import RECOGNIZE, Question
from agent.turn import Call, Plan
from agent.understanding import Intent
from agent.understanding.hums import HumRequest, hum_request
from knowledge.folding import fold
from tools.humming import HUM
from tools.players.player import PlaybackStatus


def asked(request: Request) -> Plan | None:
    """The plan when a tune is to be named that is hummed; None when it is about something else."""
    if request.turn.services.humming is None:
        return None
    match hum_request(request.text):
        case HumRequest.NOW:
            return call(RECOGNIZE, kind="hum")
        case HumRequest.SOON:
            return call(RECOGNIZE, kind="hum", moment="soon")
        case HumRequest.TUNE if not _plays(request):
            return call(RECOGNIZE, kind="hum")
        case HumRequest.AGAIN if _hummed(request):
            return call(RECOGNIZE, kind="hum", moment="soon")
    return None


def chosen(request: Request, question: Question, pointing: dict[str, Any]) -> Plan | None:
    """The plan when one of the tunes that were offered is chosen: learn it, and perhaps play it.

    Args:
        request: "the second one", "play the second one".
        question: the one that it answers.
        pointing: the arguments that name the choice.
    """
    if question.tool != RECOGNIZE or HUM not in request.session.recognised:
        return None
    learn = Call(RECOGNIZE, {"action": "correct", **pointing})
    said = fold(request.text)
    plays = said.startswith(("play", "yes play", "put on", "start"))
    plays = plays or request.meaning.intent is Intent.PLAY_AGAIN
    return Plan((learn, Call("play_music", pointing))) if plays else Plan((learn,))


def undecided(request: Request) -> Plan | None:
    """Ask which, when "play it" comes while several tunes are offered."""
    question = request.session.question
    if question is None or "options" not in request.session.recognised:
        return None
    return Plan(say=talk.which_number(len(question.options)))


def _plays(request: Request) -> bool:
    return request.turn.services.playback.state.status is PlaybackStatus.PLAYING


def _hummed(request: Request) -> bool:
    return request.session.has_recognised and HUM in request.session.recognised
