"""Listening as arrays: what became of each play, imports and people included."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import insert

from knowledge.people.current import PersonId, acting_as
from knowledge.people.settings import Allowed, PersonSettings
from knowledge.recommend.listening import ListeningLog
from knowledge.recommend.shelf import ShelfReader
from knowledge.recommend.skip_risk import SkipRisk
from knowledge.recommend.sources import Sources
from knowledge.schema_belongings import imported_listens, imports
from knowledge.wish import MusicWish
from people_here import ANNA, BEN, people_in
from recommend_library import NOW, RecommendHome, open_recommending


@pytest.fixture
def home(tmp_path: Path) -> Iterator[RecommendHome]:
    opened = open_recommending(tmp_path)
    people_in(opened.database)
    yield opened
    opened.database.close()


def imported(
    home: RecommendHome, person: PersonId, *track_ids: int, days_ago: float = 30.0
) -> None:
    with acting_as(person), home.database.write() as connection:
        made = connection.execute(
            insert(imports).values(at=0, source="spotify", name="export.json", report={})
        )
        import_id = made.inserted_primary_key[0]  # type: ignore[index]
        for place, track_id in enumerate(track_ids):
            connection.execute(
                insert(imported_listens).values(
                    import_id=import_id,
                    at=NOW.timestamp() - 86_400 * days_ago + 200 * place,
                    title="x",
                    artist="y",
                    album="",
                    played_s=180.0,
                    skipped=False,
                    track_id=track_id,
                    key=f"{person}/{track_id}/{place}/{days_ago}",
                )
            )


@pytest.mark.integration
def test_plays_are_heard_skipped_or_neither(home: RecommendHome) -> None:
    log = ListeningLog(home.database)
    assert len(log.read()) == 0
    home.played(1, 2)
    home.played(3, skipped=True, ago_h=50)
    read = log.read()
    assert read.tracks.tolist() == [1, 2, 3]
    assert read.heard.tolist() == [True, True, False]
    assert read.skipped.tolist() == [False, False, True]
    assert log.read() is read  # nothing was added
    home.played(4, ago_h=1)
    assert log.read().tracks.tolist() == [1, 2, 3, 4]


@pytest.mark.integration
def test_listening_belongs_to_a_person(home: RecommendHome) -> None:
    home.played(1)
    imported(home, ANNA, 2, 3)
    imported(home, BEN, 4)
    with acting_as(BEN):
        home.played(5)
    log = ListeningLog(home.database)
    assert set(log.read().tracks.tolist()) == {1}
    with acting_as(ANNA):
        assert set(log.read().tracks.tolist()) == {2, 3}
    with acting_as(BEN):
        assert set(log.read().tracks.tolist()) == {4, 5}


@pytest.mark.integration
def test_imported_listening_shapes_what_is_recommended(home: RecommendHome) -> None:
    imported(home, ANNA, *home.ids["Techno"][:20])
    with acting_as(ANNA):
        made = home.recommender.recommend(MusicWish(), home.situation(), count=6)
    assert {home.genre_of(item.track.id) for item in made.items} <= {"Techno", "Rock"}


@pytest.mark.integration
def test_people_are_compared_only_with_those_who_allow_it(home: RecommendHome) -> None:
    log, shelf = ListeningLog(home.database), ShelfReader(home.database)
    folk, rock = home.ids["Folk"], home.ids["Rock"]
    imported(home, ANNA, *folk[:12], *rock[:3])
    sources = Sources(home.sounding)
    imported(home, BEN, *folk[:12], *rock[3:6])
    with acting_as(ANNA):
        fitted = sources.fitted(log.read(), shelf.read())
        assert sources.people(fitted, log.read()) is None
    with acting_as(BEN):
        PersonSettings(home.database).allow(Allowed(listening_helps_others=True))
    with acting_as(ANNA):
        fitted = sources.fitted(log.read(), shelf.read())
        found = sources.people(fitted, log.read())
        made = home.recommender.recommend(MusicWish(), home.situation())
    assert found is not None
    assert max(found, key=lambda each: found[each]) in rock[3:6]
    assert not set(found) & set(folk[:12])  # Anna knows these
    assert "people" not in made.facts
    with acting_as(BEN):
        assert sources.people(sources.fitted(log.read(), shelf.read()), log.read()) is None


@pytest.mark.integration
def test_what_is_always_skipped_is_a_risk(home: RecommendHome) -> None:
    rock, folk = home.ids["Rock"], home.ids["Folk"]
    for day in range(1, 5):
        home.played(*rock[:5], skipped=True, ago_h=24.0 * day)
        home.played(*folk[:5], ago_h=24.0 * day + 12)
    from knowledge.recommend.frame import Frame

    frame = Frame.of(ShelfReader(home.database).read(), home.sounding.table(), None)
    above = SkipRisk().above_usual(frame, ListeningLog(home.database).read(), NOW)
    place = {int(track_id): at for at, track_id in enumerate(frame.ids)}
    assert above[place[rock[0]]] > 0.3
    assert above[place[folk[0]]] == 0.0


@pytest.mark.integration
def test_skips_are_learned_once_there_is_enough(home: RecommendHome) -> None:
    pytest.importorskip("lightgbm", reason="skips are learned where LightGBM is installed")
    rock, folk = home.ids["Rock"], home.ids["Folk"]
    risk, log, shelf = SkipRisk(), ListeningLog(home.database), ShelfReader(home.database)
    assert not risk.learn(log.read(), shelf.read())
    for day in range(1, 8):
        home.played(*rock, skipped=True, ago_h=24.0 * day + 4)
        home.played(*folk, ago_h=24.0 * day)
    assert risk.learn(log.read(), shelf.read())
    assert risk.is_learned
    from knowledge.recommend.frame import Frame

    frame = Frame.of(shelf.read(), home.sounding.table(), rock[:3] + folk[:3])
    above = risk.above_usual(frame, log.read(), NOW)
    assert np.all((above >= 0) & (above <= 1))
    of = dict(zip(frame.ids.tolist(), above.tolist(), strict=True))
    assert min(of[each] for each in rock[:3]) > max(of[each] for each in folk[:3])
