# Quello che Refrain dice in italiano.

list-comma = { $head }, { $tail }
list-and = { $head } e { $tail }
list-also = { $head } e { $tail }
list-or = { $head } o { $tail }
list-more = { $names } e altri { $more } nella pagina
track-by = { $title } di { $artist }
album-by = l'album { $title } di { $artist }
playlist-called = la playlist { $name }
choice-artist = { $name } come artista
choice-song = la canzone { $track }
artists-and-others = { $names } e altri
tracks = { $count ->
    [0] nessun brano
    [one] un brano
   *[other] { $count } brani
}
albums = { $count ->
    [one] un album
   *[other] { $count } album
}
artists = { $count ->
    [one] un artista
   *[other] { $count } artisti
}
playlists = { $count ->
    [one] una playlist
   *[other] { $count } playlist
}
things = { $count ->
    [one] una cosa
   *[other] { $count } cose
}
minutes = { $minutes ->
    [one] un minuto
   *[other] { $minutes } minuti
}
tracks-of = { tracks } di { $name }
tracks-lasting = { tracks }, { minutes }
music = musica

no-sound-yet = L'ho chiesto al lettore, ma non segnala ancora alcun suono
play-track = Ecco { $track }
    .v2 = Sta suonando { $track }
    .v3 = Ora c'è { $track }
play-album = Ecco l'album { $name } di { $artist }, { tracks }, a partire da { $title }
    .brief = Ecco l'album { $name }
play-artist = Ecco { $name }: { tracks }, a partire da { $title }
    .brief = Ecco { $name }
play-playlist = Ecco la tua playlist { $name }, { tracks }, a partire da { $first }
    .brief = Ecco { $name }
play-liked = Ecco la musica che ti piace: { tracks }, a partire da { $first }
    .brief = Ecco la musica che ti piace
play-several = Ecco { tracks }, a partire da { $first }
    .brief = Ecco { tracks }
from-album = È nell'album { $album }
from-album-year = È nell'album { $album }, del { $year }
queued-next = Dopo questo: { $what }
    .brief = Dopo questo
queued = Aggiunto alla coda: { $what }
    .v2 = Ora in coda: { $what }
    .brief = Aggiunto
now-track = Ora c'è { $track }
    .v2 = Ecco { $track }
    .brief = { $track }
skipped-silent = Ho cambiato brano, ma il lettore non segnala ancora alcun suono
resumed = Si riprende con { $track }
    .brief = Si riprende
nothing-paused = Non c'è niente in pausa
paused = In pausa
not-paused = Il lettore non è in pausa
stopped = Fermato
still-playing = Il lettore sta ancora suonando
shuffle-on = Riproduzione casuale attiva
shuffle-off = Riproduzione casuale disattivata
repeat-off = Ripetizione disattivata
repeat-one = Questo brano si ripete
repeat-all = La coda si ripete
from-beginning = Dall'inizio
position-now = Ora a { $at }
muted = Audio disattivato
volume = Volume al { $level } per cento
    .brief = { $level } per cento
volume-asked = Il volume è al { $level } per cento
    .brief = { $level } per cento
volume-most = Più alto di così non si può: { $level } per cento
volume-least = Più basso di così non si può: { $level } per cento

queue-cleared = Coda svuotata ({ tracks }). Di' «annulla» per riaverla.
    .brief = Svuotata
undone = Annullato
in-queue = In coda: { tracks }
queue-removed = Tolto dalla coda: { $what }
    .brief = Tolto
queue-moved = { $title } ora è il numero { $place } della coda
queue-empty = La coda è vuota
queue-list = In coda: { $names }
queue-only = { $track }, e poi niente
queue-now = Ora { $track }
queue-left = Dopo questa { $count ->
    [one] resta una canzone
   *[other] restano { $count } canzoni
}
queue-then = Poi { $names }

nothing-playing = Non sta suonando niente
paused-track = { $track } è in pausa
track-from-year = { $track } è del { $year }
track-no-year = { $track }; il file non indica l'anno
length-left = Dura { $length }, ne restano { $left }
now-hearing = Questo è { $track }
    .v2 = Stai ascoltando { $track }
    .brief = { $track }
now-hearing-from = Questo è { $track }, dall'album { $album }
    .v2 = Stai ascoltando { $track }, dall'album { $album }

liked = Segnato, ti piace: { $what }
    .brief = Segnato
disliked = Segnato, non ti piace: { $what }. Non lo proporrò più
    .brief = Segnato
unrated = Giudizio ritirato: { $what }
    .brief = Ritirato
