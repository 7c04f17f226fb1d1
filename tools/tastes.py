"""What somebody says of their taste beyond one track: kept, shown, taken back, or begun anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.folding import fold
from knowledge.models import Track
from knowledge.taste.profile import TasteProfile
from knowledge.taste.sentences import TasteLine
from tools.context import Fact, ToolContext
from tools.message import Say
from tools.result import Failed, Found, NothingFound, ToolResult

NO_TASTE = Failed("no_taste", "no taste is learned here", "Like or dislike single tracks.")
MAX_LINES = 12
Subject = Literal["", "track", "artist", "album", "genre", "mood", "theme", "language"]
KINDS = {"like": "more", "dislike": "less", "more": "more", "less": "less", "never": "never"}
"""What is said of a whole kind of music: disliking it is no ban."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of music: all of an artist, a genre, a mood, a theme."""

    subject: str
    """One of `knowledge.taste.rules.SUBJECTS`."""
    value: str


def kind_named(words: str, context: ToolContext) -> Kind | None:
    """The kind of music that words name: "Christmas songs" is a theme, "country" a genre."""
    wish = context.services.wish_of(words)
    for subject, values in (
        ("artist", wish.artists or wish.not_artists),
        ("genre", wish.genres or wish.not_genres),
        ("album", wish.albums),
        ("language", (wish.language,) if wish.language else ()),
        ("mood", wish.moods or wish.not_moods),
        ("tag", wish.instruments or wish.not_instruments),
        ("theme", wish.not_words),
    ):
        if values:
            return Kind(subject, values[0])
    known = {fold(name): name for name, _ in context.services.catalog.genres()}
    plain = fold(words).removesuffix(" music").removesuffix(" songs").strip()
    if plain in known:
        return Kind("genre", known[plain])
    rest = wish.free or plain
    return Kind("theme", rest) if rest and len(rest.split()) <= 4 else None


def say(kind: Kind, rating: str, context: ToolContext) -> ToolResult:
    """Keep what was said of a kind of music."""
    taste = context.services.taste
    if taste is None:
        return NO_TASTE
    line = taste.say(KINDS[rating], kind.subject, kind.value, _words(context))
    return Found(
        facts={
            "taste_said": KINDS[rating],
            "subject": "theme" if kind.subject == "tag" else kind.subject,
            "about": kind.value,
            "concerned": line.count,
        }
    )


def say_of_tracks(tracks: Sequence[Track], rating: str, context: ToolContext) -> ToolResult:
    """More or less like a track, never again, or not now."""
    taste = context.services.taste
    if taste is None:
        return NO_TASTE
    for track in tracks:
        taste.say(rating, "track", str(track.id), _words(context))
    facts: dict[str, Fact] = {
        "taste_said": rating,
        "subject": "track",
        "about": tracks[0].title,
        "title": tracks[0].title,
        "artist": tracks[0].artist,
        "count": len(tracks),
    }
    return Found(tuple(tracks), facts)


def _words(context: ToolContext) -> str:
    """What was said of it, without what was said of other things in the same breath."""
    return context.said or context.consent.words


def show(context: ToolContext) -> ToolResult:
    """Everything that is known of the taste, in sentences; what was said comes first."""
    taste = context.services.taste
    if taste is None:
        return NO_TASTE
    lines = taste.shown(zone=context.services.clock().tzinfo)
    liked = len(context.services.ratings.liked_ids())
    disliked = len(context.services.ratings.disliked_ids())
    facts: dict[str, Fact] = {"taste_lines": len(lines), "liked": liked, "disliked": disliked}
    return Found(facts=facts, notes=tuple(line.words for line in lines[:MAX_LINES]))


def forget(kind: Kind, context: ToolContext) -> ToolResult:
    """Take back all that is known about a kind of music."""
    taste = context.services.taste
    if taste is None:
        return NO_TASTE
    lines = [line for line in taste.shown() if _is_about(line, kind)]
    if not lines:
        none = Say("none-learned", {"about": kind.value})
        return NothingFound(f"thing that I learned about {kind.value}", said={"nothing": none})
    return _forgotten(lines, kind.value, taste)


def forget_tracks(tracks: Sequence[Track], context: ToolContext) -> int:
    """Take back what was said about tracks; gives how many things that were."""
    taste = context.services.taste
    if taste is None:
        return 0
    ids = {str(track.id) for track in tracks}
    lines = [
        line
        for line in taste.shown()
        if line.id.startswith("rule:") and line.subject in {"track", "moment"} and line.value in ids
    ]
    for line in lines:
        taste.forget(line.id)
    return len(lines)


def reset(context: ToolContext) -> ToolResult:
    """Begin anew, when the user asked for just that in their own words."""
    taste = context.services.taste
    if taste is None:
        return NO_TASTE
    if not context.consent.to_reset_taste():
        return Failed(
            "not_asked_for",
            "you did not ask me to forget your taste",
            'Say "reset my taste" if you want that.',
        )
    count = len(taste.shown())
    taste.reset()
    return Found(facts={"taste_reset": True, "count": count})


def _forgotten(lines: Sequence[TasteLine], about: str, taste: TasteProfile) -> Found:
    for line in lines:
        taste.forget(line.id)
    facts: dict[str, Fact] = {"taste_forgotten": len(lines), "about": about}
    return Found(facts=facts, notes=tuple(line.words for line in lines[:MAX_LINES]))


def _is_about(line: TasteLine, kind: Kind) -> bool:
    if line.kind == "neutral" or fold(line.value) != fold(kind.value):
        return False
    same = {line.subject, kind.subject}
    return len(same) == 1 or same <= {"theme", "tag", "genre", "mood"}
