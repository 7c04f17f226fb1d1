"""Words that show attention and ask for nothing, and words that recognisers invent of noise."""

import re
from typing import Final

_ASSENT_WORDS = """
yes yeah yep yup ya ok okay alright right sure mhm mm-hm mm-hmm mmhm mmhmm mm uh-huh uhhuh uh-hm
aha ah-ha hmm-mm ja si sí oui sim da tak hai
"""
_ATTENTION_WORDS = """
wow nice cool great good interesting really indeed exactly totally true fine perfect lovely awesome
gotcha klar genau stimmt gut schön bien claro vale d'accord bon bene certo
"""
_FILLER_WORDS = """
um uhm umm uh uhh er erm eh ehm hm hmm hmmm mm mmm mmmm ah aah oh ooh huh äh ähm öh öhm euh este
"""
_WORDLESS_WORDS = """
mhm mm-hm mm-hmm mmhm mmhmm uh-huh uhhuh uh-hm aha ah-ha hmm-mm haha ha hehe m
"""
_ASSENT: Final = frozenset(_ASSENT_WORDS.split())
_FILLERS: Final = frozenset(_FILLER_WORDS.split())
_WORDLESS: Final = frozenset(_WORDLESS_WORDS.split()) | _FILLERS
_ATTENTION: Final = frozenset(_ATTENTION_WORDS.split()) | _ASSENT | _WORDLESS
_PHRASES: Final = frozenset({
    "i see", "got it", "of course", "fair enough", "makes sense", "all right", "sounds good",
    "uh huh", "mm hm", "mm hmm", "mm mm", "m hm", "oh wow", "oh yeah", "oh nice", "oh okay",
})  # fmt: skip
_INVENTED: Final = frozenset({
    "you", "thank you", "thanks", "thank you very much", "thank you so much", "bye", "bye bye",
    "thanks for watching", "thank you for watching", "please subscribe", "the end",
    "subtitles by the amara.org community", "i'm sorry", "so", "a", "the", "i", "it", "s", "t",
    "beep", "click", "shh", "sigh",
})  # fmt: skip
"""What Whisper is known to write for coughs, claps and hiss, as a whole text."""
_ASIDE = re.compile(r"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|[♪♫]+")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_MOST_WORDS = 4


def words_of(text: str) -> list[str]:
    """The words of a transcript in lower case, without what stands in brackets."""
    return [one.replace("’", "'") for one in _WORD.findall(_ASIDE.sub(" ", text).lower())]


def is_backchannel(text: str) -> bool:
    """Whether somebody who says this lets the other one go on speaking.

    >>> is_backchannel("Mm-hmm."), is_backchannel("Yeah, okay."), is_backchannel("Okay, stop.")
    (True, True, False)
    """
    words = words_of(text)
    if not words or len(words) > _MOST_WORDS:
        return False
    return " ".join(words) in _PHRASES or all(word in _ATTENTION for word in words)


def is_assent(text: str) -> bool:
    """Whether this means yes where a question was asked."""
    words = words_of(text)
    if not words or len(words) > _MOST_WORDS:
        return False
    return " ".join(words) in _PHRASES or any(word in _ASSENT for word in words)


def is_filler(text: str) -> bool:
    """Whether this is nothing but "um" and its like."""
    words = words_of(text)
    return bool(words) and all(word in _FILLERS for word in words)


def is_wordless(text: str) -> bool:
    """Whether this is only hummed or breathed: "mm-hm", "uh-huh", "oh"."""
    words = words_of(text)
    return bool(words) and all(word in _WORDLESS for word in words)


def is_nothing(text: str) -> bool:
    """Whether the text holds no words, or only such as recognisers invent of noise."""
    words = words_of(text)
    return not words or " ".join(words) in _INVENTED
