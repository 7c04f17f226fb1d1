# Vad Refrain säger på svenska.

list-comma = { $head }, { $tail }
list-and = { $head } och { $tail }
list-also = { $head } och { $tail }
list-or = { $head } eller { $tail }
list-more = { $names } och { $more } till på sidan
track-by = { $title } med { $artist }
album-by = albumet { $title } med { $artist }
playlist-called = spellistan { $name }
choice-artist = artisten { $name }
choice-song = låten { $track }
artists-and-others = { $names } med flera
tracks = { $count ->
    [0] inga låtar
    [one] en låt
   *[other] { $count } låtar
}
albums = { $count ->
    [one] ett album
   *[other] { $count } album
}
artists = { $count ->
    [one] en artist
   *[other] { $count } artister
}
playlists = { $count ->
    [one] en spellista
   *[other] { $count } spellistor
}
things = { $count ->
    [one] en sak
   *[other] { $count } saker
}
minutes = { $minutes ->
    [one] en minut
   *[other] { $minutes } minuter
}
tracks-of = { tracks } med { $name }
tracks-lasting = { tracks }, { minutes }
music = musik

no-sound-yet = Jag har bett spelaren, men den rapporterar inget ljud än
play-track = Spelar { $track }
    .v2 = Här kommer { $track }
    .v3 = Nu spelas { $track }
play-album = Spelar albumet { $name } med { $artist }, { tracks }, med början på { $title }
    .brief = Spelar albumet { $name }
play-artist = Spelar { $name }: { tracks }, med början på { $title }
    .v2 = Här kommer { $name }: { tracks }, med början på { $title }
    .brief = Spelar { $name }
play-playlist = Spelar din spellista { $name }, { tracks }, med början på { $first }
    .brief = Spelar { $name }
play-liked = Spelar musik som du gillar: { tracks }, med början på { $first }
    .brief = Spelar musik som du gillar
play-several = Spelar { tracks }, med början på { $first }
    .brief = Spelar { tracks }
from-album = Den är från albumet { $album }
from-album-year = Den är från albumet { $album }, { $year }
queued-next = Härnäst: { $what }
    .brief = Härnäst
queued = Tillagt i kön: { $what }
    .v2 = Nu i kön: { $what }
    .brief = Tillagt
now-track = Nu spelas { $track }
    .v2 = Här kommer { $track }
    .brief = { $track }
skipped-silent = Jag hoppade vidare, men spelaren rapporterar inget ljud än
resumed = Spelar vidare: { $track }
    .brief = Spelar vidare
nothing-paused = Inget är pausat
paused = Pausat
not-paused = Spelaren är inte pausad
stopped = Stoppat
still-playing = Spelaren spelar fortfarande
shuffle-on = Blandad ordning är på
shuffle-off = Blandad ordning är av
repeat-off = Upprepning är av
repeat-one = Den här låten upprepas
repeat-all = Kön upprepas
from-beginning = Från början
position-now = Nu på { $at }
muted = Ljudet är av
volume = Volym { $level } procent
    .brief = { $level } procent
volume-asked = Volymen är { $level } procent
    .brief = { $level } procent
volume-most = Högre går det inte: { $level } procent
volume-least = Lägre går det inte: { $level } procent

queue-cleared = Kön är tömd ({ tracks }). Säg ”ångra” för att få tillbaka den.
    .brief = Tömd
undone = Ångrat
in-queue = I kön: { tracks }
queue-removed = Borttaget ur kön: { $what }
    .brief = Borttaget
queue-moved = { $title } är nu nummer { $place } i kön
queue-empty = Kön är tom
queue-list = I kön: { $names }
queue-only = { $track }, och inget efter den
queue-now = Nu { $track }
queue-left = Efter den här { $count ->
    [one] kommer en låt till
   *[other] kommer { $count } låtar till
}
queue-then = Sedan { $names }

nothing-playing = Inget spelas
paused-track = { $track } är pausad
track-from-year = { $track } är från { $year }
track-no-year = { $track }; filen anger inget år
length-left = Den är { $length } lång, { $left } återstår
now-hearing = Det här är { $track }
    .v2 = Du hör { $track }
    .brief = { $track }
now-hearing-from = Det här är { $track }, från { $album }
    .v2 = Du hör { $track }, från { $album }

liked = Noterat, du gillar: { $what }
    .brief = Noterat
disliked = Noterat, du gillar inte: { $what }. Jag föreslår det inte igen
    .brief = Noterat
unrated = Omdömet är borttaget: { $what }
    .brief = Borttaget
