# O que o Refrain diz em português.

list-comma = { $head }, { $tail }
list-and = { $head } e { $tail }
list-also = { $head } e { $tail }
list-or = { $head } ou { $tail }
list-more = { $names } e mais { $more } na página
track-by = { $title } de { $artist }
album-by = o álbum { $title } de { $artist }
playlist-called = a playlist { $name }
choice-artist = { $name } como artista
choice-song = a música { $track }
artists-and-others = { $names } e outros
tracks = { $count ->
    [0] nenhuma faixa
    [one] uma faixa
   *[other] { $count } faixas
}
albums = { $count ->
    [one] um álbum
   *[other] { $count } álbuns
}
artists = { $count ->
    [one] um artista
   *[other] { $count } artistas
}
playlists = { $count ->
    [one] uma playlist
   *[other] { $count } playlists
}
things = { $count ->
    [one] uma coisa
   *[other] { $count } coisas
}
minutes = { $minutes ->
    [one] um minuto
   *[other] { $minutes } minutos
}
tracks-of = { tracks } de { $name }
tracks-lasting = { tracks }, { minutes }
music = música

no-sound-yet = Pedi ao leitor, mas ele ainda não indica som nenhum
play-track = Tocando { $track }
    .v2 = Aqui está { $track }
    .v3 = Agora toca { $track }
play-album = Tocando o álbum { $name } de { $artist }, { tracks }, começando por { $title }
    .brief = Tocando o álbum { $name }
play-artist = Tocando { $name }: { tracks }, começando por { $title }
    .v2 = Aqui está { $name }: { tracks }, começando por { $title }
    .brief = Tocando { $name }
play-playlist = Tocando a sua playlist { $name }, { tracks }, começando por { $first }
    .brief = Tocando { $name }
play-liked = Tocando músicas de que você gosta: { tracks }, começando por { $first }
    .brief = Tocando músicas de que você gosta
play-several = Tocando { tracks }, começando por { $first }
    .brief = Tocando { tracks }
from-album = É do álbum { $album }
from-album-year = É do álbum { $album }, de { $year }
queued-next = A seguir: { $what }
    .brief = A seguir
queued = Adicionado à fila: { $what }
    .v2 = Já está na fila: { $what }
    .brief = Adicionado
now-track = Agora toca { $track }
    .v2 = Aqui está { $track }
    .brief = { $track }
skipped-silent = Pulei, mas o leitor ainda não indica som nenhum
resumed = Continuando { $track }
    .brief = Continuando
nothing-paused = Não há nada em pausa
paused = Em pausa
not-paused = O leitor não está em pausa
stopped = Parado
still-playing = O leitor ainda está tocando
shuffle-on = Ordem aleatória ligada
shuffle-off = Ordem aleatória desligada
repeat-off = Repetição desligada
repeat-one = Esta faixa vai se repetir
repeat-all = A fila vai se repetir
from-beginning = Do começo
position-now = Agora em { $at }
muted = Sem som
volume = Volume em { $level } por cento
    .brief = { $level } por cento
volume-asked = O volume está em { $level } por cento
    .brief = { $level } por cento
volume-most = Mais alto não dá: { $level } por cento
volume-least = Mais baixo não dá: { $level } por cento

queue-cleared = Fila esvaziada ({ tracks }). Diga «desfazer» para recuperá-la.
    .brief = Esvaziada
undone = Desfeito
in-queue = Na fila: { tracks }
queue-removed = Tirado da fila: { $what }
    .brief = Tirado
queue-moved = { $title } agora é o número { $place } da fila
queue-empty = A fila está vazia
queue-list = Na fila: { $names }
queue-only = { $track }, e depois mais nada
queue-now = Agora { $track }
queue-left = Depois desta { $count ->
    [one] falta uma música
   *[other] faltam { $count } músicas
}
queue-then = Depois { $names }

nothing-playing = Não está tocando nada
paused-track = { $track } está em pausa
track-from-year = { $track } é de { $year }
track-no-year = { $track }; o arquivo não indica o ano
length-left = Dura { $length } e faltam { $left }
now-hearing = Isto é { $track }
    .v2 = Você está ouvindo { $track }
    .brief = { $track }
now-hearing-from = Isto é { $track }, do álbum { $album }
    .v2 = Você está ouvindo { $track }, do álbum { $album }

liked = Anotado, você gosta: { $what }
    .brief = Anotado
disliked = Anotado, você não gosta: { $what }. Não vou sugerir de novo
    .brief = Anotado
