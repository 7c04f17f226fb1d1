"""What the doctor says of humming."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge.database import Database
from knowledge.melody.models import EXTRACTOR
from knowledge.melody.run import MODEL_PATH
from knowledge.melody.written.scan import TuneScan
from knowledge.schema import jobs
from melody_hums import TuneLibrary, random_tune
from server.doctor_melodies import melody_findings
from server.findings import Finding, Health
from server.settings import load_settings

pytestmark = pytest.mark.integration


@pytest.fixture
def library(tmp_path: Path) -> Iterator[TuneLibrary]:
    library = TuneLibrary(tmp_path)
    library.add("Known", random_tune(1))
    library.add("Other", random_tune(2))
    yield library
    library.close()


def finish(database: Database, state: str) -> None:
    """Say how listening to all recordings ended."""
    with database.write() as connection:
        for title in ("Known", "Other"):
            connection.execute(
                jobs.insert().values(
                    audio_hash=f"{title}Nina Simone".encode().hex().ljust(64, "0")[:64],
                    analyser=EXTRACTOR,
                    state="done" if title == "Known" else state,
                    changed_at=0.0,
                )
            )


def findings(database: Database, folder: Path, **recognition: Any) -> dict[str, Finding]:
    wanted = {"models": folder / "none", "recognition": {"melodies": True, **recognition}}
    settings = load_settings(folder, wanted)
    return {one.what: one for one in melody_findings(settings, database)}


def test_all_is_well(library: TuneLibrary, tmp_path: Path) -> None:
    finish(library.database, "done")
    found = findings(library.database, tmp_path)["melodies"]
    assert found.health is Health.OK
    assert found.detail == "2 recordings and 0 written tunes can be hummed"


def test_what_hinders_is_named_with_what_to_do(library: TuneLibrary, tmp_path: Path) -> None:
    missing = findings(library.database, tmp_path)["melodies"]
    assert (missing.health, missing.remedy) == (
        Health.WARNING, "Run: refrain models get basic-pitch",
    )  # fmt: skip
    off = findings(library.database, tmp_path, melodies=False)["melodies"]
    assert "recognition.melodies" in off.remedy
    (tmp_path / "none" / MODEL_PATH).parent.mkdir(parents=True)
    (tmp_path / "none" / MODEL_PATH).touch()
    assert "refrain index" in findings(library.database, tmp_path)["melodies"].remedy
    finish(library.database, "failed")
    failed = findings(library.database, tmp_path)["melodies"]
    assert "1 recordings could not" in failed.detail
    assert "--retry" in failed.remedy


def test_notation_that_is_refused_is_shown(library: TuneLibrary, tmp_path: Path) -> None:
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "letter.abc").write_text("Dear aunt")
    TuneScan(library.database, [tmp_path / "music"]).scan()
    refused = findings(library.database, tmp_path)["refused notation"]
    assert "letter.abc: There is no tune in it" in refused.detail


def test_switched_off_it_says_nothing(library: TuneLibrary, tmp_path: Path) -> None:
    assert findings(library.database, tmp_path, enabled=False) == {}
