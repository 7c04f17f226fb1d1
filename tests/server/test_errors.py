"""Every error has a code of its own and a row in the documentation, and leaks nothing."""

import ast
from pathlib import Path

import pytest

from knowledge.errors import NotInLibrary
from server.errors import BadSettings, NotAuthorised, problem_of
from tools.errors import NoPlayer

ROOT = Path(__file__).parents[2]


def codes() -> set[str]:
    found: set[str] = set()
    for package in ("knowledge", "tools", "agent", "server", "evals"):
        path = ROOT / package / "errors.py"
        if not path.exists():
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.AnnAssign)
                and isinstance(node.target, ast.Name)
                and node.target.id == "code"
                and isinstance(node.value, ast.Constant)
            ):
                found.add(str(node.value.value))
    return found


@pytest.mark.unit
def test_every_code_has_a_row_in_the_documentation() -> None:
    documented = (ROOT / "docs" / "errors.md").read_text("utf-8")
    assert [code for code in sorted(codes()) if f"`{code}`" not in documented] == []


@pytest.mark.unit
@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotInLibrary("gone"), 404, "not_in_library"),
        (NoPlayer("none"), 409, "no_player"),
        (NotAuthorised("token, please"), 401, "not_authorised"),
        (BadSettings("bad"), 500, "bad_settings"),
    ],
)
def test_our_errors_keep_their_words(error: Exception, status: int, code: str) -> None:
    problem = problem_of(error)
    assert (problem.status, problem.code, problem.message) == (status, code, str(error))


@pytest.mark.unit
@pytest.mark.parametrize(
    "error", [RuntimeError("/home/ann/secret.db"), KeyError("token"), OSError(5, "disk")]
)
def test_foreign_errors_say_nothing_of_what_is_inside(error: Exception) -> None:
    problem = problem_of(error)
    assert (problem.status, problem.code) == (500, "internal_error")
    assert str(error) not in problem.message
