"""The names of the tags, as the makers of the networks list them."""

import ast
from pathlib import Path

from knowledge.analysis.musicnn.graph import TAGS
from knowledge.errors import MusicModelUnusable

_MAX_BYTES = 1 << 16
_LISTS = ("MTT_LABELS", "MSD_LABELS")


def read_labels(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tags of both networks in their order: MagnaTagATune's, then Last.fm's.

    The file is the package's own Python source. It is parsed as text and never run.

    Raises:
        MusicModelUnusable: the file is missing, or the lists in it are not what they should be.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise MusicModelUnusable(f"{path.name} is far too large for a list of tags.")
        statements = ast.parse(path.read_text("utf-8")).body
        found = {
            target.id: ast.literal_eval(statement.value)
            for statement in statements
            if isinstance(statement, ast.Assign)
            for target in statement.targets
            if isinstance(target, ast.Name) and target.id in _LISTS
        }
    except OSError as error:
        raise MusicModelUnusable(
            f"The tags of the music tagger cannot be read: {error.strerror or error}."
        ) from error
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError) as error:
        raise MusicModelUnusable(f"{path.name} is damaged: it is no list of tags.") from error
    first, second = (_checked(path, found.get(name)) for name in _LISTS)
    return first, second


def _checked(path: Path, labels: object) -> tuple[str, ...]:
    names = tuple(str(name) for name in labels) if isinstance(labels, list) else ()
    if len(set(names)) != TAGS:
        raise MusicModelUnusable(f"{path.name} does not list {TAGS} different tags.")
    return names
