# Lo que Refrain dice en español.

list-comma = { $head }, { $tail }
list-and = { $head } y { $tail }
list-also = { $head } y { $tail }
list-or = { $head } o { $tail }
list-more = { $names } y { $more } más en la página
track-by = { $title } de { $artist }
album-by = el álbum { $title } de { $artist }
playlist-called = la lista { $name }
choice-artist = { $name } como artista
choice-song = la canción { $track }
artists-and-others = { $names } y otros
tracks = { $count ->
    [0] ninguna canción
    [one] una canción
   *[other] { $count } canciones
}
albums = { $count ->
    [one] un álbum
   *[other] { $count } álbumes
}
artists = { $count ->
    [one] un artista
   *[other] { $count } artistas
}
playlists = { $count ->
    [one] una lista
   *[other] { $count } listas
}
things = { $count ->
    [one] una cosa
   *[other] { $count } cosas
}
minutes = { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
}
tracks-of = { tracks } de { $name }
tracks-lasting = { tracks }, { minutes }
music = música

no-sound-yet = Se lo pedí al reproductor, pero aún no indica que suene nada
play-track = Suena { $track }
    .v2 = Aquí tienes { $track }
    .v3 = Ahora suena { $track }
play-album = Suena el álbum { $name } de { $artist }, { tracks }, empezando por { $title }
    .brief = Suena el álbum { $name }
play-artist = Suena { $name }: { tracks }, empezando por { $title }
    .v2 = Aquí tienes a { $name }: { tracks }, empezando por { $title }
    .brief = Suena { $name }
play-playlist = Suena tu lista { $name }, { tracks }, empezando por { $first }
    .brief = Suena { $name }
play-liked = Suena música que te gusta: { tracks }, empezando por { $first }
    .brief = Suena la música que te gusta
play-several = Suena música: { tracks }, empezando por { $first }
    .brief = Suena música: { tracks }
from-album = Es del álbum { $album }
from-album-year = Es del álbum { $album }, de { $year }
queued-next = A continuación: { $what }
    .brief = A continuación
queued = Añadido a la cola: { $what }
    .v2 = Ya está en la cola: { $what }
    .brief = Añadido
now-track = Ahora suena { $track }
    .v2 = Aquí tienes { $track }
    .brief = { $track }
skipped-silent = He saltado, pero el reproductor aún no indica que suene nada
resumed = Sigue sonando { $track }
    .brief = Sigue
nothing-paused = No hay nada en pausa
paused = En pausa
not-paused = El reproductor no está en pausa
stopped = Parado
still-playing = El reproductor sigue sonando
shuffle-on = Modo aleatorio activado
shuffle-off = Modo aleatorio desactivado
repeat-off = Repetición desactivada
repeat-one = Se repite esta canción
repeat-all = Se repite la cola
from-beginning = Desde el principio
position-now = Ahora en { $at }
muted = En silencio
volume = Volumen al { $level } por ciento
    .brief = { $level } por ciento
volume-asked = El volumen está al { $level } por ciento
    .brief = { $level } por ciento
volume-most = Más alto no se puede: { $level } por ciento
volume-least = Más bajo no se puede: { $level } por ciento

queue-cleared = Cola vaciada ({ tracks }). Di «deshacer» para recuperarla.
    .brief = Vaciada
undone = Deshecho
in-queue = En la cola: { tracks }
queue-removed = Quitado de la cola: { $what }
    .brief = Quitado
queue-moved = { $title } es ahora el número { $place } de la cola
queue-empty = La cola está vacía
queue-list = En la cola: { $names }
queue-only = { $track }, y después nada
queue-now = Ahora { $track }
queue-left = Después de esta { $count ->
    [one] queda una canción
   *[other] quedan { $count } canciones
}
queue-then = Después { $names }

nothing-playing = No suena nada
paused-track = { $track } está en pausa
track-from-year = { $track } es de { $year }
track-no-year = { $track }; el archivo no indica el año
length-left = Dura { $length } y quedan { $left }
now-hearing = Esto es { $track }
    .v2 = Estás oyendo { $track }
    .brief = { $track }
now-hearing-from = Esto es { $track }, del álbum { $album }
    .v2 = Estás oyendo { $track }, del álbum { $album }

liked = Anotado, te gusta: { $what }
    .brief = Anotado
disliked = Anotado, no te gusta: { $what }. No lo volveré a sugerir
    .brief = Anotado
unrated = Valoración retirada: { $what }
    .brief = Retirada
