"""The trained adapter as a file that llama.cpp reads beside the weights it was trained on."""

from pathlib import Path

from evals.small_model.gguf import FloatArray, read_gguf, write_gguf


def keep(path: Path, learned: dict[str, FloatArray], *, alpha: float) -> None:
    """Write what was learned, 16 bits a number."""
    facts: dict[str, str | int | float] = {
        "general.type": "adapter",
        "general.architecture": "llama",
        "general.name": "refrain-calls",
        "adapter.type": "lora",
        "adapter.lora.alpha": float(alpha),
    }
    write_gguf(path, facts, learned)


def read(path: Path) -> dict[str, FloatArray]:
    """What was learned.

    Raises:
        EvaluationImpossible: the file is none that was kept.
    """
    return dict(read_gguf(path).tensors)
