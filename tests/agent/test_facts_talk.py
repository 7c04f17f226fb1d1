"""Questions about a recording: its words, its year, its label, each with who says so."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from agent.loop import Agent
from agent_library import Home, open_home
from knowledge.errors import SourceUnreachable
from knowledge.lyrics.fetched import FetchedLyrics
from knowledge.lyrics.index import LyricsIndex
from knowledge.lyrics.models import Lyrics
from knowledge.schema import tracks
from knowledge.sources.completions import Completions
from knowledge.sources.track_facts import TrackFacts

pytestmark = pytest.mark.integration

SYNCED = "[00:00.00]Suzanne takes you down\n[00:20.00]You can hear the boats go by\n[00:40.00]"


@dataclass
class Talk:
    home: Home
    fetched: FetchedLyrics
    completions: Completions
    asked: list[int]
    label: str = ""

    async def ask(self, track_id: int) -> None:
        """Stands for Discogs."""
        self.asked.append(track_id)
        if not self.label:
            raise SourceUnreachable("Discogs does not answer.")
        self.completions.keep(
            self.hash_of(track_id), "discogs", {"label": self.label}, certainty=0.7
        )

    def hash_of(self, track: int | str) -> str:
        column = tracks.c.id if isinstance(track, int) else tracks.c.title
        with self.home.database.read() as connection:
            return str(
                connection.execute(select(tracks.c.audio_hash).where(column == track)).scalar_one()
            )

    def sings(self, title: str, text: str, *, synced: bool) -> None:
        self.fetched.keep(self.hash_of(title), "lrclib", Lyrics(text, synced, "en", "lrclib"))

    async def say(self, text: str) -> str:
        return (await self.home.say(text)).reply


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with open_home(tmp_path) as home:
        fetched, completions = FetchedLyrics(home.database), Completions(home.database)
        talk = Talk(home, fetched, completions, [])
        lyrics = LyricsIndex(home.database)
        facts = TrackFacts(lyrics, fetched, completions, ask=talk.ask)
        home.services = replace(home.services, facts=facts)
        home.agent = Agent(home.services, sessions=home.sessions)
        yield talk


async def test_the_words_are_told_with_who_gave_them(talk: Talk) -> None:
    talk.sings("Suzanne", "one\ntwo\nthree\nfour\nfive", synced=False)
    await talk.say("play Suzanne")
    told = await talk.say("what are the lyrics?")
    assert told == (
        "The words of Suzanne by Leonard Cohen, from LRCLIB: “one / two / three / four”. "
        "All of them are on the page."
    )
    assert "(Quelle: LRCLIB)" in await talk.say("wie ist der Text von Suzanne?")


async def test_the_line_that_is_sung_is_told_by_the_position(talk: Talk) -> None:
    talk.sings("Suzanne", SYNCED, synced=True)
    await talk.say("play Suzanne")
    talk.home.player.pass_time(25.0)
    assert "You can hear the boats go by" in await talk.say("what are they singing now?")
    talk.home.player.pass_time(30.0)
    assert await talk.say("what are they singing now?") == "Nothing is being sung right now."


async def test_words_without_times_are_not_guessed(talk: Talk) -> None:
    talk.sings("Suzanne", "one\ntwo", synced=False)
    await talk.say("play Suzanne")
    told = await talk.say("what are they singing now?")
    assert "not when each line is sung" in told
    assert "one" not in told.split()


async def test_the_year_names_its_source_and_who_says_another(talk: Talk) -> None:
    hash_ = talk.hash_of("Take Five")
    talk.completions.keep(hash_, "musicbrainz", {"released": "1997-08-12"}, certainty=0.9)
    told = await talk.say("when was Take Five released?")
    assert told == (
        "Take Five by Dave Brubeck came out in 1959, says the file. MusicBrainz says 1997-08-12."
    )
    talk.completions.refuse(talk.home.track("Take Five").id, "musicbrainz", "released")
    await talk.say("play Take Five")
    assert await talk.say("when did this come out?") == (
        "Take Five by Dave Brubeck came out in 1959, says the file."
    )


async def test_the_label_is_asked_for_on_the_spot_and_kept(talk: Talk) -> None:
    await talk.say("play Grace")
    unknown = await talk.say("which label is this on?")
    assert unknown == "I don't know which label Grace by Jeff Buckley is on."
    talk.label = "Columbia"
    told = await talk.say("which label is this on?")
    assert told == "Grace by Jeff Buckley is on the label Columbia, says Discogs."
    await talk.say("bei welchem Label ist das erschienen?")
    assert len(talk.asked) == 2, "what is known is not asked for again"


async def test_what_nobody_knows_is_told_so(talk: Talk) -> None:
    await talk.say("play Porcelain")
    assert await talk.say("what are the lyrics?") == "I don't know the words of Porcelain by Moby."
    talk.fetched.keep(talk.hash_of("Porcelain"), "lrclib", None, state="instrumental")
    assert "LRCLIB says that nobody sings" in await talk.say("what are the lyrics?")


async def test_silence_has_no_words(talk: Talk) -> None:
    assert await talk.say("what are they singing now?") == "Nothing is playing."


@pytest.mark.parametrize(
    "text",
    [
        "cuál es la letra?",
        "quelles sont les paroles",
        "qual è il testo",
        "qual é a letra dessa música",
        "wat is de songtekst",
        "pokaż tekst tej piosenki",
        "vad är texten",
        "这首歌的歌词是什么",
        "この曲の歌詞を見せて",
        "इस गाने के बोल क्या हैं",
    ],
)
async def test_the_words_are_asked_for_in_any_language(talk: Talk, text: str) -> None:
    talk.sings("Suzanne", "one\ntwo", synced=False)
    await talk.say("play Suzanne")
    told = await talk.say(text)
    assert "one / two" in told
    assert "LRCLIB" in told
