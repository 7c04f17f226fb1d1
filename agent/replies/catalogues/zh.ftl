# Refrain 用中文说的话。

list-comma = { $head }、{ $tail }
list-and = { $head }和{ $tail }
list-also = { $head }，{ $tail }
list-or = { $head }还是{ $tail }
list-more = { $names }，页面上还有 { $more } 项
track-by = { $artist }的《{ $title }》
album-by = { $artist }的专辑《{ $title }》
playlist-called = 歌单“{ $name }”
choice-artist = 歌手{ $name }
choice-song = 歌曲{ $track }
artists-and-others = { $names }等
tracks = { $count ->
    [0] 没有曲目
   *[other] { $count } 首
}
albums = { $count } 张专辑
artists = { $count } 位歌手
playlists = { $count } 个歌单
things = { $count } 项
minutes = { $minutes } 分钟
tracks-of = { $name }，{ tracks }
tracks-lasting = { tracks }，{ minutes }
music = 音乐

no-sound-yet = 我已经通知播放器，但它还没有报告发出声音
play-track = 正在播放{ $track }
    .v2 = 为你播放{ $track }
play-album = 正在播放{ $artist }的专辑《{ $name }》，{ tracks }，第一首是《{ $title }》
    .brief = 正在播放专辑《{ $name }》
play-artist = 正在播放{ $name }：{ tracks }，第一首是《{ $title }》
    .brief = 正在播放{ $name }
play-playlist = 正在播放你的歌单“{ $name }”，{ tracks }，第一首是{ $first }
    .brief = 正在播放“{ $name }”
play-liked = 正在播放你喜欢的音乐：{ tracks }，第一首是{ $first }
    .brief = 正在播放你喜欢的音乐
play-several = 正在播放 { tracks }，第一首是{ $first }
    .brief = 正在播放 { tracks }
from-album = 它收录在专辑《{ $album }》里
from-album-year = 它收录在 { $year } 年的专辑《{ $album }》里
queued-next = 下一首：{ $what }
    .brief = 下一首
queued = 已加入播放队列：{ $what }
    .brief = 已加入
now-track = 现在播放{ $track }
    .brief = { $track }
skipped-silent = 已经切换，但播放器还没有报告发出声音
resumed = 继续播放{ $track }
    .brief = 继续
nothing-paused = 没有暂停的内容
paused = 已暂停
not-paused = 播放器没有暂停
stopped = 已停止
still-playing = 播放器还在播放
shuffle-on = 随机播放已打开
shuffle-off = 随机播放已关闭
repeat-off = 循环已关闭
repeat-one = 单曲循环
repeat-all = 队列循环
from-beginning = 从头开始
position-now = 现在到 { $at }
muted = 已静音
volume = 音量 { $level }%
    .brief = { $level }%
volume-asked = 现在音量是 { $level }%
    .brief = { $level }%
volume-most = 已经是最大音量：{ $level }%
volume-least = 已经是最小音量：{ $level }%

queue-cleared = 播放队列已清空（{ tracks }）。说“撤销”可以恢复。
    .brief = 已清空
undone = 已撤销
in-queue = 队列里有 { tracks }
queue-removed = 已从队列移除：{ $what }
    .brief = 已移除
queue-moved = 《{ $title }》现在排在队列第 { $place } 位
queue-empty = 播放队列是空的
queue-list = 队列里有：{ $names }
queue-only = { $track }，后面没有了
queue-now = 现在是{ $track }
queue-left = 这首之后还有 { $count } 首
queue-then = 接下来：{ $names }

nothing-playing = 现在没有播放任何音乐
paused-track = { $track }已暂停
track-from-year = { $track }是 { $year } 年的
track-no-year = { $track }；文件里没有写年份
length-left = 全长 { $length }，还剩 { $left }
now-hearing = 这是{ $track }
    .v2 = 你在听{ $track }
    .brief = { $track }
now-hearing-from = 这是{ $track }，出自《{ $album }》
    .v2 = 你在听{ $track }，出自《{ $album }》

liked = 记住了，你喜欢：{ $what }
    .brief = 记住了
disliked = 记住了，你不喜欢：{ $what }。我不会再推荐
    .brief = 记住了
unrated = 已取消评价：{ $what }
    .brief = 已取消