taste-reset = He olvidado tus gustos y empiezo de nuevo. Tu historial y tus valoraciones se quedan.
taste-forgotten = He olvidado lo que aprendí sobre { $about }
track-never = No volveré a ofrecerte { $about }
track-not-now = Hoy no: { $about }
track-more = Anotado: más como { $about }
track-less = Anotado: menos como { $about }
music-of = música ({ $about })
taste-never = Anotado, nunca: { $kind }
taste-more = Anotado, más de esto: { $kind }
taste-less = Anotado, menos de esto: { $kind }
taste-concerns = En tu biblioteca son { tracks }
taste-concerns-none = En tu biblioteca no conozco nada de eso
taste-rated = Tus valoraciones: { $what }
taste-liked = { $count } que te gustan
taste-disliked = { $count } que no te gustan
taste-unknown = Aún no sé nada de tus gustos. Aprendo de lo que pones y dices.
taste-lines = { $count ->
    [one] Sé una cosa de tus gustos; está en la página
   *[other] Sé { $count } cosas de tus gustos; están en la página
}

playlist-created = Lista { $name } creada con { $what }
    .brief = Creada
playlist-created-empty = Lista { $name } creada. De momento está vacía.
    .brief = Creada
playlist-deleted = Lista { $name } borrada
    .brief = Borrada
playlist-renamed = { $name } se llama ahora { $new }
playlist-added = Añadido a { $name }: { $what }
    .brief = Añadido
playlist-has = { $title } ya está en { $name }
playlist-has-all = Todo eso ya está en { $name }
playlist-removed = Quitado de { $name }: { $what }
    .brief = Quitado
playlist-empty = La lista { $name } está vacía
playlist-content = En { $name } hay { tracks }: { $names }
no-playlists = Aún no tienes listas. Di «crea una lista llamada Noche».
your-playlists = Tienes { playlists }: { $names }
playlist-stays = Ya nada encaja con la regla de { $name }, así que se queda como estaba
playlist-fresh = { $name } está renovada: { $amount }
playlist-made = Lista { $name } creada: { $amount }
playlist-made-first = Lista { $name } creada: { $amount }, empezando por { $first }
playlist-refills = Se renueva sola cada día
flow-ramp = { $what }, de menos a más
flow-hill = { $what }, subiendo y luego bajando
flow-down = { $what }, de más a menos

found-one = He encontrado { $what }
    .brief = { $what }
found-many = He encontrado { $amount }: { $names }
    .brief = { $names }
found-because = He encontrado { $what } ({ $reason })
found-more = Hay { $count } más en la página
found-matches = He encontrado { $count ->
    [one] un resultado
   *[other] { $count } resultados
}: { $first }, { $rest }
with-reason = { $track } ({ $reason })
with-reason-aside = { $track } ({ $reason })
first-and-rest = { $first }, y además { $rest }
suggested = ¿Qué tal { $what }?
    .v2 = Podrías probar { $what }
    .v3 = Te propongo { $what }
    .brief = { $what }
opened = Aquí tienes algo para ti
    .v2 = Probemos con esto
opened-closest = Esto es lo que más se acerca
opened-mood = Aquí tienes música ({ $mood })
opened-wish = Aquí tienes { $wish }
opened-genre = Aquí tienes { $name }
opened-more = Más de { $name }
chosen-one = { $opening }: { $first }
    .brief = Suena { $first }
chosen-several = { $opening }: { tracks }, empezando por { $first }
    .brief = Suena { $first }
chosen-lasting = { $opening }: { tracks }, { minutes }, empezando por { $first }
    .brief = { tracks }, { minutes }, empezando por { $first }
let-go = Nada cumple todo; he renunciado a { $what }
cannot-hear = No puedo distinguir de oído qué cumple esto: { $what }
only-guessed = Esto solo se puede adivinar por el sonido: { $what }
turns-at = La primera encaja a partir de { $at } ({ $mood })
chosen-because = Elegí { $track } por esto: { $reason }
not-chosen-but = { $track } no la elegí yo; a su favor está: { $reason }
not-chosen = { $track } no la elegí yo, y aún no sé qué habla a su favor

