# Was Refrain auf Deutsch sagt.

list-comma = { $head }, { $tail }
list-and = { $head } und { $tail }
list-also = { $head } und { $tail }
list-or = { $head } oder { $tail }
list-more = { $names } und { $more } weitere auf der Seite
track-by = { $title } von { $artist }
album-by = das Album { $title } von { $artist }
playlist-called = die Playlist { $name }
choice-artist = { $name } selbst
choice-song = das Lied { $track }
artists-and-others = { $names } und anderen
tracks = { $count ->
    [0] keine Titel
    [one] ein Titel
   *[other] { $count } Titel
}
albums = { $count ->
    [one] ein Album
   *[other] { $count } Alben
}
artists = { $count ->
    [one] ein Interpret
   *[other] { $count } Interpreten
}
playlists = { $count ->
    [one] eine Playlist
   *[other] { $count } Playlists
}
things = { $count ->
    [one] eine Sache
   *[other] { $count } Sachen
}
minutes = { $minutes ->
    [one] eine Minute
   *[other] { $minutes } Minuten
}
tracks-of = { tracks } von { $name }
tracks-lasting = { tracks }, { minutes }
music = Musik

no-sound-yet = Ich habe den Player gebeten, aber er meldet noch keinen Ton
play-track = Es läuft { $track }
    .v2 = Hier kommt { $track }
    .v3 = Jetzt läuft { $track }
play-album = Es läuft das Album { $name } von { $artist }, { tracks }, los geht es mit { $title }
    .brief = Es läuft das Album { $name }
play-artist = Es läuft { $name }: { tracks }, los geht es mit { $title }
    .v2 = Hier kommt { $name }: { tracks }, los geht es mit { $title }
    .brief = Es läuft { $name }
play-playlist = Es läuft deine Playlist { $name }, { tracks }, los geht es mit { $first }
    .brief = Es läuft { $name }
play-liked = Es läuft Musik, die dir gefällt: { tracks }, los geht es mit { $first }
    .brief = Es läuft deine Lieblingsmusik
play-several = Es läuft Musik: { tracks }, los geht es mit { $first }
    .brief = Es läuft Musik: { tracks }
from-album = Es ist auf dem Album { $album }
from-album-year = Es ist auf dem Album { $album } von { $year }
queued-next = Als Nächstes: { $what }
    .brief = Als Nächstes
queued = In der Warteschlange: { $what }
    .v2 = Ist eingereiht: { $what }
    .brief = Eingereiht
now-track = Jetzt läuft { $track }
    .v2 = Hier kommt { $track }
    .brief = { $track }
skipped-silent = Ich habe weitergeschaltet, aber der Player meldet noch keinen Ton
resumed = Weiter geht es mit { $track }
    .brief = Weiter
nothing-paused = Es ist nichts angehalten
paused = Pause
not-paused = Der Player hat nicht angehalten
stopped = Gestoppt
still-playing = Der Player spielt noch
shuffle-on = Zufallswiedergabe ist an
shuffle-off = Zufallswiedergabe ist aus
repeat-off = Wiederholung ist aus
repeat-one = Dieser Titel wird wiederholt
repeat-all = Die Warteschlange wird wiederholt
from-beginning = Von vorn
position-now = Jetzt bei { $at }
muted = Stumm
volume = Lautstärke { $level } Prozent
    .brief = { $level } Prozent
volume-asked = Die Lautstärke ist bei { $level } Prozent
    .brief = { $level } Prozent
volume-most = Lauter geht es nicht: { $level } Prozent
volume-least = Leiser geht es nicht: { $level } Prozent

queue-cleared = Die Warteschlange ist geleert ({ tracks }). Mit „rückgängig“ kommt sie zurück.
    .brief = Geleert
undone = Rückgängig gemacht
in-queue = In der Warteschlange: { tracks }
queue-removed = Aus der Warteschlange genommen: { $what }
    .brief = Entfernt
queue-moved = { $title } ist jetzt Nummer { $place } in der Warteschlange
queue-empty = Die Warteschlange ist leer
queue-list = In der Warteschlange: { $names }
queue-only = { $track }, danach kommt nichts
queue-now = Jetzt { $track }
queue-left = Danach { $count ->
    [one] kommt noch ein Lied
   *[other] kommen noch { $count } Lieder
}
queue-then = Danach { $names }

nothing-playing = Gerade läuft nichts
paused-track = { $track } ist angehalten
track-from-year = { $track } ist von { $year }
track-no-year = { $track }; die Datei nennt kein Jahr
length-left = Es dauert { $length }, davon noch { $left }
now-hearing = Das ist { $track }
    .v2 = Du hörst { $track }
    .brief = { $track }
now-hearing-from = Das ist { $track }, vom Album { $album }
    .v2 = Du hörst { $track }, vom Album { $album }

liked = Gemerkt: { $what } gefällt dir
    .brief = Gemerkt
disliked = Gemerkt: { $what } gefällt dir nicht. Ich schlage es nicht mehr vor
    .brief = Gemerkt
