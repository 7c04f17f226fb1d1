# Co Refrain mówi po polsku.

list-comma = { $head }, { $tail }
list-and = { $head } i { $tail }
list-also = { $head } i { $tail }
list-or = { $head } czy { $tail }
list-more = { $names } i jeszcze { $more } na stronie
track-by = { $title } – { $artist }
album-by = album { $title } – { $artist }
playlist-called = playlista { $name }
choice-artist = wykonawca { $name }
choice-song = piosenka { $track }
artists-and-others = { $names } i inni
tracks = { $count ->
    [0] brak utworów
    [one] jeden utwór
    [few] { $count } utwory
    [many] { $count } utworów
   *[other] { $count } utworu
}
albums = { $count ->
    [one] jeden album
    [few] { $count } albumy
    [many] { $count } albumów
   *[other] { $count } albumu
}
artists = { $count ->
    [one] jeden wykonawca
    [few] { $count } wykonawców
    [many] { $count } wykonawców
   *[other] { $count } wykonawcy
}
playlists = { $count ->
    [one] jedna playlista
    [few] { $count } playlisty
    [many] { $count } playlist
   *[other] { $count } playlisty
}
things = { $count ->
    [one] jedna rzecz
    [few] { $count } rzeczy
    [many] { $count } rzeczy
   *[other] { $count } rzeczy
}
minutes = { $minutes ->
    [one] jedna minuta
    [few] { $minutes } minuty
    [many] { $minutes } minut
   *[other] { $minutes } minuty
}
tracks-of = { $name }: { tracks }
tracks-lasting = { tracks }, { minutes }
music = muzyka

no-sound-yet = Odtwarzacz dostał polecenie, ale nie zgłasza jeszcze żadnego dźwięku
play-track = Gra { $track }
    .v2 = Proszę bardzo: { $track }
    .v3 = Teraz gra { $track }
play-album = Gra album { $name } – { $artist }, { tracks }, na początek { $title }
    .brief = Gra album { $name }
play-artist = Gra { $name }: { tracks }, na początek { $title }
    .brief = Gra { $name }
play-playlist = Gra twoja playlista { $name }, { tracks }, na początek { $first }
    .brief = Gra { $name }
play-liked = Gra muzyka, którą lubisz: { tracks }, na początek { $first }
    .brief = Gra muzyka, którą lubisz
play-several = Gra muzyka: { tracks }, na początek { $first }
    .brief = Gra muzyka: { tracks }
from-album = To z albumu { $album }
from-album-year = To z albumu { $album }, rok { $year }
queued-next = Następne będzie: { $what }
    .brief = Następne
queued = Dodane do kolejki: { $what }
    .v2 = Jest już w kolejce: { $what }
    .brief = Dodane
now-track = Teraz gra { $track }
    .v2 = Proszę bardzo: { $track }
    .brief = { $track }
skipped-silent = Utwór przełączony, ale odtwarzacz nie zgłasza jeszcze żadnego dźwięku
resumed = Gra dalej: { $track }
    .brief = Gra dalej
nothing-paused = Nic nie jest wstrzymane
paused = Pauza
not-paused = Odtwarzacz nie jest wstrzymany
stopped = Zatrzymane
still-playing = Odtwarzacz jeszcze gra
shuffle-on = Losowa kolejność włączona
shuffle-off = Losowa kolejność wyłączona
repeat-off = Powtarzanie wyłączone
repeat-one = Ten utwór będzie powtarzany
repeat-all = Kolejka będzie powtarzana
from-beginning = Od początku
position-now = Teraz { $at }
muted = Wyciszone
volume = Głośność { $level } procent
    .brief = { $level } procent
volume-asked = Głośność to { $level } procent
    .brief = { $level } procent
volume-most = Głośniej się nie da: { $level } procent
volume-least = Ciszej się nie da: { $level } procent

queue-cleared = Kolejka wyczyszczona ({ tracks }). Powiedz „cofnij”, żeby ją odzyskać.
    .brief = Wyczyszczona
undone = Cofnięte
in-queue = W kolejce: { tracks }
queue-removed = Usunięte z kolejki: { $what }
    .brief = Usunięte
queue-moved = { $title } ma teraz numer { $place } w kolejce
queue-empty = Kolejka jest pusta
queue-list = W kolejce: { $names }
queue-only = { $track }, a potem już nic
queue-now = Teraz { $track }
queue-left = Potem { $count ->
    [one] jest jeszcze jedna piosenka
    [few] są jeszcze { $count } piosenki
    [many] jest jeszcze { $count } piosenek
   *[other] jest jeszcze { $count } piosenki
}
queue-then = Potem { $names }

nothing-playing = Nic teraz nie gra
paused-track = Wstrzymane: { $track }
track-from-year = { $track }: rok { $year }
track-no-year = { $track }; plik nie podaje roku
length-left = Trwa { $length }, zostało { $left }
now-hearing = To jest { $track }
    .v2 = Słuchasz: { $track }
    .brief = { $track }
now-hearing-from = To jest { $track }, z albumu { $album }
    .v2 = Słuchasz: { $track }, z albumu { $album }

liked = Zapamiętane, to ci się podoba: { $what }
    .brief = Zapamiętane
disliked = Zapamiętane, to ci się nie podoba: { $what }. Więcej tego nie zaproponuję
    .brief = Zapamiętane
