"""Packs between two installations, and packs made to do harm."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fingerprint_music import in_noise
from knowledge.errors import PackRejected
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.recognition.indexes import pack_folder
from knowledge.recognition.models import HeardSource
from knowledge.recognition.pack_file import open_pack
from recognition_library import RecognitionLibrary, clip

UPLOAD = HeardSource.UPLOAD


@pytest.fixture
def giver(tmp_path: Path) -> Iterator[RecognitionLibrary]:
    library = RecognitionLibrary(tmp_path / "giver", "Sinnerman", "Lilac Wine", "Unheard")
    yield library
    library.close()


@pytest.fixture
def taker(tmp_path: Path) -> Iterator[RecognitionLibrary]:
    library = RecognitionLibrary(tmp_path / "taker", "Feeling Good")
    yield library
    library.close()


@pytest.fixture
def pack(giver: RecognitionLibrary, tmp_path: Path) -> Path:
    path = tmp_path / "friends.refrainpack"
    chosen = [giver.id(title) for title in ("Sinnerman", "Lilac Wine")]
    assert giver.service.export_pack(path, chosen, name="Songs of a friend") == 2
    return path


def in_packs(library: RecognitionLibrary) -> frozenset[str]:
    return FingerprintIndex.open(pack_folder(library.home), read_only=True).keys()


@pytest.mark.integration
def test_a_pack_names_what_the_library_does_not_have(taker: RecognitionLibrary, pack: Path) -> None:
    before = taker.service.recognise(clip("Sinnerman"), source=UPLOAD, log=False)
    assert not before.known
    imported = taker.service.import_pack(pack)
    assert (imported.name, imported.recordings) == ("Songs of a friend", 2)
    answer = taker.service.recognise(clip("Sinnerman", 12.0), source=UPLOAD)
    assert (answer.named, answer.artist, answer.track) == ("Sinnerman", "Nina Simone", None)
    assert answer.offset_s == pytest.approx(12.0, abs=0.1)
    assert not taker.service.recognise(clip("Unheard"), source=UPLOAD, log=False).known
    ours = taker.service.recognise(clip("Feeling Good"), source=UPLOAD, log=False)
    assert ours.track == taker.track("Feeling Good")


@pytest.mark.integration
def test_a_pack_holds_no_sound_and_little_else(pack: Path) -> None:
    assert pack.stat().st_size < 2 * 40 * 2_000
    with zipfile.ZipFile(pack) as archive:
        assert archive.namelist() == ["prints/000000.rfp", "prints/000001.rfp", "pack.json"]
        listed = json.loads(archive.read("pack.json"))
    assert {one["title"] for one in listed["recordings"]} == {"Sinnerman", "Lilac Wine"}
    assert "/m/" not in json.dumps(listed)  # no paths of the giver


@pytest.mark.integration
def test_a_pack_names_what_was_heard_before(taker: RecognitionLibrary, pack: Path) -> None:
    noisy = in_noise(clip("Lilac Wine"), snr_db=10)
    heard = taker.service.recognise(noisy, source=UPLOAD)
    taker.service.import_pack(pack)
    event = taker.service.heard.get(heard.heard_id or 0)
    assert (event.title, event.track, event.named_later) == ("Lilac Wine", None, True)


@pytest.mark.integration
def test_a_pack_can_be_removed_and_taken_in_twice(taker: RecognitionLibrary, pack: Path) -> None:
    first = taker.service.import_pack(pack)
    assert taker.service.import_pack(pack) == first
    assert len(in_packs(taker)) == 2
    taker.service.remove_pack(first.id)
    assert taker.service.packs() == ()
    assert in_packs(taker) == frozenset()
    assert not taker.service.recognise(clip("Sinnerman"), source=UPLOAD, log=False).known
    with pytest.raises(PackRejected):
        taker.service.remove_pack(first.id)
    with pytest.raises(PackRejected):
        taker.service.remove_pack("../../library")


@pytest.mark.integration
def test_a_lost_index_of_packs_is_made_anew(taker: RecognitionLibrary, pack: Path) -> None:
    taker.service.import_pack(pack)
    keys = in_packs(taker)
    with FingerprintIndex.open(pack_folder(taker.home)) as index:
        index.remove(keys)
    taker.service.warm()
    assert in_packs(taker) == keys


@pytest.mark.integration
def test_nothing_to_give_is_no_pack(giver: RecognitionLibrary, tmp_path: Path) -> None:
    with pytest.raises(PackRejected, match="None of these"):
        giver.service.export_pack(tmp_path / "empty.refrainpack", [99], name="Nothing")
    assert list(tmp_path.glob("*.refrainpack*")) == []
    with pytest.raises(PackRejected, match="cannot be written"):
        giver.service.export_pack(tmp_path / "no" / "a.refrainpack", [1], name="Nowhere")


def forged(pack: Path, change: Any, *, extra: dict[str, bytes] | None = None) -> Path:
    """Write a copy of the pack whose list is changed by `change`."""
    path = pack.with_name("forged.refrainpack")
    with zipfile.ZipFile(pack) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        listed = json.loads(old.read("pack.json"))
        change(listed)
        for name in old.namelist():
            data = json.dumps(listed).encode() if name == "pack.json" else old.read(name)
            new.writestr(name, (extra or {}).get(name, data))
    return path


def _first(listed: Any, **values: Any) -> None:
    listed["recordings"][0].update(values)


@pytest.mark.integration
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda listed: listed.update(format="other"), "damaged"),
        (lambda listed: listed.update(version=2), "format 2"),
        (lambda listed: listed.update(fingerprint_version=7), "version 7"),
        (lambda listed: listed.update(recordings=[]), "empty"),
        (lambda listed: listed.update(recordings="all"), "damaged"),
        (lambda listed: _first(listed, sha256="0" * 64), "damaged"),
        (lambda listed: _first(listed, bytes=5), "larger"),
        (lambda listed: _first(listed, bytes=10**9), "damaged"),
        (lambda listed: _first(listed, title="x" * 100_000), "damaged"),
        (lambda listed: _first(listed, duration_s="NaN"), "damaged"),
        (lambda listed: listed["recordings"].append(listed["recordings"][0]), "no prints/000002"),
    ],
)
def test_lies_in_a_pack_are_refused_and_leave_nothing(
    taker: RecognitionLibrary, pack: Path, change: Any, why: str
) -> None:
    with pytest.raises(PackRejected, match=why):
        taker.service.import_pack(forged(pack, change))
    assert taker.service.packs() == ()
    assert in_packs(taker) == frozenset()
    assert list((taker.home / "packs").glob("*")) == []


@pytest.mark.integration
def test_a_bomb_is_not_unpacked(taker: RecognitionLibrary, pack: Path) -> None:
    bomb = forged(pack, lambda listed: None, extra={"pack.json": b" " * (65 << 20)})
    assert bomb.stat().st_size < 1 << 20
    with pytest.raises(PackRejected, match="larger than it may be"):
        taker.service.import_pack(bomb)


@pytest.mark.integration
def test_what_is_no_pack_is_refused(taker: RecognitionLibrary, tmp_path: Path) -> None:
    path = tmp_path / "song.refrainpack"
    for content in (b"", b"not a zip" * 100, b"PK\x03\x04" + bytes(100)):
        path.write_bytes(content)
        with pytest.raises(PackRejected):
            taker.service.import_pack(path)
    with pytest.raises(PackRejected, match="cannot be read"):
        taker.service.import_pack(tmp_path / "missing.refrainpack")


@pytest.mark.integration
def test_names_from_strangers_are_made_plain(pack: Path) -> None:
    path = forged(pack, lambda listed: _first(listed, title="a\x1b[31m\nb", mbid="no id"))
    with open_pack(path) as opened:
        first = opened.recordings[0]
    assert (first.title, first.mbid) == ("a [31m b", "")
