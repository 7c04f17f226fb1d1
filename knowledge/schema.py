"""The tables of the library, as SQLAlchemy sees them.

Every change here comes with an Alembic migration under `migrations/versions`. The full-text
tables are SQLite FTS5 and therefore written as SQL in the migration, not here.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from knowledge import (
    schema_auth,
    schema_base,
    schema_belongings,
    schema_melody,
    schema_people,
    schema_rooms,
    schema_sources,
    schema_timers,
)
from knowledge.people.belonging import owner_column

metadata = schema_base.metadata
FURTHER = (
    schema_auth,
    schema_belongings,
    schema_melody,
    schema_people,
    schema_rooms,
    schema_sources,
    schema_timers,
)
"""Modules with further tables of it."""

artists = Table(
    "artists",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),
    # An id is never given to another artist: conversations remember ids.
    sqlite_autoincrement=True,
)

albums = Table(
    "albums",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("artist", Text, nullable=False),
    Column("artist_folded", Text, nullable=False),
    Column("year", Integer),
    Column("is_compilation", Boolean, nullable=False, default=False),
    Column("cover_id", String(64)),
    UniqueConstraint("folded", "artist_folded"),
    Index("ix_albums_artist_folded", "artist_folded"),
    sqlite_autoincrement=True,
)

tracks = Table(
    "tracks",
    metadata,
    Column("id", Integer, primary_key=True),
    # What the track is: a hash of its encoded audio, so that new tags are not a new track.
    Column("audio_hash", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("artist", Text, nullable=False),
    Column("artist_folded", Text, nullable=False),
    Column("album_id", Integer, ForeignKey("albums.id", ondelete="SET NULL")),
    Column("disc_no", Integer),
    Column("track_no", Integer),
    Column("year", Integer),
    Column("moods", JSON, nullable=False, default=list),
    Column("guessed", JSON, nullable=False, default=list),
    Column("duration_s", Float, nullable=False, default=0.0),
    Column("codec", String(16), nullable=False, default=""),
    Column("cover_id", String(64)),
    Column("added_at", Float, nullable=False),
    # Set when the last file of the track disappeared. The row stays: history and playlists
    # name it, and the file may come back from another place.
    Column("missing_since", Float),
    Index("ix_tracks_folded", "folded"),
    Index("ix_tracks_artist", "artist_folded", "folded"),
    Index("ix_tracks_added", "added_at"),
    Index("ix_tracks_album", "album_id", "disc_no", "track_no"),
    sqlite_autoincrement=True,
)

track_artists = Table(
    "track_artists",
    metadata,
    Column("track_id", Integer, ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True),
    Column("artist_id", Integer, ForeignKey("artists.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, nullable=False),
    Index("ix_track_artists_artist", "artist_id"),
)

track_genres = Table(
    "track_genres",
    metadata,
    Column("track_id", Integer, ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True),
    Column("folded", Text, primary_key=True),
    Column("genre", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Index("ix_track_genres_folded", "folded"),
)

files = Table(
    "files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    Column("track_id", Integer, ForeignKey("tracks.id", ondelete="SET NULL")),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("audio_hash", String(64)),
    # "ok" or "refused"; the reason is a sentence for the user.
    Column("status", String(16), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Index("ix_files_track", "track_id"),
    Index("ix_files_audio_hash", "audio_hash"),
)

segments = Table(
    "segments",
    metadata,
    Column("audio_hash", String(64), primary_key=True),
    Column("analyser", String(32), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start_s", Float, nullable=False),
    Column("end_s", Float, nullable=False),
    Column("loudness_db", Float, nullable=False),
    Column("energy", Float, nullable=False),
    Column("brightness_hz", Float, nullable=False),
    Column("onset_rate_hz", Float, nullable=False),
    Column("tempo_bpm", Float),
    Column("tempo_confidence", Float, nullable=False, default=0.0),
)

features = Table(
    "features",
    metadata,
    Column("audio_hash", String(64), primary_key=True),
    Column("analyser", String(32), primary_key=True),
    Column("loudness_lufs", Float, nullable=False),
    Column("peak", Float, nullable=False),
    Column("energy", Float, nullable=False),
    Column("tempo_bpm", Float),
    Column("tempo_confidence", Float, nullable=False, default=0.0),
)

jobs = Table(
    "jobs",
    metadata,
    Column("audio_hash", String(64), primary_key=True),
    Column("analyser", String(32), primary_key=True),
    # "waiting", "running", "done" or "failed".
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", Text, nullable=False, default=""),
    Column("changed_at", Float, nullable=False),
    # The order in which waiting jobs are taken.
    Index("ix_jobs_next", "analyser", "state", "attempts", "changed_at"),
)

playlists = Table(
    "playlists",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("created_at", Float, nullable=False),
    owner_column(),
    # Whether everybody at home sees it; the household's own always are.
    Column("shared", Boolean, nullable=False, default=False),
    UniqueConstraint("person_id", "folded"),
)

playlist_items = Table(
    "playlist_items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("playlist_id", Integer, ForeignKey("playlists.id", ondelete="CASCADE"), nullable=False),
    Column("track_id", Integer, ForeignKey("tracks.id", ondelete="CASCADE"), nullable=False),
    Column("position", Float, nullable=False),
    Index("ix_playlist_items", "playlist_id", "position"),
)

play_events = Table(
    "play_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("track_id", Integer, ForeignKey("tracks.id"), nullable=False),
    Column("played_s", Float, nullable=False, default=0.0),
    Column("player", Text, nullable=False, default=""),
    Column("session_id", Text, nullable=False, default=""),
    owner_column(),
    Index("ix_play_events_at", "at"),
    Index("ix_play_events_track", "track_id"),
)

# What one thinks of a track now; the history of it is in play_events.
ratings = Table(
    "ratings",
    metadata,
    owner_column(primary_key=True),
    Column("track_id", Integer, ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True),
    Column("liked", Boolean, nullable=False),
    Column("at", Float, nullable=False),
)

# One row for each saved state of the queue: the newest is the queue, older ones are its undo.
queue_states = Table(
    "queue_states",
    metadata,
    Column("revision", Integer, primary_key=True),
    Column("items", JSON, nullable=False),
    Column("position", Integer),
    Column("shuffle", Boolean, nullable=False),
    Column("repeat", String(8), nullable=False),
    # The order before shuffling, as item ids; empty when not shuffled.
    Column("unshuffled", JSON, nullable=False, default=list),
)

sessions = Table(
    "sessions",
    metadata,
    owner_column(primary_key=True),
    Column("id", Text, primary_key=True),
    Column("changed_at", Float, nullable=False),
    Column("state", JSON, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSON, nullable=False),
)

# What was heard that the library does not have: one clip, or several that fit together.
tunes = Table(
    "tunes",
    metadata,
    Column("id", Integer, primary_key=True),
    # Empty until somebody names it.
    Column("title", Text, nullable=False, default=""),
    Column("artist", Text, nullable=False, default=""),
    # The recording of the library that it turned out to be, by its audio hash.
    Column("recording", String(64), nullable=False, default=""),
    Column("first_at", Float, nullable=False),
    Column("last_at", Float, nullable=False),
    owner_column(),
    Index("ix_tunes_last", "last_at"),
    sqlite_autoincrement=True,
)

heard = Table(
    "heard",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("ended_at", Float, nullable=False),
    Column("track_id", Integer, ForeignKey("tracks.id", ondelete="SET NULL")),
    # Names as they were then: the event outlives its track.
    Column("title", Text, nullable=False, default=""),
    Column("artist", Text, nullable=False, default=""),
    Column("folded", Text, nullable=False, default=""),
    # Its key in the index of the library or of a pack; empty when unknown.
    Column("recording", Text, nullable=False, default=""),
    Column("source", String(16), nullable=False),
    Column("place", Text, nullable=False, default=""),
    Column("place_folded", Text, nullable=False, default=""),
    Column("device", Text, nullable=False, default=""),
    Column("certainty", String(16), nullable=False),
    Column("probability", Float, nullable=False, default=0.0),
    Column("offset_s", Float),
    Column("clip_s", Float, nullable=False, default=0.0),
    Column("session_id", Text, nullable=False, default=""),
    Column("tune_id", Integer, ForeignKey("tunes.id", ondelete="SET NULL")),
    Column("named_later", Boolean, nullable=False, default=False),
    owner_column(),
    Index("ix_heard_at", "at"),
    Index("ix_heard_tune", "tune_id"),
    # An id is never given to another event: conversations remember ids.
    sqlite_autoincrement=True,
)

# Fingerprints of clips: of tunes, and of the last answers, so that these can be corrected.
clips = Table(
    "clips",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("heard_id", Integer, ForeignKey("heard.id", ondelete="CASCADE")),
    Column("tune_id", Integer, ForeignKey("tunes.id", ondelete="CASCADE")),
    Column("at", Float, nullable=False),
    Column("clip_s", Float, nullable=False),
    # Where in the tune's recording the clip begins, when that is known.
    Column("offset_s", Float),
    Column("fingerprint", LargeBinary, nullable=False),
    # Name of the file with its sound; empty unless the user had that kept.
    Column("audio", Text, nullable=False, default=""),
    owner_column(),
    Index("ix_clips_heard", "heard_id"),
    Index("ix_clips_tune", "tune_id"),
    # Ids are keys in an index that is brought up to date later.
    sqlite_autoincrement=True,
)

# What a clip is not, as a user said.
clip_rejections = Table(
    "clip_rejections",
    metadata,
    Column("clip_id", Integer, ForeignKey("clips.id", ondelete="CASCADE"), primary_key=True),
    Column("recording", Text, primary_key=True),
)

packs = Table(
    "packs",
    metadata,
    # The first half of the hash of its content.
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("made_at", Float, nullable=False),
    Column("imported_at", Float, nullable=False),
)

pack_recordings = Table(
    "pack_recordings",
    metadata,
    # "PACK/NUMBER", as in the index of packs.
    Column("key", String(48), primary_key=True),
    Column("pack_id", String(32), ForeignKey("packs.id", ondelete="CASCADE"), nullable=False),
    Column("title", Text, nullable=False),
    Column("artist", Text, nullable=False, default=""),
    Column("album", Text, nullable=False, default=""),
    Column("year", Integer),
    Column("duration_s", Float, nullable=False, default=0.0),
    Column("mbid", String(36), nullable=False, default=""),
    Index("ix_pack_recordings_pack", "pack_id"),
)

# What a recording sounds like. The blobs are little-endian float16, in the order of columns that
# the analyser's version stands for; see `knowledge.analysis.sound`.
sound_tracks = Table(
    "sound_tracks",
    metadata,
    Column("audio_hash", String(64), primary_key=True),
    Column("analyser", String(32), primary_key=True),
    # Another value than last time: what is held in memory of this recording is out of date.
    Column("heard_at", Float, nullable=False),
    Column("duration_s", Float, nullable=False),
    # Tempo, key and what else is no axis, with their confidences.
    Column("facts", JSON, nullable=False),
    Column("axes", LargeBinary, nullable=False),
    Column("tags", LargeBinary, nullable=False),
    Column("embedding", LargeBinary, nullable=False),
    # Times of the beats; empty when there are none.
    Column("beats", LargeBinary, nullable=False),
)

sound_segments = Table(
    "sound_segments",
    metadata,
    Column("audio_hash", String(64), primary_key=True),
    Column("analyser", String(32), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start_s", Float, nullable=False),
    Column("end_s", Float, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("axes", LargeBinary, nullable=False),
    Column("tags", LargeBinary, nullable=False),
    Column("embedding", LargeBinary, nullable=False),
)

lyrics = Table(
    "lyrics",
    metadata,
    Column("track_id", Integer, ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
    # Whether the lines carry times, as in an LRC file.
    Column("synced", Boolean, nullable=False),
    Column("language", String(8), nullable=False),
    # Where they come from: "tag" or "file".
    Column("source", String(16), nullable=False),
    Column("read_at", Float, nullable=False),
)

# How a cover looks: its colours and what else can be told without knowing what it shows.
cover_looks = Table(
    "cover_looks",
    metadata,
    Column("cover_id", String(64), primary_key=True),
    Column("version", String(16), primary_key=True),
    Column("facts", JSON, nullable=False),
    Column("look", LargeBinary, nullable=False),
)

# A playlist that is filled anew by its rule.
smart_playlists = Table(
    "smart_playlists",
    metadata,
    Column(
        "playlist_id", Integer, ForeignKey("playlists.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("rule", JSON, nullable=False),
    Column("every_s", Float, nullable=False),
    Column("refreshed_at", Float),
)
