# What Refrain says in English. Titles and names come in as they are written; WORDS($n) is "seven".
# .v2, .v3 say the same in other words; .brief, .plain and .playful are other manners.

## Lists, names and amounts

list-comma = { $head }, { $tail }
list-and = { $head } and { $tail }
list-also = { $head } and { $tail }
list-or = { $head } or { $tail }
list-more = { $names }, and { $more } more on the page

track-by = { $title } by { $artist }
album-by = the album { $title } by { $artist }
playlist-called = the playlist { $name }
choice-artist = the artist { $name }
choice-song = the song { $track }
artists-and-others = { $names } and others
tracks = { $count ->
    [one] one track
   *[other] { WORDS($count) } tracks
}
albums = { $count ->
    [one] one album
   *[other] { WORDS($count) } albums
}
artists = { $count ->
    [one] one artist
   *[other] { WORDS($count) } artists
}
playlists = { $count ->
    [one] one playlist
   *[other] { WORDS($count) } playlists
}
things = { $count ->
    [one] one thing
   *[other] { WORDS($count) } things
}
minutes = { $minutes ->
    [one] one minute
   *[other] { NUMBER($minutes, useGrouping: 0) } minutes
}
tracks-of = { tracks } of { $name }
tracks-lasting = { tracks } in { minutes }
music = music

## Playing

no-sound-yet = I asked the player, but it does not report any sound yet
play-track = Playing { $track }
    .v2 = Here is { $track }
    .v3 = Now playing { $track }
play-album = Playing the album { $name } by { $artist }, { tracks }, starting with { $title }
    .brief = Playing the album { $name }
play-artist = Playing { $name }: { tracks }, starting with { $title }
    .v2 = Here is { $name }: { tracks }, starting with { $title }
    .brief = Playing { $name }
play-playlist = Playing your playlist { $name }, { tracks }, starting with { $first }
    .brief = Playing { $name }
play-liked = Playing { tracks } that you like, starting with { $first }
    .brief = Playing { tracks }
play-several = Playing { tracks }, starting with { $first }
    .brief = Playing { tracks }
from-album = It is on the album { $album }
from-album-year = It is on the album { $album }, from { $year }
queued-next = Next up: { $what }
    .brief = Next up
queued = Added { $what } to the queue
    .v2 = In the queue now: { $what }
    .brief = Added
now-track = Now playing { $track }
    .v2 = Here is { $track }
    .brief = { $track }
skipped-silent = I skipped, but the player does not report any sound yet
resumed = Playing { $track }
    .brief = Playing
nothing-paused = Nothing is paused
paused = Paused
not-paused = The player is not paused
stopped = Stopped
still-playing = The player is still playing
shuffle-on = Shuffle is on
shuffle-off = Shuffle is off
repeat-off = Repeat is off
repeat-one = Repeating this track
repeat-all = Repeating the queue
from-beginning = From the beginning
position-now = Now at { $at }
muted = Muted
volume = Volume { $level } percent
    .brief = { $level } percent
volume-asked = The volume is at { $level } percent
    .brief = { $level } percent
volume-most = That is as loud as it goes: { $level } percent
volume-least = That is as quiet as it goes: { $level } percent

## The queue

queue-cleared = Cleared the queue of { tracks }. Say "undo" to get it back.
    .brief = Cleared
undone = Undone
in-queue = { tracks } in the queue
queue-removed = Took { $what } out of the queue
    .brief = Removed
queue-moved = { $title } is number { $place } in the queue now
queue-empty = The queue is empty
queue-list = In the queue: { $names }
queue-only = { $track }, and nothing after it
queue-now = Now { $track }
queue-left = After this one there { $count ->
    [1] is 1 more song
   *[other] are { $count } more songs
}
queue-then = Then { $names }

## What is playing

nothing-playing = Nothing is playing
paused-track = { $track } is paused
track-from-year = { $track } is from { $year }
track-no-year = { $track }; the file names no year
length-left = It is { $length } long, with { $left } left
now-hearing = This is { $track }
    .v2 = You are hearing { $track }
    .brief = { $track }
now-hearing-from = This is { $track }, from { $album }
    .v2 = You are hearing { $track }, from { $album }

## Ratings and taste