unrated = Avaliação retirada: { $what }
    .brief = Retirada
taste-reset = Esqueci o seu gosto e começo de novo. O histórico e as avaliações ficam.
taste-forgotten = Esqueci o que tinha aprendido sobre { $about }
track-never = Nunca mais vou oferecer { $about }
track-not-now = Hoje não: { $about }
track-more = Anotado: mais como { $about }
track-less = Anotado: menos como { $about }
music-of = música ({ $about })
taste-never = Anotado, nunca: { $kind }
taste-more = Anotado, mais disto: { $kind }
taste-less = Anotado, menos disto: { $kind }
taste-concerns = Na sua biblioteca são { tracks }
taste-concerns-none = Na sua biblioteca não conheço nada disso
taste-rated = As suas avaliações: { $what }
taste-liked = { $count } de que gosta
taste-disliked = { $count } de que não gosta
taste-unknown = Ainda não sei nada do seu gosto. Aprendo com o que você ouve e diz.
taste-lines = { $count ->
    [one] Sei uma coisa do seu gosto; está na página
   *[other] Sei { $count } coisas do seu gosto; estão na página
}

playlist-created = Playlist { $name } criada com { $what }
    .brief = Criada
playlist-created-empty = Playlist { $name } criada. Por enquanto está vazia.
    .brief = Criada
playlist-deleted = Playlist { $name } apagada
    .brief = Apagada
playlist-renamed = { $name } agora se chama { $new }
playlist-added = Adicionado a { $name }: { $what }
    .brief = Adicionado
playlist-has = { $title } já está em { $name }
playlist-has-all = Tudo isso já está em { $name }
playlist-removed = Tirado de { $name }: { $what }
    .brief = Tirado
playlist-empty = A playlist { $name } está vazia
playlist-content = Em { $name } há { tracks }: { $names }
no-playlists = Você ainda não tem playlists. Diga «crie uma playlist chamada Noite».
your-playlists = Você tem { playlists }: { $names }
playlist-stays = Nada mais combina com a regra de { $name }, por isso fica como estava
playlist-fresh = { $name } foi renovada: { $amount }
playlist-made = Playlist { $name } criada: { $amount }
playlist-made-first = Playlist { $name } criada: { $amount }, começando por { $first }
playlist-refills = Ela se renova sozinha todos os dias
flow-ramp = { $what }, em crescendo
flow-hill = { $what }, subindo e depois descendo
flow-down = { $what }, acalmando aos poucos

found-one = Encontrei { $what }
    .brief = { $what }
found-many = Encontrei { $amount }: { $names }
    .brief = { $names }
found-because = Encontrei { $what } ({ $reason })
found-more = Há mais { $count } na página
found-matches = Encontrei { $count ->
    [one] um resultado
   *[other] { $count } resultados
}: { $first }, { $rest }
with-reason = { $track } ({ $reason })
with-reason-aside = { $track } ({ $reason })
first-and-rest = { $first }; e também { $rest }
suggested = Que tal { $what }?
    .v2 = Você podia experimentar { $what }
    .v3 = Sugiro { $what }
    .brief = { $what }
opened = Aqui está algo para você
    .v2 = Vamos tentar isto
opened-closest = Isto é o que mais se aproxima
opened-mood = Aqui está música ({ $mood })
opened-wish = Aqui está { $wish }
opened-genre = Aqui está: { $name }
opened-more = Mais de { $name }
chosen-one = { $opening }: { $first }
    .brief = Tocando { $first }
chosen-several = { $opening }: { tracks }, começando por { $first }
    .brief = Tocando { $first }
chosen-lasting = { $opening }: { tracks }, { minutes }, começando por { $first }
    .brief = { tracks }, { minutes }, começando por { $first }
let-go = Nada cumpre tudo; abri mão disto: { $what }
cannot-hear = Não consigo ouvir o que corresponde a: { $what }
only-guessed = Isto só se adivinha pelo som: { $what }
turns-at = A primeira combina a partir de { $at } ({ $mood })
chosen-because = Escolhi { $track } por isto: { $reason }
not-chosen-but = Não fui eu que escolhi { $track }; a favor há: { $reason }
not-chosen = Não fui eu que escolhi { $track }, e ainda não sei o que fala a favor