taste-reset = 我已忘掉你的口味，重新开始。历史和评价都还在。
taste-forgotten = 我已忘掉学到的关于“{ $about }”的内容
track-never = 我再也不推荐“{ $about }”
track-not-now = 今天不放“{ $about }”
track-more = 记住了：多放像“{ $about }”这样的
track-less = 记住了：少放像“{ $about }”这样的
music-of = { $about }音乐
taste-never = 记住了：绝不放{ $kind }
taste-more = 记住了：多放{ $kind }
taste-less = 记住了：少放{ $kind }
taste-concerns = 你的音乐库里涉及 { tracks }
taste-concerns-none = 你的音乐库里没有我知道的这类音乐
taste-rated = 你的评价：{ $what }
taste-liked = 喜欢 { $count } 首
taste-disliked = 不喜欢 { $count } 首
taste-unknown = 我还不了解你的口味。你听的和说的越多，我就知道得越多。
taste-lines = 关于你的口味我知道 { $count } 点，都在页面上

playlist-created = 已创建歌单“{ $name }”，里面有{ $what }
    .brief = 已创建
playlist-created-empty = 已创建歌单“{ $name }”。现在还是空的。
    .brief = 已创建
playlist-deleted = 已删除歌单“{ $name }”
    .brief = 已删除
playlist-renamed = “{ $name }”现在叫“{ $new }”
playlist-added = 已加入“{ $name }”：{ $what }
    .brief = 已加入
playlist-has = 《{ $title }》已经在“{ $name }”里了
playlist-has-all = 这些都已经在“{ $name }”里了
playlist-removed = 已从“{ $name }”移除：{ $what }
    .brief = 已移除
playlist-empty = 歌单“{ $name }”是空的
playlist-content = “{ $name }”里有 { tracks }：{ $names }
no-playlists = 你还没有歌单。可以说“创建一个叫夜晚的歌单”。
your-playlists = 你有 { playlists }：{ $names }
playlist-stays = 没有曲目再符合“{ $name }”的规则，所以保持原样
playlist-fresh = “{ $name }”已更新：{ $amount }
playlist-made = 已创建歌单“{ $name }”：{ $amount }
playlist-made-first = 已创建歌单“{ $name }”：{ $amount }，第一首是《{ $first }》
playlist-refills = 它每天会自动更新
flow-ramp = { $what }，渐渐激昂
flow-hill = { $what }，先扬后抑
flow-down = { $what }，渐渐平静

found-one = 找到了{ $what }
    .brief = { $what }
found-many = 找到 { $amount }：{ $names }
    .brief = { $names }
found-because = 找到了{ $what }（{ $reason }）
found-more = 页面上还有 { $count } 项
found-matches = 找到 { $count } 个结果：{ $first }、{ $rest }
with-reason = { $track }（{ $reason }）
with-reason-aside = { $track }（{ $reason }）
first-and-rest = { $first }，还有{ $rest }
suggested = { $what }，怎么样？
    .v2 = 可以试试{ $what }
    .v3 = 我推荐{ $what }
    .brief = { $what }
opened = 给你准备了一些
    .v2 = 试试这个
opened-closest = 这是最接近的
opened-mood = 来点音乐（{ $mood }）
opened-wish = 来点{ $wish }
opened-genre = 来点{ $name }
opened-more = 更多{ $name }的音乐
chosen-one = { $opening }：{ $first }
    .brief = 正在播放{ $first }
chosen-several = { $opening }：{ tracks }，第一首是{ $first }
    .brief = 正在播放{ $first }
chosen-lasting = { $opening }：{ tracks }，{ minutes }，第一首是{ $first }
    .brief = { tracks }，{ minutes }，第一首是{ $first }
let-go = 没有完全符合的，所以我放宽了：{ $what }
cannot-hear = 我听不出哪些符合：{ $what }
only-guessed = 这一点只能从声音里猜：{ $what }
turns-at = 第一首从 { $at } 开始符合（{ $mood }）
chosen-because = 我选{ $track }是因为：{ $reason }
not-chosen-but = { $track }不是我选的；适合的理由是：{ $reason }
not-chosen = { $track }不是我选的，我也还不知道它适合的理由

