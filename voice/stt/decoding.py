"""From features to text: greedy decoding with Whisper's tokens, and scoring of given texts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import torch
from torch import Tensor
from whisper.tokenizer import LANGUAGES, Tokenizer, get_tokenizer

from voice.audio import HEARING_RATE_HZ, Samples
from voice.stt.constrained import NameSpeller, as_spelled
from voice.stt.phrase_book import PhraseBook, Spelled
from voice.stt.whisper_model import DecoderCache, WhisperModel

_TOKENS_PER_S: Final = 9.0
_TOKENS_SPARE: Final = 12
_MAX_TOKENS: Final = 200
MAX_PROMPT_TOKENS: Final = 120
MAX_TEXTS: Final = 32
_AT_ONCE: Final = 96
_CIRCLES: Final = {1: 6, 2: 5, 3: 4, 4: 3, 5: 3, 6: 3, 7: 3, 8: 3, 9: 3, 10: 3}
"""How often so many tokens come one after the other when a decoder has lost its way. Songs say a
word three times ("Gimme! Gimme! Gimme!"), and "la la la la" is said by people."""
_NO_LANGUAGE: Final = "en"


@dataclass(frozen=True, slots=True)
class Decoded:
    """One clip as text."""

    text: str
    language: str
    log_probability: float
    """Sum over the tokens, the end included; natural logarithm."""
    tokens: int
    no_speech: float

    @property
    def mean_log_probability(self) -> float:
        return self.log_probability / (self.tokens + 1)


class WhisperDecoder:
    """Text for clips, one after the other. Not thread-safe."""

    def __init__(self, model: WhisperModel) -> None:
        self._model = model
        vocabulary = model.dimensions.n_vocab
        self._multilingual = vocabulary >= 51865  # the English models have one token less
        self._languages = vocabulary - 51765 - int(self._multilingual)

    def hear(
        self, samples: Samples, *, languages: Sequence[str] = (), prompt: str = ""
    ) -> tuple[Decoded, Tensor]:
        """Transcribe a clip; the features are for `score`.

        Args:
            samples: mono at 16 kHz, 30 s at most.
            languages: one to decode in, several to choose from, none to choose from all.
            prompt: words that are likely.
        """
        features = self._model.encode(samples)
        heard = self.read(features, _seconds(samples), languages=languages, prompt=prompt)
        return heard, features

    def read(
        self, features: Tensor, seconds: float, *, languages: Sequence[str] = (), prompt: str = ""
    ) -> Decoded:
        """Decode features greedily, until the end or until it goes round in circles."""
        cache = self._model.start(features)
        language = languages[0] if len(languages) == 1 else self._language(cache, languages)
        tokens = self._tokens(language)
        start = [*tokens.prompt(prompt), *tokens.start]
        states = self._model.step(torch.tensor([start]), cache)[0]
        logits = self._model.logits(states[[start.index(tokens.tokenizer.sot), -1]])
        silence = torch.softmax(logits[0], 0)
        no_speech = float(silence[tokens.tokenizer.no_speech or 0])
        said: list[int] = []
        sums = [0.0]
        ends: list[float] = []
        current = logits[-1]
        limit = min(_MAX_TOKENS, int(_TOKENS_SPARE + _TOKENS_PER_S * seconds))
        while True:
            chances = torch.log_softmax(current + tokens.ban(first=not said), 0)
            best = int(chances.argmax())
            ends.append(float(chances[tokens.tokenizer.eot]))
            if best == tokens.tokenizer.eot or len(said) >= limit:
                break
            said.append(best)
            sums.append(sums[-1] + float(chances[best]))
            if (once := without_circles(said)) < len(said):
                del said[once:]
                break
            current = self._model.logits(self._model.step(torch.tensor([[best]]), cache)[0])[-1]
        total = sums[len(said)] + ends[len(said)]
        text = tokens.tokenizer.decode(said).strip()
        return Decoded(text, language, total, len(said), no_speech)

    def score(
        self, features: Tensor | None, texts: Sequence[str], *, language: str, prompt: str = ""
    ) -> tuple[float, ...]:
        """Log probability of each text given the sound, the end included.

        Args:
            features: of `hear`; None when nothing is heard.
            texts: `MAX_TEXTS` at most.
            language: the one it was decoded in.
            prompt: names that are likely. Without it a rare spelling counts for less than a
                common word that sounds the same.
        """
        tokens = self._tokens(language)
        eot = tokens.tokenizer.eot
        wanted = [[*tokens.tokenizer.encode(" " + text.strip()), eot] for text in texts]
        longest = max(len(one) for one in wanted)
        padded = torch.tensor([one + [eot] * (longest - len(one)) for one in wanted])
        model = self._model
        cache = model.start_in_silence() if features is None else model.start(features)
        begin = torch.tensor([[*tokens.prompt(prompt), *tokens.start]])
        first = self._model.step(begin, cache)[:, -1:].expand(len(wanted), -1, -1)
        states = torch.cat([first, self._model.step(padded[:, :-1], cache)], 1)
        real = torch.arange(longest) < torch.tensor([[len(one)] for one in wanted])
        chances = torch.zeros(real.shape)
        chances[real] = self._chances(states[real], padded[real])
        return tuple(chances.sum(1).tolist())

    def speller(self, book: PhraseBook, *, language: str) -> NameSpeller:
        """What spells requests for the names of a book."""
        tokenizer = self._tokens(language).tokenizer
        return NameSpeller(self._model, book, tokenizer.encode, tokenizer.eot)

    def spell(
        self, features: Tensor, speller: NameSpeller, *, heard: str, language: str, limit: int
    ) -> tuple[Spelled, ...]:
        """The likeliest requests for names, best first; see `SpellsNames`."""
        tokens = self._tokens(language)
        found = speller.spell(features, tokens.start, heard, limit)
        return as_spelled(found, tokens.tokenizer.decode)

    def _chances(self, states: Tensor, tokens: Tensor) -> Tensor:
        """Log probability of the token after each state, shape (n,)."""
        parts = []
        # In pieces: all logits of thirty texts at once would take 150 MB.
        for at in range(0, len(tokens), _AT_ONCE):
            logits = self._model.logits(states[at : at + _AT_ONCE])
            picked = logits.gather(1, tokens[at : at + _AT_ONCE, None])[:, 0]
            parts.append(picked - torch.logsumexp(logits, 1))
        return torch.cat(parts)

    def _language(self, cache: DecoderCache, languages: Sequence[str]) -> str:
        """The likeliest language, from one look at the sound."""
        if not self._multilingual:
            return _NO_LANGUAGE
        tokenizer = self._tokens(_NO_LANGUAGE).tokenizer
        codes = dict(zip(tokenizer.all_language_codes, tokenizer.all_language_tokens, strict=True))
        allowed = [code for code in languages if code in codes] or list(codes)
        states = self._model.step(torch.tensor([[tokenizer.sot]]), cache.copy())
        logits = self._model.logits(states[0])[-1]
        return max(allowed, key=lambda code: float(logits[codes[code]]))

    def _tokens(self, language: str) -> "_Tokens":
        known = language if language in LANGUAGES else _NO_LANGUAGE
        return _tokens(known, self._multilingual, self._languages, self._model.dimensions.n_vocab)


class _Tokens:
    """Whisper's tokens for one language."""

    def __init__(self, tokenizer: Tokenizer, vocabulary: int) -> None:
        self.tokenizer = tokenizer
        self._vocabulary = vocabulary
        self.start = list(tokenizer.sot_sequence_including_notimestamps)

    def prompt(self, text: str) -> list[int]:
        """What stands before the start: words that are likely to come."""
        if not text:
            return []
        encoded = self.tokenizer.encode(" " + text.strip())[-MAX_PROMPT_TOKENS:]
        return [self.tokenizer.sot_prev, *encoded]

    def ban(self, *, first: bool) -> Tensor:
        """Added to logits: minus infinity for what may not be said."""
        return self._ban_first if first else self._ban

    @cached_property
    def _ban(self) -> Tensor:
        ban = torch.zeros(self._vocabulary)
        ban[self.tokenizer.timestamp_begin :] = -math.inf
        banned = {*self.tokenizer.non_speech_tokens, *self.tokenizer.all_language_tokens}
        special = (
            self.tokenizer.transcribe,
            self.tokenizer.translate,
            self.tokenizer.sot,
            self.tokenizer.sot_prev,
            self.tokenizer.sot_lm,
            self.tokenizer.no_speech,
            self.tokenizer.no_timestamps,
        )
        banned.update(one for one in special if one is not None)
        ban[list(banned)] = -math.inf
        return ban

    @cached_property
    def _ban_first(self) -> Tensor:
        ban = self._ban.clone()
        ban[[*self.tokenizer.encode(" "), self.tokenizer.eot]] = -math.inf
        return ban


@lru_cache(maxsize=8)
def _tokens(language: str, multilingual: bool, languages: int, vocabulary: int) -> _Tokens:
    tokenizer = get_tokenizer(
        multilingual,
        num_languages=languages,
        language=language if multilingual else None,
        task="transcribe" if multilingual else None,
    )
    return _Tokens(tokenizer, vocabulary)


def without_circles(said: Sequence[int]) -> int:
    """How many tokens are left when those at the end that come again and again are taken once."""
    for size, times in _CIRCLES.items():
        if len(said) >= size * times and all(
            said[-size * (turn + 1) : -size * turn] == said[-size:] for turn in range(1, times)
        ):
            return len(said) - size * (times - 1)
    return len(said)


def _seconds(samples: Samples) -> float:
    return len(samples) / HEARING_RATE_HZ
