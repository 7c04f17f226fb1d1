"""Every hand-written search does what it says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.search_cases import SearchCase, famous_library, read_cases
from knowledge.search import Searcher
from search_library import make_searcher

CASES = read_cases()


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder: Path = tmp_path_factory.mktemp("famous")
    found, database = make_searcher(folder, famous_library())
    yield found
    database.close()


@pytest.mark.integration
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.id}-{case.said}")
def test_case(searcher: Searcher, case: SearchCase) -> None:
    assert case.failures(searcher.search(case.query)) == ()
