# Refrain हिन्दी में जो कहता है।

list-comma = { $head }, { $tail }
list-and = { $head } और { $tail }
list-also = { $head } और { $tail }
list-or = { $head } या { $tail }
list-more = { $names } और पेज पर { $more } और
track-by = { $artist } का { $title }
album-by = { $artist } का एल्बम { $title }
playlist-called = प्लेलिस्ट { $name }
choice-artist = कलाकार { $name }
choice-song = गाना { $track }
artists-and-others = { $names } आदि
tracks = { $count ->
    [0] कोई गाना नहीं
    [1] एक गाना
   *[other] { $count } गाने
}
albums = { $count } एल्बम
artists = { $count } कलाकार
playlists = { $count } प्लेलिस्ट
things = { $count ->
    [1] एक चीज़
   *[other] { $count } चीज़ें
}
minutes = { $minutes } मिनट
tracks-of = { $name }: { tracks }
tracks-lasting = { tracks }, { minutes }
music = संगीत

no-sound-yet = प्लेयर से कहा है, पर उससे अभी आवाज़ की कोई ख़बर नहीं आई
play-track = { $track } बज रहा है
    .v2 = लीजिए: { $track }
play-album = { $artist } का एल्बम { $name } बज रहा है, { tracks }, पहले { $title }
    .brief = एल्बम { $name } बज रहा है
play-artist = बज रहा है { $name }: { tracks }, पहले { $title }
    .brief = बज रहा है { $name }
play-playlist = आपकी प्लेलिस्ट { $name } बज रही है, { tracks }, पहले { $first }
    .brief = { $name } बज रही है
play-liked = आपका पसंदीदा संगीत बज रहा है: { tracks }, पहले { $first }
    .brief = आपका पसंदीदा संगीत बज रहा है
play-several = संगीत बज रहा है: { tracks }, पहले { $first }
    .brief = संगीत बज रहा है: { tracks }
from-album = यह एल्बम { $album } से है
from-album-year = यह { $year } के एल्बम { $album } से है
queued-next = इसके बाद: { $what }
    .brief = इसके बाद
queued = कतार में जोड़ा गया: { $what }
    .brief = जोड़ा गया
now-track = अब { $track } बज रहा है
    .v2 = लीजिए: { $track }
    .brief = { $track }
skipped-silent = आगे बढ़ाया, पर प्लेयर से अभी आवाज़ की कोई ख़बर नहीं आई
resumed = फिर से बज रहा है: { $track }
    .brief = फिर से शुरू
nothing-paused = कुछ भी रुका हुआ नहीं है
paused = रोक दिया
not-paused = प्लेयर रुका नहीं है
stopped = बंद कर दिया
still-playing = प्लेयर अब भी बज रहा है
shuffle-on = शफ़ल चालू है
shuffle-off = शफ़ल बंद है
repeat-off = दोहराना बंद है
repeat-one = यही गाना दोहराया जाएगा
repeat-all = पूरी कतार दोहराई जाएगी
from-beginning = शुरू से
position-now = अब { $at } पर
muted = आवाज़ बंद
volume = आवाज़ { $level } प्रतिशत
    .brief = { $level } प्रतिशत
volume-asked = आवाज़ { $level } प्रतिशत पर है
    .brief = { $level } प्रतिशत
volume-most = इससे तेज़ नहीं हो सकता: { $level } प्रतिशत
volume-least = इससे धीमा नहीं हो सकता: { $level } प्रतिशत

queue-cleared = कतार खाली कर दी ({ tracks })। वापस लाने के लिए «वापस करो» कहिए।
    .brief = खाली कर दी
undone = वापस कर दिया
in-queue = कतार में { tracks }
queue-removed = कतार से हटाया: { $what }
    .brief = हटाया
queue-moved = { $title } अब कतार में { $place } नंबर पर है
queue-empty = कतार खाली है
queue-list = कतार में: { $names }
queue-only = { $track }, और उसके बाद कुछ नहीं
queue-now = अभी { $track }
queue-left = इसके बाद { $count ->
    [1] एक गाना
   *[other] { $count } गाने
} और हैं
queue-then = फिर { $names }

nothing-playing = अभी कुछ नहीं बज रहा
paused-track = { $track } रुका हुआ है
track-from-year = { $track } { $year } का है
track-no-year = { $track }; फ़ाइल में साल नहीं लिखा
length-left = लंबाई { $length }, बाकी { $left }
now-hearing = यह { $track } है
    .v2 = आप { $track } सुन रहे हैं
    .brief = { $track }
now-hearing-from = यह { $track } है, एल्बम { $album } से
    .v2 = अभी { $track } चल रहा है, एल्बम { $album } से

liked = याद रखा, आपको पसंद है: { $what }
    .brief = याद रखा
disliked = याद रखा, आपको पसंद नहीं: { $what }। यह फिर नहीं सुझाया जाएगा
    .brief = याद रखा
unrated = रेटिंग हटाई गई: { $what }
    .brief = हटाई गई
