"""What the trained model prints for requests: many at once in torch, one at a time in llama.cpp."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from agent.understanding.intents import Intent
from evals.small_model.network import Network
from evals.small_model.notation import NONE, read_call
from evals.small_model.vocabulary import DONE, Vocabulary
from evals.understanding.scoring import Answer

_MOST_TOKENS = 40
"""Of a call."""
_BATCH_TOKENS = 1500
_LONGEST = 96
"""Tokens of a request that are read."""
_UNLABELLED = {Intent.VOLUME_UNMUTE: "volume_up"}
"""As the cascade is scored: HWU64 and SLURP have no label for unmuting."""
_NOTHING = Answer("out_of_scope")


class Reading:
    """Scores and calls of the model in torch."""

    def __init__(self, network: Network, vocabulary: Vocabulary) -> None:
        self._network, self._vocabulary = network, vocabulary
        (self._none,) = vocabulary.numbers(NONE)

    def asked(self, text: str) -> list[int]:
        """The request in tokens, its end kept when it is too long."""
        return self._vocabulary.asked(text)[-_LONGEST:]

    def music(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """How likely each is a request for music: the share not given to "none"."""
        chances = np.zeros(len(texts))
        with torch.no_grad():
            for places, numbers, ends in self._batches([self.asked(text) for text in texts]):
                shares = self._after(numbers, ends).softmax(1)
                chances[places] = 1 - shares[:, self._none].numpy()
        return chances

    def calls(self, texts: Sequence[str]) -> list[str]:
        """The likeliest call for each, token by token, "none" ruled out."""
        written: list[list[int]] = [[] for _ in texts]
        asked = [self.asked(text) for text in texts]
        open_ones = list(range(len(texts)))
        with torch.no_grad():
            while open_ones:
                batches = self._batches([asked[one] + written[one] for one in open_ones])
                for places, numbers, ends in batches:
                    scores = self._after(numbers, ends)
                    for place, row in zip(places, scores, strict=True):
                        one = open_ones[place]
                        if not written[one]:
                            row[self._none] = -torch.inf
                        written[one].append(int(row.argmax()))
                open_ones = [
                    one
                    for one in open_ones
                    if written[one][-1] != DONE and len(written[one]) < _MOST_TOKENS
                ]
        return [self._vocabulary.text(numbers) for numbers in written]

    def _after(self, numbers: torch.Tensor, ends: torch.Tensor) -> torch.Tensor:
        state = self._network(numbers)
        return self._network.scores(state[torch.arange(len(ends)), ends])

    @staticmethod
    def _batches(rows: Sequence[Sequence[int]]) -> Any:
        """Places, padded numbers, and where each ends, in batches of like length."""
        order = sorted(range(len(rows)), key=lambda place: len(rows[place]))
        while order:
            longest = len(rows[order[0]])
            size = max(1, _BATCH_TOKENS // max(1, longest))
            places, order = order[:size], order[size:]
            numbers = torch.full((len(places), len(rows[places[-1]])), DONE)
            for at, place in enumerate(places):
                numbers[at, : len(rows[place])] = torch.tensor(rows[place])
            ends = torch.tensor([len(rows[place]) - 1 for place in places])
            yield places, numbers, ends


def answer_of(call: str) -> Answer:
    """A printed call as the cascade's answers are scored."""
    printed = read_call(call)
    label = _UNLABELLED.get(printed.intent, printed.intent.public)
    return Answer(label, printed.slots)


class Prepared:
    """A reader of the evaluation of understanding, its answers made beforehand in batches."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = answers

    def read(self, text: str) -> Answer:
        """What was answered; not about music when nothing was asked."""
        return self.answers.get(text, _NOTHING)


def prepare(reading: Reading, texts: Sequence[str], threshold: float) -> Prepared:
    """Answers for `texts`: a call for each that is about music with at least `threshold`."""
    different = list(dict.fromkeys(texts))
    chances = reading.music(different)
    music = [text for text, chance in zip(different, chances, strict=True) if chance >= threshold]
    return Prepared(dict(zip(music, map(answer_of, reading.calls(music)), strict=True)))


class Runtime:
    """llama.cpp with the adapter, in this process, on one thread: what it would cost to ship."""

    def __init__(self, weights: Path, adapter: Path, vocabulary: Vocabulary) -> None:
        import xllamacpp  # noqa: PLC0415  an optional extra of 100 MB

        options = xllamacpp.CommonParams()
        options.model.path = str(weights)
        lora = xllamacpp.CommonAdapterLoraInfo(str(adapter), 1.0)
        options.lora_adapters = [lora]
        options.hostnames, options.port = ["127.0.0.1"], 0
        options.n_ctx, options.n_parallel, options.n_gpu_layers = 256, 1, 0
        options.cpuparams.n_threads = options.cpuparams_batch.n_threads = 1
        options.warmup, options.ui = True, False
        options.verbosity = 0
        self._server: Any = xllamacpp.Server(options)
        self._vocabulary = vocabulary

    def call(self, text: str) -> str:
        """The likeliest call; "none" among them."""
        asked = self._vocabulary.asked(text)[-_LONGEST:]
        answer = self._server.handle_completions(
            {
                "prompt": asked,
                "n_predict": _MOST_TOKENS,
                "temperature": 0,
                "cache_prompt": False,
            }
        )
        return str(answer["choices"][0]["text"]).strip()