history-one = 你{ $when }{ $kind ->
    [skip] 跳过了
    [like] 标记喜欢了
    [dislike] 标记不喜欢了
   *[play] 放了
}{ $track }
history-when = { $when }你{ $kind ->
    [skip] 跳过了
    [like] 标记喜欢了
    [dislike] 标记不喜欢了
   *[play] 放了
}{ $names }
history-last = 你最近{ $kind ->
    [skip] 跳过的
    [like] 标记喜欢的
    [dislike] 标记不喜欢的
   *[play] 放过的
}是：{ $names }
history-most = 你最常{ $kind ->
    [skip] 跳过的
    [like] 标记喜欢的
    [dislike] 标记不喜欢的
   *[play] 放的
}是：{ $names }
history-most-when = { $when }你最常{ $kind ->
    [skip] 跳过的
    [like] 标记喜欢的
    [dislike] 标记不喜欢的
   *[play] 放的
}是：{ $names }

this-is = 这是{ $what }
    .brief = { $what }
that-was = 刚才是{ $what }
that-is-probably = 这可能是{ $what }
that-was-probably = 刚才可能是{ $what }
probably = 可能是{ $track }
could-also-be = 也可能是{ $other }
heard-from-album = { $what }，出自《{ $album }》
heard-not-owned = { $what }（不在你的音乐库里）
heard-at = { $what }，到 { $at } 处
position-then = 当时到 { $at } 处
position-heard = 现在到 { $at } 处
heard-year = { $track }：{ $year } 年
heard-year-probably = { $track }：可能是 { $year } 年
heard-no-year = { $track }：文件里没有写年份
heard-album = 出自专辑《{ $album }》
heard-album-probably = 可能出自专辑《{ $album }》
heard-artist = { $artist }
heard-artist-probably = 可能是{ $artist }
told-to-me = 我知道它叫《{ $title }》，是因为有人告诉过我
known-as = 以后我就知道它是{ $track }
match-share = 我听到的 { NUMBER($clip, minimumFractionDigits: 1) } 秒里有 { NUMBER($matched, minimumFractionDigits: 1) } 秒与《{ $title }》吻合
match-share-from = 我听到的 { NUMBER($clip, minimumFractionDigits: 1) } 秒里有 { NUMBER($matched, minimumFractionDigits: 1) } 秒与《{ $title }》吻合，从 { $from } 起
match-sure = 所以我有 { $percent }% 的把握
match-unsure = 所以我有 { $percent }% 的把握，还不足以确定
match-changed = 它{ $changes }
runs-fast = 快了 { $percent }%
runs-slow = 慢了 { $percent }%
sounds-higher = 高了 { $count } 个半音
sounds-lower = 低了 { $count } 个半音
listening = 我在听了：最近几分钟的声音只留在内存里，不会录音。随时可以问“刚才是什么？”；说“停止聆听”就结束。
    .brief = 我在听了
listening-over = 我不再听了，内存里的声音已清除
forgotten-one = 《{ $title }》已从你听到的列表里删除
forgotten = 已忘掉你听到的 { things }
forgotten-when = 已忘掉{ $when }听到的 { things }
right = 谢谢，那是{ $right }
right-not = 谢谢，那是{ $right }，不是《{ $wrong }》
will-remember = 我会记住的
noted-not = 记住了：那不是《{ $wrong }》
noted-wrong = 记住了：那是错的
not-in-library = 《{ $title }》不在你的音乐库里
was-it = 是{ $track }吗？
say-it-was = 如果你知道那是什么，请说“那是”加上歌名
cannot-name = 我说不出这是什么
cannot-name-because = 我说不出这是什么：{ $reason }
cannot-name-before = 我说不出这是什么，不过以前听到过 { $count } 次
cannot-name-because-before = 我说不出这是什么：{ $reason }。不过以前听到过 { $count } 次
another-performance = 听起来像{ $track }的另一个版本。要放它吗？
heard-one = { $when }{ $where }你听到了{ $track }
heard-one-probably = { $when }{ $where }你听到的可能是{ $track }
heard-list = 你{ $where }听到了：{ $names }
heard-list-when = { $when }{ $where }你听到了：{ $names }
heard-list-most = 你{ $where }最常听到：{ $names }
heard-list-most-when = { $when }{ $where }你最常听到：{ $names }
heard-when = { $when }：{ $what }
heard-elsewhere = 不在你的音乐库里：{ $names }
heard-unnamed = 有 { $count } 段旋律我说不出名字
where-place = （{ $place }）
where-stream = 在{ $name }上

