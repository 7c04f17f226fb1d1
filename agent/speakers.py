"""Who is talking: each person has a thread of their own in one conversation of one device.

"The second one" is the second of one's own list, and "no, quieter" corrects one's own request.
Whoever has an account and allows it acts as themselves besides: see `acting`.
"""

import re
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent.session import Session, Thread, thread_of, with_thread

MAX_SPEAKERS = 8
"""Threads kept in one conversation; the one not used for longest goes first."""
_MAX_NAME = 40
_NOT_NAME = re.compile(r"[^\w .'’-]+")


def person_name(said: str) -> str:
    """A name as it may be kept and shown: letters, digits, spaces, at most 40 characters."""
    plain = unicodedata.normalize("NFC", said)
    words = _NOT_NAME.sub(" ", plain).replace("_", " ").split()
    name = " ".join(words)[:_MAX_NAME].strip(" .'’-")
    return name if name != name.lower() else name.title()


def spoken_by(session: Session, speaker: str) -> Session:
    """The session as it is when `speaker` talks: with the thread that they left, or a fresh one.

    Who says their name first goes on with what was spoken of until then.
    """
    if not speaker or speaker.casefold() == session.speaker.casefold():
        return session
    if not session.speaker:
        return replace(session, speaker=speaker)
    threads = {**session.threads, session.speaker: thread_of(session)}
    theirs = threads.pop(_known(speaker, threads), None) or Thread()
    while len(threads) >= MAX_SPEAKERS:
        threads.pop(next(iter(threads)))
    moved = replace(session, speaker=speaker, threads=threads)
    return with_thread(moved, theirs)


def remembering(session: Session, said: Mapping[str, Any]) -> Session:
    """The session with what a plan wants kept: who speaks, how much is said, and so on."""
    if speaker := str(said.get("speaker", "")):
        session = replace(spoken_by(session, speaker), speaker_at=time.time())
    known = {key: value for key, value in said.items() if key in _KEPT}
    return replace(session, **known)


def _known(speaker: str, threads: dict[str, Thread]) -> str:
    folded = speaker.casefold()
    return next((name for name in threads if name.casefold() == folded), speaker)


_KEPT = frozenset({"verbosity", "asides", "answers", "question"})
