"""The small language model of our own: its notation, its files, and that it learns."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from agent.understanding.intents import Intent
from evals.errors import EvaluationImpossible
from evals.progress import SilentProgress
from evals.small_model import adapter
from evals.small_model.gguf import Gguf, read_gguf, write_gguf
from evals.small_model.material import Lesson
from evals.small_model.measure import ADAPTER_VARIABLE, SmallModelEvaluation
from evals.small_model.notation import NONE, print_call, read_call

_WIDTH, _HEADS = 32, 2
_ALPHABET = [chr(code) for code in range(33, 127)]
_SPACE = "Ġ"
"""How vocabularies of this kind write a space."""


def tiny_model() -> Gguf:
    """Two layers with random weights, and letters for tokens."""
    random = np.random.default_rng(0)
    tokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", _SPACE, *_ALPHABET, "no", "ne", "none"]
    facts = {
        "llama.block_count": 2,
        "llama.attention.head_count": _HEADS,
        "llama.attention.head_count_kv": 1,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "llama.rope.freq_base": 10_000.0,
        "llama.rope.dimension_count": _WIDTH // _HEADS,
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": [3, 3, 3, *(1 for _ in tokens[3:])],
        "tokenizer.ggml.merges": ["n o", "n e", "no ne"],
    }
    shapes = {
        **dict.fromkeys(("attn_q", "attn_output"), (_WIDTH, _WIDTH)),
        **dict.fromkeys(("attn_k", "attn_v"), (_WIDTH // _HEADS, _WIDTH)),
        **dict.fromkeys(("ffn_gate", "ffn_up"), (2 * _WIDTH, _WIDTH)),
        "ffn_down": (_WIDTH, 2 * _WIDTH),
        **dict.fromkeys(("attn_norm", "ffn_norm"), (_WIDTH,)),
    }
    tensors = {
        f"blk.{layer}.{part}.weight": random.normal(0, 0.3, shape).astype(np.float32)
        for layer in range(2)
        for part, shape in shapes.items()
    }
    tensors["token_embd.weight"] = random.normal(0, 1, (len(tokens), _WIDTH)).astype(np.float32)
    tensors["output_norm.weight"] = np.ones(_WIDTH, np.float32)
    return Gguf(facts, tensors)


@pytest.mark.unit
def test_a_call_is_printed_shortly_and_read_back() -> None:
    spans = [("artist", "Nina Simone"), ("artist", "Moby"), ("song_name", "dropped")]
    printed = print_call(Intent.PLAY, spans)
    assert printed == "play artist: Nina Simone artist: Moby"
    assert read_call(printed).slots == {"artist": ("Nina Simone", "Moby")}
    assert read_call(print_call(Intent.VOLUME_UP, ())).intent is Intent.VOLUME_UP


@pytest.mark.unit
def test_whatever_is_no_call_is_not_about_music() -> None:
    assert print_call(Intent.ALARM_SET, [("time", "seven")]) == NONE
    for nonsense in (NONE, "", "dance with me", "artist: Moby", "play the artist: Moby"):
        assert read_call(nonsense).intent is Intent.OUT_OF_SCOPE


@pytest.mark.unit
def test_an_adapter_is_kept_with_16_bits(tmp_path: Path) -> None:
    learned = {"blk.0.attn_q.weight.lora_a": np.linspace(-1, 1, 12, dtype=np.float32)[None]}
    adapter.keep(tmp_path / "calls.gguf", learned, alpha=32)
    assert read_gguf(tmp_path / "calls.gguf").facts["adapter.lora.alpha"] == 32
    (kept,) = adapter.read(tmp_path / "calls.gguf").values()
    np.testing.assert_allclose(kept, learned["blk.0.attn_q.weight.lora_a"], atol=1e-3)


@pytest.mark.unit
def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "odd.gguf"
    path.write_bytes(b"GIF89a..")
    with pytest.raises(EvaluationImpossible, match=r"odd\.gguf"):
        read_gguf(path)
    write_gguf(path, {"general.type": "adapter"}, {})
    path.write_bytes(path.read_bytes()[:30])
    with pytest.raises(EvaluationImpossible, match="ends in the middle"):
        read_gguf(path)


@pytest.mark.unit
def test_without_an_adapter_there_is_nothing_to_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ADAPTER_VARIABLE, raising=False)
    with pytest.raises(EvaluationImpossible, match=ADAPTER_VARIABLE):
        SmallModelEvaluation().run(quick=True, progress=SilentProgress())


@pytest.fixture
def one_thread() -> Iterator[None]:
    torch = pytest.importorskip("torch", reason="torch trains the small model: extra `hearing`")
    before = torch.get_num_threads()
    torch.set_num_threads(1)  # on a busy machine two wait for each other
    yield
    torch.set_num_threads(before)


@pytest.mark.evals
@pytest.mark.usefixtures("one_thread")
def test_requests_are_learned_and_the_same_seed_learns_the_same() -> None:
    import torch

    from evals.small_model.network import Network
    from evals.small_model.reader import Reading, prepare
    from evals.small_model.training import sequenced, train
    from evals.small_model.vocabulary import Vocabulary

    model = tiny_model()
    vocabulary = Vocabulary(model)
    made = sequenced([Lesson("abba", "play"), Lesson("rain", NONE)] * 4, vocabulary)

    def taught(passes: int) -> tuple[Network, list[float]]:
        losses: list[float] = []
        network = Network(model, frozen=1)
        train(network, made, passes=passes, told=lambda now: losses.append(now.loss))
        return network, losses

    first, again = taught(3)[0].learned(), taught(3)[0].learned()
    assert all(np.array_equal(again[name], one) for name, one in first.items())
    assert {name.split(".")[1] for name in first} == {"1"}, "the lower layer has no adapter"

    network, losses = taught(150)
    assert losses[-1] < losses[0] / 10
    reading = Reading(network, vocabulary)
    abba, rain = reading.music(["abba", "rain"])
    assert abba > rain
    answers = prepare(reading, ["abba", "rain"], (abba + rain) / 2)
    assert answers.read("abba").label == "play"
    assert answers.read("rain").label == "out_of_scope"

    kept, numbers = Network(model, frozen=1), torch.tensor([vocabulary.asked("abba")])
    assert torch.equal(kept(numbers), Network(model, frozen=2)(numbers)), "it begins as no change"
    kept.learn_again(network.learned())
    assert torch.equal(kept(numbers), network(numbers))
