"""From how things are written to how they are said."""


def spell_out(text: str, language: str = "en") -> str:
    """The words to be spoken for a piece of a reply."""
    del language
    return " ".join(text.split())