taste-reset = Jag har glömt din smak och börjar om. Historiken och omdömena finns kvar.
taste-forgotten = Jag har glömt vad jag lärt mig om { $about }
track-never = Jag föreslår aldrig mer { $about }
track-not-now = Inte i dag: { $about }
track-more = Noterat: mer som { $about }
track-less = Noterat: mindre som { $about }
music-of = musik ({ $about })
taste-never = Noterat, aldrig: { $kind }
taste-more = Noterat, mer av: { $kind }
taste-less = Noterat, mindre av: { $kind }
taste-concerns = I ditt bibliotek är det { tracks }
taste-concerns-none = I ditt bibliotek känner jag inte till något sådant
taste-rated = Dina omdömen: { $what }
taste-liked = { $count } gillade
taste-disliked = { $count } ogillade
taste-unknown = Jag vet inget om din smak än. Jag lär mig av det du spelar och säger.
taste-lines = { $count ->
    [one] Jag vet en sak om din smak; den står på sidan
   *[other] Jag vet { $count } saker om din smak; de står på sidan
}

playlist-created = Spellistan { $name } är skapad med { $what }
    .brief = Skapad
playlist-created-empty = Spellistan { $name } är skapad. Den är tom än så länge.
    .brief = Skapad
playlist-deleted = Spellistan { $name } är borttagen
    .brief = Borttagen
playlist-renamed = { $name } heter nu { $new }
playlist-added = Tillagt i { $name }: { $what }
    .brief = Tillagt
playlist-has = { $title } finns redan i { $name }
playlist-has-all = Allt det finns redan i { $name }
playlist-removed = Borttaget ur { $name }: { $what }
    .brief = Borttaget
playlist-empty = Spellistan { $name } är tom
playlist-content = I { $name } finns { tracks }: { $names }
no-playlists = Du har inga spellistor än. Säg ”skapa en spellista som heter Kväll”.
your-playlists = Du har { playlists }: { $names }
playlist-stays = Inget passar längre regeln för { $name }, så den får vara som den var
playlist-fresh = { $name } är färsk igen: { $amount }
playlist-made = Spellistan { $name } är skapad: { $amount }
playlist-made-first = Spellistan { $name } är skapad: { $amount }, med början på { $first }
playlist-refills = Den fylls på nytt varje dag
flow-ramp = { $what }, som trappas upp
flow-hill = { $what }, som trappas upp och sedan ned
flow-down = { $what }, som varvar ned

found-one = Jag hittade { $what }
    .brief = { $what }
found-many = Jag hittade { $amount }: { $names }
    .brief = { $names }
found-because = Jag hittade { $what } ({ $reason })
found-more = Det finns { $count } till på sidan
found-matches = Jag hittade { $count ->
    [one] en träff
   *[other] { $count } träffar
}: { $first }, { $rest }
with-reason = { $track } ({ $reason })
with-reason-aside = { $track } ({ $reason })
first-and-rest = { $first }; och även { $rest }
suggested = Vad sägs om { $what }?
    .v2 = Du kan pröva { $what }
    .v3 = Mitt förslag: { $what }
    .brief = { $what }
opened = Här är något för dig
    .v2 = Vi provar det här
opened-closest = Det här kommer närmast
opened-mood = Här kommer musik ({ $mood })
opened-wish = Här kommer { $wish }
opened-genre = Här kommer { $name }
opened-more = Mer med { $name }
chosen-one = { $opening }: { $first }
    .brief = Spelar { $first }
chosen-several = { $opening }: { tracks }, med början på { $first }
    .brief = Spelar { $first }
chosen-lasting = { $opening }: { tracks }, { minutes }, med början på { $first }
    .brief = { tracks }, { minutes }, med början på { $first }
let-go = Inget uppfyller allt; det här har jag släppt: { $what }
cannot-hear = Jag kan inte höra vad som är: { $what }
only-guessed = Det här går bara att gissa av klangen: { $what }
turns-at = Den första passar från { $at } ({ $mood })
chosen-because = Jag valde { $track } av det här skälet: { $reason }
not-chosen-but = Jag valde inte { $track } själv; det som talar för den är: { $reason }
not-chosen = Jag valde inte { $track } själv, och vet inget än som talar för den

