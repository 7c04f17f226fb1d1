# Ce que Refrain dit en français.

list-comma = { $head }, { $tail }
list-and = { $head } et { $tail }
list-also = { $head } et { $tail }
list-or = { $head } ou { $tail }
list-more = { $names } et { $more } de plus sur la page
track-by = { $title } par { $artist }
album-by = l'album { $title } par { $artist }
playlist-called = la playlist { $name }
choice-artist = l'artiste { $name }
choice-song = la chanson { $track }
artists-and-others = { $names } et d'autres
tracks = { $count ->
    [0] aucun titre
    [one] un titre
   *[other] { $count } titres
}
albums = { $count ->
    [one] un album
   *[other] { $count } albums
}
artists = { $count ->
    [one] un artiste
   *[other] { $count } artistes
}
playlists = { $count ->
    [one] une playlist
   *[other] { $count } playlists
}
things = { $count ->
    [one] une chose
   *[other] { $count } choses
}
minutes = { $minutes ->
    [one] une minute
   *[other] { $minutes } minutes
}
tracks-of = { tracks } de { $name }
tracks-lasting = { tracks }, { minutes }
music = de la musique

no-sound-yet = J'ai demandé au lecteur, mais il n'annonce encore aucun son
play-track = Voici { $track }
    .v2 = Je joue { $track }
    .v3 = Maintenant, { $track }
play-album = Voici l'album { $name } par { $artist }, { tracks }, en commençant par { $title }
    .brief = Voici l'album { $name }
play-artist = Voici { $name } : { tracks }, en commençant par { $title }
    .brief = Voici { $name }
play-playlist = Voici ta playlist { $name }, { tracks }, en commençant par { $first }
    .brief = Voici { $name }
play-liked = Voici la musique que tu aimes : { tracks }, en commençant par { $first }
    .brief = Voici la musique que tu aimes
play-several = Je joue { tracks }, en commençant par { $first }
    .brief = Je joue { tracks }
from-album = C'est sur l'album { $album }
from-album-year = C'est sur l'album { $album }, de { $year }
queued-next = Ensuite : { $what }
    .brief = Ensuite
queued = Ajouté à la file : { $what }
    .v2 = Dans la file maintenant : { $what }
    .brief = Ajouté
now-track = Maintenant, { $track }
    .v2 = Voici { $track }
    .brief = { $track }
skipped-silent = J'ai changé de titre, mais le lecteur n'annonce encore aucun son
resumed = On reprend { $track }
    .brief = On reprend
nothing-paused = Rien n'est en pause
paused = En pause
not-paused = Le lecteur n'est pas en pause
stopped = Arrêté
still-playing = Le lecteur joue encore
shuffle-on = Lecture aléatoire activée
shuffle-off = Lecture aléatoire désactivée
repeat-off = Répétition désactivée
repeat-one = Ce titre sera répété
repeat-all = La file sera répétée
from-beginning = Depuis le début
position-now = On est à { $at }
muted = Son coupé
volume = Volume à { $level } pour cent
    .brief = { $level } pour cent
volume-asked = Le volume est à { $level } pour cent
    .brief = { $level } pour cent
volume-most = Pas plus fort, c'est le maximum : { $level } pour cent
volume-least = Pas plus bas, c'est le minimum : { $level } pour cent

queue-cleared = File vidée ({ tracks }). Dis « annule » pour la retrouver.
    .brief = Vidée
undone = Annulé
in-queue = Dans la file : { tracks }
queue-removed = Retiré de la file : { $what }
    .brief = Retiré
queue-moved = { $title } est maintenant numéro { $place } dans la file
queue-empty = La file est vide
queue-list = Dans la file : { $names }
queue-only = { $track }, et rien après
queue-now = Maintenant { $track }
queue-left = Après celle-ci, il reste { $count ->
    [one] une chanson
   *[other] { $count } chansons
}
queue-then = Ensuite { $names }

nothing-playing = Rien ne joue
paused-track = { $track } est en pause
track-from-year = { $track } date de { $year }
track-no-year = { $track } ; le fichier n'indique pas l'année
length-left = Ça dure { $length }, il reste { $left }
now-hearing = C'est { $track }
    .v2 = Tu écoutes { $track }
    .brief = { $track }
now-hearing-from = C'est { $track }, de l'album { $album }
    .v2 = Tu écoutes { $track }, de l'album { $album }

liked = C'est noté, tu aimes : { $what }
    .brief = Noté
disliked = C'est noté, tu n'aimes pas : { $what }. Je ne le proposerai plus
    .brief = Noté
unrated = Avis retiré : { $what }
    .brief = Retiré
