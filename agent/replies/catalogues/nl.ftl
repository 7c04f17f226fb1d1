# Wat Refrain in het Nederlands zegt.

list-comma = { $head }, { $tail }
list-and = { $head } en { $tail }
list-also = { $head } en { $tail }
list-or = { $head } of { $tail }
list-more = { $names } en nog { $more } op de pagina
track-by = { $title } van { $artist }
album-by = het album { $title } van { $artist }
playlist-called = de playlist { $name }
choice-artist = de artiest { $name }
choice-song = het nummer { $track }
artists-and-others = { $names } en anderen
tracks = { $count ->
    [0] geen nummers
    [one] één nummer
   *[other] { $count } nummers
}
albums = { $count ->
    [one] één album
   *[other] { $count } albums
}
artists = { $count ->
    [one] één artiest
   *[other] { $count } artiesten
}
playlists = { $count ->
    [one] één playlist
   *[other] { $count } playlists
}
things = { $count ->
    [one] één ding
   *[other] { $count } dingen
}
minutes = { $minutes ->
    [one] één minuut
   *[other] { $minutes } minuten
}
tracks-of = { tracks } van { $name }
tracks-lasting = { tracks }, { minutes }
music = muziek

no-sound-yet = Ik heb het de speler gevraagd, maar die meldt nog geen geluid
play-track = Ik speel { $track }
    .v2 = Hier is { $track }
    .v3 = Nu speelt { $track }
play-album = Ik speel het album { $name } van { $artist }, { tracks }, te beginnen met { $title }
    .brief = Ik speel het album { $name }
play-artist = Ik speel { $name }: { tracks }, te beginnen met { $title }
    .v2 = Hier is { $name }: { tracks }, te beginnen met { $title }
    .brief = Ik speel { $name }
play-playlist = Ik speel je playlist { $name }, { tracks }, te beginnen met { $first }
    .brief = Ik speel { $name }
play-liked = Ik speel { tracks } die je mooi vindt, te beginnen met { $first }
    .brief = Ik speel wat je mooi vindt
play-several = Ik speel { tracks }, te beginnen met { $first }
    .brief = Ik speel { tracks }
from-album = Het staat op het album { $album }
from-album-year = Het staat op het album { $album }, uit { $year }
queued-next = Hierna: { $what }
    .brief = Hierna
queued = Aan de wachtrij toegevoegd: { $what }
    .v2 = Staat nu in de wachtrij: { $what }
    .brief = Toegevoegd
now-track = Nu speelt { $track }
    .v2 = Hier is { $track }
    .brief = { $track }
skipped-silent = Ik heb overgeslagen, maar de speler meldt nog geen geluid
resumed = Verder met { $track }
    .brief = Verder
nothing-paused = Er staat niets op pauze
paused = Gepauzeerd
not-paused = De speler staat niet op pauze
stopped = Gestopt
still-playing = De speler speelt nog
shuffle-on = Willekeurig afspelen staat aan
shuffle-off = Willekeurig afspelen staat uit
repeat-off = Herhalen staat uit
repeat-one = Dit nummer wordt herhaald
repeat-all = De wachtrij wordt herhaald
from-beginning = Vanaf het begin
position-now = Nu op { $at }
muted = Gedempt
volume = Volume { $level } procent
    .brief = { $level } procent
volume-asked = Het volume staat op { $level } procent
    .brief = { $level } procent
volume-most = Harder kan niet: { $level } procent
volume-least = Zachter kan niet: { $level } procent

queue-cleared = De wachtrij is leeggemaakt ({ tracks }). Zeg ‘ongedaan maken’ om hem terug te krijgen.
    .brief = Leeggemaakt
undone = Ongedaan gemaakt
in-queue = In de wachtrij: { tracks }
queue-removed = Uit de wachtrij gehaald: { $what }
    .brief = Verwijderd
queue-moved = { $title } is nu nummer { $place } in de wachtrij
queue-empty = De wachtrij is leeg
queue-list = In de wachtrij: { $names }
queue-only = { $track }, en daarna niets
queue-now = Nu { $track }
queue-left = Hierna { $count ->
    [one] komt nog één nummer
   *[other] komen nog { $count } nummers
}
queue-then = Daarna { $names }

nothing-playing = Er speelt niets
paused-track = { $track } staat op pauze
track-from-year = { $track } is uit { $year }
track-no-year = { $track }; het bestand noemt geen jaar
length-left = Het duurt { $length }, nog { $left } te gaan
now-hearing = Dit is { $track }
    .v2 = Je hoort { $track }
    .brief = { $track }
now-hearing-from = Dit is { $track }, van het album { $album }
    .v2 = Je hoort { $track }, van het album { $album }

liked = Genoteerd, dit vind je mooi: { $what }
    .brief = Genoteerd
disliked = Genoteerd, dit vind je niet mooi: { $what }. Ik stel het niet meer voor
    .brief = Genoteerd
