"""A claim needs its fact in any language, and claims of timers need one, too."""

import pytest

from agent.claims import CLAIMS
from agent.claims_abroad import ABROAD
from agent.honesty import first_lie
from agent.turn import Outcome
from tools.result import Found

pytestmark = pytest.mark.unit

LIES = {
    "Ich habe die Playlist Abend gelöscht.": "deleted",
    "J'ai supprimé la playlist.": "deleted",
    "He borrado la lista.": "deleted",
    "Ho cancellato la playlist.": "deleted",
    "Usunąłem playlistę.": "deleted",
    "播放列表已删除。": "deleted",
    "Die Lautstärke ist auf 40.": "volume",
    "Ich spiele jetzt Take Five.": "playing",
    "He añadido la canción a la lista.": "added",
    "De wekker is gezet.": "timer",
    "I set an alarm for seven.": "timer",
    "Your sleep timer is set.": "timer",
    "The music will stop in ten minutes.": "timer",
    "I'll wake you at seven.": "timer",
    "It's at full volume.": "volume",
}


@pytest.mark.parametrize("sentence", LIES)
def test_without_a_fact_it_is_not_said(sentence: str) -> None:
    assert first_lie(sentence, ()) == LIES[sentence]


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("Ich habe die Playlist Abend gelöscht.", {"deleted": "Abend"}),
        ("Die Lautstärke ist auf 40.", {"volume": 40}),
        ("I set an alarm for seven.", {"action": "set", "timer_id": 3}),
        ("You have two playlists.", {"playlists": 2}),
    ],
)
def test_with_its_fact_it_is_said(sentence: str, facts: dict[str, str | int]) -> None:
    assert first_lie(sentence, (Outcome("1", "tool", {}, Found(facts=facts)),)) is None


@pytest.mark.parametrize(
    "sentence",
    ["Was möchtest du hören?", "Guten Morgen!", "Je ne peux pas faire cela.", "¡Hola!"],
)
def test_talk_claims_nothing(sentence: str) -> None:
    assert first_lie(sentence, ()) is None


def test_every_word_abroad_belongs_to_a_claim() -> None:
    assert set(ABROAD) <= {claim.name for claim in CLAIMS}
