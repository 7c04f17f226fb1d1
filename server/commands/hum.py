"""`refrain hum FILE…`: which tunes are hummed, whistled or sung there?"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from knowledge.errors import KnowledgeError
from knowledge.melody.models import HumAnswer, HumHit, HumOutcome, Samples
from knowledge.recognition.clip_file import ClipDecoder
from server.commands.hum_text import as_text
from server.commands.microphone import listen
from server.commands.options import Data, Microphone, SoundFiles, settings_for
from server.errors import BadSettings, NoMicrophone, RecognitionOff
from server.recognition.naming import HUM_RATE_HZ
from server.settings import Settings
from tools.humming import HUM_S, hum_words

app = typer.Typer(add_completion=False)
_STANDARD_INPUT = "-"
_MOST_S = 120.0
"""So much of a file is read, from its beginning; the fullest half minute of it is looked for."""

_NEXT_STEP = "Check the name, and that it is a sound file that plays elsewhere."

Answer = Callable[[Samples, int], tuple[HumAnswer, tuple[dict[str, Any], ...]]]
"""Names a tune: the answer, and of each hit what only JSON tells."""


@app.command()
def hum(
    context: typer.Context,
    files: SoundFiles = None,
    *,
    mic: Microphone = False,
    seconds: Annotated[
        float, typer.Option(min=3, max=60, help="How long to listen to the microphone.")
    ] = HUM_S,
    json_lines: Annotated[
        bool, typer.Option("--json", help="One JSON object a file, with all ranked candidates.")
    ] = False,
    count: Annotated[int, typer.Option(min=1, max=100, help="Candidates in the JSON.")] = 10,
    index: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE.jsonl[.gz]",
            help="Search these melodies instead of the library's: a line holds "
            '{"id", "title", "notes": [[onset_s, duration_s, midi], …]}. May be given again.',
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Say which tune is hummed, whistled or sung in each file, or why it cannot be told.

    Five to fifteen seconds of the chorus are best; of a long file the first two minutes are read.
    The exit code is 0 when each has an answer (one tune, or two or three to choose from), 1 when
    one has none or cannot be read.
    """
    if not files and not mic:
        raise BadSettings("There is nothing to listen to.", next_step="Name a file, or use --mic.")
    settings = settings_for(context, data)
    answered = True
    with _answering(settings, index or [], count) as answer:
        for name, samples in _sounds(files or [], settings, seconds if mic else None):
            outcome = _named(answer, samples)
            if isinstance(outcome, KnowledgeError):
                answered = False
                print(_failed(name, outcome) if json_lines else f"{name}: {_cause(outcome)}")
            else:
                answered = answered and outcome[0].outcome is not HumOutcome.AGAIN
                print(_as_json(name, *outcome) if json_lines else as_text(name, outcome[0]))
            sys.stdout.flush()
    if not answered:
        raise typer.Exit(1)


def _named(
    answer: Answer, samples: Samples | KnowledgeError
) -> tuple[HumAnswer, tuple[dict[str, Any], ...]] | KnowledgeError:
    if isinstance(samples, KnowledgeError):
        return samples
    try:
        return answer(samples, HUM_RATE_HZ)
    except KnowledgeError as error:
        return error


def _sounds(
    files: list[str], settings: Settings, listened_s: float | None
) -> Iterator[tuple[str, Samples | KnowledgeError]]:
    """Each sound as it is decoded, or why it cannot be."""
    if listened_s is not None:
        yield "microphone", _heard(listened_s)
    decoder = ClipDecoder()
    try:
        for name in files:
            try:
                if name == _STANDARD_INPUT:
                    yield name, _piped(decoder, settings.recognition.max_upload_mb * 1_000_000)
                else:
                    yield name, decoder.decode(Path(name), most_s=_MOST_S, rate_hz=HUM_RATE_HZ)
            except KnowledgeError as error:
                yield name, error
    finally:
        decoder.close()


def _piped(decoder: ClipDecoder, limit: int) -> Samples:
    with tempfile.NamedTemporaryFile(prefix="refrain-", suffix=".sound") as file:
        file.write(sys.stdin.buffer.read(limit + 1))
        file.flush()
        return decoder.decode(Path(file.name), most_s=_MOST_S, rate_hz=HUM_RATE_HZ, max_bytes=limit)


def _heard(seconds: float) -> Samples:
    import numpy as np  # noqa: PLC0415  only listening needs it

    print(f"Hum now, for {seconds:.0f} seconds…", file=sys.stderr)
    heard = list(listen(seconds, rate_hz=HUM_RATE_HZ))
    if not heard:
        raise NoMicrophone("The microphone gave no sound.")
    return np.concatenate(heard)


@contextmanager
def _answering(settings: Settings, index: list[Path], count: int) -> Iterator[Answer]:
    """What names tunes: the library, or melodies from files.

    Raises:
        RecognitionOff: it is switched off in the configuration.
        BadSettings: there is no library yet, or a file of melodies cannot be used.
    """
    if index:
        from server.commands.hum_index import answer_from  # noqa: PLC0415  numba takes a while

        yield answer_from(index, settings.model_folders, count)
        return
    if not settings.recognition.enabled:
        raise RecognitionOff("Recognising is switched off here.")
    if not settings.database_path.exists():
        raise BadSettings(
            "There is no library yet.", next_step="Make one: refrain index DIR. Or use --index."
        )
    from server.commands.hum_library import answer_of_library  # noqa: PLC0415

    with answer_of_library(settings, count) as answer:
        yield answer


def _as_json(name: str, answer: HumAnswer, more: tuple[dict[str, Any], ...]) -> str:
    words, heard = hum_words(answer, in_library=not more or "key" not in more[0]), answer.contour
    return json.dumps(
        {
            "file": name,
            "outcome": answer.outcome.value,
            "problem": None if heard.problem is None else heard.problem.value,
            "message": words.message,
            "next_step": words.next_step,
            "kind": heard.kind.value,
            "seconds": round(heard.duration_s, 2),
            "notes": len(heard.notes),
            "offered": answer.offered,
            "searched": answer.searched,
            "waiting": answer.waiting,
            "hum_id": answer.hum_id,
            "hits": [_hit(hit) | extra for hit, extra in zip(answer.hits, more, strict=True)],
        },
        ensure_ascii=False,
    )


def _hit(hit: HumHit) -> dict[str, Any]:
    return {
        "title": hit.title,
        "artist": hit.artist,
        "track_id": None if hit.track is None else hit.track.id,
        "path": None,
        "key": None,
        "probability": round(hit.probability, 4),
        "start_s": round(hit.start_s, 2),
        "end_s": round(hit.end_s, 2),
    }


def _failed(name: str, error: KnowledgeError) -> str:
    said: dict[str, Any] = {
        "file": name,
        "outcome": HumOutcome.AGAIN.value,
        "problem": None,
        "error": str(error),
        "code": error.code,
        "next_step": _NEXT_STEP,
        "offered": 0,
        "hits": [],
    }
    return json.dumps(said, ensure_ascii=False)


def _cause(error: KnowledgeError) -> str:
    return f"{str(error).rstrip('.')}. {_NEXT_STEP}"
