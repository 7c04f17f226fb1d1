"""What is ruled out, and what only looks like it."""

import pytest

from knowledge.analysis.sound import Axis
from knowledge.wishes import parse_wish


@pytest.mark.unit
@pytest.mark.parametrize(
    "said",
    [
        "rock but no metal", "Rock, aber kein Metal", "rock pero nada de metal",
        "du rock mais pas de metal", "rock ma niente metal", "rock mas sem metal",
        "rock maar geen metal", "rock ale bez metalu", "rock men ingen metal",
        "メタル以外のロック", "摇滚，不要金属", "रॉक, मेटल नहीं",
    ],
)  # fmt: skip
def test_one_genre_is_wished_for_and_the_other_not(said: str) -> None:
    wish = parse_wish(said)
    assert (wish.genres, wish.not_genres) == (("rock",), ("metal",))


@pytest.mark.unit
@pytest.mark.parametrize(
    "said",
    [
        "nothing with vocals", "ohne Gesang", "sin voz", "sans paroles", "senza voce", "sem voz",
        "zonder zang", "bez wokalu", "utan sång", "ボーカルなし", "没有人声", "गायन के बिना",
    ],
)  # fmt: skip
def test_nobody_sings(said: str) -> None:
    assert parse_wish(said).vocal is False


@pytest.mark.unit
def test_a_list_is_ruled_out_as_a_whole() -> None:
    assert parse_wish("no rock, metal or punk").not_genres == ("rock", "metal", "punk")
    wish = parse_wish("jazz, no rock, piano")
    assert wish.genres == ("jazz",)
    assert wish.not_genres == ("rock",)
    assert wish.instruments == ("piano",)


@pytest.mark.unit
def test_not_too_much_leaves_some() -> None:
    wish = parse_wish("not too energetic")
    assert wish.axes == {Axis.ENERGY: (0.0, 0.6)}
    assert wish.not_moods == ()
    assert parse_wish("not energetic").not_moods == ("energetic",)
    quiet_piano = parse_wish("not too loud piano")
    assert quiet_piano.instruments == ("piano",)
    assert quiet_piano.axes[Axis.ENERGY][1] < 0.5


@pytest.mark.unit
def test_but_ends_what_is_ruled_out() -> None:
    wish = parse_wish("not rock but jazz")
    assert (wish.genres, wish.not_genres) == (("jazz",), ("rock",))


@pytest.mark.unit
def test_words_that_nobody_knows_are_ruled_out_too() -> None:
    assert parse_wish("jazz without vuvuzelas").not_words == ("vuvuzelas",)
    assert parse_wish("nothing by Taylor Swift please").not_words == ("Taylor Swift",)
    assert parse_wish("keine Weihnachtslieder").not_words == ("christmas",)
    assert parse_wish("nothing from the 80s").not_words == ("1980-1989",)
    assert parse_wish("pop, but not in French").not_words == ("french",)


@pytest.mark.unit
def test_verbs_that_are_negated_rule_nothing_out() -> None:
    for said in (
        "I can't sleep", "Ich kann nicht einschlafen", "no puedo dormir", "non riesco a dormire",
    ):  # fmt: skip
        wish = parse_wish(said)
        assert wish.activity == "sleep", said
        assert (wish.not_moods, wish.not_words) == ((), ()), said
    assert parse_wish("for my workout, nothing sleepy").not_moods == ("sleep",)


@pytest.mark.unit
def test_idioms_rule_nothing_out() -> None:
    assert parse_wish("why not some jazz?").genres == ("jazz",)
    assert parse_wish("t'aurais pas un peu de jazz ?").genres == ("jazz",)
    assert parse_wish("it doesn't have to be rock").not_genres == ()


@pytest.mark.unit
@pytest.mark.parametrize(
    "said",
    [
        "not over 120 bpm", "nicht über 120 BPM", "que no pase de 120 bpm", "pas plus de 120 bpm",
        "non oltre 120 bpm", "não mais que 120 bpm", "niet boven de 120 bpm",
        "nie więcej niż 120 bpm", "inte över 120 bpm", "120BPM以下", "不超过120 BPM",
    ],
)  # fmt: skip
def test_a_limit_that_is_denied_is_the_other_limit(said: str) -> None:
    wish = parse_wish(f"{said}, pop")
    assert wish.tempo_bpm == (30.0, 120.0)
    assert wish.genres == ("pop",)


@pytest.mark.unit
@pytest.mark.parametrize(
    "said",
    [
        "the opposite of sad", "das Gegenteil von traurig", "lo contrario de triste",
        "le contraire de triste", "il contrario di triste", "o contrário de triste",
        "het tegenovergestelde van verdrietig", "motsatsen till sorgligt",
        "przeciwieństwo smutnego",
    ],
)  # fmt: skip
def test_the_opposite_is_wished_for(said: str) -> None:
    assert parse_wish(said).moods == ("happy",)


@pytest.mark.unit
@pytest.mark.parametrize(
    "said",
    [
        "house, but no deep house", "House, aber kein Deep House", "house pero no deep house",
        "ディープハウス以外のハウス", "浩室音乐，但不要深浩室",
    ],
)  # fmt: skip
def test_a_kind_is_ruled_out_and_its_genre_stays(said: str) -> None:
    wish = parse_wish(said)
    assert wish.genres == ("house",)
    assert wish.not_genres == ("deep house",)


@pytest.mark.unit
def test_a_kind_that_nobody_knows_is_ruled_out_by_its_words() -> None:
    wish = parse_wish("house but no bouncy house")
    assert wish.genres == ("house",)
    assert wish.not_words == ("bouncy house",)


@pytest.mark.unit
@pytest.mark.parametrize("said", ["no French rap", "nada de rap francés", "フランス語のラップは嫌"])
def test_what_describes_a_genre_is_ruled_out_with_it(said: str) -> None:
    wish = parse_wish(said)
    assert wish.not_genres == ("rap",)
    assert wish.not_words == ("french",)
    assert not wish.language
