"""Who says their name at a device of all acts as themselves there, if they allow it."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.acting import HOLDS_S, acting_in, run_as
from agent.session import Session
from agent_library import Home, open_home
from knowledge.people.current import HOUSEHOLD, PersonId, acting_as, current_person
from knowledge.people.permitted import permitting
from knowledge.people.settings import Allowed, PersonSettings
from knowledge.people.speaking import SpeakingPeople
from people_here import ANNA, BEN, people_in

NOW = 1_000.0


def who(name: str) -> PersonId | None:
    return {"Anna": ANNA, "Ben": BEN}.get(name)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("speaker", "last", "ago_s", "expected"),
    [
        ("", "Anna", 10.0, ANNA),
        ("Ben", "Anna", 10.0, BEN),
        ("Cleo", "Anna", 10.0, None),
        ("", "Anna", HOLDS_S + 1, None),
        ("", "Anna", -50.0, None),
        ("", "", 0.0, None),
    ],
)
def test_who_acts(speaker: str, last: str, ago_s: float, expected: PersonId | None) -> None:
    session = replace(Session("kitchen"), speaker=last, speaker_at=NOW - ago_s)
    acting = acting_in(session, speaker, who, now=NOW)
    assert (None if acting is None else acting.person) == expected


@pytest.mark.unit
def test_who_is_logged_in_is_nobody_else() -> None:
    session = replace(Session("kitchen"), speaker="Anna", speaker_at=NOW)
    with acting_as(BEN):
        assert acting_in(session, "Anna", who, now=NOW) is None


@pytest.mark.unit
async def test_events_are_made_for_the_person_and_end_with_their_reader() -> None:
    seen: list[object] = []

    async def events() -> AsyncGenerator[int]:
        try:
            for number in range(5):
                seen.append(current_person())
                yield number
                await asyncio.sleep(0)
        finally:
            seen.append("closed")

    stream = run_as(ANNA, events())
    assert await anext(stream) == 0
    assert current_person() == HOUSEHOLD
    await stream.aclose()
    assert set(seen) == {ANNA, "closed"}
    assert [number async for number in run_as(BEN, events())] == [0, 1, 2, 3, 4]

    async def broken() -> AsyncGenerator[int]:
        yield 1
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        _ = [number async for number in run_as(BEN, broken())]


@pytest.mark.integration
async def test_this_is_anna(tmp_path: Path) -> None:
    async with open_home(tmp_path) as home:
        await talks_as_anna(home)


async def talks_as_anna(home: Home) -> None:
    people_in(home.database)
    home.agent._speakers = SpeakingPeople(home.database).named
    ratings = home.services.ratings
    await home.say("play Take Five")
    await home.say("this is Anna")
    await home.say("I like this")
    assert len(ratings.liked_ids()) == 1, "she did not allow it: it is the household's"
    with acting_as(ANNA):
        assert ratings.liked_ids() == ()
        PersonSettings(home.database).allow(Allowed(on_shared_devices=True))
    await home.say("this is Anna")
    await home.say("play So What")
    await home.say("I like this")
    assert len(ratings.liked_ids()) == 1
    with acting_as(ANNA):
        assert len(ratings.liked_ids()) == 1
        theirs = [message.text for message in home.sessions.load("kitchen").messages]
    shared = [message.text for message in home.sessions.load("kitchen").messages]
    assert "play So What" in theirs
    assert "play So What" not in shared
    assert home.sessions.load("kitchen").speaker == "Anna"
    await home.say("this is Cleo")
    await home.say("play Blue in Green")
    assert home.sessions.load("kitchen").speaker == "Cleo"
    with acting_as(ANNA):
        assert "play Blue in Green" not in [
            message.text for message in home.sessions.load("kitchen").messages
        ]


@pytest.mark.integration
@pytest.mark.parametrize("says", ["this is Anna, I like this", "Hier spricht Anna. Das mag ich."])
async def test_who_says_their_name_acts_in_that_turn_already(tmp_path: Path, says: str) -> None:
    async with open_home(tmp_path) as home:
        allow_anna(home)
        ratings = home.services.ratings
        await home.say("play Take Five")
        await home.say(says)
        assert ratings.liked_ids() == ()
        with acting_as(ANNA):
            assert len(ratings.liked_ids()) == 1
        await home.say("this is Cleo, I like this")
        assert len(ratings.liked_ids()) == 1, "nobody of that name: it is the household's"
        with acting_as(ANNA):
            theirs = [one.text for one in home.sessions.load("kitchen").messages]
        assert says in theirs
        assert "this is Cleo, I like this" not in theirs


@pytest.mark.integration
async def test_a_name_gives_nobody_more_than_the_device_may(tmp_path: Path) -> None:
    async with open_home(tmp_path) as home:
        allow_anna(home)
        await home.say("play Take Five")
        with permitting(frozenset({"listen", "control"})):
            await home.say("this is Anna, I like this")
            await home.say("what did I hear yesterday?")
        for person in (ANNA, HOUSEHOLD):
            with acting_as(person):
                assert home.services.ratings.liked_ids() == ()


@pytest.mark.integration
async def test_who_is_logged_in_is_nobody_else_by_saying_so(tmp_path: Path) -> None:
    async with open_home(tmp_path) as home:
        allow_anna(home)
        with acting_as(BEN):
            await home.say("play Take Five")
            await home.say("this is Anna, I like this")
            assert len(home.services.ratings.liked_ids()) == 1
        with acting_as(ANNA):
            assert home.services.ratings.liked_ids() == ()


def allow_anna(home: Home) -> None:
    """Anna lets herself be told by her name, at devices of all."""
    people_in(home.database)
    home.agent._speakers = SpeakingPeople(home.database).named
    with acting_as(ANNA):
        PersonSettings(home.database).allow(Allowed(on_shared_devices=True))


@pytest.mark.integration
async def test_a_turn_that_is_given_up_stays_in_the_conversation_of_its_person(
    tmp_path: Path,
) -> None:
    """A stream that nobody closes is ended by the event loop, for nobody in particular."""
    async with open_home(tmp_path) as home:
        people_in(home.database)
        with acting_as(ANNA):
            turn = home.agent.run("play Take Five", session_id="kitchen")
            await anext(turn)
        await turn.aclose()
        assert home.sessions.load("kitchen").messages == ()
        with acting_as(ANNA):
            assert home.sessions.load("kitchen").messages[0].text == "play Take Five"
