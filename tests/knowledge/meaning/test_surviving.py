"""Vectors survive what happens: a kill in the middle, and life on a server."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import meaning_remote
import meaning_victim
from knowledge.errors import MeaningUnusable
from knowledge.meaning.chroma_store import ChromaServer
from knowledge.meaning.vectors import TrackVectors
from meaning_fake import WordsEmbedder

_PATH = (Path(meaning_victim.__file__).parent, Path(__file__).parents[3])
ENVIRONMENT = {"PYTHONPATH": ":".join(map(str, _PATH))}


@pytest.mark.integration
def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    victim = subprocess.Popen(
        [sys.executable, meaning_victim.__file__, str(tmp_path)],
        stdout=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    assert victim.stdout is not None
    for _ in range(4):
        assert victim.stdout.readline() == b"kept\n"
    victim.kill()
    victim.communicate()
    vectors = TrackVectors(tmp_path, WordsEmbedder())
    done = vectors.update(meaning_victim.documents())
    assert 100 < done.unchanged < meaning_victim.COUNT
    assert done.read == meaning_victim.COUNT - done.unchanged
    assert vectors.status().message == ""
    assert len(vectors.nearest("song 5", meaning_victim.COUNT)) > 0.95 * meaning_victim.COUNT
    vectors.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A Chroma server of its own."""
    program = shutil.which("chroma", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("chroma's server is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [program, "run", "--path", "vectors", "--host", "127.0.0.1", "--port", str(port)],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    running.kill()
    running.wait()


@pytest.mark.integration
def test_vectors_can_live_on_a_server(server: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, meaning_remote.__file__, server],
        env=ENVIRONMENT,
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert json.loads(ran.stdout) == [20, 5, [], 20, False]


@pytest.mark.integration
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_server_that_is_away_is_said_to_be(tmp_path: Path) -> None:
    away = TrackVectors(tmp_path, WordsEmbedder(), server=ChromaServer("http://127.0.0.1:9"))
    with pytest.raises(MeaningUnusable, match="does not answer"):
        away.update({})
    assert away.nearest("song", 3) == []
    assert "does not answer" in away.status().message
    away.close()
