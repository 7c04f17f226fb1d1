"""The clips of a split: each request by one speaker of every engine, under every condition."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.generated_library import hash_of
from evals.hearing.names import Split
from evals.hearing.noises import CLEAN, NoiseBank, load_bank, spoiled
from evals.hearing.requests import SpokenRequest
from evals.hearing.voices import ENGINES, VOICES, Voice, spoken
from voice.audio import Samples


@dataclass(frozen=True, slots=True)
class Clip:
    """One request as a microphone heard it."""

    request: SpokenRequest
    voice: Voice
    condition: str
    samples: Samples
    """At 16 kHz."""


def clips(
    requests: Sequence[SpokenRequest],
    split: Split,
    conditions: Sequence[str],
    folder: Path,
) -> Iterator[Clip]:
    """Say and spoil the requests; the words are kept in `folder`, the noise is added anew.

    Raises:
        EvaluationImpossible: a voice is not installed.
    """
    bank = load_bank(split, folder) if set(conditions) - {CLEAN} else NoiseBank((), ())
    for request in requests:
        for engine in ENGINES:
            choices = VOICES[split][engine]
            voice = choices[int(hash_of(f"{engine}/{request.text}")[:8], 16) % len(choices)]
            speech = spoken(request.said, voice, folder)
            for condition in conditions:
                seed = int(hash_of(f"{split}/{condition}/{voice.name}/{request.text}")[:12], 16)
                heard = spoiled(speech, condition, bank, np.random.default_rng(seed))
                yield Clip(request, voice, condition, heard)
