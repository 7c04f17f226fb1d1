"""Which auto-tags speak for a property of music, and which against it.

Tags are named as `MusicTagger.tag_names` names them: "(MSD)" marks Last.fm's where MagnaTagATune
has the same word. A weight is how much a tag says; tags that are rarely probable weigh more.
"""

from collections.abc import Mapping
from dataclasses import dataclass

_SILENT = 0.25
"""Evidence as weak as this says as much as none."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Tags for and against a property, each with a weight above 0."""

    for_it: Mapping[str, float]
    against: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the tags say together."""

    value: float
    """0: all that is said speaks against it; .5: nothing is said; 1: all speaks for it."""
    strength: float
    """0: nothing is said; towards 1: much is said."""


def weigh(tags: Mapping[str, float], evidence: Evidence) -> Weighed:
    """Weigh the probabilities of tags for a property against those that deny it."""
    pro = sum(tags.get(name, 0.0) * weight for name, weight in evidence.for_it.items())
    contra = sum(tags.get(name, 0.0) * weight for name, weight in evidence.against.items())
    said = pro + contra
    value = (pro + _SILENT / 2) / (said + _SILENT)
    return Weighed(value, said / (said + _SILENT))


def _weights(text: str) -> dict[str, float]:
    """Read "rock 1, heavy metal 2" as weights by tag."""
    pairs = (part.rsplit(maxsplit=1) for part in text.split(", "))
    return {name: float(weight) for name, weight in pairs}


ENERGETIC = Evidence(
    _weights(
        "loud 2, fast 1.5, rock 1, metal 2, techno 1.5, dance 1, beat 0.7, beats 0.7, drums 0.7, "
        "rock (MSD) 0.7, dance (MSD) 1, punk 2, hard rock 2, heavy metal 2, metal (MSD) 1.5, "
        "electro 1, party 1.5, House 1, Hip-Hop 0.5, alternative rock 0.7"
    ),
    _weights(
        "quiet 3, slow 1, soft 3, ambient 1, classical 0.3, new age 1.5, solo 1, harp 1, "
        "ambient (MSD) 1, chillout 0.7, chill 1, Mellow 1.5, easy listening 1, acoustic 0.7, "
        "sad 1, beautiful 0.5, folk 0.3, choral 0.5, cello 0.5, flute 0.5"
    ),
)
DANCEABLE = Evidence(
    _weights(
        "techno 1, dance 1.5, beat 1, beats 1, dance (MSD) 1.5, House 2, Hip-Hop 1.5, party 2, "
        "electro 1.5, funk 2, rnb 1.5, electronic (MSD) 0.4, catchy 1, pop 0.5, pop (MSD) 0.3, "
        "80s 0.5, soul 0.4, sexy 1, drums 0.3, electronica 0.3"
    ),
    _weights(
        "ambient 1, ambient (MSD) 1, classical 0.8, slow 0.7, quiet 1.5, soft 1.5, opera 1.5, "
        "new age 1, choral 1, choir 1, experimental 0.7, metal 0.7, metal (MSD) 0.7, "
        "heavy metal 0.7, Progressive rock 0.7, folk 0.3, acoustic 0.4, sad 0.7, strings 0.3, "
        "harp 0.7, solo 0.5, cello 0.5, violin 0.3, weird 0.5"
    ),
)
ACOUSTIC = Evidence(
    _weights(
        "classical 1, piano 1, violin 1, strings 0.8, cello 1, harp 1, harpsichord 1, flute 1, "
        "sitar 1, opera 0.7, choir 0.8, choral 0.8, solo 1, quiet 0.7, soft 0.7, indian 0.5, "
        "acoustic 2, folk 1, jazz 0.7, country 0.5, country (MSD) 0.5, easy listening 0.5, "
        "guitar 0.4, classic 0.4, blues 0.3"
    ),
    _weights(
        "techno 1, electronic 1, synth 1, beat 0.5, beats 0.7, loud 1, rock 0.7, metal 1.5, "
        "dance 1, electronic (MSD) 1, dance (MSD) 1, electronica 1, electro 1.5, House 1.5, "
        "rock (MSD) 0.5, metal (MSD) 1.2, heavy metal 1.5, hard rock 1.2, punk 1.2, Hip-Hop 1, "
        "alternative rock 0.7, ambient 0.4, ambient (MSD) 0.4, experimental 0.4, weird 0.5"
    ),
)
SUNG = Evidence(
    _weights(
        "vocal 1, vocals 1, singing 1, voice 1, female 0.6, male 0.6, woman 1, man 1, "
        "male vocal 1, female vocal 1, male voice 1, female voice 1, opera 0.7, choir 0.7, "
        "choral 0.7, female vocalists 1, male vocalists 1.5, female vocalist 1, Hip-Hop 0.5, "
        "pop 0.5, rnb 0.5, soul 0.3"
    ),
    _weights(
        "no vocals 3, no vocal 3, no voice 3, instrumental 2, ambient (MSD) 0.3, techno 0.3, "
        "ambient 0.3, classical 0.2, piano 0.2, solo 0.3"
    ),
)
BRIGHT_MOOD = Evidence(
    _weights(
        "happy 4, party 2, catchy 2, dance 0.5, dance (MSD) 0.5, funk 1, pop 0.7, pop (MSD) 0.3, "
        "country 0.5, fast 0.4, House 0.3, soul 0.3, 60s 0.4, oldies 0.4, indie pop 0.7, "
        "easy listening 0.4"
    ),
    _weights(
        "sad 4, slow 0.4, quiet 0.5, ambient 0.6, ambient (MSD) 0.6, weird 1, experimental 0.8, "
        "metal 0.7, metal (MSD) 0.5, heavy metal 0.7, Mellow 0.5, opera 0.4, choir 0.3, "
        "cello 0.5, instrumental 0.2"
    ),
)
