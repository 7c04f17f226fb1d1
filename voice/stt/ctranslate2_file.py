"""Read a CTranslate2 model file as openai-whisper's parameters.

The packaged Whisper weights are in CTranslate2's binary format, version 6. All numbers are
little-endian; a string is a u16 length, which counts the closing NUL, and the bytes:

    u32 version · name of the specification · u32 revision · u32 count of variables
    per variable: name · u8 rank · rank x u32 dims · u8 type · u32 byte count · data
    u32 count of aliases · pairs of names

Queries, keys and values are stacked in one matrix there and are three in openai-whisper. The
conversion is exact: both hold the float16 values of the original checkpoint.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice.errors import ModelFileUnusable

_VERSION = 6
_MAX_VARIABLES = 10_000
_TYPES: dict[int, np.dtype[np.generic]] = {
    0: np.dtype("<f4"),
    1: np.dtype("i1"),
    2: np.dtype("<i2"),
    3: np.dtype("<i4"),
    4: np.dtype("<f2"),
}

Tensor = NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class WhisperDimensions:
    """What openai-whisper calls ModelDimensions."""

    n_mels: int
    n_audio_ctx: int
    n_audio_state: int
    n_audio_head: int
    n_audio_layer: int
    n_vocab: int
    n_text_ctx: int
    n_text_state: int
    n_text_head: int
    n_text_layer: int


def read_variables(path: Path) -> dict[str, Tensor]:
    """All variables of a CTranslate2 file by their name there.

    Raises:
        ModelFileUnusable: it is not such a file, or it is cut off.
    """
    try:
        return _Reader(path.read_bytes()).variables()
    except (struct.error, UnicodeDecodeError, ValueError, KeyError) as error:
        raise ModelFileUnusable(f"{path.name} is not a CTranslate2 model: {error}") from error
    except OSError as error:
        raise ModelFileUnusable(f"{path.name} cannot be read: {error.strerror}") from error


def whisper_state(
    variables: dict[str, Tensor],
) -> tuple[WhisperDimensions, dict[str, NDArray[np.float32]]]:
    """Dimensions and state dictionary of openai-whisper's model.

    Raises:
        ModelFileUnusable: a variable is missing, or keys have a bias, which Whisper's have not.
    """
    try:
        converted = _Converter(variables)
        return converted.dimensions(), converted.state()
    except KeyError as error:
        raise ModelFileUnusable(f"The model lacks {error}; is it a Whisper model?") from error


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def variables(self) -> dict[str, Tensor]:
        if (version := self._number("I")) != _VERSION:
            raise ValueError(f"version {version}, not {_VERSION}")
        self._text()
        self._number("I")
        count = self._number("I")
        if count > _MAX_VARIABLES:
            raise ValueError(f"{count} variables")
        found = {}
        for _ in range(count):
            name = self._text()
            shape = [self._number("I") for _ in range(self._number("B"))]
            kind = _TYPES[self._number("B")]
            size = self._number("I")
            raw = self._take(size)
            found[name] = np.frombuffer(raw, kind).reshape(shape)
        return found

    def _number(self, kind: str) -> int:
        size = struct.calcsize(kind)
        value: int = struct.unpack("<" + kind, self._take(size))[0]
        return value

    def _text(self) -> str:
        return self._take(self._number("H")).rstrip(b"\0").decode()

    def _take(self, size: int) -> bytes:
        end = self._at + size
        if end > len(self._data):
            raise ValueError("it is cut off")
        taken = self._data[self._at : end]
        self._at = end
        return taken


class _Converter:
    def __init__(self, variables: dict[str, Tensor]) -> None:
        self._variables = variables

    def dimensions(self) -> WhisperDimensions:
        positions = self._variables["encoder/position_encodings/encodings"]
        words = self._variables["decoder/embeddings/weight"]
        texts = self._variables["decoder/position_encodings/encodings"]
        state = positions.shape[1]
        heads = state // 64  # every Whisper model has heads of 64
        return WhisperDimensions(
            n_mels=self._variables["encoder/conv1/weight"].shape[1],
            n_audio_ctx=positions.shape[0],
            n_audio_state=state,
            n_audio_head=heads,
            n_audio_layer=self._layers("encoder"),
            n_vocab=words.shape[0],
            n_text_ctx=texts.shape[0],
            n_text_state=words.shape[1],
            n_text_head=words.shape[1] // 64,
            n_text_layer=self._layers("decoder"),
        )

    def state(self) -> dict[str, NDArray[np.float32]]:
        state: dict[str, NDArray[np.float32]] = {}
        for name in ("conv1", "conv2"):
            for part in ("weight", "bias"):
                state[f"encoder.{name}.{part}"] = self._get(f"encoder/{name}/{part}")
        state["encoder.positional_embedding"] = self._get("encoder/position_encodings/encodings")
        state["decoder.positional_embedding"] = self._get("decoder/position_encodings/encodings")
        state["decoder.token_embedding.weight"] = self._get("decoder/embeddings/weight")
        self._norm(state, "encoder/layer_norm", "encoder.ln_post")
        self._norm(state, "decoder/layer_norm", "decoder.ln")
        for side in ("encoder", "decoder"):
            for layer in range(self._layers(side)):
                self._block(state, side, f"{side}/layer_{layer}", f"{side}.blocks.{layer}")
        return state

    def _block(
        self, state: dict[str, NDArray[np.float32]], side: str, there: str, here: str
    ) -> None:
        self._norm(state, f"{there}/self_attention/layer_norm", f"{here}.attn_ln")
        self._attention(state, f"{there}/self_attention", f"{here}.attn", crossed=False)
        if side == "decoder":
            self._norm(state, f"{there}/attention/layer_norm", f"{here}.cross_attn_ln")
            self._attention(state, f"{there}/attention", f"{here}.cross_attn", crossed=True)
        self._norm(state, f"{there}/ffn/layer_norm", f"{here}.mlp_ln")
        self._linear(state, f"{there}/ffn/linear_0", f"{here}.mlp.0")
        self._linear(state, f"{there}/ffn/linear_1", f"{here}.mlp.2")

    def _attention(
        self, state: dict[str, NDArray[np.float32]], there: str, here: str, *, crossed: bool
    ) -> None:
        if crossed:  # queries come from the words, keys and values from the sound
            self._linear(state, f"{there}/linear_0", f"{here}.query")
            self._stacked(state, f"{there}/linear_1", [f"{here}.key", f"{here}.value"])
            self._linear(state, f"{there}/linear_2", f"{here}.out")
        else:
            names = [f"{here}.query", f"{here}.key", f"{here}.value"]
            self._stacked(state, f"{there}/linear_0", names)
            self._linear(state, f"{there}/linear_1", f"{here}.out")

    def _stacked(self, state: dict[str, NDArray[np.float32]], there: str, names: list[str]) -> None:
        weights = np.split(self._get(f"{there}/weight"), len(names))
        biases = np.split(self._get(f"{there}/bias"), len(names))
        for name, weight, bias in zip(names, weights, biases, strict=True):
            state[f"{name}.weight"] = weight
            if not name.endswith(".key"):
                state[f"{name}.bias"] = bias
            elif np.any(bias):
                raise ModelFileUnusable(f"{there} has a bias for keys; Whisper's keys have none.")

    def _linear(self, state: dict[str, NDArray[np.float32]], there: str, here: str) -> None:
        state[f"{here}.weight"] = self._get(f"{there}/weight")
        state[f"{here}.bias"] = self._get(f"{there}/bias")

    def _norm(self, state: dict[str, NDArray[np.float32]], there: str, here: str) -> None:
        state[f"{here}.weight"] = self._get(f"{there}/gamma")
        state[f"{here}.bias"] = self._get(f"{there}/beta")

    def _get(self, name: str) -> NDArray[np.float32]:
        return np.ascontiguousarray(self._variables[name], dtype=np.float32)

    def _layers(self, side: str) -> int:
        layers = {name.split("/")[1] for name in self._variables if name.startswith(side + "/")}
        return sum(name.startswith("layer_") and name[6:].isdigit() for name in layers)
