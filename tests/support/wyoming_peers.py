"""Programs of others that speak Wyoming, each as a process of its own."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from wyoming_house import free_port

_START_S = 30.0
_INSTALL_S = 900


@contextmanager
def bridge(kind: str, wyoming_port: int) -> Iterator[str]:
    """A bridge of the package wyoming to HTTP, "asr", "tts" or "intent"; gives its address."""
    port = free_port()
    command = [
        *(sys.executable, "-m", f"wyoming.http.{kind}_server"),
        *("--uri", f"tcp://127.0.0.1:{wyoming_port}", "--host", "127.0.0.1", "--port", str(port)),
    ]
    with running(command, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(
    command: list[str],
    port: int,
    *,
    folder: Path | None = None,
    log: Path | None = None,
    start_s: float = _START_S,
) -> Iterator[subprocess.Popen[bytes]]:
    """A program until the block ends, from when it listens on `port`."""
    with tempfile.TemporaryFile() as own, log.open("wb") if log else own as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait_for(port, process, start_s)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


def own_environment(name: str, *packages: str, python: str = sys.executable) -> Path:
    """The Python of an environment with these packages, made once, outside the repository.

    The test is skipped, or fails in CI, where it cannot be made.
    """
    folder = user_cache_path("refrain-tests") / name
    program = folder / "bin" / "python"
    if program.exists():
        return program
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f"{name}-"))
    try:
        if python == sys.executable:
            venv.create(fresh, with_pip=True)
        else:
            subprocess.run([python, "-m", "venv", str(fresh)], check=True, capture_output=True)
        # The scripts of an environment name its folder, so it is only ever run by its Python.
        done = subprocess.run(
            [fresh / "bin" / "python", "-m", "pip", "install", "--quiet", *packages],
            capture_output=True,
            text=True,
            timeout=_INSTALL_S,
            check=False,
        )
        if done.returncode:
            give_up(f"{' '.join(packages)} cannot be installed: {done.stderr[-300:]}")
        if not folder.exists():  # another test run may have been faster
            fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return program


def ffmpeg() -> Path:
    """The program of this machine, or the one that a package carries; others' programs call it."""
    found = shutil.which("ffmpeg")
    if found is not None:
        return Path(found)
    python = own_environment("imageio-ffmpeg-0.8.1", "imageio-ffmpeg==0.8.1")
    code = "import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())


def give_up(reason: str) -> None:
    """Skip the test, or fail it where nothing may be skipped."""
    if os.environ.get("REFRAIN_TEST_SKIP_NOTHING") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _wait_for(port: int, process: subprocess.Popen[bytes], start_s: float) -> None:
    until = time.monotonic() + start_s
    while time.monotonic() < until:
        assert process.poll() is None, f"it ended at once, with {process.returncode}"
        try:
            socket.create_connection(("127.0.0.1", port), 1.0).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"nothing listens on port {port}")


@contextmanager
def real_satellite(folder: Path, port: int, microphone: Path) -> Iterator[Path]:
    """wyoming-satellite 1.0.0, which hears a WAV file in real time; gives where it "sounds".

    It pins an older package wyoming than ours, so it has an environment of its own.
    """
    python = own_environment("wyoming-satellite-1.0.0", "wyoming-satellite==1.0.0")
    speaker = folder / "speaker.raw"
    mic, snd = folder / "mic.sh", folder / "snd.sh"
    mic.write_text(
        f"#!/bin/sh\nexec {ffmpeg()} -loglevel error -re -stream_loop -1 -i {microphone} "
        "-f s16le -ar 16000 -ac 1 -\n"
    )
    snd.write_text(f"#!/bin/sh\nexec cat >> {speaker}\n")
    for script in (mic, snd):
        script.chmod(0o700)
    command = [
        *(str(python), "-m", "wyoming_satellite", "--uri", f"tcp://127.0.0.1:{port}"),
        *("--name", "kitchen", "--mic-command", str(mic), "--snd-command", str(snd)),
        "--no-zeroconf",
    ]
    with running(command, port, folder=folder, log=folder / "satellite.log"):
        yield speaker