taste-reset = Ho dimenticato i tuoi gusti e ricomincio da capo. Cronologia e giudizi restano.
taste-forgotten = Ho dimenticato quello che avevo imparato su { $about }
track-never = Non proporrò mai più { $about }
track-not-now = Oggi no: { $about }
track-more = Segnato: più brani come { $about }
track-less = Segnato: meno brani come { $about }
music-of = musica ({ $about })
taste-never = Segnato, mai: { $kind }
taste-more = Segnato, di più: { $kind }
taste-less = Segnato, di meno: { $kind }
taste-concerns = Nella tua libreria riguarda { tracks }
taste-concerns-none = Nella tua libreria non ne conosco
taste-rated = I tuoi giudizi: { $what }
taste-liked = { $count } che ti piacciono
taste-disliked = { $count } che non ti piacciono
taste-unknown = Non so ancora niente dei tuoi gusti. Imparo da quello che ascolti e dici.
taste-lines = { $count ->
    [one] So una cosa dei tuoi gusti; è nella pagina
   *[other] So { $count } cose dei tuoi gusti; sono nella pagina
}

playlist-created = Playlist { $name } creata con { $what }
    .brief = Creata
playlist-created-empty = Playlist { $name } creata. Per ora è vuota.
    .brief = Creata
playlist-deleted = Playlist { $name } eliminata
    .brief = Eliminata
playlist-renamed = { $name } ora si chiama { $new }
playlist-added = Aggiunto a { $name }: { $what }
    .brief = Aggiunto
playlist-has = { $title } è già in { $name }
playlist-has-all = È già tutto in { $name }
playlist-removed = Tolto da { $name }: { $what }
    .brief = Tolto
playlist-empty = La playlist { $name } è vuota
playlist-content = In { $name } { $count ->
    [one] c'è un brano
   *[other] ci sono { $count } brani
}: { $names }
no-playlists = Non hai ancora playlist. Di' «crea una playlist chiamata Sera».
your-playlists = Hai { playlists }: { $names }
playlist-stays = Niente corrisponde più alla regola di { $name }, quindi resta com'era
playlist-fresh = { $name } è rinnovata: { $amount }
playlist-made = Playlist { $name } creata: { $amount }
playlist-made-first = Playlist { $name } creata: { $amount }, si comincia con { $first }
playlist-refills = Si rinnova da sola ogni giorno
flow-ramp = { $what }, in crescendo
flow-hill = { $what }, prima in crescendo e poi in calando
flow-down = { $what }, in calando

found-one = Ho trovato { $what }
    .brief = { $what }
found-many = Ho trovato { $amount }: { $names }
    .brief = { $names }
found-because = Ho trovato { $what } ({ $reason })
found-more = Nella pagina ce ne sono altri { $count }
found-matches = Ho trovato { $count ->
    [one] un risultato
   *[other] { $count } risultati
}: { $first }, { $rest }
with-reason = { $track } ({ $reason })
with-reason-aside = { $track } ({ $reason })
first-and-rest = { $first }; e poi { $rest }
suggested = Che ne dici di { $what }?
    .v2 = Potresti provare { $what }
    .v3 = Ti propongo { $what }
    .brief = { $what }
opened = Ecco qualcosa per te
    .v2 = Proviamo questo
opened-closest = Ecco quello che ci si avvicina di più
opened-mood = Ecco della musica ({ $mood })
opened-wish = Ecco { $wish }
opened-genre = Ecco: { $name }
opened-more = Ancora { $name }
chosen-one = { $opening }: { $first }
    .brief = Ecco { $first }
chosen-several = { $opening }: { tracks }, a partire da { $first }
    .brief = Ecco { $first }
chosen-lasting = { $opening }: { tracks }, { minutes }, a partire da { $first }
    .brief = { tracks }, { minutes }, a partire da { $first }
let-go = Niente soddisfa tutto; ho rinunciato a questo: { $what }
cannot-hear = Non riesco a sentire che cosa corrisponde a: { $what }
only-guessed = Dal suono si può solo indovinare: { $what }
turns-at = Il primo va bene da { $at } ({ $mood })
chosen-because = Ho scelto { $track } per questo: { $reason }
not-chosen-but = Non ho scelto io { $track }; a suo favore c'è: { $reason }
not-chosen = Non ho scelto io { $track }, e non so ancora che cosa parli a suo favore

history-one = { $when } hai { $kind ->
    [skip] saltato
    [like] segnato come gradito
    [dislike] segnato come sgradito
   *[play] ascoltato
} { $track }
history-when = { $when } hai { $kind ->
    [skip] saltato
    [like] segnato come graditi
    [dislike] segnato come sgraditi
   *[play] ascoltato
}: { $names }
history-last = Gli ultimi brani { $kind ->
    [skip] saltati
    [like] graditi
    [dislike] sgraditi
   *[play] ascoltati
}: { $names }
history-most = I brani più spesso { $kind ->
    [skip] saltati
    [like] graditi
    [dislike] sgraditi
   *[play] ascoltati
}: { $names }
history-most-when = { $when }, i brani più spesso { $kind ->
    [skip] saltati
    [like] graditi
    [dislike] sgraditi
   *[play] ascoltati
}: { $names }

