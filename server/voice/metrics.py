"""What is counted and timed, for `GET /metrics`. No label ever holds what a user said or is called.

Every installation counts for itself: there is no registry of the process.
"""

import threading
from collections.abc import Callable
from typing import Any, Final

from voice.timing import STAGES, Stage, TurnTiming

_STAGE_BUCKETS_S: Final = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0)
_CPU_BUCKETS_S: Final = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0)
_MAX_CODES: Final = 64
"""So many error codes are told apart; there are fewer, but a label must be bounded."""
_OTHER: Final = "other"


class _Instruments:
    """The counters themselves."""

    def __init__(self) -> None:
        # Takes a tenth of a second to import, and a command that asks one question needs none.
        import prometheus_client as prometheus  # noqa: PLC0415

        self.registry = registry = prometheus.CollectorRegistry(auto_describe=True)
        self.render: Callable[[Any], bytes] = prometheus.generate_latest
        self.turns = prometheus.Counter(
            "refrain_voice_turns",
            "Spoken turns, by how they ended.",
            ["outcome"],
            registry=registry,
        )
        self.stages = prometheus.Histogram(
            "refrain_voice_stage_seconds",
            "From the end of speech until a stage of the turn was reached.",
            ["stage"],
            buckets=_STAGE_BUCKETS_S,
            registry=registry,
        )
        self.hearing = prometheus.Histogram(
            "refrain_transcription_seconds",
            "Until a transcript was there, waiting included.",
            ["urgency"],
            buckets=_STAGE_BUCKETS_S,
            registry=registry,
        )
        self.hearing_cpu = prometheus.Histogram(
            "refrain_transcription_cpu_seconds",
            "CPU time of a transcript.",
            buckets=_CPU_BUCKETS_S,
            registry=registry,
        )
        self.heard_s = prometheus.Counter(
            "refrain_heard_seconds", "Speech that was transcribed.", registry=registry
        )
        self.speaking = prometheus.Histogram(
            "refrain_synthesis_seconds",
            "Until a clause was spoken, waiting included.",
            buckets=_STAGE_BUCKETS_S,
            registry=registry,
        )
        self.spoken_s = prometheus.Counter(
            "refrain_spoken_seconds", "Speech that was made.", registry=registry
        )
        self.errors = prometheus.Counter(
            "refrain_voice_errors", "Errors of hearing and speaking, by code.", ["code"],
            registry=registry,
        )  # fmt: skip
        prometheus.ProcessCollector(registry=registry)
        self._gauge: Any = prometheus.Gauge
        for stage in STAGES:
            self.stages.labels(stage=str(stage))
        for outcome in ("answered", "interrupted", "nothing", "failed"):
            self.turns.labels(outcome=outcome)

    def show(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        self._gauge(f"refrain_{name}", meaning, registry=self.registry).set_function(value)


class Metrics:
    """Counters of one server. Safe to use from any thread."""

    content_type: Final = "text/plain; version=0.0.4; charset=utf-8"

    def __init__(self) -> None:
        self._made: _Instruments | None = None
        self._lock = threading.Lock()
        self._shown: list[tuple[str, str, Callable[[], float]]] = []
        self._codes: set[str] = set()

    def warm(self) -> None:
        """Load what counting needs, which takes a moment."""
        _ = self._instruments

    @property
    def _instruments(self) -> _Instruments:
        with self._lock:
            if self._made is None:
                self._made = made = _Instruments()
                for name, meaning, value in self._shown:
                    made.show(name, meaning, value)
            return self._made

    def show(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        """Show a number that is asked for whenever somebody looks; before anything is counted."""
        self._shown.append((name, meaning, value))

    def turn(self, timing: TurnTiming, outcome: str = "answered") -> None:
        """Count a spoken turn that is over.

        Args:
            timing: its stages.
            outcome: "answered", "interrupted", "nothing" or "failed".
        """
        self._instruments.turns.labels(outcome=outcome).inc()
        for stage in STAGES:
            ms = timing.ms(stage)
            if ms is not None and stage is not Stage.SPEECH_END:
                self._instruments.stages.labels(stage=str(stage)).observe(max(ms, 0.0) / 1000.0)

    def heard(self, *, urgency: str, took_s: float, audio_s: float, cpu_s: float) -> None:
        """Count a transcript."""
        self._instruments.hearing.labels(urgency=urgency).observe(took_s)
        self._instruments.hearing_cpu.observe(cpu_s)
        self._instruments.heard_s.inc(audio_s)

    def spoke(self, *, took_s: float, audio_s: float) -> None:
        """Count a clause that was spoken."""
        self._instruments.speaking.observe(took_s)
        self._instruments.spoken_s.inc(audio_s)

    def failed(self, code: str) -> None:
        """Count an error."""
        if code not in self._codes:
            if len(self._codes) >= _MAX_CODES:
                code = _OTHER
            self._codes.add(code)
        self._instruments.errors.labels(code=code).inc()

    def text(self) -> bytes:
        """Everything, in Prometheus' text format."""
        made = self._instruments
        return made.render(made.registry)
