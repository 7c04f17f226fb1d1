"""What can go wrong in the music world.

KnowledgeError
├── DatabaseUnusable      the library file cannot be opened or is newer than this program
├── UnreadableAudio       a file is not audio we can decode; carries the reason
├── WorkerUnusable        a process for reading files cannot be started
├── NotInLibrary          an id that names nothing
├── NotInQueue            a queue item that is no longer there
├── QueueFull             more tracks than the queue may hold
├── PlaylistRejected      a playlist name that is taken or empty, or a list that would be too long
├── RecognitionBusy       more clips at once than can be recognised
├── NotHeard              an id that names no event of what was heard, and no unknown tune
├── PackRejected          a fingerprint pack that is damaged, too large, or of another version
├── ExportRejected        a file that is no listening history we know, is damaged, or too large
├── NamingFailed          a service in the network that names recordings did not answer
├── SourceUnreachable     a service in the network did not answer, or answered nonsense
│   └── SpotifyPlaysNowhere   it is active on no device
├── SourceRefused         a service wants another key or a new login
│   ├── SpotifyNotSetUp   there is no application to ask with
│   └── SpotifyLoginNeeded    no account is connected, or its login has ended
├── StationRejected       a radio station that cannot be kept: its name, or its address
├── IndexBusy             another process is changing the fingerprint index
├── IndexCorrupt          a file of the fingerprint index is damaged, foreign or gone
│   └── IndexOutdated     it was made by another version of the engine
├── IndexUnwritable       the disk took no more; what was stored before is whole
├── FingerprintRejected   a fingerprint that no recording can have
├── MusicModelUnusable    the files of a model that listens to music are damaged or foreign
├── MeaningUnusable       the model of meaning, or the vectors that it made, cannot be used
├── ActivitiesRejected    the file with one's own profiles of activities is not what it should be
├── TasteRejected         something said about a taste that cannot be kept
├── WishRejected          the rule of a smart playlist that is no wish
├── TimersFull            as many alarms are set as can be
└── FingerprintDatabaseUnusable   the PostgreSQL database of fingerprints cannot be used
"""

from typing import ClassVar


class KnowledgeError(Exception):
    """Base of all errors of this package. The message is fit to be shown to a user."""

    code: ClassVar[str] = "knowledge_error"
    retryable: ClassVar[bool] = False


class DatabaseUnusable(KnowledgeError):
    """The library file cannot be opened, is damaged, or was made by a newer version."""

    code: ClassVar[str] = "database_unusable"


class UnreadableAudio(KnowledgeError):
    """The file is empty, truncated, not audio, or too large."""

    code: ClassVar[str] = "unreadable_audio"


class WorkerUnusable(KnowledgeError):
    """A process for reading or decoding files cannot be started."""

    code: ClassVar[str] = "worker_unusable"
    retryable: ClassVar[bool] = True


class NotInLibrary(KnowledgeError):
    """An id that names no track, album, artist or playlist."""

    code: ClassVar[str] = "not_in_library"


class NotInQueue(KnowledgeError):
    """An id that names no item of the queue, perhaps not any more."""

    code: ClassVar[str] = "not_in_queue"


class QueueFull(KnowledgeError):
    """The tracks do not fit into the queue."""

    code: ClassVar[str] = "queue_full"


class PlaylistRejected(KnowledgeError):
    """The name is empty, too long or taken, or the list would become too long."""

    code: ClassVar[str] = "playlist_rejected"


class RecognitionBusy(KnowledgeError):
    """As many clips are being recognised as this machine can."""

    code: ClassVar[str] = "recognition_busy"
    retryable: ClassVar[bool] = True


class NotHeard(KnowledgeError):
    """An id that names no event of the log of what was heard, and no unknown tune."""

    code: ClassVar[str] = "not_heard"


class PackRejected(KnowledgeError):
    """A fingerprint pack that is damaged, too large, or made by a newer version."""

    code: ClassVar[str] = "pack_rejected"


