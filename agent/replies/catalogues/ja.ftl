# Refrain が日本語で話す言葉。

list-comma = { $head }、{ $tail }
list-and = { $head }と{ $tail }
list-also = { $head }、{ $tail }
list-or = { $head }か{ $tail }
list-more = { $names }、ほか{ $more }件はページにあります
track-by = { $artist }の「{ $title }」
album-by = { $artist }のアルバム「{ $title }」
playlist-called = プレイリスト「{ $name }」
choice-artist = アーティストの{ $name }
choice-song = 曲の{ $track }
artists-and-others = { $names }ほか
tracks = { $count }曲
albums = アルバム{ $count }枚
artists = アーティスト{ $count }組
playlists = プレイリスト{ $count }件
things = { $count }件
minutes = { $minutes }分
tracks-of = { $name }の{ tracks }
tracks-lasting = { tracks }、{ minutes }
music = 音楽

no-sound-yet = プレーヤーに頼みましたが、まだ音が出たという知らせがありません
play-track = { $track }を再生しています
    .v2 = { $track }をお届けします
play-album = { $name }（{ $artist }）のアルバムを再生しています。{ tracks }、最初は「{ $title }」です
    .brief = アルバム「{ $name }」を再生しています
play-artist = { $name }を再生しています。{ tracks }、最初は「{ $title }」です
    .brief = { $name }を再生しています
play-playlist = プレイリスト「{ $name }」を再生しています。{ tracks }、最初は{ $first }です
    .brief = 「{ $name }」を再生しています
play-liked = お気に入りを再生しています。{ tracks }、最初は{ $first }です
    .brief = お気に入りを再生しています
play-several = { tracks }を再生しています。最初は{ $first }です
    .brief = { tracks }を再生しています
from-album = アルバム「{ $album }」の曲です
from-album-year = { $year }年のアルバム「{ $album }」の曲です
queued-next = 次は{ $what }です
    .brief = 次に入れました
queued = キューに追加しました：{ $what }
    .brief = 追加しました
now-track = 今は{ $track }です
    .brief = { $track }
skipped-silent = 曲を送りましたが、まだ音が出たという知らせがありません
resumed = { $track }を続けます
    .brief = 続けます
nothing-paused = 一時停止中のものはありません
paused = 一時停止しました
not-paused = プレーヤーは一時停止していません
stopped = 停止しました
still-playing = プレーヤーはまだ再生中です
shuffle-on = シャッフルはオンです
shuffle-off = シャッフルはオフです
repeat-off = リピートはオフです
repeat-one = この曲をリピートします
repeat-all = キューをリピートします
from-beginning = 最初からです
position-now = 今は{ $at }です
muted = ミュートしました
volume = 音量は{ $level }パーセントです
    .brief = { $level }パーセント
volume-asked = 音量は今{ $level }パーセントです
    .brief = { $level }パーセント
volume-most = これ以上大きくできません：{ $level }パーセント
volume-least = これ以上小さくできません：{ $level }パーセント

queue-cleared = キューを空にしました（{ tracks }）。「元に戻して」と言えば戻せます。
    .brief = 空にしました
undone = 元に戻しました
in-queue = キューには{ tracks }あります
queue-removed = キューから外しました：{ $what }
    .brief = 外しました
queue-moved = 「{ $title }」はキューの{ $place }番目になりました
queue-empty = キューは空です
queue-list = キュー：{ $names }
queue-only = { $track }で、その後はありません
queue-now = 今は{ $track }です
queue-left = この後はあと{ $count }曲です
queue-then = 次は{ $names }です

nothing-playing = 今は何も再生していません
paused-track = { $track }は一時停止中です
track-from-year = { $track }は{ $year }年の曲です
track-no-year = { $track }です。ファイルに年は書かれていません
length-left = 長さは{ $length }、残りは{ $left }です
now-hearing = これは{ $track }です
    .v2 = 今お聴きの曲は{ $track }です
    .brief = { $track }
now-hearing-from = これは{ $track }です。「{ $album }」に入っています
    .v2 = 今お聴きの曲は{ $track }です。「{ $album }」に入っています

liked = お気に入りとして覚えました：{ $what }
    .brief = 覚えました
disliked = 好みではないと覚えました：{ $what }。もう勧めません
    .brief = 覚えました
unrated = 評価を取り消しました：{ $what }
    .brief = 取り消しました
