"""What each term of a score weighs. Set by hand and the same for everybody.

A term's value lies between 0 and 1 (-1 and 1 for taste); its weight times its value is what it adds
to the score, so the largest products are the reasons that are told. Terms that do not apply to a
request are left out, and the score is divided by the weights that remain.
"""

from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = {
    # What was asked for comes first.
    "wish": 0.45,
    "change": 0.30,  # "like this, but calmer"
    "activity": 0.20,
    "tempo": 0.15,
    # The sources of candidates; rules are the best single one on public listening logs.
    "rules": 0.22,
    "content": 0.20,
    "artists": 0.10,
    "people": 0.12,
    "outside": 0.12,  # what listeners elsewhere play beside it
    "recent": 0.10,
    # The person and the moment.
    "taste": 0.18,
    "liked": 0.08,
    "time": 0.06,
    "weather": 0.05,
    # What speaks against a track.
    "fatigue": -0.30,
    "skips": -0.12,
}
SEEDED = 0.45
"""What "content" weighs when music like something was asked for."""
SOURCES = ("wish", "rules", "content", "artists", "people", "outside", "recent")
"""The terms that bring candidates; the others only judge them."""