unrated = Ocena wycofana: { $what }
    .brief = Wycofana
taste-reset = Twój gust jest zapomniany i zaczynam od nowa. Historia i oceny zostają.
taste-forgotten = Zapomniane jest to, czego się nauczyłem o: { $about }
track-never = Tego już nigdy nie zaproponuję: { $about }
track-not-now = Dziś bez tego: { $about }
track-more = Zapamiętane, więcej takich jak { $about }
track-less = Zapamiętane, mniej takich jak { $about }
music-of = muzyka ({ $about })
taste-never = Zapamiętane, nigdy: { $kind }
taste-more = Zapamiętane, więcej tego: { $kind }
taste-less = Zapamiętane, mniej tego: { $kind }
taste-concerns = W twojej bibliotece to { tracks }
taste-concerns-none = W twojej bibliotece nic takiego nie znam
taste-rated = Twoje oceny: { $what }
taste-liked = lubiane – { $count }
taste-disliked = nielubiane – { $count }
taste-unknown = Nic jeszcze nie wiem o twoim guście. Uczę się z tego, czego słuchasz i co mówisz.
taste-lines = { $count ->
    [one] Wiem jedną rzecz o twoim guście; jest na stronie
    [few] Wiem { $count } rzeczy o twoim guście; są na stronie
    [many] Wiem { $count } rzeczy o twoim guście; są na stronie
   *[other] Wiem { $count } rzeczy o twoim guście; są na stronie
}

playlist-created = Playlista { $name } utworzona, a w niej { $what }
    .brief = Utworzona
playlist-created-empty = Playlista { $name } utworzona. Na razie jest pusta.
    .brief = Utworzona
playlist-deleted = Playlista { $name } usunięta
    .brief = Usunięta
playlist-renamed = { $name } nazywa się teraz { $new }
playlist-added = Dodane do { $name }: { $what }
    .brief = Dodane
playlist-has = { $title } – to już jest w { $name }
playlist-has-all = To wszystko już jest w { $name }
playlist-removed = Usunięte z { $name }: { $what }
    .brief = Usunięte
playlist-empty = Playlista { $name } jest pusta
playlist-content = { $name }, { tracks }: { $names }
no-playlists = Nie masz jeszcze playlist. Powiedz „utwórz playlistę o nazwie Wieczór”.
your-playlists = Twoje playlisty ({ $count }): { $names }
playlist-stays = Nic już nie pasuje do reguły playlisty { $name }, więc zostaje bez zmian
playlist-fresh = { $name } jest odświeżona: { $amount }
playlist-made = Playlista { $name } utworzona: { $amount }
playlist-made-first = Playlista { $name } utworzona: { $amount }, na początek { $first }
playlist-refills = Codziennie zapełnia się od nowa
flow-ramp = { $what }, coraz mocniej
flow-hill = { $what }, najpierw mocniej, potem spokojniej
flow-down = { $what }, coraz spokojniej

found-one = Jest: { $what }
    .brief = { $what }
found-many = Znalezione ({ $amount }): { $names }
    .brief = { $names }
found-because = Jest: { $what } ({ $reason })
found-more = Na stronie jest jeszcze { $count }
found-matches = { $count ->
    [one] Jeden wynik
    [few] { $count } wyniki
    [many] { $count } wyników
   *[other] { $count } wyniku
}: { $first }, { $rest }
with-reason = { $track } ({ $reason })
with-reason-aside = { $track } ({ $reason })
first-and-rest = { $first }; a także { $rest }
suggested = Może { $what }?
    .v2 = Spróbuj: { $what }
    .v3 = Proponuję: { $what }
    .brief = { $what }
opened = Mam coś dla ciebie
    .v2 = Spróbujmy tego
opened-closest = To jest najbliższe temu, o co chodzi
opened-mood = Oto muzyka ({ $mood })
opened-wish = Oto { $wish }
opened-genre = Oto { $name }
opened-more = Więcej od { $name }
chosen-one = { $opening }: { $first }
    .brief = Gra { $first }
chosen-several = { $opening }: { tracks }, na początek { $first }
    .brief = Gra { $first }
chosen-lasting = { $opening }: { tracks }, { minutes }, na początek { $first }
    .brief = { tracks }, { minutes }, na początek { $first }
let-go = Nic nie spełnia wszystkiego; pominięte: { $what }
cannot-hear = Nie słyszę, co z tego jest takie: { $what }
only-guessed = To można z brzmienia tylko zgadywać: { $what }
turns-at = Pierwszy utwór pasuje od { $at } ({ $mood })
chosen-because = { $track } jest tu dlatego: { $reason }
not-chosen-but = { $track } nie jest moim wyborem; przemawia za tym: { $reason }
not-chosen = { $track } nie jest moim wyborem, i nie wiem jeszcze, co za tym przemawia

