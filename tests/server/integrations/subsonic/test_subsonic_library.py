"""What a client library (py-opensonic) reads and changes, unmodified."""

import json
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from libopensonic import Connection
from libopensonic.errors import DataNotFoundError

import subsonic_apps
from knowledge.people.current import acting_as
from subsonic_apps import App
from wyoming_peers import own_environment

pytestmark = pytest.mark.integration


def titles(songs: list[object] | None) -> list[str]:
    return [str(song.title) for song in songs or ()]  # type: ignore[attr-defined]


def test_it_browses_from_artist_to_song(phone: Connection) -> None:
    index = phone.get_artists()
    names = {artist.name: artist.id for group in index.index for artist in group.artist}
    assert set(names) == {"Artist 1", "Artist 2"}
    artist = phone.get_artist(names["Artist 1"])
    assert [album.name for album in artist.album] == ["First Light"]
    album = phone.get_album(artist.album[0].id)
    assert album.song_count == 5
    assert titles(album.song)[:2] == ["Still Water", "Night Train"]
    song = phone.get_song(album.song[1].id)
    assert (song.title, song.artist, song.track, song.suffix) == (
        "Night Train", "Artist 1", 2, "wav",
    )  # fmt: skip
    folder = phone.get_music_directory(artist.id)
    assert [child.is_dir for child in folder.child] == [True]
    assert len(phone.get_music_directory(folder.child[0].id).child) == 5
    with pytest.raises(DataNotFoundError):
        phone.get_song("tr-999")


def test_it_lists_and_searches(phone: Connection) -> None:
    for order in ("random", "newest", "alphabeticalByName", "alphabeticalByArtist"):
        assert [album.name for album in phone.get_album_list2(order)] == ["First Light"]
    assert phone.get_album_list2("byYear", from_year=1990, to_year=1961)[0].year == 1961
    assert phone.get_album_list2("byYear", from_year=1990, to_year=2000) == []
    assert len(phone.get_album_list2("byGenre", genre="jazz")) == 1
    assert [album.id for album in phone.get_album_list("newest")] == ["al-1"]
    assert {genre.value for genre in phone.get_genres()} == {"Jazz"}
    assert len(phone.get_songs_by_genre("Jazz", count=2, offset=1)) == 2
    assert len(phone.get_random_songs(size=3)) == 3
    assert titles(phone.get_random_songs(from_year=1962, to_year=1962)) == ["Night Train"]
    assert titles(phone.search3("mor").song) == ["Morning Dew"]
    everything = phone.search3("", song_count=2, song_offset=4)
    assert len(everything.song) == 1
    assert phone.search2("artist 2").artist[0].name == "Artist 2"


def test_stars_are_likes_of_that_person_alone(ann: App, bob: App) -> None:
    with ann.connection() as phone, bob.connection() as other:
        assert phone.star(sids=["tr-2"], album_ids=["al-1"], artist_ids=["ar-1"])
        starred = phone.get_starred2()
        assert titles(starred.song) == ["Night Train"]
        assert [album.id for album in starred.album] == ["al-1"]
        assert [artist.id for artist in starred.artist] == ["ar-1"]
        assert phone.get_song("tr-2").starred
        assert phone.get_album("al-1").starred
        nobody = other.get_starred2()
        assert not nobody.song
        assert not nobody.album
        assert other.get_song("tr-2").starred is None
        services = ann.server.services
        person = services.accounts.by_name("Ann")
        assert person is not None
        with acting_as(person.id):
            assert services.ratings.get(2)
        assert services.ratings.get(2) is None
        phone.unstar(sids=["tr-2"], album_ids=["al-1"], artist_ids=["ar-1"])
        assert not phone.get_starred2().song
        phone.set_rating("tr-3", 5)
        assert titles(phone.get_starred2().song) == ["Morning Dew"]
        phone.set_rating("tr-3", 0)


def test_a_scrobble_is_a_play_of_that_person(phone: Connection, ann: App, bob: App) -> None:
    at = int(time.time()) - 3_600
    phone.scrobble("tr-4", submission=True, listen_time=at)
    phone.scrobble("tr-4", submission=True, listen_time=at)  # sent again: the answer was lost
    services = ann.server.services
    people = {name: services.accounts.by_name(name) for name in ("Ann", "Bob")}
    assert people["Ann"] is not None
    assert people["Bob"] is not None
    with acting_as(people["Ann"].id):
        plays = services.history.last(10)
    with acting_as(people["Bob"].id):
        assert services.history.last(10) == ()
    assert [(one.track.title, one.player, one.at) for one in plays] == [
        ("Paper Boats", "tests", datetime.fromtimestamp(at, UTC))
    ]
    song = phone.get_song("tr-4")
    assert song.play_count == 1
    assert song.played
    assert [album.id for album in phone.get_album_list2("recent")] == ["al-1"]
    assert bob.ask("getAlbumList2", type="recent")["albumList2"]["album"] == []
    top = phone.get_top_songs("Artist 1")
    assert titles(top)[0] == "Paper Boats"


