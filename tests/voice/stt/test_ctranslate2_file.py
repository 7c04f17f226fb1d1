"""The packaged weights are read as what they are, or refused."""

import struct
from pathlib import Path

import numpy as np
import pytest

from voice.errors import ModelFileUnusable
from voice.stt.ctranslate2_file import Tensor, read_variables, whisper_state

pytestmark = pytest.mark.unit


def _text(text: str) -> bytes:
    raw = text.encode() + b"\0"
    return struct.pack("<H", len(raw)) + raw


def _file(variables: dict[str, np.ndarray], *, version: int = 6) -> bytes:
    types = {np.dtype("<f4"): 0, np.dtype("<f2"): 4}
    parts = [
        struct.pack("<I", version),
        _text("WhisperSpec"),
        struct.pack("<II", 3, len(variables)),
    ]
    for name, value in variables.items():
        raw = value.tobytes()
        parts += [
            _text(name),
            struct.pack("<B", value.ndim),
            struct.pack(f"<{value.ndim}I", *value.shape),
        ]
        parts += [struct.pack("<BI", types[value.dtype], len(raw)), raw]
    return b"".join(parts) + struct.pack("<I", 0)


def _whisper(state: int = 64) -> dict[str, Tensor]:
    """A Whisper of one layer."""
    rng = np.random.default_rng(0)

    def some(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype("<f2")

    made: dict[str, Tensor] = {
        "encoder/conv1/weight": some(state, 80, 3),
        "encoder/conv1/bias": some(state),
        "encoder/conv2/weight": some(state, state, 3),
        "encoder/conv2/bias": some(state),
        "encoder/position_encodings/encodings": some(1500, state),
        "decoder/embeddings/weight": some(51865, state),
        "decoder/position_encodings/encodings": some(448, state),
    }

    def linear(name: str, rows: int, columns: int) -> None:
        made[f"{name}/weight"] = some(rows, columns)
        made[f"{name}/bias"] = some(rows)

    def norm(name: str) -> None:
        made[f"{name}/gamma"], made[f"{name}/beta"] = some(state), some(state)

    for side in ("encoder", "decoder"):
        norm(f"{side}/layer_norm")
        layer = f"{side}/layer_0"
        norm(f"{layer}/self_attention/layer_norm")
        linear(f"{layer}/self_attention/linear_0", 3 * state, state)
        linear(f"{layer}/self_attention/linear_1", state, state)
        norm(f"{layer}/ffn/layer_norm")
        linear(f"{layer}/ffn/linear_0", 4 * state, state)
        linear(f"{layer}/ffn/linear_1", state, 4 * state)
        made[f"{layer}/self_attention/linear_0/bias"][state : 2 * state] = 0
    cross = "decoder/layer_0/attention"
    norm(f"{cross}/layer_norm")
    linear(f"{cross}/linear_0", state, state)
    linear(f"{cross}/linear_1", 2 * state, state)
    linear(f"{cross}/linear_2", state, state)
    made[f"{cross}/linear_1/bias"][:state] = 0
    return made


def test_variables_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    weight = np.arange(6, dtype="<f4").reshape(2, 3)
    path.write_bytes(_file({"a/weight": weight, "b/bias": np.ones(4, "<f2")}))

    read = read_variables(path)

    assert set(read) == {"a/weight", "b/bias"}
    np.testing.assert_array_equal(read["a/weight"], weight)
    assert read["b/bias"].dtype == np.float16


@pytest.mark.parametrize("cut", [0, 3, 20, 60, -1])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "model.bin"
    whole = _file({"a/weight": np.ones((4, 4), "<f4")})
    path.write_bytes(whole[: cut if cut >= 0 else -10])

    with pytest.raises(ModelFileUnusable):
        read_variables(path)


def test_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(_file({}, version=5))

    with pytest.raises(ModelFileUnusable, match="version 5"):
        read_variables(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFileUnusable, match=r"model\.bin"):
        read_variables(tmp_path / "model.bin")


def test_stacked_queries_keys_and_values_become_three() -> None:
    variables = _whisper()

    dimensions, state = whisper_state(variables)

    assert dimensions.n_text_layer == dimensions.n_audio_layer == 1
    assert dimensions.n_vocab == 51865
    stacked = variables["encoder/layer_0/self_attention/linear_0/weight"]
    np.testing.assert_array_equal(state["encoder.blocks.0.attn.key.weight"], stacked[64:128])
    assert "encoder.blocks.0.attn.key.bias" not in state
    crossed = variables["decoder/layer_0/attention/linear_1/weight"]
    np.testing.assert_array_equal(state["decoder.blocks.0.cross_attn.value.weight"], crossed[64:])


def test_keys_with_a_bias_are_refused() -> None:
    variables = _whisper()
    variables["encoder/layer_0/self_attention/linear_0/bias"][64:128] = 1

    with pytest.raises(ModelFileUnusable, match="bias for keys"):
        whisper_state(variables)


def test_what_is_no_whisper_is_refused() -> None:
    with pytest.raises(ModelFileUnusable, match="Whisper"):
        whisper_state({"encoder/conv1/weight": np.ones((2, 80, 3), np.float32)})
