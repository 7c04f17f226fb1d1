"""What is there, what is missing, and how to get it."""

import importlib.util
import platform
import shutil
import socket
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from server.doctor_players import player_findings
from server.doctor_services import service_findings
from server.doctor_voice import reachable, voice_findings
from server.errors import ServerError
from server.findings import Finding, Health
from server.models_lock import read_lock
from server.models_store import ModelsStore, ModelState
from server.running import find_running
from server.settings import Settings, api_key

_NEEDED_BYTES = 500_000_000
_CODECS = ("flac", "mp3", "aac", "vorbis", "opus", "alac", "wmav2", "pcm_s16le", "pcm_s16be")
_SHOWN_REFUSED = 5
_CONNECT_TIMEOUT_S = 3.0


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, one finding after the other; never raises."""
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _python,
        _decoders,
        _players,
        player_findings,
        _data_folder,
        _library,
        _models,
        voice_findings,
        _language_model,
        service_findings,
        _server,
    )
    for check in checks:
        try:
            yield from check(settings)
        except Exception as error:  # noqa: BLE001  a doctor does not fall ill
            name = check.__name__.strip("_").replace("_", " ")
            yield Finding(name, Health.WARNING, f"could not be checked: {error}")


def _python(_settings: Settings) -> Iterator[Finding]:
    yield Finding("Python", Health.OK, platform.python_version())
    fts = sqlite3.connect(":memory:")
    try:
        fts.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
        yield Finding("SQLite", Health.OK, f"{sqlite3.sqlite_version} with FTS5")
    except sqlite3.OperationalError:
        yield Finding(
            "SQLite", Health.BROKEN, f"{sqlite3.sqlite_version} without FTS5",
            "Use a Python whose SQLite has FTS5, such as Debian's.",
        )  # fmt: skip
    finally:
        fts.close()


def _decoders(_settings: Settings) -> Iterator[Finding]:
    if importlib.util.find_spec("av") is None:
        yield Finding("audio decoders", Health.BROKEN, "PyAV is missing", "Run: make setup")
        return
    import av  # noqa: PLC0415  its absence is a finding, not a crash

    missing = [name for name in _CODECS if name not in av.codecs_available]
    version = ".".join(map(str, av.library_versions.get("libavcodec", ())))
    if missing:
        yield Finding(
            "audio decoders", Health.WARNING, f"no decoder for {', '.join(missing)}",
            "Install the av package from PyPI: its wheels hold all of them.",
        )  # fmt: skip
    else:
        yield Finding("audio decoders", Health.OK, f"FFmpeg libavcodec {version}, all formats")


def _players(_settings: Settings) -> Iterator[Finding]:
    mpv = shutil.which("mpv")
    if mpv:
        yield Finding("mpv", Health.OK, mpv)
    else:
        yield Finding(
            "mpv", Health.OPTIONAL, "sound comes from the page only",
            "For sound on this machine: apt install mpv",
        )  # fmt: skip
    cards = Path("/proc/asound/cards")
    has_card = cards.exists() and "no soundcards" not in cards.read_text("utf-8")
    if sys.platform.startswith("linux"):
        yield (
            Finding("sound card", Health.OK, "found")
            if has_card
            else Finding("sound card", Health.OPTIONAL, "none here; listen in the page")
        )
    browser = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "firefox"))), None)
    yield (
        Finding("browser", Health.OK, browser)
        if browser
        else Finding("browser", Health.OPTIONAL, "none here; open the page from another machine")
    )


def _data_folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    probe = existing / ".refrain-doctor"
    try:
        probe.touch()
        probe.unlink()
        where = str(folder) if folder.exists() else f"{folder} (will be made)"
        yield Finding("data folder", Health.OK, where)
    except OSError as error:
        yield Finding(
            "data folder", Health.BROKEN, f"{folder}: {error.strerror}",
            "Choose a folder you may write to: refrain --data DIR serve",
        )  # fmt: skip
    free = shutil.disk_usage(existing).free
    detail = f"{free / 1e9:.1f} GB free"
    if free >= _NEEDED_BYTES:
        yield Finding("disk", Health.OK, detail)
    else:
        yield Finding("disk", Health.WARNING, detail, "Free some space, or choose another --data.")


def _library(settings: Settings) -> Iterator[Finding]:
    path = settings.database_path
    if not path.exists():
        yield Finding(
            "library", Health.OPTIONAL, "none yet",
            "Run: refrain serve --music DIR, or refrain serve --demo",
        )  # fmt: skip
        return
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as raw:
        said = raw.execute("PRAGMA quick_check(1)").fetchone()[0]
    raw.close()
    if said != "ok":
        yield Finding(
            "database", Health.BROKEN, f"{path} is damaged: {said}",
            "Restore it from a backup; or move it away and run refrain index again.",
        )  # fmt: skip
        return
    yield Finding("database", Health.OK, f"{path.stat().st_size / 1e6:.1f} MB, whole")
    yield from _library_content(settings)


def _library_content(settings: Settings) -> Iterator[Finding]:
    # SQLAlchemy and Alembic are only needed when there is a library.
    from knowledge.catalog import Catalog  # noqa: PLC0415
    from knowledge.database import Database  # noqa: PLC0415
    from server.doctor_melodies import melody_findings  # noqa: PLC0415
    from server.library_roots import remembered_roots  # noqa: PLC0415

    database = Database.at(settings.database_path)
    try:
        catalog = Catalog(database, settings.covers)
        summary = catalog.summary()
        roots = dict.fromkeys((*settings.library.roots, *remembered_roots(database)))
        refused = catalog.refused_files()
        tunes = tuple(melody_findings(settings, database))
    finally:
        database.close()
    yield Finding(
        "library",
        Health.OK if summary.tracks else Health.OPTIONAL,
        f"{summary.tracks} tracks, {summary.albums} albums, {summary.artists} artists",
        "" if summary.tracks else "Run: refrain index DIR",
    )
    yield from tunes
    for root in roots:
        if root.is_dir():
            yield Finding("music folder", Health.OK, str(root))
        else:
            yield Finding(
                "music folder", Health.WARNING, f"{root} is not there",
                f"Connect its disk, or run: refrain index --forget {root}",
            )  # fmt: skip
    if refused:
        shown = "\n".join(f"{file.path.name}: {file.reason}" for file in refused[:_SHOWN_REFUSED])
        more = len(refused) - _SHOWN_REFUSED
        yield Finding(
            "refused files", Health.WARNING, f"{len(refused)}\n{shown}",
            f"… and {more} more; the page lists them all." if more > 0 else "",
        )  # fmt: skip


def _models(settings: Settings) -> Iterator[Finding]:
    lock, store = read_lock(), ModelsStore(*settings.model_folders)
    here = []
    for name, model in lock.models.items():
        state = store.state(name, model)
        if state is ModelState.PRESENT:
            here.append(name)
        elif model.required or state is ModelState.DAMAGED:
            remedy = f"Run: {'make setup' if model.is_installed else f'refrain models get {name}'}"
            detail = f"{model.role}: {state}"
            yield Finding(f"model {name}", Health.WARNING, detail, remedy)
    if here:
        yield Finding("models", Health.OK, ", ".join(here))


def _language_model(settings: Settings) -> Iterator[Finding]:
    model = settings.model
    if model.provider == "offline":
        yield Finding("language model", Health.OK, "offline: built in, needs no network")
        return
    named = f"{model.provider} {model.model}".strip()
    local = model.provider == "local"
    package = "xllamacpp" if local else f"langchain_{model.provider}"
    if importlib.util.find_spec(package) is None:
        extra = "llm" if local else model.provider
        yield Finding(
            "language model", Health.WARNING, f"{named}: {package} is not installed",
            f"Install it: pip install 'refrain[{extra}]'. Until then it works offline.",
        )  # fmt: skip
        return
    if local:  # whether its file is here is told with the other models
        yield Finding("language model", Health.OK, f"{named}: on this machine, in its own process")
        return
    try:
        key = api_key(model)
    except ServerError as error:
        yield Finding("language model", Health.WARNING, str(error), error.next_step)
        return
    if model.base_url is None:
        detail = f"{named}, key {'given' if key else 'missing'}"
        remedy = "" if key else "Set REFRAIN_MODEL__API_KEY. Until then it works offline."
        yield Finding("language model", Health.OK if key else Health.WARNING, detail, remedy)
        return
    if reachable(model.base_url):
        yield Finding("language model", Health.OK, f"{named} at {model.base_url}")
    else:
        yield Finding(
            "language model", Health.WARNING, f"{model.base_url} does not answer",
            "Start it, or correct model.base_url. Until then Refrain works offline.",
        )  # fmt: skip


def _server(settings: Settings) -> Iterator[Finding]:
    running = find_running(settings)
    if running is not None:
        yield Finding("server", Health.OK, f"running at {running.url} (process {running.pid})")
        return
    host, port = settings.server.host, settings.server.port
    with socket.socket() as probe:
        probe.settimeout(_CONNECT_TIMEOUT_S)
        taken = probe.connect_ex(("127.0.0.1", port)) == 0
    if taken:
        yield Finding(
            "server", Health.WARNING, f"not running; port {port} is used by another program",
            "The next free port will be taken; or choose one with --port.",
        )  # fmt: skip
    else:
        yield Finding("server", Health.OK, f"not running; {host} port {port} is free")