history-one = { $when } { $kind ->
    [skip] saltaste
    [like] marcaste que te gusta
    [dislike] marcaste que no te gusta
   *[play] pusiste
} { $track }
history-when = { $when } { $kind ->
    [skip] saltaste
    [like] marcaste que te gusta
    [dislike] marcaste que no te gusta
   *[play] pusiste
}: { $names }
history-last = Lo último que { $kind ->
    [skip] saltaste
    [like] marcaste que te gusta
    [dislike] marcaste que no te gusta
   *[play] pusiste
}: { $names }
history-most = Lo que más { $kind ->
    [skip] saltaste
    [like] marcaste que te gusta
    [dislike] marcaste que no te gusta
   *[play] pusiste
}: { $names }
history-most-when = { $when }, lo que más { $kind ->
    [skip] saltaste
    [like] marcaste que te gusta
    [dislike] marcaste que no te gusta
   *[play] pusiste
}: { $names }

this-is = Esto es { $what }
    .brief = { $what }
that-was = Eso era { $what }
that-is-probably = Probablemente es { $what }
that-was-probably = Probablemente era { $what }
probably = probablemente { $track }
could-also-be = También podría ser { $other }
heard-from-album = { $what }, del álbum { $album }
heard-not-owned = { $what } (no está en tu biblioteca)
heard-at = { $what }, en { $at }
position-then = Iba por { $at }
position-heard = Va por { $at }
heard-year = { $track }: es de { $year }
heard-year-probably = { $track }: probablemente es de { $year }
heard-no-year = { $track }: el archivo no indica el año
heard-album = Es del álbum { $album }
heard-album-probably = Probablemente es del álbum { $album }
heard-artist = { $artist }
heard-artist-probably = probablemente { $artist }
told-to-me = Lo conozco como { $title } porque me lo dijeron
known-as = A partir de ahora lo conozco como { $track }
match-share = { NUMBER($matched, minimumFractionDigits: 1) } de los { NUMBER($clip, minimumFractionDigits: 1) } segundos que oí encajan con { $title }
match-share-from = { NUMBER($matched, minimumFractionDigits: 1) } de los { NUMBER($clip, minimumFractionDigits: 1) } segundos que oí encajan con { $title }, desde { $from }
match-sure = Eso me da un { $percent } por ciento de seguridad
match-unsure = Eso me da un { $percent } por ciento de seguridad, que no basta para estar seguro
match-changed = { $changes }
runs-fast = va un { $percent } por ciento más rápido
runs-slow = va un { $percent } por ciento más lento
sounds-higher = suena { $count ->
    [1] un semitono
   *[other] { $count } semitonos
} más agudo
sounds-lower = suena { $count ->
    [1] un semitono
   *[other] { $count } semitonos
} más grave
listening = Ya estoy escuchando: los últimos minutos quedan en la memoria y no se graba nada. Pregunta «¿qué era eso?» cuando quieras; di «deja de escuchar» para terminar.
    .brief = Ya estoy escuchando
listening-over = He dejado de escuchar y he borrado lo que tenía en la memoria
forgotten-one = { $title } ya no está en la lista de lo que oíste
forgotten = Olvidado: { things } que oíste
forgotten-when = Olvidado: { things } que oíste { $when }
right = Gracias: era { $right }
right-not = Gracias: era { $right }, no { $wrong }
will-remember = Lo recordaré
noted-not = Anotado: no era { $wrong }
noted-wrong = Anotado: me equivoqué
not-in-library = { $title } no está en tu biblioteca
was-it = ¿Era { $track }?
say-it-was = Si sabes qué era, di «era» y el título
cannot-name = No puedo decir qué es
cannot-name-because = No puedo decir qué es: { $reason }
cannot-name-before = No puedo decir qué es, aunque lo he oído antes { $count ->
    [one] una vez
   *[other] { $count } veces
}
cannot-name-because-before = No puedo decir qué es: { $reason }. Lo he oído antes { $count ->
    [one] una vez
   *[other] { $count } veces
}
another-performance = Parece otra interpretación de { $track }. ¿La pongo?
heard-one = { $when } { $where } oíste { $track }
heard-one-probably = { $when } { $where } oíste, probablemente, { $track }
heard-list = Oíste { $where }: { $names }
heard-list-when = { $when } { $where } oíste: { $names }
heard-list-most = Lo que más oíste { $where }: { $names }
heard-list-most-when = { $when } { $where }, lo que más oíste: { $names }
heard-when = { $when }: { $what }
heard-elsewhere = No están en tu biblioteca: { $names }
heard-unnamed = { $count ->
    [one] No pude identificar una melodía
   *[other] No pude identificar { $count } melodías
}
where-place = ({ $place })
where-stream = en { $name }

hum-like = Suena como { $what }
    .v2 = A mí me suena a { $what }