unrated = Die Bewertung ist zurückgenommen: { $what }
    .brief = Zurückgenommen
taste-reset = Ich habe deinen Geschmack vergessen und fange neu an. Verlauf und Bewertungen bleiben.
taste-forgotten = Vergessen, was ich dazu gelernt hatte: { $about }
track-never = { $about } biete ich nie wieder an
track-not-now = Heute nicht: { $about }
track-more = Gemerkt: mehr in der Art von { $about }
track-less = Gemerkt: weniger in der Art von { $about }
music-of = Musik ({ $about })
taste-never = Gemerkt, nie wieder: { $kind }
taste-more = Gemerkt, mehr davon: { $kind }
taste-less = Gemerkt, weniger davon: { $kind }
taste-concerns = In deiner Bibliothek betrifft das { tracks }
taste-concerns-none = In deiner Bibliothek kenne ich nichts davon
taste-rated = Deine Bewertungen: { $what }
taste-liked = { $count } gut
taste-disliked = { $count } schlecht
taste-unknown = Ich weiß noch nichts über deinen Geschmack. Ich lerne aus dem, was du hörst und sagst.
taste-lines = { $count ->
    [one] Eine Sache weiß ich über deinen Geschmack; sie steht auf der Seite
   *[other] { $count } Dinge weiß ich über deinen Geschmack; sie stehen auf der Seite
}

playlist-created = Playlist { $name } angelegt, mit { $what }
    .brief = Angelegt
playlist-created-empty = Playlist { $name } angelegt. Noch ist sie leer.
    .brief = Angelegt
playlist-deleted = Playlist { $name } gelöscht
    .brief = Gelöscht
playlist-renamed = { $name } heißt jetzt { $new }
playlist-added = Zu { $name } hinzugefügt: { $what }
    .brief = Hinzugefügt
playlist-has = { $title } ist schon in { $name }
playlist-has-all = Das ist alles schon in { $name }
playlist-removed = Aus { $name } entfernt: { $what }
    .brief = Entfernt
playlist-empty = Die Playlist { $name } ist leer
playlist-content = In { $name }: { tracks }, nämlich { $names }
no-playlists = Du hast noch keine Playlists. Sag „erstelle eine Playlist namens Abend“.
your-playlists = Du hast { playlists }: { $names }
playlist-stays = Zur Regel von { $name } passt nichts mehr, also bleibt sie, wie sie war
playlist-fresh = { $name } ist wieder frisch: { $amount }
playlist-made = Playlist { $name } angelegt: { $amount }
playlist-made-first = Playlist { $name } angelegt: { $amount }, am Anfang { $first }
playlist-refills = Sie füllt sich jeden Tag neu
flow-ramp = { $what }, mit Steigerung
flow-hill = { $what }, erst steigernd, dann ausklingend
flow-down = { $what }, ausklingend

found-one = Gefunden: { $what }
    .brief = { $what }
found-many = Ich habe { $amount } gefunden: { $names }
    .brief = { $names }
found-because = Gefunden: { $what } ({ $reason })
found-more = { $count } weitere stehen auf der Seite
found-matches = { $count ->
    [one] Ein Treffer
   *[other] { $count } Treffer
}: { $first }, { $rest }
with-reason = { $track } ({ $reason })
with-reason-aside = { $track } ({ $reason })
first-and-rest = { $first }, dazu { $rest }
suggested = Wie wäre es mit { $what }?
    .v2 = Versuch doch { $what }
    .v3 = Mein Vorschlag: { $what }
    .brief = { $what }
opened = Hier ist etwas für dich
    .v2 = Versuchen wir das
opened-closest = Das kommt dem am nächsten
opened-mood = Hier kommt Musik ({ $mood })
opened-wish = Hier kommt { $wish }
opened-genre = Hier kommt { $name }
opened-more = Mehr von { $name }
chosen-one = { $opening }: { $first }
    .brief = Es läuft { $first }
chosen-several = { $opening }: { tracks }, los geht es mit { $first }
    .brief = Es läuft { $first }
chosen-lasting = { $opening }: { tracks }, { minutes }, los geht es mit { $first }
    .brief = { tracks }, { minutes }, los geht es mit { $first }
let-go = Alles zusammen passt auf nichts; verzichtet habe ich auf: { $what }
cannot-hear = Ich kann nicht heraushören, was davon zutrifft: { $what }
only-guessed = Das lässt sich am Klang nur erraten: { $what }
turns-at = Das erste passt ab { $at } ({ $mood })
chosen-because = { $track } habe ich deshalb gewählt: { $reason }
not-chosen-but = { $track } habe ich nicht selbst gewählt; dafür spricht: { $reason }
not-chosen = { $track } habe ich nicht selbst gewählt, und ich weiß noch nichts, was dafür spricht

