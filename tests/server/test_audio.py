"""Recordings over HTTP: ranges, validators, types, conversion."""

import io
import wave
from pathlib import Path
from typing import Any

import av
import pytest

from knowledge.catalog_writer import CatalogWriter, FileStamp, TrackDraft
from server_running import RunningServer

pytestmark = pytest.mark.integration


@pytest.fixture
def audio(shared_server: RunningServer) -> tuple[str, bytes]:
    """The address of a recording, and all its bytes."""
    track_id = shared_server.services.catalog.list_tracks(limit=1)[0][0].id
    return f"/api/tracks/{track_id}/audio", shared_server.services.catalog.path_of(
        track_id
    ).read_bytes()


def test_the_whole_file(shared_server: RunningServer, audio: tuple[str, bytes]) -> None:
    address, content = audio
    with shared_server.client() as client:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.content == content
        assert answer.headers["content-type"] == "audio/wav"
        assert answer.headers["accept-ranges"] == "bytes"
        assert answer.headers["content-length"] == str(len(content))
        assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, None),
        ("bytes=-50", -50, None),
        ("bytes=0-0", 0, 1),
        ("bytes=10-9999999", 10, None),
    ],
)
def test_a_part(
    shared_server: RunningServer, audio: tuple[str, bytes], asked: str, start: int, stop: int | None
) -> None:
    address, content = audio
    with shared_server.client() as client:
        answer = client.get(address, headers={"Range": asked})
        assert answer.status_code == 206
        assert answer.content == content[start:stop]
        first = start % len(content)
        last = first + len(answer.content) - 1
        assert answer.headers["content-range"] == f"bytes {first}-{last}/{len(content)}"


def test_a_part_behind_the_end_cannot_be_had(
    shared_server: RunningServer, audio: tuple[str, bytes]
) -> None:
    address, content = audio
    with shared_server.client() as client:
        answer = client.get(address, headers={"Range": f"bytes={len(content)}-"})
        assert answer.status_code == 416
        assert answer.headers["content-range"] == f"bytes */{len(content)}"


def test_several_parts_at_once(shared_server: RunningServer, audio: tuple[str, bytes]) -> None:
    address, content = audio
    with shared_server.client() as client:
        answer = client.get(address, headers={"Range": "bytes=0-9,100-109"})
        assert answer.status_code == 206
        assert answer.headers["content-type"].startswith("multipart/byteranges")
        assert content[100:110] in answer.content


def test_head_says_how_long_it_is_and_sends_nothing(
    shared_server: RunningServer, audio: tuple[str, bytes]
) -> None:
    address, content = audio
    with shared_server.client() as client:
        answer = client.head(address)
        assert answer.status_code == 200
        assert answer.headers["content-length"] == str(len(content))
        assert answer.content == b""


def test_validators(shared_server: RunningServer, audio: tuple[str, bytes]) -> None:
    address, content = audio
    with shared_server.client() as client:
        etag = client.head(address).headers["etag"]
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
        part = {"Range": "bytes=0-9"}
        assert client.get(address, headers={**part, "If-Range": etag}).status_code == 206
        changed = client.get(address, headers={**part, "If-Range": '"another"'})
        assert changed.status_code == 200
        assert changed.content == content


def test_a_file_that_is_gone_is_said_to_be_gone(server: RunningServer) -> None:
    track_id = server.services.catalog.list_tracks(limit=1)[0][0].id
    server.services.catalog.path_of(track_id).unlink()
    with server.client() as client:
        answer = client.get(f"/api/tracks/{track_id}/audio")
        assert answer.status_code == 404
        assert "gone" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("wanted", "media_type", "codec"),
    [("flac", "audio/flac", "flac"), ("opus", "audio/ogg", "opus"), ("wav", "audio/wav", None)],
)
def test_any_recording_can_be_had_in_another_format(
    shared_server: RunningServer,
    audio: tuple[str, bytes],
    wanted: str,
    media_type: str,
    codec: str | None,
) -> None:
    with shared_server.client() as client:
        answer = client.get(audio[0], params={"format": wanted})
        assert answer.headers["content-type"] == media_type
        with av.open(io.BytesIO(answer.content), "r") as opened:
            assert opened.streams.audio[0].codec.name == (codec or "pcm_s16le")
            assert abs((opened.duration or 0) / av.time_base - 1.0) < 0.1
        part = client.get(audio[0], params={"format": wanted}, headers={"Range": "bytes=0-3"})
        assert (part.status_code, len(part.content)) == (206, 4)


def add_file(server: RunningServer, path: Path, codec: str) -> str:
    status = path.stat()
    stamp = FileStamp(str(path), status.st_size, status.st_mtime_ns)
    draft = TrackDraft("f" * 64, "Odd One", ("Nobody",), codec=codec, file=stamp)
    (written,) = CatalogWriter(server.services.database).add([draft])
    return f"/api/tracks/{written.track_id}/audio"


def test_what_browsers_do_not_play_is_converted_once_and_kept(
    server: RunningServer, tmp_path: Path
) -> None:
    path = tmp_path / "odd.aiff"
    write(path, "pcm_s16be")
    address = add_file(server, path, "pcm")
    with server.client() as client:
        answer = client.get(address)
        assert answer.headers["content-type"] == "audio/flac"
        kept = list(server.services.settings.playable.iterdir())
        assert [one.suffix for one in kept] == [".flac"]
        again = client.get(address)
        assert again.headers["etag"] == answer.headers["etag"]
        original = client.get(address, params={"format": "original"})
        assert original.content == path.read_bytes()


def test_what_cannot_be_decoded_is_refused_and_leaves_nothing_behind(
    server: RunningServer, tmp_path: Path
) -> None:
    path = tmp_path / "broken.wma"
    path.write_bytes(b"this is not music" * 100)
    address = add_file(server, path, "wmav2")
    with server.client() as client:
        answer = client.get(address)
        assert answer.status_code == 415
        assert answer.json()["error"]["code"] == "not_playable"
    assert not list(server.services.settings.playable.iterdir())


def test_a_playlist_file_in_disguise_opens_no_other_file(
    server: RunningServer, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.wav"
    write(secret, "pcm_s16le")
    path = tmp_path / "evil.wma"
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n", "utf-8")
    with server.client() as client:
        assert client.get(add_file(server, path, "wmav2")).status_code == 415


def write(path: Path, codec: str) -> None:
    source = io.BytesIO()
    with wave.open(source, "wb") as tone:
        tone.setnchannels(2)
        tone.setsampwidth(2)
        tone.setframerate(44_100)
        tone.writeframes(b"\x10\x00\x20\x00" * 44_100)
    source.seek(0)
    with av.open(source, "r") as opened, av.open(str(path), "w") as out:
        stream: Any = out.add_stream(codec, rate=44_100)
        stream.layout = "stereo"
        for frame in opened.decode(audio=0):
            frame.pts = None
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
