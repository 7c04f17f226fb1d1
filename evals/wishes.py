"""Are wishes understood: requests of twelve languages, and real ones with marked descriptors."""

import ast
import csv
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.evaluation import Cell, EvalReport, Plot, Progress, Series, Table, each
from evals.timing import CpuTimes
from evals.understanding import DATA_VARIABLE, data_folder
from evals.wish_cases import LANGUAGES, read_cases, rules_out_rightly, wrong_fields
from knowledge.wish import MusicWish
from knowledge.wishes import parse_wish
from knowledge.wishes.genres import wider_than

_FILE = Path("recommendation", "deezer_intent", "MusicRecoIntent_dataset.csv")
_KINDS = ("Genre", "Mood", "Instrument", "Decade", "ListeningContext")
"""Descriptors that say what music; names of artists and songs are looked up in a library."""
_QUICK = 200
_POSITIVE = ("genres", "moods", "instruments")
_SINGLE = ("activity", "language", "time_of_day", "weather", "place")


@dataclass(frozen=True, slots=True)
class Described:
    """A real request."""

    said: str
    descriptors: tuple[tuple[str, str, bool], ...]
    """Kind, words, and whether it is wanted (else rejected)."""


class WishesEvaluation:
    """Whether every field of a wish is right, and what reading a request costs."""

    name = "wishes"
    summary = "Requests of twelve languages become the right conditions and moods"

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Measure the test halves of our own requests, and of real ones if they are here."""
        times = CpuTimes()
        _warm_up()
        metrics, tables = _own(times, progress)
        notes: list[str] = []
        rows = read_described("test")
        if rows is None:
            notes.append(
                f"MusicRecoIntent is not on this machine (set {DATA_VARIABLE} to the folder that "
                "holds recommendation/): only our own requests were measured."
            )
        else:
            rows = rows[:_QUICK] if quick else rows
            shares, table = _covered(each(progress, "MusicRecoIntent", rows), times)
            metrics |= shares
            tables.append(table)
        metrics |= times.metrics("cpu_ms")
        bars = [(code, metrics[f"wishes.{code}"]) for code in LANGUAGES]
        plot = Plot(
            "Requests understood in every field",
            "language",
            "share",
            (Series("test", tuple(code for code, _ in bars), tuple(share for _, share in bars)),),
        )
        return EvalReport(metrics, tuple(tables), (plot,), tuple(notes))


def read_described(part: str) -> list[Described] | None:
    """Requests of MusicRecoIntent, "dev" or "test" by a hash of their number; None without it."""
    folder = data_folder()
    if folder is None or not (folder / _FILE).is_file():
        return None
    with (folder / _FILE).open(encoding="utf-8", newline="") as file:
        return [
            Described(row["query"], tuple(_descriptors(row["intents"])))
            for row in csv.DictReader(file)
            if (zlib.crc32(row["ID"].encode()) % 2 == 0) == (part == "dev")
        ]


def is_covered(words: str, wanted: bool, wish: MusicWish) -> bool:
    """Whether what `words` say alone stands in `wish`, wished for or ruled out as it should be."""
    alone = parse_wish(words, language="en")
    meant = dict(_values(alone, wished=True))
    if not meant:
        return False
    given = dict(_values(wish, wished=wanted))
    if "instruments" in meant:
        meant.pop("vocal", None)  # follows from a kind of voice
    return all(_holds(name, value, given.get(name, frozenset())) for name, value in meant.items())


def _holds(name: str, meant: frozenset[str], given: frozenset[str]) -> bool:
    """Whether `given` says what is meant, or something narrower: classic rock is rock."""
    if name == "genres":
        given = frozenset().union(*(wider_than(genre) for genre in given))
    elif name == "instruments":
        given = given | {instrument.split()[-1] for instrument in given}
    elif name == "years" and given:
        (first, last), (low, high) = (_span(next(iter(each))) for each in (meant, given))
        return (low <= first and last <= high) or (first <= low and high <= last)
    return meant <= given


def _span(years: str) -> tuple[float, float]:
    first, _, last = years.partition("-")
    return float(first), float(last)


def _descriptors(intents: str) -> Iterator[tuple[str, str, bool]]:
    for kind, found in ast.literal_eval(intents).items():
        if kind in _KINDS:
            for words, polarity in found:
                if polarity in "+-":
                    yield kind, words, polarity == "+"


def _values(wish: MusicWish, *, wished: bool) -> Iterator[tuple[str, frozenset[str]]]:
    """What a wish says about the music by field, either what is wished for or what is not."""
    for name in _POSITIVE:
        values = getattr(wish, name if wished else f"not_{name}")
        if values:
            yield name, frozenset(values)
    singles = {name: getattr(wish, name) for name in _SINGLE if getattr(wish, name)}
    if wished:
        yield from ((name, frozenset({value})) for name, value in singles.items())
    elif wish.not_moods:  # activities that are ruled out stand there
        yield "activity", frozenset(wish.not_moods)
    if wish.vocal is not None:
        yield "vocal", frozenset({str(wish.vocal == wished)})
    if wish.years is not None and wished:
        yield "years", frozenset({f"{wish.years[0]:.0f}-{wish.years[1]:.0f}"})
    ruled_out = [word for word in wish.not_words if word[:4].isdecimal()]
    if ruled_out and not wished:
        yield "years", frozenset(ruled_out[:1])
    if wish.axes:
        yield "axes", frozenset(wish.axes)
    if wish.but and wished:
        yield "but", frozenset(f"{name}{change:+.0f}" for name, change in wish.but.items())


def _warm_up() -> None:
    """Words are read from their files once; that is no part of a request."""
    for code in LANGUAGES:
        parse_wish("jazz", language=code)


def _own(times: CpuTimes, progress: Progress) -> tuple[dict[str, float], list[Table]]:
    metrics: dict[str, float] = {}
    rows: list[tuple[Cell, ...]] = []
    wrong: Counter[str] = Counter()
    negated = right_negations = right_all = count_all = 0
    for code in each(progress, "languages", LANGUAGES):
        cases = [case for case in read_cases(code) if case.part == "test"]
        right = 0
        for case in cases:
            with times.measure():
                wish = parse_wish(case.said, names=case.library)
            faults = wrong_fields(case, wish)
            right += not faults
            wrong.update(faults.keys())
            if case.rules_out:
                negated += 1
                right_negations += rules_out_rightly(case, wish)
        metrics[f"wishes.{code}"] = right / len(cases)
        right_all, count_all = right_all + right, count_all + len(cases)
        rows.append((code, len(cases), right))
    metrics["wishes.all"] = right_all / count_all
    metrics["negation"] = right_negations / negated
    return metrics, [
        Table("Languages", ("language", "requests", "right"), tuple(rows)),
        Table("Fields that were wrong", ("field", "requests"), tuple(wrong.most_common())),
    ]


def _covered(requests: Iterator[Described], times: CpuTimes) -> tuple[dict[str, float], Table]:
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for request in requests:
        with times.measure():
            wish = parse_wish(request.said)
        for kind, words, wanted in request.descriptors:
            counts[kind, wanted, is_covered(words, wanted, wish)] += 1
    rows: list[tuple[Cell, ...]] = []
    for kind in _KINDS:
        for wanted in (True, False):
            covered, missed = counts[kind, wanted, True], counts[kind, wanted, False]
            if covered + missed:
                name = "wanted" if wanted else "rejected"
                rows.append((kind, name, covered + missed, round(_share(covered, missed), 3)))
    metrics = {
        "deezer.coverage": _share(*_total(counts, (True, False))),
        "deezer.rejected": _share(*_total(counts, (False,))),
    }
    columns = ("kind", "polarity", "descriptors", "right")
    return metrics, Table("Descriptors of MusicRecoIntent", columns, tuple(rows))


def _total(
    counts: Mapping[tuple[str, bool, bool], int], polarities: Sequence[bool]
) -> tuple[int, int]:
    right = sum(n for (_, wanted, ok), n in counts.items() if ok and wanted in polarities)
    wrong = sum(n for (_, wanted, ok), n in counts.items() if not ok and wanted in polarities)
    return right, wrong


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0
