"""The optional model in a process of its own."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.analysis.sound import Axis
from knowledge.analysis.tagger import Heard
from knowledge.analysis.vibenet import (
    VIBENET_FILE,
    VIBENET_RATE,
    Vibenet,
    WithVibenet,
    vibenet_input,
)
from knowledge.audio.decoder import Samples
from knowledge.errors import MusicModelUnusable

SOUND = np.sin(np.arange(VIBENET_RATE) / 9).astype(np.float32)


def stand_in(folder: Path, answers: list[float]) -> Path:
    """A model with vibenet's input and output that always answers the same."""
    from onnx import TensorProto, helper, numpy_helper

    constant = numpy_helper.from_array(np.array([answers], np.float32), "answers")
    nodes = [
        helper.make_node("ReduceMean", ["x"], ["mean"], axes=[1, 2], keepdims=0),
        helper.make_node("Unsqueeze", ["mean", "axis"], ["column"]),
        helper.make_node("Mul", ["column", "zero"], ["nothing"]),
        helper.make_node("Add", ["nothing", "answers"], ["y"]),
    ]
    graph = helper.make_graph(
        nodes,
        "stand-in",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 128, "time"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, len(answers)])],
        [
            constant,
            numpy_helper.from_array(np.array([1]), "axis"),
            numpy_helper.from_array(np.zeros(1, np.float32), "zero"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    (folder / VIBENET_FILE).write_bytes(model.SerializeToString())
    return folder


@pytest.mark.integration
def test_its_opinion_comes_from_another_process(tmp_path: Path) -> None:
    with Vibenet(stand_in(tmp_path, [0.0, 0.6, 1.7, 30.0, 9.0, 9.0, -0.2])) as model:
        opinion = model.opinion(np.tile(SOUND, 40))
        assert opinion == pytest.approx(
            {
                Axis.ACOUSTICNESS: 0.5,
                Axis.DANCEABILITY: 0.6,
                Axis.ENERGY: 1.0,
                Axis.INSTRUMENTALNESS: 1.0,
                Axis.VALENCE: 0.0,
            }
        )
        assert model.opinion(np.zeros(0, np.float32)) == pytest.approx(opinion)


@pytest.mark.integration
@pytest.mark.parametrize("content", [None, b"nonsense"])
def test_a_missing_or_damaged_model_is_said_to_be(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / VIBENET_FILE).write_bytes(content)
    with Vibenet(tmp_path) as model, pytest.raises(MusicModelUnusable, match=VIBENET_FILE):
        model.opinion(SOUND)


@pytest.mark.integration
def test_a_model_that_answers_something_else_is_not_believed(tmp_path: Path) -> None:
    with Vibenet(stand_in(tmp_path, [0.1, 0.2])) as model:
        with pytest.raises(MusicModelUnusable, match="should not"):
            model.opinion(SOUND)
        with pytest.raises(MusicModelUnusable):  # and it still answers
            model.opinion(SOUND)


class Tagger:
    """Hears the same everywhere."""

    tag_names = ("piano",)

    def hear(self, samples: Samples) -> Heard:
        return Heard(np.ones(1, np.float32), np.ones(200, np.float32))


@pytest.mark.integration
def test_its_opinion_comes_with_what_the_tagger_hears(tmp_path: Path) -> None:
    with_vibenet = WithVibenet(Tagger(), stand_in(tmp_path, [0.0, 0.6, 0.7, 0.0, 0.0, 0.0, 0.2]))
    heard = with_vibenet.hear(SOUND)
    with_vibenet.close()
    assert with_vibenet.tag_names == ("piano",)
    assert heard.tags[0] == 1
    assert heard.opinion[Axis.ENERGY] == pytest.approx(0.7)


@pytest.mark.integration
def test_a_tagger_is_heard_without_the_opinion_of_a_broken_model(tmp_path: Path) -> None:
    with_vibenet = WithVibenet(Tagger(), tmp_path)
    for _ in range(5):
        heard = with_vibenet.hear(SOUND)
        assert heard.tags[0] == 1
        assert heard.opinion == {}
    with_vibenet.close()
    assert with_vibenet._failed == 3


@pytest.mark.unit
def test_what_it_hears_is_decibels_within_80_of_the_loudest() -> None:
    heard = vibenet_input(SOUND)
    assert heard.shape == (1, 128, 49)
    assert heard.dtype == np.float32
    assert heard.max() - heard.min() == pytest.approx(80, abs=0.01)
    broken = np.where(np.arange(SOUND.size) % 2, np.nan, np.inf).astype(np.float32)
    assert np.isfinite(vibenet_input(broken)).all()
