"""Everything that recommends, opened together; and what is done in the background for it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.errors import ActivitiesRejected
from knowledge.people.accounts import Accounts
from knowledge.people.current import HOUSEHOLD, acting_as
from knowledge.playlists import Playlists
from knowledge.ratings import Ratings
from knowledge.recommend.activities import Activities
from knowledge.recommend.listening import ListeningLog
from knowledge.recommend.recommender import Recommender
from knowledge.recommend.shelf import ShelfReader
from knowledge.recommend.smart_playlists import SmartPlaylists
from knowledge.search.wish_fit import LibraryWishFit
from knowledge.sound.sounding import Sounding, WishFit
from knowledge.sources.neighbours.nearness import Nearness
from knowledge.taste.profile import TasteProfile
from knowledge.wish import MusicWish
from server.settings import Settings

_LOG = logging.getLogger(__name__)
_EVERY_S = 300.0
_LEARN_EVERY = 288
"""Rounds between two times of learning, the first of which is soon: about a day."""


@dataclass(frozen=True, slots=True)
class Recommending:
    """Who chooses, whose taste, and which playlists fill themselves."""

    recommender: Recommender
    taste: TasteProfile
    smart_playlists: SmartPlaylists
    wish_of: Callable[[str], MusicWish]
    """Understands a request in words."""
    accounts: Accounts
    """Who there is."""

    async def keep_up(self, changed: Callable[[], None]) -> None:
        """Fill playlists that are due, and learn what is skipped once a day; until cancelled."""
        rounds = 0
        while True:
            await asyncio.sleep(_EVERY_S)
            rounds += 1
            try:
                if await asyncio.to_thread(self.smart_playlists.refresh_due):
                    changed()
                if rounds % _LEARN_EVERY == 1:
                    await asyncio.to_thread(self._learn)
            except Exception:  # noqa: BLE001  nobody asked for it: the next round tries again
                _LOG.exception("Playlists could not be renewed")

    def _learn(self) -> None:
        """Learn what is skipped, from each person's own listening."""
        for person in (HOUSEHOLD, *(one.id for one in self.accounts.all())):
            with acting_as(person):
                self.recommender.learn()


def open_recommending(
    settings: Settings,
    database: Database,
    catalog: Catalog,
    ratings: Ratings,
    playlists: Playlists,
    sounding: Sounding,
    *,
    fit: WishFit | None = None,
    nearness: Nearness | None = None,
) -> Recommending:
    """Open it all; nothing is read before somebody asks.

    Args:
        settings: the configuration.
        database: where offers, rules of taste and listening are.
        catalog: the library.
        ratings: likes and dislikes.
        playlists: the playlists, some of which fill themselves.
        sounding: what the library sounds like.
        fit: says which tracks obey a wish; made here when nobody else has one.
        nearness: what listeners elsewhere play beside something, when that is asked for.
    """
    shelf, listening = ShelfReader(database), ListeningLog(database)
    taste = TasteProfile(database, sounding, ratings, shelf=shelf, listening=listening)
    wanted = settings.recommend
    recommender = Recommender(
        database,
        catalog,
        ratings,
        sounding,
        fit or LibraryWishFit(database, sounding),
        taste,
        activities=_activities(settings),
        explore=wanted.explore,
        ask=wanted.ask,
        shelf=shelf,
        listening=listening,
        nearness=nearness,
    )
    return Recommending(
        recommender,
        taste,
        SmartPlaylists(database, playlists, recommender),
        _understanding(database),
        Accounts(database),
    )


def _understanding(database: Database) -> Callable[[str], MusicWish]:
    def wish_of(text: str) -> MusicWish:
        # The words of twelve languages are read when somebody first asks in words.
        from knowledge.wishes import LibraryNames, parse_wish  # noqa: PLC0415

        return parse_wish(text, names=LibraryNames(database)) if text.strip() else MusicWish()

    return wish_of


def _activities(settings: Settings) -> Activities:
    try:
        return Activities.read(settings.activities_file)
    except ActivitiesRejected as error:
        # A typing mistake in it must not keep the music from playing.
        _LOG.warning("%s The usual activities are used instead.", error)
        return Activities.read()