hum-like = 听起来像{ $what }
    .v2 = 我觉得像{ $what }
hum-from = { $what }，大约从 { $from } 起
hum-unsure = 我不太确定
hum-which = 你是说{ $names }吗？
hum-unknown = 我说不出这段旋律：{ $reason }
hum-nearest = 在 { $count } 段旋律里，《{ $title }》最接近你{ $how ->
    [whistled] 吹口哨的
   *[hummed] 哼的
}
hum-sure = 所以我有 { $percent }% 的把握；光靠哼唱永远不能确定
hum-again = 再哼一次，最好是副歌；或者说“那是”加上歌名
cannot-learn = 《{ $title }》不在你的音乐库里，所以我学不会

nothing = 你的音乐库里找不到：{ $wanted }
    .v2 = 没有找到：{ $wanted }
nothing-that = 找不到
nothing-recalled = 没有这方面的记录
nothing-in-queue = 队列里没有
nearest = 最接近的是{ $what }
mean-that = 你是说这个吗？
play-that = 要放这个吗？
add-that = 要加上这个吗？
which-of = { $names }？
say-more-like-this = 想继续的话，请说“再来点类似的”

no-radio = 我没有电台，只有你自己的音乐库。要不要说个流派或歌手？
nothing-to-choose = 还没有可以选的列表。先点些音乐吧。
no-other = 我没有别的可以推荐了。再说说你想要什么吧。
glad = 好的
what-to-find = 要找什么？请说歌名、歌手、专辑或者心情。
by-whom = 谁的？请说一位歌手，或者先放点什么。
which-playlist = 你是说哪个歌单？
name-the-playlist = 歌单要叫什么名字？
cannot-set = 这个设置我改不了。音量、随机、循环和播放位置可以。
no-name-yet = 我没能认出听到的音乐，所以没法用它。如果你知道，请说“那是”加上歌名。
heard-not-in-library = 我听到的不在你的音乐库里，所以放不了
which-name = 它叫什么？请说“那是”加上歌名。
refuse = 这个我做不到。我可以播放、查找、排队和推荐音乐，管理歌单，还能回忆你听过什么。
    .v2 = 抱歉，我只懂你的音乐：播放、查找、排队、推荐、歌单和历史。
    .brief = 这个我做不到
only-music = 我只有你的音乐库：没有播客、有声书、电影或游戏
help = 可以试试“放点安静的”“来点学习时听的”“像这首但慢一点”“为什么放这首？”“这是什么歌？”“把这首加到夜晚歌单”“我昨天听了什么？”或者“撤销”。
greet = 你好！想听什么？
    .v2 = 你好！要放点什么吗？
welcome = 不客气。
    .v2 = 很乐意。
    .plain = 不客气。
goodbye = 再见。想听音乐时叫我。
    .plain = 再见。
library-size = 你的音乐库里有 { tracks }，{ $artists } 位歌手，{ $albums } 张专辑
leave-it = 好的，那就算了
    .v2 = 好的。想听别的时告诉我。
first-or-second = 第一个还是第二个？
which-number = 哪一个：1 到 { $count }？
no-such-number = 列表里只有 { $count } 项，没有第 { $number } 项
nothing-done = 我还什么都没做。告诉我你想听什么。

small-talk-who = 我是 Refrain，这个家的音乐助手。想听什么？
    .plain = 我是 Refrain，一个音乐助手：是程序，不是人。
small-talk-how = 很好，谢谢。要放点什么吗？
    .plain = 一切正常。要放点什么吗？
small-talk-joke = 钢琴家为什么进不了家门？因为他找不到对的“键”。
    .v2 = 累了的音符会做什么？休止。
    .plain = 我不会讲笑话，只懂音乐。
small-talk-sing = 唱歌还是交给会唱的人吧。想听谁？
small-talk-taste = 能让你听到最后一个音符的，我都喜欢。放什么好？
    .plain = 我没有自己的口味，我学的是你的。