history-one = { $when } { $kind ->
    [skip] übersprungen
    [like] als gut bewertet
    [dislike] als schlecht bewertet
   *[play] gespielt
}: { $track }
history-when = { $when } { $kind ->
    [skip] übersprungen
    [like] als gut bewertet
    [dislike] als schlecht bewertet
   *[play] gespielt
}: { $names }
history-last = Zuletzt { $kind ->
    [skip] übersprungen
    [like] als gut bewertet
    [dislike] als schlecht bewertet
   *[play] gespielt
}: { $names }
history-most = Am häufigsten { $kind ->
    [skip] übersprungen
    [like] als gut bewertet
    [dislike] als schlecht bewertet
   *[play] gespielt
}: { $names }
history-most-when = { $when } am häufigsten { $kind ->
    [skip] übersprungen
    [like] als gut bewertet
    [dislike] als schlecht bewertet
   *[play] gespielt
}: { $names }

this-is = Das ist { $what }
    .brief = { $what }
that-was = Das war { $what }
that-is-probably = Das ist wahrscheinlich { $what }
that-was-probably = Das war wahrscheinlich { $what }
probably = wahrscheinlich { $track }
could-also-be = Es könnte auch { $other } sein
heard-from-album = { $what }, vom Album { $album }
heard-not-owned = { $what } (nicht in deiner Bibliothek)
heard-at = { $what }, bei { $at }
position-then = Das war bei { $at }
position-heard = Die Stelle ist bei { $at }
heard-year = { $track }: von { $year }
heard-year-probably = { $track }: wahrscheinlich von { $year }
heard-no-year = { $track }: die Datei nennt kein Jahr
heard-album = Es ist vom Album { $album }
heard-album-probably = Es ist wahrscheinlich vom Album { $album }
heard-artist = { $artist }
heard-artist-probably = wahrscheinlich { $artist }
told-to-me = Ich kenne es als { $title }, weil es mir gesagt wurde
known-as = Ab jetzt kenne ich es als { $track }
match-share = { NUMBER($matched, minimumFractionDigits: 1) } von { NUMBER($clip, minimumFractionDigits: 1) } gehörten Sekunden passen zu { $title }
match-share-from = { NUMBER($matched, minimumFractionDigits: 1) } von { NUMBER($clip, minimumFractionDigits: 1) } gehörten Sekunden passen zu { $title }, ab { $from }
match-sure = Ich bin zu { $percent } Prozent sicher
match-unsure = Ich bin zu { $percent } Prozent sicher; das reicht nicht, um gewiss zu sein
match-changed = Es { $changes }
runs-fast = läuft { $percent } Prozent schneller
runs-slow = läuft { $percent } Prozent langsamer
sounds-higher = klingt { $count ->
    [1] einen Halbton
   *[other] { $count } Halbtöne
} höher
sounds-lower = klingt { $count ->
    [1] einen Halbton
   *[other] { $count } Halbtöne
} tiefer
listening = Ich höre jetzt zu: die letzten Minuten bleiben im Speicher, aufgenommen wird nichts. Frag jederzeit „was war das?“; „hör auf zuzuhören“ beendet es.
    .brief = Ich höre jetzt zu
listening-over = Ich höre nicht mehr zu, und was im Speicher war, ist gelöscht
forgotten-one = { $title } ist aus der Liste des Gehörten gestrichen
forgotten = Vergessen: { things }, die zu hören waren
forgotten-when = Vergessen ({ $when }): { things }
right = Danke: es war { $right }
right-not = Danke: es war { $right }, nicht { $wrong }
will-remember = Das merke ich mir
noted-not = Gemerkt: das war nicht { $wrong }
noted-wrong = Gemerkt: das war falsch
not-in-library = { $title } ist nicht in deiner Bibliothek
was-it = War es { $track }?
say-it-was = Wenn du weißt, was es war, sag „es war“ und den Titel
cannot-name = Ich kann es nicht benennen
cannot-name-because = Ich kann es nicht benennen: { $reason }
cannot-name-before = Ich kann es nicht benennen, habe es aber schon { $count }-mal gehört
cannot-name-because-before = Ich kann es nicht benennen: { $reason }. Ich habe es aber schon { $count }-mal gehört
another-performance = Es klingt wie eine andere Aufnahme von { $track }. Soll ich die spielen?
heard-one = { $when } { $where } gehört: { $track }
heard-one-probably = { $when } { $where } gehört: wahrscheinlich { $track }
heard-list = { $where } gehört: { $names }
heard-list-when = { $when } { $where } gehört: { $names }
heard-list-most = Am häufigsten gehört { $where }: { $names }
heard-list-most-when = { $when } { $where } am häufigsten gehört: { $names }
heard-when = { $when }: { $what }
heard-elsewhere = Nicht in deiner Bibliothek: { $names }
heard-unnamed = { $count ->
    [one] Ein Stück konnte ich nicht benennen
   *[other] { $count } Stücke konnte ich nicht benennen
}
where-place = ({ $place })
where-stream = ({ $name })

hum-like = Das klingt nach { $what }
    .v2 = Für mich klingt das nach { $what }
