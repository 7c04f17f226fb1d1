"""Could this text be taken for an order? Names of music come from files that anyone may have made.

A name that reads like an order is still shown and can be played. It only makes the turn careful:
from then on a language model may do what the person's own words ask for, and nothing else. So a
false alarm ("Stop! In the Name of Love") costs little, and a miss is met by the other guards.
"""

import re
import unicodedata

from knowledge.folding import fold

MAX_NAME_WORDS = 14
"""More words than nearly any title has."""
_STRUCTURE = re.compile(
    r"[{}<>`|\\]|\[/?[A-Za-z_]+\]|#{2,}|\"\s*:\s*[\"{\[\d]|\w+\s*=\s*[\"'\d]|\w\(.*[=:\"'].*\)|https?:|www\.|"
    r"\w@\w|\bdata:|%[0-9a-fA-F]{2}|&#?\w+;|(?:[A-Za-z0-9+/]{24,}={0,2})"
)
"""Braces, tags, calls, keys, addresses, encodings: nothing that music is called."""
_ROLES = re.compile(
    r"\b(?:system|assistant|user|human|developer|admin\w*|root|tool|tools|function|functions|api|"
    r"prompt|prompts|instruction\w*|instruccion\w*|istruzion\w*|anweisung\w*|consigne\w*|polecen\w*|"
    r"instrucoe\w*|instructies|instruktion\w*|command|commands|override|jailbreak|sudo|execute|"
    r"ignore\w*|ignorier\w*|ignorez|ignora\w*|ignoruj|negeer|disregard|vergiss|oublie\w*|olvida\w*|"
    r"dimentica\w*|zapomnij|vergeet|esquece\w*|glom|previous|vorherige\w*|precedent\w*|anterior\w*|"
    r"poprzedni\w*|refrain|language model|ai|llm|gpt\w*|claude|chatbot|obey|comply|must|"
    r"search_music|play_music|recommend_music|control_playback|edit_queue|now_playing|rate_track|"
    r"manage_playlists|recall_history|recognize|set_timer)\b"
)
_VERBS = (
    r"play|pause|stop|skip|mute|unmute|delete|remove|erase|clear|wipe|forget|reset|rename|create|"
    r"add|queue|shuffle|repeat|set|turn|raise|lower|increase|decrease|switch|call|run|listen|"
    r"record|like|dislike|rate|tell|say|answer|reply|respond|announce|report|recommend|search|"
    r"show|list|put|make|start|save|cancel|wake|undo|mark|choose|find|open|send|visit|go|keep|"
    r"spiel\w*|losch\w*|entfern\w*|stopp\w*|pausier\w*|sag\w*|antwort\w*|stell\w*|mach\w*|"
    r"fug\w*|setz\w*|"
    r"joue\w*|arrete\w*|supprim\w*|efface\w*|mets|mettez|augment\w*|baisse\w*|dis|dites|"
    r"repond\w*|ajout\w*|lance\w*|"
    r"pon|reproduc\w*|borra\w*|elimin\w*|para|deten\w*|sube|baja|di|responde\w*|anade\w*|"
    r"toca\w*|crea\w*|apag\w*|metti|suona\w*|riproduc\w*|cancella\w*|ferma\w*|alza|abbassa|"
    r"aggiungi|speel\w*|verwijder\w*|wis|zet|zeg|graj\w*|zagraj|odtworz\w*|usun\w*|zatrzymaj|"
    r"powiedz|spela|radera|stoppa|tocar|exclu\w*|"
    # folded from other scripts: delete, play, stop, ignore
    r"shan chu|bo fang|ting zhi|hu lve|hu lue|udali\w*|vklyuchi\w*|vkliuchi\w*|ignoriru\w*|"
    r"vosproizvedi|ostanovi|hatao|bajao|roko|sil|cal|durdur"
)
_ORDERING = re.compile(
    r"(?:^|\b(?:please|now|and|then|also|you|must|should|shall|to|bitte|und|sofort|por favor|"
    r"et|och|who|it|user|person|listener|ahora|jetzt)) "
    rf"?(?:{_VERBS})\b"
)
"""A verb where an order has it: at the beginning, or after a word that leads to one."""
_THINGS = re.compile(
    r"\b(?:volume|lautstarke|volumen|microphone\w*|mikrofon\w*|playlists?|wiedergabelisten?|queue|"
    r"warteschlange|alarms?|timers?|history|verlauf|subscription|password|account|server|hack\w*|"
    r"percent|louder|quieter|leiser|lauter|taste|everything|http\w*|www)\b"
)
"""What orders to a player are about, and names hardly ever."""
_SCRIPTS = re.compile(
    r"删除|播放|停止|忽略|音量|指令|系统|刪除|忽視|削除|再生|停止|無視|指示|システム|音量|"
    r"हटा|बजा|बंद|अनदेखा|निर्देश|удали|включи|игнорир|останови|инструкц|احذف|تجاهل|شغل|تعليمات|"
    r"삭제|재생|무시|지시|중지|מחק|התעלם"
)
_PARTS = re.compile(r"[.!?;:,()\[\]\-–—/]+")
_BARE = frozenset({"pause", "stop", "skip", "mute", "shuffle", "repeat"})
"""Orders of one word. "Play" is an album."""


def reads_as_order(text: str) -> bool:
    """Whether somebody obedient could find something to do in `text`."""
    plain = unicodedata.normalize("NFKC", text)
    hidden = sum(unicodedata.category(c) in {"Cf", "Co", "Cn"} for c in text)
    if hidden > 1 or _STRUCTURE.search(plain) or _SCRIPTS.search(plain):
        return True
    said = fold(plain)
    if _ROLES.search(said) or _is_mixed(plain):
        return True
    words = said.split()
    if len(words) > MAX_NAME_WORDS:
        return True
    spaced = max((len(run) for run in re.findall(r"(?:\b\w\b ?){5,}", said)), default=0)
    if spaced:  # "d e l e t e"
        return True
    if _THINGS.search(said):
        return True
    if len(words) == 1:
        return words[0] in _BARE
    return any(_ORDERING.search(fold(part)) for part in _PARTS.split(plain))


def _is_mixed(text: str) -> bool:
    """Whether one word is written in two alphabets: "dеlete" with a Cyrillic letter."""
    for word in text.split():
        scripts = {unicodedata.name(c, "").split(" ")[0] for c in word if c.isalpha()}
        if len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}) > 1:
            return True
    return False