unrated = Beoordeling teruggenomen: { $what }
    .brief = Teruggenomen
taste-reset = Ik ben je smaak vergeten en begin opnieuw. Je geschiedenis en beoordelingen blijven.
taste-forgotten = Ik ben vergeten wat ik had geleerd over { $about }
track-never = Ik stel { $about } nooit meer voor
track-not-now = Vandaag niet: { $about }
track-more = Genoteerd: meer zoals { $about }
track-less = Genoteerd: minder zoals { $about }
music-of = muziek ({ $about })
taste-never = Genoteerd, nooit: { $kind }
taste-more = Genoteerd, meer hiervan: { $kind }
taste-less = Genoteerd, minder hiervan: { $kind }
taste-concerns = In je bibliotheek gaat dat om { tracks }
taste-concerns-none = In je bibliotheek ken ik daar niets van
taste-rated = Je beoordelingen: { $what }
taste-liked = { $count } mooi
taste-disliked = { $count } niet mooi
taste-unknown = Ik weet nog niets van je smaak. Ik leer van wat je draait en zegt.
taste-lines = { $count ->
    [one] Ik weet één ding over je smaak; het staat op de pagina
   *[other] Ik weet { $count } dingen over je smaak; ze staan op de pagina
}

playlist-created = Playlist { $name } gemaakt met { $what }
    .brief = Gemaakt
playlist-created-empty = Playlist { $name } gemaakt. Hij is nog leeg.
    .brief = Gemaakt
playlist-deleted = Playlist { $name } verwijderd
    .brief = Verwijderd
playlist-renamed = { $name } heet nu { $new }
playlist-added = Aan { $name } toegevoegd: { $what }
    .brief = Toegevoegd
playlist-has = { $title } staat al in { $name }
playlist-has-all = Dat staat allemaal al in { $name }
playlist-removed = Uit { $name } gehaald: { $what }
    .brief = Verwijderd
playlist-empty = De playlist { $name } is leeg
playlist-content = In { $name }: { tracks }, namelijk { $names }
no-playlists = Je hebt nog geen playlists. Zeg ‘maak een playlist met de naam Avond’.
your-playlists = Je hebt { playlists }: { $names }
playlist-stays = Niets past nog bij de regel van { $name }, dus hij blijft zoals hij was
playlist-fresh = { $name } is weer vers: { $amount }
playlist-made = Playlist { $name } gemaakt: { $amount }
playlist-made-first = Playlist { $name } gemaakt: { $amount }, te beginnen met { $first }
playlist-refills = Hij vult zichzelf elke dag opnieuw
flow-ramp = { $what }, opbouwend
flow-hill = { $what }, eerst opbouwend, dan afbouwend
flow-down = { $what }, afbouwend

found-one = Ik heb { $what } gevonden
    .brief = { $what }
found-many = Ik heb { $amount } gevonden: { $names }
    .brief = { $names }
found-because = Gevonden: { $what } ({ $reason })
found-more = Er staan er nog { $count } op de pagina
found-matches = { $count ->
    [one] Eén resultaat
   *[other] { $count } resultaten
}: { $first }, { $rest }
with-reason = { $track } ({ $reason })
with-reason-aside = { $track } ({ $reason })
first-and-rest = { $first }; en verder { $rest }
suggested = Wat dacht je van { $what }?
    .v2 = Probeer { $what } eens
    .v3 = Mijn voorstel: { $what }
    .brief = { $what }
opened = Hier is iets voor jou
    .v2 = Laten we dit proberen
opened-closest = Dit komt er het dichtst bij
opened-mood = Hier is muziek ({ $mood })
opened-wish = Hier is { $wish }
opened-genre = Hier is { $name }
opened-more = Meer van { $name }
chosen-one = { $opening }: { $first }
    .brief = Ik speel { $first }
chosen-several = { $opening }: { tracks }, te beginnen met { $first }
    .brief = Ik speel { $first }
chosen-lasting = { $opening }: { tracks }, { minutes }, te beginnen met { $first }
    .brief = { tracks }, { minutes }, te beginnen met { $first }
let-go = Niets voldoet aan alles; dit heb ik losgelaten: { $what }
cannot-hear = Ik kan niet horen wat hieraan voldoet: { $what }
only-guessed = Dit valt aan het geluid alleen te raden: { $what }
turns-at = Het eerste past vanaf { $at } ({ $mood })
chosen-because = Ik koos { $track } hierom: { $reason }
not-chosen-but = Ik heb { $track } niet zelf gekozen; ervoor spreekt: { $reason }
not-chosen = Ik heb { $track } niet zelf gekozen, en weet nog niets dat ervoor spreekt

