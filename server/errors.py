"""What can go wrong where people and programs come in, and how every error looks on the wire.

ServerError
├── BadSettings             a configuration value cannot be used; names the file, the key, the fix
├── BadRequest              a request that makes no sense as it stands
├── NotFound                no such page, model or address
├── NotAuthorised           the token is missing or wrong
├── NotAllowed              a foreign page, an unknown host name
├── NotPermitted            the token or the person may not do this
├── TooLarge                a body or message above the limit
├── TooManyRequests         a client that should slow down
├── ServerBusy              no room for one more connection or conversion
├── NotPlayable             a recording that cannot be converted for a browser
├── AlreadyRunning          another server uses the same data folder
├── PortTaken               the port belongs to another program
├── RecognitionOff          recognising is switched off in the configuration
├── NotListening            there is no microphone, or no memory of what it heard
├── UrlNotAllowed           an address that this server does not open
├── UrlNotFetched           an address that could not be read
├── MonitorsFull            one more radio stream than may be listened to
├── ServerUnreachable       a running server stopped answering the command line
├── VoiceOff                hearing and speaking are switched off, or cannot be used here
├── ModelMissing            a model file that was not fetched yet
├── ModelRejected           a model file whose checksum is not the one we know
└── ModelNotFetched         a model that could not be fetched
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar


class ServerError(Exception):
    """Base of all errors of this package. The message is fit to be shown to a user."""

    code: ClassVar[str] = "server_error"
    retryable: ClassVar[bool] = False
    status: ClassVar[int] = HTTPStatus.INTERNAL_SERVER_ERROR
    next_step: str = ""

    def __init__(self, message: str, *, next_step: str | None = None) -> None:
        super().__init__(message)
        if next_step is not None:
            self.next_step = next_step


class BadSettings(ServerError):
    """A configuration value cannot be used."""

    code: ClassVar[str] = "bad_settings"


class BadRequest(ServerError):
    """A request that makes no sense as it stands."""

    code: ClassVar[str] = "bad_request"
    status: ClassVar[int] = HTTPStatus.BAD_REQUEST


class NotFound(ServerError):
    """There is no such thing."""

    code: ClassVar[str] = "not_found"
    status: ClassVar[int] = HTTPStatus.NOT_FOUND


class NotAuthorised(ServerError):
    """The token is missing or wrong."""

    code: ClassVar[str] = "not_authorised"
    status: ClassVar[int] = HTTPStatus.UNAUTHORIZED
    next_step = "Open the address that `refrain serve` printed; it carries the token."


class NotAllowed(ServerError):
    """The request came from a foreign page or for an unknown host name."""

    code: ClassVar[str] = "not_allowed"
    status: ClassVar[int] = HTTPStatus.FORBIDDEN


class NotPermitted(ServerError):
    """The token, or the person, may not do this."""

    code: ClassVar[str] = "not_permitted"
    status: ClassVar[int] = HTTPStatus.FORBIDDEN
    next_step = "Ask somebody who looks after this Refrain."


class TooLarge(ServerError):
    """The body or message is above the limit."""

    code: ClassVar[str] = "too_large"
    status: ClassVar[int] = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class TooManyRequests(ServerError):
    """This client should slow down."""

    code: ClassVar[str] = "too_many_requests"
    retryable: ClassVar[bool] = True
    status: ClassVar[int] = HTTPStatus.TOO_MANY_REQUESTS
    next_step = "Wait a moment and try again."


class ServerBusy(ServerError):
    """There is no room for one more connection or conversion."""

    code: ClassVar[str] = "server_busy"
    retryable: ClassVar[bool] = True
    status: ClassVar[int] = HTTPStatus.SERVICE_UNAVAILABLE
    next_step = "Try again in a few seconds."


class NotPlayable(ServerError):
    """The recording cannot be converted into something a browser plays."""

    code: ClassVar[str] = "not_playable"
    status: ClassVar[int] = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class AlreadyRunning(ServerError):
    """Another server uses the same data folder."""

    code: ClassVar[str] = "already_running"


class PortTaken(ServerError):
    """The port belongs to another program."""

    code: ClassVar[str] = "port_taken"
    next_step = "Choose another one: refrain serve --port 8766"


class RecognitionOff(ServerError):
    """Recognising is switched off in the configuration."""

    code: ClassVar[str] = "recognition_off"
    status: ClassVar[int] = HTTPStatus.CONFLICT
    next_step = "Set recognition.enabled = true in config.toml and start the server again."


class NoMicrophone(ServerError):
    """This machine has no microphone that can be opened."""

    code: ClassVar[str] = "no_microphone"
    next_step = "Connect one, or use the page on a device that has one."


class NotListening(ServerError):
    """No page has its microphone on, or nothing is remembered of what it heard."""

    code: ClassVar[str] = "not_listening"
    status: ClassVar[int] = HTTPStatus.CONFLICT
    next_step = "Turn on the microphone in the page first."


class UrlNotAllowed(ServerError):
    """The address belongs to this machine or the local network, or is not HTTP."""

    code: ClassVar[str] = "url_not_allowed"
    status: ClassVar[int] = HTTPStatus.FORBIDDEN
    next_step = "For a radio of your own network see recognition.allowed_url_hosts."


class UrlNotFetched(ServerError):
    """The other side does not answer, answers an error, or sends something else than sound."""

    code: ClassVar[str] = "url_not_fetched"
    retryable: ClassVar[bool] = True
    status: ClassVar[int] = HTTPStatus.BAD_GATEWAY
    next_step = "Check the address in a browser, then try again."


class MonitorsFull(ServerError):
    """As many radio streams are listened to as the configuration allows."""

    code: ClassVar[str] = "monitors_full"
    status: ClassVar[int] = HTTPStatus.CONFLICT
    next_step = "Stop one of them, or raise recognition.monitors_max."


class ServerUnreachable(ServerError):
    """A running server stopped answering the command line."""

    code: ClassVar[str] = "server_unreachable"
    retryable: ClassVar[bool] = True
    next_step = "Look at what `refrain serve` printed, or run refrain doctor."


class VoiceOff(ServerError):
    """Hearing and speaking are switched off in the configuration, or cannot be used here."""

    code: ClassVar[str] = "voice_off"
    status: ClassVar[int] = HTTPStatus.CONFLICT
    next_step = "Type instead; refrain doctor shows what is missing."


class ModelMissing(ServerError):
    """A model file was not fetched yet."""

    code: ClassVar[str] = "model_missing"
    status: ClassVar[int] = HTTPStatus.SERVICE_UNAVAILABLE
    next_step = "Run: refrain models get"


class ModelRejected(ServerError):
    """The checksum of a model file is not the one in models.lock.json; nothing was kept."""

    code: ClassVar[str] = "model_rejected"
    next_step = "Run refrain models get again; if it repeats, the package was changed."


class ModelNotFetched(ServerError):
    """A model could not be fetched."""

    code: ClassVar[str] = "model_not_fetched"
    retryable: ClassVar[bool] = True
    next_step = "Check the network connection and pip's configuration, then run it again."


@dataclass(frozen=True, slots=True)
class Problem:
    """One error as the outside sees it."""

    status: int
    """HTTP status."""
    code: str
    message: str
    next_step: str = ""

    def body(self) -> dict[str, dict[str, str]]:
        """The JSON body of an error answer."""
        return {"error": {"code": self.code, "message": self.message, "next_step": self.next_step}}


class TurnNotDone(Exception):
    """The agent said that it could not take the turn, and why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


