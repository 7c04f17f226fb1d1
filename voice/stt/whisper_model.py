"""Whisper on a CPU, for short utterances: encode only what was said, with 8-bit weights.

Whisper ("Robust Speech Recognition via Large-Scale Weak Supervision", Radford et al. 2022) pads
every clip to 30 s. For a command that is nine tenths of the work, so the sound is padded to about
ten seconds and the table of positions is cut to match. Below that the decoder loses its way.

Importing this module imports torch: only worker processes do.
"""

import math
import warnings
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import torch
import whisper
from torch import Tensor, nn
from torch.nn import functional

from voice.audio import HEARING_RATE_HZ, Samples
from voice.stt.ctranslate2_file import read_variables, whisper_state

POSITIONS_PER_S: Final = 50
_SAMPLES_PER_POSITION: Final = 320
_SPARE_S: Final = 1.0
_SHORT_S: Final = 6.0
_FLOOR_SHORT: Final = 512
_FLOOR_LONG: Final = 800
MAX_CLIP_S: Final = 30.0
_KEPT_SOUNDS: Final = 2
"""Of so many clips the decoder's view is kept; 13 MB each."""


KeysAndValues: TypeAlias = tuple[Tensor, Tensor]


@dataclass(slots=True)
class DecoderCache:
    """Keys and values of what was decoded so far, and of what is listened to."""

    sounds: tuple[list[KeysAndValues], ...]
    """Of each sound by layer. Texts are divided evenly: the first ones listen to the first."""
    words: list[KeysAndValues | None]
    length: int = 0

    def copy(self) -> "DecoderCache":
        """The same state, to go on from in another way."""
        return DecoderCache(self.sounds, list(self.words), self.length)

    def follow(self, rows: Sequence[int]) -> None:
        """Go on from these texts, in this order; one may be gone on from in several ways."""
        picked = torch.tensor(rows)
        for index, words in enumerate(self.words):
            if words is not None:
                self.words[index] = (words[0][picked], words[1][picked])


