"""Every test says what kind it is, so that a run can choose."""

import os

import pytest

# What a server does in the background with models costs more than most tests; some ask for it.
os.environ.setdefault("REFRAIN_MEANING__ENABLED", "false")
os.environ.setdefault("REFRAIN_RECOGNITION__MELODIES", "false")

CATEGORIES = {"unit", "integration", "browser", "model", "evals"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fail collection when a test does not carry exactly one category marker."""
    wrong = [
        item.nodeid
        for item in items
        if len(CATEGORIES & {mark.name for mark in item.iter_markers()}) != 1
    ]
    if wrong:
        raise pytest.UsageError("exactly one category marker needed: " + ", ".join(wrong))
