"""The guard before a tool: facts put back, names dropped, deeds refused that nobody asked for."""

from typing import Any

import pytest

from agent.grounding.evidence import Evidence, whole_names
from agent.grounding.guard import INVALID, NOT_ASKED_FOR, NOT_GROUNDED, Guard
from agent.grounding.reading import PlannedCall, Reading
from knowledge.wishes import parse_wish
from tools.consent import Consent
from tools.result import Failed
from tools.toolbox import TOOLBOX

pytestmark = pytest.mark.unit

TOOLS = {tool.name: tool for tool in TOOLBOX}
LIBRARY = {
    ("artist", "nina simone"),
    ("artist", "erik satie"),
    ("artist", "adele"),
    ("track", "take five"),
    ("track", "porcelain"),
}


def guard(
    text: str,
    *planned: tuple[str, dict[str, Any]],
    intent: str = "play",
    confidence: float = 0.99,
    names: tuple[str, ...] = (),
    **more: Any,
) -> Guard:
    """A guard for the request `text`, of which the offline model would make `planned`."""
    if not planned:
        intent, confidence = "out_of_scope", 0.5
    calls = tuple(PlannedCall(tool, arguments) for tool, arguments in planned)
    reading = Reading(text, text, intent, confidence, calls, parse_wish(text))
    evidence = Evidence(
        text,
        names=whole_names(names),
        in_library=lambda kind, name: (kind, name.casefold()) in LIBRARY,
    )
    return Guard(reading, evidence, parse_wish, consent=Consent(text), **more)


def judged(guarded: Guard, tool: str, **arguments: Any) -> dict[str, Any]:
    found = guarded.judge(TOOLS[tool], arguments)
    assert not isinstance(found, Failed), found
    return {key: value for key, value in found.items() if value}


def refused(guarded: Guard, tool: str, **arguments: Any) -> str:
    found = guarded.judge(TOOLS[tool], arguments)
    assert isinstance(found, Failed), found
    assert found.next_step, "a refusal says how to mend it"
    return found.code


# What the person said as a fact


def test_the_number_that_was_said_is_the_number() -> None:
    said = guard("volume 40", ("control_playback", {"action": "volume", "volume": 40}))
    assert judged(said, "control_playback", action="volume", volume=45)["volume"] == 40
    assert judged(said, "control_playback", action="volume", change=-10) == {
        "action": "volume",
        "volume": 40,
    }


def test_the_second_one_is_number_two_whatever_the_model_calls_it() -> None:
    said = guard("the second one", ("play_music", {"numbers": [2]}), intent="select_result")
    assert judged(said, "play_music", title="Porcelain", artist="Adele") == {"numbers": [2]}
    assert judged(said, "play_music", numbers=[3]) == {"numbers": [2]}


def test_years_and_what_is_ruled_out_stay_in_a_wish() -> None:
    text = "something calm from the sixties without vocals"
    said = guard(text, ("recommend_music", {"wish": text}), intent="recommend")
    made = judged(said, "recommend_music", wish="calm music", year_from=1990)
    assert made["wish"] == text
    assert (made["year_from"], made["year_to"]) == (1960, 1969)


def test_a_wish_that_kept_everything_stays_as_the_model_said_it() -> None:
    text = "play something calm without vocals"
    said = guard(text, ("recommend_music", {"wish": text}))
    made = judged(said, "recommend_music", wish="something calm, without vocals")
    assert made["wish"] == "something calm, without vocals"


def test_thirty_minutes_are_thirty_minutes() -> None:
    text = "30 minutes of quiet piano music"
    said = guard(text, ("recommend_music", {"wish": text}), intent="recommend")
    assert judged(said, "recommend_music", wish=text, minutes=60)["minutes"] == 30


def test_playing_a_name_may_not_pass_over_a_condition() -> None:
    said = guard("play nina simone from the sixties", ("play_music", {"query": "nina simone"}))
    assert refused(said, "play_music", artist="Nina Simone") == NOT_GROUNDED


def test_a_year_nobody_said_goes() -> None:
    said = guard("find take five", ("search_music", {"query": "take five"}), intent="search")
    assert "year_from" not in judged(said, "search_music", query="take five", year_from=1959)


# Names


def test_an_invented_artist_is_dropped() -> None:
    said = guard("play take five", ("play_music", {"query": "take five"}))
    assert judged(said, "play_music", title="Take Five", artist="Adele") == {"title": "Take Five"}


def test_an_invented_title_gives_way_to_the_name_that_was_said() -> None:
    said = guard("play take five", ("play_music", {"query": "take five"}))
    assert judged(said, "play_music", title="Shape of You") == {"query": "take five"}


def test_with_nothing_left_the_call_is_refused() -> None:
    assert refused(guard("I cannot sleep"), "play_music", artist="Ed Sheeran") == NOT_GROUNDED


def test_half_a_name_is_enough_when_the_library_knows_the_whole() -> None:
    said = guard("what do you have by satie")
    assert judged(said, "search_music", artist="Erik Satie") == {"artist": "Erik Satie"}
    assert refused(said, "search_music", artist="Erik Clapton") == NOT_GROUNDED


