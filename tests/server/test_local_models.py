"""`refrain models add llm`, and which local model is taken."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.models import LOCAL
from server.agent_factory import LOCAL_MODELS, local_model
from server.commands.local_models import COSTS
from server.commands.models import app
from server.errors import BadSettings, ModelMissing
from server.models_lock import read_lock
from server.settings import load_settings

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def nothing_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REFRAIN_MODELS", str(tmp_path / "models"))


def test_every_local_model_is_pinned_and_its_cost_is_told() -> None:
    locked = read_lock().models
    assert set(LOCAL_MODELS) == set(COSTS)
    for name in LOCAL_MODELS:
        assert [file.name for file in locked[name].files] == ["model.gguf"]
        assert not locked[name].required


def test_where_a_file_comes_from_is_said_before_it_is_fetched(tmp_path: Path) -> None:
    ran = CliRunner().invoke(
        app, ["add", "llm", "--model", "qwen-coder-0.5b", "--data", str(tmp_path)], obj=None
    )
    said = ran.output
    assert ran.exit_code != 0, "nobody was there to ask"
    assert "somebody unknown" in said
    assert "0.7 GB of memory" in said
    assert not (tmp_path / "models" / "qwen-coder-0.5b").exists()


def test_without_a_file_the_next_step_is_named(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {"model": {"provider": LOCAL}})
    with pytest.raises(ModelMissing) as failed:
        local_model(settings)
    assert "models add llm" in failed.value.next_step


def test_an_unknown_model_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {"model": {"provider": LOCAL, "model": "gpt-9"}})
    with pytest.raises(BadSettings) as failed:
        local_model(settings)
    assert "smollm2-135m" in failed.value.next_step