hum-from = { $what }, etwa ab { $from }
hum-unsure = Ich bin nicht sicher
hum-which = Meintest du { $names }?
hum-unknown = Diese Melodie kann ich nicht benennen: { $reason }
hum-nearest = Von { $count ->
    [one] einer Melodie
   *[other] { $count } Melodien
} kommt { $title } dem am nächsten, was du { $how ->
    [whistled] gepfiffen
   *[hummed] gesummt
} hast
hum-sure = Ich bin zu { $percent } Prozent sicher; ein Summen allein macht es nie gewiss
hum-again = Summ es noch einmal, am besten den Refrain; oder sag „es war“ und den Titel
cannot-learn = { $title } ist nicht in deiner Bibliothek, also kann ich es nicht lernen

nothing = Das finde ich nicht in deiner Bibliothek: { $wanted }
    .v2 = Ich habe nichts gefunden zu: { $wanted }
nothing-that = Das finde ich nicht
nothing-recalled = Dazu habe ich nichts notiert
nothing-in-queue = Das ist nicht in der Warteschlange
nearest = Am nächsten kommt { $what }
mean-that = Meinst du das?
play-that = Soll ich das spielen?
add-that = Soll ich das hinzufügen?
which-of = { $names }?
say-more-like-this = Sag „mehr davon“, wenn es weitergehen soll

no-radio = Radiosender habe ich nicht, nur deine Bibliothek. Nenn mir lieber ein Genre oder einen Interpreten.
nothing-to-choose = Es gibt noch keine Liste zum Auswählen. Frag erst nach Musik.
no-other = Etwas anderes habe ich nicht anzubieten. Sag mir mehr darüber, was du möchtest.
glad = Alles klar
what-to-find = Was soll ich suchen? Nenn ein Lied, einen Interpreten, ein Album oder eine Stimmung.
by-whom = Von wem? Nenn einen Interpreten, oder spiel erst etwas.
which-playlist = Welche Playlist meinst du?
name-the-playlist = Wie soll die Playlist heißen?
cannot-set = Diese Einstellung kann ich nicht ändern. Lautstärke, Zufall, Wiederholung und die Stelle im Lied schon.
no-name-yet = Ich konnte nicht benennen, was ich gehört habe, also kann ich damit nichts anfangen. Wenn du es kennst, sag „es war“ und den Titel.
heard-not-in-library = Was ich gehört habe, ist nicht in deiner Bibliothek, also kann ich es nicht spielen
which-name = Wie heißt es? Sag „es war“ und den Titel.
refuse = Das kann ich nicht. Ich kann Musik spielen, finden, einreihen und empfehlen, Playlists führen und mich erinnern, was du gehört hast.
    .v2 = Tut mir leid, ich kenne mich nur mit deiner Musik aus: spielen, finden, einreihen, empfehlen, Playlists und dein Verlauf.
    .brief = Das kann ich nicht
only-music = Ich habe nur deine Musikbibliothek: keine Podcasts, Hörbücher, Filme oder Spiele
help = Versuch es mit „spiel etwas Ruhiges“, „etwas zum Lernen“, „wie das, aber langsamer“, „warum dieses Lied?“, „was ist das?“, „füg das zu meiner Playlist Abend hinzu“, „was habe ich gestern gehört?“ oder „rückgängig“.
greet = Hallo! Was möchtest du hören?
    .v2 = Hallo! Soll ich etwas auflegen?
welcome = Gern geschehen.
    .v2 = Mit Vergnügen.
    .plain = Bitte.
goodbye = Bis bald. Sag einfach Bescheid, wenn du Musik möchtest.
    .plain = Auf Wiedersehen.
library-size = In deiner Bibliothek: { tracks }, { $artists ->
    [one] ein Interpret
   *[other] { $artists } Interpreten
}, { $albums ->
    [one] ein Album
   *[other] { $albums } Alben
}
leave-it = Gut, ich lasse es
    .v2 = In Ordnung. Sag, wenn du etwas anderes möchtest.
first-or-second = Das erste oder das zweite?
which-number = Welches: 1 bis { $count }?
no-such-number = Die Liste hat nur { $count ->
    [one] einen Eintrag
   *[other] { $count } Einträge
}, keine Nummer { $number }
nothing-done = Ich habe noch nichts getan. Sag mir, was du hören möchtest.

small-talk-who = Ich bin Refrain, der Musikassistent dieses Hauses. Was möchtest du hören?
    .plain = Ich bin Refrain, ein Musikassistent: ein Programm, kein Mensch.
small-talk-how = Sehr gut, danke. Soll ich etwas auflegen?
    .plain = Es läuft alles, wie es soll. Soll ich etwas auflegen?
small-talk-joke = Treffen sich zwei Noten. Sagt die eine: Heute bin ich ganz halb.
    .v2 = Warum sind Dirigenten so gelassen? Sie wissen, wann Pause ist.
    .plain = Witze kenne ich nicht, nur Musik.
small-talk-sing = Das Singen überlasse ich denen, die es können. Wen möchtest du hören?
small-talk-taste = Alles, was dich bis zum letzten Ton bleiben lässt. Was soll ich spielen?
    .plain = Einen eigenen Geschmack habe ich nicht, ich lerne deinen.
