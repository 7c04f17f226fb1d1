"""What listeners elsewhere play beside one's music: asked once, matched to the library, told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.errors import SourceUnreachable
from knowledge.recommend.shelf import ShelfReader
from knowledge.sources.completions import Completions
from knowledge.sources.lastfm import LastFm
from knowledge.sources.listenbrainz import ListenBrainzSimilar
from knowledge.sources.neighbours.asking import NeighbourAsking
from knowledge.sources.neighbours.nearness import Nearness
from knowledge.sources.neighbours.store import NeighbourStore
from knowledge.sources.recordings import recording_of
from knowledge.sources.web_service import WebService
from knowledge.wish import MusicWish
from music_services import ARTIST_MBID, BUSY_SOON, KEY, MusicServices
from recommend_library import RecommendHome, open_recommending

pytestmark = pytest.mark.integration
FOLK, NEAR = "Folk Artist 0", "Folk Artist 3"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[RecommendHome]:
    home = open_recommending(tmp_path)
    yield home
    home.database.close()


def test_near_artists_of_the_library_are_offered_and_the_reason_is_told(
    home: RecommendHome, service: WebService, services: MusicServices
) -> None:
    services.similar_artists = {FOLK: [(NEAR, 1.0), ("Somebody Unknown", 0.9)]}
    store = NeighbourStore(home.database)
    NeighbourAsking(home.database, store, lastfm=LastFm(service, KEY)).run()
    seed = home.ids["Folk"][0]
    near = Nearness(store).near([seed], ShelfReader(home.database).read())
    assert {home.catalog.track(one).artist for one in near} == {NEAR}
    recommender = home.recommending(nearness=Nearness(store), explore=False, seed=1)
    plain = home.recommending(explore=False, seed=1)
    situation = home.situation(seed)
    with_them = recommender.recommend(MusicWish(), situation, count=20)
    without = plain.recommend(MusicWish(), situation, count=20)
    told = {reason.words for one in with_them.items for reason in one.reasons}
    assert f"listeners of {FOLK} play it on Last.fm" in told
    assert with_them.items[0].track.artist == NEAR
    assert without.items[0].track.artist != NEAR


def test_everything_is_asked_once(
    home: RecommendHome, service: WebService, services: MusicServices
) -> None:
    store = NeighbourStore(home.database)
    asking = NeighbourAsking(home.database, store, lastfm=LastFm(service, KEY))
    assert asking.run() == 24  # what Last.fm does not know is not asked again either
    asked = len(services.asked)
    assert asking.run() == 0
    assert len(services.asked) == asked


def test_a_service_that_is_away_keeps_no_other_from_answering(
    home: RecommendHome, service: WebService, services: MusicServices
) -> None:
    seed = home.ids["Folk"][0]
    with home.database.read() as connection:
        recording = recording_of(connection, seed)
    assert recording is not None
    Completions(home.database).keep(
        recording.audio_hash, "musicbrainz", {"artist_mbid": ARTIST_MBID}, certainty=1.0
    )
    services.similar_artists = {ARTIST_MBID: [(NEAR, 200.0), (FOLK, 100.0)]}
    services.mishaps["/2.0"] = [BUSY_SOON] * 3
    store = NeighbourStore(home.database)
    with WebService("Labs", services.url) as labs:
        asking = NeighbourAsking(
            home.database,
            store,
            lastfm=LastFm(service, KEY),
            listenbrainz=ListenBrainzSimilar(labs),
        )
        with pytest.raises(SourceUnreachable):
            asking.run()
    near = store.near("artist", ["folk artist 0"])
    assert [(one.artist, one.score, one.source) for one in near] == [
        ("folk artist 3", 1.0, "listenbrainz"),
        ("folk artist 0", 0.5, "listenbrainz"),
    ]