history-one = { $when } { $kind ->
    [skip] pominięte
    [like] ocenione dobrze
    [dislike] ocenione źle
   *[play] odtworzone
}: { $track }
history-when = { $when } { $kind ->
    [skip] pominięte
    [like] ocenione dobrze
    [dislike] ocenione źle
   *[play] odtworzone
}: { $names }
history-last = Ostatnio { $kind ->
    [skip] pominięte
    [like] ocenione dobrze
    [dislike] ocenione źle
   *[play] odtworzone
}: { $names }
history-most = Najczęściej { $kind ->
    [skip] pominięte
    [like] ocenione dobrze
    [dislike] ocenione źle
   *[play] odtworzone
}: { $names }
history-most-when = { $when } najczęściej { $kind ->
    [skip] pominięte
    [like] ocenione dobrze
    [dislike] ocenione źle
   *[play] odtworzone
}: { $names }

this-is = To jest { $what }
    .brief = { $what }
that-was = To było { $what }
that-is-probably = To prawdopodobnie { $what }
that-was-probably = To było prawdopodobnie { $what }
probably = prawdopodobnie { $track }
could-also-be = Może to też być { $other }
heard-from-album = { $what }, z albumu { $album }
heard-not-owned = { $what } (nie ma w twojej bibliotece)
heard-at = { $what }, w { $at }
position-then = To było w { $at }
position-heard = Teraz jest { $at }
heard-year = { $track }: rok { $year }
heard-year-probably = { $track }: prawdopodobnie rok { $year }
heard-no-year = { $track }: plik nie podaje roku
heard-album = To z albumu { $album }
heard-album-probably = To prawdopodobnie z albumu { $album }
heard-artist = { $artist }
heard-artist-probably = prawdopodobnie { $artist }
told-to-me = Znam to jako { $title }, bo ktoś mi tak powiedział
known-as = Odtąd znam to jako { $track }
match-share = Z { NUMBER($clip, minimumFractionDigits: 1) } sekundy nagrania pasuje { NUMBER($matched, minimumFractionDigits: 1) } sekundy do { $title }
match-share-from = Z { NUMBER($clip, minimumFractionDigits: 1) } sekundy nagrania pasuje { NUMBER($matched, minimumFractionDigits: 1) } sekundy do { $title }, od { $from }
match-sure = To daje { $percent } procent pewności
match-unsure = To daje { $percent } procent pewności, czyli za mało, żeby wiedzieć na pewno
match-changed = { $changes }
runs-fast = leci szybciej o { $percent } procent
runs-slow = leci wolniej o { $percent } procent
sounds-higher = brzmi wyżej o { $count ->
    [one] półton
    [few] { $count } półtony
    [many] { $count } półtonów
   *[other] { $count } półtonu
}
sounds-lower = brzmi niżej o { $count ->
    [one] półton
    [few] { $count } półtony
    [many] { $count } półtonów
   *[other] { $count } półtonu
}
listening = Teraz słucham: ostatnie minuty zostają w pamięci i nic nie jest nagrywane. Pytaj „co to było?”, kiedy chcesz; powiedz „przestań słuchać”, żeby to zakończyć.
    .brief = Teraz słucham
listening-over = Już nie słucham, a to, co było w pamięci, jest wymazane
forgotten-one = { $title } – usunięte z listy usłyszanych
forgotten = Zapomniane: { things }
forgotten-when = Zapomniane ({ $when }): { things }
right = Dziękuję, to było { $right }
right-not = Dziękuję, to było { $right }, a nie { $wrong }
will-remember = Zapamiętam to
noted-not = Zapamiętane: to nie było { $wrong }
noted-wrong = Zapamiętane: to była pomyłka
not-in-library = Tego nie ma w twojej bibliotece: { $title }
was-it = Czy to było { $track }?
say-it-was = Jeśli wiesz, co to było, powiedz „to było” i tytuł
cannot-name = Nie umiem tego nazwać
cannot-name-because = Nie umiem tego nazwać: { $reason }
cannot-name-before = Nie umiem tego nazwać, choć znam to ze słyszenia ({ $count }×)
cannot-name-because-before = Nie umiem tego nazwać: { $reason }. Znam to ze słyszenia ({ $count }×)
another-performance = To brzmi jak inne wykonanie: { $track }. Zagrać je?
heard-one = { $when } { $where } słychać było: { $track }
heard-one-probably = { $when } { $where } słychać było prawdopodobnie: { $track }
heard-list = Słychać było { $where }: { $names }
heard-list-when = { $when } { $where } słychać było: { $names }
heard-list-most = Najczęściej słychać było { $where }: { $names }
heard-list-most-when = { $when } { $where } najczęściej słychać było: { $names }
heard-when = { $when }: { $what }
heard-elsewhere = Nie ma w twojej bibliotece: { $names }
heard-unnamed = { $count ->
    [one] Jednej melodii nie dało się nazwać
    [few] { $count } melodii nie dało się nazwać
    [many] { $count } melodii nie dało się nazwać
   *[other] { $count } melodii nie dało się nazwać
}
where-place = ({ $place })
where-stream = ({ $name })

hum-like = To brzmi jak { $what }
    .v2 = Dla mnie to brzmi jak { $what }
hum-from = { $what }, mniej więcej od { $from }
hum-unsure = Nie mam pewności
hum-which = Czy chodziło o: { $names }?
hum-unknown = Nie umiem nazwać tej melodii: { $reason }
hum-nearest = Z { $count ->
    [one] jednej melodii
   *[other] { $count } melodii
} najbliżej tego, co było { $how ->
    [whistled] gwizdane
   *[hummed] nucone
}, jest { $title }
hum-sure = To daje { $percent } procent pewności; samo nucenie nigdy nie daje pewności
hum-again = Zanuć jeszcze raz, najlepiej refren; albo powiedz „to było” i tytuł
cannot-learn = Tego nie ma w twojej bibliotece, więc nie mogę się tego nauczyć: { $title }

