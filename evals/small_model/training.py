"""Training the adapters: one pass over the lessons, on one thread, with fixed seeds."""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch.nn import functional

from evals.small_model.material import Lesson
from evals.small_model.network import Network
from evals.small_model.vocabulary import DONE, Vocabulary

RATE = 1e-3
"""Of learning, at its highest; it rises over the first steps and falls along a cosine."""
_WARM = 0.05
_DECAY = 0.01
_MOST = 1.0
"""Longest gradient."""
BATCH_TOKENS = 1024
_LONGEST = 64
"""Tokens of request and call; longer lessons, a few in a thousand, are left out."""
_PART = 4096
"""Lessons of like length are batched within so many, so that batches differ in length."""
_IGNORED = -100


@dataclass(frozen=True, slots=True)
class Sequenced:
    """A lesson in tokens."""

    numbers: tuple[int, ...]
    given: int
    """How many of them are the request: they are not learned."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How far training is."""

    step: int
    steps: int
    loss: float


def sequenced(lessons: Sequence[Lesson], vocabulary: Vocabulary) -> list[Sequenced]:
    """Lessons in tokens, without those that are too long."""
    made = []
    for lesson in lessons:
        asked = vocabulary.asked(lesson.request)
        numbers = (*asked, *vocabulary.numbers(lesson.call), *((DONE,) if lesson.is_whole else ()))
        if len(numbers) <= _LONGEST:
            made.append(Sequenced(numbers, len(asked)))
    return made


def batches(lessons: Sequence[Sequenced], seed: int) -> list[list[Sequenced]]:
    """Every lesson once, in batches of like length and about `BATCH_TOKENS` each."""
    order = list(lessons)
    chance = random.Random(seed)
    chance.shuffle(order)
    found: list[list[Sequenced]] = []
    for first in range(0, len(order), _PART):
        found += _of_part(sorted(order[first : first + _PART], key=lambda one: len(one.numbers)))
    chance.shuffle(found)
    return found


def _of_part(ordered: Sequence[Sequenced]) -> Iterator[list[Sequenced]]:
    batch: list[Sequenced] = []
    for one in ordered:
        if batch and (len(batch) + 1) * len(one.numbers) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


def padded(batch: Sequence[Sequenced]) -> tuple[torch.Tensor, torch.Tensor]:
    """Token numbers [rows, length] and what comes next; padding is never learned, nor requests.

    Padding stands behind, where nothing that counts can see it.
    """
    length = max(len(one.numbers) for one in batch)
    numbers = torch.full((len(batch), length), DONE)
    after = torch.full((len(batch), length), _IGNORED)
    for place, one in enumerate(batch):
        whole = torch.tensor(one.numbers)
        numbers[place, : len(whole)] = whole
        after[place, one.given - 1 : len(whole) - 1] = whole[one.given :]
    return numbers, after


def train(
    network: Network,
    lessons: Sequence[Sequenced],
    *,
    passes: int = 1,
    seed: int = 1,
    told: Callable[[Schedule], None] = lambda _: None,
) -> None:
    """Change the adapters of `network`. Deterministic on one thread of one machine."""
    torch.manual_seed(seed)
    learned = [weights for weights in network.parameters() if weights.requires_grad]
    optimiser = torch.optim.AdamW(learned, lr=RATE, betas=(0.9, 0.98), weight_decay=_DECAY)
    planned = [batch for turn in range(passes) for batch in batches(lessons, seed + turn)]
    for step, batch in enumerate(planned):
        for group in optimiser.param_groups:
            group["lr"] = RATE * _share(step / len(planned))
        numbers, after = padded(batch)
        loss = _loss(network, numbers, after)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, _MOST)
        optimiser.step()
        told(Schedule(step + 1, len(planned), float(loss.detach())))


def _loss(network: Network, numbers: torch.Tensor, after: torch.Tensor) -> torch.Tensor:
    state = network(numbers)
    counts = after != _IGNORED
    return functional.cross_entropy(network.scores(state[counts]), after[counts])


def _share(done: float) -> float:
    if done < _WARM:
        return (done + 1e-3) / _WARM
    return 0.02 + 0.98 * (1 + math.cos(math.pi * (done - _WARM) / (1 - _WARM))) / 2
