"""The tokens of SmolLM2, made from what its GGUF file says."""

from collections.abc import Sequence
from typing import Any

from evals.small_model.gguf import Gguf

ASKED, DONE = 1, 2
"""<|im_start|> stands between request and call, <|im_end|> ends the call."""
_SPECIAL = 3
"""Kind of a token that no text is made of."""


class Vocabulary:
    """Text to numbers and back."""

    def __init__(self, model: Gguf) -> None:
        # Of the group `train`: nobody else reads tokens.
        from tokenizers import Tokenizer, decoders, models, pre_tokenizers  # noqa: PLC0415

        tokens: Sequence[str] = model.facts["tokenizer.ggml.tokens"]
        kinds: Sequence[int] = model.facts["tokenizer.ggml.token_type"]
        merges = [tuple(pair.split(" ", 1)) for pair in model.facts["tokenizer.ggml.merges"]]
        numbers = {token: number for number, token in enumerate(tokens)}
        made: Any = Tokenizer(models.BPE(vocab=numbers, merges=merges))
        made.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Digits(individual_digits=True),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
            ]
        )
        made.decoder = decoders.ByteLevel()
        self._tokenizer = made
        self._special = frozenset(n for n, kind in enumerate(kinds) if kind == _SPECIAL)
        self.size = len(tokens)

    def numbers(self, text: str) -> list[int]:
        """Never one of the special tokens, whatever the text says."""
        found: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return [number for number in found if number not in self._special]

    def text(self, numbers: Sequence[int]) -> str:
        kept = [number for number in numbers if number not in self._special]
        return str(self._tokenizer.decode(kept))

    def asked(self, request: str) -> list[int]:
        """A request as it stands before the model."""
        return [*self.numbers(" ".join(request.split())), ASKED]
