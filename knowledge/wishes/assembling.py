"""Put the pieces of a request together to a wish."""

from dataclasses import dataclass, field

from knowledge.analysis.sound import Axis
from knowledge.models import TrackId
from knowledge.wish import Arc, MusicWish, Span
from knowledge.wishes.negation import ruled_out
from knowledge.wishes.numbers import Numbers, read_numbers
from knowledge.wishes.pieces import Piece, Request
from knowledge.wishes.quoting import read_cover, read_lyrics

_SOUNDS: dict[str, tuple[Axis, Span, Axis, Span]] = {
    # What is wished for, and what is left when it is ruled out.
    "loud": (Axis.LOUDNESS, (0.6, 1.0), Axis.ENERGY, (0.0, 0.4)),
    "quiet": (Axis.LOUDNESS, (0.0, 0.4), Axis.LOUDNESS, (0.35, 1.0)),
    "danceable": (Axis.DANCEABILITY, (0.6, 1.0), Axis.DANCEABILITY, (0.0, 0.5)),
    "acoustic": (Axis.ACOUSTICNESS, (0.6, 1.0), Axis.ACOUSTICNESS, (0.0, 0.5)),
    "bright": (Axis.BRIGHTNESS, (0.6, 1.0), Axis.BRIGHTNESS, (0.0, 0.5)),
    "dull": (Axis.BRIGHTNESS, (0.0, 0.4), Axis.BRIGHTNESS, (0.4, 1.0)),
    "dynamic": (Axis.DYNAMICS, (0.6, 1.0), Axis.DYNAMICS, (0.0, 0.5)),
    "steady": (Axis.DYNAMICS, (0.0, 0.4), Axis.DYNAMICS, (0.4, 1.0)),
}
_TOO_MUCH: dict[str, tuple[Axis, Span]] = {
    # "Not too energetic" leaves energetic music, only not the most energetic.
    "energetic": (Axis.ENERGY, (0.0, 0.6)),
    "angry": (Axis.ENERGY, (0.0, 0.6)),
    "calm": (Axis.ENERGY, (0.35, 1.0)),
    "sad": (Axis.VALENCE, (0.3, 1.0)),
    "dark": (Axis.VALENCE, (0.3, 1.0)),
    "happy": (Axis.VALENCE, (0.0, 0.7)),
}
_LANGUAGE_NAMES = {
    "en": "english", "de": "german", "es": "spanish", "fr": "french", "it": "italian",
    "pt": "portuguese", "nl": "dutch", "pl": "polish", "sv": "swedish", "ja": "japanese",
    "zh": "chinese", "hi": "hindi", "ko": "korean", "ru": "russian", "ar": "arabic",
    "tr": "turkish", "no": "norwegian", "da": "danish", "fi": "finnish", "el": "greek",
    "he": "hebrew",
}  # fmt: skip
LANGUAGES_BY_NAME = {name: code for code, name in _LANGUAGE_NAMES.items()}
"""How languages are called in `MusicWish.not_words`: {"french": "fr"}."""


@dataclass(slots=True)
class _Draft:
    """A wish being filled."""

    lists: dict[str, list[str]] = field(default_factory=dict)
    axes: dict[Axis, Span] = field(default_factory=dict)
    but: dict[str, float] = field(default_factory=dict)
    one: dict[str, str] = field(default_factory=dict)
    """Fields of a single word."""
    vocal: bool | None = None
    like: list[TrackId] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    free: list[str] = field(default_factory=list)

    def add(self, name: str, value: str, words: str) -> None:
        values = self.lists.setdefault(name, [])
        if value not in values:
            values.append(value)
        self.tell(name, words)

    def tell(self, name: str, words: str) -> None:
        self.said[name] = f"{self.said[name]}, {words}" if name in self.said else words

    def of(self, name: str) -> tuple[str, ...]:
        return tuple(self.lists.get(name, ()))