taste-reset = आपकी पसंद भुला दी, नए सिरे से शुरुआत है। इतिहास और रेटिंग वैसे ही हैं।
taste-forgotten = { $about } के बारे में जो सीखा था, भुला दिया
track-never = { $about } अब कभी नहीं सुझाया जाएगा
track-not-now = आज { $about } नहीं
track-more = याद रखा: { $about } जैसा और
track-less = याद रखा: { $about } जैसा कम
music-of = { $about } संगीत
taste-never = याद रखा, कभी नहीं: { $kind }
taste-more = याद रखा, ज़्यादा: { $kind }
taste-less = याद रखा, कम: { $kind }
taste-concerns = आपकी लाइब्रेरी में ऐसे { tracks }
taste-concerns-none = आपकी लाइब्रेरी में ऐसा कुछ मालूम नहीं
taste-rated = आपकी रेटिंग: { $what }
taste-liked = { $count } पसंद
taste-disliked = { $count } नापसंद
taste-unknown = आपकी पसंद के बारे में अभी कुछ पता नहीं। आप जो सुनते और कहते हैं, उसी से सीखना होता है।
taste-lines = आपकी पसंद के बारे में { $count } बातें पता हैं; वे पेज पर हैं

playlist-created = प्लेलिस्ट { $name } बन गई: { $what }
    .brief = बन गई
playlist-created-empty = प्लेलिस्ट { $name } बन गई। अभी खाली है।
    .brief = बन गई
playlist-deleted = प्लेलिस्ट { $name } हटा दी
    .brief = हटा दी
playlist-renamed = { $name } का नाम अब { $new } है
playlist-added = { $name } में जोड़ा गया: { $what }
    .brief = जोड़ा गया
playlist-has = { $title } पहले से { $name } में है
playlist-has-all = यह सब पहले से { $name } में है
playlist-removed = { $name } से हटाया: { $what }
    .brief = हटाया
playlist-empty = प्लेलिस्ट { $name } खाली है
playlist-content = { $name } में { tracks }: { $names }
no-playlists = आपकी अभी कोई प्लेलिस्ट नहीं है। कहिए «शाम नाम की प्लेलिस्ट बनाओ»।
your-playlists = आपकी { playlists }: { $names }
playlist-stays = { $name } के नियम पर अब कुछ नहीं बैठता, इसलिए वह वैसी ही है
playlist-fresh = { $name } फिर से ताज़ा है: { $amount }
playlist-made = प्लेलिस्ट { $name } बन गई: { $amount }
playlist-made-first = प्लेलिस्ट { $name } बन गई: { $amount }, पहले { $first }
playlist-refills = यह हर दिन अपने आप नई होती है
flow-ramp = { $what }, धीरे-धीरे बढ़ता हुआ
flow-hill = { $what }, पहले बढ़ता फिर शांत होता हुआ
flow-down = { $what }, धीरे-धीरे शांत होता हुआ

found-one = मिल गया: { $what }
    .brief = { $what }
found-many = { $amount } मिले: { $names }
    .brief = { $names }
found-because = मिल गया: { $what } ({ $reason })
found-more = पेज पर { $count } और हैं
found-matches = { $count } नतीजे: { $first }, { $rest }
with-reason = { $track } ({ $reason })
with-reason-aside = { $track } ({ $reason })
first-and-rest = { $first }; और साथ में { $rest }
suggested = { $what } कैसा रहेगा?
    .v2 = यह सुनकर देखिए: { $what }
    .v3 = मेरा सुझाव: { $what }
    .brief = { $what }
opened = लीजिए, आपके लिए कुछ
    .v2 = यह सुनकर देखते हैं
opened-closest = सबसे क़रीब यह है
opened-mood = लीजिए संगीत ({ $mood })
opened-wish = लीजिए { $wish }
opened-genre = लीजिए { $name }
opened-more = { $name } का और संगीत
chosen-one = { $opening }: { $first }
    .brief = { $first } बज रहा है
chosen-several = { $opening }: { tracks }, पहले { $first }
    .brief = { $first } बज रहा है
chosen-lasting = { $opening }: { tracks }, { minutes }, पहले { $first }
    .brief = { tracks }, { minutes }, पहले { $first }
let-go = सब शर्तों पर कुछ नहीं बैठता; यह छोड़ दिया: { $what }
cannot-hear = सुनकर नहीं बता सकते कि इनमें कौन ऐसा है: { $what }
only-guessed = आवाज़ से इसका सिर्फ़ अंदाज़ा लग सकता है: { $what }
turns-at = पहला गाना { $at } से ठीक बैठता है ({ $mood })
chosen-because = { $track } चुनने की वजह: { $reason }
not-chosen-but = { $track } मेरा चुना हुआ नहीं है; इसके पक्ष में: { $reason }
not-chosen = { $track } मेरा चुना हुआ नहीं है, और इसके पक्ष में अभी कुछ पता नहीं

history-one = { $when } आपने { $track } को { $kind ->
    [skip] छोड़ा
    [like] पसंद किया
    [dislike] नापसंद किया
   *[play] बजाया
}
history-when = { $when } आपने { $kind ->
    [skip] छोड़ा
    [like] पसंद किया
    [dislike] नापसंद किया
   *[play] बजाया
}: { $names }
history-last = हाल में आपने { $kind ->
    [skip] छोड़ा
    [like] पसंद किया
    [dislike] नापसंद किया
   *[play] बजाया
}: { $names }
history-most = सबसे ज़्यादा आपने { $kind ->
    [skip] छोड़ा
    [like] पसंद किया
    [dislike] नापसंद किया
   *[play] बजाया
}: { $names }
history-most-when = { $when } सबसे ज़्यादा आपने { $kind ->
    [skip] छोड़ा
    [like] पसंद किया
    [dislike] नापसंद किया
   *[play] बजाया
}: { $names }

