"""A wish as a message: what `tools.wished.in_words` says in English, for every other language.

The parts are listed and not put into one sentence, so that no language has to bend one part to
fit another: "music (calm, piano, for studying, 1980s, without vocals)".
"""

from knowledge.recommend.conditions import CHANGED
from knowledge.wish import MusicWish
from tools.message import Listed, Say, Value
from tools.terms import term
from tools.wished import in_words

_SLOWEST_BPM, _FASTEST_BPM = 30, 300
_NEAR = 0.13
"""A span of tempi that is no wider than this share of its middle is one tempo."""
_FIRST_YEAR, _LAST_YEAR = 1000, 3000


def wish_message(wish: MusicWish, *, like: str = "") -> Say:
    """A wish in the words of any language; `like` names what it shall be like."""
    english = in_words(wish, like=like)
    moods = (mood for mood in wish.moods if mood not in wish.genres)
    parts: list[Value] = [term(word) for word in (*moods, *wish.instruments, *wish.genres)]
    if wish.liked:
        parts.append(Say("wish-liked"))
    if names := (*wish.titles, *wish.albums, *wish.artists):
        parts.append(Say("wish-by", {"names": Listed(tuple(names))}))
    if like:
        parts.append(Say("wish-like", {"name": like}))
    if wish.activity or wish.time_of_day:
        parts.append(term(f"for {wish.activity or wish.time_of_day}"))
    parts += [*_tempo(wish), *_years(wish)]
    changes = [(name, amount >= 0) for name, amount in wish.but.items() if name in CHANGED]
    parts += [term(CHANGED[name][int(more)]) for name, more in changes]
    without = [*(("vocals",) if wish.vocal is False else ()), *wish.not_genres, *wish.not_moods]
    without += [*wish.not_instruments, *wish.not_artists, *wish.not_words]
    if without:
        out = Listed(tuple(term(word) for word in without), "or")
        parts.append(Say("wish-without", {"what": out}))
    if not parts:
        return Say("music", english=english)
    return Say("wish", {"parts": Listed(tuple(parts), "comma")}, english=english)


def _tempo(wish: MusicWish) -> list[Value]:
    if wish.tempo_bpm is None:
        return [Say("wish-steps", {"steps": f"{wish.cadence:.0f}"})] if wish.cadence else []
    low, high = wish.tempo_bpm
    values = {"low": f"{low:.0f}", "high": f"{high:.0f}", "bpm": f"{(low + high) / 2:.0f}"}
    if low <= _SLOWEST_BPM:
        return [Say("wish-below", values)]
    if high >= _FASTEST_BPM:
        return [Say("wish-above", values)]
    near = high - low <= _NEAR * (low + high) / 2
    return [Say("wish-around" if near else "wish-between", values)]


def _years(wish: MusicWish) -> list[Value]:
    if wish.years is None:
        return []
    first, last = int(wish.years[0]), int(wish.years[1])
    values = {"first": str(first), "last": str(last)}
    if first <= _FIRST_YEAR:
        return [Say("wish-until", values)]
    if last >= _LAST_YEAR:
        return [Say("wish-since", values)]
    if first == last:
        return [Say("wish-year", values)]
    decade = first % 10 == 0 and last == first + 9
    return [Say("wish-decade" if decade else "wish-years", values)]
