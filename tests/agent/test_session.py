"""Sessions survive, are pruned, and are held one turn at a time."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from agent.references import numbered
from agent.session import (
    MAX_AGE_S,
    MAX_MESSAGES,
    MAX_STORED_SESSIONS,
    Focus,
    Question,
    Session,
    SessionStore,
)
from agent_library import open_home
from agent_outcomes import SINNERMAN, TAKE_FIVE
from knowledge.database import Database
from knowledge.schema import sessions

pytestmark = pytest.mark.integration


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.at(tmp_path / "library.db")
    yield opened
    opened.close()


def test_everything_comes_back(database: Database) -> None:
    results = numbered((TAKE_FIVE, SINNERMAN))
    session = Session(
        "kitchen",
        results=results,
        chosen=2,
        question=Question("which", "play_music", {"mode": "next"}, results),
        focus=Focus(1, 1, "Dave Brubeck"),
        last_played=(1, 2),
        turns=3,
    )
    session = session.heard("play").said("Which one?", results)
    SessionStore(database).save(session)
    assert SessionStore(database).load("kitchen") == session


def test_an_unknown_session_is_fresh(database: Database) -> None:
    assert SessionStore(database).load("new") == Session("new")


def test_a_damaged_row_is_a_fresh_session(database: Database) -> None:
    with database.write() as connection:
        connection.execute(
            insert(sessions).values(id="old", changed_at=0.0, state={"id": 5, "results": "no"})
        )
    assert SessionStore(database).load("old") == Session("old")


def test_old_messages_are_let_go(database: Database) -> None:
    session = Session("s")
    for number in range(100):
        session = session.heard(f"request {number}")
    assert len(session.messages) == MAX_MESSAGES
    assert session.messages[-1].text == "request 99"


def test_pruning(database: Database) -> None:
    now = time.time()
    rows = [
        {"id": f"s{n}", "changed_at": now - n, "state": {}} for n in range(MAX_STORED_SESSIONS + 5)
    ]
    rows.append({"id": "ancient", "changed_at": now - MAX_AGE_S - 1, "state": {}})
    with database.write() as connection:
        connection.execute(insert(sessions), rows)
    assert SessionStore(database).prune() == 6
    with database.read() as connection:
        kept = set(connection.execute(select(sessions.c.id)).scalars())
    assert len(kept) == MAX_STORED_SESSIONS
    assert "s0" in kept


async def test_turns_of_one_session_wait_and_others_do_not(database: Database) -> None:
    store, order = SessionStore(database), []

    async def turn(session_id: str, name: str, work: asyncio.Event) -> None:
        async with store.turn(session_id):
            order.append(f"{name} in")
            await work.wait()
            order.append(f"{name} out")

    first, done = asyncio.Event(), asyncio.Event()
    done.set()
    a = asyncio.create_task(turn("kitchen", "a", first))
    await asyncio.sleep(0)
    b = asyncio.create_task(turn("kitchen", "b", done))
    c = asyncio.create_task(turn("bath", "c", done))
    await c
    assert order == ["a in", "c in", "c out"]
    first.set()
    await asyncio.gather(a, b)
    assert order[3:] == ["a out", "b in", "b out"]


async def test_a_conversation_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with open_home(tmp_path) as home:
        found = await home.say("find songs by nina simone")
        await home.say("play hallelujah")
    async with open_home(tmp_path) as home:
        await home.say("the second one")
        assert home.playing == "Hallelujah"
        texts = [message.text for message in home.sessions.load("kitchen").messages]
        assert texts[0] == "find songs by nina simone"
        assert home.sessions.load("kitchen").messages[1].results == found.results
        other = await home.say("the second one", session_id="bath")
        assert "no list" in other.reply
