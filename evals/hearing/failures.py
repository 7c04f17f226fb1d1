"""Every request that went wrong, for those who work on the engine.

`python -m evals.hearing.failures --dev` hears the development split and writes one line of JSON
for each clip, worst first on the terminal. There is no such look at the test split.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from evals.hearing.asking import Heard, hear, read
from evals.hearing.clips import clips
from evals.hearing.folders import cache_folder
from evals.hearing.names import names_of
from evals.hearing.noises import CLEAN, CONDITIONS, NOISE_10
from evals.hearing.requests import make_requests
from evals.hearing.resolving import Verdict, open_resolver
from evals.hearing.systems import open_systems
from evals.hearing.words import WordErrors


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, write."""
    options = _options().parse_args(arguments)
    if not options.dev:
        print("Only the development split is for looking at: add --dev.", file=sys.stderr)
        return 2
    asyncio.run(_run(options))
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="the split for development")
    parser.add_argument("--requests", type=int, default=40, help="how many (each by 3 voices)")
    parser.add_argument("--first", type=int, default=0, help="skip so many requests")
    parser.add_argument("--conditions", default=f"{CLEAN},{NOISE_10}", help=", ".join(CONDITIONS))
    parser.add_argument(
        "--voices", default="", help="only these engines: hibari,flite,piper,espeak"
    )
    parser.add_argument("--systems", default="", help="only these: unbiased,aware")
    parser.add_argument("--weights", type=Path, default=None, help="model.bin of Whisper")
    parser.add_argument("--json", type=Path, default=None, help="every clip, a line each")
    parser.add_argument("--all", action="store_true", help="print what was right as well")
    parser.add_argument("--text", action="store_true", help="no sound: ask for the true text")
    return parser


async def _run(options: argparse.Namespace) -> None:
    names = names_of("dev")
    requests = make_requests(names, "dev", options.first + options.requests)[options.first :]
    found: list[Heard] = []
    with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
        async with open_resolver(Path(folder), names.library) as resolver:
            if options.text:
                found = [one async for one in read(requests, resolver)]
            else:
                async with open_systems(resolver.services, weights=options.weights) as systems:
                    wanted = options.systems.split(",") if options.systems else list(systems)
                    chosen = {name: systems[name] for name in wanted}
                    made = (
                        clip
                        for clip in clips(
                            requests, "dev", options.conditions.split(","), cache_folder()
                        )
                        if not options.voices or clip.voice.engine in options.voices.split(",")
                    )
                    async for one in hear(made, chosen, resolver):
                        found.append(one)
                        if options.all or not _fine(one):
                            print(_line(one), flush=True)
    if options.text:
        print("\n".join(_line(one) for one in found if options.all or not _fine(one)))
    print(_summary(found))
    if options.json is not None:
        lines = (json.dumps(asdict(one), ensure_ascii=False) for one in found)
        options.json.write_text("\n".join(lines) + "\n", "utf-8")


def _fine(one: Heard) -> bool:
    return one.resolved if one.request.present else not one.invented


def _line(one: Heard) -> str:
    mark = "ok" if _fine(one) else one.verdict if one.request.present else "INVENTED"
    where = f"{one.system} {one.voice} {one.condition}".strip()
    said = "" if one.request.text == one.request.said else f" (said: {one.request.said})"
    before = f" (heard: {one.before})" if one.before else ""
    absent = "" if one.request.present else " [not in the library]"
    return (
        f"{mark:9} {where}\n    want  {one.request.text}{said}{absent}\n"
        f"    heard {one.transcript}{before}\n    got   {one.got}"
    )


def _summary(found: Sequence[Heard]) -> str:
    groups: dict[tuple[str, ...], list[Heard]] = defaultdict(list)
    for one in found:
        groups[one.system, one.condition, "all"].append(one)
        groups[one.system, one.condition, one.engine].append(one)
        groups[one.system, one.condition, one.request.kind].append(one)
        groups[one.system, one.condition, one.request.name.source].append(one)
    heads = ("n", "resol", *Verdict, "WER", "absent", "invent", "touch", "cpu ms")
    lines = [f"{'system':9} {'condition':9} {'group':8} " + " ".join(f"{one:>7}" for one in heads)]
    for key in sorted(groups):
        present = [one for one in groups[key] if one.request.present]
        absent = [one for one in groups[key] if not one.request.present]
        errors = WordErrors()
        for one in groups[key]:
            errors.add(one.request.text, one.transcript)
        shares = [
            len(present),
            _share(one.resolved for one in present),
            *(_share(one.verdict is verdict for one in present) for verdict in Verdict),
            errors.rate,
            len(absent),
            _share(one.invented for one in absent),
            _share(one.touched for one in absent),
            round(sum(one.cpu_ms for one in groups[key]) / len(groups[key])),
        ]
        cells = " ".join(f"{one:7}" if isinstance(one, int) else f"{one:7.3f}" for one in shares)
        lines.append(f"{key[0]:9} {key[1]:9} {key[2]:8} {cells}")
    return "\n".join(lines)


def _share(flags: Iterable[bool]) -> float:
    counted = list(flags)
    return sum(counted) / max(1, len(counted))


if __name__ == "__main__":
    sys.exit(main())
