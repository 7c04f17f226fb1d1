"""Errors as OpenSubsonic numbers them (Responses: error)."""

from enum import IntEnum

from server.errors import problem_of


class Code(IntEnum):
    GENERIC = 0
    MISSING_PARAMETER = 10
    CLIENT_TOO_NEW = 30
    WRONG_PASSWORD = 40
    CONFLICTING_LOGINS = 43
    WRONG_KEY = 44
    NOT_ALLOWED = 50
    NOT_FOUND = 70


class SubsonicError(Exception):
    """Ends a call; told with status 200, as the protocol wants it."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code


def told(error: Exception) -> SubsonicError:
    """What an app may know of any error."""
    if isinstance(error, SubsonicError):
        return error
    problem = problem_of(error)
    codes = {404: Code.NOT_FOUND, 403: Code.NOT_ALLOWED}
    return SubsonicError(codes.get(problem.status, Code.GENERIC), problem.message)
