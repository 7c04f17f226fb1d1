"""Answers about sound, taste and reasons that follow a script, in front of a real server."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Page, Route

CLUSTERS = ("calm piano", "driving electronic", "warm acoustic")
SEGMENT_S = 45.0


def sound_map(tracks: Sequence[dict[str, Any]], segments: int = 4) -> dict[str, Any]:
    """A map with every track on it, spread evenly; confidence falls from the first to the last."""
    points = []
    for number, track in enumerate(tracks):
        valence = (number * 0.618 + 0.11) % 1 * 0.9 + 0.05
        arousal = (number + 0.5) / len(tracks)
        path = [
            [
                part * SEGMENT_S,
                min(1.0, max(0.0, valence + 0.12 * math.sin(number + part))),
                min(1.0, max(0.0, arousal + 0.1 * math.cos(2 * number + part))),
            ]
            for part in range(segments)
        ]
        short = {key: track.get(key) for key in ("id", "title", "artist", "album_id", "cover_url")}
        points.append(
            {
                "track": short,
                "valence": valence,
                "arousal": arousal,
                "confidence": 1 - 0.8 * number / len(tracks),
                "cluster": number % len(CLUSTERS),
                "path": path,
            }
        )
    clusters = [
        {"id": place, "name": name, "count": sum(one["cluster"] == place for one in points)}
        for place, name in enumerate(CLUSTERS)
    ]
    return {"clusters": clusters, "points": points}


@dataclass(slots=True)
class SoundStub:
    """Answers some addresses in the server's name."""

    answers: dict[str, Any] = field(default_factory=dict)
    """What follows the host, such as "/api/sound/map", to the JSON of the answer."""

    async def attach(self, page: Page) -> None:
        """Stand between `page` and its server. Call it before the addresses are asked for."""
        await page.route(
            lambda url: _path(url) in self.answers,
            lambda route: self._answer(route),  # noqa: PLW0108  a slotted method cannot be wrapped
        )

    async def _answer(self, route: Route) -> None:
        await route.fulfill(json=self.answers[_path(route.request.url)])


def _path(url: str) -> str:
    return "/" + url.split("//", 1)[-1].partition("/")[2].partition("?")[0]
