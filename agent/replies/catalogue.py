"""The messages of one language, in the format of Project Fluent, read when first needed.

Fluent (https://projectfluent.org) chooses plurals by the CLDR rules of the language and formats
numbers as it does. A message may have variants as attributes: `.v2`, `.v3` say the same in other
words, `.plain` and `.playful` say it as another persona would, `.brief` in a word or two.
"""

import logging
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from agent.replies.manner import Manner

logger = logging.getLogger(__name__)

VARIANTS = ("v2", "v3", "v4", "v5", "v6")
"""Attributes that say the same in other words, in the order in which they are used."""
_FOLDER = "catalogues"
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Catalogue:
    """The messages of one language."""

    def __init__(self, language: str, source: str) -> None:
        """Parse `source`; about 50 CPU ms for a whole catalogue."""
        # Here and not above: whoever says nothing need not load the plural rules of the world.
        from fluent.runtime import FluentBundle, FluentResource  # noqa: PLC0415

        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False, functions={"WORDS": in_words})
        self._bundle.add_resource(FluentResource(source))

    def __contains__(self, message_id: str) -> bool:
        return self._bundle.has_message(message_id)

    def format(
        self, message_id: str, values: Mapping[str, str | int | float], manner: Manner, turn: int
    ) -> str | None:
        """The message in words; None when there is none or a value is missing in it."""
        if not self._bundle.has_message(message_id):
            return None
        message = self._bundle.get_message(message_id)
        pattern = self._pattern(message, manner, turn)
        if pattern is None:
            return None
        words, errors = self._bundle.format_pattern(pattern, dict(values))
        if errors:
            logger.warning("message %s in %s: %s", message_id, self.language, errors[0])
            return None
        return str(words)

    @staticmethod
    def _pattern(message: Any, manner: Manner, turn: int) -> Any:
        """The wording for a manner, or else one of the variants, another one each turn."""
        attributes = message.attributes
        for wanted in (manner.verbosity, manner.persona):
            if wanted in attributes:
                return attributes[wanted]
        if manner.is_brief or manner.persona == "plain":
            return message.value
        variants = [message.value, *(attributes[key] for key in VARIANTS if key in attributes)]
        return variants[turn % len(variants)]


@lru_cache(maxsize=32)
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language in `LANGUAGES`."""
    path = resources.files(__package__) / _FOLDER / f"{language}.ftl"
    if not path.is_file():
        logger.warning("there is no catalogue of %s", language)
        return Catalogue(language, "")
    return Catalogue(language, path.read_text(encoding="utf-8"))


def in_words(number: Any) -> Any:
    """Make "seven" of 7 and "1,234" of 1234, for the English catalogue."""
    whole = int(number)
    return _WORDS[whole] if 0 <= whole < len(_WORDS) else f"{whole:,}"
