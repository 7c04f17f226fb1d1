"""What music of a genre is like, roughly: what hidden attributes of made-up tracks are drawn from.

Written from general knowledge of the genres; neither the ontology nor the moods of the program
take part, for they are what is measured.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GenreProfile:
    """One genre. Numbers are means, 0 to 1."""

    name: str
    wider: tuple[str, ...]
    """The genres that it is a kind of."""
    energy: float
    valence: float
    danceability: float
    acousticness: float
    unsung: float
    """Share of tracks in which nobody sings."""
    bpm: tuple[float, float]
    years: tuple[int, int]
    instruments: tuple[str, ...]
    tags: tuple[str, ...]
    """Ways in which files name it; those of wider genres come in as well."""
    heard_as: tuple[str, ...]
    """Auto-tags that it usually gets."""
    share: float = 1.0
    """How common it is."""
    languages: tuple[str, ...] = ("en",)
    """Languages that it is sung in; English takes part in most."""


def _profile(line: str) -> GenreProfile:
    parts = [part.strip() for part in line.split("|")]
    name, wider, numbers, bpm, years, instruments, tags, heard, share, languages = parts
    energy, valence, danceability, acousticness, unsung = (float(one) for one in numbers.split())
    return GenreProfile(
        name,
        _listed(wider),
        energy,
        valence,
        danceability,
        acousticness,
        unsung,
        _span(bpm),
        (int(_span(years)[0]), int(_span(years)[1])),
        _listed(instruments),
        _listed(tags),
        _listed(heard),
        float(share),
        tuple(languages.split()),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _span(text: str) -> tuple[float, float]:
    first, last = text.split()
    return float(first), float(last)


_LINES = """
hard rock | rock | .82 .5 .45 .1 .03 | 100 150 | 1968 2015 | electric guitar, drums | Hard Rock | rock, hard rock, classic rock | 1.5 | en en en de es
indie rock | rock, indie | .65 .5 .5 .25 .04 | 95 150 | 1985 2023 | electric guitar, drums | Indie Rock, Indie | rock, indie, indie rock, alternative | 2 | en en en en de fr es it
punk | rock | .93 .5 .4 .05 .01 | 150 200 | 1976 2018 | electric guitar, drums | Punk, Punk Rock | punk, rock, loud, fast | 1 | en en en de es
progressive rock | rock | .62 .42 .3 .25 .2 | 80 140 | 1969 2010 | electric guitar, synthesizer, organ | Progressive Rock, Prog | Progressive rock, rock, classic rock | .8 | en en it
post rock | rock | .5 .35 .25 .25 .85 | 70 130 | 1994 2022 | electric guitar, drums | Post-Rock | ambient, instrumental, rock | .7 | en
thrash metal | metal | .96 .25 .3 .02 .02 | 140 200 | 1983 2018 | electric guitar, drums | Thrash Metal, Thrash | metal, heavy metal, loud, fast | 1 | en en de
black metal | metal | .93 .12 .15 .03 .06 | 130 200 | 1990 2022 | electric guitar, drums | Black Metal | metal, heavy metal, loud | .6 | en en no
power metal | metal | .9 .6 .3 .05 .03 | 130 180 | 1987 2020 | electric guitar, drums | Power Metal | metal, heavy metal, hard rock | .5 | en en de it
synth pop | pop, electronic | .65 .55 .72 .08 .05 | 100 130 | 1979 2022 | synthesizer | Synthpop, Synth-Pop | pop, electronic, 80s, synth | 1.5 | en en en de sv
indie pop | pop, indie | .5 .6 .55 .4 .03 | 90 135 | 1990 2023 | electric guitar, synthesizer | Indie Pop | indie pop, pop, indie, catchy | 1.5 | en en en fr sv pt
dance pop | pop, dance | .78 .7 .85 .05 .01 | 105 130 | 1987 2023 | synthesizer | Dance-Pop, Pop | dance, pop, party, catchy | 2 | en en en en es it de
ballad | pop | .3 .35 .3 .55 .02 | 55 85 | 1965 2020 | piano, strings | Ballad, Pop Ballad | pop, sad, soft, female vocalists | 1 | en en es it pt fr de
schlager | pop | .6 .78 .65 .2 .01 | 100 135 | 1962 2022 | synthesizer, accordion | Schlager | pop, happy, easy listening | .6 | de
chanson | pop | .35 .45 .35 .7 .03 | 70 125 | 1950 2015 | accordion, acoustic guitar, piano | Chanson, Chanson Française | folk, easy listening, male vocalists | .8 | fr
cantautori | folk, singer songwriter, pop | .38 .45 .3 .65 .02 | 70 125 | 1960 2018 | acoustic guitar, piano | Cantautori, Italian Pop | folk, acoustic, male vocalists | .6 | it
j pop | pop | .7 .7 .65 .15 .03 | 110 165 | 1988 2023 | electric guitar, synthesizer | J-Pop | pop, dance, female vocalists, catchy | .9 | ja
city pop | pop | .6 .7 .7 .2 .05 | 95 120 | 1977 1990 | synthesizer, bass, saxophone | City Pop | pop, funk, 80s, soul | .4 | ja
mandopop | pop | .45 .45 .45 .35 .02 | 65 125 | 1985 2023 | piano, strings | Mandopop, C-Pop | pop, female vocalists, soft | .8 | zh
bollywood | pop | .65 .65 .7 .3 .02 | 85 135 | 1965 2023 | strings, drums | Bollywood, Filmi | indian, female vocal, strings | .6 | hi
bebop | jazz | .58 .58 .4 .8 .93 | 140 280 | 1945 1972 | saxophone, trumpet, piano | Bebop, Hard Bop | jazz, drums, piano | .9 | en
cool jazz | jazz | .3 .45 .35 .85 .92 | 75 140 | 1950 1975 | saxophone, trumpet, piano | Cool Jazz | jazz, chillout, piano | .8 | en
vocal jazz | jazz | .3 .5 .4 .8 .0 | 65 130 | 1945 2015 | piano, strings | Vocal Jazz | jazz, female vocalists, easy listening | .9 | en en en fr it
swing | jazz | .65 .8 .75 .75 .45 | 130 200 | 1932 1958 | brass, clarinet, drums | Swing, Big Band | jazz, oldies, happy | .7 | en
bossa nova | latin, jazz | .28 .6 .5 .85 .3 | 110 145 | 1958 2005 | acoustic guitar, flute | Bossa Nova | jazz, chillout, guitar, easy listening | .7 | pt
delta blues | blues | .35 .35 .35 .92 .08 | 75 120 | 1928 1965 | acoustic guitar, harmonica | Delta Blues | blues, guitar, oldies | .6 | en
blues rock | blues, rock | .68 .48 .5 .25 .08 | 85 135 | 1966 2018 | electric guitar, harmonica | Blues Rock | blues, rock, classic rock | .8 | en
soul | | .52 .6 .62 .4 .02 | 80 125 | 1961 2015 | brass, organ | Soul, Neo Soul, Motown | soul, rnb, oldies | 1.3 | en
funk | | .75 .78 .88 .2 .15 | 95 120 | 1967 2015 | bass, brass, drums | Funk | funk, soul, dance | .9 | en
r and b | | .5 .5 .7 .15 .01 | 65 110 | 1990 2023 | synthesizer | R&B, Contemporary R&B | rnb, soul, sexy | 1 | en
gospel | | .6 .75 .5 .5 .02 | 70 120 | 1955 2015 | choir, organ, piano | Gospel | choir, soul | .4 | en
disco | dance | .82 .82 .93 .08 .06 | 108 128 | 1974 1984 | strings, bass, brass | Disco | dance, funk, 70s, party | .7 | en en en it fr
country | | .5 .58 .5 .6 .02 | 80 135 | 1950 2023 | acoustic guitar, banjo, violin | Country | country, acoustic, guitar | 1.3 | en
bluegrass | country, folk | .6 .68 .45 .95 .25 | 110 165 | 1946 2018 | banjo, violin, acoustic guitar | Bluegrass | country, guitar, violin | .5 | en
singer songwriter | folk | .28 .4 .35 .85 .02 | 70 125 | 1966 2023 | acoustic guitar, piano | Singer-Songwriter, Singer/Songwriter | folk, acoustic, guitar, Mellow | 1.3 | en en en de sv nl
celtic | folk | .5 .62 .4 .92 .45 | 90 140 | 1970 2018 | flute, violin, harp, bagpipes | Celtic, Irish Folk | folk, flute, violin | .5 | en
flamenco | latin | .5 .4 .45 .92 .3 | 90 160 | 1955 2015 | acoustic guitar | Flamenco | guitar, acoustic | .5 | es
salsa | latin | .8 .8 .85 .35 .03 | 85 110 | 1968 2020 | brass, piano, drums | Salsa | dance, happy | .7 | es
reggaeton | latin | .78 .68 .9 .06 .0 | 88 100 | 2003 2023 | synthesizer | Reggaeton | dance, Hip-Hop, party | .8 | es
samba | latin | .72 .82 .82 .6 .06 | 95 130 | 1945 2015 | drums, acoustic guitar | Samba | dance, happy, drums | .5 | pt
fado | folk | .22 .18 .2 .95 .02 | 60 110 | 1950 2018 | acoustic guitar | Fado | sad, guitar, folk | .4 | pt
tango | latin | .42 .35 .55 .85 .55 | 100 130 | 1935 2005 | accordion, violin, piano | Tango | strings, classical | .4 | es
baroque | classical | .3 .55 .2 .98 .8 | 65 130 | 1955 2020 | harpsichord, violin, strings | Baroque | classical, harpsichord, strings | .7 | it de
orchestral | classical | .42 .45 .15 .95 .93 | 60 130 | 1952 2021 | strings, brass, flute | Symphony, Orchestral | classical, strings, instrumental | .9 | de
chamber music | classical | .25 .42 .15 .98 .97 | 60 125 | 1955 2020 | strings, cello, violin, piano | Chamber Music, String Quartet | classical, violin, cello, strings | .7 | de
opera | classical | .45 .42 .1 .95 .04 | 60 120 | 1950 2015 | strings, choir | Opera | opera, classical, choir | .5 | it it de fr
modern classical | classical | .15 .32 .1 .92 .97 | 55 110 | 1990 2023 | piano, strings | Modern Classical, Neoclassical | piano, classical, ambient | .7 | de
soundtrack | | .4 .4 .2 .65 .9 | 60 130 | 1970 2023 | strings, brass, choir | Soundtrack, Film Score | classical, instrumental, ambient | .8 | en
techno | electronic, dance | .85 .42 .85 .02 .9 | 124 142 | 1988 2023 | synthesizer | Techno | techno, electronic, House, beat | 1.1 | en
house | electronic, dance | .75 .62 .92 .03 .6 | 118 128 | 1986 2023 | synthesizer | House, Deep House | House, electronic, dance | 1.2 | en
trance | electronic, dance | .85 .58 .78 .02 .7 | 132 145 | 1993 2020 | synthesizer | Trance | techno, electronic, dance | .7 | en
drum and bass | electronic, dance | .9 .5 .75 .03 .7 | 165 178 | 1992 2023 | synthesizer, drums | Drum & Bass, Drum and Bass | electronic, drums, beat, fast | .7 | en
trip hop | electronic | .4 .3 .6 .15 .25 | 70 100 | 1991 2012 | synthesizer, drums | Trip-Hop | chillout, electronic, female vocalists | .6 | en
synthwave | electronic | .65 .5 .65 .02 .8 | 85 125 | 2008 2023 | synthesizer | Synthwave | electronic, 80s, synth | .5 | en
ambient | electronic | .08 .42 .08 .45 .96 | 50 100 | 1975 2023 | synthesizer | Ambient | ambient, chillout, slow, quiet | 1.1 | en
drone | ambient, electronic | .06 .22 .04 .4 .98 | 50 80 | 1980 2022 | synthesizer | Drone | ambient, experimental, slow | .3 | en
new age | | .12 .55 .12 .7 .93 | 50 95 | 1978 2015 | harp, flute, synthesizer, piano | New Age | new age, ambient, slow, flute | .5 | en
rap | hip hop | .7 .48 .8 .06 .0 | 80 105 | 1986 2023 | drums | Rap, Hip-Hop/Rap | Hip-Hop, male vocalists, beat | 1.8 | en en en en de fr es it
trap | hip hop | .65 .35 .75 .04 .01 | 130 150 | 2012 2023 | drums, synthesizer | Trap | Hip-Hop, electronic, beat | .7 | en en fr it es de
lo fi | hip hop | .2 .45 .55 .4 .93 | 70 90 | 2012 2023 | piano, drums | Lo-Fi, Lofi Hip Hop | chillout, chill, Hip-Hop, beat | .7 | en
reggae | | .5 .7 .75 .3 .04 | 70 90 | 1969 2015 | bass, drums, organ | Reggae | Mellow, guitar | .8 | en
dub | reggae | .4 .5 .65 .12 .65 | 68 85 | 1973 2012 | bass, drums | Dub | electronic, chill, instrumental | .4 | en
afrobeat | world music | .75 .75 .85 .35 .15 | 100 125 | 1970 2023 | drums, brass, saxophone | Afrobeat | drums, funk | .5 | en
"""  # noqa: E501  one line a genre
PROFILES: tuple[GenreProfile, ...] = tuple(_profile(line) for line in _LINES.split("\n") if line)