history-one = { $when } você { $kind ->
    [skip] pulou
    [like] marcou como favorita
    [dislike] marcou que não gosta
   *[play] ouviu
} { $track }
history-when = { $when } você { $kind ->
    [skip] pulou
    [like] marcou como favoritas
    [dislike] marcou que não gosta
   *[play] ouviu
}: { $names }
history-last = As últimas que você { $kind ->
    [skip] pulou
    [like] marcou como favoritas
    [dislike] marcou que não gosta
   *[play] ouviu
}: { $names }
history-most = As que você mais { $kind ->
    [skip] pulou
    [like] marcou como favoritas
    [dislike] marcou que não gosta
   *[play] ouviu
}: { $names }
history-most-when = { $when }, as que você mais { $kind ->
    [skip] pulou
    [like] marcou como favoritas
    [dislike] marcou que não gosta
   *[play] ouviu
}: { $names }

this-is = Isto é { $what }
    .brief = { $what }
that-was = Aquilo era { $what }
that-is-probably = Provavelmente é { $what }
that-was-probably = Provavelmente era { $what }
probably = provavelmente { $track }
could-also-be = Também pode ser { $other }
heard-from-album = { $what }, do álbum { $album }
heard-not-owned = { $what } (não está na sua biblioteca)
heard-at = { $what }, em { $at }
position-then = Estava em { $at }
position-heard = Está em { $at }
heard-year = { $track }: é de { $year }
heard-year-probably = { $track }: provavelmente é de { $year }
heard-no-year = { $track }: o arquivo não indica o ano
heard-album = É do álbum { $album }
heard-album-probably = Provavelmente é do álbum { $album }
heard-artist = { $artist }
heard-artist-probably = provavelmente { $artist }
told-to-me = Conheço como { $title } porque me disseram
known-as = De agora em diante conheço como { $track }
match-share = Dos { NUMBER($clip, minimumFractionDigits: 1) } segundos que ouvi, { NUMBER($matched, minimumFractionDigits: 1) } combinam com { $title }
match-share-from = Dos { NUMBER($clip, minimumFractionDigits: 1) } segundos que ouvi, { NUMBER($matched, minimumFractionDigits: 1) } combinam com { $title }, a partir de { $from }
match-sure = Isso me dá { $percent } por cento de certeza
match-unsure = Isso me dá { $percent } por cento de certeza, o que não basta para garantir
match-changed = { $changes }
runs-fast = está { $percent } por cento mais rápida
runs-slow = está { $percent } por cento mais lenta
sounds-higher = soa { $count ->
    [1] um semitom
   *[other] { $count } semitons
} acima
sounds-lower = soa { $count ->
    [1] um semitom
   *[other] { $count } semitons
} abaixo
listening = Agora estou escutando: os últimos minutos ficam na memória e nada é gravado. Pergunte «o que era isso?» quando quiser; diga «pare de escutar» para terminar.
    .brief = Agora estou escutando
listening-over = Parei de escutar, e o que tinha na memória foi apagado
forgotten-one = { $title } saiu da lista do que você ouviu
forgotten = Esquecido: { things } que você ouviu
forgotten-when = Esquecido ({ $when }): { things }
right = Obrigado: era { $right }
right-not = Obrigado: era { $right }, e não { $wrong }
will-remember = Vou me lembrar disso
noted-not = Anotado: não era { $wrong }
noted-wrong = Anotado: estava errado
not-in-library = { $title } não está na sua biblioteca
was-it = Era { $track }?
say-it-was = Se você sabe o que era, diga «era» e o título
cannot-name = Não sei dizer o que é
cannot-name-because = Não sei dizer o que é: { $reason }
cannot-name-before = Não sei dizer o que é, mas já ouvi antes { $count ->
    [one] uma vez
   *[other] { $count } vezes
}
cannot-name-because-before = Não sei dizer o que é: { $reason }. Já ouvi antes { $count ->
    [one] uma vez
   *[other] { $count } vezes
}
another-performance = Parece outra interpretação de { $track }. Toco essa?
heard-one = { $when } { $where } você ouviu { $track }
heard-one-probably = { $when } { $where } você ouviu, provavelmente, { $track }
heard-list = Você ouviu { $where }: { $names }
heard-list-when = { $when } { $where } você ouviu: { $names }
heard-list-most = O que você mais ouviu { $where }: { $names }
heard-list-most-when = { $when } { $where }, o que você mais ouviu: { $names }
heard-when = { $when }: { $what }
heard-elsewhere = Não estão na sua biblioteca: { $names }
heard-unnamed = { $count ->
    [one] Não consegui identificar uma melodia
   *[other] Não consegui identificar { $count } melodias
}
where-place = ({ $place })
where-stream = em { $name }

