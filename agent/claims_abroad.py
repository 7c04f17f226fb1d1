"""Words of deeds in other languages, so that a claim in any of them needs its fact.

Each pattern is matched in the folded sentence (accents off, other scripts in Latin letters) and
stands for the claim of `agent.claims` with the same name. Only forms that claim something done:
past and participle, "is now", "I will".
"""

import re
from collections.abc import Mapping

ABROAD: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{words})\b")
    for name, words in {
        "playing": r"ich spiele|spiele jetzt|wird (?:jetzt )?gespielt|lauft jetzt|es lauft|"
        r"je (?:joue|lance)|lecture de|suena|reproduciendo|pongo|estoy poniendo|sto suonando|"
        r"riproduco|in riproduzione|tocando|a tocar|ik speel|speelt nu|gram|odtwarzam|jag spelar|"
        r"spelas nu|zheng zai bo fang|bo fang zhong|wo bo fang|vklyuchayu|igraet",
        "deleted": r"geloscht|entfernt|supprime\w*|efface\w*|borrad\w*|he borrado|eliminad\w*|"
        r"cancellat\w*|eliminat\w*|apagad\w*|excluid\w*|verwijderd|gewist|usuniet\w*|usunalem|"
        r"skasowan\w*|raderat|tagit bort|shan chu le|yi shan chu|udalil\w*|udalen\w*|hata di\w*",
        "added": r"hinzugefugt|habe .{1,40} gespeichert|ajoute|anadid\w*|he anadido|agregad\w*|"
        r"aggiunt\w*|adicionad\w*|adicionei|toegevoegd|dodan\w*|dodalem|lagt till|yi tian jia|"
        r"tian jia le|dobavil\w*|dobavlen\w*",
        "created": r"erstellt|angelegt|cree|j ai cree|cread\w*|he creado|creat[ao]|ho creato|"
        r"criad\w*|criei|aangemaakt|gemaakt|utworzon\w*|utworzylem|skapat|yi chuang jian|sozdal\w*",
        "volume": r"lautstarke (?:ist|auf|steht)|(?:lauter|leiser) gemacht|volume (?:a|est|e) \d*|"
        r"volumen (?:esta|a|al) \d*|subido|bajado|alzato|abbassato|volume (?:staat|op)|"
        r"glosnosc (?:to|jest|na)|volymen ar|yin liang (?:yi|she)|gromkost",
        "paused": r"pausiert|mis en pause|en pausa|in pausa|gepauzeerd|wstrzyman\w*|pausad\w*|"
        r"yi zan ting|na pauze",
        "stopped": r"gestoppt|angehalten|arrete\w*|detenid\w*|parad[ao]|fermat\w*|"
        r"gestopt|zatrzyman\w*|stoppat|ting zhi le|ostanovil\w*",
        "skipped": r"ubersprungen|passe au suivant|saltad\w*|saltat\w*|pulad\w*|overgeslagen|"
        r"pominiet\w*|hoppat over",
        "timer": r"(?:wecker|timer) (?:ist |steht |auf )?(?:gestellt|gesetzt|auf)|reveil est regle|"
        r"alarma (?:esta )?(?:puesta|programada)|sveglia (?:e )?impostata|alarme (?:est )?"
        r"(?:definido|regle\w*)|wekker (?:is )?gezet|"
        r"budzik (?:jest )?ustawion\w*|alarmet ar stallt",
        "rated": r"gemerkt, dass|note que (?:vous|tu)|anotado|wird nie wieder gespielt",
    }.items()
}
