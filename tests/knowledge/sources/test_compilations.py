"""Albums of several artists whose tags do not say whose they are."""

from dataclasses import dataclass

import pytest

from knowledge.drafts import VARIOUS_ARTISTS, FileStamp, TrackDraft
from knowledge.sources.compilations import Compilations


@dataclass(frozen=True)
class Row:
    artist: str
    album_artist: str | None = None
    track_no: int | None = None
    folder: str = "music"


def album_artists(rows: list[Row], known: dict[tuple[str, str], str] | None = None) -> list[str]:
    drafts = [
        TrackDraft(
            audio_hash=f"{n:064x}",
            title=f"Song {n}",
            artists=(row.artist,),
            album="Hits",
            album_artist=row.album_artist,
            track_no=row.track_no,
            duration_s=60.0,
            file=FileStamp(f"/{row.folder}/{n}.ogg", 1, 1),
        )
        for n, row in enumerate(rows)
    ]
    return [draft.shown_album_artist for draft in Compilations(known).mark(drafts)]


@pytest.mark.unit
def test_many_artists_make_a_compilation() -> None:
    assert album_artists([Row("Ada"), Row("Ben"), Row("Cleo")]) == [VARIOUS_ARTISTS] * 3


@pytest.mark.unit
def test_a_guest_does_not_make_a_compilation() -> None:
    assert album_artists([Row("Ada"), Row("Ada"), Row("Ada & Ben")]) == ["Ada"] * 3


@pytest.mark.unit
def test_a_forgotten_tag_follows_the_others_of_the_album() -> None:
    rows = [Row("Ada", "The Project"), Row("Ben", "The Project"), Row("Cleo")]
    assert album_artists(rows) == ["The Project"] * 3


@pytest.mark.unit
def test_two_albums_of_one_name_in_a_flat_folder_stay_two() -> None:
    """Both artists claim track 1: these are two records that lie together."""
    assert album_artists([Row("Ada", track_no=1), Row("Ben", track_no=1)]) == ["Ada", "Ben"]


@pytest.mark.unit
def test_albums_in_different_folders_stay_apart() -> None:
    assert album_artists([Row("Ada"), Row("Ben", folder="other")]) == ["Ada", "Ben"]


@pytest.mark.unit
def test_one_more_file_joins_the_album_it_lies_in() -> None:
    known = {("/music", "hits"): "The Project"}
    assert album_artists([Row("Cleo")], known) == ["The Project"]