taste-reset = 好みを忘れて、初めからやり直します。履歴と評価は残っています。
taste-forgotten = 「{ $about }」について学んだことを忘れました
track-never = 「{ $about }」はもう二度と勧めません
track-not-now = 今日は「{ $about }」をやめておきます
track-more = 「{ $about }」のような曲を増やします
track-less = 「{ $about }」のような曲を減らします
music-of = { $about }の音楽
taste-never = 「{ $kind }」はもうかけません
taste-more = 「{ $kind }」を増やします
taste-less = 「{ $kind }」を減らします
taste-concerns = ライブラリでは{ tracks }が当てはまります
taste-concerns-none = ライブラリに当てはまる曲は見当たりません
taste-rated = 評価：{ $what }
taste-liked = 好き{ $count }曲
taste-disliked = 苦手{ $count }曲
taste-unknown = 好みはまだ何も知りません。聴いたものや言われたことから学びます。
taste-lines = 好みについて知っていることは{ $count }件です。ページにあります

playlist-created = プレイリスト「{ $name }」を作りました：{ $what }
    .brief = 作りました
playlist-created-empty = プレイリスト「{ $name }」を作りました。まだ空です。
    .brief = 作りました
playlist-deleted = プレイリスト「{ $name }」を削除しました
    .brief = 削除しました
playlist-renamed = 「{ $name }」の名前は「{ $new }」になりました
playlist-added = 「{ $name }」に追加しました：{ $what }
    .brief = 追加しました
playlist-has = 「{ $title }」はもう「{ $name }」に入っています
playlist-has-all = 全部もう「{ $name }」に入っています
playlist-removed = 「{ $name }」から外しました：{ $what }
    .brief = 外しました
playlist-empty = プレイリスト「{ $name }」は空です
playlist-content = 「{ $name }」は{ tracks }です：{ $names }
no-playlists = プレイリストはまだありません。「夜という名前のプレイリストを作って」と言ってみてください。
your-playlists = { playlists }あります：{ $names }
playlist-stays = 「{ $name }」の条件に合う曲がなくなったので、そのままにしました
playlist-fresh = 「{ $name }」を新しくしました：{ $amount }
playlist-made = プレイリスト「{ $name }」を作りました：{ $amount }
playlist-made-first = プレイリスト「{ $name }」を作りました：{ $amount }、最初は「{ $first }」です
playlist-refills = 毎日自動で入れ替わります
flow-ramp = { $what }、だんだん盛り上がります
flow-hill = { $what }、盛り上がってから静まります
flow-down = { $what }、だんだん静まります

found-one = { $what }が見つかりました
    .brief = { $what }
found-many = { $amount }見つかりました：{ $names }
    .brief = { $names }
found-because = { $what }が見つかりました（{ $reason }）
found-more = ほかに{ $count }件がページにあります
found-matches = { $count }件見つかりました：{ $first }、{ $rest }
with-reason = { $track }（{ $reason }）
with-reason-aside = { $track }（{ $reason }）
first-and-rest = { $first }、それから{ $rest }
suggested = { $what }はいかがですか？
    .v2 = おすすめ：{ $what }
    .brief = { $what }
opened = こちらはいかがでしょう
    .v2 = これにしてみましょう
opened-closest = いちばん近いものです
opened-mood = こんな音楽です（{ $mood }）
opened-wish = お望みの{ $wish }です
opened-genre = { $name }です
opened-more = { $name }をもっと
chosen-one = { $opening }：{ $first }
    .brief = { $first }を再生しています
chosen-several = { $opening }：{ tracks }、最初は{ $first }です
    .brief = { $first }を再生しています
chosen-lasting = { $opening }：{ tracks }、{ minutes }、最初は{ $first }です
    .brief = { tracks }、{ minutes }、最初は{ $first }です
let-go = すべてに合う曲はないので、次はあきらめました：{ $what }
cannot-hear = どれが当てはまるかは聴き分けられません：{ $what }
only-guessed = これは音から推し量るしかありません：{ $what }
turns-at = 最初の曲は{ $at }から合います（{ $mood }）
chosen-because = { $track }を選んだ理由：{ $reason }
not-chosen-but = { $track }は私が選んだのではありません。合う点：{ $reason }
not-chosen = { $track }は私が選んだのではなく、合う点もまだわかりません

