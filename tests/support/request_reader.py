"""A reader of requests that knows the names of a small library, for tests without a database."""

from collections.abc import Iterator
from functools import cache

from agent import compound
from agent.understanding import DialogueContext, Understander, Understanding

_NAMES = {
    "artist": ("Nina Simone", "Dave Brubeck", "Leonard Cohen", "Jeff Buckley", "Moby", "Abba",
               "Queen", "Earth, Wind & Fire", "Blood, Sweat & Tears"),
    "album": ("Time Out", "Grace", "Play", "Sorry, I Mean It"),
    "track": ("Take Five", "Blue Rondo", "Hallelujah", "Suzanne", "Grace", "Sinnerman",
              "Turn It Up and Dance"),
    "playlist": ("Dinner", "Road Trip", "jazz"),
}  # fmt: skip


class _Names:
    revision = 1

    def names(self) -> Iterator[tuple[str, int, str]]:
        for kind, names in _NAMES.items():
            for number, name in enumerate(names, 1):
                yield kind, number, name


@cache
def reader() -> Understander:
    """The real understanding of requests; loads once."""
    return Understander(_Names())


def read(text: str) -> Understanding:
    return reader().understand(text, DialogueContext(is_playing=True), english=True)


def opens(text: str) -> bool:
    return compound.opens(text, read, reader().names)
