"""Every registered evaluation is what its name says."""

from importlib.util import find_spec

import pytest

from evals.errors import UnknownEvaluation
from evals.registry import EVALUATIONS, load


@pytest.mark.unit
@pytest.mark.parametrize("name", sorted(EVALUATIONS))
def test_a_registered_evaluation_loads(name: str) -> None:
    module = EVALUATIONS[name].partition(":")[0]
    if find_spec(module) is None:
        pytest.skip(f"{module} is not part of this checkout")
    evaluation = load(name)
    assert evaluation.name == name
    assert len(evaluation.summary) > 20


@pytest.mark.unit
def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownEvaluation, match="search"):
        load("nonsense")