history-one = { $when }に{ $track }を{ $kind ->
    [skip] 飛ばしました
    [like] お気に入りにしました
    [dislike] 苦手と評価しました
   *[play] 再生しました
}
history-when = { $when }に{ $kind ->
    [skip] 飛ばした曲
    [like] お気に入りにした曲
    [dislike] 苦手と評価した曲
   *[play] 再生した曲
}：{ $names }
history-last = 最近{ $kind ->
    [skip] 飛ばした曲
    [like] お気に入りにした曲
    [dislike] 苦手と評価した曲
   *[play] 再生した曲
}：{ $names }
history-most = いちばんよく{ $kind ->
    [skip] 飛ばした曲
    [like] お気に入りにした曲
    [dislike] 苦手と評価した曲
   *[play] 再生した曲
}：{ $names }
history-most-when = { $when }にいちばんよく{ $kind ->
    [skip] 飛ばした曲
    [like] お気に入りにした曲
    [dislike] 苦手と評価した曲
   *[play] 再生した曲
}：{ $names }

this-is = これは{ $what }です
    .brief = { $what }
that-was = さっきのは{ $what }です
that-is-probably = おそらく{ $what }です
that-was-probably = さっきのはおそらく{ $what }です
probably = おそらく{ $track }
could-also-be = { $other }かもしれません
heard-from-album = { $what }（「{ $album }」より）
heard-not-owned = { $what }（ライブラリにはありません）
heard-at = { $what }（{ $at }のあたり）
position-then = { $at }のあたりでした
position-heard = 今は{ $at }のあたりです
heard-year = { $track }：{ $year }年です
heard-year-probably = { $track }：おそらく{ $year }年です
heard-no-year = { $track }：ファイルに年は書かれていません
heard-album = アルバム「{ $album }」の曲です
heard-album-probably = おそらくアルバム「{ $album }」の曲です
heard-artist = { $artist }です
heard-artist-probably = おそらく{ $artist }です
told-to-me = 教わったので「{ $title }」だと知っています
known-as = これからは{ $track }として覚えておきます
match-share = 聞こえた{ NUMBER($clip, minimumFractionDigits: 1) }秒のうち{ NUMBER($matched, minimumFractionDigits: 1) }秒が「{ $title }」に合いました
match-share-from = 聞こえた{ NUMBER($clip, minimumFractionDigits: 1) }秒のうち{ NUMBER($matched, minimumFractionDigits: 1) }秒が「{ $title }」の{ $from }からに合いました
match-sure = 確かさは{ $percent }パーセントです
match-unsure = 確かさは{ $percent }パーセントで、言い切るには足りません
match-changed = 違い：{ $changes }
runs-fast = { $percent }パーセント速い
runs-slow = { $percent }パーセント遅い
sounds-higher = { $count }半音高い
sounds-lower = { $count }半音低い
listening = 聴いています。直近の数分だけをメモリに置き、録音はしません。いつでも「今のは何？」と聞いてください。「聴くのをやめて」で終わります。
    .brief = 聴いています
listening-over = 聴くのをやめ、メモリの音も消しました
forgotten-one = 「{ $title }」を聞いたものの一覧から消しました
forgotten = 聞いたもの{ things }を忘れました
forgotten-when = { $when }に聞いたもの{ things }を忘れました
right = ありがとうございます。{ $right }ですね
right-not = ありがとうございます。「{ $wrong }」ではなく{ $right }ですね
will-remember = 覚えておきます
noted-not = 「{ $wrong }」ではなかったと覚えました
noted-wrong = 間違いだったと覚えました
not-in-library = 「{ $title }」はライブラリにありません
was-it = { $track }でしたか？
say-it-was = わかるなら、「あれは」と曲名を言ってください
cannot-name = 何の曲かわかりません
cannot-name-because = 何の曲かわかりません：{ $reason }
cannot-name-before = 何の曲かわかりませんが、前に{ $count }回聞いたことがあります
cannot-name-because-before = 何の曲かわかりません：{ $reason }。前に{ $count }回聞いたことはあります
another-performance = { $track }の別の演奏のようです。それを再生しますか？
heard-one = { $when }{ $where }に聞こえたのは{ $track }です
heard-one-probably = { $when }{ $where }に聞こえたのは、おそらく{ $track }です
heard-list = 聞こえたもの{ $where }：{ $names }
heard-list-when = { $when }{ $where }に聞こえたもの：{ $names }
heard-list-most = いちばんよく聞こえたもの{ $where }：{ $names }
heard-list-most-when = { $when }{ $where }にいちばんよく聞こえたもの：{ $names }
heard-when = { $when }：{ $what }
heard-elsewhere = ライブラリにないもの：{ $names }
heard-unnamed = { $count }曲は名前がわかりませんでした
where-place = （{ $place }）
where-stream = （{ $name }）

