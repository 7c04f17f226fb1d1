"""One run of training: files of sound in, a file of learnt numbers out."""

from collections.abc import Callable
from pathlib import Path

import torch

from knowledge.fingerprint.models import RATE_HZ
from knowledge.fingerprint.training.bank import Bank
from knowledge.fingerprint.training.damage import Damage
from knowledge.fingerprint.training.examples import Examples
from knowledge.fingerprint.training.learning import Plan, learn
from knowledge.fingerprint.training.network import Network


def run(
    music_files: list[Path],
    speech_files: list[Path],
    output: Path,
    plan: Plan,
    *,
    report: Callable[[str], None],
    resume: Path | None = None,
    seed: int = 1,
) -> Network:
    """Train, and write the module's state to `output`.

    Args:
        music_files: Vorbis at RATE_HZ, as the rendering writes them.
        speech_files: the same of people talking.
        output: where the state goes.
        plan: how long and how hard.
        report: told how it goes.
        resume: state to start from instead of chance.
        seed: of all chance; on a GPU, runs still differ in the last digits.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(seed)
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.backends.cudnn.allow_tf32 = True
    torch.backends.cudnn.benchmark = True
    generator = torch.Generator(device).manual_seed(seed)
    music = Bank(music_files, device)
    speech = Bank(speech_files, device)
    report(f"{len(music.lengths)} pieces, {len(music.samples) / RATE_HZ / 3600:.2f} h, on {device}")
    network = Network()
    if resume is not None:
        network.load_state_dict(torch.load(resume, map_location="cpu", weights_only=True))
    network.to(device)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # not in torch's stubs
    damage = Damage(speech, music, generator)
    learn(network, Examples(music, damage, generator), plan, report)
    state = {name: value.cpu() for name, value in network.state_dict().items()}
    torch.save(state, output)
    return network