taste-reset = J'ai oublié tes goûts et je repars de zéro. Ton historique et tes avis restent.
taste-forgotten = J'ai oublié ce que j'avais appris sur { $about }
track-never = Je ne proposerai plus jamais { $about }
track-not-now = Pas aujourd'hui : { $about }
track-more = C'est noté : plus de titres comme { $about }
track-less = C'est noté : moins de titres comme { $about }
music-of = musique ({ $about })
taste-never = C'est noté, jamais : { $kind }
taste-more = C'est noté, davantage : { $kind }
taste-less = C'est noté, moins souvent : { $kind }
taste-concerns = Dans ta bibliothèque, cela concerne { tracks }
taste-concerns-none = Dans ta bibliothèque, je n'en connais pas
taste-rated = Tes avis : { $what }
taste-liked = { $count } que tu aimes
taste-disliked = { $count } que tu n'aimes pas
taste-unknown = Je ne connais pas encore tes goûts. J'apprends de ce que tu écoutes et de ce que tu dis.
taste-lines = { $count ->
    [one] Je sais une chose de tes goûts ; elle est sur la page
   *[other] Je sais { $count } choses de tes goûts ; elles sont sur la page
}

playlist-created = Playlist { $name } créée avec { $what }
    .brief = Créée
playlist-created-empty = Playlist { $name } créée. Elle est encore vide.
    .brief = Créée
playlist-deleted = Playlist { $name } supprimée
    .brief = Supprimée
playlist-renamed = { $name } s'appelle maintenant { $new }
playlist-added = Ajouté à { $name } : { $what }
    .brief = Ajouté
playlist-has = { $title } est déjà dans { $name }
playlist-has-all = Tout cela est déjà dans { $name }
playlist-removed = Retiré de { $name } : { $what }
    .brief = Retiré
playlist-empty = La playlist { $name } est vide
playlist-content = Dans { $name }, { tracks } : { $names }
no-playlists = Tu n'as pas encore de playlist. Dis « crée une playlist appelée Soirée ».
your-playlists = Tu as { playlists } : { $names }
playlist-stays = Plus rien ne correspond à la règle de { $name }, elle reste donc comme elle était
playlist-fresh = { $name } est renouvelée : { $amount }
playlist-made = Playlist { $name } créée : { $amount }
playlist-made-first = Playlist { $name } créée : { $amount }, avec { $first } pour commencer
playlist-refills = Elle se renouvelle chaque jour
flow-ramp = { $what }, de plus en plus fort
flow-hill = { $what }, en montant puis en redescendant
flow-down = { $what }, de plus en plus calme

found-one = J'ai trouvé { $what }
    .brief = { $what }
found-many = J'ai trouvé { $amount } : { $names }
    .brief = { $names }
found-because = J'ai trouvé { $what } ({ $reason })
found-more = Il y en a { $count } de plus sur la page
found-matches = J'ai trouvé { $count ->
    [one] un résultat
   *[other] { $count } résultats
} : { $first }, { $rest }
with-reason = { $track } ({ $reason })
with-reason-aside = { $track } ({ $reason })
first-and-rest = { $first } ; et aussi { $rest }
suggested = Que dirais-tu de ceci : { $what } ?
    .v2 = Tu pourrais essayer { $what }
    .v3 = Je te propose { $what }
    .brief = { $what }
opened = Voici quelque chose pour toi
    .v2 = Essayons ça
opened-closest = Voici ce qui s'en approche le plus
opened-mood = Voici de la musique ({ $mood })
opened-wish = Voici { $wish }
opened-genre = Voici : { $name }
opened-more = Encore { $name }
chosen-one = { $opening } : { $first }
    .brief = Voici { $first }
chosen-several = { $opening } : { tracks }, en commençant par { $first }
    .brief = Voici { $first }
chosen-lasting = { $opening } : { tracks }, { minutes }, en commençant par { $first }
    .brief = { tracks }, { minutes }, en commençant par { $first }
let-go = Rien ne convient en tout point ; j'ai laissé de côté { $what }
cannot-hear = Je ne peux pas entendre ce qui correspond à : { $what }
only-guessed = Cela ne se devine qu'au son : { $what }
turns-at = Le premier convient à partir de { $at } ({ $mood })
chosen-because = J'ai choisi { $track } pour cette raison : { $reason }
not-chosen-but = Je n'ai pas choisi { $track } moi-même ; ce qui plaide pour : { $reason }
not-chosen = Je n'ai pas choisi { $track } moi-même, et je ne sais pas encore ce qui plaide pour

history-one = { $when } tu as { $kind ->
    [skip] passé
    [like] aimé
    [dislike] rejeté
   *[play] écouté
} { $track }
history-when = { $when } tu as { $kind ->
    [skip] passé
    [like] aimé
    [dislike] rejeté
   *[play] écouté
} { $names }
history-last = Les derniers titres { $kind ->
    [skip] passés
    [like] aimés
    [dislike] rejetés
   *[play] écoutés
} : { $names }
history-most = Les titres les plus souvent { $kind ->
    [skip] passés
    [like] aimés
    [dislike] rejetés
   *[play] écoutés
} : { $names }
history-most-when = { $when }, les titres les plus souvent { $kind ->
    [skip] passés
    [like] aimés
    [dislike] rejetés
   *[play] écoutés
} : { $names }

