"""The parameters of a call, from its query and, for POST, from its form (extension formPost)."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from starlette.requests import Request

from server.integrations.subsonic.errors import Code, SubsonicError

_MOST_FIELDS = 5_000
_LONGEST = 4_000
_NUMBER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_YES = frozenset({"true", "1", "yes"})
_FORM = "application/x-www-form-urlencoded"


class Parameters:
    """Values by name; each may be there several times."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        self._values = values

    @classmethod
    async def of(cls, request: Request) -> "Parameters":
        """Read those of a request; its body is bounded by the guard.

        Raises:
            SubsonicError: there are too many, or they cannot be read.
        """
        parts = [request.url.query]
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if request.method == "POST" and kind in {"", _FORM}:
            parts.append((await request.body()).decode("utf-8", "replace"))
        values: dict[str, list[str]] = {}
        for part in parts:
            try:
                found = parse_qs(part, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
            except ValueError as error:
                raise SubsonicError(Code.GENERIC, "There are too many parameters.") from error
            for name, given in found.items():
                values.setdefault(name, []).extend(given)
        return cls(values)

    def has(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, default: str = "") -> str:
        """The first value; `default` when there is none.

        Raises:
            SubsonicError: it is longer than any sensible one.
        """
        found = self._values.get(name)
        if not found:
            return default
        if len(found[0]) > _LONGEST:
            raise SubsonicError(Code.GENERIC, f"Parameter {name} is too long.")
        return found[0]

    def required(self, name: str) -> str:
        """The first value.

        Raises:
            SubsonicError: there is none.
        """
        found = self.text(name)
        if not found:
            raise SubsonicError(Code.MISSING_PARAMETER, f"Required parameter {name} is missing.")
        return found

    def several(self, name: str) -> tuple[str, ...]:
        """All values, in order."""
        return tuple(one[:_LONGEST] for one in self._values.get(name, ()))

    def number(self, name: str, default: int, *, low: int = 0, high: int = 10**15) -> int:
        """A whole number, clamped to what may be.

        Raises:
            SubsonicError: it is no number.
        """
        found = self.text(name)
        if not found:
            return default
        if not _NUMBER.fullmatch(found):
            raise SubsonicError(Code.GENERIC, f"Parameter {name} is not a number.")
        return min(max(int(found), low), high)

    def optional(self, name: str, *, low: int = 0, high: int = 10**15) -> int | None:
        """A whole number, clamped; None when it is not given."""
        return self.number(name, 0, low=low, high=high) if self.text(name) else None

    def flag(self, name: str, *, default: bool) -> bool:
        found = self.text(name)
        return default if not found else found.lower() in _YES
