"""One file in, one draft out, in every format."""

from pathlib import Path

import pytest

from knowledge.covers import CoverStore
from knowledge.drafts import FileStamp, TrackDraft
from knowledge.errors import UnreadableAudio
from knowledge.sources.music_file import MusicFileReader
from library_audio import FORMATS, picture, tone, write_music

TAGS = {
    "title": "Sinnerman",
    "artist": "Nina Simone",
    "album_artist": "Nina Simone",
    "album": "Pastel Blues",
    "date": "1965-10-01",
    "genre": "Jazz",
    "track": "9/9",
    "disc": "1/1",
}


def read(path: Path, root: Path) -> TrackDraft:
    stamp = FileStamp(str(path), path.stat().st_size, path.stat().st_mtime_ns)
    return MusicFileReader(root.parent / "covers").read(path, root=root, stamp=stamp)


@pytest.mark.integration
@pytest.mark.parametrize("suffix", [kind for kind in FORMATS if kind not in {"wav", "aiff"}])
def test_every_format_gives_its_tags(tmp_path: Path, suffix: str) -> None:
    root = tmp_path / "music"
    draft = read(write_music(root / f"song.{suffix}", tags=TAGS), root)
    assert (draft.title, draft.artists) == ("Sinnerman", ("Nina Simone",))
    assert (draft.album, draft.album_artist) == ("Pastel Blues", "Nina Simone")
    assert (draft.year, draft.genres, draft.track_no) == (1965, ("Jazz",), 9)
    assert draft.duration_s == pytest.approx(1.0, abs=0.12)
    assert draft.codec
    assert draft.guessed == frozenset()


@pytest.mark.integration
def test_wav_and_aiff_give_the_few_tags_they_hold(tmp_path: Path) -> None:
    root = tmp_path / "music"
    wav = read(write_music(root / "song.wav", tags=TAGS), root)
    assert (wav.title, wav.artists, wav.album) == ("Sinnerman", ("Nina Simone",), "Pastel Blues")
    aiff = read(write_music(root / "Nina Simone - Sinnerman.aiff", tags={"title": "x"}), root)
    assert (aiff.title, aiff.artists) == ("x", ("Nina Simone",))
    assert aiff.guessed == {"artist"}


@pytest.mark.integration
@pytest.mark.parametrize("suffix", ["flac", "ogg", "opus", "mp3", "m4a"])
def test_the_embedded_picture_is_the_cover(tmp_path: Path, suffix: str) -> None:
    root = tmp_path / "music"
    cover = picture("crimson")
    draft = read(write_music(root / f"song.{suffix}", tags=TAGS, cover=cover), root)
    assert draft.cover_id is not None
    assert CoverStore(tmp_path / "covers").path(draft.cover_id).read_bytes() == cover


@pytest.mark.integration
def test_the_folder_has_a_cover_when_the_file_has_none(tmp_path: Path) -> None:
    root = tmp_path / "music"
    first = write_music(root / "Album" / "CD1" / "a.flac")
    (root / "Album" / "Folder.PNG").write_bytes(picture("navy", kind="PNG"))
    (root / "Album" / "notes.txt").write_text("not a picture")
    draft = read(first, root)
    assert draft.cover_id is not None
    path = CoverStore(tmp_path / "covers").path(draft.cover_id)
    assert path.suffix == ".png"
    assert path.read_bytes() == picture("navy", kind="PNG")


@pytest.mark.integration
def test_what_the_tags_do_not_say_is_guessed_and_marked(tmp_path: Path) -> None:
    root = tmp_path / "music"
    draft = read(write_music(root / "Beck" / "Odelay (1996)" / "01 - Devils Haircut.mp3"), root)
    assert (draft.title, draft.artists, draft.album) == ("Devils Haircut", ("Beck",), "Odelay")
    assert (draft.year, draft.track_no) == (1996, 1)
    assert draft.guessed == {"title", "artist", "album", "year", "track_no"}


@pytest.mark.integration
def test_a_file_without_any_hint_has_an_unknown_artist(tmp_path: Path) -> None:
    root = tmp_path / "music"
    draft = read(write_music(root / "noise.flac"), root)
    assert draft.artists == ("Unknown Artist",)
    assert draft.guessed == {"title", "artist"}


@pytest.mark.integration
@pytest.mark.parametrize(
    ("tags", "album_artist"),
    [
        ({"compilation": "1"}, "Various Artists"),
        ({"album_artist": "various"}, "Various Artists"),
        ({"compilation": "1", "album_artist": "Best of Soul"}, "Best of Soul"),
    ],
)
def test_compilations_are_recognised(
    tmp_path: Path, tags: dict[str, str], album_artist: str
) -> None:
    root = tmp_path / "music"
    tags = {"title": "T", "artist": "A", "album": "Hits", **tags}
    draft = read(write_music(root / "song.mp3", tags=tags), root)
    assert draft.is_compilation
    assert draft.shown_album_artist == album_artist


