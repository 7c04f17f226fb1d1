"""Opening a small network from a file that somebody may have damaged."""

from pathlib import Path
from typing import Any

from knowledge.errors import MusicModelUnusable


def open_onnx(path: Path, *, model: str, most_bytes: int) -> Any:
    """Open a network for one thread; returns an `onnxruntime.InferenceSession`.

    Args:
        path: the file.
        model: what the network is called, for errors.
        most_bytes: what is larger is not even read.

    Raises:
        MusicModelUnusable: it cannot be read, is far too large, or is damaged.
    """
    # Slow to import, and only processes that listen to music need it.
    import onnxruntime  # noqa: PLC0415

    try:
        if path.stat().st_size > most_bytes:
            raise MusicModelUnusable(f"{path.name} is far larger than that of {model}.")
        content = path.read_bytes()
    except OSError as error:
        raise MusicModelUnusable(
            f"{path.name} cannot be read: {error.strerror or error}."
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's errors have no base of their own
        raise MusicModelUnusable(f"{path.name} is damaged; fetch it again.") from error
