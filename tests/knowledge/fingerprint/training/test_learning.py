"""Learning the encoder, at a size that takes seconds."""

from pathlib import Path

import numpy as np
import pytest

from encoder_sounds import plucked

pytest.importorskip("torch")
pytest.importorskip("soundfile")

import torch

from knowledge.fingerprint.encoder import Encoder, pack
from knowledge.fingerprint.encoder_frontend import band_power
from knowledge.fingerprint.training.bank import Bank
from knowledge.fingerprint.training.damage import Damage
from knowledge.fingerprint.training.examples import Examples
from knowledge.fingerprint.training.learning import Plan, learn
from knowledge.fingerprint.training.network import COLUMNS, STEP, Network
from knowledge.fingerprint.training.rendering import write_vorbis

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    folder = tmp_path_factory.mktemp("bank")
    files = [folder / f"{number}.ogg" for number in range(3)]
    for number, path in enumerate(files):
        write_vorbis(path, plucked(number, 12))
    return Bank(files, torch.device("cpu"))


@pytest.fixture
def chance() -> torch.Generator:
    return torch.Generator("cpu").manual_seed(1)


def test_a_bank_reads_pieces_at_any_speed_and_from_the_start_again(bank: Bank) -> None:
    piece, step = torch.tensor([1]), torch.tensor([2.0])

    fast = bank.cut(piece, torch.tensor([100.0]), step, 50)[0]
    again = bank.cut(piece, bank.lengths[piece] + 100.0, step, 50)[0]

    begin = int(bank.starts[1]) + 100
    assert torch.allclose(fast, bank.samples[begin : begin + 100 : 2].float(), atol=1e-3)
    assert torch.allclose(fast, again)


def test_damage_keeps_the_shape_and_leaves_nothing_as_it_was(
    bank: Bank, chance: torch.Generator
) -> None:
    clips = bank.cut(torch.tensor([0, 1, 2]), torch.zeros(3), torch.ones(3), 30_000)

    damaged = Damage(bank, bank, chance)(clips)

    assert damaged.shape == clips.shape
    assert torch.isfinite(damaged).all()
    scale = clips.square().mean(dim=1, keepdim=True).sqrt()
    assert ((damaged - clips / scale).square().mean(dim=1) > 1e-4).all()


@pytest.mark.parametrize("short", [False, True])
def test_windows_of_a_pair_hold_the_same_music(
    bank: Bank, chance: torch.Generator, short: bool
) -> None:
    def untouched(clips: torch.Tensor) -> torch.Tensor:
        return clips

    examples = Examples(bank, untouched, chance, spoil_spectrum=False)
    batch = examples.draw(12, siblings=2, short=short)

    def likeness(shift: int) -> float:
        values = []
        for row in range(12):
            for k in range(batch.clip_first.shape[1]):
                own = _window(batch.reference[row], int(batch.reference_first[row, k]))
                first = int(batch.clip_first[row, k]) + shift
                if 0 <= first <= batch.clip.shape[1] // STEP - COLUMNS:
                    values.append(float((own * _window(batch.clip[row], first)).mean()))
        return float(np.mean(values))

    assert likeness(0) > max(likeness(-2), likeness(2)) + 0.2


def _window(power: torch.Tensor, first: int) -> torch.Tensor:
    log = torch.log(power[first * STEP : (first + COLUMNS) * STEP] + 1e-3)
    log = log - log.mean(dim=0)
    return log / log.std()


def test_learning_lowers_the_loss_and_reports(bank: Bank, chance: torch.Generator) -> None:
    torch.manual_seed(0)
    network = Network(widths=(4, 4, 4, 4), features=8, hidden=16)
    before = [parameter.detach().clone() for parameter in network.parameters()]
    examples = Examples(bank, Damage(bank, bank, chance), chance)

    learn(network, examples, Plan(seconds=2, clips=4), lambda _: None)

    moved = [
        not torch.equal(old, new) for old, new in zip(before, network.parameters(), strict=True)
    ]
    assert all(moved)
    assert not network.training


def test_an_exported_network_computes_the_same(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    from knowledge.fingerprint.training.export import export

    torch.manual_seed(0)
    network = Network().eval()
    export(network, tmp_path / "encoder.onnx")
    samples = plucked(1, 5)

    exported = Encoder(tmp_path / "encoder.onnx").query(samples).vectors

    with torch.no_grad():
        power = torch.from_numpy(band_power(samples))[None]
        own = network.embed(power, torch.arange(len(exported))[None])[0].numpy()
    assert (exported * own).sum(axis=1).min() > 0.98
    assert np.unpackbits(pack(exported) ^ pack(own)).mean() < 0.1
    assert (tmp_path / "encoder.onnx").stat().st_size < 2_000_000