small-talk-praise = 谢谢，听着真悦耳。
    .plain = 谢谢。
small-talk-blame = 对不起。请说“撤销”，或者告诉我你的意思。
speaker-hello = 你好，{ $name }
speaker-is = 你是{ $name }
speaker-unknown = 我不知道。请说“我是”加上你的名字
verbosity-less = 好的，我说短点
verbosity-more = 好的，我会多说一些
verbosity-normal = 好的，跟平时一样
still-meant = 你是说刚才列表里的《{ $title }》吗？
delete-really = 要删除歌单“{ $name }”吗？
deleted-for-good = 删除的歌单无法恢复。想要的话请新建一个
track-is = 这是{ $track }
track-length = 全长 { $length }
aside-kept = 暂时按这个来：{ $wish }
aside-over = 好的，又什么都可以了
one-question = 先解决这个，其余的之后再跟我说
too-many-requests = 一次说的太多了。剩下的请再说一遍

weekday = { $weekday ->
    [1] 星期一
    [2] 星期二
    [3] 星期三
    [4] 星期四
    [5] 星期五
    [6] 星期六
   *[7] 星期天
}
month = { $month }月
clock-today = 今天 { $clock }
clock-tomorrow = 明天 { $clock }
clock-yesterday = 昨天 { $clock }
clock-weekday = { weekday } { $clock }
clock-date = { month }{ $day }日 { $clock }
clock-days = { $days } { $clock }
days-all = 每天
days-work = 工作日
days-weekend = 周末
days-some = 每个{ $names }
after-song = 这首歌之后
after-songs = { $count ->
    [1] 这首歌之后
   *[other] { $count } 首歌之后
}
after-album = 专辑结束时
after-named = 《{ $title }》结束时
after-queue = 队列结束时
sleep-set = 音乐将在{ $when }停止
sleep-cancelled = 睡眠定时已关闭
alarm-set = 我会在{ $when }播放{ $music }
alarm-liked = 你喜欢的音乐
alarm-player = 会在{ $player }上响起
alarm-cancelled = { $when }的闹钟已关闭
alarm-missed = { $when }的闹钟没有响
timer-replaced = 它代替了之前的那个
timer-unwatched = 只有服务器运行时才有效
timers-cancelled = 已关闭 { $count } 个定时
timers-set = 已设定：{ $names }
timer-alarm = { $when }播放{ $music }
timer-sleep = { $when }停止音乐
no-timer = 没有设定定时
no-sleep-timer = 没有设定睡眠定时
no-alarm = 没有设定闹钟

