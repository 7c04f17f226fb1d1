"""How a spoken conversation looks in a terminal."""

import json
from collections.abc import Mapping
from typing import Final, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from server.commands.talking.spoken_turn import SpokenTurn

_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    "idle": ("○", "dim"),
    "asleep": ("○", "dim"),
    "listening": ("●", "green"),
    "hearing": ("●", "bold green"),
    "thinking": ("◆", "yellow"),
    "speaking": ("▶", "cyan"),
}
_BARS: Final = " ▁▂▃▄▅▆▇█"
_STAGES: Final[Mapping[str, str]] = {
    "endpoint": "end of turn",
    "transcript": "transcript",
    "tool": "tool",
    "first_word": "first word",
    "first_audio": "first sound",
    "done": "all said",
}
_NOT_HEARD: Final = "(nothing was understood)"


class PlainScreen:
    """Prints each turn when it is over; for files, pipes and scripts."""

    def __init__(self, *, as_json: bool = False, timings: bool = True) -> None:
        self._as_json = as_json
        self._timings = timings
        self._said = Console(highlight=False, soft_wrap=True, markup=False)
        self._notes = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)

    def state(self, name: str) -> None:
        """Nobody watches."""

    def partial(self, text: str) -> None:
        """Nobody watches."""

    def level(self, loudness: float) -> None:
        """Nobody watches."""

    def turn(self, turn: SpokenTurn) -> None:
        if self._as_json:
            self._said.print(json.dumps(turn.as_json(), ensure_ascii=False, default=str))
            return
        for line in turn_lines(turn, timings=self._timings):
            self._said.print(line)

    def note(self, text: str) -> None:
        self._notes.print(text, style="dim")


class LiveScreen(PlainScreen):
    """Adds a line that lives: what goes on, what was said so far, and how loud it is."""

    def __init__(self, *, timings: bool = True, hint: str = "") -> None:
        """Prepare; the line is there while the block lasts.

        Args:
            timings: show how long each stage took.
            hint: what can be pressed.
        """
        super().__init__(timings=timings)
        self._hint = hint
        self._state = "idle"
        self._partial = ""
        self._loudness = 0.0
        self._live = Live(
            console=self._said, auto_refresh=True, refresh_per_second=12, transient=True,
            get_renderable=self._line,
        )  # fmt: skip

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def state(self, name: str) -> None:
        self._state = name
        if name in {"thinking", "speaking", "listening", "idle"}:
            self._partial = ""

    def partial(self, text: str) -> None:
        self._partial = text

    def level(self, loudness: float) -> None:
        """Peak of the newest sound, 0 to 1."""
        self._loudness = loudness

    def note(self, text: str) -> None:
        self._said.print(text, style="dim")

    def _line(self) -> Text:
        mark, style = _LOOKS.get(self._state, ("○", "dim"))
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(f"{mark} {self._state} ", style)
        bar = _BARS[min(len(_BARS) - 1, round(self._loudness**0.5 * (len(_BARS) - 1)))]
        line.append(f"{bar} ", "green")
        line.append(f"{self._partial}… " if self._partial else "")
        line.append(self._hint, "dim")
        return line


def turn_lines(turn: SpokenTurn, *, timings: bool) -> tuple[Text, ...]:
    """A turn in words: what was said, what was done, what was answered, and the stages' times."""
    record = turn.record
    lines = []
    if record.text or record.error is None:
        lines.append(Text(f"you: {record.text or _NOT_HEARD}", "bold"))
    for call in record.tool_calls:
        given = ", ".join(f"{name}={value!r}" for name, value in call.arguments.items() if value)
        outcome = "" if call.result is None else f" → {call.result.get('kind', 'done')}"
        lines.append(Text(f"  {call.name}({given}){outcome}", "dim"))
    if turn.reply:
        cut = " …" if turn.interrupted else ""
        lines.append(Text(f"refrain: {turn.reply}{cut}"))
    for result in record.results:
        about = " · ".join(part for part in (result["subtitle"], result["note"]) if part)
        numbered = f"  {result['number']}. {result['title']}"
        lines.append(Text(numbered + (f" — {about}" if about else "")))
    if record.error is not None:
        lines.append(Text(record.error, "red"))
    if timings and turn.stages_ms:
        lines.append(Text(f"  {stages(turn.stages_ms)}", "dim"))
    return tuple(lines)


def stages(stages_ms: Mapping[str, float]) -> str:
    """Such as "transcript 412 ms · tool 498 · first sound 560, after the end of speech"."""
    known = [(name, stages_ms[key]) for key, name in _STAGES.items() if key in stages_ms]
    first = [f"{name} {ms:.0f} ms" for name, ms in known[:1]]
    return " · ".join([*first, *(f"{name} {ms:.0f}" for name, ms in known[1:])])
