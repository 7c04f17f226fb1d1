"""The house rules that no linter knows."""

import ast
from pathlib import Path

import pytest

import agent
import evals
import knowledge
import server
import tools
import voice

ROOT = Path(__file__).parent.parent
PACKAGES = (agent, evals, knowledge, server, tools, voice)
MAX_LINES = 500


@pytest.mark.unit
def test_the_six_packages_are_ours() -> None:
    """PyPI holds packages of the same import names; none of them may shadow ours."""
    for package in PACKAGES:
        assert Path(str(package.__file__)).is_relative_to(ROOT)


@pytest.mark.unit
def test_no_module_is_too_long() -> None:
    sources = [path for package in PACKAGES for path in _sources(package.__name__)]
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in sources
        if (lines := len(path.read_text("utf-8").splitlines())) > MAX_LINES
    }
    assert too_long == {}


@pytest.mark.unit
def test_tests_are_not_a_package() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


@pytest.mark.unit
def test_every_error_code_is_unique() -> None:
    codes = [code for package in PACKAGES for code in _error_codes(package.__name__)]
    assert len(codes) > 3
    assert sorted(codes) == sorted(set(codes))


def _sources(package: str) -> list[Path]:
    return [path for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]


def _error_codes(package: str) -> list[str]:
    path = ROOT / package / "errors.py"
    if not path.exists():
        return []
    return [
        str(node.value.value)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.target.id == "code"
        and isinstance(node.value, ast.Constant)
    ]
