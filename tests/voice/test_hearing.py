"""Names of the library survive; names that were not said are not made up."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from voice.audio import Samples
from voice.decision import utility
from voice.errors import ClipForgotten
from voice.hearing import NameAwareTranscriber
from voice.stt.hypotheses import Explained, Hypothesis
from voice.stt.names import NameIndex, SpokenName
from voice.stt.phrase_book import PhraseBook, Spelled
from voice.stt.transcriber import Transcript, Urgency

pytestmark = pytest.mark.unit

SOUND = np.zeros(16_000, np.float32)
ARTIST = SpokenName("Ólafur Arnalds", "artist")
LIBRARY = NameIndex([ARTIST, SpokenName("Oliver Nelson", "artist")])


@dataclass(frozen=True)
class TheseNames:
    names: NameIndex = LIBRARY

    def index(self) -> NameIndex:
        return self.names


@dataclass
class Whisperer:
    """Hears always the same and finds that texts fit as it is told."""

    hears: str
    fits: dict[str, float] = field(default_factory=dict)
    expects: dict[str, float] = field(default_factory=dict)
    forgets: bool = False
    language: str = "en"
    scored: list[Sequence[str]] = field(default_factory=list)
    spelled: list[str] = field(default_factory=list)
    name: str = "fake"

    async def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None = None,
        prompt: str = "",
        urgency: Urgency = Urgency.FINAL,
        who: str = "",
    ) -> Transcript:
        return Transcript(self.hears, self.language, 0.8, 0.0, 1.0, clip_id="0.1")

    async def score(
        self, clip_id: str, texts: Sequence[str], *, language: str, prompt: str = ""
    ) -> tuple[float, ...]:
        if self.forgets:
            raise ClipForgotten("gone")
        self.scored.append(texts)
        return tuple(self.fits.get(text, -40.0) for text in texts)

    async def spell(
        self, clip_id: str, book: PhraseBook, *, heard: str, language: str, limit: int = 12
    ) -> tuple[Spelled, ...]:
        if self.forgets:
            raise ClipForgotten("gone")
        self.spelled.append(heard)
        requests = [f"Play {name}" for name in book.names]
        found = [Spelled(text, self.fits.get(f"{text}.", -40.0)) for text in requests]
        return tuple(sorted(found, key=lambda one: -one.log_probability)[:limit])

    async def expect(
        self, clip_id: str, texts: Sequence[str], *, language: str
    ) -> tuple[float, ...]:
        return tuple(self.expects.get(text, 0.0) for text in texts)

    async def close(self) -> None:
        pass


async def test_a_misheard_name_is_put_right_when_the_sound_agrees() -> None:
    ears = Whisperer(
        "Play Oliver Arnold's.", {"Play Oliver Arnold's.": -4.0, "Play Ólafur Arnalds.": -4.5}
    )

    heard = await NameAwareTranscriber(ears, TheseNames()).transcribe(SOUND)

    assert heard.text == "Play Ólafur Arnalds."
    assert heard.heard == "Play Oliver Arnold's."


async def test_a_name_that_does_not_fit_the_sound_is_not_made_up() -> None:
    ears = Whisperer(
        "Play Oliver Arnold's.", {"Play Oliver Arnold's.": -2.0, "Play Ólafur Arnalds.": -30.0}
    )

    heard = await NameAwareTranscriber(ears, TheseNames()).transcribe(SOUND)

    assert heard.text == "Play Oliver Arnold's."
    assert heard.heard == ""


async def test_play_some_is_not_place_some() -> None:
    ears = Whisperer("Place something by Oliver Nelson.")

    heard = await NameAwareTranscriber(ears, TheseNames()).transcribe(SOUND)

    assert heard.text == "Play something by Oliver Nelson."


async def test_a_request_without_names_is_not_looked_into() -> None:
    ears = Whisperer("Pause.")

    heard = await NameAwareTranscriber(
        ears, TheseNames(), settled=lambda text: text == "Pause."
    ).transcribe(SOUND)

    assert heard.text == "Pause."
    assert ears.scored == []


async def test_partial_transcripts_are_passed_on_as_they_are() -> None:
    ears = Whisperer("Play Oliver Arn")

    heard = await NameAwareTranscriber(ears, TheseNames()).transcribe(
        SOUND, urgency=Urgency.PARTIAL
    )

    assert heard.text == "Play Oliver Arn"
    assert ears.scored == []


async def test_when_the_sound_is_gone_the_text_stays() -> None:
    ears = Whisperer("Play Oliver Arnold's.", forgets=True)

    heard = await NameAwareTranscriber(ears, TheseNames()).transcribe(SOUND)

    assert heard.text == "Play Oliver Arnold's."


async def test_an_empty_library_changes_nothing() -> None:
    ears = Whisperer("Play Oliver Arnold's.")

    heard = await NameAwareTranscriber(ears, TheseNames(NameIndex(()))).transcribe(SOUND)

    assert heard.text == "Play Oliver Arnold's."


@pytest.mark.parametrize(("language", "times"), [("en", 1), ("de", 0)])
async def test_only_english_is_spelled_as_a_usual_request(language: str, times: int) -> None:
    ears = Whisperer("Spiel Oliver Arnolds.", language=language)

    await NameAwareTranscriber(ears, TheseNames()).transcribe(SOUND)

    assert len(ears.spelled) == times


async def test_a_usual_request_for_a_known_name_is_not_doubted() -> None:
    ears = Whisperer("Play oliver nelson.")

    heard = await NameAwareTranscriber(ears, TheseNames()).transcribe(SOUND)

    assert heard.text == "Play Oliver Nelson."
    assert ears.scored == []


async def test_a_recogniser_that_cannot_score_only_has_its_spelling_mended() -> None:
    class Simple(Whisperer):
        async def transcribe(self, samples: Samples, **_: object) -> Transcript:
            return Transcript(self.hears, "en", 0.8, 0.0, 1.0)

    mended = await NameAwareTranscriber(Simple("Play Olaffur Arnalds."), TheseNames()).transcribe(
        SOUND
    )
    left = await NameAwareTranscriber(Simple("Play all of her art."), TheseNames()).transcribe(
        SOUND
    )

    assert mended.text == "Play Ólafur Arnalds."
    assert left.text == "Play all of her art."


def test_words_that_are_usual_anyway_say_less_for_a_reading() -> None:
    written = Explained(left=12)
    reading = Hypothesis("Play Ólafur Arnalds.", 0.8, 0.8, (ARTIST,), "ulafurarnalts", lead=3.0)

    rare, usual = (utility(reading, written, 0.8, -2.0, prior) for prior in (-20.0, 10.0))

    assert rare > usual


async def test_only_the_likeliest_readings_are_scored() -> None:
    crowd = NameIndex([SpokenName(f"Oliver Arnold {number}", "track") for number in range(40)])
    ears = Whisperer("Play all of our Arnold.")

    await NameAwareTranscriber(ears, TheseNames(crowd)).transcribe(SOUND)

    assert [len(texts) for texts in ears.scored] == [8]  # what was written is the first


def test_a_reading_is_likelier_the_better_it_fits_and_the_more_it_sounds_alike() -> None:
    written = Explained(left=12)
    near, far = (
        Hypothesis("Play Ólafur Arnalds.", like, like, (ARTIST,), "ulafurarnalts", lead=3.0)
        for like in (0.9, 0.6)
    )

    assert utility(near, written, 0.8, -1.0) > utility(near, written, 0.8, -9.0)
    assert utility(near, written, 0.8, -5.0) > utility(far, written, 0.8, -5.0)
    assert utility(near, written, 0.8, 0.0) > 0 > utility(far, written, 0.8, -30.0)