_STATUS_OF_CODE: dict[str, int] = {
    "not_in_library": HTTPStatus.NOT_FOUND,
    "not_in_queue": HTTPStatus.NOT_FOUND,
    "not_heard": HTTPStatus.NOT_FOUND,
    "no_such_room": HTTPStatus.NOT_FOUND,
    "no_such_person": HTTPStatus.NOT_FOUND,
    "erasure_unfinished": HTTPStatus.SERVICE_UNAVAILABLE,
    "password_rejected": HTTPStatus.UNPROCESSABLE_ENTITY,
    "export_rejected": HTTPStatus.BAD_REQUEST,
    "naming_failed": HTTPStatus.BAD_GATEWAY,
    "source_unreachable": HTTPStatus.BAD_GATEWAY,
    "recognition_busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "unreadable_audio": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "database_unusable": HTTPStatus.SERVICE_UNAVAILABLE,
    "worker_unusable": HTTPStatus.SERVICE_UNAVAILABLE,
    "player_not_responding": HTTPStatus.GATEWAY_TIMEOUT,
    "hearing_busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "hearing_failed": HTTPStatus.BAD_GATEWAY,
    "model_file_unusable": HTTPStatus.SERVICE_UNAVAILABLE,
    "speaking_failed": HTTPStatus.BAD_GATEWAY,
    "unusable_audio": HTTPStatus.BAD_REQUEST,
    "voice_error": HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Errors of the lower packages, which know nothing of HTTP; anything else is a conflict (409)."""


def problem_of(error: Exception) -> Problem:
    """Say what the outside may know of `error`: our own words, or nothing but "it is our fault"."""
    if isinstance(error, ServerError):
        return Problem(int(error.status), error.code, str(error), error.next_step)
    if isinstance(error, TurnNotDone) or _is_ours(error):
        code = str(getattr(error, "code", "error"))
        return Problem(
            int(_STATUS_OF_CODE.get(code, HTTPStatus.CONFLICT)),
            code,
            str(error),
            str(getattr(error, "next_step", "")),
        )
    return Problem(
        int(HTTPStatus.INTERNAL_SERVER_ERROR),
        "internal_error",
        "Something went wrong inside Refrain. It was written to the log.",
        "Look at the terminal that runs refrain serve, and please report it.",
    )


def _is_ours(error: Exception) -> bool:
    """Whether the error belongs to a lower package: those messages are written for users.

    Told by the module and the code, so that the agent's errors need not be imported here.
    """
    package = type(error).__module__.partition(".")[0]
    return package in {"agent", "tools", "knowledge", "voice"} and hasattr(error, "code")
