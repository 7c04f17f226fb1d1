"""Schemathesis calls everything that the OpenAPI document names: nothing ends in our own error."""

import time
from collections.abc import Iterator
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings

from auth_rig import Home, home_with_people

pytestmark = pytest.mark.integration
SEED = 20_261_123
EXAMPLES = 3
LEFT_OUT = frozenset(
    {
        "DELETE /api/me",  # who asks would be gone
        "DELETE /api/people/{person_id}",
        "PUT /api/me/password",
        "POST /api/services/listenbrainz/account",  # they ask services in the network
        "POST /api/services/lastfm/login",
        "POST /api/services/lastfm/account",
        "POST /api/recognise",  # sound, of which the tool knows no example; see their own tests
        "POST /api/hum",
        "POST /api/timeline",
    }
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home_with_people(tmp_path_factory.mktemp("home")) as made:
        yield made


def answered(home: Home, cookie: dict[str, str], case: Any) -> Any:
    """Send a case, as slowly as the server wants it; some limits last for minutes."""
    for _ in range(1 if case.path.startswith("/oauth/") else 60):
        answer = case.call(base_url=home.url, headers=cookie, timeout=30)
        if answer.status_code != 429:
            break
        time.sleep(0.1)
    return answer


def test_no_request_that_the_document_allows_ends_in_our_own_error(home: Home) -> None:
    cookie = logged_in(home)
    schema = schemathesis.openapi.from_url(f"{home.url}/api/openapi.json", headers=cookie)
    broken: list[str] = []
    called: set[str] = set()
    for found in schema.get_all_operations():
        operation: Any = cast("Any", found).ok()
        if operation.label not in LEFT_OUT:
            called.add(operation.label)
            broken += problems_of(home, cookie, operation)
    assert broken == []
    assert len(called) > 100


def problems_of(home: Home, cookie: dict[str, str], operation: Any) -> list[str]:
    """What went wrong with generated requests of one operation."""
    broken: list[str] = []

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy())
    def call(case: Any) -> None:
        answer = answered(home, cookie, case)
        if answer.status_code >= 500 and answer.status_code != 503:
            broken.append(f"{operation.label}: {answer.status_code} {answer.text[:200]}")

    call()
    return broken


def logged_in(home: Home) -> dict[str, str]:
    with home.browser("Anna") as browser:
        return {"Cookie": f"refrain_login={browser.cookies['refrain_login']}"}