hum-from = { $what }, más o menos desde { $from }
hum-unsure = No estoy seguro
hum-which = ¿Te refieres a { $names }?
hum-unknown = No puedo decir qué melodía es: { $reason }
hum-nearest = De { $count ->
    [one] una melodía
   *[other] { $count } melodías
}, { $title } es la más cercana a lo que { $how ->
    [whistled] silbaste
   *[hummed] tarareaste
}
hum-sure = Eso me da un { $percent } por ciento de seguridad; solo con un tarareo nunca es seguro
hum-again = Tararéala otra vez, quizá el estribillo; o si la sabes, di «era» y el título
cannot-learn = { $title } no está en tu biblioteca, así que no puedo aprenderla

nothing = No encuentro esto en tu biblioteca: { $wanted }
    .v2 = No he encontrado nada con: { $wanted }
nothing-that = No lo encuentro
nothing-recalled = No tengo nada anotado de eso
nothing-in-queue = Eso no está en la cola
nearest = Lo más parecido es { $what }
mean-that = ¿Te refieres a eso?
play-that = ¿Lo pongo?
add-that = ¿Lo añado?
which-of = ¿{ $names }?
say-more-like-this = Di «más como esto» si quieres seguir

no-radio = No tengo emisoras de radio, solo tu biblioteca. ¿Mejor un género o un artista?
nothing-to-choose = Aún no hay ninguna lista de la que elegir. Pide primero algo de música.
no-other = No tengo otra cosa que ofrecerte. Cuéntame más de lo que quieres.
glad = De acuerdo
what-to-find = ¿Qué busco? Di una canción, un artista, un álbum o un estado de ánimo.
by-whom = ¿De quién? Di un artista, o pon algo primero.
which-playlist = ¿Qué lista quieres decir?
name-the-playlist = ¿Cómo se va a llamar la lista?
cannot-set = Ese ajuste no lo puedo cambiar. Sí el volumen, el modo aleatorio, la repetición y el punto de la canción.
no-name-yet = No pude identificar lo que oí, así que no puedo usarlo. Si lo sabes, di «era» y el título.
heard-not-in-library = Lo que oí no está en tu biblioteca, así que no puedo ponerlo
which-name = ¿Cómo se llama? Di «era» y el título.
refuse = Eso no lo sé hacer. Puedo poner, buscar, encolar y recomendar música, llevar listas y recordar lo que oíste.
    .v2 = Lo siento, solo entiendo de tu música: ponerla, buscarla, encolarla, recomendarla, las listas y tu historial.
    .brief = Eso no lo sé hacer
only-music = Solo tengo tu biblioteca de música: ni pódcast, ni audiolibros, ni películas, ni juegos
help = Prueba con «pon algo tranquilo», «algo para estudiar», «como esta pero más lenta», «¿por qué esta canción?», «¿qué suena?», «añade esto a mi lista Noche», «¿qué escuché ayer?» o «deshacer».
greet = ¡Hola! ¿Qué quieres escuchar?
    .v2 = ¡Hola! ¿Pongo algo?
welcome = De nada.
    .v2 = Con mucho gusto.
    .plain = De nada.
goodbye = Hasta luego. Avísame cuando quieras música.
    .plain = Adiós.
library-size = En tu biblioteca hay { tracks }, { $artists ->
    [one] un artista
   *[other] { $artists } artistas
} y { $albums ->
    [one] un álbum
   *[other] { $albums } álbumes
}
leave-it = Vale, lo dejo
    .v2 = De acuerdo. Dime cuando quieras otra cosa.
first-or-second = ¿La primera o la segunda?
which-number = ¿Cuál: de 1 a { $count }?
no-such-number = La lista solo tiene { $count ->
    [one] una entrada
   *[other] { $count } entradas
}, no hay número { $number }
nothing-done = Aún no he hecho nada. Dime qué quieres escuchar.

small-talk-who = Soy Refrain, el asistente de música de esta casa. ¿Qué quieres escuchar?
    .plain = Soy Refrain, un asistente de música: un programa, no una persona.
small-talk-how = Muy bien, gracias. ¿Pongo algo?
    .plain = Todo funciona como debe. ¿Pongo algo?
small-talk-joke = ¿Qué le dice una nota a otra? Hoy no desafines, que nos oyen.
    .v2 = ¿Por qué el pianista no podía entrar en casa? Porque no daba con la tecla.
    .plain = No sé chistes, solo música.
small-talk-sing = Cantar se lo dejo a quienes saben. ¿A quién quieres oír?
small-talk-taste = Lo que te haga quedarte hasta la última nota. ¿Qué pongo?
    .plain = No tengo gustos propios, aprendo los tuyos.