liked = Noted: you like { $what }
    .v2 = I will remember that you like { $what }
    .brief = Noted
disliked = Noted: you do not like { $what }. I will not suggest it again
    .brief = Noted
unrated = The rating of { $what } is taken back
    .brief = Taken back
taste-reset = I have forgotten your taste and begin anew. Your history and likes stay.
taste-forgotten = I have forgotten what I learned about { $about }
track-never = I will never offer { $about } again
track-not-now = Not { $about } today
track-more = Noted: more like { $about }
track-less = Noted: less like { $about }
music-of = { $about } music
taste-never = Noted: never { $kind }
taste-more = Noted: more of { $kind }
taste-less = Noted: less of { $kind }
taste-concerns = That is { tracks } of your library
taste-concerns-none = Your library has none that I know
taste-rated = { $what }
taste-liked = you like { tracks }
taste-disliked = dislike { tracks }
taste-unknown = I know nothing of your taste yet. It grows with what you play and say.

## Playlists

playlist-created = Created the playlist { $name } with { $what }
    .brief = Created
playlist-created-empty = Created the playlist { $name }. It is empty so far.
    .brief = Created
playlist-deleted = Deleted the playlist { $name }
    .brief = Deleted
playlist-renamed = { $name } is called { $new } now
playlist-added = Added { $what } to { $name }
    .brief = Added
playlist-has = { $title } is in { $name } already
playlist-has-all = All of that is in { $name } already
playlist-removed = Took { $what } out of { $name }
    .brief = Removed
playlist-empty = The playlist { $name } is empty
playlist-content = { $name } has { tracks }: { $names }
no-playlists = You have no playlists yet. Say "create a playlist called Evening".
your-playlists = You have { playlists }: { $names }
playlist-stays = Nothing fits the rule of { $name } any more, so it stays as it was
playlist-fresh = { $name } is fresh again: { $amount }
playlist-made = Created the playlist { $name }: { $amount }
playlist-made-first = Created the playlist { $name }: { $amount }, beginning with { $first }
playlist-refills = It fills itself anew every day
flow-ramp = { $what }, building up
flow-hill = { $what }, building up and cooling down
flow-down = { $what }, winding down

## Search and recommendations

found-one = I found { $what }
    .brief = { $what }
found-many = I found { $amount }: { $names }
    .brief = { $names }
found-because = I found { $what }: { $reason }
found-more = There are { $count } more on the page
found-matches = I found { $count ->
    [one] one match
   *[other] { WORDS($count) } matches
}: { $first }, { $rest }
with-reason = { $track }, { $reason }
with-reason-aside = { $track } ({ $reason })
first-and-rest = { $first }; and { $rest }
suggested = How about { $what }?
    .v2 = You could try { $what }
    .v3 = I suggest { $what }
    .brief = { $what }
opened = Here is something for you
    .v2 = Let's try this
opened-closest = Here is what comes closest
opened-mood = Something { $mood }
    .v2 = Here is some { $mood } music
opened-wish = Here is { $wish }
opened-genre = Some { $name }
    .v2 = Here is some { $name }
opened-more = More by { $name }
chosen-one = { $opening }: { $first }
    .brief = Playing { $first }
chosen-several = { $opening }: { tracks }, starting with { $first }
    .brief = Playing { $first }
chosen-lasting = { $opening }: { tracks } in { minutes }, starting with { $first }
    .brief = { tracks } in { minutes }, starting with { $first }
let-go = Nothing fits all of it: I let go of { $what }
cannot-hear = I cannot hear which of it is { $what }
only-guessed = How { $what } music is can only be guessed from its sound
turns-at = The first turns { $mood } at { $at }
chosen-because = I chose { $track } because of this: { $reason }
not-chosen-but = I did not pick { $track } myself; what speaks for it is: { $reason }
not-chosen = I did not pick { $track } myself, and know nothing that speaks for it yet

## What was played

history-one = You { $kind ->
    [skip] skipped
    [like] liked
    [dislike] disliked
   *[play] played
} { $track } { $when }
history-when = { $when } you { $kind ->
    [skip] skipped
    [like] liked
    [dislike] disliked
   *[play] played
} { $names }
history-last = The last things you { $kind ->
    [skip] skipped
    [like] liked
    [dislike] disliked
   *[play] played
}: { $names }
history-most = You { $kind ->
    [skip] skipped
    [like] liked
    [dislike] disliked
   *[play] played
} most: { $names }
history-most-when = { $when } you { $kind ->
    [skip] skipped
    [like] liked
    [dislike] disliked
   *[play] played
} most: { $names }