this-is = Questo è { $what }
    .brief = { $what }
that-was = Quello era { $what }
that-is-probably = Probabilmente è { $what }
that-was-probably = Probabilmente era { $what }
probably = probabilmente { $track }
could-also-be = Potrebbe essere anche { $other }
heard-from-album = { $what }, dall'album { $album }
heard-not-owned = { $what } (non è nella tua libreria)
heard-at = { $what }, a { $at }
position-then = Era a { $at }
position-heard = Siamo a { $at }
heard-year = { $track }: è del { $year }
heard-year-probably = { $track }: probabilmente è del { $year }
heard-no-year = { $track }: il file non indica l'anno
heard-album = È nell'album { $album }
heard-album-probably = Probabilmente è nell'album { $album }
heard-artist = { $artist }
heard-artist-probably = probabilmente { $artist }
told-to-me = Lo conosco come { $title } perché mi è stato detto
known-as = D'ora in poi lo conosco come { $track }
match-share = Dei { NUMBER($clip, minimumFractionDigits: 1) } secondi che ho sentito, { NUMBER($matched, minimumFractionDigits: 1) } corrispondono a { $title }
match-share-from = Dei { NUMBER($clip, minimumFractionDigits: 1) } secondi che ho sentito, { NUMBER($matched, minimumFractionDigits: 1) } corrispondono a { $title }, da { $from }
match-sure = Ne sono sicuro al { $percent } per cento
match-unsure = Ne sono sicuro al { $percent } per cento, che non basta per esserne certo
match-changed = { $changes }
runs-fast = va più veloce del { $percent } per cento
runs-slow = va più lento del { $percent } per cento
sounds-higher = suona più alto di { $count ->
    [1] un semitono
   *[other] { $count } semitoni
}
sounds-lower = suona più basso di { $count ->
    [1] un semitono
   *[other] { $count } semitoni
}
listening = Ora ascolto: gli ultimi minuti restano in memoria e non si registra niente. Chiedi «che cos'era?» quando vuoi; di' «smetti di ascoltare» per finire.
    .brief = Ora ascolto
listening-over = Non ascolto più, e quello che avevo in memoria è cancellato
forgotten-one = { $title } non è più nell'elenco di quello che hai sentito
forgotten = Dimenticato: { things } che hai sentito
forgotten-when = Dimenticato ({ $when }): { things }
right = Grazie: era { $right }
right-not = Grazie: era { $right }, non { $wrong }
will-remember = Me ne ricorderò
noted-not = Segnato: non era { $wrong }
noted-wrong = Segnato: era sbagliato
not-in-library = { $title } non è nella tua libreria
was-it = Era { $track }?
say-it-was = Se sai che cos'era, di' «era» e il titolo
cannot-name = Non so dire che cos'è
cannot-name-because = Non so dire che cos'è: { $reason }
cannot-name-before = Non so dire che cos'è, ma l'ho già sentito { $count ->
    [one] una volta
   *[other] { $count } volte
}
cannot-name-because-before = Non so dire che cos'è: { $reason }. L'ho già sentito { $count ->
    [one] una volta
   *[other] { $count } volte
}
another-performance = Sembra un'altra esecuzione di { $track }. La metto?
heard-one = { $when } { $where } hai sentito { $track }
heard-one-probably = { $when } { $where } hai sentito, probabilmente, { $track }
heard-list = Hai sentito { $where }: { $names }
heard-list-when = { $when } { $where } hai sentito: { $names }
heard-list-most = Più spesso hai sentito { $where }: { $names }
heard-list-most-when = { $when } { $where } hai sentito più spesso: { $names }
heard-when = { $when }: { $what }
heard-elsewhere = Non sono nella tua libreria: { $names }
heard-unnamed = { $count ->
    [one] Non ho saputo riconoscere un brano
   *[other] Non ho saputo riconoscere { $count } brani
}
where-place = ({ $place })
where-stream = su { $name }

hum-like = Sembra { $what }
    .v2 = A me sembra { $what }
