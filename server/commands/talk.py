"""`refrain talk`: a spoken conversation in the terminal, or with sound files."""

import asyncio
import sys
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from server.commands.microphone import listen
from server.commands.options import Data, settings_for
from server.commands.talking.from_files import talk_with_files
from server.commands.talking.keys import keys, single_keys
from server.commands.talking.link import UP_RATE_HZ, TalkLink, Wishes, open_link
from server.commands.talking.live import LiveTalk, Microphone
from server.commands.talking.loudspeaker import Loudspeaker, find_program
from server.commands.talking.own_voice import OwnVoice, OwnVoiceGuard
from server.commands.talking.screen import LiveScreen, PlainScreen
from server.commands.talking.sound_files import write_wav
from server.commands.talking.talk import Talk
from server.commands.terminal import TERMINAL_SESSION, fresh_session
from server.errors import BadRequest, ServerUnreachable
from server.settings import Settings
from voice.audio import Samples
from voice.wake_word import OFFERED_WAKE_WORDS

app = typer.Typer(add_completion=False)
_NO_PROGRAM = "No program here plays sound, so answers come in writing. Install mpv or ffmpeg."
_HALF_DUPLEX = (
    "At first I cannot hear you while I speak: press Enter to cut in. After some seconds of my "
    "voice I know how it sounds here, and you can just speak; with --headphones, at once."
)
_HINTS = {
    True: "speak · Enter cuts me short · q leaves",
    False: "Enter to speak, Enter again when you have finished · q leaves",
}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the command line says."""

    settings: Settings
    session: str
    files: tuple[str, ...]
    realtime: bool
    hands_free: bool
    headphones: bool
    wake_word: str | None
    play: bool
    out: Path | None
    as_json: bool
    timings: bool


@app.command()
def talk(
    context: typer.Context,
    *,
    wav: Annotated[
        list[str] | None,
        typer.Option(
            "--wav",
            metavar="FILE",
            help="Speak this sound file, of any format, instead of listening to the microphone; "
            "may be repeated. - is standard input.",
        ),
    ] = None,
    realtime: Annotated[
        bool, typer.Option("--realtime", help="Feed files as fast as they sound, not at once.")
    ] = False,
    hands_free: Annotated[
        bool,
        typer.Option("--hands-free", help="Find out by itself when you speak and have finished."),
    ] = False,
    headphones: Annotated[
        bool,
        typer.Option("--headphones", help="The microphone does not hear me: cut in by speaking."),
    ] = False,
    wake_word: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="With free hands, listen only after this was said."),
    ] = None,
    play: Annotated[
        bool | None,
        typer.Option(
            "--play/--mute", help="Speak aloud.", show_default="aloud, but not with --wav"
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE.wav", help="Keep what I say in this file."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object for each turn.")
    ] = False,
    timings: Annotated[bool, typer.Option(help="Show how long each stage took.")] = True,
    new: Annotated[bool, typer.Option("--new", help="Begin a fresh conversation.")] = False,
    session: Annotated[
        str | None, typer.Option(help="Take up this conversation.", show_default="the last one")
    ] = None,
    data: Data = None,
) -> None:
    """Talk with your voice, or with sound files.

    Talks to the server of this data folder when it runs; else it hears and speaks by itself. The
    exit code is 0 when everything was answered, and 1 when something was not.
    """  # fmt: skip
    files = tuple(wav or ())
    wanted = _Wanted(
        settings=settings_for(context, data),
        session=session or (fresh_session() if new else TERMINAL_SESSION),
        files=files,
        realtime=realtime,
        hands_free=hands_free or wake_word is not None,
        headphones=headphones,
        wake_word=wake_word,
        play=not files if play is None else play,
        out=out,
        as_json=as_json,
        timings=timings,
    )
    if wake_word is not None and wake_word not in OFFERED_WAKE_WORDS:
        raise BadRequest(
            f'There is no wake word "{wake_word}".',
            next_step=f"There are: {', '.join(OFFERED_WAKE_WORDS)}.",
        )
    if not files and not sys.stdin.isatty():
        raise BadRequest(
            "There is no terminal to press keys in.",
            next_step="To speak a sound file: refrain talk --wav FILE",
        )
    if not asyncio.run(_talk(wanted)):
        raise typer.Exit(1)


async def _talk(wanted: _Wanted) -> bool:
    """Talk until the end; returns whether everything was answered."""
    kept: list[Samples] = []
    try:
        if wanted.files:
            async with open_link(wanted.settings, wanted.session) as link:
                return await _files(wanted, link, kept)
        microphone = Microphone(lambda: listen(rate_hz=UP_RATE_HZ))
        try:
            await microphone.opened()  # nobody waits for models that have nothing to hear
            async with open_link(wanted.settings, wanted.session) as link:
                return await _live(wanted, link, microphone, kept)
        finally:
            microphone.close()
    finally:
        if wanted.out is not None:
            write_wav(wanted.out, kept)


async def _files(wanted: _Wanted, link: TalkLink, kept: list[Samples]) -> bool:
    screen = PlainScreen(as_json=wanted.as_json, timings=wanted.timings)
    loudspeaker = _loudspeaker(screen) if wanted.play else None
    await link.begin(Wishes(hands_free=wanted.hands_free, wake_word=wanted.wake_word))
    talk = Talk(link, screen, loudspeaker, push_to_talk=not wanted.hands_free)

    async def speak() -> bool:
        answered = turns = 0
        async for turn in talk_with_files(
            talk, link, wanted.files, realtime=wanted.realtime, hands_free=wanted.hands_free
        ):
            kept.extend(turn.pieces)
            turns += 1
            answered += bool(turn.record.text) and turn.record.error is None
            if loudspeaker is not None:
                await loudspeaker.quiet()
        if not turns:
            screen.note("Nobody was understood to speak.")
        return 0 < turns == answered

    return await _following(talk, speak(), loudspeaker)


async def _live(
    wanted: _Wanted, link: TalkLink, microphone: Microphone, kept: list[Samples]
) -> bool:
    notes = PlainScreen()
    program = find_program() if wanted.play else None
    if wanted.play and program is None:
        notes.note(_NO_PROGRAM)
    if wanted.hands_free and program is not None and not wanted.headphones:
        notes.note(_HALF_DUPLEX)
    await link.begin(
        Wishes(
            hands_free=wanted.hands_free,
            voice=program is not None or wanted.out is not None,
            wake_word=wanted.wake_word,
        )
    )
    if link.mute and wanted.play:
        notes.note(link.mute)
    live = LiveScreen(timings=wanted.timings, hint=_HINTS[wanted.hands_free])
    with single_keys(), live as screen:
        voice = OwnVoice()
        loudspeaker = (
            None if program is None else Loudspeaker(program, failed=screen.note, played=voice.note)
        )
        talk = Talk(link, screen, loudspeaker, push_to_talk=not wanted.hands_free)
        talking = LiveTalk(
            talk,
            link,
            screen,
            hands_free=wanted.hands_free,
            full_duplex=wanted.headphones or program is None,
            guard=OwnVoiceGuard(voice),
        )

        async def speak() -> bool:
            await talking.run(microphone, keys())
            while not talk.turns.empty():
                kept.extend(talk.turns.get_nowait().pieces)
            return True

        return await _following(talk, speak(), loudspeaker)


def _loudspeaker(screen: PlainScreen) -> Loudspeaker | None:
    if (program := find_program()) is not None:
        return Loudspeaker(program, failed=screen.note)
    screen.note(_NO_PROGRAM)
    return None


async def _following(
    talk: Talk, speaking: Coroutine[None, None, bool], loudspeaker: Loudspeaker | None
) -> bool:
    """Follow the server's events while somebody speaks; whatever breaks ends both."""
    following, driving = asyncio.create_task(talk.run()), asyncio.create_task(speaking)
    try:
        await asyncio.wait({following, driving}, return_when=asyncio.FIRST_COMPLETED)
        if driving.done():
            return driving.result()
        following.result()
        raise ServerUnreachable("The server went away.")
    finally:
        following.cancel()
        driving.cancel()
        await asyncio.gather(following, driving, return_exceptions=True)
        if loudspeaker is not None:
            await loudspeaker.close()
