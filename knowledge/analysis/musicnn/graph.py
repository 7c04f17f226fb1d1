"""The network of musicnn as an ONNX graph, made from the variables of its checkpoint.

Pons and Serra 2019, "musicnn: pre-trained convolutional neural networks for music audio tagging".
The arithmetic is the original's, rearranged where that is the same but faster: the largest tensors
are what the wide filters answer at every frequency, of which only the maximum is used. A batch
normalisation keeps or turns the order of values, so the maximum is taken first, of filters whose
sign is turned where the scale is negative, and everything else happens on what is left.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from knowledge.analysis.musicnn.checkpoint import Array
from knowledge.errors import MusicModelUnusable

FRAMES = 187
"""Frames of one patch, about 3 s."""
BANDS = 96
EMBEDDING = 200
TAGS = 50
"""Tags of each of both networks."""
INPUT = "mel"
OPSET = 17
_IR_VERSION = 8
_EPSILON = 1e-3

_TIMBRAL = (("conv2d", 1, 38), ("conv2d_1", 2, 67))
"""Filters over 7 frames and many bands: kernel, batch normalisation, bands."""
_TEMPORAL = (("conv2d_2", 3, 128), ("conv2d_3", 4, 64), ("conv2d_4", 5, 32))
"""Filters over many frames and one band: kernel, batch normalisation, frames."""
_CHANNEL_BLOCK = 16
_WIDE, _LONG, _MIDDLE = 204, 51, 64
_FRONT = 2 * _WIDE + 3 * _LONG
_POOLED = 2 * (_FRONT + 3 * _MIDDLE)
_SHAPES: Mapping[str, tuple[int, ...]] = {
    **{f"{name}/kernel": (7, bands, 1, _WIDE) for name, _, bands in _TIMBRAL},
    **{f"{name}/bias": (_WIDE,) for name, _, _ in _TIMBRAL},
    **{f"{name}/kernel": (frames, 1, 1, _LONG) for name, _, frames in _TEMPORAL},
    **{f"{name}/bias": (_LONG,) for name, _, _ in _TEMPORAL},
    "conv2d_5/kernel": (7, _FRONT, 1, _MIDDLE),
    "conv2d_6/kernel": (7, _MIDDLE, 1, _MIDDLE),
    "conv2d_7/kernel": (7, _MIDDLE, 1, _MIDDLE),
    **{f"conv2d_{n}/bias": (_MIDDLE,) for n in (5, 6, 7)},
    "dense/kernel": (_POOLED, EMBEDDING),
    "dense/bias": (EMBEDDING,),
    "dense_1/kernel": (EMBEDDING, TAGS),
    "dense_1/bias": (TAGS,),
}
_NORMALISED = (1, _WIDE, _WIDE, _LONG, _LONG, _LONG, _MIDDLE, _MIDDLE, _MIDDLE, _POOLED, EMBEDDING)
"""Channels of each batch normalisation, 0 to 10."""


def musicnn_graph(networks: Mapping[str, Mapping[str, Array]]) -> bytes:
    """Return one ONNX model that runs several trained networks on the same input.

    Args:
        networks: short name, such as "mtt", to the variables of its checkpoint.

    Returns:
        A serialised model. Input "mel": float32 (patches, `FRAMES`, `BANDS`). For each network two
        outputs: NAME "_tags", the probabilities, (patches, `TAGS`), and NAME "_embedding",
        (patches, `EMBEDDING`), both float32.

    Raises:
        MusicModelUnusable: a variable is missing or has another shape, or onnx is not installed.
    """
    try:
        from onnx import TensorProto, helper  # noqa: PLC0415 - slow to import, only needed once
    except ImportError as error:
        raise MusicModelUnusable(f"onnx cannot be used here: {error}") from error

    writer = _Writer()
    for name, variables in networks.items():
        _Network(writer, name, variables).write()
    number = TensorProto.FLOAT
    graph = helper.make_graph(
        writer.nodes,
        "musicnn",
        [helper.make_tensor_value_info(INPUT, number, ["patches", FRAMES, BANDS])],
        [
            helper.make_tensor_value_info(f"{name}_{what}", number, ["patches", size])
            for name in networks
            for what, size in (("tags", TAGS), ("embedding", EMBEDDING))
        ],
        writer.constants,
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=_IR_VERSION
    )
    written: bytes = model.SerializeToString()
    return written


class _Writer:
    """Collects nodes and constants; every value it makes has a name of its own."""

    def __init__(self) -> None:
        from onnx import helper, numpy_helper  # noqa: PLC0415 - as above

        self._helper, self._numpy_helper = helper, numpy_helper
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: np.ndarray) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(self._numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        name = output or f"v{len(self.nodes)}"
        self.nodes.append(self._helper.make_node(kind, list(inputs), [name], **attributes))
        return name


class _Network:
    """Writes one trained network. Values are (patches, channels, time[, frequency])."""

    def __init__(self, writer: _Writer, name: str, variables: Mapping[str, Array]) -> None:
        self._writer = writer
        self._name = name
        self._variables = {key: _checked(variables, key, shape) for key, shape in _SHAPES.items()}
        self._scales = [
            _scale_and_shift(variables, number, channels)
            for number, channels in enumerate(_NORMALISED)
        ]

    def write(self) -> None:
        node = self._writer.node
        scale, shift = self._scales[0]
        heard = node("Mul", INPUT, self._constant(scale))
        heard = node("Add", heard, self._constant(shift))
        picture = node("Unsqueeze", heard, self._integers(1))
        front = node(
            "Concat",
            *(self._timbral(picture, *filters) for filters in _TIMBRAL),
            *(self._temporal(picture, *filters) for filters in _TEMPORAL),
            axis=1,
        )
        first = self._middle(front, 5)
        second = node("Add", self._middle(first, 6), first)
        third = node("Add", self._middle(second, 7), second)
        everything = node("Concat", front, first, second, third, axis=1)
        loudest = node("ReduceMax", everything, axes=[2], keepdims=1)
        mean = node("ReduceMean", everything, axes=[2], keepdims=1)
        pairs = node("Concat", loudest, mean, axis=2)
        self._answer(node("Flatten", pairs, axis=1))

    def _timbral(self, picture: str, kernel: str, number: int, bands: int) -> str:
        """Filters over 7 frames, the strongest answer at any pitch."""
        return self._strongest(picture, kernel, number, (3, 3), BANDS - bands + 1)

    def _temporal(self, picture: str, kernel: str, number: int, frames: int) -> str:
        """Filters over many frames of one band, the strongest answer of any band."""
        before = (frames - 1) // 2
        return self._strongest(picture, kernel, number, (before, frames - 1 - before), BANDS)

    def _strongest(
        self, picture: str, kernel: str, number: int, padding: tuple[int, int], places: int
    ) -> str:
        scale, shift = self._scales[number]
        sign = np.where(scale < 0, np.float32(-1), np.float32(1))
        weights = self._variables[f"{kernel}/kernel"].transpose(3, 2, 0, 1)
        # Filters of zeros fill the last block of channels: the runtime then need not rearrange
        # the large tensor between convolution and maximum.
        rest = -len(sign) % _CHANNEL_BLOCK
        node = self._writer.node
        answers = node(
            "Conv",
            picture,
            self._constant(
                np.pad(weights * sign[:, None, None, None], ((0, rest), (0, 0), (0, 0), (0, 0)))
            ),
            self._constant(np.pad(self._variables[f"{kernel}/bias"] * sign, (0, rest))),
            pads=[padding[0], 0, padding[1], 0],
        )
        strongest = node("MaxPool", answers, kernel_shape=[1, places])
        strongest = node(
            "Slice", strongest, self._integers(0), self._integers(len(sign)), self._integers(1)
        )
        strongest = node("Squeeze", strongest, self._integers(3))
        turned = node("Mul", strongest, self._constant(sign[:, None]))
        rectified = node("Relu", turned)
        scaled = node("Mul", rectified, self._constant(scale[:, None]))
        return node("Add", scaled, self._constant(shift[:, None]))

    def _middle(self, value: str, number: int) -> str:
        """A convolution over time."""
        weights = self._variables[f"conv2d_{number}/kernel"][:, :, 0, :].transpose(2, 1, 0)
        bias = self._variables[f"conv2d_{number}/bias"]
        node = self._writer.node
        answer = node("Conv", value, self._constant(weights), self._constant(bias), pads=[3, 3])
        scale, shift = self._scales[number + 1]
        scaled = node("Mul", node("Relu", answer), self._constant(scale[:, None]))
        return node("Add", scaled, self._constant(shift[:, None]))

    def _answer(self, pooled: str) -> None:
        """Two layers without time; each normalisation is part of the layer behind it."""
        node = self._writer.node
        embedding = self._dense(pooled, "dense", 9, f"{self._name}_embedding")
        logits = self._dense(node("Relu", embedding), "dense_1", 10, "")
        node("Sigmoid", logits, output=f"{self._name}_tags")

    def _dense(self, value: str, layer: str, number: int, output: str) -> str:
        scale, shift = self._scales[number]
        kernel = self._variables[f"{layer}/kernel"].astype(np.float64)
        weights = kernel * scale[:, None]
        bias = self._variables[f"{layer}/bias"] + shift @ kernel
        return self._writer.node(
            "Gemm",
            value,
            self._constant(weights.astype(np.float32)),
            self._constant(bias.astype(np.float32)),
            output=output,
        )

    def _constant(self, value: np.ndarray) -> str:
        return self._writer.constant(np.asarray(value, np.float32))

    def _integers(self, *values: int) -> str:
        return self._writer.constant(np.array(values, np.int64))


def _scale_and_shift(
    variables: Mapping[str, Array], number: int, channels: int
) -> tuple[Array, Array]:
    """Return what a trained batch normalisation multiplies by, and then adds."""
    prefix = "batch_normalization" + (f"_{number}" if number else "")
    gamma, beta, mean, variance = (
        _checked(variables, f"{prefix}/{name}", (channels,)).astype(np.float64)
        for name in ("gamma", "beta", "moving_mean", "moving_variance")
    )
    scale = gamma / np.sqrt(variance + _EPSILON)
    return scale.astype(np.float32), (beta - mean * scale).astype(np.float32)


def _checked(variables: Mapping[str, Array], name: str, shape: tuple[int, ...]) -> Array:
    found = variables.get(name)
    if found is None or found.shape != shape:
        raise MusicModelUnusable(
            f"The checkpoint is not the music tagger's: {name} is "
            + ("missing." if found is None else f"{found.shape}, not {shape}.")
        )
    return found
