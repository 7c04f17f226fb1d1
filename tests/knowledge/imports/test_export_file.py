"""Every export that people have, and what pretends to be one."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from imports_exports import SPOTIFY_ACCOUNT, extended, lines, listenbrainz, zipped
from knowledge.errors import ExportRejected
from knowledge.imports.export_file import read_export, size_of
from knowledge.imports.models import ExportedListen, ImportSource

pytestmark = pytest.mark.unit


def read(path: Path) -> list[ExportedListen]:
    return [one for one in read_export(path, lambda _: None) if one is not None]


def saved(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def at(*when: int) -> float:
    return datetime(*when, tzinfo=UTC).timestamp()  # type: ignore[misc, arg-type]


def test_spotify_account_data(tmp_path: Path) -> None:
    path = saved(tmp_path, "StreamingHistory0.json", json.dumps(list(SPOTIFY_ACCOUNT)))
    whole, short = read(path)
    assert whole.title == "Sinnerman"
    assert whole.at == at(2023, 5, 1, 20, 0)  # it ended four minutes later
    assert (whole.played_s, whole.skipped) == (240.0, None)
    assert short.skipped is True


def test_spotify_extended_history_in_its_zip(tmp_path: Path) -> None:
    music = [
        extended("Sinnerman", "Nina Simone", "2023-05-01T20:04:00Z"),
        extended("Money", "Pink Floyd", "2023-05-01T20:08:00Z", reason_end="fwdbtn"),
        extended(None, None, "2023-05-01T20:09:00Z", episode_name="A podcast"),
    ]
    path = zipped(
        tmp_path / "my_spotify_data.zip",
        {
            "Spotify Extended Streaming History/Streaming_History_Audio_2023_0.json": json.dumps(
                music
            ),
            "Spotify Extended Streaming History/Streaming_History_Video_2023.json": "[broken",
            "Spotify Extended Streaming History/ReadMeFirst.pdf": b"%PDF",
            "Spotify Account Data/Userdata.json": '{"email": "x"}',
        },
    )
    first, second = read(path)
    assert (first.album, first.skipped, second.skipped) == ("An Album", False, True)
    assert first.source is ImportSource.SPOTIFY


def test_listenbrainz_lines_and_zip(tmp_path: Path) -> None:
    text = lines([listenbrainz("Hurt", "Johnny Cash", 1_600_000_000, "American IV")])
    (plain,) = read(saved(tmp_path, "listens.jsonl", text))
    path = zipped(
        tmp_path / "lb.zip",
        {"listens/2020/9.jsonl": text, "feedback.jsonl": '{"score": 1}', "user.json": "{}"},
    )
    assert [plain] == read(path)
    assert (plain.at, plain.album, plain.played_s) == (1_600_000_000.0, "American IV", None)


@pytest.mark.parametrize(
    "text",
    [
        "Nina Simone,Pastel Blues,Sinnerman,31 Jan 2020 12:34\n",
        (
            "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"
            '"1580474040","31 Jan 2020, 12:34","Nina Simone","","Pastel Blues","","Sinnerman",""\n'
        ),
        (
            'Artist;Album;AlbumId;Track;Date#somebody\n"Nina Simone";"Pastel Blues";"";'
            '"Sinnerman";"1580474040000"\n'
        ),
    ],
)
def test_lastfm_tables_of_common_tools(tmp_path: Path, text: str) -> None:
    (found,) = read(saved(tmp_path, "lastfm.csv", text))
    assert (found.artist, found.title, found.album) == ("Nina Simone", "Sinnerman", "Pastel Blues")
    assert found.at == at(2020, 1, 31, 12, 34)


@pytest.mark.parametrize("count", [1, 3_000])
def test_lastfm_json_of_any_length(tmp_path: Path, count: int) -> None:
    one = {"track": "Sinnerman", "artist": "Nina Simone", "album": "", "date": 1_580_474_040_000}
    whole = {"username": "somebody", "scrobbles": [one] * count, "more": {"a": [1]}}
    assert len(read(saved(tmp_path, "stats.json", json.dumps(whole)))) == count
    page = {
        "track": [
            {
                "artist": {"#text": "Nina Simone"},
                "name": "Sinnerman",
                "album": {"#text": ""},
                "date": {"uts": "1580474040", "#text": "31 Jan 2020, 12:34"},
            },
            {"artist": {"#text": "X"}, "name": "Now playing", "@attr": {"nowplaying": "true"}},
        ],
        "@attr": {"page": "1"},
    }
    pages = saved(tmp_path, "pages.json", json.dumps([page] * count))
    assert len(read(pages)) == count


def test_large_files_are_read_piece_by_piece(tmp_path: Path) -> None:
    many = [listenbrainz(f"Song {i}", "Ä" * 50, 1_500_000_000 + i) for i in range(3_000)]
    path = saved(tmp_path, "many.json", json.dumps(many))
    told: list[int] = []
    found = [one for one in read_export(path, told.append) if one is not None]
    assert len(found) == 3_000
    assert len({one.title for one in found}) == 3_000
    assert sum(told) == size_of(path)
    assert len(told) > 3


@pytest.mark.parametrize(
    "text",
    [
        '[{"ts": "2023-05-01T20:04:00Z", ',
        "[" + "{" * 10,
        '[{"a":' * 60_000,
        "just words\n",
        "\0\0\0\0\n",
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ExportRejected):
        read(saved(tmp_path, "bad.json", text))


def test_lies_in_single_lines_are_passed_over(tmp_path: Path) -> None:
    bad = [
        extended("Title", "Artist", "2023-05-01T20:04:00Z", ms_played="long"),
        extended("Title", "Artist", "yesterday"),
        extended("Title", "Artist", "1700-01-01T00:00:00Z"),
        extended(7, ["a"], "2023-05-01T20:04:00Z"),  # type: ignore[arg-type]
        extended("Title", "Artist", "2023-05-01T20:04:00Z", reason_end=["x"], skipped={}),
        {"listened_at": 10**400, "track_metadata": {"track_name": "a", "artist_name": "b"}},
        {"listened_at": 1_600_000_000, "track_metadata": "none"},
        extended("Fine\u0000 \u202e title" + "x" * 5_000, "A", "2023-05-01T20:04:00Z"),
    ]
    kept = read(saved(tmp_path, "lies.jsonl", lines(bad)))
    assert [one.artist for one in kept] == ["Artist", "A"]
    assert len(kept[1].title) <= 500
    assert "\u202e" not in kept[1].title


def test_zip_bombs_and_damaged_zips_are_refused(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "bomb.zip", {"endsong_0.json": b" " * 30_000_000})
    with pytest.raises(ExportRejected, match="packed more tightly"):
        read(bomb)
    many = zipped(tmp_path / "many.zip", {f"{i}.json": "[]" for i in range(5_001)})
    with pytest.raises(ExportRejected, match="more than 5000 files"):
        size_of(many)
    empty = zipped(tmp_path / "empty.zip", {"../../etc/passwd": "x"})
    with pytest.raises(ExportRejected, match="no listening history"):
        read(empty)
    whole = zipped(tmp_path / "cut.zip", {"endsong_0.json": json.dumps(list(range(50_000)))})
    data = bytearray(whole.read_bytes())
    data[200:300] = b"\xff" * 100
    whole.write_bytes(bytes(data))
    with pytest.raises(ExportRejected):
        read(whole)
    with pytest.raises(ExportRejected, match="not a file"):
        read(tmp_path / "nothing.zip")
