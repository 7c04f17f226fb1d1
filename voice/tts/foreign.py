"""Names in other languages for a voice that knows English only."""

from anyascii import anyascii


def for_english_voice(text: str) -> str:
    return anyascii(text)