hum-from = { $what }, più o meno da { $from }
hum-unsure = Non sono sicuro
hum-which = Intendevi { $names }?
hum-unknown = Non so dire che melodia è: { $reason }
hum-nearest = Tra { $count ->
    [one] una melodia
   *[other] { $count } melodie
}, { $title } è la più vicina a quella che hai { $how ->
    [whistled] fischiato
   *[hummed] canticchiato
}
hum-sure = Ne sono sicuro al { $percent } per cento; canticchiare da solo non dà mai la certezza
hum-again = Canticchiala di nuovo, magari il ritornello; o se la sai, di' «era» e il titolo
cannot-learn = { $title } non è nella tua libreria, quindi non posso impararla

nothing = Non lo trovo nella tua libreria: { $wanted }
    .v2 = Non ho trovato niente per: { $wanted }
nothing-that = Non lo trovo
nothing-recalled = Non ne ho traccia
nothing-in-queue = Non è in coda
nearest = Il più vicino è { $what }
mean-that = Intendi questo?
play-that = Lo metto?
add-that = Lo aggiungo?
which-of = { $names }?
say-more-like-this = Di' «altro così» se vuoi continuare

no-radio = Non ho stazioni radio, solo la tua libreria. Meglio un genere o un artista?
nothing-to-choose = Non c'è ancora un elenco da cui scegliere. Chiedi prima della musica.
no-other = Non ho altro da proporre. Dimmi di più su quello che vuoi.
glad = Va bene
what-to-find = Che cosa cerco? Di' una canzone, un artista, un album o uno stato d'animo.
by-whom = Di chi? Di' un artista, o metti prima qualcosa.
which-playlist = Quale playlist intendi?
name-the-playlist = Come si deve chiamare la playlist?
cannot-set = Questa impostazione non la posso cambiare. Il volume, l'ordine casuale, la ripetizione e il punto del brano sì.
no-name-yet = Non ho saputo riconoscere quello che ho sentito, quindi non posso usarlo. Se lo sai, di' «era» e il titolo.
heard-not-in-library = Quello che ho sentito non è nella tua libreria, quindi non posso metterlo
which-name = Come si chiama? Di' «era» e il titolo.
refuse = Questo non lo so fare. So mettere, trovare, accodare e consigliare musica, tenere playlist e ricordare quello che hai ascoltato.
    .v2 = Mi dispiace, m'intendo solo della tua musica: metterla, trovarla, accodarla, consigliarla, le playlist e la cronologia.
    .brief = Questo non lo so fare
only-music = Ho solo la tua libreria musicale: niente podcast, audiolibri, film o giochi
help = Prova «metti qualcosa di calmo», «qualcosa per studiare», «come questa ma più lenta», «perché questa canzone?», «che cos'è?», «aggiungila alla mia playlist Sera», «che cosa ho ascoltato ieri?» o «annulla».
greet = Ciao! Che cosa vuoi ascoltare?
    .v2 = Ciao! Metto qualcosa?
welcome = Prego.
    .v2 = Con piacere.
    .plain = Prego.
goodbye = A presto. Dimmelo quando vuoi della musica.
    .plain = Arrivederci.
library-size = Nella tua libreria: { tracks }, { $artists ->
    [one] un artista
   *[other] { $artists } artisti
}, { $albums ->
    [one] un album
   *[other] { $albums } album
}
leave-it = Va bene, lascio stare
    .v2 = D'accordo. Dimmi quando vuoi altro.
first-or-second = Il primo o il secondo?
which-number = Quale: da 1 a { $count }?
no-such-number = L'elenco ha solo { $count ->
    [one] una voce
   *[other] { $count } voci
}, non c'è il numero { $number }
nothing-done = Non ho ancora fatto niente. Dimmi che cosa vuoi ascoltare.

small-talk-who = Sono Refrain, l'assistente musicale di questa casa. Che cosa vuoi ascoltare?
    .plain = Sono Refrain, un assistente musicale: un programma, non una persona.
small-talk-how = Benissimo, grazie. Metto qualcosa?
    .plain = Tutto funziona come deve. Metto qualcosa?
small-talk-joke = Perché il pianista restava fuori di casa? Non trovava mai la chiave giusta.
    .v2 = Che cosa fa una nota stanca? Una pausa.
    .plain = Non conosco barzellette, solo musica.
small-talk-sing = Cantare lo lascio a chi sa farlo. Chi vuoi sentire?
small-talk-taste = Tutto quello che ti fa restare fino all'ultima nota. Che cosa metto?
    .plain = Non ho gusti miei, imparo i tuoi.
small-talk-praise = Grazie. È musica per le mie orecchie.
    .plain = Grazie.