small-talk-praise = Danke. Das ist Musik in meinen Ohren.
    .plain = Danke.
small-talk-blame = Das tut mir leid. Sag „rückgängig“, oder sag mir, was du meintest.
speaker-hello = Hallo, { $name }
speaker-is = Du bist { $name }
speaker-unknown = Das weiß ich nicht. Sag „hier ist“ und deinen Namen
verbosity-less = Gut, kurz
verbosity-more = Gern, ich erzähle mehr
verbosity-normal = Gut, wie gewohnt
still-meant = Meinst du { $title } aus der Liste von vorhin?
delete-really = Soll ich die Playlist { $name } löschen?
deleted-for-good = Eine gelöschte Playlist kommt nicht zurück. Leg eine neue an, wenn du sie wieder brauchst
track-is = Das ist { $track }
track-length = Es dauert { $length }
aside-kept = Fürs Erste gilt: { $wish }
aside-over = Gut, es geht wieder alles
one-question = Erst das eine; frag mich danach noch einmal nach dem anderen
too-many-requests = Das war mehr, als ich auf einmal tue. Sag den Rest noch einmal

weekday = { $weekday ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}
month = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
clock-today = um { $clock } Uhr
clock-tomorrow = morgen um { $clock } Uhr
clock-yesterday = gestern um { $clock } Uhr
clock-weekday = am { weekday } um { $clock } Uhr
clock-date = am { $day }. { month } um { $clock } Uhr
clock-days = { $days } um { $clock } Uhr
days-all = jeden Tag
days-work = werktags
days-weekend = am Wochenende
days-some = jeden { $names }
after-song = nach diesem Lied
after-songs = { $count ->
    [one] nach diesem Lied
   *[other] nach { $count } Liedern
}
after-album = am Ende des Albums
after-named = am Ende von { $title }
after-queue = am Ende der Warteschlange
sleep-set = Die Musik hört { $when } auf
sleep-cancelled = Der Schlaftimer ist aus
alarm-set = Ich spiele { $when }: { $music }
alarm-liked = Musik, die dir gefällt
alarm-player = Es erklingt auf { $player }
alarm-cancelled = Der Wecker { $when } ist aus
alarm-missed = Der Wecker { $when } hat nicht geklingelt
timer-replaced = Das ersetzt den früheren
timer-unwatched = Das geht nur, solange der Server läuft
timers-cancelled = { $count ->
    [one] Ein Timer ist aus
   *[other] { $count } Timer sind aus
}
timers-set = Gestellt: { $names }
timer-alarm = { $when } { $music }
timer-sleep = { $when } hört die Musik auf
no-timer = Es ist kein Timer gestellt
no-sleep-timer = Es ist kein Schlaftimer gestellt
no-alarm = Es ist kein Wecker gestellt

## What the tools write in English

