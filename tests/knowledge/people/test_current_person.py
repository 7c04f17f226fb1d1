"""For whom something is done follows a request into its tasks and threads."""

import asyncio

import pytest

from knowledge.people.current import HOUSEHOLD, PersonId, acting_as, current_person

pytestmark = pytest.mark.unit


def test_nobody_in_particular_is_the_household() -> None:
    assert current_person() == HOUSEHOLD


async def test_a_person_follows_into_tasks_and_threads_and_not_beyond() -> None:
    async def in_a_task() -> PersonId:
        return await asyncio.to_thread(current_person)

    with acting_as(PersonId(7)):
        task = asyncio.create_task(in_a_task())
    assert await task == 7
    assert current_person() == HOUSEHOLD
