"""How latency and the soak are measured; the engines are fakes."""

import asyncio
import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from websockets.asyncio.server import ServerConnection, serve

from evals.documentation import describe
from evals.errors import EvaluationImpossible
from evals.hearing.folders import WHISPER, model_files, piper_voice
from evals.latency.beside import measure_pairs, pair_metrics, pair_table
from evals.latency.conversation import BargeIn, Turn, measure_barge_ins, take_turn
from evals.latency.measure import LatencyEvaluation, Served, served_metrics
from evals.latency.microphone import talking, voiced_bounds
from evals.latency.pipelines import Answered, PeerPipeline
from evals.latency.serving import Served as Server
from evals.latency.spoken import Spoken, write_playable_library
from evals.processes import cpu_s, family, memory_mb
from evals.progress import SilentProgress
from evals.runner import run_evaluation
from evals.talk_soak import TalkSoakEvaluation, Tally, report
from knowledge.catalog import Catalog
from knowledge.database import Database
from server.settings import load_settings
from voice.audio import HEARING_RATE_HZ, Samples


def _clip(seconds: float = 0.3) -> Samples:
    """Silence, a tone, silence."""
    time_s = np.arange(round(seconds * HEARING_RATE_HZ)) / HEARING_RATE_HZ
    tone = (0.4 * np.sin(2 * np.pi * 300 * time_s)).astype(np.float32)
    quiet = np.zeros(round(0.1 * HEARING_RATE_HZ), np.float32)
    return np.concatenate([quiet, tone, quiet])


class _Takes:
    """A pipeline that takes as long as it is told, and notes when it was asked."""

    def __init__(self, name: str, ms: float, order: list[str]) -> None:
        self.name, self._ms, self._order = name, ms, order

    async def answer(self, samples: Samples) -> Answered:
        self._order.append(self.name)
        stages = {"transcript": self._ms / 2, "understood": self._ms / 2, "first_audio": self._ms}
        return Answered("heard", "words", stages, self._ms / 10)


@pytest.mark.unit
async def test_both_answer_every_clip_and_each_is_first_as_often() -> None:
    order: list[str] = []
    spoken = [Spoken(f"{number}", "voice", _clip()) for number in range(6)]
    pairs = await measure_pairs(
        _Takes("ours", 200, order), _Takes("peer", 800, order), spoken, SilentProgress()
    )
    counted = order[6:]  # the first three clips warm both up
    assert counted == ["ours", "peer", "peer", "ours"] * 3
    found = pair_metrics(pairs)
    assert found["ratio.p50"] == found["ratio.p95"] == 0.25
    assert found["ratio.cpu"] == 0.25
    assert found["stage.transcript.p50"] == 100
    assert [name for name in found if describe("latency", name) is None] == []
    assert pair_table(pairs).rows[0][0] == "0"


@pytest.mark.unit
async def test_the_peer_hears_understands_and_speaks_in_this_order() -> None:
    def hear(_: Samples) -> str:
        time.sleep(0.01)
        return "next song"

    peer = PeerPipeline(hear, lambda text: f"{text}!", lambda _: _clip())
    answered = await peer.answer(_clip())
    assert (answered.transcript, answered.reply) == ("next song", "next song!")
    stages = answered.stages_ms
    assert 10 <= stages["transcript"] <= stages["understood"] <= stages["first_audio"]
    assert answered.processing_ms == stages["first_audio"]


@pytest.mark.unit
def test_what_is_measured_over_the_socket_is_documented() -> None:
    turn = Turn("pause", 420.0, done=True, stages_ms={"endpoint": 300.0}, errors=())
    lost = Turn("play", None, done=False, stages_ms={}, errors=("hearing_busy",))
    cuts = (BargeIn("stop", 150.0, 60.0), BargeIn("no", None, None))
    found = served_metrics(Served((turn, lost), 90.0, cuts, (turn, lost), 80.0, 500.0))
    assert found["turns.lost"] == found["sessions20.lost"] == 1.0
    assert found["barge_in.missed"] == 1.0
    assert found["barge_in_ms.p95"] == 150.0
    assert found["end_to_end_ms.p50"] == 420.0
    assert found["served.endpoint.p50"] == 300.0
    assert [name for name in found if describe("latency", name) is None] == []


@pytest.mark.unit
def test_the_soak_tells_growth_from_noise() -> None:
    tally = Tally(turns=100)
    tally.memory = [(0.0, 100.0), *((float(turn), 400 + turn / 10) for turn in range(30, 101))]
    tally.lost.append("pause")
    found = report(tally, "Traceback (most recent call last)\n", 60.0).metrics
    assert found["memory.slope_mb"] == pytest.approx(10.0)
    assert (found["lost"], found["errors.internal"], found["minutes"]) == (1.0, 1.0, 1.0)
    assert [name for name in found if describe("talk_soak", name) is None] == []
    assert "memory.slope_mb" not in report(Tally(turns=12), "", 0.0).metrics