unsaid = { "" }
terms = { $names }
wish = Musik ({ $parts })
wish-liked = die dir gefällt
wish-by = von { $names }
wish-like = wie { $name }
wish-below = unter { $high } BPM
wish-above = über { $low } BPM
wish-around = um { $bpm } BPM
wish-between = { $low } bis { $high } BPM
wish-steps = { $steps } Schritte pro Minute
wish-until = bis { $last }
wish-since = seit { $first }
wish-year = von { $first }
wish-decade = { $first }er
wish-years = { $first } bis { $last }
wish-without = ohne { $what }
note-bpm = etwa { $bpm } BPM
note-from = ab { $at } { $what }
note-played = { $count ->
    [one] schon einmal gespielt
   *[other] schon { $count }-mal gespielt
}
note-suits = passt { $what }
note-like-for = wie das, was du sonst spielst ({ $what })
note-like = ähnlich wie { $what }
note-after = lief schon nach { $what }
note-next = { $what } spielst du danach
note-stay = du bleibst bei { $what }
note-liked = gefällt dir
note-others = hören andere mit ähnlichem Geschmack
note-usual = für dich üblich { $what }
note-goes = passt gut { $what }
note-by = von { $what }
note-year = von { $what }
note-sings = da singt jemand
note-called = heißt so
note-album = vom Album
note-sung = es geht „{ $what }“
note-cover = das Cover passt
note-returns = wie das, worauf du immer wieder zurückkommst
note-came-next = kam schon einmal danach
note-sound = ein ähnlicher Klang
note-genres = dieselben Genres
note-artist-after = { $what } hörst du nach { $other }
note-sung-in = in dieser Sprache gesungen
time-at = um { $clock } Uhr
time-yesterday-at = gestern um { $clock } Uhr
time-date-at = am { $day }. { month } um { $clock } Uhr
time-day = { $day ->
    [today] heute
    [before-yesterday] vorgestern
   *[yesterday] gestern
}{ $part ->
    [morning] {" "}Morgen
    [afternoon] {" "}Nachmittag
    [evening] {" "}Abend
    [night] {" "}Nacht
   *[day] {""}
}
time-weekday = am { weekday }{ $part ->
    [morning] {""}morgen
    [afternoon] {""}nachmittag
    [evening] {""}abend
    [night] {" "}in der Nacht
   *[day] {""}
}
time-ago = vor { $unit ->
    [second] { $count ->
        [one] einer Sekunde
       *[other] { $count } Sekunden
    }
    [minute] { $count ->
        [one] einer Minute
       *[other] { $count } Minuten
    }
    [hour] { $count ->
        [one] einer Stunde
       *[other] { $count } Stunden
    }
    [day] { $count ->
        [one] einem Tag
       *[other] { $count } Tagen
    }
    [week] { $count ->
        [one] einer Woche
       *[other] { $count } Wochen
    }
   *[month] { $count ->
        [one] einem Monat
       *[other] { $count } Monaten
    }
}
time-in-the-last = { $unit ->
    [second] in den letzten { $count } Sekunden
    [minute] { $count ->
        [one] in der letzten Minute
       *[other] in den letzten { $count } Minuten
    }
    [hour] { $count ->
        [one] in der letzten Stunde
       *[other] in den letzten { $count } Stunden
    }
    [day] in den letzten { $count } Tagen
    [week] { $count ->
        [one] in der letzten Woche
       *[other] in den letzten { $count } Wochen
    }
   *[month] { $count ->
        [one] im letzten Monat
       *[other] in den letzten { $count } Monaten
    }
}
time-just-now = gerade eben
time-last-weekend = letztes Wochenende
time-in-year = im Jahr { $year }
time-in-month = im { month }
time-on-date = am { $day }. { month }
time-this = { $unit ->
    [week] diese Woche
    [month] diesen Monat
   *[year] dieses Jahr
}
time-last = { $unit ->
    [week] letzte Woche
    [month] letzten Monat
   *[year] letztes Jahr
}
which-wish = Was möchtest du: { $choices }?
which-one = Was davon meinst du?
which-by = Was meinst du mit „{ $said }“?
whose = { $name }: von wem?
which-named = { $name }: was davon meinst du?
none-number = Eine Nummer { $number } gibt es in der Liste nicht
none-list = Es gibt keine Liste zum Auswählen
none-any-more = Das ist nicht mehr in der Bibliothek
none-liked = Du hast noch nichts als gut bewertet
none-playlist = Eine Playlist namens { $name } gibt es nicht
none-genre = Dazu habe ich keine Musik: { $genre }
none-that = Das finde ich nicht
none-learned = Dazu habe ich nichts gelernt: { $about }
none-wish = Dafür finde ich nichts: { $wish }
none-in-that-playlist = { $what } ist nicht in der Playlist { $name }
none-in-queue = { $what } ist nicht in der Warteschlange
none-else = Sonst habe ich nichts von { $name }
none-played-yet = Es wurde noch nichts gespielt
none-played = Dazu ist nichts notiert: da wurde nichts { $kind ->
    [skip] übersprungen
    [like] als gut bewertet
    [dislike] als schlecht bewertet
   *[play] gespielt
}
none-played-by = Von { $about } ist da nichts { $kind ->
    [skip] übersprungen
    [like] als gut bewertet
    [dislike] als schlecht bewertet
   *[play] gespielt
} worden
none-heard = Da habe ich nichts Gehörtes notiert
none-heard-by = Von { $about } habe ich nichts Gehörtes notiert
reason-too-short = das war zu kurz
reason-silent = ich höre fast nichts
reason-no-match = nichts in deiner Bibliothek passt dazu
reason-kept-only = ich behalte nur die letzten { $seconds } Sekunden
reason-none-kept = in den letzten { $seconds } Sekunden erkenne ich nichts
reason-hum-silent = ich höre fast nichts
reason-hum-too-short = das war zu kurz
reason-hum-speech = das klang nach Sprechen, nicht nach einer Melodie
reason-hum-no-tune = ich höre Geräusche oder mehrere Töne zugleich, aber keine einzelne Melodie
reason-hum-waiting = die Melodien deiner Musik sind noch nicht ausgewertet, es fehlen noch { $count }
reason-hum-none = es gibt noch keine Melodien zum Vergleichen
reason-hum-far = keine Melodie, die ich kenne, kommt nahe genug
step-longer = Lass mich fünf Sekunden oder länger hören.
step-nearer = Halte das Mikrofon näher an die Musik oder mach sie lauter, und frag noch einmal.
step-noisy = Frag näher an der Musik noch einmal, falls es laut war.
step-kept = Ich behalte den Fingerabdruck, keinen Ton: sag mir den Titel, oder nimm es in deine Musik auf.
step-listen-next = Wenn es im Raum war: sag „hör zu“, dann kann ich nächstes Mal zurückschauen.
step-hum-silent = Summ lauter oder näher am Mikrofon, mindestens fünf Sekunden.
step-hum-too-short = Summ noch einmal fünf bis zehn Sekunden, am besten den Refrain.
step-hum-speech = Summ es, pfeif es, oder sing es auf la.
step-hum-no-tune = Summ es allein, ohne Musik, nah am Mikrofon.
step-hum-waiting = Frag später noch einmal.
step-hum-none = Füge erst Musik hinzu.
step-hum-far = Summ es noch einmal, am besten den Refrain.
failed-no_player = Es ist kein Player da. Öffne die Seite im Browser und spiel dort
failed-player_not_responding = Der Player meldet keinen Ton. Sieh nach, ob er an ist, und versuch es noch einmal
failed-player_refused = Der Player kann das nicht spielen. Versuch einen anderen Titel
failed-player_blocked = Der Browser erlaubt noch keinen Ton. Klick einmal auf die Seite und versuch es noch einmal
failed-queue_empty = Die Warteschlange ist zu Ende
failed-nothing_playing = Gerade läuft nichts
failed-not_asked_for = Darum hast du mich so nicht gebeten; sag es bitte ausdrücklich
failed-nothing_named = Da fehlt noch, worum es geht. Sag es bitte dazu
failed-too_much = Das ist mehr als ein einzelner Titel. Nenn bitte ein Lied
failed-playlist_exists = Eine Playlist namens { $name } gibt es schon. Nimm einen anderen Namen
failed-no_rule = Diese Playlist hat keine Regel, nach der sie sich füllt
failed-no_taste = Geschmack wird hier nicht gelernt
failed-nothing_recommended = Empfehlungen gibt es hier nicht. Nenn Musik beim Namen
failed-recognition_off = Das Erkennen von Aufnahmen ist ausgeschaltet
failed-humming_off = Das Erkennen gesummter Melodien ist ausgeschaltet
failed-not_listening = Ich höre nichts um dich herum: kein Mikrofon ist an. Drück auf der Seite „What is this?“ und erlaube das Mikrofon
failed-not-then = Da habe ich nicht zugehört, und von vorher ist nichts da. Sag „hör zu“, dann geht es nächstes Mal
failed-nothing_recognised = Ich habe hier noch nichts erkannt. Frag „was ist das?“, während die Musik läuft
failed-clip_gone = Diese Aufnahme ist nicht mehr da. Nimm sie noch einmal auf
failed-tool_timeout = Das hat zu lange gedauert. Versuch es bitte noch einmal
failed-internal_error = In Refrain ist etwas schiefgegangen. Versuch es bitte noch einmal
failed-invalid_arguments = Das habe ich nicht verstanden. Sag es bitte anders
failed-too_many_calls = Das waren zu viele Schritte auf einmal
failed-no_volume = Die Lautstärke dieses Players lässt sich von hier nicht ändern
failed-not_in_library = Das ist nicht in der Bibliothek
failed-queue_full = Die Warteschlange ist voll
failed-time_is_past = Diese Zeit ist schon vorbei. Nenn eine andere
failed-no_sleep_timer = Es ist kein Schlaftimer gestellt
failed-no_timers = Timer gibt es hier nicht
term = { $key ->
    [calm] ruhig
    [sad] traurig
    [melancholic] melancholisch
    [happy] fröhlich
    [uplifting] aufbauend
    [romantic] romantisch
    [sexy] sinnlich
    [energetic] energisch
    [angry] wütend
    [dark] düster
    [mysterious] geheimnisvoll
    [dreamy] verträumt
    [nostalgic] nostalgisch
    [epic] episch
    [tense] spannend
    [playful] verspielt
    [groovy] groovig
    [psychedelic] psychedelisch
    [weird] seltsam
    [warm] warm
    [fast] schnell
    [slow] langsam
    [catchy] eingängig
    [emotional] gefühlvoll
    [beautiful] schön
    [danceable] tanzbar
    [acoustic] akustisch
    [instrumental] instrumental
    [electronic] elektronisch
    [sung] mit Gesang
    [vocals] Gesang
    [loud] laut
    [piano] Klavier
    [guitar] Gitarre
    [acoustic-guitar] Akustikgitarre
    [electric-guitar] E-Gitarre
    [bass] Bass
    [drums] Schlagzeug
    [violin] Geige
    [strings] Streicher
    [cello] Cello
    [saxophone] Saxofon
    [trumpet] Trompete
    [brass] Bläser
    [flute] Flöte
    [clarinet] Klarinette
    [harp] Harfe
    [organ] Orgel
    [accordion] Akkordeon
    [harmonica] Mundharmonika
    [synthesizer] Synthesizer
    [choir] Chor
    [classical] Klassik
    [for-workout] fürs Training
    [for-running] zum Laufen
    [for-walking] zum Spazieren
    [for-study] zum Lernen
    [for-studying] zum Lernen
    [for-focus] zum Konzentrieren
    [for-sleep] zum Einschlafen
    [for-party] für die Party
    [for-dinner] zum Essen
    [for-commute] für den Arbeitsweg
    [for-driving] zum Autofahren
    [for-road-trip] für die Reise
    [for-cleaning] zum Putzen
    [for-yoga] zum Yoga
    [for-meditation] zum Meditieren
    [for-gaming] zum Spielen
    [for-relaxing] zum Entspannen
    [for-waking] zum Aufwachen
    [for-morning] für den Morgen
    [for-afternoon] für den Nachmittag
    [for-evening] für den Abend
    [for-night] für die Nacht
    [for-weekend] fürs Wochenende
    [calmer] ruhiger
    [more-energetic] energischer
    [darker] düsterer
    [happier] fröhlicher
    [less-danceable] weniger tanzbar
    [more-danceable] tanzbarer
    [less-acoustic] weniger akustisch
    [more-acoustic] akustischer
    [less-instrumental] weniger instrumental
    [more-instrumental] instrumentaler
    [with-less-singing] mit weniger Gesang
    [with-more-singing] mit mehr Gesang
    [softer] leiser
    [louder] lauter
    [slower] langsamer
    [faster] schneller
    [older] älter
    [newer] neuer
    [brighter] heller
    [duller] dumpfer
    [steadier] gleichmäßiger
    [more-changing] wechselhafter
    [the-sound] den Klang
    [the-instruments] die Instrumente
    [the-number-of-tracks] die Anzahl
    [the-length] die Länge
    [the-cadence] die Schrittfrequenz
    [in-the-morning] am Morgen
    [in-the-afternoon] am Nachmittag
    [in-the-evening] am Abend
    [at-night] in der Nacht
    [around-noon] um die Mittagszeit
   *[other] { $word }
}

