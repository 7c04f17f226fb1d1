"""One answer, three forms: what JSON says, XML says too."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest

from subsonic_apps import App

pytestmark = pytest.mark.integration

CALLS: tuple[tuple[str, dict[str, str]], ...] = (
    ("ping", {}),
    ("getLicense", {}),
    ("getOpenSubsonicExtensions", {}),
    ("getMusicFolders", {}),
    ("getIndexes", {}),
    ("getArtists", {}),
    ("getArtist", {"id": "ar-1"}),
    ("getAlbum", {"id": "al-1"}),
    ("getSong", {"id": "tr-1"}),
    ("getMusicDirectory", {"id": "al-1"}),
    ("getGenres", {}),
    ("getAlbumList", {"type": "newest"}),
    ("getAlbumList2", {"type": "newest"}),
    ("getSongsByGenre", {"genre": "Jazz"}),
    ("search2", {"query": "night"}),
    ("search3", {"query": "night"}),
    ("getStarred", {}),
    ("getStarred2", {}),
    ("getPlaylists", {}),
    ("getNowPlaying", {}),
    ("getTopSongs", {"artist": "Artist 1"}),
    ("getArtistInfo2", {"id": "ar-1"}),
    ("getAlbumInfo2", {"id": "al-1"}),
    ("getLyrics", {"artist": "Artist 1", "title": "Night Train"}),
    ("getLyricsBySongId", {"id": "tr-1"}),
    ("getUser", {"username": "Ann"}),
    ("getScanStatus", {}),
    ("getInternetRadioStations", {}),
    ("getSong", {"id": "tr-999"}),
)
_SPACE = "{http://subsonic.org/restapi}"


def as_xml(content: Any) -> dict[str, Any]:
    """What an XML element must hold for an object of JSON: attributes, text, children."""
    told: dict[str, Any] = {"attributes": {}, "text": None, "children": []}
    for key, value in content.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                told["children"].append((key, as_xml(one)))
            elif isinstance(value, list):
                plain = {"attributes": {}, "text": text(one), "children": []}
                told["children"].append((key, plain))
            elif key == "value":
                told["text"] = text(one)
            else:
                told["attributes"][key] = text(one)
    return told


def of_element(element: ET.Element) -> dict[str, Any]:
    return {
        "attributes": dict(element.attrib),
        "text": element.text,
        "children": [(one.tag.removeprefix(_SPACE), of_element(one)) for one in element],
    }


def text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize(("call", "given"), CALLS, ids=lambda value: str(value)[:30])
def test_xml_and_json_say_the_same(ann: App, call: str, given: dict[str, str]) -> None:
    in_json = ann.get(call, **given)
    in_xml = ann.get(f"{call}.view", **given, f="xml")
    assert in_xml.headers["content-type"].startswith("text/xml")
    assert in_json.headers["content-type"].startswith("application/json")
    root = ET.fromstring(in_xml.content)  # noqa: S314  our own answer
    assert root.tag == f"{_SPACE}subsonic-response"
    assert of_element(root) == as_xml(in_json.json()["subsonic-response"])


def test_jsonp_calls_only_a_function(ann: App) -> None:
    called = ann.get("ping", f="jsonp", callback="app.ready")
    assert called.headers["content-type"].startswith("application/javascript")
    assert called.text.startswith("/**/app.ready(")
    assert json.loads(called.text.removeprefix("/**/app.ready(").removesuffix(");"))
    for callback in ("alert(1)//", "", "a b", "x" * 200, "<script>"):
        told = ann.get("ping", f="jsonp", callback=callback)
        assert told.headers["content-type"].startswith("application/json")


def test_a_form_may_be_posted(ann: App) -> None:
    given = {"u": "Ann", "p": ann.secret, "f": "json", "id": ["tr-1", "tr-2"]}
    answer = httpx.post(f"{ann.server.url}/rest/star", data=given)
    assert answer.json()["subsonic-response"]["status"] == "ok"
    starred = ann.ask("getStarred2")["starred2"]["song"]
    assert {song["id"] for song in starred} == {"tr-1", "tr-2"}
    httpx.post(f"{ann.server.url}/rest/unstar", data=given)
    assert ann.ask("getStarred2")["starred2"]["song"] == []


def test_an_app_may_post_all_that_it_reads(ann: App) -> None:
    given = {"u": "Ann", "p": ann.secret, "f": "json"}
    with ann.server.client() as client:
        told = {client.post("/rest/ping", data=given).status_code for _ in range(100)}
    assert told == {200}
