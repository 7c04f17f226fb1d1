"""Files of notation for tests, written byte by byte: MIDI, MusicXML and ABC."""

import io
import zipfile
from collections.abc import Sequence

TWINKLE = (60, 60, 67, 67, 69, 69, 67, 65, 65, 64, 64, 62, 62, 60)
"""The first two phrases of a French nursery rhyme of the 18th century, as MIDI numbers."""
BASS = (36, 43, 36, 43, 41, 36, 43, 36)


def midi_file(*tracks: bytes, division: int = 480, form: int = 1) -> bytes:
    header = b"MThd" + (6).to_bytes(4, "big")
    header += form.to_bytes(2, "big") + len(tracks).to_bytes(2, "big") + division.to_bytes(2, "big")
    return header + b"".join(b"MTrk" + len(track).to_bytes(4, "big") + track for track in tracks)


def midi_track(
    pitches: Sequence[int],
    *,
    name: str = "",
    channel: int = 0,
    ticks: int = 480,
    tempo_us: int | None = None,
    running: bool = False,
) -> bytes:
    """One note after the other, each `ticks` long."""
    data = b""
    if name:
        data += b"\x00\xff\x03" + bytes([len(name)]) + name.encode()
    if tempo_us is not None:
        data += b"\x00\xff\x51\x03" + tempo_us.to_bytes(3, "big")
    for place, pitch in enumerate(pitches):
        on = b"" if running and place else bytes([0x90 | channel])
        off = b"" if running else bytes([0x80 | channel])
        data += b"\x00" + on + bytes([pitch, 90]) + _wait(ticks) + off + bytes([pitch, 0])
    return data + b"\x00\xff\x2f\x00"


def _wait(ticks: int) -> bytes:
    return bytes([0x80 | ticks >> 7, ticks & 0x7F])


def musicxml(
    measures: str, *, title: str = "Twinkle", head: str = "", composer: str = "Nobody"
) -> bytes:
    """A score of one part with these measures."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN"
 "partwise.dtd">{head}
<score-partwise version="4.0"><work><work-title>{title}</work-title></work>
<identification><creator type="composer">{composer}</creator></identification>
<part-list><score-part id="P1"><part-name>Voice</part-name></score-part></part-list>
<part id="P1">{measures}</part></score-partwise>""".encode()


def xml_note(step: str, octave: int = 4, *, quarters: int = 1, more: str = "") -> str:
    """A note; one division is a quarter."""
    return (
        f"<note>{more}<pitch><step>{step}</step><octave>{octave}</octave></pitch>"
        f"<duration>{quarters}</duration><voice>1</voice></note>"
    )


def mxl(score: bytes, name: str = "score.xml") -> bytes:
    """A compressed score."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "META-INF/container.xml",
            f'<container><rootfiles><rootfile full-path="{name}"/></rootfiles></container>',
        )
        archive.writestr(name, score)
    return packed.getvalue()


ABC_TUNE = """X:1
T:Drowsy Maggie
C:Trad.
M:4/4
L:1/8
Q:1/4=120
K:Edor
|:E2BE dEBE|E2BE AFDF:|
"""