unsaid = { "" }
terms = { $names }
wish = 音乐（{ $parts }）
wish-liked = 你喜欢的
wish-by = { $names }的
wish-like = 类似{ $name }
wish-below = { $high } BPM 以下
wish-above = { $low } BPM 以上
wish-around = 约 { $bpm } BPM
wish-between = { $low } 到 { $high } BPM
wish-steps = 每分钟 { $steps } 步
wish-until = { $last } 年以前
wish-since = { $first } 年以来
wish-year = { $first } 年
wish-decade = { $first } 年代
wish-years = { $first } 到 { $last } 年
wish-without = 不要{ $what }
note-bpm = 约 { $bpm } BPM
note-from = 从 { $at } 起{ $what }
note-played = 你放过 { $count } 次
note-suits = 适合{ $what }
note-like-for = 像你平时放的（{ $what }）
note-like = 与{ $what }相似
note-after = 以前在{ $what }之后放过
note-next = 之后你常放{ $what }
note-stay = 继续听{ $what }
note-liked = 你喜欢
note-others = 口味相近的人也在听
note-usual = 你{ $what }常听
note-goes = 适合{ $what }
note-by = { $what }的
note-year = { $what }年的
note-sings = 有人声
note-called = 就叫这个名字
note-album = 出自那张专辑
note-sung = 歌词是“{ $what }”
note-cover = 封面符合
note-returns = 像你常听的
note-came-next = 以前也接着放过
note-sound = 声音相近
note-genres = 风格相同
note-artist-after = 你常在{ $other }之后听{ $what }
note-sung-in = 用这种语言演唱
time-at = 今天 { $clock }
time-yesterday-at = 昨天 { $clock }
time-date-at = { month }{ $day }日 { $clock }
time-day = { $day ->
    [today] 今天
    [before-yesterday] 前天
   *[yesterday] 昨天
}{ $part ->
    [morning] 早上
    [afternoon] 下午
    [evening] 晚上
    [night] 夜里
   *[day] {""}
}
time-weekday = { weekday }{ $part ->
    [morning] 早上
    [afternoon] 下午
    [evening] 晚上
    [night] 夜里
   *[day] {""}
}
time-ago = { $count } { $unit ->
    [second] 秒
    [minute] 分钟
    [hour] 小时
    [day] 天
    [week] 周
   *[month] 个月
}前
time-in-the-last = 最近 { $count } { $unit ->
    [second] 秒
    [minute] 分钟
    [hour] 小时
    [day] 天
    [week] 周
   *[month] 个月
}
time-just-now = 刚才
time-last-weekend = 上个周末
time-in-year = { $year } 年
time-in-month = { month }
time-on-date = { month }{ $day }日
time-this = { $unit ->
    [week] 这周
    [month] 这个月
   *[year] 今年
}
time-last = { $unit ->
    [week] 上周
    [month] 上个月
   *[year] 去年
}
which-wish = 你想听什么：{ $choices }？
which-one = 你是说哪一个？
which-by = “{ $said }”是指哪一个？
whose = 《{ $name }》：谁的？
which-named = 《{ $name }》：你是说哪一个？
none-number = 列表里没有第 { $number } 项
none-list = 没有可以选的列表
none-any-more = 它已经不在音乐库里了
none-liked = 你还没有标记喜欢的音乐
none-playlist = 没有叫“{ $name }”的歌单
none-genre = 我没有这类音乐：{ $genre }
none-that = 找不到
none-learned = 我没有学到关于“{ $about }”的内容
none-wish = 找不到{ $wish }
none-in-that-playlist = 歌单“{ $name }”里没有“{ $what }”
none-in-queue = 队列里没有“{ $what }”
none-else = 我没有别的{ $name }了
none-played-yet = 还没有放过音乐
none-played = 没有记录：那时没有{ $kind ->
    [skip] 跳过
    [like] 标记
    [dislike] 标记
   *[play] 放过
}音乐
none-played-by = 没有{ $kind ->
    [skip] 跳过
    [like] 标记
    [dislike] 标记
   *[play] 放过
}{ $about }的记录
none-heard = 没有那时听到什么的记录
none-heard-by = 没有听到{ $about }的记录
reason-too-short = 太短了
reason-silent = 我几乎什么都听不到
reason-no-match = 你的音乐库里没有吻合的
reason-kept-only = 我只保留最近 { $seconds } 秒的声音
reason-none-kept = 最近 { $seconds } 秒里我什么都没认出来
reason-hum-silent = 我几乎什么都听不到
reason-hum-too-short = 太短了
reason-hum-speech = 听起来像说话，不像旋律
reason-hum-no-tune = 我听到杂音或者几个音同时响，听不出单独的旋律
reason-hum-waiting = 你的音乐的旋律还没分析完，还剩 { $count } 首
reason-hum-none = 还没有可以比较的旋律
reason-hum-far = 我知道的旋律里没有足够接近的
step-longer = 请让我听五秒以上。
step-nearer = 请把麦克风靠近音乐或者调大声，再问一次。
step-noisy = 如果太吵，请靠近音乐再问一次。
step-kept = 我保留了它的指纹，没有保留声音：告诉我歌名，或者把它加进你的音乐。
step-listen-next = 如果是房间里的声音：请说“开始聆听”，下次我就能往回找。
step-hum-silent = 请哼大声些或者靠近麦克风，五秒以上。
step-hum-too-short = 请再哼五到十秒，最好是副歌。
step-hum-speech = 请哼、吹口哨，或者用“啦”唱。
step-hum-no-tune = 请关掉音乐，靠近麦克风单独哼。
step-hum-waiting = 请过一会儿再问。
step-hum-none = 请先添加音乐。
step-hum-far = 请再哼一次，最好是副歌。
failed-no_player = 没有播放器。请在浏览器里打开页面并在那里播放
failed-player_not_responding = 播放器没有报告声音。请检查它是否打开，再试一次
failed-player_refused = 播放器放不了这个。请试试别的曲目
failed-player_blocked = 浏览器还不允许发声。请在页面上点一下再试
failed-queue_empty = 播放队列已经放完了
failed-nothing_playing = 现在没有播放任何音乐
failed-not_asked_for = 你没有明确要我这么做；请直接说出来
failed-nothing_named = 还缺少要说的对象。请说出来
failed-too_much = 那不止一首。请说一首歌
failed-playlist_exists = 已经有叫“{ $name }”的歌单了。请换个名字
failed-no_rule = 这个歌单没有自动填充的规则
failed-no_taste = 这里不学习口味
failed-nothing_recommended = 这里没有推荐功能。请说出音乐的名字
failed-recognition_off = 识别录音的功能已关闭
failed-humming_off = 识别哼唱的功能已关闭
failed-not_listening = 我听不到你周围的声音：没有打开麦克风。请在页面上按“What is this？”并允许使用麦克风
failed-not-then = 那时我没有在听，之前的也没有保留。请说“开始聆听”，下次就可以
failed-nothing_recognised = 我在这里还没认出过什么。请在音乐响着的时候问“这是什么歌？”
failed-clip_gone = 那段录音已经没有了。请再录一次
failed-tool_timeout = 花的时间太长了。请再试一次
failed-internal_error = Refrain 里面出了点问题。请再试一次
failed-invalid_arguments = 我没听懂。请换个说法
failed-too_many_calls = 一次的步骤太多了
failed-no_volume = 这个播放器的音量不能从这里调
failed-not_in_library = 它不在音乐库里
failed-queue_full = 播放队列满了
failed-time_is_past = 那个时间已经过了。请说别的时间
failed-no_sleep_timer = 没有设定睡眠定时
failed-no_timers = 这里没有定时功能
term = { $key ->
    [calm] 安静
    [sad] 悲伤
    [melancholic] 忧郁
    [happy] 欢快
    [uplifting] 振奋
    [romantic] 浪漫
    [sexy] 性感
    [energetic] 有活力
    [angry] 愤怒
    [dark] 阴暗
    [mysterious] 神秘
    [dreamy] 梦幻
    [nostalgic] 怀旧
    [epic] 史诗
    [tense] 紧张
    [playful] 俏皮
    [groovy] 律动
    [psychedelic] 迷幻
    [weird] 奇特
    [warm] 温暖
    [fast] 快
    [slow] 慢
    [catchy] 朗朗上口
    [emotional] 动情
    [beautiful] 优美
    [danceable] 适合跳舞
    [acoustic] 原声
    [instrumental] 纯音乐
    [electronic] 电子
    [sung] 有人声
    [vocals] 人声
    [loud] 响亮
    [piano] 钢琴
    [guitar] 吉他
    [acoustic-guitar] 木吉他
    [electric-guitar] 电吉他
    [bass] 贝斯
    [drums] 鼓
    [violin] 小提琴
    [strings] 弦乐
    [cello] 大提琴
    [saxophone] 萨克斯
    [trumpet] 小号
    [brass] 铜管
    [flute] 长笛
    [clarinet] 单簧管
    [harp] 竖琴
    [organ] 管风琴
    [accordion] 手风琴
    [harmonica] 口琴
    [synthesizer] 合成器
    [choir] 合唱
    [classical] 古典
    [jazz] 爵士
    [rock] 摇滚
    [pop] 流行
    [folk] 民谣
    [for-workout] 健身用
    [for-running] 跑步用
    [for-walking] 散步用
    [for-study] 学习用
    [for-studying] 学习用
    [for-focus] 专注用
    [for-sleep] 睡觉用
    [for-party] 聚会用
    [for-dinner] 晚餐用
    [for-commute] 通勤用
    [for-driving] 开车用
    [for-road-trip] 旅行用
    [for-cleaning] 打扫用
    [for-yoga] 瑜伽用
    [for-meditation] 冥想用
    [for-gaming] 玩游戏用
    [for-relaxing] 放松用
    [for-waking] 起床用
    [for-morning] 早上听
    [for-afternoon] 下午听
    [for-evening] 晚上听
    [for-night] 夜里听
    [for-weekend] 周末听
    [calmer] 更安静
    [more-energetic] 更有活力
    [darker] 更阴暗
    [happier] 更欢快
    [less-danceable] 少些舞感
    [more-danceable] 更适合跳舞
    [less-acoustic] 少些原声
    [more-acoustic] 更原声
    [less-instrumental] 少些纯音乐
    [more-instrumental] 更纯音乐
    [with-less-singing] 少些人声
    [with-more-singing] 多些人声
    [softer] 更轻柔
    [louder] 更响
    [slower] 更慢
    [faster] 更快
    [older] 更老
    [newer] 更新
    [brighter] 更明亮
    [duller] 更暗淡
    [steadier] 更平稳
    [more-changing] 更多变
    [the-sound] 音色
    [the-instruments] 乐器
    [the-number-of-tracks] 数量
    [the-length] 时长
    [the-cadence] 步频
    [in-the-morning] 早上
    [in-the-afternoon] 下午
    [in-the-evening] 晚上
    [at-night] 夜里
    [around-noon] 中午
   *[other] { $word }
}

