"""How well requests are understood, on rows that nothing was trained or tuned on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agent.understanding.training.data import FILES, Row, read_rows, split
from evals.evaluation import EvalReport, Progress, each
from evals.understanding import indirect, languages
from evals.understanding.folders import DATA_VARIABLE, INDIRECT_CASES, OWN_CASES, data_folder
from evals.understanding.mishearing import Mishearing, vocabulary
from evals.understanding.ours import Ours
from evals.understanding.peers import open_peers
from evals.understanding.report import Found, report
from evals.understanding.scoring import (
    PLAY_SLOTS,
    Reader,
    SetScores,
    loosely,
    merged,
    score,
    with_titles,
)

_QUICK_OTHERS = 300
"""How many rows that are not music a quick run takes from each set."""
_QUICK_SHARE = 4
"""A quick run takes one in so many of the misheard and roundabout rows."""
_EMBEDDED = 200
"""Rows about music, and others, of each set that the slow embedder reads."""
_PLAY = {"snips": "PlayMusic", "slurp_devel": "play_music"}
"""What these sets call a request to play."""


def read_set(name: str, rows: Iterable[Row], whole: Sequence[Row], reader: Reader) -> SetScores:
    """Intents and slots of `rows`, of the public set `whole`, as `reader` reads them."""
    scores = SetScores()
    marked = frozenset(slot for row in whole for slot in row.slots)
    for row in rows:
        answer = reader.read(row.text)
        scores.count(row, answer)
        if row.is_music:
            scores.slots.count(row.slots, answer.slots, marked)
        if row.source_intent != _PLAY.get(name):
            continue
        if name == "snips":
            scores.play_slots.count(row.slots, answer.slots, marked)
        else:
            given = with_titles(answer.slots)
            scores.play_slots.count(row.slots, given, PLAY_SLOTS, loosely)
    return scores


@dataclass(slots=True)
class _Run:
    """One run of the evaluation."""

    quick: bool
    progress: Progress
    ours: Ours = field(default_factory=Ours)
    found: Found = field(default_factory=Found)

    def measure(self, name: str, rows: Sequence[Row]) -> None:
        """Intents and slots of a public set."""
        self.found.sets[name] = read_set(name, each(self.progress, name, rows), rows, self.ours)

    def measure_own(self) -> None:
        """Our cases name our finer intents; only the part that no rule was tuned on is measured."""
        scores = SetScores()
        rows = [row for row in read_rows(OWN_CASES) if row.split == "test"]
        for row in each(self.progress, "own", rows):
            if row.is_music:
                answer = self.ours.read_finely(row.text)
                scores.slots.count(row.slots, answer.slots, frozenset(row.slots))
            else:
                answer = self.ours.read(row.text)
            scores.count(row, answer)
        self.found.sets["own"] = scores

    def measure_misheard(self, sets: Mapping[str, Sequence[Row]]) -> None:
        """The same rows with words that a recogniser might have got wrong."""
        words = Mishearing(vocabulary([row for rows in sets.values() for row in rows]))
        step = _QUICK_SHARE if self.quick else 1
        for name, rows in sets.items():
            scores = SetScores()
            others = [row for row in rows if not row.is_music][:_QUICK_OTHERS]
            chosen = [*(row for row in rows if row.is_music), *others][::step]
            for row in each(self.progress, f"{name}, misheard", chosen):
                scores.count(row, self.ours.read(words.mishear(row).text))
            self.found.misheard[name] = scores

    def measure_indirect(self, sets: Mapping[str, Sequence[Row]]) -> None:
        """Roundabout requests; what is not music beside them must not be claimed."""
        step = _QUICK_SHARE if self.quick else 1
        for name, rows in sets.items():
            scores = SetScores()
            for row in each(self.progress, f"indirect, {name}", rows[::step]):
                scores.count(row, self.ours.read(row.text))
            self.found.indirect[name] = scores

    def measure_own_indirect(self) -> None:
        """Our own pairs of requests: alike in form, one about music and one not."""
        scores = SetScores()
        for row in each(self.progress, "indirect, own", read_rows(INDIRECT_CASES)):
            read = self.ours.read_finely if row.is_music else self.ours.read
            scores.count(row, read(row.text))
        self.found.indirect["own"] = scores

    def measure_peers(self, folder: Path, sets: Mapping[str, Sequence[Row]]) -> None:
        """Other systems on the same rows."""
        peers, notes = open_peers(folder)
        self.found.notes += notes
        for peer, reader in peers.items():
            self.found.peers[peer] = {}
            for name, rows in sets.items():
                chosen = _fewer(rows, _EMBEDDED) if peer == "e5" else list(rows)
                steps = each(self.progress, f"{peer}, {name}", chosen)
                self.found.peers[peer][name] = score(reader, steps)


class UnderstandingEvaluation:
    """Intent recall, rejection and slots for each set, and what a request costs."""

    name = "understanding"
    summary = "Intents and slots of requests; what is not about music is left alone"

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Measure held-back rows of the public sets, if they are here, and our own cases."""
        run = _Run(quick, progress)
        folder = data_folder()
        if folder is None:
            run.found.notes.append(
                f"The public sets are not on this machine (set {DATA_VARIABLE} to the folder that "
                "holds language/): only our own cases were measured."
            )
        else:
            sets = {name: split(folder / "language", name)[1] for name in FILES}
            if quick:
                sets = {
                    name: [row for row in rows if row.is_music]
                    + [row for row in rows if not row.is_music][:_QUICK_OTHERS]
                    for name, rows in sets.items()
                }
            for name, rows in sets.items():
                run.measure(name, rows)
            run.found.rejection = merged(run.found.sets.values()).rejection
            run.measure_misheard(sets)
            run.found.languages = languages.measure(folder, run.ours, progress)
            spoken = _spoken(folder, run.found.notes)
            run.measure_indirect(spoken)
            if not quick:
                run.measure_peers(folder, sets | spoken)
        run.measure_own()
        run.measure_own_indirect()
        return report(run.found, run.ours.times)


def _spoken(folder: Path, notes: list[str]) -> dict[str, list[Row]]:
    try:
        opening, later = indirect.conversations(folder)
        return {"cpcd": opening, "cpcd_later": later, "reddit": indirect.posts(folder)}
    except OSError:
        notes.append("Roundabout requests need the folder recommendation/ beside language/.")
        return {}


def _fewer(rows: Iterable[Row], count: int) -> list[Row]:
    """The first `count` rows about music and as many others."""
    rows = list(rows)
    music = [row for row in rows if row.is_music][:count]
    return music + [row for row in rows if not row.is_music][:count]