hum-like = Parece { $what }
    .v2 = A mim parece { $what }
hum-from = { $what }, mais ou menos a partir de { $from }
hum-unsure = Não tenho certeza
hum-which = Você quis dizer { $names }?
hum-unknown = Não sei dizer que melodia é: { $reason }
hum-nearest = De { $count ->
    [one] uma melodia
   *[other] { $count } melodias
}, { $title } é a mais próxima do que você { $how ->
    [whistled] assobiou
   *[hummed] cantarolou
}
hum-sure = Isso me dá { $percent } por cento de certeza; só cantarolando nunca é garantido
hum-again = Cantarole de novo, talvez o refrão; ou, se souber, diga «era» e o título
cannot-learn = { $title } não está na sua biblioteca, por isso não posso aprendê-la

nothing = Não encontro isto na sua biblioteca: { $wanted }
    .v2 = Não encontrei nada para: { $wanted }
nothing-that = Não encontro isso
nothing-recalled = Não tenho nada registrado sobre isso
nothing-in-queue = Isso não está na fila
nearest = O mais parecido é { $what }
mean-that = É isso que você quer dizer?
play-that = Toco isso?
add-that = Adiciono isso?
which-of = { $names }?
say-more-like-this = Diga «mais como esta» se quiser continuar

no-radio = Não tenho estações de rádio, só a sua biblioteca. Que tal um gênero ou um artista?
nothing-to-choose = Ainda não há uma lista para escolher. Peça primeiro alguma música.
no-other = Não tenho outra coisa para oferecer. Conte mais do que você quer.
glad = Certo
what-to-find = O que devo procurar? Diga uma música, um artista, um álbum ou um clima.
by-whom = De quem? Diga um artista, ou toque algo primeiro.
which-playlist = Qual playlist você quer dizer?
name-the-playlist = Como a playlist deve se chamar?
cannot-set = Essa configuração não posso mudar. O volume, a ordem aleatória, a repetição e o ponto da música, sim.
no-name-yet = Não consegui identificar o que ouvi, por isso não posso usar. Se você souber, diga «era» e o título.
heard-not-in-library = O que ouvi não está na sua biblioteca, por isso não posso tocar
which-name = Como se chama? Diga «era» e o título.
refuse = Isso eu não sei fazer. Posso tocar, encontrar, pôr na fila e recomendar música, cuidar de playlists e lembrar o que você ouviu.
    .v2 = Desculpe, só entendo da sua música: tocar, encontrar, pôr na fila, recomendar, playlists e o seu histórico.
    .brief = Isso eu não sei fazer
only-music = Só tenho a sua biblioteca de música: nada de podcasts, audiolivros, filmes ou jogos
help = Experimente «toque algo calmo», «algo para estudar», «como esta, mas mais lenta», «por que esta música?», «o que é isto?», «adicione à minha playlist Noite», «o que ouvi ontem?» ou «desfazer».
greet = Olá! O que você quer ouvir?
    .v2 = Oi! Ponho alguma coisa?
welcome = De nada.
    .v2 = Com prazer.
    .plain = De nada.
goodbye = Até logo. É só dizer quando quiser música.
    .plain = Até logo.
library-size = Na sua biblioteca há { tracks }, { $artists ->
    [one] um artista
   *[other] { $artists } artistas
} e { $albums ->
    [one] um álbum
   *[other] { $albums } álbuns
}
leave-it = Certo, deixo assim
    .v2 = Tudo bem. Diga quando quiser outra coisa.
first-or-second = A primeira ou a segunda?
which-number = Qual: de 1 a { $count }?
no-such-number = A lista só tem { $count ->
    [one] uma entrada
   *[other] { $count } entradas
}, não há número { $number }
nothing-done = Ainda não fiz nada. Diga o que quer ouvir.

small-talk-who = Sou o Refrain, o assistente de música desta casa. O que você quer ouvir?
    .plain = Sou o Refrain, um assistente de música: um programa, não uma pessoa.
small-talk-how = Muito bem, obrigado. Ponho alguma coisa?
    .plain = Tudo funciona como deve. Ponho alguma coisa?
small-talk-joke = Por que o pianista ficou do lado de fora? Não achava a tecla certa.
    .v2 = O que faz uma nota cansada? Uma pausa.
    .plain = Não sei piadas, só música.
small-talk-sing = Cantar eu deixo para quem sabe. Quem você quer ouvir?
small-talk-taste = Tudo o que faz você ficar até a última nota. O que toco?
    .plain = Não tenho gosto próprio, aprendo o seu.