small-talk-blame = Mi dispiace. Di' «annulla», o dimmi che cosa intendevi.
speaker-hello = Ciao, { $name }
speaker-is = Sei { $name }
speaker-unknown = Non lo so. Di' «sono» e il tuo nome
verbosity-less = Va bene, sarò breve
verbosity-more = Volentieri, dirò di più
verbosity-normal = Va bene, come al solito
still-meant = Intendi { $title }, dell'elenco di prima?
delete-really = Elimino la playlist { $name }?
deleted-for-good = Una playlist eliminata non torna indietro. Creane una nuova se la rivuoi
track-is = È { $track }
track-length = Dura { $length }
aside-kept = Per adesso: { $wish }
aside-over = Va bene, vale di nuovo tutto
one-question = Prima questo; il resto chiedimelo di nuovo dopo
too-many-requests = È più di quanto faccio in una volta. Ridimmi il resto

weekday = { $weekday ->
    [1] lunedì
    [2] martedì
    [3] mercoledì
    [4] giovedì
    [5] venerdì
    [6] sabato
   *[7] domenica
}
month = { $month ->
    [1] gennaio
    [2] febbraio
    [3] marzo
    [4] aprile
    [5] maggio
    [6] giugno
    [7] luglio
    [8] agosto
    [9] settembre
    [10] ottobre
    [11] novembre
   *[12] dicembre
}
clock-today = alle { $clock }
clock-tomorrow = domani alle { $clock }
clock-yesterday = ieri alle { $clock }
clock-weekday = { weekday } alle { $clock }
clock-date = il { $day } { month } alle { $clock }
clock-days = { $days } alle { $clock }
days-all = tutti i giorni
days-work = nei giorni feriali
days-weekend = nel fine settimana
days-some = ogni { $names }
after-song = dopo questa canzone
after-songs = { $count ->
    [one] dopo questa canzone
   *[other] dopo { $count } canzoni
}
after-album = alla fine dell'album
after-named = alla fine di { $title }
after-queue = alla fine della coda
sleep-set = La musica si fermerà { $when }
sleep-cancelled = Il timer è disattivato
alarm-set = Metterò { $music } { $when }
alarm-liked = la musica che ti piace
alarm-player = Suonerà su { $player }
alarm-cancelled = La sveglia { $when } è disattivata
alarm-missed = La sveglia { $when } non ha suonato
timer-replaced = Prende il posto di quello di prima
timer-unwatched = Funziona solo finché il server è acceso
timers-cancelled = { $count ->
    [one] Un timer è disattivato
   *[other] { $count } timer sono disattivati
}
timers-set = Impostato: { $names }
timer-alarm = { $music } { $when }
timer-sleep = fine della musica { $when }
no-timer = Non c'è nessun timer
no-sleep-timer = Non c'è nessun timer di spegnimento
no-alarm = Non c'è nessuna sveglia

