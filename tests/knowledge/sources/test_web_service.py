"""Asking a service: with patience, within limits, never twice, and not while it is away."""

import threading
import time
from collections.abc import Callable

import pytest

from knowledge.database import Database
from knowledge.errors import SourceRefused, SourceUnreachable
from knowledge.sources.answers import AnswerCache
from knowledge.sources.circuit_breaker import CircuitBreaker
from knowledge.sources.rate_limit import RateLimit
from knowledge.sources.service_status import ServiceState
from knowledge.sources.web_service import WebService
from music_services import BUSY_LONG, BUSY_SOON, NONSENSE, Mishap, MusicServices

pytestmark = pytest.mark.integration


class _Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def _service(services: MusicServices, database: Database, clock: Callable[[], float]) -> WebService:
    return WebService(
        "The service",
        services.url,
        limit=RateLimit(0.0),
        timeout_s=0.5,
        attempts=1,
        cache=AnswerCache(database, clock=clock),
        breaker=CircuitBreaker(clock=clock),
    )


def test_the_same_is_asked_once(services: MusicServices, service: WebService) -> None:
    services.more["/fact"] = {"answer": 42}
    for _ in range(3):
        assert service.get("/fact", {"b": "1", "a": "2"}, keep_s=60) == {"answer": 42}
    assert service.get("/nothing", keep_s=60) is None
    assert service.get("/nothing", keep_s=60) is None
    assert services.asked == [("/fact", {"a": "2", "b": "1"}), ("/nothing", {})]
    assert (service.status.requests, service.status.from_cache) == (2, 3)


def test_an_old_answer_serves_while_the_service_is_away(
    services: MusicServices, database: Database
) -> None:
    clock = _Clock()
    services.more["/fact"] = {"answer": 42}
    with _service(services, database, clock) as service:
        service.get("/fact", keep_s=60)
        clock.now += 61
        services.mishaps["/fact"] = [Mishap(503, b"{}")]
        assert service.get("/fact", keep_s=60) == {"answer": 42}
        assert service.status.state is ServiceState.BUSY
        services.more["/fact"] = {"answer": 43}
        assert service.get("/fact", keep_s=60) == {"answer": 43}


def test_a_busy_service_is_asked_again(services: MusicServices, service: WebService) -> None:
    services.more["/fact"] = {"answer": 42}
    services.mishaps["/fact"] = [BUSY_SOON, BUSY_SOON]
    assert service.get("/fact") == {"answer": 42}
    assert services.count("/fact") == 3
    services.mishaps["/fact"] = [BUSY_SOON] * 3
    with pytest.raises(SourceUnreachable, match="status 503"):
        service.get("/fact")


def test_who_asks_for_a_long_rest_gets_it(services: MusicServices, database: Database) -> None:
    clock = _Clock()
    services.more["/fact"] = {"answer": 42}
    services.mishaps["/fact"] = [BUSY_LONG]
    with _service(services, database, clock) as service:
        with pytest.raises(SourceUnreachable, match="too many") as raised:
            service.get("/fact")
        assert raised.value.retry_after_s == 3600
        with pytest.raises(SourceUnreachable):
            service.get("/fact")
        assert services.count("/fact") == 1  # the second time nobody asked
        clock.now += 901
        assert service.get("/fact") == {"answer": 42}


def test_a_service_that_is_away_is_left_alone(services: MusicServices, database: Database) -> None:
    clock = _Clock()
    services.more["/fact"] = {"answer": 42}
    services.mishaps["/fact"] = [Mishap(delay_s=1.0)] * 4
    with _service(services, database, clock) as service:
        for _ in range(5):
            with pytest.raises(SourceUnreachable, match="cannot be reached"):
                service.get("/fact")
        assert services.count("/fact") == 3
        assert service.status.state == "unreachable"
        assert service.status.retry_in_s == 30
        clock.now += 31
        with pytest.raises(SourceUnreachable):
            service.get("/fact")  # one may try; it is still away, and left alone for longer
        assert service.status.retry_in_s == 60
        clock.now += 61
        assert service.get("/fact") == {"answer": 42}
        assert service.status.state == "answers"


@pytest.mark.parametrize(
    ("mishap", "kind"),
    [
        (NONSENSE, SourceUnreachable),
        (Mishap(200, b""), SourceUnreachable),
        (Mishap(200, b"[" * 100_000), SourceUnreachable),
        (Mishap(200, b" " * (5 << 20)), SourceUnreachable),
        (Mishap(500, b"\xff\x00"), SourceUnreachable),
        (Mishap(302, b"", {"Location": "http://169.254.169.254/"}), SourceUnreachable),
        (Mishap(401, b'{"message": "Who are you?"}'), SourceRefused),
    ],
    ids=["html", "empty", "deep", "endless", "error", "elsewhere", "key"],
)
def test_bad_answers_are_errors_with_a_name(
    services: MusicServices, service: WebService, mishap: Mishap, kind: type[Exception]
) -> None:
    services.mishaps["/fact"] = [mishap]
    with pytest.raises(kind, match="The service"):
        service.get("/fact")
    assert services.count("/fact") == 1


def test_waiting_ends_with_the_program(services: MusicServices) -> None:
    service = WebService("The service", services.url, limit=RateLimit(60.0))
    service.get("/nothing")
    said: list[BaseException] = []

    def ask() -> None:
        try:
            service.get("/nothing")
        except SourceUnreachable as error:
            said.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    began = time.monotonic()
    service.close()
    thread.join(10)
    assert said
    assert time.monotonic() - began < 10


def test_too_many_answers_push_out_the_oldest(database: Database) -> None:
    clock = _Clock()
    cache = AnswerCache(database, most=3, clock=clock)
    for number in range(6):
        clock.now += 1
        cache.put(f"{number:064}", "The service", 200, b"{}", keep_s=60)
    cache.tidy()
    assert [cache.get(f"{number:064}") is None for number in range(6)] == [True] * 3 + [False] * 3
    cache.put("9" * 64, "The service", 200, b"x" * (2 << 20), keep_s=60)
    assert cache.get("9" * 64) is None