history-one = { $when } { $kind ->
    [skip] hoppade du över
    [like] gillade du
    [dislike] ogillade du
   *[play] spelade du
} { $track }
history-when = { $when } { $kind ->
    [skip] hoppade du över
    [like] gillade du
    [dislike] ogillade du
   *[play] spelade du
} { $names }
history-last = Det senaste du { $kind ->
    [skip] hoppade över
    [like] gillade
    [dislike] ogillade
   *[play] spelade
}: { $names }
history-most = Det du oftast { $kind ->
    [skip] hoppade över
    [like] gillade
    [dislike] ogillade
   *[play] spelade
}: { $names }
history-most-when = { $when }, det du oftast { $kind ->
    [skip] hoppade över
    [like] gillade
    [dislike] ogillade
   *[play] spelade
}: { $names }

this-is = Det här är { $what }
    .brief = { $what }
that-was = Det där var { $what }
that-is-probably = Det är troligen { $what }
that-was-probably = Det var troligen { $what }
probably = troligen { $track }
could-also-be = Det kan också vara { $other }
heard-from-album = { $what }, från { $album }
heard-not-owned = { $what } (finns inte i ditt bibliotek)
heard-at = { $what }, vid { $at }
position-then = Det var vid { $at }
position-heard = Du är vid { $at }
heard-year = { $track }: från { $year }
heard-year-probably = { $track }: troligen från { $year }
heard-no-year = { $track }: filen anger inget år
heard-album = Den är från albumet { $album }
heard-album-probably = Den är troligen från albumet { $album }
heard-artist = { $artist }
heard-artist-probably = troligen { $artist }
told-to-me = Jag känner den som { $title } eftersom någon berättade det
known-as = Från och med nu känner jag den som { $track }
match-share = Av de { NUMBER($clip, minimumFractionDigits: 1) } sekunder jag hörde stämmer { NUMBER($matched, minimumFractionDigits: 1) } med { $title }
match-share-from = Av de { NUMBER($clip, minimumFractionDigits: 1) } sekunder jag hörde stämmer { NUMBER($matched, minimumFractionDigits: 1) } med { $title }, från { $from }
match-sure = Det gör mig { $percent } procent säker
match-unsure = Det gör mig { $percent } procent säker, vilket inte räcker för att veta säkert
match-changed = Den { $changes }
runs-fast = går { $percent } procent fortare
runs-slow = går { $percent } procent långsammare
sounds-higher = låter { $count ->
    [1] en halvton
   *[other] { $count } halvtoner
} högre
sounds-lower = låter { $count ->
    [1] en halvton
   *[other] { $count } halvtoner
} lägre
listening = Nu lyssnar jag: de senaste minuterna stannar i minnet och inget spelas in. Fråga ”vad var det?” när du vill; säg ”sluta lyssna” för att avsluta.
    .brief = Nu lyssnar jag
listening-over = Jag har slutat lyssna, och det jag hade i minnet är raderat
forgotten-one = { $title } är borta ur listan över vad du hört
forgotten = Glömt: { things } som du hört
forgotten-when = Glömt ({ $when }): { things }
right = Tack: det var { $right }
right-not = Tack: det var { $right }, inte { $wrong }
will-remember = Det ska jag komma ihåg
noted-not = Noterat: det var inte { $wrong }
noted-wrong = Noterat: det var fel
not-in-library = { $title } finns inte i ditt bibliotek
was-it = Var det { $track }?
say-it-was = Om du vet vad det var, säg ”det var” och titeln
cannot-name = Jag vet inte vad det är
cannot-name-because = Jag vet inte vad det är: { $reason }
cannot-name-before = Jag vet inte vad det är, fast jag har hört den { $count ->
    [one] en gång
   *[other] { $count } gånger
} förut
cannot-name-because-before = Jag vet inte vad det är: { $reason }. Jag har hört den { $count ->
    [one] en gång
   *[other] { $count } gånger
} förut
another-performance = Det låter som ett annat framförande av { $track }. Ska jag spela det?
heard-one = { $when } { $where } hörde du { $track }
heard-one-probably = { $when } { $where } hörde du troligen { $track }
heard-list = Du hörde { $where }: { $names }
heard-list-when = { $when } { $where } hörde du: { $names }
heard-list-most = Oftast hörde du { $where }: { $names }
heard-list-most-when = { $when } { $where } hörde du oftast: { $names }
heard-when = { $when }: { $what }
heard-elsewhere = Finns inte i ditt bibliotek: { $names }
heard-unnamed = { $count ->
    [one] En melodi kunde jag inte namnge
   *[other] { $count } melodier kunde jag inte namnge
}
where-place = ({ $place })
where-stream = på { $name }

hum-like = Det låter som { $what }
    .v2 = I mina öron låter det som { $what }