unsaid = { "" }
terms = { $names }
wish = musica ({ $parts })
wish-liked = che ti piace
wish-by = di { $names }
wish-like = come { $name }
wish-below = sotto i { $high } BPM
wish-above = sopra i { $low } BPM
wish-around = intorno ai { $bpm } BPM
wish-between = tra { $low } e { $high } BPM
wish-steps = a { $steps } passi al minuto
wish-until = fino al { $last }
wish-since = dal { $first } in poi
wish-year = del { $first }
wish-decade = anni { $first }
wish-years = dal { $first } al { $last }
wish-without = senza { $what }
note-bpm = circa { $bpm } BPM
note-from = { $what } da { $at }
note-played = { $count ->
    [one] già ascoltato una volta
   *[other] già ascoltato { $count } volte
}
note-suits = va bene { $what }
note-like-for = come quello che ascolti di solito ({ $what })
note-like = simile a { $what }
note-after = già ascoltato dopo { $what }
note-next = poi metti spesso { $what }
note-stay = resti con { $what }
note-liked = ti piace
note-others = lo ascoltano altri con gusti simili
note-usual = abituale per te { $what }
note-goes = va bene { $what }
note-by = di { $what }
note-year = del { $what }
note-sings = qualcuno canta
note-called = si chiama così
note-album = dall’album
note-sung = fa «{ $what }»
note-cover = la copertina corrisponde
note-returns = come ciò a cui torni spesso
note-came-next = è già venuto dopo
note-sound = un suono simile
note-genres = gli stessi generi
note-artist-after = metti { $what } dopo { $other }
note-sung-in = cantata in quella lingua
time-at = alle { $clock }
time-yesterday-at = ieri alle { $clock }
time-date-at = il { $day } { month } alle { $clock }
time-day = { $day ->
    [today] { $part ->
        [morning] stamattina
        [afternoon] oggi pomeriggio
        [evening] stasera
        [night] stanotte
       *[day] oggi
    }
    [before-yesterday] l'altro ieri{ $part ->
        [morning] {" "}mattina
        [afternoon] {" "}pomeriggio
        [evening] {" "}sera
        [night] {" "}notte
       *[day] {""}
    }
   *[yesterday] { $part ->
        [morning] ieri mattina
        [afternoon] ieri pomeriggio
        [evening] ieri sera
        [night] ieri notte
       *[day] ieri
    }
}
time-weekday = { weekday }{ $part ->
    [morning] {" "}mattina
    [afternoon] {" "}pomeriggio
    [evening] {" "}sera
    [night] {" "}notte
   *[day] {""}
}
time-ago = { $count } { $unit ->
    [second] { $count ->
        [one] secondo
       *[other] secondi
    }
    [minute] { $count ->
        [one] minuto
       *[other] minuti
    }
    [hour] { $count ->
        [one] ora
       *[other] ore
    }
    [day] { $count ->
        [one] giorno
       *[other] giorni
    }
    [week] { $count ->
        [one] settimana
       *[other] settimane
    }
   *[month] { $count ->
        [one] mese
       *[other] mesi
    }
} fa
time-in-the-last = { $unit ->
    [second] negli ultimi { $count } secondi
    [minute] { $count ->
        [one] nell'ultimo minuto
       *[other] negli ultimi { $count } minuti
    }
    [hour] { $count ->
        [one] nell'ultima ora
       *[other] nelle ultime { $count } ore
    }
    [day] { $count ->
        [one] nell'ultimo giorno
       *[other] negli ultimi { $count } giorni
    }
    [week] { $count ->
        [one] nell'ultima settimana
       *[other] nelle ultime { $count } settimane
    }
   *[month] { $count ->
        [one] nell'ultimo mese
       *[other] negli ultimi { $count } mesi
    }
}
time-just-now = poco fa
time-last-weekend = lo scorso fine settimana
time-in-year = nel { $year }
time-in-month = a { month }
time-on-date = il { $day } { month }
time-this = { $unit ->
    [week] questa settimana
    [month] questo mese
   *[year] quest'anno
}
time-last = { $unit ->
    [week] la settimana scorsa
    [month] il mese scorso
   *[year] l'anno scorso
}
which-wish = Che cosa ti andrebbe: { $choices }?
which-one = Quale intendi?
which-by = Che cosa intendi con «{ $said }»?
whose = { $name }: di chi?
which-named = { $name }: quale intendi?
none-number = Nell'elenco non c'è il numero { $number }
none-list = Non c'è un elenco da cui scegliere
none-any-more = Non è più nella libreria
none-liked = Non hai ancora segnato niente che ti piace
none-playlist = Non c'è nessuna playlist chiamata { $name }
none-genre = Non ho musica di questo tipo: { $genre }
none-that = Non lo trovo
none-learned = Non ho imparato niente su { $about }
none-wish = Non trovo { $wish }
none-in-that-playlist = { $what } non è nella playlist { $name }
none-in-queue = { $what } non è in coda
none-else = Non ho altro di { $name }
none-played-yet = Non è ancora stato ascoltato niente
none-played = Non ne ho traccia: allora non è stato { $kind ->
    [skip] saltato
    [like] segnato
    [dislike] segnato
   *[play] ascoltato
} niente
none-played-by = Non ho traccia di niente di { $about } che sia stato { $kind ->
    [skip] saltato
    [like] segnato
    [dislike] segnato
   *[play] ascoltato
}
none-heard = Non ho traccia di niente che tu abbia sentito allora
none-heard-by = Non ho traccia di niente di { $about } che tu abbia sentito
reason-too-short = era troppo breve
reason-silent = non sento quasi niente
reason-no-match = niente nella tua libreria corrisponde
reason-kept-only = tengo solo gli ultimi { $seconds } secondi
reason-none-kept = negli ultimi { $seconds } secondi non riconosco niente
reason-hum-silent = non sento quasi niente
reason-hum-too-short = era troppo breve
reason-hum-speech = sembrava parlato, non una melodia
reason-hum-no-tune = sento rumore o più note insieme, e nessuna melodia sola
reason-hum-waiting = non ho ancora analizzato le melodie della tua musica, ne mancano { $count }
reason-hum-none = non ci sono ancora melodie con cui confrontarla
reason-hum-far = nessuna melodia che conosco è abbastanza vicina
step-longer = Fammi sentire cinque secondi o più.
step-nearer = Avvicina il microfono alla musica o alzala, e chiedi di nuovo.
step-noisy = Chiedi di nuovo più vicino alla musica, se c'era rumore.
step-kept = Ne tengo l'impronta, non il suono: dimmi il titolo, o aggiungilo alla tua musica.
step-listen-next = Se suonava nella stanza: di' «inizia ad ascoltare», e la prossima volta potrò guardare indietro.
step-hum-silent = Canticchia più forte o più vicino al microfono, cinque secondi o più.
step-hum-too-short = Canticchia di nuovo per cinque o dieci secondi, meglio il ritornello.
step-hum-speech = Canticchiala, fischiala o cantala su «la».
step-hum-no-tune = Canticchia senza musica intorno, vicino al microfono.
step-hum-waiting = Chiedi di nuovo più tardi.
step-hum-none = Aggiungi prima della musica.
step-hum-far = Canticchiala di nuovo, meglio il ritornello.
failed-no_player = Non c'è nessun lettore. Apri la pagina in un browser e metti la musica lì
failed-player_not_responding = Il lettore non segnala alcun suono. Controlla che sia acceso e riprova
failed-player_refused = Il lettore non può riprodurlo. Prova un altro brano
failed-player_blocked = Il browser non permette ancora il suono. Fai clic una volta sulla pagina e riprova
failed-queue_empty = La coda è finita
failed-nothing_playing = Non sta suonando niente
failed-not_asked_for = Non me l'hai chiesto così; dillo chiaramente
failed-nothing_named = Manca di che cosa si tratta. Dillo, per favore
failed-too_much = È più di un brano. Di' una sola canzone
failed-playlist_exists = C'è già una playlist chiamata { $name }. Scegli un altro nome
failed-no_rule = Questa playlist non ha una regola con cui riempirsi
failed-no_taste = Qui non si imparano i gusti
failed-nothing_recommended = Qui non ci sono consigli. Chiedi la musica per nome
failed-recognition_off = Il riconoscimento di registrazioni è disattivato
failed-humming_off = Il riconoscimento di melodie canticchiate è disattivato
failed-not_listening = Non sento niente intorno a te: nessun microfono è acceso. Premi «What is this?» nella pagina e permetti il microfono
failed-not-then = Allora non stavo ascoltando, e di prima non tengo niente. Di' «inizia ad ascoltare» per la prossima volta
failed-nothing_recognised = Qui non ho ancora riconosciuto niente. Chiedi «che cos'è?» mentre la musica suona
failed-clip_gone = Quella registrazione non c'è più. Rifalla
failed-tool_timeout = Ci è voluto troppo. Riprova
failed-internal_error = Qualcosa è andato storto in Refrain. Riprova
failed-invalid_arguments = Non ho capito. Dillo con altre parole
failed-too_many_calls = Erano troppi passi in una volta
failed-no_volume = Il volume di questo lettore non si può cambiare da qui
failed-not_in_library = Non è nella libreria
failed-queue_full = La coda è piena
failed-time_is_past = Quell'ora è già passata. Dinne un'altra
failed-no_sleep_timer = Non c'è nessun timer di spegnimento
failed-no_timers = Qui non ci sono timer
term = { $key ->
    [calm] calma
    [sad] triste
    [melancholic] malinconica
    [happy] allegra
    [uplifting] incoraggiante
    [romantic] romantica
    [sexy] sensuale
    [energetic] energica
    [angry] arrabbiata
    [dark] cupa
    [mysterious] misteriosa
    [dreamy] sognante
    [nostalgic] nostalgica
    [epic] epica
    [tense] tesa
    [playful] giocosa
    [groovy] ritmata
    [psychedelic] psichedelica
    [weird] strana
    [warm] calda
    [fast] veloce
    [slow] lenta
    [catchy] orecchiabile
    [emotional] commovente
    [beautiful] bella
    [danceable] ballabile
    [acoustic] acustica
    [instrumental] strumentale
    [electronic] elettronica
    [sung] cantata
    [vocals] voce
    [loud] forte
    [piano] pianoforte
    [guitar] chitarra
    [acoustic-guitar] chitarra acustica
    [electric-guitar] chitarra elettrica
    [bass] basso
    [drums] batteria
    [violin] violino
    [strings] archi
    [cello] violoncello
    [saxophone] sassofono
    [trumpet] tromba
    [brass] ottoni
    [flute] flauto
    [clarinet] clarinetto
    [harp] arpa
    [organ] organo
    [accordion] fisarmonica
    [harmonica] armonica
    [synthesizer] sintetizzatore
    [choir] coro
    [classical] classica
    [for-workout] per allenarsi
    [for-running] per correre
    [for-walking] per camminare
    [for-study] per studiare
    [for-studying] per studiare
    [for-focus] per concentrarsi
    [for-sleep] per dormire
    [for-party] per la festa
    [for-dinner] per la cena
    [for-commute] per il tragitto
    [for-driving] per guidare
    [for-road-trip] per il viaggio
    [for-cleaning] per le pulizie
    [for-yoga] per lo yoga
    [for-meditation] per meditare
    [for-gaming] per giocare
    [for-relaxing] per rilassarsi
    [for-waking] per svegliarsi
    [for-morning] per la mattina
    [for-afternoon] per il pomeriggio
    [for-evening] per la sera
    [for-night] per la notte
    [for-weekend] per il fine settimana
    [calmer] più calma
    [more-energetic] più energica
    [darker] più cupa
    [happier] più allegra
    [less-danceable] meno ballabile
    [more-danceable] più ballabile
    [less-acoustic] meno acustica
    [more-acoustic] più acustica
    [less-instrumental] meno strumentale
    [more-instrumental] più strumentale
    [with-less-singing] con meno canto
    [with-more-singing] con più canto
    [softer] più dolce
    [louder] più forte
    [slower] più lenta
    [faster] più veloce
    [older] più vecchia
    [newer] più recente
    [brighter] più brillante
    [duller] più spenta
    [steadier] più costante
    [more-changing] più varia
    [the-sound] il suono
    [the-instruments] gli strumenti
    [the-number-of-tracks] il numero di brani
    [the-length] la durata
    [the-cadence] la cadenza
    [in-the-morning] la mattina
    [in-the-afternoon] il pomeriggio
    [in-the-evening] la sera
    [at-night] la notte
    [around-noon] verso mezzogiorno
   *[other] { $word }
}

