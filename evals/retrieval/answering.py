"""Ask a library all requests of a part, and score what each system answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from evals.evaluation import Progress, each
from evals.retrieval.cases import Request
from evals.retrieval.filling import fill
from evals.retrieval.grading import Grades, grades
from evals.retrieval.scoring import RIGHT, Score, score
from evals.retrieval.systems import MadeLibrary
from evals.timing import CpuTimes

Answer = Callable[[Request], Sequence[int]]
"""Rows of the catalogue, best first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with its right answers."""

    request: Request
    grades: Grades


@dataclass(slots=True)
class Answers:
    """What one system answered."""

    scores: list[Score] = field(default_factory=list)
    times: CpuTimes = field(default_factory=CpuTimes)

    def of(self, keep: Callable[[Request], bool]) -> list[Score]:
        return [one for one in self.scores if keep(one.request)]


def ready(
    library: MadeLibrary, requests: Sequence[Request], *, seed: int, progress: Progress
) -> list[Asked]:
    """Fill in names and grade; what the catalogue has no answer to is left out."""
    asked = []
    for request in each(progress, "grade the catalogue", requests):
        filled = fill(request, library.catalogue, library.ids, seed=seed)
        if filled is None:
            continue
        named, seeds = filled
        graded = grades(library.catalogue, named.wish, seeds=seeds)
        if int((graded >= RIGHT).sum()):
            asked.append(Asked(named, graded))
    return asked


def answer(
    library: MadeLibrary, asked: Sequence[Asked], system: Answer, *, progress: Progress, name: str
) -> Answers:
    """Ask one system everything, in CPU time."""
    answers = Answers()
    for one in each(progress, f"ask {name}", asked):
        with answers.times.measure():
            hits = system(one.request)
        answers.scores.append(
            score(library.catalogue, library.heard, one.request, one.grades, hits)
        )
    return answers


def understood(library: MadeLibrary) -> Answer:
    """The program as it is: the words are parsed, the wish is found."""

    def system(request: Request) -> list[int]:
        return library.found(library.parsed(request))

    return system


def told(library: MadeLibrary) -> Answer:
    """The finder with the wish as it is truly meant: what parsing costs is the difference."""

    def system(request: Request) -> list[int]:
        return library.found(replace(request.wish, said_in=request.language))

    return system
