"""Activities as data, and how what is known of them is weighed."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from knowledge.analysis.sound import Axis
from knowledge.errors import ActivitiesRejected
from knowledge.recommend.activities import Activities
from knowledge.recommend.frame import nearness
from knowledge.recommend.moments import Moment, moments_of
from knowledge.recommend.suiting import in_step
from knowledge.recommend.surroundings import activity_at

NAMED = (
    "workout", "running", "study", "focus", "sleep", "relax", "commute", "party", "dinner",
    "cooking", "morning", "cleaning",
)  # fmt: skip


@pytest.mark.unit
def test_every_profile_says_where_it_comes_from() -> None:
    known = Activities.read()
    assert set(NAMED) <= set(known.names)
    for name in known.names:
        activity = known.named(name)
        assert activity is not None
        assert activity.evidence
        assert activity.axes


@pytest.mark.unit
def test_activities_have_other_names() -> None:
    known = Activities.read()
    assert known.named("Gym") == known.named("workout")
    assert known.named("deep work") == known.named("focus")
    assert known.named("") is None
    assert known.named("skydiving") is None


@pytest.mark.unit
def test_own_profiles_add_to_the_shipped_ones(tmp_path: Path) -> None:
    own = tmp_path / "activities.toml"
    own.write_text(
        "[sleep]\naxes = { energy = [0.8, 1.0] }\n"
        '[skydiving]\ntempo = [150, 180]\nalso = ["jump"]\n'
    )
    known = Activities.read(own)
    sleep, jump = known.named("sleep"), known.named("jump")
    assert sleep is not None
    assert sleep.axes == {Axis.ENERGY: (0.8, 1.0)}
    assert jump is not None
    assert jump.tempo_bpm == (150, 180)
    assert known.named("party") is not None
    assert Activities.read(tmp_path / "missing.toml").names == Activities.read().names


@pytest.mark.unit
@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        "sleep = 1",
        "[sleep]\ncolour = 'red'",
        "[sleep]\naxes = { energy = [0.5, 0.1] }",
        "[sleep]\naxes = { energy = [0, 2] }",
        "[sleep]\naxes = { nonsense = [0, 1] }",
        "[sleep]\ntempo = [0, 1e9]",
        "[sleep]\ntempo = ['a', 'b']",
        "[sleep]\nweights = { energy = -1 }",
        "[sleep]\nweights = { nonsense = 1 }",
        "x" * 300_000,
    ],
)
def test_a_mistake_in_own_profiles_is_named(tmp_path: Path, text: str) -> None:
    own = tmp_path / "activities.toml"
    own.write_text(text)
    with pytest.raises(ActivitiesRejected, match=r"activities\.toml"):
        Activities.read(own)


@pytest.mark.unit
def test_one_runs_in_step_at_the_cadence_or_at_half_of_it() -> None:
    bpm = np.asarray([165, 169, 171, 82.5, 84.9, 120, np.nan], np.float32)
    assert in_step(bpm, 165.0).tolist() == [True, True, False, True, True, False, False]


@pytest.mark.unit
def test_nearness_fades_outside_of_a_stretch() -> None:
    values = np.asarray([0.3, 0.5, 0.675, 0.9], np.float32)
    assert nearness(values, (0.2, 0.5), 0.35).tolist() == pytest.approx([1, 1, 0.5, 0])


@pytest.mark.unit
def test_moments_are_parts_of_the_day_on_kinds_of_days() -> None:
    sunday = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
    assert Moment.of(sunday) == Moment("evening", weekend=True)
    assert Moment.of(sunday).words == "in the evening at the weekend"
    assert Moment.named("monday morning", sunday).part == "morning"
    assert Moment.named("", sunday) == Moment.of(sunday)
    parts, weekend = moments_of(np.asarray([sunday.timestamp()]), UTC)
    assert (int(parts[0]), bool(weekend[0])) == (4, True)
    monday_night = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    assert Moment.of(monday_night) == Moment("night", weekend=False)


@pytest.mark.unit
def test_a_place_says_what_one_does_there() -> None:
    assert activity_at("Gym") == "workout"
    assert activity_at("") == activity_at("moon") == ""