this-is = C'est { $what }
    .brief = { $what }
that-was = C'était { $what }
that-is-probably = C'est probablement { $what }
that-was-probably = C'était probablement { $what }
probably = probablement { $track }
could-also-be = Ça pourrait aussi être { $other }
heard-from-album = { $what }, de l'album { $album }
heard-not-owned = { $what } (absent de ta bibliothèque)
heard-at = { $what }, à { $at }
position-then = C'était à { $at }
position-heard = On en est à { $at }
heard-year = { $track } : de { $year }
heard-year-probably = { $track } : probablement de { $year }
heard-no-year = { $track } : le fichier n'indique pas l'année
heard-album = C'est sur l'album { $album }
heard-album-probably = C'est probablement sur l'album { $album }
heard-artist = { $artist }
heard-artist-probably = probablement { $artist }
told-to-me = Je le connais sous le nom de { $title } parce qu'on me l'a dit
known-as = Désormais je le connais comme { $track }
match-share = Sur { NUMBER($clip, minimumFractionDigits: 1) } secondes entendues, { NUMBER($matched, minimumFractionDigits: 1) } correspondent à { $title }
match-share-from = Sur { NUMBER($clip, minimumFractionDigits: 1) } secondes entendues, { NUMBER($matched, minimumFractionDigits: 1) } correspondent à { $title }, à partir de { $from }
match-sure = J'en suis sûr à { $percent } pour cent
match-unsure = J'en suis sûr à { $percent } pour cent, ce qui ne suffit pas pour être certain
match-changed = { $changes }
runs-fast = la vitesse est plus rapide de { $percent } pour cent
runs-slow = la vitesse est plus lente de { $percent } pour cent
sounds-higher = le son est plus haut de { $count ->
    [1] 1 demi-ton
   *[other] { $count } demi-tons
}
sounds-lower = le son est plus bas de { $count ->
    [1] 1 demi-ton
   *[other] { $count } demi-tons
}
listening = J'écoute maintenant : les dernières minutes restent en mémoire et rien n'est enregistré. Demande « c'était quoi ? » quand tu veux ; dis « arrête d'écouter » pour y mettre fin.
    .brief = J'écoute maintenant
listening-over = Je n'écoute plus, et ce que j'avais en mémoire est effacé
forgotten-one = { $title } n'est plus dans la liste de ce que tu as entendu
forgotten = Oublié : { things } que tu as entendues
forgotten-when = Oublié ({ $when }) : { things }
right = Merci : c'était { $right }
right-not = Merci : c'était { $right }, pas { $wrong }
will-remember = Je m'en souviendrai
noted-not = C'est noté : ce n'était pas { $wrong }
noted-wrong = C'est noté : c'était faux
not-in-library = { $title } n'est pas dans ta bibliothèque
was-it = Était-ce { $track } ?
say-it-was = Si tu sais ce que c'était, dis « c'était » et le titre
cannot-name = Je ne peux pas dire ce que c'est
cannot-name-because = Je ne peux pas dire ce que c'est : { $reason }
cannot-name-before = Je ne peux pas dire ce que c'est, mais je l'ai déjà entendu { $count } fois
cannot-name-because-before = Je ne peux pas dire ce que c'est : { $reason }. Je l'ai déjà entendu { $count } fois
another-performance = On dirait une autre interprétation de { $track }. Je la joue ?
heard-one = { $when } { $where } tu as entendu { $track }
heard-one-probably = { $when } { $where } tu as probablement entendu { $track }
heard-list = Tu as entendu { $where } : { $names }
heard-list-when = { $when } { $where } tu as entendu : { $names }
heard-list-most = Le plus souvent tu as entendu { $where } : { $names }
heard-list-most-when = { $when } { $where } tu as entendu le plus souvent : { $names }
heard-when = { $when } : { $what }
heard-elsewhere = Absents de ta bibliothèque : { $names }
heard-unnamed = { $count ->
    [one] Je n'ai pas pu nommer un air
   *[other] Je n'ai pas pu nommer { $count } airs
}
where-place = ({ $place })
where-stream = sur { $name }

hum-like = Ça ressemble à { $what }
    .v2 = Pour moi, ça ressemble à { $what }