hum-like = { $what }のように聞こえます
    .v2 = 私には{ $what }に聞こえます
hum-from = { $what }（{ $from }あたりから）
hum-unsure = はっきりわかりません
hum-which = { $names }のことですか？
hum-unknown = そのメロディーはわかりません：{ $reason }
hum-nearest = { $count }のメロディーのうち、{ $how ->
    [whistled] 口笛
   *[hummed] 鼻歌
}にいちばん近いのは「{ $title }」です
hum-sure = 確かさは{ $percent }パーセントです。鼻歌だけで言い切ることはできません
hum-again = もう一度、できればサビを口ずさんでください。わかるなら「あれは」と曲名を言ってください
cannot-learn = 「{ $title }」はライブラリにないので、覚えられません

nothing = ライブラリに見つかりません：{ $wanted }
    .v2 = 見つかりませんでした：{ $wanted }
nothing-that = 見つかりません
nothing-recalled = それについての記録はありません
nothing-in-queue = それはキューにありません
nearest = いちばん近いのは{ $what }です
mean-that = それのことですか？
play-that = それを再生しますか？
add-that = それを追加しますか？
which-of = { $names }？
say-more-like-this = 続けるなら「似た曲をもっと」と言ってください

no-radio = ラジオ局はなく、あなたのライブラリだけです。ジャンルかアーティストはいかがですか？
nothing-to-choose = まだ選べる一覧がありません。まず音楽をリクエストしてください。
no-other = ほかにお勧めできるものがありません。もう少し詳しく教えてください。
glad = わかりました
what-to-find = 何を探しますか？曲、アーティスト、アルバム、または気分を言ってください。
by-whom = 誰の曲ですか？アーティストを言うか、先に何か再生してください。
which-playlist = どのプレイリストですか？
name-the-playlist = プレイリストの名前は何にしますか？
cannot-set = その設定は変えられません。音量、シャッフル、リピート、再生位置なら変えられます。
no-name-yet = 聞いたものの名前がわからなかったので、使えません。ご存じなら「あれは」と曲名を言ってください。
heard-not-in-library = 聞いたものはライブラリにないので、再生できません
which-name = 何という曲ですか？「あれは」と曲名を言ってください。
refuse = それはできません。音楽の再生、検索、キューへの追加、おすすめ、プレイリスト、聴いたものの振り返りができます。
    .v2 = すみません、わかるのは音楽のことだけです。再生、検索、キュー、おすすめ、プレイリスト、履歴ができます。
    .brief = それはできません
only-music = あるのは音楽ライブラリだけです。ポッドキャスト、オーディオブック、映画、ゲームはありません
help = たとえば「静かな曲をかけて」「勉強用の曲」「これに似てもっと遅いの」「なぜこの曲？」「この曲は何？」「夜のプレイリストに追加して」「昨日何を聴いた？」「元に戻して」。
greet = こんにちは。何を聴きますか？
    .v2 = こんにちは。何かかけましょうか？
welcome = どういたしまして。
    .v2 = 喜んで。
    .plain = どういたしまして。
goodbye = またどうぞ。音楽が聴きたくなったら声をかけてください。
    .plain = さようなら。
library-size = ライブラリには{ tracks }、アーティスト{ $artists }組、アルバム{ $albums }枚あります
leave-it = わかりました。やめておきます
    .v2 = わかりました。ほかのものがよければ言ってください。
first-or-second = 1番目ですか、2番目ですか？
which-number = どれですか？1から{ $count }です
no-such-number = 一覧は{ $count }件だけで、{ $number }番はありません
nothing-done = まだ何もしていません。聴きたいものを言ってください。

small-talk-who = この家の音楽アシスタント、Refrain です。何を聴きますか？
    .plain = Refrain という音楽アシスタントです。プログラムで、人間ではありません。
small-talk-how = とても元気です、ありがとうございます。何かかけましょうか？
    .plain = 問題なく動いています。何かかけましょうか？
small-talk-joke = ピアニストが家に入れなかったのはなぜ？合う「キー」が見つからなかったから。
    .v2 = 疲れた音符は何をする？休符になります。
    .plain = 冗談は知りません。音楽だけです。
small-talk-sing = 歌は歌える人にまかせます。誰を聴きたいですか？
small-talk-taste = 最後の一音まで聴いてもらえる曲です。何をかけましょう？
    .plain = 自分の好みはなく、あなたの好みを学びます。
