"""Fits the decision whether a name is put into what was heard, on the development split.

`python -m evals.hearing.calibration --collect FILE` lets Whisper hear the clips and writes every
reading with its numbers; `--fit FILE` fits a conditional logit over them (McFadden 1974): what
was written has utility 0, each reading a weighted sum of its features, and the chance of a choice
is the softmax. The weights go into `voice/decision.py` by hand.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.hearing.clips import clips
from evals.hearing.folders import cache_folder, whisper_weights
from evals.hearing.names import names_of
from evals.hearing.noises import CLEAN, NOISE_10
from evals.hearing.requests import SpokenRequest, make_requests
from evals.hearing.resolving import open_resolver
from evals.hearing.voices import ROBOT
from server.voice.vocabulary import LibraryVocabulary, SettledRequests
from voice.decision import FEATURES, features
from voice.hearing import candidates, is_sure
from voice.stt.hypotheses import FUNCTION_WORDS, Explained, Hypothesis
from voice.stt.phonetics import folded
from voice.stt.whisper import WhisperTranscriber

_INVENTED_WEIGHT = 4.0
_LOST_WEIGHT = 0.5
"""Of clips whose name is among no reading."""
_BEFORE_NAMES = FUNCTION_WORDS | {"id", "can", "place"}
_RIDGE = 0.02
_FOLDS = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Collect or fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--collect", type=Path, help="where to write the readings")
    parser.add_argument("--requests", type=int, default=150)
    parser.add_argument("--fit", type=Path, nargs="+", help="readings written before")
    options = parser.parse_args(arguments)
    if options.collect:
        asyncio.run(_collect(options.collect, options.requests))
    if options.fit:
        _fit([json.loads(line) for path in options.fit for line in path.open()])
    return 0


async def _collect(path: Path, count: int) -> None:
    names = names_of("dev")
    requests = list(make_requests(names, "dev", count))
    random.Random(0).shuffle(requests)  # so that a collection may be broken off
    settled = SettledRequests()
    with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder, path.open("w") as out:
        async with open_resolver(Path(folder), names.library) as resolver:
            services = resolver.services
            index = LibraryVocabulary(services.catalog, services.playlists).gather()
            whisper = WhisperTranscriber(whisper_weights(), languages=("en",))
            await whisper.start()
            try:
                for clip in clips(requests, "dev", [CLEAN, NOISE_10], cache_folder()):
                    heard = await whisper.transcribe(clip.samples)
                    if clip.voice.engine == ROBOT or not heard.text or settled(heard.text):
                        continue
                    found = await candidates(heard, index, whisper)
                    row = {
                        "request": clip.request.text,
                        "present": clip.request.present,
                        "voice": clip.voice.engine,
                        "condition": clip.condition,
                        "heard": found.text,
                        "confidence": heard.confidence,
                        "written": asdict(found.written),
                        "asked": names_asked(clip.request),
                        "readings": [
                            {**asdict(one), "gain": gain, "usual": usual}
                            for one, gain, usual in zip(
                                found.readings, found.gains, found.usual, strict=True
                            )
                        ],
                    }
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
                    out.flush()
            finally:
                await whisper.close()


@dataclass(frozen=True, slots=True)
class _Choice:
    group: str
    where: str
    options: NDArray[np.float64]
    """Features of the readings, shape (n, features)."""
    right: NDArray[np.bool_]
    """Which choices are right; the first stands for keeping what was written."""
    present: bool
    weight: float


def _report_sure(rows: Sequence[dict[str, Any]]) -> None:
    """How often nothing else is looked for, and how often that is right."""
    sure = [row for row in rows if is_sure(Explained(**row["written"]), row["confidence"])]
    right = sum(folded(row["heard"]) == folded(row["request"]) for row in sure)
    print(f"sure of {len(sure)} of {len(rows)} clips, rightly of {right}")


def _fit(rows: list[dict[str, Any]]) -> None:
    _report_sure(rows)
    choices = [_choice(row) for row in rows if row["readings"]]
    groups = sorted({one.group for one in choices})
    fold_of = {group: number % _FOLDS for number, group in enumerate(groups)}
    picked: list[tuple[_Choice, int]] = []
    for fold in range(_FOLDS):
        weights = _weights([one for one in choices if fold_of[one.group] != fold])
        picked += [(one, _pick(one, weights)) for one in choices if fold_of[one.group] == fold]
    _report(picked)
    for name, weight in zip(FEATURES, _weights(choices), strict=True):
        print(f"{name:12} {weight:8.3f}")


def names_asked(request: SpokenRequest) -> list[str]:
    """What a text may name so that the right thing comes of it, folded; none when it is absent."""
    if not request.present:
        return []
    title, artist, album = (
        folded(one) for one in (request.name.title, request.name.artist, request.name.album)
    )
    if request.kind == "artist":
        return [artist]
    if request.kind == "album":
        return [f"{album} by {artist}"]
    alone = folded(request.text).endswith(f" {title}")
    return [f"{title} by {artist}", *([title] if alone else [])]


def asks_for(text: str, names: Sequence[str]) -> bool:
    """Whether a text is a request for one of these names: common words, and then the name."""
    words = folded(text)
    before = [words[: -len(name)].split() for name in names if words.endswith(f" {name}")]
    return any(all(word in _BEFORE_NAMES for word in one) for one in before)


def _choice(row: dict[str, Any]) -> _Choice:
    texts = [row["heard"], *(one["text"] for one in row["readings"])]
    right = np.array([asks_for(text, row["asked"]) for text in texts])
    lost = not right.any()  # then it is best left as it is
    right[0] |= lost
    written = Explained(**row["written"])
    options = np.array(
        [
            features(_reading(one), written, row["confidence"], one["gain"], one["usual"])
            for one in row["readings"]
        ]
    )
    where = f"{row['voice']} {row['condition']}"
    weight = _INVENTED_WEIGHT if not row["present"] else _LOST_WEIGHT if lost else 1.0
    return _Choice(row["request"], where, options, right, row["present"], weight)


def _reading(row: dict[str, Any]) -> Hypothesis:
    return Hypothesis(
        row["text"],
        row["likeness"],
        row["span"],
        (),
        row["sound"],
        whole=row["whole"],
        explained=Explained(**row["explained"]),
        lead=row["lead"],
    )


def _weights(choices: Sequence[_Choice]) -> NDArray[np.float64]:
    # The same ridge for all: each feature is divided by its spread.
    spread = np.vstack([one.options for one in choices]).std(0) + 1e-6
    spread[0] = 1.0

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total = _RIDGE * float(weights @ weights)
        slope = 2 * _RIDGE * weights
        for one in choices:
            x = np.vstack([np.zeros(len(weights)), one.options / spread])
            utility = x @ weights
            chance = np.exp(utility - utility.max())
            chance /= chance.sum()
            good = float(chance[one.right].sum()) + 1e-12
            total -= one.weight * np.log(good)
            inside = np.where(one.right, chance, 0.0) / good
            slope -= one.weight * ((inside - chance) @ x)
        return total, slope

    start = np.zeros(len(FEATURES))
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 400})
    weights: NDArray[np.float64] = fitted.x / spread
    return weights


def _pick(one: _Choice, weights: NDArray[np.float64]) -> int:
    return int(np.argmax(np.concatenate([[0.0], one.options @ weights])))


def _report(picked: Sequence[tuple[_Choice, int]]) -> None:
    for where in sorted({one.where for one, _ in picked}):
        here = [(one, choice) for one, choice in picked if one.where == where]
        present = [(one, choice) for one, choice in here if one.present]
        absent = [(one, choice) for one, choice in here if not one.present]
        right = np.mean([one.right[choice] for one, choice in present])
        touched = np.mean([choice != 0 for _, choice in absent]) if absent else 0.0
        print(
            f"{where:16} n {len(present):4}  as well as can be {right:.3f}  "
            f"absent {len(absent):4}  touched {touched:.3f}"
        )


if __name__ == "__main__":
    sys.exit(main())
