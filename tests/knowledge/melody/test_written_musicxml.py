"""MusicXML, plain and compressed, and the traps that XML and zip files can be."""

import pytest

from knowledge.melody.written.models import TuneRefused
from knowledge.melody.written.musicxml import NoScore, read_musicxml
from melody_files import musicxml, mxl, xml_note

pytestmark = pytest.mark.unit
ATTRIBUTES = "<attributes><divisions>1</divisions></attributes>"


def measure(content: str, number: int = 1) -> str:
    return f'<measure number="{number}">{content}</measure>'


def scale(letters: str = "CDEFG") -> str:
    return "".join(map(xml_note, letters))


def pitches(data: bytes) -> list[int]:
    tune = read_musicxml(data)
    assert tune is not None
    return [int(pitch) for pitch in tune.lines[0].notes[:, 2]]


def test_title_composer_tempo_and_notes() -> None:
    tempo = '<direction><sound tempo="60"/></direction>'
    tune = read_musicxml(musicxml(measure(ATTRIBUTES + tempo + scale()), composer="J. S. Bach"))
    assert tune is not None
    assert (tune.title, tune.composer) == ("Twinkle", "J. S. Bach")
    assert tune.lines[0].notes[:, 0].tolist() == [0, 1, 2, 3, 4]
    assert tune.lines[0].notes[:, 2].tolist() == [60, 62, 64, 65, 67]


def test_compressed_scores_are_the_same() -> None:
    plain = musicxml(measure(ATTRIBUTES + scale()))
    assert pitches(mxl(plain)) == pitches(plain)


def test_ties_chords_grace_notes_and_a_second_voice() -> None:
    tie = xml_note("G", more='<tie type="start"/>') + xml_note("G", more='<tie type="stop"/>')
    grace = xml_note("A", more="<grace/>")
    chord = xml_note("E", 5, more="<chord/>")
    below = "<backup><duration>3</duration></backup>" + xml_note("C", 3).replace(
        "<voice>1", "<voice>2"
    )
    data = musicxml(measure(ATTRIBUTES + scale() + grace + tie + xml_note("C", 5) + chord + below))
    assert pitches(data) == [60, 62, 64, 65, 67, 67, 76]


def test_repeats_and_endings_are_played() -> None:
    forward = '<barline location="left"><repeat direction="forward"/></barline>'
    first = '<barline><ending number="1" type="start"/></barline>'
    back = '<barline><ending number="1" type="stop"/><repeat direction="backward"/></barline>'
    second = '<barline><ending number="2" type="start"/></barline>'
    data = musicxml(
        measure(ATTRIBUTES + scale("CC"))
        + measure(forward + scale("DE"))
        + measure(first + scale("F") + back)
        + measure(second + scale("G"))
    )
    assert pitches(data) == [60, 60, 62, 64, 65, 62, 64, 67]


def test_scores_by_measure_are_read() -> None:
    data = (
        "<score-timewise><measure><part id='P1'>" + ATTRIBUTES + scale() + "</part></measure>"
        "</score-timewise>"
    ).encode()
    assert pitches(data) == [60, 62, 64, 65, 67]


def test_other_xml_is_no_score() -> None:
    with pytest.raises(NoScore):
        read_musicxml(b"<rss><channel/></rss>")


def test_entities_are_refused_before_they_grow() -> None:
    lol = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 40))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><score-partwise>&l39;</score-partwise>'
    with pytest.raises(TuneRefused, match="entities"):
        read_musicxml(bomb.encode())
    file = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><score-partwise/>'
    with pytest.raises(TuneRefused, match="entities"):
        read_musicxml(file)


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(TuneRefused, match="32 MB"):
        read_musicxml(mxl(b"<score-partwise>" + b" " * 40_000_000))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and nothing else",
        mxl(b"<score-partwise>", name="../../etc/passwd"),
        b"<score-partwise><part><measure>",
        b"\xff\xfe\x00",
        b"<?xml version='1.0' encoding='no-such'?><score-partwise/>",
        b"<a>" * 1000,
    ],
    ids=["no zip", "path", "cut off", "bytes", "encoding", "deep"],
)
def test_what_is_damaged_is_refused(data: bytes) -> None:
    with pytest.raises(TuneRefused):
        read_musicxml(data)


def test_a_score_without_notes_is_no_tune() -> None:
    rest = "<note><rest/><duration>4</duration></note>"
    assert read_musicxml(musicxml(measure(ATTRIBUTES + rest))) is None


def test_absurd_numbers_are_harmless() -> None:
    strange = "<attributes><divisions>0</divisions></attributes>" + xml_note("C", 99) + xml_note(
        "C", quarters=10**12
    )  # fmt: skip
    assert len(pitches(musicxml(measure(strange + scale())))) >= 5


def test_a_damaged_entry_is_refused() -> None:
    data = bytearray(mxl(musicxml(measure(ATTRIBUTES + scale()))))
    place = data.rindex(b"score.xml", 0, data.rindex(b"PK\x01\x02"))
    data[place + 40 : place + 60] = bytes(20)
    with pytest.raises(TuneRefused):
        read_musicxml(bytes(data))