small-talk-praise = Obrigado. Isso é música para mim.
    .plain = Obrigado.
small-talk-blame = Sinto muito. Diga «desfazer», ou o que você queria.
speaker-hello = Olá, { $name }
speaker-is = Você é { $name }
speaker-unknown = Não sei. Diga «aqui é» e o seu nome
verbosity-less = Certo, serei breve
verbosity-more = Com prazer, vou contar mais
verbosity-normal = Certo, como de costume
still-meant = Você quer dizer { $title }, da lista de antes?
delete-really = Apago a playlist { $name }?
deleted-for-good = Uma playlist apagada não volta. Crie uma nova se a quiser de novo
track-is = É { $track }
track-length = Dura { $length }
aside-kept = Por agora: { $wish }
aside-over = Certo, vale tudo de novo
one-question = Primeiro isso; depois me peça o resto de novo
too-many-requests = Isso é mais do que faço de uma vez. Diga o resto de novo

weekday = { $weekday ->
    [1] segunda-feira
    [2] terça-feira
    [3] quarta-feira
    [4] quinta-feira
    [5] sexta-feira
    [6] sábado
   *[7] domingo
}
month = { $month ->
    [1] janeiro
    [2] fevereiro
    [3] março
    [4] abril
    [5] maio
    [6] junho
    [7] julho
    [8] agosto
    [9] setembro
    [10] outubro
    [11] novembro
   *[12] dezembro
}
clock-today = às { $clock }
clock-tomorrow = amanhã às { $clock }
clock-yesterday = ontem às { $clock }
clock-weekday = { weekday } às { $clock }
clock-date = em { $day } de { month } às { $clock }
clock-days = { $days } às { $clock }
days-all = todos os dias
days-work = nos dias úteis
days-weekend = nos fins de semana
days-some = cada { $names }
after-song = depois desta música
after-songs = { $count ->
    [one] depois desta música
   *[other] depois de { $count } músicas
}
after-album = no fim do álbum
after-named = no fim de { $title }
after-queue = no fim da fila
sleep-set = A música vai parar { $when }
sleep-cancelled = O temporizador está desligado
alarm-set = Vou tocar { $music } { $when }
alarm-liked = músicas de que você gosta
alarm-player = Vai tocar em { $player }
alarm-cancelled = O alarme { $when } está desligado
alarm-missed = O alarme { $when } não tocou
timer-replaced = Fica no lugar do anterior
timer-unwatched = Só funciona enquanto o servidor estiver ligado
timers-cancelled = { $count ->
    [one] Um temporizador desligado
   *[other] { $count } temporizadores desligados
}
timers-set = Programado: { $names }
timer-alarm = { $music } { $when }
timer-sleep = fim da música { $when }
no-timer = Não há nenhum temporizador
no-sleep-timer = Não há temporizador para dormir
no-alarm = Não há nenhum alarme

