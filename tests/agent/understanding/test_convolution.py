"""The network of the classifier: what training saves is what requests are read with."""

from pathlib import Path

import numpy as np
import pytest

from agent.understanding.convolution import KINDS, MAX_WORDS, ConvolutionModel, encode
from agent.understanding.features import WordVectors, hash_word
from agent.understanding.lexicon import load_lexicon

TEXTS = ["play", "play some jazz by nobody", "unheardof words", "a " * 200]


@pytest.fixture(scope="module")
def words() -> WordVectors:
    hashes = np.sort(np.array([hash_word(word) for word in ("play", "some", "jazz")], np.uint32))
    vectors = np.random.default_rng(1).integers(-60, 60, (3, 16)).astype(np.int8)
    return WordVectors(hashes, vectors, np.ones(3, np.float32))


@pytest.mark.unit
def test_words_are_encoded_with_what_the_lexicon_knows(words: WordVectors) -> None:
    encoded = encode("play some jazz zzz", words, load_lexicon())
    assert (encoded.vectors > 0).tolist() == [True, True, True, False]
    assert encoded.kinds[:, KINDS.index("genre")].tolist() == [0.0, 0.0, 1.0, 0.0]


@pytest.mark.unit
def test_a_long_request_is_cut_and_an_empty_one_has_a_word(words: WordVectors) -> None:
    assert len(encode("a " * 500, words, load_lexicon()).vectors) == MAX_WORDS
    assert len(encode("", words, load_lexicon()).vectors) == 1


@pytest.mark.unit
def test_requests_are_read_as_they_were_trained(words: WordVectors, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="the network is trained with torch")
    from agent.understanding.training import convolution

    torch.manual_seed(3)
    network = convolution.build(words, 7).eval()
    data = convolution.encode_all(TEXTS, words, load_lexicon())
    wanted = convolution.predict(network, data, np.arange(len(TEXTS)))
    convolution.save(network, 2.0, tmp_path / "network.npz")
    model = ConvolutionModel.load(tmp_path / "network.npz", words)
    read = np.stack([model.scores(text) for text in TEXTS])
    assert np.allclose(read, wanted / 2.0, atol=5e-3)


@pytest.mark.unit
def test_the_same_seed_trains_the_same_network(words: WordVectors) -> None:
    pytest.importorskip("torch", reason="the network is trained with torch")
    from agent.understanding.training import convolution

    data = convolution.encode_all(TEXTS, words, load_lexicon())
    places, labels = np.arange(len(TEXTS)), np.array([0, 1, 1, 0])
    scores = [
        convolution.predict(
            convolution.fit(data, places, labels, np.ones(len(TEXTS)), words, classes=2),
            data,
            places,
        )
        for _ in range(2)
    ]
    assert np.array_equal(scores[0], scores[1])
