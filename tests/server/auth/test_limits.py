"""How often one person's program may come, from wherever; and what redirects are."""

import pytest
from limits import RateLimitItemPerMinute

from knowledge.people.current import PersonId
from server.auth import limits as rates
from server.auth.identity import OWNER, Identity, Permission
from server.auth.limits import Limits
from server.auth.oauth.redirects import is_usable, matches
from server.realtime.client_events import PlayerClaim, ResponseCreate
from server.realtime.errors import Refused
from server.realtime.permitted_events import EventGate

pytestmark = pytest.mark.unit
RADIO = Identity(PersonId(2), "Ben", frozenset({Permission.LISTEN}), client="Radio")


def test_one_program_that_asks_too_often_slows_down_nobody_else() -> None:
    limits = Limits()
    allowed = [limits.request(RADIO) for _ in range(rates.PROGRAMS.amount + 5)]
    assert allowed.count(False) == 5
    assert limits.request(Identity(PersonId(2), "Ben", client="Phone"))
    assert limits.request(Identity(PersonId(3), "Cleo", client="Radio"))
    assert limits.request(OWNER)


def test_limits_of_the_same_size_do_not_count_together() -> None:
    limits = Limits()
    one = RateLimitItemPerMinute(1)
    assert limits.hit(one, "a")
    assert not limits.hit(one, "a")
    assert limits.hit(one, "b")
    assert limits.hit(rates.TOKENS, "a")


def test_a_listener_on_the_websocket_may_talk_and_not_be_the_player() -> None:
    gate = EventGate(RADIO, Limits())
    gate.check(ResponseCreate(type="response.create"))
    with pytest.raises(Refused, match="control"):
        gate.check(PlayerClaim(type="refrain.player.claim"))
    EventGate(OWNER, Limits()).check(PlayerClaim(type="refrain.player.claim"))


def test_messages_on_all_websockets_of_a_program_count_together() -> None:
    limits = Limits()
    first, second = EventGate(RADIO, limits), EventGate(RADIO, limits)
    too_often = [
        gate.is_too_often() for _ in range(rates.EVENTS.amount // 2) for gate in (first, second)
    ]
    assert not any(too_often)
    assert first.is_too_often()
    assert second.is_too_often()


@pytest.mark.parametrize(
    ("registered", "asked", "same"),
    [
        ("https://a.example/cb", "https://a.example/cb", True),
        ("https://a.example/cb", "https://a.example/cb/", False),
        ("https://a.example/cb", "https://a.example:444/cb", False),
        ("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb", True),
        ("http://127.0.0.1/cb", "http://127.0.0.1:51004/other", False),
        ("http://127.0.0.1/cb", "http://127.0.0.1.evil.example/cb", False),
        ("http://127.0.0.1/cb", "http://evil@127.0.0.1:80/cb", False),
        ("http://127.0.0.1/cb", "http://127.0.0.1:99999/cb", False),
        ("http://localhost/cb", "http://127.0.0.1/cb", False),
        ("app.example:/cb", "app.example:/cb", True),
        ("https://[::1/cb", "https://x/", False),
    ],
)
def test_only_the_port_of_ones_own_machine_may_differ(
    registered: str,
    asked: str,
    same: bool,
) -> None:
    assert matches(registered, asked) is same


def test_apps_may_have_addresses_of_their_own() -> None:
    assert is_usable("cursor://anysphere.cursor/callback")
    assert is_usable("app.example:/callback")
    assert is_usable("http://localhost:3334/callback")
    assert not is_usable("http://192.168.1.5/callback")
