"""What py-sonic (libsonic), an older client library, reads and changes; prints JSON.

Run by an environment of its own: `python subsonic_pysonic.py PORT USER PASSWORD`.
"""

import json
import sys
from typing import Any

import libsonic

port, user, password = sys.argv[1:]
phone = libsonic.Connection(
    "http://127.0.0.1", user, password, port=int(port), appName="py-sonic", apiVersion="1.16.1"
)


def titles(songs: Any) -> list[str]:
    songs = songs if isinstance(songs, list) else [songs]
    return [one["title"] for one in songs]


artist = phone.getArtists()["artists"]["index"][0]["artist"][0]
album = phone.getArtist(artist["id"])["artist"]["album"][0]
phone.star(["tr-2"])
phone.scrobble("tr-5")
made = phone.createPlaylist(name="From py-sonic", songIds=["tr-1", "tr-2"])
told = {
    "ping": phone.ping(),
    "license": phone.getLicense()["license"]["valid"],
    "folders": phone.getMusicFolders()["musicFolders"]["musicFolder"],
    "artist": artist["name"],
    "songs": titles(phone.getAlbum(album["id"])["album"]["song"]),
    "directory": titles(phone.getMusicDirectory(album["id"])["directory"]["child"]),
    "found": titles(phone.search3("night train")["searchResult3"]["song"]),
    "found2": titles(phone.search2("night train")["searchResult2"]["song"]),
    "newest": [one["name"] for one in phone.getAlbumList2("newest")["albumList2"]["album"]],
    "random": len(phone.getRandomSongs(size=2)["randomSongs"]["song"]),
    "starred": titles(phone.getStarred2()["starred2"]["song"]),
    "similar": len(phone.getSimilarSongs2("tr-1", count=3)["similarSongs2"]["song"]),
    "playlists": [one["name"] for one in phone.getPlaylists()["playlists"]["playlist"]],
    "user": phone.getUser(user)["user"]["username"],
    "stream": len(phone.stream("tr-1").read()),
    "download": len(phone.download("tr-1").read()),
}
phone.unstar(["tr-2"])
phone.deletePlaylist(made["playlist"]["id"])
try:
    phone.getSong("tr-999")
except libsonic.errors.DataNotFoundError as error:
    told["unknown"] = str(error)
print(json.dumps(told))