unsaid = { "" }
terms = { $names }
wish = música ({ $parts })
wish-liked = de que você gosta
wish-by = de { $names }
wish-like = como { $name }
wish-below = abaixo de { $high } BPM
wish-above = acima de { $low } BPM
wish-around = por volta de { $bpm } BPM
wish-between = entre { $low } e { $high } BPM
wish-steps = a { $steps } passos por minuto
wish-until = até { $last }
wish-since = desde { $first }
wish-year = de { $first }
wish-decade = anos { $first }
wish-years = de { $first } a { $last }
wish-without = sem { $what }
note-bpm = cerca de { $bpm } BPM
note-from = { $what } a partir de { $at }
note-played = { $count ->
    [one] você já ouviu uma vez
   *[other] você já ouviu { $count } vezes
}
note-suits = combina { $what }
note-like-for = como o que você costuma ouvir ({ $what })
note-like = parecida com { $what }
note-after = já tocou depois de { $what }
note-next = depois você costuma tocar { $what }
note-stay = você fica com { $what }
note-liked = você gosta
note-others = outros com gosto parecido ouvem
note-usual = habitual para você { $what }
note-goes = combina { $what }
note-by = de { $what }
note-year = de { $what }
note-sings = alguém canta
note-called = chama-se assim
note-album = do álbum
note-sung = diz “{ $what }”
note-cover = a capa combina
note-returns = como aquilo a que você sempre volta
note-came-next = já veio depois outras vezes
note-sound = um som parecido
note-genres = os mesmos gêneros
note-artist-after = você ouve { $what } depois de { $other }
note-sung-in = cantada nessa língua
time-at = às { $clock }
time-yesterday-at = ontem às { $clock }
time-date-at = em { $day } de { month } às { $clock }
time-day = { $day ->
    [today] hoje
    [before-yesterday] anteontem
   *[yesterday] ontem
}{ $part ->
    [morning] {" "}de manhã
    [afternoon] {" "}à tarde
    [evening] {" "}à noite
    [night] {" "}à noite
   *[day] {""}
}
time-weekday = { weekday }{ $part ->
    [morning] {" "}de manhã
    [afternoon] {" "}à tarde
    [evening] {" "}à noite
    [night] {" "}à noite
   *[day] {""}
}
time-ago = há { $count } { $unit ->
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
        [one] dia
       *[other] dias
    }
    [week] { $count ->
        [one] semana
       *[other] semanas
    }
   *[month] { $count ->
        [one] mês
       *[other] meses
    }
}
time-in-the-last = { $unit ->
    [second] nos últimos { $count } segundos
    [minute] { $count ->
        [one] no último minuto
       *[other] nos últimos { $count } minutos
    }
    [hour] { $count ->
        [one] na última hora
       *[other] nas últimas { $count } horas
    }
    [day] { $count ->
        [one] no último dia
       *[other] nos últimos { $count } dias
    }
    [week] { $count ->
        [one] na última semana
       *[other] nas últimas { $count } semanas
    }
   *[month] { $count ->
        [one] no último mês
       *[other] nos últimos { $count } meses
    }
}
time-just-now = agora há pouco
time-last-weekend = no fim de semana passado
time-in-year = em { $year }
time-in-month = em { month }
time-on-date = em { $day } de { month }
time-this = { $unit ->
    [week] esta semana
    [month] este mês
   *[year] este ano
}
time-last = { $unit ->
    [week] na semana passada
    [month] no mês passado
   *[year] no ano passado
}
which-wish = O que você quer ouvir: { $choices }?
which-one = Qual você quer dizer?
which-by = O que você quer dizer com «{ $said }»?
whose = { $name }: de quem?
which-named = { $name }: qual você quer dizer?
none-number = Não há número { $number } na lista
none-list = Não há uma lista para escolher
none-any-more = Isso já não está na biblioteca
none-liked = Você ainda não marcou nada como favorito
none-playlist = Não há nenhuma playlist chamada { $name }
none-genre = Não tenho música deste tipo: { $genre }
none-that = Não encontro isso
none-learned = Não aprendi nada sobre { $about }
none-wish = Não encontro { $wish }
none-in-that-playlist = { $what } não está na playlist { $name }
none-in-queue = { $what } não está na fila
none-else = Não tenho mais nada de { $name }
none-played-yet = Ainda não tocou nada
none-played = Não tenho registro: nada foi { $kind ->
    [skip] pulado
    [like] marcado
    [dislike] marcado
   *[play] ouvido
} nessa altura
none-played-by = Não tenho registro de nada de { $about } que tenha sido { $kind ->
    [skip] pulado
    [like] marcado
    [dislike] marcado
   *[play] ouvido
}
none-heard = Não tenho registro de nada que você tenha ouvido por perto
none-heard-by = Não tenho registro de nada de { $about } que você tenha ouvido por perto
reason-too-short = foi curto demais
reason-silent = quase não ouço nada
reason-no-match = nada na sua biblioteca combina
reason-kept-only = só guardo os últimos { $seconds } segundos
reason-none-kept = nos últimos { $seconds } segundos não reconheço nada
reason-hum-silent = quase não ouço nada
reason-hum-too-short = foi curto demais
reason-hum-speech = pareceu fala, não uma melodia
reason-hum-no-tune = ouço ruído ou várias notas ao mesmo tempo, e nenhuma melodia sozinha
reason-hum-waiting = ainda não analisei as melodias da sua música, faltam { $count }
reason-hum-none = ainda não há melodias para comparar
reason-hum-far = nenhuma melodia que conheço chega perto o bastante
step-longer = Deixe-me ouvir cinco segundos ou mais.
step-nearer = Aproxime o microfone da música ou aumente o som, e pergunte de novo.
step-noisy = Pergunte de novo mais perto da música, se havia ruído.
step-kept = Guardo a impressão digital, não o som: diga o título, ou adicione-a à sua música.
step-listen-next = Se tocava no ambiente: diga «comece a escutar», e da próxima vez posso olhar para trás.
step-hum-silent = Cantarole mais alto ou mais perto do microfone, cinco segundos ou mais.
step-hum-too-short = Cantarole de novo por cinco a dez segundos, de preferência o refrão.
step-hum-speech = Cantarole, assobie ou cante com «lá».
step-hum-no-tune = Cantarole sem música ao fundo, perto do microfone.
step-hum-waiting = Pergunte de novo mais tarde.
step-hum-none = Adicione música primeiro.
step-hum-far = Cantarole de novo, de preferência o refrão.
failed-no_player = Não há nenhum leitor. Abra a página num navegador e toque lá
failed-player_not_responding = O leitor não indica som nenhum. Veja se está ligado e tente de novo
failed-player_refused = O leitor não consegue tocar isso. Tente outra faixa
failed-player_blocked = O navegador ainda não permite som. Clique uma vez na página e tente de novo
failed-queue_empty = A fila acabou
failed-nothing_playing = Não está tocando nada
failed-not_asked_for = Você não me pediu isso assim; diga claramente
failed-nothing_named = Falta dizer de que se trata. Diga, por favor
failed-too_much = Isso é mais do que uma faixa. Diga uma só música
failed-playlist_exists = Já existe uma playlist chamada { $name }. Escolha outro nome
failed-no_rule = Essa playlist não tem uma regra para se encher
failed-no_taste = Aqui não se aprende o gosto
failed-nothing_recommended = Aqui não há recomendações. Peça a música pelo nome
failed-recognition_off = O reconhecimento de gravações está desligado
failed-humming_off = O reconhecimento de melodias cantaroladas está desligado
failed-not_listening = Não ouço nada à sua volta: nenhum microfone está ligado. Carregue em «What is this?» na página e permita o microfone
failed-not-then = Nessa altura eu não estava escutando, e nada de antes é guardado. Diga «comece a escutar» para a próxima vez
failed-nothing_recognised = Ainda não reconheci nada aqui. Pergunte «o que é isto?» enquanto a música toca
failed-clip_gone = Essa gravação já não existe. Grave de novo
failed-tool_timeout = Demorou demais. Tente de novo
failed-internal_error = Algo deu errado no Refrain. Tente de novo
failed-invalid_arguments = Não entendi. Diga com outras palavras
failed-too_many_calls = Eram passos demais de uma vez
failed-no_volume = O volume deste leitor não pode ser mudado daqui
failed-not_in_library = Isso não está na biblioteca
failed-queue_full = A fila está cheia
failed-time_is_past = Essa hora já passou. Diga outra
failed-no_sleep_timer = Não há temporizador para dormir
failed-no_timers = Aqui não há temporizadores
term = { $key ->
    [calm] calma
    [sad] triste
    [melancholic] melancólica
    [happy] alegre
    [uplifting] animadora
    [romantic] romântica
    [sexy] sensual
    [energetic] enérgica
    [angry] furiosa
    [dark] sombria
    [mysterious] misteriosa
    [dreamy] sonhadora
    [nostalgic] nostálgica
    [epic] épica
    [tense] tensa
    [playful] brincalhona
    [groovy] com balanço
    [psychedelic] psicodélica
    [weird] estranha
    [warm] calorosa
    [fast] rápida
    [slow] lenta
    [catchy] cativante
    [emotional] emotiva
    [beautiful] bonita
    [danceable] dançante
    [acoustic] acústica
    [instrumental] instrumental
    [electronic] eletrônica
    [sung] cantada
    [vocals] voz
    [loud] forte
    [piano] piano
    [guitar] guitarra
    [acoustic-guitar] violão
    [electric-guitar] guitarra elétrica
    [bass] baixo
    [drums] bateria
    [violin] violino
    [strings] cordas
    [cello] violoncelo
    [saxophone] saxofone
    [trumpet] trompete
    [brass] metais
    [flute] flauta
    [clarinet] clarinete
    [harp] harpa
    [organ] órgão
    [accordion] acordeão
    [harmonica] gaita
    [synthesizer] sintetizador
    [choir] coro
    [classical] clássica
    [for-workout] para treinar
    [for-running] para correr
    [for-walking] para caminhar
    [for-study] para estudar
    [for-studying] para estudar
    [for-focus] para se concentrar
    [for-sleep] para dormir
    [for-party] para a festa
    [for-dinner] para o jantar
    [for-commute] para o trajeto
    [for-driving] para dirigir
    [for-road-trip] para a viagem
    [for-cleaning] para a limpeza
    [for-yoga] para ioga
    [for-meditation] para meditar
    [for-gaming] para jogar
    [for-relaxing] para relaxar
    [for-waking] para acordar
    [for-morning] para a manhã
    [for-afternoon] para a tarde
    [for-evening] para a noite
    [for-night] para a noite
    [for-weekend] para o fim de semana
    [calmer] mais calma
    [more-energetic] mais enérgica
    [darker] mais sombria
    [happier] mais alegre
    [less-danceable] menos dançante
    [more-danceable] mais dançante
    [less-acoustic] menos acústica
    [more-acoustic] mais acústica
    [less-instrumental] menos instrumental
    [more-instrumental] mais instrumental
    [with-less-singing] com menos voz
    [with-more-singing] com mais voz
    [softer] mais suave
    [louder] mais forte
    [slower] mais lenta
    [faster] mais rápida
    [older] mais antiga
    [newer] mais nova
    [brighter] mais brilhante
    [duller] mais apagada
    [steadier] mais constante
    [more-changing] mais variada
    [the-sound] o som
    [the-instruments] os instrumentos
    [the-number-of-tracks] o número de faixas
    [the-length] a duração
    [the-cadence] a cadência
    [in-the-morning] de manhã
    [in-the-afternoon] à tarde
    [in-the-evening] à noite
    [at-night] à noite
    [around-noon] por volta do meio-dia
   *[other] { $word }
}

