"""What paths tell."""

from pathlib import PurePath

import pytest

from knowledge.sources.path_guess import PathGuess, guess


@pytest.mark.unit
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "Nina Simone/Pastel Blues (1965)/09 - Sinnerman.mp3",
            PathGuess("Sinnerman", "Nina Simone", "Pastel Blues", track_no=9, year=1965),
        ),
        (
            "Nina_Simone/Pastel_Blues/09_Sinnerman.mp3",
            PathGuess("Sinnerman", "Nina Simone", "Pastel Blues", track_no=9),
        ),
        (
            "The Beatles - White Album [1968]/CD2/2-03 Mother Nature's Son.flac",
            PathGuess("Mother Nature's Son", "The Beatles", "White Album", 2, 3, 1968),
        ),
        (
            "Radiohead/1997 - OK Computer/Disc 1/06. Karma Police.ogg",
            PathGuess("Karma Police", "Radiohead", "OK Computer", 1, 6, 1997),
        ),
        ("Kraftwerk - Autobahn.wav", PathGuess("Autobahn", "Kraftwerk")),
        ("Mix/03 - Portishead - Roads.mp3", PathGuess("Roads", "Portishead", "Mix", track_no=3)),
        ("Nena/99 Luftballons.mp3", PathGuess("99 Luftballons", "Nena")),
        ("7 Years.mp3", PathGuess("7 Years")),
        ("1979.mp3", PathGuess("1979")),
        ("usr/share/games/hedgewars/Music/Pirate.ogg", PathGuess("Pirate", "hedgewars")),
        ("sectoid/Feelings/song.ogg", PathGuess("Feelings", "sectoid")),
        ("فيروز/نسم علينا الهوى.mp3", PathGuess("نسم علينا الهوى", "فيروز")),
        (
            "音楽/坂本龍一/戦場のメリークリスマス.flac",
            PathGuess("戦場のメリークリスマス", "音楽", "坂本龍一"),
        ),
    ],
)
def test_paths_are_read_as_people_write_them(path: str, expected: PathGuess) -> None:
    assert guess(PurePath(path)) == expected
