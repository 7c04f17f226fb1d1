"""Calls about lyrics: plain ones by name, and lines with their times (extension songLyrics)."""

from knowledge.lyrics.models import Lyrics
from knowledge.models import Track
from knowledge.search import SearchQuery
from server.integrations.subsonic.call import Call, Content, method
from server.integrations.subsonic.ids import id_of


@method("getLyrics")
def lyrics(call: Call) -> Content:
    """The words of the song that is called so; empty when they are not known."""
    artist, title = call.parameters.text("artist")[:300], call.parameters.text("title")[:300]
    if not title:
        return {"lyrics": {}}
    wanted = SearchQuery(title=title, artist=artist or None, kinds=frozenset({"track"}), limit=5)
    for hit in call.services.searcher.search(wanted).hits:
        if not isinstance(hit.item, Track) or not hit.exact:
            continue
        found = call.services.lyrics.of(hit.item.id)
        if found is not None:
            words = "\n".join(line.text for line in found.lines)
            named = {"artist": hit.item.artist, "title": hit.item.title}
            return {"lyrics": {**named, "value": words}}
    return {"lyrics": {}}


@method("getLyricsBySongId")
def lyrics_by_song_id(call: Call) -> Content:
    track = call.services.catalog.track(id_of(call.parameters.required("id"), "tr"))
    found = call.services.lyrics.of(track.id)
    listed = [] if found is None else [_structured(track, found)]
    return {"lyricsList": {"structuredLyrics": listed}}


def _structured(track: Track, found: Lyrics) -> Content:
    return {
        "displayArtist": track.artist,
        "displayTitle": track.title,
        "lang": found.language or "und",
        "synced": found.synced,
        "offset": 0,
        "line": [
            {
                "start": round(line.start_s * 1_000) if line.start_s is not None else None,
                "value": line.text,
            }
            for line in found.lines
        ],
    }