def test_what_plays_now_is_told_to_the_same_person_only(
    phone: Connection, ann: App, bob: App
) -> None:
    phone.scrobble("tr-1", submission=False)
    playing = phone.get_now_playing()
    assert [(one.title, one.username, one.player_name) for one in playing] == [
        ("Still Water", "Ann", "tests")
    ]
    assert bob.ask("getNowPlaying")["nowPlaying"]["entry"] == []
    assert ann.error("getUser", username="Bob") == 50


def test_playlists_are_made_changed_and_deleted(phone: Connection, bob: App) -> None:
    made = phone.create_playlist(name="Evening", song_ids=["tr-1", "tr-2", "tr-1"])
    listed = {one.name: one for one in phone.get_playlists()}
    assert listed["Evening"].song_count == 3
    number = listed["Evening"].id
    assert titles(phone.get_playlist(number).entry) == ["Still Water", "Night Train", "Still Water"]
    phone.update_playlist(
        number, name="Late evening", song_ids_to_add=["tr-5"], song_indices_to_remove=[0]
    )
    changed = phone.get_playlist(number)
    assert (changed.name, titles(changed.entry)) == (
        "Late evening", ["Night Train", "Still Water", "Slow Glass"],
    )  # fmt: skip
    assert bob.error("getPlaylist", id=number) == 70
    phone.create_playlist(playlist_id=number, song_ids=["tr-3"])
    assert titles(phone.get_playlist(number).entry) == ["Morning Dew"]
    phone.delete_playlist(number)
    assert "Late evening" not in {one.name for one in phone.get_playlists()}
    assert made is not None


def test_a_queue_goes_on_on_another_device(phone: Connection, bob: App) -> None:
    phone.save_play_queue(["tr-1", "tr-2"], current="tr-2", position=12_000)
    queue = phone.get_play_queue()
    assert titles(queue.entry) == ["Still Water", "Night Train"]
    assert (queue.current, queue.position, queue.changed_by) == ("tr-2", 12_000, "tests")
    assert "playQueue" not in bob.ask("getPlayQueue")


def test_a_mix_of_what_is_similar(phone: Connection) -> None:
    for seed in ("tr-1", "al-1", "ar-1"):
        songs = phone.get_similar_songs2(seed, count=4)
        assert len(songs) <= 4
        assert all(song.id != "tr-1" for song in songs)
    assert phone.get_similar_songs2("tr-1", count=4)


def test_about_the_server(phone: Connection, ann: App) -> None:
    assert phone.get_license()["license"]["valid"]
    assert {one.name for one in phone.get_open_subsonic_extensions()} == {
        "apiKeyAuthentication", "formPost", "songLyrics", "transcodeOffset",
    }  # fmt: skip
    folders = ann.ask("getMusicFolders")["musicFolders"]["musicFolder"]  # the library misreads it
    assert [one["name"] for one in folders] == ["Music"]
    user = phone.get_user("Ann")
    assert (user.username, user.stream_role, user.admin_role) == ("Ann", True, False)
    assert phone.get_scan_status().count == 5
    assert phone.get_artist_info2("ar-1") is not None
    assert phone.get_album_info2("al-1") is not None
    assert phone.get_lyrics_by_song_id("tr-1") == []
    assert phone.get_internet_radio_stations() == []
    kept = ann.server.services.stations.add("Night Radio", "http://radio.example/stream")
    listed = phone.get_internet_radio_stations()
    assert [(one.id, one.name, one.stream_url) for one in listed] == [
        (f"st-{kept.id}", "Night Radio", "http://radio.example/stream")
    ]


def test_an_older_library_reads_and_changes_it_too(ann: App) -> None:
    """py-sonic, in an environment of its own."""
    python = own_environment("py-sonic-1.2.0", "py-sonic==1.2.0")
    script = Path(subsonic_apps.__file__).with_name("subsonic_pysonic.py")
    done = subprocess.run(
        [python, str(script), str(ann.server.port), ann.name, ann.secret],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    told = json.loads(done.stdout)
    assert told["songs"] == told["directory"]
    assert told.pop("songs")[:2] == ["Still Water", "Night Train"]
    assert len(told.pop("directory")) == 5
    assert told.pop("unknown")
    assert told.pop("stream") == told.pop("download") > 10_000
    assert told == {
        "ping": True, "license": True, "folders": [{"id": 1, "name": "Music"}],
        "artist": "Artist 1", "found": ["Night Train"], "found2": ["Night Train"],
        "newest": ["First Light"], "random": 2, "starred": ["Night Train"], "similar": 3,
        "playlists": ["From py-sonic"], "user": "Ann",
    }  # fmt: skip
