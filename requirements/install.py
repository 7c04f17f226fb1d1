"""Install a lock file into the environment of the Python that runs this, with a progress bar.

    install.py LOCK [WHAT FAILS WITHOUT IT]

With a second argument the packages are optional: when they cannot be installed, it says what does
not work without them, and goes on. Standard library only: it runs before anything is installed.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_BAR = 28
_COLLECTING = re.compile(r"(?:Collecting|Requirement already satisfied:) ([A-Za-z0-9_.\-]+)")
_PIP = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-deps"]
_CHECKED = ["--require-hashes", "--only-binary", ":all:", "--progress-bar", "off"]
# Published as source only; built with the setuptools of the lock, not with one fetched unseen.
_FROM_SOURCE = ["--no-binary", "openai-whisper", "--no-build-isolation"]


def main(lock: Path, *, lost: str = "") -> int:
    """Install; 0 when it worked or was optional.

    Args:
        lock: a file with pinned versions and checksums.
        lost: what does not work without these packages; "" when nothing works without them.
    """
    total = len(re.findall(r"^[a-zA-Z0-9][^\n]*==", lock.read_text("utf-8"), re.MULTILINE))
    process = subprocess.Popen(
        [*_PIP, *_CHECKED, *_FROM_SOURCE, "-r", str(lock)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    for done, name in _packages(process, said):
        _draw(min(done, total), total, name)
    if process.wait() == 0:
        _draw(total, total, "installed")
        print()
        return 0
    reasons = [line for line in said if line.startswith("ERROR")] or said[-5:]
    print("\nThe packages could not be installed:", *reasons, sep="\n  ")
    if lost:
        print(f"Going on without them: {lost}")
        return 0
    print("Check the connection to your package index and the free disk space, then run it again.")
    return 1


def _packages(process: "subprocess.Popen[str]", said: list[str]) -> Iterator[tuple[int, str]]:
    """Yield how many packages pip has reached and the name of the last, keeping what it said."""
    done = 0
    for line in process.stdout or ():
        said.append(line.rstrip())
        if found := _COLLECTING.match(line):
            done += 1
            yield done, found[1]
        elif line.startswith("Installing collected packages"):
            yield done, "unpacking them all (half a minute)"


def _draw(done: int, total: int, name: str) -> None:
    filled = _BAR * done // max(total, 1)
    text = f"  [{'#' * filled}{'.' * (_BAR - filled)}] {done}/{total} {name}"
    if sys.stdout.isatty():
        print(f"\r{text:<78.78}", end="", flush=True)
    elif done in {1, total} or done % 25 == 0:
        print(text, flush=True)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), lost=" ".join(sys.argv[2:])))
