"""Our own analysis of samples that lie in memory, and what it costs."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.analysis.material import real_files
from evals.evaluation import Progress, Table, each
from knowledge.analysis.frames import RATE, FrameMeter
from knowledge.analysis.model_files import tagger_folder
from knowledge.analysis.signal import ANALYSER as SIGNAL
from knowledge.analysis.signal import features_of
from knowledge.analysis.sound import SOUND, Axis, Sound
from knowledge.analysis.sound_meter import sound_of
from knowledge.analysis.tagger import MusicTagger
from knowledge.analysis.together import FINGERPRINT, analyse_together
from knowledge.demo.sound import Audio

_BLOCK = 10 * RATE


def hear(sound: Audio) -> Sound:
    """Hear samples without the tagger, stereo at RATE, shape (2, n)."""
    meter = FrameMeter()
    for start in range(0, sound.shape[1], _BLOCK):
        meter.add(sound[:, start : start + _BLOCK])
    frames = meter.finish()
    return sound_of(frames, features_of(frames))


def energies(sound: Sound) -> list[float]:
    """Return the energy of each segment, 0 to 1."""
    return [part.axes[Axis.ENERGY].value for part in sound.segments if Axis.ENERGY in part.axes]


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU time that files took."""

    audio_s: float
    cpu_s: float
    sounds: tuple[Sound, ...]

    @property
    def cpu_s_per_min(self) -> float:
        """CPU seconds for a minute of music."""
        return self.cpu_s / self.audio_s * 60 if self.audio_s else 0.0


def cost_of(files: Sequence[Path], models: Sequence[Path], progress: Progress, what: str) -> Cost:
    """Analyse files as the indexer's workers do: decode, signal, sound, tags, fingerprint.

    Args:
        files: music files.
        models: folders in which the tagger is looked for; none to leave it out.
        progress: told of every file.
        what: what the step is called.
    """
    from knowledge.fingerprint.fingerprinter import Fingerprinter  # noqa: PLC0415 - compiles code

    fingerprint = Fingerprinter().fingerprint_blocks
    folder = tagger_folder(models)
    tagger = MusicTagger(folder) if folder else None
    analysers = (SIGNAL, SOUND, FINGERPRINT)
    for file in files[:1]:  # compiled code and files are warm, as in a worker at its second file
        analyse_together(file, analysers, 60.0, fingerprint, tagger)
    sounds: list[Sound] = []
    audio_s = cpu_s = 0.0
    for file in each(progress, what, files):
        began_s = time.process_time()
        found = analyse_together(file, analysers, 60.0, fingerprint, tagger).results
        cpu_s += time.process_time() - began_s
        sound = found.get(SOUND)
        if isinstance(sound, Sound):
            sounds.append(sound)
            audio_s += sound.whole.end_s
    return Cost(audio_s, cpu_s, tuple(sounds))


def real_cost(
    count: int, models: Sequence[Path], otherwise: Sequence[Path], progress: Progress
) -> tuple[Cost, Cost, bool]:
    """Return the cost with the tagger and without, and whether it was real music.

    Args:
        count: how many real recordings.
        models: folders in which the tagger is looked for.
        otherwise: files where no real music is installed.
        progress: told of every file.
    """
    files = real_files(count)
    used = files or list(otherwise)
    whole = cost_of(used, models, progress, "analysing, with tags")
    plain = cost_of(used[: max(2, len(used) // 4)], (), progress, "analysing, without tags")
    return whole, plain, bool(files)


def cost_table(whole: Cost, plain: Cost) -> Table:
    """What the analysis costs."""
    return Table(
        "Cost of the analysis",
        ("what", "minutes of music", "CPU s a minute", "times real time on two cores"),
        tuple(
            (name, cost.audio_s / 60, cost.cpu_s_per_min, 120 / max(cost.cpu_s_per_min, 1e-9))
            for name, cost in (("everything", whole), ("without the tagger", plain))
        ),
    )