## Perguntas sobre temporizadores

when-with-length = { $when } ({ minutes })
ask-when-stop = Quando devo parar a música?
ask-when-play = A que horas devo tocar?
ask-which-timer = Qual: { $names }?
alarm-nothing-meant = Não está tocando nada que eu pudesse tocar então. Diga qual música

## Rooms and speakers

everywhere = Em todo o lado
in-room = { $room }: { $what }
rooms-unable = { $names } não pode mudar o volume daqui
moved = { $track } continua lá
moved-paused = { $track } está lá agora, em pausa
no-speakers = Ainda não conheço nenhuma coluna.
speakers-are = Há: { $names }
speaker-plays = { $name } (toca { $title })
speaker-paused = { $name } ({ $title } em pausa)
speaker-gone = { $name } (sem ligação)

## What is known of a recording, and who says so

fact-own-file = o arquivo
fact-lyrics = A letra de { $track } (fonte: { $source }): “{ $lines }”
fact-lyrics-more = A letra completa está na página
fact-instrumental = Ninguém canta em { $track }, segundo { $source }
fact-untimed = Conheço a letra de { $track }, mas não quando cada linha é cantada
fact-line = Agora: “{ $line }” (fonte: { $source })
fact-no-line = Agora não se canta nada
fact-released = { $track } é de { $when } (fonte: { $source })
fact-released-too = { $source } diz { $when }
fact-label = { $track } saiu pela gravadora { $label } (fonte: { $source })
fact-no-lyrics = Não conheço a letra de { $track }
fact-no-year = Não sei quando { $track } saiu
fact-no-label = Não sei por qual gravadora { $track } saiu