history-one = { $when } { $kind ->
    [skip] overgeslagen
    [like] mooi gevonden
    [dislike] niet mooi gevonden
   *[play] gedraaid
}: { $track }
history-when = { $when } { $kind ->
    [skip] overgeslagen
    [like] mooi gevonden
    [dislike] niet mooi gevonden
   *[play] gedraaid
}: { $names }
history-last = Het laatst { $kind ->
    [skip] overgeslagen
    [like] mooi gevonden
    [dislike] niet mooi gevonden
   *[play] gedraaid
}: { $names }
history-most = Het vaakst { $kind ->
    [skip] overgeslagen
    [like] mooi gevonden
    [dislike] niet mooi gevonden
   *[play] gedraaid
}: { $names }
history-most-when = { $when } het vaakst { $kind ->
    [skip] overgeslagen
    [like] mooi gevonden
    [dislike] niet mooi gevonden
   *[play] gedraaid
}: { $names }

this-is = Dit is { $what }
    .brief = { $what }
that-was = Dat was { $what }
that-is-probably = Dat is waarschijnlijk { $what }
that-was-probably = Dat was waarschijnlijk { $what }
probably = waarschijnlijk { $track }
could-also-be = Het kan ook { $other } zijn
heard-from-album = { $what }, van het album { $album }
heard-not-owned = { $what } (niet in je bibliotheek)
heard-at = { $what }, op { $at }
position-then = Het was op { $at }
position-heard = Het is op { $at }
heard-year = { $track }: uit { $year }
heard-year-probably = { $track }: waarschijnlijk uit { $year }
heard-no-year = { $track }: het bestand noemt geen jaar
heard-album = Het staat op het album { $album }
heard-album-probably = Het staat waarschijnlijk op het album { $album }
heard-artist = { $artist }
heard-artist-probably = waarschijnlijk { $artist }
told-to-me = Ik ken het als { $title } omdat het me verteld is
known-as = Voortaan ken ik het als { $track }
match-share = Van de { NUMBER($clip, minimumFractionDigits: 1) } seconden die ik hoorde, passen er { NUMBER($matched, minimumFractionDigits: 1) } bij { $title }
match-share-from = Van de { NUMBER($clip, minimumFractionDigits: 1) } seconden die ik hoorde, passen er { NUMBER($matched, minimumFractionDigits: 1) } bij { $title }, vanaf { $from }
match-sure = Dat maakt me { $percent } procent zeker
match-unsure = Dat maakt me { $percent } procent zeker, en dat is niet genoeg om het zeker te weten
match-changed = Het { $changes }
runs-fast = loopt { $percent } procent sneller
runs-slow = loopt { $percent } procent langzamer
sounds-higher = klinkt { $count ->
    [1] een halve toon
   *[other] { $count } halve tonen
} hoger
sounds-lower = klinkt { $count ->
    [1] een halve toon
   *[other] { $count } halve tonen
} lager
listening = Ik luister nu: de laatste minuten blijven in het geheugen en er wordt niets opgenomen. Vraag wanneer je wilt ‘wat was dat?’; zeg ‘stop met luisteren’ om te stoppen.
    .brief = Ik luister nu
listening-over = Ik luister niet meer, en wat in het geheugen stond is gewist
forgotten-one = { $title } staat niet meer in de lijst van wat je hoorde
forgotten = Vergeten: { things } die je hoorde
forgotten-when = Vergeten ({ $when }): { things }
right = Dank je: het was { $right }
right-not = Dank je: het was { $right }, niet { $wrong }
will-remember = Dat onthoud ik
noted-not = Genoteerd: dat was niet { $wrong }
noted-wrong = Genoteerd: dat was fout
not-in-library = { $title } staat niet in je bibliotheek
was-it = Was het { $track }?
say-it-was = Als je weet wat het was, zeg dan ‘het was’ en de titel
cannot-name = Ik kan het niet thuisbrengen
cannot-name-because = Ik kan het niet thuisbrengen: { $reason }
cannot-name-before = Ik kan het niet thuisbrengen, al heb ik het eerder { $count } keer gehoord
cannot-name-because-before = Ik kan het niet thuisbrengen: { $reason }. Ik heb het eerder { $count } keer gehoord
another-performance = Het klinkt als een andere uitvoering van { $track }. Zal ik die spelen?
heard-one = { $when } { $where } hoorde je { $track }
heard-one-probably = { $when } { $where } hoorde je waarschijnlijk { $track }
heard-list = Je hoorde { $where }: { $names }
heard-list-when = { $when } { $where } hoorde je: { $names }
heard-list-most = Het vaakst hoorde je { $where }: { $names }
heard-list-most-when = { $when } { $where } hoorde je het vaakst: { $names }
heard-when = { $when }: { $what }
heard-elsewhere = Niet in je bibliotheek: { $names }
heard-unnamed = { $count ->
    [one] Eén melodie kon ik niet thuisbrengen
   *[other] { $count } melodieën kon ik niet thuisbrengen
}
where-place = ({ $place })
where-stream = op { $name }