nothing = Nie ma tego w twojej bibliotece: { $wanted }
    .v2 = Nic nie znajduję: { $wanted }
nothing-that = Nie znajduję tego
nothing-recalled = Nic o tym nie mam zapisane
nothing-in-queue = Tego nie ma w kolejce
nearest = Najbliższe jest { $what }
mean-that = Czy o to chodzi?
play-that = Zagrać to?
add-that = Dodać to?
which-of = { $names }?
say-more-like-this = Powiedz „więcej takich”, jeśli ma grać dalej

no-radio = Nie mam stacji radiowych, tylko twoją bibliotekę. Może gatunek albo wykonawca?
nothing-to-choose = Nie ma jeszcze listy, z której można wybrać. Najpierw poproś o muzykę.
no-other = Nie mam nic innego do zaproponowania. Powiedz więcej o tym, czego chcesz.
glad = Dobrze
what-to-find = Czego mam szukać? Podaj piosenkę, wykonawcę, album albo nastrój.
by-whom = Czyje? Podaj wykonawcę albo najpierw coś włącz.
which-playlist = O którą playlistę chodzi?
name-the-playlist = Jak ma się nazywać playlista?
cannot-set = Tego ustawienia nie mogę zmienić. Mogę zmienić głośność, losową kolejność, powtarzanie i miejsce w utworze.
no-name-yet = Nie udało się nazwać tego, co było słychać, więc nie mogę tego użyć. Jeśli to znasz, powiedz „to było” i tytuł.
heard-not-in-library = Tego, co było słychać, nie ma w twojej bibliotece, więc nie mogę tego zagrać
which-name = Jak to się nazywa? Powiedz „to było” i tytuł.
refuse = Tego nie umiem. Umiem grać, znajdować, kolejkować i polecać muzykę, prowadzić playlisty i pamiętać, czego słuchasz.
    .v2 = Przykro mi, znam się tylko na twojej muzyce: granie, szukanie, kolejka, polecanie, playlisty i historia.
    .brief = Tego nie umiem
only-music = Mam tylko twoją bibliotekę muzyki: bez podcastów, audiobooków, filmów i gier
help = Spróbuj „zagraj coś spokojnego”, „coś do nauki”, „jak to, ale wolniej”, „dlaczego ta piosenka?”, „co to jest?”, „dodaj to do mojej playlisty Wieczór”, „czego słuchałem wczoraj?” albo „cofnij”.
greet = Cześć! Czego chcesz posłuchać?
    .v2 = Cześć! Włączyć coś?
welcome = Proszę bardzo.
    .v2 = Cała przyjemność po mojej stronie.
    .plain = Proszę.
goodbye = Do usłyszenia. Daj znać, gdy zechcesz muzyki.
    .plain = Do widzenia.
library-size = W twojej bibliotece: { tracks }, { $artists ->
    [one] jeden wykonawca
    [few] { $artists } wykonawców
    [many] { $artists } wykonawców
   *[other] { $artists } wykonawcy
}, { $albums ->
    [one] jeden album
    [few] { $albums } albumy
    [many] { $albums } albumów
   *[other] { $albums } albumu
}
leave-it = Dobrze, zostawiam
    .v2 = W porządku. Daj znać, gdy zechcesz czegoś innego.
first-or-second = Pierwsze czy drugie?
which-number = Które: od 1 do { $count }?
no-such-number = Na liście { $count ->
    [one] jest tylko jedna pozycja
    [few] są tylko { $count } pozycje
    [many] jest tylko { $count } pozycji
   *[other] jest tylko { $count } pozycji
}, nie ma numeru { $number }
nothing-done = Nic jeszcze nie zostało zrobione. Powiedz, czego chcesz posłuchać.

small-talk-who = Jestem Refrain, muzyczny asystent tego domu. Czego chcesz posłuchać?
    .plain = Jestem Refrain, asystent muzyczny: program, a nie człowiek.
small-talk-how = Bardzo dobrze, dziękuję. Włączyć coś?
    .plain = Wszystko działa, jak należy. Włączyć coś?
small-talk-joke = Dlaczego pianista nie mógł wejść do domu? Nie znalazł właściwego klucza.
    .v2 = Co robi zmęczona nuta? Pauzę.
    .plain = Nie znam dowcipów, tylko muzykę.
small-talk-sing = Śpiewanie zostawiam tym, którzy umieją. Kogo chcesz usłyszeć?
small-talk-taste = Wszystko, przy czym zostajesz do ostatniej nuty. Co zagrać?
    .plain = Nie mam własnego gustu, uczę się twojego.
small-talk-praise = Dziękuję. To dla mnie jak muzyka.
    .plain = Dziękuję.
