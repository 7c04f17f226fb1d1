"""A bank of spoken sentences for babble and talk-over, made with espeak-ng."""

import io
import subprocess

import numpy as np
import soundfile
from scipy.signal import resample_poly

from knowledge.fingerprint.models import RATE_HZ, Samples

_SENTENCES: dict[str, tuple[str, ...]] = {
    "en-us": (
        "I left my umbrella on the tram again, and of course it is raining now.",
        "Could somebody bring two more chairs to the long table by the window?",
        "They moved to a small town near the coast about seven years ago.",
        "No, the blue one, the one with the broken handle.",
        "Half of the tickets were gone before noon, can you believe it?",
    ),
    "en-gb": (
        "Two coffees, one tea without milk, and the soup of the day, please.",
        "My brother is learning to repair bicycles, he is rather good at it.",
        "The meeting has been put off until a quarter past three on Thursday.",
        "Well, that depends on who you ask and on what day you ask them.",
    ),
    "de": (
        "Wir haben gestern den ganzen Abend auf den Bus gewartet.",
        "Kannst du mir bitte das Salz und die Zitronen geben?",
        "Am Samstag wollen wir mit den Kindern an den See fahren.",
    ),
    "fr-fr": (
        "Je cherche une place assise pour quatre personnes, près de la fenêtre.",
        "Il paraît que le nouveau boulanger ouvre déjà à six heures.",
    ),
    "es": (
        "Mañana tengo que levantarme muy temprano para ir al mercado.",
        "La película empieza a las nueve, pero podemos llegar un poco antes.",
    ),
    "it": ("Domani porto io il pane, voi pensate al vino e alla frutta.",),
    "pl": ("Proszę zamknąć okno, bo robi się naprawdę zimno.",),
    "nl": ("We hebben de hele middag in de tuin gezeten en niets gedaan.",),
    "sv": ("Har du sett var jag lade nycklarna till båten?",),
    "pt-br": ("Ela comprou três livros e esqueceu todos no banco da praça.",),
    "tr": ("Akşam yemeğinden sonra sahilde biraz yürüyelim mi?",),
}
_VARIANTS = ("", "+f1", "+f2", "+f4", "+m1", "+m3", "+m5", "+m7")


def speech_bank(seed: int, variants: int = 6) -> list[Samples]:
    """Every sentence in some voices, each at RATE_HZ with an RMS of 0.1."""
    rng = np.random.default_rng(seed)
    bank = []
    for language, sentences in _SENTENCES.items():
        for sentence in sentences:
            for variant in rng.choice(_VARIANTS, variants, replace=False):
                speed, pitch = int(rng.integers(130, 210)), int(rng.integers(20, 80))
                command = ["espeak-ng", "-v", f"{language}{variant}", "-s", str(speed)]
                command += ["-p", str(pitch), "--stdout", sentence]
                spoken = subprocess.run(command, check=True, capture_output=True, timeout=60)
                samples, rate = soundfile.read(io.BytesIO(spoken.stdout), dtype="float32")
                samples = resample_poly(samples, RATE_HZ, rate).astype(np.float32)
                bank.append(samples * (0.1 / (np.sqrt(np.mean(samples**2)) + 1e-6)))
    return bank
