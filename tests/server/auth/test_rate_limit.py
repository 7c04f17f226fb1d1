"""Token buckets, with a clock of our own."""

import pytest

from server.auth.rate_limit import RateLimit

pytestmark = pytest.mark.unit


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_allowed_and_then_a_rate() -> None:
    clock = Clock()
    limit = RateLimit(burst=3, per_s=2, clock=clock)
    assert [limit.allows("a") for _ in range(4)] == [True, True, True, False]
    clock.now = 1.0
    assert [limit.allows("a") for _ in range(3)] == [True, True, False]


def test_an_idle_client_gets_no_more_than_its_burst() -> None:
    clock = Clock()
    limit = RateLimit(burst=2, per_s=100, clock=clock)
    limit.allows("a")
    clock.now = 3600.0
    assert [limit.allows("a") for _ in range(3)] == [True, True, False]


def test_one_client_does_not_use_up_what_another_has() -> None:
    limit = RateLimit(burst=1, per_s=0, clock=Clock())
    assert limit.allows("a")
    assert not limit.allows("a")
    assert limit.allows("b")


def test_it_does_not_remember_more_clients_than_it_should() -> None:
    limit = RateLimit(burst=1, per_s=0, clock=Clock())
    for number in range(10_000):
        limit.allows(str(number))
    assert len(limit._buckets) <= 4096
