"""One microphone: turns out of sound, by the clock of the samples."""

import asyncio

import numpy as np
import pytest

from listening_rig import Room, silence
from voice.errors import HearingBusy, HearingFailed
from voice.events import (
    Ducked,
    HearingBroke,
    NothingHeard,
    PartialHeard,
    SpeechStarted,
    SpeechStopped,
    StayedQuiet,
    TurnHeard,
    Unducked,
)
from voice.listening import ListenOptions
from voice.stt.transcriber import Urgency
from voice.timing import Stage


async def _heard(*talk: str | int, options: ListenOptions | None = None) -> list[str]:
    room = Room(options)
    await room.hear(*talk)
    await room.listener.close()
    return [turn.transcript.text for turn in room.told(TurnHeard)]


@pytest.mark.unit
async def test_a_sentence_with_long_pauses_in_it_is_one_turn() -> None:
    turns = await _heard(300, "play", 1_200, "something by", 1_200, "Queen", 2_000)
    assert turns == ["play something by Queen"]


@pytest.mark.unit
async def test_whole_commands_are_turns_of_their_own_even_in_a_row() -> None:
    assert await _heard(300, "pause", 450, "next", 450, "stop", 450) == ["pause", "next", "stop"]


@pytest.mark.unit
async def test_a_command_ends_after_a_quarter_of_a_second_and_a_fragment_does_not() -> None:
    room = Room()
    await room.hear_live(300, "pause", 288)
    assert room.kinds == ["SpeechStarted", "PartialHeard", "SpeechStopped", "TurnHeard"]
    await room.hear_live(500, "play", 1_400)
    assert room.kinds[4:] == ["SpeechStarted", "PartialHeard"]
    await room.listener.close()


@pytest.mark.unit
async def test_the_events_of_a_turn_say_where_it_was() -> None:
    room = Room()
    await room.hear(640, "pause", 1_000)
    (turn,) = room.told(TurnHeard)
    assert abs(turn.start_ms - 640) <= 32
    assert abs(turn.end_ms - 1_120) <= 32
    assert room.told(SpeechStarted) == [SpeechStarted(turn.start_ms)]
    assert room.told(SpeechStopped) == [SpeechStopped(turn.end_ms)]
    await room.listener.close()


@pytest.mark.unit
async def test_the_transcript_made_in_the_pause_is_the_transcript_of_the_turn() -> None:
    room = Room()
    await room.hear_live(300, "pause", 1_000)
    assert [urgency for urgency, _ in room.ears.asked] == [Urgency.FINAL]
    (turn,) = room.told(TurnHeard)
    stages = turn.timing.stages_ms()
    assert list(stages) == ["speech_end", "endpoint", "transcript"]
    assert stages["transcript"] <= stages["endpoint"]
    await room.listener.close()


@pytest.mark.unit
async def test_the_turn_waits_for_words_that_come_late_and_loses_nothing() -> None:
    room = Room()
    room.ears.gate = asyncio.Event()
    room.feed(300, "pause")
    for _ in range(30):  # sound comes on, the words do not
        room.feed(64)
        await room.listener.heard()
    assert room.told(TurnHeard) == []
    room.ears.gate.set()
    await room.listener.drained()
    assert [turn.transcript.text for turn in room.told(TurnHeard)] == ["pause"]
    await room.listener.close()


@pytest.mark.unit
async def test_words_come_while_somebody_speaks() -> None:
    room = Room()
    long = [room.ears.sound_of(words, 900) for words in ("play", "some jazz", "for dinner")]
    await room.hear_live(300, *long, 1_500)
    texts = [partial.text for partial in room.told(PartialHeard)]
    assert texts[0] == "play"
    assert texts[-1] == "play some jazz for dinner"
    assert {urgency for urgency, _ in room.ears.asked[:-1]} == {Urgency.PARTIAL}
    await room.listener.close()


@pytest.mark.unit
async def test_without_partials_nothing_is_asked_before_a_pause() -> None:
    room = Room(ListenOptions(partials=False))
    await room.hear_live(300, room.ears.sound_of("play some jazz", 2_000), 1_500)
    assert room.told(PartialHeard) == []
    assert len(room.ears.asked) == 1
    await room.listener.close()