small-talk-praise = ありがとうございます。うれしい響きです。
    .plain = ありがとうございます。
small-talk-blame = すみません。「元に戻して」と言うか、どうしたかったか教えてください。
speaker-hello = こんにちは、{ $name }さん
speaker-is = { $name }さんです
speaker-unknown = わかりません。「私は」とお名前を言ってください
verbosity-less = わかりました、短くします
verbosity-more = わかりました、詳しくお話しします
verbosity-normal = わかりました、いつも通りにします
still-meant = さっきの一覧の「{ $title }」のことですか？
delete-really = プレイリスト「{ $name }」を削除しますか？
deleted-for-good = 削除したプレイリストは戻せません。必要なら新しく作ってください
track-is = { $track }です
track-length = 長さは{ $length }です
aside-kept = しばらくこうします：{ $wish }
aside-over = わかりました、また何でもかけます
one-question = まずこちらから。残りはあとでもう一度言ってください
too-many-requests = 一度にできる量を超えました。残りをもう一度言ってください

weekday = { $weekday ->
    [1] 月曜日
    [2] 火曜日
    [3] 水曜日
    [4] 木曜日
    [5] 金曜日
    [6] 土曜日
   *[7] 日曜日
}
month = { $month }月
clock-today = { $clock }
clock-tomorrow = 明日{ $clock }
clock-yesterday = 昨日{ $clock }
clock-weekday = { weekday }の{ $clock }
clock-date = { month }{ $day }日{ $clock }
clock-days = { $days }{ $clock }
days-all = 毎日
days-work = 平日
days-weekend = 週末
days-some = 毎週{ $names }
after-song = この曲の後
after-songs = { $count ->
    [1] この曲の後
   *[other] { $count }曲の後
}
after-album = アルバムの終わり
after-named = 「{ $title }」の終わり
after-queue = キューの終わり
sleep-set = 音楽は{ $when }に止まります
sleep-cancelled = おやすみタイマーを切りました
alarm-set = { $when }に{ $music }をかけます
alarm-liked = お気に入りの音楽
alarm-player = { $player }で鳴ります
alarm-cancelled = { $when }のアラームを切りました
alarm-missed = { $when }のアラームは鳴りませんでした
timer-replaced = 前のものと置き換えました
timer-unwatched = サーバーが動いている間だけ働きます
timers-cancelled = タイマー{ $count }件を切りました
timers-set = 設定中：{ $names }
timer-alarm = { $when }に{ $music }
timer-sleep = { $when }に音楽が止まる
no-timer = タイマーは設定されていません
no-sleep-timer = おやすみタイマーは設定されていません
no-alarm = アラームは設定されていません

