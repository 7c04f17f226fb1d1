"""Real people who order coffee: do the words that matter survive?

The recordings are of the public set Picovoice/speech-to-intent-benchmark. They have no
transcripts; a slot counts as heard when its words stand in the transcript, one after the other.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from evals.evaluation import Progress, each
from evals.generated_library import hash_of
from evals.hearing.noises import mixed
from evals.hearing.words import holds
from knowledge.audio.decoder import decode
from voice.audio import HEARING_RATE_HZ, Samples
from voice.stt.transcriber import Transcriber

KITCHEN_SNR_DB = 10.0
CLEAN, KITCHEN = "clean", "kitchen"


@dataclass(frozen=True, slots=True)
class Order:
    """One recording and the slots that were said."""

    path: Path
    slots: Mapping[str, str]


@dataclass(slots=True)
class SlotCounts:
    """Slots over many recordings."""

    slots: int = 0
    heard: int = 0
    missed: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Share of the slots that survived."""
        return self.heard / self.slots if self.slots else 0.0


def read_orders(folder: Path, most: int | None = None) -> tuple[Order, ...]:
    """The recordings below `folder`, or `most` of them."""
    lines = (folder / "commands.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    orders = (
        Order(
            folder / row["file"],
            {name: str(value).strip() for name, value in row["label"]["slots"].items()},
        )
        for row in rows
    )
    return tuple(orders)[:most]


async def measure_orders(
    folder: Path,
    systems: Mapping[str, Transcriber],
    progress: Progress,
    *,
    most: int | None = None,
) -> dict[tuple[str, str], SlotCounts]:
    """Slots that survive, by system and condition (`CLEAN`, `KITCHEN`)."""
    kitchen = _sound(folder / "kitchen_noise.flac")
    counts = {(system, noise): SlotCounts() for system in systems for noise in (CLEAN, KITCHEN)}
    for order in each(progress, "real speech", read_orders(folder, most)):
        for noise, samples in _conditions(order, kitchen):
            for system, transcriber in systems.items():
                transcript = await transcriber.transcribe(samples)
                count_slots(counts[system, noise], order, transcript.text)
    return counts


def count_slots(counts: SlotCounts, order: Order, transcript: str) -> None:
    """Add what survived of one order."""
    for value in order.slots.values():
        counts.slots += 1
        if holds(transcript, value):
            counts.heard += 1
        else:
            counts.missed[value] += 1


def _conditions(order: Order, kitchen: Samples) -> Iterator[tuple[str, Samples]]:
    speech = _sound(order.path)
    yield CLEAN, speech
    start = int(hash_of(order.path.name)[:8], 16) % len(kitchen)
    noise = np.resize(np.roll(kitchen, -start), len(speech))
    yield KITCHEN, mixed(speech, noise, KITCHEN_SNR_DB)


def _sound(path: Path) -> Samples:
    blocks = decode(path, sample_rate=HEARING_RATE_HZ, channels=1)
    return np.concatenate([block[0] for block, _ in blocks])
