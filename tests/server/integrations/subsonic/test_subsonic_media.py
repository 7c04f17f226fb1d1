"""Sound and pictures: as they are, in part, converted, in other sizes."""

import asyncio
from io import BytesIO
from pathlib import Path

import av
import httpx
import pytest
from PIL import Image
from sqlalchemy import update

from knowledge.covers import CoverStore
from knowledge.database import Database
from knowledge.schema import albums
from server_running import RunningServer
from subsonic_apps import App

pytestmark = pytest.mark.integration


def original(server: RunningServer) -> Path:
    return server.services.catalog.path_of(1)


@pytest.fixture(scope="module")
def cover(shared: RunningServer) -> str:
    """A picture of the album, 600 pixels wide."""
    settings = shared.services.settings
    out = BytesIO()
    Image.new("RGB", (600, 600), (200, 80, 20)).save(out, "PNG")
    cover_id = CoverStore(settings.covers).save(out.getvalue())
    assert cover_id is not None
    database = Database.at(settings.database_path)
    try:
        with database.write() as connection:
            connection.execute(update(albums).values(cover_id=cover_id))
    finally:
        database.close()
    return cover_id


def test_a_recording_is_sent_as_it_is_whole_and_in_part(ann: App) -> None:
    whole = original(ann.server).read_bytes()
    for call in ("stream", "download"):
        answer = ann.get(call, id="tr-1")
        assert answer.content == whole
        assert answer.headers["accept-ranges"] == "bytes"
    assert ann.get("stream", id="tr-1", format="raw", maxBitRate="32").content == whole
    assert "attachment" in ann.get("download", id="tr-1").headers["content-disposition"]
    with ann.connection(api_key=ann.secret, use_get=True) as phone:
        part = phone.stream("tr-1", byte_range="bytes=100-199")
        read = asyncio.run_coroutine_threadsafe(part.read(), phone._loop)
        assert part.status == 206
        assert read.result(10) == whole[100:200]


@pytest.mark.parametrize(
    ("given", "media_type", "codec"),
    [
        ({"format": "mp3"}, "audio/mpeg", "mp3float"),
        ({"format": "opus", "maxBitRate": "64"}, "audio/ogg", "opus"),
        ({"format": "flac"}, "audio/flac", "flac"),
        ({"maxBitRate": "64"}, "audio/mpeg", "mp3float"),
    ],
)
def test_it_is_converted_when_that_is_wanted(
    ann: App, given: dict[str, str], media_type: str, codec: str
) -> None:
    answer = ann.get("stream", id="tr-1", **given)
    assert answer.headers["content-type"] == media_type
    with av.open(BytesIO(answer.content), "r") as opened:
        stream = opened.streams.audio[0]
        assert stream.codec_context.name == codec
        seconds = sum(frame.samples / frame.sample_rate for frame in opened.decode(stream))
    assert seconds == pytest.approx(1.0, abs=0.15)


def test_a_part_of_what_is_converted_is_sent_too(ann: App) -> None:
    """Somebody seeks: then it is made whole, and kept for whoever asks next."""
    given = {"u": ann.name, "p": ann.secret, "id": "tr-3", "format": "mp3"}
    url = f"{ann.server.url}/rest/stream"
    part = httpx.get(url, params=given, headers={"range": "bytes=10-19"})
    assert part.status_code == 206
    whole = httpx.get(url, params=given)
    assert whole.headers["accept-ranges"] == "bytes"
    assert part.content == whole.content[10:20]


def test_a_lower_bit_rate_is_smaller(ann: App) -> None:
    sizes = [
        len(ann.get("stream", id="tr-2", format="mp3", maxBitRate=rate).content)
        for rate in ("64", "320")
    ]
    assert sizes[0] * 2 < sizes[1]


def test_pictures_come_in_the_wanted_size(ann: App, cover: str) -> None:
    assert cover
    for thing in ("al-1", "tr-1", "ar-1"):
        sizes = {}
        for wanted in ("64", "200", "512", "2000", ""):
            answer = ann.get("getCoverArt", id=thing, **({"size": wanted} if wanted else {}))
            assert answer.headers["content-type"].startswith("image/")
            sizes[wanted] = Image.open(BytesIO(answer.content)).width
        assert sizes == {"64": 96, "200": 256, "512": 512, "2000": 600, "": 600}


def test_what_cannot_be_sent_is_told(ann: App) -> None:
    assert ann.error("stream") == 10
    assert ann.error("stream", id="tr-999") == 70
    assert ann.error("stream", id="al-1") == 70
    assert ann.error("stream", id="tr-1", format="exe") == 0
    assert ann.error("getCoverArt", id="pl-99") == 70
    assert ann.error("getCoverArt", id="../../etc/passwd") == 70