hum-like = Dat klinkt als { $what }
    .v2 = Voor mij klinkt het als { $what }
hum-from = { $what }, ongeveer vanaf { $from }
hum-unsure = Ik weet het niet zeker
hum-which = Bedoelde je { $names }?
hum-unknown = Die melodie kan ik niet thuisbrengen: { $reason }
hum-nearest = Van { $count ->
    [one] één melodie
   *[other] { $count } melodieën
} ligt { $title } het dichtst bij wat je { $how ->
    [whistled] floot
   *[hummed] neuriede
}
hum-sure = Dat maakt me { $percent } procent zeker; geneurie alleen maakt het nooit zeker
hum-again = Neurie het nog eens, misschien het refrein; of zeg ‘het was’ en de titel
cannot-learn = { $title } staat niet in je bibliotheek, dus kan ik het niet leren

nothing = Dit vind ik niet in je bibliotheek: { $wanted }
    .v2 = Ik heb niets gevonden voor: { $wanted }
nothing-that = Dat vind ik niet
nothing-recalled = Daar heb ik niets van genoteerd
nothing-in-queue = Dat staat niet in de wachtrij
nearest = Het dichtst in de buurt komt { $what }
mean-that = Bedoel je dat?
play-that = Zal ik dat spelen?
add-that = Zal ik dat toevoegen?
which-of = { $names }?
say-more-like-this = Zeg ‘meer zoals dit’ als je verder wilt

no-radio = Radiozenders heb ik niet, alleen je eigen bibliotheek. Liever een genre of een artiest?
nothing-to-choose = Er is nog geen lijst om uit te kiezen. Vraag eerst om muziek.
no-other = Ik heb niets anders te bieden. Vertel me meer over wat je wilt.
glad = Goed
what-to-find = Wat moet ik zoeken? Noem een nummer, een artiest, een album of een stemming.
by-whom = Van wie? Noem een artiest, of speel eerst iets.
which-playlist = Welke playlist bedoel je?
name-the-playlist = Hoe moet de playlist heten?
cannot-set = Die instelling kan ik niet veranderen. Volume, willekeurig afspelen, herhalen en de plek in het nummer wel.
no-name-yet = Ik kon niet thuisbrengen wat ik hoorde, dus kan ik er niets mee. Als je het kent, zeg dan ‘het was’ en de titel.
heard-not-in-library = Wat ik hoorde staat niet in je bibliotheek, dus kan ik het niet spelen
which-name = Hoe heet het? Zeg ‘het was’ en de titel.
refuse = Dat kan ik niet. Ik kan muziek spelen, vinden, in de wachtrij zetten en aanraden, playlists bijhouden en onthouden wat je hoorde.
    .v2 = Sorry, ik weet alleen van je muziek: spelen, vinden, in de wachtrij zetten, aanraden, playlists en je geschiedenis.
    .brief = Dat kan ik niet
only-music = Ik heb alleen je muziekbibliotheek: geen podcasts, luisterboeken, films of spelletjes
help = Probeer ‘speel iets rustigs’, ‘iets om bij te studeren’, ‘zoals dit maar langzamer’, ‘waarom dit nummer?’, ‘wat is dit?’, ‘zet dit in mijn playlist Avond’, ‘wat heb ik gisteren gedraaid?’ of ‘ongedaan maken’.
greet = Hallo! Wat wil je horen?
    .v2 = Hoi! Zal ik iets opzetten?
welcome = Graag gedaan.
    .v2 = Met plezier.
    .plain = Graag gedaan.
goodbye = Tot ziens. Zeg het maar als je muziek wilt.
    .plain = Tot ziens.
library-size = In je bibliotheek: { tracks }, { $artists ->
    [one] één artiest
   *[other] { $artists } artiesten
}, { $albums ->
    [one] één album
   *[other] { $albums } albums
}
leave-it = Goed, ik laat het zo
    .v2 = Oké. Zeg het als je iets anders wilt.
first-or-second = De eerste of de tweede?
which-number = Welke: 1 tot { $count }?
no-such-number = De lijst heeft maar { $count ->
    [one] één regel
   *[other] { $count } regels
}, geen nummer { $number }
nothing-done = Ik heb nog niets gedaan. Zeg me wat je wilt horen.

small-talk-who = Ik ben Refrain, de muziekassistent van dit huis. Wat wil je horen?
    .plain = Ik ben Refrain, een muziekassistent: een programma, geen mens.
small-talk-how = Heel goed, dank je. Zal ik iets opzetten?
    .plain = Alles werkt zoals het moet. Zal ik iets opzetten?
small-talk-joke = Waarom stond de pianist buiten? Hij vond de juiste toets niet.
    .v2 = Wat doet een vermoeide noot? Die neemt rust.
    .plain = Grappen ken ik niet, alleen muziek.
