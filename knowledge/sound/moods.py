"""What moods and activities mean for the sound: where on which axis, which tags, which tempo.

Stretches are places inside a library (0 its lowest, 1 its highest), so that "calm" finds the
calmest tracks of any library. Energy and tempo follow the studies of music for activities (Van
Dyck 2015 on running, Karageorghis 2006 on the gym, Scarratt 2023 on study and sleep, Duman 2022 on
parties); the rest is convention. Whether music is happy or sad can hardly be heard in it: such
words lean on auto-tags and on the tags of files, with valence as a weak hint.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.analysis.sound import Axis
from knowledge.folding import fold
from knowledge.recommend.wishes import wish_for


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of an axis, and how much it matters."""

    low: float
    high: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Mood:
    """A mood or an activity in terms of sound."""

    name: str
    """The canonical word: "calm"."""
    axes: Mapping[Axis, Stretch]
    tags: Mapping[str, float] = field(default_factory=dict)
    """Auto-tags that speak for it, and against it where the weight is negative."""
    tempo_bpm: tuple[float, float] | None = None
    """Half and double count as well."""
    words: frozenset[str] = frozenset()
    """Folded words that mean the same, also in the tags of files."""
    genres: frozenset[str] = frozenset()
    """Folded genres that hint at it."""


def _mood(
    name: str,
    axes: str,
    *,
    tags: str = "",
    against: str = "",
    tempo: tuple[float, float] | None = None,
    words: str = "",
    genres: str = "",
) -> Mood:
    """Read a mood from a line such as "energy 0 .35 x3, valence .6 1"."""
    stretches: dict[Axis, Stretch] = {}
    for part in axes.split(", "):
        axis, low, high, *weight = part.split()
        heavy = float(weight[0].removeprefix("x")) if weight else 1.0
        stretches[Axis(axis)] = Stretch(float(low), float(high), heavy)
    weights = {fold(tag): 1.0 for tag in _listed(tags)}
    weights.update({fold(tag): -1.0 for tag in _listed(against)})
    return Mood(
        name,
        stretches,
        weights,
        tempo,
        frozenset(fold(word) for word in (name, *_listed(words))),
        frozenset(fold(genre) for genre in _listed(genres)),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(", ") if part)


