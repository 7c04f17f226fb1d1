"""Names in other scripts reach the tools, whatever language is spoken around them."""

import pytest

from agent.understanding import Understander

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def reader() -> Understander:
    return Understander()


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("add 夜曲 by 周杰伦 to my playlist", {"entity_name": "夜曲", "artist": "周杰伦"}),
        ("把周杰伦的夜曲加到我的歌单", {"entity_name": "夜曲", "artist": "周杰伦"}),
        ("播放周杰伦的夜曲", {"track": "夜曲", "artist": "周杰伦"}),
        ("play the album 叶惠美 by 周杰伦", {"album": "叶惠美", "artist": "周杰伦"}),
    ],
)
def test_han_names_fill_slots(reader: Understander, said: str, slots: dict[str, str]) -> None:
    read = reader.understand(said)
    assert {name: read.first(name) for name in slots} == slots