small-talk-blame = Przepraszam. Powiedz „cofnij” albo powiedz, o co chodziło.
speaker-hello = Cześć, { $name }
speaker-is = Mówi { $name }
speaker-unknown = Nie wiem. Powiedz „tu” i swoje imię
verbosity-less = Dobrze, krótko
verbosity-more = Chętnie, powiem więcej
verbosity-normal = Dobrze, jak zwykle
still-meant = Czy chodzi o { $title } z poprzedniej listy?
delete-really = Usunąć playlistę { $name }?
deleted-for-good = Usuniętej playlisty nie da się odzyskać. Utwórz nową, jeśli znów jej chcesz
track-is = To { $track }
track-length = Trwa { $length }
aside-kept = Na razie: { $wish }
aside-over = Dobrze, znów wszystko wolno
one-question = Najpierw to; o resztę poproś potem jeszcze raz
too-many-requests = To więcej, niż robię naraz. Powtórz resztę

weekday = { $weekday ->
    [1] poniedziałek
    [2] wtorek
    [3] środa
    [4] czwartek
    [5] piątek
    [6] sobota
   *[7] niedziela
}
month = { $month ->
    [1] stycznia
    [2] lutego
    [3] marca
    [4] kwietnia
    [5] maja
    [6] czerwca
    [7] lipca
    [8] sierpnia
    [9] września
    [10] października
    [11] listopada
   *[12] grudnia
}
clock-today = o { $clock }
clock-tomorrow = jutro o { $clock }
clock-yesterday = wczoraj o { $clock }
clock-weekday = { $weekday ->
    [1] w poniedziałek
    [2] we wtorek
    [3] w środę
    [4] w czwartek
    [5] w piątek
    [6] w sobotę
   *[7] w niedzielę
} o { $clock }
clock-date = { $day } { month } o { $clock }
clock-days = { $days } o { $clock }
days-all = codziennie
days-work = w dni robocze
days-weekend = w weekendy
days-some = co tydzień ({ $names })
after-song = po tej piosence
after-songs = { $count ->
    [one] po tej piosence
    [few] po { $count } piosenkach
    [many] po { $count } piosenkach
   *[other] po { $count } piosenki
}
after-album = na końcu albumu
after-named = na końcu { $title }
after-queue = na końcu kolejki
sleep-set = Muzyka wyłączy się { $when }
sleep-cancelled = Wyłącznik czasowy jest wyłączony
alarm-set = Zagram { $when }: { $music }
alarm-liked = muzyka, którą lubisz
alarm-player = Zabrzmi tu: { $player }
alarm-cancelled = Budzik { $when } jest wyłączony
alarm-missed = Budzik { $when } nie zadzwonił
timer-replaced = To zastępuje poprzedni
timer-unwatched = To działa tylko, gdy serwer jest włączony
timers-cancelled = { $count ->
    [one] Jeden minutnik wyłączony
    [few] { $count } minutniki wyłączone
    [many] { $count } minutników wyłączonych
   *[other] { $count } minutnika wyłączone
}
timers-set = Ustawione: { $names }
timer-alarm = { $when } { $music }
timer-sleep = koniec muzyki { $when }
no-timer = Żaden minutnik nie jest ustawiony
no-sleep-timer = Wyłącznik czasowy nie jest ustawiony
no-alarm = Żaden budzik nie jest ustawiony

