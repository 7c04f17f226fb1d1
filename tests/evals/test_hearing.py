"""How hearing is measured: names, requests, noise, scoring."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evals.documentation import describe
from evals.errors import EvaluationImpossible
from evals.hearing.asking import TEXT, Heard, hear, read
from evals.hearing.calibration import asks_for, names_asked
from evals.hearing.clips import Clip
from evals.hearing.failures import main
from evals.hearing.folders import piper_voice, whisper_weights
from evals.hearing.measure import QUICK, HearingEvaluation
from evals.hearing.names import Name, Names, names_of, part_of
from evals.hearing.noises import CLEAN, NOISE_10, NoiseBank, mixed, room, speech_rms, spoiled
from evals.hearing.real_speech import Order, SlotCounts, count_slots
from evals.hearing.requests import SpokenRequest, make_requests
from evals.hearing.resolving import Verdict, open_resolver
from evals.hearing.scoring import metrics, plot, tables
from evals.hearing.voices import CROWD, VOICES, Voice
from evals.hearing.words import WordErrors, distance, holds, spoken_words
from evals.progress import SilentProgress
from evals.runner import run_evaluation
from knowledge.folding import fold
from voice.audio import HEARING_RATE_HZ, Samples
from voice.stt.transcriber import Transcript

_BACH = Name(
    "Johann Sebastian Bach", "Air on the G String", "The Best of Bach", "Classical", "real"
)
_QUEEN = Name("Queen", "Under Pressure", "The Best of Queen", "Rock", "real")
_NOBODY = Name("Zora Quell", "Lantern Parade", "Nowhere", "Pop", "made")


def _request(text: str, name: Name, kind: Any = "track", *, present: bool = True) -> SpokenRequest:
    return SpokenRequest(text, text, kind, name, present)


def _tone(seconds: float) -> Samples:
    time_s = np.arange(round(seconds * HEARING_RATE_HZ)) / HEARING_RATE_HZ
    return (0.3 * np.sin(2 * np.pi * 440 * time_s)).astype(np.float32)


class _Parrot:
    """Hears what it was told to hear, whatever the sound."""

    name = "parrot"

    def __init__(self, *texts: str) -> None:
        self._texts: Iterator[str] = iter(texts)

    async def transcribe(self, samples: Samples, **_: Any) -> Transcript:
        return Transcript(next(self._texts), "en", 0.9, 0.0, len(samples) / HEARING_RATE_HZ)

    async def close(self) -> None:
        pass


@pytest.mark.unit
def test_words_are_compared_apart_from_how_they_are_written() -> None:
    errors = WordErrors()
    errors.add("Play Für Elise, No. 5!", "play fur elise number five")
    assert errors.rate == 0.0
    errors.add("Play Dvořák", "Lay a Dvorak")
    assert (errors.words, errors.wrong) == (7, 2)
    assert spoken_words("Mr. Tambourine Man & No") == ["mister", "tambourine", "man", "and", "no"]
    assert distance(["a", "b"], []) == 2
    assert WordErrors().rate == 0.0


@pytest.mark.unit
def test_a_slot_is_heard_when_its_words_stand_together() -> None:
    counts = SlotCounts()
    order = Order(Path("x"), {"size": "twelve ounce", "roast": "light roast", "milk": "milk"})
    count_slots(counts, order, "A 12 ounce latte, light, dark roast, with milky foam.")
    assert (counts.slots, counts.heard) == (3, 1)
    assert counts.missed == {"light roast": 1, "milk": 1}
    assert holds("Whole milk please", "whole milk")


@pytest.mark.unit
def test_names_of_development_and_test_never_meet() -> None:
    dev, test = names_of("dev"), names_of("test")
    artists = {fold(name.artist) for name in (*dev.asked, *dev.absent)}
    assert not artists & {fold(name.artist) for name in (*test.asked, *test.absent)}
    for names in (dev, test):
        held = {fold(draft.artists[0]) for draft in names.library}
        assert {fold(name.artist) for name in names.asked} <= held
        assert not {fold(name.artist) for name in names.absent} & held
        assert len(names.library) > 4000
    assert part_of("Queen") == part_of("Queen")
    assert names_of("dev").library == dev.library


@pytest.mark.unit
def test_requests_hold_what_they_are_about_and_more_of_them_begin_alike() -> None:
    names = names_of("dev")
    few, more = make_requests(names, "dev", 20), make_requests(names, "dev", 60)
    assert [one.text for one in few if one.present] == [one.text for one in more[:20]]
    assert sum(not one.present for one in more) == 12
    assert {one.kind for one in more} == {"track", "artist", "album"}
    assert {one.name.source for one in more} == {"real", "made", "demo"}
    for one in more:
        wanted = {"track": one.name.title, "artist": one.name.artist, "album": one.name.album}
        assert wanted[one.kind] in one.text
    assert any(one.said != one.text for one in more)


@pytest.mark.unit
def test_nobody_speaks_in_both_splits_or_in_the_crowd() -> None:
    speakers = [voice for split in VOICES.values() for voices in split.values() for voice in voices]
    assert len(set(speakers)) == len(speakers)
    assert not set(speakers) & set(CROWD)
    assert {voice.engine for voice in speakers} == {"hibari", "flite", "piper", "espeak"}


@pytest.mark.unit
def test_noise_lies_as_far_under_the_speech_as_said() -> None:
    speech = np.concatenate([np.zeros(8000, np.float32), _tone(1.0), np.zeros(8000, np.float32)])
    noise = np.random.default_rng(1).standard_normal(len(speech))
    both = mixed(speech, noise, 10.0)
    quiet = float(np.sqrt(np.mean(np.square(both[:8000]))))
    loud = float(np.sqrt(np.mean(np.square(both[8000:24_000]))))
    assert 20 * np.log10(np.sqrt(loud**2 - quiet**2) / quiet) == pytest.approx(10.0, abs=0.3)
    assert speech_rms(speech) == pytest.approx(0.3 / np.sqrt(2), rel=0.02)
    assert both.dtype == np.float32


@pytest.mark.unit
def test_conditions_keep_the_length_and_are_the_same_each_time() -> None:
    bank = NoiseBank((_tone(2.0),), tuple(_tone(1.0 + number) for number in range(5)))
    speech = _tone(1.5)
    for condition in (CLEAN, NOISE_10):
        one = spoiled(speech, condition, bank, np.random.default_rng(3))
        other = spoiled(speech, condition, bank, np.random.default_rng(3))
        assert np.array_equal(one, other)
        assert one.shape == speech.shape
    assert np.array_equal(spoiled(speech, CLEAN, bank, np.random.default_rng(3)), speech)
    echoing = room(
        np.concatenate([_tone(0.2), np.zeros(8000, np.float32)]), np.random.default_rng(1)
    )
    assert np.abs(echoing[4000:6000]).max() > 0.001  # it goes on sounding


@pytest.mark.integration
async def test_what_was_heard_is_judged_by_what_plays(tmp_path: Path) -> None:
    library = [name.draft() for name in (_BACH, _QUEEN)]
    sound = _tone(0.1)
    clips = [
        Clip(request, Voice("hibari"), CLEAN, sound)
        for request in (
            _request("Play Under Pressure by Queen.", _QUEEN),
            _request("Play Queen.", _QUEEN, "artist"),
            _request("Play Air on the G String.", _BACH),
            _request("Play Under Pressure by Queen.", _QUEEN),
            _request("Play Lantern Parade by Zora Quell.", _NOBODY, present=False),
            _request("Play Lantern Parade by Zora Quell.", _NOBODY, present=False),
        )
    ]
    said = (
        "Play Under Pressure by Queen.",
        "Play Queen.",
        "Play under pressure",
        "Do I have Under Pressure by Queen?",
        "Play Lantern Parade by Zora Quell.",
        "Play Under Pressure.",
    )
    async with open_resolver(tmp_path, library) as resolver:
        heard = [one async for one in hear(clips, {"aware": _Parrot(*said)}, resolver)]
        typed = [one async for one in read([clips[0].request], resolver)]
    verdicts = [one.verdict for one in heard]
    assert verdicts[:4] == [Verdict.RIGHT, Verdict.RIGHT, Verdict.WRONG, Verdict.FOUND]
    assert [one.resolved for one in heard[:4]] == [True, True, False, True]
    assert [one.invented for one in heard] == [False] * 5 + [True]
    assert (typed[0].system, typed[0].verdict) == (TEXT, Verdict.RIGHT)


@pytest.mark.unit
def test_every_number_of_the_synthetic_part_is_documented() -> None:
    right, absent = _request("Play Queen", _QUEEN, "artist"), _request("x", _NOBODY, present=False)
    heard = [
        _heard("aware", right, Verdict.RIGHT),
        _heard("aware", absent, Verdict.NOTHING),
        _heard("unbiased", right, Verdict.ASKED),
        _heard("unbiased", absent, Verdict.WRONG, acted=True),
        _heard(TEXT, right, Verdict.RIGHT),
    ]
    found = metrics(heard, (CLEAN,))
    assert found["titles.clean"] == 1.0
    assert found["titles.unbiased.clean"] == 0.0
    assert found["titles.margin.clean"] == 1.0
    assert (found["invented"], found["invented.unbiased"]) == (0.0, 1.0)
    assert found["titles.clean.hibari"] == 1.0
    assert [name for name in found if describe("hearing", name) is None] == []
    assert tables(heard, (CLEAN,))[0].rows[0][:4] == ("aware", CLEAN, 1, 1.0)
    assert plot(heard, (CLEAN,)).series[0].y == (1.0,)


def _heard(system: str, request: SpokenRequest, verdict: Verdict, *, acted: bool = False) -> Heard:
    return Heard(
        system, request, "hibari", "hibari", CLEAN, "play queen", "", verdict, "", acted, 10.0
    )


@pytest.mark.unit
def test_only_the_development_split_is_for_looking_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "--dev" in capsys.readouterr().err


@pytest.mark.unit
def test_only_names_of_the_split_are_asked_for() -> None:
    names = Names((_QUEEN,), (_NOBODY,), (_QUEEN.draft(), _BACH.draft()))
    requests = make_requests(names, "test", 5)
    assert {one.name.artist for one in requests if one.present} == {"Queen"}


@pytest.mark.evals
def test_a_quick_run_is_documented_and_better_than_whisper_alone() -> None:
    try:
        whisper_weights(), piper_voice()
    except EvaluationImpossible as missing:
        pytest.skip(str(missing))
    outcome = run_evaluation(HearingEvaluation(), quick=True, progress=SilentProgress())
    found = outcome.report.metrics
    assert outcome.undocumented == ()
    assert QUICK.split == "dev"
    assert found["titles.text"] > 0.9
    assert found["titles.clean"] > found["titles.unbiased.clean"]


@pytest.mark.evals
@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Put on Under Pressure by Queen.", True),
        ("Play the song under pressure by queen", True),
        ("Under Pressure by Queen is what I hate.", False),
        ("Play Under Pressure by Bowie.", False),
        ("Play Queen.", False),
        ("Blame Under Pressure by Queen.", False),
    ],
)
def test_a_reading_is_right_when_it_asks_for_the_same_thing(text: str, right: bool) -> None:
    asked = names_asked(_request("Play Under Pressure by Queen.", _QUEEN))

    assert asks_for(text, asked) is right


@pytest.mark.evals
def test_of_what_is_not_there_no_reading_is_right() -> None:
    absent = _request("Play Lantern Parade.", _NOBODY, present=False)

    assert names_asked(absent) == []
    assert not asks_for("Play Lantern Parade.", [])