## Spotify, and what a radio station plays

spotify-playing = O Spotify está tocando { $track }
spotify-playing-on = O Spotify está tocando { $track } em { $device }
spotify-paused = O Spotify está em pausa
spotify-silent = Não está tocando nada no Spotify
spotify-found = O Spotify tem { $names }
spotify-nothing = Não encontro nada chamado { $wanted } no Spotify
station-plays = { $station } está tocando { $track }
station-probably = { $station } provavelmente está tocando { $track }
station-says = A própria { $station } diz: “{ $title }”
station-silent = { $station } está ligada; não diz o que toca e eu não reconheço
failed-spotify_unable = No Spotify daqui só posso tocar, pausar e continuar; o resto, no próprio aplicativo
failed-spotify_not_set_up = O Spotify não está conectado aqui. Para conectar, ponha em sources.spotify_client_id o client ID do seu próprio aplicativo do Spotify; a página explica como em Settings, Services
failed-spotify_off = O Spotify não está conectado. Entre pela página, em Settings, Services, ou com: refrain services connect spotify
failed-spotify_login_needed = O Spotify pede que você entre de novo: na página, em Settings, Services
failed-spotify_plays_nowhere = O Spotify não está ativo em nenhum aparelho. Abra no celular, no computador ou numa caixa de som e tente de novo
failed-spotify_refused = O Spotify não permite isso. Controlar de fora exige o Premium
failed-spotify_busy = O Spotify não aceita mais pedidos por enquanto. Tente de novo daqui a um minuto
failed-spotify_away = O Spotify não responde agora. Tente de novo daqui a pouco
