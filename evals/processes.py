"""What a process and its children use, as Linux tells it."""

import os
from collections import defaultdict
from pathlib import Path

from evals.errors import EvaluationImpossible

_PROC = Path("/proc")
_AFTER_NAME = ") "
_PARENT, _USER, _SYSTEM = 1, 11, 12
"""Places in /proc/PID/stat behind the name of the program."""


def family(root: int) -> tuple[int, ...]:
    """The process `root` and everything below it.

    Raises:
        EvaluationImpossible: this machine has no /proc.
    """
    if not (_PROC / "self" / "stat").is_file():
        raise EvaluationImpossible("CPU and memory of other processes are read from /proc: Linux.")
    children: dict[int, list[int]] = defaultdict(list)
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            children[int(stat[_PARENT])].append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return tuple(found)


def cpu_s(pids: tuple[int, ...]) -> float:
    """CPU seconds that the processes used so far; those that are gone count as none."""
    ticks = sum(int(stat[_USER]) + int(stat[_SYSTEM]) for pid in pids if (stat := _stat(pid)))
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_mb(pids: tuple[int, ...]) -> float:
    """Resident memory that the processes have for themselves or share; megabytes of 1,000,000.

    Pages that several of them share are divided among them (PSS) where Linux tells so.
    """
    return sum(_memory_kb(pid) for pid in pids) * 1024 / 1e6


def _memory_kb(pid: int) -> int:
    for name, key in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        try:
            lines = (_PROC / str(pid) / name).read_text("ascii").splitlines()
        except OSError:
            continue
        for line in lines:
            if line.startswith(key):
                return int(line.split()[1])
    return 0


def _stat(pid: int) -> list[str]:
    try:
        text = (_PROC / str(pid) / "stat").read_text("utf-8", "replace")
    except OSError:
        return []
    return text.rpartition(_AFTER_NAME)[2].split()