## 关于定时的提问

when-with-length = { $when }({ minutes })
ask-when-stop = 什么时候停止音乐?
ask-when-play = 几点播放?
ask-which-timer = 哪一个:{ $names }?
alarm-nothing-meant = 现在没有在播放的音乐可以到时播放。请说出音乐的名字

## Rooms and speakers

everywhere = 所有房间
in-room = { $room }：{ $what }
rooms-unable = { $names }不能从这里调节音量
moved = { $track }在那里继续播放
moved-paused = { $track }已移到那里，暂停中
no-speakers = 我还不知道任何音箱。
speakers-are = 有：{ $names }
speaker-plays = { $name }（正在播放{ $title }）
speaker-paused = { $name }（{ $title }已暂停）
speaker-gone = { $name }（未连接）

## What is known of a recording, and who says so

fact-own-file = 文件
fact-lyrics = { $track }的歌词（来源：{ $source }）：“{ $lines }”
fact-lyrics-more = 完整歌词在页面上
fact-instrumental = { $source }说{ $track }没有人声
fact-untimed = 我知道{ $track }的歌词，但不知道每一句在什么时候唱
fact-line = 现在唱的是：“{ $line }”（来源：{ $source }）
fact-no-line = 现在没有人在唱
fact-released = { $track }发行于 { $when }（来源：{ $source }）
fact-released-too = { $source }说是 { $when }
fact-label = { $track }由 { $label } 发行（来源：{ $source }）
fact-no-lyrics = 我不知道{ $track }的歌词
fact-no-year = 我不知道{ $track }是什么时候发行的
fact-no-label = 我不知道{ $track }是哪家唱片公司发行的

