"""How requests that name Spotify begin and end, from `languages/spotify.toml`."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def spotify_patterns() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """Patterns by what is asked, in the order in which they are tried."""
    source = files("agent.understanding") / "languages" / "spotify.toml"
    data = tomllib.loads(source.read_text("utf-8"))
    return {
        action: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
        for action, patterns in data["asks"].items()
    }