small-talk-sing = Zingen laat ik over aan wie het kan. Wie wil je horen?
small-talk-taste = Alles waarvoor je tot de laatste noot blijft. Wat zal ik spelen?
    .plain = Een eigen smaak heb ik niet, ik leer die van jou.
small-talk-praise = Dank je. Dat klinkt als muziek.
    .plain = Dank je.
small-talk-blame = Dat spijt me. Zeg ‘ongedaan maken’, of zeg me wat je bedoelde.
speaker-hello = Hallo, { $name }
speaker-is = Je bent { $name }
speaker-unknown = Dat weet ik niet. Zeg ‘dit is’ en je naam
verbosity-less = Goed, kort
verbosity-more = Graag, ik vertel meer
verbosity-normal = Goed, zoals gewoonlijk
still-meant = Bedoel je { $title }, uit de lijst van daarnet?
delete-really = Zal ik de playlist { $name } verwijderen?
deleted-for-good = Een verwijderde playlist komt niet terug. Maak een nieuwe als je hem weer wilt
track-is = Dat is { $track }
track-length = Het duurt { $length }
aside-kept = Voor nu: { $wish }
aside-over = Goed, alles mag weer
one-question = Eerst dat; vraag me de rest daarna nog eens
too-many-requests = Dat was meer dan ik in één keer doe. Zeg de rest nog eens

weekday = { $weekday ->
    [1] maandag
    [2] dinsdag
    [3] woensdag
    [4] donderdag
    [5] vrijdag
    [6] zaterdag
   *[7] zondag
}
month = { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[12] december
}
clock-today = om { $clock }
clock-tomorrow = morgen om { $clock }
clock-yesterday = gisteren om { $clock }
clock-weekday = { weekday } om { $clock }
clock-date = op { $day } { month } om { $clock }
clock-days = { $days } om { $clock }
days-all = elke dag
days-work = op werkdagen
days-weekend = in het weekend
days-some = elke { $names }
after-song = na dit nummer
after-songs = { $count ->
    [one] na dit nummer
   *[other] na { $count } nummers
}
after-album = aan het eind van het album
after-named = aan het eind van { $title }
after-queue = aan het eind van de wachtrij
sleep-set = De muziek stopt { $when }
sleep-cancelled = De slaaptimer is uit
alarm-set = Ik speel { $when }: { $music }
alarm-liked = muziek die je mooi vindt
alarm-player = Het klinkt op { $player }
alarm-cancelled = De wekker { $when } is uit
alarm-missed = De wekker { $when } is niet afgegaan
timer-replaced = Dit vervangt de vorige
timer-unwatched = Dit werkt alleen zolang de server draait
timers-cancelled = { $count ->
    [one] Eén timer is uit
   *[other] { $count } timers zijn uit
}
timers-set = Ingesteld: { $names }
timer-alarm = { $when } { $music }
timer-sleep = { $when } stopt de muziek
no-timer = Er is geen timer ingesteld
no-sleep-timer = Er is geen slaaptimer ingesteld
no-alarm = Er is geen wekker ingesteld