@pytest.mark.unit
async def test_a_click_is_no_speech() -> None:
    room = Room()
    await room.hear(300, room.ears.sound_of("click", 40), 1_000)
    assert room.events == []
    await room.listener.close()


@pytest.mark.unit
async def test_noise_in_which_no_words_are_ends_as_nothing_heard() -> None:
    room = Room()
    await room.hear(300, "...", 1_500)
    assert room.kinds == ["SpeechStarted", "PartialHeard", "SpeechStopped", "NothingHeard"]
    room.events.clear()
    room.ears.no_speech = 0.7
    await room.hear("Thank you.", 1_500)
    assert room.kinds[-1] == "NothingHeard"
    room.events.clear()
    room.ears.no_speech = 0.01
    await room.hear("Thank you.", 1_500)
    assert room.kinds[-1] == "TurnHeard"
    await room.listener.close()


@pytest.mark.unit
async def test_a_hum_is_an_answer_only_after_we_have_spoken() -> None:
    room = Room()
    await room.hear(300, "Mm-hmm.", 1_500)
    assert room.kinds[-1] == "NothingHeard"
    room.listener.we_speak(True)
    await room.hear(1_000)
    room.listener.we_speak(False)
    await room.hear(500, "Mm-hmm.", 1_500)
    assert room.kinds[-1] == "TurnHeard"
    await room.listener.close()


@pytest.mark.unit
async def test_a_request_that_was_cut_in_a_pause_is_told_whole_with_its_rest() -> None:
    turns = await _heard(300, "Play Take Five.", 1_000, "By Dave Brubeck.", 2_000)
    assert turns == ["Play Take Five.", "Play Take Five by Dave Brubeck."]
    assert await _heard(300, "Play Take Five.", 1_000, "Pause.", 1_000) == [
        "Play Take Five.",
        "Pause.",
    ]


@pytest.mark.unit
async def test_what_was_answered_aloud_is_not_joined() -> None:
    room = Room()
    await room.hear(300, "Play Take Five.", 800)
    room.listener.we_speak(True)
    await room.hear(200)
    room.listener.we_speak(False)
    await room.hear("By the sea.", 2_000)
    assert [turn.transcript.text for turn in room.told(TurnHeard)][1] == "By the sea."
    await room.listener.close()


@pytest.mark.unit
async def test_a_hum_over_our_voice_is_no_interruption() -> None:
    room = Room()
    room.listener.we_speak(True)
    hum = 0.3 * np.sin(2 * np.pi * 180 * np.arange(8_000) / 16_000).astype(np.float32)
    await room.hear_live(320, hum, 1_000)
    assert room.kinds == ["Ducked", "Unducked"]
    await room.listener.close()


@pytest.mark.unit
async def test_a_hum_over_our_voice_in_which_words_are_is_one_all_the_same() -> None:
    room = Room()
    room.listener.we_speak(True)
    room.ears.words[200] = "no"
    hum = 0.3 * np.sin(2 * np.pi * 200 * np.arange(8_000) / 16_000).astype(np.float32)
    await room.hear_live(320, hum, 1_000)
    assert [kind for kind in room.kinds if kind != "PartialHeard"] == [
        "Ducked",
        "SpeechStarted",
        "SpeechStopped",
        "TurnHeard",
    ]
    await room.listener.close()


@pytest.mark.unit
async def test_who_cuts_in_is_ducked_for_and_then_listened_to() -> None:
    room = Room()
    room.listener.we_speak(True)
    await room.hear_live(320, "stop", 1_000)
    assert room.kinds[:2] == ["Ducked", "SpeechStarted"]
    assert room.told(Ducked)[0].at_ms - 320 <= 100
    assert room.kinds[-1] == "TurnHeard"
    assert room.told(Unducked) == []
    await room.listener.close()