unsaid = { "" }
terms = { $names }
wish = 音楽（{ $parts }）
wish-liked = お気に入り
wish-by = { $names }
wish-like = { $name }に似たもの
wish-below = { $high }BPM未満
wish-above = { $low }BPM以上
wish-around = 約{ $bpm }BPM
wish-between = { $low }から{ $high }BPM
wish-steps = 毎分{ $steps }歩
wish-until = { $last }年まで
wish-since = { $first }年から
wish-year = { $first }年
wish-decade = { $first }年代
wish-years = { $first }年から{ $last }年
wish-without = { $what }なし
note-bpm = 約{ $bpm }BPM
note-from = { $at }から{ $what }
note-played = { $count }回再生
note-suits = { $what }に合う
note-like-for = いつもの選曲に近い（{ $what }）
note-like = { $what }に似ている
note-after = 前に{ $what }の後で再生
note-next = 次によく{ $what }を再生
note-stay = 引き続き{ $what }
note-liked = お気に入り
note-others = 好みの似た人が聴いている
note-usual = { $what }によく聴く
note-goes = { $what }に合う
note-by = { $what }の曲
note-year = { $what }年
note-sings = 歌入り
note-called = その名前の曲
note-album = そのアルバムから
note-sung = 歌詞は「{ $what }」
note-cover = ジャケットが合っています
note-returns = よく聴く曲に近い
note-came-next = 以前も続けて流れました
note-sound = 似た音
note-genres = 同じジャンル
note-artist-after = { $other }のあとによく{ $what }をかけています
note-sung-in = その言語で歌われています
time-at = 今日の{ $clock }
time-yesterday-at = 昨日の{ $clock }
time-date-at = { month }{ $day }日の{ $clock }
time-day = { $day ->
    [today] 今日
    [before-yesterday] おととい
   *[yesterday] 昨日
}{ $part ->
    [morning] の朝
    [afternoon] の午後
    [evening] の夕方
    [night] の夜
   *[day] {""}
}
time-weekday = { weekday }{ $part ->
    [morning] の朝
    [afternoon] の午後
    [evening] の夕方
    [night] の夜
   *[day] {""}
}
time-ago = { $count }{ $unit ->
    [second] 秒
    [minute] 分
    [hour] 時間
    [day] 日
    [week] 週間
   *[month] か月
}前
time-in-the-last = この{ $count }{ $unit ->
    [second] 秒
    [minute] 分
    [hour] 時間
    [day] 日間
    [week] 週間
   *[month] か月
}
time-just-now = ついさっき
time-last-weekend = 先週末
time-in-year = { $year }年
time-in-month = { month }
time-on-date = { month }{ $day }日
time-this = { $unit ->
    [week] 今週
    [month] 今月
   *[year] 今年
}
time-last = { $unit ->
    [week] 先週
    [month] 先月
   *[year] 去年
}
which-wish = 何がいいですか：{ $choices }？
which-one = どれのことですか？
which-by = 「{ $said }」はどれのことですか？
whose = 「{ $name }」は誰の曲ですか？
which-named = 「{ $name }」はどれのことですか？
none-number = 一覧に{ $number }番はありません
none-list = 選べる一覧がありません
none-any-more = もうライブラリにありません
none-liked = お気に入りはまだありません
none-playlist = 「{ $name }」というプレイリストはありません
none-genre = その種類の音楽はありません：{ $genre }
none-that = 見つかりません
none-learned = 「{ $about }」について学んだことはありません
none-wish = 見つかりません：{ $wish }
none-in-that-playlist = 「{ $what }」はプレイリスト「{ $name }」にありません
none-in-queue = 「{ $what }」はキューにありません
none-else = { $name }はほかにありません
none-played-yet = まだ何も再生していません
none-played = そのころ{ $kind ->
    [skip] 飛ばした
    [like] 評価した
    [dislike] 評価した
   *[play] 再生した
}記録はありません
none-played-by = { $about }を{ $kind ->
    [skip] 飛ばした
    [like] 評価した
    [dislike] 評価した
   *[play] 再生した
}記録はありません
none-heard = そのころ聞こえたものの記録はありません
none-heard-by = { $about }が聞こえた記録はありません
reason-too-short = 短すぎました
reason-silent = ほとんど何も聞こえません
reason-no-match = ライブラリに合うものがありません
reason-kept-only = 直近の{ $seconds }秒しか残していません
reason-none-kept = 直近の{ $seconds }秒には知っている曲がありません
reason-hum-silent = ほとんど何も聞こえません
reason-hum-too-short = 短すぎました
reason-hum-speech = メロディーではなく話し声のようでした
reason-hum-no-tune = 雑音か複数の音が混ざり、一つのメロディーが聞き取れません
reason-hum-waiting = 曲のメロディーをまだ調べ終えていません。残り{ $count }曲です
reason-hum-none = 比べられるメロディーがまだありません
reason-hum-far = 知っているメロディーに十分近いものがありません
step-longer = 5秒以上聞かせてください。
step-nearer = マイクを音に近づけるか音量を上げて、もう一度聞いてください。
step-noisy = うるさかったなら、音の近くでもう一度聞いてください。
step-kept = 音ではなく指紋だけを残しました。曲名を教えるか、曲を追加してください。
step-listen-next = 部屋で鳴っていたなら「聴き始めて」と言ってください。次からはさかのぼれます。
step-hum-silent = もっと大きく、またはマイクの近くで、5秒以上口ずさんでください。
step-hum-too-short = もう一度5秒から10秒、できればサビを口ずさんでください。
step-hum-speech = 鼻歌か口笛、または「ラ」で歌ってください。
step-hum-no-tune = 音楽を止めて、マイクの近くで口ずさんでください。
step-hum-waiting = しばらくしてからもう一度聞いてください。
step-hum-none = 先に音楽を追加してください。
step-hum-far = もう一度、できればサビを口ずさんでください。
failed-no_player = プレーヤーがありません。ブラウザーでページを開いて、そこで再生してください
failed-player_not_responding = プレーヤーから音の知らせがありません。電源を確かめて、もう一度試してください
failed-player_refused = プレーヤーではこれを再生できません。別の曲を試してください
failed-player_blocked = ブラウザーがまだ音を許していません。ページを一度クリックして、もう一度試してください
failed-queue_empty = キューは終わりました
failed-nothing_playing = 今は何も再生していません
failed-not_asked_for = はっきり頼まれていません。したい場合はそう言ってください
failed-nothing_named = 何のことかがわかりません。それも言ってください
failed-too_much = 1曲ではありません。1曲だけ言ってください
failed-playlist_exists = 「{ $name }」というプレイリストはもうあります。別の名前にしてください
failed-no_rule = このプレイリストには自動で入れる条件がありません
failed-no_taste = ここでは好みを学びません
failed-nothing_recommended = ここにはおすすめがありません。名前で頼んでください
failed-recognition_off = 録音の聞き分けはオフです
failed-humming_off = 鼻歌の聞き分けはオフです
failed-not_listening = 周りの音が聞こえません。マイクがオンではありません。ページの「What is this？」を押して、マイクを許可してください
failed-not-then = そのときは聴いていなかったので、何も残っていません。次のために「聴き始めて」と言ってください
failed-nothing_recognised = まだ何も聞き分けていません。音楽が鳴っている間に「この曲は何？」と聞いてください
failed-clip_gone = その録音はもうありません。もう一度録音してください
failed-tool_timeout = 時間がかかりすぎました。もう一度試してください
failed-internal_error = Refrain の中で問題が起きました。もう一度試してください
failed-invalid_arguments = わかりませんでした。別の言い方をしてください
failed-too_many_calls = 一度の手順が多すぎました
failed-no_volume = このプレーヤーの音量はここから変えられません
failed-not_in_library = ライブラリにありません
failed-queue_full = キューがいっぱいです
failed-time_is_past = その時刻はもう過ぎています。別の時刻を言ってください
failed-no_sleep_timer = おやすみタイマーは設定されていません
failed-no_timers = ここではタイマーを使えません
term = { $key ->
    [calm] 静か
    [sad] 悲しい
    [melancholic] 物憂い
    [happy] 楽しい
    [uplifting] 元気が出る
    [romantic] ロマンチック
    [sexy] セクシー
    [energetic] エネルギッシュ
    [angry] 激しい
    [dark] 暗い
    [mysterious] 神秘的
    [dreamy] 夢のよう
    [nostalgic] 懐かしい
    [epic] 壮大
    [tense] 緊張感がある
    [playful] 遊び心がある
    [groovy] グルーヴィー
    [psychedelic] サイケデリック
    [weird] 風変わり
    [warm] 温かい
    [fast] 速い
    [slow] 遅い
    [catchy] キャッチー
    [emotional] 感動的
    [beautiful] 美しい
    [danceable] 踊れる
    [acoustic] アコースティック
    [instrumental] インストゥルメンタル
    [electronic] エレクトロニック
    [sung] 歌入り
    [vocals] 歌
    [loud] にぎやか
    [piano] ピアノ
    [guitar] ギター
    [acoustic-guitar] アコースティックギター
    [electric-guitar] エレキギター
    [bass] ベース
    [drums] ドラム
    [violin] バイオリン
    [strings] ストリングス
    [cello] チェロ
    [saxophone] サックス
    [trumpet] トランペット
    [brass] 管楽器
    [flute] フルート
    [clarinet] クラリネット
    [harp] ハープ
    [organ] オルガン
    [accordion] アコーディオン
    [harmonica] ハーモニカ
    [synthesizer] シンセサイザー
    [choir] 合唱
    [classical] クラシック
    [jazz] ジャズ
    [rock] ロック
    [pop] ポップス
    [folk] フォーク
    [for-workout] 運動用
    [for-running] ランニング用
    [for-walking] 散歩用
    [for-study] 勉強用
    [for-studying] 勉強用
    [for-focus] 集中用
    [for-sleep] 眠る時用
    [for-party] パーティー用
    [for-dinner] 夕食用
    [for-commute] 通勤用
    [for-driving] 運転用
    [for-road-trip] 旅行用
    [for-cleaning] 掃除用
    [for-yoga] ヨガ用
    [for-meditation] 瞑想用
    [for-gaming] ゲーム用
    [for-relaxing] リラックス用
    [for-waking] 目覚め用
    [for-morning] 朝向け
    [for-afternoon] 午後向け
    [for-evening] 夕方向け
    [for-night] 夜向け
    [for-weekend] 週末向け
    [calmer] もっと静か
    [more-energetic] もっと元気
    [darker] もっと暗い
    [happier] もっと楽しい
    [less-danceable] ダンス控えめ
    [more-danceable] もっと踊れる
    [less-acoustic] 生音控えめ
    [more-acoustic] もっと生音
    [less-instrumental] 演奏控えめ
    [more-instrumental] もっと演奏中心
    [with-less-singing] 歌控えめ
    [with-more-singing] もっと歌入り
    [softer] もっと柔らかい
    [louder] もっとにぎやか
    [slower] もっと遅い
    [faster] もっと速い
    [older] もっと古い
    [newer] もっと新しい
    [brighter] もっと明るい
    [duller] もっとこもった
    [steadier] もっと一定
    [more-changing] もっと変化がある
    [the-sound] 音の感じ
    [the-instruments] 楽器
    [the-number-of-tracks] 曲数
    [the-length] 長さ
    [the-cadence] 歩調
    [in-the-morning] 朝
    [in-the-afternoon] 午後
    [in-the-evening] 夕方
    [at-night] 夜
    [around-noon] 昼ごろ
   *[other] { $word }
}

