"""Requests in eight European languages, as people say them, mean what they mean in English.

The cases (`cases/CODE.tsv`: request, intent, slots) were written before the grammars. A slot
called "any" may be any slot: without a library nobody knows whether "Nena" sings or is a song.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.understanding import Understander, Understanding
from agent.understanding.pivot.words import plain
from agent.understanding.request import DialogueContext

pytestmark = pytest.mark.unit

LANGUAGES = ("de", "es", "fr", "it", "pt", "nl", "pl", "sv")
CASES = Path(__file__).parent / "cases"
ANSWERS = {"select_result", "reject_result", "reject_all", "confirm", "deny"}
NO_MUSIC = {"out_of_scope", "play_other_media", "search_other_media"}


@pytest.fixture(scope="module")
def understander() -> Understander:
    return Understander()


def cases(code: str) -> Iterator[tuple[str, str, str]]:
    for line in (CASES / f"{code}.tsv").read_text("utf-8").splitlines():
        text, intent, slots = line.split("\t")
        yield text, intent, slots


def context(intent: str) -> DialogueContext:
    return DialogueContext(has_results=intent in ANSWERS, is_playing=intent != "out_of_scope")


def says(understood: Understanding, slots: str) -> bool:
    for slot, _, value in (each.partition("=") for each in slots.split(";") if each):
        values = [
            plain(v) for name, vs in understood.slots.items() if slot in {"any", name} for v in vs
        ]
        if plain(value) not in values:
            return False
    return True


@pytest.mark.parametrize("code", LANGUAGES)
def test_requests_mean_what_they_say(understander: Understander, code: str) -> None:
    asked = [case for case in cases(code) if case[1] != "out_of_scope"]
    wrong = []
    for text, intent, slots in asked:
        understood = understander.understand(text, context(intent))
        if understood.intent != intent or not says(understood, slots):
            wrong.append((text, intent, understood.intent, dict(understood.slots)))
    assert len(asked) >= 120
    assert len(wrong) <= 0.03 * len(asked), wrong


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_not_about_music_is_not_claimed(understander: Understander, code: str) -> None:
    other = [text for text, intent, _ in cases(code) if intent == "out_of_scope"]
    claimed = [text for text in other if understander.understand(text).intent not in NO_MUSIC]
    assert len(other) >= 40
    assert claimed == []


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Spiel Stop von den Spice Girls", "play Stop by Spice Girls"),
        ("pon Pausa de Ricky Martin", "play Pausa by Ricky Martin"),
        ("mets Stop des Spice Girls", "play Stop by Spice Girls"),
        ("metti Avanti di Dargen D'Amico", "play Avanti by Dargen D'Amico"),
        ("toca Volta do Gilberto Gil", "play Volta by Gilberto Gil"),
        ("speel Stop van de Spice Girls", "play Stop by Spice Girls"),
        ("zagraj Cisza zespołu Kamp", "play Cisza by Kamp"),
        ("spela Högre med Ola", "play Högre by Ola"),
    ],
)
def test_a_name_that_looks_like_a_command_is_a_name(
    understander: Understander, text: str, english: str
) -> None:
    assert understander.translate(text).english == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("weck mich morgen um halb acht mit Jazz", "wake me up tomorrow at 7:30 with Jazz"),
        ("stell den Wecker auf 6:45 Uhr", "wake me up at 6:45"),
        ("maak me wakker om kwart voor zeven", "wake me up at 6:45"),
        ("väck mig imorgon klockan halv åtta", "wake me up tomorrow at 7:30"),
        ("obudź mnie jutro o wpół do ósmej", "wake me up tomorrow at 7:30"),
        ("réveille-moi à sept heures et demie", "wake me up at 7:30"),
        ("despiértame a las siete y media de la mañana", "wake me up at 7:30 am"),
        ("svegliami alle sette e mezza", "wake me up at 7:30"),
        ("me acorda amanhã às sete e meia", "wake me up tomorrow at 7:30"),
        ("arrête la musique dans une demi-heure", "stop in 30 minutes"),
        ("was lief vor dreiundzwanzig Minuten", "what was playing 23 minutes ago"),
    ],
)
def test_times_are_said_as_english_reads_them(
    understander: Understander, text: str, english: str
) -> None:
    assert understander.translate(text).english == english


@pytest.mark.parametrize(
    ("said", "recognised"),
    [
        ("Könntest du bitte etwas leiser machen?", "konntest du bitte etwas leiser machen"),
        ("¿Qué canción está sonando?", "que cancion esta sonando"),
        ("Baisse un peu, s'il te plaît !", "baisse un peu s il te plait"),
        ("Ścisz trochę muzykę", "scisz troche muzyke"),
        ("Höj volymen lite grann", "hoj volymen lite grann"),
    ],
)
def test_accents_and_signs_do_not_matter(
    understander: Understander, said: str, recognised: str
) -> None:
    written, heard = understander.translate(said), understander.translate(recognised)
    assert written.found
    assert (written.language, written.english) == (heard.language, heard.english)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("spiel Nena und dann etwas leiser bitte", ["play Nena", "turn it down a bit"]),
        ("pon Shakira y sube el volumen", ["play Shakira", "turn it up"]),
        ("mets du jazz et baisse le son", ["play jazz", "turn it down"]),
        ("metti Vasco Rossi e abbassa un po'", ["play Vasco Rossi", "turn it down a bit"]),
        ("speel jazz en zet het zachter", ["play jazz", "turn it down"]),
    ],
)
def test_two_requests_of_one_sentence_are_told_apart(
    understander: Understander, text: str, parts: list[str]
) -> None:
    assert [part.english for part in understander.translate(text).parts] == parts
