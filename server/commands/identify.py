"""`refrain identify FILE…`: which recordings are these?"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from knowledge.errors import KnowledgeError
from knowledge.fingerprint.models import Certainty
from knowledge.fingerprint.progressive import ProgressiveClip
from knowledge.recognition.models import ClipAnswer, HeardSource
from server.commands.microphone import listen
from server.commands.options import Data, Microphone, SoundFiles, settings_for
from server.commands.recognition import OpenRecognition, clock, open_recognition
from server.errors import BadSettings, NoMicrophone
from server.recognition_wire import MatchOut
from server.settings import Settings

app = typer.Typer(add_completion=False)
_STANDARD_INPUT = "-"
_LISTEN_S = 10.0


@app.command()
def identify(
    context: typer.Context,
    files: SoundFiles = None,
    *,
    mic: Microphone = False,
    json_lines: Annotated[
        bool, typer.Option("--json", help="One JSON object a line, as scripts want it.")
    ] = False,
    log: Annotated[bool, typer.Option(help="Write it into the history of what was heard.")] = True,
    data: Data = None,
) -> None:
    """Say which recording of the library each file is from, and where in it; or that it is unknown.

    The exit code is 0 when all are named, 1 when one is unknown or cannot be read.
    """
    if not files and not mic:
        raise BadSettings("There is nothing to identify.", next_step="Name a file, or use --mic.")
    settings = settings_for(context, data)
    all_named = True
    with open_recognition(settings) as opened:
        for path, answer in _answers(opened, settings, files or [], mic=mic, log=log):
            named = isinstance(answer, ClipAnswer) and answer.known
            all_named = all_named and named
            print(_as_json(opened, path, answer) if json_lines else _as_text(path, answer))
            sys.stdout.flush()
    if not all_named:
        raise typer.Exit(1)


def _answers(
    opened: OpenRecognition, settings: Settings, files: list[str], *, mic: bool, log: bool
) -> Iterator[tuple[str, ClipAnswer | KnowledgeError]]:
    limit = settings.recognition.max_upload_mb * 1024 * 1024
    if mic:
        yield "microphone", _heard(opened, log=log)
    for name in files:
        try:
            if name == _STANDARD_INPUT:
                yield name, _piped(opened, limit, log=log)
            else:
                # A file of one's own may be as large as it likes: only its beginning is decoded.
                yield name, opened.service.recognise_file(Path(name), log=log)
        except KnowledgeError as error:
            yield name, error


def _piped(opened: OpenRecognition, limit: int, *, log: bool) -> ClipAnswer:
    with tempfile.NamedTemporaryFile(prefix="refrain-", suffix=".sound") as file:
        file.write(sys.stdin.buffer.read(limit + 1))
        file.flush()
        return opened.service.recognise_file(Path(file.name), log=log, max_bytes=limit)


def _heard(opened: OpenRecognition, *, log: bool) -> ClipAnswer:
    """Listen until it is certain, ten seconds at most."""
    import numpy as np  # noqa: PLC0415  only listening needs it

    from server.recognition.timelines import LibrarySearch  # noqa: PLC0415

    clip = ProgressiveClip(LibrarySearch(opened.service))
    heard = []
    print("Listening…", file=sys.stderr)
    for samples in listen(_LISTEN_S):
        heard.append(samples)
        clip.feed(samples)
        if clip.done:
            break
    if not heard:
        raise NoMicrophone("The microphone gave no sound.")
    return opened.service.recognise(
        np.concatenate(heard), source=HeardSource.MICROPHONE, log=log, device="terminal"
    )


def _as_json(opened: OpenRecognition, path: str, answer: ClipAnswer | KnowledgeError) -> str:
    if isinstance(answer, KnowledgeError):
        said: dict[str, Any] = {"path": path, "certainty": "unknown", "error": str(answer)}
    else:
        match = MatchOut.of(answer, opened.presenter).model_dump(mode="json", exclude={"picture"})
        said = {"path": path, **match}
        if answer.track is not None:
            said["recording"] = str(opened.catalog.path_of(answer.track.id))
    return json.dumps(said, ensure_ascii=False)


def _as_text(path: str, answer: ClipAnswer | KnowledgeError) -> str:
    if isinstance(answer, KnowledgeError):
        return f"{path}: {answer}"
    if not answer.known:
        return f"{path}: {_why_unknown(answer)}"
    title = answer.track.title if answer.track else answer.named
    artist = ", ".join(answer.track.artists) if answer.track else answer.artist
    name = f"{title} by {artist}" if artist else str(title)
    sure = "" if answer.certainty is Certainty.CERTAIN else "probably "
    best = answer.recognised.best
    where = f", from {clock(best.offset_s)}" if best else ""
    changed = f", {best.speed - 1:+.1%} fast" if best and abs(best.speed - 1) > 0.01 else ""
    return f"{path}: {sure}{name}{where}{changed}"


def _why_unknown(answer: ClipAnswer) -> str:
    if answer.recognised.reason == "too_short":
        return "too short to tell"
    if answer.recognised.reason == "silent":
        return "there is nothing to hear"
    if answer.version_of is not None:
        return f"unknown; it sounds like a version of {answer.version_of.title}"
    return "unknown"