this-is = यह { $what } है
    .brief = { $what }
that-was = वह { $what } था
that-is-probably = यह शायद { $what } है
that-was-probably = वह शायद { $what } था
probably = शायद { $track }
could-also-be = यह { $other } भी हो सकता है
heard-from-album = { $what } (एल्बम { $album })
heard-not-owned = { $what } (आपकी लाइब्रेरी में नहीं)
heard-at = { $what } ({ $at } पर)
position-then = तब { $at } पर था
position-heard = अभी { $at } पर है
heard-year = { $track }: { $year } का है
heard-year-probably = { $track }: शायद { $year } का है
heard-no-year = { $track }: फ़ाइल में साल नहीं लिखा
heard-album = यह एल्बम { $album } से है
heard-album-probably = यह शायद एल्बम { $album } से है
heard-artist = { $artist }
heard-artist-probably = शायद { $artist }
told-to-me = इसका नाम { $title } मालूम है, क्योंकि यह बताया गया था
known-as = अब से यह { $track } के नाम से याद रहेगा
match-share = सुने गए { NUMBER($clip, minimumFractionDigits: 1) } सेकंड में से { NUMBER($matched, minimumFractionDigits: 1) } सेकंड { $title } से मिलते हैं
match-share-from = सुने गए { NUMBER($clip, minimumFractionDigits: 1) } सेकंड में से { NUMBER($matched, minimumFractionDigits: 1) } सेकंड { $title } से मिलते हैं, { $from } से आगे
match-sure = इसलिए { $percent } प्रतिशत भरोसा है
match-unsure = इसलिए { $percent } प्रतिशत भरोसा है, जो पक्का कहने के लिए काफ़ी नहीं
match-changed = फ़र्क़: { $changes }
runs-fast = { $percent } प्रतिशत तेज़
runs-slow = { $percent } प्रतिशत धीमा
sounds-higher = { $count } सेमीटोन ऊँचा
sounds-lower = { $count } सेमीटोन नीचा
listening = अब सुनना चालू है: पिछले कुछ मिनट सिर्फ़ मेमोरी में रहते हैं, कुछ रिकॉर्ड नहीं होता। जब चाहें पूछिए «वह क्या था?»; बंद करने के लिए कहिए «सुनना बंद करो»।
    .brief = अब सुनना चालू है
listening-over = सुनना बंद है, और जो मेमोरी में था वह मिटा दिया
forgotten-one = { $title } सुनी हुई चीज़ों की सूची से हटा दिया
forgotten = सुनी हुई { things } भुला दी गईं
forgotten-when = { $when } सुनी हुई { things } भुला दी गईं
right = धन्यवाद: वह { $right } था
right-not = धन्यवाद: वह { $right } था, { $wrong } नहीं
will-remember = यह याद रहेगा
noted-not = याद रखा: वह { $wrong } नहीं था
noted-wrong = याद रखा: वह ग़लत था
not-in-library = { $title } आपकी लाइब्रेरी में नहीं है
was-it = क्या वह { $track } था?
say-it-was = अगर आपको पता है, तो «वह था» और गाने का नाम कहिए
cannot-name = इसका नाम पता नहीं चला
cannot-name-because = इसका नाम पता नहीं चला: { $reason }
cannot-name-before = इसका नाम पता नहीं चला, पर यह पहले { $count } बार सुना है
cannot-name-because-before = इसका नाम पता नहीं चला: { $reason }। पर यह पहले { $count } बार सुना है
another-performance = यह { $track } की दूसरी प्रस्तुति जैसा लगता है। क्या उसे बजाऊँ?
heard-one = { $when } { $where } आपने { $track } सुना
heard-one-probably = { $when } { $where } आपने शायद { $track } सुना
heard-list = आपने { $where } सुना: { $names }
heard-list-when = { $when } { $where } आपने सुना: { $names }
heard-list-most = सबसे ज़्यादा आपने { $where } सुना: { $names }
heard-list-most-when = { $when } { $where } सबसे ज़्यादा आपने सुना: { $names }
heard-when = { $when }: { $what }
heard-elsewhere = आपकी लाइब्रेरी में नहीं: { $names }
heard-unnamed = { $count ->
    [1] एक धुन का नाम पता नहीं चला
   *[other] { $count } धुनों के नाम पता नहीं चले
}
where-place = ({ $place })
where-stream = ({ $name })

hum-like = यह { $what } जैसा लगता है
    .v2 = मुझे यह { $what } जैसा लगता है
hum-from = { $what } (लगभग { $from } से)
hum-unsure = पक्का नहीं है
hum-which = क्या आपका मतलब { $names } था?
hum-unknown = इस धुन का नाम पता नहीं चला: { $reason }
hum-nearest = { $count } धुनों में से { $title } सबसे क़रीब है उसके, जो आपने { $how ->
    [whistled] सीटी में बजाया
   *[hummed] गुनगुनाया
}
hum-sure = इसलिए { $percent } प्रतिशत भरोसा है; सिर्फ़ गुनगुनाने से बात कभी पक्की नहीं होती
hum-again = फिर से गुनगुनाइए, हो सके तो मुखड़ा; या «वह था» और गाने का नाम कहिए
cannot-learn = { $title } आपकी लाइब्रेरी में नहीं है, इसलिए इसे सीखा नहीं जा सकता

nothing = यह आपकी लाइब्रेरी में नहीं मिला: { $wanted }
    .v2 = इसके लिए कुछ नहीं मिला: { $wanted }
