"""What a mood or an activity means for the sound.

Each word stands for a stretch of the library from its calmest track (0) to its most driving one
(1), and for the tag words that mean the same. The stretches are by percentile, so that "calm" finds
the calmest tracks of any library. They are set by hand; energy says little about sad or happy,
so such words lean on tags and genres, and on energy only to break ties.
"""

from dataclasses import dataclass

from knowledge.folding import fold


@dataclass(frozen=True, slots=True)
class Wish:
    """A mood or an activity in terms that a library can be searched by."""

    name: str
    """The word to speak: "calm"."""
    low: float
    """Lower end of the energy percentile, 0 to 1."""
    high: float
    tags: frozenset[str]
    """Folded mood words and genres that mean the same."""
    max_tempo_bpm: float | None = None
    min_tempo_bpm: float | None = None


def _wish(
    name: str,
    low: float,
    high: float,
    tags: str,
    *,
    slowest: float | None = None,
    fastest: float | None = None,
) -> Wish:
    return Wish(name, low, high, frozenset(tags.split(", ")), fastest, slowest)


_WISHES = (
    _wish(
        "calm",
        0.0,
        0.4,
        "calm, calming, relaxing, relaxed, relax, chill, chilled, chillout, peaceful, "
        "quiet, soft, gentle, mellow, soothing, serene, tranquil, ambient, slow, laid "
        "back, easy, restful, unwind, downtempo, dreamy, lounge, zen, meditation, "
        "meditative, yoga, rainy day, sunday morning",
    ),
    _wish(
        "sleepy",
        0.0,
        0.25,
        "sleepy, sleep, sleeping, bedtime, lullaby, night, drift off, fall asleep, nap",
    ),
    _wish(
        "sad",
        0.0,
        0.45,
        "sad, melancholy, melancholic, wistful, heartbroken, heartbreak, gloomy, "
        "sorrowful, lonely, nostalgic, bittersweet, moody, blue, crying, plaintive, "
        "tender, down",
    ),
    _wish(
        "romantic",
        0.1,
        0.5,
        "romantic, love, romance, date, sensual, intimate, tender, valentine",
    ),
    _wish(
        "focused",
        0.1,
        0.5,
        "focused, focus, study, studying, concentrate, concentration, work, working, "
        "reading, read, coding, programming, writing, instrumental, background, thinking, "
        "homework, office",
    ),
    _wish(
        "dinner",
        0.1,
        0.55,
        "dinner, cooking, cook, brunch, breakfast, lunch, coffee, cafe, jazz, bossa nova, "
        "guests, evening",
    ),
    _wish(
        "dark",
        0.2,
        0.7,
        "dark, mysterious, brooding, ominous, haunting, eerie, tense, suspense, spooky",
    ),
    _wish(
        "happy",
        0.45,
        1.0,
        "happy, cheerful, joyful, uplifting, upbeat, feel good, feelgood, sunny, bright, "
        "playful, fun, cheery, merry, optimistic, positive, summer, good mood, cheer me "
        "up, good vibes, lively, jolly",
        slowest=85.0,
    ),
    _wish(
        "driving",
        0.4,
        0.9,
        "drive, road trip, roadtrip, car, travel, commute, journey, highway",
        slowest=85.0,
    ),
    _wish(
        "morning",
        0.3,
        0.75,
        "morning, wake up, waking up, sunrise, fresh, getting up",
    ),
    _wish(
        "energetic",
        0.6,
        1.0,
        "energetic, energy, energizing, energising, lively, powerful, pumped, pump, hype, "
        "exciting, fast, loud, intense, aggressive, heavy, driving, motivating, "
        "motivation, motivational, epic, triumphant, heroic, adrenaline, angry, wild",
        slowest=95.0,
    ),
    _wish(
        "workout",
        0.6,
        1.0,
        "workout, work out, working out, gym, running, run, jogging, jog, exercise, "
        "exercising, training, sport, cycling, cardio, lifting, cleaning, housework, "
        "energetic, driving",
        slowest=105.0,
    ),
    _wish(
        "party",
        0.55,
        1.0,
        "party, dance, dancing, danceable, club, disco, celebration, birthday, festive, "
        "groovy, funky, house, edm, energetic",
        slowest=95.0,
    ),
)

_BY_WORD = {
    word: wish for wish in reversed(_WISHES) for word in (*sorted(wish.tags), wish.name)
} | {wish.name: wish for wish in _WISHES}


def wish_for(words: str) -> Wish | None:
    """What a mood or an activity asks for: "calm", "something to study to"; None when unknown.

    The longest known phrase in `words` decides, the first of equally long ones.
    """
    folded = fold(words).split()
    for length in range(min(3, len(folded)), 0, -1):
        for start in range(len(folded) - length + 1):
            wish = _BY_WORD.get(" ".join(folded[start : start + length]))
            if wish is not None:
                return wish
    return None


def known_wishes() -> tuple[str, ...]:
    """The moods and activities by name."""
    return tuple(wish.name for wish in _WISHES)