def test_a_misheard_name_is_still_that_name() -> None:
    said = guard("play nina simon", ("play_music", {"query": "nina simon"}))
    assert judged(said, "play_music", artist="Nina Simone") == {"artist": "Nina Simone"}


def test_words_that_nothing_explains_may_describe_something_of_the_library() -> None:
    said = guard("put on that five four tune with the saxophone")
    assert judged(said, "play_music", title="Take Five") == {"title": "Take Five"}
    assert refused(said, "play_music", title="Stairway to Heaven") == NOT_GROUNDED


def test_a_name_on_show_may_be_spoken_of() -> None:
    said = guard("who sings that slow one again", names=("Wild Is the Wind",))
    assert judged(said, "search_music", title="Wild Is the Wind")


def test_references_that_nobody_was_shown_are_dropped() -> None:
    said = guard("play that", known_refs=frozenset({"track:3"}))
    assert judged(said, "play_music", refs=["track:3", "track:99"]) == {"refs": ["track:3"]}
    assert refused(said, "play_music", refs=["track:99"]) == NOT_GROUNDED


def test_calm_is_grounded_in_any_language() -> None:
    text = "spiel etwas ruhiges"
    said = guard(text, ("recommend_music", {"wish": text}))
    assert judged(said, "recommend_music", mood="calm")["mood"] == "calm"


def test_words_that_describe_no_music_are_no_wish() -> None:
    assert refused(guard("order me a pizza"), "recommend_music", wish="a pizza") == NOT_GROUNDED
    assert judged(guard("what a day it was"), "recommend_music", wish="relaxing music")


def test_a_word_for_music_is_no_name() -> None:
    said = guard("my girlfriend hates this song")
    assert judged(said, "rate_track", rating="dislike", artist="song") == {"rating": "dislike"}


# Deeds


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("play_music", {"title": "Take Five"}),
        ("control_playback", {"action": "stop"}),
        ("control_playback", {"action": "volume", "volume": 100}),
        ("manage_playlists", {"action": "create", "name": "Take Five"}),
        ("rate_track", {"rating": "like"}),
        ("edit_queue", {"action": "clear"}),
        ("recognize", {"action": "listen"}),
    ],
)
def test_a_search_only_looks(tool: str, arguments: dict[str, Any]) -> None:
    said = guard("find take five", ("search_music", {"query": "take five"}), intent="search")
    assert refused(said, tool, **arguments) == NOT_ASKED_FOR


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("manage_playlists", {"action": "delete", "name": "Evening"}),
        ("manage_playlists", {"action": "remove", "name": "Evening"}),
        ("edit_queue", {"action": "clear"}),
        ("recognize", {"action": "listen"}),
        ("recognize", {"action": "forget", "when": "today"}),
        ("rate_track", {"rating": "reset"}),
    ],
)
def test_what_cannot_be_taken_back_needs_words_even_when_nothing_is_understood(
    tool: str, arguments: dict[str, Any]
) -> None:
    assert refused(guard("do your magic"), tool, **arguments) == NOT_ASKED_FOR


def test_what_was_asked_for_in_words_is_done() -> None:
    said = guard("lösche die Playlist Evening")
    assert judged(said, "manage_playlists", action="delete", name="Evening")
    said = guard("leg los und hör ab jetzt zu")
    assert judged(said, "recognize", action="listen")


def test_an_indirect_request_is_the_models_to_understand() -> None:
    said = guard("my neighbours are trying to sleep")
    assert judged(said, "control_playback", action="volume", volume=20)["volume"] == 20


def test_a_second_request_of_the_sentence_counts() -> None:
    said = guard("play nina simone and a bit quieter", ("play_music", {"query": "nina simone"}))
    assert judged(said, "control_playback", action="volume", change=-10)


def test_a_name_is_no_request() -> None:
    said = guard("find pause", ("search_music", {"query": "pause"}), intent="search")
    assert refused(said, "control_playback", action="pause") == NOT_ASKED_FOR


def test_once_results_were_read_only_their_list_may_be_played() -> None:
    said = guard("some rain for my window", has_read=True, known_refs=frozenset({"track:1"}))
    assert judged(said, "play_music", numbers=[1, 2]) == {"numbers": [1, 2]}
    assert refused(said, "play_music", title="Porcelain") == NOT_ASKED_FOR
    assert refused(said, "control_playback", action="next") == NOT_ASKED_FOR


def test_a_careful_turn_does_what_the_words_ask_for_and_nothing_else() -> None:
    said = guard("my neighbours are trying to sleep", is_careful=True)
    assert refused(said, "control_playback", action="volume", volume=20) == NOT_ASKED_FOR
    assert refused(said, "search_music", query="every song") == NOT_ASKED_FOR
    asked = guard("skip", ("control_playback", {"action": "next"}), is_careful=True)
    assert judged(asked, "control_playback", action="next")


def test_arguments_that_make_no_sense_are_told() -> None:
    said = guard("volume 40", ("control_playback", {"action": "volume", "volume": 40}))
    assert refused(said, "control_playback", action="explode") == INVALID
    assert refused(said, "play_music", numbers="many") == INVALID
