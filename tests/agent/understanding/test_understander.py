"""Requests read as examples: what a person says, what it means."""

import pytest

from agent.understanding import DialogueContext, Intent, Understander, as_json


@pytest.fixture(scope="module")
def understander() -> Understander:
    return Understander()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("pause", Intent.PAUSE),
        ("could you please pause the music for a second", Intent.PAUSE),
        ("puase the song", Intent.PAUSE),
        ("shufle my muisc", Intent.SHUFFLE),
        ("resume", Intent.RESUME),
        ("Stop the music!", Intent.STOP),
        ("um, next song please", Intent.NEXT),
        ("go back one song", Intent.PREVIOUS),
        ("turn it up", Intent.VOLUME_UP),
        ("what's playing?", Intent.WHAT_IS_PLAYING),
        ("play so what next", Intent.QUEUE),
        ("clear the queue", Intent.QUEUE_CLEAR),
        ("what did I play yesterday evening?", Intent.HISTORY_QUERY),
        ("play that song from last night again", Intent.PLAY_AGAIN),
        ("no, the other one", Intent.REJECT_RESULT),
        ("something else by her", Intent.MORE_LIKE),
        ("create a playlist called rainy days", Intent.CREATE_PLAYLIST),
        ("add this song to my workout playlist", Intent.ADD_TO_PLAYLIST),
        ("what can you do", Intent.HELP),
        ("play some jazz", Intent.PLAY),
        ("set an alarm for seven", Intent.ALARM_SET),
        ("shazam this", Intent.IDENTIFY_AUDIO),
        ("what was that before the ad?", Intent.IDENTIFY_AUDIO),
        ("what's playing around me?", Intent.IDENTIFY_AUDIO),
        ("what was playing 30 seconds ago?", Intent.HISTORY_QUERY),
        ("what did I hear in the kitchen last night?", Intent.HISTORY_QUERY),
        ("what songs did you recognise today?", Intent.HISTORY_QUERY),
        ("play what I heard yesterday", Intent.PLAY_AGAIN),
        ("start listening", Intent.LISTEN),
        ("keep listening", Intent.LISTEN),
        ("please stop listening", Intent.STOP_LISTENING),
        ("forget what you heard today", Intent.FORGET_HEARD),
        ("delete that from the history", Intent.FORGET_HEARD),
        ("name that unknown tune Blue Dawn", Intent.NAME_TUNE),
        ("how did you recognise it?", Intent.EXPLAIN_RECOGNITION),
        ("why this song?", Intent.EXPLAIN_CHOICE),
        ("why did you choose that", Intent.EXPLAIN_CHOICE),
        ("what do you know about my taste?", Intent.SHOW_TASTE),
        ("forget everything you learned about my taste", Intent.RESET_TASTE),
        ("forget that I don't like country", Intent.FORGET_TASTE),
        ("I never want Christmas songs", Intent.WANT_NEVER),
        ("never play this again", Intent.DISLIKE),
        ("play less metal", Intent.WANT_LESS),
        ("more jazz from now on", Intent.WANT_MORE),
        ("forget that", Intent.CANCEL),
        ("I don't want to go to work", Intent.OUT_OF_SCOPE),
        ("block my credit card", Intent.OUT_OF_SCOPE),
        ("book a table for two", Intent.OUT_OF_SCOPE),
        ("what's the weather tomorrow", Intent.OUT_OF_SCOPE),
        ("turn down the heating", Intent.OUT_OF_SCOPE),
    ],
)
def test_says_what_a_request_asks_for(
    understander: Understander, text: str, intent: Intent
) -> None:
    assert understander.understand(text).intent is intent


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("skip ahead 30 seconds", {"seconds": ("30",), "mode": ("by",)}),
        ("go back ten seconds", {"seconds": ("-10",), "mode": ("by",)}),
        ("jump to 1:20", {"seconds": ("80",), "mode": ("to",)}),
        ("restart this song", {"seconds": ("0",), "mode": ("to",)}),
        ("set the volume to forty percent", {"level": ("40",), "volume": ("40",)}),
        ("volume 3 out of 10", {"level": ("30",), "volume": ("30",)}),
        ("turn off shuffle", {"state": ("off",)}),
        ("the second one", {"ordinal": ("2",)}),
        ("number 3", {"ordinal": ("3",)}),
        ("the last one please", {"ordinal": ("-1",)}),
        ("make a playlist called rainy days", {"playlist": ("rainy days",)}),
        ("what did i play last night", {"time": ("last night",)}),
    ],
)
def test_reads_numbers_and_names_of_commands(
    understander: Understander, text: str, slots: dict[str, tuple[str, ...]]
) -> None:
    assert understander.understand(text).slots == slots


@pytest.mark.unit
def test_a_short_answer_depends_on_what_is_going_on(understander: Understander) -> None:
    playing = DialogueContext(is_playing=True)
    assert understander.understand("repeat that", playing).intent is Intent.REPEAT
    assert understander.understand("repeat that").intent is not Intent.REPEAT


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "context", "intent"),
    [
        ("what is this?", DialogueContext(can_recognise=True), Intent.IDENTIFY_AUDIO),
        ("what was that?", DialogueContext(can_recognise=True), Intent.IDENTIFY_AUDIO),
        (
            "what is this?",
            DialogueContext(can_recognise=True, is_playing=True),
            Intent.WHAT_IS_PLAYING,
        ),
        ("are you sure?", DialogueContext(has_recognised=True), Intent.EXPLAIN_RECOGNITION),
        ("why do you think so?", DialogueContext(has_recognised=True), Intent.EXPLAIN_RECOGNITION),
        ("are you sure?", DialogueContext(), Intent.OUT_OF_SCOPE),
        ("what was that?", DialogueContext(), Intent.OUT_OF_SCOPE),
    ],
)
def test_ears_give_short_questions_their_meaning(
    understander: Understander, text: str, context: DialogueContext, intent: Intent
) -> None:
    assert understander.understand(text, context).intent is intent


@pytest.mark.unit
@pytest.mark.parametrize("text", ["", "   ", "🎵🎵", "?!", "\x00", "\u202e\u200d"])
def test_nothing_readable_is_out_of_scope(understander: Understander, text: str) -> None:
    assert understander.understand(text).intent is Intent.OUT_OF_SCOPE


@pytest.mark.unit
def test_text_without_end_is_cut_and_never_believed(understander: Understander) -> None:
    assert understander.understand("play some jazz " * 1000).confidence <= 0.3


@pytest.mark.unit
def test_json_carries_the_public_label_and_ours(understander: Understander) -> None:
    line = as_json(understander.understand("skip ahead 30 seconds"))
    assert line["intent"] == "play_setting"
    assert line["detail"] == "seek"
    assert line["slots"] == {"seconds": ["30"], "mode": ["by"]}
