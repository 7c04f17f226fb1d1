"""Contrastive learning of the encoder (Chang 2021, "Neural audio fingerprint", and after)."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from knowledge.fingerprint.training.examples import Batch, Examples
from knowledge.fingerprint.training.network import DIMENSIONS, Network

_TEMPERATURE = 0.05
_ALIKE = 0.75
"""Two references this alike hold the same music: the one is no counter-example for the other."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to train.

    Attributes:
        seconds: of wall time, the last of which sees the smallest steps.
        clips: clips in a batch.
        rate: highest learning rate.
        freeze_at: share of the time after which batch normalisation no longer looks at the
            batch, so that clips and references are treated as they will be in use.
        short: share of batches of short clips.
    """

    seconds: float
    clips: int = 896
    rate: float = 2e-3
    freeze_at: float = 0.4
    short: float = 0.3


def learn(
    network: Network,
    examples: Examples,
    plan: Plan,
    report: Callable[[str], None],
) -> None:
    """Train in place until the time is up."""
    device = next(network.parameters()).device
    decayed = [p for p in network.parameters() if p.ndim > 1]
    plain = [p for p in network.parameters() if p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=plan.rate, betas=(0.9, 0.98))
    chooser = torch.Generator().manual_seed(1)
    network.train()
    started, step, frozen = time.monotonic(), 0, False
    sums = torch.zeros(3, device=device)
    while (done := (time.monotonic() - started) / plan.seconds) < 1:
        if not frozen and done > plan.freeze_at:
            frozen = True
            freeze(network)
        warm = min(1.0, (step + 1) / 200)
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * warm * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
        short = float(torch.rand((), generator=chooser)) < plan.short
        siblings = 1 if float(torch.rand((), generator=chooser)) < 0.4 else 4
        count = plan.clips * 2 if short else plan.clips
        with torch.no_grad():
            batch = examples.draw(count, siblings=siblings, short=short)
        half = torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda")
        with half:
            loss, right, bits = _loss(network, batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        sums += torch.stack((loss.detach(), right, bits))
        step += 1
        if step % 100 == 0:
            means = (sums / 100).tolist()
            sums.zero_()
            report(
                f"{time.monotonic() - started:6.1f} s  step {step}  loss {means[0]:.3f}  "
                f"first {100 * means[1]:.1f} %  first by bits {100 * means[2]:.1f} %"
            )
    network.eval()


def freeze(network: Network) -> None:
    """Let batch normalisation use what it has learnt instead of the batch."""
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm1d | torch.nn.BatchNorm2d):
            module.eval()


def _loss(network: Network, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Loss, and the share of clips' windows whose own reference comes first: floats, bits."""
    reference, clip = network.embed_pair(
        batch.reference, batch.reference_first, batch.clip, batch.clip_first
    )
    windows = reference.shape[1]
    reference, clip = reference.flatten(0, 1), clip.flatten(0, 1)
    row = torch.arange(len(reference), device=reference.device)
    clip_of, window = row // windows, row % windows
    # Straight through: the sign forward, the number itself backward.
    signs = reference.sign() / math.sqrt(DIMENSIONS)
    bits = reference + (signs - reference).detach()
    with torch.no_grad():
        alike = reference @ reference.T > _ALIKE
        near = (clip_of[:, None] == clip_of) & ((window[:, None] - window).abs() <= 1)
        ignored = (alike | near) & (row[:, None] != row)
    loss = torch.zeros((), device=reference.device)
    right = []
    for stored, weight in ((reference, 0.4), (bits, 1.0)):
        logits = (clip @ stored.T / _TEMPERATURE).float().masked_fill(ignored, -1e4)
        loss = loss + weight * functional.cross_entropy(logits, row)
        loss = loss + weight * functional.cross_entropy(logits.T, row)
        right.append((logits.argmax(dim=1) == row).float().mean().detach())
    return loss, right[0], right[1]