hum-from = { $what }, ungefär från { $from }
hum-unsure = Jag är inte säker
hum-which = Menade du { $names }?
hum-unknown = Jag kan inte namnge den melodin: { $reason }
hum-nearest = Av { $count ->
    [one] en melodi
   *[other] { $count } melodier
} ligger { $title } närmast det du { $how ->
    [whistled] visslade
   *[hummed] nynnade
}
hum-sure = Det gör mig { $percent } procent säker; bara nynnande gör det aldrig helt säkert
hum-again = Nynna igen, kanske refrängen; eller säg ”det var” och titeln
cannot-learn = { $title } finns inte i ditt bibliotek, så jag kan inte lära mig den

nothing = Det här hittar jag inte i ditt bibliotek: { $wanted }
    .v2 = Jag hittade inget för: { $wanted }
nothing-that = Det hittar jag inte
nothing-recalled = Det har jag inget antecknat om
nothing-in-queue = Det finns inte i kön
nearest = Närmast kommer { $what }
mean-that = Menar du det?
play-that = Ska jag spela det?
add-that = Ska jag lägga till det?
which-of = { $names }?
say-more-like-this = Säg ”mer sånt här” om du vill fortsätta

no-radio = Jag har inga radiokanaler, bara ditt eget bibliotek. Hellre en genre eller en artist?
nothing-to-choose = Det finns ingen lista att välja ur än. Be om musik först.
no-other = Jag har inget annat att erbjuda. Berätta mer om vad du vill ha.
glad = Bra
what-to-find = Vad ska jag leta efter? Säg en låt, en artist, ett album eller en stämning.
by-whom = Med vem? Säg en artist, eller spela något först.
which-playlist = Vilken spellista menar du?
name-the-playlist = Vad ska spellistan heta?
cannot-set = Den inställningen kan jag inte ändra. Volym, blandad ordning, upprepning och plats i låten går bra.
no-name-yet = Jag kunde inte namnge det jag hörde, så jag kan inte använda det. Om du vet vad det är, säg ”det var” och titeln.
heard-not-in-library = Det jag hörde finns inte i ditt bibliotek, så jag kan inte spela det
which-name = Vad heter den? Säg ”det var” och titeln.
refuse = Det kan jag inte. Jag kan spela, hitta, köa och föreslå musik, sköta spellistor och minnas vad du hört.
    .v2 = Tyvärr kan jag bara din musik: spela, hitta, köa, föreslå, spellistor och historik.
    .brief = Det kan jag inte
only-music = Jag har bara ditt musikbibliotek: inga poddar, ljudböcker, filmer eller spel
help = Prova ”spela något lugnt”, ”något att plugga till”, ”som den här men långsammare”, ”varför den här låten?”, ”vad är det här?”, ”lägg till den i min spellista Kväll”, ”vad spelade jag i går?” eller ”ångra”.
greet = Hej! Vad vill du höra?
    .v2 = Hej! Ska jag sätta på något?
welcome = Varsågod.
    .v2 = Så gärna.
    .plain = Varsågod.
goodbye = Hej då. Säg till när du vill ha musik.
    .plain = Hej då.
library-size = I ditt bibliotek finns { tracks }, { $artists ->
    [one] en artist
   *[other] { $artists } artister
} och { $albums ->
    [one] ett album
   *[other] { $albums } album
}
leave-it = Okej, jag låter det vara
    .v2 = Bra. Säg till när du vill ha något annat.
first-or-second = Den första eller den andra?
which-number = Vilken: 1 till { $count }?
no-such-number = Listan har bara { $count ->
    [one] en rad
   *[other] { $count } rader
}, inget nummer { $number }
nothing-done = Jag har inte gjort något än. Säg vad du vill höra.

small-talk-who = Jag är Refrain, musikassistenten här i huset. Vad vill du höra?
    .plain = Jag är Refrain, en musikassistent: ett program, ingen människa.
small-talk-how = Mycket bra, tack. Ska jag sätta på något?
    .plain = Allt fungerar som det ska. Ska jag sätta på något?
small-talk-joke = Varför kom pianisten inte in? Han hittade inte rätt tangent.
    .v2 = Vad gör en trött not? Tar en paus.
    .plain = Jag kan inga skämt, bara musik.
small-talk-sing = Sjunga överlåter jag åt dem som kan. Vem vill du höra?
small-talk-taste = Allt som får dig att stanna till sista tonen. Vad ska jag spela?
    .plain = Jag har ingen egen smak, jag lär mig din.
small-talk-praise = Tack. Det är musik för mig.
    .plain = Tack.
