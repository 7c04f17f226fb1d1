"""SmolLM2 in torch: the decoder of Llama, frozen, with low-rank adapters that learn.

Touvron et al. 2023, "LLaMA"; Hu et al. 2021, "LoRA". Queries and keys are turned in neighbouring
pairs because llama.cpp's converter has put their rows in that order.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from evals.small_model.gguf import FloatArray, Gguf

RANK, ALPHA = 16, 32.0
FROZEN = 14
"""Lower layers without adapters, of 30: nothing is learned through them, which halves the cost."""
_PARTS = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
_FAST = torch.bfloat16
"""For products; sums, norms and the adapters stay at 32 bits."""


class Adapted(nn.Module):
    """A frozen matrix and a low-rank change of it."""

    def __init__(self, weight: FloatArray, rank: int, seed: torch.Generator) -> None:
        """Change nothing yet; with a rank of 0, never."""
        super().__init__()
        outputs, inputs = weight.shape
        self.register_buffer("weight", torch.from_numpy(weight).to(_FAST), persistent=False)
        self.rank = rank
        if rank:
            self.down = nn.Parameter(torch.randn(rank, inputs, generator=seed) / inputs**0.5)
            self.up = nn.Parameter(torch.zeros(outputs, rank))

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        frozen: Any = self.weight
        made = functional.linear(given, frozen)
        if not self.rank:
            return made
        low = functional.linear(given, self.down.to(_FAST))
        return made + functional.linear(low, (self.up * (ALPHA / self.rank)).to(_FAST))


class Layer(nn.Module):
    """Attention over what came before, then a gated network."""

    def __init__(self, model: Gguf, number: int, rank: int, seed: torch.Generator) -> None:
        super().__init__()
        facts, tensors = model.facts, model.tensors
        self.heads = int(facts["llama.attention.head_count"])
        self.shared = int(facts["llama.attention.head_count_kv"])
        self._epsilon = float(facts["llama.attention.layer_norm_rms_epsilon"])
        self.parts = nn.ModuleDict(
            {part: Adapted(tensors[f"blk.{number}.{part}.weight"], rank, seed) for part in _PARTS}
        )
        for norm in ("attn_norm", "ffn_norm"):
            weight = torch.from_numpy(tensors[f"blk.{number}.{norm}.weight"])
            self.register_buffer(norm, weight, persistent=False)

    def forward(self, state: torch.Tensor, turn: torch.Tensor) -> torch.Tensor:
        weights: Any = self.attn_norm
        state = state + self._attend(norm(state, weights, self._epsilon), turn)
        weights = self.ffn_norm
        seen = norm(state, weights, self._epsilon)
        gate = functional.silu(self.parts["ffn_gate"](seen))
        changed: torch.Tensor = self.parts["ffn_down"](gate * self.parts["ffn_up"](seen))
        return state + changed

    def _attend(self, seen: torch.Tensor, turn: torch.Tensor) -> torch.Tensor:
        many, length, _ = seen.shape

        def split(part: str, heads: int) -> torch.Tensor:
            made: torch.Tensor = self.parts[part](seen)
            return made.view(many, length, heads, -1).transpose(1, 2)

        # Written out: for requests so short torch's own attention is slower to learn through.
        asking = _turned(split("attn_q", self.heads), turn)
        group = self.heads // self.shared
        keys = _turned(split("attn_k", self.shared), turn).repeat_interleave(group, 1)
        values = split("attn_v", self.shared).repeat_interleave(group, 1)
        fits = (asking @ keys.transpose(2, 3)).float() / keys.shape[3] ** 0.5
        later = torch.ones(length, length, dtype=torch.bool).triu(1)
        mixed = fits.masked_fill(later, -torch.inf).softmax(3).to(_FAST) @ values
        made: torch.Tensor = self.parts["attn_output"](
            mixed.transpose(1, 2).reshape(many, length, -1)
        )
        return made


class Network(nn.Module):
    """Token numbers [rows, length] in, states [rows, length, width] out."""

    def __init__(
        self, model: Gguf, *, rank: int = RANK, frozen: int = FROZEN, seed: int = 1
    ) -> None:
        super().__init__()
        random = torch.Generator().manual_seed(seed)
        count = int(model.facts["llama.block_count"])
        self._frozen = frozen
        self.layers = nn.ModuleList(
            Layer(model, n, rank if n >= frozen else 0, random) for n in range(count)
        )
        words = torch.from_numpy(model.tensors["token_embd.weight"]).to(_FAST)
        self.register_buffer("words", words, persistent=False)
        last = torch.from_numpy(model.tensors["output_norm.weight"])
        self.register_buffer("last_norm", last, persistent=False)
        self._epsilon = float(model.facts["llama.attention.layer_norm_rms_epsilon"])
        self._base = float(model.facts["llama.rope.freq_base"])
        self._turned = int(model.facts["llama.rope.dimension_count"])

    def forward(self, numbers: torch.Tensor) -> torch.Tensor:
        words: Any = self.words
        state = words[numbers].float()
        places = torch.arange(numbers.shape[1])
        speeds = self._base ** (-torch.arange(0, self._turned, 2) / self._turned)
        turn = torch.polar(torch.ones(()), places[:, None] * speeds)
        with torch.no_grad():
            for layer in self.layers[: self._frozen]:
                state = layer(state, turn)
        for layer in self.layers[self._frozen :]:
            state = layer(state, turn)
        weights: Any = self.last_norm
        return norm(state, weights, self._epsilon)

    def scores(self, state: torch.Tensor) -> torch.Tensor:
        """Of every token, to come after `state` [any, width]."""
        words: Any = self.words
        return functional.linear(state, words).float()

    def learned(self) -> dict[str, FloatArray]:
        """The adapters, by the names that llama.cpp gives them."""
        found: dict[str, FloatArray] = {}
        for name, adapted in self._adapted():
            found[f"{name}.lora_a"] = adapted.down.detach().numpy()
            found[f"{name}.lora_b"] = adapted.up.detach().numpy()
        return found

    def learn_again(self, tensors: Mapping[str, FloatArray]) -> None:
        """Take over adapters that were kept."""
        with torch.no_grad():
            for name, adapted in self._adapted():
                adapted.down.copy_(torch.from_numpy(tensors[f"{name}.lora_a"]))
                adapted.up.copy_(torch.from_numpy(tensors[f"{name}.lora_b"]))

    def _adapted(self) -> Iterator[tuple[str, Adapted]]:
        for number, layer in enumerate(self.layers):
            parts: Any = layer.parts
            yield from (
                (f"blk.{number}.{part}.weight", adapted)
                for part, adapted in parts.items()
                if adapted.rank
            )


def norm(state: torch.Tensor, weights: torch.Tensor, epsilon: float) -> torch.Tensor:
    """Root mean square normalisation, ready for a product."""
    scale = torch.rsqrt(state.square().mean(-1, keepdim=True) + epsilon)
    return (state * scale * weights).to(_FAST)


def _turned(heads: torch.Tensor, turn: torch.Tensor) -> torch.Tensor:
    pairs = torch.view_as_complex(heads.float().reshape(*heads.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * turn).flatten(-2).to(heads.dtype)