unsaid = { "" }
terms = { $names }
wish = muzyka ({ $parts })
wish-liked = którą lubisz
wish-by = { $names }
wish-like = podobna do { $name }
wish-below = poniżej { $high } BPM
wish-above = powyżej { $low } BPM
wish-around = około { $bpm } BPM
wish-between = od { $low } do { $high } BPM
wish-steps = { $steps } kroków na minutę
wish-until = do { $last } roku
wish-since = od { $first } roku
wish-year = z { $first } roku
wish-decade = lata { $first }.
wish-years = z lat { $first }–{ $last }
wish-without = bez: { $what }
note-bpm = około { $bpm } BPM
note-from = { $what } od { $at }
note-played = { $count ->
    [one] już raz słuchane
   *[other] już słuchane { $count }×
}
note-suits = pasuje { $what }
note-like-for = jak to, czego zwykle słuchasz ({ $what })
note-like = podobne do { $what }
note-after = było już po { $what }
note-next = potem zwykle jest { $what }
note-stay = zostajesz przy: { $what }
note-liked = lubisz to
note-others = słuchają tego osoby o podobnym guście
note-usual = zwyczajne dla ciebie { $what }
note-goes = pasuje { $what }
note-by = wykonuje { $what }
note-year = z { $what } r.
note-sings = ktoś śpiewa
note-called = tak się nazywa
note-album = z tego albumu
note-sung = są tam słowa „{ $what }”
note-cover = okładka pasuje
note-returns = podobne do tego, do czego wracasz
note-came-next = już kiedyś było potem
note-sound = podobne brzmienie
note-genres = te same gatunki
note-artist-after = { $what } puszczasz po { $other }
note-sung-in = śpiewane w tym języku
time-at = o { $clock }
time-yesterday-at = wczoraj o { $clock }
time-date-at = { $day } { month } o { $clock }
time-day = { $day ->
    [today] { $part ->
        [morning] dziś rano
        [afternoon] dziś po południu
        [evening] dziś wieczorem
        [night] dziś w nocy
       *[day] dzisiaj
    }
    [before-yesterday] przedwczoraj{ $part ->
        [morning] {" "}rano
        [afternoon] {" "}po południu
        [evening] {" "}wieczorem
        [night] {" "}w nocy
       *[day] {""}
    }
   *[yesterday] wczoraj{ $part ->
        [morning] {" "}rano
        [afternoon] {" "}po południu
        [evening] {" "}wieczorem
        [night] {" "}w nocy
       *[day] {""}
    }
}
time-weekday = { $weekday ->
    [1] w poniedziałek
    [2] we wtorek
    [3] w środę
    [4] w czwartek
    [5] w piątek
    [6] w sobotę
   *[7] w niedzielę
}{ $part ->
    [morning] {" "}rano
    [afternoon] {" "}po południu
    [evening] {" "}wieczorem
    [night] {" "}w nocy
   *[day] {""}
}
time-ago = { $unit ->
    [second] { $count ->
        [one] sekundę
        [few] { $count } sekundy
       *[other] { $count } sekund
    }
    [minute] { $count ->
        [one] minutę
        [few] { $count } minuty
       *[other] { $count } minut
    }
    [hour] { $count ->
        [one] godzinę
        [few] { $count } godziny
       *[other] { $count } godzin
    }
    [day] { $count ->
        [one] dzień
       *[other] { $count } dni
    }
    [week] { $count ->
        [one] tydzień
        [few] { $count } tygodnie
       *[other] { $count } tygodni
    }
   *[month] { $count ->
        [one] miesiąc
        [few] { $count } miesiące
       *[other] { $count } miesięcy
    }
} temu
time-in-the-last = { $unit ->
    [second] w ciągu ostatnich { $count } sekund
    [minute] { $count ->
        [one] w ciągu ostatniej minuty
       *[other] w ciągu ostatnich { $count } minut
    }
    [hour] { $count ->
        [one] w ciągu ostatniej godziny
       *[other] w ciągu ostatnich { $count } godzin
    }
    [day] { $count ->
        [one] w ciągu ostatniego dnia
       *[other] w ciągu ostatnich { $count } dni
    }
    [week] { $count ->
        [one] w ciągu ostatniego tygodnia
       *[other] w ciągu ostatnich { $count } tygodni
    }
   *[month] { $count ->
        [one] w ciągu ostatniego miesiąca
       *[other] w ciągu ostatnich { $count } miesięcy
    }
}
time-just-now = przed chwilą
time-last-weekend = w zeszły weekend
time-in-year = w { $year } roku
time-in-month = { $month ->
    [1] w styczniu
    [2] w lutym
    [3] w marcu
    [4] w kwietniu
    [5] w maju
    [6] w czerwcu
    [7] w lipcu
    [8] w sierpniu
    [9] we wrześniu
    [10] w październiku
    [11] w listopadzie
   *[12] w grudniu
}
time-on-date = { $day } { month }
time-this = { $unit ->
    [week] w tym tygodniu
    [month] w tym miesiącu
   *[year] w tym roku
}
time-last = { $unit ->
    [week] w zeszłym tygodniu
    [month] w zeszłym miesiącu
   *[year] w zeszłym roku
}
which-wish = Na co masz ochotę: { $choices }?
which-one = O które chodzi?
which-by = O co chodzi w „{ $said }”?
whose = { $name }: czyje?
which-named = { $name }: o które chodzi?
none-number = Na liście nie ma numeru { $number }
none-list = Nie ma listy, z której można wybrać
none-any-more = Tego już nie ma w bibliotece
none-liked = Nic jeszcze nie jest oznaczone jako lubiane
none-playlist = Nie ma playlisty o nazwie { $name }
none-genre = Takiej muzyki nie mam: { $genre }
none-that = Nie znajduję tego
none-learned = Niczego się o tym nie nauczyłem: { $about }
none-wish = Tego nie znajduję: { $wish }
none-in-that-playlist = { $what } – tego nie ma na playliście { $name }
none-in-queue = { $what } – tego nie ma w kolejce
none-else = Nie mam nic więcej: { $name }
none-played-yet = Nic jeszcze nie grało
none-played = Nic wtedy nie zostało { $kind ->
    [skip] pominięte
    [like] ocenione
    [dislike] ocenione
   *[play] odtworzone
}
none-played-by = { $about }: nic nie zostało { $kind ->
    [skip] pominięte
    [like] ocenione
    [dislike] ocenione
   *[play] odtworzone
}
none-heard = Nie mam zapisane, żeby coś wtedy było słychać
none-heard-by = { $about }: nie mam zapisane, żeby coś było słychać
reason-too-short = to było za krótkie
reason-silent = prawie nic nie słyszę
reason-no-match = nic w twojej bibliotece nie pasuje
reason-kept-only = pamiętam tylko ostatnie { $seconds } s dźwięku
reason-none-kept = w ostatnich { $seconds } s niczego nie rozpoznaję
reason-hum-silent = prawie nic nie słyszę
reason-hum-too-short = to było za krótkie
reason-hum-speech = to brzmiało jak mowa, a nie jak melodia
reason-hum-no-tune = słyszę szum albo kilka dźwięków naraz, a nie jedną melodię
reason-hum-waiting = melodie twojej muzyki nie są jeszcze opracowane, zostało { $count }
reason-hum-none = nie ma jeszcze melodii do porównania
reason-hum-far = żadna znana melodia nie jest dość blisko
step-longer = Daj mi posłuchać pięć sekund albo dłużej.
step-nearer = Zbliż mikrofon do muzyki albo ją podgłośnij i zapytaj jeszcze raz.
step-noisy = Jeśli był hałas, zapytaj jeszcze raz bliżej muzyki.
step-kept = Zachowuję odcisk, nie dźwięk: podaj tytuł albo dodaj to do swojej muzyki.
step-listen-next = Jeśli to grało w pokoju: powiedz „zacznij słuchać”, a następnym razem spojrzę wstecz.
step-hum-silent = Zanuć głośniej albo bliżej mikrofonu, co najmniej pięć sekund.
step-hum-too-short = Zanuć jeszcze raz przez pięć do dziesięciu sekund, najlepiej refren.
step-hum-speech = Zanuć to, zagwiżdż albo zaśpiewaj na „la”.
step-hum-no-tune = Zanuć bez muzyki w tle, blisko mikrofonu.
step-hum-waiting = Zapytaj później jeszcze raz.
step-hum-none = Najpierw dodaj muzykę.
step-hum-far = Zanuć jeszcze raz, najlepiej refren.
failed-no_player = Nie ma odtwarzacza. Otwórz stronę w przeglądarce i graj tam
failed-player_not_responding = Odtwarzacz nie zgłasza dźwięku. Sprawdź, czy jest włączony, i spróbuj jeszcze raz
failed-player_refused = Odtwarzacz nie może tego zagrać. Spróbuj innego utworu
failed-player_blocked = Przeglądarka nie pozwala jeszcze na dźwięk. Kliknij raz na stronie i spróbuj jeszcze raz
failed-queue_empty = Kolejka się skończyła
failed-nothing_playing = Nic teraz nie gra
failed-not_asked_for = Nie było o to wyraźnej prośby; powiedz to wprost
failed-nothing_named = Brakuje, o co chodzi. Powiedz to, proszę
failed-too_much = To więcej niż jeden utwór. Podaj jedną piosenkę
failed-playlist_exists = Playlista o nazwie { $name } już jest. Wybierz inną nazwę
failed-no_rule = Ta playlista nie ma reguły, według której mogłaby się zapełniać
failed-no_taste = Gust nie jest tu zapamiętywany
failed-nothing_recommended = Tu nie ma poleceń. Poproś o muzykę po nazwie
failed-recognition_off = Rozpoznawanie nagrań jest wyłączone
failed-humming_off = Rozpoznawanie nuconych melodii jest wyłączone
failed-not_listening = Nic wokół ciebie nie słyszę: żaden mikrofon nie jest włączony. Naciśnij „What is this?” na stronie i zezwól na mikrofon
failed-not-then = Wtedy nie słuchałem i nic z tego nie ma. Powiedz „zacznij słuchać” na następny raz
failed-nothing_recognised = Nic tu jeszcze nie zostało rozpoznane. Zapytaj „co to jest?”, gdy gra muzyka
failed-clip_gone = Tego nagrania już nie ma. Nagraj je jeszcze raz
failed-tool_timeout = To trwało za długo. Spróbuj jeszcze raz
failed-internal_error = Coś w Refrain poszło nie tak. Spróbuj jeszcze raz
failed-invalid_arguments = To nie było zrozumiałe. Powiedz to innymi słowami
failed-too_many_calls = To było za dużo kroków naraz
failed-no_volume = Głośności tego odtwarzacza nie da się stąd zmienić
failed-not_in_library = Tego nie ma w bibliotece
failed-queue_full = Kolejka jest pełna
failed-time_is_past = Ta godzina już minęła. Podaj inną
failed-no_sleep_timer = Wyłącznik czasowy nie jest ustawiony
failed-no_timers = Tu nie ma minutników
term = { $key ->
    [calm] spokojna
    [sad] smutna
    [melancholic] melancholijna
    [happy] wesoła
    [uplifting] podnosząca na duchu
    [romantic] romantyczna
    [sexy] zmysłowa
    [energetic] energiczna
    [angry] gniewna
    [dark] mroczna
    [mysterious] tajemnicza
    [dreamy] marzycielska
    [nostalgic] nostalgiczna
    [epic] epicka
    [tense] pełna napięcia
    [playful] figlarna
    [groovy] bujająca
    [psychedelic] psychodeliczna
    [weird] dziwna
    [warm] ciepła
    [fast] szybka
    [slow] wolna
    [catchy] wpadająca w ucho
    [emotional] wzruszająca
    [beautiful] piękna
    [danceable] taneczna
    [acoustic] akustyczna
    [instrumental] instrumentalna
    [electronic] elektroniczna
    [sung] śpiewana
    [vocals] śpiew
    [loud] głośna
    [piano] fortepian
    [guitar] gitara
    [acoustic-guitar] gitara akustyczna
    [electric-guitar] gitara elektryczna
    [bass] bas
    [drums] perkusja
    [violin] skrzypce
    [strings] smyczki
    [cello] wiolonczela
    [saxophone] saksofon
    [trumpet] trąbka
    [brass] instrumenty dęte
    [flute] flet
    [clarinet] klarnet
    [harp] harfa
    [organ] organy
    [accordion] akordeon
    [harmonica] harmonijka
    [synthesizer] syntezator
    [choir] chór
    [classical] klasyczna
    [for-workout] do treningu
    [for-running] do biegania
    [for-walking] na spacer
    [for-study] do nauki
    [for-studying] do nauki
    [for-focus] do skupienia
    [for-sleep] do snu
    [for-party] na imprezę
    [for-dinner] do kolacji
    [for-commute] na dojazd
    [for-driving] do jazdy
    [for-road-trip] na podróż
    [for-cleaning] do sprzątania
    [for-yoga] do jogi
    [for-meditation] do medytacji
    [for-gaming] do grania
    [for-relaxing] do odpoczynku
    [for-waking] na pobudkę
    [for-morning] na rano
    [for-afternoon] na popołudnie
    [for-evening] na wieczór
    [for-night] na noc
    [for-weekend] na weekend
    [calmer] spokojniejsza
    [more-energetic] energiczniejsza
    [darker] mroczniejsza
    [happier] weselsza
    [less-danceable] mniej taneczna
    [more-danceable] bardziej taneczna
    [less-acoustic] mniej akustyczna
    [more-acoustic] bardziej akustyczna
    [less-instrumental] mniej instrumentalna
    [more-instrumental] bardziej instrumentalna
    [with-less-singing] mniej śpiewu
    [with-more-singing] więcej śpiewu
    [softer] cichsza
    [louder] głośniejsza
    [slower] wolniejsza
    [faster] szybsza
    [older] starsza
    [newer] nowsza
    [brighter] jaśniejsza
    [duller] bardziej przytłumiona
    [steadier] równiejsza
    [more-changing] bardziej zmienna
    [the-sound] brzmienie
    [the-instruments] instrumenty
    [the-number-of-tracks] liczba utworów
    [the-length] długość
    [the-cadence] rytm kroków
    [in-the-morning] rano
    [in-the-afternoon] po południu
    [in-the-evening] wieczorem
    [at-night] w nocy
    [around-noon] koło południa
   *[other] { $word }
}