## Rückfragen zu Timern

when-with-length = { $when } ({ minutes })
ask-when-stop = Wann soll die Musik aufhören?
ask-when-play = Um wie viel Uhr soll ich spielen?
ask-which-timer = Welchen: { $names }?
alarm-nothing-meant = Gerade läuft nichts, was ich dann spielen könnte. Nenn mir Musik

## Rooms and speakers

everywhere = Überall
in-room = { $room }: { $what }
rooms-unable = { $names } kann die Lautstärke von hier aus nicht ändern
moved = { $track } läuft dort weiter
moved-paused = { $track } ist jetzt dort, angehalten
no-speakers = Ich kenne noch keinen Lautsprecher.
speakers-are = Es gibt: { $names }
speaker-plays = { $name } (spielt { $title })
speaker-paused = { $name } ({ $title } ist angehalten)
speaker-gone = { $name } (nicht verbunden)

## What is known of a recording, and who says so

fact-own-file = die Datei
fact-lyrics = Der Text von { $track } (Quelle: { $source }): „{ $lines }“
fact-lyrics-more = Der ganze Text steht auf der Seite
fact-instrumental = In { $track } singt niemand, sagt { $source }
fact-untimed = Ich kenne den Text von { $track }, aber nicht, wann welche Zeile gesungen wird
fact-line = Gerade: „{ $line }“ (Quelle: { $source })
fact-no-line = Gerade wird nichts gesungen
fact-released = { $track } ist von { $when } (Quelle: { $source })
fact-released-too = { $source } sagt { $when }
fact-label = { $track } ist beim Label { $label } erschienen (Quelle: { $source })
fact-no-lyrics = Ich kenne den Text von { $track } nicht
fact-no-year = Ich weiß nicht, wann { $track } erschienen ist
fact-no-label = Ich weiß nicht, bei welchem Label { $track } erschienen ist