hum-from = { $what }, à partir de { $from } environ
hum-unsure = Je ne suis pas sûr
hum-which = Tu pensais à { $names } ?
hum-unknown = Je ne peux pas nommer cet air : { $reason }
hum-nearest = Parmi { $count ->
    [one] un air
   *[other] { $count } airs
}, { $title } est le plus proche de ce que tu as { $how ->
    [whistled] sifflé
   *[hummed] fredonné
}
hum-sure = J'en suis sûr à { $percent } pour cent ; fredonner ne suffit jamais pour être certain
hum-again = Fredonne-le encore, peut-être le refrain ; ou dis « c'était » et le titre
cannot-learn = { $title } n'est pas dans ta bibliothèque, je ne peux donc pas l'apprendre

nothing = Je ne trouve pas ceci dans ta bibliothèque : { $wanted }
    .v2 = Je n'ai rien trouvé pour : { $wanted }
nothing-that = Je ne trouve pas ça
nothing-recalled = Je n'ai rien noté à ce sujet
nothing-in-queue = Ce n'est pas dans la file
nearest = Le plus proche est { $what }
mean-that = C'est ça que tu veux dire ?
play-that = Je le joue ?
add-that = Je l'ajoute ?
which-of = { $names } ?
say-more-like-this = Dis « encore comme ça » si tu veux continuer

no-radio = Je n'ai pas de stations de radio, seulement ta bibliothèque. Plutôt un genre ou un artiste ?
nothing-to-choose = Il n'y a pas encore de liste où choisir. Demande d'abord de la musique.
no-other = Je n'ai rien d'autre à proposer. Dis-m'en plus sur ce que tu veux.
glad = D'accord
what-to-find = Que dois-je chercher ? Donne une chanson, un artiste, un album ou une ambiance.
by-whom = De qui ? Donne un artiste, ou lance d'abord quelque chose.
which-playlist = Quelle playlist veux-tu dire ?
name-the-playlist = Comment doit s'appeler la playlist ?
cannot-set = Je ne peux pas changer ce réglage. Le volume, la lecture aléatoire, la répétition et la position, oui.
no-name-yet = Je n'ai pas pu nommer ce que j'ai entendu, je ne peux donc rien en faire. Si tu le connais, dis « c'était » et le titre.
heard-not-in-library = Ce que j'ai entendu n'est pas dans ta bibliothèque, je ne peux donc pas le jouer
which-name = Comment ça s'appelle ? Dis « c'était » et le titre.
refuse = Ça, je ne sais pas le faire. Je peux jouer, trouver, mettre en file et recommander de la musique, tenir des playlists et me rappeler ce que tu as écouté.
    .v2 = Désolé, je ne m'y connais qu'en musique : la jouer, la trouver, la recommander, les playlists et ton historique.
    .brief = Ça, je ne sais pas le faire
only-music = Je n'ai que ta bibliothèque musicale : ni podcasts, ni livres audio, ni films, ni jeux
help = Essaie « mets quelque chose de calme », « quelque chose pour étudier », « comme ça mais plus lent », « pourquoi cette chanson ? », « c'est quoi ? », « ajoute ça à ma playlist Soirée », « qu'est-ce que j'ai écouté hier ? » ou « annule ».
greet = Bonjour ! Que veux-tu écouter ?
    .v2 = Salut ! Je mets quelque chose ?
welcome = Je t'en prie.
    .v2 = Avec plaisir.
    .plain = Je t'en prie.
goodbye = À bientôt. Dis-le-moi quand tu veux de la musique.
    .plain = Au revoir.
library-size = Dans ta bibliothèque : { tracks }, { $artists ->
    [one] un artiste
   *[other] { $artists } artistes
}, { $albums ->
    [one] un album
   *[other] { $albums } albums
}
leave-it = D'accord, je laisse
    .v2 = Très bien. Dis-moi quand tu veux autre chose.
first-or-second = Le premier ou le deuxième ?
which-number = Lequel : de 1 à { $count } ?
no-such-number = La liste n'a que { $count ->
    [one] une entrée
   *[other] { $count } entrées
}, pas de numéro { $number }
nothing-done = Je n'ai encore rien fait. Dis-moi ce que tu veux écouter.

small-talk-who = Je suis Refrain, l'assistant musical de cette maison. Que veux-tu écouter ?
    .plain = Je suis Refrain, un assistant musical : un programme, pas un humain.
small-talk-how = Très bien, merci. Je mets quelque chose ?
    .plain = Tout fonctionne comme il faut. Je mets quelque chose ?
small-talk-joke = Pourquoi les pianistes perdent-ils leurs clés ? Parce qu'ils en ont deux : sol et fa.
    .v2 = Que fait une croche fatiguée ? Un soupir.
    .plain = Je ne connais pas de blagues, seulement de la musique.
small-talk-sing = Je laisse le chant à ceux qui savent. Qui veux-tu entendre ?
small-talk-taste = Tout ce qui te fait rester jusqu'à la dernière note. Qu'est-ce que je joue ?
    .plain = Je n'ai pas de goûts à moi, j'apprends les tiens.
