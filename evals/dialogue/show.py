"""Conversations of the evaluation as they went: `python -m evals.dialogue.show [ID...]`."""

import argparse
import asyncio
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from evals.dialogue.library import make_library
from evals.dialogue.measure import Played, library_folder, play_all
from evals.dialogue.scenario import Scenario, read_scenarios
from evals.progress import SilentProgress


def main(arguments: Sequence[str] | None = None) -> None:
    """Play what is named (ids or kinds), or everything, and print it; without names only faults."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="ids or kinds of scenarios; none: all that fail")
    names = parser.parse_args(arguments).names
    open_ones = [one for one in read_scenarios() if not one.held_back]
    wanted = [one for one in open_ones if not names or _is_named(one, names)]
    played = asyncio.run(play_all(make_library(library_folder()), wanted, SilentProgress()))
    console = Console(highlight=False, soft_wrap=True)
    for one in played:
        if names or not one.passed:
            _print(console, one)
    console.print(f"{sum(one.passed for one in played)} of {len(played)} passed")


def _is_named(scenario: Scenario, names: Sequence[str]) -> bool:
    return any(name in {scenario.id, scenario.kind} for name in names)


def _print(console: Console, played: Played) -> None:
    console.print(f"[bold]{played.scenario.id}[/bold]")
    for said, reply in played.lines:
        console.print(f"  [cyan]>[/cyan] {escape(said)}")
        console.print(f"    {escape(reply)}")
    for fault in played.faults:
        console.print(f"  [red]{escape(fault)}[/red]")


if __name__ == "__main__":
    main()