## タイマーについての質問

when-with-length = { $when }({ minutes })
ask-when-stop = いつ音楽を止めますか?
ask-when-play = 何時に再生しますか?
ask-which-timer = どれですか:{ $names }
alarm-nothing-meant = そのとき再生できる曲が今は流れていません。音楽の名前を言ってください

## Rooms and speakers

everywhere = すべての部屋
in-room = { $room }：{ $what }
rooms-unable = { $names }の音量はここから変えられません
moved = { $track }の続きをそこで再生しています
moved-paused = { $track }はそこで一時停止中です
no-speakers = スピーカーがまだありません。
speakers-are = スピーカーは{ $names }です
speaker-plays = { $name }（{ $title }を再生中）
speaker-paused = { $name }（{ $title }は一時停止中）
speaker-gone = { $name }（未接続）

## What is known of a recording, and who says so

fact-own-file = ファイル
fact-lyrics = { $track }の歌詞（出典：{ $source }）：「{ $lines }」
fact-lyrics-more = 歌詞の全文はページにあります
fact-instrumental = { $source }によると、{ $track }には歌がありません
fact-untimed = { $track }の歌詞はわかりますが、各行がいつ歌われるかはわかりません
fact-line = 今は「{ $line }」です（出典：{ $source }）
fact-no-line = 今は何も歌われていません
fact-released = { $track }は{ $when }の曲です（出典：{ $source }）
fact-released-too = { $source }では{ $when }です
fact-label = { $track }のレーベルは{ $label }です（出典：{ $source }）
fact-no-lyrics = { $track }の歌詞はわかりません
fact-no-year = { $track }がいつ発売されたかはわかりません
fact-no-label = { $track }のレーベルはわかりません