nothing-that = वह नहीं मिला
nothing-recalled = इसका कोई रिकॉर्ड नहीं है
nothing-in-queue = वह कतार में नहीं है
nearest = सबसे क़रीब { $what } है
mean-that = क्या आपका मतलब यही है?
play-that = क्या इसे बजाऊँ?
add-that = क्या इसे जोड़ूँ?
which-of = { $names }?
say-more-like-this = आगे सुनना हो तो «ऐसा ही और» कहिए

no-radio = रेडियो स्टेशन नहीं हैं, सिर्फ़ आपकी अपनी लाइब्रेरी है। कोई शैली या कलाकार बताइए?
nothing-to-choose = अभी चुनने के लिए कोई सूची नहीं है। पहले कुछ संगीत माँगिए।
no-other = देने के लिए कुछ और नहीं है। आप क्या चाहते हैं, थोड़ा और बताइए।
glad = ठीक है
what-to-find = क्या ढूँढूँ? कोई गाना, कलाकार, एल्बम या मूड बताइए।
by-whom = किसका? कोई कलाकार बताइए, या पहले कुछ बजाइए।
which-playlist = कौन-सी प्लेलिस्ट?
name-the-playlist = प्लेलिस्ट का नाम क्या रखें?
cannot-set = यह सेटिंग नहीं बदली जा सकती। आवाज़, शफ़ल, दोहराना और गाने में जगह बदली जा सकती है।
no-name-yet = जो सुना उसका नाम पता नहीं चला, इसलिए उसका कुछ नहीं हो सकता। आपको पता हो तो «वह था» और गाने का नाम कहिए।
heard-not-in-library = जो सुना वह आपकी लाइब्रेरी में नहीं है, इसलिए बजाया नहीं जा सकता
which-name = इसका नाम क्या है? «वह था» और गाने का नाम कहिए।
refuse = यह नहीं हो पाएगा। संगीत बजाना, ढूँढना, कतार में लगाना, सुझाना, प्लेलिस्ट सँभालना और आपने क्या सुना याद रखना हो सकता है।
    .v2 = माफ़ कीजिए, यहाँ सिर्फ़ आपके संगीत की बात होती है: बजाना, ढूँढना, कतार, सुझाव, प्लेलिस्ट और इतिहास।
    .brief = यह नहीं हो पाएगा
only-music = यहाँ सिर्फ़ आपका संगीत है: पॉडकास्ट, ऑडियोबुक, फ़िल्में या गेम नहीं
help = कहकर देखिए «कुछ शांत बजाओ», «पढ़ाई के लिए कुछ», «ऐसा ही पर धीमा», «यह गाना क्यों?», «यह क्या है?», «इसे मेरी शाम प्लेलिस्ट में जोड़ो», «कल मैंने क्या सुना?» या «वापस करो»।
greet = नमस्ते! क्या सुनना चाहेंगे?
    .v2 = नमस्ते! कुछ लगाऊँ?
welcome = आपका स्वागत है।
    .v2 = ख़ुशी हुई।
    .plain = आपका स्वागत है।
goodbye = फिर मिलेंगे। संगीत सुनना हो तो बता दीजिए।
    .plain = अलविदा।
library-size = आपकी लाइब्रेरी में { tracks }, { $artists } कलाकार और { $albums } एल्बम
leave-it = ठीक है, रहने देते हैं
    .v2 = ठीक है। कुछ और चाहिए हो तो बताइए।
first-or-second = पहला या दूसरा?
which-number = कौन-सा: 1 से { $count }?
no-such-number = सूची में सिर्फ़ { $count } हैं, { $number } नंबर नहीं है
nothing-done = अभी कुछ नहीं किया। बताइए क्या सुनना है।

small-talk-who = नाम Refrain है, इस घर का संगीत सहायक। क्या सुनना चाहेंगे?
    .plain = नाम Refrain है, एक संगीत सहायक: एक प्रोग्राम, इंसान नहीं।
small-talk-how = बहुत बढ़िया, धन्यवाद। कुछ लगाऊँ?
    .plain = सब ठीक चल रहा है। कुछ लगाऊँ?
small-talk-joke = पियानो वाला घर में क्यों नहीं जा पाया? सही «की» नहीं मिली।
    .v2 = थका हुआ सुर क्या करता है? विराम।
    .plain = चुटकुले नहीं आते, सिर्फ़ संगीत।
small-talk-sing = गाना गाने वालों के लिए ही छोड़ देते हैं। किसे सुनना चाहेंगे?
small-talk-taste = जो आपको आख़िरी सुर तक रोक ले। क्या बजाऊँ?
    .plain = अपनी कोई पसंद नहीं, आपकी पसंद सीखी जाती है।
small-talk-praise = धन्यवाद। यह तो कानों के लिए संगीत है।
    .plain = धन्यवाद।
small-talk-blame = माफ़ कीजिए। «वापस करो» कहिए, या बताइए आपका मतलब क्या था।
speaker-hello = नमस्ते, { $name }
speaker-is = आप { $name } हैं
speaker-unknown = पता नहीं। «मैं» और अपना नाम कहिए
verbosity-less = ठीक है, कम शब्दों में
verbosity-more = ज़रूर, और बताया जाएगा
verbosity-normal = ठीक है, पहले जैसा
still-meant = क्या आपका मतलब पिछली सूची का { $title } है?
delete-really = क्या प्लेलिस्ट { $name } हटा दूँ?
deleted-for-good = हटाई गई प्लेलिस्ट वापस नहीं आती। फिर चाहिए तो नई बनाइए
track-is = यह { $track } है
track-length = लंबाई { $length } है
aside-kept = फ़िलहाल: { $wish }
aside-over = ठीक है, अब फिर कुछ भी चलेगा
one-question = पहले यह; बाकी के लिए बाद में फिर कहिए
too-many-requests = एक बार में इतना नहीं हो पाएगा। बाकी फिर से कहिए

