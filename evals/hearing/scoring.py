"""Numbers out of what was heard. "aware" is the product; "unbiased" is Whisper by itself."""

from collections.abc import Callable, Iterable, Sequence

from evals.evaluation import Cell, Plot, Series, Table
from evals.hearing.asking import TEXT, Heard
from evals.hearing.noises import CLEAN
from evals.hearing.resolving import Verdict
from evals.hearing.systems import AWARE, UNBIASED
from evals.hearing.voices import ENGINES, ROBOT
from evals.hearing.words import WordErrors
from evals.timing import percentile

_MIDDLE = {AWARE: "", UNBIASED: "unbiased."}


def share(heard: Iterable[Heard], wanted: Callable[[Heard], bool]) -> float:
    """Share of what is `wanted`; 0.0 of none."""
    counted = [wanted(one) for one in heard]
    return sum(counted) / len(counted) if counted else 0.0


def word_error_rate(heard: Iterable[Heard]) -> float:
    """Wrong words as a share of the words that were said."""
    errors = WordErrors()
    for one in heard:
        errors.add(one.request.text, one.transcript)
    return errors.rate


def metrics(heard: Sequence[Heard], conditions: Sequence[str]) -> dict[str, float]:
    """All numbers of the synthetic part by name."""
    found: dict[str, float] = {}
    for system, middle in _MIDDLE.items():
        mine = [one for one in heard if one.system == system]
        for condition in conditions:
            every = [one for one in mine if one.condition == condition]
            here = [one for one in every if one.engine != ROBOT]
            present = [one for one in here if one.request.present]
            found[f"titles.{middle}{condition}"] = share(present, lambda one: one.resolved)
            found[f"wrong.{middle}{condition}"] = share(
                present, lambda one: one.verdict is Verdict.WRONG
            )
            found[f"wer.{middle}{condition}"] = word_error_rate(here)
            for engine in ENGINES:
                voiced = [one for one in every if one.engine == engine and one.request.present]
                name = f"titles.{middle}{condition}.{engine}"
                found[name] = share(voiced, lambda one: one.resolved)
        absent = [one for one in mine if not one.request.present and one.engine != ROBOT]
        found[f"invented{'.' * bool(middle)}{middle.rstrip('.')}"] = share(
            absent, lambda one: one.invented
        )
        costs = [one.cpu_ms for one in mine]
        found[f"cpu_ms.{middle}p50"] = percentile(costs, 50)
        found[f"cpu_ms.{middle}p95"] = percentile(costs, 95)
    for condition in conditions:
        found[f"titles.margin.{condition}"] = (
            found[f"titles.{condition}"] - found[f"titles.unbiased.{condition}"]
        )
    read = [one for one in heard if one.system == TEXT]
    found["titles.text"] = share([o for o in read if o.request.present], lambda one: one.resolved)
    found["invented.text"] = share(
        [o for o in read if not o.request.present], lambda one: one.invented
    )
    return found


def tables(heard: Sequence[Heard], conditions: Sequence[str]) -> tuple[Table, ...]:
    """How requests ended, by condition and by everything else; nothing about single ones."""
    return (
        Table(
            "How requests for what is in the library ended",
            ("system", "condition", "requests", *Verdict),
            tuple(
                (system, condition, len(here), *(_share_of(here, verdict) for verdict in Verdict))
                for system in _MIDDLE
                for condition in conditions
                if (here := _select(heard, system, condition))
            ),
        ),
        Table(
            "Right by group",
            ("group", "clips", *(f"{s} {c}" for s in _MIDDLE for c in conditions)),
            tuple(_group_rows(heard, conditions)),
        ),
    )


def plot(heard: Sequence[Heard], conditions: Sequence[str]) -> Plot:
    """The shares as bars."""
    series = tuple(
        Series(
            system,
            tuple(conditions),
            tuple(share(_select(heard, system, c), lambda one: one.resolved) for c in conditions),
        )
        for system in _MIDDLE
    )
    return Plot("Names resolved", "", "share of requests", series, y_range=(0.0, 1.0))


def _select(
    heard: Sequence[Heard], system: str, condition: str, *, every: bool = False
) -> list[Heard]:
    """What counts, or with `every` the robot's voice as well."""
    return [
        one
        for one in heard
        if one.system == system
        and one.condition == condition
        and one.request.present
        and (one.engine != ROBOT or every)
    ]


def _share_of(heard: Sequence[Heard], verdict: Verdict) -> float:
    return round(share(heard, lambda one: one.verdict is verdict), 4)


def _group_rows(heard: Sequence[Heard], conditions: Sequence[str]) -> Iterable[tuple[Cell, ...]]:
    ways: tuple[tuple[str, Callable[[Heard], str]], ...] = (
        ("voice", lambda one: one.voice),
        ("asks for", lambda one: one.request.kind),
        ("names", lambda one: one.request.name.source),
    )
    for what, key in ways:
        for group in sorted({key(one) for one in heard if one.system != TEXT}):
            mine = [one for one in heard if one.system != TEXT and key(one) == group]
            every = what == "voice"
            count = len(_select(mine, AWARE, CLEAN, every=every))
            shares = (
                round(share(_select(mine, system, condition, every=every), lambda o: o.resolved), 4)
                for system in _MIDDLE
                for condition in conditions
            )
            yield (f"{what}: {group}", count, *shares)
