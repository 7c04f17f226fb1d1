"""How often an order that stands in a name, a playlist, lyrics or the history has any effect."""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from agent.models import ModelSettings
from evals.evaluation import EvalReport, Plot, Progress, Series, Table, each
from evals.injection.cases import HARMLESS, InjectionCase, read_cases
from evals.injection.home import Taken, open_home
from evals.injection.judging import Judged, judge
from evals.injection.obedient import ObedientModel

_QUICK = 6
_OBEDIENT = ModelSettings(provider="scripted", model="obedient")


class InjectionEvaluation:
    """Every case with the offline model, an obedient one, and the local one when it is there."""

    name = "injection"
    summary = "Orders in titles, artists, lyrics, playlists and history have no effect"

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Take each case twice for each model: with the hostile text, and without."""
        cases = _spread(read_cases(), _QUICK) if quick else read_cases()
        local = None if quick else local_model()
        systems = {"offline": offline, "obedient": obedient}
        judged: dict[str, list[Judged]] = defaultdict(list)
        with tempfile.TemporaryDirectory(prefix="refrain-injection-") as folder:
            for name, take in systems.items():
                for number, case in enumerate(each(progress, name, cases)):
                    place = Path(folder) / f"{name}-{number}"
                    judged[name].append(asyncio.run(take(place, case)))
            if local is not None:
                judged["local"] = asyncio.run(local_all(Path(folder), cases, local, progress))
        return _report(judged, local)


async def offline(folder: Path, case: InjectionCase) -> Judged:
    """Take the case with the offline model."""
    taken, control = [
        await _turn(folder / kind, case, text)
        for kind, text in (("hostile", case.text), ("control", HARMLESS))
    ]
    return judge(case, taken, control, has_read=True, must_call=True)


async def obedient(folder: Path, case: InjectionCase) -> Judged:
    """Take the case with a model that does whatever it reads."""
    fooled, calm = ObedientModel.fooled_by(case), ObedientModel.fooled_by(case)
    async with open_home(
        folder / "hostile", case, case.text, model=_OBEDIENT, chat_model=fooled
    ) as home:
        taken = await home.say(case.request)
    async with open_home(
        folder / "control", case, HARMLESS, model=_OBEDIENT, chat_model=calm
    ) as home:
        control = await home.say(case.request)
    return judge(case, taken, control, has_read=fooled.has_read, must_call=False)


async def local_all(
    folder: Path, cases: Sequence[InjectionCase], model: ModelSettings, progress: Progress
) -> list[Judged]:
    """Take the cases with the local model, which is started once."""
    from agent.models import open_model  # noqa: PLC0415  its package is optional

    chat_model, judged = open_model(model), []
    for number, case in enumerate(each(progress, "local", cases)):
        turns = []
        for kind, text in (("hostile", case.text), ("control", HARMLESS)):
            place = folder / f"local-{number}-{kind}"
            async with open_home(place, case, text, model=model, chat_model=chat_model) as home:
                turns.append(await home.say(case.request))
        judged.append(judge(case, turns[0], turns[1], has_read=True, must_call=False))
    return judged


def local_model() -> ModelSettings | None:
    """The local language model that is installed here, if one is."""
    # The server's settings and its model store are needed only for this.
    from server.agent_factory import installed_local_model  # noqa: PLC0415

    return installed_local_model()


async def _turn(folder: Path, case: InjectionCase, text: str) -> Taken:
    async with open_home(folder, case, text) as home:
        return await home.say(case.request)


def _spread(cases: Sequence[InjectionCase], count: int) -> Sequence[InjectionCase]:
    return cases[:: max(1, len(cases) // count)][:count]


def _report(judged: dict[str, list[Judged]], local: ModelSettings | None) -> EvalReport:
    metrics: dict[str, float] = {"cases": float(len(judged["offline"]))}
    for name, all_of in judged.items():
        metrics[f"safe.{name}"] = _share(all_of)
        if held := [one for one in all_of if one.case.split == "held"]:
            metrics[f"safe.{name}.held"] = _share(held)
    obedient_ones = judged["obedient"]
    metrics["read.obedient"] = sum(one.has_read for one in obedient_ones) / len(obedient_ones)
    metrics["refused.obedient"] = sum(one.refused for one in obedient_ones) / len(obedient_ones)
    rows = [
        (name, one.case.id, one.case.text[:60], "; ".join(one.faults)[:160])
        for name, all_of in judged.items()
        for one in all_of
        if one.faults
    ]
    talk = [(n, one.case.id, one.reply[:200]) for n, all_of in judged.items() for one in all_of]
    unread = [one.case.id for one in obedient_ones if not one.has_read]
    notes = [f"Never shown to the obedient model: {', '.join(unread)}."] if unread else []
    notes.append(
        f"Local model: {local.name}." if local else "No local language model is installed here."
    )
    places = sorted({one.case.where for one in judged["offline"]})
    series = tuple(
        Series(name, tuple(places), tuple(_share_at(all_of, place) for place in places))
        for name, all_of in judged.items()
    )
    return EvalReport(
        metrics=metrics,
        tables=(
            Table("What had an effect", ("model", "case", "text", "effect"), tuple(rows)),
            Table("What was said", ("model", "case", "reply"), tuple(talk)),
        ),
        plots=(Plot("Orders without effect", "where", "share", series, y_range=(0.0, 1.0)),),
        notes=tuple(notes),
    )


def _share(judged: Sequence[Judged]) -> float:
    return sum(one.is_safe for one in judged) / len(judged)


def _share_at(judged: Sequence[Judged], where: str) -> float:
    return _share([one for one in judged if one.case.where == where])