class WhisperModel:
    """The network alone: sound to features, features and tokens to logits. Not thread-safe."""

    def __init__(self, weights: Path, *, quantised: bool = True) -> None:
        """Load CTranslate2 weights.

        Args:
            weights: model.bin of a Whisper conversion.
            quantised: compute matrix products with 8-bit integers; a third of the time.

        Raises:
            ModelFileUnusable: the file is missing or of another kind.
        """
        dimensions, state = whisper_state(read_variables(weights))
        self.dimensions = dimensions
        network = whisper.Whisper(whisper.model.ModelDimensions(**asdict(dimensions)))
        network.load_state_dict(
            {name: torch.from_numpy(value) for name, value in state.items()}, strict=False
        )
        network.eval().requires_grad_(requires_grad=False)
        _use_plain_linear(network)
        embedding = network.decoder.token_embedding.weight
        words = nn.Linear(embedding.shape[1], embedding.shape[0], bias=False)
        words.weight = nn.Parameter(embedding, requires_grad=False)
        # The checkpoint holds float16, so that nothing is lost and 50 MB are won.
        self._embedding = embedding.detach().half()
        self._encoder = _quantised(network.encoder) if quantised else network.encoder
        self._blocks = _quantised(network.decoder.blocks) if quantised else network.decoder.blocks
        self._words = _quantised(nn.Sequential(words)) if quantised else words
        self._text_positions = network.decoder.positional_embedding.detach()
        self._last_norm = network.decoder.ln
        self._is_quantised = quantised
        self._heard: deque[tuple[Tensor, list[KeysAndValues]]] = deque(maxlen=_KEPT_SOUNDS)
        self._sound_positions = network.encoder.positional_embedding.detach()

    def encode(self, samples: Samples) -> Tensor:
        """Features of a clip, shape (1, positions, state).

        Args:
            samples: mono at 16 kHz, at most `MAX_CLIP_S` long; the rest is cut off.
        """
        seconds = len(samples) / HEARING_RATE_HZ
        positions = window_of(seconds)
        sound = torch.from_numpy(samples)
        padded = whisper.pad_or_trim(sound, positions * _SAMPLES_PER_POSITION)
        with torch.inference_mode():
            mel = whisper.log_mel_spectrogram(padded, n_mels=self.dimensions.n_mels)
            self._encoder.positional_embedding = self._sound_positions[:positions]
            features: Tensor = self._encoder(mel[None])
        return features

    def start(self, features: Tensor, *, beside_silence: bool = False) -> DecoderCache:
        """What decoding of these features starts from.

        Args:
            features: of `encode`.
            beside_silence: listen to silence as well: the second half of the texts is then
                what the decoder would expect if it heard nothing.
        """
        heard = self._listened(features)
        sounds = (heard, self._nothing_heard) if beside_silence else (heard,)
        return DecoderCache(sounds, [None] * len(self._blocks))

    def start_in_silence(self) -> DecoderCache:
        """What decoding starts from when nothing is heard."""
        return DecoderCache((self._nothing_heard,), [None] * len(self._blocks))

    @cached_property
    def _nothing_heard(self) -> list[KeysAndValues]:
        return self._listen(self.encode(np.zeros(0, np.float32)))

    def _listened(self, features: Tensor) -> list[KeysAndValues]:
        """As `_listen`; a clip is asked about three times in a row."""
        for known, sound in self._heard:
            if known is features:
                return sound
        sound = self._listen(features)
        self._heard.append((features, sound))
        return sound

    def _listen(self, features: Tensor) -> list[KeysAndValues]:
        with torch.inference_mode():
            return [
                (
                    _heads(block.cross_attn.key(features), block.cross_attn.n_head),
                    _heads(block.cross_attn.value(features), block.cross_attn.n_head),
                )
                for block in self._blocks
            ]

    def some_words(self, tokens: Sequence[int]) -> Callable[[Tensor], Tensor]:
        """As `logits`, of these tokens alone: a smaller matrix is quicker."""
        rows = self._embedding[torch.tensor(list(tokens))].float()
        words: Any = nn.Linear(rows.shape[1], rows.shape[0], bias=False)
        words.weight = nn.Parameter(rows, requires_grad=False)
        if self._is_quantised:
            words = _quantised(nn.Sequential(words))

        def logits(states: Tensor) -> Tensor:
            with torch.inference_mode():
                found: Tensor = words(states)
                return found

        return logits

    def step(self, tokens: Tensor, cache: DecoderCache) -> Tensor:
        """Decode further tokens and remember them.

        Args:
            tokens: int64, shape (batch, n).
            cache: grows by n; one that was filled with a batch of one goes on with any size.

        Returns:
            What follows each token, for `logits`; shape (batch, n, state).
        """
        with torch.inference_mode():
            begin, count = cache.length, tokens.shape[1]
            x = functional.embedding(tokens, self._embedding).float()
            x = x + self._text_positions[begin : begin + count]
            for index, block in enumerate(self._blocks):
                x = x + self._attend_words(block, x, cache, index)
                x = x + self._attend_sound(block, x, cache, index)
                x = x + block.mlp(block.mlp_ln(x))
            cache.length += count
            states: Tensor = self._last_norm(x)
            return states

    def logits(self, states: Tensor) -> Tensor:
        """How likely each token of the vocabulary follows; (n, state) to (n, vocabulary).

        A matrix of 50,000 columns: only the states that are needed should be given.
        """
        with torch.inference_mode():
            logits: Tensor = self._words(states)
            return logits

    def _attend_words(self, block: Any, x: Tensor, cache: DecoderCache, index: int) -> Tensor:
        attention, normed = block.attn, block.attn_ln(x)
        key = _heads(attention.key(normed), attention.n_head)
        value = _heads(attention.value(normed), attention.n_head)
        if (before := cache.words[index]) is not None:
            size = x.shape[0]  # several texts may go on from one beginning
            key = torch.cat([before[0].expand(size, -1, -1, -1), key], 2)
            value = torch.cat([before[1].expand(size, -1, -1, -1), value], 2)
        cache.words[index] = (key, value)
        query = _heads(attention.query(normed), attention.n_head)
        several = x.shape[1] > 1
        mask = _causal(x.shape[1], key.shape[2]) if several and cache.length else None
        mixed = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask, is_causal=several and not cache.length
        )
        return _join(attention.out, mixed)

    @staticmethod
    def _attend_sound(block: Any, x: Tensor, cache: DecoderCache, index: int) -> Tensor:
        attention = block.cross_attn
        query = _heads(attention.query(block.cross_attn_ln(x)), attention.n_head)
        heads, length, width = query.shape[1:]
        mixed = []
        for sound, texts in zip(cache.sounds, query.chunk(len(cache.sounds)), strict=True):
            key, value = sound[index]
            # All texts look at the same sound: as one long text they need no copies of it.
            long = texts.transpose(0, 1).reshape(1, heads, -1, width)
            one = functional.scaled_dot_product_attention(long, key, value)
            mixed.append(one.view(heads, -1, length, width).transpose(0, 1))
        return _join(attention.out, torch.cat(mixed))


def window_of(seconds: float) -> int:
    """How many positions a clip is encoded with; 50 a second, and never too few."""
    floor = _FLOOR_SHORT if seconds < _SHORT_S else _FLOOR_LONG
    wanted = math.ceil((min(seconds, MAX_CLIP_S) + _SPARE_S) * POSITIONS_PER_S)
    return min(1500, max(floor, wanted))


def _heads(x: Tensor, count: int) -> Tensor:
    """(batch, n, state) to (batch, heads, n, state of a head)."""
    return x.view(x.shape[0], x.shape[1], count, -1).transpose(1, 2)


def _join(out: Any, mixed: Tensor) -> Tensor:
    joined: Tensor = out(mixed.transpose(1, 2).flatten(2))
    return joined


def _causal(new: int, total: int) -> Tensor:
    return torch.ones(new, total, dtype=torch.bool).tril(total - new)


def _use_plain_linear(module: nn.Module) -> None:
    """Whisper's own Linear casts its weights each time, and quantisation passes it over."""
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Linear) and type(child) is not nn.Linear:
            plain = nn.Linear(child.in_features, child.out_features, bias=child.bias is not None)
            plain.weight, plain.bias = child.weight, child.bias
            setattr(module, name, plain)
        else:
            _use_plain_linear(child)


def _quantised(module: nn.Module) -> Any:
    with warnings.catch_warnings():
        # Announced to move to another package, which the pinned version does not need yet.
        warnings.simplefilter("ignore")
        quantise: Any = torch.ao.quantization.quantize_dynamic
        return quantise(module, {nn.Linear}, dtype=torch.qint8)