small-talk-praise = Gracias. Eso me suena a música.
    .plain = Gracias.
small-talk-blame = Lo siento. Di «deshacer», o dime qué querías.
speaker-hello = Hola, { $name }
speaker-is = Eres { $name }
speaker-unknown = No lo sé. Di «soy» y tu nombre
verbosity-less = Vale, seré breve
verbosity-more = Con gusto, contaré más
verbosity-normal = De acuerdo, como siempre
still-meant = ¿Te refieres a { $title }, de la lista de antes?
delete-really = ¿Borro la lista { $name }?
deleted-for-good = Una lista borrada no se puede recuperar. Crea una nueva si la quieres otra vez
track-is = Es { $track }
track-length = Dura { $length }
aside-kept = Por ahora: { $wish }
aside-over = De acuerdo, vuelve a valer todo
one-question = Primero eso; después pídeme otra vez lo otro
too-many-requests = Eso es más de lo que hago de una vez. Di el resto otra vez

weekday = { $weekday ->
    [1] lunes
    [2] martes
    [3] miércoles
    [4] jueves
    [5] viernes
    [6] sábado
   *[7] domingo
}
month = { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}
clock-today = a las { $clock }
clock-tomorrow = mañana a las { $clock }
clock-yesterday = ayer a las { $clock }
clock-weekday = el { weekday } a las { $clock }
clock-date = el { $day } de { month } a las { $clock }
clock-days = { $days } a las { $clock }
days-all = todos los días
days-work = entre semana
days-weekend = los fines de semana
days-some = cada { $names }
after-song = después de esta canción
after-songs = { $count ->
    [one] después de esta canción
   *[other] después de { $count } canciones
}
after-album = al final del álbum
after-named = al final de { $title }
after-queue = al final de la cola
sleep-set = La música parará { $when }
sleep-cancelled = El temporizador está desactivado
alarm-set = Pondré { $music } { $when }
alarm-liked = música que te gusta
alarm-player = Sonará en { $player }
alarm-cancelled = La alarma { $when } está desactivada
alarm-missed = La alarma { $when } no sonó
timer-replaced = Sustituye a la anterior
timer-unwatched = Solo funciona mientras el servidor esté en marcha
timers-cancelled = { $count ->
    [one] Un temporizador desactivado
   *[other] { $count } temporizadores desactivados
}
timers-set = Programado: { $names }
timer-alarm = { $music } { $when }
timer-sleep = fin de la música { $when }
no-timer = No hay ningún temporizador
no-sleep-timer = No hay temporizador de apagado
no-alarm = No hay ninguna alarma