small-talk-blame = Förlåt. Säg ”ångra”, eller säg vad du menade.
speaker-hello = Hej, { $name }
speaker-is = Du är { $name }
speaker-unknown = Det vet jag inte. Säg ”det är” och ditt namn
verbosity-less = Okej, kort
verbosity-more = Gärna, jag berättar mer
verbosity-normal = Okej, som vanligt
still-meant = Menar du { $title }, från listan nyss?
delete-really = Ska jag ta bort spellistan { $name }?
deleted-for-good = En borttagen spellista går inte att få tillbaka. Skapa en ny om du vill ha den igen
track-is = Det är { $track }
track-length = Den är { $length } lång
aside-kept = Tills vidare: { $wish }
aside-over = Okej, allt går bra igen
one-question = Först det; be mig om resten igen sedan
too-many-requests = Det var mer än jag gör på en gång. Säg resten igen

weekday = { $weekday ->
    [1] måndag
    [2] tisdag
    [3] onsdag
    [4] torsdag
    [5] fredag
    [6] lördag
   *[7] söndag
}
month = { $month ->
    [1] januari
    [2] februari
    [3] mars
    [4] april
    [5] maj
    [6] juni
    [7] juli
    [8] augusti
    [9] september
    [10] oktober
    [11] november
   *[12] december
}
clock-today = klockan { $clock }
clock-tomorrow = i morgon klockan { $clock }
clock-yesterday = i går klockan { $clock }
clock-weekday = på { weekday } klockan { $clock }
clock-date = den { $day } { month } klockan { $clock }
clock-days = { $days } klockan { $clock }
days-all = varje dag
days-work = på vardagar
days-weekend = på helger
days-some = varje { $names }
after-song = efter den här låten
after-songs = { $count ->
    [one] efter den här låten
   *[other] efter { $count } låtar
}
after-album = i slutet av albumet
after-named = i slutet av { $title }
after-queue = i slutet av kön
sleep-set = Musiken slutar { $when }
sleep-cancelled = Insomningstimern är av
alarm-set = Jag spelar { $music } { $when }
alarm-liked = musik som du gillar
alarm-player = Det hörs på { $player }
alarm-cancelled = Alarmet { $when } är av
alarm-missed = Alarmet { $when } ringde inte
timer-replaced = Det ersätter det tidigare
timer-unwatched = Det fungerar bara medan servern är i gång
timers-cancelled = { $count ->
    [one] En timer är av
   *[other] { $count } timrar är av
}
timers-set = Inställt: { $names }
timer-alarm = { $music } { $when }
timer-sleep = musiken slutar { $when }
no-timer = Ingen timer är inställd
no-sleep-timer = Ingen insomningstimer är inställd
no-alarm = Inget alarm är inställt