## Spotify, and what a radio station plays

spotify-playing = Spotify spielt { $track }
spotify-playing-on = Spotify spielt { $track } auf { $device }
spotify-paused = Spotify ist pausiert
spotify-silent = Auf Spotify läuft gerade nichts
spotify-found = Spotify hat { $names }
spotify-nothing = Auf Spotify finde ich nichts namens { $wanted }
station-plays = { $station } spielt { $track }
station-probably = { $station } spielt wahrscheinlich { $track }
station-says = { $station } selbst sagt: „{ $title }“
station-silent = { $station } läuft; der Sender sagt nicht, was er spielt, und ich erkenne es nicht
failed-spotify_unable = Bei Spotify kann ich von hier nur abspielen, pausieren und weiterspielen; den Rest macht die App
failed-spotify_not_set_up = Spotify ist hier nicht verbunden. Dafür braucht sources.spotify_client_id die Client-ID deiner eigenen Spotify-Anwendung; wie das geht, steht auf der Seite unter Settings, Services
failed-spotify_off = Spotify ist nicht verbunden. Melde dich auf der Seite unter Settings, Services an, oder mit: refrain services connect spotify
failed-spotify_login_needed = Spotify will, dass du dich neu anmeldest: auf der Seite unter Settings, Services
failed-spotify_plays_nowhere = Spotify ist auf keinem Gerät aktiv. Öffne es auf dem Handy, am Computer oder auf einem Lautsprecher und versuch es noch einmal
failed-spotify_refused = Spotify lehnt das ab. Fernsteuern geht dort nur mit Premium
failed-spotify_busy = Spotify lässt gerade keine weiteren Anfragen zu. Versuch es in einer Minute noch einmal
failed-spotify_away = Spotify antwortet gerade nicht. Versuch es gleich noch einmal
