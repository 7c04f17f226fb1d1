"""Put the pieces of a request together to a wish."""

from typing import cast

from knowledge.wish import Arc, MusicWish
from knowledge.wishes.amounts import Numbers
from knowledge.wishes.drafting import Draft
from knowledge.wishes.negation import ruled_out
from knowledge.wishes.numbers import read_numbers
from knowledge.wishes.pieces import Piece, Request
from knowledge.wishes.quoting import read_cover, read_lyrics

_PARTICLES = 3
_SMALL_BETWEEN = 3
"""So many pieces may "not" stand before a word that nobody knows."""
_OPPOSITE_LAST = frozenset({"ja", "hi", "zh"})
"""Languages that say "opposite" after what it is the opposite of."""
_EXAMPLE_FIRST = frozenset({"ja", "hi", "zh"})
"""Languages in which an example may stand before "like"."""


class Assembly:
    """One request on its way to a wish."""

    def __init__(self, request: Request, *, original: str) -> None:
        self._request = request
        self._original = original
        self._draft = Draft()
        self._ruled_out: set[int] = set()
        """Places of words that nobody knows and that are ruled out."""

    def wish(self) -> MusicWish:
        """Read everything there is."""
        request, draft = self._request, self._draft
        lyrics = read_lyrics(request)
        numbers = read_numbers(request)  # "not over 120 BPM" rules nothing out that comes after
        out = ruled_out(request)
        cover = read_cover(request)
        self._likes(out)
        for place, piece in enumerate(request.pieces):
            if place not in request.used:
                self._take(place, piece, out)
        self._leftovers(out)
        draft.settle()
        for name, words in (("lyrics", lyrics), ("cover", cover)):
            if words:
                draft.tell(name, words)
        return self._assembled(numbers, lyrics, cover)

    def _assembled(self, numbers: Numbers, lyrics: str, cover: str) -> MusicWish:
        draft = self._draft
        not_words = [*draft.of("not_words")]
        not_words += [f"{first:.0f}-{last:.0f}" for first, last in numbers.not_years]
        return MusicWish(
            text=self._original,
            free=" ".join(draft.free),
            said_in=self._request.language,
            genres=draft.of("genres"),
            moods=draft.of("moods"),
            activity=draft.one.get("activity", ""),
            instruments=draft.of("instruments"),
            tempo_bpm=numbers.tempo_bpm,
            tempo_exact=numbers.tempo_exact,
            cadence=numbers.cadence,
            axes=draft.axes,
            years=numbers.years,
            vocal=draft.vocal,
            language=draft.one.get("language", ""),
            artists=draft.of("artists"),
            albums=draft.of("albums"),
            titles=draft.of("titles"),
            lyrics=lyrics,
            cover=cover,
            liked=bool(draft.one.get("liked")),
            not_genres=draft.of("not_genres"),
            not_moods=draft.of("not_moods"),
            not_instruments=draft.of("not_instruments"),
            not_artists=draft.of("not_artists"),
            not_words=tuple(not_words),
            like=tuple(draft.like),
            but=draft.but,
            time_of_day=draft.one.get("time_of_day", ""),
            weather=draft.one.get("weather", ""),
            place=draft.one.get("place", ""),
            count=numbers.count,
            duration_s=numbers.duration_s,
            arc=cast("Arc", draft.one.get("arc", "")),
            kinds=draft.of("kinds"),
            said={**draft.said, **numbers.said},
        )

    def _words(self, place: int) -> str:
        return self._request.words(place, place)

    def _likes(self, out: dict[int, bool]) -> None:
        """Names after "like" are examples, not conditions."""
        pieces = self._request.pieces
        for place, piece in enumerate(pieces):
            if not piece.has("like", "words") or place in self._request.used:
                continue
            after = self._names_after(place) or self._names_before(place, out)
            for at in after:
                if at in out:
                    continue
                for thing in pieces[at].names[:1]:
                    self._draft.like.extend(thing.track_ids[:20])
                self._draft.tell("like", self._words(at))
                self._request.used.add(at)

    def _names_after(self, place: int) -> list[int]:
        if self._request.language in ("ja", "hi"):
            return []
        found: list[int] = []
        for at in range(place + 1, len(self._request.pieces)):
            piece = self._request.pieces[at]
            if piece.names:
                found.append(at)
            elif piece.has("artist_marker"):
                if not found:
                    break
            elif piece.descriptor or piece.has("negation", "ends"):
                break
        return found

    def _names_before(self, place: int, out: dict[int, bool]) -> list[int]:
        """In Japanese and Hindi, and in "Queen-like", the example comes first."""
        found: list[int] = []
        for at in range(place - 1, max(place - 7, -1), -1):
            piece = self._request.pieces[at]
            if piece.names and at not in out:
                found.append(at)
            elif piece.descriptor:
                break
        return found if self._request.language in _EXAMPLE_FIRST else []

    def _take(self, place: int, piece: Piece, out: dict[int, bool]) -> None:
        draft, words = self._draft, self._words(place)
        if piece.names:
            self._name(piece, words, is_out=place in out)
            return
        meaning = piece.descriptor
        if meaning is None:
            self._take_small(place, piece)
        elif self._is_opposite(place):
            draft.wish_for_opposite(meaning, words)
        elif place in out and not self._is_unknown_kind(place, out):
            draft.rule_out(meaning, words, too=out[place])
        elif place in out:
            draft.add("not_words", self._request.words(place - 1, place), words)
            self._ruled_out.add(place - 1)
        elif not (self._changes(place) and draft.change_towards(meaning, words)):
            for other in piece.meanings:
                if other.slot == meaning.slot:
                    draft.wish_for(other, words)

    def _is_unknown_kind(self, place: int, out: dict[int, bool]) -> bool:
        """Whether a kind of a wished genre is ruled out: "house, but no bouncy house"."""
        pieces = self._request.pieces
        genre = pieces[place].value("genres")
        if genre is None or place == 0 or not pieces[place - 1].is_plain:
            return False
        return any(
            at != place and at not in out and pieces[at].value("genres") == genre
            for at in range(len(pieces))
        )

    def _is_opposite(self, place: int) -> bool:
        """Whether the opposite of what stands at `place` is meant: "the opposite of sad"."""
        pieces, request = self._request.pieces, self._request
        step = 1 if request.language in _OPPOSITE_LAST else -1
        at = place + step
        while 0 <= at < len(pieces) and abs(at - place) <= _SMALL_BETWEEN:
            if pieces[at].has("negation", "opposite"):
                return True
            if not pieces[at].is_passed_over:
                return False
            at += step
        return False

    def _take_small(self, place: int, piece: Piece) -> None:
        draft, words = self._draft, self._words(place)
        for slot, name in (("arcs", "arc"), ("liked", "liked")):
            value = piece.value(slot)
            if value is not None:
                draft.set_one(name, value, words)
        kind = piece.value("kinds")
        pieces = self._request.pieces
        named = place + 1 < len(pieces) and pieces[place + 1].names
        if kind in ("album", "artist") and not named:
            draft.add("kinds", kind, words)

    def _changes(self, place: int) -> bool:
        """Whether a description is of the difference from an example: "like Queen, but slow"."""
        if not self._draft.like:
            return False
        return any(piece.has("like", "but") for piece in self._request.pieces[:place])

    def _name(self, piece: Piece, words: str, *, is_out: bool) -> None:
        draft = self._draft
        kinds = {thing.kind: thing for thing in reversed(piece.names)}
        if is_out:
            if "artist" in kinds:
                draft.add("not_artists", kinds["artist"].name, words)
            else:
                draft.add("not_words", piece.names[0].name, words)
            return
        for kind, name in (("artist", "artists"), ("album", "albums"), ("title", "titles")):
            if kind in kinds:
                thing = kinds[kind]
                draft.add(name, thing.name, words)
                return

    def _leftovers(self, out: dict[int, bool]) -> None:
        """What no lexicon knows goes to free meaning, in the order it was said."""
        request = self._request
        run: list[int] = []
        self._names_ruled_out(out)
        for place, piece in enumerate(request.pieces):
            plain = piece.is_plain and place not in request.used
            if (
                plain
                and request.pieces[place].tokens[0].kind == "ideograph"
                and (place not in self._ruled_out)
            ):
                run.append(place)
                continue
            self._flush(run)
            if place in self._ruled_out:
                continue
            if plain and piece.number is None and not self._is_ruled_out_word(place, out):
                self._draft.free.append(self._words(place))
        self._flush(run)

    def _names_ruled_out(self, out: dict[int, bool]) -> None:
        """Names that nobody knows before "except": "宇多田ヒカル以外", "周杰伦的除外"."""
        request = self._request
        for place, piece in enumerate(request.pieces):
            if not piece.has("negation", "names"):
                continue
            last = place - 1
            while (
                last > place - _SMALL_BETWEEN
                and last > 0
                and (
                    request.pieces[last].is_passed_over and not request.pieces[last].has("negation")
                )
            ):
                last -= 1
            first = last
            while (
                first >= 0
                and request.pieces[first].is_plain
                and not (request.pieces[first].number or first in request.used)
            ):
                first -= 1
            if first < last and last not in out:
                words = request.words(first + 1, last)
                self._draft.add("not_words", words, words)
                self._ruled_out.update(range(first + 1, last + 1))

    def _flush(self, run: list[int]) -> None:
        if run:
            words = self._request.words(run[0], run[-1])
            # Two or three kana between known words are endings and particles.
            if len(words) > _PARTICLES or any(not "ぁ" <= letter <= "ゖ" for letter in words):
                self._draft.free.append(words)
        run.clear()

    def _is_ruled_out_word(self, place: int, out: dict[int, bool]) -> bool:
        """Whether a word that nobody knows is ruled out: "without reverb", "nothing by Helene"."""
        pieces = self._request.pieces
        before = place - 1
        while before > place - _SMALL_BETWEEN and before > 0 and _is_small(pieces[before]):
            before -= 1
        if before < 0 or before in out:
            return False
        goes_on = before == place - 1 and before in self._ruled_out
        if goes_on and pieces[place].tokens[0].is_capital:  # the second word of a name
            self._ruled_out.add(place)
            whole = self._draft.lists["not_words"]
            whole[-1] = f"{whole[-1]} {self._words(place)}"
            return True
        after = place + 1
        ends = after >= len(pieces) or not pieces[after].descriptor
        # What follows a plain "not" is mostly a verb: "non riesco a dormire".
        is_by = before < place - 1 and pieces[place - 1].has("artist_marker")
        is_named = is_by and pieces[place].tokens[0].is_capital  # "maar niet van Marco Borsato"
        is_plain_not = pieces[before].has("negation", "verb") and not is_named
        if pieces[before].has("negation", "before") and ends and not is_plain_not:
            self._draft.add("not_words", self._words(place), self._words(place))
            self._ruled_out.add(place)
            return True
        return False


def _is_small(piece: Piece) -> bool:
    """A little word between "nothing" and a name: "by", "with", "the"."""
    return (piece.has("artist_marker") or piece.has("function")) and not piece.has("negation")