weekday = { $weekday ->
    [1] सोमवार
    [2] मंगलवार
    [3] बुधवार
    [4] गुरुवार
    [5] शुक्रवार
    [6] शनिवार
   *[7] रविवार
}
month = { $month ->
    [1] जनवरी
    [2] फ़रवरी
    [3] मार्च
    [4] अप्रैल
    [5] मई
    [6] जून
    [7] जुलाई
    [8] अगस्त
    [9] सितंबर
    [10] अक्टूबर
    [11] नवंबर
   *[12] दिसंबर
}
clock-today = आज { $clock } बजे
clock-tomorrow = कल { $clock } बजे
clock-yesterday = बीते कल { $clock } बजे
clock-weekday = { weekday } को { $clock } बजे
clock-date = { $day } { month } को { $clock } बजे
clock-days = { $days } { $clock } बजे
days-all = हर दिन
days-work = सोमवार से शुक्रवार
days-weekend = शनिवार और रविवार को
days-some = हर { $names }
after-song = इस गाने के बाद
after-songs = { $count ->
    [1] इस गाने के बाद
   *[other] { $count } गानों के बाद
}
after-album = एल्बम के अंत में
after-named = { $title } के अंत में
after-queue = कतार के अंत में
sleep-set = संगीत { $when } बंद होगा
sleep-cancelled = स्लीप टाइमर बंद है
alarm-set = { $when } बजेगा: { $music }
alarm-liked = आपका पसंदीदा संगीत
alarm-player = यह { $player } पर बजेगा
alarm-cancelled = { $when } का अलार्म बंद है
alarm-missed = { $when } का अलार्म नहीं बजा
timer-replaced = यह पहले वाले की जगह है
timer-unwatched = यह तभी चलता है जब सर्वर चालू हो
timers-cancelled = { $count } टाइमर बंद किए गए
timers-set = लगे हुए: { $names }
timer-alarm = { $when } { $music }
timer-sleep = { $when } संगीत बंद
no-timer = कोई टाइमर नहीं लगा है
no-sleep-timer = कोई स्लीप टाइमर नहीं लगा है
no-alarm = कोई अलार्म नहीं लगा है