small-talk-praise = Merci. C'est de la musique à mes oreilles.
    .plain = Merci.
small-talk-blame = Je suis désolé. Dis « annule », ou dis-moi ce que tu voulais.
speaker-hello = Bonjour, { $name }
speaker-is = Tu es { $name }
speaker-unknown = Je ne sais pas. Dis « c'est » et ton prénom
verbosity-less = D'accord, je serai bref
verbosity-more = Volontiers, j'en dirai plus
verbosity-normal = D'accord, comme d'habitude
still-meant = Tu veux dire { $title }, de la liste d'avant ?
delete-really = Je supprime la playlist { $name } ?
deleted-for-good = Une playlist supprimée ne revient pas. Crées-en une nouvelle si tu la veux encore
track-is = C'est { $track }
track-length = Ça dure { $length }
aside-kept = Pour l'instant : { $wish }
aside-over = D'accord, tout est de nouveau permis
one-question = D'abord ceci ; redemande-moi le reste ensuite
too-many-requests = C'est plus que je n'en fais à la fois. Redis-moi le reste

weekday = { $weekday ->
    [1] lundi
    [2] mardi
    [3] mercredi
    [4] jeudi
    [5] vendredi
    [6] samedi
   *[7] dimanche
}
month = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}
clock-today = à { $clock }
clock-tomorrow = demain à { $clock }
clock-yesterday = hier à { $clock }
clock-weekday = { weekday } à { $clock }
clock-date = le { $day } { month } à { $clock }
clock-days = { $days } à { $clock }
days-all = tous les jours
days-work = en semaine
days-weekend = le week-end
days-some = chaque { $names }
after-song = après cette chanson
after-songs = { $count ->
    [one] après cette chanson
   *[other] après { $count } chansons
}
after-album = à la fin de l'album
after-named = à la fin de { $title }
after-queue = à la fin de la file
sleep-set = La musique s'arrêtera { $when }
sleep-cancelled = Le minuteur est désactivé
alarm-set = Je jouerai { $when } : { $music }
alarm-liked = la musique que tu aimes
alarm-player = Ce sera sur { $player }
alarm-cancelled = L'alarme { $when } est désactivée
alarm-missed = L'alarme { $when } n'a pas sonné
timer-replaced = Cela remplace l'ancien
timer-unwatched = Cela ne marche que tant que le serveur tourne
timers-cancelled = { $count ->
    [one] Un minuteur est désactivé
   *[other] { $count } minuteurs sont désactivés
}
timers-set = Réglé : { $names }
timer-alarm = { $music } { $when }
timer-sleep = fin de la musique { $when }
no-timer = Aucun minuteur n'est réglé
no-sleep-timer = Aucun minuteur de sommeil n'est réglé
no-alarm = Aucune alarme n'est réglée

