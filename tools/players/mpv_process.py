"""Start mpv, and find one that was left playing.

Two lifetimes. An owned mpv is tied to this program by a socket pair: it quits when the program
ends, however that happens. A detached one has a session of its own and a socket in the data
folder, plays on when a one-shot command is done, and is met again by the next command.
"""

import contextlib
import hashlib
import os
import socket
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.errors import NoPlayer

_MAX_SOCKET_PATH = 100
"""Linux allows 107 bytes, macOS 103."""

_QUIT_TIMEOUT_S = 2.0

_OPTIONS = (
    "--no-config",
    "--no-terminal",
    "--no-video",
    "--no-ytdl",
    "--load-scripts=no",
    "--audio-display=no",
    "--audio-file-auto=no",
    "--sub-auto=no",
    "--input-default-bindings=no",
    "--gapless-audio=weak",
    "--prefetch-playlist=yes",
    "--volume-max=100",
    "--audio-client-name=Refrain",
    # A play list dressed up as music must not make mpv open other places.
    "--access-references=no",
    "--demuxer-lavf-o=protocol_whitelist=file",
)

# The shell puts mpv in the background and ends, so that nobody has to wait for mpv; the socket
# is made with the umask, for its owner alone.
_DETACH = 'umask 077; "$@" </dev/null >/dev/null 2>&1 &'


@dataclass(frozen=True, slots=True)
class MpvProgram:
    """How to start mpv on this machine."""

    path: str
    audio_output: str | None = None
    """mpv's --ao; None lets mpv choose."""

    def start_owned(self) -> tuple["subprocess.Popen[bytes]", socket.socket]:
        """Start an mpv that quits with us. Returns our end of the line to it."""
        ours, theirs = socket.socketpair()
        try:
            ours.setblocking(False)
            process = subprocess.Popen(
                [*self._command("yes"), f"--input-ipc-client=fd://{theirs.fileno()}"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C in our terminal is for us
            )
        except OSError as error:
            ours.close()
            raise NoPlayer(f"mpv cannot be started: {error.strerror}.") from error
        finally:
            theirs.close()
        return process, ours

    def start_detached(self, socket_path: Path) -> None:
        """Start an mpv that plays on without us and listens on `socket_path`."""
        with contextlib.suppress(FileNotFoundError):
            socket_path.unlink()  # whoever calls found nobody there
        command = [*self._command("once"), f"--input-ipc-server={socket_path}"]
        try:
            subprocess.run(
                ["/bin/sh", "-c", _DETACH, "sh", *command],
                check=True,
                timeout=5.0,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise NoPlayer(f"mpv cannot be started: {error}.") from error

    def _command(self, idle: str) -> list[str]:
        output = [] if self.audio_output is None else [f"--ao={self.audio_output}"]
        return [self.path, *_OPTIONS, f"--idle={idle}", *output]


def socket_in(folder: Path) -> Path:
    """Where the detached mpv of this data folder listens.

    A path that is too long for a socket is replaced by one in a private folder for temporary
    files, named after the data folder.
    """
    path = folder.absolute() / "mpv.sock"
    if len(os.fsencode(path)) <= _MAX_SOCKET_PATH:
        return path
    name = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:24]
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and Path(runtime).is_dir() and len(os.fsencode(runtime)) <= 50:
        private = Path(runtime) / "refrain"
    else:
        private = Path(tempfile.gettempdir()) / f"refrain-{os.getuid()}"
    private.mkdir(mode=0o700, exist_ok=True)
    found = private.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise NoPlayer(f"{private} is not private: mpv cannot be reached through it.")
    return private / f"{name}.sock"


def is_ours(socket_path: Path) -> bool:
    """Whether there is a socket, made by this user."""
    try:
        found = socket_path.lstat()
    except OSError:
        return False
    return stat.S_ISSOCK(found.st_mode) and found.st_uid == os.getuid()


def end(process: "subprocess.Popen[bytes]") -> None:
    """Wait until an owned mpv has quit, and do not wait forever. Blocking."""
    try:
        process.wait(_QUIT_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
