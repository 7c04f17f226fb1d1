"""The README says what each metric means."""

import pytest

from evals.documentation import Better, describe, metric_rows

_README = """
## `fruit`

| metric | unit | better | meaning |
|---|---|---|---|
| `fruit.SORT.weight` | g | higher | how heavy it is |
| `fruit.price` | EUR | lower | what it costs |
| `fruit.count` | - | - | how many |
"""


@pytest.mark.unit
def test_capitals_stand_for_any_word() -> None:
    weight, price, count = metric_rows(_README)
    assert weight.describes("fruit.red_apple2.weight")
    assert not weight.describes("fruit.weight")
    assert not weight.describes("fruit.a.b.weight")
    assert (weight.better, price.better, count.better) == (Better.HIGHER, Better.LOWER, None)


@pytest.mark.unit
def test_a_metric_belongs_to_its_evaluation() -> None:
    row = describe("search", "search.title.hit1")
    assert row is not None
    assert row.better is Better.HIGHER
    assert describe("understanding", "search.title.hit1") is None