unsaid = { "" }
terms = { $names }
wish = de la musique ({ $parts })
wish-liked = que tu aimes
wish-by = par { $names }
wish-like = comme { $name }
wish-below = sous { $high } BPM
wish-above = au-dessus de { $low } BPM
wish-around = autour de { $bpm } BPM
wish-between = entre { $low } et { $high } BPM
wish-steps = à { $steps } pas par minute
wish-until = jusqu'en { $last }
wish-since = depuis { $first }
wish-year = de { $first }
wish-decade = années { $first }
wish-years = de { $first } à { $last }
wish-without = sans { $what }
note-bpm = environ { $bpm } BPM
note-from = { $what } dès { $at }
note-played = { $count ->
    [one] déjà écouté une fois
   *[other] déjà écouté { $count } fois
}
note-suits = convient { $what }
note-like-for = comme ce que tu écoutes d'habitude ({ $what })
note-like = proche de { $what }
note-after = déjà écouté après { $what }
note-next = tu mets souvent { $what } ensuite
note-stay = tu restes avec { $what }
note-liked = tu l'aimes
note-others = d'autres aux goûts proches l'écoutent
note-usual = habituel pour toi { $what }
note-goes = va bien { $what }
note-by = de { $what }
note-year = de { $what }
note-sings = quelqu’un chante
note-called = s’appelle ainsi
note-album = de l’album
note-sung = les paroles disent « { $what } »
note-cover = la pochette correspond
note-returns = comme ce à quoi tu reviens
note-came-next = est déjà venu après
note-sound = un son proche
note-genres = les mêmes genres
note-artist-after = tu mets { $what } après { $other }
note-sung-in = chanté dans cette langue
time-at = à { $clock }
time-yesterday-at = hier à { $clock }
time-date-at = le { $day } { month } à { $clock }
time-day = { $day ->
    [today] { $part ->
        [morning] ce matin
        [afternoon] cet après-midi
        [evening] ce soir
        [night] cette nuit
       *[day] aujourd'hui
    }
    [before-yesterday] avant-hier{ $part ->
        [morning] {" "}matin
        [afternoon] {" "}après-midi
        [evening] {" "}soir
        [night] {" "}dans la nuit
       *[day] {""}
    }
   *[yesterday] { $part ->
        [morning] hier matin
        [afternoon] hier après-midi
        [evening] hier soir
        [night] la nuit dernière
       *[day] hier
    }
}
time-weekday = { weekday }{ $part ->
    [morning] {" "}matin
    [afternoon] {" "}après-midi
    [evening] {" "}soir
    [night] {" "}dans la nuit
   *[day] {""}
}
time-ago = il y a { $count } { $unit ->
    [second] { $count ->
        [one] seconde
       *[other] secondes
    }
    [minute] { $count ->
        [one] minute
       *[other] minutes
    }
    [hour] { $count ->
        [one] heure
       *[other] heures
    }
    [day] { $count ->
        [one] jour
       *[other] jours
    }
    [week] { $count ->
        [one] semaine
       *[other] semaines
    }
   *[month] mois
}
time-in-the-last = { $unit ->
    [second] ces { $count } dernières secondes
    [minute] { $count ->
        [one] cette dernière minute
       *[other] ces { $count } dernières minutes
    }
    [hour] { $count ->
        [one] cette dernière heure
       *[other] ces { $count } dernières heures
    }
    [day] { $count ->
        [one] ce dernier jour
       *[other] ces { $count } derniers jours
    }
    [week] { $count ->
        [one] cette dernière semaine
       *[other] ces { $count } dernières semaines
    }
   *[month] { $count ->
        [one] ce dernier mois
       *[other] ces { $count } derniers mois
    }
}
time-just-now = à l'instant
time-last-weekend = le week-end dernier
time-in-year = en { $year }
time-in-month = en { month }
time-on-date = le { $day } { month }
time-this = { $unit ->
    [week] cette semaine
    [month] ce mois-ci
   *[year] cette année
}
time-last = { $unit ->
    [week] la semaine dernière
    [month] le mois dernier
   *[year] l'année dernière
}
which-wish = Qu'est-ce qui te ferait plaisir : { $choices } ?
which-one = Lequel veux-tu dire ?
which-by = Que veux-tu dire par « { $said } » ?
whose = { $name } : de qui ?
which-named = { $name } : lequel veux-tu dire ?
none-number = Il n'y a pas de numéro { $number } dans la liste
none-list = Il n'y a pas de liste où choisir
none-any-more = Ce n'est plus dans la bibliothèque
none-liked = Tu n'as encore rien marqué comme aimé
none-playlist = Aucune playlist ne s'appelle { $name }
none-genre = Je n'ai pas de musique de ce genre : { $genre }
none-that = Je ne trouve pas ça
none-learned = Je n'ai rien appris sur { $about }
none-wish = Je ne trouve pas { $wish }
none-in-that-playlist = { $what } n'est pas dans la playlist { $name }
none-in-queue = { $what } n'est pas dans la file
none-else = Je n'ai rien d'autre de { $name }
none-played-yet = Rien n'a encore été joué
none-played = Je n'ai rien noté : rien n'a été { $kind ->
    [skip] passé
    [like] aimé
    [dislike] rejeté
   *[play] écouté
} à ce moment-là
none-played-by = Je n'ai rien noté de { $about } qui ait été { $kind ->
    [skip] passé
    [like] aimé
    [dislike] rejeté
   *[play] écouté
}
none-heard = Je n'ai rien noté que tu aurais entendu à ce moment-là
none-heard-by = Je n'ai rien noté de { $about } que tu aurais entendu
reason-too-short = c'était trop court
reason-silent = je n'entends presque rien
reason-no-match = rien dans ta bibliothèque ne correspond
reason-kept-only = je ne garde que les { $seconds } dernières secondes
reason-none-kept = je ne reconnais rien dans les { $seconds } dernières secondes
reason-hum-silent = je n'entends presque rien
reason-hum-too-short = c'était trop court
reason-hum-speech = on aurait dit de la parole, pas un air
reason-hum-no-tune = j'entends du bruit ou plusieurs notes à la fois, et pas d'air seul
reason-hum-waiting = je n'ai pas encore analysé les airs de ta musique, il en reste { $count }
reason-hum-none = il n'y a pas encore d'airs à comparer
reason-hum-far = aucun air que je connais n'est assez proche
step-longer = Laisse-moi écouter cinq secondes ou plus.
step-nearer = Approche le micro de la musique ou monte le son, puis redemande.
step-noisy = Redemande plus près de la musique s'il y avait du bruit.
step-kept = Je garde son empreinte, pas le son : dis-moi le titre, ou ajoute-le à ta musique.
step-listen-next = Si c'était dans la pièce : dis « commence à écouter », et la prochaine fois je pourrai revenir en arrière.
step-hum-silent = Fredonne plus fort ou plus près du micro, cinq secondes ou plus.
step-hum-too-short = Fredonne encore, cinq à dix secondes, de préférence le refrain.
step-hum-speech = Fredonne, siffle, ou chante sur « la ».
step-hum-no-tune = Fredonne sans musique autour, près du micro.
step-hum-waiting = Redemande un peu plus tard.
step-hum-none = Ajoute d'abord de la musique.
step-hum-far = Fredonne encore, de préférence le refrain.
failed-no_player = Aucun lecteur n'est connecté. Ouvre la page dans un navigateur et joue là
failed-player_not_responding = Le lecteur n'annonce aucun son. Vérifie qu'il est allumé et réessaie
failed-player_refused = Le lecteur ne peut pas jouer cela. Essaie un autre titre
failed-player_blocked = Le navigateur n'autorise pas encore le son. Clique une fois sur la page et réessaie
failed-queue_empty = La file est finie
failed-nothing_playing = Rien ne joue
failed-not_asked_for = Tu ne me l'as pas demandé ainsi ; dis-le clairement
failed-nothing_named = Il manque de quoi il s'agit. Précise, s'il te plaît
failed-too_much = C'est plus d'un titre. Donne une seule chanson
failed-playlist_exists = Il y a déjà une playlist appelée { $name }. Choisis un autre nom
failed-no_rule = Cette playlist n'a pas de règle pour se remplir
failed-no_taste = Les goûts ne sont pas appris ici
failed-nothing_recommended = Il n'y a pas de recommandations ici. Demande la musique par son nom
failed-recognition_off = La reconnaissance d'enregistrements est désactivée
failed-humming_off = La reconnaissance d'airs fredonnés est désactivée
failed-not_listening = Je n'entends rien autour de toi : aucun micro n'est allumé. Appuie sur « What is this? » sur la page et autorise le micro
failed-not-then = Je n'écoutais pas à ce moment-là, et rien n'est gardé d'avant. Dis « commence à écouter » pour la prochaine fois
failed-nothing_recognised = Je n'ai encore rien reconnu ici. Demande « c'est quoi ? » pendant que la musique joue
failed-clip_gone = Cet enregistrement n'est plus là. Refais-le
failed-tool_timeout = Cela a pris trop de temps. Réessaie
failed-internal_error = Quelque chose s'est mal passé dans Refrain. Réessaie
failed-invalid_arguments = Je n'ai pas compris. Dis-le autrement
failed-too_many_calls = C'était trop d'étapes à la fois
failed-no_volume = Le volume de ce lecteur ne se règle pas d'ici
failed-not_in_library = Ce n'est pas dans la bibliothèque
failed-queue_full = La file est pleine
failed-time_is_past = Cette heure est déjà passée. Donnes-en une autre
failed-no_sleep_timer = Aucun minuteur de sommeil n'est réglé
failed-no_timers = Il n'y a pas de minuteurs ici
term = { $key ->
    [calm] calme
    [sad] triste
    [melancholic] mélancolique
    [happy] joyeuse
    [uplifting] entraînante
    [romantic] romantique
    [sexy] sensuelle
    [energetic] énergique
    [angry] rageuse
    [dark] sombre
    [mysterious] mystérieuse
    [dreamy] rêveuse
    [nostalgic] nostalgique
    [epic] épique
    [tense] tendue
    [playful] espiègle
    [groovy] groovy
    [psychedelic] psychédélique
    [weird] étrange
    [warm] chaleureuse
    [fast] rapide
    [slow] lente
    [catchy] accrocheuse
    [emotional] émouvante
    [beautiful] belle
    [danceable] dansante
    [acoustic] acoustique
    [instrumental] instrumentale
    [electronic] électronique
    [sung] chantée
    [vocals] voix
    [loud] forte
    [piano] piano
    [guitar] guitare
    [acoustic-guitar] guitare acoustique
    [electric-guitar] guitare électrique
    [bass] basse
    [drums] batterie
    [violin] violon
    [strings] cordes
    [cello] violoncelle
    [saxophone] saxophone
    [trumpet] trompette
    [brass] cuivres
    [flute] flûte
    [clarinet] clarinette
    [harp] harpe
    [organ] orgue
    [accordion] accordéon
    [harmonica] harmonica
    [synthesizer] synthétiseur
    [choir] chœur
    [classical] classique
    [for-workout] pour le sport
    [for-running] pour courir
    [for-walking] pour marcher
    [for-study] pour étudier
    [for-studying] pour étudier
    [for-focus] pour se concentrer
    [for-sleep] pour dormir
    [for-party] pour la fête
    [for-dinner] pour le dîner
    [for-commute] pour le trajet
    [for-driving] pour conduire
    [for-road-trip] pour le voyage
    [for-cleaning] pour le ménage
    [for-yoga] pour le yoga
    [for-meditation] pour méditer
    [for-gaming] pour jouer
    [for-relaxing] pour se détendre
    [for-waking] pour se réveiller
    [for-morning] pour le matin
    [for-afternoon] pour l'après-midi
    [for-evening] pour le soir
    [for-night] pour la nuit
    [for-weekend] pour le week-end
    [calmer] plus calme
    [more-energetic] plus énergique
    [darker] plus sombre
    [happier] plus joyeuse
    [less-danceable] moins dansante
    [more-danceable] plus dansante
    [less-acoustic] moins acoustique
    [more-acoustic] plus acoustique
    [less-instrumental] moins instrumentale
    [more-instrumental] plus instrumentale
    [with-less-singing] avec moins de chant
    [with-more-singing] avec plus de chant
    [softer] plus douce
    [louder] plus forte
    [slower] plus lente
    [faster] plus rapide
    [older] plus ancienne
    [newer] plus récente
    [brighter] plus brillante
    [duller] plus sourde
    [steadier] plus régulière
    [more-changing] plus changeante
    [the-sound] le son
    [the-instruments] les instruments
    [the-number-of-tracks] le nombre de titres
    [the-length] la durée
    [the-cadence] la cadence
    [in-the-morning] le matin
    [in-the-afternoon] l'après-midi
    [in-the-evening] le soir
    [at-night] la nuit
    [around-noon] vers midi
   *[other] { $word }
}