## Pytania o minutniki

when-with-length = { $when } ({ minutes })
ask-when-stop = Kiedy mam zatrzymać muzykę?
ask-when-play = O której mam zagrać?
ask-which-timer = Który: { $names }?
alarm-nothing-meant = Nic teraz nie gra, co można by wtedy zagrać. Podaj muzykę

## Rooms and speakers

everywhere = Wszędzie
in-room = { $room }: { $what }
rooms-unable = { $names } nie może stąd zmienić głośności
moved = { $track } gra dalej tam
moved-paused = { $track } jest teraz tam, wstrzymane
no-speakers = Nie znam jeszcze żadnego głośnika.
speakers-are = Są: { $names }
speaker-plays = { $name } (gra { $title })
speaker-paused = { $name } ({ $title } wstrzymane)
speaker-gone = { $name } (niepołączony)

## What is known of a recording, and who says so

fact-own-file = plik
fact-lyrics = Tekst { $track } (źródło: { $source }): „{ $lines }”
fact-lyrics-more = Cały tekst jest na stronie
fact-instrumental = W { $track } nikt nie śpiewa, podaje { $source }
fact-untimed = Znam tekst { $track }, ale nie wiem, kiedy śpiewany jest każdy wers
fact-line = Teraz: „{ $line }” (źródło: { $source })
fact-no-line = Teraz nikt nie śpiewa
fact-released = { $track }: { $when } (źródło: { $source })
fact-released-too = { $source } podaje { $when }
fact-label = { $track }: wytwórnia { $label } (źródło: { $source })
fact-no-lyrics = Nie znam tekstu { $track }
fact-no-year = Nie wiem, kiedy ukazało się { $track }
fact-no-label = Nie wiem, w jakiej wytwórni ukazało się { $track }