unsaid = { "" }
terms = { $names }
wish = संगीत ({ $parts })
wish-liked = आपकी पसंद का
wish-by = { $names }
wish-like = { $name } जैसा
wish-below = { $high } BPM से कम
wish-above = { $low } BPM से ज़्यादा
wish-around = लगभग { $bpm } BPM
wish-between = { $low } से { $high } BPM
wish-steps = { $steps } क़दम प्रति मिनट
wish-until = { $last } तक का
wish-since = { $first } से अब तक का
wish-year = { $first } का
wish-decade = { $first } का दशक
wish-years = { $first } से { $last } का
wish-without = { $what } के बिना
note-bpm = लगभग { $bpm } BPM
note-from = { $at } से { $what }
note-played = पहले { $count } बार बजा
note-suits = ठीक बैठता है { $what }
note-like-for = जैसा आप अक्सर सुनते हैं ({ $what })
note-like = { $what } जैसा
note-after = पहले { $what } के बाद बजा
note-next = इसके बाद अक्सर { $what }
note-stay = { $what } के साथ ही
note-liked = आपको पसंद है
note-others = मिलती-जुलती पसंद वाले सुनते हैं
note-usual = आप अक्सर सुनते हैं { $what }
note-goes = अच्छा लगता है { $what }
note-by = { $what } का
note-year = { $what } का
note-sings = कोई गाता है
note-called = यही नाम है
note-album = उसी एल्बम से
note-sung = बोल हैं “{ $what }”
note-cover = कवर मेल खाता है
note-returns = जैसा आप बार-बार सुनते हैं
note-came-next = पहले भी इसके बाद बजा था
note-sound = मिलती-जुलती आवाज़
note-genres = वही शैलियाँ
note-artist-after = { $other } के बाद आप { $what } चलाते हैं
note-sung-in = उसी भाषा में गाया गया
time-at = आज { $clock } बजे
time-yesterday-at = कल { $clock } बजे
time-date-at = { $day } { month } को { $clock } बजे
time-day = { $day ->
    [today] आज
    [before-yesterday] परसों
   *[yesterday] कल
}{ $part ->
    [morning] {" "}सुबह
    [afternoon] {" "}दोपहर
    [evening] {" "}शाम
    [night] {" "}रात
   *[day] {""}
}
time-weekday = { weekday }{ $part ->
    [morning] {" "}सुबह
    [afternoon] {" "}दोपहर
    [evening] {" "}शाम
    [night] {" "}रात
   *[day] {" "}को
}
time-ago = { $count } { $unit ->
    [second] सेकंड
    [minute] मिनट
    [hour] { $count ->
        [1] घंटा
       *[other] घंटे
    }
    [day] दिन
    [week] { $count ->
        [1] हफ़्ता
       *[other] हफ़्ते
    }
   *[month] { $count ->
        [1] महीना
       *[other] महीने
    }
} पहले
time-in-the-last = पिछले { $count } { $unit ->
    [second] सेकंड
    [minute] मिनट
    [hour] { $count ->
        [1] घंटे
       *[other] घंटों
    }
    [day] { $count ->
        [1] दिन
       *[other] दिनों
    }
    [week] { $count ->
        [1] हफ़्ते
       *[other] हफ़्तों
    }
   *[month] { $count ->
        [1] महीने
       *[other] महीनों
    }
} में
time-just-now = अभी-अभी
time-last-weekend = पिछले सप्ताहांत
time-in-year = { $year } में
time-in-month = { month } में
time-on-date = { $day } { month } को
time-this = { $unit ->
    [week] इस हफ़्ते
    [month] इस महीने
   *[year] इस साल
}
time-last = { $unit ->
    [week] पिछले हफ़्ते
    [month] पिछले महीने
   *[year] पिछले साल
}
which-wish = क्या सुनना चाहेंगे: { $choices }?
which-one = आपका मतलब कौन-सा है?
which-by = «{ $said }» से आपका मतलब कौन-सा है?
whose = { $name }: किसका?
which-named = { $name }: आपका मतलब कौन-सा है?
none-number = सूची में { $number } नंबर नहीं है
none-list = चुनने के लिए कोई सूची नहीं है
none-any-more = वह अब लाइब्रेरी में नहीं है
none-liked = आपने अभी कुछ पसंद नहीं किया है
none-playlist = { $name } नाम की कोई प्लेलिस्ट नहीं है
none-genre = ऐसा संगीत नहीं है: { $genre }
none-that = वह नहीं मिला
none-learned = { $about } के बारे में कुछ नहीं सीखा
none-wish = यह नहीं मिला: { $wish }
none-in-that-playlist = { $what } प्लेलिस्ट { $name } में नहीं है
none-in-queue = { $what } कतार में नहीं है
none-else = { $name } का और कुछ नहीं है
none-played-yet = अभी तक कुछ नहीं बजा है
none-played = तब कुछ { $kind ->
    [skip] छोड़ने
    [like] पसंद करने
    [dislike] नापसंद करने
   *[play] बजाने
} का रिकॉर्ड नहीं है
none-played-by = { $about } को { $kind ->
    [skip] छोड़ने
    [like] पसंद करने
    [dislike] नापसंद करने
   *[play] बजाने
} का रिकॉर्ड नहीं है
none-heard = तब कुछ सुने जाने का रिकॉर्ड नहीं है
none-heard-by = { $about } के सुने जाने का रिकॉर्ड नहीं है
reason-too-short = वह बहुत छोटा था
reason-silent = लगभग कुछ सुनाई नहीं देता
reason-no-match = आपकी लाइब्रेरी में कुछ मेल नहीं खाता
reason-kept-only = सिर्फ़ पिछले { $seconds } सेकंड रखे जाते हैं
reason-none-kept = पिछले { $seconds } सेकंड में कुछ पहचाना नहीं गया
reason-hum-silent = लगभग कुछ सुनाई नहीं देता
reason-hum-too-short = वह बहुत छोटा था
reason-hum-speech = वह धुन नहीं, बातचीत जैसा लगा
reason-hum-no-tune = शोर या एक साथ कई सुर सुनाई देते हैं, कोई एक धुन नहीं
reason-hum-waiting = आपके संगीत की धुनें अभी तैयार नहीं हैं, { $count } बाकी हैं
reason-hum-none = मिलाने के लिए अभी कोई धुन नहीं है
reason-hum-far = कोई जानी-पहचानी धुन काफ़ी क़रीब नहीं है
step-longer = पाँच सेकंड या ज़्यादा सुनने दीजिए।
step-nearer = माइक संगीत के पास लाइए या आवाज़ बढ़ाइए, और फिर पूछिए।
step-noisy = शोर था तो संगीत के पास जाकर फिर पूछिए।
step-kept = इसकी छाप रखी है, आवाज़ नहीं: इसका नाम बताइए, या इसे अपने संगीत में जोड़िए।
step-listen-next = अगर यह कमरे में बजा था: «सुनना शुरू करो» कहिए, अगली बार पीछे देखा जा सकेगा।
step-hum-silent = ज़ोर से या माइक के पास गुनगुनाइए, पाँच सेकंड या ज़्यादा।
step-hum-too-short = फिर से पाँच से दस सेकंड गुनगुनाइए, हो सके तो मुखड़ा।
step-hum-speech = गुनगुनाइए, सीटी बजाइए, या «ला» पर गाइए।
step-hum-no-tune = संगीत बंद करके, माइक के पास अकेले गुनगुनाइए।
step-hum-waiting = थोड़ी देर बाद फिर पूछिए।
step-hum-none = पहले संगीत जोड़िए।
step-hum-far = फिर से गुनगुनाइए, हो सके तो मुखड़ा।
failed-no_player = कोई प्लेयर नहीं है। ब्राउज़र में पेज खोलिए और वहाँ बजाइए
failed-player_not_responding = प्लेयर से आवाज़ की कोई ख़बर नहीं। देखिए कि वह चालू है, और फिर कोशिश कीजिए
failed-player_refused = प्लेयर इसे नहीं बजा सकता। कोई और गाना आज़माइए
failed-player_blocked = ब्राउज़र अभी आवाज़ की इजाज़त नहीं देता। पेज पर एक बार क्लिक कीजिए और फिर कोशिश कीजिए
failed-queue_empty = कतार ख़त्म हो गई
failed-nothing_playing = अभी कुछ नहीं बज रहा
failed-not_asked_for = आपने ऐसा साफ़ नहीं कहा; चाहें तो साफ़ कहिए
failed-nothing_named = किसके बारे में, यह नहीं कहा गया। कृपया बताइए
failed-too_much = यह एक गाने से ज़्यादा है। एक गाना बताइए
failed-playlist_exists = { $name } नाम की प्लेलिस्ट पहले से है। दूसरा नाम चुनिए
failed-no_rule = इस प्लेलिस्ट का कोई नियम नहीं है जिससे वह भरे
failed-no_taste = यहाँ पसंद नहीं सीखी जाती
failed-nothing_recommended = यहाँ सुझाव नहीं मिलते। संगीत का नाम लेकर माँगिए
failed-recognition_off = रिकॉर्डिंग पहचानना बंद है
failed-humming_off = गुनगुनाई धुन पहचानना बंद है
failed-not_listening = आपके आसपास कुछ सुनाई नहीं देता: कोई माइक चालू नहीं है। पेज पर «What is this?» दबाइए और माइक की इजाज़त दीजिए
failed-not-then = तब सुनना चालू नहीं था, और पहले का कुछ नहीं रखा। अगली बार के लिए «सुनना शुरू करो» कहिए
failed-nothing_recognised = यहाँ अभी कुछ पहचाना नहीं गया। संगीत बजते समय पूछिए «यह क्या है?»
failed-clip_gone = वह रिकॉर्डिंग अब नहीं है। फिर से रिकॉर्ड कीजिए
failed-tool_timeout = बहुत समय लग गया। फिर कोशिश कीजिए
failed-internal_error = Refrain में कुछ गड़बड़ हुई। फिर कोशिश कीजिए
failed-invalid_arguments = समझ नहीं आया। दूसरे शब्दों में कहिए
failed-too_many_calls = एक बार में बहुत ज़्यादा क़दम थे
failed-no_volume = इस प्लेयर की आवाज़ यहाँ से नहीं बदली जा सकती
failed-not_in_library = वह लाइब्रेरी में नहीं है
failed-queue_full = कतार भर गई है
failed-time_is_past = वह समय निकल चुका है। कोई और समय बताइए
failed-no_sleep_timer = कोई स्लीप टाइमर नहीं लगा है
failed-no_timers = यहाँ टाइमर नहीं हैं
term = { $key ->
    [calm] शांत
    [sad] उदास
    [melancholic] ग़मगीन
    [happy] ख़ुशनुमा
    [uplifting] उत्साह भरा
    [romantic] रोमानी
    [sexy] मादक
    [energetic] जोशीला
    [angry] ग़ुस्सैल
    [dark] गहरा
    [mysterious] रहस्यमय
    [dreamy] सपनों जैसा
    [nostalgic] यादों भरा
    [epic] भव्य
    [tense] तनाव भरा
    [playful] चुलबुला
    [groovy] थिरकता हुआ
    [psychedelic] साइकेडेलिक
    [weird] अजीब
    [warm] गर्मजोशी भरा
    [fast] तेज़
    [slow] धीमा
    [catchy] ज़ुबान पर चढ़ने वाला
    [emotional] भावुक
    [beautiful] सुंदर
    [danceable] नाचने लायक
    [acoustic] एकूस्टिक
    [instrumental] वाद्य
    [electronic] इलेक्ट्रॉनिक
    [sung] गायन वाला
    [vocals] गायन
    [loud] ऊँची आवाज़ का
    [piano] पियानो
    [guitar] गिटार
    [acoustic-guitar] एकूस्टिक गिटार
    [electric-guitar] इलेक्ट्रिक गिटार
    [bass] बेस
    [drums] ड्रम
    [violin] वायलिन
    [strings] तार वाद्य
    [cello] चेलो
    [saxophone] सैक्सोफ़ोन
    [trumpet] तुरही
    [brass] पीतल वाद्य
    [flute] बाँसुरी
    [clarinet] क्लैरिनेट
    [harp] हार्प
    [organ] ऑर्गन
    [accordion] अकॉर्डियन
    [harmonica] माउथ ऑर्गन
    [synthesizer] सिंथेसाइज़र
    [choir] समूह गान
    [classical] शास्त्रीय
    [jazz] जैज़
    [rock] रॉक
    [pop] पॉप
    [folk] लोक
    [for-workout] कसरत के लिए
    [for-running] दौड़ने के लिए
    [for-walking] टहलने के लिए
    [for-study] पढ़ाई के लिए
    [for-studying] पढ़ाई के लिए
    [for-focus] ध्यान लगाने के लिए
    [for-sleep] सोने के लिए
    [for-party] पार्टी के लिए
    [for-dinner] खाने के समय के लिए
    [for-commute] सफ़र के लिए
    [for-driving] गाड़ी चलाते समय के लिए
    [for-road-trip] यात्रा के लिए
    [for-cleaning] सफ़ाई के लिए
    [for-yoga] योग के लिए
    [for-meditation] ध्यान के लिए
    [for-gaming] खेलने के लिए
    [for-relaxing] आराम के लिए
    [for-waking] जागने के लिए
    [for-morning] सुबह के लिए
    [for-afternoon] दोपहर के लिए
    [for-evening] शाम के लिए
    [for-night] रात के लिए
    [for-weekend] सप्ताहांत के लिए
    [calmer] और शांत
    [more-energetic] और जोशीला
    [darker] और गहरा
    [happier] और ख़ुशनुमा
    [less-danceable] कम नाचने लायक
    [more-danceable] और नाचने लायक
    [less-acoustic] कम एकूस्टिक
    [more-acoustic] और एकूस्टिक
    [less-instrumental] कम वाद्य
    [more-instrumental] और वाद्य
    [with-less-singing] कम गायन वाला
    [with-more-singing] ज़्यादा गायन वाला
    [softer] और मुलायम
    [louder] और ऊँचा
    [slower] और धीमा
    [faster] और तेज़
    [older] और पुराना
    [newer] और नया
    [brighter] और चमकीला
    [duller] और मंद
    [steadier] और स्थिर
    [more-changing] और बदलता हुआ
    [the-sound] ध्वनि
    [the-instruments] वाद्य
    [the-number-of-tracks] गानों की संख्या
    [the-length] लंबाई
    [the-cadence] क़दमों की ताल
    [in-the-morning] सुबह
    [in-the-afternoon] दोपहर को
    [in-the-evening] शाम को
    [at-night] रात को
    [around-noon] दोपहर के आसपास
   *[other] { $word }
}