## Questions sur les minuteries

when-with-length = { $when } ({ minutes })
ask-when-stop = Quand dois-je arrêter la musique ?
ask-when-play = À quelle heure dois-je la jouer ?
ask-which-timer = Lequel : { $names } ?
alarm-nothing-meant = Rien ne joue que je pourrais mettre alors. Nommez de la musique

## Rooms and speakers

everywhere = Partout
in-room = { $room } : { $what }
rooms-unable = { $names } ne peut pas changer le volume d'ici
moved = { $track } continue là-bas
moved-paused = { $track } est là-bas maintenant, en pause
no-speakers = Je ne connais encore aucune enceinte.
speakers-are = Il y a : { $names }
speaker-plays = { $name } (joue { $title })
speaker-paused = { $name } ({ $title } en pause)
speaker-gone = { $name } (pas connecté)

## What is known of a recording, and who says so

fact-own-file = le fichier
fact-lyrics = Les paroles de { $track } (source : { $source }) : « { $lines } »
fact-lyrics-more = Toutes les paroles sont sur la page
fact-instrumental = Personne ne chante dans { $track }, selon { $source }
fact-untimed = Je connais les paroles de { $track }, mais pas le moment de chaque ligne
fact-line = En ce moment : « { $line } » (source : { $source })
fact-no-line = Rien n’est chanté en ce moment
fact-released = { $track } date de { $when } (source : { $source })
fact-released-too = { $source } indique { $when }
fact-label = { $track } est sorti chez { $label } (source : { $source })
fact-no-lyrics = Je ne connais pas les paroles de { $track }
fact-no-year = Je ne sais pas quand { $track } est sorti
fact-no-label = Je ne sais pas sur quel label { $track } est sorti

