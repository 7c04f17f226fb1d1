"""Whether a clip is a recording or a hum, decided with scripted ears."""

from dataclasses import dataclass, field

import pytest

from humming_fake import contour
from knowledge.errors import UnreadableAudio
from knowledge.fingerprint.models import Certainty, Recognised
from knowledge.melody.models import Contour, HumAnswer, HumHit, HumKind, HumOutcome, HumProblem
from knowledge.recognition.models import ClipAnswer
from tools.clip_naming import ClipEars, ClipKind, NamedClip, name_clip

pytestmark = pytest.mark.unit
HIT = HumHit("Suzanne", "Leonard Cohen", 0.8, 0.0, 8.0)
UNKNOWN = ClipAnswer(Recognised((), 8.0))
KNOWN = ClipAnswer(Recognised((), 8.0), named="Take Five", certainty=Certainty.CERTAIN)


@dataclass(slots=True)
class Ears:
    """A clip of which all answers are known beforehand."""

    heard: Contour = field(default_factory=contour)
    recording: ClipAnswer = UNKNOWN
    outcome: HumOutcome = HumOutcome.FOUND
    sung: str = ""
    deaf: bool = False
    logged: list[bool] = field(default_factory=list)
    transcripts: list[str] = field(default_factory=list)

    async def recognise(self, log: bool) -> ClipAnswer:
        self.logged.append(log)
        return self.recording

    async def listen(self) -> Contour:
        if self.deaf:
            raise UnreadableAudio("The model is damaged.")
        return self.heard

    async def tune(self, transcript: str) -> HumAnswer:
        self.transcripts.append(transcript)
        offered = {HumOutcome.AGAIN: 0, HumOutcome.FOUND: 1, HumOutcome.AMBIGUOUS: 2}[self.outcome]
        return HumAnswer(self.outcome, self.heard, (HIT, HIT), offered)

    async def words(self) -> str:
        return self.sung

    async def name(self, kind: ClipKind = "any", *, log: bool = True) -> NamedClip:
        ears = ClipEars(self.recognise, self.listen, self.tune, self.words)
        return await name_clip(ears, kind, log=log)


async def test_a_band_is_a_recording_and_logged_at_once() -> None:
    ears = Ears(contour(hum_like=0.1), KNOWN)
    assert await ears.name() == NamedClip(KNOWN)
    assert (ears.logged, ears.transcripts) == ([True], [])


async def test_an_unknown_band_is_kept_as_an_unknown_recording() -> None:
    ears = Ears(contour(hum_like=0.1))
    assert (await ears.name()).hum is None
    assert ears.logged == [True]


async def test_a_lone_voice_that_is_a_known_recording_is_that_recording() -> None:
    ears = Ears(recording=KNOWN)
    assert await ears.name() == NamedClip(KNOWN)
    assert (ears.logged, ears.transcripts) == ([False, True], [])


async def test_a_hum_is_never_logged() -> None:
    ears = Ears()
    named = await ears.name()
    assert named.hum is not None
    assert named.hum.hits[0] is HIT
    assert ears.logged == [False]


async def test_a_voice_that_fits_no_tune_is_a_hum_only_when_that_is_clear() -> None:
    clear = Ears(contour(hum_like=0.95), outcome=HumOutcome.AGAIN)
    assert (await clear.name()).hum is not None
    doubtful = Ears(contour(hum_like=0.6), outcome=HumOutcome.AGAIN)
    assert (await doubtful.name()).hum is None
    assert (clear.logged, doubtful.logged) == ([False], [False, True])


@pytest.mark.parametrize("problem", list(HumProblem))
async def test_what_has_a_problem_is_a_recording_unless_it_is_said_to_be_hummed(
    problem: HumProblem,
) -> None:
    ears = Ears(contour(problem=problem), outcome=HumOutcome.AGAIN)
    assert (await ears.name()).hum is None
    assert (await ears.name("hum")).hum is not None
    assert True not in ears.logged[1:], "what is said to be hummed is not logged"


async def test_what_is_said_to_be_hummed_may_be_a_known_recording() -> None:
    ears = Ears(contour(problem=HumProblem.NO_TUNE, hum_like=0.0), KNOWN)
    assert await ears.name("hum") == NamedClip(KNOWN)


async def test_a_recording_is_not_taken_for_a_hum_when_it_is_said_to_be_one() -> None:
    ears = Ears()
    assert (await ears.name("recording")).hum is None


async def test_without_the_ear_for_hums_recordings_are_named() -> None:
    ears = Ears(recording=KNOWN, deaf=True)
    assert await ears.name() == NamedClip(KNOWN)
    with pytest.raises(UnreadableAudio):
        await ears.name("hum")


async def test_words_are_asked_for_only_when_the_tune_does_not_tell() -> None:
    found = Ears(sung="takes you down")
    await found.name("hum")
    doubtful = Ears(sung="takes you down", outcome=HumOutcome.AMBIGUOUS)
    await doubtful.name("hum")
    wordless = Ears(outcome=HumOutcome.AMBIGUOUS)
    await wordless.name("hum")
    whistled = Ears(contour(kind=HumKind.WHISTLE), sung="x y z", outcome=HumOutcome.AMBIGUOUS)
    await whistled.name("hum")
    assert found.transcripts == wordless.transcripts == whistled.transcripts == [""]
    assert doubtful.transcripts == ["", "takes you down"]