class ExportRejected(KnowledgeError):
    """A file that is no listening history of a known kind, is damaged, or is too large."""

    code: ClassVar[str] = "export_rejected"


class NamingFailed(KnowledgeError):
    """A service in the network that names recordings did not answer, or answered nonsense."""

    code: ClassVar[str] = "naming_failed"
    retryable: ClassVar[bool] = True


class SourceUnreachable(KnowledgeError):
    """A service in the network did not answer in time, is busy, or answered nonsense."""

    code: ClassVar[str] = "source_unreachable"
    retryable: ClassVar[bool] = True

    def __init__(self, message: str, *, retry_after_s: float = 0.0) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        """Not to be asked before so many seconds have passed."""


class SourceRefused(KnowledgeError):
    """A service does not take our key, or the user has to log in again."""

    code: ClassVar[str] = "source_refused"


class SpotifyNotSetUp(SourceRefused):
    """There is no Spotify application to ask with."""

    code: ClassVar[str] = "spotify_not_set_up"
    next_step: ClassVar[str] = (
        "Make an application of your own at developer.spotify.com, set sources.spotify_client_id "
        "to its client id, and start Refrain again."
    )


class SpotifyLoginNeeded(SourceRefused):
    """Somebody has no Spotify account connected here, or its login has ended."""

    code: ClassVar[str] = "spotify_login_needed"
    next_step: ClassVar[str] = "Log in in the page: Settings, Services."


class SpotifyPlaysNowhere(SourceUnreachable):
    """Spotify is active on no device."""

    code: ClassVar[str] = "spotify_plays_nowhere"
    next_step: ClassVar[str] = "Open Spotify on a phone, a computer or a speaker, then try again."


class StationRejected(KnowledgeError):
    """A radio station that cannot be kept: no name, a name that is taken, too many of them."""

    code: ClassVar[str] = "station_rejected"


class IndexBusy(KnowledgeError):
    """Another process, or another part of this one, is changing the fingerprint index."""

    code: ClassVar[str] = "index_busy"
    retryable: ClassVar[bool] = True


class IndexCorrupt(KnowledgeError):
    """A file of the fingerprint index is damaged, foreign or gone."""

    code: ClassVar[str] = "index_corrupt"


class IndexOutdated(IndexCorrupt):
    """The fingerprint index was made by another version of the engine."""

    code: ClassVar[str] = "index_outdated"


class IndexUnwritable(KnowledgeError):
    """The fingerprint index could not be written; what was stored before is whole."""

    code: ClassVar[str] = "index_unwritable"
    retryable: ClassVar[bool] = True


class FingerprintRejected(KnowledgeError):
    """A fingerprint, or its key, that no recording can have."""

    code: ClassVar[str] = "fingerprint_rejected"


class MusicModelUnusable(KnowledgeError):
    """The files of a model that listens to music are missing, damaged, or another model's."""

    code: ClassVar[str] = "music_model_unusable"


class FingerprintDatabaseUnusable(KnowledgeError):
    """The PostgreSQL database of fingerprints cannot be reached or used."""

    code: ClassVar[str] = "fingerprint_database_unusable"
    retryable: ClassVar[bool] = True


class MeaningUnusable(KnowledgeError):
    """The model that turns words into vectors, or the vectors themselves, cannot be used."""

    code: ClassVar[str] = "meaning_unusable"
    retryable: ClassVar[bool] = True


class ActivitiesRejected(KnowledgeError):
    """The file with one's own profiles of activities has a mistake; the message says where."""

    code: ClassVar[str] = "activities_rejected"


class TasteRejected(KnowledgeError):
    """Something said about a taste that cannot be kept: an unknown kind or subject, no value."""

    code: ClassVar[str] = "taste_rejected"


class WishRejected(KnowledgeError):
    """The rule of a smart playlist is malformed, or made by a newer version."""

    code: ClassVar[str] = "wish_rejected"


class TimersFull(KnowledgeError):
    """As many alarms are set as can be."""

    code: ClassVar[str] = "timers_full"