unsaid = { "" }
terms = { $names }
wish = musik ({ $parts })
wish-liked = som du gillar
wish-by = med { $names }
wish-like = som { $name }
wish-below = under { $high } BPM
wish-above = över { $low } BPM
wish-around = omkring { $bpm } BPM
wish-between = mellan { $low } och { $high } BPM
wish-steps = { $steps } steg i minuten
wish-until = till { $last }
wish-since = sedan { $first }
wish-year = från { $first }
wish-decade = { $first }-talet
wish-years = från { $first } till { $last }
wish-without = utan { $what }
note-bpm = ungefär { $bpm } BPM
note-from = { $what } från { $at }
note-played = { $count ->
    [one] spelad en gång
   *[other] spelad { $count } gånger
}
note-suits = passar { $what }
note-like-for = som det du brukar spela ({ $what })
note-like = liknar { $what }
note-after = har spelats efter { $what }
note-next = sedan brukar du spela { $what }
note-stay = du stannar hos { $what }
note-liked = du gillar den
note-others = andra med liknande smak spelar den
note-usual = vanlig för dig { $what }
note-goes = passar bra { $what }
note-by = av { $what }
note-year = från { $what }
note-sings = någon sjunger
note-called = heter så
note-album = från albumet
note-sung = texten går “{ $what }”
note-cover = omslaget stämmer
note-returns = som det du återkommer till
note-came-next = kom efteråt förut
note-sound = ett liknande ljud
note-genres = samma genrer
note-artist-after = { $what } spelar du efter { $other }
note-sung-in = sjungen på det språket
time-at = klockan { $clock }
time-yesterday-at = i går klockan { $clock }
time-date-at = den { $day } { month } klockan { $clock }
time-day = { $day ->
    [today] { $part ->
        [morning] i morse
        [afternoon] i eftermiddags
        [evening] i kväll
        [night] i natt
       *[day] i dag
    }
    [before-yesterday] i förrgår{ $part ->
        [morning] {" "}på morgonen
        [afternoon] {" "}på eftermiddagen
        [evening] {" "}på kvällen
        [night] {" "}på natten
       *[day] {""}
    }
   *[yesterday] i går{ $part ->
        [morning] {" "}på morgonen
        [afternoon] {" "}på eftermiddagen
        [evening] {" "}kväll
        [night] {" "}natt
       *[day] {""}
    }
}
time-weekday = i { weekday }s{ $part ->
    [morning] {" "}på morgonen
    [afternoon] {" "}på eftermiddagen
    [evening] {" "}på kvällen
    [night] {" "}på natten
   *[day] {""}
}
time-ago = för { $count } { $unit ->
    [second] { $count ->
        [one] sekund
       *[other] sekunder
    }
    [minute] { $count ->
        [one] minut
       *[other] minuter
    }
    [hour] { $count ->
        [one] timme
       *[other] timmar
    }
    [day] { $count ->
        [one] dag
       *[other] dagar
    }
    [week] { $count ->
        [one] vecka
       *[other] veckor
    }
   *[month] { $count ->
        [one] månad
       *[other] månader
    }
} sedan
time-in-the-last = { $unit ->
    [second] de senaste { $count } sekunderna
    [minute] { $count ->
        [one] den senaste minuten
       *[other] de senaste { $count } minuterna
    }
    [hour] { $count ->
        [one] den senaste timmen
       *[other] de senaste { $count } timmarna
    }
    [day] { $count ->
        [one] det senaste dygnet
       *[other] de senaste { $count } dagarna
    }
    [week] { $count ->
        [one] den senaste veckan
       *[other] de senaste { $count } veckorna
    }
   *[month] { $count ->
        [one] den senaste månaden
       *[other] de senaste { $count } månaderna
    }
}
time-just-now = alldeles nyss
time-last-weekend = förra helgen
time-in-year = { $year }
time-in-month = i { month }
time-on-date = den { $day } { month }
time-this = { $unit ->
    [week] den här veckan
    [month] den här månaden
   *[year] i år
}
time-last = { $unit ->
    [week] förra veckan
    [month] förra månaden
   *[year] förra året
}
which-wish = Vad är du sugen på: { $choices }?
which-one = Vilken menar du?
which-by = Vad menar du med ”{ $said }”?
whose = { $name }: med vem?
which-named = { $name }: vilken menar du?
none-number = Det finns inget nummer { $number } i listan
none-list = Det finns ingen lista att välja ur
none-any-more = Det finns inte längre i biblioteket
none-liked = Du har inte gillat något än
none-playlist = Det finns ingen spellista som heter { $name }
none-genre = Sådan musik har jag inte: { $genre }
none-that = Det hittar jag inte
none-learned = Jag har inte lärt mig något om { $about }
none-wish = Jag hittar inte { $wish }
none-in-that-playlist = { $what } finns inte i spellistan { $name }
none-in-queue = { $what } finns inte i kön
none-else = Jag har inget annat med { $name }
none-played-yet = Inget har spelats än
none-played = Det finns inget antecknat: inget { $kind ->
    [skip] hoppades över
    [like] gillades
    [dislike] ogillades
   *[play] spelades
} då
none-played-by = Inget med { $about } { $kind ->
    [skip] hoppades över
    [like] gillades
    [dislike] ogillades
   *[play] spelades
}
none-heard = Jag har inget antecknat som du hörde då
none-heard-by = Jag har inget med { $about } antecknat som du hörde
reason-too-short = det var för kort
reason-silent = jag hör nästan ingenting
reason-no-match = inget i ditt bibliotek stämmer
reason-kept-only = jag sparar bara de senaste { $seconds } sekunderna
reason-none-kept = i de senaste { $seconds } sekunderna känner jag inte igen något
reason-hum-silent = jag hör nästan ingenting
reason-hum-too-short = det var för kort
reason-hum-speech = det lät som tal, inte som en melodi
reason-hum-no-tune = jag hör brus eller flera toner på en gång, och ingen enskild melodi
reason-hum-waiting = melodierna i din musik är inte klara än, { $count } återstår
reason-hum-none = det finns inga melodier att jämföra med än
reason-hum-far = ingen melodi jag känner till är tillräckligt nära
step-longer = Låt mig höra fem sekunder eller mer.
step-nearer = Flytta mikrofonen närmare musiken eller höj den, och fråga igen.
step-noisy = Fråga igen närmare musiken om det var stökigt.
step-kept = Jag sparar avtrycket, inget ljud: säg titeln, eller lägg till den i din musik.
step-listen-next = Om det lät i rummet: säg ”börja lyssna”, så kan jag se tillbaka nästa gång.
step-hum-silent = Nynna högre eller närmare mikrofonen, fem sekunder eller mer.
step-hum-too-short = Nynna igen i fem till tio sekunder, helst refrängen.
step-hum-speech = Nynna, vissla, eller sjung på la.
step-hum-no-tune = Nynna utan musik omkring, nära mikrofonen.
step-hum-waiting = Fråga igen om en stund.
step-hum-none = Lägg till musik först.
step-hum-far = Nynna igen, helst refrängen.
failed-no_player = Det finns ingen spelare. Öppna sidan i en webbläsare och spela där
failed-player_not_responding = Spelaren rapporterar inget ljud. Se efter att den är på och försök igen
failed-player_refused = Spelaren kan inte spela det här. Prova en annan låt
failed-player_blocked = Webbläsaren tillåter inget ljud än. Klicka en gång på sidan och försök igen
failed-queue_empty = Kön är slut
failed-nothing_playing = Inget spelas
failed-not_asked_for = Det har du inte bett mig om så; säg det tydligt
failed-nothing_named = Det saknas vad det gäller. Säg det också
failed-too_much = Det är mer än en låt. Säg en enda låt
failed-playlist_exists = Det finns redan en spellista som heter { $name }. Välj ett annat namn
failed-no_rule = Den spellistan har ingen regel att fyllas efter
failed-no_taste = Här lärs ingen smak in
failed-nothing_recommended = Här finns inga förslag. Be om musik vid namn
failed-recognition_off = Igenkänning av inspelningar är avstängd
failed-humming_off = Igenkänning av nynnade melodier är avstängd
failed-not_listening = Jag hör inget runt dig: ingen mikrofon är på. Tryck på ”What is this?” på sidan och tillåt mikrofonen
failed-not-then = Då lyssnade jag inte, och inget från förut är sparat. Säg ”börja lyssna” inför nästa gång
failed-nothing_recognised = Jag har inte känt igen något här än. Fråga ”vad är det här?” medan musiken spelar
failed-clip_gone = Den inspelningen finns inte kvar. Spela in den igen
failed-tool_timeout = Det tog för lång tid. Försök igen
failed-internal_error = Något gick fel i Refrain. Försök igen
failed-invalid_arguments = Det förstod jag inte. Säg det med andra ord
failed-too_many_calls = Det var för många steg på en gång
failed-no_volume = Volymen på den här spelaren går inte att ändra härifrån
failed-not_in_library = Det finns inte i biblioteket
failed-queue_full = Kön är full
failed-time_is_past = Den tiden är redan förbi. Säg en annan
failed-no_sleep_timer = Ingen insomningstimer är inställd
failed-no_timers = Här finns inga timrar
term = { $key ->
    [calm] lugn
    [sad] sorgsen
    [melancholic] melankolisk
    [happy] glad
    [uplifting] upplyftande
    [romantic] romantisk
    [sexy] sensuell
    [energetic] energisk
    [angry] arg
    [dark] mörk
    [mysterious] mystisk
    [dreamy] drömsk
    [nostalgic] nostalgisk
    [epic] episk
    [tense] spänd
    [playful] lekfull
    [groovy] svängig
    [psychedelic] psykedelisk
    [weird] konstig
    [warm] varm
    [fast] snabb
    [slow] långsam
    [catchy] medryckande
    [emotional] känslosam
    [beautiful] vacker
    [danceable] dansant
    [acoustic] akustisk
    [instrumental] instrumental
    [electronic] elektronisk
    [sung] med sång
    [vocals] sång
    [loud] högljudd
    [piano] piano
    [guitar] gitarr
    [acoustic-guitar] akustisk gitarr
    [electric-guitar] elgitarr
    [bass] bas
    [drums] trummor
    [violin] fiol
    [strings] stråkar
    [cello] cello
    [saxophone] saxofon
    [trumpet] trumpet
    [brass] blås
    [flute] flöjt
    [clarinet] klarinett
    [harp] harpa
    [organ] orgel
    [accordion] dragspel
    [harmonica] munspel
    [synthesizer] synth
    [choir] kör
    [classical] klassisk
    [for-workout] till träningen
    [for-running] till löpningen
    [for-walking] till promenaden
    [for-study] att plugga till
    [for-studying] att plugga till
    [for-focus] för koncentration
    [for-sleep] att somna till
    [for-party] till festen
    [for-dinner] till middagen
    [for-commute] till pendlingen
    [for-driving] för bilkörning
    [for-road-trip] till resan
    [for-cleaning] till städningen
    [for-yoga] till yoga
    [for-meditation] till meditation
    [for-gaming] till spelandet
    [for-relaxing] att koppla av till
    [for-waking] att vakna till
    [for-morning] för morgonen
    [for-afternoon] för eftermiddagen
    [for-evening] för kvällen
    [for-night] för natten
    [for-weekend] för helgen
    [calmer] lugnare
    [more-energetic] mer energisk
    [darker] mörkare
    [happier] gladare
    [less-danceable] mindre dansant
    [more-danceable] mer dansant
    [less-acoustic] mindre akustisk
    [more-acoustic] mer akustisk
    [less-instrumental] mindre instrumental
    [more-instrumental] mer instrumental
    [with-less-singing] med mindre sång
    [with-more-singing] med mer sång
    [softer] mjukare
    [louder] högre
    [slower] långsammare
    [faster] snabbare
    [older] äldre
    [newer] nyare
    [brighter] ljusare
    [duller] dovare
    [steadier] jämnare
    [more-changing] mer omväxlande
    [the-sound] klangen
    [the-instruments] instrumenten
    [the-number-of-tracks] antalet låtar
    [the-length] längden
    [the-cadence] stegtakten
    [in-the-morning] på morgonen
    [in-the-afternoon] på eftermiddagen
    [in-the-evening] på kvällen
    [at-night] på natten
    [around-noon] mitt på dagen
   *[other] { $word }
}