## Domande sui timer

when-with-length = { $when } ({ minutes })
ask-when-stop = Quando devo fermare la musica?
ask-when-play = A che ora devo farla partire?
ask-which-timer = Quale: { $names }?
alarm-nothing-meant = Non suona niente che potrei mettere allora. Dimmi quale musica

## Rooms and speakers

everywhere = Dappertutto
in-room = { $room }: { $what }
rooms-unable = { $names } non può cambiare il volume da qui
moved = { $track } continua lì
moved-paused = { $track } ora è lì, in pausa
no-speakers = Non conosco ancora nessun altoparlante.
speakers-are = Ci sono: { $names }
speaker-plays = { $name } (suona { $title })
speaker-paused = { $name } ({ $title } in pausa)
speaker-gone = { $name } (non connesso)

## What is known of a recording, and who says so

fact-own-file = il file
fact-lyrics = Il testo di { $track } (fonte: { $source }): «{ $lines }»
fact-lyrics-more = Il testo completo è nella pagina
fact-instrumental = In { $track } non canta nessuno, secondo { $source }
fact-untimed = Conosco il testo di { $track }, ma non quando si canta ogni riga
fact-line = In questo momento: «{ $line }» (fonte: { $source })
fact-no-line = In questo momento non si canta niente
fact-released = { $track } è del { $when } (fonte: { $source })
fact-released-too = { $source } dice { $when }
fact-label = { $track } è uscito per l’etichetta { $label } (fonte: { $source })
fact-no-lyrics = Non conosco il testo di { $track }
fact-no-year = Non so quando è uscito { $track }
fact-no-label = Non so per quale etichetta è uscito { $track }

