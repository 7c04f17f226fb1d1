"""Answers of services on disk, so that none is asked the same twice, and some is known offline."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from knowledge.database import Database
from knowledge.schema_sources import service_answers

DAY_S = 86_400.0
_MOST = 20_000
"""Answers that are kept; the oldest go first."""
_LONGEST = 1024 * 1024
"""Bytes; a longer answer is not kept."""
_LOOK_EVERY = 200
"""So many answers are kept between two looks at how many there are."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a service said some time ago."""

    status: int
    """200, or 404 when there is no such thing."""
    body: bytes
    is_fresh: bool
    """Whether it still holds; else it is better than nothing when the service is away."""


class AnswerCache:
    """Keeps answers in the library's database. Safe to share between threads."""

    def __init__(
        self, database: Database, *, most: int = _MOST, clock: Callable[[], float] = time.time
    ) -> None:
        """Keep them in `database`.

        Args:
            database: the library.
            most: how many are kept.
            clock: seconds since the epoch.
        """
        self._database = database
        self._most = most
        self._clock = clock
        self._kept = 0

    def get(self, key: str) -> KeptAnswer | None:
        """The answer to this question, fresh or not."""
        with self._database.read() as connection:
            row = connection.execute(
                select(service_answers).where(service_answers.c.key == key)
            ).first()
        if row is None:
            return None
        return KeptAnswer(row.status, bytes(row.body), row.expires_at > self._clock())

    def put(self, key: str, service: str, status: int, body: bytes, *, keep_s: float) -> None:
        """Keep an answer for `keep_s` seconds; one that is too long is not kept."""
        if len(body) > _LONGEST:
            return
        now = self._clock()
        row = {
            "key": key,
            "service": service,
            "at": now,
            "expires_at": now + keep_s,
            "status": status,
            "body": body,
        }
        with self._database.write() as connection:
            connection.execute(delete(service_answers).where(service_answers.c.key == key))
            connection.execute(service_answers.insert(), row)
        self._kept += 1
        if self._kept % _LOOK_EVERY == 1:
            self.tidy()

    def drop(self, key: str) -> None:
        """Forget the answer to this question."""
        with self._database.write() as connection:
            connection.execute(delete(service_answers).where(service_answers.c.key == key))

    def tidy(self) -> None:
        """Drop the oldest answers of too many."""
        with self._database.write() as connection:
            count = connection.execute(select(func.count()).select_from(service_answers))
            if (over := int(count.scalar_one()) - self._most) > 0:
                oldest = select(service_answers.c.key).order_by(service_answers.c.at).limit(over)
                connection.execute(delete(service_answers).where(service_answers.c.key.in_(oldest)))

    def count(self, service: str) -> int:
        """How many answers of a service are at hand."""
        with self._database.read() as connection:
            found = connection.execute(
                select(func.count())
                .select_from(service_answers)
                .where(service_answers.c.service == service)
            )
            return int(found.scalar_one())


def key_of(base_url: str, path: str, query: Mapping[str, str]) -> str:
    """The name of a question: the same for the same question, whatever the order of its parts."""
    asked = "\x00".join([base_url, path, *(f"{name}={query[name]}" for name in sorted(query))])
    return hashlib.sha256(asked.encode()).hexdigest()
