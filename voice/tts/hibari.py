"""The default voice: hibari's "heart", American English, inside this process.

A model of 8 MB, distilled from one voice of Kokoro-82M. A second of speech costs about 6 ms of CPU.
"""

import asyncio
import importlib
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

import numpy as np

from voice.audio import Samples
from voice.errors import ModelFileUnusable, SpeakingFailed
from voice.model_file import ModelFile
from voice.tts.foreign import for_english_voice
from voice.tts.reading import spell_out
from voice.tts.shaping import sane, silence, trimmed

VOICE: Final = "heart"
"""The only voice inside the package. For any other name it would download one: never ask for it."""
_SEED: Final = 7
"""The same words sound the same each time."""
_BETWEEN_SENTENCES_MS: Final = 260
_MAX_WAITING: Final = 128
MAX_CHARACTERS: Final = 2_000


class HibariSynthesizer:
    """Speaks with one thread of its own; loads the model when it is first needed."""

    def __init__(self, model: ModelFile, unknown_words: ModelFile, *, voice: str = VOICE) -> None:
        """Note where the models are; nothing is read yet.

        Args:
            model: `hibari.onnx`.
            unknown_words: `oov.onnx`, which reads words that are in no dictionary.
            voice: "heart", and nothing else.

        Raises:
            ModelFileUnusable: another voice.
        """
        if voice != VOICE:
            raise ModelFileUnusable(f'hibari speaks only as "{VOICE}" here, not as "{voice}".')
        self._files = (model, unknown_words)
        self._engine: Any = None
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hibari")
        self._waiting = 0

    @property
    def name(self) -> str:
        return f"hibari {VOICE}"

    async def start(self) -> None:
        """Load the model and speak a word to itself, so that the first answer is quick.

        Raises:
            ModelFileUnusable: a file is missing or damaged, or the package is not installed.
        """
        await self.synthesize("Hello.")

    async def synthesize(self, text: str, *, language: str = "en", speed: float = 1.0) -> Samples:
        """Speak a clause; see `Synthesizer`.

        Whatever `language` is, it is read as English, numbers and signs included.

        Raises:
            SpeakingFailed: the engine broke, too many wait, or the text is too long.
            ModelFileUnusable: a file is missing or damaged, or the package is not installed.
        """
        if not language.startswith("en"):
            text = spell_out(text)
        if len(text) > MAX_CHARACTERS:
            raise SpeakingFailed(f"One clause has at most {MAX_CHARACTERS:,} characters.")
        if self._waiting >= _MAX_WAITING:
            raise SpeakingFailed("Too many answers wait to be spoken.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._thread, self._speak, text, min(max(speed, 0.5), 2.0)
            )
        except RuntimeError as error:  # shut down
            raise SpeakingFailed("The voice is closed.") from error
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        """Take no more; what waits is still spoken, which is a matter of milliseconds."""
        self._thread.shutdown(wait=False)

    def _speak(self, text: str, speed: float) -> Samples:
        engine = self._loaded()
        try:
            parts: list[Samples] = []
            for phonemes in engine.phonemize(for_english_voice(text)):
                made = sane(engine.from_phonemes(phonemes, speed, _SEED))
                parts += [trimmed(made), silence(_BETWEEN_SENTENCES_MS / speed)]
        except SpeakingFailed:
            raise
        except Exception as error:  # whatever it is, the caller can only show the text instead
            raise SpeakingFailed(f"The voice could not say that: {error}") from error
        return np.concatenate(parts[:-1]) if parts else np.zeros(0, np.float32)

    def _loaded(self) -> Any:
        with self._lock:
            if self._engine is None:
                self._engine = _load(*self._files)
            return self._engine


def _load(model: ModelFile, unknown_words: ModelFile) -> Any:
    """The engine, made from checked bytes only: given a model, the package looks for no other."""
    content, words = model.read(), unknown_words.read()
    try:  # not at the top: they and onnxruntime take half a second, and not everybody speaks
        hibari = importlib.import_module("hibari")
        g2p = importlib.import_module("hibari.g2p")
        oov = importlib.import_module("hibari.g2p.oov")
        onnxruntime = importlib.import_module("onnxruntime")
    except ImportError as error:
        raise ModelFileUnusable("The package hibari-tts is not installed.") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(words, options, providers=["CPUExecutionProvider"])
        reader = g2p.G2P(oov=oov.OOV(session=session))
        # what is said is spelled out already; the package's own reading of abbreviations is not
        # wanted: it takes the I of "James Infirmary" for a number
        return hibari.Hibari(VOICE, model=content, g2p=partial(reader, normalize_text=False))
    except Exception as error:
        raise ModelFileUnusable(f"The voice cannot be loaded: {error}") from error