## Spotify, and what a radio station plays

spotify-playing = Spotify riproduce { $track }
spotify-playing-on = Spotify riproduce { $track } su { $device }
spotify-paused = Spotify è in pausa
spotify-silent = Su Spotify non suona niente
spotify-found = Spotify ha { $names }
spotify-nothing = Su Spotify non trovo niente che si chiami { $wanted }
station-plays = { $station } trasmette { $track }
station-probably = { $station } trasmette probabilmente { $track }
station-says = { $station } stessa dice: «{ $title }»
station-silent = { $station } è accesa; non dice che cosa trasmette e non lo riconosco
failed-spotify_unable = Su Spotify da qui posso solo riprodurre, mettere in pausa e riprendere; il resto nella sua app
failed-spotify_not_set_up = Spotify qui non è collegato. Per collegarlo, metti in sources.spotify_client_id il client ID della tua applicazione Spotify; la pagina spiega come in Settings, Services
failed-spotify_off = Spotify non è collegato. Accedi dalla pagina, in Settings, Services, oppure con: refrain services connect spotify
failed-spotify_login_needed = Spotify chiede di accedere di nuovo: dalla pagina, in Settings, Services
failed-spotify_plays_nowhere = Spotify non è attivo su nessun dispositivo. Aprilo sul telefono, sul computer o su una cassa e riprova
failed-spotify_refused = Spotify non lo permette. Comandarlo da fuori richiede Premium
failed-spotify_busy = Spotify per ora non accetta altre richieste. Riprova tra un minuto
failed-spotify_away = Spotify ora non risponde. Riprova tra poco