@pytest.mark.unit
async def test_who_may_not_cut_in_is_heard_all_the_same() -> None:
    room = Room(ListenOptions(interrupt=False))
    room.listener.we_speak(True)
    await room.hear_live(320, "stop", 1_000)
    assert room.told(Ducked) == []
    assert room.kinds[-1] == "TurnHeard"
    await room.listener.close()


@pytest.mark.unit
async def test_a_turn_has_a_longest_length() -> None:
    room = Room(ListenOptions(max_turn_s=2.0))
    await room.hear(300, room.ears.sound_of("la la la", 5_000), 2_000)
    turns = room.told(TurnHeard)
    assert len(turns) == 3
    assert all(turn.end_ms - turn.start_ms <= 2_000 for turn in turns)
    assert max(seconds for _, seconds in room.ears.asked) <= 2.0
    await room.listener.close()


@pytest.mark.unit
async def test_a_recogniser_that_breaks_costs_the_turn_and_not_the_listener() -> None:
    room = Room()
    room.ears.broken = HearingFailed("The worker is gone.")
    await room.hear(300, "pause", 2_000)
    assert room.told(HearingBroke) == [HearingBroke("hearing_failed", "The worker is gone.")]
    room.ears.broken = None
    await room.hear("next", 1_000)
    assert room.told(TurnHeard)[0].transcript.text == "next"
    await room.listener.close()


@pytest.mark.unit
async def test_what_was_refused_ahead_of_time_is_asked_again_at_the_end() -> None:
    room = Room()
    room.ears.broken = HearingBusy("Too many wait.")
    await room.hear_live(300, "tomorrow", 400)
    room.ears.broken = None
    await room.hear_live(600)
    assert [turn.transcript.text for turn in room.told(TurnHeard)] == ["tomorrow"]
    assert len(room.ears.asked) == 2
    await room.listener.close()


@pytest.mark.unit
async def test_a_button_ends_the_turn_and_silence_does_not() -> None:
    room = Room(ListenOptions(mode="push_to_talk", partials=False))
    await room.hear(200, "play", 3_000, "Queen", 100)
    assert room.events == []
    room.listener.commit()
    await room.listener.drained()
    assert room.kinds == ["TurnHeard"]
    assert room.told(TurnHeard)[0].transcript.text == "play Queen"
    await room.listener.close()


@pytest.mark.unit
async def test_a_button_pressed_in_silence_is_answered_without_asking_anybody() -> None:
    room = Room(ListenOptions(mode="push_to_talk"))
    await room.hear(1_000)
    room.listener.commit()
    await room.listener.drained()
    assert room.kinds == ["NothingHeard"]
    assert room.ears.asked == []
    await room.listener.close()


@pytest.mark.unit
async def test_commit_ends_a_turn_that_would_have_gone_on() -> None:
    room = Room()
    room.feed(300, "play", 400)
    room.listener.commit()
    await room.listener.drained()
    assert room.kinds[-2:] == ["SpeechStopped", "TurnHeard"]
    await room.listener.close()


@pytest.mark.unit
@pytest.mark.parametrize("mode", ["auto", "push_to_talk"])
async def test_what_was_cleared_is_never_told(mode: str) -> None:
    room = Room(ListenOptions(mode=mode))  # type: ignore[arg-type]
    room.feed(300, "play", 400)
    room.listener.clear()
    room.feed(300, "pause", 1_000)
    room.listener.commit()
    await room.listener.drained()
    assert [turn.transcript.text for turn in room.told(TurnHeard)] == ["pause"]
    assert len(room.told(SpeechStarted)) == len(room.told(SpeechStopped))
    await room.listener.close()


@pytest.mark.unit
async def test_the_mode_may_change_in_the_middle_of_a_turn() -> None:
    room = Room()
    await room.hear(300, "play", 100)
    room.listener.update(ListenOptions(mode="push_to_talk"))
    await room.hear("Queen", 3_000)
    room.listener.update(ListenOptions(silence_ms=200))
    await room.hear("tomorrow", 400)
    assert [turn.transcript.text for turn in room.told(TurnHeard)] == ["tomorrow"]
    assert isinstance(room.events[-1], TurnHeard)
    (dropped,) = room.told(NothingHeard)
    assert dropped.reason == "It was taken back."
    assert room.told(TurnHeard)[0].start_ms > 4_000
    await room.listener.close()


