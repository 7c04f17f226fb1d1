"""Titles and lines of songs in languages other than English, made of everyday words."""
# ruff: noqa: E501  a list of words a line

import random
from collections.abc import Mapping, Sequence

_WORDS: Mapping[str, str] = {
    "de": "Nacht Herz Liebe Regen Traum Stadt Himmel Meer Stern Feuer Wind Morgen Sommer Haus Licht "
    "Straße Wolke Fluss Leben Zeit Mond Garten Fenster Lied",
    "es": "noche corazón amor lluvia sueño ciudad cielo mar estrella fuego viento mañana verano casa "
    "luz calle nube río vida tiempo luna jardín ventana canción",
    "fr": "nuit coeur amour pluie rêve ville ciel mer étoile feu vent matin été maison lumière rue "
    "nuage rivière vie temps lune jardin fenêtre chanson",
    "it": "notte cuore amore pioggia sogno città cielo mare stella fuoco vento mattina estate casa "
    "luce strada nuvola fiume vita tempo luna giardino finestra canzone",
    "pt": "noite coração amor chuva sonho cidade céu mar estrela fogo vento manhã verão casa luz rua "
    "nuvem rio vida tempo lua jardim janela canção",
    "sv": "natt hjärta kärlek regn dröm stad himmel hav stjärna eld vind morgon sommar hus ljus gata "
    "moln flod liv tid måne trädgård fönster sång",
    "nl": "nacht hart liefde regen droom stad hemel zee ster vuur wind morgen zomer huis licht straat "
    "wolk rivier leven tijd maan tuin raam lied",
    "no": "natt hjerte kjærlighet regn drøm by himmel hav stjerne ild vind morgen sommer hus lys gate "
    "sky elv liv tid måne hage vindu sang",
    "ja": "夜 心 愛 雨 夢 街 空 海 星 火 風 朝 夏 家 光 道 雲 川 命 時 月 庭 窓 歌",
    "zh": "夜晚 心 爱 雨 梦 城市 天空 海 星星 火 风 早晨 夏天 家 光 路 云 河 生命 时间 月亮 花园 窗 歌",
    "hi": "रात दिल प्यार बारिश सपना शहर आसमान सागर तारा आग हवा सुबह गर्मी घर रोशनी राह बादल नदी ज़िंदगी "
    "समय चाँद बाग़ खिड़की गीत",
}
_PATTERNS: Mapping[str, tuple[str, ...]] = {
    "de": ("{0}", "Die {0} und ich", "Im {0}", "Ohne dich und {0}", "Ich und der {0}", "Mein {0}"),
    "es": ("{0}", "La {0} y tú", "Mi {0}", "El {0} de la {1}", "Sin ti en la {0}", "Por tu {0}"),
    "fr": (
        "{0}",
        "La {0} et toi",
        "Mon {0}",
        "Dans la {0}",
        "Sans toi et la {0}",
        "Le {0} de ma vie",
    ),
    "it": (
        "{0}",
        "La {0} e te",
        "Il mio {0}",
        "Senza {0} non c'è {1}",
        "Nel {0}",
        "Una {0} di {1}",
    ),
    "pt": ("{0}", "A {0} e você", "Meu {0}", "No {0} da {1}", "Sem você na {0}", "Uma {0} de {1}"),
    "sv": ("{0}", "Jag och {0}", "Min {0}", "Du är {0}", "Här i {0}", "En {0} för dig"),
    "nl": (
        "{0}",
        "Ik en de {0}",
        "Mijn {0}",
        "In de {0}",
        "Zonder jou geen {0}",
        "Het {0} van jou",
    ),
    "no": ("{0}", "Jeg og {0}", "Min {0}", "Du er {0}", "Her i {0}", "En {0} til deg"),
    "ja": ("{0}の{1}", "{0}と{1}", "{0}へ", "あの{0}", "{0}を探して", "きみの{0}"),
    "zh": ("{0}的{1}", "{0}与{1}", "我的{0}", "{0}里的{1}", "再见{0}", "{0}"),
    "hi": ("{0} और {1}", "मेरा {0}", "{0} की {1}", "वो {0}", "तेरा {0}", "{0}"),
}
_LINES: Mapping[str, tuple[str, ...]] = {
    "en": ("I saw the {0} beneath your {1}", "and all the {0} is gone with the {1}",
           "you never told me of the {0} and the {1}", "we were a {0} inside the {1}"),
    "de": ("ich sah die {0} und du warst nicht {1}", "und der {0} ist nur ein {1} für mich"),
    "es": ("yo no sé por qué la {0} se va con la {1}", "y tu {0} es un {1} en mi vida"),
    "fr": ("je ne sais pas pourquoi la {0} est dans la {1}", "et ton {0} est un {1} pour moi"),
    "it": ("non so perché la {0} è nella mia {1}", "e il tuo {0} non è che una {1} per me"),
    "pt": ("eu não sei por que a {0} vai com a {1}", "e o teu {0} é uma {1} para mim"),
    "sv": ("jag vet inte var {0} är och du är min {1}", "och det är en {0} som har en {1}"),
    "nl": ("ik weet niet waar de {0} is en jij bent mijn {1}", "en het is een {0} van de {1}"),
    "no": ("jeg vet ikke hvor {0} er og du er min {1}", "og det er ikke en {0} som har en {1}"),
    "ja": ("あの{0}に{1}が見える", "きみと{0}の{1}を歩いた"),
    "zh": ("我看见{0}里的{1}", "你的{0}是我的{1}"),
    "hi": ("मेरे {0} में तेरा {1} है", "वो {0} और वो {1} कहाँ गए"),
}  # fmt: skip
_ENGLISH_WORDS = """
garden mirror candle harbour lantern meadow thunder feather window whisper ladder orchard
river engine pocket violet copper winter marble paper island shadow ribbon kitchen compass
"""
_ENGLISH = tuple(_ENGLISH_WORDS.split())


def made_title(language: str, rng: random.Random) -> str:
    """A title; "" for a language without words here, English included."""
    words = _WORDS.get(language, "").split()
    if not words:
        return ""
    title = rng.choice(_PATTERNS[language]).format(rng.choice(words), rng.choice(words))
    return title[0].upper() + title[1:]


def made_lyrics(language: str, rng: random.Random) -> str:
    """Eight lines, two of them the refrain; "" for a language without words here."""
    patterns = _LINES.get(language)
    if patterns is None:
        return ""
    words = _WORDS.get(language, "").split() or list(_ENGLISH)
    small = [word for pattern in patterns for word in pattern.split() if "{" not in word]
    lines = [_line(rng, patterns, words, small) for _ in range(6)]
    return "\n".join(
        (lines[0], lines[1], lines[2], lines[3], lines[0], lines[1], lines[4], lines[5])
    )


def _line(
    rng: random.Random, patterns: Sequence[str], words: Sequence[str], small: Sequence[str]
) -> str:
    """A sentence as above, or words in a row, as songs have them."""
    if not small or rng.random() < _SENTENCES:
        pattern = rng.choice(patterns)
        return f"{pattern} {{2}}".format(*(rng.choice(words).lower() for _ in range(3)))
    count = rng.randint(5, 8)
    return " ".join(rng.choice((small, words)[place % 2]).lower() for place in range(count))


_SENTENCES = 0.3