@pytest.mark.integration
def test_several_artists_genres_and_moods_are_split(tmp_path: Path) -> None:
    root = tmp_path / "music"
    tags = {
        "title": "Song (feat. Guest)",
        "artist": "AC/DC; Simon & Garfunkel",
        "genre": "Rock/Pop; Folk",
        "mood": "Calm, Warm",
    }
    draft = read(write_music(root / "song.flac", tags=tags), root)
    assert draft.artists == ("AC/DC", "Simon & Garfunkel", "Guest")
    assert draft.genres == ("Rock", "Pop", "Folk")
    assert draft.moods == ("calm", "warm")


@pytest.mark.integration
def test_new_tags_do_not_change_the_identity_and_other_audio_does(tmp_path: Path) -> None:
    root = tmp_path / "music"
    for suffix in FORMATS:
        plain = read(write_music(root / f"a.{suffix}"), root)
        cover = picture() if suffix not in {"wav", "aiff", "wma"} else None
        tagged = read(write_music(root / f"b.{suffix}", tags=TAGS, cover=cover), root)
        other = read(write_music(root / f"c.{suffix}", tone(hertz=441.0)), root)
        assert plain.audio_hash == tagged.audio_hash, suffix
        assert plain.audio_hash != other.audio_hash, suffix


@pytest.mark.integration
def test_an_old_tag_at_the_end_of_an_mp3_does_not_change_its_identity(tmp_path: Path) -> None:
    root = tmp_path / "music"
    path = write_music(root / "a.mp3")
    before = read(path, root)
    title = "Êèíî".encode("latin-1").ljust(30, b"\0")  # "Кино" in Windows-1251
    artist = "Âèêòîð Öîé".encode("latin-1").ljust(30, b"\0")
    with path.open("ab") as file:
        file.write(b"TAG" + title + artist + b"\0" * 30 + b"1988" + b"\0" * 30 + b"\x11")
    after = read(path, root)
    assert (after.title, after.artists, after.year) == ("Кино", ("Виктор Цой",), 1988)
    assert after.audio_hash == before.audio_hash


@pytest.mark.integration
def test_lies_in_tags_are_cut_down(tmp_path: Path) -> None:
    root = tmp_path / "music"
    tags = {
        "title": "Innocent\u202egnihton\u0007" + "!" * 100_000,
        "artist": "A" * 5000,
        "track": "999999",
        "date": "in the year 12345",
        "comment": "x" * 200_000,
    }
    draft = read(write_music(root / "song.flac", tags=tags), root)
    assert draft.title.startswith("Innocentgnihton !!!")
    assert len(draft.title) <= 250
    assert len(draft.artists[0]) <= 250
    assert draft.track_no is None
    assert draft.year is None


def broken_files(folder: Path) -> dict[str, Path]:
    folder.mkdir(parents=True)
    whole = {suffix: write_music(folder / f"whole.{suffix}", tone(4.0)) for suffix in FORMATS}
    made = {
        "empty": folder / "empty.mp3",
        "text": folder / "text.mp3",
        "page": folder / "page.ogg",
        "picture": folder / "picture.flac",
        "playlist": folder / "playlist.mp3",
        "zeros": folder / "zeros.wav",
    }
    made["empty"].touch()
    made["text"].write_text("This is a shopping list, not a song.\n" * 200)
    made["page"].write_text("<!DOCTYPE html><title>404</title>")
    made["picture"].write_bytes(picture())
    made["playlist"].write_text(f"#EXTM3U\n#EXTINF:1,\nfile://{whole['flac']}\n")
    made["zeros"].write_bytes(bytes(50_000))
    for suffix in ("flac", "m4a", "mp3", "wav", "aiff"):
        made[f"cut {suffix}"] = folder / f"cut.{suffix}"
        content = whole[suffix].read_bytes()
        made[f"cut {suffix}"].write_bytes(content[: len(content) // 2])
    for suffix in FORMATS:
        made[f"stub {suffix}"] = folder / f"stub.{suffix}"
        made[f"stub {suffix}"].write_bytes(whole[suffix].read_bytes()[:40])
    return made


@pytest.mark.integration
def test_every_broken_file_is_refused_with_a_reason(tmp_path: Path) -> None:
    root = tmp_path / "music"
    reasons = {}
    for name, path in broken_files(root).items():
        with pytest.raises(UnreadableAudio) as refused:
            read(path, root)
        reasons[name] = str(refused.value)
    assert reasons["empty"] == "The file is empty."
    assert reasons["picture"] == "This is a picture, not audio."
    assert reasons["page"] == "This is a web page, not audio."
    assert reasons["cut flac"].startswith("The file is cut short: 1.")
    assert all(reason.endswith(".") for reason in reasons.values())


@pytest.mark.integration
def test_a_file_of_more_than_four_gigabytes_is_not_opened(tmp_path: Path) -> None:
    root = tmp_path / "music"
    root.mkdir()
    path = root / "huge.wav"
    with path.open("wb") as file:
        file.truncate(5 * 1024**3)  # sparse: takes no room
    with pytest.raises(UnreadableAudio, match="larger than 4 GB"):
        read(path, root)
