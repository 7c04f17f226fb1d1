"""How written things are said: what this assistant really answers, and what stands in titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.tts.initials import LETTER_MARK
from voice.tts.reading import spell_out

_REPLIES = {
    "Playing Take Five by Dave Brubeck.": "Playing Take Five by Dave Brubeck.",
    "Take Five is from 1959.": "Take Five is from nineteen fifty nine.",
    "It is 3:42 long, with 1:05 left.": (
        "It is three minutes and forty two seconds long, with one minute and five seconds left."
    ),
    "From 1:02:45 on.": "From one hour, two minutes and forty five seconds on.",
    "Now at 1:30.": "Now at one minute and thirty seconds.",
    "You are 0:45 into it.": "You are forty five seconds into it.",
    "You played Help! by The Beatles yesterday at 20:15.": (
        "You played Help by The Beatles yesterday at eight fifteen P M."
    ),
    "You heard Blackbird on 3 November at 09:05.": (
        "You heard Blackbird on November third at nine oh five A M."
    ),
    "You heard Blackbird at 00:00.": "You heard Blackbird at midnight.",
    "I found 1,204 tracks.": "I found one thousand two hundred four tracks.",
    "The volume is at 50 %.": "The volume is at fifty percent.",
    "That makes me 97 percent sure.": "That makes me ninety seven percent sure.",
    'Say "undo" to get it back.': "Say undo to get it back.",
    "Which one: 1 to 4?": "Which one: one to four?",
    "I asked 3.2 of the 5.0 seconds.": "I asked three point two of the five point zero seconds.",
    "Why Does My Heart Feel So Bad? by Moby is paused.": (
        "Why Does My Heart Feel So Bad by Moby is paused."
    ),
    "Losing My Religion by R.E.M. What else?": "Losing My Religion by R E M. What else?",
}
_TITLES = {
    "1999 by Prince": "nineteen ninety nine by Prince",
    "99 Luftballons": "ninety nine Luftballons",
    "music from the 80s, the '90s and the 1970s": (
        "music from the eighties, the nineties and the nineteen seventies"
    ),
    "Summer of '69": "Summer of sixty nine",
    "Piano Sonata No. 14 in C# minor, Op. 27 No. 2": (
        "Piano Sonata number fourteen in C sharp minor, opus twenty seven number two"
    ),
    "Goldberg Variations, BWV 988: Aria": "Goldberg Variations, B W V nine eighty eight: Aria",
    "Cello Suite No. 1, BWV 1007: I. Prélude": (
        "Cello Suite number one, B W V ten oh seven: one, Prélude"
    ),
    "Nocturne in E-flat major": "Nocturne in E flat major",
    "Concerto in A": "Concerto in A",
    "Crazy in Love (feat. Jay-Z)": "Crazy in Love, featuring Jay Zee",
    "Verdi vs. Wagner & Sons": "Verdi versus Wagner and Sons",
    "Hayloft II by Mother Mother": "Hayloft two by Mother Mother",
    "Led Zeppelin IV": "Led Zeppelin four",
    "Henry VIII": "Henry the eighth",
    "Part II, Chapter X": "Part two, Chapter ten",
    "Malcolm X": "Malcolm X",
    "St. James Infirmary": "Saint James Infirmary",
    "I Feel Fine": "I Feel Fine",
    "AC/DC": "A C D C",
    "ABBA and R.E.M. Live": "Abba and R E M Live",
    "J. S. Bach": "J S Bach",
    "U2, M83, UB40 and The B-52's": "U two, M eighty three, U B forty and The B fifty twos",
    "blink-182": "blink one eighty two",
    "4'33\" by John Cage": "four minutes and thirty three seconds by John Cage",
    '12" mix': "twelve inch mix",
    "Sgt. Pepper's Lonely Hearts Club Band (Remastered 2015)": (
        "Sergeant Pepper's Lonely Hearts Club Band, Remastered twenty fifteen"
    ),
    "Rock 'n' Roll": "Rock and Roll",
    "R&B": "R and B",
    "P!nk": "Pink",
    "#1 at 128 BPM, 44.1 kHz, 24-bit": (
        "number one at one hundred twenty eight beats per minute, forty four point one kilohertz,"
        " twenty four bit"
    ),
    "Blue Monday - 2016 Remaster — Live": "Blue Monday, twenty sixteen Remaster, Live",
    "HUMBLE. by Kendrick Lamar": "Humble by Kendrick Lamar",
    "1959–1962, 3/4": "nineteen fifty nine to nineteen sixty two, three four",
    "Sonata No.2, Op.35; Op. 8/1": "Sonata number two, opus thirty five; opus eight number one",
    "Disc 1/2, 7/11, 1/2": "Disc one of two, seven eleven, one half",
    "867-5309": "eight six seven five three oh nine",
    "World War I and WWII": "World War one and World War two",
    "(I Can't Get No) Satisfaction": "I Can't Get No Satisfaction",
    "El Condor Pasa (If I Could) by Simon": "El Condor Pasa, If I Could, by Simon",
    "2026-11-23": "November twenty third, twenty twenty six",
    "March 3, 1967": "March third, nineteen sixty seven",
}


@pytest.mark.unit
@pytest.mark.parametrize(("written", "said"), list((_REPLIES | _TITLES).items()))
def test_is_said_as_a_person_would(written: str, said: str) -> None:
    assert spell_out(written).replace(LETTER_MARK, "") == said


@pytest.mark.unit
@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("**Take Five** 😀 🎵", "Take Five"),
        ("[Take Five](http://music.example/5) ", "Take Five"),
        ("See https://example.com/a?b=1 now", "See now"),
        ("😀", ""),
        ("...", ""),
        ("", ""),
    ],
)
def test_what_cannot_be_said_is_dropped(written: str, said: str) -> None:
    assert spell_out(written) == said


@pytest.mark.unit
def test_a_letter_is_marked_where_it_could_be_taken_for_the_article() -> None:
    assert spell_out("A minor, in a house") == f"A{LETTER_MARK} minor, in a house"


@pytest.mark.unit
def test_replies_in_another_language_keep_their_numbers() -> None:
    assert (
        spell_out("Es läuft **99 Luftballons** von Nena.", "de")
        == "Es läuft 99 Luftballons von Nena."
    )


@pytest.mark.unit
def test_names_of_other_scripts_are_left_to_the_voice() -> None:
    assert spell_out("Группа крови by Кино") == "Группа крови by Кино"


@pytest.mark.unit
@given(st.text(max_size=200))
def test_no_digit_and_no_markup_survives_whatever_comes_in(text: str) -> None:
    said = spell_out(text)
    assert not any(one in said for one in '0123456789*[]()"\n')
    assert said == said.strip()


@pytest.mark.unit
@pytest.mark.parametrize(
    "nasty", ["1" * 5_000, "(" * 3_000, "A." * 2_000, "9:99:99 " * 500, "I" * 4_000]
)
def test_nonsense_is_read_quickly_and_shortly(nasty: str) -> None:
    assert len(spell_out(nasty)) < 20_000