## Spotify, and what a radio station plays

spotify-playing = Spotifyで{ $track }を再生しています
spotify-playing-on = Spotifyは{ $device }で{ $track }を再生しています
spotify-paused = Spotifyは一時停止中です
spotify-silent = Spotifyでは何も再生していません
spotify-found = Spotifyには{ $names }があります
spotify-nothing = Spotifyに{ $wanted }は見つかりません
station-plays = { $station }は{ $track }を流しています
station-probably = { $station }はおそらく{ $track }を流しています
station-says = { $station }によると「{ $title }」です
station-silent = { $station }がついていますが、曲名は知らされておらず、私にもわかりません
failed-spotify_unable = Spotifyでできるのは再生、一時停止、再開だけです。ほかは専用アプリでお願いします
failed-spotify_not_set_up = ここではSpotifyが接続されていません。ご自分のSpotifyアプリのクライアントIDをsources.spotify_client_idに設定してください。手順はページのSettings、Servicesにあります
failed-spotify_off = Spotifyは接続されていません。ページのSettings、Servicesでログインするか、refrain services connect spotify を実行してください
failed-spotify_login_needed = Spotifyにもう一度ログインしてください。ページのSettings、Servicesでできます
failed-spotify_plays_nowhere = Spotifyが使える端末がありません。スマホやパソコン、スピーカーで開いてから、もう一度試してください
failed-spotify_refused = Spotifyに断られました。外からの操作にはPremiumが必要です
failed-spotify_busy = Spotifyは今これ以上の要求を受け付けません。1分後にもう一度試してください
failed-spotify_away = Spotifyが今は応答しません。少ししてからもう一度試してください
