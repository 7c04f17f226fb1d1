"""Schemathesis calls everything that the OpenAPI document names: nothing ends in our own error.

Nothing is left out. What services in the network would be asked is answered by a stand-in.
"""

import re
import time
import wave
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from auth_rig import PASSWORD, Home, home_with_people
from music_services import music_services

pytestmark = pytest.mark.integration
SEED = 20_261_123
EXAMPLES = 3
ENDS_WHO_ASKS = frozenset(
    {"DELETE /api/me", "DELETE /api/people/{person_id}", "PUT /api/me/password"}
)
"""Called last, and each by somebody who is there for that alone."""
UNAVAILABLE = ("server_busy", "recognition_busy")
"""The only problems of ours that a request may meet here: as much is done as this machine can."""
ERRORS = Path(__file__).parents[2] / "docs" / "errors.md"


def _sound() -> bytes:
    """Two seconds of a tone."""
    with BytesIO() as file:
        with closing(wave.open(file, "wb")) as out:
            out.setparams((1, 2, 16_000, 0, "NONE", ""))
            tone = np.sin(np.arange(32_000) / 5) * 9_000
            out.writeframes(tone.astype("<i2").tobytes())
        return file.getvalue()


SOUND = _sound()
schemathesis.openapi.media_type(
    "audio/*",
    st.one_of(
        st.just(SOUND),
        st.binary(max_size=4_000),
        st.integers(1, 200).map(lambda end: SOUND[:end]),
    ),
)


@schemathesis.serializer("audio/*")
def as_it_is(_context: Any, value: Any) -> bytes:
    """Sound is sent as the bytes that it is."""
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with music_services() as services:
        names = ("musicbrainz", "cover_art", "acoustid", "lrclib", "lastfm", "discogs", "spotify")
        more = ("listenbrainz", "listenbrainz_labs", "spotify_accounts")
        sources: dict[str, Any] = {f"{name}_url": services.url for name in (*names, *more)}
        flags = {"sources": {**sources, "timeout_s": 1.0}}
        with home_with_people(tmp_path_factory.mktemp("home"), flags=flags) as made:
            yield made


def answered(home: Home, cookie: dict[str, str], case: Any) -> Any:
    """Send a case, as slowly as the server wants it; some limits last for minutes."""
    for _ in range(1 if case.path.startswith("/oauth/") else 60):
        answer = case.call(base_url=home.url, headers=cookie, timeout=60)
        if answer.status_code != 429:
            break
        time.sleep(0.1)
    return answer


def test_no_request_that_the_document_allows_ends_in_our_own_error(home: Home) -> None:
    cookie = logged_in(home)
    schema = schemathesis.openapi.from_url(f"{home.url}/api/openapi.json", headers=cookie)
    operations: list[Any] = [cast("Any", one).ok() for one in schema.get_all_operations()]
    last = [one for one in operations if one.label in ENDS_WHO_ASKS]
    assert len(last) == len(ENDS_WHO_ASKS)
    broken: list[str] = []
    for operation in operations:
        if operation not in last:
            broken += problems_of(home, cookie, operation)
    for number, operation in enumerate(last):
        name = f"Guest {number}"
        home.running.services.accounts.add(name, password=PASSWORD, admin=True)
        broken += problems_of(home, logged_in(home, name), operation)
    assert broken == []
    assert len(operations) > 100


def test_what_may_be_unavailable_is_documented_to_be() -> None:
    documented = re.findall(r"^\| `(\w+)` \| 503 \|", ERRORS.read_text("utf-8"), re.MULTILINE)
    assert set(UNAVAILABLE) <= set(documented)


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
        if answer.status_code >= 500 and not may_be(answer):
            broken.append(f"{operation.label}: {answer.status_code} {answer.text[:200]}")

    call()
    return broken


def may_be(answer: Any) -> bool:
    """Whether it says that something is not there just now, as it is documented."""
    if answer.status_code != 503:
        return False
    try:
        return answer.json()["error"]["code"] in UNAVAILABLE
    except (ValueError, KeyError, TypeError):
        return False


def logged_in(home: Home, name: str = "Anna") -> dict[str, str]:
    with home.browser(name) as browser:
        return {"Cookie": f"refrain_login={browser.cookies['refrain_login']}"}
