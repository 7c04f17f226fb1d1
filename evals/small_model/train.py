"""`python -m evals.small_model.train --weights FILE --data FOLDER --output FILE`.

Trains the adapter of `docs/models/small-model.md`: one thread, fixed seeds, no row that measures.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from evals.small_model import adapter
from evals.small_model.gguf import read_gguf
from evals.small_model.material import gather

_TOLD_EVERY = 25


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, telling how far it is and what it has cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="model.gguf of smollm2-135m")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds language/")
    parser.add_argument("--output", type=Path, required=True, help="where the adapter goes")
    parser.add_argument("--lessons", type=int, default=0, help="take so few, to try it")
    parser.add_argument("--passes", type=int, default=1)
    wanted = parser.parse_args(arguments)
    console = Console(highlight=False, soft_wrap=True)

    # torch takes seconds to load and is not there where nothing is trained.
    import torch  # noqa: PLC0415

    from evals.small_model import network, training  # noqa: PLC0415
    from evals.small_model.vocabulary import Vocabulary  # noqa: PLC0415

    torch.set_num_threads(1)
    model = read_gguf(wanted.weights)
    lessons = gather(wanted.data).lessons
    if wanted.lessons:
        lessons = lessons[:: max(1, len(lessons) // wanted.lessons)]
    made = training.sequenced(lessons, Vocabulary(model))
    tokens = sum(len(one.numbers) for one in made)
    console.print(f"{len(made)} lessons of {tokens} tokens, {wanted.passes} times")
    net, started, losses = network.Network(model), time.process_time(), []

    def tell(now: training.Schedule) -> None:
        losses.append(now.loss)
        if now.step % _TOLD_EVERY == 0 or now.step == now.steps:
            mean = sum(losses[-_TOLD_EVERY:]) / len(losses[-_TOLD_EVERY:])
            spent = time.process_time() - started
            console.print(f"{now.step} of {now.steps}: loss {mean:.3f}, {spent:.0f} CPU s")

    training.train(net, made, passes=wanted.passes, told=tell)
    adapter.keep(wanted.output, net.learned(), alpha=network.ALPHA)
    size = wanted.output.stat().st_size / 1e6
    console.print(f"{wanted.output}: {size:.1f} MB, {time.process_time() - started:.0f} CPU s")


if __name__ == "__main__":
    main()
