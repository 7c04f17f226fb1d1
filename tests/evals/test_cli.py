"""`refrain eval`, driven as a user would."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from evals import cli, registry
from evals.evaluation import EvalReport, Plot, Progress, Series, Table, each

runner = CliRunner()


class CoinEvaluation:
    """Counts heads; a stand-in for a real evaluation."""

    name = "coin"
    summary = "How fair a coin is."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        throws = list(each(progress, "throwing", "hthht" if quick else "hthht" * 10))
        heads = throws.count("h") / len(throws)
        return EvalReport(
            metrics={"coin.heads": heads, "coin.throws": len(throws)},
            tables=(Table("Throws", ("side", "times"), (("heads | up", throws.count("h")),)),),
            plots=(Plot("Sides", "side", "times", (Series("coin", ("h", "t"), (3.0, 2.0)),)),),
            notes=("One coin only.",),
        )


@pytest.fixture
def coin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "EVALUATIONS", {"coin": "x"})
    monkeypatch.setattr(cli, "load", lambda name: CoinEvaluation())


@pytest.mark.unit
@pytest.mark.usefixtures("coin")
def test_a_run_shows_a_table_and_writes_report_and_json(tmp_path: Path) -> None:
    target = tmp_path / "out" / "coin.json"
    reports = tmp_path / "reports"
    result = runner.invoke(
        cli.app, ["coin", "--quick", "--json", str(target), "--reports", str(reports)]
    )
    assert result.exit_code == 0, result.output
    assert "coin.heads" in result.output
    assert "One coin only." in result.output
    assert json.loads(target.read_text("utf-8")) == {"coin.heads": 0.6, "coin.throws": 5}
    report = (reports / "coin-quick" / "report.md").read_text("utf-8")
    assert "| heads \\| up | 3 |" in report
    assert "![Sides](sides.png)" in report
    assert (reports / "coin-quick" / "sides.png").stat().st_size > 1000


@pytest.mark.unit
@pytest.mark.usefixtures("coin")
def test_without_matplotlib_the_report_says_that_plots_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evals.plots.find_spec", lambda name: None)
    result = runner.invoke(cli.app, ["coin", "--reports", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "no plots" in result.output
    assert "No plots" in (tmp_path / "coin" / "report.md").read_text("utf-8")


@pytest.mark.unit
def test_the_command_works_as_part_of_a_larger_command_line(tmp_path: Path) -> None:
    whole = typer.Typer()
    whole.add_typer(cli.app, name="eval")
    whole.command("serve")(lambda: None)
    result = runner.invoke(whole, ["eval", "nonsense", "--quick"])
    assert result.exit_code == 2
    assert 'There is no evaluation "nonsense"' in result.output


@pytest.mark.unit
def test_without_a_name_the_evaluations_are_listed() -> None:
    result = runner.invoke(cli.app, [])
    assert result.exit_code == 0
    for name in registry.EVALUATIONS:
        assert name in result.output