unsaid = { "" }
terms = { $names }
wish = muziek ({ $parts })
wish-liked = die je mooi vindt
wish-by = van { $names }
wish-like = zoals { $name }
wish-below = onder { $high } BPM
wish-above = boven { $low } BPM
wish-around = rond { $bpm } BPM
wish-between = tussen { $low } en { $high } BPM
wish-steps = { $steps } passen per minuut
wish-until = tot { $last }
wish-since = sinds { $first }
wish-year = uit { $first }
wish-decade = jaren { $first }
wish-years = van { $first } tot { $last }
wish-without = zonder { $what }
note-bpm = ongeveer { $bpm } BPM
note-from = { $what } vanaf { $at }
note-played = { $count ->
    [one] al één keer gedraaid
   *[other] al { $count } keer gedraaid
}
note-suits = past { $what }
note-like-for = zoals wat je meestal draait ({ $what })
note-like = lijkt op { $what }
note-after = al eens na { $what } gedraaid
note-next = daarna draai je vaak { $what }
note-stay = je blijft bij { $what }
note-liked = je vindt het mooi
note-others = anderen met zo'n smaak draaien het
note-usual = voor jou gewoon { $what }
note-goes = past goed { $what }
note-by = van { $what }
note-year = uit { $what }
note-sings = er wordt gezongen
note-called = heet zo
note-album = van het album
note-sung = de tekst is “{ $what }”
note-cover = de hoes past
note-returns = zoals wat je steeds weer opzet
note-came-next = kwam er al eens na
note-sound = een verwante klank
note-genres = dezelfde genres
note-artist-after = { $what } speel je na { $other }
note-sung-in = in die taal gezongen
time-at = om { $clock }
time-yesterday-at = gisteren om { $clock }
time-date-at = op { $day } { month } om { $clock }
time-day = { $day ->
    [today] { $part ->
        [morning] vanochtend
        [afternoon] vanmiddag
        [evening] vanavond
        [night] vannacht
       *[day] vandaag
    }
    [before-yesterday] eergisteren{ $part ->
        [morning] ochtend
        [afternoon] middag
        [evening] avond
        [night] nacht
       *[day] {""}
    }
   *[yesterday] gisteren{ $part ->
        [morning] ochtend
        [afternoon] middag
        [evening] avond
        [night] nacht
       *[day] {""}
    }
}
time-weekday = { weekday }{ $part ->
    [morning] ochtend
    [afternoon] middag
    [evening] avond
    [night] nacht
   *[day] {""}
}
time-ago = { $count } { $unit ->
    [second] { $count ->
        [one] seconde
       *[other] seconden
    }
    [minute] { $count ->
        [one] minuut
       *[other] minuten
    }
    [hour] uur
    [day] { $count ->
        [one] dag
       *[other] dagen
    }
    [week] { $count ->
        [one] week
       *[other] weken
    }
   *[month] { $count ->
        [one] maand
       *[other] maanden
    }
} geleden
time-in-the-last = { $unit ->
    [second] in de laatste { $count } seconden
    [minute] { $count ->
        [one] in de laatste minuut
       *[other] in de laatste { $count } minuten
    }
    [hour] { $count ->
        [one] in het laatste uur
       *[other] in de laatste { $count } uur
    }
    [day] { $count ->
        [one] de laatste dag
       *[other] in de laatste { $count } dagen
    }
    [week] { $count ->
        [one] in de laatste week
       *[other] in de laatste { $count } weken
    }
   *[month] { $count ->
        [one] in de laatste maand
       *[other] in de laatste { $count } maanden
    }
}
time-just-now = zojuist
time-last-weekend = afgelopen weekend
time-in-year = in { $year }
time-in-month = in { month }
time-on-date = op { $day } { month }
time-this = { $unit ->
    [week] deze week
    [month] deze maand
   *[year] dit jaar
}
time-last = { $unit ->
    [week] vorige week
    [month] vorige maand
   *[year] vorig jaar
}
which-wish = Waar heb je zin in: { $choices }?
which-one = Welke bedoel je?
which-by = Wat bedoel je met ‘{ $said }’?
whose = { $name }: van wie?
which-named = { $name }: welke bedoel je?
none-number = Er is geen nummer { $number } in de lijst
none-list = Er is geen lijst om uit te kiezen
none-any-more = Dat staat niet meer in de bibliotheek
none-liked = Je hebt nog niets als mooi aangemerkt
none-playlist = Er is geen playlist met de naam { $name }
none-genre = Zulke muziek heb ik niet: { $genre }
none-that = Dat vind ik niet
none-learned = Ik heb niets geleerd over { $about }
none-wish = Dit vind ik niet: { $wish }
none-in-that-playlist = { $what } staat niet in de playlist { $name }
none-in-queue = { $what } staat niet in de wachtrij
none-else = Ik heb niets anders van { $name }
none-played-yet = Er is nog niets gedraaid
none-played = Er is niets genoteerd: toen is er niets { $kind ->
    [skip] overgeslagen
    [like] beoordeeld
    [dislike] beoordeeld
   *[play] gedraaid
}
none-played-by = Van { $about } is er niets { $kind ->
    [skip] overgeslagen
    [like] beoordeeld
    [dislike] beoordeeld
   *[play] gedraaid
}
none-heard = Ik heb niets genoteerd dat je toen hoorde
none-heard-by = Ik heb niets van { $about } genoteerd dat je hoorde
reason-too-short = dat was te kort
reason-silent = ik hoor bijna niets
reason-no-match = niets in je bibliotheek past erbij
reason-kept-only = ik bewaar alleen de laatste { $seconds } seconden
reason-none-kept = in de laatste { $seconds } seconden herken ik niets
reason-hum-silent = ik hoor bijna niets
reason-hum-too-short = dat was te kort
reason-hum-speech = dat klonk als praten, niet als een melodie
reason-hum-no-tune = ik hoor geruis of meerdere tonen tegelijk, en geen losse melodie
reason-hum-waiting = de melodieën van je muziek zijn nog niet uitgewerkt, nog { $count } te gaan
reason-hum-none = er zijn nog geen melodieën om mee te vergelijken
reason-hum-far = geen melodie die ik ken komt dicht genoeg in de buurt
step-longer = Laat me vijf seconden of langer horen.
step-nearer = Breng de microfoon dichter bij de muziek of zet haar harder, en vraag het nog eens.
step-noisy = Vraag het nog eens dichter bij de muziek als er lawaai was.
step-kept = Ik bewaar de vingerafdruk, geen geluid: zeg me de titel, of voeg het toe aan je muziek.
step-listen-next = Als het in de kamer klonk: zeg ‘begin te luisteren’, dan kan ik de volgende keer terugkijken.
step-hum-silent = Neurie harder of dichter bij de microfoon, vijf seconden of langer.
step-hum-too-short = Neurie nog eens vijf tot tien seconden, liefst het refrein.
step-hum-speech = Neurie het, fluit het, of zing het op la.
step-hum-no-tune = Neurie zonder muziek erbij, dicht bij de microfoon.
step-hum-waiting = Vraag het later nog eens.
step-hum-none = Voeg eerst muziek toe.
step-hum-far = Neurie het nog eens, liefst het refrein.
failed-no_player = Er is geen speler. Open de pagina in een browser en speel daar
failed-player_not_responding = De speler meldt geen geluid. Kijk of hij aan staat en probeer het nog eens
failed-player_refused = De speler kan dit niet spelen. Probeer een ander nummer
failed-player_blocked = De browser staat nog geen geluid toe. Klik één keer op de pagina en probeer het nog eens
failed-queue_empty = De wachtrij is afgelopen
failed-nothing_playing = Er speelt niets
failed-not_asked_for = Daar heb je me zo niet om gevraagd; zeg het duidelijk
failed-nothing_named = Er ontbreekt waar het om gaat. Zeg het erbij
failed-too_much = Dat is meer dan één nummer. Noem één lied
failed-playlist_exists = Er is al een playlist met de naam { $name }. Kies een andere naam
failed-no_rule = Die playlist heeft geen regel om zich mee te vullen
failed-no_taste = Smaak wordt hier niet geleerd
failed-nothing_recommended = Aanbevelingen zijn er hier niet. Vraag muziek bij naam
failed-recognition_off = Het herkennen van opnamen staat uit
failed-humming_off = Het herkennen van geneuriede melodieën staat uit
failed-not_listening = Ik hoor niets om je heen: er staat geen microfoon aan. Druk op ‘What is this?’ op de pagina en sta de microfoon toe
failed-not-then = Toen luisterde ik niet, en van eerder is niets bewaard. Zeg ‘begin te luisteren’ voor de volgende keer
failed-nothing_recognised = Ik heb hier nog niets herkend. Vraag ‘wat is dit?’ terwijl de muziek klinkt
failed-clip_gone = Die opname is er niet meer. Neem het nog eens op
failed-tool_timeout = Dat duurde te lang. Probeer het nog eens
failed-internal_error = Er ging iets mis in Refrain. Probeer het nog eens
failed-invalid_arguments = Dat heb ik niet begrepen. Zeg het met andere woorden
failed-too_many_calls = Dat waren te veel stappen tegelijk
failed-no_volume = Het volume van deze speler kan van hier niet veranderd worden
failed-not_in_library = Dat staat niet in de bibliotheek
failed-queue_full = De wachtrij is vol
failed-time_is_past = Die tijd is al voorbij. Noem een andere
failed-no_sleep_timer = Er is geen slaaptimer ingesteld
failed-no_timers = Timers zijn er hier niet
term = { $key ->
    [calm] rustig
    [sad] droevig
    [melancholic] melancholisch
    [happy] vrolijk
    [uplifting] opbeurend
    [romantic] romantisch
    [sexy] sensueel
    [energetic] energiek
    [angry] boos
    [dark] donker
    [mysterious] mysterieus
    [dreamy] dromerig
    [nostalgic] nostalgisch
    [epic] episch
    [tense] spannend
    [playful] speels
    [groovy] groovy
    [psychedelic] psychedelisch
    [weird] vreemd
    [warm] warm
    [fast] snel
    [slow] langzaam
    [catchy] pakkend
    [emotional] ontroerend
    [beautiful] mooi
    [danceable] dansbaar
    [acoustic] akoestisch
    [instrumental] instrumentaal
    [electronic] elektronisch
    [sung] met zang
    [vocals] zang
    [loud] luid
    [piano] piano
    [guitar] gitaar
    [acoustic-guitar] akoestische gitaar
    [electric-guitar] elektrische gitaar
    [bass] bas
    [drums] drums
    [violin] viool
    [strings] strijkers
    [cello] cello
    [saxophone] saxofoon
    [trumpet] trompet
    [brass] koper
    [flute] fluit
    [clarinet] klarinet
    [harp] harp
    [organ] orgel
    [accordion] accordeon
    [harmonica] mondharmonica
    [synthesizer] synthesizer
    [choir] koor
    [classical] klassiek
    [for-workout] bij het trainen
    [for-running] bij het hardlopen
    [for-walking] bij het wandelen
    [for-study] bij het studeren
    [for-studying] bij het studeren
    [for-focus] bij het concentreren
    [for-sleep] om bij te slapen
    [for-party] voor het feest
    [for-dinner] bij het eten
    [for-commute] voor onderweg naar het werk
    [for-driving] in de auto
    [for-road-trip] voor op reis
    [for-cleaning] bij het schoonmaken
    [for-yoga] bij yoga
    [for-meditation] bij het mediteren
    [for-gaming] bij het gamen
    [for-relaxing] om te ontspannen
    [for-waking] om wakker te worden
    [for-morning] voor de ochtend
    [for-afternoon] voor de middag
    [for-evening] voor de avond
    [for-night] voor de nacht
    [for-weekend] voor het weekend
    [calmer] rustiger
    [more-energetic] energieker
    [darker] donkerder
    [happier] vrolijker
    [less-danceable] minder dansbaar
    [more-danceable] dansbaarder
    [less-acoustic] minder akoestisch
    [more-acoustic] akoestischer
    [less-instrumental] minder instrumentaal
    [more-instrumental] instrumentaler
    [with-less-singing] met minder zang
    [with-more-singing] met meer zang
    [softer] zachter
    [louder] luider
    [slower] langzamer
    [faster] sneller
    [older] ouder
    [newer] nieuwer
    [brighter] helderder
    [duller] doffer
    [steadier] gelijkmatiger
    [more-changing] wisselender
    [the-sound] de klank
    [the-instruments] de instrumenten
    [the-number-of-tracks] het aantal nummers
    [the-length] de lengte
    [the-cadence] de stapfrequentie
    [in-the-morning] in de ochtend
    [in-the-afternoon] in de middag
    [in-the-evening] in de avond
    [at-night] in de nacht
    [around-noon] rond het middaguur
   *[other] { $word }
}

