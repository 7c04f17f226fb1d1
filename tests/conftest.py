"""Every test says what kind it is, so that a run can choose."""

import os

import pytest

# A server loads the model for meaning in the background; tests that want one say so.
os.environ.setdefault("REFRAIN_MEANING__ENABLED", "false")

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