unsaid = { "" }
terms = { $names }
wish = música ({ $parts })
wish-liked = que te gusta
wish-by = de { $names }
wish-like = como { $name }
wish-below = por debajo de { $high } BPM
wish-above = por encima de { $low } BPM
wish-around = alrededor de { $bpm } BPM
wish-between = entre { $low } y { $high } BPM
wish-steps = a { $steps } pasos por minuto
wish-until = hasta { $last }
wish-since = desde { $first }
wish-year = de { $first }
wish-decade = años { $first }
wish-years = de { $first } a { $last }
wish-without = sin { $what }
note-bpm = unos { $bpm } BPM
note-from = { $what } desde { $at }
note-played = { $count ->
    [one] ya la pusiste una vez
   *[other] ya la pusiste { $count } veces
}
note-suits = va bien { $what }
note-like-for = como lo que sueles poner ({ $what })
note-like = se parece a { $what }
note-after = ya sonó después de { $what }
note-next = después sueles poner { $what }
note-stay = sigues con { $what }
note-liked = te gusta
note-others = la ponen otros con gustos parecidos
note-usual = habitual para ti { $what }
note-goes = va bien { $what }
note-by = de { $what }
note-year = de { $what }
note-sings = alguien canta
note-called = se llama así
note-album = del álbum
note-sung = dice «{ $what }»
note-cover = la portada encaja
note-returns = como lo que sueles volver a poner
note-came-next = ya vino después otras veces
note-sound = un sonido parecido
note-genres = los mismos géneros
note-artist-after = pones a { $what } después de { $other }
note-sung-in = cantada en ese idioma
time-at = a las { $clock }
time-yesterday-at = ayer a las { $clock }
time-date-at = el { $day } de { month } a las { $clock }
time-day = { $day ->
    [today] hoy
    [before-yesterday] anteayer
   *[yesterday] ayer
}{ $part ->
    [morning] {" "}por la mañana
    [afternoon] {" "}por la tarde
    [evening] {" "}por la noche
    [night] {" "}por la noche
   *[day] {""}
}
time-weekday = el { weekday }{ $part ->
    [morning] {" "}por la mañana
    [afternoon] {" "}por la tarde
    [evening] {" "}por la noche
    [night] {" "}por la noche
   *[day] {""}
}
time-ago = hace { $count } { $unit ->
    [second] { $count ->
        [one] segundo
       *[other] segundos
    }
    [minute] { $count ->
        [one] minuto
       *[other] minutos
    }
    [hour] { $count ->
        [one] hora
       *[other] horas
    }
    [day] { $count ->
        [one] día
       *[other] días
    }
    [week] { $count ->
        [one] semana
       *[other] semanas
    }
   *[month] { $count ->
        [one] mes
       *[other] meses
    }
}
time-in-the-last = { $unit ->
    [second] en los últimos { $count } segundos
    [minute] { $count ->
        [one] en el último minuto
       *[other] en los últimos { $count } minutos
    }
    [hour] { $count ->
        [one] en la última hora
       *[other] en las últimas { $count } horas
    }
    [day] en los últimos { $count } días
    [week] { $count ->
        [one] en la última semana
       *[other] en las últimas { $count } semanas
    }
   *[month] { $count ->
        [one] en el último mes
       *[other] en los últimos { $count } meses
    }
}
time-just-now = hace un momento
time-last-weekend = el fin de semana pasado
time-in-year = en { $year }
time-in-month = en { month }
time-on-date = el { $day } de { month }
time-this = { $unit ->
    [week] esta semana
    [month] este mes
   *[year] este año
}
time-last = { $unit ->
    [week] la semana pasada
    [month] el mes pasado
   *[year] el año pasado
}
which-wish = ¿Qué te apetece: { $choices }?
which-one = ¿Cuál quieres decir?
which-by = ¿Qué quieres decir con «{ $said }»?
whose = { $name }: ¿de quién?
which-named = { $name }: ¿cuál quieres decir?
none-number = En la lista no hay número { $number }
none-list = No hay ninguna lista de la que elegir
none-any-more = Eso ya no está en la biblioteca
none-liked = Aún no has marcado nada que te guste
none-playlist = No hay ninguna lista llamada { $name }
none-genre = No tengo música de este tipo: { $genre }
none-that = No lo encuentro
none-learned = No he aprendido nada sobre { $about }
none-wish = No encuentro { $wish }
none-in-that-playlist = { $what } no está en la lista { $name }
none-in-queue = { $what } no está en la cola
none-else = No tengo nada más de { $name }
none-played-yet = Aún no ha sonado nada
none-played = No tengo anotado que { $kind ->
    [skip] saltaras
    [like] marcaras
    [dislike] marcaras
   *[play] pusieras
} nada entonces
none-played-by = No tengo anotado que { $kind ->
    [skip] saltaras
    [like] marcaras
    [dislike] marcaras
   *[play] pusieras
} nada de { $about }
none-heard = No tengo anotado nada que oyeras entonces
none-heard-by = No tengo anotado que oyeras nada de { $about }
reason-too-short = fue demasiado corto
reason-silent = no oigo casi nada
reason-no-match = nada de tu biblioteca coincide
reason-kept-only = solo guardo los últimos { $seconds } segundos
reason-none-kept = en los últimos { $seconds } segundos no reconozco nada
reason-hum-silent = no oigo casi nada
reason-hum-too-short = fue demasiado corto
reason-hum-speech = sonaba a hablar, no a una melodía
reason-hum-no-tune = oigo ruido o varias notas a la vez, y ninguna melodía sola
reason-hum-waiting = aún no he analizado las melodías de tu música, faltan { $count }
reason-hum-none = aún no hay melodías con las que comparar
reason-hum-far = ninguna melodía que conozco se acerca lo bastante
step-longer = Déjame oír cinco segundos o más.
step-nearer = Acerca el micrófono a la música o súbela, y pregunta otra vez.
step-noisy = Pregunta otra vez más cerca de la música si había ruido.
step-kept = Guardo su huella, no el sonido: dime el título, o añádela a tu música.
step-listen-next = Si sonaba en la habitación: di «empieza a escuchar» y la próxima vez podré mirar atrás.
step-hum-silent = Tararea más alto o más cerca del micrófono, cinco segundos o más.
step-hum-too-short = Tararea otra vez de cinco a diez segundos, mejor el estribillo.
step-hum-speech = Tararéala, sílbala o cántala con «la».
step-hum-no-tune = Tararea sin música de fondo, cerca del micrófono.
step-hum-waiting = Pregunta otra vez más tarde.
step-hum-none = Añade música primero.
step-hum-far = Tararéala otra vez, mejor el estribillo.
failed-no_player = No hay ningún reproductor. Abre la página en un navegador y pon música ahí
failed-player_not_responding = El reproductor no indica que suene nada. Comprueba que está encendido e inténtalo otra vez
failed-player_refused = El reproductor no puede con esto. Prueba otra canción
failed-player_blocked = El navegador aún no permite sonido. Haz clic una vez en la página e inténtalo otra vez
failed-queue_empty = La cola se ha acabado
failed-nothing_playing = No suena nada
failed-not_asked_for = No me lo has pedido así; dímelo expresamente
failed-nothing_named = Falta decir de qué se trata. Dilo, por favor
failed-too_much = Eso es más de una canción. Di una sola
failed-playlist_exists = Ya hay una lista llamada { $name }. Elige otro nombre
failed-no_rule = Esa lista no tiene una regla con la que llenarse
failed-no_taste = Aquí no se aprenden gustos
failed-nothing_recommended = Aquí no hay recomendaciones. Pide la música por su nombre
failed-recognition_off = El reconocimiento de grabaciones está desactivado
failed-humming_off = El reconocimiento de melodías tarareadas está desactivado
failed-not_listening = No oigo nada a tu alrededor: no hay micrófono encendido. Pulsa «What is this?» en la página y permite el micrófono
failed-not-then = Entonces no estaba escuchando, y no guardo nada de antes. Di «empieza a escuchar» para la próxima vez
failed-nothing_recognised = Aún no he reconocido nada aquí. Pregunta «¿qué suena?» mientras suena
failed-clip_gone = Esa grabación ya no está. Grábala otra vez
failed-tool_timeout = Ha tardado demasiado. Inténtalo otra vez
failed-internal_error = Algo ha fallado en Refrain. Inténtalo otra vez
failed-invalid_arguments = No lo he entendido. Dilo con otras palabras
failed-too_many_calls = Eran demasiados pasos de una vez
failed-no_volume = El volumen de este reproductor no se puede cambiar desde aquí
failed-not_in_library = Eso no está en la biblioteca
failed-queue_full = La cola está llena
failed-time_is_past = Esa hora ya ha pasado. Di otra
failed-no_sleep_timer = No hay temporizador de apagado
failed-no_timers = Aquí no hay temporizadores
term = { $key ->
    [calm] tranquila
    [sad] triste
    [melancholic] melancólica
    [happy] alegre
    [uplifting] animada
    [romantic] romántica
    [sexy] sensual
    [energetic] enérgica
    [angry] furiosa
    [dark] oscura
    [mysterious] misteriosa
    [dreamy] soñadora
    [nostalgic] nostálgica
    [epic] épica
    [tense] tensa
    [playful] juguetona
    [groovy] con ritmo
    [psychedelic] psicodélica
    [weird] rara
    [warm] cálida
    [fast] rápida
    [slow] lenta
    [catchy] pegadiza
    [emotional] emotiva
    [beautiful] bonita
    [danceable] bailable
    [acoustic] acústica
    [instrumental] instrumental
    [electronic] electrónica
    [sung] cantada
    [vocals] voces
    [loud] fuerte
    [piano] piano
    [guitar] guitarra
    [acoustic-guitar] guitarra acústica
    [electric-guitar] guitarra eléctrica
    [bass] bajo
    [drums] batería
    [violin] violín
    [strings] cuerdas
    [cello] violonchelo
    [saxophone] saxofón
    [trumpet] trompeta
    [brass] metales
    [flute] flauta
    [clarinet] clarinete
    [harp] arpa
    [organ] órgano
    [accordion] acordeón
    [harmonica] armónica
    [synthesizer] sintetizador
    [choir] coro
    [classical] clásica
    [for-workout] para entrenar
    [for-running] para correr
    [for-walking] para pasear
    [for-study] para estudiar
    [for-studying] para estudiar
    [for-focus] para concentrarse
    [for-sleep] para dormir
    [for-party] para la fiesta
    [for-dinner] para la cena
    [for-commute] para ir al trabajo
    [for-driving] para conducir
    [for-road-trip] para el viaje
    [for-cleaning] para limpiar
    [for-yoga] para yoga
    [for-meditation] para meditar
    [for-gaming] para jugar
    [for-relaxing] para relajarse
    [for-waking] para despertar
    [for-morning] para la mañana
    [for-afternoon] para la tarde
    [for-evening] para la noche
    [for-night] para la noche
    [for-weekend] para el fin de semana
    [calmer] más tranquila
    [more-energetic] más enérgica
    [darker] más oscura
    [happier] más alegre
    [less-danceable] menos bailable
    [more-danceable] más bailable
    [less-acoustic] menos acústica
    [more-acoustic] más acústica
    [less-instrumental] menos instrumental
    [more-instrumental] más instrumental
    [with-less-singing] con menos voz
    [with-more-singing] con más voz
    [softer] más suave
    [louder] más fuerte
    [slower] más lenta
    [faster] más rápida
    [older] más antigua
    [newer] más nueva
    [brighter] más brillante
    [duller] más apagada
    [steadier] más constante
    [more-changing] más cambiante
    [the-sound] el sonido
    [the-instruments] los instrumentos
    [the-number-of-tracks] la cantidad
    [the-length] la duración
    [the-cadence] la cadencia
    [in-the-morning] por la mañana
    [in-the-afternoon] por la tarde
    [in-the-evening] por la noche
    [at-night] por la noche
    [around-noon] al mediodía
   *[other] { $word }
}

