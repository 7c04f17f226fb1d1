"""Search by cover: drawn covers and those of the demo library, with what they show known."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image

from evals.evaluation import EvalReport, Progress, Table, each
from evals.retrieval.drawn_covers import EXEMPLARS, KINDS, DrawnCover, altered, draw_covers
from knowledge.covers_look.colours import Colour
from knowledge.covers_look.finding import fit
from knowledge.covers_look.look import CoverLook, look_at, picture_of
from knowledge.covers_look.words import CoverWords, Quality, read_cover_words
from knowledge.demo.albums import ALBUMS
from knowledge.demo.cover_truth import TRUTH
from knowledge.demo.covers import cover_of

DEVELOPMENT_SEED = 11
"""Borders and weights were chosen on these drawings."""
TEST_SEED = 29
"""Never looked at while choosing."""
_COUNT, _QUICK_COUNT = 350, 70
_QUICK_DEMO = 5
_SAYS_SO = 0.5
"""From this fit on a quality is taken to be there."""

_ASKED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "en": ("the album with the {} cover", {"yellow": "yellow", "blue": "blue", "red": "red",
           "green": "green", "black": "black", "purple": "purple", "brown": "brown"}),
    "de": ("das Album mit dem {} Cover", {"yellow": "gelben", "blue": "blauen", "red": "roten",
           "green": "grünen", "black": "schwarzen", "purple": "lila", "brown": "braunen"}),
    "es": ("el disco de la portada {}", {"yellow": "amarilla", "blue": "azul", "red": "roja",
           "green": "verde", "black": "negra", "purple": "morada", "brown": "marrón"}),
    "fr": ("l'album à la pochette {}", {"yellow": "jaune", "blue": "bleue", "red": "rouge",
           "green": "verte", "black": "noire", "purple": "violette", "brown": "marron"}),
    "it": ("l'album con la copertina {}", {"yellow": "gialla", "blue": "blu", "red": "rossa",
           "green": "verde", "black": "nera", "purple": "viola", "brown": "marrone"}),
    "pt": ("o disco da capa {}", {"yellow": "amarela", "blue": "azul", "red": "vermelha",
           "green": "verde", "black": "preta", "purple": "roxa", "brown": "castanha"}),
    "nl": ("het album met de {} hoes", {"yellow": "gele", "blue": "blauwe", "red": "rode",
           "green": "groene", "black": "zwarte", "purple": "paarse", "brown": "bruine"}),
    "pl": ("płyta z {} okładką", {"yellow": "żółtą", "blue": "niebieską", "red": "czerwoną",
           "green": "zieloną", "black": "czarną", "purple": "fioletową", "brown": "brązową"}),
    "sv": ("skivan med det {} omslaget", {"yellow": "gula", "blue": "blåa", "red": "röda",
           "green": "gröna", "black": "svarta", "purple": "lila", "brown": "bruna"}),
    "ja": ("{}ジャケットのアルバム", {"yellow": "黄色い", "blue": "青い", "red": "赤い",
           "green": "緑の", "black": "黒い", "purple": "紫の", "brown": "茶色の"}),
    "zh": ("{}封面的专辑", {"yellow": "黄色", "blue": "蓝色", "red": "红色", "green": "绿色",
           "black": "黑色", "purple": "紫色", "brown": "棕色"}),
    "hi": ("{} कवर वाला एल्बम", {"yellow": "पीले", "blue": "नीले", "red": "लाल", "green": "हरे",
           "black": "काले", "purple": "बैंगनी", "brown": "भूरे"}),
}  # fmt: skip
_SHAPES: Mapping[Quality, str] = {
    Quality.CIRCLE: "disc",
    Quality.STRIPES: "stripes",
    Quality.TEXT: "writing",
    Quality.BLACK_AND_WHITE: "grey",
}


@dataclass(frozen=True, slots=True)
class _Looked:
    cover: DrawnCover
    look: CoverLook


def covers_report(*, quick: bool, progress: Progress, seed: int = TEST_SEED) -> EvalReport:
    """Measure search by cover.

    Args:
        quick: fewer drawings.
        progress: told about each picture.
        seed: of the drawings; `TEST_SEED` unless borders are being chosen.
    """
    covers = draw_covers(_QUICK_COUNT if quick else _COUNT, seed)
    began = time.process_time()
    looked = [
        _Looked(cover, look_at(picture_of(cover.picture)))
        for cover in each(progress, "look at drawn covers", covers)
    ]
    cost = (time.process_time() - began) / len(covers)
    rng = np.random.default_rng(seed + 1)
    demo, demo_rows = _demo(progress, most=_QUICK_DEMO if quick else len(TRUTH))
    metrics = {
        "covers.colour.accuracy": _named_rightly(looked),
        "covers.colour.ndcg10": _colour_ndcg(looked),
        "covers.likeness.r1": _found_again(looked, rng),
        "covers.cpu_ms": 1000 * cost,
        **demo,
    }
    rows = []
    for quality, kind in _SHAPES.items():
        precision, recall = _shape_scores(looked, quality, kind)
        metrics[f"covers.{kind}.precision"] = precision
        metrics[f"covers.{kind}.recall"] = recall
        rows.append((str(quality), precision, recall))
    languages = _languages(looked)
    metrics["covers.languages.p1"] = float(np.mean([share for _, share in languages]))
    return EvalReport(
        metrics=metrics,
        tables=(
            Table("Simple content of drawn covers", ("what", "precision", "recall"), tuple(rows)),
            Table(
                "Colours asked for by language", ("language", "precision at 1"), tuple(languages)
            ),
            Table(
                "Covers of the demo library", ("cover", "shows", "named first"), tuple(demo_rows)
            ),
        ),
        notes=(
            f"{len(covers)} drawn covers, of {', '.join(KINDS)}, and {len(TRUTH)} of the demo.",
        ),
    )


def _named_rightly(looked: Sequence[_Looked]) -> float:
    """Share of covers whose largest colour has the name of the exemplar it was drawn with."""
    told = [
        max(one.look.colours, key=lambda name: one.look.colours[name].share) == one.cover.main
        for one in looked
        if one.cover.kind not in {"stripes", "grey"}  # several colours are as large
    ]
    return float(np.mean(told))


def _colour_ndcg(looked: Sequence[_Looked]) -> float:
    """Ranking of all covers for each colour: the main one counts 2, the second 1."""
    found = []
    for name in EXEMPLARS:
        gains = [one.cover.gain(name) for one in looked]
        if not any(gains):
            continue
        scores = [fit(one.look, CoverWords((Colour(name),))) for one in looked]
        order = np.argsort(-np.array(scores), kind="stable")[:10]
        weights = 1 / np.log2(np.arange(2, 12))
        best = np.sort(np.array(gains))[::-1][:10]
        ideal = float((best * weights[: len(best)]).sum())
        found.append(float((np.array(gains)[order] * weights[: len(order)]).sum()) / ideal)
    return float(np.mean(found))


def _shape_scores(looked: Sequence[_Looked], quality: Quality, kind: str) -> tuple[float, float]:
    said = CoverWords((), (quality,))
    told = np.array([fit(one.look, said) >= _SAYS_SO for one in looked])
    true = np.array([one.cover.kind == kind for one in looked])
    if quality is Quality.BLACK_AND_WHITE:  # other drawings may be of black, white and grey alone
        grey = {"black", "white", "grey"}
        true |= np.array([{one.cover.main, one.cover.second} <= grey for one in looked])
    right = float((told & true).sum())
    return right / max(float(told.sum()), 1), right / max(float(true.sum()), 1)


def _found_again(looked: Sequence[_Looked], rng: np.random.Generator) -> float:
    """How often an altered copy is nearest to its own original."""
    vectors = np.stack([one.look.vector for one in looked])
    right = []
    for place, one in enumerate(looked):
        if one.cover.kind == "ground" or place % 2:  # half of them are enough
            copy = look_at(picture_of(altered(one.cover.picture, rng)))
            right.append(int(np.argmax(vectors @ copy.vector)) == place)
    return float(np.mean(right))


def _languages(looked: Sequence[_Looked]) -> list[tuple[str, float]]:
    """Whether the first cover has the colour asked for, as its main or second one."""
    rows = []
    for language, (sentence, words) in _ASKED.items():
        right = []
        for colour, word in words.items():
            said = read_cover_words(sentence.format(word))
            best = max(looked, key=lambda one: fit(one.look, said))
            right.append(not said.is_empty and colour in {best.cover.main, best.cover.second})
        rows.append((language, float(np.mean(right))))
    return rows


def _demo(progress: Progress, *, most: int) -> tuple[dict[str, float], list[tuple[str, str, str]]]:
    designs = {album.cover: album for album in ALBUMS}
    looks: dict[str, CoverLook] = {}
    for name, album in each(progress, "look at the demo's covers", list(designs.items())[:most]):
        with Image.open(BytesIO(cover_of(album))) as picture:
            looks[name] = look_at(picture_of(picture))
    first = {
        name: max(look.colours, key=lambda colour: look.colours[colour].share)
        for name, look in looks.items()
    }
    truths = {name: TRUTH[name] for name in looks}
    ranks, seen = [], []
    for colour in EXEMPLARS:
        wanted = {name for name, truth in truths.items() if truth.main == colour}
        said = CoverWords((Colour(colour),))
        order = sorted(looks, key=lambda name: -fit(looks[name], said))
        if wanted:
            ranks.append(1 / (1 + min(order.index(name) for name in wanted)))
            seen.append(colour in {TRUTH[order[0]].main, *TRUTH[order[0]].others})
    circles = CoverWords((), (Quality.CIRCLE,))
    right = [(fit(look, circles) >= _SAYS_SO) == TRUTH[name].circle for name, look in looks.items()]
    named = [first[name] in {truth.main, *truth.others} for name, truth in truths.items()]
    rows = [
        (name, ", ".join((truth.main, *truth.others)), str(first[name]))
        for name, truth in truths.items()
    ]
    return {
        "covers.demo.mrr": float(np.mean(ranks)),
        "covers.demo.p1": float(np.mean(seen)),
        "covers.demo.colour": float(np.mean(named)),
        "covers.demo.circle": float(np.mean(right)),
    }, rows
