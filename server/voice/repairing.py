"""Transcripts in which the names of the library are put right."""

from knowledge.catalog import Catalog
from knowledge.playlists import Playlists
from server.voice.speech import Repair
from voice.stt.transcriber import Transcriber


def names_repaired(catalog: Catalog, playlists: Playlists) -> Repair:
    """What makes a transcriber aware of the names of this library; loads nothing yet."""

    def repair(transcriber: Transcriber) -> Transcriber:
        # They load the grammar of requests, which nobody needs who only types.
        from server.voice.vocabulary import LibraryVocabulary, SettledRequests  # noqa: PLC0415
        from voice.hearing import NameAwareTranscriber  # noqa: PLC0415

        names, settled = LibraryVocabulary(catalog, playlists), SettledRequests()
        names.gather()
        settled("pause")
        return NameAwareTranscriber(transcriber, names, settled=settled)

    return repair