_MOODS = (
    _mood(
        "calm",
        "energy 0 .35 x3, loudness 0 .5 .5, brightness 0 .5 .5, danceability 0 .6 .5",
        tags="quiet, slow, soft, ambient, chillout, chill, Mellow, easy listening, new age",
        against="loud, fast, metal, techno, hard rock, punk, beat",
        tempo=(50, 105),
        words="calming, relaxing, relaxed, relax, chill, chilled, peaceful, quiet, soft, gentle, "
        "mellow, soothing, serene, tranquil, restful, laid back, zen, meditation, meditative, yoga",
        genres="ambient, new age, chillout, downtempo, lounge",
    ),
    _mood(
        "sleep",
        "energy 0 .2 x3, loudness 0 .35, dynamics 0 .5 .5, brightness 0 .4 .5, "
        "acousticness .4 1 .5, instrumentalness .4 1 .5",
        tags="quiet, slow, soft, ambient, new age, piano, harp",
        against="loud, fast, metal, techno, drums, beat, dance",
        tempo=(40, 90),
        words="sleepy, sleeping, bedtime, lullaby, drift off, fall asleep, nap",
        genres="ambient, new age, lullaby",
    ),
    _mood(
        "study",
        "energy .05 .45 x2, instrumentalness .55 1 x1.5, vocals 0 .4, dynamics 0 .5 .5, "
        "acousticness .3 1 .5",
        tags="no vocals, no vocal, instrumental, ambient, piano, classical, chillout",
        against="vocals, vocal, singing, loud, metal, party",
        tempo=(50, 110),
        words="focused, focus, studying, concentrate, concentration, work, working, reading, "
        "read, coding, programming, writing, background, thinking, homework, office",
        genres="ambient, classical, lo fi, lofi, instrumental, minimal",
    ),
    _mood(
        "sad",
        "energy 0 .45 x1.5, valence 0 .35 x2, danceability 0 .45 .7",
        tags="sad, slow, soft, Mellow, piano, cello, violin",
        against="happy, party, fast, dance, funk",
        tempo=(45, 100),
        words="melancholy, melancholic, wistful, heartbroken, heartbreak, gloomy, sorrowful, "
        "lonely, bittersweet, blue, crying, plaintive, down",
        genres="blues, slowcore",
    ),
    _mood(
        "happy",
        "energy .4 .95, valence .6 1 x2, danceability .5 1, brightness .4 1 .5",
        tags="happy, catchy, party, pop, dance, funk",
        against="sad, slow, ambient",
        tempo=(88, 175),
        words="cheerful, joyful, upbeat, feel good, feelgood, sunny, bright, fun, cheery, merry, "
        "optimistic, positive, summer, good mood, good vibes, lively, jolly",
        genres="funk, pop, ska, disco",
    ),
    _mood(
        "uplifting",
        "energy .5 1, valence .55 1 x1.5, brightness .45 1 .5, dynamics .4 1 .5",
        tags="happy, beautiful, catchy, dance, pop",
        against="sad, slow, quiet",
        tempo=(95, 175),
        words="euphoric, hopeful, inspiring, inspirational, triumphant, cheer me up",
        genres="trance, gospel",
    ),
    _mood(
        "playful",
        "valence .55 1 x1.5, energy .3 .8, dynamics .3 1 .5",
        tags="happy, catchy, weird, fast",
        against="sad, metal, ambient",
        words="quirky, whimsical, funny, silly, cute",
    ),
    _mood(
        "romantic",
        "energy .1 .5, vocals .4 1 .7, acousticness .35 1 .5, brightness 0 .6 .5",
        tags="soul, rnb, sexy, beautiful, Mellow, jazz, easy listening",
        against="metal, punk, techno, loud",
        tempo=(55, 115),
        words="love, romance, date, sensual, intimate, tender, valentine",
        genres="soul, r b, rnb, bolero, bossa nova",
    ),
    _mood(
        "dreamy",
        "energy .05 .5, acousticness .2 .9 .3, dynamics 0 .5 .5, danceability 0 .55 .5",
        tags="ambient, chillout, beautiful, new age, electronica, Mellow, synth",
        against="loud, fast, punk, metal, drums",
        words="ethereal, floating, atmospheric, spacey, hypnotic",
        genres="dream pop, shoegaze, ambient",
    ),
    _mood(
        "nostalgic",
        "energy .1 .6 .5, acousticness .4 1 .7",
        tags="oldies, 60s, 70s, 80s, classic rock, easy listening, sad",
        against="techno, electro, House",
        words="nostalgia, retro, memories, old times",
        genres="oldies",
    ),
    _mood(
        "dark",
        "valence 0 .35 x1.5, brightness 0 .45, energy .2 .75 .5",
        tags="experimental, ambient, weird, heavy metal, metal, electronic",
        against="happy, pop, country, catchy",
        words="mysterious, brooding, ominous, haunting, eerie, spooky, sinister, moody",
        genres="dark ambient, gothic, industrial, trip hop, doom metal",
    ),
    _mood(
        "tense",
        "valence 0 .4, energy .4 .9, dynamics .5 1",
        tags="weird, experimental, drums, strings, fast",
        against="happy, easy listening, chillout, pop",
        words="suspense, suspenseful, nervous, dramatic, thrilling",
        genres="soundtrack, industrial",
    ),
    _mood(
        "epic",
        "energy .5 1, loudness .4 1 .5, dynamics .5 1, instrumentalness .4 1 .5",
        tags="choir, choral, opera, strings, drums, classical, Progressive rock",
        against="acoustic, easy listening, folk, solo",
        words="heroic, grand, cinematic, majestic, anthemic, powerful",
        genres="orchestral, soundtrack, symphonic metal",
    ),
    _mood(
        "angry",
        "energy .7 1 x2, loudness .6 1, valence 0 .45 .7, acousticness 0 .35",
        tags="metal, heavy metal, punk, hard rock, loud, fast",
        against="quiet, soft, acoustic, Mellow, classical, easy listening",
        words="aggressive, rage, furious, fierce, intense, heavy, wild",
        genres="metal, punk, hardcore, thrash metal, industrial",
    ),
    _mood(
        "energetic",
        "energy .65 1 x3, loudness .5 1 .5, danceability .35 1 .5",
        tags="fast, loud, rock, techno, dance, party, drums",
        against="quiet, slow, soft, ambient, Mellow",
        tempo=(98, 185),
        words="energy, energizing, energising, pumped, pump, hype, exciting, fast, loud, "
        "motivating, motivation, motivational, adrenaline",
        genres="techno, drum and bass, metal, punk",
    ),
    _mood(
        "workout",
        "energy .65 1 x3, danceability .4 1, loudness .5 1 .5, acousticness 0 .5 .5",
        tags="fast, loud, techno, dance, electronic, rock, Hip-Hop, beat",
        against="quiet, slow, soft, ambient, Mellow, classical",
        tempo=(110, 150),
        words="work out, working out, gym, exercise, exercising, training, sport, cycling, "
        "cardio, lifting, cleaning, housework",
        genres="electronic, house, techno, hip hop, drum and bass",
    ),
    _mood(
        "running",
        "energy .6 .97 x2, danceability .4 1 .7, loudness .45 1 .5, acousticness 0 .5",
        tags="fast, techno, dance, electronic, rock, beat, drums",
        against="quiet, slow, soft, ambient, Mellow, classical",
        tempo=(140, 180),
        words="run, jogging, jog, marathon, sprint",
        genres="electronic, techno, drum and bass, rock",
    ),
    _mood(
        "party",
        "energy .55 1 x1.5, danceability .6 1 x2, valence .5 1 .5, acousticness 0 .4 .7, "
        "instrumentalness 0 .6 .4",
        tags="party, dance, House, electro, funk, Hip-Hop, catchy, beat",
        against="sad, quiet, slow, ambient, classical, folk",
        tempo=(98, 135),
        words="dance, dancing, danceable, club, celebration, birthday, festive, groovy, funky",
        genres="disco, house, edm, dance, funk",
    ),
    _mood(
        "dinner",
        "energy .1 .5 x1.5, dynamics 0 .5 .5, acousticness .4 1 .7, loudness .1 .6 .5",
        tags="jazz, easy listening, soul, chillout, acoustic, Mellow, guitar, piano",
        against="metal, punk, loud, techno, hard rock",
        tempo=(60, 125),
        words="cooking, cook, brunch, lunch, coffee, cafe, guests, evening",
        genres="jazz, bossa nova, soul, lounge, swing",
    ),
    _mood(
        "commute",
        "energy .35 .85, danceability .4 1 .5, dynamics 0 .7 .3",
        tags="rock, indie, pop, electronic, catchy",
        against="ambient, opera, new age",
        tempo=(85, 160),
        words="drive, driving, road trip, roadtrip, car, travel, journey, highway, traveling",
        genres="rock, indie, pop",
    ),
    _mood(
        "walking",
        "energy .3 .75, dynamics 0 .7 .3",
        tags="indie, pop, folk, acoustic, electronic",
        against="metal, ambient, opera",
        tempo=(92, 128),
        words="walk, hiking, stroll",
    ),
    _mood(
        "morning",
        "energy .25 .7, valence .5 1, brightness .4 1 .5, acousticness .3 1 .4",
        tags="happy, beautiful, acoustic, folk, indie pop, pop",
        against="metal, techno",
        tempo=(75, 135),
        words="wake up, waking up, sunrise, fresh, getting up, breakfast, sunday morning",
        genres="folk, indie pop, acoustic",
    ),
)
_BY_NAME = {mood.name: mood for mood in _MOODS}
_BY_WORD = {word: mood for mood in reversed(_MOODS) for word in mood.words} | _BY_NAME
_OF_WISH = {"sleepy": "sleep", "focused": "study", "driving": "commute"}
"""Names that `knowledge.recommend.wishes` has for the same."""


def mood_named(words: str) -> Mood | None:
    """The mood or activity that a word stands for: "calm", "something for the gym"; or None."""
    folded = fold(words)
    if (mood := _BY_WORD.get(folded)) is not None:
        return mood
    wish = wish_for(words)
    return None if wish is None else _BY_NAME.get(_OF_WISH.get(wish.name, wish.name))


def known_moods() -> tuple[str, ...]:
    """Every mood and activity by its canonical name."""
    return tuple(_BY_NAME)