## Preguntas sobre temporizadores

when-with-length = { $when } ({ minutes })
ask-when-stop = ¿Cuándo paro la música?
ask-when-play = ¿A qué hora la pongo?
ask-which-timer = ¿Cuál: { $names }?
alarm-nothing-meant = No suena nada que pueda poner entonces. Dime qué música

## Rooms and speakers

everywhere = En todas partes
in-room = { $room }: { $what }
rooms-unable = { $names } no puede cambiar el volumen desde aquí
moved = { $track } sigue allí
moved-paused = { $track } está allí ahora, en pausa
no-speakers = Todavía no conozco ningún altavoz.
speakers-are = Hay: { $names }
speaker-plays = { $name } (suena { $title })
speaker-paused = { $name } ({ $title } en pausa)
speaker-gone = { $name } (sin conexión)

## What is known of a recording, and who says so

fact-own-file = el archivo
fact-lyrics = La letra de { $track } (fuente: { $source }): «{ $lines }»
fact-lyrics-more = La letra completa está en la página
fact-instrumental = Nadie canta en { $track }, según { $source }
fact-untimed = Conozco la letra de { $track }, pero no cuándo se canta cada línea
fact-line = Ahora mismo: «{ $line }» (fuente: { $source })
fact-no-line = Ahora mismo no se canta nada
fact-released = { $track } es de { $when } (fuente: { $source })
fact-released-too = { $source } dice { $when }
fact-label = { $track } salió en el sello { $label } (fuente: { $source })
fact-no-lyrics = No conozco la letra de { $track }
fact-no-year = No sé cuándo salió { $track }
fact-no-label = No sé en qué sello salió { $track }