## टाइमर के सवाल

when-with-length = { $when } ({ minutes })
ask-when-stop = संगीत कब बंद करूँ?
ask-when-play = कितने बजे बजाऊँ?
ask-which-timer = कौन सा: { $names }?
alarm-nothing-meant = अभी कुछ नहीं बज रहा जो तब बजाया जा सके। संगीत का नाम बताएँ

## Rooms and speakers

everywhere = हर जगह
in-room = { $room }: { $what }
rooms-unable = { $names } की आवाज़ यहाँ से नहीं बदल सकती
moved = { $track } अब वहाँ चल रहा है
moved-paused = { $track } अब वहाँ है, रुका हुआ
no-speakers = मुझे अभी कोई स्पीकर नहीं पता।
speakers-are = ये हैं: { $names }
speaker-plays = { $name } ({ $title } चल रहा है)
speaker-paused = { $name } ({ $title } रुका है)
speaker-gone = { $name } (जुड़ा नहीं है)

## What is known of a recording, and who says so

fact-own-file = फ़ाइल
fact-lyrics = { $track } के बोल (स्रोत: { $source }): “{ $lines }”
fact-lyrics-more = पूरे बोल पेज पर हैं
fact-instrumental = { $source } के अनुसार { $track } में कोई नहीं गाता
fact-untimed = मुझे { $track } के बोल पता हैं, पर यह नहीं कि कौन-सी पंक्ति कब गाई जाती है
fact-line = अभी: “{ $line }” (स्रोत: { $source })
fact-no-line = अभी कुछ नहीं गाया जा रहा
fact-released = { $track } { $when } का है (स्रोत: { $source })
fact-released-too = { $source } के अनुसार { $when }
fact-label = { $track } का लेबल { $label } है (स्रोत: { $source })
fact-no-lyrics = मुझे { $track } के बोल नहीं पता
fact-no-year = मुझे नहीं पता कि { $track } कब आया
fact-no-label = मुझे नहीं पता कि { $track } किस लेबल पर है

