"""Conditions said the way people say them: after the thing, in words, in short forms."""

import pytest

from knowledge.wishes import parse_wish

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "said",
    [
        "1975 to 1979", "nineteen seventy-five to nineteen seventy-nine", "from '75 to '79",
        "neunzehnhundertfünfundsiebzig bis neunzehnhundertneunundsiebzig", "Punk von 75 bis 79",
        "de mil novecientos setenta y cinco a mil novecientos setenta y nueve", "punk del 75 al 79",
        "de mille neuf cent soixante-quinze à mille neuf cent soixante-dix-neuf",
        "dal millenovecentosettantacinque al millenovecentosettantanove", "punk dal 75 all'79",
        "de mil novecentos e setenta e cinco a mil novecentos e setenta e nove",
        "van negentienhonderdvijfenzeventig tot negentienhonderdnegenenzeventig",
        "lata od tysiąc dziewięćset siedemdziesiątego piątego do 1979",
        "od 75 do 79", "från nittonhundrasjuttiofem till nittonhundrasjuttionio",
        "75年から79年のパンク", "千九百七十五年から千九百七十九年", "一九七五年到一九七九年的歌",
        "उन्नीस सौ पचहत्तर से उन्नीस सौ उन्यासी तक",
    ],
)  # fmt: skip
def test_years_in_words_and_in_two_digits(said: str) -> None:
    assert parse_wish(said).years == (1975, 1979)


@pytest.mark.parametrize(
    "said",
    [
        "from the sixties to the eighties", "von den 60ern bis zu den 80ern",
        "de los sesenta a los ochenta", "des années 60 aux années 80", "60年代から80年代まで",
        "dagli anni sessanta agli anni ottanta", "od lat 60 do lat 80", "六十年代到八十年代",
        "60 के दशक से 80 के दशक तक",
    ],
)  # fmt: skip
def test_decades_up_to_decades(said: str) -> None:
    assert parse_wish(said).years == (1960, 1989)


@pytest.mark.parametrize(
    "said",
    [
        "boleros de los años cincuenta y sesenta", "de jaren vijftig en zestig",
        "femtio- och sextiotalet", "五六十年代的歌", "पचास और साठ के दशक के गाने",
        "canzoni degli anni cinquanta e sessanta",
    ],
)  # fmt: skip
def test_two_decades_share_their_noun(said: str) -> None:
    assert parse_wish(said).years == (1950, 1969)


def test_two_digits_that_count_something_are_no_years() -> None:
    for said in ("from 77 to 82 bpm", "75 songs", "nach 45 Minuten", "über 65", "70 or 75 minutes"):
        assert parse_wish(said).years is None, said


def test_on_ends_a_clause_or_means_nothing() -> None:
    assert parse_wish("music from 1990 on, no rap").years == (1990, 9999)
    assert parse_wish("90s songs on vinyl").years == (1990, 1999)
    assert parse_wish("des chansons des années deux mille").years == (2000, 2009)
    assert parse_wish("dès 1995").years == (1995, 9999)


@pytest.mark.parametrize(
    "said",
    [
        "jazz, saxophone not please", "Jazz, Saxofon nicht bitte", "jazz, pero saxofón no",
        "jazz mais saxo non", "jazz, il sassofono no", "jazz, mas saxofone não",
        "jazz maar saxofoon niet", "jazz ale saksofon nie", "jazz men saxofon inte",
        "爵士，萨克斯不要", "jazz. Saxofon find ich furchtbar", "du jazz, le saxo ça me gave",
        "jazz, el saxofón me pone nervioso", "jazz, hou op, de saxofoon hoeft niet",
    ],
)  # fmt: skip
def test_not_after_what_it_rules_out(said: str) -> None:
    wish = parse_wish(said)
    assert wish.genres == ("jazz",)
    assert (wish.instruments, wish.not_instruments) == ((), ("saxophone",))


def test_questions_that_only_sound_negative() -> None:
    for said in (
        "flamenco, no?",
        "有没有弗拉门戈",
        "能不能放弗拉门戈",
        "フラメンコかけてくれない?",
    ):
        wish = parse_wish(said)
        assert (wish.genres, wish.not_genres) == (("flamenco",), ()), said


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("宇多田ヒカル以外のJポップ", "宇多田ヒカル"), ("流行歌,周杰伦的除外", "周杰伦"),
        ("पॉप, अरिजीत सिंह के अलावा", "अरिजीत सिंह"),
        ("pop maar niet van Marco Borsato", "Marco Borsato"),
        ("Pop, Helene Fischer kann ich nicht mehr hören", "Helene Fischer"),
    ],
)  # fmt: skip
def test_unknown_names_ruled_out_by_what_follows(said: str, name: str) -> None:
    assert parse_wish(said).not_words == (name,)


def test_a_limit_of_the_tempo_stands_right_before_it() -> None:
    assert parse_wish("muzyka do 120 bpm").tempo_bpm == (30, 120)
    tempo = parse_wish("muzyka do biegania 160 bpm").tempo_bpm
    assert tempo is not None
    assert tempo[0] > 150


def test_a_comma_ends_what_not_may_reach() -> None:
    for said in ("No, play some jazz", "one song is enough, jazz", "Nein, nicht, lieber Jazz"):
        wish = parse_wish(said)
        assert (wish.genres, wish.not_genres) == (("jazz",), ()), said


def test_swedish_play_is_no_choir() -> None:
    assert parse_wish("kör reggae").instruments == ()
    assert parse_wish("klassiskt med kör").instruments == ("choir",)


def test_hindi_in_latin_letters() -> None:
    wish = parse_wish("90 ke dashak ke gaane bajao, rap mat lagana")
    assert (wish.said_in, wish.years, wish.not_genres) == ("hi", (1990, 1999), ("rap",))
