"""Of every table it is known whose its rows are."""

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from knowledge.people.belonging import OWNER
from knowledge.people.ownership import LIBRARY, NobodySaid, Rule, belonging, rule_of
from knowledge.schema import metadata

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_every_table_has_a_rule(name: str) -> None:
    rule_of(metadata.tables[name])  # says in its error what to do


def test_what_is_called_the_librarys_names_nobody() -> None:
    assert [name for name in LIBRARY if name in metadata.tables
            and OWNER in metadata.tables[name].c] == []  # fmt: skip


def test_no_name_of_a_table_that_is_gone_is_left() -> None:
    assert set(metadata.tables) >= LIBRARY


def test_a_table_of_which_nobody_said_anything_is_noticed() -> None:
    unknown = Table("diaries", MetaData(), Column("id", Integer, primary_key=True))
    with pytest.raises(NobodySaid, match="diaries"):
        rule_of(unknown)


def test_what_goes_with_something_of_a_person_is_theirs() -> None:
    rules = {table.name: rule_of(table) for table in belonging(metadata)}
    assert rules["playlist_items"] is rules["clip_rejections"] is Rule.THROUGH
    assert rules["play_events"] is rules["sessions"] is Rule.OWN
    assert rules["audit"] is Rule.LOG
    assert "tracks" not in rules