## Frågor om timer

when-with-length = { $when } ({ minutes })
ask-when-stop = När ska jag stoppa musiken?
ask-when-play = Hur dags ska jag spela?
ask-which-timer = Vilken: { $names }?
alarm-nothing-meant = Inget spelas som jag kan spela då. Nämn någon musik

## Rooms and speakers

everywhere = Överallt
in-room = { $room }: { $what }
rooms-unable = { $names } kan inte ändra volymen härifrån
moved = { $track } fortsätter där
moved-paused = { $track } är där nu, pausad
no-speakers = Jag känner inte till någon högtalare än.
speakers-are = Det finns: { $names }
speaker-plays = { $name } (spelar { $title })
speaker-paused = { $name } ({ $title } är pausad)
speaker-gone = { $name } (inte ansluten)

## What is known of a recording, and who says so

fact-own-file = filen
fact-lyrics = Texten till { $track } (källa: { $source }): ”{ $lines }”
fact-lyrics-more = Hela texten finns på sidan
fact-instrumental = Ingen sjunger i { $track }, enligt { $source }
fact-untimed = Jag kan texten till { $track }, men inte när varje rad sjungs
fact-line = Just nu: ”{ $line }” (källa: { $source })
fact-no-line = Just nu sjungs ingenting
fact-released = { $track } är från { $when } (källa: { $source })
fact-released-too = { $source } säger { $when }
fact-label = { $track } gavs ut av { $label } (källa: { $source })
fact-no-lyrics = Jag kan inte texten till { $track }
fact-no-year = Jag vet inte när { $track } kom ut
fact-no-label = Jag vet inte vilket skivbolag { $track } gavs ut på