## What is heard

this-is = This is { $what }
    .v2 = It is { $what }
    .brief = { $what }
that-was = That was { $what }
that-is-probably = That is probably { $what }
that-was-probably = That was probably { $what }
probably = probably { $track }
could-also-be = It could also be { $other }
heard-from-album = { $what }, from { $album }
heard-not-owned = { $what }, which is not in your library
heard-at = { $what }, { $at } in
position-then = It was { $at } in
position-heard = You are { $at } into it
heard-year = { $track }: it is from { $year }
heard-year-probably = { $track }: it is probably from { $year }
heard-no-year = { $track }: the file names no year
heard-album = It is from the album { $album }
heard-album-probably = It is probably from the album { $album }
heard-artist = { $artist }
heard-artist-probably = probably { $artist }
told-to-me = I know it as { $title } because it was told to me
known-as = I will know it as { $track } from now on
match-share = { NUMBER($matched, minimumFractionDigits: 1) } of the { NUMBER($clip, minimumFractionDigits: 1) } seconds I heard fit { $title }
match-share-from = { NUMBER($matched, minimumFractionDigits: 1) } of the { NUMBER($clip, minimumFractionDigits: 1) } seconds I heard fit { $title }, from { $from } on
match-sure = That makes me { $percent } percent sure
match-unsure = That makes me { $percent } percent sure, which is not enough to be certain
match-changed = It { $changes }
runs-fast = runs { $percent } percent fast
runs-slow = runs { $percent } percent slow
sounds-higher = sounds { $count ->
    [1] 1 semitone
   *[other] { $count } semitones
} higher
sounds-lower = sounds { $count ->
    [1] 1 semitone
   *[other] { $count } semitones
} lower
listening = I am listening now: the last minutes of sound stay in memory, and nothing is recorded. Ask "what was that?" any time; say "stop listening" to end it.
    .brief = I am listening now
listening-over = I have stopped listening, and what I kept in memory is wiped
forgotten-one = { $title } is out of the list of what you heard
forgotten = Forgotten: { things } that you heard
forgotten-when = Forgotten: { things } that you heard { $when }
right = Thank you: it was { $right }
right-not = Thank you: it was { $right }, not { $wrong }
will-remember = I will remember that
noted-not = Noted: that was not { $wrong }
noted-wrong = Noted: that was wrong
not-in-library = { $title } is not in your library
was-it = Was it { $track }?
say-it-was = If you know what it was, say "it was", and the title
cannot-name = I cannot name it
cannot-name-because = I cannot name it: { $reason }
cannot-name-before = I cannot name it, though I have heard it { $count ->
    [1] once
    [2] twice
   *[other] { WORDS($count) } times
} before
cannot-name-because-before = I cannot name it: { $reason }, though I have heard it { $count ->
    [1] once
    [2] twice
   *[other] { WORDS($count) } times
} before
another-performance = It sounds like another performance of { $track }. Shall I play that?
heard-one = You heard { $track } { $when } { $where }
heard-one-probably = You heard { $track } { $when } { $where }, probably
heard-list = You heard { $where }: { $names }
heard-list-when = { $when } { $where } you heard: { $names }
heard-list-most = You heard most { $where }: { $names }
heard-list-most-when = { $when } { $where } you heard most: { $names }
heard-when = { $when }: { $what }
heard-elsewhere = Not in your library: { $names }
heard-unnamed = I could not name { $count ->
    [one] one tune
   *[other] { WORDS($count) } tunes
}
where-place = in the { $place }
where-stream = on { $name }

## Hums

hum-like = That sounds like { $what }
    .v2 = It sounds like { $what } to me
hum-from = { $what }, from about { $from } on
hum-unsure = I am not sure
    .v2 = That could be several tunes
