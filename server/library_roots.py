"""The music folders of this installation, remembered between starts."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from knowledge.database import Database
from knowledge.schema import settings

_KEY = "library.roots"


def remembered_roots(database: Database) -> tuple[Path, ...]:
    """Folders that were given on some command line before."""
    with database.read() as connection:
        value = connection.execute(select(settings.c.value).where(settings.c.key == _KEY)).scalar()
    return tuple(Path(root) for root in value) if isinstance(value, list) else ()


def remember_roots(database: Database, roots: Iterable[Path]) -> tuple[Path, ...]:
    """Add folders; a folder inside one that is known already adds nothing. Returns them all."""
    before = remembered_roots(database)
    everything = _outermost([*before, *roots])
    if everything != before:
        _keep(database, everything)
    return everything


def forget_root(database: Database, root: Path) -> bool:
    """Stop looking in `root`; False when it was not one of the folders."""
    before = remembered_roots(database)
    after = tuple(one for one in before if one != root)
    if after == before:
        return False
    _keep(database, after)
    return True


def _outermost(roots: list[Path]) -> tuple[Path, ...]:
    unique = list(dict.fromkeys(root.absolute() for root in roots))
    return tuple(
        root
        for root in unique
        if not any(root != other and root.is_relative_to(other) for other in unique)
    )


def _keep(database: Database, roots: tuple[Path, ...]) -> None:
    statement = insert(settings).values(key=_KEY, value=[str(root) for root in roots])
    with database.write() as connection:
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["key"], set_={"value": statement.excluded.value}
            )
        )