## Spotify, and what a radio station plays

spotify-playing = Spotify gra { $track }
spotify-playing-on = Spotify gra { $track } na { $device }
spotify-paused = Spotify jest wstrzymane
spotify-silent = Na Spotify nic nie gra
spotify-found = Na Spotify jest { $names }
spotify-nothing = Nie znajduję na Spotify niczego o nazwie { $wanted }
station-plays = { $station } gra { $track }
station-probably = { $station } gra prawdopodobnie { $track }
station-says = { $station } podaje: „{ $title }”
station-silent = { $station } gra; stacja nie podaje tytułu, a ja tego nie rozpoznaję
failed-spotify_unable = W Spotify mogę stąd tylko odtwarzać, wstrzymywać i wznawiać; reszta jest w aplikacji
failed-spotify_not_set_up = Spotify nie jest tu połączone. Aby je połączyć, wpisz w sources.spotify_client_id identyfikator klienta własnej aplikacji Spotify; strona wyjaśnia to w Settings, Services
failed-spotify_off = Spotify nie jest połączone. Zaloguj się na stronie w Settings, Services albo poleceniem: refrain services connect spotify
failed-spotify_login_needed = Spotify prosi o ponowne zalogowanie: na stronie w Settings, Services
failed-spotify_plays_nowhere = Spotify nie jest aktywne na żadnym urządzeniu. Otwórz je na telefonie, komputerze albo głośniku i spróbuj jeszcze raz
failed-spotify_refused = Spotify na to nie pozwala. Sterowanie z zewnątrz wymaga Premium
failed-spotify_busy = Spotify nie przyjmuje teraz więcej zapytań. Spróbuj ponownie za minutę
failed-spotify_away = Spotify teraz nie odpowiada. Spróbuj ponownie za chwilę
