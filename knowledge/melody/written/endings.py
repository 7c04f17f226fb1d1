"""By which names files of notation are known."""

from os.path import splitext

MIDI = frozenset({".mid", ".midi", ".kar", ".rmi"})
ABC = frozenset({".abc"})
MUSICXML = frozenset({".musicxml", ".mxl", ".xml"})
ENDINGS = MIDI | ABC | MUSICXML


def is_written(file_name: str) -> bool:
    """Whether a file of this name may be notation; hidden files are left alone."""
    return not file_name.startswith(".") and splitext(file_name)[1].lower() in ENDINGS  # noqa: PTH122 - hot
