"""Decoding among the library's names finds one that free decoding misses."""

import contextlib
from collections.abc import AsyncIterator

import numpy as np
import pytest
import pytest_asyncio

from voice.stt.hypotheses import OPENINGS, hypotheses, with_spelled
from voice.stt.names import NameIndex, SpokenName
from voice.stt.phrase_book import PhraseBook, Spelled
from voice.stt.whisper import WhisperTranscriber
from voice_models import said, whisper_weights

NAMES = NameIndex(
    [
        SpokenName("Compass", "track", "The Machines"),
        SpokenName("Comfort", "track", "The Meadows"),
        SpokenName("Sade", "artist"),
        SpokenName("Erykah Badu", "artist"),
        SpokenName("pause", "command"),
    ]
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whisper() -> AsyncIterator[WhisperTranscriber]:
    transcriber = WhisperTranscriber(whisper_weights())
    await transcriber.start()
    yield transcriber
    with contextlib.suppress(OSError):
        await transcriber.close()


def _book() -> PhraseBook:
    book = NAMES.book(OPENINGS)
    assert book is not None
    return book


@pytest.mark.unit
def test_the_book_holds_names_alone_and_with_their_artist_but_no_commands() -> None:
    names = _book().names

    assert "Compass" in names
    assert "Compass by The Machines" in names
    assert "pause" not in names


@pytest.mark.unit
def test_the_same_names_make_the_same_book() -> None:
    other = NameIndex([SpokenName("Sade", "artist")]).book(OPENINGS)

    assert NAMES.book(OPENINGS) == _book()
    assert other is not None
    assert other.key != _book().key


@pytest.mark.unit
def test_a_request_that_was_spelled_becomes_a_reading_with_its_lead() -> None:
    found = (Spelled("Play some Erykah Badu", -4.0), Spelled("Play some Sade", -9.0))

    readings = with_spelled((), found, "Place some aerial bad do.", NAMES)

    assert [one.text for one in readings] == ["Play some Erykah Badu.", "Play some Sade."]
    assert [one.lead for one in readings] == [5.0, -5.0]
    assert readings[0].names[0].text == "Erykah Badu"


@pytest.mark.unit
def test_a_reading_that_was_found_by_sound_as_well_is_there_once() -> None:
    by_sound = hypotheses("Play Erica Badu.", NAMES)

    both = with_spelled(by_sound, (Spelled("Play Erykah Badu", -4.0),), "Play Erica Badu.", NAMES)

    same = [one for one in both if one.text == "Play Erykah Badu."]
    assert len(same) == 1
    assert same[0].lead is not None
    assert same[0].span == by_sound[0].span


@pytest.mark.unit
def test_a_name_that_is_usual_needs_more_of_the_sound() -> None:
    rare, usual = Spelled("Play Sade", -9.0, prior=-20.0), Spelled("Play it", -7.0, prior=-2.0)

    assert rare.evidence > usual.evidence


@pytest.mark.model
@pytest.mark.asyncio(loop_scope="module")
async def test_in_silence_a_common_request_is_likelier_than_a_rare_one(
    whisper: WhisperTranscriber,
) -> None:
    heard = await whisper.transcribe(said("Play Compass."), language="en")

    common, rare = await whisper.expect(
        heard.clip_id, ["Thank you.", "Play Erykah Badu."], language="en"
    )

    assert common > rare
    assert rare < 0


@pytest.mark.model
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "request_", ["Play Compass by The Machines.", "Play some Sade.", "Put on Erykah Badu."]
)
async def test_what_was_said_is_the_likeliest_of_the_library(
    whisper: WhisperTranscriber, request_: str
) -> None:
    heard = await whisper.transcribe(said(request_), language="en")

    spelled = await whisper.spell(heard.clip_id, _book(), heard=heard.text, language="en", limit=5)

    assert spelled[0].text == request_.rstrip(".")
    evidence = [one.evidence for one in spelled]
    assert evidence == sorted(evidence, reverse=True)
    assert np.exp(spelled[0].log_probability) < 1.0
    assert all(one.prior < 0 for one in spelled)
    assert len(spelled) <= 5