hum-which = Did you mean { $names }?
hum-unknown = I cannot name that tune: { $reason }
hum-nearest = Of { $count ->
    [one] one tune
   *[other] { WORDS($count) } tunes
}, { $title } is nearest to what you { $how }
hum-sure = That makes me { $percent } percent sure; a hum alone never makes it certain
hum-again = Hum it again, maybe the chorus; or if you know it, say "it was", and the title
cannot-learn = { $title } is not in your library, so I cannot learn it

## Nothing found, and questions

nothing = I have no { $wanted }
    .v2 = I cannot find { $wanted } in your library
nothing-that = I cannot find { $wanted }
nothing-recalled = I have no { $wanted }
nothing-in-queue = I see no { $wanted }
nearest = The nearest is { $what }
mean-that = Do you mean that?
play-that = Shall I play that?
add-that = Shall I add that?
which-of = { $names }?
say-more-like-this = Say "more like this" if you want to go on

## Talk

no-radio = I have no radio stations, only your own library. Name a genre or an artist instead?
nothing-to-choose = There is no list to choose from yet. Ask for some music first.
no-other = I have no other one to offer. Tell me more about what you want.
glad = All right
what-to-find = What should I look for? Name a song, an artist, an album or a mood.
by-whom = By whom? Name an artist, or play something first.
which-playlist = Which playlist do you mean?
name-the-playlist = What should the playlist be called?
cannot-set = I cannot change that setting. I can set volume, shuffle, repeat and the place in a song.
no-name-yet = I could not name what I heard, so there is nothing of it that I could use. If you know it, say "it was", and the title.
heard-not-in-library = What I heard is not in your library, so I cannot play it
which-name = What is it called? Say "it was", and the title.
refuse = That is outside what I can do. I can play, find, queue and recommend music, keep playlists, and recall what you heard.
    .v2 = Sorry, I only know about your music. I can play, find, queue and recommend music, keep playlists, and recall what you heard.
    .brief = That is outside what I can do
    .playful = That is beyond me; I am all ears and no arms. I can play, find, queue and recommend music, keep playlists, and recall what you heard.
only-music = I only have your music library: no podcasts, audiobooks, films or games
    .v2 = That is not in a music library, and music is all I have here
help = Try "play something calm", "something mellow for studying", "like this but slower", "why this song?", "play Take Five", "what is this?", "add this to my evening playlist", "what did I play yesterday?" or "undo".
greet = Hello! What would you like to hear?
    .v2 = Hi! Shall I put something on?
    .playful = Hello! My needle is ready; what would you like to hear?
welcome = You're welcome.
    .v2 = With pleasure.
    .v3 = Any time.
    .plain = You're welcome.
    .playful = Any time. I only work for the applause.
goodbye = Goodbye. Say the word when you want music.
    .plain = Goodbye.
    .playful = Goodbye. I will hum to myself until then.
library-size = Your library has { tracks } by { $artists ->
    [one] one artist
   *[other] { WORDS($artists) } artists
} on { $albums ->
    [one] one album
   *[other] { WORDS($albums) } albums
}
leave-it = All right, I leave it
    .v2 = Okay. Tell me when you want something else.
first-or-second = The first or the second?
which-number = Which one: 1 to { $count }?
no-such-number = The list has only { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}, no number { $number }
nothing-done = I have not done anything yet. Tell me what you would like to hear.

## About the conversation

small-talk-who = I am Refrain, the music assistant of this house. What would you like to hear?
    .plain = I am Refrain, a music assistant: software, and no human.
    .playful = I am Refrain: all ears, no hands, and quite a record collection. What would you like to hear?
small-talk-how = Very well, thank you. Shall I put something on?
    .plain = I am working as I should. Shall I put something on?
    .playful = In tune and in time, thank you. Shall I put something on?
small-talk-joke = I know a song about everything, but few jokes. Why did the pianist keep missing the door? He never had the right key.
    .v2 = What is a ghost's favourite music? Anything with soul.
    .v3 = How do you mend a broken tuba? With a tuba glue.
    .v4 = Why was the drummer late? He had lost track of time.
    .plain = I know no jokes, only music.
small-talk-sing = I leave the singing to the ones who can. Whom would you like to hear?
small-talk-taste = Whatever makes you stay until the last note. What shall I play?
    .plain = I have no taste of my own, I learn yours.