## Spotify, and what a radio station plays

spotify-playing = Spotify spelar { $track }
spotify-playing-on = Spotify spelar { $track } på { $device }
spotify-paused = Spotify är pausat
spotify-silent = Inget spelas på Spotify
spotify-found = Spotify har { $names }
spotify-nothing = Jag hittar inget som heter { $wanted } på Spotify
station-plays = { $station } spelar { $track }
station-probably = { $station } spelar förmodligen { $track }
station-says = { $station } säger själv: ”{ $title }”
station-silent = { $station } är på; stationen säger inte vad den spelar och jag känner inte igen det
failed-spotify_unable = På Spotify kan jag härifrån bara spela, pausa och fortsätta; resten görs i appen
failed-spotify_not_set_up = Spotify är inte anslutet här. Sätt sources.spotify_client_id till klient-id:t för din egen Spotify-app; hur man gör står på sidan under Settings, Services
failed-spotify_off = Spotify är inte anslutet. Logga in på sidan under Settings, Services, eller med: refrain services connect spotify
failed-spotify_login_needed = Spotify vill att du loggar in igen: på sidan under Settings, Services
failed-spotify_plays_nowhere = Spotify är inte aktivt på någon enhet. Öppna det på en telefon, en dator eller en högtalare och försök igen
failed-spotify_refused = Spotify tillåter det inte. Att styra det utifrån kräver Premium
failed-spotify_busy = Spotify tar inte emot fler frågor just nu. Försök igen om en minut
failed-spotify_away = Spotify svarar inte just nu. Försök igen strax
