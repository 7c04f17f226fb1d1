"""Whole replies as each language says them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agent.replies import LANGUAGES, Manner, Say, Style, language_name, render
from agent.replies.prose import note
from agent.replies.times import moment
from agent.reply import word
from agent.turn import Outcome
from agent_outcomes import BRUBECK, SINNERMAN, TAKE_FIVE, ambiguous, failed, found, outcome
from knowledge.models import PlayEvent, PlayEventKind
from knowledge.wish import MusicWish
from tools.message import Value
from tools.result import NothingFound
from tools.wish_message import wish_message

pytestmark = pytest.mark.unit

EVENTS = tuple(
    PlayEvent(track.id, datetime(2026, 11, 1, 20, 15, tzinfo=UTC), PlayEventKind.PLAY, track)
    for track in (TAKE_FIVE, SINNERMAN)
)
PLAYING = outcome("play_music", found(TAKE_FIVE, playing="Take Five", artist=BRUBECK, count=1))
VOLUME = outcome("control_playback", found(volume=40))
PLAYED = outcome(
    "recall_history",
    found(*EVENTS, kind="play", count=2, first_at="at 20:15", when="last night"),
)
NO_PLAYLIST = Outcome(
    "1",
    "play_music",
    {},
    NothingFound(
        "playlist called Abend", said={"nothing": Say("none-playlist", {"name": "Abend"})}
    ),
)
SILENT = outcome("play_music", found(status="idle", count=1, kind="track"))


def said(result: Outcome, language: str, *, turn: int = 0, **manner: str) -> str:
    return word([result], turn=turn, manner=Manner(language, **manner))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "playing", "volume", "played", "none"),
    [
        (
            "de",
            "Es läuft Take Five von Dave Brubeck.",
            "Lautstärke 40 Prozent.",
            "Gestern Nacht gespielt: Take Five von Dave Brubeck und Sinnerman von Nina Simone.",
            "Eine Playlist namens Abend gibt es nicht.",
        ),
        (
            "es",
            "Suena Take Five de Dave Brubeck.",
            "Volumen al 40 por ciento.",
            "Ayer por la noche pusiste: Take Five de Dave Brubeck y Sinnerman de Nina Simone.",
            "No hay ninguna lista llamada Abend.",
        ),
        (
            "fr",
            "Voici Take Five par Dave Brubeck.",
            "Volume à 40 pour cent.",
            (
                "La nuit dernière tu as écouté Take Five par Dave Brubeck et Sinnerman par "
                "Nina Simone."
            ),
            "Aucune playlist ne s'appelle Abend.",
        ),
        (
            "it",
            "Ecco Take Five di Dave Brubeck.",
            "Volume al 40 per cento.",
            "Ieri notte hai ascoltato: Take Five di Dave Brubeck e Sinnerman di Nina Simone.",
            "Non c'è nessuna playlist chiamata Abend.",
        ),
        (
            "pt",
            "Tocando Take Five de Dave Brubeck.",
            "Volume em 40 por cento.",
            "Ontem à noite você ouviu: Take Five de Dave Brubeck e Sinnerman de Nina Simone.",
            "Não há nenhuma playlist chamada Abend.",
        ),
        (
            "nl",
            "Ik speel Take Five van Dave Brubeck.",
            "Volume 40 procent.",
            "Gisterennacht gedraaid: Take Five van Dave Brubeck en Sinnerman van Nina Simone.",
            "Er is geen playlist met de naam Abend.",
        ),
        (
            "pl",
            "Gra Take Five – Dave Brubeck.",
            "Głośność 40 procent.",
            "Wczoraj w nocy odtworzone: Take Five – Dave Brubeck i Sinnerman – Nina Simone.",
            "Nie ma playlisty o nazwie Abend.",
        ),
        (
            "sv",
            "Spelar Take Five med Dave Brubeck.",
            "Volym 40 procent.",
            "I går natt spelade du Take Five med Dave Brubeck och Sinnerman med Nina Simone.",
            "Det finns ingen spellista som heter Abend.",
        ),
        (
            "zh",
            "正在播放Dave Brubeck的《Take Five》。",
            "音量 40%。",
            "昨天夜里你放了Dave Brubeck的《Take Five》和Nina Simone的《Sinnerman》。",
            "没有叫“Abend”的歌单。",
        ),
        (
            "ja",
            "Dave Brubeckの「Take Five」を再生しています。",
            "音量は40パーセントです。",
            "昨日の夜に再生した曲\uff1aDave Brubeckの「Take Five」とNina Simoneの「Sinnerman」。",
            "「Abend」というプレイリストはありません。",
        ),
        (
            "hi",
            "Dave Brubeck का Take Five बज रहा है।",
            "आवाज़ 40 प्रतिशत।",
            "कल रात आपने बजाया: Dave Brubeck का Take Five और Nina Simone का Sinnerman।",
            "Abend नाम की कोई प्लेलिस्ट नहीं है।",
        ),
    ],
    ids=[language for language in LANGUAGES if language != "en"],
)
def test_whole_replies(language: str, playing: str, volume: str, played: str, none: str) -> None:
    assert said(PLAYING, language) == playing
    assert said(VOLUME, language) == volume
    assert said(PLAYED, language) == played
    assert said(NO_PLAYLIST, language) == none


@pytest.mark.parametrize("language", LANGUAGES)
def test_playing_is_said_only_where_the_player_says_so(language: str) -> None:
    silent = said(SILENT, language)
    assert "Take Five" not in silent
    assert silent != said(PLAYING, language)


@pytest.mark.parametrize(
    ("count", "tracks"),
    [(1, "jeden utwór"), (2, "2 utwory"), (5, "5 utworów"), (22, "22 utwory"), (25, "25 utworów")],
)
def test_polish_has_three_plurals(count: int, tracks: str) -> None:
    assert render(Say("in-queue", {"count": count}), "pl") == f"W kolejce: {tracks}."


def test_numbers_are_written_as_the_language_does() -> None:
    share: dict[str, Value] = {"matched": 8.4, "clip": 9.0, "title": "Take Five"}
    assert render(Say("match-share", share), "de").startswith("8,4 von 9,0 gehörten Sekunden")
    assert "1.234 nummers" in render(Say("in-queue", {"count": 1234}), "nl")


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("yesterday evening", "Gestern Abend"),
        ("2 hours ago", "Vor 2 Stunden"),
        ("in the last 3 days", "In den letzten 3 Tagen"),
        ("on Friday", "Am Freitag"),
        ("on 3 November at 20:15", "Am 3. November um 20:15 Uhr"),
        ("this week", "Diese Woche"),
    ],
)
def test_past_times_are_worded(english: str, german: str) -> None:
    when = Say("history-when", {"when": moment(english), "kind": "play", "names": "A"})
    assert render(when, "de") == f"{german} gespielt: A."
    assert render(when, "en").startswith(f"{english[0].upper()}{english[1:]} you played")


def test_a_time_that_is_not_understood_is_left_out() -> None:
    when = Say("history-when", {"when": moment("in my youth"), "kind": "play", "names": "A"})
    assert render(when, "de") == "Gespielt: A."


def test_a_wish_is_told_in_the_words_of_the_language() -> None:
    wish = MusicWish(
        moods=("calm",), instruments=("piano",), activity="study", years=(1980, 1989), vocal=False
    )
    told = Say("none-wish", {"wish": wish_message(wish, like="Take Five")})
    assert render(told, "de") == (
        "Dafür finde ich nichts: Musik (ruhig, Klavier, wie Take Five, zum Lernen, 1980er, "
        "ohne Gesang)."
    )
    assert (
        "calm piano music like Take Five for studying"
        in wish_message(wish, like="Take Five").english
    )


def test_reasons_that_no_language_knows_are_left_out() -> None:
    reason = note("calm, about 58 BPM, a key that fits what came before")
    assert reason is not None
    assert render(Say("chosen-because", {"track": "A", "reason": reason}), "de") == (
        "A habe ich deshalb gewählt: ruhig, etwa 58 BPM."
    )
    assert note("no words for this at all") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_small_talk_is_worded_in_every_language(language: str) -> None:
    for about in ("who", "how", "joke", "sing", "taste", "praise", "blame"):
        texts = {render(Say(f"small-talk-{about}"), language, turn=turn) for turn in range(4)}
        assert all(texts)
        assert language == "en" or texts.isdisjoint({render(Say(f"small-talk-{about}"))})


def test_brief_is_brief_and_true() -> None:
    assert said(VOLUME, "de", verbosity="brief") == "40 Prozent."
    assert said(PLAYING, "en", verbosity="brief", turn=2) == "Playing Take Five by Dave Brubeck."
    liked = outcome("rate_track", found(rated="like", count=1, title="Grace", artist="Jeff"))
    assert said(liked, "en", verbosity="brief") == "Noted."
    assert said(SILENT, "en", verbosity="brief").startswith("I asked the player")


def test_detailed_names_the_album() -> None:
    track = replace(TAKE_FIVE, album="Time Out", year=1959)
    playing = outcome("play_music", found(track, playing="Take Five", artist=BRUBECK, count=1))
    assert said(playing, "en", verbosity="detailed") == (
        "Playing Take Five by Dave Brubeck. It is on the album Time Out, from 1959."
    )


def test_a_plain_persona_always_says_the_same() -> None:
    assert len({said(PLAYING, "en", persona="plain", turn=turn) for turn in range(6)}) == 1
    assert len({said(PLAYING, "en", turn=turn) for turn in range(6)}) == 3


def test_a_playful_persona_is_warm_where_it_has_no_words() -> None:
    playful, warm = Manner("en", "playful"), Manner("en")
    assert render(Say("greet"), manner=playful) != render(Say("greet"), manner=warm)
    german = Manner("de", "playful")
    assert render(Say("greet"), manner=german) == render(Say("greet"), "de")


def test_failures_are_worded_by_their_code() -> None:
    blocked = outcome("play_music", failed("player_blocked", "The browser allows no sound."))
    assert said(blocked, "de").startswith("Der Browser erlaubt noch keinen Ton.")
    other = outcome("play_music", failed("never_heard_of", "The moon is full."))
    assert said(other, "de") == "That did not work: the moon is full."


def test_a_question_names_the_choices() -> None:
    which = ambiguous(TAKE_FIVE, SINNERMAN, question="Which one?")
    assert said(which, "es").endswith("¿Take Five de Dave Brubeck o Sinnerman de Nina Simone?")


def test_hostile_names_stay_one_line_and_short() -> None:
    text = render(Say("liked", {"what": "a\n\u202eb" + "x" * 5000}), "ja")
    assert "\n" not in text
    assert len(text) < 300


def test_the_reply_comes_in_a_language_that_can_be_spoken() -> None:
    style = Style(spoken=frozenset({"en"}))
    assert style.language_of("de", spoken=True) == "en"
    assert style.language_of("de", spoken=False) == "de"
    assert Style(language="fr").language_of("de", spoken=False) == "fr"
    assert Style().language_of("fi", spoken=False) == "en"
    assert language_name("pt-BR") == "Portuguese"
