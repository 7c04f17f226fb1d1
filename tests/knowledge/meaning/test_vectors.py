"""Vectors of tracks: kept in step, taken up again, made anew when they break."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.errors import MeaningUnusable
from knowledge.meaning import chroma_store
from knowledge.meaning.documents import Document, Part
from knowledge.meaning.vectors import TrackVectors
from meaning_fake import WordsEmbedder


def said(words: str) -> Document:
    return Document((Part("title", words, "tag"),))


LIBRARY = {
    1: said("calm piano for a quiet evening"),
    2: said("loud drums and guitars for a party"),
    3: said("a calm night on the water"),
}


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[TrackVectors]:
    opened = TrackVectors(tmp_path / "meaning", WordsEmbedder())
    yield opened
    opened.close()


@pytest.mark.integration
def test_finds_what_is_nearest_to_some_words(vectors: TrackVectors) -> None:
    assert vectors.nearest("calm piano", 2) == []  # nothing is ready, and nothing waits
    assert not vectors.status().ready
    vectors.update(LIBRARY)
    found = vectors.nearest("calm piano", 3)
    assert [one for one, _ in found] == [1, 3, 2]
    assert found[0][1] > found[1][1] > found[2][1]
    assert [one for one, _ in vectors.nearest("calm piano", 3, among=[2, 3])] == [3, 2]
    assert vectors.nearest("calm piano", 3, among=[]) == []
    assert vectors.status() == vectors.status().__class__(True, 3, 0)


@pytest.mark.integration
def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    embedder = WordsEmbedder()
    first = TrackVectors(tmp_path, embedder)
    first.update(LIBRARY)
    first.close()
    embedder.read.clear()
    again = TrackVectors(tmp_path, embedder)
    changed = {1: LIBRARY[1], 2: said("whispering strings"), 4: said("a new song")}
    done = again.update(changed)
    assert sorted(embedder.read) == ["a new song", "whispering strings"]
    assert (done.read, done.removed, done.unchanged) == (2, 1, 1)
    assert {one for one, _ in again.nearest("strings", 10)} == {1, 2, 4}  # 3 has left the library
    again.close()


@pytest.mark.integration
def test_tracks_of_which_the_same_is_said_are_read_once(tmp_path: Path) -> None:
    embedder = WordsEmbedder()
    vectors = TrackVectors(tmp_path, embedder)
    vectors.update({number: said("only a genre") for number in range(100)})
    assert embedder.read == ["only a genre"]
    assert len(vectors.nearest("genre", 200)) == 100
    vectors.close()


@pytest.mark.integration
def test_a_run_that_broke_off_goes_on_where_it_was(tmp_path: Path) -> None:
    library = {number: said(f"song number {number}") for number in range(200)}
    embedder = WordsEmbedder()
    embedder.fails_after = 100
    vectors = TrackVectors(tmp_path, embedder)
    with pytest.raises(MeaningUnusable):
        vectors.update(library)
    assert 0 < vectors.status().stored < 200
    assert "does not work" in vectors.status().message
    before = vectors.status().stored
    embedder.fails_after = None
    assert vectors.update(library).read == 200 - before
    assert vectors.status().message == ""
    stop = threading.Event()
    stop.set()
    assert vectors.update({**library, 200: said("late")}, stop=stop).read == 0
    vectors.close()


@pytest.mark.integration
def test_broken_vectors_are_made_anew(tmp_path: Path) -> None:
    first = TrackVectors(tmp_path, WordsEmbedder())
    first.update(LIBRARY)
    first.close()
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.suffix in {".sqlite3", ".bin"}:
            path.write_bytes(b"damage" * 100)
    again = TrackVectors(tmp_path, WordsEmbedder())
    stop = threading.Event()
    stop.set()
    again.update(LIBRARY, stop=stop)
    assert "made anew" in again.status().message
    assert again.update(LIBRARY).read == 3
    assert [one for one, _ in again.nearest("calm piano", 1)] == [1]
    again.close()


@pytest.mark.integration
def test_damage_that_ends_the_process_is_noticed_the_third_time(tmp_path: Path) -> None:
    first = TrackVectors(tmp_path, WordsEmbedder())
    first.update(LIBRARY)
    first.close()
    (tmp_path / "opening").write_text("2")  # as two processes leave it that died while opening
    again = TrackVectors(tmp_path, WordsEmbedder())
    assert again.update(LIBRARY).read == 3
    assert not (tmp_path / "opening").exists()
    again.close()


@pytest.mark.integration
def test_another_model_reads_everything_again(tmp_path: Path) -> None:
    first = TrackVectors(tmp_path, WordsEmbedder())
    first.update(LIBRARY)
    first.close()
    other = TrackVectors(tmp_path, WordsEmbedder("other words", 32))
    assert other.update(LIBRARY).read == 3
    other.close()
    back = TrackVectors(tmp_path, WordsEmbedder())
    assert back.update(LIBRARY).read == 3  # the first ones are gone: one model, one collection
    back.close()


@pytest.mark.integration
def test_one_process_at_a_time(vectors: TrackVectors, tmp_path: Path) -> None:
    vectors.update(LIBRARY)
    second = TrackVectors(tmp_path / "meaning", WordsEmbedder())
    with pytest.raises(MeaningUnusable, match="Another process"):
        second.update(LIBRARY)
    assert second.nearest("calm", 3) == []
    second.close()


@pytest.mark.integration
def test_many_named_tracks_are_sorted_out_afterwards(
    vectors: TrackVectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.meaning.vectors._MOST_NAMED", 2)
    vectors.update({number: said(f"song {number}") for number in range(300)})
    odd = range(1, 300, 2)
    found = vectors.nearest("song", 20, among=odd)
    assert len(found) == 20
    assert all(one % 2 for one, _ in found)


@pytest.mark.unit
def test_a_server_needs_an_address() -> None:
    with pytest.raises(MeaningUnusable, match="no address"):
        chroma_store.open_server(chroma_store.ChromaServer("music"), "words", 8)
