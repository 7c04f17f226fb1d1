"""Titles that hold the word for "by", put together and parted by the names of the library."""

import pytest

from agent.understanding.pivot import Part, Translation
from agent.understanding.pivot.titles import with_whole_titles
from knowledge.folding import fold

pytestmark = pytest.mark.unit

NAMES = {
    fold(name)
    for name in ("Clair de Lune", "Claude Debussy", "Águas de Março", "Elis Regina", "Grace")
}


def read(english: str, original: str) -> str:
    said = Translation("es", (Part(english, original),))
    return with_whole_titles(said, lambda name: fold(name) in NAMES).english


@pytest.mark.parametrize(
    ("english", "original", "meant"),
    [
        ("play Clair by Lune", "mets Clair de Lune", "play Clair de Lune"),
        ("play Clair by Lune next", "mets Clair de Lune ensuite", "play Clair de Lune next"),
        (
            "play Águas by Março de Elis Regina",
            "pon Águas de Março de Elis Regina",
            "play Águas de Março by Elis Regina",
        ),
        ("play Grace by Elis Regina", "pon Grace de Elis Regina", "play Grace by Elis Regina"),
        (
            "play something by Elis Regina",
            "pon algo de Elis Regina",
            "play something by Elis Regina",
        ),
        ("play Agua by Nadie", "pon Agua de Nadie", "play Agua by Nadie"),
        ("pause", "pausa", "pause"),
    ],
)
def test_titles_are_as_the_library_has_them(english: str, original: str, meant: str) -> None:
    assert read(english, original) == meant