## Vragen over timers

when-with-length = { $when } ({ minutes })
ask-when-stop = Wanneer zal ik de muziek stoppen?
ask-when-play = Hoe laat zal ik spelen?
ask-which-timer = Welke: { $names }?
alarm-nothing-meant = Er speelt niets dat ik dan kan spelen. Noem muziek

## Rooms and speakers

everywhere = Overal
in-room = { $room }: { $what }
rooms-unable = { $names } kan het volume niet van hieruit veranderen
moved = { $track } gaat daar verder
moved-paused = { $track } staat daar nu, op pauze
no-speakers = Ik ken nog geen luidspreker.
speakers-are = Er is: { $names }
speaker-plays = { $name } (speelt { $title })
speaker-paused = { $name } ({ $title } op pauze)
speaker-gone = { $name } (niet verbonden)

## What is known of a recording, and who says so

fact-own-file = het bestand
fact-lyrics = De tekst van { $track } (bron: { $source }): “{ $lines }”
fact-lyrics-more = De hele tekst staat op de pagina
fact-instrumental = In { $track } zingt niemand, zegt { $source }
fact-untimed = Ik ken de tekst van { $track }, maar niet wanneer elke regel gezongen wordt
fact-line = Nu: “{ $line }” (bron: { $source })
fact-no-line = Er wordt nu niets gezongen
fact-released = { $track } is van { $when } (bron: { $source })
fact-released-too = { $source } zegt { $when }
fact-label = { $track } is uitgebracht door { $label } (bron: { $source })
fact-no-lyrics = Ik ken de tekst van { $track } niet
fact-no-year = Ik weet niet wanneer { $track } is uitgekomen
fact-no-label = Ik weet niet bij welk label { $track } is uitgekomen