## Spotify, and what a radio station plays

spotify-playing = Spotify joue { $track }
spotify-playing-on = Spotify joue { $track } sur { $device }
spotify-paused = Spotify est en pause
spotify-silent = Spotify ne joue rien
spotify-found = Spotify propose { $names }
spotify-nothing = Je ne trouve rien qui s’appelle { $wanted } sur Spotify
station-plays = { $station } joue { $track }
station-probably = { $station } joue probablement { $track }
station-says = { $station } annonce : « { $title } »
station-silent = { $station } est allumée ; elle ne dit pas ce qu’elle joue et je ne le reconnais pas
failed-spotify_unable = Sur Spotify, je peux seulement lancer, mettre en pause et reprendre ; le reste se fait dans son application
failed-spotify_not_set_up = Spotify n’est pas connecté ici. Pour le connecter, mets dans sources.spotify_client_id l’identifiant client de ta propre application Spotify ; la page explique comment sous Settings, Services
failed-spotify_off = Spotify n’est pas connecté. Connecte-toi sur la page sous Settings, Services, ou avec : refrain services connect spotify
failed-spotify_login_needed = Spotify demande que tu te reconnectes : sur la page, sous Settings, Services
failed-spotify_plays_nowhere = Spotify n’est actif sur aucun appareil. Ouvre-le sur un téléphone, un ordinateur ou une enceinte, puis réessaie
failed-spotify_refused = Spotify refuse. Le commander à distance demande Premium
failed-spotify_busy = Spotify n’accepte plus de demandes pour l’instant. Réessaie dans une minute
failed-spotify_away = Spotify ne répond pas pour l’instant. Réessaie dans un moment
