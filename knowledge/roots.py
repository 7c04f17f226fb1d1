"""Tell an empty music folder from one whose disk is not mounted.

A mount point without its disk looks like an empty folder, and must not delete a library. The two
differ in their device and inode, so these are remembered from the last scan that found music.
"""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from knowledge.database import Database
from knowledge.schema import settings

_KEY = "music_folders"


class RootMemory:
    """Remembers which folder each music folder really was."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def why_unreachable(self, root: Path, *, held: bool) -> str | None:
        """Return why the music folder cannot be believed now, or None when it can.

        Args:
            root: a music folder.
            held: whether the library has files in it.
        """
        try:
            with_content = any(True for _ in root.iterdir())
        except FileNotFoundError:
            return "The folder is not there."
        except NotADirectoryError:
            return "This is not a folder."
        except OSError as error:
            return f"The folder cannot be read: {error.strerror}."
        if held and not with_content and self._known().get(str(root)) != _identity(root):
            return "The folder is empty; its disk seems not to be mounted."
        return None

    def keep(self, roots: Iterable[Path]) -> None:
        """Remember the folders of a finished scan."""
        identities = {str(root): _identity(root) for root in roots}
        known = self._known()
        if identities.items() <= known.items():
            return
        row = {"key": _KEY, "value": {**known, **identities}}
        statement = insert(settings).values(row)
        with self._database.write() as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["key"], set_={"value": statement.excluded.value}
                )
            )

    def _known(self) -> dict[str, list[int]]:
        with self._database.read() as connection:
            value = connection.execute(
                select(settings.c.value).where(settings.c.key == _KEY)
            ).scalar()
        return dict(value) if isinstance(value, dict) else {}


def _identity(root: Path) -> list[int]:
    try:
        status = root.stat()
    except OSError:
        return []
    return [status.st_dev, status.st_ino]
