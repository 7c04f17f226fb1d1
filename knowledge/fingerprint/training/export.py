"""Writes the learnt network as a small ONNX file."""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from knowledge.fingerprint.encoder_frontend import BANDS
from knowledge.fingerprint.training.network import COLUMNS, Network

_OPSET = 17
_WORTH_PACKING = 2048
"""Weights of at least this many numbers are stored with 8 bits each."""


class _Whole(nn.Module):
    """What the file computes: band powers and windows to embeddings of length 1."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self._network = network

    def forward(self, power: Tensor, windows: Tensor) -> Tensor:
        columns = self._network.trunk(power)[0]
        return functional.normalize(self._network.head(columns[windows].flatten(1)), dim=1)


def export(network: Network, path: Path) -> None:
    """Write the network; needs the package `onnx`."""
    import onnx  # noqa: PLC0415 - only training needs it

    whole = _Whole(network.cpu()).eval()
    windows = torch.arange(COLUMNS)[None].repeat(2, 1)
    torch.onnx.export(
        whole,
        (torch.rand(1, 96, BANDS), windows),
        str(path),
        dynamo=False,
        opset_version=_OPSET,
        input_names=["power", "windows"],
        output_names=["embeddings"],
        dynamic_axes={"power": {1: "frames"}, "windows": {0: "count"}, "embeddings": {0: "count"}},
    )
    model: Any = onnx.load(str(path))
    _pack(model)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _pack(model: Any) -> None:
    """Store big weights as whole numbers and a scale for each output; they unfold at loading."""
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415

    graph, unpacking = model.graph, []
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < _WORTH_PACKING:
            continue
        # Convolutions have their outputs first, transposed matrices last.
        axes = tuple(range(1, values.ndim)) if values.ndim == 4 else (0,)
        scale = np.abs(values).max(axis=axes, keepdims=True) / 127 + 1e-12
        whole = np.rint(values / scale).astype(np.int8)
        name = weight.name
        graph.initializer.remove(weight)
        graph.initializer.append(numpy_helper.from_array(whole, f"{name}.int8"))
        graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"))
        unpacking += [
            helper.make_node("Cast", [f"{name}.int8"], [f"{name}.whole"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{name}.whole", f"{name}.scale"], [name]),
        ]
    for node in reversed(unpacking):
        graph.node.insert(0, node)