## Spotify, and what a radio station plays

spotify-playing = Spotify speelt { $track }
spotify-playing-on = Spotify speelt { $track } op { $device }
spotify-paused = Spotify staat op pauze
spotify-silent = Er speelt niets op Spotify
spotify-found = Spotify heeft { $names }
spotify-nothing = Ik vind niets met de naam { $wanted } op Spotify
station-plays = { $station } speelt { $track }
station-probably = { $station } speelt waarschijnlijk { $track }
station-says = { $station } zegt zelf: “{ $title }”
station-silent = { $station } staat aan; de zender zegt niet wat hij speelt en ik herken het niet
failed-spotify_unable = Bij Spotify kan ik van hier alleen afspelen, pauzeren en verdergaan; de rest doet de app
failed-spotify_not_set_up = Spotify is hier niet verbonden. Zet daarvoor de client-ID van je eigen Spotify-toepassing in sources.spotify_client_id; hoe dat gaat, staat op de pagina onder Settings, Services
failed-spotify_off = Spotify is niet verbonden. Log in op de pagina onder Settings, Services, of met: refrain services connect spotify
failed-spotify_login_needed = Spotify wil dat je opnieuw inlogt: op de pagina onder Settings, Services
failed-spotify_plays_nowhere = Spotify is op geen enkel apparaat actief. Open het op een telefoon, computer of luidspreker en probeer het opnieuw
failed-spotify_refused = Spotify weigert dat. Van buitenaf bedienen kan alleen met Premium
failed-spotify_busy = Spotify laat nu geen verzoeken meer toe. Probeer het over een minuut opnieuw
failed-spotify_away = Spotify antwoordt nu niet. Probeer het zo opnieuw