## Spotify, and what a radio station plays

spotify-playing = Spotify 正在播放{ $track }
spotify-playing-on = Spotify 正在{ $device }上播放{ $track }
spotify-paused = Spotify 已暂停
spotify-silent = Spotify 现在没有播放
spotify-found = Spotify 上有{ $names }
spotify-nothing = Spotify 上没有找到{ $wanted }
station-plays = { $station }正在播放{ $track }
station-probably = { $station }很可能在播放{ $track }
station-says = { $station }自己说：“{ $title }”
station-silent = { $station }开着；电台没有说在放什么，我也没有认出来
failed-spotify_unable = 在 Spotify 上我只能播放、暂停和继续；其他请在它自己的应用里操作
failed-spotify_not_set_up = 这里还没有连接 Spotify。请把你自己的 Spotify 应用的客户端 ID 填到 sources.spotify_client_id；做法见页面的 Settings、Services
failed-spotify_off = Spotify 还没有连接。请在页面的 Settings、Services 里登录，或运行：refrain services connect spotify
failed-spotify_login_needed = Spotify 要求重新登录：请到页面的 Settings、Services
failed-spotify_plays_nowhere = 没有设备正在使用 Spotify。请先在手机、电脑或音箱上打开它，再试一次
failed-spotify_refused = Spotify 不允许这样做。从外部控制它需要 Premium
failed-spotify_busy = Spotify 暂时不接受更多请求。请一分钟后再试
failed-spotify_away = Spotify 现在没有回应。请稍后再试