@pytest.mark.unit
async def test_five_minutes_at_once_are_cut_to_what_may_wait_and_it_is_said() -> None:
    room = Room(ahead_s=20.0)
    room.feed(300, "pause", 5 * 60_000)
    assert room.listener.ahead_s == 20.0
    room.feed(1_000)
    await room.listener.drained()
    assert len(room.told(HearingBroke)) == 1
    await room.hear(100, "next", 1_000)
    assert [turn.transcript.text for turn in room.told(TurnHeard)] == ["pause", "next"]
    assert room.told(TurnHeard)[1].start_ms == pytest.approx(300 + 480 + 301_100, abs=64)
    await room.listener.close()


@pytest.mark.unit
async def test_the_loop_goes_on_while_minutes_of_sound_are_heard() -> None:
    room = Room()
    for _ in range(40):
        room.feed(300, "pause", 1_000)
    turns_of_the_loop = 0
    while room.listener.ahead_s:
        await asyncio.sleep(0)
        turns_of_the_loop += 1
    await room.listener.drained()
    assert turns_of_the_loop > 40
    assert len(room.told(TurnHeard)) == 40
    await room.listener.close()


@pytest.mark.unit
async def test_a_turn_ends_when_the_microphone_falls_silent_altogether() -> None:
    room = Room(nothing_comes_s=0.01)
    room.feed(300, "play")
    await asyncio.wait_for(room.waits_for(TurnHeard), 5)
    assert room.told(TurnHeard)[0].transcript.text == "play"
    await room.listener.close()


@pytest.mark.unit
async def test_it_is_told_once_when_nobody_answers_us() -> None:
    room = Room(ListenOptions(idle_timeout_ms=2_000))
    await room.hear(5_000)
    assert room.events == []
    room.listener.we_speak(True)
    await room.hear(1_000)
    room.listener.we_speak(False)
    await room.hear(5_000)
    (quiet,) = room.told(StayedQuiet)
    assert abs(quiet.end_ms - quiet.start_ms - 2_000) <= 32
    await room.listener.close()


@pytest.mark.unit
async def test_nonsense_samples_are_silence() -> None:
    room = Room()
    await room.hear(np.full(32_000, np.nan, np.float32), np.full(32_000, np.inf, np.float32))
    await room.hear(300, "pause", 1_000)
    assert [turn.transcript.text for turn in room.told(TurnHeard)] == ["pause"]
    await room.listener.close()


@pytest.mark.unit
async def test_our_own_sound_is_not_speech() -> None:
    class OurTone:
        def clean(self, samples: np.ndarray) -> np.ndarray:
            return samples

        def is_echo(self) -> bool:
            return True

    room = Room(guard=OurTone())
    room.listener.we_speak(True)
    await room.hear(300, "stop", 1_000)
    assert room.events == []
    await room.listener.close()


@pytest.mark.unit
async def test_a_guard_that_breaks_does_not_make_us_deaf() -> None:
    class Guard:
        broken = True

        def clean(self, samples: np.ndarray) -> np.ndarray:
            if self.broken:
                raise ZeroDivisionError
            return samples

        def is_echo(self) -> bool:
            return False

    guard = Guard()
    room = Room(guard=guard)
    await room.hear(300, "stop", 1_000)
    assert room.told(HearingBroke)[0].code == "hearing_failed"
    guard.broken = False
    await room.hear(300, "stop", 1_000)
    assert room.kinds[-1] == "TurnHeard"
    await room.listener.close()


@pytest.mark.unit
async def test_nothing_is_told_after_the_end() -> None:
    room = Room()
    room.ears.gate = asyncio.Event()
    room.feed(300, "pause", 1_000, silence(1_000))
    await asyncio.sleep(0.05)
    await room.listener.close()
    told = len(room.events)
    room.ears.gate.set()
    await asyncio.sleep(0.01)
    assert len(room.events) == told
    assert Stage.TRANSCRIPT not in [event for event in room.kinds if event == "TurnHeard"]
