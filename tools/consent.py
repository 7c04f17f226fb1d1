"""May this be destroyed? Only when the user's own words of this turn ask for it.

A language model can be talked into anything by a song title, so this is decided here and not
in a prompt: the words are those that the user typed or spoke, never those of a model or a tag.
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.folding import fold

# English first; the others so that a language model may serve people in their own language.
_DELETING = re.compile(
    r"\b(?:delet\w*|remov\w*|eras\w*|drop|discard|destroy|trash|scrap|get rid of|throw away|"
    r"losch\w*|loesch\w*|entfern\w*|supprim\w*|efface\w*|borra\w*|elimina\w*|apaga\w*|"
    r"exclu\w*|cancella\w*|verwijder\w*|wis|usun\w*|udali\w*|sil)\b"
)
_FORGETTING = re.compile(
    r"\b(?:forget|forgotten|clear|wipe|vergiss\w*|vergess\w*|oublie\w*|olvid\w*)\b"
)
_HEARD = re.compile(
    r"\b(?:heard|hear|recogni[sz]ed?|identified|listened|listening|history|log|gehort\w*|erkannt\w*|"
    r"entendu\w*|sentito|escuch\w*|verlauf|historique|historial)\b"
)
_LISTENING = re.compile(
    r"\b(?:(?:start|keep|keep on|begin|go on|carry on|continue|always) listening|"
    r"listen (?:in|along|to (?:the|what|everything|me|my|us)|all|from|while|now|continuously)|"
    r"(?:turn|switch) (?:on )?(?:the |your )?(?:listening|ring buffer|microphone|memory)|"
    r"(?:listening|ring buffer|microphone) on|remember what (?:you|i|we) hear|"
    r"keep the (?:last|sound)|hor\w* (?:\w+ ){0,2}(?:zu|mit)|zuhoren|mithoren|ecoute\w*|"
    r"escuch\w*|ascolt\w*|luister\w*)\b"
)
_EVERYTHING = re.compile(
    r"\b(?:all|everything|whole|entire|alles|tout|todo)\b|"
    r"\b(?:clear|wipe|empty|erase|delete|forget) (?:my|the|your|our) (?:\w+ ){0,2}(?:history|log)$"
)
_POINTING = re.compile(
    r"\b(?:it|that|this|them|those|these|one|first|second|third|last|number \d+|\d+)\b"
)
_TASTE = re.compile(
    r"\b(?:taste|preferences|likes|dislikes|geschmack\w*|vorlieben|gouts?|gustos?|gusto|smaak|smak|"
    r"know about me|learned about me|learnt about me|know of me)\b"
)
_RESETTING = re.compile(
    r"\b(?:reset|start (?:over|afresh|anew)|begin (?:anew|again)|zurucksetz\w*|setz\w*|"
    r"reinici\w*|reinitialis\w*|azzer\w*|resetta\w*)\b"
)
_NAME_LIKENESS = 85.0


@dataclass(frozen=True, slots=True)
class Consent:
    """The user's words of this turn, and what an earlier question of ours they say yes to."""

    words: str = ""
    confirmed: frozenset[str] = frozenset()
    """Names that the user confirmed by answering our question, folded."""

    def to_delete(self, name: str) -> bool:
        """Did the user ask in this turn to delete the thing called `name`?

        True when the words contain a verb of deleting and either the name or a pointing word
        ("delete it"), or when the user just said yes to our question about this very name.
        """
        wanted = fold(name)
        if wanted in self.confirmed:
            return True
        said = fold(self.words)
        if _DELETING.search(said) is None:
            return False
        if f" {wanted} " in f" {said} ":
            return True
        if fuzz.partial_ratio(wanted, said) >= _NAME_LIKENESS:
            return True
        return _POINTING.search(said) is not None and len(said.split()) <= 7

    def to_forget(self) -> bool:
        """Did the user ask in this turn to forget something that was heard?

        True when the words hold a verb of deleting or forgetting and say that it is about what was
        heard, or point at it in a few words: "delete that". "Forget it" only means "never mind".
        """
        said = fold(self.words)
        deleting = _DELETING.search(said) is not None
        if _HEARD.search(said) is not None:
            return deleting or _FORGETTING.search(said) is not None
        return deleting and _POINTING.search(said) is not None and len(said.split()) <= 7

    def means_everything(self) -> bool:
        """Do the words name no single thing but all of it: "everything", "the whole history"?"""
        return _EVERYTHING.search(fold(self.words)) is not None

    def to_reset_taste(self) -> bool:
        """Did the user ask in this turn to forget all that is known of their taste?"""
        said = fold(self.words)
        away = any(each.search(said) for each in (_RESETTING, _DELETING, _FORGETTING))
        return away and _TASTE.search(said) is not None

    def to_listen(self) -> bool:
        """Did the user ask in this turn to be listened to from now on?"""
        return _LISTENING.search(fold(self.words)) is not None