class Assembly:
    """One request on its way to a wish."""

    def __init__(self, request: Request, *, original: str) -> None:
        self._request = request
        self._original = original
        self._draft = _Draft()

    def wish(self) -> MusicWish:
        """Read everything there is."""
        request, draft = self._request, self._draft
        lyrics = read_lyrics(request)
        out = ruled_out(request)
        numbers = read_numbers(request, out)
        cover = read_cover(request)
        self._likes(out)
        for place, piece in enumerate(request.pieces):
            if place not in request.used:
                self._take(place, piece, out)
        self._leftovers(out)
        for name, words in (("lyrics", lyrics), ("cover", cover)):
            if words:
                draft.tell(name, words)
        return self._assembled(numbers, lyrics, cover)

    def _assembled(self, numbers: Numbers, lyrics: str, cover: str) -> MusicWish:
        draft = self._draft
        not_words = [*draft.of("not_words")]
        not_words += [f"{first:.0f}-{last:.0f}" for first, last in numbers.not_years]
        arc: Arc = draft.one.get("arc", "")  # type: ignore[assignment]
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
            arc=arc,
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
            elif piece.descriptor or piece.has("negation", "ends") or piece.has("artist_marker"):
                if not (found and piece.has("artist_marker")):
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
        return found if self._request.language in ("ja", "hi", "zh") else []

    def _take(self, place: int, piece: Piece, out: dict[int, bool]) -> None:
        draft, words = self._draft, self._words(place)
        if piece.names:
            self._name(piece, words, is_out=place in out)
            return
        meaning = piece.descriptor
        if meaning is None:
            for slot, name in (("arcs", "arc"), ("liked", "liked")):
                value = piece.value(slot)
                if value is not None and name not in draft.one:
                    draft.one[name] = value
                    draft.tell(name, words)
            kind = piece.value("kinds")
            if kind in ("album", "artist"):
                draft.add("kinds", kind, words)
            return
        if place in out:
            self._rule_out(meaning.slot, meaning.value, words, too=out[place])
        else:
            for other in piece.meanings:
                if other.slot == meaning.slot:
                    self._wish_for(other.slot, other.value, words)

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
                thing = kinds[kind]  # type: ignore[index]
                draft.add(name, thing.name, words)
                return

    def _wish_for(self, slot: str, value: str, words: str) -> None:
        draft = self._draft
        if slot in ("genres", "moods", "instruments"):
            draft.add(slot, value, words)
        elif slot == "voice":
            self._voice(value, words)
        elif slot == "sound":
            axis, span, _, _ = _SOUNDS[value]
            draft.axes[axis] = span
            draft.tell("axes", words)
        elif slot == "changes":
            draft.but[value[:-1]] = 1.0 if value.endswith("+") else -1.0
            draft.tell("but", words)
        elif slot == "themes":
            draft.free.append(value)
            draft.tell("free", words)
        else:
            name = _SINGLE[slot]
            if name == "activity" and draft.one.get(name, "") in _VAGUE:
                draft.one.pop(name, None)
            if name not in draft.one:
                draft.one[name] = value
                draft.tell(name, words)

    def _voice(self, value: str, words: str) -> None:
        draft = self._draft
        if value in ("sung", "instrumental"):
            if draft.vocal is None:
                draft.vocal = value == "sung"
        else:
            draft.add(
                "instruments", f"{value} voice" if value != "screamed" else "screaming", words
            )
            draft.vocal = True
        draft.tell("vocal", words)

    def _rule_out(self, slot: str, value: str, words: str, *, too: bool) -> None:
        draft = self._draft
        if slot == "voice" and value in ("sung", "instrumental"):
            draft.vocal = value == "instrumental"
            draft.tell("vocal", words)
        elif slot == "voice":
            name = f"{value} voice" if value != "screamed" else "screaming"
            draft.add("not_instruments", name, words)
        elif slot == "sound":
            _, _, axis, span = _SOUNDS[value]
            draft.axes[axis] = span
            draft.tell("axes", words)
        elif slot == "moods" and too and value in _TOO_MUCH:
            axis, span = _TOO_MUCH[value]
            draft.axes[axis] = span
            draft.tell("axes", words)
        elif slot in ("genres", "moods", "instruments"):
            draft.add(f"not_{slot}", value, words)
        elif slot == "activities":
            draft.add("not_moods", value, words)
        elif slot == "languages":
            draft.add("not_words", _LANGUAGE_NAMES[value], words)
        elif slot == "themes":
            draft.add("not_words", value, words)

    def _leftovers(self, out: dict[int, bool]) -> None:
        """What no lexicon knows goes to free meaning, in the order it was said."""
        request = self._request
        run: list[int] = []
        for place, piece in enumerate(request.pieces):
            plain = piece.is_plain and place not in request.used
            if plain and request.pieces[place].tokens[0].kind == "ideograph":
                run.append(place)
                continue
            self._flush(run)
            if plain and piece.number is None and not self._is_ruled_out_word(place, out):
                self._draft.free.append(self._words(place))
        self._flush(run)

    def _flush(self, run: list[int]) -> None:
        if run:
            words = self._request.words(run[0], run[-1])
            # Two or three kana between known words are endings and particles.
            if len(words) > _PARTICLES or any(not "ぁ" <= letter <= "ゖ" for letter in words):
                self._draft.free.append(words)
        run.clear()

    def _is_ruled_out_word(self, place: int, out: dict[int, bool]) -> bool:
        """ "Without reverb" rules out a word that nobody knows."""
        if place == 0 or place - 1 in out:
            return False
        before = self._request.pieces[place - 1]
        after = place + 1
        ends = after >= len(self._request.pieces) or not self._request.pieces[after].descriptor
        if before.has("negation", "before") and ends and before.tokens[0].text != "not":
            self._draft.add("not_words", self._words(place), self._words(place))
            return True
        return False


_PARTICLES = 3
_SINGLE = {
    "activities": "activity", "languages": "language", "times": "time_of_day",
    "weather": "weather", "places": "place",
}  # fmt: skip
_VAGUE = frozenset({"relaxing"})
"""Activities that give way to another one in the same request."""
