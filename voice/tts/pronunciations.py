"""Names that an English speaker of this voice says wrong from their letters alone.

In the phonemes of hibari's voice; see `voice.tts.letter_sounds`. Keys are lower case and without
accents. A name counts only where it begins with a capital letter.
"""

import re
import unicodedata
from functools import cache
from typing import Final

_NAMES: Final = """
久石譲 = ʤˈO hˌisIˈiʃi
周杰倫 = ʤˈA ʧˈW
坂本龍一 = ɹiˈuɪʧi sˌɑkəmˈOTO
宇多田ヒカル = utˈɑdə hˈikəɹu
森山直太朗 = mˌɔɹijˈɑmə nˌWtˈɑɹO
米津玄師 = jOnˈɛzu kˈɛnʃi
abba = ˈæbə
agætis byrjun = ˈWɡItɪs bˈɪɹjən
amadeus = ˌɑmədˈAəs
andrea bocelli = ɑndɹˈAə bOʧˈɛli
antonin = ˈæntənin
antonio carlos jobim = æntˈOniO kˈɑɹlOs ʒObˈim
arnalds = ˈɑɹnɑldz
arvo part = ˈɑɹvO pˈɛɹt
astor piazzolla = ˈæstɔɹ pˌiətsˈOlə
autobahn = ˈWTObɑn
ave maria = ˈɑvA məɹˈiə
avicii = əvˈiʧi
aznavour = ˌæznəvˈʊɹ
bartok = bˈɑɹtɑk
beethoven = bˈAtOvən
berlioz = bˈɛɹliOz
besame mucho = bˈAsəmA mˈuʧO
beyonce = biˈɑnsA
bizet = bizˈA
bjork = bjˈɔɹk
bolero = bəlˈɛɹO
bon iver = bˈOn ivˈɛɹ
bruckner = bɹˈʊknəɹ
buena vista = bwˈAnə vˈistə
cafe = kæfˈA
caetano veloso = kITˈɑnO vəlˈOsO
camille = kəmˈil
charles aznavour = ʃˈɑɹl ˌæznəvˈʊɹ
chopin = ʃˈOpæn
clair de lune = klˌɛɹ də lˈun
concierto de aranjuez = kˌɑnʧˈɛɹtO dA ɑɹənhwˈAz
danse macabre = dˈɑns məkˈɑbɹə
debussy = dˈɛbjusˌi
deja vu = dˌAʒɑ vˈu
despacito = dˌɛspəsˈiTO
die toten hosen = dˌi tˈOtən hˈOzən
die zauberflote = dˌi tsˈWbəɹflˌɜtə
django = ʤˈæŋɡO
du hast = dˈu hˈɑst
dvorak = dvˈɔɹʒɑk
edith piaf = Adˈit piˈɑf
edvard = ˈɛdvɑɹd
eine kleine nachtmusik = ˈInə klˈInə nˈɑktmuzˌik
einaudi = InˈWdi
einsturzende neubauten = ˈInʃtˌʊɹtsəndə nˈYbWtən
el condor pasa = ɛl kˈɑndɔɹ pˈɑsə
ennio morricone = ˈɛniO mˌɔɹikˈOnA
enrique = ɛnɹˈikA
enya = ˈɛnjə
erik satie = ˈɛɹɪk sɑtˈi
etude = ˈAtud
eumir deodato = jumˈɪɹ dˌAədˈɑtO
falco = fˈælkO
faure = fɔɹˈA
fonsi = fˈɑnsi
francoise hardy = fɹɑnswˈɑz hɑɹdˈi
frederic = fɹˈɛdɹɪk
frideric = fɹˈɛdɹɪk
fur elise = fˌʊɹ əlˈizə
gainsbourg = ɡˌænzbˈʊɹ
garota de ipanema = ɡəɹˈOTə ʤi ˌipənˈAmə
georg = ɡˈAɔɹɡ
georges bizet = ʒˈɔɹʒ bizˈA
getz = ɡˈɛts
ghibli = ʤˈɪbli
giacomo = ʤˈɑkəmO
gilberto = ʒɪlbˈɛɹtO
gillespie = ɡɪlˈɛspi
giuseppe = ʤəsˈɛpi
glosoli = ɡlˈOsOli
gnossienne = nˌɑsiˈɛn
gnossiennes = nˌɑsiˈɛnz
goethe = ɡˈɜɹTə
grieg = ɡɹˈiɡ
guantanamera = ɡwˌɑntɑnəmˈɛɹə
gustav = ɡˈʊstɑv
gymnopedie = ʒˌɪmnəpˈAdi
gymnopedies = ʒˌɪmnəpˈAdiz
haim = hˈIm
haydn = hˈIdᵊn
hikaru = hˈikəɹu
hildur guðnadottir = hˈɪldəɹ ɡwˈʊðnədˌOTəɹ
hisaishi = hˌisIˈiʃi
hoppipolla = hˈɑpipˌOtlə
hozier = hˈOziəɹ
igor = ˈiɡɔɹ
ipanema = ˌipənˈAmə
ives = ˈIvz
jacques brel = ʒˈɑk bɹˈɛl
jacques = ʒˈɑk
janacek = jˈɑnəʧɛk
jarre = ʒˈɑɹ
joao gilberto = ʒwˈWn ʒɪlbˈɛɹtO
joga = jˈOɡə
johann = jˈOhɑn
johannes = jOhˈɑnəs
johannsson = jˈOhɑnsən
jobim = ʒObˈim
julio iglesias = hˈuliO ɪɡlˈAsiəs
karajan = kˈæɹəjɑn
khruangbin = kɹˈʌŋbɪn
kodaly = kˈOdI
kraftwerk = kɹˈæftvɛɹk
kygo = kˈiɡO
la mer = lɑ mˈɛɹ
la traviata = lɑ tɹˌɑviˈɑTə
la vie en rose = lɑ vˈi ɑn ɹˈOz
lamar = ləmˈɑɹ
lieder = lˈidəɹ
liszt = lˈɪst
lizzo = lˈɪzO
lorde = lˈɔɹd
ludovico = lˌudəvˈikO
ludwig = lˈudvɪɡ
luftballons = lˈʊftbɑlˌOnz
luis fonsi = luˈis fˈɑnsi
macarena = mˌækəɹˈAnə
maurice ravel = mɔɹˈis ɹəvˈɛl
mehldau = mˈɛldW
menuet = mɛnjuˈA
mogwai = mˈɑɡwI
moog = mˈOɡ
moriyama = mˌɔɹijˈɑmə
motorhead = mˈOTəɹhˌɛd
mozart = mˈOtsɑɹt
mylene farmer = milˈɛn fɑɹmˈɛɹ
naotaro = nˌWtˈɑɹO
ne me quitte pas = nə mə kˈit pˈɑ
nena = nˈAnə
nessun dorma = nɛsˈun dˈɔɹmə
nils frahm = nˈɪls fɹˈɑm
non je ne regrette rien = nˈOn ʒə nə ɹəɡɹˈɛt ɹiˈɛn
nujabes = nˈuʤəbɛs
o sole mio = O sˌOlA mˈiO
olafur = ˈOləvəɹ
pagliacci = pɑljˈɑʧi
palestrina = pˌæləstɹˈinə
pavarotti = pˌævəɹˈɑTi
phoebe = fˈibi
piaf = piˈɑf
prelude = pɹˈAlud
prokofiev = pɹəkˈOfiɛf
puccini = puʧˈini
purcell = pəɹsˈɛl
rachmaninoff = ɹɑkmˈɑnɪnɔf
rachmaninov = ɹɑkmˈɑnɪnɔf
rammstein = ɹˈɑmstIn
ravel = ɹəvˈɛl
reinhardt = ɹˈInhɑɹt
richter = ɹˈɪktəɹ
rosalia = ɹˌOzəlˈiə
royksopp = ɹˈYksɑp
ryuichi = ɹiˈuɪʧi
sade = ʃˌɑdˈA
saint-saens = sˌænsˈɑns
saint saens = sˌænsˈɑns
sakura = sˈɑkəɹə
satie = sɑtˈi
schoenberg = ʃˈɜɹnbɜɹɡ
schonberg = ʃˈɜɹnbɜɹɡ
scriabin = skɹiˈɑbɪn
serge gainsbourg = sˈɛɹʒ ɡˌænzbˈʊɹ
sergei = sˈɛɹɡA
shakira = ʃəkˈiɹə
sia = sˈiə
sibelius = sɪbˈAliəs
sigur ros = sˈɪɡəɹ ɹˈOs
sinead = ʃɪnˈAd
siouxsie = sˈuzi
smetana = smˈɛtənə
staralfur = stˈWɹˌWlvəɹ
stravinsky = stɹəvˈɪnski
stromae = stɹOmˈI
sufjan = sˈufjɑn
tallis = tˈælɪs
tchaikovsky = ʧIkˈɔfski
telemann = tˈAləmɑn
thelonious = θəlˈOniəs
tiesto = tiˈɛstO
tiersen = tɪɹsˈɛn
utada = utˈɑdə
vangelis = væŋɡˈɛlɪs
verdi = vˈɛɹdi
villa-lobos vˈilə = lˈObOs
vivaldi = vɪvˈɑldi
wagner = vˈɑɡnəɹ
winterreise = vˈɪntəɹɹˌIzə
wolfgang = wˈʊlfɡæŋ
yann = jˈɑn
zaz = zˈæz
zimmer = zˈɪməɹ
"""


@cache
def pronunciations() -> dict[str, str]:
    """Phonemes by folded name."""
    lines = (line.partition(" = ") for line in _NAMES.strip().splitlines())
    return {name: sounds for name, _, sounds in lines}


def pronunciation_of(name: str) -> str:
    """The phonemes of a name that `name_pattern` found."""
    return pronunciations()[name.replace(",", "")]


@cache
def name_pattern() -> re.Pattern[str]:
    """Finds every known name in folded text, the longest first."""
    names = sorted(pronunciations(), key=len, reverse=True)
    either = "|".join(",? ".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def folded(text: str) -> str:
    """`text` in lower case without accents, each character in its place."""
    return "".join(_fold(one) for one in text)


@cache
def _fold(one: str) -> str:
    plain = unicodedata.normalize("NFD", one)[0].lower()
    return plain if len(plain) == 1 else one
