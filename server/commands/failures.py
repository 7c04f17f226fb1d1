"""How the command line says that something went wrong."""

import sys

from server.errors import problem_of


def explain(error: Exception) -> None:
    """Print the cause, and what can be done about it, on standard error."""
    problem = problem_of(error)
    if problem.code == "internal_error":
        message = _cause(error)
        next_step = "Set REFRAIN_DEBUG=1 to see where it happened."
    else:
        message, next_step = problem.message, problem.next_step
    print(f"refrain: {message}", file=sys.stderr)
    if next_step:
        print(f"  {next_step}", file=sys.stderr)


def _cause(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError):
        return f"A part of Refrain is not installed: {error.name}."
    if isinstance(error, OSError) and error.strerror:
        named = f" ({error.filename})" if error.filename else ""
        return f"{error.strerror}{named}."
    return f"Something went wrong: {type(error).__name__}: {error}"