## Spotify, and what a radio station plays

spotify-playing = Spotify पर { $track } बज रहा है
spotify-playing-on = Spotify पर { $device } में { $track } बज रहा है
spotify-paused = Spotify रुका हुआ है
spotify-silent = Spotify पर कुछ नहीं बज रहा
spotify-found = Spotify पर { $names } है
spotify-nothing = Spotify पर { $wanted } नाम का कुछ नहीं मिला
station-plays = { $station } पर { $track } बज रहा है
station-probably = { $station } पर शायद { $track } बज रहा है
station-says = { $station } खुद कहता है: “{ $title }”
station-silent = { $station } चालू है; वह नहीं बताता कि क्या बज रहा है, और मैं उसे नहीं पहचानता
failed-spotify_unable = Spotify पर यहाँ से सिर्फ़ चलाना, रोकना और जारी रखना हो सकता है; बाकी उसके ऐप में
failed-spotify_not_set_up = यहाँ Spotify जुड़ा नहीं है। जोड़ने के लिए sources.spotify_client_id में अपने Spotify ऐप की क्लाइंट आईडी दीजिए; तरीका पेज पर Settings, Services में लिखा है
failed-spotify_off = Spotify जुड़ा नहीं है। पेज पर Settings, Services में लॉग इन कीजिए, या चलाइए: refrain services connect spotify
failed-spotify_login_needed = Spotify दोबारा लॉग इन करने को कहता है: पेज पर Settings, Services में
failed-spotify_plays_nowhere = Spotify किसी डिवाइस पर सक्रिय नहीं है। उसे फ़ोन, कंप्यूटर या स्पीकर पर खोलिए और फिर कोशिश कीजिए
failed-spotify_refused = Spotify ने मना कर दिया। उसे बाहर से चलाने के लिए Premium चाहिए
failed-spotify_busy = Spotify अभी और अनुरोध नहीं ले रहा। एक मिनट बाद फिर कोशिश कीजिए
failed-spotify_away = Spotify अभी जवाब नहीं दे रहा। थोड़ी देर में फिर कोशिश कीजिए