@pytest.mark.integration
def test_processes_are_counted_with_their_children() -> None:
    mine = family(os.getpid())
    assert mine[0] == os.getpid()
    assert memory_mb(mine) > 10
    before_s = cpu_s(mine)
    end = time.process_time() + 0.1
    while time.process_time() < end:
        pass
    assert cpu_s(mine) - before_s >= 0.05
    assert cpu_s((2**22 + 1,)) == 0.0  # no such process


@pytest.mark.unit
def test_words_begin_and_end_where_they_are_loud() -> None:
    first, last = voiced_bounds(_clip(0.3))
    assert first == pytest.approx(0.1 * HEARING_RATE_HZ, abs=20)
    assert last == pytest.approx(0.4 * HEARING_RATE_HZ, abs=40)
    assert voiced_bounds(np.zeros(100, np.float32)) == (0, 0)


async def _answering(socket: ServerConnection) -> None:
    """A server that answers after half a second of sound, and soon again and again."""
    heard = 0
    sound = "A" * 6400  # 0.1 s in base64
    async for message in socket:
        if json.loads(message)["type"] != "input_audio_buffer.append":
            continue
        heard += 1
        if heard == 12 or (heard >= 30 and heard % 6 == 0):
            for event in (
                {"type": "input_audio_buffer.speech_started"},
                {"type": "refrain.duck", "depth": 0.75},
                {"type": "response.created", "response": {"id": f"r{heard}"}},
                {"type": "response.output_audio.delta", "response_id": f"r{heard}", "delta": sound},
                {"type": "refrain.timing", "stages": {"first_audio": 12.0}},
                {"type": "response.done", "response": {"id": f"r{heard}", "status": "completed"}},
            ):
                await socket.send(json.dumps(event))


@pytest.mark.integration
async def test_a_turn_is_timed_from_its_last_loud_sample() -> None:
    async with serve(_answering, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        served = Server(f"http://127.0.0.1:{port}", "secret", 0, Path())
        async with talking(served) as talker:
            turn = await take_turn(talker, Spoken("pause", "voice", _clip()), timeout_s=5)
            assert turn.done
            assert turn.stages_ms == {"first_audio": 12.0}
            assert turn.errors == ()
            # It answers a while after the words have ended, not before.
            assert turn.first_sound_ms is not None
            assert turn.first_sound_ms > 0
            assert talker.spoken_s(0) >= 0.1
        cuts = await measure_barge_ins(
            served, Spoken("long", "voice", _clip()), [Spoken("no", "voice", _clip())],
            SilentProgress(),
        )  # fmt: skip
        assert cuts[0].stopped_ms is not None
        assert cuts[0].ducked_ms is not None


@pytest.mark.integration
async def test_a_server_that_goes_away_loses_the_turn() -> None:
    async def rude(socket: ServerConnection) -> None:
        await socket.recv()
        await socket.close(1011)

    async with serve(rude, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        served = Server(f"http://127.0.0.1:{port}", "secret", 0, Path())
        async with talking(served) as talker:
            await asyncio.sleep(0.3)
            assert talker.lost
            assert await talker.until(lambda _: True, since=0, timeout_s=5.0) is None


@pytest.mark.integration
def test_what_is_asked_for_can_be_played(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "data")
    write_playable_library(settings, tmp_path / "music")
    database = Database.at(settings.database_path)
    catalog = Catalog(database, settings.covers)
    queen = catalog.artist_named("Queen")
    assert queen is not None
    tracks = catalog.artist_tracks(queen.id)
    assert [track.title for track in tracks] == ["Under Pressure"]
    assert catalog.path_of(tracks[0].id).is_file()
    assert catalog.summary().tracks > 4000
    database.close()


@pytest.mark.evals
@pytest.mark.parametrize("evaluation", [LatencyEvaluation(), TalkSoakEvaluation()])
def test_a_quick_run_answers_everybody(evaluation: Any) -> None:
    try:
        model_files(WHISPER), piper_voice()
    except EvaluationImpossible as missing:
        pytest.skip(str(missing))
    if shutil.which("espeak-ng") is None:
        pytest.skip("one of the voices needs espeak-ng")
    outcome = run_evaluation(evaluation, quick=True, progress=SilentProgress())
    found = outcome.report.metrics
    assert outcome.undocumented == ()
    assert found.get("turns.lost", 0.0) == found.get("lost", 0.0) == 0.0
    assert found.get("hung_up", 0.0) == found.get("errors.internal", 0.0) == 0.0