## Spotify, and what a radio station plays

spotify-playing = Spotify reproduce { $track }
spotify-playing-on = Spotify reproduce { $track } en { $device }
spotify-paused = Spotify está en pausa
spotify-silent = En Spotify no suena nada
spotify-found = Spotify tiene { $names }
spotify-nothing = En Spotify no encuentro nada llamado { $wanted }
station-plays = En { $station } suena { $track }
station-probably = En { $station } probablemente suena { $track }
station-says = { $station } misma dice: «{ $title }»
station-silent = { $station } está sonando; no dice qué pone y no lo reconozco
failed-spotify_unable = En Spotify desde aquí solo puedo reproducir, pausar y continuar; lo demás, en su aplicación
failed-spotify_not_set_up = Spotify no está conectado aquí. Para conectarlo, pon en sources.spotify_client_id el identificador de cliente de tu propia aplicación de Spotify; la página explica cómo en Settings, Services
failed-spotify_off = Spotify no está conectado. Inicia sesión en la página, en Settings, Services, o con: refrain services connect spotify
failed-spotify_login_needed = Spotify pide que inicies sesión otra vez: en la página, en Settings, Services
failed-spotify_plays_nowhere = Spotify no está activo en ningún dispositivo. Ábrelo en el móvil, el ordenador o un altavoz e inténtalo otra vez
failed-spotify_refused = Spotify no lo permite. Controlarlo desde fuera requiere Premium
failed-spotify_busy = Spotify no admite más peticiones por ahora. Inténtalo otra vez dentro de un minuto
failed-spotify_away = Spotify no responde ahora. Inténtalo otra vez enseguida