small-talk-praise = Thank you. That is music to me.
    .plain = Thank you.
    .playful = Thank you. I shall need a bigger stage.
small-talk-blame = I am sorry. Say "undo", or tell me what you meant.
speaker-hello = Hello, { $name }
speaker-is = You are { $name }
speaker-unknown = I do not know. Say "this is", and your name
verbosity-less = Okay, short
verbosity-more = Gladly, I will tell you more
verbosity-normal = All right, as usual
still-meant = Do you mean { $title }, from the list before?
delete-really = Shall I delete the playlist { $name }?
deleted-for-good = A deleted playlist cannot be brought back. Make a new one if you want it again
track-is = That is { $track }
track-length = It is { $length } long
aside-kept = For now: { $wish }
aside-over = All right, anything goes again
one-question = First that: then ask me again to { $what }
too-many-requests = That was more than I do at once. Say the rest again

## Timers

weekday = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
clock-today = at { $clock }
clock-tomorrow = tomorrow at { $clock }
clock-yesterday = yesterday at { $clock }
clock-weekday = on { weekday } at { $clock }
clock-date = on { $day } { month } at { $clock }
clock-days = { $days } at { $clock }
days-all = every day
days-work = on weekdays
days-weekend = on weekends
days-some = every { $names }
after-song = after this song
after-songs = after { $count ->
    [one] this song
   *[other] { WORDS($count) } songs
}
after-album = at the end of the album
after-named = at the end of { $title }
after-queue = at the end of the queue
sleep-set = The music will stop { $when }
sleep-cancelled = The sleep timer is off
alarm-set = I will play { $music } { $when }
alarm-liked = music that you like
alarm-player = It will sound on { $player }
alarm-cancelled = The alarm { $when } is off
alarm-missed = The alarm { $when } did not sound
timer-replaced = It takes the place of the earlier one
timer-unwatched = It only works while the server is running
timers-cancelled = { $count ->
    [one] One timer is off
   *[other] { WORDS($count) } timers are off
}
timers-set = Set: { $names }
timer-alarm = { $music } { $when }
timer-sleep = the end of the music { $when }
no-timer = No timer is set
no-sleep-timer = No sleep timer is set
no-alarm = No alarm is set

## Timers that are asked about

when-with-length = { $when } ({ minutes })
ask-when-stop = When shall I stop the music?
ask-when-play = At what time shall it play?
ask-which-timer = Which one: { $names }?
alarm-nothing-meant = Nothing is playing that I could play then. Name some music

## Rooms and speakers

everywhere = Everywhere
in-room = { $room }: { $what }
rooms-unable = { $names } cannot change the volume from here
moved = { $track } goes on there
moved-paused = { $track } is there now, paused
no-speakers = I know no speaker yet. Open the page in a browser, or name one in the configuration.
speakers-are = There is { $names }
speaker-plays = { $name }, playing { $title }
speaker-paused = { $name }, where { $title } is paused
speaker-gone = { $name }, which is not connected

## What is known of a recording, and who says so

fact-own-file = the file
fact-lyrics = The words of { $track }, from { $source }: “{ $lines }”
fact-lyrics-more = All of them are on the page
fact-instrumental = { $source } says that nobody sings in { $track }
fact-untimed = I know the words of { $track }, but not when each line is sung
fact-line = Right now: “{ $line }”, says { $source }
fact-no-line = Nothing is being sung right now
fact-released = { $track } came out in { $when }, says { $source }
fact-released-too = { $source } says { $when }
fact-label = { $track } is on the label { $label }, says { $source }
fact-no-lyrics = I don't know the words of { $track }
fact-no-year = I don't know when { $track } came out
fact-no-label = I don't know which label { $track } is on

## Spotify, and what a radio station plays

spotify-playing = Spotify is playing { $track }
spotify-playing-on = Spotify is playing { $track } on { $device }
spotify-paused = Spotify is paused
spotify-silent = Spotify is not playing anything
spotify-found = Spotify has { $names }
spotify-nothing = I found nothing called { $wanted } on Spotify
station-plays = { $station } is playing { $track }
station-probably = { $station } is probably playing { $track }
station-says = { $station } itself says: “{ $title }”
station-silent = { $station } is on; it does not say what it plays, and I do not recognise it
