"""Requests that name Spotify: what they ask, and what they say without its name.

The words are in `languages/spotify.toml`. In another language than English the name is taken out
first and what is left is translated: "mets en pause" is understood, "mets Spotify en pause" would
be taken for a title.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from agent.understanding.pivot.translator import Part, Translation

_NAME = "spotify"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of Spotify."""

    action: str
    """"pause", "resume", "now", "search", "play", "next" or "volume"."""
    words: str = ""
    """What shall be played or looked for, as it was said."""


@dataclass(frozen=True, slots=True)
class _Words:
    asks: Mapping[str, tuple[re.Pattern[str], ...]]
    """By action, in the order in which they are tried."""
    named: re.Pattern[str]
    """The name with what joins it to a request in any of the languages."""


def asked_of_spotify(english: str) -> Asked | None:
    """What an English request asks of Spotify; None when it names it otherwise, or not at all."""
    said = " ".join(english.split()).strip(" .!?,")
    for action, patterns in _words().asks.items():
        for pattern in patterns:
            if (match := pattern.fullmatch(said)) is not None:
                words = match.groupdict().get("words") or ""
                return Asked(action, words.strip(" ,\"'"))
    return None


def names_spotify(text: str) -> bool:
    """Whether Spotify is named, in whatever script."""
    return _words().named.search(unicodedata.normalize("NFC", text)) is not None


def abroad(
    text: str, said: Translation, translate: Callable[[str, str], Translation]
) -> Translation | None:
    """A request in another language that names Spotify, in English; None where it is none.

    Args:
        text: the request as it was said.
        said: what it was taken for.
        translate: translates a text that is taken to be in the language given.
    """
    if not names_spotify(text):
        return None
    if said.language == "en" and any(asked_of_spotify(part.english) for part in said.parts):
        return None
    left = " ".join(_words().named.sub(" ", unicodedata.normalize("NFC", text)).split())
    left = left.strip(" ,、，")
    if not left:
        return None
    found = translate(left, said.language)
    if len(found.parts) > 1:
        return None
    english = f"{found.parts[0].english.strip(' .!?')} on {_NAME}"
    if asked_of_spotify(english) is None:
        return None
    return Translation(found.language, (Part(english, text),))


@lru_cache(maxsize=1)
def _words() -> _Words:
    source = files("agent.understanding") / "languages" / "spotify.toml"
    data = tomllib.loads(source.read_text("utf-8"))
    asks = {
        action: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
        for action, patterns in data["asks"].items()
    }
    part = {name: "|".join(words) for name, words in data["named"].items()}
    # Chinese and Japanese join words without a space.
    named = (
        rf"(?:(?<!\w)(?:{part['lead']})\s+|(?:{part['joined_lead']})\s*)?(?:{part['called']})"
        rf"(?:\s*(?:{part['trail']})(?=\s|$)|\s*(?:{part['joined_trail']}))?"
    )
    return _Words(asks, re.compile(named, re.IGNORECASE))
